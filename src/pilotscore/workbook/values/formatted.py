"""Reads a number as its format shows it: with a unit, on a scale, as a percentage, as a text.

A unit or a text in a number format counts as the same text typed would: what a person who opens
the workbook sees is read, and told.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.findings import Kind
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat, Section
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Cell, Remark, State, clock, is_number, tidy
from pilotscore.workbook.values.units import agrees, currency_of, is_unit, own_unit, scales_of

_PERCENTAGES = ("percent", "ratio")
_WITH_SIGN = regex(r"([^\d\s.,+()-]{1,5})\s*([+-]?[\d.].*)")
_BARE_NUMBER = regex(r"[+-]?[\d,]*\.?\d*")
_NO_UNIT = Text("无单位", "no unit")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees of a cell, as it is to be read: a number or a text.

    ``percent`` says that the number is shown a hundredfold; ``remark`` is to be told of it, after
    what reading it tells, or only where that tells nothing; a ``fault`` is read already.
    """

    cell: Any
    percent: bool = False
    remark: Remark | None = None
    always: bool = True
    fault: Cell | None = None

    def with_remark(self, read: Cell) -> Cell:
        """Return what was read, with what is to be told of how it is shown."""
        if self.remark is None or (read.remarks and not self.always):
            return read
        return replace(read, remarks=(*read.remarks, self.remark))


def as_shown(
    cell: Any, form: NumberFormat | None, quantity: Indicator | Fact, unit: str | None
) -> Shown:
    """Return what a person sees of a cell.

    Parameters
    ----------
    cell
        What is stored.
    form
        Its number format where that matters.
    quantity
        What the cell is of.
    unit
        The unit that the header states; None where it states none.
    """
    if isinstance(cell, str):
        return _signed(cell, quantity, unit) if quantity.type == "money" else Shown(cell)
    if form is None or not is_number(cell):
        return Shown(cell)
    section = form.section(cell)
    if section.shows == "literal":
        return _literal(section, cell, form)
    if section.shows != "number":
        return Shown(cell)
    if quantity.type not in NUMERIC:
        return _name(cell, seen(cell, form))
    if section.odd or form.sign_lost(cell):
        return _fault(cell, kinds.SHOWN_OTHERWISE, stored=_digits(cell), code=form.code)
    if section.plain_percent and quantity.type in _PERCENTAGES:
        return Shown(cell, percent=True)
    return _number(section, cell, form, quantity, unit)


def seen(cell: Any, form: NumberFormat | None) -> Any:
    """Return a number with a text in its format as that text; any other cell as it is."""
    if form is None or not is_number(cell):
        return cell
    section = form.section(cell)
    if section.shows == "literal":
        return section.before or cell
    if section.template and float(cell).is_integer():
        return tidy(section.whole(int(cell)))
    if section.shows != "number" or section.plain or section.odd:
        return cell
    return _written(section, cell)


def text_shown(cell: Any, form: NumberFormat | None) -> str:
    """Return what is kept of a cell: a number with the texts of its format."""
    if isinstance(cell, datetime.timedelta):
        return clock(cell)
    if form is None or not is_number(cell):
        return str(cell)
    section = form.section(cell)
    if section.shows == "literal":
        return section.before or str(cell)
    return _written(section, cell) if section.shows == "number" else str(cell)


def amount_seen(cell: Any, form: NumberFormat | None) -> Any:
    """Return a sum of money as it would be typed: with its unit, without a yuan sign.

    None where its format shows another number, or leaves out digits that no unit names.
    """
    if form is None or not is_number(cell):
        return cell
    section = form.section(cell)
    if section.shows != "number" or section.odd or form.sign_lost(cell):
        return None
    before, after = (
        "" if currency_of(text) == "cny" else text for text in (section.before, section.after)
    )
    left_out = 2 * section.percent != section.exponent
    return None if left_out and not after else _written(section, cell, before, after)


def _name(value: float, text: Any) -> Shown:
    """Return the text that is seen of a number where no number is wanted."""
    remark = (kinds.SHOWN_AS_TEXT, {"stored": _digits(value), "text": text})
    return Shown(text, remark=remark if isinstance(text, str) else None, always=False)


