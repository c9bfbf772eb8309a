"""Grade against outcome: of each grade, how many came to a success, with Wilson intervals."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures.proportions import wilson
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class GradeTable:
    """Of each group: how many were followed, succeeded, are not known yet; the share, its interval.

    The share is of those that are known; nan where none is.
    """

    success: Ints
    failure: Ints
    unknown: Ints
    share: Floats
    low: Floats
    high: Floats


def by_group(
    group: Ints, groups: int, success: Bools, failure: Bools, level: float = 0.95
) -> GradeTable:
    """Count outcomes by group, such as the grade.

    Parameters
    ----------
    group
        Of each result, 0 to groups - 1.
    groups
        How many there are.
    success, failure
        What came of each; neither where it is not known.
    level
        Of the two-sided interval.
    """
    yes, no, open_ = (
        np.bincount(group[which], minlength=groups)
        for which in (success, failure, ~success & ~failure)
    )
    # Its bounds are one-sided: each leaves half of what the interval leaves.
    share = wilson(yes.astype(float), (yes + no).astype(float), (1 + level) / 2)
    return GradeTable(yes, no, open_, share.value, share.low, share.high)
