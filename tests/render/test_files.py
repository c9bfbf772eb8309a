from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

import pilotscore
from pilotscore.errors import OutputError
from pilotscore.language import Lang
from pilotscore.render.csv import to_csv
from pilotscore.render.files import write_atomically
from pilotscore.render.json import to_json
from pilotscore.render.xlsx import write_xlsx
from pilotscore.runs.outcome import Outcome
from pilotscore.views.ranking import document
from tests.conftest import AS_OF, MakeBook, row


@pytest.fixture
def outcome(book: MakeBook, mini: Path) -> Outcome:
    rows = [row(title="=1+1", run_hours="未测", trl=9), row(id="P-2", title="+电解", trl=6), row(id="P-3", trl="坏"),
            row(id="P-4", disputed="是"), row(id="P-5", fraud="是")]  # fmt: skip
    return pilotscore.rank(book(*rows), mini, as_of=AS_OF)


def csv_of(outcome: Outcome, lang: Lang) -> str:
    table = document(outcome).table
    assert table is not None
    return to_csv(table(), lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_a_sheet_for_everything(outcome: Outcome, tmp_path: Path, lang):
    path = tmp_path / "out.xlsx"
    write_xlsx(document(outcome), path, lang)
    book = openpyxl.load_workbook(path)
    names = {"zh": ["排名", "指标得分", "问题清单", "指标体系", "溯源清单"],
             "en": ["Ranking", "Scores", "Findings", "Criteria", "Manifest"]}[lang]  # fmt: skip
    assert book.sheetnames == names
    ranking = list(book[names[0]].iter_rows(values_only=True))
    assert "示例" in ranking[0][0] or "placeholders" in ranking[0][0]
    header = ranking[1]
    assert header[:5] == (
        ("名次", "编号", "成果", "指数", "等级")
        if lang == "zh"
        else ("Rank", "ID", "Result", "Index", "Grade")
    )
    assert [r[1] for r in ranking[2:]] == ["P-1", "P-4", "P-2", "P-5", "P-3"]
    assert ranking[2][2] == "=1+1"
    cell = book[names[0]]["C3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")  # text, not a formula
    for name in names[:3]:
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes
    findings = list(book[names[2]].iter_rows(values_only=True))[1:]
    assert [(f[1], f[3], f[4], f[5]) for f in findings if f[1] == "V401"] == [
        ("V401", "成果", "C4", "P-3")
    ]
    manifest = dict(r[:2] for r in book[names[4]].iter_rows(values_only=True))
    assert manifest["criteria.id"] == "mini"
    assert len(manifest["inputs.1.sha256"]) == 64
    assert manifest["as_of"] == "2026-11-23"


def test_the_same_inputs_give_the_same_bytes(outcome: Outcome, tmp_path: Path, mini: Path):
    again = pilotscore.rank(tmp_path / "book.xlsx", mini, as_of=AS_OF)
    for n, one in enumerate((outcome, again)):
        write_xlsx(document(one), tmp_path / f"{n}.xlsx", "zh")
    assert (tmp_path / "0.xlsx").read_bytes() == (tmp_path / "1.xlsx").read_bytes()
    assert to_json(document(outcome).record(), "en") == to_json(document(again).record(), "en")
    assert csv_of(outcome, "en") == csv_of(again, "en")


def test_csv_is_harmless_in_a_spreadsheet(outcome: Outcome):
    rows = list(csv.reader(io.StringIO(csv_of(outcome, "zh"))))
    assert [r[2] for r in rows[1:]] == ["'=1+1", "硝化工艺", "'+电解", "硝化工艺", "硝化工艺"]
    assert rows[0][0] == "名次"
    assert rows[1][0] == "1"


def test_json_has_everything(outcome: Outcome):
    data = json.loads(to_json(document(outcome).record(), "en"))
    first = data["ranking"][0]
    assert (first["rank"], first["id"], first["grade"], first["approval"]) == (
        1,
        "P-1",
        "A",
        "approve",
    )
    assert first["scores"]["trl"] == 100
    assert first["low"] < first["high"]
    assert data["ranking"][-1]["rank"] is None
    assert data["ranking"][-1]["reason"].startswith("not assessable: C4 “坏” is not a number")
    assert {f["cell"] for f in data["findings"] if f["severity"] == "error"} == {"C4"}
    assert data["manifest"]["criteria"]["id"] == "mini"
    assert len(json.loads(to_json(document(outcome, 2).record(), "en"))["ranking"]) == 2


def test_a_file_is_whole_or_as_it_was(tmp_path: Path):
    path = tmp_path / "out.csv"
    path.write_text("before")

    def fail(temporary: Path) -> None:
        temporary.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        write_atomically(path, fail)
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("path", ["nowhere/out.csv", "."])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, path: str):
    with pytest.raises(OutputError, match="cannot write"):
        write_atomically(tmp_path / path, lambda p: p.write_text("x"))


def test_a_report_is_never_taken_for_an_input(outcome: Outcome, tmp_path: Path, mini: Path):
    """Its sheet of scores has the indicators' names for headers, and scores would be read as raw values."""
    write_xlsx(document(outcome), tmp_path / "out.xlsx", "zh")
    with pytest.raises(pilotscore.PilotscoreError) as caught:
        pilotscore.rank(tmp_path / "out.xlsx", mini)
    assert [f.code for f in caught.value.findings] == ["B112"]


def test_a_name_that_the_system_cannot_hold_is_told(tmp_path: Path):
    with pytest.raises(OutputError):
        write_atomically(tmp_path / f"{'x' * 300}.csv", Path.touch)
