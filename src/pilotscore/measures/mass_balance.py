"""How much of what went into a batch came out of it again: the closure of its mass balance."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.measures import grouped
from pilotscore.measures.grouped import Estimate
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """Closures in %: of each ``batch``, shape (n,); of each group ``overall`` and ``mean``.

    ``overall`` is that of all masses together, shape (g,), ``mean`` that of an average batch, with
    its bounds; ``counted`` is of how many batches, shape (g,).
    """

    batch: Floats
    overall: Floats
    mean: Estimate
    counted: Ints


def closure(output: Floats, intake: Floats, starts: Ints, confidence: float = 0.95) -> Closure:
    """Return 100 times the masses that came out over those that went in.

    By the conservation of mass it is 100 % where every stream was weighed and nothing was kept.
    More than 100 % is as wrong as less, and is not cut off.

    A batch without an intake above 0, or one of whose masses is missing or negative, has no closure
    and is left out of its group on both sides. Bounds of the mean are those of Student's t,
    ``mean -+ t(confidence; n - 1) s / sqrt(n)`` (general knowledge), exact for normal closures.

    Parameters
    ----------
    output, intake
        Masses out of and into each batch, all streams together, in one unit,
        shape (n,), by group; nan where missing.
    starts
        Where each group begins, shape (g + 1,).
    confidence
        Of each one-sided bound.

    Returns
    -------
    Closure
        Figures of a group are nan where no batch has a closure, bounds where fewer than two have.
    """
    from scipy.special import stdtrit

    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        known = (intake > 0) & (output >= 0) & np.isfinite(intake) & np.isfinite(output)
        batch = np.where(known, 100 * output / np.where(known, intake, 1.0), np.nan)
    group = grouped.group_of(starts)[known]
    own = grouped.starts_of(group, len(starts) - 1)
    n = grouped.counts(own)
    out, into = grouped.total(output[known], own), grouped.total(intake[known], own)
    value = grouped.mean(batch[known], own)
    with np.errstate(invalid="ignore", divide="ignore"):
        overall = np.where(n > 0, 100 * out / into, np.nan)
        t = np.where(n > 1, stdtrit(np.maximum(n - 1.0, 1.0), confidence), np.nan)
        half = t * grouped.deviation(batch[known], own) / np.sqrt(n)
    return Closure(batch, overall, Estimate(value, value - half, value + half), n)
