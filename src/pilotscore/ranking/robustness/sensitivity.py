"""Which uncertainty matters: variance-based sensitivity of the ranks to each kind of input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.ranking.robustness.acceptability import order_of

if TYPE_CHECKING:
    from pilotscore.ranking.robustness.draws import Chunk, Inputs, UncertaintyModel


# What is drawn together: one factor of the analysis, and the parts of the inputs that it is.
FACTORS: dict[str, tuple[str, ...]] = {
    "weights": ("dimensions", "indicators"),
    "value_functions": ("bends",),
    "exponent": ("exponent",),
    "missing": ("fill",),
    "measurement": ("normals",),
}


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """First and total order indices of each factor.

    ``first`` and ``total`` have shape (f,): of all ranks together, the mean over results weighted
    by the variance of their ranks. ``variance`` (n,) is that of the rank. ``draws`` is the size of
    each sample.
    """

    factors: tuple[str, ...]
    first: Floats
    total: Floats
    variance: Floats
    draws: int


def sobol_indices(base: Floats, other: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    """Estimate first and total order indices of each factor.

    First order: ``mean(f_B (f_AB - f_A)) / V``; total order: ``mean((f_A - f_AB)^2) / 2V``, with V
    the variance of f_A and f_B together. Sources: A. Saltelli et al., Variance based sensitivity
    analysis of model output, Computer Physics Communications 181 (2010) 259-270, table 2, (b) and
    (f), the latter by M. J. W. Jansen; as SALib computes them, which a test holds this to. The
    mean is taken off first, which changes no index and steadies the first order.

    Parameters
    ----------
    base, other
        The output for samples A and B, shape (q, ...).
    mixed
        For each factor the output for A with that factor from B, shape (f, q, ...).

    Returns
    -------
    tuple of numpy.ndarray
        First and total order, shape (f, ...); nan where the output does not vary.
    """
    both = np.concatenate([base, other])
    middle, variance = both.mean(axis=0), both.var(axis=0)
    a, b, ab = base - middle, other - middle, mixed - middle
    with np.errstate(invalid="ignore", divide="ignore"):
        first = np.where(variance > 0, (b * (ab - a)).mean(axis=1) / variance, np.nan)
        total = np.where(variance > 0, 0.5 * ((a - ab) ** 2).mean(axis=1) / variance, np.nan)
    return first, total


def rank_sensitivity(
    model: UncertaintyModel, by: tuple[str, ...], draws: int = 2048
) -> Sensitivity:
    """Attribute the variance of the ranks to what is uncertain.

    Each factor of :data:`FACTORS` that the model draws is frozen or taken anew as a whole. The sum
    over results, weighted by variance, is the generalised index of several outputs (Gamboa et al.
    2014, from general knowledge).

    Parameters
    ----------
    model
        What is drawn; factors that it does not draw are left out.
    by
        What results are ranked by.
    draws
        The size of samples A and B; (f + 2) times as many evaluations.
    """
    factors = tuple(name for name in FACTORS if _drawn(model, name))
    size = min(model.chunk_size, draws)
    parts: list[list[Floats]] = [[] for _ in range(2 + len(factors))]
    rounds = -(-draws // size)
    for number in range(rounds):
        # Numbers of chunks that no other use of the model comes to.
        a = model.inputs(1_000_000 + 2 * number, size)
        b = model.inputs(1_000_001 + 2 * number, size)
        parts[0].append(_ranks(model.evaluate(a), by))
        parts[1].append(_ranks(model.evaluate(b), by))
        for f, name in enumerate(factors):
            parts[2 + f].append(_ranks(model.evaluate(_mixed(a, b, name)), by))
    base, other, *mixed = (np.concatenate(p) for p in parts)
    whole = np.stack(mixed) if mixed else np.zeros((0, *base.shape))
    first, total = sobol_indices(base, other, whole)
    variance = np.concatenate([base, other]).var(axis=0)
    weight = variance / variance.sum() if variance.sum() > 0 else np.full(len(variance), np.nan)
    together = [np.nansum(x * weight, axis=1) for x in (first, total)]
    return Sensitivity(factors, together[0], together[1], variance, rounds * size)


def _drawn(model: UncertaintyModel, factor: str) -> bool:
    u = model.uncertainty
    return {
        "weights": u.weights != "stated" and (u.weights != "spread" or u.spread > 0),
        "value_functions": u.value_functions > 0,
        "exponent": u.exponent is not None and u.exponent[0] != u.exponent[1],
        "missing": len(model.missing) > 0,
        "measurement": bool(model.measured),
    }[factor]


def _mixed(a: Inputs, b: Inputs, factor: str) -> Inputs:
    return replace(a, **{name: getattr(b, name) for name in FACTORS[factor]})


def _ranks(chunk: Chunk, by: tuple[str, ...]) -> Floats:
    """Return the rank of each result in each draw, shape (q, n); equal ones share the better."""
    order, equal = order_of(chunk.keys(by))
    place = np.broadcast_to(np.arange(1.0, order.shape[1] + 1), order.shape)
    if equal is not None:
        place = np.maximum.accumulate(np.where(equal, 0.0, place), axis=1)
    ranks = np.empty(order.shape)
    np.put_along_axis(ranks, order.astype(np.int64), place, axis=1)
    return ranks
