"""The one way in which commands hand out what they have."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from pilotscore.cli import main
from pilotscore.cli import output as cli_output
from pilotscore.cli.bilingual import Command, lang_option
from pilotscore.cli.opening import OpeningCommand
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
from tests.cli.test_commands import run as run_command
from tests.conftest import MakeBook, row


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
    output = output.ready([book] if book else [])
    deliver(document(3), output, on_stdout=document(1))
    return 0


def run(*args: object) -> Result:
    return CliRunner().invoke(count, [*map(str, args), "--lang", "en"], standalone_mode=False)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_screen_where_nothing_else_is_asked_for():
    assert run().stdout == "1 row\n"


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
        (("-o", "out.doc"), UsageError, "should end in .xlsx, .csv, .json, .md or .html"),
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
    assert "Write a .xlsx, .csv, .json, .md or .html file" in " ".join(run("--help").stdout.split())


def test_every_ending_has_its_writer():
    for module, function in cli_output._WRITERS.values():
        assert callable(getattr(__import__(module, fromlist=[function]), function))


def test_an_ending_that_holds_a_part_says_which():
    @click.command(cls=Command, text=Text("抽", "Draw."), example="draw")
    @output_options(".xlsx", ".txt", what={".txt": Text("抽签记录", "record of a draw")})
    @lang_option()
    def draw(output: Output) -> None:
        output.ready(())

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


# Every command that writes files, as it is asked to write there.
WRITING = {
    "template": ["template", "{}.xlsx"],
    "map": ["map", "in.xlsx", "-o", "{}.yaml"],
    "criteria new": ["criteria", "new", "{}.yaml"],
    "criteria to-excel": ["criteria", "to-excel", "software", "{}.xlsx"],
    "criteria from-excel": ["criteria", "from-excel", "in.xlsx", "-o", "{}.yaml"],
    "criteria plot": ["criteria", "plot", "software", "-o", "{}.svg"],
    "call new": ["call", "new", "-o", "{}.yaml"],
    "check": ["check", "in.xlsx", "-o", "{}.json", "--annotate", "{}.xlsx"],
    "rank": ["rank", "in.xlsx", "-o", "{}.xlsx", "-o", "{}.csv"],
    "fund": ["fund", "in.xlsx", "--call", "call.yaml", "-o", "{}.json"],
    "fund --save": ["fund", "in.xlsx", "--call", "call.yaml", "--save", "{}.pilot"],
    "explain": ["explain", "in.pilot", "P-1", "-o", "{}.md"],
    "robustness": ["robustness", "in.xlsx", "-o", "{}.md"],
    "stability": ["stability", "in.xlsx", "-o", "{}.svg"],
    "rights": ["rights", "in.xlsx", "-o", "{}.csv", "-o", "{}.ics"],
    "ip": ["ip", "in.xlsx", "-o", "{}.xlsx", "-o", "{}.ics"],
    "ip calendar": ["ip", "calendar", "-o", "{}.csv"],
    "rank --save": ["rank", "in.xlsx", "--save", "{}.pilot"],
    "rounds list": ["rounds", "list", "in.db", "-o", "{}.csv"],
    "rounds show": ["rounds", "show", "in.db", "-o", "{}.xlsx"],
    "rounds export": ["rounds", "export", "in.db", "latest", "-o", "{}.pilot"],
    "rounds compare": ["rounds", "compare", "in.db", "a", "b", "-o", "{}.csv"],
    "follow": ["follow", "in.db", "-o", "{}.xlsx"],
    "follow template": ["follow", "template", "in.db", "-o", "{}.xlsx"],
    "learn": ["learn", "in.db", "-o", "{}.md"],
    "learn --write": ["learn", "in.db", "-c", "software", "-w", "{}.yaml"],
    "catalogue": ["catalogue", "in.pilot", "-o", "{}.xlsx"],
    "compare": ["compare", "in.xlsx", "new.xlsx", "-o", "{}.csv"],
    "appeal": ["appeal", "in.pilot", "corrections.xlsx", "-o", "{}.json"],
    "appeal --save": ["appeal", "in.pilot", "corrections.xlsx", "--save", "{}.pilot"],
    "assess": ["assess", "in.xlsx", "-o", "{}.xlsx"],
    "panel assign": ["panel", "assign", "in.xlsx", "-o", "{}.xlsx"],
    "panel collect": ["panel", "collect", "in.xlsx", "a.xlsx", "-o", "{}.csv"],
    "panel fill": ["panel", "fill", "in.xlsx", "scores.xlsx", "-o", "{}.xlsx"],
    "panel replace": ["panel", "replace", "E1", "a.xlsx", "in.xlsx", "-o", "{}.xlsx"],
    "panel report": ["panel", "report", "in.xlsx", "-o", "{}.md"],
    "weights": ["weights", "critic", "in.xlsx", "-o", "{}.yaml"],
    "weights --template": ["weights", "ahp", "--template", "{}.xlsx"],
    "demo": ["demo", "--example", "furnace", "--copy-to", "."],
}
# What it writes goes to a folder under names of its own.
TO_A_FOLDER = {"letters"}
NAMES_A_FILE = {"files", "save", "output", "annotate", "template", "copy_to", "target"}


def written_by(command: str, stem: str) -> list[Path]:
    if command == "demo":
        return [Path("furnace.csv")]
    return [Path(a.format(stem)) for a in WRITING[command] if "{}" in a]


@pytest.mark.parametrize("command", WRITING)
def test_no_command_overwrites_and_all_say_so_before_they_read(command: str):
    """The inputs are not even there: a command that looked at them first would say that."""
    there = written_by(command, "mine")
    there[-1].write_text("mine", encoding="utf-8")
    done = run_command(*(a.format("mine") for a in WRITING[command]))
    assert (done.exit_code, done.stdout) == (2, "")
    said = f"{there[-1]} is there already and not overwritten; --force overwrites, --number"
    assert said in done.stderr
    assert [p.read_text(encoding="utf-8") for p in Path().iterdir()] == ["mine"]


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("name", ["x" * 300, "no/out"])
def test_a_name_that_cannot_be_is_said_before_anything_is_read(command: str, name: str):
    if command == "demo":
        pytest.skip("its files have their own names")
    done = run_command(*(a.format(name) for a in WRITING[command]))
    assert done.exit_code == 2
    assert "cannot write" in done.stderr
    assert ("the name is too long" if "x" in name else "there is no folder") in done.stderr


def test_every_command_that_names_a_file_to_write_takes_both_options():
    def writing(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from writing(command, (*path, name))
            if is_run(command) and NAMES_A_FILE & {p.name for p in command.params}:
                opts = {o for p in command.params for o in p.opts}
                assert {"--force", "--number"} <= opts, name
                yield " ".join((*path, name))

    assert set(writing(main)) == {name.partition(" --")[0] for name in WRITING} | TO_A_FOLDER


@pytest.mark.slow
@pytest.mark.parametrize("command", ["criteria new", "call new", "weights --template", "demo"])
def test_force_overwrites_and_number_takes_a_free_name(command: str):
    args = [a.format("mine") for a in WRITING[command]]
    (there,) = written_by(command, "mine")
    assert run_command(*args).exit_code == 0
    before = there.read_bytes()
    there.write_text("mine", encoding="utf-8")
    numbered = run_command(*args, "--number")
    other = there.with_name(f"{there.stem}-2{there.suffix}")
    assert numbered.exit_code == 0
    assert f"{there} is written as {other}" in numbered.stderr
    assert there.read_text(encoding="utf-8") == "mine"
    assert other.stat().st_size == pytest.approx(len(before), abs=10)
    assert run_command(*args, "--force").exit_code == 0
    assert there.read_bytes() == before
    assert run_command(*args, "--force", "--number").exit_code == 2


def test_the_files_of_one_run_have_the_same_number():
    Path("out.csv").touch()
    result = run("-o", "out.json", "-o", "out.csv", "--number")
    assert "wrote out-2.json" in result.stderr
    assert sorted(p.name for p in Path().iterdir()) == ["out-2.csv", "out-2.json", "out.csv"]


def test_a_file_that_is_read_is_never_overwritten_whatever_is_asked(mini: Path):
    before = mini.read_bytes()
    for args in (
        ("criteria", "new", mini, "--from", mini, "--force"),
        ("map", "in.xlsx", "-c", mini, "-o", mini, "--force"),
        ("map", "in.xlsx", "--map", mini, "-o", mini, "--force"),
        ("weights", "critic", "in.xlsx", "-c", mini, "-o", mini, "--force"),
        ("call", "new", "-c", mini, "-o", mini, "--number"),
    ):
        done = run_command(*args)
        assert done.exit_code == 2, args
        assert "is an input and is never overwritten" in done.stderr, args
    assert mini.read_bytes() == before


def test_a_file_asked_for_twice_is_refused():
    error = run("-o", "out.csv", "-o", "./out.csv").exception
    assert isinstance(error, UsageError)
    assert error.text.to("zh") == "./out.csv 给出了两次"


class Full(io.TextIOWrapper):
    """A stdout whose disk is full."""

    def __init__(self, code: int) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.code, self.written = code, False

    def write(self, text: str) -> int:
        self.written = True
        return super().write(text)

    def flush(self) -> None:
        if self.code and self.written:
            raise OSError(self.code, os.strerror(self.code))


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EFBIG])
def test_a_stdout_that_takes_nothing_is_told(code: int, monkeypatch, capfd):
    full = Full(code)
    monkeypatch.setattr(sys, "stdout", full)
    with pytest.raises(SystemExit) as ended:
        main(["criteria", "list", "--lang", "en"], prog_name="pilotscore")
    full.code = 0
    assert ended.value.code == 2
    assert "cannot write standard output" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_stdout_through_the_installed_script():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pilotscore", "criteria", "list", "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    said = "pilotscore: cannot write standard output: no space is left on the disk\n"
    assert (done.returncode, done.stderr) == (2, said)


# What has no result of its own to give as JSON: it writes a file, asks, or prints what is data.
WITHOUT_JSON = {
    "template",
    "map",
    "criteria new",
    "criteria to-excel",
    "criteria from-excel",
    "criteria plot",
    "criteria schema",
    "call new",
    "assess",
    "demo",
    "completion",
    "panel issue",
    "panel fill",
    "letters",
    "rounds export",
    "rounds add",
    "follow template",
    "follow read",
}


def is_run(command: click.Command) -> bool:
    """Whether it is run itself, and does not only hold others together."""
    return not isinstance(command, click.Group) or isinstance(command, OpeningCommand)


def every(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every(command, (*path, name))
        if is_run(command):
            yield " ".join((*path, name)), command


def test_every_command_with_a_result_gives_it_as_json():
    with_json = {n for n, c in every(main) if any("--json" in p.opts for p in c.params)}
    assert {n for n, _ in every(main)} - with_json == WITHOUT_JSON


def as_json(*args: object, code: int = 0) -> dict[str, Any]:
    done = run_command(*args, "--json")
    assert done.exit_code == code, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def test_a_scorecard_as_json(book: MakeBook, mini: Path):
    path = book(row(), row(id="P-2", trl=11))
    card = as_json("score", path, "P-1", "-c", mini, "--as-of", "2026-11-23")
    assert (card["id"], card["rank"], card["grade"]) == ("P-1", 1, "A")
    assert card["dimensions"].keys() == {"tech", "safety"}
    trl = card["indicators"][0]
    assert (trl["id"], trl["value"], trl["state"], trl["cell"]) == ("trl", 7, "value", "C2")
    assert sum(x["contribution"] for x in card["indicators"]) == pytest.approx(card["index"])
    other = as_json("score", path, "P-2", "-c", mini, code=1)
    assert [f["code"] for f in other["findings"] if f["severity"] == "error"] == ["V402"]
    assert run_command("score", path, "P-1", "-c", mini, "--json", "--watch").exit_code == 2


def test_what_check_says_as_json(book: MakeBook, mini: Path):
    path = book(row(trl=11))
    found = as_json("check", path, "-c", mini, code=1)
    assert "V402" in {f["code"] for f in found["findings"]}
    assert run_command("check", path, "-c", mini, "--json", "--format", "md").exit_code == 2


@pytest.mark.slow
def test_files_of_rules_as_json(mini: Path, tmp_path: Path):
    listed = as_json("criteria", "list")
    assert "pilot-maturity" in {c["id"] for c in listed["criteria"]}
    assert "pilot-maturity" in {p["id"] for p in listed["policies"]}
    assert as_json("criteria", "show", mini)["dimensions"][0]["id"] == "tech"
    assert run_command("criteria", "show", mini, "--json", "--yaml").exit_code == 2
    assert as_json("criteria", "check", mini) == {"file": str(mini), "sound": True, "findings": []}
    mini.write_text(
        mini.read_text(encoding="utf-8").replace("weight: 60", "weight: 6"), encoding="utf-8"
    )
    faulty = as_json("criteria", "check", mini, code=1)
    assert (faulty["sound"], faulty["findings"][0]["code"]) == (False, "C201")


@pytest.mark.slow
def test_a_call_as_json(tmp_path: Path):
    call = tmp_path / "call.yaml"
    assert run_command("call", "new", "-o", call).exit_code == 0
    sound = as_json("call", "check", call)
    assert (sound["sound"], sound["criteria"]) == (True, "pilot-maturity")
    assert sound["budget_fen"] > 0
    call.write_text(call.read_text(encoding="utf-8") + "\nsurprise: 1\n", encoding="utf-8")
    assert as_json("call", "check", call, code=1)["sound"] is False
    record = tmp_path / "record.txt"
    record.write_text("nothing of a draw\n", encoding="utf-8")
    assert as_json("call", "verify", record, code=1)["holds"] is False


def test_a_page_from_a_workbook_whose_texts_would_be_markup(
    book: MakeBook, mini: Path, tmp_path: Path
):
    title = "p<0.05 & n>3 </script><b>"
    path, page = book(row(title=title), row(id="P-2", trl=11)), tmp_path / "r.html"
    done = run_command("rank", path, "-c", mini, "-o", page, "--as-of", "2026-11-23")
    assert f"wrote {page}" in done.stderr
    text = page.read_text(encoding="utf-8")
    assert "<b>" not in text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert title in data["texts"]
    assert data["explored"]["size"] == 2
    names = {s["name"][1] for s in data["sheets"]}
    assert {"Findings", "Manifest"} <= names
    assert not {"Ranking", "Scores"} & names
