"""The Brier score of stated chances, and Murphy's parts of it.

Sources
-------
G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78
(1950) 1-3; A. H. Murphy, A new vector partition of the probability score, Journal of Applied
Meteorology 12 (1973) 595-600; where chances differ within a bin the parts leave a rest: D. B.
Stephenson, C. A. S. Coelho, I. T. Jolliffe, Two extra components in the Brier score decomposition,
Weather and Forecasting 23 (2008) 752-757.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A Brier score and what it is made of: uncertainty - resolution + reliability + within.

    Attributes
    ----------
    score
        The mean squared distance of chance and outcome: 0 is perfect.
    uncertainty
        What the share of successes alone would score.
    resolution
        How far the bins tell successes from failures: the more the better.
    reliability
        How far stated chances are from what came: the less the better.
    within
        What the bins leave: chances that differ within them.
    count, chance, came
        Of each bin that has any: results, mean stated chance, share of successes.
    """

    score: float
    uncertainty: float
    resolution: float
    reliability: float
    within: float
    count: Ints
    chance: Floats
    came: Floats


def brier(chance: Floats, event: Bools) -> float:
    """Return the Brier score; nan of nothing."""
    return float(np.mean((chance - event) ** 2)) if len(chance) else float("nan")


def murphy(chance: Floats, event: Bools, bins: int = 5) -> Parts:
    """Return the parts by bins between quantiles of the chances, as many results in each.

    Results with the same chance are never in different bins.

    Parameters
    ----------
    chance
        Stated of each result, 0 to 1; at least one.
    event
        What became a success.
    bins
        How many at most.
    """
    # The quantiles stand at the places (n - 1) / bins apart.
    place = np.minimum(_below(chance) * bins // max(len(chance) - 1, 1), bins - 1)
    _, at = np.unique(place, return_inverse=True)
    count = np.bincount(at)
    stated = np.bincount(at, weights=chance) / count
    came = np.bincount(at, weights=event.astype(float)) / count
    share, rate = count / len(chance), float(event.mean())
    reliability = float(share @ (stated - came) ** 2)
    resolution = float(share @ (came - rate) ** 2)
    uncertainty, score = rate * (1 - rate), brier(chance, event)
    within = score - (uncertainty - resolution + reliability)
    return Parts(score, uncertainty, resolution, reliability, within, count, stated, came)


def _below(chance: Floats) -> Ints:
    """Return how many have a lower chance."""
    below: Ints = np.searchsorted(np.sort(chance), chance, side="left").astype(np.int64)
    return below
