"""A command that has commands below it, on one made for the purpose."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from pilotscore.cli.bilingual import Command, Group, lang_option, option
from pilotscore.cli.opening import OpeningCommand
from pilotscore.language import Text


@click.command(cls=Group, text=Text("顶", "Top"))
@lang_option()
def top() -> None:
    """Hold the commands together."""


@top.command(cls=OpeningCommand, text=Text("读工作簿", "Read a workbook"), example="top read x")
@click.argument("book", metavar="BOOK")
@click.argument("result", required=False, metavar="[ID]")
@option("--due", metavar="SPAN", zh="期限", en="span")
@lang_option()
def read(book: str, result: str | None, due: str | None) -> None:
    click.echo(f"{book} {result} {due}")


@read.command(cls=Command, text=Text("日历", "The calendar"))
@option("--year", metavar="N", zh="年", en="year")
@lang_option()
def calendar(year: str | None) -> None:
    click.echo(f"calendar {year}")


def run(*args: str) -> Result:
    return CliRunner(env={"PILOTSCORE_LANG": "en"}).invoke(top, args, prog_name="top")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("read a.xlsx", "a.xlsx None None"),
        ("read a.xlsx P-1 --due 3m", "a.xlsx P-1 3m"),
        ("read --due 3m a.xlsx P-1", "a.xlsx P-1 3m"),
        ("read a.xlsx --lang zh", "a.xlsx None None"),
        ("read a.xlsx calendar", "a.xlsx calendar None"),
        ("read ./calendar", "./calendar None None"),
        ("read calendar", "calendar None"),
        ("read calendar --year 2026", "calendar 2026"),
        ("read --lang zh calendar --year 2026", "calendar 2026"),
        ("read --lang=zh calendar", "calendar None"),
    ],
)
def test_the_first_argument_says_which_is_meant(args: str, said: str):
    done = run(*args.split())
    assert (done.exit_code, done.stdout) == (0, f"{said}\n"), done.stderr


def test_its_help_has_its_own_options_and_the_commands_below():
    alone, asked = run("read"), run("read", "-h")
    assert (alone.exit_code, alone.stdout) == (0, asked.stdout)
    assert "top read [OPTIONS] BOOK [ID]\n" in asked.stdout
    assert "--due SPAN" in asked.stdout
    assert "calendar  The calendar" in asked.stdout


@pytest.mark.parametrize(
    ("args", "path", "said"),
    [
        ("read a b c", "top read", "more arguments than it takes: c"),
        ("read a --nothing", "top read", "No such option"),
        ("read --due 3m", "top read", "Missing argument 'BOOK'"),
        ("read calendar x", "top read calendar", "more arguments than it takes: x"),
        ("read --due 3m calendar x y", "top read", "more arguments than it takes: y"),
    ],
)
def test_what_is_wrong_is_told_of_the_command_it_is_wrong_in(args: str, path: str, said: str):
    done = run(*args.split())
    assert done.exit_code == 2
    assert said in done.stderr
    assert f"Try {path} --help" in done.stderr


def test_a_shell_completes_its_options_and_the_commands_below():
    from click.shell_completion import ShellComplete

    def words(*args: str, begin: str = "") -> list[str]:
        shell = ShellComplete(top, {}, "top", "_TOP_COMPLETE")
        return [item.value for item in shell.get_completions(list(args), begin)]

    assert "--due" in words("read", "a.xlsx", begin="--")
    assert "--year" in words("read", "calendar", begin="--")
