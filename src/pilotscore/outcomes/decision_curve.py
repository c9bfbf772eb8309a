"""What a rule "fund from this chance on" is worth to a funder, against all and against none.

Source: A. J. Vickers, E. B. Elkin, Decision curve analysis: a novel method for evaluating
prediction models, Medical Decision Making 26 (2006) 565-574. Net benefit = successes funded / n -
failures funded / n * t / (1 - t), where the threshold t is the chance at which a funder is
indifferent: its odds are the cost of a failed grant over the value of a success.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Net benefits in successes for each result, by threshold; ``none`` of funding is always 0."""

    threshold: Floats
    rule: Floats
    everyone: Floats


def threshold(cost_of_failure: float, value_of_success: float) -> float:
    """Return the chance from which funding pays: odds = cost of a failure / value of a success.

    Raises
    ------
    ValueError
        One of them is not above 0.
    """
    if not (cost_of_failure > 0 and value_of_success > 0):
        raise ValueError("cost and value are above 0")
    return cost_of_failure / (cost_of_failure + value_of_success)


def decision_curve(chance: Floats, event: Bools, thresholds: Floats) -> Curve:
    """Return the net benefit of funding those whose chance is at least each threshold.

    Parameters
    ----------
    chance
        Of each result, 0 to 1.
    event
        What became a success.
    thresholds
        Between 0 and 1, neither of them.
    """
    order = np.argsort(chance, kind="stable")
    before = np.concatenate([[0], np.cumsum(event[order])])
    start = np.searchsorted(chance[order], thresholds, side="left")
    n, events = len(event), float(event.sum())
    hits = events - before[start]
    misses = (n - start) - hits
    odds = thresholds / (1 - thresholds)
    return Curve(thresholds, (hits - misses * odds) / n, (events - (n - events) * odds) / n)
