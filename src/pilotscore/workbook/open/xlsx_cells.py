"""The cells of a worksheet as they are read: values, styles, and what is known beside them."""

from __future__ import annotations

import datetime
import re
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import partial
from typing import Any

from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.cell_formats import FormatsByColumn, FormatsByStyle
from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.notes import Area, NotesTaken, SheetNotes, Spot, column_number
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.serials import from_serial
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xml_parts import BLANKS, plain_text, unescaped

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_NO_STRING = Text(
    "一个单元格引用第 {number} 个共享文本，共只有 {count} 个",
    "a cell refers to the shared text {number}, of which there are {count}",
)
# The type of a text of the cell itself that does not keep the blanks around it.
TRIMMED = "inlineStr trimmed"
# What stands between the tags of a value: bytes as they are in the file, or a text that was parsed.
Raw = bytes | str
Reader = Callable[[Any], Any]
_MOST_REMEMBERED = 1 << 16
_FEW_STRINGS = 1000
# Blank cells that are kept so that all rows of a sheet are as long.
_MOST_BLANKS = 200_000
_ZERO_OF_POI = (b"0.0", "0.0")
_TRUTH = {"1": True, "true": True, "0": False, "false": False}
_REFERENCE = regex(r"([A-Za-z]{1,3})([0-9]{1,7})")
# Functions that give a number and never a text.
_NUMERIC = (
    r"SUM(?:IFS?|PRODUCT)?|SUBTOTAL|AVERAGE(?:IFS?)?|COUNT(?:A|IFS?|BLANK)?|MAX|MIN|MEDIAN|INT|ABS|"
    r"ROUND(?:UP|DOWN)?|SQRT|POWER|PRODUCT|RANK|(?:STDEV|VAR)(?:P|\.S|\.P)?|PERCENTILE|QUARTILE|"
    r"LARGE|SMALL|DAYS|DATEDIF|YEAR|MONTH|DAY|NOW|TODAY|LEN|MOD|RSQ|SLOPE|INTERCEPT|CORREL"
)
_NUMERIC_CALL = regex(rf"(?:{_NUMERIC})\(.*\)", re.IGNORECASE | re.DOTALL)
_QUOTED = regex("\"[^\"]*\"|'[^']*'")
_INNERMOST = regex(r"\([^()]*\)")


def is_numeric(formula: str) -> bool:
    """Say whether a formula can give no text: it calculates, and joins or quotes nothing.

    An empty text that is stored for such a formula is no result; some writers store one for every
    formula that they did not calculate.
    """
    text = _QUOTED.sub("_", formula.strip().lstrip("="))
    outer, before = text, ""
    while outer != before:
        before, outer = outer, _INNERMOST.sub("_", outer)
    if "&" in outer or "(" in outer:
        return False
    return bool(re.search(r"[-+*/^%<>=]", outer) or _NUMERIC_CALL.fullmatch(text))


