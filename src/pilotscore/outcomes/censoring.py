"""What is known of a result after so long: success, no success, or not yet known.

A result that has been followed for less than the window without a success is not a failure, nor is
one that was lost; only one that was followed for all of it, or that has ended for good. Leaving out
those that are not known is right where they left for no reason of their own; where the early ones
differ, the share that :mod:`~pilotscore.outcomes.kaplan_meier` gives uses what is known of them.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known at the end of a window, of each result.

    ``success`` and ``failure`` exclude each other; those that are neither are not yet known.
    """

    success: Bools
    failure: Bools

    @property
    def settled(self) -> Bools:
        """Which are known either way."""
        return self.success | self.failure

    @property
    def open(self) -> Bools:
        """Which are not known: not yet, or lost."""
        return ~self.settled


def known_by(
    time: Floats, happened: Bools, window: float = np.inf, ended: Bools | None = None
) -> Known:
    """Return what is known after a window.

    Parameters
    ----------
    time
        From the decision to the success, or to the last that was heard; nan where nothing was.
    happened
        Whether there was the success.
    window
        How long a result has to come to it, in the same unit; without end by default: nothing but
        an end for good is a failure then.
    ended
        Which have ended without it, for good.
    """
    over = np.zeros(len(time), dtype=bool) if ended is None else ended
    with np.errstate(invalid="ignore"):
        # Without a window it does not matter when there was a success.
        success = happened & ((time <= window) | np.isinf(window))
        # One that came later than the window did not come within it.
        failure = ~success & ((time >= window) | (over & ~happened))
    return Known(success, failure)
