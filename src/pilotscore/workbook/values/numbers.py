"""Reads a number that is written as text: with a unit, as a range, a bound, or an estimate."""

from __future__ import annotations

import math
import re
from dataclasses import field, replace
from typing import Any

from pilotscore.criteria import Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.findings import Kind
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.bounds import wanted_number
from pilotscore.workbook.values.spread import Parts, Spread, each_side, parts_with_spread
from pilotscore.workbook.values.units import SCALES, factor, plain

_DIGITS = r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_SCALE = r"(?:\s*(百万|千万|千|万|亿)(?![吨元t瓦千米克]))?"
_PLAIN = regex(_DIGITS)
_ONE = regex(rf"({_DIGITS}){_SCALE}\s*([^\d+\-~≥≤<>]*(?:m3|/\S+)?)")
_RANGE = regex(
    rf"({_DIGITS})\s*([^\d\s~\-—–至到,.]{{0,5}})\s*(?:-|~|—|–|―|至|到|to|\.\.)\s*"
    rf"({_DIGITS}){_SCALE}\s*([^\d+~≥≤<>]*)"
)
_AT_LEAST = regex(
    r"^(?:≥|>=|=>|>|≧|⩾|大于等于|大于或等于|大于|不少于|不低于|不小于|至少|超过|高于|多于"
    r"|at least|more than|over|min\.?)\s*"
)
_AT_MOST = regex(
    r"^(?:≤|<=|=<|<|≦|⩽|小于等于|小于或等于|小于|不超过|不大于|不高于|不多于|至多|最多|少于|低于"
    r"|at most|less than|under|up to|max\.?)\s*"
)
_ABOUT = regex(
    r"^(?:约为|约|大约|大概|近|将近|接近|~|≈|about|approximately|approx\.?|ca\.?|around)\s*"
)
_MORE = regex(r"\s*(?:及以上|或以上|以上|余|多|\+)$")
_LESS = regex(r"\s*(?:及以下|或以下|以下|以内|之内)$")
_ROUGHLY = regex(r"\s*(?:左右|上下)$")
# 1 for a lower bound, -1 for an upper one, 0 for an estimate.
_MARKS = tuple(
    zip((_AT_LEAST, _MORE, _AT_MOST, _LESS, _ABOUT, _ROUGHLY), (1, 1, -1, -1, 0, 0), strict=True)
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_POWER = regex(
    r"(?<![\d.,])(?:(\d+(?:\.\d+)?)\s*[×xX*·⋅]\s*)?10"
    r"(?:\^([+-]?\d{1,2})|([⁺⁻]?[⁰¹²³⁴-⁹]{1,2}))(?![\d⁰¹²³⁴-⁹])"
)
# A ratio up to this may be a share that was not multiplied by 100.
_MOST_AS_SHARE = 2.0
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_LEVEL = regex(
    r"(?:第\s*)?(?:(?:level|grade|class|技术就绪|成熟度)?[\s\-:]*[a-z]{0,4}[\s\-:]*)"
    r"(\d{1,2}|[零一二三四五六七八九十])\s*(?:级|等|档)?",
    re.IGNORECASE,
)
_LEVEL_NUMBER = r"(\d{1,2}|[零一二三四五六七八九十])\s*(?:级|等|档)?"
_LEVEL_RANGE = regex(
    rf"(?:第\s*)?(?:level|grade|class|技术就绪|成熟度)?[\s\-:]*[a-z]{{0,4}}[\s\-:]*{_LEVEL_NUMBER}"
    rf"\s*(?:-|~|—|–|―|至|到|to|\.\.)\s*(?:第\s*)?(?:[a-z]{{2,5}}[\s\-:]*)?{_LEVEL_NUMBER}",
    re.IGNORECASE,
)
_LEVEL_AND_TEXT = regex(
    r"(?:[a-z]{2,4}[\s\-]*)?(\d{1,2})\s*(?:级)?\s*[\s:：\-—.、,，(（]\s*(.+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text states: a number, the kind of finding that says how it was read; or a fault.

    ``spread`` is the uncertainty that it states besides.
    """

    number: float = math.nan
    kind: Kind = kinds.READ_AS
    shown: dict[str, Any] = field(default_factory=dict)
    fault: tuple[Kind, dict[str, Any]] | None = None
    literal: bool = False
    spread: Spread | None = None


def _wrong(kind: Kind, **values: Any) -> Stated:
    return Stated(fault=(kind, values))


def read_number_text(text: str, quantity: Indicator | Fact, column_factor: float = 1.0) -> Stated:
    """Read a tidied text as a number of a quantity.

    Parameters
    ----------
    text
        The text, in half-width forms and without odd spaces.
    quantity
        What it is a number of: its unit, and for ranges and bounds its direction, matter.
    column_factor
        What a number without a unit of its own is multiplied with.

    A range or a bound counts with its less favourable end: evidence that is open is never read in
    the favour of who wrote it. Where that end is open, or where neither end is the less favourable
    (a fact, or an indicator whose best is in the middle), it is a fault.
    """
    if _PLAIN.fullmatch(text):
        return Stated(_float(text) * column_factor)
    text = without_powers(text)
    if sides := each_side(text):
        return _two_sided(sides, quantity, column_factor)
    if parts := parts_with_spread(text):
        return _with_spread(text, parts, quantity, column_factor)
    if quantity.type == "level":
        level = _level_range(text, quantity) or _level(text, quantity)
        if level is not None:
            return level
    if match := _RANGE.fullmatch(text):
        return _range(text, match, quantity, column_factor)
    for pattern, side in _MARKS:
        if marked := pattern.search(text):
            rest = (text[: marked.start()] + text[marked.end() :]).strip()
            return _bounded(text, rest, side, quantity, column_factor)
    return _single(text, quantity, column_factor)


def without_powers(text: str) -> str:
    """Return a text with its powers of ten as plain numbers: 1.5×10³ and 1.5×10^3 are 1500."""
    return _POWER.sub(_power, text)


def _power(match: re.Match[str]) -> str:
    mantissa, written, raised = match.groups()
    return f"{float(f'{mantissa or 1}e{written or raised.translate(_RAISED)}'):.15g}"


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))


def _level_range(text: str, quantity: Indicator | Fact) -> Stated | None:
    """Read two levels, however each is written (TRL4-5, 4级至5级), by their less favourable end.

    Both must be levels of the scale: 5-6 on a scale to 5 is of another one.
    """
    match = _LEVEL_RANGE.fullmatch(text)
    if match is None:
        return None
    if (worded := _literal_level(text, quantity)) is not None:
        return worded
    first, second = (float(_CHINESE.get(written, written)) for written in match.groups())
    least, most = bounds(quantity)
    side = _worse(quantity)
    if first >= least and second <= most and first <= second and side:
        return Stated(first if side > 0 else second, kinds.LESS_FAVOURABLE)
    if side and first <= second:
        return _wrong(kinds.OUT_OF_RANGE, value=text, wanted=wanted_number(quantity))
    return _wrong(kinds.OPEN_VALUE, text=text, wanted=wanted_number(quantity))


def _level(text: str, quantity: Indicator | Fact) -> Stated | None:
    if match := _LEVEL.fullmatch(text):
        written = match.group(1)
        return Stated(float(_CHINESE.get(written, written)))
    match = _LEVEL_AND_TEXT.fullmatch(text)
    if not match or re.search(r"\d", match.group(2)):
        return _worded(text, quantity)
    level, said = int(match.group(1)), normalise(match.group(2))
    wordings = _wordings(quantity)
    if level in wordings and said in wordings[level]:
        return Stated(float(level), literal=True)
    other = next((n for n, w in wordings.items() if said in w), None)
    if other is not None:
        wanted = Text("{first} 或 {second}，二者之一", "either {first} or {second}").of(
            first=level, second=other
        )
        return _wrong(kinds.CONTRADICTION, text=text, wanted=wanted)
    return Stated(float(level))


def _worded(text: str, quantity: Indicator | Fact) -> Stated | None:
    """Read a level and its wording where the wording itself has digits in it."""
    if (literal := _literal_level(text, quantity)) is not None:
        return literal
    form = normalise(text).removesuffix("色")
    named = {
        level
        for level, w in (quantity.wording or {}).items()
        for t in (w.zh, w.en)
        if form and form in {normalise(x) for x in (t, without_brackets(t), bracketed(t))}
    }
    return Stated(float(named.pop())) if len(named) == 1 else None  # told as read so


def _literal_level(text: str, quantity: Indicator | Fact) -> Stated | None:
    """Read a level with its wording as the criteria set has both."""
    for level, wordings in _wordings(quantity).items():
        if normalise(text) in {normalise(f"{level}{w}") for w in wordings}:
            return Stated(float(level), literal=True)
    return None


def _wordings(quantity: Indicator | Fact) -> dict[int, set[str]]:
    return {
        level: {normalise(t) for t in (w.zh, w.en, f"{w.zh} / {w.en}")}
        for level, w in (quantity.wording or {}).items()
    }


def _single(text: str, quantity: Indicator | Fact, column_factor: float) -> Stated:
    match = _ONE.fullmatch(text)
    if not match:
        if quantity.type in ("count", "level") and text in _CHINESE:
            return Stated(float(_CHINESE[text]))
        return _wrong(kinds.NOT_A_NUMBER, text=text, wanted=wanted_number(quantity))
    digits, scale, unit = match.group(1), match.group(2), match.group(3).strip()
    if quantity.type == "money":
        unit = unit.removesuffix("整")
    number = _float(digits)
    if scale and quantity.type == "money" and not unit:
        scale, unit = None, f"{scale}元"
    if scale:
        number = float(f"{number * SCALES[scale]:.15g}")  # 1.2347万 is a whole number
    if not unit:
        return Stated(number * column_factor)
    multiplied = factor(unit.strip("()[]（）"), quantity)
    if multiplied is None:
        return _wrong(kinds.OTHER_UNIT, text=text, unit=quantity.unit or Text("无单位", "no unit"))
    if multiplied == 1 or plain(unit) == "%":
        return Stated(number * multiplied)
    own = quantity.unit or Text("", "")
    return Stated(number * multiplied, kinds.CONVERTED, {"unit": own})


def _two_sided(sides: tuple[str, str], quantity: Indicator | Fact, column_factor: float) -> Stated:
    """Read a number with one uncertainty upwards and another downwards."""
    up, down = (read_number_text(side, quantity, column_factor) for side in sides)
    if up.spread is None or down.spread is None:
        return up if up.fault or not down.fault else down
    shown = {"spread": f"{up.shown['spread']}/-{down.shown['spread']}"}
    return replace(up, shown=shown, spread=replace(up.spread, below=down.spread.below))


def _with_spread(
    text: str, parts: Parts, quantity: Indicator | Fact, column_factor: float
) -> Stated:
    """Read a number with its uncertainty, of which a share (120 h ± 5 %) is one of the number.

    Where a ratio has no unit of its own, 0.92 ± 3 % may mean 0.03 or a thirtieth of it: a fault.
    """
    times = _float(parts.times)
    half = _single(parts.half + parts.half_unit, quantity, column_factor)
    relative = bool(half.fault) and parts.half_unit == "%"
    unit = "" if relative and parts.shared else parts.unit
    stated = _single(parts.number + unit, quantity, column_factor)
    if relative:
        half = Stated(abs(stated.number) * _float(parts.half) / 100)
    either = parts.shared and parts.half_unit == "%" and quantity.type == "ratio"
    if fault := stated.fault or half.fault:
        return _wrong(fault[0], **{**fault[1], "text": text})
    if either and abs(_float(parts.number)) <= _MOST_AS_SHARE:
        return _wrong(kinds.NOT_A_NUMBER, text=text, wanted=wanted_number(quantity))
    number, width = (float(f"{x.number * times:.15g}") for x in (stated, half))
    if not isinstance(quantity, Indicator):
        return Stated(number)  # nothing is worked out from the uncertainty of a fact
    shown = {"spread": f"{width:.10g}"}
    return Stated(number, kinds.WITH_SPREAD, shown, spread=Spread(width, width, k=parts.k))


def _worse(quantity: Indicator | Fact) -> int:
    """Return 1 where a lower value is less favourable, -1 where a higher one is, 0 for neither."""
    if not isinstance(quantity, Indicator):
        return 0
    return {"max": 1, "min": -1}.get(quantity.direction, 0)


def _range(
    text: str, match: re.Match[str], quantity: Indicator | Fact, column_factor: float
) -> Stated:
    first, unit_first, second, scale, unit = (g or "" for g in match.groups())
    tail = f"{scale}{unit.strip() or unit_first.strip()}"
    low = _single(first + tail, quantity, column_factor)
    high = _single(second + tail, quantity, column_factor)
    if low.fault or high.fault:
        return low if low.fault else high
    side = _worse(quantity)
    if side == 0 or low.number > high.number:
        return _wrong(kinds.OPEN_VALUE, text=text, wanted=wanted_number(quantity))
    return Stated(low.number if side > 0 else high.number, kinds.LESS_FAVOURABLE)


def _bounded(
    text: str, rest: str, side: int, quantity: Indicator | Fact, column_factor: float
) -> Stated:
    stated = read_number_text(rest, quantity, column_factor) if rest else None
    if stated is None or stated.fault:
        return _wrong(kinds.NOT_A_NUMBER, text=text, wanted=wanted_number(quantity))
    if side == 0:
        return replace(stated, kind=kinds.ESTIMATE, shown={})
    if _worse(quantity) != side:
        return _wrong(kinds.OPEN_VALUE, text=text, wanted=wanted_number(quantity))
    return Stated(stated.number, kinds.LESS_FAVOURABLE)
