from __future__ import annotations

import highspy
import numpy as np
import pytest

from pilotscore.allocation.portfolio import allocate, nearly_best
from pilotscore.allocation.sifting import ManyDraws
from tests.allocation.problems import problem


@pytest.fixture(name="other_threads")
def _other_threads():
    """A run of somebody else in this process, with another number of threads."""
    highspy.Highs.resetGlobalScheduler(True)
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 2)
    other.addVars(2, np.zeros(2), np.ones(2))
    for column in range(2):
        other.changeColCost(column, -1.0)
        other.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    other.addRow(-np.inf, 1.5, 2, np.arange(2, dtype=np.int32), np.ones(2))
    assert other.run() == highspy.HighsStatus.kOk
    yield
    highspy.Highs.resetGlobalScheduler(True)


@pytest.mark.usefixtures("other_threads")
def test_what_ran_before_in_the_process_changes_nothing():
    p = problem([10, 20, 30], budget=50)
    alone = allocate(p, gap=0.0, seconds=10)
    assert (alone.choice >= 0).sum() == 2


@pytest.mark.parametrize("unit", [1, 10**6, 10**10, 10**12], ids=["fen", "万元", "亿元", "百亿元"])
@pytest.mark.parametrize("over", [1, 100, 5_000], ids=["a fen", "a yuan", "50 yuan"])
def test_no_tolerance_of_the_solver_lets_a_budget_be_exceeded(unit: int, over: int):
    """Sums of hundreds of millions against a budget that is short of them by a hair."""
    costs = [7 * unit + 12_347, 11 * unit + 1, 13 * unit + 88_883, 5 * unit + 4_999]
    short = sum(costs) - over
    p = problem(costs, budget=short, score=[4, 3, 2, 1])
    draws = ManyDraws(p, gap=0.0, seconds=10).nearly_best(p)
    assert draws is not None
    for found in (allocate(p, gap=0.0, seconds=10), nearly_best(p, gap=0.0), draws):
        assert sum(costs[i] for i in np.flatnonzero(found.choice >= 0)) <= short
        assert (found.choice >= 0).sum() == 3
    whole = allocate(problem(costs, budget=sum(costs), score=[4, 3, 2, 1]), gap=0.0, seconds=10)
    assert (whole.choice >= 0).all()
