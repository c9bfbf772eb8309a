"""How far decision methods agree on an order: rank correlations, top-k overlap, who hangs on them.

Kendall's tau-b (M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33, 1945) and
Spearman's rank correlation with mid-ranks, both by scipy; 1 where two orders are the same, 0 where
they have nothing in common, -1 where they are reversed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """The agreement of k orders of the same results.

    Attributes
    ----------
    names
        What each order is of.
    ranks
        The order itself, by its name, shape (n,); 0 for a result without a place.
    kendall, spearman
        Shape (k, k); nan where an order has all in one place, or there is one result.
    overlap
        The share of the first ``top`` that two orders have in common, shape (k, k); nan where one
        of them gives few classes rather than places.
    top
        How many were taken for the first.
    best, worst
        The best and the worst place of each result among orders with places, shape (n,).
    dependent
        The results (places in the assessment) that are among the first in some orders and not in
        others, the widest spread first.
    """

    names: tuple[str, ...]
    ranks: Mapping[str, Ints]
    kendall: Floats
    spearman: Floats
    overlap: Floats
    top: int
    best: Ints
    worst: Ints
    dependent: tuple[int, ...]


def usual_top(results: int) -> int:
    """Return how many results are the first where nobody says: a third, 10 at most, 1 at least."""
    return max(1, min(10, results // 3))


def agree(orders: Mapping[str, Ints], placing: Sequence[str], top: int | None = None) -> Agreement:
    """Compare orders of the same results.

    Parameters
    ----------
    orders
        The ranks of the results by name, each of shape (n,), 1 the best; 0 where one is in none,
        which is then left out of all.
    placing
        The names of those that give places rather than classes.
    top
        How many are the first; by default a third, at most 10.

    Returns
    -------
    Agreement
        With indices of all n results; 0 as place for those left out.
    """
    names = tuple(orders)
    ranks = np.array([orders[n] for n in names])
    taken = np.flatnonzero((ranks > 0).all(axis=0))
    ranks = ranks[:, taken]
    first = top or usual_top(len(taken))
    kendall, spearman, overlap = (np.full((len(names),) * 2, np.nan) for _ in range(3))
    for i, own in enumerate(ranks):
        for j, other in enumerate(ranks[: i + 1]):
            kendall[i, j] = kendall[j, i] = _kendall(own, other)
            spearman[i, j] = spearman[j, i] = _spearman(own, other)
            if names[i] in placing and names[j] in placing:
                overlap[i, j] = overlap[j, i] = _overlap(own, other, first)
    best, worst = (np.zeros(len(orders[names[0]]), dtype=np.int64) for _ in range(2))
    placed = ranks[[n in placing for n in names]]
    dependent: list[int] = []
    if len(placed):
        best[taken], worst[taken] = placed.min(axis=0), placed.max(axis=0)
        moved = taken[(best[taken] <= first) & (worst[taken] > first)]
        dependent = sorted(moved.tolist(), key=lambda i: (best[i] - worst[i], best[i]))
    return Agreement(
        names, orders, kendall, spearman, overlap, first, best, worst, tuple(dependent)
    )


def _flat(ranks: Ints) -> bool:
    return len(ranks) < 2 or bool((ranks == ranks[0]).all())


def _kendall(a: Ints, b: Ints) -> float:
    from scipy import stats

    return float("nan") if _flat(a) or _flat(b) else float(stats.kendalltau(a, b).statistic)


def _spearman(a: Ints, b: Ints) -> float:
    from scipy import stats

    return float("nan") if _flat(a) or _flat(b) else float(stats.spearmanr(a, b).statistic)


def _overlap(a: Ints, b: Ints, top: int) -> float:
    """Return the share in common; ties may put more than ``top`` among the first."""
    ours, theirs = a <= top, b <= top
    most = max(int(ours.sum()), int(theirs.sum()))
    return int((ours & theirs).sum()) / most if most else float("nan")
