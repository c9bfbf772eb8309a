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
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any

from pilotscore.criteria import NUMERIC, Evidence, Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.findings import Kind
from pilotscore.language import Text, nearest, printable
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.bounds import wanted_number
from pilotscore.workbook.values.dates import date_in
from pilotscore.workbook.values.numbers import read_number_text


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
_YES = frozenset(
    ["是", "有", "已", "y", "yes", "true", "√", "✓", "✔", "1", "对", "具备", "已取得", "已完成"]
)
_NO = frozenset(
    [
        "否",
        "无",
        "没有",
        "未",
        "n",
        "no",
        "false",
        "×",
        "✗",
        "✘",
        "x",
        "0",
        "none",
        "不具备",
        "未取得",
        "未完成",
    ]
)
_CHECKED, _UNCHECKED = "☑■☒✓✔√●◉", "□☐○◯"
_SEVERAL = re.compile(r"[;；、/,，]")
_BOX = re.compile(rf"([{_CHECKED}{_UNCHECKED}])\s*([^{_CHECKED}{_UNCHECKED}]+)")
# Under a header with %, a ratio up to this may be a share that was not multiplied by 100.
MOST_AS_SHARE = 2.0


@lru_cache(maxsize=1 << 12)
def tidy(text: str) -> str:
    """Return a text with full-width forms, odd spaces and zero-width characters made plain."""
    if text.isprintable() and unicodedata.is_normalized("NFKC", text):
        return " ".join(text.split())
    return " ".join(printable(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).split())


def read_cell(cell: Any, quantity: Indicator | Fact, factor: float = 1.0) -> Reading:
    """Read one cell as a value of an indicator or fact.

    ``factor`` is what bare numbers are multiplied with, where the header states another unit.
    """
    if cell is None or cell == "":
        return Reading(State.BLANK)
    if isinstance(cell, str):
        text = tidy(cell)
        if not text:
            return Reading(State.BLANK)
        ticked = _ticked(text) if quantity.type != "text" else None
        if ticked is not None:
            told = (kinds.READ_AS, {"text": text, "value": ticked})
            reading = read_cell(ticked, quantity, factor)
            return replace(reading, told=reading.told or (told,))
        absent = _absence(text, quantity)
        if absent is not None:
            return absent
    if isinstance(cell, str) and isinstance(quantity, Indicator) and quantity.several:
        # What can be read as one value is one: 6 and its wording in two languages has a stroke too.
        whole = _read_number(cell, quantity, factor)
        least = _least_of_several(tidy(cell), quantity, factor)
        return whole if whole.state is State.VALUE or least is None else least
    if quantity.type in NUMERIC:
        return _read_number(cell, quantity, factor)
    if quantity.type == "yes_no":
        return _read_yes_no(cell)
    if quantity.type == "date":
        return read_date(cell)
    if quantity.type == "category":
        return _read_category(cell, quantity)
    return Reading(State.VALUE, word=_shown(cell))


def _ticked(text: str) -> str | None:
    """Return the one option of a form that is ticked, as in ``☑是 □否``; None for another text."""
    boxes = _BOX.findall(text)
    if not boxes or _BOX.sub("", text).strip():
        return None
    ticked = [option.strip(" ;；,，/") for box, option in boxes if box in _CHECKED]
    return ticked[0] if len(ticked) == 1 else None


