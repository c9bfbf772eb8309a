"""Reads which stage of a two-stage review a score belongs to."""

from __future__ import annotations

import re
from typing import Any

from pilotscore.patterns import regex
from pilotscore.workbook.values.cells import tidy

FIRST, SECOND = 1, 2
_FIRST = re.compile(
    r"第?\s*[1一]\s*(?:轮|阶段|审|次|评)?(?:评审)?|初评|初审|(?:stage|round)?\s*1(?:st)?|first|initial",
    re.IGNORECASE,
).fullmatch
_SECOND = re.compile(
    r"第?\s*[2二]\s*(?:轮|阶段|审|次|评)?(?:评审)?|复评|复审|终评|终审"
    r"|(?:stage|round)?\s*2(?:nd)?|second|final|re-?review",
    re.IGNORECASE,
).fullmatch


def stage_of(cell: Any) -> int | None:
    """Return the stage that a cell names, the first where it is blank; None where it names none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if cell in (FIRST, SECOND) else None
    text = tidy(cell) if isinstance(cell, str) else ""
    if not text:
        return FIRST if cell in ("", None) or isinstance(cell, str) else None
    if _FIRST(text):
        return FIRST
    return SECOND if _SECOND(text) else None


_NAMED_FIRST = regex(
    r"初评|初审|第[1一](?:轮|阶段)|(?:first|1st) (?:stage|round)|(?:stage|round) ?1\b",
    re.IGNORECASE,
)
_NAMED_SECOND = regex(
    r"复评|复审|终评|终审|第[2二](?:轮|阶段)"
    r"|(?:second|2nd|final) (?:stage|round)|(?:stage|round) ?2\b",
    re.IGNORECASE,
)


def stage_named(name: str) -> int | None:
    """Return the stage that the name of a sheet or file has in it; None for none, or for both."""
    text = tidy(name)
    first, second = _NAMED_FIRST.search(text), _NAMED_SECOND.search(text)
    if bool(first) == bool(second):
        return None
    return FIRST if first else SECOND
