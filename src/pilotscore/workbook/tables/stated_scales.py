"""Scales of levels that a header states in brackets: TRL（1-5）, 成熟度（十三级制）."""

from __future__ import annotations

import re
from functools import lru_cache

from pilotscore.criteria import Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.criteria.names import bracketed
from pilotscore.patterns import regex
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.values.cells import Remark, half_width

_SPAN = regex(
    r"(\d{1,3})\s*(?:级|分)?\s*(?:-|~|–|—|至|到|to)\s*(\d{1,3})\s*(?:级|分|levels?|points?)?(?:制)?",
    re.IGNORECASE,
)
_MOST = regex(
    r"(?:满分|最高|out of|max\.?)\s*(\d{1,3})\s*(?:级|分)?|(\d{1,2})\s*级制", re.IGNORECASE
)
_NAMED = {"五级制": (1, 5), "七级制": (1, 7), "九级制": (1, 9), "十级制": (1, 10)}
_NAMED |= {"十三级制": (1, 13), "百分制": (0, 100), "十分制": (0, 10), "五分制": (0, 5)}


@lru_cache(maxsize=1 << 12)
def stated_scale(header: str) -> tuple[int, int] | None:
    """Return the least and greatest level that a header states in brackets; None for none."""
    inside = half_width(bracketed(header)).strip()
    if inside in _NAMED:
        return _NAMED[inside]
    if span := _SPAN.fullmatch(inside):
        low, high = int(span.group(1)), int(span.group(2))
        return (low, high) if low < high else None
    if most := _MOST.fullmatch(inside):
        return (1 if most.group(2) else 0, int(most.group(1) or most.group(2)))
    return None


def scale_remark(header: str, quantity: Indicator | Fact) -> Remark | None:
    """Return what is to be said of a header that states another scale than its indicator has."""
    if quantity.type != "level" or (stated := stated_scale(header)) is None:
        return None
    low, high = bounds(quantity)
    # Points from 0 and levels from 1 have the same top: 0 to 9 is hardly another scale than 1 to 9.
    if stated[1] == high:
        return None
    values = {"stated": f"{stated[0]}-{stated[1]}", "own": f"{low:g}-{high:g}"}
    return kinds.OTHER_SCALE, {"header": header, "name": quantity.title, **values}
