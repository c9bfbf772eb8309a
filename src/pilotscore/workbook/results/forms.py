"""Reads forms: the name of an item on the left, its value on the right, often in sections.

One form holds one result, over one sheet or several; a form with several columns of values holds a
result in each (a table that was turned on its side).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any, NamedTuple

from pilotscore.criteria.names import normalise
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Area, Spot
from pilotscore.workbook.results.form_layouts import Rows, known_form, remember
from pilotscore.workbook.results.form_parts import (
    LONGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    Form,
    Item,
    Titles,
    heads_units,
    is_evidence,
    is_label,
    titles_of,
    unit_of,
)
from pilotscore.workbook.tables.headers import HeaderNames, evidence_of, unit_stated
from pilotscore.workbook.tables.row_labels import (
    RowLabel,
    Sureness,
    is_closing,
    is_signed,
    label_of,
)
from pilotscore.workbook.values.cells import is_number
from pilotscore.workbook.values.units import is_unit

# So many rows below its title are looked at for units.
_ROWS_OF_UNITS = 30


def find_forms(
    rows: Rows, names: HeaderNames, merged: Sequence[Area] = (), *, afresh: bool = False
) -> list[Form]:
    """Return the forms of a sheet: none, one, or one for each column of values.

    ``afresh`` is whether forms that were read before are not to be thought of.
    """
    if not any(rows):
        return []
    if not afresh and (known := known_form(rows, names, merged)):
        return [known]
    search = _Search(rows, names, {(top, left): right for (top, left), (_, right) in merged})
    form = search.form()
    if not form.is_form:
        return []
    if columns := search.value_columns():
        others = [_shifted(form, column.step) for column in columns.results]
        return [replace(others[0], passed=columns.passed), *others[1:]]
    if not afresh:
        remember(form, rows, names, merged)
    return [form]


def _shifted(form: Form, step: int) -> Form:
    """Return the form whose values stand some columns further."""
    items = {n: replace(i, value=(i.value[0], i.value[1] + step)) for n, i in form.items.items()}
    evidence = {n: (row, column + step) for n, (row, column) in form.evidence.items()}
    head = items["<id>"].value if "<id>" in items else None
    return Form(items, evidence, form.repeated, head=head)


class _Columns(NamedTuple):
    """The columns of values, by how far each is from the first, and those that hold no result."""

    results: list[_Column]
    passed: list[tuple[Spot, str, RowLabel]]


class _Column(NamedTuple):
    column: int
    step: int


@dataclass(slots=True)
class _Search:
    """Goes through the rows of a sheet for items; ``ends`` has the last column of merged cells."""

    rows: Rows
    names: HeaderNames
    ends: dict[Spot, int]
    items: dict[str, Item] = field(default_factory=dict)
    evidence: dict[str, Spot] = field(default_factory=dict)
    repeated: list[tuple[Item, Item]] = field(default_factory=list)
    titles: Titles = field(default_factory=Titles)
    # The indicator last named in a row, and in each column of names.
    left: str | None = None
    above: dict[int, str] = field(default_factory=dict)
    inline: list[tuple[str, Spot, str]] = field(default_factory=list)
    # The column of units that stands between names and values.
    units: int | None = None
    blank: set[int] | None = None

    def form(self) -> Form:
        """Return what was found of a form."""
        for r, row in enumerate(self.rows[:MOST_ROWS]):
            if titles := titles_of(row):
                self.titles = titles
                continue
            self.left = None
            then = 0
            for c, cell in enumerate(row[:MOST_COLUMNS]):
                if c >= then and isinstance(cell, str) and cell and len(cell) <= LONGEST:
                    then = self._take(r, c, row)
        known = {n for n, i in self.items.items() if not self._is_blank(i.value)}
        inline = [(spot, text) for name, spot, text in self.inline if name not in known]
        return Form(self.items, self.evidence, self.repeated, inline)

    def _take(self, r: int, c: int, row: Sequence[Any]) -> int:
        """Take one cell for what it is; return the column at which to go on."""
        right = self.ends.get((r, c), c) + 1
        name, unit = _name(row[c].strip(), self.names)
        if name is None and self.names.is_source(row[c]):
            return right + 1
        if name is None:
            self._note_inline(r, c, row[c])
            return self._take_evidence(r, c, row, right)
        titles = self.titles
        value = titles.value if titles.value is not None and titles.value > c else right
        if titles.value is None:
            value = self._beyond_gap(r, value, is_head=name.startswith("<"))
        if self._is_name(row, value, name):
            return c + 1  # a row of names is a table's header
        if titles.value is not None and c < titles.value < right:
            return c + 1  # a heading that runs across the values
        if is_signed(row[c]) and self._is_unsigned((r, value)):
            return c + 1
        beside = self._unit_beside(row, value)
        other = unit if beside is not None and unit not in (None, beside) else None
        text = " ".join(row[c].split())
        self._put(Item(name, (r, c), (r, value), text, beside or unit, other))
        if name in self.names.criteria.indicator_position:
            self.left = self.above[c] = name
            if titles.evidence is not None and titles.evidence > value:
                self.evidence.setdefault(name, (r, titles.evidence))
        # Beside a value below its title stand its unit and what explains it, beside one behind its
        # unit the values of other results.
        alone = titles.value is not None or self.units == value - 1
        return len(row) if alone else value + 1

    def _is_name(self, row: Sequence[Any], value: int, name: str) -> bool:
        """Say whether what stands beside a name is one too: Institution answers Ownership."""
        if value >= len(row) or not is_label(row[value], self.names):
            return False
        quantity = self.names.quantities.get(name)
        return quantity is None or normalise(row[value]) not in quantity.category_by_name

    def _note_inline(self, r: int, c: int, text: str) -> None:
        """Note a name with its value behind it in one cell: TRL：6."""
        before, _, behind = text.replace(":", "：", 1).partition("：")
        if behind.strip() and not is_unit(behind.strip()) and not is_closing(text):
            name, _ = _name(before.strip(), self.names)
            if name is not None:
                self.inline.append((name, (r, c), " ".join(text.split())))

    def _beyond_gap(self, r: int, value: int, *, is_head: bool) -> int:
        """Return the column of a value, beyond one that is blank throughout or holds units."""
        row = self.rows[r]
        if is_head and self.units is None and value + 1 < len(row) and heads_units(row[value]):
            cells = (x[value] for x in self.rows[r + 1 : r + _ROWS_OF_UNITS] if value < len(x))
            if any(isinstance(x, str) and unit_of(x) for x in cells):
                self.units = value
        while value in self.titles.aside:
            value += 1
        if value == self.units:
            return value + 1
        if value + 1 < len(row) and value in self._blank_columns():
            return value + 1
        return value

    def _blank_columns(self) -> set[int]:
        """Return the columns without anything in them that stand before one with numbers."""
        if self.blank is None:
            rows = self.rows[:MOST_ROWS]
            width = min(max(map(len, rows), default=0), MOST_COLUMNS)
            filled = {c for row in rows for c, x in enumerate(row[:width]) if x not in ("", None)}
            numbers = {c for row in rows for c, x in enumerate(row[:width]) if is_number(x)}
            self.blank = {c for c in range(width) if c not in filled and c + 1 in numbers}
        return self.blank

    def _take_evidence(self, r: int, c: int, row: Sequence[Any], right: int) -> int:
        owner = self._owner_of_evidence(row[c].strip(), self.left or self.above.get(c))
        if owner and c + 1 <= right < len(row) and not is_label(row[right], self.names):
            self.evidence.setdefault(owner, (r, right))
            return right + 1
        return c + 1

    def _owner_of_evidence(self, text: str, left: str | None) -> str | None:
        """Return the indicator whose evidence a text announces, as a mapping file says first."""
        target = self.names.mapped_to(text)
        if target is None:
            return evidence_of(text, left, self.names)
        if target.evidence:
            return target.name
        return left if target.name == "evidence" else None

    def _put(self, item: Item) -> None:
        first = self.items.setdefault(item.name, item)
        if first is not item:
            if self._is_blank(first.value):
                self.items[item.name] = item  # what came first was a heading
            else:
                self.repeated.append((item, first))

    def _is_blank(self, spot: Spot) -> bool:
        row = self.rows[spot[0]] if spot[0] < len(self.rows) else ()
        return spot[1] >= len(row) or row[spot[1]] in ("", None)

    def _is_unsigned(self, spot: Spot) -> bool:
        """Say whether a line to sign or stamp has no name beside it: 单位（盖章）：, 日期：."""
        cell = "" if self._is_blank(spot) else self.rows[spot[0]][spot[1]]
        return cell == "" or (isinstance(cell, str) and (not cell.strip() or is_closing(cell)))

    def _unit_beside(self, row: Sequence[Any], value: int) -> str | None:
        stated = self.titles.unit if self.titles.unit is not None else self.units
        column = stated if stated is not None else value + 1
        cell = row[column] if column < len(row) else None
        return unit_of(cell) if isinstance(cell, str) else None

    def value_columns(self) -> _Columns | None:
        """Return the columns of values where a form has several, each with an id or title.

        One whose name is blank or not known is one too where numbers stand below it; a total, a
        mean, weights or remarks beside them are none.
        """
        head = self.items.get("<id>") or self.items.get("<title>")
        if self.titles.value is not None or head is None:
            return None
        row, first = self.rows[head.value[0]], head.value[1]
        beside = [i for i in self.items.values() if i.value[1] == first and i is not head]
        rows = [self.rows[i.value[0]] for i in beside]
        named = self._named_columns(row, rows, first, {i.value[0] for i in beside})
        labels = {c: label for c in named if (label := _label_of(row, c)) is not None}
        columns = [c for c in named if c not in labels]
        filled = [
            c for c in columns if sum(c < len(r) and r[c] != "" for r in rows) * 2 >= len(rows)
        ]
        if len(rows) < 2 or not filled or len(filled) + len(labels) < 2:
            return None
        passed = [((head.value[0], c), str(row[c]), label) for c, label in labels.items()]
        return _Columns([_Column(c, c - first) for c in columns], passed)

    def _named_columns(
        self, row: Sequence[Any], rows: Sequence[Sequence[Any]], first: int, numbers: set[int]
    ) -> list[int]:
        # Where other items stand in the same rows, their names and values are no further results.
        others = self._columns_of_others(first, numbers)
        columns, gap = [], False
        for c in range(first, max(map(len, (row, *rows)))):
            name = row[c] if c < len(row) else ""
            if c in others or is_label(name, self.names) or is_evidence(name, self.names):
                break
            gap = gap or name == ""
            if not gap or _numbers(rows, c) * 2 >= max(len(rows), 1):
                columns.append(c)
        return columns

    def _columns_of_others(self, first: int, rows: set[int]) -> set[int]:
        """Return the columns in which items beside those of the first column have name or value."""
        items = (i for i in self.items.values() if i.value[1] != first and i.value[0] in rows)
        return {column for i in items for column in (i.label[1], i.value[1])}


def _label_of(row: Sequence[Any], column: int) -> RowLabel | None:
    """Return what the head of a column says that holds no result."""
    cell = row[column] if column < len(row) else ""
    label = label_of(cell.strip()) if isinstance(cell, str) and cell.strip() else None
    return label if label is not None and label.sureness > Sureness.HARDLY else None


def _numbers(rows: Sequence[Sequence[Any]], column: int) -> int:
    """Return how many of some rows have a number in a column."""
    return sum(column < len(row) and is_number(row[column]) for row in rows)


def _name(text: str, names: HeaderNames) -> tuple[str | None, str | None]:
    """Return what the name of an item means, and the unit that it states."""
    target, named = names.mapped_to(text), names.resolve(text)
    if target is None:
        return (
            (None, None) if named is None or named.name == "<serial>" else (named.name, named.unit)
        )
    if target.name in ("id", "title"):
        return f"<{target.name}>", None
    if target.evidence or target.name in ("evidence", "ignore"):
        return None, None
    stated = named.unit if named is not None else None
    return target.name, target.unit or stated or unit_stated(text, names.quantities[target.name])


def other_labels(
    rows: Rows, form: Form, names: HeaderNames, *, blank: bool = False
) -> list[tuple[Spot, str]]:
    """Return the texts that are not known where the form's names stand, with a value beside.

    With ``blank`` also those beside a blank, which may be names of what is still to be filled in.
    """
    columns = {i.label[1] for i in form.items.values()}
    step = {i.label[1]: i.value[1] for i in form.items.values()}
    taken = {i.label for i in form.items.values()} | {i.label for i, _ in form.repeated}
    taken |= {i.value for i in form.items.values()} | set(form.evidence.values())
    labels = []
    for r, row in enumerate(rows[:MOST_ROWS]):
        for c in columns:
            text = row[c] if c < len(row) else ""
            beside = row[step[c]] if step[c] < len(row) else ""
            if (r, c) in taken or not isinstance(text, str) or not text.strip():
                continue
            if len(text) > LONGEST or titles_of(row) or is_evidence(text, names):
                continue
            if (beside == "" and not blank) or names.mapped_to(text) is not None:
                continue
            labels.append(((r, c), " ".join(text.split())))
    return labels
