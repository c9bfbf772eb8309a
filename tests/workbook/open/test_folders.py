from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, read_workbooks
from pilotscore.workbook.open.folders import find_books
from tests.conftest import HEADERS, row, write_book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "申报"
    for name in (
        "10.xlsx",
        "2.xlsx",
        "二级/三级/a.csv",
        "~$2.xlsx",
        ".~lock.2.xlsx#",
        "说明.docx",
        ".git/x.xlsx",
        "__MACOSX/y.xlsx",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def test_workbooks_in_natural_order_and_what_else_lies_there(folder: Path):
    found = find_books([folder])
    assert [p.name for p in found.paths] == ["2.xlsx", "10.xlsx", "a.csv"]
    told = {f.code: f for f in found.findings}
    assert told["B121"].values["count"] == 2
    assert told["B122"].values["names"] == "说明.docx"


def test_a_glob_picks(folder: Path):
    assert [p.name for p in find_books([folder], "*.csv").paths] == ["a.csv"]
    assert [f.code for f in find_books([folder], "*.ods").findings] == ["B121", "B123"]


def test_a_file_named_beside_its_folder_is_read_once(folder: Path):
    assert len(find_books([folder / "2.xlsx", folder]).paths) == 3


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def test_a_report_in_the_folder_is_passed_over_and_one_that_is_named_is_refused(
    tmp_path: Path, criteria: CriteriaSet, mini: Path
):
    import pilotscore
    from pilotscore.render.xlsx import write_xlsx
    from pilotscore.views.ranking import document

    folder = tmp_path / "in"
    folder.mkdir()
    write_book(folder / "a.xlsx", {"S": [HEADERS, row()]})
    write_xlsx(document(pilotscore.rank(folder, mini)), folder / "ranking.xlsx", "zh")
    s = read_workbooks([folder], criteria)
    assert ([b.results for b in s.books], [f.code for f in s.findings if f.code == "B129"]) == (
        [1],
        ["B129"],
    )
    named = read_workbooks([folder / "ranking.xlsx"], criteria)
    assert [f.code for f in named.findings] == ["B112"]


def test_ids_are_held_against_each_other_across_files(tmp_path: Path, criteria: CriteriaSet):
    for name in "ab":
        write_book(tmp_path / f"{name}.xlsx", {"S": [HEADERS, row()]})
    s = read_workbooks([tmp_path], criteria, ReadingOptions(glob="*.xlsx"))
    assert [Path(f.place.file).name for f in s.findings if f.code == "R304"] == ["a.xlsx", "b.xlsx"]
