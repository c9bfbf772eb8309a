"""Gives columns the units that are stated elsewhere than in their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pilotscore.criteria import NUMBERS, Fact, Indicator
from pilotscore.findings import Finding
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.unit_lines import UnitLine
from pilotscore.workbook.values.units import factor, is_unit, own_unit, plain

_PERCENT = ("%", "％")


@dataclass(frozen=True, slots=True)
class AroundUnits:
    """Columns with the units that stand around the table, what is told of it, and of which."""

    columns: Columns
    findings: tuple[Finding, ...]
    names: frozenset[str]


def takes_unit(quantity: Indicator | Fact) -> bool:
    """Say whether the numbers of a quantity are in a unit: a level and a bare number are not."""
    return quantity.type in NUMBERS and (quantity.unit is not None or quantity.type != "number")


def with_units_of_row(columns: Columns, units: Mapping[int, str], names: HeaderNames) -> Columns:
    """Return columns with the units of a row below the header; the header's own go first."""
    stated = {
        name: units[column]
        for name, column in columns.quantities.items()
        if column in units
        and name not in (*columns.units, *names.fixed)
        and takes_unit(names.quantities[name])
    }
    return with_stated(columns, stated, names) if stated else columns


def with_units_around(
    columns: Columns, lines: Sequence[UnitLine], names: HeaderNames, sheet: Sheet, header: int
) -> AroundUnits:
    """Return columns with the units that stand above, beside or below the table.

    A unit holds for the columns of its kind that have none of their own: 元 for those of money.
    Where two are stated, no bare number of such a column is read.
    """
    findings = SheetFindings(sheet)
    for line in lines:
        if not is_unit(line.unit):
            values = {"text": line.text, "unit": line.unit}
            findings.add(kinds.UNKNOWN_UNIT_AROUND, line.row, line.column, **values)
    stated: dict[str, str] = {}
    unclear: list[str] = []
    for name, column in columns.quantities.items():
        quantity = names.quantities[name]
        stands = name in columns.units or name in columns.percent_headers or name in names.fixed
        if stands or not converts(quantity):
            continue
        fitting = [x for x in lines if is_unit(x.unit) and factor(x.unit, quantity) is not None]
        if not fitting:
            continue
        first = fitting[0]
        stated[name] = first.unit
        other = next((x for x in fitting if plain(x.unit) != plain(first.unit)), None)
        if other is not None:
            units = {"first": first.unit, "second": other.unit}
            findings.add(kinds.UNITS_AROUND_DIFFER, header, column, name=quantity.title, **units)
            unclear.append(name)
        else:
            tell_unit(findings, first, quantity, header, column)
    if not stated:
        return AroundUnits(columns, tuple(findings.entries), frozenset())
    changed = with_stated(columns, stated, names)
    factors = {**changed.factors, **dict.fromkeys(unclear)}
    changed = replace(changed, factors=factors)
    return AroundUnits(changed, tuple(findings.entries), frozenset(stated))


def converts(quantity: Indicator | Fact) -> bool:
    """Say whether a unit that stands elsewhere can be that of a quantity: no level, no count."""
    return takes_unit(quantity) and quantity.type not in ("level", "count")


def tell_unit(
    findings: SheetFindings, line: UnitLine, quantity: Indicator | Fact, header: int, column: int
) -> None:
    """Tell a unit that holds for a column, and what its numbers were multiplied by."""
    times = factor(line.unit, quantity)
    cell = findings.sheet.place(line.row, line.column).cell
    values = {"text": line.text, "cell": cell, "name": quantity.title}
    if times == 1:
        findings.add(kinds.SAME_UNIT_AROUND, header, column, **values)
        return
    own = own_unit(quantity) or quantity.title
    findings.add(kinds.UNIT_AROUND, header, column, factor=f"{times:.10g}", own=own, **values)


def with_stated(columns: Columns, stated: Mapping[str, str], names: HeaderNames) -> Columns:
    """Return columns with units that are stated for them, by name."""
    units = {**columns.units, **stated}
    percent = {n for n, u in stated.items() if u in _PERCENT}
    return replace(
        columns,
        units=units,
        factors={
            **columns.factors,
            **{n: factor(u, names.quantities[n]) for n, u in stated.items()},
        },
        percent_headers=columns.percent_headers | percent,
    )
