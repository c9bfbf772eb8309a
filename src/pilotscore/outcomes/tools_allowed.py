"""Which figures so many outcomes can carry.

By the number of *events*: the rarer of success and failure, as it is the rarer one that says
whether a figure can be known. Few events give figures that look exact and are noise: on 227
outcomes isotonic recalibration was worse than the logistic curve, and no better than the base rate.
P. Peduzzi and others, A simulation study of the number of events per variable in logistic
regression analysis, Journal of Clinical Epidemiology 49 (1996) 1373-1379: ten for each coefficient.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

PER_COEFFICIENT = 10


class Tool(StrEnum):
    """A way to hold scores against outcomes, with as many events as it needs."""

    TABLE = "table"
    SURVIVAL = "survival"
    UNSEEN = "unseen"
    CORRELATION = "correlation"
    DISCRIMINATION = "discrimination"
    IN_THE_LARGE = "in_the_large"
    RECALIBRATION = "recalibration"
    BRIER = "brier"
    DECISION_CURVE = "decision_curve"
    WEIGHTS = "weights"
    ISOTONIC = "isotonic"


EVENTS_NEEDED: Mapping[Tool, int] = {
    Tool.TABLE: 0,
    Tool.SURVIVAL: 10,
    Tool.UNSEEN: 10,
    Tool.CORRELATION: 10,
    Tool.DISCRIMINATION: 10,
    Tool.IN_THE_LARGE: 10,
    Tool.RECALIBRATION: 50,
    Tool.BRIER: 50,
    Tool.DECISION_CURVE: 50,
    Tool.WEIGHTS: 50,
    Tool.ISOTONIC: 1000,
}


def events_of(successes: int, failures: int) -> int:
    """Return how many events there are: the rarer end counts."""
    return min(successes, failures)


def allowed(events: int) -> frozenset[Tool]:
    """Return the tools that so many events can carry."""
    return frozenset(tool for tool, least in EVENTS_NEEDED.items() if events >= least)


def more_needed(tool: Tool, events: int, coefficients: int = 0) -> int:
    """Return how many more events a tool needs, 0 where there are enough.

    ``coefficients`` is how many are estimated at once, with ten events for each at the least.
    """
    return max(0, EVENTS_NEEDED[tool] - events, PER_COEFFICIENT * coefficients - events)
