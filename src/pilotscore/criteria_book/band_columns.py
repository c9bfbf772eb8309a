"""Standards in columns of their own: 优（90-100）, 良（80-89）, ... with what each takes below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.patterns import regex

_WORDS = frozenset(
    normalise(word)
    for word in (
        *("优", "优秀", "良", "良好", "中", "中等", "一般", "差", "较差", "较好", "好", "很好"),
        *("合格", "基本合格", "不合格", "达标", "不达标", "高", "较高", "低", "较低"),
        *(f"{x}{of}" for x in "ABCDE" for of in ("", "级", "档", "等")),
        *(f"{x}{of}" for x in "一二三四五" for of in ("级", "档", "等")),
        *("excellent", "very good", "good", "fair", "poor", "high", "medium", "low"),
    )
)
_FEWEST = 2
_PARTS = regex(r"\s*[;；\n]\s*")
_LAST = regex(r"[\s。.;；,，]+$")


def band_headings(row: Sequence[Any]) -> dict[int, str]:
    """Return the headings of a row that name bands, by their columns; none where fewer than two."""
    texts = {c: " ".join(x.split()) for c, x in enumerate(row) if isinstance(x, str) and x.strip()}
    named = {c: text for c, text in texts.items() if _is_band(text)}
    return named if len(named) >= _FEWEST else {}


def _is_band(text: str) -> bool:
    """Say whether a heading is a word for a band, alone or with its points."""
    word = re.sub(r"[\d.\-–—~～至≥≤<>＜＞=％%分以上下及]+$", "", without_brackets(text))
    return normalise(word) in _WORDS


def standard_of(row: Sequence[Any], headings: Mapping[int, str]) -> str:
    """Return what a row says of its bands as one standard; '' where it says nothing.

    The points stand in the headings, or in the cells.
    """
    cells = {c: _text(row[c]) if c < len(row) else "" for c in headings}
    if not any(cells.values()):
        return ""
    parts = (f"{text}：{cells[c]}" if cells[c] else text for c, text in headings.items())
    return "；".join(parts)


def _text(cell: Any) -> str:
    """Return a cell in one piece: what parts it would part the standard."""
    return "" if cell in (None, "") else _LAST.sub("", _PARTS.sub("，", str(cell).strip()))
