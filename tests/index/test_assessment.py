from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.index import (
    Assessment,
    Status,
    assess,
    contributions,
    deciding_reasons,
    score_array,
)
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, HEADERS, MINI, MakeBook, from_yaml, row, to_yaml, write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def assessed(path: Path, criteria: CriteriaSet) -> Assessment:
    return assess(from_submission(read_workbooks([path], criteria)), criteria, AS_OF)


def grade(a: Assessment, i: int = 0) -> str | None:
    return a.criteria.grades[a.grade[i]].id if a.grade[i] >= 0 else None


def reasons(a: Assessment, i: int = 0) -> str:
    return "; ".join(r.text.to("en") for r in deciding_reasons(a, i))


def test_by_hand(book: MakeBook, criteria: CriteriaSet):
    """TRL 7: 75; yield 96: 92; 80 h: 80; hazard study complete: 100; permit: 100.

    tech = 0.5 x 75 + 0.3 x 92 + 0.2 x 80 = 81.1; safety = 100; index = 0.6 x 81.1 + 0.4 x 100.
    """
    a = assessed(book(row()), criteria)
    assert a.scores[0].tolist() == [75, 92, 80, 100, 100]
    assert a.dimensions[0] == pytest.approx([81.1, 100])
    assert a.index[0] == pytest.approx(88.66)
    assert a.geometric[0] == pytest.approx(81.1**0.6 * 100**0.4)
    assert a.lowest[0] == pytest.approx(81.1)
    assert (a.low[0], a.high[0]) == (a.index[0], a.index[0])
    assert (a.completeness[0], a.evidence_share[0]) == pytest.approx((1, 1))
    assert (grade(a), reasons(a)) == ("A", "")
    assert contributions(a)[0] == pytest.approx([22.5, 16.56, 9.6, 28, 12])


@pytest.mark.parametrize(
    ("changes", "expected", "reason"),
    [
        ({"trl": 6}, "B", "Technology readiness level 6, grade A needs 7"),
        ({"yield_rate": 70}, "B", "index 79.3, grade A needs 80"),
        (
            {"yield_rate": 60},
            "B",
            "Technology 59.5, grade A needs 60; index 75.7, grade A needs 80",
        ),
        (
            {"hazard": "部分完成"},
            "B",
            "Safety 65.0, grade A needs 70; index 74.7, grade A needs 80",
        ),
        ({"hazard": "未做"}, "C", "Safety 30.0, grade B needs 40"),
        ({"disputed": "是"}, "B", "ownership in dispute (grade B at most)"),
        ({"fraud": "是"}, None, "misconduct"),
        (
            {"fraud": "是", "trl": ""},
            None,
            "misconduct; required “Technology readiness level” is blank",
        ),
        ({"trl": ""}, None, "required “Technology readiness level” is blank"),
        ({"trl": "很高"}, None, "C2 “很高” is not a number"),
        ({"run_hours": "不适用：间歇"}, None, "“Continuous run” may not be N/A"),
        ({"permit_end": "2026-01-01"}, "A", "the permit has expired"),
    ],
)
def test_what_decides(
    book: MakeBook, criteria: CriteriaSet, changes: dict, expected: str | None, reason: str
):
    a = assessed(book(row(**changes)), criteria)
    assert grade(a) == expected
    assert reasons(a).startswith(reason)


def test_evidence_caps(book: MakeBook, criteria: CriteriaSet):
    a = assessed(
        book(
            row(trl_evidence="E0"),
            row(id="P-2", trl_evidence="E1"),
            row(id="P-3", trl_evidence=""),
            row(id="P-4", trl_evidence="E2", trl=9),
        ),
        criteria,
    )
    assert a.scores[:, 0].tolist() == [0, 60, 60, 85]
    assert a.scores_uncapped[:, 0].tolist() == [75, 75, 75, 100]
    assert (a.index_uncapped >= a.index).all()
    assert a.evidence_share == pytest.approx([0.7, 0.7, 0.7, 1])


def test_the_four_states(book: MakeBook, criteria: CriteriaSet):
    a = assessed(
        book(
            row(run_hours=""),
            row(id="P-2", run_hours="未测"),
            row(id="P-3", run_hours="不适用：间歇工艺", mode="间歇"),
            row(id="P-4", trl="未测"),
        ),
        criteria,
    )
    tech = a.dimensions[:, 0]
    assert tech[:2] == pytest.approx([65.1, 65.1])  # scores nothing
    assert tech[2] == pytest.approx((0.5 * 75 + 0.3 * 92) / 0.8)  # its weight goes to the siblings
    assert tech[3] == pytest.approx(0.3 * 92 + 0.2 * 80)  # a required one that was not measured: 0
    assert a.status.tolist() == [Status.GRADED] * 4
    assert a.high[:2] == pytest.approx(a.index[:2] + 0.6 * 20)
    assert a.high[2] == a.index[2]
    assert [f.code for f in a.findings] == ["I504", "I504", "I504"]


