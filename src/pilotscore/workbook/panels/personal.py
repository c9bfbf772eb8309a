"""Reads back the workbook of one expert: whose it is, of which round, and if it is as issued."""

from __future__ import annotations

from pathlib import Path

from pilotscore.findings import Place
from pilotscore.records import dataclass
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Book, Sheet, open_book
from pilotscore.workbook.panels.columns import header_in
from pilotscore.workbook.panels.marks import MARK, MARK_SHEET, locked_hash
from pilotscore.workbook.values.texts import text_at


@dataclass(frozen=True, slots=True)
class Personal:
    """A workbook that an expert sent back.

    Parameters
    ----------
    file, sha256
        The file.
    expert, round, criteria
        As issued.
    criteria_place
        The cell that says for which criteria set it was issued.
    unchanged
        Whether header, ids, titles and stages are as issued.
    """

    file: str
    sha256: str
    expert: str
    round: str
    criteria: str
    criteria_place: Place
    unchanged: bool


def read_personal(path: Path) -> Personal | None:
    """Return what a workbook says of itself; None where it is no personal sheet of a panel.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = open_book(path, Limits())
    marks = next((s for s in book.sheets if s.name == MARK_SHEET), None)
    pairs = (
        {str(r[0]).strip(): str(r[1]).strip() for r in marks.rows if len(r) > 1} if marks else {}
    )
    if MARK not in pairs:
        return None
    return Personal(
        book.name,
        book.sha256,
        pairs.get("expert", ""),
        pairs.get("round", ""),
        pairs.get("criteria", ""),
        _place(book, "criteria"),
        _locked(book) == pairs.get("locked"),
    )


def _place(book: Book, key: str) -> Place:
    """Return where a mark stands; the sheet of marks where there is none of the name."""
    marks = next(s for s in book.sheets if s.name == MARK_SHEET)
    row = next((n for n, r in enumerate(marks.rows) if r and str(r[0]).strip() == key), None)
    return Place(book.name, MARK_SHEET, row, None if row is None else 1)


def _locked(book: Book) -> str | None:
    """Return the hash of what was locked, as it stands now."""
    sheet = next((s for s in book.sheets if s.visible and header_in(s.rows) is not None), None)
    if sheet is None:
        return None
    header = header_in(sheet.rows)
    assert header is not None
    first = header[0]
    rows = [tuple(text_at(sheet, first, c) for c in range(_width(sheet, first)))]
    columns = (0, 1, *([header[1]["stage"]] if "stage" in header[1] else []))
    rows += [tuple(text_at(sheet, r, c) for c in columns) for r in range(first + 1, _end(sheet))]
    return locked_hash(rows)


def _width(sheet: Sheet, row: int) -> int:
    cells = sheet.rows[row]
    return max((c + 1 for c, cell in enumerate(cells) if str(cell).strip()), default=0)


def _end(sheet: Sheet) -> int:
    named = [r + 1 for r, row in enumerate(sheet.rows) if row and str(row[0]).strip()]
    return max(named, default=0)
