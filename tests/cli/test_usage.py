"""What click refuses is said in the running language; one right word is suggested."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from pilotscore.cli import main
from tests.cli.test_commands import run


@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        ("rnak x", "没有命令 rnak；是否指 rank？", "No such command 'rnak'. Did you mean rank?"),
        ("criteria shw x", "是否指 show？", "Did you mean show?"),
        ("zzz", "没有命令 zzz\n", "No such command 'zzz'.\n"),
        ("rank x --outpt y", "是否指 --output？\n", "Did you mean --output?\n"),
        ("rank x --to 5", "是否指 --top？\n", "Did you mean --top?\n"),
        ("rank x --zzzzz", "没有选项 --zzzzz\n", "No such option '--zzzzz'.\n"),
        ("rank x -o", "选项 -o 后面要有一个值", "Option -o takes a value."),
        ("rank x --json=5", "选项 --json 不带值", "Option --json takes no value."),
        ("robustness x --exponent 1", "选项 --exponent 后面要有 2 个值", "takes 2 values"),
        ("score a b c", "多出的参数：c", "more arguments than it takes: c"),
        ("rank", "缺少参数 'BOOK|FOLDER...'", "Missing argument 'BOOK|FOLDER...'."),
        ("fund x", "缺少选项 '--call'", "Missing option '--call'."),
        ("rank x --top 0", "'--top' 的值不对：0 太小", "Invalid value for '--top': 0 is too small"),
        ("rank x --lang fr", "可以是 zh、en", "it may be zh, en"),
        ("weights ahpp", "是否指 ahp？", "did you mean ahp?"),
    ],
)
def test_a_command_line_that_is_wrong(args: str, zh: str, en: str):
    for lang, said in (("zh", zh), ("en", en)):
        done = run(*args.split(), lang=lang)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr
        assert re.search(r"pilotscore[\w -]* --help\n$", done.stderr)  # where to look


def groups(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from groups(command, (*path, name))


@pytest.mark.parametrize("path", list(groups(main)), ids=" ".join)
def test_a_group_alone_shows_its_help(path: tuple[str, ...]):
    for lang, heading in (("zh", "命令"), ("en", "Commands")):
        alone, asked = run(*path, lang=lang), run(*path, "-h", lang=lang)
        assert (alone.exit_code, alone.stderr) == (0, "")
        assert alone.stdout == asked.stdout
        assert heading in alone.stdout


def every(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from every(command, (*path, name))


@pytest.mark.parametrize("path", list(every(main)), ids=" ".join)
def test_h_is_help_everywhere(path: tuple[str, ...]):
    short, long = run(*path, "-h"), run(*path, "--help")
    assert (short.exit_code, short.stdout) == (0, long.stdout)
    assert "-h, --help" in short.stdout
    assert "Show this message." in short.stdout
