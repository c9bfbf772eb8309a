"""Annual fees: which patent year is paid, which is due next, and the window with its surcharge.

A patent year is one from filing date to filing date. The fee of the year in which the patent was
granted is paid with its registration; that of each later year before the year before it ends. What
is not paid then can be paid in a window of six months with a surcharge; otherwise the right ends as
of the day on which the fee was due, not as of the end of the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria.legal.periods import AnnualFee, LoadedPeriods
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.counting import add_months, add_years, moved, no_ends
from pilotscore.rights.due import NO_DAY, DueState
from pilotscore.rights.ip.periods import concerned
from pilotscore.rights.ip.roles import FILING, RightDays
from pilotscore.rights.ip.rows import Block, due_rule, is_term, state_of
from pilotscore.workbook.rights.records import Dates

_UNKNOWN = 0


def patent_year(filed: Dates, day: Dates) -> Ints:
    """Return the patent year in which each day lies, from 1; 0 where a day is not known."""
    known = ~(np.isnat(filed) | np.isnat(day))
    years = np.zeros(len(filed), np.int64)
    begin, end = filed[known].astype("M8[Y]"), day[known].astype("M8[Y]")
    passed = (end - begin).astype(np.int64)
    # The anniversary of 29 February is 28 February where there is no such day.
    passed -= add_years(filed[known], passed) > day[known]
    years[known] = passed + 1
    return years


def paid_year(filed: Dates, paid_to: Dates, fee_year: Floats) -> Ints:
    """Return the last patent year whose fee is paid; 0 where nothing is stated.

    A year is paid where the stated day is its last, or the filing anniversary after it.
    """
    stated = ~np.isnan(fee_year)
    by_day = np.maximum(patent_year(filed, paid_to + np.timedelta64(1, "D")) - 1, _UNKNOWN)
    return np.where(stated, np.where(stated, fee_year, 0).astype(np.int64), by_day)


def fee_due(filed: Dates, year: Ints) -> Dates:
    """Return the day before whose end the fee of a patent year is to be paid, as counted."""
    return add_years(filed, year - 1)


def fee_blocks(
    rights: RightDays, periods: LoadedPeriods, calendar: WorkingDays, as_of: np.datetime64
) -> Iterator[Block]:
    """Yield the fee due next of each patent; where no payment is stated, the last one too."""
    rule = periods.file.annual_fee
    rows = np.flatnonzero(_patents(rights, rule))
    granted = rights.days["granted"][rows]
    in_force = rights.ip.flags["in_force"][rows]
    paid = paid_year(
        rights.days[FILING][rows], rights.days["fees_paid_to"][rows], rights.ip.fee_year[rows]
    )
    pending = np.isnat(granted) & (in_force != 0)
    if pending.any():
        yield _pending(periods, rows[pending])
    first = patent_year(rights.days[FILING][rows], granted)
    following = np.maximum(paid, first) + 1
    # A right that is over, as its status says, owes no fee that is still to come.
    over = (in_force == 0) & (fee_due(rights.days[FILING][rows], following) > as_of)
    stated = (paid > 0) & (first > 0)
    yield from _fees(rights, periods, rows, following, stated & ~over, calendar, as_of)
    # Nothing is stated: the year that runs, if the grant is older, and the one after it.
    running = patent_year(rights.days[FILING][rows], np.full(len(rows), as_of))
    unknown = ~stated & (first > 0) & (in_force != 0)
    yield from _fees(rights, periods, rows, running, unknown & (running > first), calendar, as_of)
    after = np.maximum(running, first) + 1
    yield from _fees(rights, periods, rows, after, unknown, calendar, as_of)


def surcharges(raw: Dates, rule: AnnualFee, as_of: np.datetime64) -> Floats:
    """Return the surcharge in per cent that each fee bears on a day, inside its window."""
    percent = np.full(len(raw), float(rule.surcharge[-1]))
    for month in reversed(range(len(rule.surcharge))):
        percent[as_of <= add_months(raw, month + 1)] = rule.surcharge[month]
    return percent


def _patents(rights: RightDays, rule: AnnualFee) -> Bools:
    of_kind = np.isin(rights.ip.kind.astype("U16"), rule.kinds)
    entered: Bools = (rights.ip.kind != "pct") | ~np.isnat(rights.days["national_entry"])
    return of_kind & entered


def _fees(
    rights: RightDays,
    periods: LoadedPeriods,
    rows: Ints,
    year: Ints,
    wanted: Bools,
    calendar: WorkingDays,
    as_of: np.datetime64,
) -> Iterator[Block]:
    """Yield the fees of these years of the rights that are wanted, up to the end of their term."""
    rule = periods.file.annual_fee
    wanted = wanted & (year <= _years_of_term(rights, periods)[rows])
    if not wanted.any():
        return
    rows, year = rows[wanted], year[wanted]
    raw = fee_due(rights.days[FILING][rows], year)
    ends = moved(raw, calendar)
    window = moved(add_months(raw, rule.window_months), calendar)
    paid = paid_year(
        rights.days[FILING][rows], rights.days["fees_paid_to"][rows], rights.ip.fee_year[rows]
    )
    blank = np.full(len(rows), NO_DAY)
    state = state_of(ends, window.moved, blank, blank, paid > 0, as_of)
    # Without a word on payment a day that passed proves nothing, inside the window either.
    unproven = (paid == 0) & (state == DueState.IN_GRACE)
    state[unproven] = DueState.UNPROVEN
    inside = (as_of > ends.moved) & (as_of <= window.moved)
    percent = np.where(inside, surcharges(raw, rule, as_of), np.nan)
    yield Block(
        due_rule(rule, periods),
        rows,
        "fee_due",
        "fees_paid_to",
        raw,
        ends,
        state,
        blank,
        window,
        no_ends(len(rows)),
        part=year,
        surcharge=percent,
    )


def _years_of_term(rights: RightDays, periods: LoadedPeriods) -> Ints:
    """Return how many patent years each right can have: those of its term."""
    years = np.zeros(len(rights), np.int64)
    for period in periods.file.periods:
        if is_term(period):
            years[concerned(rights, period)] = period.ends[0].years
    return years


def _pending(periods: LoadedPeriods, rows: Ints) -> Block:
    blank, nothing = np.full(len(rows), NO_DAY), no_ends(len(rows))
    rule = periods.file.annual_fee
    assert rule.pending is not None
    block = Block(
        due_rule(rule, periods),
        rows,
        "granted",
        "granted",
        blank,
        nothing,
        np.full(len(rows), DueState.PENDING, np.int8),
        blank,
        nothing,
        nothing,
    )
    return replace(block, waits=rule.pending)
