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
from dataclasses import replace
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import Any

from pilotscore.criteria import NUMERIC, Evidence, Fact, Indicator
from pilotscore.criteria.categories import FormerWord, band_of
from pilotscore.criteria.model import bounds
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.findings import Kind
from pilotscore.language import BLANK, Text, join, nearest, printable, same
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.serials import NoDate
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.bands import read_band_text
from pilotscore.workbook.values.bounds import wanted_number
from pilotscore.workbook.values.dates import date_in
from pilotscore.workbook.values.moments import duration_in, hours_of
from pilotscore.workbook.values.numbers import read_number_text
from pilotscore.workbook.values.panel_mark import without_panel_mark
from pilotscore.workbook.values.spread import Spread
from pilotscore.workbook.values.units import factor as factor_to


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


# What a person should know of a cell: a kind of finding and its values.
Remark = tuple[Kind, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell was read as: a number, a word (category id, yes/no, date, text), or neither.

    ``spread`` is the uncertainty that the cell states of its number, ``judged`` whether it says
    that a panel of experts gave the value.
    """

    state: State
    value: float = math.nan
    word: str = ""
    remarks: tuple[Remark, ...] = ()
    spread: Spread | None = None
    judged: bool = False


_BLANK = Cell(State.BLANK)
_EXACT = 1e15
_NO_UNIT = Text("无单位", "no unit")
_MIDNIGHT = datetime.time()
# What Unicode would turn into plain digits: ² ³ ¹, ⁰ to ₎, ① to ⒛ and ⓪, ㈠ to ㈩, ㉑ to ㊿, 🄀.
_NO_DIGITS = regex(
    "([\u00b2\u00b3\u00b9\u2070\u2074-\u207e\u2080-\u208e\u2460-\u249b\u24ea\u3220-\u3229"
    "\u3248-\u325f\u3280-\u3289\u32b1-\u32bf\U0001f100-\U0001f10a])"
)
_INVISIBLE = regex("[\u200b-\u200d\u2060\ufeff\u00ad]")


def words(listed: str) -> frozenset[str]:
    """Return the words of a text in which strokes stand between them."""
    return frozenset(listed.split("|"))


_BLANK_WORDS = words(r"-|--|—|——|–|/|\|无|空|暂无|待定|待补充|待填|tbd|none|null|nil|n.a.|?|？")
_DITTO = words("同上|同左|同前|同上行|〃|″|′′|''|\"|ditto|idem|same as above|as above|same|do.")
_NOT_APPLICABLE = regex(
    r"^(?:不适用|不涉及|n/?a|not\s+applicable)\s*(?:$|[:：,，;；\-—(（]\s*(?P<reason>.*?)\s*[)）]?$)",
    re.IGNORECASE,
)
_NOT_MEASURED = frozenset(
    map(normalise, ("未测", "未检测", "未测定", "未测试", "未测量", "not measured", "not tested"))
)
_YES = words("是|有|已|y|yes|true|√|✓|✔|1|对|具备|已取得|已完成")
# A Latin x is none: it may be a cross as well as a tick.
_NO = words("否|无|没有|未|n|no|false|×|✗|✘|0|none|不具备|未取得|未完成")
_ANSWERS = {True: Text("是", "yes"), False: Text("否", "no")}
_CHECKED, _UNCHECKED = "☑■☒✓✔√●◉", "□☐○◯"
_SEVERAL = regex(r"[;；、/,，]")
_BOX = regex(rf"([{_CHECKED}{_UNCHECKED}])\s*([^{_CHECKED}{_UNCHECKED}]+)")
# Under a header with %, a ratio up to this may be a share that was not multiplied by 100.
MOST_AS_SHARE = 2.0


def is_number(cell: Any) -> bool:
    """Say whether a cell holds a number: a truth value is none."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def half_width(text: str) -> str:
    """Return a text with full-width forms made plain, but for raised, lowered, circled digits.

    10³ is not 103, nor ① a 1.
    """
    parts = _NO_DIGITS.split(text)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return "".join(parts)


@lru_cache(maxsize=1 << 12)
def tidy(text: str) -> str:
    """Return a text with full-width forms, odd spaces and zero-width characters made plain."""
    if text.isprintable() and unicodedata.is_normalized("NFKC", text):
        return " ".join(text.split())
    return " ".join(printable(half_width(_INVISIBLE.sub("", text))).split())


def text_of(row: Sequence[Any], column: int | None) -> str:
    """Return a cell as the text of an id or title: 7.0 is 7; '' where the row is too short.

    A number of a text file is the letters that it was written with; a date is in ISO form.
    """
    if column is None or column >= len(row):
        return ""
    cell = row[column]
    if isinstance(cell, str):
        return tidy(cell)
    if type(cell) is float and cell.is_integer():
        # Of a long number no digits but those that tell it from others.
        cell = int(cell) if abs(cell) < _EXACT else int(Decimal(repr(cell)))
    elif isinstance(cell, datetime.datetime) and cell.time() == _MIDNIGHT:
        cell = cell.date()
    return tidy(str(cell))


def read_cell(cell: Any, quantity: Indicator | Fact, factor: float = 1.0) -> Cell:
    """Read one cell as a value of an indicator or fact.

    ``factor`` is what bare numbers are multiplied with, where the header states another unit.
    """
    if cell is None or cell == "":
        return _BLANK
    if isinstance(cell, str):
        bare = without_panel_mark(cell) if isinstance(quantity, Indicator) else None
        if bare is not None:
            return _judged(read_cell(bare, quantity, factor), cell.strip())
        if (read := _read_words(cell, quantity, factor)) is not None:
            return read
    if quantity.type in NUMERIC:
        return _read_number(cell, quantity, factor)
    if quantity.type == "yes_no":
        return _read_yes_no(cell)
    if quantity.type == "date":
        return read_date(cell)
    if quantity.type == "category":
        return _read_category(cell, quantity)
    return Cell(State.VALUE, word=_shown(cell))


def _judged(read: Cell, text: str) -> Cell:
    """Return what was read before the mark of a panel; what is told of it shows the whole cell."""
    remarks = tuple(
        (kind, {**values, "text": text} if "text" in values else values)
        for kind, values in read.remarks
    )
    return replace(read, remarks=remarks, judged=True)


def _read_words(cell: str, quantity: Indicator | Fact, factor: float) -> Cell | None:
    """Read what texts alone can say: an option ticked, no value, several values; else None."""
    text = tidy(cell)
    if not text:
        return _BLANK
    if text.casefold() in _DITTO:
        return _fault(kinds.DITTO, text=text)
    ticked = ticked_option(text) if quantity.type != "text" else None
    if ticked is not None:
        read = read_cell(ticked, quantity, factor)
        remark = (kinds.READ_AS, {"text": text, "value": ticked})
        return replace(read, remarks=read.remarks or (remark,))
    absent = _absence(text, quantity)
    if absent is None and isinstance(quantity, Indicator) and quantity.several:
        # What can be read as one value is one: 6 and its wording in two languages has a stroke too.
        whole = _read_number(cell, quantity, factor)
        least = _least_of_several(text, quantity, factor)
        return whole if whole.state is State.VALUE or least is None else least
    return absent


def ticked_option(text: str) -> str | None:
    """Return the one option of a form that is ticked, as in ``☑是 □否``; None for another text."""
    boxes = _BOX.findall(text)
    if not boxes or _BOX.sub("", text).strip():
        return None
    ticked = [option.strip(" ;；,，/") for box, option in boxes if box in _CHECKED]
    return ticked[0] if len(ticked) == 1 and ticked[0] else None


def _absence(text: str, quantity: Indicator | Fact) -> Cell | None:
    """Read a text that says that there is no value; None where it says something else."""
    if normalise(text) in quantity.category_by_name or (
        quantity.type in ("text", "category", "yes_no") and text in ("无", "none", "×")
    ):
        return None
    if normalise(text) in _NOT_MEASURED:
        return Cell(State.NOT_MEASURED)
    stated = _NOT_APPLICABLE.match(text)
    if stated:
        if stated.group("reason") or isinstance(quantity, Fact):
            return Cell(State.NOT_APPLICABLE, word=stated.group("reason") or "")
        return Cell(State.BLANK, remarks=((kinds.NO_REASON, {"text": text}),))
    if text.casefold() in _BLANK_WORDS:
        kind = kinds.BLANK_FACT if isinstance(quantity, Fact) else kinds.BLANK_WORD
        return Cell(State.BLANK, remarks=((kind, {"text": text}),))
    return None


def _shown(cell: Any) -> str:
    if type(cell) is float and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.timedelta):
        return clock(cell)
    return tidy(cell) if isinstance(cell, str) else str(cell)


