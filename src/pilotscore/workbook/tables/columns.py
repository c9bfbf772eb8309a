"""Says which column of a header is what: indicators, facts, evidence, id and title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from pilotscore.criteria import NUMBERS
from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.records import dataclass
from pilotscore.workbook.tables.headers import (
    ACTUAL,
    HeaderNames,
    Named,
    evidence_of,
    reduced,
    unit_stated,
)
from pilotscore.workbook.tables.spread_headers import Part, SpreadColumn, spread_of
from pilotscore.workbook.tables.suggestions import Suggestion, suggest
from pilotscore.workbook.values.units import factor, is_unit

# Words too common in other tables to be taken for an indicator's header by themselves.
MIN_KNOWN = 2
_PERCENT = ("%", "％")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands in a table: column numbers from 0.

    ``factors`` has what the numbers of a column are multiplied with (None: its unit does not fit),
    ``units`` the unit that its header states, ``texts`` every header as it is written. ``near`` has
    columns that differ from the one that is read in brackets only; from ``beside`` on there stands
    another table, of which ``left_beside`` columns were left. A mapping file says what ``mapped``
    ones are. ``spreads`` has the columns that hold the uncertainty of the values of an indicator,
    ``spread_heads`` what their headers state.
    """

    id: int | None
    title: int | None
    quantities: dict[str, int]
    evidence: dict[str, int]
    percent_headers: frozenset[str]
    unknown: dict[int, str]
    repeated: tuple[tuple[int, str, int], ...]
    factors: Mapping[str, float | None] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    near: tuple[tuple[int, str, int], ...] = ()
    beside: int | None = None
    left_beside: int = 0
    suggestions: Mapping[int, Suggestion] = field(default_factory=dict)
    accepted: Mapping[int, Suggestion] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    mapped: frozenset[int] = frozenset()
    spreads: Mapping[tuple[str, Part], int] = field(default_factory=dict)
    spread_heads: Mapping[tuple[str, Part], SpreadColumn] = field(default_factory=dict)
    sources: frozenset[int] = frozenset()

    @property
    def known(self) -> int:
        """How many columns are known."""
        named = (self.id is not None) + (self.title is not None)
        return named + len(self.quantities) + len(self.evidence)

    @property
    def is_table(self) -> bool:
        """Whether this row can be the header of results, or of what these follow from."""
        named = (self.id is not None) + (self.title is not None)
        count = len(self.quantities) + len(self.sources)
        return bool(count) and named + count >= MIN_KNOWN

    @property
    def used(self) -> list[int]:
        """Every column that is read."""
        special = [c for c in (self.id, self.title) if c is not None]
        values, beside = self.quantities.values(), self.evidence.values()
        return [*special, *values, *beside, *self.spreads.values()]


