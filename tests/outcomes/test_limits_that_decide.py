"""Conditions that decide, and those that never or always do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from pilotscore.outcomes.limits_that_decide import Use, deciding


@pytest.mark.parametrize(
    ("rows", "uses"),
    [
        (["11", "11"], (Use.NEVER, Use.NEVER)),
        (["10", "11"], (Use.NEVER, Use.DECIDES)),
        (["10", "10"], (Use.NEVER, Use.ALWAYS)),
        (["00", "11"], (Use.IDLE, Use.IDLE)),
        (["00", "10"], (Use.UNSEEN, Use.ALWAYS)),
        (["00", "00"], (Use.UNSEEN, Use.UNSEEN)),
        (["01", "10", "11"], (Use.DECIDES, Use.DECIDES)),
    ],
)
def test_small_tables(rows: list[str], uses: tuple[Use, ...]):
    assert deciding(np.array([[c == "1" for c in row] for row in rows])).uses == uses


@pytest.mark.slow
@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=7)), st.data())
def test_what_decides_is_what_would_pass_without_it(met: np.ndarray, data: st.DataObject):
    found = deciding(met)
    j = data.draw(st.integers(0, met.shape[1] - 1))
    passed = int(met.all(axis=1).sum())
    without = int(np.delete(met, j, axis=1).all(axis=1).sum())
    assert found.alone[j] == without - passed
    assert found.reached[j] == without
    assert found.failed[j] >= found.alone[j]
    assert (found.uses[j] in (Use.DECIDES, Use.ALWAYS)) == (without > passed)


def test_nobody_is_nothing():
    assert deciding(np.zeros((0, 3), dtype=bool)).uses == (Use.NEVER,) * 3
