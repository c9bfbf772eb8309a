"""Reads the rows of a worksheet by their tags: quick where rows are alike, as nearly all are.

A piece of whole rows is taken apart at its texts. What is left of a row, its tags, is the same from
row to row but for the row's number: it is understood once, strictly, every tag accounted for, and
kept as a template; the texts of all rows that follow it are then read a column at a time. A row
that is not understood so is left to the parser.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from pilotscore.workbook.open.notes import column_number
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_cells import (
    TRIMMED,
    CellTypes,
    Formula,
    Raw,
    Reader,
    SheetCells,
)

# A text, as what it is replaced by in the tags of a row; the row's number in a template.
_TEXT, _NUMBER = b"\x01", b"\x02"
_TEXTS = re.compile(rb">([^<]+)")
_ROW_END = b"</row>"
_DIGITS = b"0123456789"
_MOST_TEMPLATES = 4000

_ATTRIBUTES = rb"((?:\s+[\w:.-]+=\"[^\"<>\x01]*\")*)"
_ROW = re.compile(rb"\s*<row" + _ATTRIBUTES + rb"\s*>")
_ROW_NUMBER = re.compile(rb"\s*<row(?:\s+[\w:.-]+=\"[^\"<>]*\")*?\s+r=\"([1-9]\d{0,6})\"")
_REST = _ATTRIBUTES.replace(b"(", b"(?P<rest>", 1)
_OF_FORMULA = _ATTRIBUTES.replace(b"(", b"(?P<formula>", 1)
_CELL = re.compile(
    rb"<c r=\"(?P<column>[A-Z]{1,3})(?P<number>\d{1,7})\"" + _REST + rb"\s*(?:/>|>"
    rb"(?P<f><f" + _OF_FORMULA + rb"\s*(?:/>|>(?P<ft>\x01?)</f>))?"
    rb"(?:(?P<v><v(?: xml:space=\"preserve\")?(?:/>|>(?P<vt>\x01?)</v>))"
    rb"|<is><t(?P<kept> xml:space=\"preserve\")?(?:/>|>(?P<it>\x01?)</t>)</is>)?</c>)"
)
_ATTRIBUTE = re.compile(rb"\s([\w:.-]+)=\"([^\"]*)\"")
_FLAT = re.compile(rb"0(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class _FormulaCell:
    """A formula of a template: its column, its area, and the place of its value among the texts."""

    column: int
    reference: str
    value: int | None


@dataclass(frozen=True, slots=True)
class _Template:
    """What the tags of a row say.

    ``columns`` has, by column, the place of its text among those of the row and what reads it;
    None where the row has no value there.
    """

    tags: bytes
    texts: int
    columns: tuple[tuple[int, Reader, int, str] | None, ...]
    styles: array[int]
    hidden: bool
    errors: tuple[tuple[int, int], ...]
    formulas: tuple[_FormulaCell, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the tags of a whole small sheet say: a folder has thousands of one form.

    ``values`` has the place among the texts, the style and the type of each value in turn; ``rows``
    has, for each row from A1 on, which of the values stand in it, the last place for a blank.
    """

    values: tuple[tuple[int, int, str], ...]
    rows: tuple[tuple[int, ...], ...]
    styles: tuple[array[int], ...]
    hidden: frozenset[int]
    errors: tuple[tuple[int, int, int], ...]
    formulas: tuple[tuple[int, _FormulaCell], ...]

    def put(self, cells: SheetCells, texts: list[bytes]) -> None:
        """Put the texts of a sheet with these tags into its cells, which are empty."""
        reader = {kind: cells.types.reader(*kind) for kind in {v[1:] for v in self.values}}
        values: list[Any]
        try:
            values = [reader[style, type_](texts[k]) for k, style, type_ in self.values]
        except PartError:
            raise
        except (ValueError, OverflowError):
            read = cells.types.read
            values = [read(style, type_, texts[k]) for k, style, type_ in self.values]
        values.append("")
        cells.put_all([[values[k] for k in row] for row in self.rows], self.styles)
        cells.notes.hidden_rows.update(self.hidden)
        for row, column, place in self.errors:
            cells.notes.error_cells[row, column] = texts[place].decode("utf-8", "replace")
            cells.rows[row][column] = ""
        for row, f in self.formulas:
            raw = None if f.value is None else texts[f.value]
            counts = cells.note_formula(Formula("", f.reference), row, f.column, raw)
            if raw is not None and not counts:
                cells.rows[row][f.column] = ""


