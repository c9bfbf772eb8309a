"""The weights of a list of indicators: of the whole, or within groups that have their own."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from pilotscore.criteria_book import kinds
from pilotscore.findings import Finding, Place
from pilotscore.patterns import regex
from pilotscore.records import dataclass

# 技术（80%）, 技术水平 30分: a group with its weight in its title.
_IN_TITLE = regex(
    r"^(?P<title>.*?[^\d\s.(（\[【])\s*[(（\[【]?\s*(?:权重|满分|weight)?\s*[:：]?\s*"
    r"(?P<weight>\d+(?:\.\d+)?)\s*(?:%|％|分|points?)\s*[)）\]】]?$",
    re.IGNORECASE,
)
_WHOLE = (100.0, 1.0)
_TOLERANCE = 1e-6


@dataclass(slots=True)
class Group:
    """A first-level entry of a list: its title, its own weight if stated, and its indicators."""

    title: str
    place: Place
    weight: float | None = None
    indicators: list[dict[str, Any]] = field(default_factory=list)

    @property
    def total(self) -> float:
        """What its indicators weigh together."""
        return math.fsum(i["weight"] for i in self.indicators)


def weight_of(text: str) -> float | None:
    """Return a weight as it is written: 15, 15%, 15 分; None where it is no number."""
    try:
        weight = float(text.strip().rstrip("%％分 "))
    except ValueError:
        return None
    return weight if math.isfinite(weight) else None


def split_title(text: str) -> tuple[str, float | None]:
    """Return the title of a group without its weight, and the weight that it states."""
    match = _IN_TITLE.match(text.strip())
    return (match.group("title").strip(), float(match.group("weight"))) if match else (text, None)


def weighed(groups: Sequence[Group], header: Place) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Return the dimensions of a set, and what is to be said of their weights.

    Where groups have weights of their own, those of their indicators are either parts of them, and
    sum to them, or shares within the group, and sum to 100 (or 1): then they are multiplied. Any
    other sum is refused, and so are shares within groups that have no weight.
    """
    findings = _refused(groups)
    refused = bool(findings)
    stated = [g for g in groups if g.weight is not None]
    whole = math.fsum((g.total if g.weight is None else g.weight) for g in groups)
    if not refused and groups and not any(map(_close(whole), _WHOLE)):
        findings.append(Finding(kinds.LIST_SUM, header, {"sum": f"{whole:.10g}"}))
    dimensions = [
        {
            "id": f"d{n}",
            "title": g.title,
            "weight": tidy(g.total if g.weight is None else g.weight),
            "weights_sum": tidy(g.total),
            "indicators": g.indicators,
        }
        for n, g in enumerate(groups, 1)
    ]
    for g in stated:
        if not refused and not _close(g.total)(g.weight or 0.0):
            values = {"name": g.title, "weight": f"{g.weight:.10g}", "sum": f"{g.total:.10g}"}
            findings.append(Finding(kinds.LIST_MULTIPLIED, g.place, values))
    return dimensions, findings


def _refused(groups: Sequence[Group]) -> list[Finding]:
    """Return the errors of weights that cannot be put together."""
    refused: list[Finding] = []
    stated = [g for g in groups if g.weight is not None]
    for g in groups if stated else ():
        if g.weight is None:
            refused.append(Finding(kinds.LIST_GROUP_WITHOUT, g.place, {"name": g.title}))
        elif not any(map(_close(g.total), (g.weight, *_WHOLE))):
            values = {"name": g.title, "weight": f"{g.weight:.10g}", "sum": f"{g.total:.10g}"}
            refused.append(Finding(kinds.LIST_GROUP_SUM, g.place, values))
    shares = len(groups) > 1 and all(any(map(_close(g.total), _WHOLE)) for g in groups)
    if not stated and shares:
        refused.extend(Finding(kinds.LIST_SHARES, g.place, {"name": g.title}) for g in groups)
    return refused


def _close(number: float) -> Any:
    return lambda other: math.isclose(number, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)


def tidy(number: float) -> int | float:
    """Return a number as it is written: whole where it is."""
    return int(number) if float(number).is_integer() else round(float(number), 10)
