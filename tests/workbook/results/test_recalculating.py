from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, Submission, read_workbooks
from pilotscore.workbook.open.office import Office, find_office
from tests.cli.test_commands import run
from tests.conftest import HEADERS, row, write_book
from tests.workbook.open.test_office import CONVERT, script

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in is a script of the shell"
)
MADE_UP = Office("soffice", "LibreOffice 1.0")


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def with_formulas(path: Path, **formulas: str) -> Path:
    """Write a workbook with a result, and formulas in some cells."""
    write_book(path, {"成果": [HEADERS, row(id=path.stem)]})
    book = openpyxl.load_workbook(path)
    for cell, formula in formulas.items():
        book["成果"][cell] = formula
    book.save(path)
    return path


def stand_in(folder: Path, **cells: Any) -> Office:
    """Return what always gives a workbook in which these cells have results."""
    answer = write_book(folder / "answer.xlsx", {"成果": [HEADERS, row()]})
    book = openpyxl.load_workbook(answer)
    for cell, value in cells.items():
        book["成果"][cell] = value
    book.save(answer)
    lines = f'for b in $books; do n=${{b##*/}}; cp "{answer}" "$out/${{n%.*}}.xlsx"; done'
    return script(folder / "soffice", CONVERT + lines)


def read(path: Path, criteria: CriteriaSet, office: Office | None) -> Submission:
    return read_workbooks([path], criteria, ReadingOptions(office=office))


def told(s: Submission, *codes: str) -> list[tuple[str, str]]:
    return [(f.code, f.place.cell) for f in s.findings if f.code in codes]


def test_formulas_without_results_have_values_only_where_asked_for(
    tmp_path: Path, criteria: CriteriaSet
):
    path = with_formulas(tmp_path / "a.xlsx", C2="=3+3", E2="=1/0", I2="=NEW(1)")
    office = stand_in(tmp_path, C2=6, E2="#DIV/0!", G2=999, I2="#NAME?")
    plain = read(path, criteria, None)
    assert told(plain, "V409", "B140") == [("V409", "C2"), ("V409", "E2"), ("V409", "I2")]
    s = read(path, criteria, office)
    assert s.values[0, :3].tolist()[::2] == [6, 80]  # what is stored stays
    assert told(s, "V408", "V409", "B140", "B141") == [("B140", ""), ("V408", "E2"), ("V409", "I2")]
    assert {f.place.file for f in s.findings} == {str(path)}
    assert s.books[0].sha256 == plain.books[0].sha256
    count = next(f.values["count"] for f in s.findings if f.code == "B140")
    assert count == 2


def test_a_workbook_whose_results_are_stored_is_never_given_away(
    tmp_path: Path, criteria: CriteriaSet
):
    path = write_book(tmp_path / "a.xlsx", {"成果": [HEADERS, row()]})
    s = read(path, criteria, Office(str(tmp_path / "no such command"), ""))
    assert told(s, "B140", "B141") == []


@pytest.mark.parametrize(
    "lines",
    [
        "exit 1",
        "true",
        CONVERT + "for b in $books; do cp $b $out/0.xlsx; done",
        CONVERT + "echo x > $out/0.xlsx",
    ],
)
def test_what_cannot_be_calculated_stays_without_a_value_and_is_told(
    tmp_path: Path, criteria: CriteriaSet, lines: str
):
    path = with_formulas(tmp_path / "a.xlsx", C2="=3+3")
    s = read(path, criteria, script(tmp_path / "soffice", lines))
    assert told(s, "B140", "B141", "V409") == [("B141", ""), ("V409", "C2")] or (
        told(s, "B140", "B141", "V409") == [("V409", "C2"), ("B141", "")]
    )


def test_nothing_is_left_behind(
    tmp_path: Path, criteria: CriteriaSet, monkeypatch: pytest.MonkeyPatch
):
    path, office = with_formulas(tmp_path / "a.xlsx", C2="=3+3"), stand_in(tmp_path, C2=6)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert told(read(path, criteria, office), "B140") == [("B140", "")]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_libreoffice_the_option_says_what_to_do(
    tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pilotscore.workbook.open.office.find_office", lambda: None)
    done = run("rank", with_formulas(tmp_path / "a.xlsx", C2="=3+3"), "-c", mini, "--recalculate")
    assert done.exit_code == 2
    assert "LibreOffice" in done.stderr
    assert "F9" in done.stderr


def test_the_manifest_says_what_calculated(
    tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
):
    office = stand_in(tmp_path, C2=6)
    monkeypatch.setattr("pilotscore.workbook.open.office.find_office", lambda: office)
    done = run(
        "rank", with_formulas(tmp_path / "a.xlsx", C2="=3+3"), "-c", mini, "--recalculate", "--json"
    )
    assert done.exit_code == 0
    assert '"recalculate": "LibreOffice 1.0"' in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_with_libreoffice_itself(tmp_path: Path, criteria: CriteriaSet):
    path = with_formulas(
        tmp_path / "a.xlsx", C2="=3+4", E2="=90+6", I2='="已"&"完成"', P2="=DATE(2030,1,1)"
    )
    s = read(path, criteria, find_office())
    plain = read(write_book(tmp_path / "b.xlsx", {"成果": [HEADERS, row()]}), criteria, None)
    assert s.values.tolist() == plain.values.tolist()
    assert told(s, "V409") == []
