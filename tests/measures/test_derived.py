"""What sheets of rights give goes before what is stated, and the claim is kept beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.deriving import DERIVATIONS, RIGHTS_FACTS
from pilotscore.index import assess
from pilotscore.language import NOTHING, Text
from pilotscore.measures import Measurements, Origin, from_submission
from pilotscore.measures.derived import with_rights
from pilotscore.measures.rights_state import RightsFigure, RightsState
from pilotscore.workbook import State, read_workbooks
from tests.conftest import AS_OF, MINI, built_in, from_yaml, write_book

CRITERIA = built_in().criteria
OWNER, PATENTS, TERMS = (CRITERIA.indicator_position[name] for name in (
    "ownership_status", "core_patents_valid", "rights_terms_complete"
))  # fmt: skip
HEAD = (
    "成果编号",
    "成果名称",
    "权属清晰度",
    "证据等级",
    "核心有效发明专利数",
    "证据等级",
    "权责利条款完备率",
    "证据等级",
)
UNCLEAR, OWN, SIGNED = range(3)
WHY = Text("未见证明", "unproven")


def stated(folder: Path, *rows: tuple[Any, ...]) -> Measurements:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for n, row in enumerate(rows):
        book.active.append((f"R-{n}", f"成果{n}", *row))
    book.save(folder / "book.xlsx")
    return from_submission(read_workbooks([folder / "book.xlsx"], CRITERIA), CRITERIA, AS_OF)


def figure(*each: tuple[float, float, bool]) -> RightsFigure:
    least, most, proven = (np.array(x) for x in zip(*each, strict=True))
    why = (np.isnan(least) | (least < most)).astype(np.int8)
    return RightsFigure(least, most, proven, why, (NOTHING, WHY))


NOT_SAID = (np.nan, np.nan, False)


def state(
    owner: Any = NOT_SAID, patents: Any = NOT_SAID, terms: Any = NOT_SAID, n: int = 1, **facts: str
) -> RightsState:
    each = (owner, patents, terms)
    figures = {
        "ownership_status": owner,
        "core_patents_valid": patents,
        "rights_terms_complete": terms,
    }
    assert set(figures) == set(DERIVATIONS)
    known = np.full(n, any(x is not NOT_SAID for x in each) or bool(facts))
    return RightsState(
        known,
        {name: figure(*[x] * n) for name, x in figures.items()},
        {name: np.array([word] * n) for name, word in facts.items()},
    )


def codes(m: Measurements) -> list[str]:
    return [f.code for f in m.findings if f.code.startswith("E8")]


def test_derived_values_stand_in_place_of_claims_which_are_kept_and_contradicted(tmp_path: Path):
    m = stated(tmp_path, ("已签权属协议", "E1", 5, "E1", 0.5, "E3"))
    derived = with_rights(m, CRITERIA, state((OWN, OWN, True), (2, 2, True), (0.75, 0.75, False)))
    assert derived.values[0, [OWNER, PATENTS, TERMS]].tolist() == [2, 2, 0.75]
    assert derived.origins[0, [OWNER, PATENTS, TERMS]].tolist() == [Origin.DERIVED] * 3
    assert [float(c.stated[0]) for c in derived.derived.values()] == [3, 5, 0.5]
    assert codes(derived) == ["E808", "E808", "E809"]
    assert [f.place.cell for f in derived.findings if f.code in ("E808", "E809")] == [
        "C2",
        "E2",
        "G2",
    ]
    # documents raise the grade to that of the set; what is better already stays, and so does the rest
    grades = [g.id for g in CRITERIA.evidence.grades]
    assert [grades[derived.evidence[0, j]] for j in (OWNER, PATENTS, TERMS)] == ["E2", "E2", "E3"]
    for array in (derived.low, derived.high):
        assert array[0, PATENTS] == 2


def test_a_claim_that_nothing_contradicts_is_not_told(tmp_path: Path):
    m = stated(tmp_path, ("单位所有", "E2", 2, None, 0.75, None))
    derived = with_rights(m, CRITERIA, state((OWN, OWN, True), (2, 2, True), (0.75, 0.75, True)))
    assert codes(derived) == []
    assert derived.origins[0, PATENTS] == Origin.DERIVED


def test_blank_and_unreadable_cells_take_what_is_derived_what_does_not_apply_stays(tmp_path: Path):
    rows = [
        (None, None, None, None, "很多", None),
        (None, None, "不适用：商业秘密", None, None, None),
    ]
    m = with_rights(
        stated(tmp_path, *rows), CRITERIA, state((OWN, OWN, True), (2, 2, True), (1, 1, True), n=2)
    )
    assert m.states[0, [OWNER, PATENTS, TERMS]].tolist() == [State.VALUE] * 3
    assert m.states[1, PATENTS] == State.NOT_APPLICABLE
    assert not m.derived["core_patents_valid"].given[1]
    assert np.isnan(m.values[1, PATENTS])


@pytest.mark.parametrize(
    ("claim", "counts", "told"),
    [(2, 2, ["E808"]), (1, 1, ["E809"]), (3, 3, ["E813"]), (4, 4, ["E813"]), (9, 4, ["E808"])],
)
def test_what_is_merely_unproven_contradicts_nothing(
    tmp_path: Path, claim: int, counts: int, told: list[str]
):
    """Two are shown and two more may be: a claim of three or four stands, one of nine does not."""
    m = stated(tmp_path, (None, None, claim, "E1", None, None))
    derived = with_rights(m, CRITERIA, state(patents=(2, 4, True)))
    assert derived.values[0, PATENTS] == max(counts, 2)
    expected = [] if claim == 2 else told
    assert codes(derived) == expected
    # only what is shown has its proof
    grade = CRITERIA.evidence.grades[derived.evidence[0, PATENTS]].id
    assert grade == ("E2" if derived.values[0, PATENTS] == 2 else "E1")


@pytest.mark.parametrize(
    ("claim", "counts", "told"),
    [("不清晰", 2, ["E809"]), ("单位所有", 2, []), ("已签权属协议", 3, ["E813"]), (None, 2, [])],
)
def test_an_agreement_that_no_step_states_is_unproven_and_not_denied(
    tmp_path: Path, claim: str | None, counts: int, told: list[str]
):
    m = stated(tmp_path, (claim, "E1", None, None, None, None))
    derived = with_rights(m, CRITERIA, state((OWN, SIGNED, True)))
    assert derived.values[0, OWNER] == counts
    assert codes(derived) == told


@pytest.mark.parametrize(("claim", "told"), [(0.63, []), (0.62, []), (0.64, ["E808"])])
def test_a_claim_that_is_rounded_is_the_same(tmp_path: Path, claim: float, told: list[str]):
    m = stated(tmp_path, (None, None, None, None, claim, None))
    derived = with_rights(m, CRITERIA, state(terms=(0.625, 0.625, True)))
    assert derived.values[0, TERMS] == 0.625
    assert codes(derived) == told


def test_a_dispute_is_something_that_the_sheets_cannot_say(tmp_path: Path):
    m = stated(tmp_path, ("存在争议", "E4", None, None, None, None))
    derived = with_rights(m, CRITERIA, state((SIGNED, SIGNED, True), n=1))
    assert derived.values[0, OWNER] == 0
    assert derived.origins[0, OWNER] == Origin.STATED


def test_a_set_may_call_the_categories_otherwise_and_have_them_in_any_order(tmp_path: Path):
    table = [
        {"id": name, "title": title, "value": value}
        for name, title, value in (
            ("shared", "共有", 100),
            ("grey", "不明", 0),
            ("ours", "单位", 70),
        )
    ]
    renamed = {"unclear": "grey", "institution_only": "ours", "agreement_signed": "shared"}
    owner = {"id": "owner", "title": "权属", "type": "category", "weight": 70, "table": table}
    owner["derived"] = {"what": "ownership_status", "categories": renamed}
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"][0] = owner
    criteria = CriteriaSet.model_validate(data)
    rows = [("成果编号", "成果名称", "权属"), *((f"R-{n}", "x", "单位") for n in range(3))]
    path = write_book(tmp_path / "b.xlsx", {"成果": rows})
    m = from_submission(read_workbooks([path], criteria), criteria, AS_OF)
    sheets = state(n=3)
    each = figure((UNCLEAR, UNCLEAR, True), (OWN, SIGNED, True), (SIGNED, SIGNED, True))
    sheets = RightsState(np.ones(3, bool), {**sheets.figures, "ownership_status": each}, {})
    derived = with_rights(m, criteria, sheets)
    j = criteria.indicator_position["owner"]
    ids = [criteria.indicators[j].categories[int(x)].id for x in derived.values[:, j]]
    assert ids == ["grey", "ours", "shared"]
    assert [f.code for f in derived.findings if f.code.startswith("E8")] == ["E808", "E809"]


def test_what_the_sheets_say_too_little_of_is_told_with_why(tmp_path: Path):
    m = stated(tmp_path, ("单位所有", "E2", None, None, None, None))
    derived = with_rights(m, CRITERIA, state(patents=(1, 1, True)))
    (told,) = [f for f in derived.findings if f.code == "E810"]
    assert (told.place.cell, told.values["why"]) == ("C2", WHY)
    assert derived.values[0, OWNER] == 2


def test_results_without_a_row_are_named_once(tmp_path: Path):
    m = stated(tmp_path, *[(None, None, 1, None, None, None)] * 8)
    sheets = state(patents=(1, 1, True), n=8)
    known = np.array([True, *[False] * 7])
    least = np.where(known, 1.0, np.nan)
    patents = RightsFigure(least, least, known, np.zeros(8, np.int8), (NOTHING,))
    sheets = RightsState(known, {**sheets.figures, "core_patents_valid": patents}, {})
    (told,) = [f for f in with_rights(m, CRITERIA, sheets).findings if f.code == "E812"]
    assert told.values["count"] == 7
    assert told.sentence("en").count("R-") == 5


@pytest.mark.parametrize("name", RIGHTS_FACTS)
def test_facts_close_gates_only_where_they_are_known(tmp_path: Path, name: str):
    m = stated(tmp_path, (None, None, None, None, None, None))
    gate = next((g for g, x in enumerate(CRITERIA.gates) if x.id == name), None)
    for word, closed in (("yes", True), ("no", False), ("", False)):
        a = assess(with_rights(m, CRITERIA, state(**{name: word})), CRITERIA, AS_OF)
        assert a.names[name].values.tolist() == [word]
        if gate is not None:
            assert bool(a.gates.closed[0, gate]) is closed
            assert bool(a.gates.unknown[0, gate]) is (word == "")


def test_without_sheets_nothing_changes_but_names_that_are_unknown(tmp_path: Path):
    m = stated(tmp_path, ("单位所有", "E1", 5, "E1", 0.5, "E3"))
    again = with_rights(m, CRITERIA, None)
    assert again.rights is None
    assert again.derived == {}
    assert all(again.facts[name].values.tolist() == [""] for name in RIGHTS_FACTS)
    for array in ("values", "low", "high", "states", "origins", "evidence"):
        assert np.array_equal(getattr(again, array), getattr(m, array), equal_nan=True)


# ------------------------------------------------------------------------------ what always holds

ONE = st.tuples(
    st.sampled_from([None, "单位所有", "不清晰", "已签权属协议", "存在争议"]),
    st.sampled_from([None, "E0", "E1", "E3"]),
    st.sampled_from([None, 0, 1, 4]),
    st.sampled_from([None, "E0", "E2"]),
    st.sampled_from([None, 0, 0.5, 1]),
    st.sampled_from([None, "E1"]),
)
SAID = st.tuples(
    st.sampled_from([np.nan, 0.0, 1.0, 2.0]),
    st.sampled_from([(np.nan, np.nan), (0.0, 0.0), (1.0, 3.0), (2.0, 2.0)]),
    st.sampled_from([(np.nan, np.nan), (0.25, 0.75), (1.0, 1.0)]),
)
CASES = st.lists(st.tuples(ONE, SAID, st.booleans()), min_size=1, max_size=4)


def of(cases: list[Any], *, proven: bool | None = None) -> RightsState:
    """Return what the sheets say of these results, proven as said or all alike."""

    def one(of_case: Any) -> RightsFigure:
        return figure(*((*of_case(said), p if proven is None else proven) for _, said, p in cases))

    figures = {
        "ownership_status": one(lambda said: (said[0], said[0])),
        "core_patents_valid": one(lambda said: said[1]),
        "rights_terms_complete": one(lambda said: said[2]),
    }
    return RightsState(np.ones(len(cases), bool), figures, {})


def scored(folder: Path, cases: list[Any], **proven: bool) -> np.ndarray:
    m = stated(folder, *(row for row, _, _ in cases))
    return assess(with_rights(m, CRITERIA, of(cases, **proven)), CRITERIA, AS_OF).scores


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("derived")


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(CASES)
def test_a_result_is_scored_by_its_own_rows_alone_in_any_order(folder: Path, cases: list[Any]):
    whole = scored(folder, cases)
    for k, case in enumerate(cases):
        assert np.array_equal(whole[k], scored(folder, [case])[0], equal_nan=True)
    assert np.array_equal(whole[::-1], scored(folder, cases[::-1]), equal_nan=True)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(CASES)
def test_documents_never_lower_a_score(folder: Path, cases: list[Any]):
    without, with_ = scored(folder, cases, proven=False), scored(folder, cases, proven=True)
    assert not (with_ < without - 1e-9).any()