def clock(duration: datetime.timedelta) -> str:
    """Show a duration as a spreadsheet does: 36:00:00."""
    seconds = abs(duration.total_seconds())
    minutes, rest = divmod(seconds, 60)
    sign = "-" if duration < datetime.timedelta() else ""
    return f"{sign}{int(minutes // 60)}:{int(minutes % 60):02d}:{rest:06.3f}".removesuffix(".000")


def _as_number(cell: Any) -> str:
    """Show a cell without the letters that it was written with: 1.0 is 1."""
    return _shown(float(cell) if isinstance(cell, WrittenNumber) else cell)


def _fault(kind: Kind, **values: Any) -> Cell:
    return Cell(State.FAULTY, remarks=((kind, values),))


def _least_of_several(text: str, quantity: Indicator, factor: float) -> Cell | None:
    """Read what is stated for several critical technologies: the least favourable counts."""
    parts = [p for p in _SEVERAL.split(text) if p.strip()]
    if len(parts) < 2:
        return None
    cells = [read_cell(part.strip(), quantity, factor) for part in parts]
    if any(c.state is not State.VALUE for c in cells):
        return None
    choose = max if quantity.direction == "min" else min
    least = choose(cells, key=lambda c: c.value)
    values = {"text": text, "value": f"{least.value:.10g}", "count": len(parts)}
    return Cell(State.VALUE, least.value, remarks=((kinds.SEVERAL, values),))