def _plan(runs: list[tuple[_Template, int, int]]) -> _Plan:
    """Return what the runs of rows of a whole sheet come to."""
    values: list[tuple[int, int, str]] = []
    rows: list[tuple[int, ...]] = []
    styles: list[array[int]] = []
    hidden: set[int] = set()
    errors: list[tuple[int, int, int]] = []
    formulas: list[tuple[int, _FormulaCell]] = []
    at, blank = 0, -1
    for template, first, count in runs:
        rows.extend([()] * (first - len(rows)))
        styles.extend([array("H")] * (first - len(styles)))
        for row in range(first, first + count):
            places = []
            for column in template.columns:
                if column is None:
                    places.append(blank)
                    continue
                place, _, style, type_ = column
                places.append(len(values))
                values.append((at + place, style, type_))
            rows.append(tuple(places))
            styles.append(template.styles)
            errors += ((row, c, at + place) for c, place in template.errors)
            for f in template.formulas:
                value = None if f.value is None else at + f.value
                formulas.append((row, _FormulaCell(f.column, f.reference, value)))
            if template.hidden:
                hidden.add(row)
            at += template.texts
    return _Plan(
        tuple(values), tuple(rows), tuple(styles), frozenset(hidden), tuple(errors), tuple(formulas)
    )


_PLANS: dict[tuple[bytes, int], _Plan] = {}
_MOST_PLANS, _LONGEST_PLAN = 32, 200_000


class RowTags:
    """Understands rows by their tags."""

    def __init__(self, cells: SheetCells) -> None:
        self._cells = cells
        self._known: dict[bytes, list[_Template | None]] = {}
        self._count = 0
        self._runs: list[tuple[_Template, int, int]] = []

    def take(self, content: bytes) -> Iterator[bytes]:
        """Put whole rows into the cells; yield, in their order, those that were not understood.

        What is yielded is to be read before the next is asked for.
        """
        parts = _TEXTS.split(content)
        texts = parts[1::2]
        tags = (b">" + _TEXT).join(parts[::2])
        del parts
        key = tags, len(self._cells.types.formats)
        known = _PLANS.get(key) if self._cells.last_row < 0 else None
        if known is not None:
            known.put(self._cells, texts)
            return
        self._runs.clear()
        whole = self._cells.last_row < 0 and len(tags) <= _LONGEST_PLAN
        for row in self._take(tags.split(_ROW_END), texts):
            whole = False
            yield row
        if whole:
            if len(_PLANS) >= _MOST_PLANS:
                _PLANS.clear()
            _PLANS[key] = _plan(self._runs)

    def _take(self, rows: list[bytes], texts: list[bytes]) -> Iterator[bytes]:
        at, i, last = 0, 0, len(rows) - 1  # behind the last end tag nothing stands
        template: _Template | None = None
        while i < last:
            number = _number(rows[i])
            template = self._template(rows[i], number, template)
            if template is None or number <= self._cells.last_row:
                count = rows[i].count(_TEXT)
                yield _restored(rows[i], texts[at : at + count])
                at, i, template = at + count, i + 1, None
                continue
            end = _run(rows, i, last, number + 1, template)
            count = (end - i) * template.texts
            self._runs.append((template, number, end - i))
            self._put(template, number, end - i, texts[at : at + count])
            at, i = at + count, end

    def _template(self, tags: bytes, row: int, previous: _Template | None) -> _Template | None:
        if row < 0:
            return None
        number = b"%d" % (row + 1)
        if previous is not None and previous.tags.replace(_NUMBER, number) == tags:
            return previous
        key = tags.translate(None, _DIGITS)
        candidates = self._known.get(key, [])
        for template in candidates:
            if template is not None and template.tags.replace(_NUMBER, number) == tags:
                return template
        if self._count >= _MOST_TEMPLATES:
            self._known.clear()
            self._count = 0
        template = _understood(tags, number, self._cells.types)
        if template is not None:
            self._known.setdefault(key, []).append(template)
            self._count += 1
        return template

    def _put(self, template: _Template, first: int, count: int, texts: list[bytes]) -> None:
        cells, each = self._cells, template.texts
        columns: list[Any] = []
        for column in template.columns:
            if column is None:
                columns.append(repeat("", count))
                continue
            place, reader, style, type_ = column
            raw = texts[place::each]
            try:
                columns.append(list(map(reader, raw)))
            except PartError:
                raise
            except (ValueError, OverflowError):
                columns.append([cells.types.read(style, type_, r) for r in raw])
        rows = list(map(list, zip(*columns, strict=True))) if columns else [[]] * count
        cells.put(first, rows, template.styles)
        cells.last_row = first + count - 1
        if template.hidden:
            cells.notes.hidden_rows.update(range(first, first + count))
        if template.errors or template.formulas:
            for i in range(count):
                self._note(template, first + i, texts[i * each : (i + 1) * each], rows[i])

    def _note(self, template: _Template, row: int, texts: list[bytes], values: list[Any]) -> None:
        for column, place in template.errors:
            self._cells.notes.error_cells[row, column] = texts[place].decode("utf-8", "replace")
            values[column] = ""
        for f in template.formulas:
            raw: Raw | None = None if f.value is None else texts[f.value]
            counts = self._cells.note_formula(Formula("", f.reference), row, f.column, raw)
            if raw is not None and not counts:
                values[f.column] = ""


