"""Addresses of what has no column of its own, and the entries that a table can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pilotscore.criteria_book.cells import TEXT, UNSAFE, fitted
from pilotscore.patterns import regex


def address(*steps: str) -> str:
    """Return steps as an address: with / between them.

    Within a step ~ is ~0 and / is ~1; what a cell may not keep, such as blanks at the ends, is
    written by its number, and a step without a sign as ~u;.
    """
    return "/".join(
        _NOT_KEPT.sub(_by_number, s.replace("~", "~0").replace("/", "~1")) or "~u;" for s in steps
    )


def steps_of(text: str) -> tuple[str, ...]:
    """Return the steps of an address."""
    return tuple(
        _NUMBERED.sub(_by_sign, s).replace("~1", "/").replace("~0", "~") for s in text.split("/")
    )


_NOT_KEPT = regex(r"^\s+|\s+$|[^\S ]|" + UNSAFE.pattern)
_NUMBERED = regex("~u([0-9a-f]*);")


def _by_number(match: re.Match[str]) -> str:
    return "".join(f"~u{ord(sign):x};" for sign in match.group())


def _by_sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] and int(match[1], 16) < 0x110000 else ""


def items_of(data: Any, name: str) -> Any:
    """Return what stands at the place of a table other than the indicators' in a file's data."""
    if name == "evidence":
        evidence = data.get("evidence")
        return evidence.get("grades") if isinstance(evidence, dict) else None
    return data.get(name)


def have_ids(items: Any) -> bool:
    """Say whether a value is a list of entries each with an id of its own that a cell can hold."""
    if not isinstance(items, list) or not items or not all(isinstance(x, dict) for x in items):
        return False
    ids: Sequence[Any] = [x.get("id") for x in items]
    return all(isinstance(i, str) and fitted(TEXT, i) for i in ids) and len(set(ids)) == len(ids)
