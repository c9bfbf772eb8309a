"""Bounds of a proportion, such as the share of batches that qualified."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.measures.grouped import Estimate

_Z95 = 1.6448536269514722  # to import scipy for this alone takes a quarter of a second


def wilson(successes: Floats, trials: Floats, confidence: float = 0.95) -> Estimate:
    """Return proportions with Wilson's score bounds, from 0 to 1, shape (g,) each.

    Solves ``(p - P)^2 = z^2 P (1 - P) / n`` for P, each bound one-sided. Source: Wilson 1927, as
    method 3 of Newcombe 1998, "Two-sided confidence intervals for the single proportion",
    Statistics in Medicine 17, 857-872; NIST/SEMATECH e-Handbook 7.2.4.1.

    Parameters
    ----------
    successes, trials
        How many of how many; nan is returned where there were no trials.
    confidence
        Of each bound.
    """
    z = _Z95 if confidence == 0.95 else _deviate(confidence)
    n = np.where(trials > 0, trials, np.nan)
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = np.where(successes <= 0, 0.0, centre - half)
    high = np.where(successes >= trials, 1.0, centre + half)
    none = np.isnan(n)
    return Estimate(p, np.where(none, np.nan, low), np.where(none, np.nan, high))


def _deviate(confidence: float) -> float:
    """Return the standard normal deviate of a one-sided confidence."""
    from scipy.special import ndtri

    return float(ndtri(confidence))
