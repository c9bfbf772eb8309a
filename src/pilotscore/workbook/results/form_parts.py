"""What forms are made of: items, titles of columns, and how they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any

from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.tables.headers import (
    ACTUAL,
    ASIDE,
    HeaderNames,
    both_languages,
    evidence_of,
    forms,
)
from pilotscore.workbook.tables.row_labels import RowLabel
from pilotscore.workbook.tables.suggestions import Suggestion
from pilotscore.workbook.values.units import is_other_money, is_unit

MOST_ROWS = 2000
MOST_COLUMNS = 60
LONGEST = 120
_LONGEST_TITLE = 40
_TITLES = {
    "item": forms(
        "指标|指标名称|项目|栏目|内容|填报项|评价指标|名称|考核指标|评价内容|评价项目|考核内容|技术指标"
        "|主要指标|主要技术指标|一级指标|二级指标|三级指标|item|items|indicator|metric|criterion|kpi"
    ),
    "value": ACTUAL | forms("填写|填报内容|完成情况|entry|answer"),
    "unit": forms("单位|计量单位|unit|units"),
    "evidence": forms("证据等级|证据|证据级别|evidence|evidence grade"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a form: the cell of its name and of its value, and the unit stated beside it.

    ``other_unit`` is another one that its name states.
    """

    name: str
    label: Spot
    value: Spot
    text: str
    unit: str | None
    other_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form on one sheet: items by indicator, fact, ``<id>`` or ``<title>``, evidence cells.

    ``inline`` are names with their value in one cell, which are not read; ``passed`` the heads of
    columns that hold no result where each of the others does; ``accepted`` the items that were
    taken for what their names are like. ``head`` is where the name of a result stands that is one
    of several.
    """

    items: dict[str, Item] = field(default_factory=dict)
    evidence: dict[str, Spot] = field(default_factory=dict)
    repeated: list[tuple[Item, Item]] = field(default_factory=list)
    inline: list[tuple[Spot, str]] = field(default_factory=list)
    passed: list[tuple[Spot, str, RowLabel]] = field(default_factory=list)
    accepted: Mapping[str, Suggestion] = field(default_factory=dict)
    head: Spot | None = None

    @property
    def known(self) -> int:
        """How many items are known."""
        return len(self.items) + len(self.evidence)

    @property
    def is_form(self) -> bool:
        """Whether there is enough of it to be a form with a result."""
        quantities = sum(not n.startswith("<") for n in self.items)
        return quantities >= 2 or (quantities == 1 and len(self.items) >= 2)


@dataclass(frozen=True, slots=True)
class Titles:
    """What the columns of a form are said to hold, by a row of titles above."""

    value: int | None = None
    unit: int | None = None
    evidence: int | None = None
    aside: frozenset[int] = frozenset()


def titles_of(row: Sequence[Any]) -> Titles | None:
    """Return what a row of titles (指标 | 填写值 | 单位 | 证据等级) says; None for another."""
    if not any(heads_something(cell) for cell in row):
        return None
    known = {
        c: both_languages(x)
        for c, x in enumerate(row[:MOST_COLUMNS])
        if isinstance(x, str) and 0 < len(x) < _LONGEST_TITLE
    }
    places = {
        key: next((c for c, f in known.items() if f & titles), None)
        for key, titles in _TITLES.items()
    }
    item, value, unit = places["item"], places["value"], places["unit"]
    aside = frozenset(c for c, f in known.items() if f & ASIDE and item is not None and c > item)
    if value is None and aside:
        return Titles(None, unit, places["evidence"], aside)
    if value is None or (item is None and unit is None) or (item is not None and item > value):
        return None
    return Titles(value, unit, places["evidence"], aside)


def heads_values(cell: Any) -> bool:
    """Say whether a cell may be the title of a column of values."""
    return isinstance(cell, str) and 0 < len(cell) < _LONGEST_TITLE and _heads(cell) == "value"


def heads_something(cell: Any) -> bool:
    """Say whether a cell may be the title of a column of values, or of what stands beside them."""
    return isinstance(cell, str) and 0 < len(cell) < _LONGEST_TITLE and _heads(cell) != ""


@lru_cache(maxsize=1 << 14)
def _heads(text: str) -> str:
    spelled = both_languages(text)
    if spelled & _TITLES["value"]:
        return "value"
    return "aside" if spelled & ASIDE else ""


def heads_units(cell: Any) -> bool:
    """Say whether a cell may be the title of a column of units."""
    return isinstance(cell, str) and bool(both_languages(cell) & _TITLES["unit"])


def is_label(cell: Any, names: HeaderNames) -> bool:
    """Say whether a cell is the name of an item."""
    if not isinstance(cell, str) or not cell or len(cell) > LONGEST:
        return False
    if names.mapped_to(cell) is not None:
        return True
    named = names.resolve(cell.strip())
    return named is not None and named.name != "<serial>"


def is_evidence(cell: Any, names: HeaderNames) -> bool:
    """Say whether a cell announces a grade of evidence."""
    if not isinstance(cell, str):
        return False
    target = names.mapped_to(cell)
    if target is not None:
        return target.evidence or target.name == "evidence"
    return evidence_of(cell, "x", names) is not None


@lru_cache(maxsize=1 << 12)
def unit_of(cell: str) -> str | None:
    """Return the unit that a cell beside a value states; None where it states none."""
    text = cell.strip().strip("()（）").split("\n")[0].split(" / ")[0].strip()
    return text if is_unit(text) or is_other_money(text) else None
