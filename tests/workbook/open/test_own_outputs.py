"""What pilotscore wrote into a folder is known there, and no submission."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import pilotscore
from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.document import Table
from pilotscore.language import Lang
from pilotscore.render.csv import to_csv, write_csv
from pilotscore.runs import assess as runs
from pilotscore.runs.compare import RoundRules, compare
from pilotscore.views import comparison, findings, ranking
from pilotscore.views import round as round_view
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.copies.annotate import annotated
from pilotscore.workbook.open.delimited import rows_of
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.own_outputs import is_own_table
from pilotscore.workbook.open.sheets import is_own_report
from tests.conftest import HEADERS, row, write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    write_book(tmp_path / "in" / "a.xlsx", {"S": [HEADERS, row(), row(id="P-2", trl="x")]})
    return tmp_path / "in"


def told(s: Submission, *codes: str) -> list[tuple[str, str]]:
    return [(f.code, Path(f.place.file).name) for f in s.findings if f.code in codes]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_that_is_written_as_csv_is_known(folder: Path, mini: Path, lang: Lang):
    outcome, checked = pilotscore.rank(folder, mini), runs.check(folder, mini)
    documents = (
        ranking.document(outcome),
        findings.document(checked),
        comparison.document(compare(folder, folder, RoundRules(mini))),
    )
    tables = [d.table() for d in documents if d.table is not None]
    assert len(tables) == 3
    tables.append(Table(round_view._COLUMNS, ()))
    for table in tables:
        assert is_own_table(list(rows_of(to_csv(table, lang), Limits())))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["名次", "编号", "成果", "TRL", "等级"]],
        [HEADERS],
        [["Rank", "ID", "Result", "TRL", "MRL"]],
    ],
)
def test_a_table_of_results_is_none_of_ours(rows: list[list[str]]):
    assert not is_own_table(rows)


def test_tables_of_ours_in_a_folder_are_told_once(folder: Path, mini: Path, criteria: CriteriaSet):
    said = ranking.document(pilotscore.rank(folder, mini))
    for name in ("b.csv", "c.csv"):
        write_csv(said, folder / name, "zh")
        assert is_own_report(folder / name)
    s = read_workbooks([folder], criteria)
    assert (s.ids, told(s, "B129", "B112")) == (("P-1", "P-2"), [("B129", "b.csv")])
    assert told(read_workbooks([folder / "b.csv"], criteria), "B112") == [("B112", "b.csv")]
    assert not is_own_report(folder / "a.xlsx")
    assert not is_own_report(folder / "none.csv")


def test_an_annotated_copy_beside_its_original_is_passed_over(
    folder: Path, mini: Path, criteria: CriteriaSet
):
    book, copy = folder / "a.xlsx", folder / "a-checked.xlsx"
    annotated(book, runs.check(book, mini).findings, "en").write(copy)
    s = read_workbooks([folder], criteria)
    assert s.ids == ("P-1", "P-2")
    assert [Path(b.name).name for b in s.books] == ["a.xlsx"]
    assert told(s, "B142", "R304") == [("B142", "a-checked.xlsx")]
    # Named, or alone in a folder, it is what somebody has to submit.
    assert read_workbooks([copy], criteria).ids == ("P-1", "P-2")
    book.unlink()
    assert told(read_workbooks([folder], criteria), "B142") == []


def test_a_copy_in_which_something_was_corrected_is_read(
    folder: Path, mini: Path, criteria: CriteriaSet
):
    book, copy = folder / "a.xlsx", folder / "a-checked.xlsx"
    annotated(book, runs.check(book, mini).findings, "en").write(copy)
    corrected = openpyxl.load_workbook(copy)
    corrected["S"]["C3"] = 5
    corrected.save(copy)
    s = read_workbooks([folder], criteria)
    assert len(s) == 4
    assert told(s, "B142") == []
    assert len(told(s, "R304")) == 4
