"""Why the scores of anchors moved, and by how much on average."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from pilotscore.outcomes.anchors import Cause, Side, causes, shift


def side(value: float, score: float, evidence: int, *, judged: bool = False) -> Side:
    return Side(np.array([value]), np.array([score]), np.array([evidence], np.int8), judged)


@pytest.mark.parametrize(
    ("after", "cause"),
    [
        ((5, 50, 1), Cause.NONE),
        ((6, 60, 1), Cause.VALUE),
        ((6, 60, 0), Cause.VALUE),
        ((5, 60, 0), Cause.EVIDENCE),
        ((5, 60, 1), Cause.CRITERIA),
        ((6, 50, 1), Cause.NONE),  # another value with the same score
        ((math.nan, 0, 1), Cause.VALUE),
    ],
)
def test_causes(after: tuple[float, float, int], cause: Cause):
    assert causes(side(5, 50, 1), side(*after)).tolist() == [cause]


def test_what_experts_say_is_the_panel():
    judged = causes(side(5, 50, 1, judged=True), side(6, 60, 1, judged=True))
    assert judged.tolist() == [Cause.PANEL]


def test_no_value_twice_is_the_same():
    none = side(math.nan, math.nan, -1)
    assert causes(none, none).tolist() == [Cause.NONE]


def test_the_shift_is_that_of_paired_differences():
    random = np.random.default_rng(1)
    before = random.normal(60, 10, 30)
    after = before + random.normal(1.5, 3, 30)
    found = shift(before, after)
    theirs = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))


def test_without_anchors_nothing_is_known():
    one, none = np.array([50.0]), np.array([math.nan])
    assert math.isnan(shift(one, none).value)
    assert math.isnan(shift(one[:0], one[:0]).value)
    alone = shift(one, one + 2)
    assert alone.value == 2
    assert math.isnan(alone.low)
