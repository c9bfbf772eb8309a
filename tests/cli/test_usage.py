"""What click refuses is said in the running language; one right word is suggested."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pilotscore.cli import main
from tests.cli.test_commands import run
from tests.conftest import MakeBook, row, write_book


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


@pytest.mark.parametrize("command", ["score", "explain", "stability", "assess"])
def test_a_workbook_and_an_id_the_wrong_way_round(command: str, book: MakeBook, mini: Path):
    path = book(row())
    done = run(command, "P-1", path, "-c", mini)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"pilotscore {command} {path} P-1" in done.stderr


def test_other_arguments_the_wrong_way_round(book: MakeBook, tmp_path: Path):
    out, path = tmp_path / "out.xlsx", book(row())
    done = run("criteria", "to-excel", out, "pilot-maturity")
    assert done.exit_code == 2
    assert f"to-excel pilot-maturity {out}" in done.stderr
    assert not out.exists()
    done = run("weights", path, "ahp")
    assert (done.exit_code, "is a file; first comes one of ahp" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("P-111", "did you mean P-11, P-1 or P-12?"),
        ("P-122", "did you mean P-12"),
        ("甲乙丙丁", "there are 3, with ids such as P-1, P-11, P-12"),
    ],
)
def test_of_an_id_that_is_none_the_nearest_are_named(
    name: str, said: str, book: MakeBook, mini: Path
):
    path = book(*(row(id=i) for i in ("P-1", "P-11", "P-12")))
    done = run("score", path, name, "-c", mini)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


KINDS = {
    "criteria": "dimensions: [{id: tech}]\nid: x\n",
    "variant": "extends: pilot-maturity\nid: x\n",
    "policy": "id: x\nheld: {}\n",
    "call": "id: x\nbudget: {total: 5}\n",
    "mapping": "criteria: mini\nheaders: {}\n",
}


WHAT = {
    "criteria": "criteria set file",
    "variant": "criteria set file",
    "policy": "policy file",
    "call": "call file",
    "mapping": "mapping file",
}
OPTION = {"criteria": "-c", "variant": "-c", "policy": "-p", "call": "--call", "mapping": "--map"}
WANTED = {"-c": "criteria set", "-p": "policy", "--map": "mapping", "--call": "call"}


@pytest.mark.slow
@pytest.mark.parametrize("option", WANTED)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_told_as_what_it_is(
    option: str, kind: str, book: MakeBook, tmp_path: Path, mini: Path
):
    if OPTION[kind] == option:
        return
    other = tmp_path / "other.yaml"
    other.write_text(KINDS[kind], encoding="utf-8")
    command = ("fund", "--call", other) if option == "--call" else ("rank", option, other)
    done = run(*command, book(row()), *(() if option == "-c" else ("-c", mini)))
    assert (done.exit_code, done.stdout) == (2, "")
    said = f"is a {WHAT[kind]} and no {WANTED[option]}; "
    assert said in done.stderr
    assert f"is given with {OPTION[kind]}" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1  # said once, not key by key


@pytest.mark.parametrize("kind", KINDS)
def test_rules_in_the_place_of_a_workbook_or_a_round(kind: str, tmp_path: Path, mini: Path):
    other = tmp_path / "other.yaml"
    other.write_text(KINDS[kind], encoding="utf-8")
    done = run("rank", other, "-c", mini)
    assert done.exit_code == 3
    assert f"B150 it is a {WHAT[kind]} and no workbook" in done.stderr
    assert f"is given with {OPTION[kind]}" in done.stderr
    done = run("verify", other)
    assert done.exit_code == 3
    assert f"it is a {WHAT[kind]} and no saved round" in done.stderr


@pytest.mark.parametrize("option", WANTED)
def test_a_saved_round_in_another_place(option: str, book: MakeBook, tmp_path: Path, mini: Path):
    other = tmp_path / "x.pilot"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("round.json", "{}")
    command = ("fund", "--call", other) if option == "--call" else ("rank", option, other)
    done = run(*command, book(row()), *(() if option == "-c" else ("-c", mini)))
    assert done.exit_code == 2
    assert f"is a saved round (.pilot) and no {WANTED[option]}; " in done.stderr
    done = run("check", other, "-c", mini, lang="zh")
    assert done.exit_code == 3
    assert "B150 这是保存的一轮（.pilot）" in done.stdout


def test_decisions_in_the_place_of_results(tmp_path: Path, mini: Path):
    rows = [["决定汇总"], ["编号", "决定", "决定人"], ["P-1", "资助", "甲"]]
    done = run("rank", write_book(tmp_path / "d.xlsx", {"S": rows}), "-c", mini)
    assert done.exit_code == 3
    assert "it is a file of decisions" in done.stderr
    assert "--decisions" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("option", ["-c", "-p", "--map", "--call"])
@pytest.mark.parametrize("name", ["other.xlsx", "other.yaml", "other.csv"])
def test_a_workbook_among_the_rules_is_told(
    option: str, name: str, book: MakeBook, tmp_path: Path, mini: Path
):
    """Whatever its name: what it begins with says so."""
    other = write_book(tmp_path / "other.xlsx", {"S": [["x"]]}).rename(tmp_path / name)
    command = ("fund", "--call", other) if option == "--call" else ("rank", option, other)
    more = () if option == "-c" else ("-c", mini)
    done = run(*command, book(row()), *more)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is a workbook" in done.stderr


def test_rules_among_the_workbooks_are_told(mini: Path):
    done = run("rank", mini, "-c", mini)
    assert done.exit_code == 3
    assert "a criteria set is given with -c" in done.stderr
    other = mini.with_name("other.yml")
    for text in ("a: 1", "a: [", "- x", "\x00"):  # what it is cannot be told
        other.write_text(text, encoding="utf-8")
        done = run("rank", other, "-c", mini)
        assert done.exit_code == 3
        assert "give it with -c, -p, --call or --map" in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_of_sheets_says_which_are_hidden_and_names_none_of_a_template(
    lang: str, tmp_path: Path, mini: Path
):
    import openpyxl

    path = write_book(tmp_path / "b.xlsx", {"旧": [["x"]], "_lists": [["x"]], "成果": [["x"]]})
    workbook = openpyxl.load_workbook(path)
    for name in ("旧", "_lists"):
        workbook[name].sheet_state = "hidden"
    workbook.save(path)
    done = run("rank", path, "-c", mini, "--sheet", "无", lang=lang)
    assert done.exit_code == 3
    listed = "应为：成果、旧（隐藏） 之一" if lang == "zh" else "one of 成果, 旧 (hidden);"
    assert listed in done.stderr
    assert "_lists" not in done.stderr


@pytest.mark.parametrize("group", ["", "criteria", "call"])
def test_a_group_with_nothing_but_a_language_shows_its_help(group: str):
    for lang, said in (("zh", "用法"), ("en", "Usage")):
        for args in ((group, "--lang", lang), ("--lang", lang, group)):
            done = run(*filter(None, args), lang="en" if lang == "zh" else "zh")
            assert done.exit_code == 0
            assert done.stdout.startswith(said)
            assert done.stdout.splitlines()[0].endswith("[OPTIONS] COMMAND [ARGS]...")
            assert not done.stderr


@pytest.mark.parametrize("path", list(every(main)), ids=" ".join)
def test_help_in_chinese_adds_nothing_in_english(path: tuple[str, ...]):
    shown = run(*path, "-h", lang="zh", COLUMNS="200").stdout
    assert not re.search(r"\[(default|required|x[<>])|; required|[<>]=x", shown)


def test_what_an_option_takes_is_added_to_its_help_in_both_languages():
    for args, zh, en in (
        (("fund",), "[必填]", "[required]"),
        (("rank",), "[默认 pilot-maturity]", "[default: pilot-maturity]"),
        (("rank",), "[至少 1]", "[x>=1]"),
        (("template",), "[默认 100；1 至 10000]", "[default: 100; 1<=x<=10000]"),
    ):
        for lang, said in (("zh", zh), ("en", en)):
            shown = run(*args, "-h", lang=lang).stdout
            assert "".join(said.split()) in "".join(shown.split())  # wherever the line breaks
