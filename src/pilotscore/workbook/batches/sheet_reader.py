"""Reads a sheet of batch data or a time series into columns of numbers, each with its cell."""

from __future__ import annotations

from pilotscore.findings import Finding
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.header import BatchHeader, specimens_are_batches
from pilotscore.workbook.batches.sheet import BatchSheet
from pilotscore.workbook.batches.sheet_rows import broken_cells, columns_read, read_rows
from pilotscore.workbook.batches.sheet_values import ValueReader
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.values.merged_cells import spread_merged

_MOST_NAMED = 8
# What several batches share in a merged cell is no time of each: they would count it twice.
_OF_EACH = ("begin", "end", "hours", "time")


def read_batch_sheet(
    sheet: Sheet, header: BatchHeader, *, tell: bool = True
) -> tuple[BatchSheet, list[Finding]]:
    """Read a sheet of batch data or a time series.

    Parameters
    ----------
    sheet
        The sheet.
    header
        Where everything stands on it.
    tell
        Whether it was decided here what the sheet is, which is then told.
    """
    times = {header.columns.get(key) for key in _OF_EACH}
    spread = sorted(c for c in columns_read(header) - times if c is not None)
    sheet, merged = spread_merged(sheet, header.row, spread)
    findings = SheetFindings(sheet, list(merged.values()))
    rows, body = read_rows(sheet, header, findings)
    reader = ValueReader(body)
    values, characteristics, units = reader.read()
    read = BatchSheet(
        book=sheet.book,
        sheet=sheet.name,
        layout=header.layout,
        has_ids=header.id is not None,
        columns={**header.columns, **({"id": header.id} if header.id is not None else {})},
        rows=rows,
        values=values,
        names=characteristics,
        units=units,
        texts=reader.texts,
        limit_texts=reader.limit_texts,
        broken=broken_cells(body),
        header_row=header.row,
        header_texts=header.texts,
        limit_columns=tuple(c for m in header.measurands for c in m.limits.values()),
        unread=header.unread,
    )
    if tell:
        _tell(read, header, findings)
    return read, findings.entries


def _tell(read: BatchSheet, header: BatchHeader, findings: SheetFindings) -> None:
    """Tell what the sheet was read as, and which columns were not read."""
    more = " ..." if len(read.names) > _MOST_NAMED else ""
    findings.add(
        kinds.READ_AS_SERIES if header.layout == "series" else kinds.READ_AS_BATCHES,
        header.row,
        row=header.row + 1,
        batches=len(set(zip(read.rows.results, read.rows.batches, strict=True))),
        values=len(read.values.value),
        names=", ".join(read.names[:_MOST_NAMED]) + more or "-",
    )
    if specimens_are_batches(header):
        column = header.columns["batch"]
        findings.add(kinds.SPECIMENS, header.row, column, header=header.texts[column])
    names = {m.column: m.name for m in header.measurands}
    for column, owner in header.nameless_limits.items():
        kind = kinds.LIMIT_OF_NOTHING if owner is None else kinds.LIMIT_COLUMN
        name = {} if owner is None else {"name": names.get(owner, header.texts[owner])}
        findings.add(kind, header.row, column, header=header.texts[column], **name)
    for column in header.summed:
        findings.add(kinds.SUMMED_COLUMN, header.row, column, header=header.texts[column])
    for column in header.headless:
        findings.add(kinds.HEADLESS_COLUMN, header.row, column)
    for column in header.unread:
        findings.add(kinds.COLUMN_NOT_READ, header.row, column, header=header.texts[column])
