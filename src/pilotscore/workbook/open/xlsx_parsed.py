"""Reads the XML of a worksheet with a parser: right for any XML, slower than by its tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Any

from pilotscore.records import dataclass
from pilotscore.workbook.open.limits import BoundExceededError
from pilotscore.workbook.open.xlsx_cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    TRIMMED,
    Formula,
    Remembered,
    SheetCells,
    area_of,
    is_numeric,
    spot_of,
)
from pilotscore.workbook.open.xml_parts import (
    Attributes,
    elements,
    feed,
    local,
    new_parser,
    unescaped,
)

_TRUE = ("1", "true", "on")


@dataclass(slots=True)
class _Cell:
    """A cell while its element is open."""

    row: int
    column: int
    style: int
    type: str
    has_value: bool = False
    trimmed: bool = False
    texts: list[str] = field(default_factory=list)
    formula: list[str] | None = None
    reference: str = ""


class ParsedSheet:
    """Puts what a parser tells of a worksheet into its cells."""

    def __init__(self, cells: SheetCells, part: str) -> None:
        self._cells, self._part = cells, part
        self._row, self._column = cells.last_tag, -1
        self._cell: _Cell | None = None
        self._taking: list[str] | None = None
        self._phonetic = self._extension = False
        self._placed: dict[int, dict[int, tuple[Any, int]]] = {}
        self._handlers = {
            "c": self._begin_cell,
            "v": self._begin_value,
            "t": self._begin_text,
            "f": self._begin_formula,
            "rPh": self._begin_phonetic,
            "row": self._begin_row,
            "col": self._column_tag,
            "mergeCell": self._merge,
            "autoFilter": self._filter,
            "extLst": self._begin_extension,
        }

    def take(self, pieces: Iterable[bytes]) -> None:
        """Parse a part, or some rows of it within their root.

        Raises
        ------
        PartError
            It is not sound XML.
        BoundExceededError
            The sheet is beyond a bound.
        """
        parser = new_parser()
        names = Remembered(local)
        handlers = self._handlers

        def start(tag: str, attributes: Attributes) -> None:
            self._taking = None
            handler = handlers.get(names[tag])
            if handler is not None and not self._extension:
                handler(attributes)

        def text(data: str) -> None:
            if self._taking is not None:
                self._taking.append(data)

        def end(tag: str) -> None:
            self._taking = None
            name = names[tag]
            if name == "c":
                self._end_cell()
            elif name == "rPh":
                self._phonetic = False
            elif name == "extLst":
                self._extension = False

        parser.StartElementHandler, parser.CharacterDataHandler = start, text
        parser.EndElementHandler = end
        feed(parser, self._timed(pieces), self._part)
        self._put()
        self._cells.last_tag = self._row
        self._cells.last_row = max(self._cells.last_row, self._row)

    def _timed(self, pieces: Iterable[bytes]) -> Iterable[bytes]:
        for piece in pieces:
            self._cells.check_time()
            yield piece

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._put()
        self._row = int(number) - 1 if number.isdecimal() and number != "0" else self._row + 1
        self._column = -1
        if self._row >= MOST_ROWS:
            raise BoundExceededError("cells", self._row + 1, MOST_ROWS)
        if attributes.get("hidden") in _TRUE or _is_flat(attributes.get("ht")):
            self._cells.notes.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        spot = spot_of(attributes.get("r", ""))
        row, column = spot if spot is not None else (max(self._row, 0), self._column + 1)
        self._column = column
        style = attributes.get("s", "0")
        number = int(style) if style.isdecimal() else 0
        known = number if number < len(self._cells.types.formats) else 0
        self._cell = _Cell(row, column, known, attributes.get("t", "n"))

    def _begin_value(self, _attributes: Attributes) -> None:
        if self._cell is not None:
            self._cell.has_value, self._taking = True, self._cell.texts

    def _begin_text(self, attributes: Attributes) -> None:
        if self._cell is not None and not self._phonetic:
            self._cell.has_value, self._taking = True, self._cell.texts
            self._cell.trimmed = not self._cell.texts and attributes.get("xml:space") != "preserve"

    def _begin_formula(self, attributes: Attributes) -> None:
        if self._cell is not None:
            # A result stands behind its formula (18.3.1.4); what stands before it is none.
            self._cell.texts.clear()
            self._cell.has_value = False
            self._taking = self._cell.formula = []
            if attributes.get("t") in ("array", "dataTable"):
                self._cell.reference = attributes.get("ref", "")

    def _begin_extension(self, _attributes: Attributes) -> None:
        self._extension = True  # what stands there is of other elements with the same names

    def _begin_phonetic(self, _attributes: Attributes) -> None:
        self._phonetic = True

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        raw = "".join(cell.texts)
        counts = cell.formula is None or self._counts(cell, raw)
        if not raw or not counts:
            return
        if cell.type == "e":
            self._cells.notes.error_cells[cell.row, cell.column] = raw
            value = ""
        else:
            type_ = TRIMMED if cell.trimmed else cell.type
            value = self._cells.types.read(cell.style, type_, raw)
        self._placed.setdefault(cell.row, {})[cell.column] = value, cell.style

    def _put(self) -> None:
        for row, placed in self._placed.items():
            self._cells.put_cells(row, placed)
        self._placed.clear()

    def _counts(self, cell: _Cell, raw: str) -> bool:
        """Say whether what is stored for a formula is its result."""
        formula = Formula("".join(cell.formula or ()), cell.reference)
        saved_blank = cell.type == "str" and cell.has_value and not is_numeric(formula.text)
        if not raw and saved_blank:
            return True
        return self._cells.note_formula(formula, cell.row, cell.column, raw or None)

    def _column_tag(self, attributes: Attributes) -> None:
        hidden = attributes.get("hidden") in _TRUE or _is_flat(attributes.get("width"))
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if hidden and first.isdecimal() and last.isdecimal():
            self._cells.notes.hidden_columns.update(
                range(int(first) - 1, min(int(last), MOST_COLUMNS))
            )

    def _merge(self, attributes: Attributes) -> None:
        area = area_of(attributes.get("ref", ""))
        if area is not None and area[0] != area[1]:
            self._cells.merged.append(area)

    def _filter(self, _attributes: Attributes) -> None:
        self._cells.notes.filtered = True


def _is_flat(size: str | None) -> bool:
    """Say whether a height or width is 0, which hides as well."""
    return size is not None and size.strip("0.") == "" and size.strip(".") != ""


def comments(pieces: Iterable[bytes], part: str) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet by their cells.

    Raises
    ------
    PartError
        The part is not sound XML.
    """
    texts_at: dict[tuple[int, int], str] = {}
    texts: list[str] = []
    place: tuple[int, int] | None = None
    inside = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal place, inside
        if tag == "comment":
            place = spot_of(attributes.get("ref", ""))
            texts.clear()
        inside = tag == "t"

    def text(data: str) -> None:
        if inside:
            texts.append(data)

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag == "comment" and place is not None:
            texts_at[place] = unescaped("".join(texts))

    elements(pieces, start, on_end=end, on_text=text, part=part)
    return texts_at
