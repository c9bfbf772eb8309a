"""Which conditions of a grade or a gate decide anything, and which never or always do.

A condition decides on a result where all others hold and it does not: without it the result would
have passed. One that never decides can go; one that stops all who meet the rest is the rule itself.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.records import dataclass


class Use(StrEnum):
    """What a condition does among others."""

    NEVER = "never"  # all results meet it
    IDLE = "idle"  # some do not, and they fail others too
    DECIDES = "decides"
    ALWAYS = "always"  # it stops every result that meets all others
    UNSEEN = "unseen"  # no result meets all others: it came to nothing


@dataclass(frozen=True, slots=True, eq=False)
class Deciding:
    """Of c conditions: how many results fail each, fail it alone, and meet all others."""

    failed: Ints
    alone: Ints
    reached: Ints
    uses: tuple[Use, ...]


def deciding(met: Bools) -> Deciding:
    """Say what each of several conditions decides.

    Parameters
    ----------
    met
        Whether each of n results meets each of c conditions, shape (n, c); all of them together
        are what the results are to meet.
    """
    misses = (~met).sum(axis=1)
    failed = (~met).sum(axis=0).astype(np.int64)
    alone = ((misses == 1)[:, None] & ~met).sum(axis=0).astype(np.int64)
    reached = alone + int((misses == 0).sum())
    uses = tuple(map(_use, failed.tolist(), alone.tolist(), reached.tolist()))
    return Deciding(failed, alone, reached, uses)


def _use(failed: int, alone: int, reached: int) -> Use:
    if not failed:
        return Use.NEVER
    if not reached:
        return Use.UNSEEN
    if not alone:
        return Use.IDLE
    return Use.ALWAYS if alone == reached else Use.DECIDES