@dataclass(slots=True)
class _Matching:
    """What was matched so far, from left to right."""

    names: HeaderNames
    quantities: dict[str, int] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    special: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    repeated: list[tuple[int, str, int]] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    near: list[tuple[int, str, int]] = field(default_factory=list)
    inexact: set[str] = field(default_factory=set)
    mapped: set[int] = field(default_factory=set)
    spreads: dict[int, SpreadColumn] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)  # what values or grades follow from
    left: str | None = None  # the indicator whose column is directly to the left

    def take(self, column: int, levels: Sequence[str]) -> None:
        """Match one column by its header's levels, from the uppermost to the lowest."""
        whole = " ".join(levels)
        if not whole:
            self.left = None
            return
        if self._mapped(column, levels, whole):
            return
        if self.names.is_source(whole) or self.names.is_source(levels[-1]):
            self.sources.add(column)
            self.left = None
            return
        named = self._resolve(levels)
        if named is None:
            self._evidence_or_unknown(column, levels, whole)
        elif named.name.startswith("<"):
            self._put(self.special, named.name, column)
            self.left = None
        else:
            self._quantity(column, named)

    def _quantity(self, column: int, named: Named) -> None:
        if named.name in self.quantities and named.exact == (named.name in self.inexact):
            self._differ_in_brackets(column, named)
            return
        if not named.exact and named.name not in self.quantities:
            self.inexact.add(named.name)
        self._put(self.quantities, named.name, column)
        if named.unit and self.quantities[named.name] == column:
            self.units[named.name] = named.unit
        self.left = named.name if named.name in self.names.criteria.indicator_position else None

    def _differ_in_brackets(self, column: int, named: Named) -> None:
        """Settle two headers of which one is exact, and the other only without its brackets."""
        name = named.name
        if not named.exact:
            self.near.append((column, name, self.quantities[name]))
            self.left = None
            return
        other = self.quantities.pop(name)
        self.inexact.discard(name)
        self.units.pop(name, None)
        if self.evidence.get(name) == other + 1:
            self.unknown[other + 1] = ""
            del self.evidence[name]
        self.near.append((other, name, column))
        self._quantity(column, named)

    def _resolve(self, levels: Sequence[str]) -> Named | None:
        lowest = levels[-1]
        if (named := self.names.resolve(lowest)) or len(levels) == 1:
            return named
        unit = lowest.strip("()（）")
        if normalise(without_brackets(lowest)) in ACTUAL or is_unit(unit):
            above = self.names.resolve(levels[-2])
            return Named(above.name, unit) if above and is_unit(unit) else above
        return self.names.resolve("".join(levels)) or self.names.resolve("".join(levels[-2:]))

    def _mapped(self, column: int, levels: Sequence[str], whole: str) -> bool:
        target = self.names.mapped_to(whole) or self.names.mapped_to(levels[-1])
        if target is None:
            return False
        self.mapped.add(column)
        if target.name == "ignore":
            self.left = None
        elif target.name in ("id", "title"):
            self._put(self.special, f"<{target.name}>", column)
            self.left = None
        elif target.evidence or target.name == "evidence":
            name = self.left if target.name == "evidence" else target.name
            if name is None:
                self.unknown[column] = whole
            else:
                self._put(self.evidence, name, column)
            self.left = None
        else:
            stated = self.names.resolve(levels[-1])
            unit = target.unit or (stated.unit if stated else None)
            unit = unit or unit_stated(whole, self.names.quantities[target.name])
            exact = not {reduced(whole), reduced(levels[-1])}.isdisjoint(self.names.mapped)
            self._quantity(column, Named(target.name, unit, exact))
        return True

    def _evidence_or_unknown(self, column: int, levels: Sequence[str], whole: str) -> None:
        above = "".join(levels[:-1])
        name = evidence_of(levels[-1], None, self.names)
        if name is None and above:
            name = evidence_of(above + levels[-1], None, self.names)
        name = name or evidence_of(levels[-1], self.left, self.names)
        if name is None and (spread := self._spread(levels, above)) is not None:
            self.spreads[column] = spread  # what stands to the left stays the same
            return
        self.left = None
        if name is not None:
            self._put(self.evidence, name, column)
        else:
            self.unknown[column] = whole

    def _spread(self, levels: Sequence[str], above: str) -> SpreadColumn | None:
        """Return whose uncertainty a column holds: by its name, that above it, or the left."""
        named = spread_of(levels[-1], None, self.names)
        if named is None and above:
            named = spread_of(above + levels[-1], None, self.names)
        return named or spread_of(levels[-1], self.left, self.names)

    def settle_spreads(self, texts: Mapping[int, str]) -> dict[tuple[str, Part], int]:
        """Return the columns of uncertainty that are used; the others are not known.

        One is used of an indicator that has a column of its own: the first of a standard, an
        expanded one, and both ends of an interval, of which one alone says too little.
        """
        used: dict[tuple[str, Part], int] = {}
        for parts in (("standard",), ("expanded",), ("low", "high")):
            of = {(s.name, s.part): c for c, s in reversed(self.spreads.items()) if s.part in parts}
            for name in dict.fromkeys(n for n, _ in of):
                whole = {(n, p): c for (n, p), c in of.items() if n == name}
                taken = any(n == name for n, _ in used) or name not in self.quantities
                if len(whole) == len(parts) and not taken:
                    used |= whole
        for column in self.spreads:
            if column not in used.values():
                self.unknown[column] = texts[column]
        return used

    def _put(self, taken: dict[str, int], name: str, column: int) -> None:
        if name in taken:
            self.repeated.append((column, name, taken[name]))
        else:
            taken[name] = column


