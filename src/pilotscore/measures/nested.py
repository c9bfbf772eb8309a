"""Variance of batches, of their parts (casks, drums, sublots), and of samples of a part."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """Standard deviations of each group, in the unit of the values and in % of the mean; (g,) each.

    Of batches, of parts within a batch, of samples within a part; nan where the three cannot be
    told apart.
    """

    batch: Floats
    part: Floats
    sample: Floats
    batch_rsd: Floats
    part_rsd: Floats
    sample_rsd: Floats

    @property
    def known(self) -> Bools:
        """Which groups have batches with several parts, and parts with several samples."""
        return ~np.isnan(self.sample)


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The parts of one group: how many samples, their mean; the squares within all; batches."""

    size: Floats
    mean: Floats
    squares: float
    batches: Ints  # where each batch begins among the parts


def nested(values: Floats, batch: Ints, part: Ints, starts: Ints) -> Nested:
    """Return the variance of batches, of parts within them, and of samples within parts.

    The random-effects model ``value = mean + batch + part + sample`` by restricted maximum
    likelihood, as lme4 has ``(1 | batch / part)`` (D. Bates et al., "Fitting linear mixed-effects
    models using lme4", Journal of Statistical Software 67, 2015; the formulas for a nested model
    from general knowledge). Of balanced data without a negative component they are those of the
    analysis of variance; batches and parts may be of unequal size. A component is 0 where the data
    ask for less.

    Parameters
    ----------
    values
        Samples, shape (n,), by group.
    batch, part
        A number of each batch of the group, and of each part of a batch, shape (n,); below 0 for
        a sample of no part, of which nothing is worked out.
    starts
        Where each group begins, shape (g + 1,).
    """
    out = np.full((3, len(starts) - 1), np.nan)
    with_parts = grouped.total(part >= 0, starts) == grouped.counts(starts)
    for g in np.flatnonzero(with_parts & (grouped.counts(starts) > 0)).tolist():
        own = slice(int(starts[g]), int(starts[g + 1]))
        parts = _parts(values[own], batch[own], part[own])
        if _apart(parts) and np.ptp(values[own]) > 0:
            out[:, g] = _balanced(parts) or _fitted(parts)
    mean = np.abs(grouped.mean(values, starts))
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.where(mean > 0, 100 * out / mean, np.nan)
    return Nested(*out, *relative)


def _parts(values: Floats, batch: Ints, part: Ints) -> _Parts:
    order = np.lexsort((part, batch))
    y, keys = values[order], np.stack([batch[order], part[order]], axis=1)
    first = np.ones(len(y), dtype=np.bool_)
    first[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    begins = np.flatnonzero(first)
    starts = np.append(begins, len(y)).astype(np.int64)
    of = keys[begins, 0]
    batches = np.flatnonzero(np.append(True, of[1:] != of[:-1])).astype(np.int64)
    squares = float(grouped.squares(y, starts).sum())
    return _Parts(np.diff(starts).astype(float), grouped.mean(y, starts), squares, batches)


def _apart(parts: _Parts) -> bool:
    """Say whether there are several batches, one with several parts, and a part with samples."""
    several = len(parts.batches) > 1 and len(parts.size) > len(parts.batches)
    return bool(several and (parts.size > 1).any())


def _balanced(parts: _Parts) -> tuple[float, float, float] | None:
    """Return the deviations by the analysis of variance, where they are the most likely ones.

    That is where batches are of as many parts, parts of as many samples, and nothing is negative.
    """
    b, c = len(parts.batches), len(parts.size) / len(parts.batches)
    n = float(parts.size[0])
    equal = np.diff(np.append(parts.batches, len(parts.size))) == c
    if n < 2 or c < 2 or (parts.size != n).any() or not equal.all():
        return None
    means = parts.mean.reshape(b, int(c))
    of_batches = means.mean(axis=1)
    squares = (
        c * n * float(((of_batches - of_batches.mean()) ** 2).sum()) / (b - 1),
        n * float(((means - of_batches[:, None]) ** 2).sum()) / (b * (c - 1)),
        parts.squares / (b * c * (n - 1)),
    )
    of_batch, of_part = (squares[0] - squares[1]) / (c * n), (squares[1] - squares[2]) / n
    if min(of_batch, of_part) < 0:
        return None
    return float(np.sqrt(of_batch)), float(np.sqrt(of_part)), float(np.sqrt(squares[2]))


def _fitted(parts: _Parts) -> tuple[float, float, float]:
    """Return the deviations of batches, parts and samples that are most likely.

    The deviations of batches and parts over that of samples are looked for, from several places, as
    the likelihood may have a peak where one of them is 0.
    """
    from scipy.optimize import minimize

    scale = float(np.ptp(parts.mean)) or 1.0
    # samples of a part that agree to the digit: their variance is next to none, not none
    squares = max(parts.squares / scale**2, 1e-12 * float(parts.size.sum()))
    middle = (parts.mean - parts.mean.mean()) / scale
    unit = _Parts(parts.size, middle, squares, parts.batches)
    fits = [
        minimize(_deviance, start, args=(unit,), method="L-BFGS-B", bounds=[(0, None)] * 2)
        for start in ((1.0, 1.0), (0.3, 3.0))
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    ratios = np.array(best.x)
    for k in range(2):  # what is next to 0 and no more likely than 0 is 0
        none = np.where(np.arange(2) == k, 0.0, ratios)
        if _deviance(none, unit) <= float(best.fun) + 1e-8:
            ratios = none
    batch, part = ratios.tolist()
    sample = scale * float(np.sqrt(_solved(ratios, unit)[0]))
    return batch * sample, part * sample, sample


def _deviance(ratios: Floats, parts: _Parts) -> float:
    """Return -2 log of the restricted likelihood, but for what does not hang on the ratios."""
    variance, rest = _solved(ratios, parts)
    return float((parts.size.sum() - 1) * np.log(variance) + rest)


def _solved(ratios: Floats, parts: _Parts) -> tuple[float, float]:
    """Return the variance of samples, and the logarithms of the determinants.

    A batch has the covariance ``I + p^2 (ones of a part) + b^2 (ones)`` for ratios b and p; its
    inverse takes the sums of parts alone.
    """
    b, p = ratios**2
    weight = parts.size / (1 + parts.size * p)  # of the mean of each part

    def of_batches(x: Floats) -> Floats:
        return np.add.reduceat(x, parts.batches)

    one, y = of_batches(weight), of_batches(weight * parts.mean)
    shrunk = b / (1 + b * one)
    one_one = float((one - shrunk * one**2).sum())
    mean = float((y - shrunk * one * y).sum()) / one_one
    off = parts.mean - mean
    r = of_batches(weight * off)
    squares = parts.squares + float((weight * off**2).sum() - (shrunk * r**2).sum())
    determinant = float(np.log1p(parts.size * p).sum() + np.log1p(b * one).sum())
    return squares / (float(parts.size.sum()) - 1), determinant + float(np.log(one_one))
