"""What funding did: winners against losers of a draw, who differ by the lot alone.

Source: R. G. Newcombe, Interval estimation for the difference between independent proportions,
Statistics in Medicine 17 (1998) 873-890, method 10 (Wilson's bounds of both, squared and added).
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.criteria.measuring import Bounded
from pilotscore.measures.proportions import wilson
from pilotscore.outcomes.bounds import NOT_KNOWN


def difference(one: tuple[int, int], other: tuple[int, int], level: float = 0.95) -> Bounded:
    """Return how much more often one group came to a success than another.

    Parameters
    ----------
    one, other
        Successes, and how many outcomes are known.
    level
        Of the interval.

    Returns
    -------
    Bounded
        The difference of shares; nan where a group has no known outcome.
    """
    (x, m), (y, n) = one, other
    if not m or not n:
        return NOT_KNOWN
    both = wilson(np.array([x, y], float), np.array([m, n], float), (1 + level) / 2)
    (p, q), (p_low, q_low), (p_high, q_high) = (
        x.tolist() for x in (both.value, both.low, both.high)
    )
    value = p - q
    return Bounded(
        value, value - math.hypot(p - p_low, q_high - q), value + math.hypot(p_high - p, q - q_low)
    )
