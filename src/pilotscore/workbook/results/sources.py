"""Finds the cells that a mapping file names by their header, in tables and in forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.findings import Place
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.form_parts import (
    LONGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    Form,
    unit_of,
)
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import HeaderNames, unit_in
from pilotscore.workbook.values.measures_of_units import measure_of
from pilotscore.workbook.values.texts import text_at


@dataclass(frozen=True, slots=True)
class Source:
    """The cells under a header, one for each result, in order.

    ``unit`` is the unit that the header states, and ``quantity`` what it means where it is known.
    """

    header: str
    sheet: Sheet
    spots: tuple[Spot, ...]
    unit: str | None = None
    quantity: str | None = None

    def place(self, i: int) -> Place:
        """Return the cell of a result."""
        return self.sheet.place(*self.spots[i])

    @property
    def cells(self) -> list[Any]:
        """The cells as they are read."""
        return [self.sheet.cell(*spot) for spot in self.spots]

    def text(self, i: int) -> str:
        """Return the cell of a result as a text."""
        return text_at(self.sheet, *self.spots[i])


class Sources(Protocol):
    """Where the cells of one table or form are looked for."""

    @property
    def place(self) -> Place:
        """Where its header stands."""
        ...

    @property
    def around(self) -> tuple[str, ...]:
        """The units that stand around it, and hold for numbers without one."""
        ...

    def find(self, header: str) -> Source | None:
        """Return the cells under a header; None where there is no such header."""
        ...

    def find_every(self, header: str) -> list[tuple[Source, str | None]]:
        """Return the cells under each header that is so called, and the indicator before it."""
        ...

    def grades(self, name: str) -> Source | None:
        """Return the cells with the grades of evidence of an indicator; None for none."""
        ...


def _matching(texts: Mapping[Any, str], header: str) -> Any | None:
    """Return the key of the one text that is a header; None where none is, or several are."""
    fits = _every(texts, header)
    return fits[0] if len(fits) == 1 else None


def _every(texts: Mapping[Any, str], header: str) -> list[Any]:
    """Return the keys of texts that are a header: whole, without brackets, or its lower rows."""
    whole, short = normalise(header), normalise(without_brackets(header))
    forms = {key: (normalise(t), normalise(without_brackets(t))) for key, t in texts.items() if t}
    for fits in (
        [key for key, (full, _) in forms.items() if full == whole],
        [key for key, (_, brief) in forms.items() if brief == short],
        [key for key, text in texts.items() if whole in _lower_levels(text)],
    ):
        if fits:
            return fits
    return []


def _lower_levels(text: str) -> set[str]:
    """Return a header of several rows without its upper ones; they stand before a space."""
    words = text.split(" ")
    lower = [" ".join(words[k:]) for k in range(1, len(words))]
    return {form for t in lower for form in (normalise(t), normalise(without_brackets(t))) if form}


def unit_stated(header: str) -> str | None:
    """Return the unit that stands in the brackets of a header, also one such as 元/吨."""
    inside = bracketed(header).strip()
    return unit_in(header) or (inside if inside and measure_of(inside) is not None else None)


@dataclass(frozen=True, slots=True)
class TableSources:
    """The columns of a table.

    ``units`` are those of a row of units, by column; ``around`` those that stand around the table.
    """

    sheet: Sheet
    header: int
    columns: Columns
    rows: Sequence[int]
    units: Mapping[int, str]
    names: HeaderNames
    around: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where the header stands."""
        return self.sheet.place(self.header)

    def find(self, header: str) -> Source | None:
        """Return the column under a header."""
        column = _matching(self.columns.texts, header)
        named = self.names.resolve(header)
        if column is None and named is not None:
            column = self.columns.quantities.get(named.name)
        if column is None:
            return None
        text = self.columns.texts[column]
        quantity = next((n for n, c in self.columns.quantities.items() if c == column), None)
        unit = unit_stated(text) or self.units.get(column)
        return self._source(text, column, unit, quantity)

    def find_every(self, header: str) -> list[tuple[Source, str | None]]:
        """Return each column under such a header, and the indicator to its left."""
        indicators = self.names.criteria.indicator_position
        owners = {c: n for n, c in self.columns.quantities.items() if n in indicators}
        every = []
        for column in sorted(_every(self.columns.texts, header)):
            left = max((c for c in owners if c < column), default=None)
            source = self._source(self.columns.texts[column], column)
            every.append((source, None if left is None else owners[left]))
        return every

    def grades(self, name: str) -> Source | None:
        """Return the column of evidence of an indicator."""
        column = self.columns.evidence.get(name)
        return None if column is None else self._source(self.columns.texts[column], column)

    def _source(
        self, text: str, column: int, unit: str | None = None, quantity: str | None = None
    ) -> Source:
        spots = tuple((row, column) for row in self.rows)
        return Source(text, self.sheet, spots, unit, quantity)


