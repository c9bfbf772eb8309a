"""What is short, by counting."""

from __future__ import annotations

import numpy as np

from pilotscore.panels.assignment.reasons import shortage
from tests.panels.assignment.making import problem


def test_each_kind():
    allowed = np.array([[True, False, False], [True, True, True]])
    p = problem(
        2, 3, 2, most=[1, 1, 1], least=[0, 2, 0], allowed=allowed, group=[0, 0, 1], of_group=[0, 1]
    )
    short = shortage(p)
    assert short.supply == (3, 4)
    assert short.results == ((0, 1, 2),)
    assert short.groups == ((0, 1, 0, 1),)
    assert short.experts == ((1, 1, 2),)
    assert short.any
    assert not shortage(problem(2, 3, 2)).any
