"""Finds the header row of a sheet and says which column is which indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria import CriteriaSet, Fact, Indicator
from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.findings import Finding, Place, nearest
from pilotscore.language import Text
from pilotscore.workbook import kinds

HEADER_ROWS = 40
ID_NAMES = (
    "编号",
    "成果编号",
    "项目编号",
    "申报编号",
    "成果ID",
    "项目ID",
    "id",
    "result id",
    "project id",
    "project no",
    "result no",
)
# A running number says which row it is, not which result: it counts only where there is no id.
SERIAL_NAMES = ("序号", "no", "no.", "number", "#", "serial", "serial number")
TITLE_NAMES = (
    "成果名称",
    "名称",
    "项目名称",
    "科技成果名称",
    "成果",
    "技术名称",
    "题目",
    "title",
    "name",
    "result",
    "project",
    "project title",
    "result title",
    "project name",
)
_EVIDENCE = re.compile(r"(的)?(证据|凭证|佐证)(等级|级别)?$|evidence(grade|level)?$")
# Words too common in other tables to be taken for an indicator's header by themselves.
MIN_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands in a table: column numbers from 0."""

    id: int | None
    title: int | None
    quantities: dict[str, int]
    evidence: dict[str, int]
    percent_headers: frozenset[str]
    unknown: dict[int, str]
    repeated: tuple[tuple[int, str, int], ...]

    @property
    def known(self) -> int:
        """How many columns are known."""
        named = (self.id is not None) + (self.title is not None)
        return named + len(self.quantities) + len(self.evidence)

    @property
    def is_table(self) -> bool:
        """Whether this row can be the header of a table of results."""
        named = (self.id is not None) + (self.title is not None)
        return bool(self.quantities) and named + len(self.quantities) >= MIN_KNOWN


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """Every name that a header may have, reduced for comparison."""

    criteria: CriteriaSet
    by_name: dict[str, str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset(map(normalise, ID_NAMES))
    titles: frozenset[str] = frozenset(map(normalise, TITLE_NAMES))
    serials: frozenset[str] = frozenset(map(normalise, SERIAL_NAMES))

    @classmethod
    def of(cls, criteria: CriteriaSet) -> HeaderNames:
        """Collect the names of a criteria set; without brackets too where that stays unique."""
        exact: dict[str, str] = {}
        shortened: dict[str, set[str]] = {}
        for quantity in criteria.quantities:
            for spelling in spellings(quantity):
                exact.setdefault(normalise(spelling), quantity.id)
                short = normalise(without_brackets(spelling))
                shortened.setdefault(short, set()).add(quantity.id)
        for short, owners in shortened.items():
            if short and len(owners) == 1:
                exact.setdefault(short, next(iter(owners)))
        return cls(criteria, exact)

    def name_of(self, header: str) -> str | None:
        """Return what a header means: 'id', 'title' (in brackets), an indicator or fact, or None."""
        for form in (normalise(header), normalise(without_brackets(header))):
            if form in self.by_name:
                return self.by_name[form]
            if form in self.ids:
                return "<id>"
            if form in self.serials:
                return "<serial>"
            if form in self.titles:
                return "<title>"
        return None


def spellings(quantity: Indicator | Fact) -> tuple[str, ...]:
    """Return every spelling by which a header may name an indicator or fact."""
    return (quantity.id, quantity.title.zh, quantity.title.en, *quantity.aliases)


def match_columns(row: Sequence[Any], names: HeaderNames) -> Columns:
    """Say which column of a header row is what."""
    quantities: dict[str, int] = {}
    evidence: dict[str, int] = {}
    special: dict[str, int] = {}
    unknown: dict[int, str] = {}
    repeated: list[tuple[int, str, int]] = []
    percent: set[str] = set()
    left: str | None = None  # the indicator whose column is directly to the left
    indicators = names.criteria.indicator_position
    for column, value in enumerate(row):
        header = value.strip() if isinstance(value, str) else ""
        name = names.name_of(header) if header else None
        if name is None and header:
            name, left = _evidence_of(header, left, names), None
            if name is not None:
                _take(evidence, name, column, repeated)
            else:
                unknown[column] = header
        elif name in ("<id>", "<title>", "<serial>"):
            _take(special, str(name), column, repeated)
            left = None
        elif name is not None:
            _take(quantities, name, column, repeated)
            if re.search(r"[%％]|百分", bracketed(header) or header):
                percent.add(name)
            left = name if name in indicators else None
        else:
            left = None
    serial = special.pop("<serial>", None)
    if serial is not None:
        if "<id>" in special:
            unknown[serial] = str(row[serial]).strip()
        special.setdefault("<id>", serial)
    return Columns(
        special.get("<id>"),
        special.get("<title>"),
        quantities,
        evidence,
        frozenset(percent),
        unknown,
        tuple(repeated),
    )


def _take(
    taken: dict[str, int], name: str, column: int, repeated: list[tuple[int, str, int]]
) -> None:
    if name in taken:
        repeated.append((column, name, taken[name]))
    else:
        taken[name] = column


def _evidence_of(header: str, left: str | None, names: HeaderNames) -> str | None:
    """Return the indicator whose evidence a header announces, by its name or by its neighbour."""
    form = normalise(header)
    found = _EVIDENCE.search(form)
    if names.criteria.evidence is None or not found:
        return None
    rest = form[: found.start()]
    if not rest:
        return left
    name = names.by_name.get(rest) or names.by_name.get(normalise(without_brackets(rest)))
    return name if name in names.criteria.indicator_position else None


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The header row found on a sheet and its columns; ``row`` is None where there is none."""

    row: int | None
    columns: Columns


def find_table(rows: Sequence[Sequence[Any]], names: HeaderNames) -> FoundTable:
    """Return the row, among the first ones, that most looks like a header."""
    best = FoundTable(None, match_columns((), names))
    for number, row in enumerate(rows[:HEADER_ROWS]):
        columns = match_columns(row, names)
        better = (columns.is_table, columns.known) > (best.row is not None, best.columns.known)
        if better:
            best = FoundTable(number if columns.is_table else None, columns)
    return best


def column_findings(
    columns: Columns, names: HeaderNames, place: Place, row: Sequence[Any]
) -> Iterator[Finding]:
    """Yield what a person should know about the columns of a table."""
    from dataclasses import replace

    criteria = names.criteria
    titles = {q.id: q.title for q in criteria.quantities}
    titles["<id>"] = titles["<serial>"] = Text("编号", "id")
    titles["<title>"] = Text("名称", "title")
    spelled = {s for q in criteria.quantities for s in spellings(q)}
    for column, header in columns.unknown.items():
        here = replace(place, column=column)
        near = None if names.name_of(header) else nearest(header, spelled)
        if near and names.by_name.get(normalise(near)) not in columns.quantities:
            yield Finding(kinds.LIKELY_COLUMN, here, {"header": header, "near": near})
        else:
            yield Finding(kinds.UNKNOWN_COLUMN, here, {"header": header})
    from pilotscore.findings import column_letters

    for column, name, first in columns.repeated:
        yield Finding(
            kinds.REPEATED_COLUMN,
            replace(place, column=column),
            {
                "header": str(row[column]).strip(),
                "first": column_letters(first),
                "name": titles[name],
            },
        )
    absent = [i for i in criteria.indicators if i.id not in columns.quantities]
    for indicator in absent:
        if indicator.required:
            yield Finding(kinds.NO_COLUMN, place, {"name": indicator.title})
    optional = [i.title for i in absent if not i.required and i.weight > 0]
    if optional:
        listed = Text("、".join(t.zh for t in optional), ", ".join(t.en for t in optional))
        values = {"count": len(optional), "names": listed}
        yield Finding(kinds.NO_OPTIONAL_COLUMN, place, values)
    if criteria.evidence and not columns.evidence:
        default = next(g for g in criteria.evidence.grades if g.id == criteria.evidence.default)
        ids = [g.id for g in criteria.evidence.grades]
        yield Finding(
            kinds.NO_EVIDENCE_COLUMNS,
            place,
            {
                "grade": default.title,
                "cap": f"{default.cap:g}",
                "grades": f"{ids[0]}-{ids[-1]}",
            },
        )
