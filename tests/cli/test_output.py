"""The one way in which commands hand out what they have."""

from __future__ import annotations

import json
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from pilotscore.cli import output as cli_output
from pilotscore.cli.bilingual import Command, lang_option
from pilotscore.cli.output import (
    TABLES,
    Output,
    deliver,
    one_of,
    output_options,
    write_text_file,
)
from pilotscore.document import Column, Document, Sheet, Table, heading
from pilotscore.errors import OutputError, PilotscoreError, UsageError
from pilotscore.language import Text


def document(count: int) -> Document:
    """Return a document of so many rows."""
    name, title = Text("名称", "Name"), Text("数", "Numbers")

    def table() -> Table:
        return Table((Column("name", name),), [[f"row {n}"] for n in range(count)])

    return Document(
        title=title,
        page=lambda: [heading(Text("{n} 行", "{n} rows").of(n=count))],
        sheets=lambda: [Sheet(title, (table(),))],
        record=lambda: {"rows": table()},
        table=table,
    )


@click.command(cls=Command, text=Text("数", "Count."), example="count")
@click.argument("book", required=False)
@output_options(*TABLES)
@lang_option()
def count(book: str | None, output: Output) -> int:
    output.refuse([book] if book else [])
    deliver(document(3), output, on_stdout=document(1))
    return 0


def run(*args: object) -> Result:
    return CliRunner().invoke(count, [*map(str, args), "--lang", "en"], standalone_mode=False)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_screen_where_nothing_else_is_asked_for():
    assert run().stdout == "1 rows\n"


def test_json_on_stdout():
    assert json.loads(run("--json").stdout) == {"rows": [{"name": "row 0"}]}


def test_files_of_each_kind_are_whole_and_told():
    result = run(*(x for ending in TABLES for x in ("-o", f"out{ending}")))
    assert result.stdout == ""
    assert result.stderr.splitlines() == [f"wrote out{ending}" for ending in TABLES]
    rows = list(openpyxl.load_workbook("out.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows == [("Name",), ("row 0",), ("row 1",), ("row 2",)]
    assert Path("out.csv").read_text(encoding="utf-8-sig").splitlines()[-1] == "row 2"
    assert len(json.loads(Path("out.json").read_text(encoding="utf-8"))["rows"]) == 3
    assert "| row 2 |" in Path("out.md").read_text(encoding="utf-8")


def test_a_file_is_told_by_the_name_that_was_given():
    assert run("-o", "./out.csv").stderr == "wrote ./out.csv\n"


def test_what_cannot_be_written_is_refused_before_the_work():
    Path("in.csv").write_text("x", encoding="utf-8")
    for args, kind, said in (
        (("-o", "out.doc"), UsageError, "should end in .xlsx, .csv, .json or .md"),
        (("-o", "no/out.csv"), OutputError, "there is no folder"),
        (("in.csv", "-o", "in.csv"), UsageError, "is an input"),
        (("in.csv", "-o", "./in.csv"), UsageError, "is an input"),
        (("in.doc", "-o", "in.doc"), UsageError, "is an input"),
    ):
        error = run(*args).exception
        assert isinstance(error, kind), args
        assert isinstance(error, PilotscoreError)
        assert said in error.text.to("en")


def test_the_help_names_the_endings():
    assert "Write a .xlsx, .csv, .json or .md file" in " ".join(run("--help").stdout.split())


def test_every_ending_has_its_writer():
    for module, function in cli_output._WRITERS.values():
        assert callable(getattr(__import__(module, fromlist=[function]), function))


def test_an_ending_that_holds_a_part_says_which():
    @click.command(cls=Command, text=Text("抽", "Draw."), example="draw")
    @output_options(".xlsx", ".txt", what={".txt": Text("抽签记录", "record of a draw")})
    @lang_option()
    def draw(output: Output) -> None:
        output.refuse(())

    help_ = CliRunner().invoke(draw, ["--help", "--lang", "en"]).stdout
    assert "Write a .xlsx or .txt (record of a draw) file" in " ".join(help_.split())
    error = CliRunner().invoke(draw, ["-o", "x.doc"], standalone_mode=False).exception
    assert isinstance(error, UsageError)
    assert error.text.to("zh").endswith("扩展名应为 .xlsx 或 .txt（抽签记录）")


def test_endings_as_a_choice():
    assert one_of([".svg"]).to("zh") == ".svg"
    assert one_of([".svg", ".png"]).to("zh") == ".svg 或 .png"
    assert one_of([".a", ".b", ".c"]).to("en") == ".a, .b or .c"


def test_a_text_file_has_line_feeds():
    with click.Context(count):
        write_text_file(Path("a.txt"), "一\n二\n")
    assert Path("a.txt").read_bytes() == "一\n二\n".encode()
