"""Says which header is which indicator: by name, alias, unit, or what a mapping file says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pilotscore.criteria import NUMBERS, CriteriaSet, Fact, Indicator
from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.workbook.values.units import factor, is_unit

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
_EVIDENCE = re.compile(
    r"(的)?(证据|凭证|佐证)(等级|级别)?$|(level|gradeof)?evidence(grade|level)?$"
)
_MAY_BE_EVIDENCE = re.compile("据|证|vidence|VIDENCE|ｅｖ|ＥＶ")
# Words that head the values themselves where the indicator's name stands above.
_VALUE_WORDS = frozenset(
    map(normalise, ("数值", "值", "实测值", "填报值", "填写值", "指标值", "数据", "填写内容", "value", "values",
                    "measured", "reported"))
)  # fmt: skip
_NUMBERING = re.compile(
    r"^\s*(?:[(（【]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）】]|第?[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2}(?:[.．]\d{1,2}){0,3}\s*[、.．)）\s]|[①-⑳])\s*"
)
# Words too common in other tables to be taken for an indicator's header by themselves.
MIN_KNOWN = 2
LIKELY = 70.0
MARGIN = 5.0
_MOST_CACHED = 50_000
_LONGEST = 120


class Named(NamedTuple):
    """What a header means, and the unit that it states."""

    name: str
    unit: str | None = None


class Target(NamedTuple):
    """What a mapping file says of a header: an id, 'id', 'title', 'evidence' or 'ignore'."""

    name: str
    evidence: bool = False
    unit: str | None = None


class Suggestion(NamedTuple):
    """What a header that is not known may mean, and how like it is, from 0 to 100."""

    name: str
    spelling: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands in a table: column numbers from 0.

    ``factors`` has what the numbers of a column are multiplied with (None: its unit does not fit),
    ``units`` the unit that its header states, ``texts`` every header as it is written.
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
    suggestions: Mapping[int, Suggestion] = field(default_factory=dict)
    accepted: Mapping[int, Suggestion] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

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

    @property
    def used(self) -> list[int]:
        """Every column that is read."""
        special = [c for c in (self.id, self.title) if c is not None]
        return [*special, *self.quantities.values(), *self.evidence.values()]


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """Every name that a header may have, reduced for comparison."""

    criteria: CriteriaSet
    by_name: dict[str, str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset(map(normalise, ID_NAMES))
    titles: frozenset[str] = frozenset(map(normalise, TITLE_NAMES))
    serials: frozenset[str] = frozenset(map(normalise, SERIAL_NAMES))
    mapped: Mapping[str, Target] = field(default_factory=dict)
    accept: bool = False
    layouts: list[Any] = field(default_factory=list)  # of forms that were read, see forms.Layout
    grades: dict[str, Any] = field(default_factory=dict)  # of evidence, as written, read already
    _seen: dict[str, Named | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        criteria: CriteriaSet,
        mapped: Mapping[str, Target] | None = None,
        *,
        accept: bool = False,
    ) -> HeaderNames:
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
        return cls(criteria, exact, mapped=mapped or {}, accept=accept)

    def name_of(self, header: str) -> str | None:
        """Return what a header means: 'id', 'title' (in brackets), an indicator or fact, or None."""
        found = self.resolve(header)
        return found.name if found else None

    def resolve(self, header: str) -> Named | None:
        """Return what a header means and the unit that it states; None where it is not known.

        Tried in turn: the whole header; without brackets; without a number before it; without a
        unit behind it (运行时间/h); each part of a header in two languages.
        """
        if not header or len(header) > _LONGEST:
            return None
        if header not in self._seen:
            if len(self._seen) >= _MOST_CACHED:
                self._seen.clear()
            self._seen[header] = self._resolve(header)
        return self._seen[header]

    def _resolve(self, header: str) -> Named | None:
        unit = next((u for u in _bracket_parts(header) if is_unit(u)), None)
        if name := self._plain(header):
            return Named(name, unit)
        if numbered := _NUMBERING.match(header):
            found = self._resolve(header[numbered.end() :])
            if found:
                return found
        return self._without_unit(header) or self._in_two_languages(header)

    def _plain(self, header: str) -> str | None:
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

    def _without_unit(self, header: str) -> Named | None:
        found = re.fullmatch(r"(.+?)\s*[/／,，:：\s]\s*(\S{1,6})", header.strip(), re.DOTALL)
        if found and is_unit(found.group(2)) and (name := self._plain(found.group(1))):
            return Named(name, found.group(2))
        return None

    def _in_two_languages(self, header: str) -> Named | None:
        for sign in ("\n", "/", "／", "|"):
            parts = [p for p in header.split(sign) if p.strip()]
            if len(parts) != 2:
                continue
            first, second = (self._resolve(p) for p in parts)
            if first and second and first.name == second.name:
                return Named(first.name, first.unit or second.unit)
        return None

    def suggest(self, headers: Mapping[int, str], taken: set[str]) -> dict[int, Suggestion]:
        """Return, for headers that are not known, the indicator whose name is most like each.

        Likeness is rapidfuzz's ratio of the reduced spellings. None is suggested where another
        indicator is nearly as like, where it has a column already, or where two headers claim it.
        """
        if not headers:
            return {}
        from rapidfuzz import fuzz, process

        owners = {s: n for s, n in self.by_name.items() if n not in taken and len(s) > 1}
        found: dict[int, Suggestion] = {}
        for column, header in headers.items():
            form = normalise(without_brackets(header)) or normalise(header)
            likely = process.extract(
                form, list(owners), scorer=fuzz.ratio, limit=8, score_cutoff=LIKELY - MARGIN
            )
            others = [score for s, score, _ in likely if owners[s] != owners[likely[0][0]]]
            if (
                likely
                and likely[0][1] >= LIKELY
                and likely[0][1] - max(others, default=0) >= MARGIN
            ):
                spelling, score, _ = likely[0]
                found[column] = Suggestion(owners[spelling], spelling, round(score, 1))
        claims = [s.name for s in found.values()]
        return {c: s for c, s in found.items() if claims.count(s.name) == 1}


def spellings(quantity: Indicator | Fact) -> tuple[str, ...]:
    """Return every spelling by which a header may name an indicator or fact."""
    return (quantity.id, quantity.title.zh, quantity.title.en, *quantity.aliases)


def _bracket_parts(header: str) -> list[str]:
    inside = bracketed(header)
    return [x.strip() for x in (inside, *re.split(r"[,，;；:：]", inside))] if inside else []


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
    ignored: set[int] = field(default_factory=set)
    left: str | None = None  # the indicator whose column is directly to the left

    def take(self, column: int, levels: Sequence[str]) -> None:
        """Match one column by its header's levels, from the uppermost to the lowest."""
        whole = " ".join(levels)
        if not whole:
            self.left = None
            return
        if self._mapped(column, levels, whole):
            return
        found = self._resolve(levels)
        if found is None:
            self._evidence_or_unknown(column, levels, whole)
        elif found.name.startswith("<"):
            self._put(self.special, found.name, column)
            self.left = None
        else:
            self._quantity(column, found)

    def _quantity(self, column: int, found: Named) -> None:
        self._put(self.quantities, found.name, column)
        if found.unit and self.quantities[found.name] == column:
            self.units[found.name] = found.unit
        self.left = found.name if found.name in self.names.criteria.indicator_position else None

    def _resolve(self, levels: Sequence[str]) -> Named | None:
        lowest = levels[-1]
        if found := self.names.resolve(lowest):
            return found
        if len(levels) == 1:
            return None
        if normalise(without_brackets(lowest)) in _VALUE_WORDS or is_unit(lowest.strip("()（）")):
            above = self.names.resolve(levels[-2])
            if above and is_unit(lowest.strip("()（）")):
                return Named(above.name, lowest.strip("()（）"))
            return above
        return self.names.resolve("".join(levels)) or self.names.resolve("".join(levels[-2:]))

    def _mapped(self, column: int, levels: Sequence[str], whole: str) -> bool:
        targets = self.names.mapped
        target = targets.get(normalise(whole)) or targets.get(normalise(levels[-1]))
        if target is None:
            return False
        if target.name == "ignore":
            self.ignored.add(column)
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
            unit = unit or next((u for u in _bracket_parts(whole) if is_unit(u)), None)
            self._quantity(column, Named(target.name, unit))
        return True

    def _evidence_or_unknown(self, column: int, levels: Sequence[str], whole: str) -> None:
        above = "".join(levels[:-1])
        name = evidence_of(levels[-1], None, self.names)
        if name is None and above:
            name = evidence_of(above + levels[-1], None, self.names)
        name = name or evidence_of(levels[-1], self.left, self.names)
        self.left = None
        if name is not None:
            self._put(self.evidence, name, column)
        else:
            self.unknown[column] = whole

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
    texts: dict[int, str] = {}
    for column, cell in enumerate(header):
        cells = cell if isinstance(cell, tuple) else (cell,)
        levels = [c.strip() for c in cells if isinstance(c, str) and c.strip()]
        levels = [x for i, x in enumerate(levels) if i == 0 or x != levels[i - 1]]
        texts[column] = " ".join(" ".join(levels).split())
        matching.take(column, levels)
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
        suggestions = names.suggest(loose, set(matching.quantities))
    if names.accept:
        accepted, suggestions = suggestions, {}
        for column, suggestion in accepted.items():
            matching.quantities[suggestion.name] = column
            unit = next((u for u in _bracket_parts(texts[column]) if is_unit(u)), None)
            if unit:
                matching.units[suggestion.name] = unit
            del matching.unknown[column]
        _evidence_beside(matching, texts, accepted)
    return _columns(matching, texts, suggestions, accepted)


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
    quantities = {q.id: q for q in matching.names.criteria.quantities}
    stated = {
        n: u
        for n, u in matching.units.items()
        if quantities[n].type in NUMBERS and (quantities[n].unit or quantities[n].type != "number")
    }
    percent = {
        n
        for n, c in matching.quantities.items()
        if stated.get(n) in ("%", "％")
        or (
            quantities[n].type == "percent"
            and re.search(r"[%％]|百分(?!点)", bracketed(texts[c]) or texts[c])
        )
    }
    return Columns(
        matching.special.get("<id>"),
        matching.special.get("<title>"),
        matching.quantities,
        matching.evidence,
        frozenset(percent),
        matching.unknown,
        tuple(matching.repeated),
        {n: factor(u, quantities[n]) for n, u in stated.items()},
        stated,
        suggestions,
        accepted,
        texts,
    )


def evidence_of(header: str, left: str | None, names: HeaderNames) -> str | None:
    """Return the indicator whose evidence a header announces, by its name or by its neighbour."""
    if names.criteria.evidence is None or not _MAY_BE_EVIDENCE.search(header):
        return None
    for part in (header, *header.split("\n")):
        form = normalise(part)
        found = _EVIDENCE.search(form)
        if not found:
            continue
        rest = form[: found.start()]
        if not rest:
            return left
        name = names.by_name.get(rest) or names.by_name.get(normalise(without_brackets(rest)))
        if name in names.criteria.indicator_position:
            return name
    return None
