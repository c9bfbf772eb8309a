"""How many batches qualified, how many at the first attempt, and how many in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures.grouped import starts_of, total
from pilotscore.measures.selection import Counted
from pilotscore.records import dataclass
from pilotscore.workbook.batches.batches import BatchData
from pilotscore.workbook.batches.words import Status

InRuns = Literal["failed", "all", "none"]


@dataclass(frozen=True, slots=True, eq=False)
class Qualification:
    """Of each result, shape (n,): batches, those that qualified, and those in a row.

    ``first_pass`` qualified without rework; ``longest`` is the longest row of qualified batches,
    ``latest`` the one that ends with the last batch. ``decided`` is whether anything says which
    batches qualify: limits of a characteristic, or a verdict.
    """

    batches: Floats
    qualified: Floats
    first_pass: Floats
    longest: Floats
    latest: Floats
    decided: Bools


def qualification(
    data: BatchData, judged: Counted, in_runs: InRuns = "failed", keys: Sequence[str] = ()
) -> Qualification:
    """Count the batches of each result that qualified.

    A batch qualifies where every value that has limits lies within them and no remark or verdict
    says otherwise; where neither a limit nor a verdict speaks of it, it does not: there is no
    proof. A batch that is left out stays in the sequence all the same, and ends a run.

    Parameters
    ----------
    data
        The batch data.
    judged
        Which batches count.
    in_runs
        Which of the batches that are left out end a run: those that failed, all of them, or none.
    keys
        The ids of the characteristics that are key: where there are any, limits of others prove
        nothing, and a batch qualifies only with a value of each.
    """
    b, v, n = data.batches, data.values, len(data.ids)
    limited = ~np.isnan(v.lower) | ~np.isnan(v.upper)
    with np.errstate(invalid="ignore"):
        outside = (v.value < v.lower) | (v.value > v.upper)
    of_fresh = ~(np.isfinite(v.months) & (v.months > 0))
    proven, bad = np.zeros(len(b), dtype=bool), np.zeros(len(b), dtype=bool)
    proof = np.array([not keys or t.id in keys for t in data.characteristics], dtype=bool)
    of_key = proof[v.characteristic] if len(v) else np.zeros(0, dtype=bool)
    proven[v.batch[limited & of_fresh & of_key]] = True
    bad[v.batch[outside & of_fresh]] = True
    proven |= b.judged == 1
    if keys:
        proven &= _with_each(data, keys, of_fresh)
    failed = bad | b.failed | (b.status == Status.FAILED)
    qualified = proven & ~failed
    use = np.flatnonzero(judged.judged)
    starts = starts_of(b.result[use], n)
    good = qualified[use]
    first = good & (b.status[use] != Status.REWORKED)
    between = {"failed": failed, "all": np.ones(len(b), dtype=bool), "none": np.zeros(len(b), bool)}
    row = np.flatnonzero(judged.judged | (judged.left_out & between[in_runs]))
    longest, latest = runs_of((qualified & judged.judged)[row], starts_of(b.result[row], n))
    decided = np.zeros(n, dtype=bool)
    decided[b.result[use[proven[use] | (b.judged[use] >= 0) | b.failed[use]]]] = True
    return Qualification(
        np.diff(starts).astype(float),
        total(good, starts),
        total(first, starts),
        longest,
        latest,
        decided,
    )


def _with_each(data: BatchData, keys: Sequence[str], use: Bools) -> Bools:
    """Say which batches have a value of each of these characteristics."""
    v, places = data.values, {t.id: n for n, t in enumerate(data.characteristics)}
    each = np.ones(len(data.batches), dtype=bool)
    for key in keys:
        own = np.zeros(len(data.batches), dtype=bool)
        own[v.batch[use & (v.characteristic == places.get(key, -1))]] = True
        each &= own
    return each


def runs_of(good: Bools, starts: Ints) -> tuple[Floats, Floats]:
    """Return the longest good run in each group, and the run at its end, shape (g,) each."""
    count = len(starts) - 1
    longest, latest = np.zeros(count), np.zeros(count)
    if not len(good):
        return longest, latest
    place = np.arange(len(good))
    # Where the last bad one before each stands, or the place before its group.
    stop = np.where(~good, place, -1)
    begin = np.repeat(starts[:-1], np.diff(starts)) - 1
    last_bad = np.maximum(np.maximum.accumulate(stop), begin)
    run = np.where(good, place - last_bad, 0)
    group = np.repeat(np.arange(count), np.diff(starts))
    np.maximum.at(longest, group, run)
    ends = starts[1:] - 1
    some = np.diff(starts) > 0
    latest[some] = run[ends[some]]
    return longest, latest
