"""What measurement leaves uncertain of the index: published numbers, and two ways to the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.index import assess, scoring
from pilotscore.index.intervals import ScoredRows, index_deviations, score_bounds
from pilotscore.index.weights import is_linear
from pilotscore.workbook import State
from tests.conftest import AS_OF, MINI, from_yaml
from tests.index.test_axioms import AGGREGATIONS, VALUES, criteria_of, results

SPREADS = st.lists(st.floats(0, 30), min_size=5, max_size=5)
GAPS = st.lists(st.booleans(), min_size=5, max_size=5)


def uncertain(
    criteria: CriteriaSet, values: list[float], down: list[float], up: list[float]
) -> Any:
    m = results(criteria, values)
    return replace(m, low=m.values - np.array([down]), high=m.values + np.array([up]))


@pytest.mark.slow
@given(VALUES, SPREADS, SPREADS, GAPS, GAPS, st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_by_weight_is_the_same_as_combined_anew(
    values: list[float],
    down: list[float],
    up: list[float],
    missing: list[bool],
    absent: list[bool],
    evidence: int,
):
    criteria = criteria_of("exponent 1")
    m = uncertain(criteria, values, down, up)
    has_value = ~np.array([missing]) & ~np.array([absent])
    scores = np.array([[40.0, 0, 90, 50, 100]])
    caps = np.array([[60.0, 100, 30, 85, 100]]) if evidence else np.full((1, 5), 100.0)
    for weights in (
        np.array([0.5, 0.3, 0.2, 0.7, 0.3]),
        np.where(np.array([absent]), 0.0, [[0.5, 0.3, 0.2, 0.7, 0.3]]),
    ):
        fast, general = (
            index_deviations(
                m,
                criteria,
                ScoredRows(slice(0, 1), np.minimum(scores, caps), caps, weights, has_value),
                linear=linear,
            )
            for linear in (True, False)
        )
        assert fast.below == pytest.approx(general.below, abs=1e-9)
        assert fast.above == pytest.approx(general.above, abs=1e-9)
        assert fast.uncertain.tolist() == general.uncertain.tolist()


@pytest.mark.slow
@given(st.sampled_from(AGGREGATIONS), VALUES, SPREADS, SPREADS, GAPS)
@settings(max_examples=200, deadline=None)
def test_the_whole_assessment_is_the_same_either_way(
    name: str, values: list[float], down: list[float], up: list[float], missing: list[bool]
):
    criteria = criteria_of(name)
    m = uncertain(criteria, values, down, up)
    blank = np.array([missing])
    blank[:, [0, 3]] = False  # those are required
    m = replace(
        m,
        values=np.where(blank, np.nan, m.values),
        low=np.where(blank, np.nan, m.low),
        high=np.where(blank, np.nan, m.high),
        states=np.where(blank, State.NOT_MEASURED, m.states).astype(np.int8),
    )
    a = assess(m, criteria, AS_OF)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pilotscore.index.intervals.is_linear", lambda _criteria: False)
        patch.setattr(scoring, "is_linear", lambda _criteria: False)
        general = assess(m, criteria, AS_OF)
    for figure in ("measured_low", "measured_high", "low", "high"):
        assert getattr(a, figure) == pytest.approx(getattr(general, figure), abs=1e-9)


GRADES = st.lists(st.integers(-1, 3), min_size=5, max_size=5)


@pytest.mark.slow
@given(st.sampled_from(AGGREGATIONS), VALUES, SPREADS, GRADES, GRADES)
@settings(max_examples=200, deadline=None)
def test_evidence_that_is_not_stated_lies_within_the_interval_whatever_it_turns_out_to_be(
    name: str, values: list[float], up: list[float], before: list[int], after: list[int]
):
    """Stating some of it never leads out of the interval, and the interval only gets narrower."""
    criteria = criteria_of(name)
    m = uncertain(criteria, values, [0.0] * 5, up)
    default = 1
    stated = [max(y, default) if x < 0 <= y else x for x, y in zip(before, after, strict=True)]
    a, b = (
        assess(replace(m, evidence=np.array([grades], dtype=np.int8)), criteria, AS_OF)
        for grades in (before, stated)
    )
    assert a.low[0] - 1e-9 <= a.index[0] <= a.measured_high[0] <= a.high[0] + 1e-9
    assert a.low[0] - 1e-9 <= b.index[0] <= a.high[0] + 1e-9
    assert b.high[0] <= a.high[0] + 1e-9
    assert b.unstated_share[0] <= a.unstated_share[0] + 1e-9
    assert (a.unstated_share[0] > 0) == (-1 in before)


def test_without_any_evidence_stated_the_interval_reaches_to_the_values_themselves():
    criteria = criteria_of("exponent 1")
    a = assess(results(criteria, [9, 100, 100, 2, 1], evidence=-1), criteria, AS_OF)
    assert (a.index[0], a.low[0], a.high[0]) == pytest.approx((60, 60, 100))
    assert (a.completeness[0], a.unstated_share[0]) == pytest.approx((1, 1))
    bare = criteria.model_copy(update={"evidence": None})  # nothing can be stated of evidence
    b = assess(results(bare, [9, 100, 100, 2, 1], evidence=-1), bare, AS_OF)
    assert (b.index[0], b.low[0], b.high[0], b.unstated_share[0]) == pytest.approx(
        (100, 100, 100, 0)
    )


COMPONENTS = np.array([25, 5.8, 3.9, 6.7, 2.9, 16.6])


def end_gauge(*, linear: bool, only: int | None = None) -> Any:
    """Combine the components of the GUM's first example as it does, by the weights of a set.

    JCGM 100:2008 (GUM), annex H.1, calibration of an end gauge: the components of the standard
    uncertainty of the length in nm. Ten nanometres are a point of the index here, and each
    sensitivity is the weight of an indicator.
    """
    anchors = [[0, 0], [100, 100]]
    indicators = [
        {"id": f"x{i}", "title": "x", "type": "number", "points": anchors, "weight": nm}
        for i, nm in enumerate(COMPONENTS.tolist())
    ]
    tech = {"id": "length", "title": "x", "weight": 100, "indicators": indicators}
    criteria = CriteriaSet.model_validate(from_yaml(MINI) | {"dimensions": [tech]})
    spread = [
        COMPONENTS.sum() / 10
    ] * 6  # of each score; its share of the weights reaches the index
    m = uncertain(criteria, [50.0] * 6, spread, spread)
    full = np.full((1, 6), 100.0)
    known = np.ones((1, 6), dtype=bool) if only is None else np.arange(6)[None, :] == only
    scored = ScoredRows(slice(0, 1), full / 2, full, COMPONENTS, known)
    return index_deviations(m, criteria, scored, linear=linear)


@pytest.mark.parametrize("linear", [True, False])
def test_the_end_gauge_of_the_gum(linear: bool):
    found = end_gauge(linear=linear)
    for side in (found.below, found.above):
        assert round(10 * side[0]) == 32
    for i, nm in enumerate(COMPONENTS.tolist()):  # each alone is the component that it stands for
        assert 10 * end_gauge(linear=linear, only=i).above[0] == pytest.approx(nm)


def test_only_a_weighted_sum_goes_by_weight():
    linear = {name for name in AGGREGATIONS if is_linear(criteria_of(name))}
    assert linear == {"exponent 1"}


def test_what_is_not_monotone_has_its_extremes_at_anchors():
    table = {
        "id": "x",
        "title": "x",
        "type": "category",
        "weight": 1,
        "table": [
            {"id": k, "title": k, "value": v} for k, v in zip("abc", (20, 90, 10), strict=True)
        ],
    }
    least, greatest = score_bounds(np.zeros(1), np.full(1, 2.0), Indicator.model_validate(table))
    assert (least[0], greatest[0]) == (10, 90)
