"""Takes several units that one cell names as parties each: a share of all is no one's own."""

from __future__ import annotations

import re

import numpy as np

from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.stacking import Stack

# Inventors act as a team: several names of a team or of persons are one party.
_OF_PEOPLE = frozenset({"team", "person"})
_UNIT = regex(
    r"(?:大学|学院|学校|研究院|研究所|实验室|公司|集团|医院|中心|厂|工场|[院所校]"
    r"|(?:university|institute|college|academy|hospital|laborator(?:y|ies)|company|corporation"
    r"|group|centre|center|gmbh|inc|ltd|llc|plc|s\.a|co)\.?)"
    r"(?:\s*[（(][^（）()]*[)）])?",
    re.IGNORECASE,
)
_BETWEEN = regex(r"[、；;，/／\r\n]+|(?<=[^\x00-\x7f]),")
_JOINED = regex(r"和|与|及|以及|\s+and\s+|\s*&\s*", re.IGNORECASE)
_OTHERS = regex(
    r"\s*等\s*(?:[\d一二两三四五六七八九十]+\s*)?(?:家|个|所)?(?:单位|机构|企业|公司|方)?$"
)
_BRACKETS = regex(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_FIGURES = ("share", "claim")


def named(text: str, kind: str = "") -> tuple[str, ...]:
    """Return the units that a cell names; one name where it names one, or people.

    A last '' stands for those that “等” (and others) leaves unnamed. Signs within brackets part
    nothing, and where the kind of party is not stated only what ends as units do is taken apart.
    """
    if kind in _OF_PEOPLE:
        return (text,)
    shown = _OTHERS.sub("", text)
    others = ("",) if shown != text and (kind or _ends_as_unit(shown)) else ()
    hidden = _BRACKETS.sub(lambda m: "\0" * len(m[0]), shown)
    names = [n for piece in _pieces(shown, hidden) for n in _joined(piece)]
    if len(names) > 1 and not kind and not all(map(_ends_as_unit, names)):
        return (text,)
    return (*names, *others) if len(names) + len(others) > 1 else (text,)


def _pieces(shown: str, hidden: str) -> list[str]:
    """Return what stands between signs that part names, outside brackets."""
    starts, ends = [0], []
    for sign in _BETWEEN.finditer(hidden):
        ends.append(sign.start())
        starts.append(sign.end())
    pieces = (shown[a:b].strip() for a, b in zip(starts, [*ends, len(shown)], strict=True))
    return [piece for piece in pieces if piece]


def _joined(piece: str) -> list[str]:
    """Return two names that a word joins, where both end as names of units do; else the piece."""
    for word in _JOINED.finditer(piece):
        sides = piece[: word.start()].strip(), piece[word.end() :].strip()
        if all(_ends_as_unit(side) and len(side) >= _SHORTEST for side in sides):
            return [sides[0], *_joined(sides[1])]
    return [piece]


_SHORTEST = 3  # 大学和医院 is one name, 甲大学和乙医院 are two


def _ends_as_unit(name: str) -> bool:
    return any(m.end() == len(name) for m in _UNIT.finditer(name))


def each_party(stack: Stack) -> Stack:
    """Return a row for each unit where a cell names several; what they hold together is no one's.

    Their share and claim are left blank, and told: how much is whose is not known.
    """
    of_row = [
        named(text, kind) if text else (text,)
        for text, kind in zip(stack.columns["party"], stack.columns["kind"], strict=True)
    ]
    counts = np.array([len(names) for names in of_row], dtype=np.int64)
    if (counts <= 1).all():
        return stack
    for i in np.flatnonzero(counts > 1).tolist():
        _tell(stack, i, of_row[i])
    apart = stack.take(np.repeat(np.arange(len(counts)), counts))
    joint = np.repeat(counts > 1, counts)
    apart.columns["party"][:] = [name for names in of_row for name in names]
    for role in _FIGURES:
        apart.columns[role][joint] = np.nan
    return apart


def _tell(stack: Stack, i: int, names: tuple[str, ...]) -> None:
    columns = stack.columns
    values = {"text": columns["party"][i], "count": len(names)}
    stack.tell(kinds.SEVERAL_PARTIES, i, "party", **values)
    for role in _FIGURES:
        if not np.isnan(columns[role][i]):
            stack.tell(kinds.JOINT_FIGURE, i, role, **values)
