"""Writes the workbooks of offices: .xlsx by XlsxWriter, .xls by xlwt, .ods, and .csv."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from tests.workbook.making import ods
from tests.workbook.offices.typed import OfficeBook, Page, Written


def write(book: OfficeBook, folder: Path) -> Path:
    """Write a workbook into a folder."""
    path = folder / book.file
    {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv}[book.ending](book, path)
    return path


def _xlsx(book: OfficeBook, path: Path) -> None:
    written = xlsxwriter.Workbook(path, {"in_memory": True})
    formats: dict[str, Any] = {}
    for page in book.pages:
        sheet = written.add_worksheet(page.name)
        if not page.visible:
            sheet.hide()
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for row in page.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for area in page.merged:
            sheet.merge_range(*area, "")
        for (row, column), cell in page.cells.items():
            form = None
            if cell.format:
                form = formats.setdefault(
                    cell.format, written.add_format({"num_format": cell.format})
                )
            _put(sheet, row, column, cell, form)
    written.close()


def _put(sheet: Any, row: int, column: int, cell: Written, form: Any) -> None:
    value = cell.value
    if isinstance(value, datetime.date):
        sheet.write_datetime(
            row, column, datetime.datetime(value.year, value.month, value.day), form
        )
    elif isinstance(value, str):
        sheet.write_string(row, column, value, form)
    else:
        sheet.write_number(row, column, value, form)


def _xls(book: OfficeBook, path: Path) -> None:
    written = xlwt.Workbook(encoding="utf-8")
    for page in book.pages:
        sheet = written.add_sheet(page.name, cell_overwrite_ok=True)
        for top, left, bottom, right in page.merged:
            sheet.merge(top, bottom, left, right)
        for (row, column), cell in page.cells.items():
            if cell.format:
                sheet.write(row, column, cell.value, xlwt.easyxf(num_format_str=cell.format))
            else:
                sheet.write(row, column, cell.value)
    written.save(str(path))


def _rows(page: Page, shown: Any) -> list[list[Any]]:
    width = 1 + max(c for _, c in page.cells)
    rows = [[""] * width for _ in range(page.next_row)]
    for (row, column), cell in page.cells.items():
        rows[row][column] = shown(cell)
    return rows


def _ods(book: OfficeBook, path: Path) -> None:
    (page,) = book.pages

    def shown(cell: Written) -> Any:
        if isinstance(cell.value, datetime.date):
            return cell.value.isoformat()
        percent = cell.format is not None and cell.format.endswith("%")
        return ("%", cell.value) if percent else cell.value

    ods(path, _rows(page, shown))


def seen(cell: Written) -> str:
    """Return a cell as a spreadsheet writes it to a text file: as it is seen."""
    value, form = cell.value, cell.format or ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if form.endswith("%"):
        return f"{value:.{form.count('0') - 1}%}"
    return f"{value:,.2f}" if form.startswith("#,##0.00") else f"{value}"


def _csv(book: OfficeBook, path: Path) -> None:
    (page,) = book.pages
    text = io.StringIO()
    csv.writer(text).writerows(_rows(page, seen))
    path.write_bytes(text.getvalue().encode("gb18030" if book.name.endswith("5") else "utf-8-sig"))
