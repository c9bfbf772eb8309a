"""What outputs of periods share: notes on days that are not sure, sheets of no more than enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.document import Sheet, Table
from pilotscore.language import LISTED, SEMICOLON, Text, Words, join
from pilotscore.rights.calendar import DAYS_OF_NEXT_NOTICE, WorkingDays
from pilotscore.rights.due import DueColumns, DueState
from pilotscore.views.due_table import PRINTED

# A sheet of a workbook holds so many rows, those that come first; a CSV has them all.
MOST_ROWS = 100_000
# What a sheet can hold, less some for what stands above a table.
MOST_OF_A_SHEET = 1_048_000
_NOT_ALL = Text(
    "共 {n} 行，本表列最前的 {most} 行；全部见 .csv 或 .json",
    "{n} rows in all: this sheet has the first {most}; a .csv or .json has them all",
)
# What is at hand can be said; what the State Council has published meanwhile cannot.
_NO_YEARS = Text(
    "没有收录 {years} 年的放假安排：这些年份的期限只避开了周末，节假日可能使其顺延",
    "No holidays of {years} are at hand: days in them passed over weekends alone, and a holiday "
    "may move them",
)
_LAST_DAYS = Text(
    "{year} 年 12 月 {first}–31 日还可能随 {after} 年的放假安排变动，该安排没有收录",
    "{first}–31 December {year} may still be moved by the notice for {after}, which is not at hand",
)
_HOLIDAYS = Text(
    "* {said}（公布后用 pilotscore ip calendar 补入）",
    "* {said} (pilotscore ip calendar takes a year once it is published)",
)
_TO_VERIFY = Text(
    "其中有待核对的规则（见依据与规则状态）",
    "Some of the rules are to be verified (see their status)",
)


def limited(whole: Table, most: int | None = None) -> tuple[Words | Table, ...]:
    """Return a table, or its first rows and how many it has; `MOST_ROWS` where not said."""
    most = MOST_ROWS if most is None else most
    if len(whole.rows) <= most:
        return (whole,)
    said = _NOT_ALL.of(n=f"{len(whole.rows):,}", most=f"{most:,}")
    return said, Table(whole.columns, whole.rows[:most])


def due_sheet(name: Words, whole: Table, *before: Words) -> Sheet:
    """Return a sheet of what is due, of which as many columns are printed as fit."""
    blocks = (*before, *limited(whole))
    return Sheet(name, blocks, freeze=3, print_columns=PRINTED)


def holidays_note(due: DueColumns, calendar: WorkingDays) -> Words | None:
    """Say which holidays are not at hand that may move a day; None where none may."""
    lasting = due.state != DueState.DONE  # of what is done no window is shown
    days = (
        *(day[due.unconfirmed] for day in (due.raw, due.due)),
        due.grace[due.grace_unconfirmed & lasting],
        due.restorable[due.restorable_unconfirmed & lasting],
    )
    years, ending = calendar.open_years(np.concatenate(days))
    said: list[Words] = [_NO_YEARS.of(years=_spans(years))] if years else []
    first = 32 - DAYS_OF_NEXT_NOTICE  # of December
    said += [_LAST_DAYS.of(first=first, year=y, after=y + 1) for y in ending]
    return _HOLIDAYS.of(said=join(said, SEMICOLON)) if said else None


def _spans(years: Sequence[int]) -> Words:
    """Return years as spans without a gap: 2027–2028, 2031."""
    starts = [y for y in years if y - 1 not in years]
    ends = [y for y in years if y + 1 not in years]
    spans = zip(starts, ends, strict=True)
    return join([str(a) if a == b else f"{a}–{b}" for a, b in spans], LISTED)


def verify_note(due: DueColumns) -> Words | None:
    """Say that some rules are to be verified; None where none is."""
    used = {due.rules[place].status for place in np.unique(due.rule)}
    return _TO_VERIFY if used - {"in force"} else None
