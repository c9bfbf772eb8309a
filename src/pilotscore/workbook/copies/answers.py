"""What a person answers of an indicator: read as a cell is, and how it may be written into one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pilotscore.criteria import Indicator
from pilotscore.findings import Finding, Place
from pilotscore.language import LANGS, Lang, Text
from pilotscore.records import dataclass
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Cell, State, tidy
from pilotscore.workbook.values.columns import read_one

_NOT_APPLICABLE = Text("不适用：{why}", "N/A: {why}")
_NOT_MEASURED = Text("未测", "not measured")
_YES, _NO = Text("是", "yes"), Text("否", "no")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered of one indicator.

    ``reading`` is None where its value stays as it is; ``grade`` is the place of the grade of
    evidence, None where that stays as it is.
    """

    name: str
    typed: str = ""
    reading: Cell | None = None
    grade: int | None = None


def read_answer(typed: str, indicator: Indicator) -> Cell:
    """Read what was typed as a cell is read; the number of a listed category stands for it."""
    text = tidy(typed)
    if is_listed(indicator) and text.isdecimal() and 1 <= int(text) <= len(indicator.categories):
        return read_one(indicator.categories[int(text) - 1].id, indicator)
    return read_one(text, indicator)


def is_listed(indicator: Indicator) -> bool:
    """Say whether the categories can be chosen by number: not where one is itself called so."""
    return bool(indicator.categories) and not any(
        spelling.isdecimal() for spelling in indicator.category_by_name
    )


def complaint(reading: Cell) -> Finding | None:
    """Return what is wrong with an entry that cannot be taken as an answer; None for a good one."""
    if reading.state not in (State.FAULTY, State.BLANK) or not reading.remarks:
        return None
    kind, values = reading.remarks[0]
    return Finding(kind, Place(""), values)


def ways_to_write(answer: Answer, indicator: Indicator, lang: Lang) -> list[Any]:
    """Return the cells that may hold an answer, the plainest first."""
    reading = answer.reading
    if reading is None:
        return []
    if reading.state is State.NOT_APPLICABLE:
        return [_NOT_APPLICABLE.fill(lang, why=reading.word), answer.typed]
    if reading.state is State.NOT_MEASURED:
        return [_NOT_MEASURED.to(lang)]
    if indicator.type == "yes_no":
        return [(_YES if reading.value else _NO).to(lang)]
    if indicator.categories:
        chosen = indicator.categories[int(reading.value)]
        return [*(chosen.title.to(x) for x in (lang, *LANGS)), chosen.id]
    number = int(reading.value) if reading.value.is_integer() else reading.value
    units = [indicator.unit.to(x) for x in LANGS] if indicator.unit else []
    units += {"percent": ["%"], "count": ["个"]}.get(indicator.type, [])
    ways: list[Any] = [number, round(reading.value / 100, 14)]
    digits = format(
        Decimal(repr(number)), "f"
    )  # 0.00001, which with a unit reads better than 1e-05
    ways += [f"{digits} {unit}" for unit in units]
    ways += [f"{reading.value * 100:.12g}%"] if indicator.type == "ratio" else []
    ways.append(digits)
    # What is more than a number in other words stays as typed, with what is to be told of it.
    if any(kind is not kinds.READ_AS for kind, _ in reading.remarks):
        ways = [answer.typed, *(f"{answer.typed} {unit}" for unit in units), *ways]
    return ways
