"""Two-stage reviews: a second panel scores the best, and its scores replace or join the first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.panels.aggregation import Aggregate, aggregate
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """What each stage came to, before they were put together.

    ``second`` is that of the second panel; ``there`` marks the results that it scored.
    """

    first: Aggregate
    second: Aggregate
    there: Bools


def pooled(
    scores: Scores, rule: PanelRule, groups: tuple[str, ...] = (), second: Scores | None = None
) -> tuple[Aggregate, Stages | None]:
    """Return one value for each result, and what the stages came to where there are two.

    Parameters
    ----------
    scores
        Of the first stage.
    rule
        How scores become one value, in either stage, and how much the first one counts beside the
        second (``first_share``).
    groups
        The group of each expert.
    second
        Of the second stage, under the same numbers; None where there is none.
    """
    first = aggregate(scores, rule, groups)
    if second is None:
        return first, None
    stages = Stages(first, aggregate(second, rule, groups), second.count > 0)
    return _together(stages, rule.first_share), stages


def together(first: Floats, second: Floats, there: Bools, share: float) -> Floats:
    """Combine the values of two stages; a result without a second one keeps the first."""
    # What is not there is no part of it, and nan times 0 would be: a share of 0 replaces.
    value = second if share == 0 else share * first + (1 - share) * second
    both: Floats = np.where(there, value, first)
    return both


def _together(stages: Stages, share: float) -> Aggregate:
    """Combine two stages; a result without a second one keeps the first.

    The stages err independently of one another: half widths add by squares. A second panel that
    is incomplete leaves no value, as a first one does.
    """
    first, second, there = stages.first, stages.second, stages.there

    def half(side: str) -> Floats:
        widths = [np.abs(getattr(a, side) - a.value) for a in (first, second)]
        both: Floats = np.hypot(share * widths[0], (1 - share) * widths[1])
        return both

    value = together(first.value, second.value, there, share)
    low, high = (
        (second.low, second.high) if share == 0 else (value - half("low"), value + half("high"))
    )

    def chosen(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
        return np.where(there, theirs, ours)

    short = second.incomplete if share == 0 else first.incomplete | second.incomplete
    effective = first.effective
    if effective is not None and second.effective is not None:
        effective = chosen(effective, second.effective)
    return replace(
        first,
        value=value,
        low=chosen(first.low, low),
        high=chosen(first.high, high),
        count=first.count + np.where(there, second.count, 0),
        used=chosen(first.used, second.used if share == 0 else first.used + second.used),
        incomplete=chosen(first.incomplete, short),
        absent=chosen(first.absent, second.absent),
        effective=effective,
    )