class Remembered(dict[Any, Any]):
    """What a function makes of each key, up to a bound."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Any) -> Any:
        value = self._function(key)
        if len(self) < _MOST_REMEMBERED:
            self[key] = value
        return value


def trimmed(raw: Raw) -> str:
    """Return the text of a value that does not say that the blanks around it are its own."""
    return as_text(raw).strip(BLANKS)


def as_text(raw: Raw) -> str:
    """Return the text of a value."""
    return plain_text(raw) if isinstance(raw, bytes) else unescaped(raw)


def _iso_moment(raw: Raw) -> Any:
    """Read a date or time that is written out, as strict files have them."""
    text = as_text(raw)
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            return datetime.time.fromisoformat(text.strip())
        except ValueError:
            return text
    midnight = moment.time() == datetime.time() and moment.tzinfo is None
    return moment.date() if midnight else moment


def _truth(raw: Raw) -> Any:
    text = as_text(raw)
    return _TRUTH.get(text.strip().lower(), text)


def _number(raw: Raw) -> Any:
    try:
        return float(raw)
    except ValueError:
        return as_text(raw)


class CellTypes:
    """How what stands in the file becomes a value, by the style and the type of the cell."""

    def __init__(
        self, formats: Sequence[NumberFormat], strings: Sequence[str], *, epoch_1904: bool
    ) -> None:
        self.formats, self.strings, self._epoch_1904 = formats, strings, epoch_1904
        self._readers: dict[tuple[int, str], Reader] = {}
        # Worth remembering only where the same few stand again and again among many.
        many = len(strings) > _FEW_STRINGS
        self._string = Remembered(self._shared).__getitem__ if many else self._shared
        self._by_type: dict[str, Reader] = {
            "s": self._string,
            "b": _truth,
            "d": _iso_moment,
            TRIMMED: trimmed,
        }

    def reader(self, style: int, type_: str) -> Reader:
        """Return what reads the values of such cells; it may raise ValueError (:meth:`read`)."""
        key = (style, type_)
        if key not in self._readers:
            self._readers[key] = self._new_reader(style, type_)
        return self._readers[key]

    def _new_reader(self, style: int, type_: str) -> Reader:
        if type_ not in ("n", ""):
            return self._by_type.get(type_, as_text)
        form = self.formats[style] if style < len(self.formats) else None
        if form is None or not (form.is_date or form.is_duration):
            return float
        return Remembered(partial(self._moment, form)).__getitem__

    def _moment(self, form: NumberFormat, raw: Raw) -> Any:
        return from_serial(float(raw), form, epoch_1904=self._epoch_1904)

    def _shared(self, raw: Raw) -> str:
        number = int(raw)
        if not 0 <= number < len(self.strings):
            raise PartError("", _NO_STRING.of(number=number, count=len(self.strings)))
        return self.strings[number]

    def read(self, style: int, type_: str, raw: Raw) -> Any:
        """Return the value of one cell; what is not of its type is a text."""
        try:
            return self.reader(style, type_)(raw)
        except PartError:
            raise
        except (ValueError, OverflowError):
            text = as_text(raw)
            # The digits of a number may be written as references to characters.
            referred = isinstance(raw, bytes) and b"&" in raw
            return self.read(style, type_, text) if referred else text


@dataclass(slots=True)
class SheetCells:
    """A sheet while it is read.

    ``last_row`` is the lowest row with a cell, ``last_tag`` the row whose tag came last;
    ``extent`` is the length of all rows together, which is what they take of memory: a cell far
    off makes one row long, not all.
    """

    types: CellTypes
    limits: Limits
    calculated_on_load: bool = False
    changed_since: bool = False
    written_by_poi: bool = False
    rows: list[list[Any]] = field(default_factory=list)
    styles: list[array[int]] = field(default_factory=list)
    notes: NotesTaken = field(default_factory=NotesTaken)
    merged: list[Area] = field(default_factory=list)
    last_row: int = -1
    last_tag: int = -1
    extent: int = 0
    stale: int = 0
    # What formulas of arrays fill that nobody calculated: such writers store a 0 in each cell.
    filled: set[Spot] = field(default_factory=set)
    # Formulas with a 0 as POI stores it where it calculates nothing, and whether any has a result.
    zeros: set[Spot] = field(default_factory=set)
    has_results: bool = False
    began: float = field(default_factory=time.monotonic)

    def check_time(self) -> None:
        """Hold the time taken so far against its bound."""
        self.limits.check("seconds", int(time.monotonic() - self.began))

    def put(self, first: int, rows: list[list[Any]], styles: array[int]) -> None:
        """Put rows below all those before, the first of them at its place, all of one style."""
        if first + len(rows) > MOST_ROWS or (rows and len(rows[0]) > MOST_COLUMNS):
            raise BoundExceededError("cells", first + len(rows), MOST_ROWS)
        missing = first - len(self.rows)
        if missing > 0:
            self.rows.extend([[]] * missing)
            self.styles.extend([_NO_STYLES] * missing)
        self.rows.extend(rows)
        self.styles.extend([styles] * len(rows))
        self.extent += max(missing, 0) + sum(map(len, rows))
        self.limits.check("cells", self.extent)

    def put_all(self, rows: list[list[Any]], styles: Sequence[array[int]]) -> None:
        """Put all rows of a sheet that has none yet, from A1 on."""
        self.rows, self.styles, self.last_row = rows, list(styles), len(rows) - 1
        self.last_tag = self.last_row
        self.extent = sum(map(len, rows))
        self.limits.check("cells", self.extent)

    def take_around(self, other: SheetCells) -> None:
        """Take what stands around the rows from cells that have no rows."""
        self.notes.hidden_columns |= other.notes.hidden_columns
        self.notes.filtered |= other.notes.filtered
        self.merged.extend(other.merged)

    def put_cells(self, row: int, placed: dict[int, tuple[Any, int]]) -> None:
        """Put cells, each a value and a style by its column, into a row wherever it is."""
        width = max(placed) + 1
        if row >= MOST_ROWS or width > MOST_COLUMNS:
            raise BoundExceededError("cells", max(row + 1, width), MOST_ROWS)
        self.last_row = max(self.last_row, row)
        cells = list(self.rows[row]) if row < len(self.rows) else []
        styles = array("H", self.styles[row] if row < len(self.rows) else ())
        before = len(cells)
        cells.extend([""] * (width - len(cells)))
        styles.extend([0] * (width - len(styles)))
        for column, (value, style) in placed.items():
            cells[column], styles[column] = value, style
        if row >= len(self.rows):
            self.put(row, [cells], styles)
            return
        self.rows[row], self.styles[row] = cells, styles
        self.extent += len(cells) - before
        self.limits.check("cells", self.extent)

    def note_formula(self, formula: Formula, row: int, column: int, raw: Raw | None) -> bool:
        """Note a formula whose result nobody has calculated; say whether its value counts."""
        if raw is None:
            self.notes.unsaved_formulas.update(formula.area(row, column))
            return False
        if self.written_by_poi and raw in _ZERO_OF_POI:
            self.zeros.add((row, column))
            return True
        self.has_results = True
        if self.calculated_on_load and _number(raw) == 0:
            self.notes.uncalculated.add((row, column))
            if formula.reference:
                self.filled.update(formula.area(row, column))
            return False
        self.stale += self.calculated_on_load or self.changed_since
        return True

    def rectangle(self) -> list[list[Any]]:
        """Return the rows, of equal length unless a few far cells would blow them up."""
        self._take_zeros()
        width = max(map(len, self.rows), default=0)
        if width * len(self.rows) > _MOST_BLANKS + 2 * self.extent:
            return self.rows
        lengths = {length: [""] * (width - length) for length in set(map(len, self.rows))}
        if len(lengths) > 1:
            self.rows = [row if len(row) == width else row + lengths[len(row)] for row in self.rows]
        return self.rows

    def _take_zeros(self) -> None:
        """Take each 0 that nobody calculated for no result.

        It may be in a cell that a formula of an array fills, or of a sheet on which no formula
        has another result.
        """
        zeros = self.filled if self.has_results else self.filled | self.zeros
        for row, column in zeros - self.notes.uncalculated:
            cells = self.rows[row] if row < len(self.rows) else []
            if column < len(cells) and type(cells[column]) is float and cells[column] == 0:
                self.rows[row] = [*cells[:column], "", *cells[column + 1 :]]
                self.notes.uncalculated.add((row, column))

    def sheet_notes(self) -> SheetNotes:
        """Return what is to be known beside the values."""
        notes = self.notes.notes()
        table = [f if f.matters else None for f in self.types.formats]
        formats = FormatsByStyle(self.styles, table) if any(table) else FormatsByColumn()
        return SheetNotes(
            notes.error_cells,
            notes.unsaved_formulas,
            notes.uncalculated,
            formats,
            notes.hidden_rows,
            notes.hidden_columns,
            notes.filtered,
            notes.comments,
        )


_NO_STYLES = array("H")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: its text as far as the cell has it, and the area that one of an array fills."""

    text: str = ""
    reference: str = ""

    def area(self, row: int, column: int) -> list[tuple[int, int]]:
        """Return the cells that it fills."""
        area = area_of(self.reference)
        if area is None:
            return [(row, column)]
        (top, left), (bottom, right) = area
        count = (bottom - top + 1) * (right - left + 1)
        if not (top == row and left == column) or not 0 < count <= _MOST_REMEMBERED:
            return [(row, column)]
        return [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]


def spot_of(reference: str) -> tuple[int, int] | None:
    """Return the row and column of a reference such as B7, from 0; None where it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match.group(2).startswith("0"):
        return None
    return int(match.group(2)) - 1, column_number(match.group(1).upper())


def area_of(reference: str) -> Area | None:
    """Return the first and the last cell of a reference such as A1:B7; None where it is none."""
    first, _, last = reference.replace("$", "").partition(":")
    begin, end = spot_of(first), spot_of(last or first)
    return None if begin is None or end is None else (begin, end)
