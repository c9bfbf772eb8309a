"""What calamine does not tell of an .ods file, from content.xml (OpenDocument 1.3, part 3, 9)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.notes import NotesTaken, SheetNotes
from pilotscore.workbook.open.number_format import PERCENT

_TAG = re.compile(
    r"<(/?)table:(table|table-row|table-column|table-cell|covered-table-cell|database-range)"
    r"(?=[\s/>])([^>]*)>(?:<text:p[^>]*>([^<]*))?"
)
_ATTRIBUTE = re.compile(r"\s([\w:-]+)=\"([^\"]*)\"")
_MOST_HELD = 64 << 20


def inspect_ods(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetNotes]:
    """Check the bounds of an .ods file and return the notes of its sheets by name.

    Raises
    ------
    BoundExceededError
        Inflated bytes, parts, sheets, or the area of a sheet are beyond the bounds.
    zipfile.BadZipFile, OSError, KeyError, ValueError
        The file is no such zip.
    """
    parts = archive.namelist()
    limits.check("parts", len(parts))
    budget = Budget(limits)
    seen = _Seen(limits)
    for part in dict.fromkeys(parts):
        pieces = budget.pieces(archive, part)
        if part == "content.xml":
            for text in _whole_tags(pieces):
                seen.take(text)
        else:
            for _ in pieces:
                pass
    return {name: sheet.notes() for name, sheet in seen.sheets.items()}


def _whole_tags(pieces: Iterator[bytes]) -> Iterator[str]:
    held = b""
    for piece in pieces:
        held += piece
        cut = held.rfind(b"</table:table-row>")
        if cut > 0:
            yield held[:cut].decode("utf-8", "replace")
            held = held[cut:]
        elif len(held) > _MOST_HELD:
            raise BoundExceededError("cells", ">1000000", 1_000_000)
    yield held.decode("utf-8", "replace")


@dataclass(slots=True)
class _SheetSeen(NotesTaken):
    last_row: int = -1
    last_column: int = -1


@dataclass(slots=True)
class _Seen:
    """Where in the document the tags are, and what was seen of each sheet."""

    limits: Limits
    sheets: dict[str, _SheetSeen] = field(default_factory=dict)
    sheet: _SheetSeen = field(default_factory=_SheetSeen)
    row: int = 0
    next_row: int = 0
    column: int = 0
    column_tag: int = 0

    def take(self, text: str) -> None:
        """Go through the tags of some rows."""
        for closing, name, attributes, shown in _TAG.findall(text):
            if closing:
                continue
            attribute_of = dict(_ATTRIBUTE.findall(attributes))
            if name == "table":
                self._begin_sheet(unescape(attribute_of.get("table:name", "")))
            elif name == "table-column":
                count = _count(attribute_of, "table:number-columns-repeated")
                if attribute_of.get("table:visibility", "visible") != "visible":
                    last = min(self.column_tag + count, 16384)
                    self.sheet.hidden_columns.update(range(self.column_tag, last))
                self.column_tag += count
            elif name == "table-row":
                self._begin_row(attribute_of)
            elif name == "database-range":
                self.sheet.filtered |= attribute_of.get("table:display-filter-buttons") == "true"
            else:
                self._cell(attribute_of, shown)

    def _begin_sheet(self, name: str) -> None:
        self.sheet = self.sheets.setdefault(name, _SheetSeen())
        self.row = self.next_row = self.column_tag = 0
        self.limits.check("sheets", len(self.sheets))

    def _begin_row(self, attribute_of: dict[str, str]) -> None:
        count = _count(attribute_of, "table:number-rows-repeated")
        self.row, self.column = self.next_row, 0
        self.next_row += count
        visibility = attribute_of.get("table:visibility", "visible")
        if visibility != "visible" and count < 1_000_000:
            self.sheet.hidden_rows.update(range(self.row, self.next_row))
            self.sheet.filtered |= visibility == "filter"

    def _cell(self, attribute_of: dict[str, str], shown: str) -> None:
        count = _count(attribute_of, "table:number-columns-repeated")
        type_ = attribute_of.get("calcext:value-type") or attribute_of.get("office:value-type")
        if type_:
            sheet = self.sheet
            sheet.last_row = max(sheet.last_row, self.next_row - 1)
            sheet.last_column = max(sheet.last_column, self.column + count - 1)
            self.limits.check("cells", (sheet.last_row + 1) * (sheet.last_column + 1))
            if type_ in ("error", "percentage"):
                for row in range(self.row, self.next_row):
                    for column in range(self.column, self.column + count):
                        if type_ == "error":
                            sheet.error_cells[row, column] = unescape(shown) or "#ERR"
                        else:
                            sheet.add_format(row, column, PERCENT)
        self.column += count


def _count(attribute_of: dict[str, str], name: str) -> int:
    text = attribute_of.get(name, "1")
    return max(1, min(int(text), 1 << 21)) if text.isdecimal() else 1
