"""Reads the units that stand around the columns: in a row below the header, or beside the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.criteria.names import bracketed
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.row_labels import RowKind, label_of
from pilotscore.workbook.values.cells import State, read_cell
from pilotscore.workbook.values.units import is_counter, is_other_money, is_unit, yuan_of

_NO_UNIT = ("-", "—", "–", "/", "\\", "无", "级", "等级", "无量纲", "none")
# What may stand before a unit in a cell: 单位：元.
_SAID = regex(r"^(?:计量)?(?:单位|unit)\s*[:：]\s*", re.IGNORECASE)
_LONGEST_UNIT = 12
# 单位：元; （金额单位：万元）; Unit: CNY; amounts in 10k CNY. A 填报单位： is an institution.
_LINE = regex(
    r"(?:(?<![\u3400-\u9fff])|(?<=金额)|(?<=货币)|(?<=计量)|(?<=数量)|(?<=经费)|(?<=费用)|(?<=数据)|(?<=计价))"
    r"(?:计量|金额|货币|数量|经费|费用|数据|计价)?\s*单\s*位\s*[:：为]\s*(?P<zh>[^\s()（）\[\]【】;；。]{1,16})"
    r"|\b(?:currency\s+)?units?\s*(?:[:：]|is|are|in)\s*(?P<en>[^()（）;；.]{1,24})"
    r"|\b(?:all\s+)?(?:amounts?|figures?|values?|money|costs?|currency)\s+(?:are\s+)?in\s+(?P<of>[^()（）;；.]{1,24})"
    r"|(?:金额|经费|资金|费用|数据|数值)[均皆都]?[以按](?P<by>[^\s，,。；;]{1,8}?)(?:计|为单位)"
    r"|[\u3400-\u9fff]{2,8}?(?:单位)?[均皆都]?为(?P<is>[千万百十亿]{0,2}元|%|天|小时|分钟|千克|公斤|吨)"
    r"(?=[\s，,、;；。)）]|$)"
    r"|(?<=[(（])(?:in\s+)?(?P<alone>(?:cny|rmb|yuan|thousands?|millions?|'000)\b[^()（）;；.]{1,16})(?=[)）])",
    re.IGNORECASE,
)
_BETWEEN = regex(r"[、,，/／和与]|\s+and\s+")
_MONEY_SIGNS = regex(
    r"元$|[$€£]|\b(?:usd|eur|gbp|jpy|cny|rmb|yuan|dollars?|euros?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class UnitsRow:
    """What a row of units states by column, and its words that are no unit that is known."""

    units: Mapping[int, str]
    unknown: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that is stated beside a table: as it is written there, the cell, and the unit."""

    row: int
    column: int
    text: str
    unit: str


def units_row(
    row: Sequence[Any],
    filled: Sequence[int],
    quantities: Mapping[int, Indicator | Fact],
    names: Collection[int],
    *,
    labelled: bool,
) -> UnitsRow | None:
    """Return the units that a row states by column; None where it states something else.

    Parameters
    ----------
    row, filled
        The cells of the row, and the columns of those that are not blank.
    quantities
        What the columns hold.
    names
        The columns of ids and titles, in which a row of units has no name.
    labelled
        Whether the row says that it is one. Another has to have more units than other words, none
        of which may be a value of its column.
    """
    units: dict[int, str] = {}
    unknown: dict[int, str] = {}
    odd = 0
    for column in filled:
        cell = row[column]
        if not isinstance(cell, str):
            return None
        text = _SAID.sub("", cell.strip()).strip("()（）[]【】 ")
        label = label_of(cell)
        if text in _NO_UNIT or (label is not None and label.kind is RowKind.UNIT):
            continue
        if column in names:
            return None
        quantity = quantities.get(column)
        if _is_unit_of(text, quantity):
            if quantity is not None:
                units[column] = text
        elif quantity is None or quantity.type not in NUMERIC:
            odd += quantity is None and not labelled  # 是/否 says what such a column takes
        elif len(text) > _LONGEST_UNIT or _is_value(cell, quantity):
            return None
        else:
            unknown[column] = text
    if not units or (not labelled and len(unknown) + odd > len(units)):
        return None
    return UnitsRow(units, unknown)


def _is_unit_of(text: str, quantity: Indicator | Fact | None) -> bool:
    """Say whether a text is a unit, as any column or just this one may have it."""
    own = quantity.unit if quantity is not None else None
    known = is_unit(text) or is_counter(text) or is_other_money(text)
    return known or (own is not None and text in (own.zh, own.en))


def _is_value(cell: str, quantity: Indicator | Fact) -> bool:
    return quantity.type != "text" and read_cell(cell, quantity).state is not State.FAULTY


def units_written(row: Sequence[Any], quantities: Mapping[int, Indicator | Fact]) -> list[str]:
    """Return the units in a row that is no result: below its columns, or in its label."""
    cells = [row[c] for c in quantities if c < len(row)]
    texts = [x.strip("()（）[]【】 ") for x in cells if isinstance(x, str)]
    texts += [bracketed(x) for x in row if isinstance(x, str) and label_of(x) is not None]
    return [t for t in dict.fromkeys(texts) if t and is_unit(t)]


def unit_lines(
    sheet: Sheet, rows: Iterable[int], without: Collection[int] = (), header: int | None = None
) -> list[UnitLine]:
    """Return the units that are stated in some rows of a sheet, above, beside or below its table.

    Parameters
    ----------
    sheet
        The sheet.
    rows
        The rows in which no result stands.
    without, header
        The columns that are read, which say nothing of the sort in the row of the header.
    """
    lines: list[UnitLine] = []
    for number in rows:
        row = sheet.rows[number] if number < len(sheet.rows) else []
        above = header is not None and number < header
        for column, cell in enumerate(row):
            if isinstance(cell, str) and not (number == header and column in without):
                said = stated_units(cell) or (_money_alone(row, cell) if above else [])
                lines.extend(UnitLine(number, column, *x) for x in said)
    return lines


def _money_alone(row: Sequence[Any], cell: str) -> list[tuple[str, str]]:
    """Return the unit of money that is all that a row above a table has: （万元）."""
    text = cell.strip().strip("()（）[]【】 ")
    money = yuan_of(text) is not None or is_other_money(text)
    return [(text, text)] if money and sum(x != "" for x in row) == 1 else []


def stated_units(cell: str) -> list[tuple[str, str]]:
    """Return what a text says of units: the words, and the unit; unknown money as it is written."""
    stated: list[tuple[str, str]] = []
    for match in _LINE.finditer(cell):
        said = next((x for x in match.groups() if x), "")
        whole = said.strip(" :：，,。.")
        parts = [whole] if is_unit(whole) else [p.strip() for p in _BETWEEN.split(whole)]
        stated.extend((match.group().strip(), p) for p in parts if is_unit(p) or _is_money(p))
    return stated


def _is_money(text: str) -> bool:
    return _MONEY_SIGNS.search(text) is not None
