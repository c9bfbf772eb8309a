"""Reads what a specification says as limits: ≥99.0%, 98.0~102.0, 95±3, 不低于99, NMT 0.5."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.batches.numbers import is_nothing, number_in
from pilotscore.workbook.values.cells import tidy

_NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?"
_UNIT = r"\s*[^\d\s~±+–—至到;,，、且]{0,8}"
_BETWEEN = regex(
    rf"(?P<low>{_NUMBER}{_UNIT})\s*(?:[~–—至到-]|to)\s*(?P<high>{_NUMBER}{_UNIT})", re.IGNORECASE
)
_AROUND = regex(rf"(?P<middle>{_NUMBER}{_UNIT})\s*(?:±|\+/-|\+-)\s*(?P<by>{_NUMBER}{_UNIT})")
# Signs and words of a limit, before a number or behind it. Those that do not hold for the limit
# itself (more than, less than) stand apart.
_LEAST = (
    r"≥|>=|=>|≧|⩾|不得?(?:低于|少于|小于)|大于等于|大于或等于|至少|最少|最低"
    r"|nlt|n\.l\.t\.|(?:not|no) (?:less|lower) than|at least|min(?:imum|\.)?"
)
_MOST = (
    r"≤|<=|=<|≦|⩽|不得?(?:高于|大于|超过|多于|过)|小于等于|小于或等于|至多|最多|最高"
    r"|nmt|n\.m\.t\.|(?:not|no) (?:more|greater) than|not exceeding|at most|up to|max(?:imum|\.)?"
)
_ABOVE, _BELOW = r">|大于|高于|超过|more than|above|over", r"<|小于|低于|少于|less than|below|under"
_SIGNED = regex(
    rf"(?:[应须需](?:当|为)?)?\s*(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<above>{_ABOVE})|(?P<below>{_BELOW}))"
    rf"\s*(?P<number>{_NUMBER}{_UNIT})",
    re.IGNORECASE,
)
_FOLLOWED = regex(
    rf"(?P<number>{_NUMBER}{_UNIT}?)\s*"
    r"(?:(?P<least>[及或]?以上|or more|min\.?)|(?P<most>[及或]?以下|以内|or less|max\.?))",
    re.IGNORECASE,
)
# 95 (+3, -2): what a number may differ by upwards and downwards.
_EACH_SIDE = regex(
    rf"(?P<middle>{_NUMBER}{_UNIT})\s*\+\s*(?P<up>\d[\d.]*)\s*[/,]?\s*-\s*(?P<down>\d[\d.]*)(?P<tail>{_UNIT})"
)
# Other ways to write the same: 98.0 ≤ x ≤ 102.0, [98.0, 102.0], 98.0..102.0, pH 5.0~7.0, 含量≥98.
_PLAINER = tuple(
    (regex(pattern, re.IGNORECASE), by)
    for pattern, by in (
        (rf"^({_NUMBER}\s*%?)\s*[≤≦⩽]\s*[^\d≤≦⩽]{{1,12}}[≤≦⩽]\s*({_NUMBER}\s*%?)$", r"≥\1,≤\2"),
        (r"^\[\s*([+-]?\d+(?:\.\d+)?%?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?%?)\s*\]$", r"\1~\2"),
        (rf"^(?:between\s*)?({_NUMBER}\s*%?)\s*(?:\.{{2,3}}|and)\s*({_NUMBER}\s*%?)$", r"\1~\2"),
        (r"^[^\W\d_]{1,10}\s*(?=[≥≤<>≧≦])", ""),
        (rf"^(?:ph|范围)\s*[:：]?\s*(?={_NUMBER}\s*[~–—至-])", ""),
    )
)
_REMARK = regex(r"[(\[][^\d()\[\]%]*[)\]]")
_NO_BRACKETS = str.maketrans("", "", "()[]")
_PARTS = regex(r"\s*(?:[;,，、]|且|并且|\band\b|&)\s*(?=\D)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Specified:
    """The limits and the target that a specification states, nan where it states none."""

    lower: float = math.nan
    upper: float = math.nan
    target: float = math.nan

    @property
    def shown(self) -> str:
        """The limits as they are told: ≥ 99, 98 – 102."""
        low, high = (f"{x:.10g}" for x in (self.lower, self.upper))
        if math.isnan(self.upper):
            return "-" if math.isnan(self.lower) else f"≥ {low}"
        return f"≤ {high}" if math.isnan(self.lower) else f"{low} – {high}"


NOTHING_SPECIFIED = Specified()


def specified(text: str, unit: str) -> Specified | None:
    """Read the specification of a characteristic; None where it does not state limits in numbers.

    Parameters
    ----------
    text
        What the cell says; what stands for nothing (-, /) states no limits.
    unit
        The unit of the characteristic, to which limits with a unit of their own are converted.

    A limit that does not hold itself (more than 99) is the next number beyond it.
    """
    plain = tidy(text)
    for pattern, by in _PLAINER:
        plain = pattern.sub(by, plain)
    plain = _REMARK.sub("", plain).translate(_NO_BRACKETS).strip(" 。.")
    if is_nothing(plain):
        return NOTHING_SPECIFIED
    whole = _of_two_numbers(plain, unit)
    if whole is not None:
        return whole
    read = NOTHING_SPECIFIED
    for part in _PARTS.split(plain):
        one = _one_sided(part, unit)
        if one is None or _collide(read, one):
            return None
        read = Specified(*(b if math.isnan(a) else a for a, b in _pairs(read, one)))
    return read if not read.lower > read.upper else None


def _pairs(one: Specified, other: Specified) -> tuple[tuple[float, float], tuple[float, float]]:
    return (one.lower, other.lower), (one.upper, other.upper)


def _collide(one: Specified, other: Specified) -> bool:
    """Say whether both state the same limit."""
    return any(not math.isnan(a) and not math.isnan(b) for a, b in _pairs(one, other))


def _of_two_numbers(text: str, unit: str) -> Specified | None:
    """Read a range, or a number with what it may differ by."""
    if match := _AROUND.fullmatch(text):
        return _around(match["middle"], match["by"], unit)
    if match := _EACH_SIDE.fullmatch(text):
        return _each_side(match, unit)
    if match := _BETWEEN.fullmatch(text):
        tail = re.sub(rf"^{_NUMBER}", "", match["high"]).strip()
        plain = re.fullmatch(_NUMBER, match["low"].strip())
        low = number_in(match["low"] + tail if plain else match["low"], unit)
        high = number_in(match["high"], unit)
        if low is not None and high is not None and low < high:
            return Specified(low, high)
    return None


def _around(middle: str, by: str, unit: str) -> Specified | None:
    """Return a number plus and minus another: by percent of it where it is no percentage itself."""
    target, tail = number_in(middle, unit), re.sub(rf"^{_NUMBER}", "", middle.strip()).strip()
    relative = by.strip().endswith("%") and "%" not in (unit, tail)
    share = number_in(by.strip().rstrip("%"), "") if relative else number_in(by, unit)
    if target is None or share is None or share < 0:
        return None
    apart = abs(target) * share / 100 if relative else share
    return Specified(target - apart, target + apart, target)


def _each_side(match: re.Match[str], unit: str) -> Specified | None:
    """Return a number with what it may differ by upwards and downwards, all in one unit."""
    own = re.sub(rf"^{_NUMBER}", "", match["middle"]).strip()
    tail = match["tail"].strip() or own
    middle = match["middle"] if own else match["middle"] + tail
    target, up, down = (
        number_in(x, unit) for x in (middle, match["up"] + tail, match["down"] + tail)
    )
    relative = tail == "%" and "%" not in (unit, own)
    if target is None or up is None or down is None or relative:
        return None
    return Specified(target - down, target + up, target)


def _one_sided(text: str, unit: str) -> Specified | None:
    match = _SIGNED.fullmatch(text) or _FOLLOWED.fullmatch(text)
    number = None if match is None else number_in(match["number"], unit)
    if match is None or number is None:
        return None
    said = {k for k, v in match.groupdict().items() if v}
    if said & {"least", "above"}:
        return replace(NOTHING_SPECIFIED, lower=_beyond(number, said, "above", math.inf))
    return replace(NOTHING_SPECIFIED, upper=_beyond(number, said, "below", -math.inf))


def _beyond(number: float, said: set[str], strict: str, towards: float) -> float:
    return math.nextafter(number, towards) if strict in said else number
