"""Reads the scale that a score sheet states: 满分100分, 百分制, 5分制, 创新性（0-10）, out of 10.

Above the table a scale is said in words; in a header it may be bare in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pilotscore.findings import Place
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.values.cells import half_width, tidy

Scale = tuple[float, float]

_NUMBER = r"\d+(?:\.\d+)?"
_TO = r"\s*(?:-|–|—|~|至|到|to)\s*"
_POINTS = r"(?:分(?![钟之数线组管部公院会]|区)|points?\b|marks?\b)"
_SYSTEMS: Mapping[str, float] = {"千": 1000, "百": 100, "十": 10, "五": 5}
_FULL = regex(rf"(?:满分(?:值)?(?:为|是)?|out of|full marks?)\s*[:=]?\s*({_NUMBER})", re.IGNORECASE)
_SYSTEM = regex(rf"(千|百|十|五|(?<![\d.]){_NUMBER})\s*分制")
_RANGE = regex(rf"(?<![\d.\-–—~])({_NUMBER})\s*(?:分)?{_TO}({_NUMBER})\s*{_POINTS}", re.I)
_SCORED = regex(
    r"(?:(?:评分|打分|计分|分值|分数)(?:的)?(?:范围|区间|标准)?"
    r"|scale|scor(?:e|es|ed|ing)|rat(?:e|es|ed|ing|ings)|points|marks)"
    rf"(?:\s*[:：]|\s+(?:of|from|is|on|as|between))*\s*[\[(（]?\s*({_NUMBER})"
    rf"(?:{_TO}|\s*[,，]\s*|\s+and\s+)({_NUMBER})(?![\d.])(?!\s*(?:%|％|年|月|日|号|项|位))",
    re.IGNORECASE,
)
# Above a table 最高分 may be that of the scores; in brackets it is that of the scale.
_MOST = re.compile(
    rf"(?:最高(?:分)?|max(?:imum)?(?: score| mark)?)\s*[:=]?\s*({_NUMBER})\s*{_POINTS}?", re.I
).fullmatch
_BARE = re.compile(rf"[\[]?({_NUMBER})(?:{_TO})({_NUMBER})[\]]?\s*{_POINTS}?", re.I).fullmatch
_MARKS = re.compile(rf"(?:/\s*)?({_NUMBER})\s*{_POINTS}|/\s*({_NUMBER})", re.I).fullmatch
_ALONE = re.compile(rf"({_NUMBER})").fullmatch
_BRACKETS = regex(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_FIRST = (0.0, 1.0)  # what a scale begins with: 80-89分 is a band of one


@dataclass(frozen=True, slots=True)
class StatedScale:
    """A scale that a sheet states, and in which cell.

    ``indicator`` is the one that it is of, None for all that the sheet scores.
    """

    scale: Scale
    text: str
    place: Place
    indicator: str | None = None


def scale_in(text: str) -> Scale | None:
    """Return the scale that a text states in words; None where it states none.

    Of several ranges of points that follow one another (0-59分, 60-79分, 80-100分) it is the whole.
    """
    plain = half_width(tidy(text))
    return _in_words(plain) or _of_title(plain)


def _in_words(plain: str) -> Scale | None:
    if (full := _FULL.search(plain)) is not None:
        return _scale(0.0, float(full[1]))
    if (system := _SYSTEM.search(plain)) is not None:
        return _scale(0.0, float(_SYSTEMS.get(system[1], 0) or system[1]))
    ranges = [(float(a), float(b)) for a, b in _RANGE.findall(plain)]
    ranges += [(float(a), float(b)) for a, b in _SCORED.findall(plain)]
    ranges = [(min(r), max(r)) for r in ranges]
    if not ranges:
        return None
    return _scale(min(a for a, _ in ranges), max(b for _, b in ranges))


def scale_of_header(header: str) -> tuple[Scale, str] | None:
    """Return the scale that stands in the brackets of a header, and the header without them."""
    for bracket in _BRACKETS.finditer(header):
        inside = half_width(tidy(bracket[1]))
        scale = _in_brackets(inside)
        if scale is not None:
            return scale, (header[: bracket.start()] + header[bracket.end() :]).strip()
    return None


def scale_of_cell(text: str) -> Scale | None:
    """Return the scale that a cell of a column of scales holds: 20, 0-10, 满分20."""
    plain = half_width(tidy(text))
    alone = _ALONE(plain)
    return _scale(0.0, float(alone[1])) if alone is not None else _in_brackets(plain)


def _in_brackets(text: str) -> Scale | None:
    bare = _BARE(text)
    if bare is not None:
        return _scale(float(bare[1]), float(bare[2]))
    marks = _MARKS(text)
    if marks is not None:
        return _scale(0.0, float(marks[1] or marks[2]))
    most = _MOST(text)
    return _scale(0.0, float(most[1])) if most is not None else _in_words(text)


def _of_title(plain: str) -> Scale | None:
    """Return the bare range in the brackets of a title: 评分表（0-10）."""
    for inside in _BRACKETS.findall(plain):
        bare = _BARE(inside.strip())
        scale = _scale(float(bare[1]), float(bare[2])) if bare is not None else None
        # (1-20) may be the numbers of results.
        usual = scale is not None and scale[1] in _USUAL and scale[1] <= (10 if scale[0] else 100)
        if usual and _OF_SCORES.search(plain):
            return scale
    return None


_USUAL = frozenset({4.0, 5.0, 6.0, 7.0, 9.0, 10.0, 20.0, 50.0, 100.0})
_OF_SCORES = regex(r"评分|打分|评审|评价|评议|分数|分值|scor|rating|review|mark", re.I)


def _scale(least: float, most: float) -> Scale | None:
    return (least, most) if least in _FIRST and least < most else None


def without_scale(header: str) -> str:
    """Return a header without the scale in its brackets."""
    stated = scale_of_header(header)
    return header if stated is None or not stated[1] else stated[1]


def scale_above(sheet: Sheet, header: int, score: int | None) -> StatedScale | None:
    """Return the scale that holds for all scores of a sheet: by its score column, or above it.

    Parameters
    ----------
    sheet
        The sheet.
    header
        The row of its header, from 0.
    score
        The column of scores; None where there are several.
    """
    if score is not None:
        text = str(sheet.cell(header, score))
        stated = scale_of_header(text)
        if stated is not None:
            return StatedScale(stated[0], text.strip(), sheet.place(header, score))
    for row in range(header - 1, -1, -1):
        for column, cell in enumerate(sheet.rows[row]):
            if not isinstance(cell, str) or not cell.strip():
                continue
            scale = scale_in(cell)
            if scale is not None:
                return StatedScale(scale, cell.strip(), sheet.place(row, column))
    named = scale_in(sheet.name)
    return None if named is None else StatedScale(named, sheet.name, sheet.place())
