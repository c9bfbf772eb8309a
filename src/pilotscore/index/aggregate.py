"""Aggregation: weighted means in a dimension, the weighted power mean across dimensions."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats


def _weighted_sum(values: Floats, weights: Floats) -> Floats:
    """Return the weighted sum of each row, columns added one after the other.

    A matrix product may add in another order for another number of rows, and the last digit of a
    result's index would depend on the batch that it came in.
    """
    total = values[:, 0] * weights[..., 0]
    for j in range(1, values.shape[1]):
        total += values[:, j] * weights[..., j]
    return total


def power_mean(values: Floats, weights: Floats, exponent: float) -> Floats:
    """Return the weighted power mean of each row.

    ``M_p = (sum w_k x_k^p / sum w_k)^(1/p)``; p = 1 arithmetic, p = 0 geometric (the limit),
    p = -inf the least value. With p <= 0, a 0 of positive weight makes the mean 0.

    Parameters
    ----------
    values
        Shape (n, d), at least 0.
    weights
        Shape (d,), at least 0, not all 0; a weight of 0 is the same as absence.
    exponent
        At most 1, or any other real number.

    Returns
    -------
    numpy.ndarray
        Shape (n,), between the least and the greatest value of the row.

    Notes
    -----
    G. H. Hardy, J. E. Littlewood, G. Polya, Inequalities, 2nd ed. 1952, sections 2.1-2.9.
    """
    counted = weights > 0
    x, w = values[:, counted], weights[counted] / weights[counted].sum()
    if exponent == 1:
        return _weighted_sum(x, w)
    least: Floats = x.min(axis=1)
    if np.isneginf(exponent):
        return least
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        logs = np.log(x)
        if exponent == 0:
            mean: Floats = np.exp(_weighted_sum(logs, w))
            return mean
        # Scaled by the row's greatest term, so that no power overflows.
        terms = exponent * logs
        greatest = terms.max(axis=1)
        safe = np.where(np.isfinite(greatest), greatest, 0.0)
        total = _weighted_sum(np.exp(terms - safe[:, None]), w)
        mean = np.exp((np.log(total) + safe) / exponent)
    if exponent < 0:
        mean[least == 0] = 0.0
    mean[x.max(axis=1) == 0] = 0.0
    return mean


def dimension_shares(
    dimensions: Floats,
    weights: Floats,
    exponent: float,
    index: Floats,
) -> Floats:
    """Split the index of each row into what each dimension contributes; the parts add up to it.

    The power mean is homogeneous of degree 1, so by Euler's theorem it equals the sum of each
    value times its derivative: ``c_k = x_k dM/dx_k = M w_k x_k^p / sum w_j x_j^p``. With p = 1
    that is the weight times the value; with p = 0 the weight times the mean.

    Parameters
    ----------
    dimensions
        Shape (n, d).
    weights
        Shape (d,).
    exponent
        As for :func:`power_mean`.
    index
        Its value, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n, d), in points of the index.
    """
    w = weights / weights.sum()
    if exponent == 1:
        return np.asarray(dimensions * w, dtype=np.float64)
    if exponent == 0:
        return np.asarray(np.multiply.outer(index, w), dtype=np.float64)
    if np.isneginf(exponent):  # the least dimensions share it alike
        terms = ((dimensions == index[:, None]) & (w > 0)).astype(float)
    else:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            terms = w * (dimensions / index[:, None]) ** exponent
    shares: Floats = np.zeros_like(dimensions)
    some = index > 0
    shares[some] = index[some, None] * terms[some] / terms[some].sum(axis=1, keepdims=True)
    return shares


def dimension_means(
    scores: Floats,
    weights: Floats,
    slices: tuple[slice, ...],
    lowest_shares: tuple[float, ...] = (),
    reaches: tuple[float, ...] = (),
) -> Floats:
    """Combine the indicators of each dimension: their weighted arithmetic mean.

    Parameters
    ----------
    scores
        Shape (n, m), 0 to 100.
    weights
        Shape (m,) where all indicators apply, else (n, m) with 0 for what does not apply: its
        weight then goes to its siblings.
    slices
        The columns of each dimension.
    lowest_shares
        For each dimension how much its lowest indicator counts beside the mean: ``(1 - s) mean + s
        lowest``, as levels of several threads are combined where the weakest holds the others back.
    reaches
        For each dimension what its points are divided by (base points + KPI): the mean is
        multiplied by it and capped at 100. 1 where nothing is capped.

    Returns
    -------
    numpy.ndarray
        Shape (n, d); nan where nothing of a dimension applies.
    """
    means = np.empty((len(scores), len(slices)))
    for k, columns in enumerate(slices):
        w = weights[..., columns]
        total = w[..., 0].copy()
        for j in range(1, w.shape[-1]):
            total = total + w[..., j]
        with np.errstate(invalid="ignore", divide="ignore"):
            means[:, k] = _weighted_sum(scores[:, columns], w) / total
        if lowest_shares and lowest_shares[k]:
            lowest = lowest_of(scores[:, columns], w)
            means[:, k] = (1 - lowest_shares[k]) * means[:, k] + lowest_shares[k] * lowest
        if reaches and reaches[k] != 1:
            means[:, k] = np.minimum(means[:, k] * reaches[k], 100.0)
    return means


def lowest_of(scores: Floats, weights: Floats) -> Floats:
    """Return the lowest score of each row among those of positive weight; nan where none has any.

    Parameters
    ----------
    scores
        Shape (n, m).
    weights
        Shape (m,) or (n, m).
    """
    lowest = np.where(weights > 0, scores, np.inf).min(axis=1)
    return np.where(np.isfinite(lowest), lowest, np.nan)
