"""What the figures with intervals share."""

from __future__ import annotations

import math

from pilotscore.criteria.measuring import Bounded

NOT_KNOWN = Bounded(math.nan, math.nan, math.nan)


def two_sided(level: float) -> float:
    """Return the standard normal deviate of a two-sided interval."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))
