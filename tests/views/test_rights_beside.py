"""What sheets of rights say stands beside the score, and nothing of it where there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.document import Block
from pilotscore.index import Assessment, assess
from pilotscore.language import LANGS, NOTHING, Lang
from pilotscore.measures import from_submission
from pilotscore.runs.rights_outlook import outlook_of
from pilotscore.views import rights_beside
from pilotscore.workbook import read_workbooks
from pilotscore.workbook.rights.records import RightsRead
from tests.conftest import AS_OF, built_in
from tests.measures.test_rights_of_ip import IN_FORCE, IN_GRACE
from tests.measures.test_rights_of_owners import PROVEN, TEAM, UNI
from tests.rights.ip.making import rights
from tests.rights.ownership.making import book

Shown = Callable[[Iterable[Block], int, Lang], str]
CRITERIA = built_in().criteria


def sheets() -> RightsRead:
    own = book(parties=[UNI | {"share": 30}, TEAM | {"share": 70}], steps=[PROVEN]).read()
    fees = [IN_FORCE, IN_GRACE | {"number": "ZL2"}]
    return replace(own, ip=rights(*fees))


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[RightsRead | None], Assessment]:
    made = openpyxl.Workbook()
    made.active.append(
        ("成果编号", "成果名称", "权属清晰度", "核心有效发明专利数", "权责利条款完备率")
    )
    made.active.append(("R1", "成果一", "单位所有", 5, 0.5))
    made.active.append(("R2", "成果二", "单位所有", 5, 0.5))
    path: Path = tmp_path_factory.mktemp("beside") / "book.xlsx"
    made.save(path)
    read = read_workbooks([path], CRITERIA)

    def of(said: RightsRead | None) -> Assessment:
        m = from_submission(replace(read, rights=said), CRITERIA, AS_OF)
        return assess(m, CRITERIA, AS_OF)

    return of


def test_page(assessed: Any, on_screen: Shown, snapshot: Any):
    a = assessed(sheets())
    for lang in LANGS:
        assert on_screen(rights_beside.page(a, 0), 80, lang) == snapshot(name=lang)
    assert list(rights_beside.page(a, 1)) == []


def test_nothing_without_sheets(assessed: Any):
    a = assessed(None)
    assert outlook_of(a) is None
    assert list(rights_beside.page(a, 0)) == []
    assert list(rights_beside.below(a, 0)) == []
    assert list(rights_beside.columns(a)) == []
    assert list(rights_beside.cells(a, 0)) == []
    assert rights_beside.record(a, 0) == {}


def test_what_is_due_within_90_days_and_no_more(assessed: Any):
    outlook = outlook_of(assessed(sheets()))
    assert outlook is not None
    listed = outlook.of("R1", 100)
    days = [day for day, _ in listed]
    assert days == sorted(days)
    assert days[-1] <= "2027-02-21"
    assert outlook.count("R1") == len(listed)
    first = outlook.first("R1")
    assert first is not None
    assert (first[0], first[1].id) == (days[0], listed[0][1].rule.id)
    assert (outlook.count("R9"), outlook.of("R9", 3), outlook.first("R9")) == (0, [], None)


def test_tables_have_as_many_cells_as_columns(assessed: Any):
    a = assessed(sheets())
    for i in range(2):
        assert len(list(rights_beside.cells(a, i))) == len(list(rights_beside.columns(a)))
    stage, due = rights_beside.cells(a, 0)
    assert NOTHING not in (stage, due)
    assert list(rights_beside.cells(a, 1)) == [NOTHING, NOTHING]


def test_record(assessed: Any):
    own = rights_beside.record(assessed(sheets()), 0)["rights"]
    derived = {d["indicator"]: d for d in own["derived"]}
    patents, owner = derived["core_patents_valid"], derived["ownership_status"]
    assert (patents["value"], patents["stated"], patents["counts"]) == (2, 5, True)
    assert (owner["value"], owner["stated"], owner["proven"]) == (3, 2, True)
    assert derived["rights_terms_complete"]["counts"] is False
    assert own["facts"]["core_patent_in_grace"] == "yes"
    assert all(d["state"] for d in own["due"])