@dataclass(frozen=True, slots=True)
class FormSources:
    """The items of a form, over one sheet or several."""

    parts: Sequence[tuple[Sheet, Form]]
    names: HeaderNames
    around: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where the form stands."""
        return self.parts[0][0].place()

    def find(self, header: str) -> Source | None:
        """Return the value beside a name."""
        named = self.names.resolve(header)
        for sheet, form in self.parts:
            item = form.items.get(named.name) if named is not None else None
            if item is not None:
                return Source(item.text, sheet, (item.value,), item.unit, item.name)
            labels = dict(_labels(sheet, form))
            spot = _matching({spot: text for spot, (text, _) in labels.items()}, header)
            if spot is not None:
                text, value = labels[spot]
                unit = unit_stated(text) or _unit_beside(sheet, spot, value)
                return Source(text, sheet, (value,), unit)
        return None

    def find_every(self, header: str) -> list[tuple[Source, str | None]]:
        """Return the value beside each such name, and the indicator named before it."""
        every = []
        indicators = self.names.criteria.indicator_position
        for sheet, form in self.parts:
            labels = dict(_labels(sheet, form))
            named = sorted((i.label, n) for n, i in form.items.items() if n in indicators)
            for spot in sorted(_every({s: text for s, (text, _) in labels.items()}, header)):
                text, value = labels[spot]
                before = [name for label, name in named if label < spot]
                every.append((Source(text, sheet, (value,)), before[-1] if before else None))
        return every

    def grades(self, name: str) -> Source | None:
        """Return the cell of evidence of an indicator."""
        for sheet, form in self.parts:
            if (spot := form.evidence.get(name)) is not None:
                return Source("", sheet, (spot,))
        return None


def _unit_beside(sheet: Sheet, label: Spot, value: Spot) -> str | None:
    """Return the unit that stands between a name and its value, or behind the value."""
    row, behind = value[0], value[1] + 1
    cells = (sheet.cell(row, c) for c in (*range(label[1] + 1, value[1]), behind))
    units = (unit_of(cell) for cell in cells if isinstance(cell, str))
    return next((unit for unit in units if unit is not None), None)


def _labels(sheet: Sheet, form: Form) -> Iterator[tuple[Spot, tuple[str, Spot]]]:
    """Yield the texts of a form that may be names, each with the cell of its value."""
    ends = {(top, left): right for (top, left), (_, right) in sheet.merged}
    step = {item.label[1]: item.value[1] for item in form.items.values()}
    values = {item.value for item in form.items.values()}
    for r, row in enumerate(sheet.rows[:MOST_ROWS]):
        for c, cell in enumerate(row[:MOST_COLUMNS]):
            if isinstance(cell, str) and 0 < len(cell) <= LONGEST and (r, c) not in values:
                value = step.get(c, ends.get((r, c), c) + 1)
                yield (r, c), (" ".join(cell.split()), (r, value))
