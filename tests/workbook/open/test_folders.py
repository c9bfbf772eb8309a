from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

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


def closed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have the system refuse to list folders of these names, or to look at files of them."""
    scandir, stat = os.scandir, Path.stat

    def refuse(path: object) -> None:
        if Path(str(path)).name in names:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    def list_folder(path: str = ".") -> Any:
        refuse(path)
        return scandir(path)

    def look(path: Path, **how: bool) -> os.stat_result:
        if path.suffix:
            refuse(path)
        return stat(path, **how)

    monkeypatch.setattr(os, "scandir", list_folder)
    monkeypatch.setattr(Path, "stat", look)


def test_a_folder_that_may_not_be_read_is_told_and_never_taken_for_empty(
    tmp_path: Path, criteria: CriteriaSet, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "closed").mkdir()
    closed(monkeypatch, "closed")
    s = read_workbooks([tmp_path / "closed"], criteria)
    assert [f.code for f in s.findings] == ["B132"]
    assert [book.results for book in s.books] == [0]
    write_book(tmp_path / "open.xlsx", {"S": [HEADERS, row()]})
    books = find_books([tmp_path])
    assert [p.name for p in books.paths] == ["open.xlsx"]
    told = [f for f in books.findings if f.code == "B132"]
    assert [Path(f.place.file).name for f in told] == ["closed"]
    part = read_workbooks([tmp_path], criteria)
    assert sorted(book.results for book in part.books) == [0, 1]  # done in part


def test_a_workbook_that_may_not_be_looked_at_is_told(
    tmp_path: Path, criteria: CriteriaSet, monkeypatch: pytest.MonkeyPatch
):
    closed(monkeypatch, "b.xlsx")
    for name in ("b.xlsx", f"{'x' * 300}.xlsx"):
        s = read_workbooks([tmp_path / name], criteria)
        assert [f.code for f in s.findings] == ["B132"], name
