"""How strongly weights are drawn towards the present ones, by nested cross-validation.

The inner validation chooses the strength, the outer one says what the choice gains on results that
it never saw. Among strengths that cannot be told from the best by one standard error the strongest
is taken (L. Breiman and others, Classification and Regression Trees, 1984, section 3.4.3): nothing
moves without a reason. Nested: M. Stone, Cross-validatory choice and assessment of statistical
predictions, Journal of the Royal Statistical Society B 36 (1974) 111-147. Where there are very many
outcomes one division does: the strength is chosen on a fifth, and judged on another.
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.outcomes.ridge import Ridge, ridge
from pilotscore.records import dataclass

# From "as they are" downwards; the scores are scaled, so that these mean the same in every set.
STRENGTHS: tuple[float, ...] = (math.inf, 1e3, 300.0, 100.0, 30.0, 10.0, 3.0, 1.0)
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Gain:
    """What re-estimated weights gain over the present ones on results held out.

    ``mean`` is in log-likelihood for each outcome, ``error`` its standard error, of ``count``.
    """

    mean: float
    error: float
    count: int

    @property
    def deviates(self) -> float:
        """How many standard errors it is above 0."""
        return self.mean / self.error if self.error > 0 else 0.0


def chosen_strength(columns: Floats, event: Bools, present: Floats, seed: int = 0) -> float:
    """Return the strength by cross-validation."""
    losses = np.zeros((len(STRENGTHS), len(event)))
    fold = folds(event, seed)
    for k in range(FOLDS):
        out = fold == k
        start: Ridge | None = None
        for s, strength in enumerate(STRENGTHS):
            fit = ridge(columns[~out], event[~out], present, strength, start)
            start = fit
            losses[s, out] = fit.loss(columns[out], event[out])
    return STRENGTHS[_first_as_good(losses)]


def _first_as_good(losses: Floats) -> int:
    """Return the first that is as good as the best, by one standard error.

    They stand from the strongest to the weakest; shape (strengths, results).
    """
    beyond = losses - losses[int(losses.mean(axis=1).argmin())]
    error = beyond.std(axis=1, ddof=1) / math.sqrt(losses.shape[1])
    return int(np.argmax(beyond.mean(axis=1) <= error))


def _gain(gained: Floats) -> Gain:
    error = float(gained.std(ddof=1)) / math.sqrt(len(gained))
    return Gain(float(gained.mean()), error, len(gained))


def chosen_and_judged(
    columns: Floats, event: Bools, present: Floats, seed: int = 0
) -> tuple[float, Gain]:
    """Return the strength and what it gains, by one division of very many outcomes.

    Three fifths are fitted, a fourth chooses the strength, the last one judges the choice.
    """
    fold = folds(event, seed)
    fitted, chooses, judges = fold < FOLDS - 2, fold == FOLDS - 2, fold == FOLDS - 1
    path: list[Ridge] = []
    for strength in STRENGTHS:
        start = path[-1] if path else None
        path.append(ridge(columns[fitted], event[fitted], present, strength, start))
    losses = np.stack([fit.loss(columns[chooses], event[chooses]) for fit in path])
    chosen = _first_as_good(losses)
    rest = (columns[judges], event[judges])
    return STRENGTHS[chosen], _gain(path[0].loss(*rest) - path[chosen].loss(*rest))


def gain_held_out(columns: Floats, event: Bools, present: Floats, seed: int = 0) -> Gain:
    """Return what choosing a strength and re-estimating gains on results held out."""
    fold = folds(event, seed + 1)
    gained = np.zeros(len(event))
    for k in range(FOLDS):
        out = fold == k
        mine, others = (columns[~out], event[~out]), (columns[out], event[out])
        strength = chosen_strength(*mine, present, seed + 2 + k)
        now = ridge(*mine, present, math.inf)
        gained[out] = now.loss(*others) - ridge(*mine, present, strength).loss(*others)
    return _gain(gained)


def folds(event: Bools, seed: int) -> Ints:
    """Return a fold for each result, successes and failures spread evenly."""
    random = np.random.default_rng(seed)
    fold = np.empty(len(event), dtype=np.int64)
    for end in (True, False):
        mine = np.flatnonzero(event == end)
        fold[random.permutation(mine)] = np.arange(len(mine)) % FOLDS
    return fold
