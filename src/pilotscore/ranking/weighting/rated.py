"""Weights from points: swing weighting and direct rating."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats


def rated(points: Floats) -> Floats:
    """Return points as weights that sum to 1.

    Swing: each item has points, 100 at most, for the swing from its worst to its best value, the
    most important one 100 (D. von Winterfeldt, W. Edwards, Decision Analysis and Behavioral
    Research, 1986, from general knowledge). Direct: points as they are.

    Parameters
    ----------
    points
        Shape (n,), at least 0, not all 0.
    """
    return np.asarray(points / points.sum(), dtype=np.float64)
