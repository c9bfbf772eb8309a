"""Reads the values of a sheet of batch data: one in each row, or across in columns of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria.names import bracketed, without_brackets
from pilotscore.records import dataclass
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.numbers import NumbersRead, read_numbers, unit_shown
from pilotscore.workbook.batches.records import joined, picked
from pilotscore.workbook.batches.sheet import BatchValues
from pilotscore.workbook.batches.sheet_rows import Body
from pilotscore.workbook.batches.specified_limits import filled, specified_in_rows, specified_of
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.values.cells import text_of
from pilotscore.workbook.values.unread import has_unread, unread

_LIMITS = ("lower", "upper", "target")
_NONE, _NO_PLACES, _NO = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
_NO_VALUES = BatchValues(*(_NO_PLACES,) * 4, *(_NONE,) * 4, *(_NO,) * 2, np.zeros(0, dtype=np.int8))
# Values with the names and units that they have places in.
NamedValues = tuple[BatchValues, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ValueReader:
    """Reads columns of numbers, and keeps the texts of the cells that hold none."""

    body: Body
    texts: dict[Spot, str] = field(default_factory=dict)
    limit_texts: dict[int, str] = field(default_factory=dict)

    def read(self) -> NamedValues:
        """Read the values: one for each row of a long sheet, one for each column of a wide one."""
        return self._long() if self.body.header.layout == "long" else self._across()

    def _long(self) -> NamedValues:
        body = self.body
        columns = body.header.columns
        at, stated = columns["value"], body.texts("characteristic")
        named = [without_brackets(t).strip() or t for t in stated]
        names = tuple(dict.fromkeys(n for n in named if n))
        of_header = body.unit(at)
        own = zip(body.texts("unit"), stated, strict=True)
        of_header = of_header or unit_shown(body.cells(at), body.formats(at))
        of_rows = [unit or bracketed(t) or of_header for unit, t in own]
        units = tuple(dict.fromkeys(of_rows))
        values = self._numbers(at, of_rows)
        limits = {k: self._limits(body, columns.get(k), at, of_rows) for k in _LIMITS}
        if columns.get("spec") is not None:
            limits = filled(
                limits, specified_in_rows(body, columns["spec"], named, of_rows, limits)
            )
        values = replace(
            values,
            name=_places(named, names),
            unit=_places(of_rows, units),
            lower=limits["lower"][0],
            upper=limits["upper"][0],
            target=limits["target"][0],
            bad_limit=limits["lower"][1] | limits["upper"][1],
        )
        return picked(values, _some(values) & (values.name >= 0)), names, units

    def _across(self) -> NamedValues:
        measurands = self.body.header.measurands
        units = tuple(m.unit or self._unit(m.column) for m in measurands)
        parts = [_NO_VALUES]
        for k, m in enumerate(measurands):
            values = self._numbers(m.column, units[k])
            limits = {
                kind: self._limits_of(kind, m.column, m.limits.get(kind), units[k])
                for kind in _LIMITS
            }
            if "spec" in self.body.header.limit_rows:
                limits = filled(limits, specified_of(self.body, m, units[k], limits))
            values = replace(
                values,
                name=np.full(len(values.row), k),
                unit=np.full(len(values.row), k),
                lower=limits["lower"][0],
                upper=limits["upper"][0],
                target=limits["target"][0],
                bad_limit=np.any([bad for _, bad in limits.values()], axis=0),
            )
            parts.append(picked(values, _some(values)))
        return joined(parts), tuple(m.name for m in measurands), units

    def _plain(self, body: Body, column: int | None, unit: str | Sequence[str]) -> NumbersRead:
        """Read a column of numbers as their formats show them."""
        read = read_numbers(body.cells(column), unit, body.formats(column))
        body.tell_shown(column, read.shown)
        return read

    def _numbers(self, column: int, unit: str | Sequence[str]) -> BatchValues:
        """Read a column of values, without limits; what is no number is marked, its text kept."""
        body, count = self.body, len(self.body.rows)
        read = self._plain(body, column, unit)
        wrong = dict(read.wrong)
        sides = np.zeros(count, dtype=np.int8)
        for i, text, value, side in read.bounds:
            sides[i] = side
            body.tell(kinds.CENSORED, i, column, text=text, value=f"{value:g}")
        for i, text, value in read.loose:
            body.tell(kinds.LOOSE_NUMBER, i, column, text=text, value=f"{value:g}")
        wrong |= _without_value(body, column)
        faulty = np.zeros(count, dtype=bool)
        for i, text in wrong.items():
            faulty[i], read.values[i] = True, np.nan
            self.texts[body.rows[i], column] = text
        nothing, places = np.full(count, np.nan), np.zeros(count, dtype=np.int64)
        return BatchValues(
            row=np.arange(count),
            name=places,
            unit=places,
            column=np.full(count, column),
            value=read.values,
            lower=nothing,
            upper=nothing,
            target=nothing,
            faulty=faulty,
            bad_limit=np.zeros(count, dtype=bool),
            open=sides,
        )

    def _limits(
        self, body: Body, column: int | None, owner: int, unit: str | Sequence[str]
    ) -> tuple[Floats, Bools]:
        """Read limits; what is no number is marked, its text kept for the column that it limits."""
        read = self._plain(body, column, unit)
        bad = np.zeros(len(body.rows), dtype=bool)
        for i, text in [*read.wrong, *_without_value(body, column)]:
            bad[i] = True
            self.limit_texts.setdefault(owner, text)
        return read.values, bad

    def _limits_of(
        self, kind: str, column: int, own: int | None, unit: str
    ) -> tuple[Floats, Bools]:
        """Return the limits of a column: a column of its own, or a row below the header."""
        count = len(self.body.rows)
        if own is not None:
            return self._limits(self.body, own, column, unit)
        row = self.body.header.limit_rows.get(kind)
        if row is None:
            return np.full(count, np.nan), np.zeros(count, dtype=bool)
        one, bad = self._limits(replace(self.body, rows=[row]), column, column, unit)
        return np.full(count, one[0]), np.full(count, bool(bad[0]))

    def _unit(self, column: int) -> str:
        """Return the unit that stands below a header without one, or in its cells' formats."""
        body = self.body
        return self._below("unit", column) or unit_shown(body.cells(column), body.formats(column))

    def _below(self, kind: str, column: int) -> str:
        row = self.body.header.limit_rows.get(kind)
        return "" if row is None else text_of(self.body.sheet.rows[row], column)


def _without_value(body: Body, column: int | None) -> list[tuple[int, str]]:
    """Return error cells and formulas without a result: the row's place, and what is shown."""
    if column is None or not has_unread(body.sheet):
        return []
    cells = ((i, unread(body.sheet, (r, column))) for i, r in enumerate(body.rows))
    return [(i, cell[0]) for i, cell in cells if cell]


def _some(values: BatchValues) -> Bools:
    """Say which cells hold something: a number, or what should be one."""
    some: Bools = ~np.isnan(values.value) | values.faulty
    return some


def _places(texts: Sequence[str], known: Sequence[str]) -> Ints:
    """Return the place of each text among the known ones, -1 for any other."""
    place = {text: i for i, text in enumerate(known)}
    return np.array([place.get(text, -1) for text in texts], dtype=np.int64)
