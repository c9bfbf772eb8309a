"""When income came in and rewards were paid: by the distribution, else by the steps."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.rights.ownership.hits import Cells, Work
from pilotscore.rights.ownership.rows import NO_DAY
from pilotscore.workbook.rights.records import Dates


def received_day(work: Work) -> Dates:
    """Return the last day on which income came in; of several receipts what is due counts anew."""
    by_rows = _last_day(work, "income")
    return np.where(np.isnat(by_rows), work.facts.steps["received"].end, by_rows)


def rewarded_day(work: Work) -> Dates:
    """Return the last day on which a reward was paid; none where more income came in after it."""
    by_rows = _last_day(work, "reward")
    paid = np.where(np.isnat(by_rows), work.facts.steps["distributed"].start, by_rows)
    received = received_day(work)
    return np.where(paid < received, NO_DAY, paid)


def _last_day(work: Work, item: str) -> Dates:
    """Return the last day of the rows of an item that state what was, not what was agreed."""
    rows, last = work.read.distributions, np.full(len(work.facts), NO_DAY)
    if rows is None:
        return last
    within = np.flatnonzero((rows.item == item) & (rows.agreed != 1) & ~np.isnat(rows.date))
    order = within[np.argsort(rows.date[within], kind="stable")]
    last[work.facts.results.distributions[order]] = rows.date[order]
    return last


def cells_of(work: Work, step: str, item: str) -> tuple[Cells, Cells]:
    """Return where the day of each result stands: in the row of a step, else in that of an item."""
    by_step, by_item = work.of_step(step), work.of_item(item, "date")
    return by_step, by_item._replace(row=_where_not(by_step.row, by_item.row))


def _where_not(rows: Ints, others: Ints) -> Ints:
    return np.where(rows >= 0, -1, others)
