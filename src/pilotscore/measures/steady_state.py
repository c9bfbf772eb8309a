"""What share of a series of readings was taken in steady state."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.records import dataclass

LAMBDAS = (0.2, 0.1, 0.1)
CRITICAL = 1.44
SETTLING = 30
_AT_ONCE = 500_000  # readings: about ten matrices of them are alive at a time, 40 MB


@dataclass(frozen=True, slots=True, eq=False)
class SteadyState:
    """``share`` in %, shape (g,); for each reading, shape (n,): ``steady``, ``judged``, ``ratio``.

    The share is that of the steady ones among those judged; nan where none is.
    """

    share: Floats
    steady: Bools
    judged: Bools
    ratio: Floats


def steady_state(
    values: Floats,
    starts: Ints,
    critical: float = CRITICAL,
    lambdas: tuple[float, float, float] = LAMBDAS,
    settling: int = SETTLING,
) -> SteadyState:
    """Return which readings are of a steady state, by the ratio of two variances (R statistic).

    S. Cao and R. R. Rhinehart, An efficient method for on-line identification of steady state,
    Journal of Process Control 5(6), 1995, 363-374. The variance of the readings x is filtered in
    two ways, about their filtered mean and from one reading to the next:

    - ``v(i) = l2 (x(i) - m(i-1))^2 + (1 - l2) v(i-1)``,
    - ``m(i) = l1 x(i) + (1 - l1) m(i-1)``,
    - ``d(i) = l3 (x(i) - x(i-1))^2 + (1 - l3) d(i-1)``, and ``R = (2 - l1) v / d``.

    In steady state R is about 1; a drift, a step or a swing that is slow against the time between
    readings makes it large. A reading is steady where R is not above ``critical``. (The recursion
    is as in code that follows Rhinehart's review at the American Control Conference 2013; the
    papers themselves were not at hand.)

    With filters of 0.2, 0.1 and 0.1 R exceeds 1.44 in 4.9 % of independent normal readings, as was
    measured here: a series that is steady throughout has a share of about 95 %. Readings that
    resemble the one before them (taken faster than the noise changes) raise R, so that steady
    readings are missed, not found: thin them out first.

    The first ``settling`` readings of a group are not judged: until then the filters remember how
    they were started (0.9 ** 30 = 4 %). Readings that have not changed at all over the last
    ``settling`` ones are steady, whatever went before.

    Parameters
    ----------
    values
        Readings at about equal steps of time, without nan, shape (n,), by group.
    starts
        Where each group begins, shape (g + 1,).
    critical
        The R above which a reading is not steady.
    lambdas
        The three filters, between 0 and 1, in the order of the formulas: mean, variance about the
        mean, variance from reading to reading.
    settling
        How many readings at the start of a group are not judged.
    """
    ratio = np.full(len(values), np.nan)
    for size, groups in grouped.equal_sizes(starts):
        if size <= settling:
            continue
        step = max(1, _AT_ONCE // size)
        for first in range(0, len(groups), step):
            some = groups[first : first + step]
            where = starts[:-1][some][:, None] + np.arange(size)
            ratio[where] = _ratio(values[where], lambdas)
    judged = grouped.place_in_group(starts) >= settling
    same = np.diff(values, prepend=np.nan) == 0
    same &= grouped.place_in_group(starts) > 0
    still = grouped.rolling(same, starts, settling) == settling
    with np.errstate(invalid="ignore"):
        steady = judged & ((ratio <= critical) | still)
    n = grouped.total(judged, starts)
    with np.errstate(invalid="ignore"):
        share = np.where(n > 0, 100 * grouped.total(steady, starts) / np.maximum(n, 1), np.nan)
    return SteadyState(share, steady, judged, np.where(judged, ratio, np.nan))


def _ratio(rows: Floats, lambdas: tuple[float, float, float]) -> Floats:
    """Return R of each reading, shape (groups, size); nan where the readings do not vary."""
    about_mean, mean, between = lambdas[1], lambdas[0], lambdas[2]
    # from the first reading on, so that a constant series is exactly 0 and the mean starts there
    x = rows - rows[:, :1]
    before = np.zeros_like(x)
    before[:, 1:] = _filtered(x, mean)[:, :-1]
    variance = _filtered((x - before) ** 2, about_mean)
    steps = _filtered(np.diff(x, axis=1, prepend=0.0) ** 2, between)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        ratios: Floats = (2 - mean) * variance / steps
    return ratios


def _filtered(rows: Floats, weight: float) -> Floats:
    """Return the exponential filter of each row, started from 0."""
    from scipy.signal import lfilter

    return np.asarray(lfilter([weight], [1.0, weight - 1.0], rows, axis=1), dtype=np.float64)
