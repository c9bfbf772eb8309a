"""Value functions: raw values to 0-100, absolutely, whatever else is in the batch.

Piecewise-linear value functions of multi-attribute value theory, elicited as anchor points:
R. L. Keeney and H. Raiffa, Decisions with Multiple Objectives, 1976, chapter 3; flat outside the
anchors, and linear in log(x) where the criteria file says so.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import Indicator


def score_values(values: Floats, indicator: Indicator) -> Floats:
    """Score the raw values of one indicator.

    Parameters
    ----------
    values
        Shape (n,). Categories are given as their place in the table, yes and no as 1 and 0; nan
        where there is no value.
    indicator
        Its anchors and axis.

    Returns
    -------
    numpy.ndarray
        Shape (n,), 0 to 100; nan where the value is nan.
    """
    anchors = np.asarray(indicator.anchors, dtype=float)
    x, y = anchors[:, 0], anchors[:, 1]
    if indicator.axis == "log":
        # A ratio at or below 0 lies below every anchor of a log axis.
        values, x = np.log(np.maximum(values, np.finfo(float).tiny)), np.log(x)
    return np.asarray(np.interp(values, x, y))
