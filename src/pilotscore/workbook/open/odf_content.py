"""The sheets of an OpenDocument file: one pass over content.xml (part 3, 9) by expat.

The pass gives values and all that is known beside them at once. It is quick where nothing stands:
a cell or row that is repeated a million times without a value costs one element.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pilotscore.patterns import regex
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import Area, NotesTaken
from pilotscore.workbook.open.number_format import PERCENT, NumberFormat, number_format
from pilotscore.workbook.open.odf_styles import Styles
from pilotscore.workbook.open.odf_values import (
    FORMULA,
    OFFICE,
    TABLE,
    TYPE,
    UNCALCULATED,
    UNSAVED,
    NoValue,
    clock_time,
    value_of,
)
from pilotscore.workbook.open.odf_xml import Elements, parse
from pilotscore.workbook.open.sheet_contents import (
    SheetContents,
    blank_covered,
    even_rows,
)

_TEXT = "text:"
_P, _ANNOTATION = _TEXT + "p", OFFICE + "annotation"
_ROW, _GROUP = TABLE + "table-row", TABLE + "table-row-group"
_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_NAME, _STYLE = TABLE + "name", TABLE + "style-name"
_DEFAULT_STYLE, _VISIBILITY = TABLE + "default-cell-style-name", TABLE + "visibility"
_COLUMNS, _ROWS = TABLE + "number-columns-repeated", TABLE + "number-rows-repeated"
_WIDE, _HIGH = TABLE + "number-columns-spanned", TABLE + "number-rows-spanned"
_FILTER, _TARGET = TABLE + "display-filter-buttons", TABLE + "target-range-address"
_UNUSUAL = frozenset((_COLUMNS, _WIDE, _HIGH, FORMULA))
_SIGNS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_NO_TEXT = frozenset((_TEXT + "ruby-text", _TEXT + "note"))
# In these stand copies and leftovers of cells that are no part of a sheet.
_NO_SHEETS = frozenset(
    (TABLE + "dde-links", TABLE + "tracked-changes", TABLE + "shapes", OFFICE + "forms")
)
_COMMON, _AUTOMATIC = OFFICE + "styles", OFFICE + "automatic-styles"
_CURRENCY = OFFICE + "currency"
_SHOWN_BY_FORMAT = (float, datetime.timedelta)
_SHEETJS = b":sh33tjs:"
_MOST_COLUMNS, _MOST_REPEATED = 16384, 1 << 21
_SHEET_OF = regex(r"\$?(?:'((?:[^']|'')+)'|([^.']+))\.")


def read_styles(part: str, pieces: Callable[[], Iterable[bytes]]) -> Styles:
    """Return the common styles of styles.xml; its automatic ones are those of page headers.

    Raises
    ------
    PartError
        It is not well formed, or declares entities.
    """

    def begin(elements: Elements) -> Styles:
        styles = Styles()
        _Parts(elements, styles, (_COMMON,), None).wait()
        return styles

    return parse(part, pieces, begin)


def read_sheets(
    part: str, pieces: Callable[[], Iterable[bytes]], styles: Styles, limits: Limits
) -> tuple[SheetContents, ...]:
    """Return the sheets of content.xml, ``styles`` being those of styles.xml.

    Raises
    ------
    PartError
        It is not well formed, or declares entities.
    BoundExceededError
        There are too many sheets, or one of them is too large.
    """

    def begin(elements: Elements) -> _Document:
        document = _Document(styles, limits, calculated=_SHEETJS not in elements.head)
        _Parts(elements, styles, (_COMMON, _AUTOMATIC), document).wait()
        return document

    return parse(part, pieces, begin).contents()


class _Parts:
    """Hands the lists of styles to :class:`Styles`, and the sheets to the document."""

    def __init__(
        self,
        elements: Elements,
        styles: Styles,
        lists: tuple[str, ...],
        document: _Document | None,
    ) -> None:
        self.elements, self.styles, self.lists, self.document = elements, styles, lists, document

    def wait(self) -> None:
        """Pass over everything until something of use begins."""
        self.elements.hand_to(self._begin, None, None)

    def _begin(self, name: str, _attributes: Mapping[str, str]) -> None:
        document = self.document
        if name in self.lists:
            self.elements.hand_to(self.styles.start, self._end_style, self.styles.text)
        elif name == OFFICE + "spreadsheet" and document is not None:
            self.elements.hand_to(document.start, document.end, document.texts.append)

    def _end_style(self, name: str) -> None:
        if name in self.lists:
            self.wait()
        else:
            self.styles.end(name)


class _Sheet:
    """A sheet while its rows come by."""

    def __init__(self, name: str, *, visible: bool) -> None:
        self.name, self.visible = name, visible
        self.rows: list[list[Any]] = []
        self.merged: list[Area] = []
        self.notes = NotesTaken()
        self.column_styles: list[str] = []
        self.next_row = 0
        self.width = 0

    def contents(self, limits: Limits) -> SheetContents:
        """Return the sheet."""
        merged = tuple(self.merged)
        rows = even_rows(self.rows)
        blank_covered(rows, merged, limits)
        return SheetContents(self.name, self.visible, rows, merged, self.notes.notes())


class _Document:
    """Where in the document the pass is, and the sheets so far."""

    def __init__(self, styles: Styles, limits: Limits, *, calculated: bool) -> None:
        self.styles, self.limits = styles, limits
        self.sheets: list[_Sheet] = []
        self.sheet = _Sheet("", visible=True)
        self.formats: dict[str, NumberFormat | None] = {}
        self.filtered: set[str] = set()
        # Whether the writer calculates: SheetJS does not, and stores 0 for what has no result.
        self.calculated = calculated
        # Of the row and the cell that the pass is in; a cell has attributes while it is in it.
        self.groups: list[bool] = []  # of rows: whether each is closed, or lies in a closed one
        self.row: list[Any] = []
        self.row_repeats = 1
        self.row_style = ""
        self.column = 0
        self.attributes: Mapping[str, str] | None = None
        self.texts: list[str] = []
        self.shown: str | None = None
        # How deep inside something that is no part of a cell, and what the cell said before it.
        self.skipped = 0
        self.held: list[str] = []
        self.comment: list[str] | None = None
        self.begins = {
            TABLE + "table": self._begin_table,
            TABLE + "table-column": self._begin_column,
            _GROUP: self._begin_group,
            _ROW: self._begin_row,
            TABLE + "database-range": self._database_range,
        }

    def contents(self) -> tuple[SheetContents, ...]:
        """Return the sheets; what a file keeps of other files' sheets is none of them."""
        for sheet in self.sheets:
            sheet.notes.filtered |= sheet.name in self.filtered
        return tuple(s.contents(self.limits) for s in self.sheets if "'#$" not in s.name)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name == _P:
            self.texts.clear()
            self.skipped += self.skipped > 0
        elif self.skipped:
            self.skipped += 1
        elif self.attributes is not None:
            self._start_in_cell(name, attributes)
        elif name in _CELLS:
            self.attributes, self.shown = attributes, None
        elif (begin := self.begins.get(name)) is not None:
            begin(attributes)
        elif name in _NO_SHEETS:
            self.skipped = 1

    def _start_in_cell(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _TEXT + "s":
            self.texts.append(" " * _count(attributes, _TEXT + "c"))
        elif name in _SIGNS:
            self.texts.append(_SIGNS[name])
        elif not name.startswith(_TEXT) or name in _NO_TEXT:
            self.skipped = 1
            self.held = self.texts[:]
            self.comment = [] if name == _ANNOTATION else None

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self.skipped:
            self._end_skipped(name)
        elif name == _P:
            text = "".join(self.texts)
            self.shown = text if self.shown is None else f"{self.shown}\n{text}"
        elif name in _CELLS:
            self._end_cell()
        elif name == _ROW:
            self._end_row()
        elif name == _GROUP and self.groups:
            self.groups.pop()

    def _end_skipped(self, name: str) -> None:
        if name == _P and self.comment is not None:
            self.comment.append("".join(self.texts))
        self.skipped -= 1
        if self.skipped:
            return
        self.texts[:] = self.held
        if self.comment is not None:
            spot = (self.sheet.next_row, self.column)
            self.sheet.notes.comments[spot] = "\n".join(self.comment)
            self.comment = None

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        visible = attributes.get(_STYLE) not in self.styles.hidden_tables
        self.sheet = _Sheet(attributes.get(_NAME, ""), visible=visible)
        self.sheets.append(self.sheet)
        self.limits.check("sheets", len(self.sheets))

    def _begin_group(self, attributes: Mapping[str, str]) -> None:
        closed = attributes.get(TABLE + "display") == "false"
        self.groups.append(closed or (bool(self.groups) and self.groups[-1]))

    def _begin_column(self, attributes: Mapping[str, str]) -> None:
        styles = self.sheet.column_styles
        first = len(styles)
        count = min(_count(attributes, _COLUMNS), _MOST_COLUMNS - first)
        styles.extend([attributes.get(_DEFAULT_STYLE, "")] * count)
        if attributes.get(_VISIBILITY, "visible") != "visible":
            self.sheet.notes.hidden_columns.update(range(first, first + count))

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self.row, self.column = [], 0
        self.row_repeats = _count(attributes, _ROWS)
        self.row_style = attributes.get(_DEFAULT_STYLE, "")
        visibility = attributes.get(_VISIBILITY, "visible")
        hidden = visibility != "visible" or (self.groups and self.groups[-1])
        if hidden and self.row_repeats < 1_000_000:
            first, notes = self.sheet.next_row, self.sheet.notes
            notes.hidden_rows.update(range(first, first + self.row_repeats))
            notes.filtered |= visibility == "filter"

    def _end_row(self) -> None:
        sheet, row, repeats = self.sheet, self.row, self.row_repeats
        if row:
            rows = sheet.rows
            sheet.width = max(sheet.width, len(row))
            self.limits.check("cells", (sheet.next_row + repeats) * sheet.width)
            while len(rows) < sheet.next_row:
                rows.append([])
            rows.append(row)
            rows.extend(row[:] for _ in range(repeats - 1))
        sheet.next_row += repeats

    def _end_cell(self) -> None:
        attributes, self.attributes = self.attributes, None
        if attributes is None:
            return
        count = 1 if _UNUSUAL.isdisjoint(attributes) else self._unusual(attributes)
        value = value_of(attributes, self.shown)
        if not self.calculated and FORMULA in attributes and value in (0, None):
            value = UNSAVED if value is None else UNCALCULATED
        if value is not None:
            row = self.row
            if count > 1 or self.row_repeats > 1:
                rows = self.sheet.next_row + self.row_repeats
                self.limits.check("cells", rows * (self.column + count))
            if len(row) < self.column:
                row.extend([""] * (self.column - len(row)))
            if value.__class__ is NoValue:
                self._note(value, count)
                value = ""
            elif value.__class__ in _SHOWN_BY_FORMAT:
                value = self._as_shown(value, attributes, count)
            row.append(value)
            if count > 1:
                row.extend([value] * (count - 1))
        self.column += count

    def _unusual(self, attributes: Mapping[str, str]) -> int:
        """Note the area of a merged cell; return how often a cell is repeated."""
        rows, columns = _count(attributes, _HIGH), _count(attributes, _WIDE)
        if rows > 1 or columns > 1:
            top, left = self.sheet.next_row, self.column
            self.sheet.merged.append(((top, left), (top + rows - 1, left + columns - 1)))
        return _count(attributes, _COLUMNS)

    def _note(self, value: NoValue, count: int) -> None:
        first, notes = self.sheet.next_row, self.sheet.notes
        for r in range(first, first + self.row_repeats):
            for c in range(self.column, self.column + count):
                if value.error is not None:
                    notes.error_cells[r, c] = value.error
                elif value.stored:
                    notes.uncalculated.add((r, c))
                else:
                    notes.unsaved_formulas.add((r, c))

    def _as_shown(self, value: Any, attributes: Mapping[str, str], count: int) -> Any:
        """Note the format of a number where it matters; return a date where it shows one."""
        first, own = self.sheet.next_row, attributes.get(_STYLE) or self.row_style
        for c in range(self.column, self.column + count):
            form = self._format(own or _at(self.sheet.column_styles, c))
            if form is None:
                form = _of_type(attributes)
            if form is None:
                continue
            if form.is_date:
                return clock_time(value, form)
            if form.matters:
                for r in range(first, first + self.row_repeats):
                    self.sheet.notes.add_format(r, c, form)
        return value

    def _format(self, style: str) -> NumberFormat | None:
        style = style or "Default"
        if style not in self.formats:
            self.formats[style] = self.styles.format_of(style)
        return self.formats[style]

    def _database_range(self, attributes: Mapping[str, str]) -> None:
        if attributes.get(_FILTER) == "true":
            match = _SHEET_OF.match(attributes.get(_TARGET, ""))
            if match:
                self.filtered.add((match[1] or match[2]).replace("''", "'"))


def _of_type(attributes: Mapping[str, str]) -> NumberFormat | None:
    """Return how a cell without a format is shown by its type: a percentage, a sum of money."""
    if attributes[TYPE] == "percentage":
        return PERCENT
    currency = attributes.get(_CURRENCY, "")
    return number_format(f"[${currency}] 0") if currency.isalpha() else None


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name)
    if text is None or not text.isdecimal():
        return 1
    return max(1, min(int(text[:12]), _MOST_REPEATED))


def _at(styles: list[str], column: int) -> str:
    return styles[column] if column < len(styles) else ""