def match_columns(header: Sequence[Any], names: HeaderNames) -> Columns:
    """Say which column of a header is what.

    Parameters
    ----------
    header
        A cell, or the cells of several header rows from above, for each column.
    names
        What is looked for.
    """
    matching = _Matching(names)
    levels_of = [_levels(cell) for cell in header]
    beside = _beside(levels_of, names)
    texts: dict[int, str] = {}
    for column, levels in enumerate(levels_of[:beside]):
        texts[column] = " ".join(" ".join(levels).split())
        matching.take(column, levels)
    for column, text in matching.unknown.items():
        matching.unknown[column] = text or texts[column]
    spreads = matching.settle_spreads(texts)
    special = matching.special
    serial = special.pop("<serial>", None)
    if serial is not None:
        if "<id>" in special:
            matching.unknown[serial] = texts[serial]
        special.setdefault("<id>", serial)
    suggestions = {}
    accepted: dict[int, Suggestion] = {}
    if matching.quantities:
        loose = {c: t for c, t in matching.unknown.items() if not names.resolve(t)}
        suggestions = suggest(names, loose, set(matching.quantities))
    if names.accept:
        accepted, suggestions = suggestions, {}
        for column, suggestion in accepted.items():
            matching.quantities[suggestion.name] = column
            if unit := unit_stated(texts[column], names.quantities[suggestion.name]):
                matching.units[suggestion.name] = unit
            del matching.unknown[column]
        _evidence_beside(matching, texts, accepted)
    columns = replace(
        _columns(matching, texts, suggestions, accepted),
        spreads=spreads,
        spread_heads={k: matching.spreads[c] for k, c in spreads.items()},
    )
    if beside is None:
        return columns
    return replace(columns, beside=beside, left_beside=sum(map(bool, levels_of[beside:])))


def _levels(cell: Any) -> list[str]:
    """Return the texts of a header from above, without those that repeat the one above."""
    cells = cell if isinstance(cell, tuple) else (cell,)
    levels = [c.strip() for c in cells if isinstance(c, str) and c.strip()]
    return [x for i, x in enumerate(levels) if i == 0 or x != levels[i - 1]]


def _beside(levels_of: Sequence[Sequence[str]], names: HeaderNames) -> int | None:
    """Return the column at which another table begins: after a gap, with an id or title again."""
    seen: set[str] = set()
    gap = False
    for column, levels in enumerate(levels_of):
        if not levels:
            gap = bool(seen)
            continue
        named = names.resolve(levels[-1])
        if named is not None and named.name.startswith("<"):
            if gap and named.name in seen:
                return column
            seen.add(named.name)
        gap = False
    return None


def _evidence_beside(
    matching: _Matching, texts: Mapping[int, str], accepted: Mapping[int, Suggestion]
) -> None:
    """Give columns of evidence to the accepted ones that they stand beside."""
    for column, suggestion in accepted.items():
        beside = column + 1
        if beside not in matching.unknown or suggestion.name in matching.evidence:
            continue
        if evidence_of(texts[beside], suggestion.name, matching.names) == suggestion.name:
            matching.evidence[suggestion.name] = beside
            del matching.unknown[beside]


def _columns(
    matching: _Matching,
    texts: dict[int, str],
    suggestions: dict[int, Suggestion],
    accepted: dict[int, Suggestion],
) -> Columns:
    quantities = matching.names.quantities
    stated = {
        n: u
        for n, u in matching.units.items()
        if quantities[n].type in NUMBERS and (quantities[n].unit or quantities[n].type != "number")
    }
    percent = {
        n
        for n, c in matching.quantities.items()
        if stated.get(n) in _PERCENT
        or (
            quantities[n].type == "percent"
            and re.search(r"[%％]|百分(?!点)", bracketed(texts[c]) or texts[c])
        )
    }
    return Columns(
        id=matching.special.get("<id>"),
        title=matching.special.get("<title>"),
        quantities=matching.quantities,
        evidence=matching.evidence,
        percent_headers=frozenset(percent),
        unknown=matching.unknown,
        repeated=tuple(matching.repeated),
        near=tuple(matching.near),
        factors={n: factor(u, quantities[n]) for n, u in stated.items()}
        | {n: x for n, x in matching.names.fixed.items() if n in matching.quantities},
        units=stated,
        suggestions=suggestions,
        accepted=accepted,
        texts=texts,
        mapped=frozenset(matching.mapped),
        sources=frozenset(matching.sources),
    )
