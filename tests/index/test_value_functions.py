from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import Indicator
from pilotscore.index.value_functions import score_values


def made(**more) -> Indicator:
    return Indicator.model_validate({"id": "x", "title": "X", "type": "number", "weight": 1} | more)


def test_straight_between_anchors_and_flat_outside():
    x = made(points=[[0, 0], [24, 20], [72, 50], [168, 70], [1000, 100]])
    values = np.array([-5, 0, 12, 48, 72, 120, 584, 1000, 1e9, np.nan])
    assert score_values(values, x) == pytest.approx(
        [0, 0, 10, 35, 50, 60, 85, 100, 100, np.nan], nan_ok=True
    )


def test_log_axis():
    x = made(
        type="ratio", direction="min", axis="log", points=[[1, 100], [10, 80], [100, 40], [1000, 0]]
    )
    values = np.array([0.5, 1, np.sqrt(10), 10, 100 * np.sqrt(10), 0.0, 5000])
    assert score_values(values, x) == pytest.approx([100, 100, 90, 80, 20, 100, 0])


def test_target_range():
    x = made(direction="range", points=[[85, 0], [98, 100], [102, 100], [115, 0]])
    assert score_values(np.array([85, 100, 108.5]), x) == pytest.approx([0, 100, 50])


def test_categories_and_yes_no():
    table = [{"id": "a", "title": "A", "value": 20}, {"id": "b", "title": "B", "value": 70}]
    assert score_values(np.array([0.0, 1.0]), made(type="category", table=table)).tolist() == [
        20,
        70,
    ]
    assert score_values(np.array([0.0, 1.0]), made(type="yes_no")).tolist() == [0, 100]


@pytest.mark.slow
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(1e-3, 1e3))
def test_free_of_units(values: list[float], factor: float):
    """Scores do not change when value and anchors are converted to another unit."""
    points = [[0.0, 0.0], [24.0, 20.0], [72.0, 50.0], [1000.0, 100.0]]
    scaled = [[x * factor, y] for x, y in points]
    raw = np.array(values)
    assert score_values(raw, made(points=points)) == pytest.approx(
        score_values(raw * factor, made(points=scaled)), abs=1e-6
    )
