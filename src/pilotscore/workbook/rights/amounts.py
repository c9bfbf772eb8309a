"""Reads columns of money into units of their currency: 30万元 is 300000 CNY.

A bare number counts only where its unit is stated: in the header, in a row below it, beside the
table, or by a column of currencies. Nothing is taken for yuan because nobody said otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.amounts import unit_of
from pilotscore.criteria.names import brackets
from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.cells import plain_number, says_nothing, texts
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.records import Texts
from pilotscore.workbook.rights.suggestions import Suggestions
from pilotscore.workbook.tables.unit_lines import unit_lines
from pilotscore.workbook.values.cells import text_of, tidy
from pilotscore.workbook.values.formatted import amount_seen
from pilotscore.workbook.values.units import currency_of

_WRITTEN = regex(
    r"(?P<sign>[^\d\s.,+()-]{1,5})?\s*(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"\s*(?P<unit>\D*?)整?"
)
_IN_HEADER = regex(r"[,，;；:：/]|单位|\bin\b")
_CURRENCIES: Mapping[str, str] = {
    "人民币": "CNY",
    "人民币元": "CNY",
    "美金": "USD",
    "港币": "HKD",
    "¥": "CNY",
}
_KNOWN = (
    "人民币",
    "CNY",
    "美元",
    "USD",
    "欧元",
    "EUR",
    "日元",
    "JPY",
    "英镑",
    "GBP",
    "港元",
    "HKD",
)


class Unit(NamedTuple):
    """A unit of money: the currency, and how many of its unit one of it is."""

    currency: str
    times: float


@lru_cache(maxsize=1 << 10)
def money_unit(name: str) -> Unit | None:
    """Return the unit of money that a text names; None where it names none."""
    unit = unit_of(tidy(name))
    return None if unit is None else Unit(unit.currency, unit.fen / 100)


@lru_cache(maxsize=1 << 10)
def currency_named(text: str) -> str:
    """Return the code of the currency that a text names; '' where it names none."""
    if text in _CURRENCIES:
        return _CURRENCIES[text]
    unit = money_unit(text)
    return unit.currency if unit is not None else (currency_of(text) or "").upper()


def unit_in_header(header: str) -> Unit | None:
    """Return the unit of money in the brackets of a header, or behind it: 金额/万元."""
    parts = [p for group in brackets(header) for p in (group, *_IN_HEADER.split(group))]
    parts += re.split(r"[/／,，\n]", header)[1:]
    return next((u for p in parts if p.strip() and (u := money_unit(p.strip()))), None)


def amounts(grid: Grid, role: str) -> tuple[Floats, Texts]:
    """Return a column of amounts, and the currency of each; nan and '' where there is none."""
    read = np.full(len(grid), np.nan)
    currencies = np.full(len(grid), "", dtype=object)
    if role not in grid.columns:
        return read, currencies
    column = grid.columns[role]
    stated = _currencies(grid)
    unit = _unit_of_column(grid, role)
    formats = grid.sheet.notes.formats.of_column(column)
    bare: list[int] = []
    for i, cell in enumerate(grid.cells(role)):
        if cell in ("", None) or (isinstance(cell, str) and says_nothing(cell)):
            continue
        seen = amount_seen(cell, formats.get(grid.rows[i])) if formats else cell
        amount = _amount(cell if seen is None else seen, unit, stated[i])
        if isinstance(amount, Unit):
            read[i], currencies[i] = amount.times, amount.currency
        elif amount is kinds.AMOUNT_WITHOUT_UNIT:
            bare.append(i)
        else:
            values = {"text": text_of((cell,), 0), "name": grid.title(role), "currency": stated[i]}
            grid.tell(amount, grid.rows[i], role, **values)
    if bare:
        values = {"count": len(bare), "name": grid.title(role)}
        grid.tell(kinds.AMOUNT_WITHOUT_UNIT, grid.rows[bare[0]], role, **values)
    return read, currencies


def _amount(cell: Any, unit: Unit | None, currency: str) -> Any:
    """Return an amount with its currency, as a unit of so many; the kind of finding where none."""
    number = plain_number(cell)
    if number is None:
        written = _WRITTEN.fullmatch(tidy(cell)) if isinstance(cell, str) else None
        own = _own_unit(written["sign"] or "", written["unit"] or "") if written else None
        if written is None or own is None:
            return kinds.NOT_AN_AMOUNT
        number = float(written["number"].replace(",", ""))
        unit = own if own.currency else unit
    if number < 0:
        return kinds.NOT_AN_AMOUNT
    if unit is None:
        # A currency by itself says that whole units of it are meant.
        return Unit(currency, number) if currency else kinds.AMOUNT_WITHOUT_UNIT
    if currency and currency != unit.currency:
        return kinds.OTHER_CURRENCY
    return Unit(unit.currency, float(f"{number * unit.times:.15g}"))


def _own_unit(sign: str, unit: str) -> Unit | None:
    """Return the unit that an amount is written with, one of '' where with none; None where odd."""
    by_sign = (currency_of(sign) or "").upper() if sign else ""
    if sign and not by_sign:
        return None
    own = money_unit(unit) if unit.strip() else None
    if unit.strip() and own is None:
        return None
    if own is not None and by_sign and own.currency != by_sign:
        # $200万: the scale of the one, the currency of the other.
        return Unit(by_sign, own.times) if unit.strip() in ("万", "亿") else None
    return own or (Unit(by_sign, 1.0) if by_sign else Unit("", 1.0))


def _currencies(grid: Grid) -> list[str]:
    """Return the currency that its column states for each row; one that is not known is told."""
    if "currency" not in grid.columns:
        return [""] * len(grid)
    written = texts(grid, "currency").tolist()
    codes = {text: currency_named(text) for text in set(written)}
    suggestions = Suggestions.among(_KNOWN)
    for i, text in enumerate(written):
        if text and not codes[text] and not says_nothing(text):
            near = suggestions.of(text)
            grid.tell(kinds.UNKNOWN_CURRENCY, grid.rows[i], "currency", text=text, near=near)
    return [codes[text] for text in written]


def _unit_of_column(grid: Grid, role: str) -> Unit | None:
    """Return the unit that holds for the bare numbers of a column; None where none is stated."""
    column = grid.columns[role]
    own = unit_in_header(grid.texts.get(column, ""))
    if own is not None:
        return own
    if (below := money_unit(grid.units.get(column, ""))) is not None:
        return below
    above = unit_lines(grid.sheet, range(grid.header), (), grid.header)
    around = (*grid.units_above, *above)
    units = {u: line for line in around if (u := money_unit(line.unit)) is not None}
    if len(units) != 1:
        return None
    ((unit, line),) = units.items()
    cell = grid.sheet.place(line.row, line.column).cell
    values = {"text": line.text, "cell": cell, "name": grid.title(role)}
    grid.tell(kinds.UNIT_BESIDE, grid.header, role, **values)
    return unit
