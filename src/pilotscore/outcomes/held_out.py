"""Chances of a success that an index gives to results it was not fitted on.

A curve fitted on the same outcomes that it is held against flatters itself; each fifth of the
results has its chances from the curve of the other four (M. Stone, Cross-validatory choice and
assessment of statistical predictions, Journal of the Royal Statistical Society B 36 (1974)
111-147).
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.outcomes.logistic import chance_of, logistic
from pilotscore.outcomes.strength import FOLDS, folds


def held_out_chances(score: Floats, event: Bools, seed: int = 0) -> Floats:
    """Return the chance of each result by a logistic curve of the others.

    nan where the others are told without error, or all alike: there is no curve then.
    """
    chance = np.empty(len(score))
    columns = np.column_stack([np.ones(len(score)), score])
    fold = folds(event, seed)
    for k in range(FOLDS):
        out = fold == k
        fit = logistic(columns[~out], event[~out])
        chance[out] = chance_of(columns[out] @ fit.coefficients)
    return chance
