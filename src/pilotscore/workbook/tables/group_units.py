"""Gives columns the units that stand over them: in the heads of their groups, or in the title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pilotscore.criteria import Fact, Indicator
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.column_units import AroundUnits, converts, tell_unit, with_stated
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.finder import TableHeader
from pilotscore.workbook.tables.headers import HeaderNames, unit_in
from pilotscore.workbook.tables.unit_lines import UnitLine, stated_units
from pilotscore.workbook.values.units import factor, is_other_money, plain

# So many rows above a header may be heads of groups.
_MOST_ABOVE = 2


def with_units_over(
    columns: Columns, table: TableHeader, names: HeaderNames, sheet: Sheet
) -> AroundUnits:
    """Return columns with the units in brackets that stand over them: 资金（元） over 申请金额.

    The lowest one counts, where numbers of the column can be in it; the header's own goes first.
    """
    header = table.row or 0
    findings = SheetFindings(sheet)
    stated: dict[str, str] = {}
    for name, column in columns.quantities.items():
        quantity = names.quantities[name]
        stands = name in columns.units or name in columns.percent_headers or name in names.fixed
        line = None if stands or not converts(quantity) else _over(sheet, table, column, quantity)
        if line is not None:
            stated[name] = line.unit
            if factor(line.unit, quantity) is not None:
                tell_unit(findings, line, quantity, header, column)
    named = {n for n, u in stated.items() if factor(u, names.quantities[n]) is not None}
    changed = with_stated(columns, stated, names) if stated else columns
    return AroundUnits(changed, tuple(findings.entries), frozenset(named))


def _over(
    sheet: Sheet, table: TableHeader, column: int, quantity: Indicator | Fact
) -> UnitLine | None:
    header = table.row or 0
    for row in range(header - 1, max(-1, table.first - 1 - _MOST_ABOVE), -1):
        at = _text_over(sheet, row, column)
        if at is None:
            continue
        text = " ".join(str(sheet.cell(row, at)).split())
        if stated_units(text):
            return None  # it is said of the whole table
        unit = unit_in(text)
        other = quantity.type == "money" and unit is not None and is_other_money(unit)
        if unit is not None and (other or factor(unit, quantity) is not None):
            return UnitLine(row, at, text, unit)
    return None


def _text_over(sheet: Sheet, row: int, column: int) -> int | None:
    """Return the column of the text that stands over another in a row: there, or to its left."""
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return left if top == row else None
    return next((c for c in range(column, -1, -1) if sheet.cell(row, c) not in ("", None)), None)


def with_conflicts(
    columns: Columns, units: Mapping[int, str], names: HeaderNames, sheet: Sheet, header: int
) -> AroundUnits:
    """Return columns without a factor where header and row of units state different units."""
    findings = SheetFindings(sheet)
    unclear = []
    for name, column in columns.quantities.items():
        first, second = columns.units.get(name), units.get(column)
        if first is None or second is None or plain(first) == plain(second):
            continue
        quantity = names.quantities[name]
        if factor(first, quantity) != factor(second, quantity) and name not in names.fixed:
            values = {"first": first, "second": second, "name": quantity.title}
            findings.add(kinds.UNITS_AROUND_DIFFER, header, column, **values)
            unclear.append(name)
    if not unclear:
        return AroundUnits(columns, (), frozenset())
    changed = replace(columns, factors={**columns.factors, **dict.fromkeys(unclear)})
    return AroundUnits(changed, tuple(findings.entries), frozenset(unclear))
