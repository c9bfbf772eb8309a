"""CSV and plain data, as views of funding still write them."""

from __future__ import annotations

import csv
import io
from typing import Any

from pilotscore.findings import Finding
from pilotscore.language import Lang
from pilotscore.render.csv import csv_cell
from pilotscore.render.json import plain
from pilotscore.views.findings import record
from pilotscore.views.tables import Table

__all__ = ["csv_cell", "finding_record", "table_csv"]


def table_csv(table: Table, lang: Lang) -> str:
    """Return a table as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([csv_cell(c.heading.to(lang)) for c in table.columns])
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def finding_record(finding: Finding, lang: Lang) -> dict[str, Any]:
    """Return a finding as plain data."""
    return dict(plain(record(finding), lang))