def test_too_much_not_applicable(book: MakeBook, tmp_path: Path, mini: Path):
    text = MINI.replace("not_applicable_share", "x").replace(
        "\nfacts:", "\nmissing: {not_applicable_share: 0.1}\nfacts:"
    )
    (tmp_path / "strict.yaml").write_text(text, encoding="utf-8")
    strict = load_criteria(tmp_path / "strict.yaml").criteria
    a = assessed(book(row(permit="不适用：无需办理")), strict)
    assert a.status[0] == Status.NOT_ASSESSABLE
    assert reasons(a) == "30% of “Safety” is N/A"
    assert [(f.code, f.place.cell) for f in a.findings] == [("I503", "K2")]


def test_what_the_set_allows_by_a_condition_is_not_too_much(
    book: MakeBook, tmp_path: Path, mini: Path
):
    data = from_yaml(MINI) | {"missing": {"not_applicable_share": 0.1}}
    for indicator in data["dimensions"][1]["indicators"]:
        indicator |= {"not_applicable": "mode == batch", "required": False}
    (tmp_path / "strict.yaml").write_text(to_yaml(data), encoding="utf-8")
    strict = load_criteria(tmp_path / "strict.yaml").criteria
    a = assessed(
        book(
            row(run_hours="不适用：间歇", permit="不适用：间歇", mode="间歇"),
            row(id="P-2", hazard="不适用：间歇", permit="不适用：间歇", mode="间歇"),
        ),
        strict,
    )
    assert a.status.tolist() == [Status.GRADED, Status.NOT_ASSESSABLE]
    assert [f.values["share"] for f in a.findings if f.code == "I503"] == ["100%"]


def test_a_gate_that_cannot_be_judged_is_told(
    book: MakeBook, criteria: CriteriaSet, tmp_path: Path
):
    a = assessed(book(row(fraud="")), criteria)
    assert grade(a) == "A"
    assert [(f.code, f.place.cell) for f in a.findings] == [("I505", "N2")]
    rows = [HEADERS[:12], row()[:12], row(id="P-2")[:12]]
    b = assessed(write_book(tmp_path / "nofacts.xlsx", {"S": rows}), criteria)
    told = [f.sentence("en") for f in b.findings if f.code == "I506"]
    assert told == [
        "missing (Misconduct, Ownership disputed, Permit ends): these gates could not be "
        "judged: misconduct, ownership in dispute, the permit has expired; add them"
    ]


def test_a_fault_on_another_sheet_names_the_sheet(tmp_path: Path, criteria: CriteriaSet):
    """B2 of the results is the title: a cell of distributions is not to be looked for there."""
    name = row()[0]
    amounts = [["成果编号", "项目", "金额（万元）"], [name, "奖励总额", 60], [name, "", 40]]
    sheets = {"成果": [HEADERS, row(yield_rate="约九成")], "收益分配": amounts}
    a = assessed(write_book(tmp_path / "book.xlsx", sheets), criteria)
    assert a.status[0] == Status.NOT_ASSESSABLE
    assert re.findall(r"\S*[A-Z]\d+(?= )", reasons(a)) == ["E2", "[收益分配]!B3"]


def test_excellence_does_not_buy_off_a_failed_dimension(book: MakeBook, criteria: CriteriaSet):
    a = assessed(book(row(trl=9, yield_rate=100, run_hours=1000, hazard="未做")), criteria)
    assert a.index[0] == pytest.approx(72)
    assert criteria.grades[a.grade_by_index[0]].id == "B"
    assert grade(a) == "C"


def test_a_threshold_met_to_the_last_digit_is_met(book: MakeBook, tmp_path: Path, mini: Path):
    text = MINI.replace("index: 80", "index: 88.66")
    (tmp_path / "exact.yaml").write_text(text, encoding="utf-8")
    a = assessed(book(row()), load_criteria(tmp_path / "exact.yaml").criteria)
    assert grade(a) == "A"


