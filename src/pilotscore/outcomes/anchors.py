"""The same results under two versions or years: which scores moved, and why.

Two rounds are comparable only by results that stand in both: anchors. Without them a difference of
means may as well be that of the applicants.

Source: Student, The probable error of a mean, Biometrika 6 (1908) 1-25, the interval of the mean of
paired differences.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.bounds import NOT_KNOWN
from pilotscore.records import dataclass

LEAST_ANCHORS = 2
_SAME = 1e-9


class Cause(IntEnum):
    """Why the score of an anchor on an indicator is another."""

    NONE = 0  # it is the same
    VALUE = 1
    EVIDENCE = 2
    CRITERIA = 3  # value and evidence are the same
    PANEL = 4  # experts judged it otherwise


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """An indicator in one of two rounds, for k anchors in the same order.

    ``values`` are nan where there is none, ``evidence`` codes; ``judged`` is whether the values
    are what experts say.
    """

    values: Floats
    scores: Floats
    evidence: Codes
    judged: bool = False


def causes(before: Side, after: Side) -> Codes:
    """Return the :class:`Cause` of each anchor.

    Where the value is another that comes first: the evidence belongs to it.
    """
    moved = ~_same(before.scores, after.scores)
    value = ~_same(before.values, after.values)
    why = np.where(before.evidence != after.evidence, Cause.EVIDENCE, Cause.CRITERIA)
    of_value = Cause.PANEL if before.judged and after.judged else Cause.VALUE
    return np.where(moved, np.where(value, of_value, why), Cause.NONE).astype(np.int8)


def shift(before: Floats, after: Floats, level: float = 0.95) -> Bounded:
    """Return by how much anchors moved on average, with its interval.

    Of results of which nothing but the judgement is another, it is the drift of severity.

    Returns
    -------
    Bounded
        nan without anchors; one alone has no interval.
    """
    from scipy.special import stdtrit

    moved = (after - before)[np.isfinite(before) & np.isfinite(after)]
    n = len(moved)
    if not n:
        return NOT_KNOWN
    mean = float(moved.mean())
    if n < LEAST_ANCHORS:
        return Bounded(mean, math.nan, math.nan)
    error = float(moved.std(ddof=1)) / math.sqrt(n)
    width = float(stdtrit(n - 1, (1 + level) / 2)) * error
    return Bounded(mean, mean - width, mean + width)


def _same(one: Floats, other: Floats) -> Bools:
    return (np.abs(one - other) <= _SAME) | (np.isnan(one) & np.isnan(other))