def _read_number(cell: Any, quantity: Indicator | Fact, factor: float) -> Cell:
    if isinstance(cell, NoDate):
        return _fault(kinds.NO_DATE, text=_shown(float(cell)))
    if isinstance(cell, datetime.timedelta | datetime.time):
        return _read_duration(cell, quantity)
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return _fault(kinds.NOT_A_NUMBER, text=_shown(cell), wanted=wanted_number(quantity))
    if not isinstance(cell, str):
        return check_number(float(cell) * factor, quantity)
    duration = duration_in(tidy(cell)) if ":" in cell or "：" in cell else None
    if duration is not None and factor_to("h", quantity) is not None:
        return _read_duration(duration, quantity)
    read_text = read_band_text if quantity.bands else read_number_text
    stated = read_text(tidy(cell), quantity, factor)
    if stated.fault is not None:
        return _fault(*stated.fault[:1], **stated.fault[1])
    checked = check_number(stated.number, quantity)
    if checked.state is State.FAULTY or stated.literal:
        return checked
    values = {"text": cell.strip(), "value": f"{stated.number:.10g}", **stated.shown}
    return Cell(State.VALUE, stated.number, remarks=((stated.kind, values),), spread=stated.spread)


def _read_duration(cell: datetime.timedelta | datetime.time, quantity: Indicator | Fact) -> Cell:
    """Read a duration, or a time of less than a day, as hours."""
    text, times = _shown(cell), factor_to("h", quantity)
    if times is None:
        return _fault(kinds.DURATION, text=text, unit=quantity.unit or _NO_UNIT)
    checked = check_number(round(hours_of(cell) * times, 10), quantity)
    if checked.state is State.FAULTY:
        return checked
    values = {"text": text, "value": f"{checked.value:.10g}", "unit": quantity.unit or _NO_UNIT}
    return replace(checked, remarks=((kinds.READ_DURATION, values),))


def check_number(number: float, quantity: Indicator | Fact) -> Cell:
    """Hold a number against the bounds of its indicator."""
    low, high = bounds(quantity)
    if not math.isfinite(number):
        return _fault(kinds.NOT_A_NUMBER, text=str(number), wanted=wanted_number(quantity))
    if not low <= number <= high:
        kind = kinds.OUT_OF_RANGE
    elif quantity.type in ("level", "count") and not number.is_integer():
        kind = kinds.NOT_WHOLE
    elif quantity.bands and band_of(quantity.bands, number) is None:
        kind = kinds.IN_NO_BAND
    else:
        return Cell(State.VALUE, number)
    return _fault(kind, value=f"{number:.10g}", wanted=wanted_number(quantity))


def _yes_or_no(word: str) -> bool | None:
    parts = {p.strip() for p in word.split("/")} if "/" in word else {word}
    if parts <= _YES:
        return True
    return False if parts <= _NO else None


def _read_yes_no(cell: Any) -> Cell:
    text = tidy(cell) if isinstance(cell, str) else _as_number(cell)
    answer = _yes_or_no(text.casefold())
    remarks: tuple[Remark, ...] = ()
    if answer is None:
        answer = _yes_or_no(without_brackets(text).strip().casefold())
        if answer is None:
            return _fault(kinds.NOT_YES_NO, text=text)
        remarks = ((kinds.READ_AS, {"text": text, "value": _ANSWERS[answer]}),)
    return Cell(State.VALUE, float(answer), _ANSWERS[answer].en, remarks)


