"""Which indicators told successes from failures, and whether better evidence did.

Many indicators looked at at once: of twenty that tell nothing one lies beyond its interval of 95 %
by chance. An indicator is said to tell something only where an interval holds that is as wide as so
many questions ask for (O. J. Dunn, Multiple comparisons among means, Journal of the American
Statistical Association 56 (1961) 52-64).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.auc import auc
from pilotscore.outcomes.tools_allowed import Tool, allowed, events_of
from pilotscore.records import dataclass


class Telling(StrEnum):
    """What a figure said of what came."""

    TELLS = "tells"  # the higher, the more successes
    REVERSED = "reversed"  # the higher, the fewer
    OPEN = "open"  # neither is known
    FEW = "few"  # too few outcomes for a figure


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How often a success stood above a failure by one figure, of how many outcomes."""

    area: Bounded
    count: int
    telling: Telling


def discriminations(
    figures: Iterable[Floats], event: Bools, compared: int, level: float = 0.95
) -> list[Discrimination]:
    """Hold several figures against the same outcomes.

    Parameters
    ----------
    figures
        Each of shape (n,), the higher the better; nan where a result has none.
    event
        What became a success, shape (n,).
    compared
        How many figures are looked at.
    level
        Of the interval of each by itself.
    """
    return [discrimination(figure, event, compared, level) for figure in figures]


def discrimination(
    figure: Floats, event: Bools, compared: int = 1, level: float = 0.95
) -> Discrimination:
    """Hold one figure of several against outcomes."""
    there = np.isfinite(figure)
    score, came = figure[there], event[there]
    area = auc(score, came, level)
    yes = int(came.sum())
    if Tool.DISCRIMINATION not in allowed(events_of(yes, len(came) - yes)):
        return Discrimination(area, len(came), Telling.FEW)
    wide = auc(score, came, 1 - (1 - level) / max(compared, 1))
    telling = Telling.OPEN
    if wide.low > 0.5:
        telling = Telling.TELLS
    elif wide.high < 0.5:
        telling = Telling.REVERSED
    return Discrimination(area, len(came), telling)
