"""The batches of the rows: each named once, in order of time, with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.findings import Kind
from pilotscore.records import dataclass
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.batches import Batches
from pilotscore.workbook.batches.context import Joining, natural
from pilotscore.workbook.batches.records import joined, picked
from pilotscore.workbook.batches.sheet import BatchSheet
from pilotscore.workbook.batches.words import Status

# Times of one batch that differ by no more are one time.
_SAME_TIME = 1 / 60
_NONE, _NO_PLACES, _NO_CODES = np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of all sheets that are of a result, shape (k,) each."""

    result: Ints
    sheet: Ints
    row: Ints
    begin: Floats
    end: Floats
    hours: Floats
    scale: Codes
    status: Codes
    judged: Codes


_NO_ROWS = _Rows(*(_NO_PLACES,) * 3, *(_NONE,) * 3, *(_NO_CODES,) * 3)


def number_batches(j: Joining, whose: Sequence[Ints]) -> tuple[list[Ints], Batches]:
    """Return the batch of each row of each sheet (-1: none), and the batches."""
    kept = [(w >= 0) & (s.layout != "series") for w, s in zip(whose, j.sheets, strict=True)]
    rows = joined([_NO_ROWS, *_rows(j, whose, kept)])
    names = [
        n for s, k in zip(j.sheets, kept, strict=True) for n in compress(s.rows.batches, k.tolist())
    ]
    reasons = [
        x for s, k in zip(j.sheets, kept, strict=True) for x in compress(s.rows.reasons, k.tolist())
    ]
    ranks = {n: i for i, n in enumerate(sorted(set(names), key=lambda n: (natural(n), n)))}
    rank = np.array([ranks[n] for n in names], dtype=np.int64)
    alone = np.array([n == "" for n in names], dtype=bool)
    # A row without a batch number is a stop, or a run of its own.
    single = np.where(alone, np.arange(len(names)) + 1, 0)
    keys = np.stack([rows.result, rows.scale.astype(np.int64), rank, single], axis=1)
    _, first, of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    _check_repeated(j, kept, of, rows, [names[i] for i in first])
    batches = _batches(rows, of, first, names)
    _check_backwards(j, batches)
    order = _in_time(batches, rank[first])
    reason = [""] * len(first)
    for b, text in zip(of.tolist(), reasons, strict=True):
        reason[b] = reason[b] or text
    batches = _in_order(batches, order)
    _discard(j, batches, [reason[i] for i in order])
    place = np.empty(len(first), dtype=np.int64)
    place[order] = np.arange(len(first))
    return list(_of_sheets(place[of], kept)), batches


def _rows(j: Joining, whose: Sequence[Ints], kept: Sequence[Bools]) -> Iterator[_Rows]:
    for n, (sheet, owners, keep) in enumerate(zip(j.sheets, whose, kept, strict=True)):
        r = sheet.rows
        places = np.full(len(owners), n)
        rows = _Rows(owners, places, r.rows, r.begin, r.end, r.hours, r.scale, r.status, r.judged)
        yield picked(rows, keep)


def _of_sheets(of: Ints, kept: Sequence[Bools]) -> Iterator[Ints]:
    """Yield the batch of each row of each sheet, -1 for rows that were not kept."""
    ends = np.cumsum([k.sum() for k in kept], dtype=np.int64)[:-1]
    for keep, mine in zip(kept, np.split(of, ends) if kept else (), strict=True):
        batch = np.full(len(keep), -1, dtype=np.int64)
        batch[keep] = mine
        yield batch


def _batches(rows: _Rows, of: Ints, first: Ints, names: list[str]) -> Batches:
    """Return the batches, each from its rows: the earliest begin, the gravest status."""
    count = len(first)

    def extreme(function: np.ufunc, values: Floats, start: float) -> Floats:
        out = np.full(count, start)
        function.at(out, of, np.where(np.isnan(values), start, values))
        return np.where(np.isinf(out), np.nan, out)

    begin = extreme(np.minimum, rows.begin, np.inf)
    latest = extreme(np.maximum, rows.end, -np.inf)
    hours = extreme(np.maximum, rows.hours, -np.inf)
    status = np.zeros(count, dtype=np.int8)
    np.maximum.at(status, of, rows.status)
    judged = np.full(count, 2, dtype=np.int8)
    np.minimum.at(judged, of, np.where(rows.judged < 0, 2, rows.judged).astype(np.int8))
    return Batches(
        result=rows.result[first],
        name=tuple(names[i] for i in first),
        scale=rows.scale[first],
        status=status,
        judged=np.where(judged == 2, -1, judged).astype(np.int8),
        begin=begin,
        end=np.where(np.isnan(latest), begin + hours, latest),
        hours=hours,
        failed=np.zeros(count, dtype=bool),
        left_out=np.zeros(count, dtype=bool),
        sheet=rows.sheet[first],
        row=rows.row[first],
    )


