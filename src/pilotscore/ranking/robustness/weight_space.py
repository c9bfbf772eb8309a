"""Draws weights: about the stated ones, within ranges, in an order of importance, or any at all.

Weights are shares of one whole (the simplex), drawn at two levels: those of the dimensions, and
those of the indicators within each dimension.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.records import dataclass

# When fewer of the draws than this fall into all ranges, a walk within them goes on instead.
_WORTH_TRYING = 0.02
_SETTLE, _BETWEEN = 200, 20


@dataclass(frozen=True, slots=True)
class Span:
    """The least and greatest share that a weight may have, 0 to 1."""

    low: float
    high: float


def around(stated: Floats, spread: float, count: int, rng: np.random.Generator) -> Floats:
    """Draw weights about the stated ones.

    A Dirichlet distribution whose mean is the stated weights. Its concentration is chosen so that
    a weight of average size (1/d) has a relative standard deviation of ``spread``: the variance of
    a share w is w (1 - w) / (a + 1) with concentration a, so a = (d - 1) / spread^2 - 1.
    Smaller weights then vary by more of themselves, greater ones by less.

    Source: the moments of the Dirichlet distribution; scipy.stats.dirichlet gives the same.

    Parameters
    ----------
    stated
        Shape (d,), at least 0; a weight of 0 stays 0.
    spread
        Relative standard deviation; 0 draws the stated weights themselves.
    count
        How many draws.
    rng
        The random numbers.

    Returns
    -------
    numpy.ndarray
        Shape (count, d), each row sums to 1.
    """
    shares = stated / stated.sum()
    some = np.flatnonzero(shares > 0)
    if spread == 0 or len(some) == 1:
        return np.tile(shares, (count, 1))
    concentration = max((len(some) - 1) / spread**2 - 1, 1e-3)
    drawn = np.zeros((count, len(shares)))
    gamma = rng.standard_gamma(shares[some] * concentration, (count, len(some)))
    # With very little concentration all of a row can be 0 in floating point.
    gamma = np.where(gamma.sum(axis=1, keepdims=True) > 0, gamma, shares[some])
    drawn[:, some] = gamma / gamma.sum(axis=1, keepdims=True)
    return drawn


def anywhere(size: int, count: int, rng: np.random.Generator) -> Floats:
    """Draw weights uniformly on the simplex, shape (count, size).

    Exponential numbers divided by their sum are uniform on it (Devroye, Non-Uniform Random Variate
    Generation, 1986, chapter V.2, theorem 2.1, from general knowledge).
    """
    drawn = rng.standard_exponential((count, size))
    drawn /= drawn.sum(axis=1, keepdims=True)
    return drawn


def in_order(stated: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Draw weights uniformly among those that keep the order of importance of the stated ones.

    Uniform weights, sorted and given to the places of the order: each order of the weights is one
    of equally large parts of the simplex, so sorting maps it evenly onto the one that is wanted.
    Stated weights that are equal are in no order: those places are shuffled.

    Parameters
    ----------
    stated
        Shape (d,).
    """
    drawn = -np.sort(-anywhere(len(stated), count, rng), axis=1)
    # Equal ones in random order, the others by weight: by (-stated, a random number).
    lots = rng.random((count, len(stated)))
    keys = np.unique(-stated, return_inverse=True)[1].reshape(-1)[None, :] + lots
    places = np.argsort(keys, axis=1)
    out = np.empty_like(drawn)
    np.put_along_axis(out, places, drawn, axis=1)
    return out


def within(spans: Sequence[Span], count: int, rng: np.random.Generator) -> Floats:
    """Draw weights uniformly among those within ranges.

    Parameters
    ----------
    spans
        The range of each weight, as shares.
    count, rng
        As for :func:`around`.

    Returns
    -------
    numpy.ndarray
        Shape (count, d).

    Raises
    ------
    UsageError
        No weights satisfy the ranges.

    Notes
    -----
    The part of the simplex above the lower ends is a simplex again, as is the part below the upper
    ends; uniform draws of the smaller one are kept where they are within all ranges. Where too few
    are, a hit-and-run walk (Smith 1984) goes on from the middle: uniform in the long run.
    """
    low, high = np.array([s.low for s in spans]), np.array([s.high for s in spans])
    check_spans(spans)
    size = len(spans)
    room, over = 1 - low.sum(), high.sum() - 1
    if room <= 1e-12 or over <= 1e-12:
        return np.tile(low if room <= 1e-12 else high, (count, 1))
    kept: list[Floats] = []
    have = drawn_in_all = 0
    while have < count:
        points = anywhere(size, max(count, 1000), rng)
        drawn = low + room * points if room <= over else high - over * points
        inside = ((drawn >= low - 1e-12) & (drawn <= high + 1e-12)).all(axis=1)
        drawn_in_all += len(drawn)
        kept.append(drawn[inside])
        have += int(inside.sum())
        if drawn_in_all >= 2000 and have < _WORTH_TRYING * drawn_in_all:
            return _walk(low, high, count, rng)
    return np.concatenate(kept)[:count]


def check_spans(spans: Sequence[Span], names: Sequence[str] = ()) -> None:
    """Raise where no weights satisfy the ranges.

    Raises
    ------
    UsageError
        A range is the wrong way round, or the lower ends sum to more than 1, or the upper ones to
        less.
    """
    for k, span in enumerate(spans):
        if not 0 <= span.low <= span.high:
            name = names[k] if names else str(k + 1)
            raise UsageError(
                Text(
                    "权重 {name} 的范围 [{low:g}, {high:g}] 不成立：下限应不大于上限，且不小于 0",
                    "the range [{low:g}, {high:g}] of the weight {name} cannot be: its lower end "
                    "should be at least 0 and no more than the upper one",
                ).of(name=name, low=span.low, high=span.high)
            )
    least, greatest = sum(s.low for s in spans), sum(s.high for s in spans)
    if least > 1 + 1e-9 or greatest < 1 - 1e-9:
        over = Text("各下限之和 {sum:.4g} 超过 1", "the lower ends sum to {sum:.4g}, over 1")
        under = Text("各上限之和 {sum:.4g} 不足 1", "the upper ends sum to {sum:.4g}, under 1")
        side = over.of(sum=least) if least > 1 else under.of(sum=greatest)
        raise UsageError(
            Text(
                "没有权重能满足这些范围：{side}；请放宽其中几个",
                "no weights satisfy these ranges: {side}; widen some of them",
            ).of(side=side)
        )


def _walk(low: Floats, high: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Walk within the ranges: a random direction that keeps the sum, a uniform point along it."""
    size = len(low)
    chains = min(count, 256)
    rounds = -(-count // chains)
    share = (1 - low.sum()) / (high - low).sum()
    at = np.tile(low + share * (high - low), (chains, 1))
    out = np.empty((rounds, chains, size))
    for step in range(_SETTLE + rounds * _BETWEEN):
        way = rng.standard_normal((chains, size))
        way -= way.mean(axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = np.stack([(low - at) / way, (high - at) / way])
        upper = np.where(np.abs(way) > 1e-15, ends.max(axis=0), np.inf).min(axis=1)
        lower = np.where(np.abs(way) > 1e-15, ends.min(axis=0), -np.inf).max(axis=1)
        at = at + (lower + (upper - lower) * rng.random(chains))[:, None] * way
        at = np.clip(at, low, high)
        if step >= _SETTLE and (step - _SETTLE) % _BETWEEN == _BETWEEN - 1:
            out[(step - _SETTLE) // _BETWEEN] = at / at.sum(axis=1, keepdims=True)
    return out.reshape(-1, size)[:count]
