"""What all applicants would have come to, from those that were funded, by the recorded chances.

A funded result stands for as many applicants as its chance of being funded was small. This holds
for applicants that had a chance at all: one that could never have been funded is represented by
nobody, and how many those are stands beside the figure.

Sources
-------
D. G. Horvitz, D. J. Thompson, A generalization of sampling without replacement from a finite
universe, Journal of the American Statistical Association 47 (1952) 663-685; J. Hajek, in V. P.
Godambe, D. A. Sprott (eds.), Foundations of Statistical Inference, 1971, the ratio; L. Kish, Survey
Sampling, 1965, the effective number (sum w)^2 / sum w^2. The interval is Wilson's at that number.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.measures.proportions import wilson
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Represented:
    """The share of successes of all that had a chance, and what it rests on.

    Attributes
    ----------
    share
        With its interval; nan where nothing is known.
    known
        How many outcomes it is from.
    effective
        How many outcomes of equal weight would say as much.
    heaviest
        The share of the whole weight that the heaviest single result has.
    """

    share: Bounded
    known: int
    effective: float
    heaviest: float


def represented(chance: Floats, success: Bools, known: Bools, level: float = 0.95) -> Represented:
    """Return the share of successes, each funded result weighted by one over its chance.

    Parameters
    ----------
    chance
        That was recorded of each funded result, above 0 to 1; those without (nan) are left out.
    success
        What became a success.
    known
        Of which the outcome is known.
    level
        Of the interval.
    """
    with np.errstate(invalid="ignore"):
        used = known & (chance > 0)
    if not used.any():
        return Represented(Bounded(np.nan, np.nan, np.nan), 0, 0.0, np.nan)
    weight = 1 / chance[used]
    total = float(weight.sum())
    share = float(weight @ success[used]) / total
    effective = total**2 / float(weight @ weight)
    bounds = wilson(np.array([share * effective]), np.array([effective]), (1 + level) / 2)
    return Represented(
        Bounded(share, float(bounds.low[0]), float(bounds.high[0])),
        int(used.sum()),
        effective,
        float(weight.max()) / total,
    )
