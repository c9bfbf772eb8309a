"""Which uncertainty matters: variance-based sensitivity of the ranks to each kind of input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.ranking.robustness.acceptability import order_of
from pilotscore.ranking.robustness.draws import blocks
from pilotscore.records import dataclass

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


class SobolSums:
    """First and total order indices of each factor, from sums that grow with the samples.

    First order: ``mean(f_B (f_AB - f_A)) / V``; total order: ``mean((f_A - f_AB)^2) / 2V``, with V
    the variance of f_A and f_B together. Sources: A. Saltelli et al., Variance based sensitivity
    analysis of model output, Computer Physics Communications 181 (2010) 259-270, table 2, (b) and
    (f), the latter by M. J. W. Jansen; as SALib computes them, which a test holds this to. The
    mean is taken off first, which changes no index and steadies the first order.

    Outputs are counted from that of the first draw: of ranks, whole numbers, every sum is exact.

    Parameters
    ----------
    factors
        How many.
    """

    def __init__(self, factors: int) -> None:
        self.size = 0
        self._origin: Floats = np.empty(0)
        self._sums: list[Floats] = []
        self._of_factors: list[list[Floats]] = [[] for _ in range(factors)]

    def add(self, base: Floats, other: Floats, mixed: Sequence[Floats]) -> None:
        """Add outputs for samples A and B, shape (q, ...), and for A with each factor from B."""
        if not self.size:
            self._origin = base[0].copy()
            nothing = np.zeros(base[0].shape)
            self._sums = [nothing.copy() for _ in range(4)]
            self._of_factors = [[nothing.copy() for _ in range(3)] for _ in self._of_factors]
        self.size += len(base)
        a, b = base - self._origin, other - self._origin
        for total, more in zip(self._sums, (a, b, a * a + b * b, a * b), strict=True):
            total += more.sum(axis=0)
        for sums, of_mixed in zip(self._of_factors, mixed, strict=True):
            ab = of_mixed - self._origin
            for total, more in zip(sums, (ab, b * ab, (a - ab) ** 2), strict=True):
                total += more.sum(axis=0)

    def variance(self) -> Floats:
        """Return the variance of the outputs for both samples together, shape (...)."""
        a, b, squares, _ = self._sums
        both = 2 * self.size
        return np.asarray(np.maximum(squares / both - ((a + b) / both) ** 2, 0.0))

    def indices(self) -> tuple[Floats, Floats]:
        """Return first and total order, shape (f, ...); nan where the output does not vary."""
        a, b, _, crossed = self._sums
        middle, variance = (a + b) / (2 * self.size), self.variance()
        spread = np.where(variance > 0, variance, np.nan)
        firsts, totals = [], []
        for mixed, with_mixed, apart in self._of_factors:
            moved = (with_mixed - crossed - middle * (mixed - a)) / self.size
            firsts.append(moved / spread)
            totals.append(0.5 * apart / self.size / spread)
        shape = (len(firsts), *variance.shape)
        return np.array(firsts).reshape(shape), np.array(totals).reshape(shape)


def sobol_indices(base: Floats, other: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    """Estimate first and total order indices of each factor from whole samples.

    Parameters
    ----------
    base, other
        The output for samples A and B, shape (q, ...).
    mixed
        For each factor the output for A with that factor from B, shape (f, q, ...).

    Returns
    -------
    tuple of numpy.ndarray
        First and total order, shape (f, ...), as :class:`SobolSums` has them.
    """
    sums = SobolSums(len(mixed))
    sums.add(base, other, list(mixed))
    return sums.indices()


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
    sums = SobolSums(len(factors))
    rounds = -(-draws // size)
    for number in range(rounds):
        # Numbers of chunks that no other use of the model comes to.
        a = model.inputs(1_000_000 + 2 * number, size)
        b = model.inputs(1_000_001 + 2 * number, size)
        for rows in blocks(size, len(model)):
            _add_ranks(sums, model, (a.take(rows), b.take(rows)), factors, by)
    first, total = sums.indices()
    variance = sums.variance()
    weight = variance / variance.sum() if variance.sum() > 0 else np.full(len(variance), np.nan)
    together = [np.nansum(x * weight, axis=1) for x in (first, total)]
    return Sensitivity(factors, together[0], together[1], variance, rounds * size)


def _add_ranks(
    sums: SobolSums,
    model: UncertaintyModel,
    samples: tuple[Inputs, Inputs],
    factors: tuple[str, ...],
    by: tuple[str, ...],
) -> None:
    """Add the ranks of some draws of A, of B, and of A with each factor from B."""
    a, b = samples
    base, other = (_ranks(model.evaluate(x), by) for x in samples)
    if len(factors) == 1:  # A with all that is drawn from B is B
        mixed = [other]
    else:
        mixed = [_ranks(model.evaluate(_mixed(a, b, name)), by) for name in factors]
    sums.add(base, other, mixed)


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
