"""Reads the rows of a worksheet by their tags: quick where rows are alike, as nearly all are.

A piece of whole rows is taken apart at its texts. What is left of a row, its tags, is the same from
row to row but for the row's number: it is understood once and kept as a template, and the texts of
all rows that follow it are read a column at a time. A row that is not understood is left to the
parser.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_cells import Formula, Raw, SheetCells
from pilotscore.workbook.open.xlsx_tags import (
    NUMBER,
    TEXT,
    CellTags,
    FormulaCell,
    RowGrammar,
    Template,
)

_TEXTS = regex(rb">([^<]+)")
_ROW_END = b"</row>"
_DIGITS = b"0123456789"
_ROW_NUMBER = regex(rb"\s*<row(?:\s+[\w:.-]+=\"[^\"<>]*\")*?\s+r=\"([1-9]\d{0,6})\"")
_MOST_TEMPLATES = 4000


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
    formulas: tuple[tuple[int, FormulaCell], ...]

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
            _note_error(cells, row, column, texts[place])
        for row, f in self.formulas:
            _note_formula(cells, row, f, texts)


def _plan(runs: list[tuple[Template, int, int]]) -> _Plan:
    """Return what the runs of rows of a whole sheet come to."""
    values: list[tuple[int, int, str]] = []
    rows: list[tuple[int, ...]] = []
    styles: list[array[int]] = []
    hidden: set[int] = set()
    errors: list[tuple[int, int, int]] = []
    formulas: list[tuple[int, FormulaCell]] = []
    at = 0
    for template, first, count in runs:
        if template.values:
            rows.extend([()] * (first - len(rows)))
            styles.extend([array("H")] * (first - len(styles)))
        for row in range(first, first + count):
            places = [-1] * template.width
            for k, v in enumerate(template.values, start=len(values)):
                places[v.column] = k
            values += ((at + v.text, v.tags.style, v.tags.type) for v in template.values)
            if template.values:
                rows.append(tuple(places))
                styles.append(template.styles)
            errors += ((row, v.column, at + v.text) for v in template.errors)
            for f in template.formulas:
                place = None if f.text is None else at + f.text
                formulas.append((row, FormulaCell(f.column, f.reference, place)))
            if template.hidden:
                hidden.add(row)
            at += template.texts
    return _Plan(
        tuple(values), tuple(rows), tuple(styles), frozenset(hidden), tuple(errors), tuple(formulas)
    )


_PLANS: dict[tuple[bytes, int, bool], _Plan] = {}
_MOST_PLANS, _LONGEST_PLAN = 32, 200_000


class RowTags:
    """Reads rows by their tags."""

    def __init__(self, cells: SheetCells) -> None:
        self._cells = cells
        self._grammar = RowGrammar(cells.types)
        self._known: dict[bytes, list[Template]] = {}
        self._count = 0
        self._runs: list[tuple[Template, int, int]] = []

    def take(self, content: bytes) -> Iterator[bytes]:
        """Put whole rows into the cells; yield, in their order, those that were not understood.

        What is yielded is to be read before the next is asked for.
        """
        parts = _TEXTS.split(content)
        texts = parts[1::2]
        tags = (b">" + TEXT).join(parts[::2])
        del parts
        # Styles are kept only where one of them matters: the same tags stand for other plans then.
        key = tags, len(self._cells.types.formats), self._grammar.styled
        whole = self._cells.last_row < 0 and len(tags) <= _LONGEST_PLAN
        known = _PLANS.get(key) if whole else None
        if known is not None:
            known.put(self._cells, texts)
            return
        self._runs.clear()
        for row in self._take(tags.split(_ROW_END), texts):
            whole = False
            yield row
        if whole:
            if len(_PLANS) >= _MOST_PLANS:
                _PLANS.clear()
            _PLANS[key] = _plan(self._runs)

    def _take(self, rows: list[bytes], texts: list[bytes]) -> Iterator[bytes]:
        at, i, last = 0, 0, len(rows) - 1  # behind the last end tag nothing stands
        template: Template | None = None
        while i < last:
            number = _number(rows[i])
            template = self._template(rows[i], number, template)
            if template is None or number <= self._cells.last_row:
                count = rows[i].count(TEXT)
                yield _restored(rows[i], texts[at : at + count])
                at, i, template = at + count, i + 1, None
                continue
            end = _run(rows, i, last, number + 1, template)
            count = (end - i) * template.texts
            self._runs.append((template, number, end - i))
            self._put(template, number, end - i, texts[at : at + count])
            at, i = at + count, end

    def _template(self, tags: bytes, row: int, previous: Template | None) -> Template | None:
        if row < 0:
            return None
        number = b"%d" % (row + 1)
        if previous is not None and previous.tags.replace(NUMBER, number) == tags:
            return previous
        key = tags.translate(None, _DIGITS)
        for template in self._known.get(key, ()):
            if template.tags.replace(NUMBER, number) == tags:
                return template
        understood = self._grammar.template(tags, number)
        if understood is not None:
            if self._count >= _MOST_TEMPLATES:
                self._known.clear()
                self._count = 0
            self._known.setdefault(key, []).append(understood)
            self._count += 1
        return understood

    def _put(self, template: Template, first: int, count: int, texts: list[bytes]) -> None:
        cells, each = self._cells, template.texts
        if template.values:  # rows without any take no place, however far down they stand
            cells.put(first, self._values(template, count, texts), template.styles)
        cells.last_row = cells.last_tag = first + count - 1
        if template.hidden:
            cells.notes.hidden_rows.update(range(first, first + count))
        if template.errors or template.formulas:
            for i in range(count):
                self._note(template, first + i, texts[i * each : (i + 1) * each])

    def _values(self, template: Template, count: int, texts: list[bytes]) -> list[list[Any]]:
        if count == 1:
            return [self._row(template, texts)]
        columns: list[list[Any]] = [[""] * count] * template.width
        for v in template.values:
            columns[v.column] = self._column(v.tags, texts[v.text :: template.texts])
        return list(map(list, zip(*columns, strict=True)))

    def _row(self, template: Template, texts: list[bytes]) -> list[Any]:
        row: list[Any] = [""] * template.width
        try:
            for column, text, tags in template.values:
                row[column] = tags.reader(texts[text])
        except PartError:
            raise
        except (ValueError, OverflowError):
            read = self._cells.types.read
            for column, text, tags in template.values:
                row[column] = read(tags.style, tags.type, texts[text])
        return row

    def _column(self, tags: CellTags, texts: list[bytes]) -> list[Any]:
        try:
            return list(map(tags.reader, texts))
        except PartError:
            raise
        except (ValueError, OverflowError):
            return [self._cells.types.read(tags.style, tags.type, text) for text in texts]

    def _note(self, template: Template, row: int, texts: list[bytes]) -> None:
        for v in template.errors:
            _note_error(self._cells, row, v.column, texts[v.text])
        for f in template.formulas:
            _note_formula(self._cells, row, f, texts)


def _note_error(cells: SheetCells, row: int, column: int, text: bytes) -> None:
    cells.notes.error_cells[row, column] = text.decode("utf-8", "replace")
    cells.rows[row][column] = ""


def _note_formula(cells: SheetCells, row: int, f: FormulaCell, texts: list[bytes]) -> None:
    raw: Raw | None = None if f.text is None else texts[f.text]
    counts = cells.note_formula(Formula("", f.reference), row, f.column, raw)
    if raw is not None and not counts:
        cells.rows[row][f.column] = ""


def _number(tags: bytes) -> int:
    """Return the number of a row as it says itself, from 0; -1 where it says none."""
    number = _ROW_NUMBER.match(tags)
    return int(number.group(1)) - 1 if number else -1


def _run(rows: list[bytes], begin: int, last: int, number: int, template: Template) -> int:
    """Return where the rows end that follow each other and have the same tags as the first."""
    pieces = template.tags.split(NUMBER)
    for i in range(begin + 1, last):
        number += 1
        if rows[i] != (b"%d" % number).join(pieces):
            return i
    return last


def _restored(tags: bytes, texts: list[bytes]) -> bytes:
    """Return a row as it stands in the file."""
    pieces = tags.split(TEXT)
    row = [pieces[0]]
    for text, piece in zip(texts, pieces[1:], strict=True):
        row += (text, piece)
    return b"".join(row) + _ROW_END