def _absence(text: str, quantity: Indicator | Fact) -> Reading | None:
    """Read a text that says that there is no value; None where it says something else."""
    if quantity.type in ("text", "category", "yes_no") and (
        text in ("无", "none", "x", "×") or normalise(text) in quantity.category_by_name
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


def _shown(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return tidy(cell) if isinstance(cell, str) else str(cell)


def _fault(kind: Kind, **values: Any) -> Reading:
    return Reading(State.FAULTY, told=((kind, values),))


def _least_of_several(text: str, quantity: Indicator, factor: float) -> Reading | None:
    """Read what is stated for several critical technologies: the least favourable counts."""
    parts = [p for p in _SEVERAL.split(text) if p.strip()]
    if len(parts) < 2:
        return None
    readings = [read_cell(part.strip(), quantity, factor) for part in parts]
    if any(r.state is not State.VALUE for r in readings):
        return None
    choose = max if quantity.direction == "min" else min
    least = choose(readings, key=lambda r: r.value)
    values = {"text": text, "value": f"{least.value:.10g}", "count": len(parts)}
    return Reading(State.VALUE, least.value, told=((kinds.SEVERAL, values),))


def _read_number(cell: Any, quantity: Indicator | Fact, factor: float) -> Reading:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return _fault(kinds.NOT_A_NUMBER, text=_shown(cell), wanted=wanted_number(quantity))
    if not isinstance(cell, str):
        return check_number(float(cell) * factor, quantity)
    stated = read_number_text(tidy(cell), quantity, factor)
    if stated.fault is not None:
        return _fault(*stated.fault[:1], **stated.fault[1])
    checked = check_number(stated.number, quantity)
    if checked.state is State.FAULTY:
        return checked
    if stated.literal:
        return checked
    values = {"text": cell.strip(), "value": f"{stated.number:.10g}", **stated.shown}
    return Reading(State.VALUE, stated.number, told=((stated.kind, values),))


def check_number(number: float, quantity: Indicator | Fact) -> Reading:
    """Hold a number against the bounds of its indicator."""
    low, high = bounds(quantity)
    if not math.isfinite(number):
        return _fault(kinds.NOT_A_NUMBER, text=str(number), wanted=wanted_number(quantity))
    if not low <= number <= high:
        kind = kinds.OUT_OF_RANGE
    elif quantity.type in ("level", "count") and not number.is_integer():
        kind = kinds.NOT_WHOLE
    else:
        return Reading(State.VALUE, number)
    return _fault(kind, value=f"{number:.10g}", wanted=wanted_number(quantity))


def _yes_or_no(word: str) -> bool | None:
    parts = {p.strip() for p in word.split("/")} if "/" in word else {word}
    if parts <= _YES:
        return True
    return False if parts <= _NO else None


def _read_yes_no(cell: Any) -> Reading:
    text = tidy(cell) if isinstance(cell, str) else _shown(cell)
    answer = _yes_or_no(text.casefold())
    told: tuple[tuple[Kind, dict[str, Any]], ...] = ()
    if answer is None:
        answer = _yes_or_no(without_brackets(text).strip().casefold())
        if answer is not None:
            told = (
                (
                    kinds.READ_AS,
                    {"text": text, "value": Text(*(("是", "yes") if answer else ("否", "no")))},
                ),
            )
    if answer is None:
        return _fault(kinds.NOT_YES_NO, text=text)
    return Reading(State.VALUE, float(answer), "yes" if answer else "no", told)


def _read_category(cell: Any, quantity: Indicator | Fact) -> Reading:
    names = quantity.category_by_name
    text = _shown(cell)
    found = names.get(normalise(text))
    if found is None and "/" in text:  # both languages, as a template for both has them
        both = {names.get(normalise(part)) for part in text.split("/")}
        found = both.pop() if len(both) == 1 else None
    if found is not None:
        return Reading(State.VALUE, float(found), quantity.categories[found].id)
    near = nearest(text, [s for c in quantity.categories for s in (c.title.zh, c.title.en, c.id)])
    advice = (
        Text("从中选一个填写", "write one of these")
        if near is None
        else Text(f"可能是“{near}”", f"perhaps “{near}”")
    )
    wanted = Text(
        *(" / ".join(c.title.to(lang) for c in quantity.categories) for lang in ("zh", "en"))
    )
    return _fault(kinds.UNKNOWN_CATEGORY, text=text, wanted=wanted, advice=advice)


def read_date(cell: Any) -> Reading:
    """Read a cell as a date."""
    if isinstance(cell, datetime.datetime):
        return Reading(State.VALUE, word=cell.date().isoformat())
    if isinstance(cell, datetime.date):
        return Reading(State.VALUE, word=cell.isoformat())
    if isinstance(cell, bool):
        return _fault(kinds.NOT_A_DATE, text=_shown(cell))
    text = _shown(cell)
    found = date_in(text)
    if found is None:
        return _fault(kinds.NOT_A_DATE, text=text)
    if found.kind is kinds.SERIAL_DATE:
        return _fault(found.kind, text=text, **found.shown)
    told = ((found.kind, {"text": text, "value": found.date, **found.shown}),) if found.kind else ()
    return Reading(State.VALUE, word=found.date, told=told)


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
    if isinstance(cell, str):
        bare = quantity.type == "percent" and reading.state is State.VALUE and "%" not in tidy(cell)
        if bare and not percent_header and 0 < reading.value <= 1:
            return _ambiguous(reading.value)
        return reading
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return reading
    if quantity.type == "ratio" and percent_header:
        # The header says %, so a bare 96 is 0.96; a bare 0.96 may be meant either way.
        if percent_format:
            return check_number(float(cell), quantity)
        return _ambiguous(float(cell)) if 0 < float(cell) <= MOST_AS_SHARE else reading
    if percent_format and quantity.type == "percent":
        whole = check_number(float(cell) * 100, quantity)
        if whole.state is State.FAULTY:
            return whole
        told = (kinds.READ_AS_PERCENT, {"stored": f"{cell:.10g}", "value": f"{whole.value:.10g}"})
        return Reading(State.VALUE, round(whole.value, 10), told=(told,))
    if quantity.type == "percent" and not percent_header and 0 < float(cell) <= 1:
        return _ambiguous(float(cell))
    return reading


def _ambiguous(number: float) -> Reading:
    values = {"value": f"{number:.10g}", "times100": f"{number * 100:.10g}"}
    return _fault(kinds.AMBIGUOUS_PERCENT, **values)


def read_evidence(cell: Any, evidence: Evidence) -> tuple[int, tuple[Kind, dict[str, Any]] | None]:
    """Read a grade of evidence: its place among the grades, -1 where none is stated."""
    text = _shown(cell) if cell is not None else ""
    if not text:
        return -1, None
    place = evidence.grade_by_name.get(normalise(text))
    if place is None:  # E3 and its wording
        begins = re.match(r"[A-Za-z0-9_-]+", text)
        place = evidence.grade_by_name.get(normalise(begins.group(0))) if begins else None
    if place is not None:
        return place, None
    title = next(g.title for g in evidence.grades if g.id == evidence.default)
    wanted = Text(
        *(
            " / ".join(f"{g.id} {g.title.to(lang)}" for g in evidence.grades)
            for lang in ("zh", "en")
        )
    )
    return -1, (kinds.UNKNOWN_EVIDENCE, {"text": text, "grade": title, "wanted": wanted})