cells = st.fixed_dictionaries(
    {
        "trl": st.one_of(st.integers(1, 9), st.just("未测")),
        "yield_rate": st.one_of(st.integers(2, 100), st.just(""), st.just("未测")),
        "run_hours": st.one_of(st.integers(0, 200), st.just("")),
        "hazard": st.sampled_from(["未做", "部分完成", "已完成"]),
        "permit": st.sampled_from(["是", "否", ""]),
        "trl_evidence": st.sampled_from(["E0", "E1", "E2", "E3", ""]),
        "disputed": st.sampled_from(["是", "否", ""]),
        "fraud": st.sampled_from(["是", "否"]),
    }
)
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.slow
@quick
@given(st.lists(cells, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_index_of_a_result_never_depends_on_the_others(
    tmp_path: Path, criteria: CriteriaSet, batch: list[dict], rng: random.Random
):
    rows = [row(id=f"P-{n}", **c) for n, c in enumerate(batch)]
    whole = assessed(write_book(tmp_path / "whole.xlsx", {"S": [HEADERS, *rows]}), criteria)
    rng.shuffle(rows)
    part = assessed(write_book(tmp_path / "part.xlsx", {"S": [HEADERS, *rows[:-1]]}), criteria)
    for i, name in enumerate(part.measurements.ids):
        j = whole.measurements.ids.index(name)
        for field in ("index", "low", "high", "grade", "status", "completeness"):
            assert getattr(part, field)[i] == getattr(whole, field)[j], field


@pytest.mark.slow
@quick
@given(
    cells, st.sampled_from(["trl", "yield_rate", "run_hours", "hazard", "permit", "trl_evidence"])
)
def test_better_never_lowers_index_or_grade(
    tmp_path: Path, criteria: CriteriaSet, base: dict, name: str
):
    best = {
        "trl": 9,
        "yield_rate": 100,
        "run_hours": 200,
        "hazard": "已完成",
        "permit": "是",
        "trl_evidence": "E3",
    }
    rows = [row(**base), row(**base | {name: best[name], "id": "P-2"})]
    a = assessed(write_book(tmp_path / "two.xlsx", {"S": [HEADERS, *rows]}), criteria)
    assert a.index[1] >= a.index[0] - 1e-12
    if Status.GRADED == a.status[0] == a.status[1]:
        assert a.grade[1] <= a.grade[0]


@pytest.mark.slow
@quick
@given(cells)
def test_a_closed_gate_never_raises_the_grade(tmp_path: Path, criteria: CriteriaSet, base: dict):
    rows = [
        row(**base | {"disputed": "否", "fraud": "否"}),
        row(**base | {"disputed": "是", "fraud": "否", "id": "P-2"}),
        row(**base | {"disputed": "是", "fraud": "是", "id": "P-3"}),
    ]
    a = assessed(write_book(tmp_path / "gates.xlsx", {"S": [HEADERS, *rows]}), criteria)
    assert a.grade[1] >= a.grade[0]
    assert a.grade[2] == -1
    assert a.index[0] == a.index[1] == a.index[2]


@pytest.mark.slow
@quick
@given(cells, st.sampled_from([1.0, 0.0, -1.0]))
def test_contributions_add_up_and_the_interval_holds_the_index(
    tmp_path: Path, base: dict, exponent: float
):
    (tmp_path / "p.yaml").write_text(
        MINI.replace("\nfacts:", f"\naggregation: {{exponent: {exponent}}}\nfacts:"),
        encoding="utf-8",
    )
    a = assessed(
        write_book(tmp_path / "one.xlsx", {"S": [HEADERS, row(**base)]}),
        load_criteria(tmp_path / "p.yaml").criteria,
    )
    assert contributions(a).sum(axis=1) == pytest.approx(a.index, abs=1e-9)
    assert a.low[0] <= a.index[0] <= a.high[0] + 1e-12
    assert a.lowest[0] - 1e-9 <= a.geometric[0]


def test_an_array_scores_as_a_workbook_does(book: MakeBook, criteria: CriteriaSet):
    a = assessed(book(row(), row(id="P-2", run_hours="", trl=3)), criteria)
    scored = score_array(a.measurements.values, criteria)
    assert scored.index.tolist() == a.index_uncapped.tolist()
    assert scored.dimensions.tolist() == a.dimensions_uncapped.tolist()


def test_an_array_of_another_width_is_refused(criteria: CriteriaSet):
    from pilotscore.errors import UsageError

    with pytest.raises(UsageError, match="n x 5"):
        score_array(np.zeros((3, 4)), criteria)


def test_an_array_larger_than_a_chunk_scores_as_its_parts(criteria: CriteriaSet):
    values = np.random.default_rng(7).uniform(0, 9, (10_000, 5))
    whole = score_array(values, criteria).index
    assert whole.tolist() == [
        *score_array(values[:7], criteria).index,
        *score_array(values[7:], criteria).index,
    ]
