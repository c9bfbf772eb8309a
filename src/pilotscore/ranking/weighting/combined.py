"""Weights that combine judgement with what the batch shows."""

from __future__ import annotations

from typing import Literal

import numpy as np

from pilotscore.arrays import Floats

Rule = Literal["product", "mean"]


def combine_weights(
    judged: Floats, objective: Floats, rule: Rule = "product", share: float = 0.5
) -> Floats:
    """Combine judged (subjective) weights with those found in the data (objective).

    ``product``: w = s o / sum(s o), which leaves weight only where both have it; ``mean``: w =
    ``share`` s + (1 - ``share``) o. Both are the usual rules of the field.

    Parameters
    ----------
    judged, objective
        Shape (n,), each summing to 1.
    rule
        How.
    share
        That of the judged weights, 0 to 1, in the mean.
    """
    if rule == "mean":
        return np.asarray(share * judged + (1 - share) * objective)
    product = judged * objective
    total = product.sum()
    return np.asarray(product / total) if total > 0 else judged
