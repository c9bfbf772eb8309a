"""A workbook whose bytes depend on what is written and the date of assessment alone."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from types import FunctionType

import xlsxwriter.workbook
from xlsxwriter.workbook import Workbook

from pilotscore.document import Document
from pilotscore.language import Lang
from pilotscore.render.xlsx_texts import GrowingTexts, TextsPackager
from pilotscore.workbook.open.xlsx import REPORT_MARK

_AS_TEXT = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors")
_PACKED = 1  # of 9, as Excel packs: in a third of the time of 6, for files a third larger


class ReportBook(Workbook):  # type: ignore[misc]
    """A workbook of XlsxWriter that takes tables of many thousand rows.

    Parameters
    ----------
    path
        Of the file. What is written aside lies in the same folder, where whoever writes a file
        whole or not at all clears up.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), dict.fromkeys(_AS_TEXT, False) | {"tmpdir": str(path.parent)})
        self.str_table = GrowingTexts()

    def _get_packager(self) -> TextsPackager:
        return TextsPackager()

    # XlsxWriter has no option for how hard to pack: its own method, with a ZipFile that knows.
    _store_workbook = FunctionType(
        Workbook._store_workbook.__code__,
        vars(xlsxwriter.workbook)
        | {"ZipFile": partial(xlsxwriter.workbook.ZipFile, compresslevel=_PACKED)},
    )


def new_book(document: Document, path: Path, lang: Lang) -> ReportBook:
    """Open a workbook for a document."""
    book = ReportBook(path)
    day = datetime.date.fromisoformat(document.as_of)
    book.set_properties(
        {
            "title": f"pilotscore: {document.title.to(lang)}",
            "category": REPORT_MARK,
            "comments": f"pilotscore {document.version}",
            "created": datetime.datetime(day.year, day.month, day.day),
        }
    )
    return book
