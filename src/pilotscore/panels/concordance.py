"""Kendall's W: how far experts put results in the same order.

Source: M. G. Kendall, B. Babington Smith, The problem of m rankings, Annals of Mathematical
Statistics 10 (1939) 275-287; with the correction for ties of M. G. Kendall, Rank Correlation
Methods, 4th ed. 1970, chapter 6; the test by chi-squared at n - 1 degrees of freedom there.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.panels.scores import Scores
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W of the results that all these experts scored.

    ``p`` is the chance of as much agreement among experts who order at random.
    """

    w: float
    p: float
    results: int
    experts: int


def concordance(scores: Scores) -> Concordance | None:
    """Return W over the results that every expert scored.

    None for less than three such results, or two experts. W compares whole orders: where experts
    scored different results there is none, and the correlations within results say more.
    """
    experts = np.unique(scores.expert)
    whole = scores.count == len(experts)
    if len(experts) < 2 or whole.sum() < 3:
        return None
    table = scores.only(whole[scores.result]).score.reshape(-1, len(experts))
    return _of_table(table)


def _of_table(table: Floats) -> Concordance | None:
    from scipy.special import chdtrc

    n, m = table.shape
    ranks = np.column_stack([_mid_ranks(column) for column in table.T])
    total = ranks.sum(axis=1)
    ties = sum(_tie_sum(column) for column in table.T)
    most = m**2 * (n**3 - n) - m * ties
    if most <= 0:
        return None  # everybody gave everything the same
    w = 12 * float(((total - total.mean()) ** 2).sum()) / most
    return Concordance(w, float(chdtrc(n - 1, m * (n - 1) * w)), n, m)


def _mid_ranks(values: Floats) -> Floats:
    """Return ranks from 1, equal values with the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def _tie_sum(values: Floats) -> float:
    _, count = np.unique(values, return_counts=True)
    return float((count.astype(float) ** 3 - count).sum())
