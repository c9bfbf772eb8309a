"""The batches of the rows: each named once, in order of time, with what became of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.batches import Batches, What
from pilotscore.workbook.batches.context import Joining, natural
from pilotscore.workbook.batches.words import Status

# Times of one batch that differ by no more are one time.
_SAME_TIME = 1 / 60


def number_batches(j: Joining, whose: list[Ints]) -> tuple[list[Ints], Batches]:
    """Return the batch of each row of each sheet (-1: none), and the batches."""
    kept = [(w >= 0) & (s.layout != "series") for w, s in zip(whose, j.sheets, strict=True)]
    rows = [s.rows for s in j.sheets]

    def column(name: str) -> Any:
        parts = [getattr(r, name)[k] for r, k in zip(rows, kept, strict=True)]
        return np.concatenate(parts) if parts else np.zeros(0)

    result = np.concatenate(
        [w[k] for w, k in zip(whose, kept, strict=True)] or [np.zeros(0, np.int64)]
    )
    names = [
        name
        for r, k in zip(rows, kept, strict=True)
        for name, keep in zip(r.batches, k.tolist(), strict=True)
        if keep
    ]
    reasons = [
        reason
        for r, k in zip(rows, kept, strict=True)
        for reason, keep in zip(r.reasons, k.tolist(), strict=True)
        if keep
    ]
    sheet = np.concatenate(
        [np.full(int(k.sum()), i) for i, k in enumerate(kept)] or [np.zeros(0, np.int64)]
    ).astype(np.int64)
    at, begin = column("rows").astype(np.int64), column("begin")
    scale = column("scale").astype(np.int64)
    ranks = {n: i for i, n in enumerate(sorted(set(names), key=lambda n: (natural(n), n)))}
    rank = np.array([ranks[n] for n in names], dtype=np.int64)
    alone = np.array([n == "" for n in names], dtype=bool)
    # A row without a batch number is a stop, or a run of its own.
    single = np.where(alone, np.arange(len(names)) + 1, 0)
    keys = np.stack([result, scale.astype(np.int64), rank, single], axis=1)
    _, first, of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    first, of = first.astype(np.int64), of.reshape(-1).astype(np.int64)
    count = len(first)

    def reduced(function: Any, values: Any, start: float) -> Any:
        out = np.full(count, start)
        function.at(out, of, np.where(np.isnan(values), start, values))
        return np.where(np.isinf(out), np.nan, out)

    earliest = reduced(np.minimum, begin, np.inf)
    latest = reduced(np.maximum, column("end"), -np.inf)
    hours = reduced(np.maximum, column("hours"), -np.inf)
    status = np.zeros(count, dtype=np.int8)
    np.maximum.at(status, of, column("status").astype(np.int8))
    said = column("judged").astype(np.int8)
    judged = np.full(count, 2, dtype=np.int8)
    np.minimum.at(judged, of, np.where(said < 0, 2, said).astype(np.int8))
    judged = np.where(judged == 2, -1, judged).astype(np.int8)
    reason = [""] * count
    for b, text in zip(of.tolist(), reasons, strict=True):
        reason[b] = reason[b] or text
    _check_repeated(j, kept, of, result, begin, [names[i] for i in first])
    end = np.where(np.isnan(latest), earliest + hours, latest)
    name = [names[i] for i in first]
    backwards = end < earliest
    for b in np.flatnonzero(backwards).tolist():
        where = j.sheets[int(sheet[first[b]])]
        spot = j.place(where, int(at[first[b]]), where.columns.get("end"))
        j.tell(kinds.BACKWARDS, spot, int(result[first[b]]), (-1, "running"))
    order = _in_time(result[first], scale[first], rank[first], earliest, np.array(name) == "")
    batches = Batches(
        result[first][order], tuple(name[i] for i in order), scale[first][order].astype(np.int8),
        status[order], judged[order], earliest[order], end[order], hours[order],
        np.zeros(count, dtype=bool), np.zeros(count, dtype=bool), sheet[first][order], at[first][order],
    )  # fmt: skip
    _discard(j, batches, [reason[i] for i in order])
    back = np.empty(count, dtype=np.int64)
    back[order] = np.arange(count)
    found = []
    start = 0
    for w, k in zip(whose, kept, strict=True):
        mine = np.full(len(w), -1, dtype=np.int64)
        size = int(k.sum())
        mine[k] = back[of[start : start + size]]
        start += size
        found.append(mine)
    return found, batches


def _in_time(result: Ints, scale: Any, rank: Ints, begin: Floats, alone: Any) -> Ints:
    """Return the order of batches: by time where all of a result have one, else by number."""
    key = result * 4 + scale
    untimed = np.zeros(int(key.max()) + 1 if len(key) else 1, dtype=bool)
    np.logical_or.at(untimed, key, np.isnan(begin) & ~alone)
    time = np.where(untimed[key] | np.isnan(begin), 0.0, begin)
    return np.lexsort((rank, time, scale, result))


def _check_repeated(
    j: Joining, kept: list[Bools], of: Ints, result: Ints, begin: Floats,
    names: list[str],
) -> None:  # fmt: skip
    """Tell batches of a wide sheet that stand in several rows: samples, or two batches."""
    start = 0
    for sheet, k in zip(j.sheets, kept, strict=True):
        size = int(k.sum())
        part, times, owners = (x[start : start + size] for x in (of, begin, result))
        start += size
        if sheet.layout != "wide" or not size:
            continue
        rows, months = sheet.rows.rows[k], sheet.rows.months[k]
        many, inverse, count = np.unique(part, return_inverse=True, return_counts=True)
        inverse = inverse.reshape(-1)
        low, high = np.full(len(many), np.inf), np.full(len(many), -np.inf)
        np.minimum.at(low, inverse, np.where(np.isnan(times), np.inf, times))
        np.maximum.at(high, inverse, np.where(np.isnan(times), -np.inf, times))
        stored = np.zeros(len(many), dtype=bool)
        np.logical_or.at(stored, inverse, ~np.isnan(months))
        for g in np.flatnonzero((count > 1) & ~stored).tolist():
            second = np.flatnonzero(inverse == g)[1]
            spot = j.place(sheet, int(rows[second]), sheet.columns.get("batch"))
            batch = names[int(many[g])]
            whose_batch = int(owners[second])
            if high[g] - low[g] > _SAME_TIME:
                block: tuple[int, What] = (-1, "batches")
                j.tell(kinds.TWO_BATCHES_ONE_NUMBER, spot, whose_batch, block, batch=batch)
            elif "sample" not in sheet.columns:
                values = {"batch": batch, "count": int(count[g])}
                j.tell(kinds.REPEATED_BATCH, spot, whose_batch, None, **values)


def _discard(j: Joining, batches: Batches, reasons: list[str]) -> None:
    """Mark discarded batches as failed or left out, as the criteria set says, and tell each."""
    rules = j.measuring
    for b in np.flatnonzero(batches.status == Status.DISCARDED).tolist():
        reason = reasons[b]
        rule = rules.discarded_with_reason if reason else rules.discarded_without_reason
        (batches.failed if rule == "failed" else batches.left_out)[b] = True
        sheet = j.sheets[int(batches.sheet[b])]
        column = sheet.columns.get("remark", sheet.columns.get("batch"))
        place = j.place(sheet, int(batches.row[b]), column)
        values = {"batch": batches.name[b], "reason": reason}
        kind = kinds.DISCARDED_LEFT_OUT if rule == "left_out" else kinds.DISCARDED_UNEXPLAINED
        if reason and rule == "left_out":
            kind = kinds.DISCARDED_EXPLAINED
        elif reason:
            kind = kinds.DISCARDED_FAILED
        j.tell(kind, place, int(batches.result[b]), None, **values)
    batches.failed[batches.status == Status.FAILED] = True
    batches.failed[batches.judged == 0] = True
