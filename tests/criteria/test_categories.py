"""Bands: in which a number of points lies, and what it scores."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import Category, Indicator
from pilotscore.criteria.categories import anchors_of_bands, band_of, holds


def bands(*ranges: tuple[float, float], **more: Any) -> tuple[Category, ...]:
    data = [{"id": f"b{n}", "title": f"b{n}", "range": r} | more for n, r in enumerate(ranges)]
    return tuple(map(Category.model_validate, data))


WHOLE = bands((90, 100), (80, 89), (60, 79))
MEETING = bands((90, 100), (80, 90))
SINGLE = bands((20, 20), (19, 19), (5, 5))


@pytest.mark.parametrize(
    ("listed", "points", "expected"),
    [
        (WHOLE, 100, "b0"),
        (WHOLE, 90, "b0"),
        (WHOLE, 89, "b1"),
        (WHOLE, 89.5, "b1"),
        (WHOLE, 79.999, "b2"),
        (WHOLE, 59.5, None),
        (WHOLE, 101, None),
        (MEETING, 90, "b0"),
        (MEETING, 80, "b1"),
        (SINGLE, 19, "b1"),
        (SINGLE, 19.5, None),
        (SINGLE, 12, None),
        (bands((90, 100), (80, 88.5)), 89, None),
        (bands((90, 100), (80, 85)), 87, None),
    ],
)
def test_the_band_of_points(listed: tuple[Category, ...], points: float, expected: str | None):
    found = band_of(listed, points)
    assert (found.id if found else None) == expected


def test_the_common_end_of_two_bands_is_in_both():
    assert [holds(MEETING, band, 90) for band in MEETING] == [True, True]


def test_the_value_function():
    assert anchors_of_bands(bands((16, 20), (0, 15))) == ((0, 0), (20, 100))
    scored = (*bands((20, 20), value=100), *bands((5, 5), value=25))
    assert anchors_of_bands(scored) == ((5, 25), (20, 100))


@pytest.mark.slow
@given(st.sets(st.integers(0, 40), min_size=2, max_size=8).map(sorted), st.randoms())
def test_a_better_band_or_more_points_never_score_less(ends: list[int], order: Any):
    ranges = list(zip(ends[::2], ends[1::2], strict=False))
    order.shuffle(ranges)
    indicator = Indicator.model_validate(
        {
            "id": "x",
            "title": "X",
            "type": "bands",
            "weight": 1,
            "table": [{"id": f"b{n}", "title": f"b{n}", "range": r} for n, r in enumerate(ranges)],
        }
    )
    scores = [y for _, y in sorted(indicator.anchors)]
    assert scores == sorted(scores)
    places = [band_of(indicator.bands, x) for x in range(41)]
    lows = [band.ends[0] for band in places if band]
    assert lows == sorted(lows)
