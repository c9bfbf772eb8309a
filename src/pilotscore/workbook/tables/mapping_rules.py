"""Reads what a mapping file says of values: synonyms, the scale of levels, fixes, and the rest.

::

    synonyms:               # what words of the office stand for
      test_environment: {中试基地: relevant}
      all: {暂无数据: 未测}
    levels:                 # the scale that levels are written in, and what each comes to
      trl_level: {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}
      mrl_level: {0-59: 4, 60-79: 6, 80-100: 8}
    fixes: [percent:一次合格率, unit:年产值=万元]
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pilotscore.criteria import NUMERIC, CriteriaSet, Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.criteria.places import PlacedData
from pilotscore.errors import UsageError
from pilotscore.findings import Finding
from pilotscore.language import LISTED, Text, join, nearest
from pilotscore.workbook.tables.fixes import fix_of
from pilotscore.workbook.tables.headers import HeaderNames, Target
from pilotscore.workbook.tables.mapping_derived import derived_fields
from pilotscore.workbook.tables.mapping_evidence import evidence_rules
from pilotscore.workbook.tables.mapping_faults import AN_INDICATOR, Faults, Path, plain
from pilotscore.workbook.tables.office_rules import NO_RULES, OfficeRules
from pilotscore.workbook.values.bounds import wanted_number
from pilotscore.workbook.values.cells import Cell, State, read_cell
from pilotscore.workbook.values.synonyms import Synonyms, reduced
from pilotscore.workbook.values.written_levels import WrittenLevels

RULES = ("synonyms", "levels", "fixes", "derived", "evidence")
ALL = "all"

Quantities = Mapping[str, Indicator | Fact]

_TWO_MEANINGS = Text(
    "“{word}”与前面的一个写法相同，意思却不同", "“{word}” is there already, with another meaning"
)
_ONE_MEANING = Text("每个写法一个意思", "one meaning for each word")
_REMOVE = Text("删去其一", "remove one")
_UNREADABLE = Text("“{value}”不是“{name}”的值", "“{value}” is no value of “{name}”")
_FOR_NONE = Text("“{value}”不是任何指标的值", "“{value}” is a value of no indicator")
_READABLE = Text("该指标可以填的值", "a value that may be entered for the indicator")
_CATEGORY = Text("{values} 之一", "one of {values}")
_ENTER = Text("写该指标可以填的值", "write a value that may be entered for the indicator")
_PERHAPS = Text("是否指 {near}？", "did you mean {near}?")
_NO_LEVEL = Text("“{name}”不是级别", "“{name}” has no levels")
_LEVELLED = Text("级别类的指标", "an indicator of levels")
_UNDER_SYNONYMS = Text("别的值写在 synonyms 下", "write other values below synonyms")
_OUTSIDE = Text("“{level}”不是 {low} 至 {high} 的级别", "“{level}” is no level of {low} to {high}")
_WITHIN = Text("{low} 至 {high} 的整数", "a whole number from {low} to {high}")
_FALLING = Text(
    "{higher} 级比 {lower} 级高，却相当于较低的一级",
    "level {higher} is above level {lower} and comes to a lower one",
)
_RISING = Text("较高的级别不低于较低的级别", "higher levels that come to no lower ones")
_TWO_LEVELS = Text("{level} 级相当于两级", "level {level} comes to two levels")
_ORDER = Text("核对各级的对应关系", "see what each level comes to")
_TWO_FIXES = Text("同一列有另一种写法", "another one says otherwise of the column")
_ONE_FIX = Text("每列一个", "one for each column")
_FIX_FORM = Text(
    "percent:列名 或 unit:列名=单位，列名是指标的名称",
    "percent:COLUMN or unit:COLUMN=UNIT, where COLUMN names an indicator",
)


def rules_of(
    placed: PlacedData,
    criteria: CriteriaSet,
    file: str,
    targets: Mapping[str, Target] | None = None,
) -> tuple[OfficeRules, list[Finding]]:
    """Return what a mapping file says of values, and every fault of it.

    Parameters
    ----------
    placed, criteria, file
        The data of the file, the criteria set that it is for, and its name.
    targets
        What it says of headers, by which an indicator may be named too.
    """
    data = placed.data
    if not data.keys() & set(RULES):
        return NO_RULES, []
    names = HeaderNames.of(criteria, targets)
    quantities: Quantities = {q.id: q for q in criteria.quantities}
    mapped = {
        header: target.name
        for header, target in names.mapped.items()
        if target.name in quantities and not target.evidence
    }
    faults = Faults(placed, file, {**names.by_name, **mapped})
    levels = _levels(data.get("levels"), quantities, faults)
    written = {**quantities, **{name: scale.quantity for name, scale in levels.items()}}
    rules = OfficeRules(
        synonyms=_synonyms(data.get("synonyms"), written, faults),
        levels=levels,
        fixes=_fixes(data.get("fixes"), names, faults),
        derived=derived_fields(data.get("derived"), criteria, faults),
        evidence=evidence_rules(data.get("evidence"), criteria, faults),
    )
    return rules, faults.entries


# -------------------------------------------------------------------------------- synonyms


def _synonyms(data: Any, quantities: Quantities, faults: Faults) -> Mapping[str, Synonyms]:
    """Read synonyms; what is said of one indicator goes before what is said of all."""
    if data is None:
        return {}
    example = "test_environment: {中试基地: relevant}"
    of: dict[str, dict[str, str | float]] = {}
    general: dict[str, dict[str, str | float]] = {}
    entries = faults.mapping(("synonyms",), data, example)
    for key, name, words in faults.by_quantity(("synonyms",), entries):
        path = ("synonyms", key)
        listed = _words(path, faults.mapping(path, words, "{中试基地: relevant}"), faults)
        if name == ALL:
            general = _for_all(path, listed, quantities, faults)
        elif name in quantities:
            of[name] = _for_one(path, listed, quantities[name], faults)
        else:
            faults.unknown(path, name, [*quantities, ALL], AN_INDICATOR)
    return {name: {**general.get(name, {}), **of.get(name, {})} for name in (*of, *general)}


def _words(path: Path, words: Mapping[str, Any], faults: Faults) -> dict[str, tuple[str, str]]:
    """Return what each word, reduced, is written as and stands for."""
    listed: dict[str, tuple[str, str]] = {}
    for word, value in words.items():
        meant, form = plain(value), reduced(word)
        if meant is None or not form:
            faults.shape((*path, word), "{中试基地: relevant}")
        elif listed.setdefault(form, (word, meant))[1] != meant:
            problem = _TWO_MEANINGS.of(word=word)
            faults.entry((*path, word), problem, _ONE_MEANING, _REMOVE)
    return listed


def _for_one(
    path: Path, words: Mapping[str, tuple[str, str]], quantity: Indicator | Fact, faults: Faults
) -> dict[str, str | float]:
    readable = {}
    for form, (word, value) in words.items():
        meant = _meant(value, quantity)
        if meant is None:
            problem = _UNREADABLE.of(value=value, name=quantity.title)
            near = nearest(
                value, [s for c in quantity.categories for s in (c.id, c.title.zh, c.title.en)]
            )
            mend = _ENTER if near is None else _PERHAPS.of(near=near)
            faults.entry((*path, word), problem, _wanted(quantity), mend)
        else:
            readable[form] = meant
    return readable


def _for_all(
    path: Path, words: Mapping[str, tuple[str, str]], quantities: Quantities, faults: Faults
) -> dict[str, dict[str, str | float]]:
    """Return words for each of the indicators and facts that can have the value."""
    of: dict[str, dict[str, str | float]] = {}
    for form, (word, value) in words.items():
        fitting = {n: _meant(value, q) for n, q in quantities.items() if q.type != "text"}
        known = {n: meant for n, meant in fitting.items() if meant is not None}
        if not known:
            faults.entry((*path, word), _FOR_NONE.of(value=value), _READABLE, _ENTER)
        for name, meant in known.items():
            of.setdefault(name, {})[form] = meant
    return of


def _meant(value: str, quantity: Indicator | Fact) -> str | float | None:
    """Return a value as a cell would hold it; None where an indicator cannot have it."""
    cell: str | float = value
    if quantity.type in NUMERIC:
        try:
            cell = float(value)
        except ValueError:
            cell = value
    read: Cell = read_cell(cell, quantity)
    # A category that has "none" among its words reads one; of others it is blank.
    return None if read.state is State.FAULTY else cell


def _wanted(quantity: Indicator | Fact) -> Any:
    if quantity.categories:
        return _CATEGORY.of(values=join((c.id for c in quantity.categories), LISTED))
    return wanted_number(quantity) if quantity.type in NUMERIC else _READABLE


# ---------------------------------------------------------------------------------- levels


def _levels(data: Any, quantities: Quantities, faults: Faults) -> Mapping[str, WrittenLevels]:
    if data is None:
        return {}
    levels: dict[str, WrittenLevels] = {}
    entries = faults.mapping(("levels",), data, "trl_level: {1: 1, 2: 3}")
    for key, name, table in faults.by_quantity(("levels",), entries):
        path = ("levels", key)
        quantity = quantities.get(name)
        if quantity is None:
            levelled = [n for n, q in quantities.items() if q.type == "level"]
            faults.unknown(path, name, levelled)
        elif quantity.type != "level":
            problem = _NO_LEVEL.of(name=quantity.title)
            faults.entry(path, problem, _LEVELLED, _UNDER_SYNONYMS)
        else:
            before = len(faults.entries)
            read = _level_table(path, table, quantity, faults)
            if read and len(faults.entries) == before:
                levels[name] = WrittenLevels.of(quantity, read)
    return levels


def _level_table(
    path: Path, table: Any, quantity: Indicator | Fact, faults: Faults
) -> dict[int, int]:
    """Read what each written level comes to: levels of the indicator, and never falling."""
    low, high = bounds(quantity)
    read: dict[int, int] = {}
    for written, level in faults.mapping(path, table, "{1: 1, 2: 3}").items():
        span_written = _span(written)
        if not span_written:
            faults.shape((*path, written), "{1: 1, 2: 3}, {0-59: 3, 60-100: 7}")
            continue
        text = plain(level) or ""
        if not _is_whole(text) or not low <= int(text) <= high:
            span = {"low": f"{low:g}", "high": f"{high:g}"}
            problem = _OUTSIDE.of(level=text, **span)
            faults.entry((*path, written), problem, _WITHIN.of(**span))
            continue
        again = [n for n in span_written if read.setdefault(n, int(text)) != int(text)]
        if again:
            problem = _TWO_LEVELS.of(level=again[0])
            faults.entry((*path, written), problem, _ONE_MEANING, _REMOVE)
    order = sorted(read)
    for lower, higher in pairwise(order):
        if read[higher] < read[lower]:
            problem = _FALLING.of(higher=higher, lower=lower)
            faults.entry(path, problem, _RISING, _ORDER)
    return read


def _span(written: str) -> range:
    """Return the levels that a key is of: 3, or 60-100; none where it is written otherwise."""
    first, dash, last = (part.strip() for part in written.partition("-"))
    if not _is_whole(first) or (dash and not _is_whole(last)):
        return range(0)
    return range(int(first), int(last if dash else first) + 1)


def _is_whole(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdigit() and len(text) <= 3


# ----------------------------------------------------------------------------------- fixes


def _fixes(data: Any, names: HeaderNames, faults: Faults) -> tuple[str, ...]:
    if data is None:
        return ()
    fixes: list[str] = []
    of: dict[str, float] = {}
    for k, text in enumerate(faults.listed(("fixes",), data, "[percent:一次合格率]")):
        if not isinstance(text, str):
            faults.shape(("fixes", k), "percent:一次合格率")
            continue
        try:
            name, times = fix_of(text, names)
        except UsageError as error:
            faults.entry(("fixes", k), error.text, _FIX_FORM)
        else:
            fixes.append(text)
            if of.setdefault(name, times) != times:
                faults.entry(("fixes", k), _TWO_FIXES, _ONE_FIX, _REMOVE)
    return tuple(fixes)
