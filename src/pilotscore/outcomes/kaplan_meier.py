"""How many have come to a success by when, where some are not yet there: not yet is not no.

Sources
-------
E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, Journal of the
American Statistical Association 53 (1958) 457-481; M. Greenwood, The natural duration of cancer,
Reports on Public Health and Medical Subjects 33 (1926) 1-26, the variance; the interval on the
scale log(-log S) as J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time
Data, 2nd ed. 2002, section 1.4, so that it stays within 0 to 1.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.outcomes.bounds import two_sided
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The share still without the event after each time at which there was one.

    Attributes
    ----------
    time
        At which there were events, ascending.
    at_risk, events
        How many were followed until then without it, and how many had it then.
    share, error
        Still without it afterwards, and Greenwood's standard error.
    low, high
        The interval; nan once nobody is left.
    """

    time: Floats
    at_risk: Ints
    events: Ints
    share: Floats
    error: Floats
    low: Floats
    high: Floats

    def after(self, time: float) -> tuple[float, float, float]:
        """Return the share without the event after a time, with its interval.

        Before the first event there is no variance to go by, and the interval is not known.
        """
        place = int(np.searchsorted(self.time, time, side="right")) - 1
        if place < 0:
            return 1.0, float("nan"), float("nan")
        return float(self.share[place]), float(self.low[place]), float(self.high[place])

    @property
    def median(self) -> float:
        """The first time after which no more than half are without it; nan before that."""
        below = np.flatnonzero(self.share <= 0.5 + 1e-12)
        return float(self.time[below[0]]) if len(below) else float("nan")


def kaplan_meier(time: Floats, happened: Bools, level: float = 0.95) -> Survival:
    """Return the estimate.

    Parameters
    ----------
    time
        Until the event, or as long as each result was followed without it.
    happened
        Whether there was the event; those of the same time without it were still followed then.
    level
        Of the interval.
    """
    at, place = np.unique(time, return_inverse=True)
    events = np.bincount(place, weights=happened, minlength=len(at)).astype(np.int64)
    risk = len(time) - np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(at)))[:-1]])
    some = events > 0
    at, events, risk = at[some], events[some], risk[some].astype(np.int64)
    share = np.cumprod(1 - events / risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.cumsum(events / (risk * (risk - events)))
        error = np.where(share > 0, share * np.sqrt(terms), np.nan)
        width = two_sided(level) * np.sqrt(terms) / np.log(share)
        low, high = share ** np.exp(-width), share ** np.exp(width)
    gone = share <= 0
    low, high = (np.where(gone, np.nan, x) for x in (low, high))
    return Survival(at, risk, events, share, error, low, high)