def _number(tags: bytes) -> int:
    """Return the number of a row as it says itself, from 0; -1 where it says none."""
    number = _ROW_NUMBER.match(tags)
    return int(number.group(1)) - 1 if number else -1


def _run(rows: list[bytes], begin: int, last: int, number: int, template: _Template) -> int:
    """Return where the rows end that follow each other and have the same tags as the first."""
    pieces = template.tags.split(_NUMBER)
    for i in range(begin + 1, last):
        number += 1
        if rows[i] != (b"%d" % number).join(pieces):
            return i
    return last


def _restored(tags: bytes, texts: list[bytes]) -> bytes:
    """Return a row as it stands in the file."""
    pieces = tags.split(_TEXT)
    row = [pieces[0]]
    for text, piece in zip(texts, pieces[1:], strict=True):
        row += (text, piece)
    return b"".join(row) + _ROW_END


def _understood(tags: bytes, number: bytes, types: CellTypes) -> _Template | None:
    """Return what the tags of a row say; None where any of them is not accounted for."""
    row = _ROW.match(tags)
    if row is None:
        return None
    attribute_of = dict(_ATTRIBUTE.findall(row.group(1)))
    builder = _Builder(types)
    pieces = [tags[: row.end()].replace(b' r="' + number + b'"', b' r="' + _NUMBER + b'"', 1)]
    at = row.end()
    while at < len(tags):
        cell = _CELL.match(tags, at)
        if cell is None or cell.group("number") != number or not builder.add(cell):
            return None
        pieces += (tags[at : cell.start("number")], _NUMBER, tags[cell.end("number") : cell.end()])
        at = cell.end()
    hidden = attribute_of.get(b"hidden") in (b"1", b"true") or bool(
        _FLAT.fullmatch(attribute_of.get(b"ht", b"1"))
    )
    return builder.template(b"".join(pieces), hidden=hidden)


class _Builder:
    """Builds a template from the cells of a row."""

    def __init__(self, types: CellTypes) -> None:
        self._types = types
        self._texts = 0
        self._last = -1
        self._columns: list[tuple[int, Reader, int, str] | None] = []
        self._styles = array("H")
        self._errors: list[tuple[int, int]] = []
        self._formulas: list[_FormulaCell] = []

    def add(self, cell: re.Match[bytes]) -> bool:
        """Add a cell; say whether all of it is understood."""
        column = column_number(cell.group("column").decode())
        if column <= self._last:
            return False
        self._last = column
        attribute_of = dict(_ATTRIBUTE.findall(cell.group("rest")))
        type_ = attribute_of.get(b"t", b"n").decode("utf-8", "replace")
        formula = cell.group("f") is not None
        self._texts += bool(cell.group("ft"))
        if not (cell.group("vt") or cell.group("it")):
            if formula and type_ == "str" and cell.group("v") is not None:
                return False  # a saved blank, or none: its formula says which
            if formula:
                self._formulas.append(_FormulaCell(column, _array_area(cell), None))
            return True
        if cell.group("it") and not cell.group("kept"):
            type_ = TRIMMED
        number = attribute_of.get(b"s", b"0")
        style = int(number) if number.isdigit() else 0
        self._place(column, style if style < len(self._types.formats) else 0, type_, formula, cell)
        return True

    def _place(
        self, column: int, style: int, type_: str, formula: bool, cell: re.Match[bytes]
    ) -> None:
        place = self._texts
        self._texts += 1
        self._columns.extend([None] * (column - len(self._columns)))
        self._columns.append((place, self._types.reader(style, type_), style, type_))
        self._styles.extend([0] * (column - len(self._styles)))
        self._styles.append(style)
        if type_ == "e":
            self._errors.append((column, place))
        if formula:
            self._formulas.append(_FormulaCell(column, _array_area(cell), place))

    def template(self, tags: bytes, *, hidden: bool) -> _Template:
        """Return the template of the cells that were added."""
        return _Template(
            tags,
            self._texts,
            tuple(self._columns),
            self._styles,
            hidden,
            tuple(self._errors),
            tuple(self._formulas),
        )


def _array_area(cell: re.Match[bytes]) -> str:
    attribute_of: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(cell.group("formula") or b""))
    if attribute_of.get(b"t") not in (b"array", b"dataTable"):
        return ""
    return attribute_of.get(b"ref", b"").decode("utf-8", "replace")
