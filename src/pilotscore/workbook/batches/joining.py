"""Puts the batch data of several sheets together: one order, one unit, each thing named once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.workbook.batches.batches import BatchData
from pilotscore.workbook.batches.context import Joining, KnownResults
from pilotscore.workbook.batches.numbering import number_batches
from pilotscore.workbook.batches.owners import named_characteristics, own_ids, whose
from pilotscore.workbook.batches.readings import collect_readings
from pilotscore.workbook.batches.records import picked
from pilotscore.workbook.batches.sheet import BatchSheet
from pilotscore.workbook.batches.values import check_limits, check_scale, collect_values


def join_batches(
    sheets: Sequence[BatchSheet], results: KnownResults, criteria: CriteriaSet
) -> BatchData:
    """Join what was read of the sheets of batch data.

    Parameters
    ----------
    sheets
        What was read, in any order.
    results
        The results of the tables of results; without any, the ids are those of the batch data.
    criteria
        What its characteristics are, and what becomes of discarded batches.
    """
    sheets = sorted(sheets, key=lambda s: (s.book, s.sheet))
    ids = results.ids or own_ids(sheets)
    characteristics, characteristics_of = named_characteristics(sheets, criteria.measuring)
    j = Joining(sheets, results, criteria.measuring, ids, characteristics, characteristics_of)
    owners = [whose(j, s) for s in j.sheets]
    _tell_broken(j, owners)
    batch_rows, batches = number_batches(j, owners)
    values, units = collect_values(j, owners, batch_rows)
    readings, reading_units = collect_readings(j, owners)
    values = picked(values, np.lexsort((values.batch, values.characteristic, values.result)))
    check_limits(j, values)
    check_scale(j, values)
    return BatchData(
        ids=ids,
        characteristics=characteristics,
        units=units | reading_units,
        batches=batches,
        values=values,
        readings=readings,
        sheets=tuple((s.book, s.sheet) for s in j.sheets),
        blocks=tuple(j.blocks),
        findings=tuple(j.findings),
    )


def _tell_broken(j: Joining, owners: Sequence[Ints]) -> None:
    """Tell the cells beside the values that have none; a result with one is not assessed."""
    for sheet, whose_rows in zip(j.sheets, owners, strict=True):
        of_row = dict(zip(sheet.rows.rows.tolist(), whose_rows.tolist(), strict=True))
        for (row, column), (kind, values) in sheet.broken.items():
            j.tell(kind, sheet.place(row, column), of_row.get(row, -1), **values)