def _number(
    section: Section,
    value: float,
    form: NumberFormat,
    quantity: Indicator | Fact,
    unit: str | None,
) -> Shown:
    """Return what is seen of a number of a quantity that is counted in numbers."""
    before, after = tidy(section.before), tidy(section.after)
    signs = [c for c in (currency_of(before), currency_of(after)) if c]
    if signs:
        stated = is_unit(after) and not currency_of(after)  # RMB says which money, 元 how much
        kind = _sign_fault(signs[0], quantity, unit, stated=stated)
        if kind is not None:
            return _money_fault(value, kind, _written(section, value), quantity)
        before = "" if currency_of(before) else before
        after = "" if currency_of(after) else after
    zeros = 2 * section.percent - section.exponent
    if zeros and not after:
        return _scaled(section, value, quantity, unit, zeros)
    if before or after:
        return _text(section, value, before, after)
    if section.percent:
        return _text(section, value)
    mixed = form.percent and quantity.type in _PERCENTAGES
    remark = (kinds.MIXED_PERCENT, {"stored": _digits(value), "code": form.code})
    return Shown(value, remark=remark if mixed else None)


def _signed(cell: str, quantity: Indicator | Fact, unit: str | None) -> Shown:
    """Return an amount that was typed with the sign of its money without that sign."""
    text = tidy(cell)
    match = _WITH_SIGN.fullmatch(text)
    sign = currency_of(match.group(1)) if match else None
    if match is None or sign is None:
        return Shown(cell)
    amount = match.group(2)
    stated = not _BARE_NUMBER.fullmatch(amount)
    kind = _sign_fault(sign, quantity, unit, stated=stated)
    if kind is not None:
        return _money_fault(cell, kind, text, quantity)
    return Shown(amount)


def _sign_fault(
    sign: str, quantity: Indicator | Fact, unit: str | None, *, stated: bool
) -> Kind | None:
    """Say what is wrong with a sign of money; None where it agrees with the unit.

    A yuan sign says which money, not how much of it a unit is: under a header in 万元 it agrees;
    where the header says nothing it may mean yuan as well as the unit of the criteria set.
    """
    if not agrees(sign, quantity):
        return kinds.OTHER_UNIT
    known = stated or unit is not None or 1.0 in scales_of(own_unit(quantity))
    return None if known or own_unit(quantity) is None else kinds.MONEY_SIGN


def _scaled(
    section: Section, value: float, quantity: Indicator | Fact, unit: str | None, zeros: int
) -> Shown:
    """Return a number of which the format leaves out digits, and says nothing of them.

    Where the unit of the header names what was left out (万元, and four digits), what is shown
    counts. Else a person may mean either number, and it is not guessed.
    """
    text = _written(section, value)
    own = own_unit(quantity)
    values = {"stored": _digits(value), "text": text}
    scales = scales_of(Text(unit, unit) if unit is not None else own)
    if section.percent or float(f"1e{zeros}") not in scales:
        return _fault(value, kinds.AMBIGUOUS_SCALE, **values)
    remark = (kinds.SCALED, {**values, "unit": unit or own or _NO_UNIT})
    return Shown(float(section.number(value)), remark=remark)


def _literal(section: Section, value: float, form: NumberFormat) -> Shown:
    """Return the text that stands for a number; a number that is hidden counts, and is told."""
    if section.before:
        remark = (kinds.SHOWN_AS_TEXT, {"stored": _digits(value), "text": section.before})
        return Shown(section.before, remark=remark, always=False)
    hidden = (kinds.HIDDEN_BY_FORMAT, {"stored": _digits(value), "code": form.code})
    return Shown(value, remark=hidden if value or not section.minus else None)


def _text(
    section: Section, value: float, before: str | None = None, after: str | None = None
) -> Shown:
    text = _written(section, value, before, after)
    remark = (kinds.SHOWN_AS_TEXT, {"stored": _digits(value), "text": text})
    return Shown(text, remark=remark, always=False)


def _written(
    section: Section, value: float, before: str | None = None, after: str | None = None
) -> str:
    """Return a number as it would be typed, with the texts of its format or with others."""
    before = section.before if before is None else before
    after = section.after if after is None else after
    return f"{before}{section.number(value)}{'%' * section.percent}{after}"


def _digits(value: float) -> str:
    return f"{value:.15g}"


def _fault(cell: Any, kind: Kind, **values: Any) -> Shown:
    return Shown(cell, fault=Cell(State.FAULTY, remarks=((kind, values),)))


def _money_fault(cell: Any, kind: Kind, text: str, quantity: Indicator | Fact) -> Shown:
    return _fault(cell, kind, text=text, unit=own_unit(quantity) or _NO_UNIT)
