"""What outputs of periods share: notes on days that are not sure, sheets of no more than enough."""

from __future__ import annotations

import numpy as np

from pilotscore.document import Sheet, Table
from pilotscore.language import Text, Words
from pilotscore.rights.due import DueColumns
from pilotscore.views.due_table import PRINTED

# A sheet of a workbook holds so many rows, those that come first; a CSV has them all.
MOST_ROWS = 100_000
# What a sheet can hold, less some for what stands above a table.
MOST_OF_A_SHEET = 1_048_000
_NOT_ALL = Text(
    "共 {n} 行，本表列最前的 {most} 行；全部见 .csv 或 .json",
    "{n} rows in all: this sheet has the first {most}; a .csv or .json has them all",
)
_HOLIDAYS = Text(
    "* {years} 年的放假安排尚未公布：这些年份的期限只避开了周末，节假日可能使其顺延"
    "（公布后用 pilotscore ip calendar 补入）",
    "* The holidays of {years} are not published: days in them passed over weekends alone, and a "
    "holiday may move them (pilotscore ip calendar takes a year when it is published)",
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
    return Sheet(name, blocks, freeze=3, tall=4, paper="A3", print_columns=PRINTED)


def holidays_note(due: DueColumns) -> Words | None:
    """Say which years have no published holidays; None where no day lies in such a one."""
    days = due.due[due.unconfirmed]
    years = np.unique(days[~np.isnat(days)].astype("datetime64[Y]").astype(int) + 1970)
    if not len(years):
        return None
    first, last = int(years[0]), int(years[-1])
    return _HOLIDAYS.of(years=str(first) if first == last else f"{first}–{last}")


def verify_note(due: DueColumns) -> Words | None:
    """Say that some rules are to be verified; None where none is."""
    used = {due.rules[place].status for place in np.unique(due.rule)}
    return _TO_VERIFY if used - {"in force"} else None
