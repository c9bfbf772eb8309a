"""The periods of `rules/periods.yaml` that run from a day of the right itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria.legal.periods import Count, LoadedPeriods, Period
from pilotscore.language import NOTHING, Words
from pilotscore.patterns import regex
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.counting import Ends, add_days, add_months, moved, no_ends
from pilotscore.rights.due import NO_DAY
from pilotscore.rights.ip.roles import FILING, FIRST, ROLE_TITLES, RightDays
from pilotscore.rights.ip.rows import NEEDS, NEEDS_SERVICE, Block, due_rule, is_term, state_of
from pilotscore.workbook.rights.records import Dates

# Days without which hardly anything can be said of a right: a period waits for them.
_DENIED = regex("待|未|逾期|not|await", re.IGNORECASE)
_AWAITED = frozenset({FILING, FIRST, "priority"})


def period_blocks(
    rights: RightDays, periods: LoadedPeriods, calendar: WorkingDays, as_of: np.datetime64
) -> Iterator[Block]:
    """Yield the rows of every rule that concerns a right: those with a day, those that wait."""
    for period in periods.file.periods:
        rows = np.flatnonzero(concerned(rights, period))
        if len(rows) == 0:
            continue
        whole = _block(rights, periods, period, rows, calendar, as_of)
        known = ~np.isnat(whole.ends.raw)
        if known.any():
            yield part_of(whole, known)
        settled = ~(np.isnat(whole.done) & np.isnat(_proof(rights, period, rows, as_of)))
        yield from _waiting(whole, period, rights, ~known & ~settled)


def concerned(rights: RightDays, period: Period) -> Bools:
    """Whether a rule concerns each right."""
    ip, days = rights.ip, rights.days
    of_kind = np.zeros(len(rights), bool)
    for kind in period.kinds:
        of_kind |= ip.kind == kind
    if not period.before_entry:
        of_kind &= (ip.kind != "pct") | ~np.isnat(days["national_entry"])
    for role in period.needs:
        of_kind &= ~np.isnat(days[role])
    if period.claims is not None:
        of_kind &= rights.claims == period.claims
    if period.filed_from:
        of_kind &= days[FILING] >= np.datetime64(period.filed_from)
    if period.filed_before:
        of_kind &= days[FILING] < np.datetime64(period.filed_before)
    begins = days[period.ends[0].role]
    if period.runs_from:
        of_kind &= ~(begins < np.datetime64(period.runs_from))  # one that waits for its day too
    if period.runs_before:
        of_kind &= begins < np.datetime64(period.runs_before)
    for count in period.late_by:
        of_kind &= begins > _end(days[count.role], count)
    return of_kind


def ends_of(
    counts: Sequence[Count], of: str, rights: RightDays, rows: Ints, first_needed: bool = True
) -> Dates:
    """Return when periods end; where there are several, the later or earlier of those known.

    The first one must be known where ``first_needed``.
    """
    ends = [_end(rights.days[c.role][rows], c) for c in counts]
    choose = np.fmax if of == "later" else np.fmin
    chosen = ends[0]
    for end in ends[1:]:
        chosen = choose(chosen, end)
    return np.where(np.isnat(ends[0]), NO_DAY, chosen) if first_needed else chosen


def _end(days: Dates, count: Count) -> Dates:
    end = add_days(add_months(days, 12 * count.years + count.months), count.days)
    if not count.year_end:
        return end
    first: Dates = end.astype("M8[Y]").astype("M8[D]")
    return add_days(add_months(first, 12), -1)


def _block(
    rights: RightDays,
    periods: LoadedPeriods,
    period: Period,
    rows: Ints,
    calendar: WorkingDays,
    as_of: np.datetime64,
) -> Block:
    raw = ends_of(period.ends, period.of, rights, rows, first_needed=period.of == "later")
    ends = moved(raw, calendar, moves=period.moves)
    grace = restorable = no_ends(len(rows))
    if period.window:
        window = ends_of(period.window, period.of, rights, rows)
        grace = moved(window, calendar, moves=period.moves)
    if period.restore:
        restorable = moved(add_months(ends.moved, period.restore), calendar)
    done = rights.days[period.done][rows] if period.done else np.full(len(rows), NO_DAY)
    proof = _proof(rights, period, rows, as_of)
    role, cell = _trigger(period)
    return Block(
        due_rule(period, periods),
        rows,
        role,
        cell,
        rights.days[role][rows],
        ends,
        state_of(
            _lasting(period, ends), grace.moved, done, proof, _stated(period, rights, rows), as_of
        ),
        done,
        grace,
        restorable,
        amount=_amounts(period, rights, rows) if period.amount else None,
    )


def _lasting(period: Period, ends: Ends) -> Ends:
    """Return ends by the last day on which there is still time, or a right.

    An act can be done on the day on which its period ends. A right cannot be used on the day on
    which its term ends: one of ten years filed on 6 September lasts to 5 September, and ends on the
    6th (Examination Guidelines, part V, chapter 9, 2.1). A term to the end of a year has that day.
    """
    if not is_term(period) or any(count.year_end for count in period.ends):
        return ends
    last = add_days(ends.moved, -1)
    return Ends(ends.raw, last, ends.unconfirmed)


def _proof(rights: RightDays, period: Period, rows: Ints, as_of: np.datetime64) -> Dates:
    """Return the first day of what shows an act done without a word of when it was."""
    proof: Dates = np.full(len(rows), NO_DAY)
    for role in period.proved_by:
        proof = np.fmin(proof, rights.days[role][rows])
    if period.by_office and period.done:
        proof = np.fmin(proof, rights.days[period.done][rows])  # late or not, it is done
    if period.shown_by_status:
        shown = _shown_by_status(rights, period.shown_by_status)[rows]
        proof = np.where(shown, np.fmin(proof, as_of), proof)
    return proof


def _stated(period: Period, rights: RightDays, rows: Ints) -> Bools:
    """Whether a day that passed means that the act was not done.

    It does where a sheet of rights records such an act, and its cell is there and says nothing; of
    an option and of a term it does too: they are over. All else is unproven.
    """
    if period.option or is_term(period):
        return np.ones(len(rows), bool)
    if not period.recorded or period.done is None:
        return np.zeros(len(rows), bool)
    if period.done == FIRST:
        return np.ones(len(rows), bool)
    return rights.stated(period.done)[rows]


def _shown_by_status(rights: RightDays, words: Sequence[str]) -> Bools:
    """Whether the legal status of each right has one of some words, and does not deny it."""
    shown = {
        status: any(w in status.casefold() for w in words) and not _DENIED.search(status)
        for status in set(rights.ip.status.tolist())
    }
    return np.array([shown[status] for status in rights.ip.status], bool)


def _trigger(period: Period) -> tuple[str, str | None]:
    """Return the role that a period runs from, and the column in which that stands."""
    role = period.ends[0].role
    return role, FILING if role == FIRST else role


def _amounts(period: Period, rights: RightDays, rows: Ints) -> np.ndarray:
    amounts = np.full(len(rows), np.nan)
    kinds = rights.ip.kind[rows]
    for kind, amount in period.amount.items():
        amounts[kinds == kind] = amount
    return amounts


def _waiting(whole: Block, period: Period, rights: RightDays, rows: Bools) -> Iterator[Block]:
    """Yield the rows without a day, by what they wait for."""
    role = period.ends[0].role
    if period.option or not (period.pending or role in _AWAITED):
        return
    ended = rights.ip.flags["in_force"][whole.right] == 0
    rows = rows & ~ended
    unserved = rights.unserved.get(role, np.zeros(len(rights), bool))[whole.right]
    words: Words = period.pending or NEEDS.of(role=ROLE_TITLES[_missing(role)])
    for mask, waits in ((rows & ~unserved, words), (rows & unserved, NEEDS_SERVICE)):
        if mask.any():
            yield part_of(whole, mask, waits)


def _missing(role: str) -> str:
    return FILING if role == FIRST else role


def part_of(block: Block, rows: Bools, waits: Words = NOTHING) -> Block:
    """Return some rows of a block."""
    return Block(
        block.rule,
        block.right[rows],
        block.role,
        block.cell,
        block.trigger[rows],
        block.ends.take(rows),
        block.state[rows],
        block.done[rows],
        block.grace.take(rows),
        block.restorable.take(rows),
        waits,
        None if block.part is None else block.part[rows],
        None if block.surcharge is None else block.surcharge[rows],
        None if block.amount is None else block.amount[rows],
        block.note,
        None if block.at is None else block.at[rows],
        block.of_notices,
    )
