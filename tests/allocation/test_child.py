"""A solve in a process of its own: the same answer, and an end that does not hang on the solver."""

from __future__ import annotations

import math
import time

import pytest

from pilotscore.allocation.child import solve_apart
from pilotscore.allocation.milp import build
from pilotscore.allocation.solver import solve
from tests.allocation.test_local_search import crowded


@pytest.mark.slow
def test_the_answer_is_that_of_this_process():
    model = build(crowded(300, 1))
    here, apart = (f(model, gap=0.02, seconds=60) for f in (solve, solve_apart))
    assert here.columns is not None
    assert apart.columns is not None
    assert apart.status == here.status == "optimal"
    assert apart.columns.tolist() == here.columns.tolist()
    assert apart.bound == pytest.approx(here.bound)


def test_it_is_ended_when_its_time_is_up_whatever_the_solver_does(
    capfd: pytest.CaptureFixture[str],
):
    """A hundredth of a second is less than it takes to start: the end comes from outside."""
    begin = time.monotonic()
    found = solve_apart(build(crowded(3_000, 1)), gap=0.0, seconds=0.01, grace=0.0)
    assert time.monotonic() - begin < 5
    assert (found.columns, found.bound, found.status) == (None, math.inf, "stopped")
    assert capfd.readouterr() == ("", "")
