"""Groups of results: those of comparing one after the other, whatever is compared at once."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.ranking.robustness import groups
from pilotscore.ranking.robustness.groups import SURE, ahead, tell_apart


def one_by_one(keys: np.ndarray, low: np.ndarray, high: np.ndarray):
    """Group results as it is defined: each is held against the first of its group."""
    number, overlap, leader = [1], [True], 0
    for i in range(1, len(keys)):
        apart = share(keys[leader], keys[i]) >= SURE
        leader = i if apart else leader
        number.append(number[-1] + apart)
        overlap.append(apart or bool(low[i] <= high[leader] and low[leader] <= high[i]))
    return number, overlap


def share(mine: np.ndarray, other: np.ndarray) -> float:
    gap = np.round(mine - other, 9)
    return float((gap > 0).mean() + 0.5 * (gap == 0).mean())


@pytest.mark.parametrize("cells", [1, 200, 64_000])
@pytest.mark.parametrize("spread", [0.0, 2.0, 30.0])
def test_groups_are_those_of_one_after_the_other(
    cells: int, spread: float, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(groups, "_CELLS", cells)
    random = np.random.default_rng(1)
    keys = np.linspace(90, 40, 60)[:, None] + spread * random.standard_normal((60, 40))
    keys[5], keys[6] = keys[4], keys[4] + 1e-11
    low = np.maximum(np.arange(60) - random.integers(0, 9, 60), 0)
    high = np.minimum(np.arange(60) + random.integers(0, 9, 60), 59)
    told = tell_apart([keys[:, :15], keys[:, 15:]], low, high)
    number, overlap = one_by_one(keys, low, high)
    assert (told.number.tolist(), told.overlap.tolist()) == (number, overlap)
    after = [share(keys[i], keys[i + 1]) for i in range(59)]
    assert told.ahead[:-1].tolist() == after
    assert np.isnan(told.ahead[-1])
    assert told.draws == 40


def test_ties_count_half():
    assert ahead(np.array([[1.0, 2, 3, 4]]), np.array([1.0, 2 + 1e-10, 2, 5])).tolist() == [0.5]
