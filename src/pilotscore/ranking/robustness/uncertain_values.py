"""Measured values between bounds, and the scores of values that are drawn between them."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import Indicator
from pilotscore.index.value_functions import score_values
from pilotscore.measures.measurements import Z95
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """Uncertain values of one indicator, shape (u,) each: which results, and between which bounds.

    Each bound is a one-sided one of 95 %; a value is drawn from a normal distribution on either
    side of the estimate, as wide as the bound of that side has it (JCGM 101:2008, 6.4.7, has the
    normal distribution for a best estimate with its uncertainty; two sides are our choice where
    the bounds are not the same way off). ``cap`` is the greatest score that the evidence allows.
    """

    rows: Ints
    low: Floats
    middle: Floats
    high: Floats
    cap: Floats

    def part(self, mine: slice) -> Uncertain:
        """Return some of the values."""
        return Uncertain(
            self.rows[mine], self.low[mine], self.middle[mine], self.high[mine], self.cap[mine]
        )

    def scores(self, normals: Floats, indicator: Indicator) -> Floats:
        """Return scores of the values at these standard normal deviates, shape (q, u)."""
        above, below = (self.high - self.middle) / Z95, (self.middle - self.low) / Z95
        # A side without a finite bound is not drawn on.
        above, below = (np.where(np.isfinite(x), x, 0.0) for x in (above, below))
        values = self.middle + normals * np.where(normals > 0, above, below)
        scores = score_values(values.reshape(-1), indicator).reshape(values.shape)
        return np.minimum(scores, self.cap)
