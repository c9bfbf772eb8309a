"""Grade against outcome, with Wilson's printed intervals."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.outcomes.grade_table import by_group


# Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
@pytest.mark.parametrize(
    ("yes", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_printed_intervals(yes: int, of: int, low: float, high: float):
    success = np.arange(of) < yes
    table = by_group(np.zeros(of, dtype=int), 1, success, ~success)
    assert (round(float(table.low[0]), 4), round(float(table.high[0]), 4)) == (low, high)


def test_what_is_not_known_is_no_failure():
    group = np.array([0, 0, 0, 1, 1, 3])
    success = np.array([1, 0, 0, 0, 0, 1], dtype=bool)
    failure = np.array([0, 1, 0, 0, 0, 0], dtype=bool)
    table = by_group(group, 4, success, failure)
    assert table.success.tolist() == [1, 0, 0, 1]
    assert table.failure.tolist() == [1, 0, 0, 0]
    assert table.unknown.tolist() == [1, 2, 0, 0]
    assert table.share[[0, 3]].tolist() == [0.5, 1]
    assert np.isnan(table.share[[1, 2]]).all()
    assert np.isnan(table.low[[1, 2]]).all()
    assert table.low[3] < 0.21
