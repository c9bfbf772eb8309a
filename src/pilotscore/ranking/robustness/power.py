"""Weighted power means of many draws at once, each draw with weights and an exponent of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Floats


def power_means(dimensions: Sequence[Floats], weights: Floats, exponent: Floats) -> Floats:
    """Return the weighted power mean of the dimensions under each draw.

    The same mean as :func:`pilotscore.index.aggregate.power_mean`, which a test holds it to.

    Parameters
    ----------
    dimensions
        For each of d dimensions the values, shape (q, n), 0 or more.
    weights
        Shape (q, d), each row sums to 1.
    exponent
        Shape (q,).

    Returns
    -------
    numpy.ndarray
        Shape (q, n).
    """
    arithmetic = exponent == 1
    if arithmetic.all():
        return _sums(dimensions, weights)
    out = np.empty_like(dimensions[0])
    for p in np.unique(exponent).tolist() if len(np.unique(exponent)) <= 3 else [None]:
        some = np.ones(len(exponent), dtype=bool) if p is None else exponent == p
        parts = [x[some] for x in dimensions]
        if p == 1:
            out[some] = _sums(parts, weights[some])
        elif p is not None and np.isneginf(p):
            least = np.full(parts[0].shape, np.inf)
            for k, x in enumerate(parts):
                np.minimum(least, np.where(weights[some, k, None] > 0, x, np.inf), out=least)
            out[some] = least
        else:
            out[some] = _powers(parts, weights[some], exponent[some])
    return out


def _sums(dimensions: Sequence[Floats], weights: Floats) -> Floats:
    total: Floats = dimensions[0] * weights[:, 0, None]
    weighted = np.empty_like(total)
    for k in range(1, len(dimensions)):
        total += np.multiply(dimensions[k], weights[:, k, None], out=weighted)
    return total


def _powers(dimensions: Sequence[Floats], weights: Floats, exponent: Floats) -> Floats:
    """Return means by logarithms; near 0 the exponent is taken for 0, the geometric mean."""
    p = np.where(np.abs(exponent) < 1e-9, 0.0, exponent)[:, None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        logs = [np.log(x) for x in dimensions]
        counted = [weights[:, k, None] > 0 for k in range(len(logs))]
        geometric = np.zeros_like(logs[0])
        greatest = np.full_like(logs[0], -np.inf)
        for k, x in enumerate(logs):
            geometric += np.where(counted[k], weights[:, k, None] * x, 0.0)
            np.maximum(greatest, np.where(counted[k], p * x, -np.inf), out=greatest)
        safe = np.where(np.isfinite(greatest), greatest, 0.0)
        total = np.zeros_like(safe)
        for k, x in enumerate(logs):
            total += np.where(counted[k], weights[:, k, None] * np.exp(p * x - safe), 0.0)
        mean = np.where(
            p == 0, np.exp(geometric), np.exp((np.log(total) + safe) / np.where(p == 0, 1.0, p))
        )
    # A 0 of positive weight: with p <= 0 the mean is 0; nothing but zeros: too.
    none = np.zeros(mean.shape, dtype=bool)
    some = np.zeros(mean.shape, dtype=bool)
    for k, x in enumerate(dimensions):
        none |= counted[k] & (x == 0)
        some |= counted[k] & (x > 0)
    mean[(none & (p <= 0)) | ~some] = 0.0
    return mean
