"""Names of items that are not known are suggested and accepted as headers of tables are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, read_workbooks
from tests.conftest import write_book

NAMES = ["编号", "技术就绪水准", "安全评估度", "一次合格率", "联系电话"]
VALUES = ["P-1", 6, "已完成", "98%", "010"]


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def as_table(tmp_path: Path) -> Path:
    return write_book(tmp_path / "table.xlsx", {"S": [NAMES, VALUES]})


def as_form(tmp_path: Path) -> Path:
    rows = [list(r) for r in zip(NAMES, VALUES, strict=True)]
    return write_book(tmp_path / "form.xlsx", {"S": rows})


def test_what_is_likely_is_told_of_both(tmp_path: Path, criteria: CriteriaSet):
    told = {}
    for book, part in ((as_table(tmp_path), "列"), (as_form(tmp_path), "项")):
        s = read_workbooks([book], criteria)
        likely = [f for f in s.findings if f.code == "H202"]
        told[part] = {f.values["header"] for f in likely}
        assert all(f.found("zh").startswith(f"{part}“") for f in likely)
        assert all(f.place.cell for f in likely)
    assert told["列"] == told["项"] == {"技术就绪水准", "安全评估度"}


def test_what_is_likely_is_accepted_in_both(tmp_path: Path, criteria: CriteriaSet):
    options = ReadingOptions(accept_suggestions=True, understand=True)
    table, form = (
        read_workbooks([b], criteria, options) for b in (as_table(tmp_path), as_form(tmp_path))
    )
    assert table.values[0].tolist()[:2] == [6, 98]
    assert str(form.values.tolist()) == str(table.values.tolist())
    for s in (table, form):
        assert [f.code for f in s.findings if f.code in ("H202", "H207")] == ["H207", "H207"]
        heads = {c.head.text: c.head.matched for c in s.pages[0].columns}
        assert heads["技术就绪水准"] == heads["安全评估度"] == "near"


def test_several_results_side_by_side_are_accepted_together(tmp_path: Path, criteria: CriteriaSet):
    rows = [[n, v, v if n != "编号" else "P-2"] for n, v in zip(NAMES, VALUES, strict=True)]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    s = read_workbooks([book], criteria, ReadingOptions(accept_suggestions=True))
    assert s.ids == ("P-1", "P-2")
    assert s.values[:, 0].tolist() == [6, 6]


def test_without_being_asked_nothing_is_accepted(tmp_path: Path, criteria: CriteriaSet):
    s = read_workbooks([as_form(tmp_path)], criteria)
    assert str(s.values[0, 0]) == "nan"