def _in_order(batches: Batches, order: Ints) -> Batches:
    columns = {n: getattr(batches, n) for n in Batches.__dataclass_fields__}
    names = columns.pop("name")
    arrays = {n: column[order] for n, column in columns.items()}
    return Batches(name=tuple(names[i] for i in order), **arrays)


def _check_backwards(j: Joining, batches: Batches) -> None:
    """Tell batches that end before they begin."""
    for b in np.flatnonzero(batches.end < batches.begin).tolist():
        sheet = j.sheets[int(batches.sheet[b])]
        spot = sheet.place(int(batches.row[b]), sheet.columns.get("end"))
        j.tell(kinds.BACKWARDS, spot, int(batches.result[b]), (-1, "running"))


def _in_time(batches: Batches, rank: Ints) -> Ints:
    """Return the order of batches: by time where all of a result have one, else by number."""
    alone = np.array([n == "" for n in batches.name], dtype=bool)
    key = batches.result * 4 + batches.scale
    untimed = np.zeros(int(key.max()) + 1 if len(key) else 1, dtype=bool)
    np.logical_or.at(untimed, key, np.isnan(batches.begin) & ~alone)
    time = np.where(untimed[key] | np.isnan(batches.begin), 0.0, batches.begin)
    return np.lexsort((rank, time, batches.scale, batches.result))


def _check_repeated(
    j: Joining, kept: Sequence[Bools], of: Ints, rows: _Rows, names: list[str]
) -> None:
    """Tell batches of a wide sheet that stand in several rows: samples, or two batches."""
    for n, (sheet, keep) in enumerate(zip(j.sheets, kept, strict=True)):
        here = rows.sheet == n
        if sheet.layout != "wide" or not here.any():
            continue
        part, times, owners = of[here], rows.begin[here], rows.result[here]
        months = sheet.rows.months[keep]
        many, inverse, count = np.unique(part, return_inverse=True, return_counts=True)
        inverse = inverse.reshape(-1)
        low, high = np.full(len(many), np.inf), np.full(len(many), -np.inf)
        np.minimum.at(low, inverse, np.where(np.isnan(times), np.inf, times))
        np.maximum.at(high, inverse, np.where(np.isnan(times), -np.inf, times))
        stored = np.zeros(len(many), dtype=bool)
        np.logical_or.at(stored, inverse, ~np.isnan(months))
        for g in np.flatnonzero((count > 1) & ~stored).tolist():
            second = int(np.flatnonzero(inverse == g)[1])
            spot = sheet.place(int(rows.row[here][second]), sheet.columns.get("batch"))
            owner, batch = int(owners[second]), names[int(many[g])]
            if high[g] - low[g] > _SAME_TIME:
                j.tell(kinds.TWO_BATCHES_ONE_NUMBER, spot, owner, (-1, "batches"), batch=batch)
            elif not {"sample", "part"} & sheet.columns.keys():
                j.tell(kinds.REPEATED_BATCH, spot, owner, batch=batch, count=int(count[g]))


def _discard(j: Joining, batches: Batches, reasons: list[str]) -> None:
    """Mark discarded batches as failed or left out, as the criteria set says, and tell each."""
    rules = j.measuring
    for b in np.flatnonzero(batches.status == Status.DISCARDED).tolist():
        reason = reasons[b]
        rule = rules.discarded_with_reason if reason else rules.discarded_without_reason
        (batches.failed if rule == "failed" else batches.left_out)[b] = True
        sheet: BatchSheet = j.sheets[int(batches.sheet[b])]
        column = sheet.columns.get("remark", sheet.columns.get("batch"))
        j.tell(
            _kind_of_discarded(left_out=rule == "left_out", explained=bool(reason)),
            sheet.place(int(batches.row[b]), column),
            int(batches.result[b]),
            batch=batches.name[b],
            reason=reason,
        )
    batches.failed[batches.status == Status.FAILED] = True
    batches.failed[batches.judged == 0] = True


def _kind_of_discarded(*, left_out: bool, explained: bool) -> Kind:
    if left_out:
        return kinds.DISCARDED_EXPLAINED if explained else kinds.DISCARDED_LEFT_OUT
    return kinds.DISCARDED_FAILED if explained else kinds.DISCARDED_UNEXPLAINED
