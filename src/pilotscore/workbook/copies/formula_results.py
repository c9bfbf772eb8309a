"""Gives the formulas of a copy the results that are stored in the workbook.

openpyxl writes formulas without them, and until Excel has opened the copy their cells could not be
read.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from openpyxl import Workbook

# A cell of a formula as openpyxl writes it, without its result.
_FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]+\d+)"([^>]*)>(<f(?:[^>]*/>|[^>]*>[^<]*</f>))<v\s*(?:/>|></v>)</c>'
)
_FORMULAS = re.compile(rb"<f[ />]")
_DATES = datetime.datetime | datetime.date | datetime.time | datetime.timedelta


def has_formulas(content: bytes) -> bool:
    """Say whether a workbook that openpyxl wrote has formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = (n for n in archive.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", n))
        return any(_FORMULAS.search(archive.read(n)) for n in sheets)


def with_results(book: Workbook, content: bytes, written: bytes) -> bytes:
    """Return a copy of a book, with the results of the workbook it was loaded from."""
    if not has_formulas(written):
        return written
    import openpyxl

    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    results = {
        f"xl/worksheets/sheet{number}.xml": stored[sheet.title]
        for number, sheet in enumerate(book.worksheets, start=1)  # as openpyxl numbers them
    }
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            if name in results:
                sheet = results[name]
                part = _FORMULA_CELL.sub(partial(_cell_with_result, sheet), part)
            after.writestr(name, part)
    return stream.getvalue()


def _cell_with_result(sheet: Any, match: re.Match[bytes]) -> bytes:
    cell = sheet[match.group(1).decode()]
    value = cell.value
    if value is None:
        return match.group(0)
    kind, text = "", ""
    if isinstance(value, bool):
        kind, text = "b", str(int(value))
    elif isinstance(value, int | float):
        text = repr(value)
    elif isinstance(value, _DATES):
        from openpyxl.utils.datetime import to_excel

        text = repr(to_excel(value, sheet.parent.epoch))  # type: ignore[no-untyped-call]
    else:
        kind, text = ("e" if cell.data_type == "e" else "str"), escape(str(value))
    typed = f' t="{kind}"'.encode() if kind else b""
    head = b'<c r="' + match.group(1) + b'"' + match.group(2) + typed + b">"
    return head + match.group(3) + b"<v>" + text.encode() + b"</v></c>"
