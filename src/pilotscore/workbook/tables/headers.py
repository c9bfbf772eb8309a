"""Says what a header may mean: by name, alias, unit, likeness, or what a mapping file says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from pilotscore.criteria import NUMBERS, CriteriaSet, Fact, Indicator
from pilotscore.criteria.names import bracketed, brackets, normalise, without_brackets
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.tables.office_rules import NO_RULES, OfficeRules
from pilotscore.workbook.values.units import factor, is_other_money, is_unit, looks_like_unit


def forms(names: str) -> frozenset[str]:
    """Return names, with strokes between them, in the form in which headers are compared."""
    return frozenset(map(normalise, names.split("|")))


def reduced(header: str) -> str:
    """Return a header as a mapping file knows it; one that is of signs alone stays itself."""
    return normalise(header) or "".join(header.split())


IDS = forms(
    "成果登记编号|reference|ref|ref no|case #|case no|"
    "编号|成果编号|项目编号|申报编号|成果ID|项目ID|id|result id|project id|project no|result no"
    "|项目号|成果号|申报号|申请编号|申请号|受理编号|受理号|登记编号|登记号|课题编号|课题号|项目代码|成果代码|项目序号"
    "|project #|project number|project code|project ref|application id|application no"
    "|application number|application #|proposal id|proposal no|proposal number|reference no"
    "|reference number|submission id|entry id|record id|result number|tech id|technology id"
)
# A running number says which row it is, not which result: it counts only where there is no id.
SERIALS = forms("序号|no|no.|number|#|serial|serial number")
TITLES = forms(
    "成果名称|名称|项目名称|科技成果名称|成果|技术名称|题目|title|name|result|project|project title"
    "|result title|project name|课题名称|technology name|technology title|title of project"
    "|invention title"
)
# What heads the values themselves where the name of what is measured stands above or to the left,
ACTUAL = forms(
    "数值|值|实测值|填报值|填写值|指标值|数据|填写内容|实际值|实际|实际完成值|实际完成|完成值|达到值|达到指标"
    "|当前值|现状值|现状|自评值|评价值|申报值|测定值|中试值|中试后|实际完成情况|value|values|measured"
    "|reported|actual|actual value|actuals|achieved|current|current value|measured value"
    "|self-assessed"
)
# and what heads something else beside them.
ASIDE = forms(
    "目标值|目标|目标要求|要求|考核要求|指标要求|考核目标|考核值|计划值|计划|标准值|标准|基准|基准值|权重"
    "|权重（%）|满分|分值|得分|评分|分数|上年值|上年|去年|中试前|改造前|小试值|target|targets"
    "|target value|plan|planned|required|requirement|weight|weights|score|scores|points|max score"
    "|baseline|before|last year"
)
_NOT_REACHED = forms(
    "目标|目标值|计划|计划值|预期|预期值|预计|拟达到|考核要求|立项时|立项前|中试前|改造前|去年|上年|target|planned"
    "|plan|expected|forecast|projected|baseline|before|last year"
)
_EVIDENCE = regex(r"(的)?(证据|凭证|佐证)(等级|级别)?$|(level|gradeof)?evidence(grade|level)?$")
_MAY_BE_EVIDENCE = regex("据|证|vidence|VIDENCE|ｅｖ|ＥＶ")
_NUMBERING = regex(
    r"^\s*(?:[(（【]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）】]|第?[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2}(?:[.．]\d{1,2}){0,3}\s*[、.．)）\s]|[①-⑳])\s*"
)
# What stands between a header and the unit behind it.
_BEFORE_UNIT = regex(r"\s*[/／,，:：\s]\s*")
_LONGEST_UNIT = 12
# 单位元, 以天计: what may stand around a unit in brackets.
_WORDED = regex(
    r"^(?:计量|金额|货币)?单位(?:为)?(?=\S)|^[以按](?=\S{1,6}(?:计算?|为单位)$)|(?<=\S)(?:计算?|为单位)$"
)
_STARS = "*＊※ \t\r\n"
_MOST_CACHED = 50_000
_LONGEST = 120


class Named(NamedTuple):
    """What a header means, the unit that it states, and whether it says nothing else.

    It is not ``exact`` where it had to be shortened by words in brackets that are no unit.
    """

    name: str
    unit: str | None = None
    exact: bool = True


class Target(NamedTuple):
    """What a mapping file says of a header: an id, 'id', 'title', 'evidence' or 'ignore'."""

    name: str
    evidence: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class HeaderNames:
    """Every name that a header may have, reduced for comparison.

    ``mapped`` is what a mapping file says, by reduced header; with ``accept`` a likely header is
    taken for what it is most like; ``fixed`` has what a person says that bare numbers are
    multiplied by, ``rules`` what an office says of values; ``quantities`` are as they are written,
    a level on the scale that it is written in; ``written`` how each reduced name is written. Two of
    them are the same only where they are one object, by which what was looked up once is
    remembered.
    """

    criteria: CriteriaSet
    quantities: Mapping[str, Indicator | Fact]
    by_name: Mapping[str, str]
    mapped: Mapping[str, Target] = field(default_factory=dict)
    accept: bool = False
    fixed: Mapping[str, float] = field(default_factory=dict)
    rules: OfficeRules = NO_RULES
    written: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        criteria: CriteriaSet,
        mapped: Mapping[str, Target] | None = None,
        *,
        accept: bool = False,
        rules: OfficeRules = NO_RULES,
    ) -> HeaderNames:
        """Collect the names of a criteria set; without brackets too where that stays unique."""
        exact: dict[str, str] = {}
        shortened: dict[str, set[str]] = {}
        written: dict[str, str] = {}
        for quantity in criteria.quantities:
            for spelling in spellings(quantity):
                exact.setdefault(normalise(spelling), quantity.id)
                written.setdefault(normalise(spelling), spelling)
                short = normalise(without_brackets(spelling))
                written.setdefault(short, without_brackets(spelling))
                shortened.setdefault(short, set()).add(quantity.id)
        for short, owners in shortened.items():
            if short and len(owners) == 1:
                exact.setdefault(short, next(iter(owners)))
        quantities = {q.id: q for q in criteria.quantities}
        quantities |= {name: levels.quantity for name, levels in rules.levels.items()}
        known = mapped or {}
        return cls(criteria, quantities, exact, known, accept, rules=rules, written=written)

    def mapped_to(self, header: str) -> Target | None:
        """Return what a mapping file says of a header; None where it says nothing.

        What it says of a name holds for that with something in brackets too, unless it, or the
        criteria set, knows the whole.
        """
        if not self.mapped:
            return None
        target = self.mapped.get(reduced(header))
        if target is None and normalise(header) not in self.by_name:
            short = normalise(without_brackets(header))
            target = self.mapped.get(short) if short else None
        return target

    def is_source(self, header: str) -> bool:
        """Say whether values or grades are worked out from what stands under a header.

        A header that is the name of an indicator is that, and may be worked with as well.
        """
        sources = self.rules.sources
        if not sources:
            return False
        forms = {normalise(header), normalise(without_brackets(header))}
        return not sources.isdisjoint(forms) and self.resolve(header) is None

    def name_of(self, header: str) -> str | None:
        """Return what a header means: 'id', 'title' (bracketed), an indicator, a fact, None."""
        named = self.resolve(header)
        return named.name if named else None

    def resolve(self, header: str) -> Named | None:
        """Return what a header means and the unit that it states; None where it is not known.

        Tried in turn: the whole header; without brackets; without a number before it; without a
        unit behind it (运行时间/h); each part of a header in two languages.
        """
        return _resolved(self, header) if header and len(header) <= _LONGEST else None


@lru_cache(maxsize=_MOST_CACHED)
def _resolved(names: HeaderNames, header: str) -> Named | None:
    unit = unit_in(header)
    if name := _plain(names, header):
        return Named(name, unit, unit is not None or _is_whole(names, header))
    if numbered := _NUMBERING.match(header):
        named = _resolved(names, header[numbered.end() :])
        if named:
            return named
    return _without_unit(names, header) or _in_two_languages(names, header)


def _plain(names: HeaderNames, header: str) -> str | None:
    for form in (normalise(header), normalise(without_brackets(header))):
        if form in names.by_name:
            return names.by_name[form]
        for special, known in (("<id>", IDS), ("<serial>", SERIALS), ("<title>", TITLES)):
            if form in known:
                return special
    return None


def _is_whole(names: HeaderNames, header: str) -> bool:
    """Say whether a header is a name as it stands, not only without what it has in brackets."""
    return normalise(header) in names.by_name or not bracketed(header)


def _without_unit(names: HeaderNames, header: str) -> Named | None:
    parts = _parted(header)
    if parts and (name := _plain(names, parts[0])):
        return Named(name, parts[1])
    return None


def _parted(header: str) -> tuple[str, str] | None:
    """Return a header and the unit behind it: 运行时间/h, Budget, 10k CNY; None without one.

    A star and a remark in brackets may follow: Budget, kCNY (required)*.
    """
    header = without_brackets(header).strip(_STARS)
    for sign in _BEFORE_UNIT.finditer(header):
        rest = header[sign.end() :]
        if sign.start() and len(rest) <= _LONGEST_UNIT and (is_unit(rest) or is_other_money(rest)):
            return header[: sign.start()], rest
    return None


def _in_two_languages(names: HeaderNames, header: str) -> Named | None:
    for sign in ("\n", "/", "／", "|"):
        parts = [p for p in header.split(sign) if p.strip()]
        if len(parts) != 2:
            continue
        first, second = (_resolved(names, p) for p in parts)
        if first and second and first.name == second.name:
            return Named(first.name, first.unit or second.unit, first.exact and second.exact)
    return None


def spellings(quantity: Indicator | Fact) -> tuple[str, ...]:
    """Return every spelling by which a header may name an indicator or fact."""
    return (quantity.id, quantity.title.zh, quantity.title.en, *quantity.aliases)


def unit_in(header: str) -> str | None:
    """Return the unit that stands in the brackets of a header; None where there is none."""
    inside = brackets(header)
    parts = (*inside, *(p for group in inside for p in re.split(r"[,，;；:：]", group)))
    units = (_WORDED.sub("", part.strip()).strip() for part in parts)
    return next((u for u in units if is_unit(u) or is_other_money(u)), None)


def aside_in(header: str) -> str | None:
    """Return what the brackets of a header say that its values are instead of what was reached."""
    parts = (p.strip() for group in brackets(header) for p in re.split(r"[,，;；:：、]", group))
    return next((p for p in parts if normalise(p) in _NOT_REACHED), None)


def odd_unit(header: str, quantity: Indicator | Fact) -> str | None:
    """Return what stands in the brackets of a header like a unit, and is none that is known."""
    if quantity.type not in NUMBERS or unit_in(header) or header in spellings(quantity):
        return None
    parts = (p.strip() for group in brackets(header) for p in re.split(r"[,，;；:：]", group))
    return next((p for p in parts if looks_like_unit(_WORDED.sub("", p))), None)


def unit_stated(header: str, quantity: Indicator | Fact) -> str | None:
    """Return the unit of a header whose words are not known: in brackets, or behind it.

    One behind it counts only where numbers of the quantity can be in it: it may be a word.
    """
    if unit := unit_in(header):
        return unit
    parts = _parted(header)
    return parts[1] if parts and factor(parts[1], quantity) is not None else None


def both_languages(text: str, *signs: str) -> set[str]:
    """Return a header as it is compared: whole, and each part of one in two languages."""
    parts: Iterable[str] = (text, *(p for sign in signs or ("\n",) for p in text.split(sign)))
    return set(map(normalise, parts))


def evidence_of(header: str, left: str | None, names: HeaderNames) -> str | None:
    """Return the indicator whose evidence a header announces, by its name or by its neighbour."""
    if names.criteria.evidence is None or not _MAY_BE_EVIDENCE.search(header):
        return None
    for part in (header, *header.split("\n")):
        form = normalise(part)
        match = _EVIDENCE.search(form)
        if not match:
            continue
        rest = form[: match.start()]
        if not rest:
            return left
        name = names.by_name.get(rest) or names.by_name.get(normalise(without_brackets(rest)))
        if name in names.criteria.indicator_position:
            return name
    return None
