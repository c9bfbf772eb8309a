"""The best-worst method: weights from comparisons with the most and least important alone."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.records import dataclass

# Consistency thresholds of the input-based ratio by Liang, Brunelli and Rezaei (Omega 96, 2020)
# are tables by scale and number; this is the commonly used rule of thumb beside them.
CONSISTENT = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class BestWorst:
    """Weights, shape (n,), summing to 1, and their consistency.

    ``deviation`` is the least greatest deviation (xi) of the linear model: 0 is full consistency.
    ``ratio`` is the input-based consistency ratio; ``worst`` the item that is responsible for it,
    None where all is consistent.
    """

    weights: Floats
    deviation: float
    ratio: float
    worst: int | None

    @property
    def consistent(self) -> bool:
        """Whether the judgements are consistent enough."""
        return self.ratio <= CONSISTENT


def best_worst(best_to_others: Floats, others_to_worst: Floats) -> BestWorst:
    """Return the weights of the linear best-worst method.

    Minimise xi so that ``|w_B - a_Bj w_j| <= xi`` and ``|w_j - a_jW w_W| <= xi``, weights of at
    least 0 that sum to 1. Source: J. Rezaei, Best-worst multi-criteria decision-making method: some
    properties and a linear model, Omega 64 (2016) 126-130. The input-based ratio is the greatest
    ``|a_Bj a_jW - a_BW| / (a_BW^2 - a_BW)`` (Liang, Brunelli, Rezaei, Omega 96, 2020).

    Parameters
    ----------
    best_to_others
        Shape (n,), 1 to 9: how many times as important the best is; 1 for the best itself.
    others_to_worst
        Shape (n,), 1 to 9: how many times as important as the worst; 1 for the worst itself.
    """
    from scipy.optimize import linprog

    n = len(best_to_others)
    if n == 1:
        return BestWorst(np.ones(1), 0.0, 0.0, None)
    best, worst = best_and_worst(best_to_others, others_to_worst)
    rows = []
    for j in range(n):
        for first, second, times in (
            (best, j, best_to_others[j]),
            (j, worst, others_to_worst[j]),
        ):
            if first == second:
                continue
            row = np.zeros(n + 1)
            row[first] += 1
            row[second] -= times
            for sign in (1.0, -1.0):
                signed = sign * row
                signed[n] = -1
                rows.append(signed)
    solved = linprog(
        np.r_[np.zeros(n), 1.0],
        A_ub=np.array(rows),
        b_ub=np.zeros(len(rows)),
        A_eq=np.r_[np.ones(n), 0.0][None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * (n + 1),
        method="highs",
    )
    assert solved.x is not None  # equal weights and a large xi always satisfy it
    weights = np.maximum(solved.x[:n], 0.0)
    whole = float(best_to_others[worst])
    gaps = np.abs(best_to_others * others_to_worst - whole)
    gaps[[best, worst]] = 0.0
    ratio = float(gaps.max() / (whole**2 - whole)) if whole > 1 else 0.0
    responsible = int(gaps.argmax()) if ratio > 0 else None
    return BestWorst(weights / weights.sum(), float(solved.x[n]), ratio, responsible)


def best_and_worst(best_to_others: Floats, others_to_worst: Floats) -> tuple[int, int]:
    """Return which is the best and which the worst: 1 in its own vector, the most in the other."""
    best = int(np.lexsort((-others_to_worst, best_to_others))[0])
    worst = int(np.lexsort((-best_to_others, others_to_worst))[0])
    return best, worst
