"""Sheets of rights of a submission, brought together for its results."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import openpyxl
import pytest

from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.index import assess
from pilotscore.measures import from_submission
from pilotscore.measures.derived import of_sheets
from pilotscore.measures.rights_engines import rights_state
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.rights.records import RightsRead
from tests.conftest import AS_OF, built_in
from tests.measures.test_rights_of_ip import IN_FORCE, LAPSED
from tests.measures.test_rights_of_owners import PROVEN, TEAM, UNI
from tests.rights.ip.making import rights
from tests.rights.ownership.making import book

CRITERIA = built_in().criteria


@pytest.fixture(scope="module")
def submission(tmp_path_factory: pytest.TempPathFactory) -> Submission:
    made = openpyxl.Workbook()
    made.active.append(
        ("成果编号", "成果名称", "权属清晰度", "核心有效发明专利数", "权责利条款完备率")
    )
    for name in ("R1", "R2", "R3"):
        made.active.append((name, f"成果 {name}", "不清晰", 5, 0.5))
    path = tmp_path_factory.mktemp("rights") / "book.xlsx"
    made.save(path)
    return read_workbooks([path], CRITERIA)


def sheets(*names: str, **more: Any) -> RightsRead:
    each = [{"result": name} for name in names]
    owned = book(
        parties=[who | row for row in each for who in (UNI | {"share": 30}, TEAM | {"share": 70})],
        steps=[PROVEN | row for row in each],
        cases=[{"terms_income": 1, "terms_costs": 0} | row for row in each],
    ).read()
    return replace(owned, **more)


def test_both_kinds_of_sheet_give_what_is_derived(submission: Submission):
    ip = rights(IN_FORCE | {"result": "R1"}, LAPSED | {"result": "R2"})
    m = from_submission(replace(submission, rights=sheets("R1", ip=ip)), CRITERIA, AS_OF)
    values = {name: c.value.tolist() for name, c in m.derived.items()}
    assert values["core_patents_valid"][:2] == [1, 0]
    assert values["ownership_status"][0] == 3
    # One of eight terms is agreed and six are not stated: the claim of a half may well be so.
    assert np.isnan(values["rights_terms_complete"][0])
    assert m.rights is not None
    assert m.rights.known.tolist() == [True, True, False]
    told = {(f.code, f.result) for f in m.findings}
    assert {("E808", "R1"), ("E808", "R2"), ("E809", "R1"), ("E813", "R1")} <= told
    assert ("E812", None) in told
    a = assess(m, CRITERIA, AS_OF)
    gates = [g.id for g, closed in zip(CRITERIA.gates, a.gates.closed[1], strict=True) if closed]
    assert "core_patent_lapsed" in gates
    assert m.rights.due is not None
    assert set(m.rights.due.result) == {"R1", "R2"}


@pytest.mark.parametrize(
    ("read", "known"),
    [
        (RightsRead(), [False] * 3),
        (RightsRead(ip=rights(IN_FORCE | {"result": "R3"})), [False, False, True]),
        (RightsRead(ip=rights(IN_FORCE | {"result": "R9"})), [False] * 3),
        (sheets("R2"), [False, True, False]),
        (
            book(distributions=[{"result": "R2", "item": "income", "amount": 1e6}]).read(),
            [False, True, False],
        ),
        (book(steps=[PROVEN | {"result": "R3"}]).read(), [False, False, True]),
        (book(cases=[{"result": "R1", "region": "浙江省"}]).read(), [True, False, False]),
    ],
)
def test_one_sheet_alone_or_none_of_these_results(
    submission: Submission, read: RightsRead, known: list[bool]
):
    state = rights_state(replace(submission, rights=read), AS_OF)
    assert state is not None
    assert state.known.tolist() == known
    m = from_submission(replace(submission, rights=read), CRITERIA, AS_OF)
    for column in m.derived.values():
        assert not (column.given & ~np.array(known)).any()


def test_a_check_tells_what_is_wrong_in_the_sheets_or_that_there_are_none(submission: Submission):
    none = from_submission(submission, CRITERIA, AS_OF)
    (told,) = of_sheets(none, CRITERIA)
    assert told.code == "E811"
    assert "核心专利已失效" in told.sentence("zh")
    assert "E811" not in {f.code for f in none.findings}
    ip = from_submission(
        replace(submission, rights=RightsRead(ip=rights(IN_FORCE))), CRITERIA, AS_OF
    )
    (of_owners,) = [f for f in of_sheets(ip, CRITERIA) if f.code == "E811"]
    assert "缺少共有人同意" in of_owners.sentence("zh")
    assert "核心专利已失效" not in of_owners.sentence("zh")
    read = RightsRead(parties=book(parties=[UNI | {"share": 130}]).read().parties)
    m = from_submission(replace(submission, rights=read), CRITERIA, AS_OF)
    assert "T101" in {f.code for f in of_sheets(m, CRITERIA)}


def test_rows_of_others_change_nothing(submission: Submission):
    """What a result's rows give hangs neither on those of others nor on their order."""
    rows = [IN_FORCE | {"result": "R1"}, LAPSED | {"result": "R2"}, IN_FORCE | {"result": "R3"}]
    whole = from_submission(
        replace(submission, rights=sheets("R1", "R2", ip=rights(*rows))), CRITERIA, AS_OF
    )
    turned = from_submission(
        replace(submission, rights=sheets("R2", "R1", ip=rights(*rows[::-1]))), CRITERIA, AS_OF
    )
    alone = from_submission(
        replace(submission, rights=sheets("R1", ip=rights(rows[0]))), CRITERIA, AS_OF
    )
    assert np.array_equal(whole.values, turned.values, equal_nan=True)
    assert np.array_equal(whole.evidence, turned.evidence)
    assert np.array_equal(whole.values[0], alone.values[0], equal_nan=True)
    for name in RIGHTS_FACTS:
        said = whole.facts[name].values
        assert np.array_equal(said, turned.facts[name].values), name
        assert said[0] == alone.facts[name].values[0], name
