"""Reads cells into values: numbers, yes/no, categories, dates, grades of evidence.

A cell is read as what it says or is told as a finding; nothing is ever read as 0 because it could
not be read. The four states of missing data stay apart: a value, blank, not measured, and not
applicable (with its reason); a cell that cannot be read is a fifth, faulty, until it is mended.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from pilotscore.criteria import EvidenceGrade, Fact, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Kind, nearest
from pilotscore.language import Text, printable
from pilotscore.workbook import kinds


class State(IntEnum):
    """What a cell holds."""

    VALUE = 0
    BLANK = 1
    NOT_MEASURED = 2
    NOT_APPLICABLE = 3
    FAULTY = 4


STATE_TITLES = {
    State.VALUE: Text("有值", "value"),
    State.BLANK: Text("空白", "blank"),
    State.NOT_MEASURED: Text("未测", "not measured"),
    State.NOT_APPLICABLE: Text("不适用", "not applicable"),
    State.FAULTY: Text("无法读取", "unreadable"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell was read as: a number, a word (category id, yes/no, date, text), or neither."""

    state: State
    value: float = math.nan
    word: str = ""
    told: tuple[tuple[Kind, dict[str, Any]], ...] = ()


_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_BLANK_WORDS = frozenset(
    [
        "-",
        "--",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "无",
        "空",
        "暂无",
        "待定",
        "待补充",
        "待填",
        "tbd",
        "none",
        "null",
        "nil",
        "n.a.",
        "?",
        "？",
    ]
)
_NOT_APPLICABLE = re.compile(
    r"^(?:不适用|不涉及|n/?a|not\s+applicable)\s*(?:$|[:：,，;；\-—(（]\s*(?P<reason>.*?)\s*[)）]?$)",
    re.IGNORECASE,
)
_NOT_MEASURED = frozenset(
    map(normalise, ("未测", "未检测", "未测定", "未测试", "未测量", "not measured", "not tested"))
)
_NUMBER = re.compile(r"^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?$")
_LEVEL = re.compile(r"^(?:第\s*)?(?:[a-z]{2,4}[\s\-]*)?(\d{1,2})(?:\s*级)?$", re.IGNORECASE)
_YES = frozenset(["是", "有", "已", "y", "yes", "true", "√", "✓", "✔", "1", "对"])
_NO = frozenset(["否", "无", "没有", "未", "n", "no", "false", "×", "✗", "✘", "x", "0", "none"])
_MONEY = {
    "元": 1.0,
    "千元": 1e3,
    "万元": 1e4,
    "百万元": 1e6,
    "亿元": 1e8,
    "万": 1e4,
    "亿": 1e8,
    "cny": 1.0,
    "rmb": 1.0,
    "yuan": 1.0,
    "10kcny": 1e4,
}
_NUMERIC = frozenset({"level", "number", "count", "ratio", "percent", "money"})


def tidy(text: str) -> str:
    """Return a text with full-width forms, odd spaces and zero-width characters made plain."""
    return " ".join(printable(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).split())


def read_cell(cell: Any, quantity: Indicator | Fact) -> Reading:
    """Read one cell as a value of an indicator or fact."""
    if cell is None or cell == "":
        return Reading(State.BLANK)
    if isinstance(cell, str):
        text = tidy(cell)
        if not text:
            return Reading(State.BLANK)
        absent = _absence(text, quantity)
        if absent is not None:
            return absent
    if quantity.type in _NUMERIC:
        return _read_number(cell, quantity)
    if quantity.type == "yes_no":
        return _read_yes_no(cell)
    if quantity.type == "date":
        return _read_date(cell)
    if quantity.type == "category":
        return _read_category(cell, quantity)
    return Reading(State.VALUE, word=_shown(cell))


def _absence(text: str, quantity: Indicator | Fact) -> Reading | None:
    """Read a text that says that there is no value; None where it says something else."""
    if quantity.type in ("text", "category", "yes_no") and (
        text in ("无", "none", "x", "×") or normalise(text) in _category_names(quantity)
    ):
        return None
    if normalise(text) in _NOT_MEASURED:
        return Reading(State.NOT_MEASURED)
    found = _NOT_APPLICABLE.match(text)
    if found:
        if found.group("reason") or isinstance(quantity, Fact):
            return Reading(State.NOT_APPLICABLE, word=found.group("reason") or "")
        return Reading(State.BLANK, told=((kinds.NO_REASON, {"text": text}),))
    if text.casefold() in _BLANK_WORDS:
        kind = kinds.BLANK_FACT if isinstance(quantity, Fact) else kinds.BLANK_WORD
        return Reading(State.BLANK, told=((kind, {"text": text}),))
    return None