def _read_category(cell: Any, quantity: Indicator | Fact) -> Cell:
    names = quantity.category_by_name
    text = _shown(cell)
    place = names.get(normalise(text), names.get(normalise(_as_number(cell))))
    if place is None and "/" in text:  # both languages, as a template for both has them
        both = {names.get(normalise(part)) for part in text.split("/")}
        place = both.pop() if len(both) == 1 else None
    if place is not None:
        return Cell(State.VALUE, float(place), quantity.categories[place].id)
    if isinstance(quantity, Fact) and (former := _former(text, quantity)) is not None:
        remark = (kinds.FORMER_WORD, {"text": text, "value": former.title})
        return Cell(State.VALUE, word=former.id, remarks=(remark,))
    near = nearest(text, [s for c in quantity.categories for s in (c.title.zh, c.title.en, c.id)])
    advice = (
        Text("从中选一个填写", "write one of these")
        if near is None
        else Text("可能是“{near}”", "perhaps “{near}”").of(near=near)
    )
    wanted = join((c.title for c in quantity.categories), same(" / "))
    return _fault(kinds.UNKNOWN_CATEGORY, text=text, wanted=wanted, advice=advice)


def _former(text: str, fact: Fact) -> FormerWord | None:
    """Return the word of an earlier version that a text is, in one language or both."""
    names = fact.former_by_name
    reduced = map(normalise, (text, *text.split("/")))
    known = {names[part] for part in reduced if part in names}
    return fact.formerly[known.pop()] if len(known) == 1 else None


def read_date(cell: Any) -> Cell:
    """Read a cell as a date."""
    if isinstance(cell, datetime.datetime):
        return Cell(State.VALUE, word=cell.date().isoformat())
    if isinstance(cell, datetime.date):
        return Cell(State.VALUE, word=cell.isoformat())
    if isinstance(cell, NoDate):
        return _fault(kinds.NO_DATE, text=_shown(float(cell)))
    if isinstance(cell, bool):
        return _fault(kinds.NOT_A_DATE, text=_shown(cell))
    text = _shown(cell)
    stated = date_in(text)
    if stated is None:
        return _fault(kinds.NOT_A_DATE, text=text)
    if stated.kind is kinds.SERIAL_DATE:
        return _fault(stated.kind, text=text, **stated.shown)
    values = {"text": text, "value": stated.date, **stated.shown}
    return Cell(
        State.VALUE, word=stated.date, remarks=((stated.kind, values),) if stated.kind else ()
    )


def read_percent(
    read: Cell,
    cell: Any,
    quantity: Indicator | Fact,
    *,
    percent_header: bool,
    percent_format: bool,
) -> Cell:
    """Settle what a bare number in a percent column means.

    A cell with a percentage format stores 0.95 for what a person sees as 95 %. A number in (0, 1]
    without such a format, under a header without a percent sign, may be meant either way: that is
    told as an error, never guessed.
    """
    if isinstance(cell, str):
        bare = quantity.type == "percent" and read.state is State.VALUE and "%" not in tidy(cell)
        if bare and not percent_header and 0 < read.value <= 1:
            return _ambiguous(read.value)
        return read
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return read
    if quantity.type == "ratio" and percent_header:
        # The header says %, so a bare 96 is 0.96; a bare 0.96 may be meant either way.
        if percent_format:
            return check_number(float(cell), quantity)
        return _ambiguous(float(cell)) if 0 < float(cell) <= MOST_AS_SHARE else read
    if quantity.type != "percent":
        return read
    if percent_format:
        return read_shown_percent(float(cell), quantity)
    return _ambiguous(float(cell)) if not percent_header and 0 < float(cell) <= 1 else read


def read_shown_percent(number: float, quantity: Indicator | Fact) -> Cell:
    """Read a percentage that is stored as 0.95 and shown as 95 %."""
    whole = check_number(number * 100, quantity)
    if whole.state is State.FAULTY:
        return whole
    values = {"stored": f"{number:.10g}", "value": f"{whole.value:.10g}"}
    return Cell(State.VALUE, round(whole.value, 10), remarks=((kinds.READ_AS_PERCENT, values),))


def _ambiguous(number: float) -> Cell:
    return _fault(kinds.AMBIGUOUS_PERCENT, value=f"{number:.10g}", times100=f"{number * 100:.10g}")


def read_evidence(cell: Any, evidence: Evidence) -> tuple[int, Remark | None]:
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
    wanted = join((join((g.id, g.title), BLANK) for g in evidence.grades), same(" / "))
    return -1, (kinds.UNKNOWN_EVIDENCE, {"text": text, "grade": title, "wanted": wanted})
