"""Dominance: who is at least as good in everything and better in something."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats

# Comparing all with all takes n x n memory.
MOST = 5000
_CELLS = 200_000  # compared at once: they stay in a processor's cache


def dominated_by(values: Floats) -> Bools:
    """Return who is dominated by whom, shape (n, n): row i, column j true where j dominates i.

    Pareto dominance: j is at least as good in every column, and better in one.

    Parameters
    ----------
    values
        Shape (n, d), more is better; nan (not applicable) is compared with nothing: neither of the
        two dominates the other.
    """
    n = len(values)
    if n > MOST:
        raise ValueError(f"{n} results need {n * n} comparisons; at most {MOST}")
    out = np.zeros((n, n), dtype=bool)
    columns = np.ascontiguousarray(values.T)
    step = max(1, _CELLS // max(n, 1))
    for start in range(0, n, step):
        rows = slice(start, start + step)
        as_good, better = (
            np.ones((len(values[rows]), n), bool),
            np.zeros((len(values[rows]), n), bool),
        )
        with np.errstate(invalid="ignore"):
            for column in columns:
                as_good &= column >= column[rows, None]
                better |= column > column[rows, None]
        out[rows] = as_good & better
    return out


def pareto_front(values: Floats) -> Bools:
    """Return which results no other dominates, shape (n,), without n x n memory.

    Results are gone through by falling sum: none can be dominated by a later one, so each is
    compared with the front so far alone.
    """
    whole = ~np.isnan(values).any(axis=1)
    front: Bools = np.logical_not(whole)
    kept = np.empty((0, values.shape[1]))
    order = np.argsort(-np.where(whole, np.nan_to_num(values).sum(axis=1), -np.inf), kind="stable")
    for i in order[: int(whole.sum())].tolist():
        mine = values[i]
        if len(kept) and bool(((kept >= mine).all(axis=1) & (kept > mine).any(axis=1)).any()):
            continue
        front[i] = True
        kept = np.concatenate([kept, mine[None]])
    return front
