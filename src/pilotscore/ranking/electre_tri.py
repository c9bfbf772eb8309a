"""ELECTRE TRI-B: sorting into ordered grades by profiles that bound them.

An alternative outranks a profile where enough weight says it is at least as good (concordance) and
nothing speaks too loudly against it (discordance, veto). Formulas: V. Mousseau, R. Slowinski and P.
Zielniewicz, ELECTRE TRI 2.0a, Methodological guide and user's manual, Document du LAMSADE 111,
1999, section 2.2: partial and global concordance, discordance, credibility, and the two procedures
of assignment. An alternative is held against the profiles alone, never against another: the grade
is absolute, and the memory n x profiles.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.records import dataclass

_SAME = 1e-9
_BLOCK = 1 << 20  # comparisons at once


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Differences that mean nothing (q), mean worse (p), and forbid outranking (v), in points.

    Each is a number for all criteria or an array of shape (m,); v may be infinite.
    """

    q: float | Floats = 0.0
    p: float | Floats = 0.0
    v: float | Floats = float("inf")


def credibility(ours: Floats, theirs: Floats, weights: Floats, limits: Thresholds) -> Floats:
    """Return how credible it is that ``ours`` outranks ``theirs``, in 0-1.

    Parameters
    ----------
    ours, theirs
        Values of which the last axis has the m criteria, more is better; they broadcast.
    weights
        Shape (m,); taken in proportion.
    limits
        The thresholds.
    """
    behind = theirs - ours
    q, p, v = (np.asarray(x, dtype=float) for x in (limits.q, limits.p, limits.v))
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.clip((p - behind) / (p - q), 0.0, 1.0)
        against = np.clip((behind - p) / (v - p), 0.0, 1.0)
    agree = np.where(behind <= q + _SAME, 1.0, np.where(behind >= p - _SAME, 0.0, slope))
    against = np.where(
        behind <= p + _SAME, 0.0, np.where(behind >= v - _SAME, 1.0, np.nan_to_num(against))
    )
    concordance = agree @ (weights / weights.sum())
    whole = concordance[..., None]
    # Only a criterion that speaks against more than the whole speaks for weakens it.
    stronger = against > whole + _SAME
    with np.errstate(divide="ignore", invalid="ignore"):
        weakening = np.where(stronger, (1.0 - against) / (1.0 - whole), 1.0)
    return np.asarray(concordance * weakening.prod(axis=-1))


def sort_by_outranking(
    matrix: Floats,
    profiles: Floats,
    weights: Floats,
    limits: Thresholds,
    cut: float = 0.75,
    rule: str = "pessimistic",
) -> Ints:
    """Assign each alternative to a grade.

    Parameters
    ----------
    matrix
        Shape (n, m), more is better.
    profiles
        The lower bounds of all grades but the last, the best grade's first, shape (k, m); none is
        above the one before it in any criterion.
    weights
        Shape (m,).
    limits
        The thresholds.
    cut
        From which credibility on outranking holds (lambda), 0.5-1.
    rule
        ``pessimistic``: the best grade whose lower bound it outranks. ``optimistic``: the grade
        below the lowest profile that is preferred to it.

    Returns
    -------
    Ints
        The place of the grade, 0 the best, k the last, shape (n,).
    """
    rows = max(1, _BLOCK // profiles.size)
    blocks = [matrix[i : i + rows] for i in range(0, len(matrix), rows)]
    return np.concatenate([_sorted(x, profiles, weights, limits, cut, rule) for x in blocks])


def _sorted(
    matrix: Floats, profiles: Floats, weights: Floats, limits: Thresholds, cut: float, rule: str
) -> Ints:
    """Assign a block of alternatives, small enough for an array of all its comparisons."""
    a, b = matrix[:, None, :], profiles[None, :, :]
    outranks = credibility(a, b, weights, limits) >= cut - _SAME
    k = len(profiles)
    if rule == "pessimistic":
        return np.where(outranks.any(axis=1), outranks.argmax(axis=1), k).astype(np.int64)
    beaten = (credibility(b, a, weights, limits) >= cut - _SAME) & ~outranks
    # The last True of a row: the lowest profile that is preferred to the alternative.
    lowest = k - beaten[:, ::-1].argmax(axis=1)
    return np.where(beaten.any(axis=1), lowest, 0).astype(np.int64)