def _category_names(quantity: Indicator | Fact) -> dict[str, str]:
    return {
        normalise(spelling): c.id
        for c in quantity.categories
        for spelling in (c.id, c.title.zh, c.title.en, *c.aliases)
    }


def _shown(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return tidy(cell) if isinstance(cell, str) else str(cell)


def _fault(kind: Kind, **values: Any) -> Reading:
    return Reading(State.FAULTY, told=((kind, values),))


def wanted_number(quantity: Indicator | Fact) -> Text:
    """Say which numbers an indicator takes."""
    low, high = bounds(quantity)
    unit_zh = quantity.unit.zh if quantity.unit else ""
    unit_en = f" {quantity.unit.en}" if quantity.unit else ""
    whole = quantity.type in ("level", "count")
    zh, en = ("整数", "a whole number") if whole else ("数值", "a number")
    if not math.isinf(low) and not math.isinf(high):
        return Text(
            f"{low:g} 至 {high:g} 的{zh}{_unit(unit_zh)}", f"{en} from {low:g} to {high:g}{unit_en}"
        )
    if not math.isinf(low):
        return Text(f"不小于 {low:g} 的{zh}{_unit(unit_zh)}", f"{en} of at least {low:g}{unit_en}")
    return Text(f"{zh}{_unit(unit_zh)}", f"{en}{unit_en}")


def _unit(unit: str) -> str:
    return f"（{unit}）" if unit else ""


def bounds(quantity: Indicator | Fact) -> tuple[float, float]:
    """Return the least and greatest value that can be true of an indicator."""
    if quantity.type == "level" and quantity.scale:
        return float(quantity.scale[0]), float(quantity.scale[1])
    low, high = {
        "percent": (0.0, 100.0),
        "count": (0.0, math.inf),
        "ratio": (0.0, math.inf),
        "money": (0.0, math.inf),
    }.get(quantity.type, (-math.inf, math.inf))
    if quantity.range:
        low = low if quantity.range[0] is None else quantity.range[0]
        high = high if quantity.range[1] is None else quantity.range[1]
    return low, high


def _read_number(cell: Any, quantity: Indicator | Fact) -> Reading:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return _fault(kinds.NOT_A_NUMBER, text=_shown(cell), wanted=wanted_number(quantity))
    if not isinstance(cell, str):
        return check_number(float(cell), quantity)
    text = tidy(cell)
    number = _number_in(text, quantity)
    if isinstance(number, Reading):
        return number
    checked = check_number(number, quantity)
    if checked.state is State.FAULTY:
        return checked
    return Reading(
        State.VALUE,
        number,
        told=((kinds.READ_AS, {"text": cell.strip(), "value": f"{number:.10g}"}),),
    )


def check_number(number: float, quantity: Indicator | Fact) -> Reading:
    """Hold a number against the bounds of its indicator."""
    low, high = bounds(quantity)
    wanted = wanted_number(quantity)
    if not math.isfinite(number):
        return _fault(kinds.NOT_A_NUMBER, text=str(number), wanted=wanted)
    if not low <= number <= high:
        return _fault(kinds.OUT_OF_RANGE, value=f"{number:.10g}", wanted=wanted)
    if quantity.type in ("level", "count") and not number.is_integer():
        return _fault(kinds.NOT_WHOLE, value=f"{number:.10g}", wanted=wanted)
    return Reading(State.VALUE, number)


def _number_in(text: str, quantity: Indicator | Fact) -> float | Reading:
    """Return the number that a text states, or the reading that says why it is none."""
    if _NUMBER.match(text) and any(c.isdigit() for c in text):
        return float(text.replace(",", ""))
    if quantity.type == "level" and (level := _LEVEL.match(text)):
        return float(level.group(1))
    parts = re.match(r"^([+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?)\s*(\D+)$", text)
    if parts and _NUMBER.match(parts.group(1)):
        number, unit = float(parts.group(1).replace(",", "")), normalise(parts.group(2))
        if parts.group(2).strip() == "%" and quantity.type in ("percent", "ratio"):
            return number if quantity.type == "percent" else number / 100
        own = [normalise(u) for u in (quantity.unit.zh, quantity.unit.en)] if quantity.unit else []
        if quantity.type == "money" and unit in _MONEY and own and own[0] in _MONEY:
            return number * _MONEY[unit] / _MONEY[own[0]]
        if unit in own or (
            set(own) & {"h", "小时", "hours"}
            and unit in ("h", "小时", "hours", "hour", "hr", "hrs")
        ):
            return number
        shown = quantity.unit or Text("无单位", "no unit")
        return _fault(kinds.OTHER_UNIT, text=text, unit=shown)
    return _fault(kinds.NOT_A_NUMBER, text=text, wanted=wanted_number(quantity))


def _read_yes_no(cell: Any) -> Reading:
    word = tidy(cell).casefold() if isinstance(cell, str) else _shown(cell).casefold()
    if word in _YES:
        return Reading(State.VALUE, 1.0, "yes")
    if word in _NO:
        return Reading(State.VALUE, 0.0, "no")
    return _fault(kinds.NOT_YES_NO, text=_shown(cell))


def _read_category(cell: Any, quantity: Indicator | Fact) -> Reading:
    names = _category_names(quantity)
    text = _shown(cell)
    found = names.get(normalise(text))
    ids = [c.id for c in quantity.categories]
    if found is not None:
        return Reading(State.VALUE, float(ids.index(found)), found)
    near = nearest(text, [s for c in quantity.categories for s in (c.title.zh, c.title.en, c.id)])
    wanted = Text(
        *(" / ".join(c.title.to(lang) for c in quantity.categories) for lang in ("zh", "en"))
    )
    first = quantity.categories[0].title if quantity.categories else Text("", "")
    return _fault(kinds.UNKNOWN_CATEGORY, text=text, wanted=wanted, near=near or first)


_DATE = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$")


def _read_date(cell: Any) -> Reading:
    if isinstance(cell, datetime.datetime):
        return Reading(State.VALUE, word=cell.date().isoformat())
    if isinstance(cell, datetime.date):
        return Reading(State.VALUE, word=cell.isoformat())
    text = _shown(cell)
    found = _DATE.match(text)
    if found:
        try:
            date = datetime.date(*(int(part) for part in found.groups()))
        except ValueError:
            return _fault(kinds.NOT_A_DATE, text=text)
        told = (
            ()
            if text == date.isoformat()
            else ((kinds.READ_AS, {"text": text, "value": date.isoformat()}),)
        )
        return Reading(State.VALUE, word=date.isoformat(), told=told)
    return _fault(kinds.NOT_A_DATE, text=text)


def read_percent(
    reading: Reading,
    cell: Any,
    quantity: Indicator | Fact,
    *,
    percent_header: bool,
    percent_format: bool,
) -> Reading:
    """Settle what a bare number in a percent column means.

    A cell with a percentage format stores 0.95 for what a person sees as 95 %. A number in (0, 1]
    without such a format, under a header without a percent sign, may be meant either way: that is
    told as an error, never guessed.
    """
    if isinstance(cell, (str, bool)) or not isinstance(cell, int | float):
        return reading
    if percent_format and quantity.type == "percent":
        whole = check_number(float(cell) * 100, quantity)
        if whole.state is State.FAULTY:
            return whole
        told = (kinds.READ_AS_PERCENT, {"stored": f"{cell:.10g}", "value": f"{whole.value:.10g}"})
        return Reading(State.VALUE, round(whole.value, 10), told=(told,))
    if quantity.type == "percent" and not percent_header and 0 < float(cell) <= 1:
        values = {"value": f"{cell:.10g}", "times100": f"{float(cell) * 100:.10g}"}
        return _fault(kinds.AMBIGUOUS_PERCENT, **values)
    return reading


def read_evidence(
    cell: Any,
    grades: Sequence[EvidenceGrade],
    default: str,
) -> tuple[int, tuple[Kind, dict[str, Any]] | None]:
    """Read a grade of evidence: its place among the grades, -1 where none is stated."""
    text = _shown(cell) if cell is not None else ""
    if not text:
        return -1, None
    form = normalise(text)
    for i, grade in enumerate(grades):
        spelled = (grade.id, grade.title.zh, grade.title.en, *grade.aliases)
        if form in map(normalise, spelled) or re.match(rf"^{grade.id}\b", text, re.IGNORECASE):
            return i, None
    title = next(g.title for g in grades if g.id == default)
    wanted = Text(
        *(" / ".join(f"{g.id} {g.title.to(lang)}" for g in grades) for lang in ("zh", "en"))
    )
    return -1, (kinds.UNKNOWN_EVIDENCE, {"text": text, "grade": title, "wanted": wanted})
