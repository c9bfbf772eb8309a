"""The value of a cell of an OpenDocument sheet, from its attributes and the text it shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from pilotscore.patterns import regex
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.serials import from_serial

OFFICE = "office:"
TABLE = "table:"
TYPE, FORMULA = OFFICE + "value-type", TABLE + "formula"
_VALUE, _STRING = OFFICE + "value", OFFICE + "string-value"
_EXTENDED_TYPE = "calcext:value-type"
_STORED_AS = {
    "date": OFFICE + "date-value",
    "time": OFFICE + "time-value",
    "boolean": OFFICE + "boolean-value",
}
_NUMBERS = frozenset(("float", "percentage", "currency"))
# What spreadsheets show for an error, in whatever language: #DIV/0!, #名称?, #¿NOMBRE?, Err:508.
_ERROR = regex(
    r"#[¡¿]?[^\W\d_][\w/]*\s?[!?]|#N/[A-Z]|#NV|(?:Err|错误|錯誤)\s*[:：]\s*\d{3}", re.IGNORECASE
)
_BEGIN_ERRORS = frozenset("#Ee错錯")
_DURATION = regex(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?"
    r"(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?"
)
_MOST_DIGITS = 9


class NoValue:
    """What stands where a value should: an error, or a formula that has none (None).

    ``stored`` says that the formula has a stored 0 that nobody calculated.
    """

    __slots__ = ("error", "stored")

    def __init__(self, error: str | None, *, stored: bool = False) -> None:
        self.error, self.stored = error, stored


UNSAVED, UNCALCULATED = NoValue(None), NoValue(None, stored=True)


def value_of(attributes: Mapping[str, str], shown: str | None) -> Any:
    """Return the value of a cell; None where it has none.

    Parameters
    ----------
    attributes
        Those of its element.
    shown
        The text of its paragraphs; None where it has no paragraph.
    """
    type_ = attributes.get(TYPE)
    if attributes.get(_EXTENDED_TYPE) == "error":
        return NoValue(shown or "#ERR")
    if FORMULA in attributes:
        fault = _of_formula(attributes, type_, shown)
        if fault is not None:
            return fault
    if type_ == "string" or type_ is None:
        text = attributes.get(_STRING, shown)
        return text or (NoValue(shown) if shown and _is_error(shown) else None)
    if type_ in _NUMBERS:
        return _number(attributes.get(_VALUE), shown)
    stored = attributes.get(_STORED_AS.get(type_, ""), "")
    value = _READERS[type_](stored) if type_ in _READERS else None
    return value if value is not None else shown or stored or None


def _is_error(shown: str) -> bool:
    return shown[0] in _BEGIN_ERRORS and _ERROR.fullmatch(shown) is not None


def _of_formula(
    attributes: Mapping[str, str], type_: str | None, shown: str | None
) -> NoValue | None:
    """Return the error of a formula, or that it has no value; None where it has one.

    LibreOffice writes an error as an empty string with another text shown, and the empty string
    that a formula comes to as a paragraph without a type.
    """
    if type_ == "string" or type_ is None:
        stored = attributes.get(_STRING)
        if shown and (stored == "" or (stored in (None, shown) and _is_error(shown))):
            return NoValue(shown)
        return UNSAVED if stored is None and shown is None else None
    if shown and _is_error(shown):
        return NoValue(shown)
    return None if attributes.get(_STORED_AS.get(type_, _VALUE)) else UNSAVED


def _number(stored: str | None, shown: str | None) -> Any:
    if shown and _is_error(shown):
        return NoValue(shown)
    if stored is None:
        return shown or None
    try:
        number = float(stored)
    except ValueError:
        return NoValue(shown or stored)
    if number - number != 0:  # not finite: what some writers store for an error
        return NoValue(shown or stored)
    return number


@lru_cache(maxsize=1 << 12)
def _moment(text: str) -> datetime.date | None:
    """Return a date, with its time where it has one, as the clock on the wall shows it."""
    try:
        if "T" not in text:
            return datetime.date.fromisoformat(text[:10])
        moment = datetime.datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


def _duration(text: str) -> datetime.timedelta | None:
    match = _DURATION.fullmatch(text)
    if not match or text.endswith(("P", "T")) or match[2] or match[3]:
        return None  # years and months are of no fixed length
    days, hours, minutes = (int((match[i] or "0")[:_MOST_DIGITS]) for i in (4, 5, 6))
    seconds = round(float((match[7] or "0").replace(",", ".")), 3)
    try:
        length = datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if match[1] else length


def clock_time(value: float | datetime.timedelta, form: NumberFormat) -> Any:
    """Return what a number or duration with a format of dates is: a date, a time of day, itself."""
    if isinstance(value, float):
        return from_serial(value, form, epoch_1904=False)
    of_day = not form.is_duration and datetime.timedelta() <= value < datetime.timedelta(days=1)
    return (datetime.datetime.min + value).time() if of_day else value


_READERS: dict[str, Callable[[str], Any]] = {
    "date": _moment,
    "time": _duration,
    "boolean": {"true": True, "1": True, "false": False, "0": False}.get,
}
