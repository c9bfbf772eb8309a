"""How far a weight can move before the first places change, and what swaps two neighbours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.ranking.order import Ranking


STEPS = 128
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Stable:
    """Between which shares a weight may lie without the first k changing, others in proportion.

    ``low`` and ``high`` are None where they may fall to 0, or rise to 1, without a change.
    """

    name: str
    stated: float
    low: float | None
    high: float | None


def stable_between(
    stated: Floats, k: int, keys_of: Callable[[Floats], Floats], names: tuple[str, ...]
) -> list[Stable]:
    """Return how far each weight can move before another result comes among the first k.

    The weight is moved in 128 equal steps towards 0 and towards 1 while the others share what is
    left in proportion, and the first step with a change is halved 40 times. A change that is undone
    within one step is not seen.

    Parameters
    ----------
    stated
        The weights, shape (d,), summing to 1.
    k
        How many first places.
    keys_of
        Gives, for weights of shape (q, d), what results are ranked by, shape (q, n).
    names
        Of the weights.
    """

    def changed(weights: Floats) -> Bools:
        return others_come_first(np.round(keys_of(weights), 9), now)

    def moved(j: int, shares: Floats) -> Floats:
        rest = 1 - stated[j]
        alike = np.full(len(stated), 1 / max(len(stated) - 1, 1))
        others = stated / rest if rest > 0 else alike
        weights = others[None, :] * (1 - shares)[:, None]
        weights[:, j] = shares
        return np.asarray(weights)

    (now,) = firsts(np.round(keys_of(stated[None, :]), 9), k)
    intervals = []
    for j, name in enumerate(names):
        ends: list[float | None] = []
        for end in (0.0, 1.0):
            steps = stated[j] + (end - stated[j]) * np.arange(1, STEPS + 1) / STEPS
            changes = np.flatnonzero(changed(moved(j, steps)))
            if not len(changes):
                ends.append(None)
                continue
            change = int(changes[0])
            same = float(stated[j]) if change == 0 else float(steps[change - 1])
            other = float(steps[change])
            for _ in range(_HALVINGS):
                middle = (same + other) / 2
                moves = bool(changed(moved(j, np.array([middle])))[0])
                same, other = (same, middle) if moves else (middle, other)
            ends.append(same)
        intervals.append(Stable(name, float(stated[j]), ends[0], ends[1]))
    return intervals


def firsts(keys: Floats, k: int) -> Ints:
    """Return the first k of each draw, shape (q, k); equal ones by their place, as everywhere."""
    return np.asarray(np.argsort(-keys, axis=1, kind="stable")[:, :k])


def others_come_first(keys: Floats, now: Ints) -> Bools:
    """Say in which draws the first ones are not those given, shape (q,).

    Only the last of those and the first of the others need comparing; where they are level, places
    decide, and all are put in order.
    """
    if len(now) == keys.shape[1]:
        return np.zeros(len(keys), dtype=bool)
    last = keys[:, now].min(axis=1)
    rest = np.delete(np.arange(keys.shape[1]), now)
    next_one = keys[:, rest].max(axis=1)
    changed = next_one > last
    level = np.flatnonzero(next_one == last)
    if len(level):
        wanted = np.sort(now)
        found = np.sort(firsts(keys[level], len(now)), axis=1)
        changed[level] = (found != wanted).any(axis=1)
    return np.asarray(changed)


def smallest_swap(weights: Floats, ahead: Floats, behind: Floats) -> Floats | None:
    """Return the weights nearest to the stated ones under which the one behind catches up.

    Minimise sum |w' - w| over w' >= 0, sum w' = 1, (behind - ahead) . w' >= 0. A linear programme
    with one row besides the simplex, whose solution needs no solver: weight goes from where the one
    ahead leads most to where the one behind leads most, the most effective first, until they are
    level. A test holds it to scipy's HiGHS.

    Parameters
    ----------
    weights
        Shape (d,), summing to 1.
    ahead, behind
        What the weights are multiplied with, shape (d,): values, or powers or logarithms of them
        where the aggregation is another mean.

    Returns
    -------
    numpy.ndarray or None
        Shape (d,); None where no weights swap them: the one ahead leads everywhere.
    """
    gain = behind - ahead
    best = int(np.argmax(gain))
    if not gain[best] >= 0:
        return None
    moved = weights.astype(float).copy()
    lead = -float(gain @ weights)
    for k in np.argsort(gain, kind="stable").tolist():
        if lead <= 1e-15:
            break
        effect = float(gain[best] - gain[k])
        if effect <= 0:
            break
        share = min(float(moved[k]), lead / effect)
        moved[k] -= share
        moved[best] += share
        lead -= share * effect
    return moved if lead <= 1e-9 else None


def linear_values(dimensions: Floats, exponent: float) -> Floats:
    """Return what the index is a rising function of the weighted sum of, shape (n, d).

    The power mean is ``(sum w x^p)^(1/p)``: its order is that of ``sum w x^p`` for p > 0, of
    ``- sum w x^p`` for p < 0 and of ``sum w ln x`` for p = 0; with p <= 0 zeros are taken for 1e-9.
    """
    if exponent == 1:
        return dimensions
    x = dimensions if exponent > 0 else np.maximum(dimensions, 1e-9)
    if exponent == 0:
        return np.asarray(np.log(x))
    return np.asarray(x**exponent if exponent > 0 else -(x**exponent))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two neighbours of the ranking, by place from 0; ``weights`` nearest under which they swap.

    None where no weights do, or where their grades differ.
    """

    first: int
    second: int
    same_grade: bool
    weights: Floats | None


def examine_weights(
    ranking: Ranking, results: Ints, k: int
) -> tuple[list[Stable], list[Neighbours]]:
    """Return the range of each dimension's weight, and what swaps each pair of neighbours.

    Parameters
    ----------
    ranking
        The ranking.
    results
        The ranked results in order, as places in the assessment, shape (n,).
    k
        How many first places.
    """
    from pilotscore.ranking.robustness.draws import Inputs, UncertaintyModel
    from pilotscore.ranking.robustness.uncertainty import Uncertainty

    assessment = ranking.assessment
    criteria = assessment.criteria
    fixed = Uncertainty(weights="stated", measurement=False)
    model = UncertaintyModel(assessment, fixed, 0)
    by = tuple(n for n in criteria.order if n in ("grade", "index")) or ("index",)

    once = Inputs(
        model.stated[None, :],
        model.stated_inside[None, :],
        np.full(1, model.exponent),
        None,
        np.zeros((1, 0)),
        np.zeros((1, 0)),
    )
    fixed_dimensions = model.dimensions(once)  # whatever their weights are

    def keys_of(weights: Floats) -> Floats:
        return model.keys_under(weights, fixed_dimensions, by)

    names = tuple(d.id for d in criteria.dimensions)
    stable = stable_between(model.stated, k, keys_of, names)
    values = linear_values(np.nan_to_num(assessment.dimensions[results]), model.exponent)
    pairs = []
    for n in range(len(results) - 1):
        same = bool(assessment.grade[results[n]] == assessment.grade[results[n + 1]])
        swap = None
        if same and np.isfinite(model.exponent):
            swap = smallest_swap(model.stated, values[n], values[n + 1])
        pairs.append(Neighbours(n, n + 1, same, swap))
    return stable, pairs
