"""What differs between two criteria sets, in words: what can change a score first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel

from pilotscore.criteria import difference_words as w
from pilotscore.criteria.categories import Category
from pilotscore.criteria.difference_words import ComparedField, Effect
from pilotscore.criteria.model import (
    CriteriaSet,
    Dimension,
    EvidenceGrade,
    Fact,
    Gate,
    Grade,
    Indicator,
    Method,
    Profile,
    SubIndex,
)
from pilotscore.criteria.names import normalise
from pilotscore.criteria.parts import per_language, spellings
from pilotscore.language import COMMA, LANGS, LISTED, Text, Words, join, number, same
from pilotscore.records import dataclass

ChangeKind = Literal["removed", "added", "changed"]
EFFECTS: tuple[Effect, ...] = ("rules", "names", "texts")
# The parts of a set, in the order in which their changes are told.
PARTS = (
    *("set", "dimensions", "indicators", "evidence", "gates"),
    *("grades", "profiles", "methods", "facts"),
)
Address = tuple[str, ...]
_WEIGHT, _ORDER = Text("权重", "weight"), Text("顺序", "order")
_SHARE = Text("占总权重 {was} → {now}", "share of the whole {was} → {now}")
_STAYS = Text("{share}（自身权重 {weight} 未变）", "{share} (its own weight stays {weight})")
_MOVED = Text("移至维度", "moved to dimension")
_WHOLE_INDICATOR = Text(
    "维度 {home}，权重 {weight}，占总权重 {share}；{function}",
    "in {home}, weight {weight}, {share} of the whole; {function}",
)
_FUNCTION, _SCORE = Text("评分", "value function"), Text("得分", "score")
_EVIDENCE = Text("证据等级与得分上限", "grades of evidence and their caps")
_ADDED = Text("新增{label} {value}", "new {label} {value}")
_REMOVED = Text("去掉{label} {value}", "no more {label} {value}")
_LOST = Text("不再识别 {names}", "no longer understood: {names}")
_GAINED = Text("新识别 {names}", "now understood: {names}")
_OTHERWISE = Text("别名的写法或顺序不同", "aliases written or ordered otherwise")
# The label of a text that differs in one language alone.
_IN_ONE = {"zh": Text("{label}", "{label} (Chinese)"), "en": Text("{label}（英文）", "{label}")}


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two criteria sets.

    Attributes
    ----------
    kind
        Whether something went, came, or is another.
    path
        Where: the part of the set, then ids and keys.
    before, after
        The plain values; None where there is none.
    text
        The change in words.
    effect
        What it can change: ``rules`` a score, a gate, a grade or a rank; ``names`` what headers and
        cells are understood as; ``texts`` neither.
    """

    kind: ChangeKind
    path: Address
    before: Any
    after: Any
    text: Words
    effect: Effect

    @property
    def part(self) -> str:
        """The part of the set that it concerns."""
        return self.path[0] if self.path[0] in PARTS else "set"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What changes are of: where it is in the set, and how it is named."""

    path: Address = ()
    name: Words | None = None

    def changed(self, key: str, old: Any, new: Any, words: Words, effect: Effect) -> Change:
        text = w.of(self.name, words)
        return Change("changed", (*self.path, key), _plain(old), _plain(new), text, effect)


Compare = Callable[[Any, Any, Address], Iterator[Change]]


def differences(before: CriteriaSet, after: CriteriaSet) -> list[Change]:
    """Return what differs: what can change a score, a gate or a grade first, wording last."""
    changes = [
        *_fields(w.SET, before, after, _Subject()),
        *_fields(w.AGGREGATION, before.aggregation, after.aggregation, _Subject(("aggregation",))),
        *_fields(w.MISSING, before.missing, after.missing, _Subject(("missing",))),
        *_fields(w.MEASURING, before.measuring, after.measuring, _Subject(("measuring",))),
        *_fields(w.RIGHTS, before.rights, after.rights, _Subject(("rights",))),
        *_fields(w.PANEL, before.panel, after.panel, _Subject(("panel",))),
        *_fields(w.UNCERTAINTY, before.uncertainty, after.uncertainty, _Subject(("uncertainty",))),
        *_fields(w.ROBUSTNESS, before.robustness, after.robustness, _Subject(("robustness",))),
        *_things(("sub_indexes",), before.sub_indexes, after.sub_indexes, _sub_index),
        *_dimensions(before, after),
        *_indicators(before, after),
        *_evidence(before, after),
        *_things(("gates",), before.gates, after.gates, _gate),
        *_order(_Subject(("gates",)), before.gates, after.gates, "texts"),
        *_things(("grades",), before.grades, after.grades, _grade(before, after)),
        *_order(_Subject(("grades",)), before.grades, after.grades, "rules"),
        *_things(("profiles",), before.profiles, after.profiles, _profile),
        *_things(("methods",), before.methods, after.methods, _method),
        *_things(("facts",), before.facts, after.facts, _fact),
    ]
    return sorted(changes, key=lambda c: (EFFECTS.index(c.effect), PARTS.index(c.part)))


def _plain(value: Any) -> Any:
    """Return a value as plain data, which JSON can hold."""
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(exclude_defaults=True))
    if isinstance(value, Text):
        return per_language(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


# What a change is.


def _fields(
    spec: Mapping[str, ComparedField], before: Any, after: Any, subject: _Subject
) -> Iterator[Change]:
    """Yield a change for each field of the spec that differs."""
    for key, field in spec.items():
        old, new = getattr(before, key), getattr(after, key)
        if old == new:
            continue
        label: Words = field.label
        shown = field.say(old), field.say(new)
        if isinstance(old, Text) and isinstance(new, Text):
            lang, *others = (x for x in LANGS if old.to(x) != new.to(x))
            if not others:  # shown in the language in which it differs
                label = _IN_ONE[lang].of(label=label)
                shown = same(f"“{old.to(lang)}”"), same(f"“{new.to(lang)}”")
        yield subject.changed(key, old, new, w.from_to(label, *shown), field.effect)


def _mapping(
    key: str,
    values: tuple[Mapping[Any, Any] | None, Mapping[Any, Any] | None],
    subject: _Subject,
    label: Callable[[Any], Words],
    effect: Effect = "rules",
) -> Iterator[Change]:
    """Yield a change for each key of a mapping whose value differs."""
    old, new = (v or {} for v in values)
    for name in dict.fromkeys((*old, *new)):
        was, now, path = old.get(name), new.get(name), (*subject.path, key, str(name))
        if was == now:
            continue
        kind: ChangeKind = "changed"
        words = w.from_to(label(name), w.said(was), w.said(now))
        if was is None:
            kind, words = "added", _ADDED.of(label=label(name), value=w.said(now))
        elif now is None:
            kind, words = "removed", _REMOVED.of(label=label(name), value=w.said(was))
        yield Change(kind, path, _plain(was), _plain(now), w.of(subject.name, words), effect)


def _things(
    under: Address,
    before: Sequence[Any],
    after: Sequence[Any],
    compare: Compare,
    whole: Callable[[Any], Words] = w.whole,
) -> Iterator[Change]:
    """Yield things with an id that went, came, or differ."""
    old, new = {x.id: x for x in before}, {x.id: x for x in after}
    for name in dict.fromkeys((*old, *new)):
        path = (*under, name)
        if name not in new:
            yield Change("removed", path, _plain(old[name]), None, whole(old[name]), "rules")
        elif name not in old:
            yield Change("added", path, None, _plain(new[name]), whole(new[name]), "rules")
        else:
            yield from compare(old[name], new[name], path)


def _order(
    subject: _Subject, before: Sequence[Any], after: Sequence[Any], effect: Effect
) -> Iterator[Change]:
    """Yield a change where what is in both stands in another order."""
    both = {x.id for x in before} & {x.id for x in after}
    old, new = ([x.id for x in xs if x.id in both] for xs in (before, after))
    if old != new:
        words = w.from_to(_ORDER, join(old, LISTED), join(new, LISTED))
        yield subject.changed("#order", old, new, words, effect)


# The parts of a set.


def _shares(criteria: CriteriaSet) -> tuple[dict[str, float], dict[str, float]]:
    """Return the share of the whole that each dimension and each indicator has."""
    total = math.fsum(d.weight for d in criteria.dimensions) or 1.0
    ids = [d.id for d in criteria.dimensions]
    shares = dict(zip(ids, criteria.dimension_shares, strict=True))
    of_points = criteria.aggregation.method == "points"
    within: dict[str, float] = {}
    for d in criteria.dimensions:
        own = math.fsum(i.weight for i in d.indicators) or 1.0
        for i in d.indicators:
            within[i.id] = i.weight / total if of_points else shares[d.id] * i.weight / own
    return shares, within


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"


def _weight(
    subject: _Subject,
    weights: tuple[float, float],
    shares: tuple[float, float],
    stays: Text | None = None,
) -> Iterator[Change]:
    """Yield another weight, or where it stayed, another share of the whole.

    ``stays`` says so of an indicator; the weight of a dimension is its share where they are equal.
    """
    (old, new), (was, now) = weights, shares
    share: Words = _SHARE.of(was=_percent(was), now=_percent(now))
    if old != new:
        step = w.from_to(_WEIGHT, w.said(old), w.said(new))
        equal = _percent(was) == f"{old:.4g}%" and _percent(now) == f"{new:.4g}%"
        words = step if stays is None and equal else join([step, share], COMMA)
        yield subject.changed("weight", old, new, words, "rules")
    elif not math.isclose(was, now, rel_tol=1e-9):
        words = share if stays is None else stays.of(share=share, weight=number(new))
        yield subject.changed("share", was, now, words, "rules")


def _dimensions(before: CriteriaSet, after: CriteriaSet) -> Iterator[Change]:
    old_shares, new_shares = _shares(before)[0], _shares(after)[0]

    def compare(old: Dimension, new: Dimension, path: Address) -> Iterator[Change]:
        subject = _Subject(path, w.named(new))
        shares = old_shares[new.id], new_shares[new.id]
        yield from _weight(subject, (old.weight, new.weight), shares)
        yield from _fields(w.DIMENSION, old, new, subject)
        yield from _order(subject, old.indicators, new.indicators, "texts")

    def whole(dimension: Dimension) -> Words:
        weight = same("{label} {weight}").of(label=_WEIGHT, weight=number(dimension.weight))
        return w.of(w.named(dimension), weight)

    yield from _things(("dimensions",), before.dimensions, after.dimensions, compare, whole)
    yield from _order(_Subject(("dimensions",)), before.dimensions, after.dimensions, "texts")


def _indicators(before: CriteriaSet, after: CriteriaSet) -> Iterator[Change]:
    old_shares, new_shares = _shares(before)[1], _shares(after)[1]
    old_homes, new_homes = (
        {i.id: d for d in c.dimensions for i in d.indicators} for c in (before, after)
    )

    def compare(old: Indicator, new: Indicator, path: Address) -> Iterator[Change]:
        subject = _Subject(path, w.named(new))
        home, moved = old_homes[new.id], new_homes[new.id]
        if home.id != moved.id:
            words = w.from_to(_MOVED, home.title, moved.title)
            yield subject.changed("dimension", home.id, moved.id, words, "rules")
        shares = old_shares[new.id], new_shares[new.id]
        yield from _weight(subject, (old.weight, new.weight), shares, _STAYS)
        yield from _value_function(old, new, subject)
        yield from _fields(w.INDICATOR, old, new, subject)
        yield from _quantity(old, new, subject)

    def whole(indicator: Indicator) -> Words:
        homes, shares = (
            (new_homes, new_shares) if indicator.id in new_homes else (old_homes, old_shares)
        )
        words = _WHOLE_INDICATOR.of(
            home=homes[indicator.id].title,
            weight=number(indicator.weight),
            share=_percent(shares[indicator.id]),
            function=w.function(indicator),
        )
        return w.of(w.named(indicator), words)

    yield from _things(("indicators",), before.indicators, after.indicators, compare, whole)


def _value_function(old: Indicator, new: Indicator, subject: _Subject) -> Iterator[Change]:
    if old.table is not None and new.table is not None:
        yield from _categories(old.table, new.table, subject)
        if not (old.bands and new.bands):
            return
    points = not (old.categories or new.categories)
    if points and old.anchors == new.anchors:
        return
    plain = [x.categories or x.anchors for x in (old, new)]
    known = {x for x, _ in old.anchors} & {x for x, _ in new.anchors}
    if points and known:
        words = w.of(_FUNCTION, w.steps(old, new))
    else:
        words = w.from_to(_FUNCTION, w.function(old), w.function(new))
    if points and old.axis == new.axis and old.type == new.type:
        words = join([words, w.largest_step(old, new)])
    yield subject.changed("points", plain[0], plain[1], words, "rules")


def _categories(
    old: Sequence[Category], new: Sequence[Category], subject: _Subject
) -> Iterator[Change]:
    under = (*subject.path, "table")

    def compare(was: Category, now: Category, path: Address) -> Iterator[Change]:
        name = Text("类别“{title}”", "category “{title}”").of(title=now.title)
        category = _Subject(path, w.of(subject.name, name))
        if was.value != now.value:
            step = w.from_to(_SCORE, w.said(was.value), w.said(now.value))
            yield category.changed("value", was.value, now.value, step, "rules")
        yield from _fields(w.CATEGORY, was, now, category)
        yield from _spellings(was, now, category)

    def whole(category: Category) -> Words:
        words = Text("类别 {category}", "category {category}").of(category=w.whole(category))
        return w.of(subject.name, words)

    yield from _things(under, old, new, compare, whole)
    yield from _order(_Subject(under, subject.name), old, new, "texts")


def _quantity(old: Indicator | Fact, new: Indicator | Fact, subject: _Subject) -> Iterator[Change]:
    """Yield what indicators and facts have in common."""
    yield from _fields(w.QUANTITY, old, new, subject)
    yield from _spellings(old, new, subject)
    wording = old.wording, new.wording
    label = Text("第 {level} 级的说明", "wording of level {level}")
    yield from _mapping("wording", wording, subject, lambda k: label.of(level=k), "names")


def _spellings(
    old: Indicator | Fact | Category | EvidenceGrade,
    new: Indicator | Fact | Category | EvidenceGrade,
    subject: _Subject,
) -> Iterator[Change]:
    """Yield what is no longer understood as a thing, and what now is."""
    was, now = ({normalise(s): s for s in spellings(x)} for x in (old, new))
    lost = [text for form, text in was.items() if form not in now]
    gained = [text for form, text in now.items() if form not in was]
    parts = [
        text.of(names=join(names, LISTED))
        for text, names in ((_LOST, lost), (_GAINED, gained))
        if names
    ]
    if parts:
        yield subject.changed("aliases", old.aliases, new.aliases, join(parts), "names")
    elif old.aliases != new.aliases:
        yield subject.changed("aliases", old.aliases, new.aliases, _OTHERWISE, "texts")


def _fact(old: Fact, new: Fact, path: Address) -> Iterator[Change]:
    subject = _Subject(path, w.named(new))
    yield from _fields(w.FACT, old, new, subject)
    if old.table != new.table:
        yield from _categories(old.categories, new.categories, subject)
    yield from _quantity(old, new, subject)


def _evidence(before: CriteriaSet, after: CriteriaSet) -> Iterator[Change]:
    old, new, under = before.evidence, after.evidence, ("evidence", "grades")
    if old is None or new is None:
        if old is not new:
            kind: ChangeKind = "added" if old is None else "removed"
            yield Change(kind, under[:1], _plain(old), _plain(new), _EVIDENCE, "rules")
        return

    def compare(was: EvidenceGrade, now: EvidenceGrade, path: Address) -> Iterator[Change]:
        subject = _Subject(path, w.named(now))
        yield from _fields(w.EVIDENCE_GRADE, was, now, subject)
        yield from _spellings(was, now, subject)

    yield from _fields(w.EVIDENCE, old, new, _Subject(under[:1]))
    yield from _things(under, old.grades, new.grades, compare)
    yield from _order(_Subject(under), old.grades, new.grades, "rules")


def _gate(old: Gate, new: Gate, path: Address) -> Iterator[Change]:
    return _fields(w.GATE, old, new, _Subject(path, w.named(new)))


def _grade(before: CriteriaSet, after: CriteriaSet) -> Compare:
    titles = {d.id: d.title for c in (before, after) for d in c.dimensions}
    titles |= {i.id: i.title for c in (before, after) for i in c.indicators}
    floor = Text("{title}下限", "floor of {title}")
    level = Text("{title}级别要求", "level of {title}")

    def compare(old: Grade, new: Grade, path: Address) -> Iterator[Change]:
        subject = _Subject(path, w.named(new))
        yield from _fields(w.GRADE, old, new, subject)
        floors, levels = (old.dimensions, new.dimensions), (old.levels, new.levels)
        yield from _mapping("dimensions", floors, subject, lambda k: floor.of(title=titles[k]))
        yield from _mapping("levels", levels, subject, lambda k: level.of(title=titles[k]))

    return compare


def _profile(old: Profile, new: Profile, path: Address) -> Iterator[Change]:
    subject = _Subject(path, w.named(new))
    yield from _fields(w.PROFILE, old, new, subject)
    yield from _mapping("weights", (old.weights, new.weights), subject, w.weight_of)


def _sub_index(old: SubIndex, new: SubIndex, path: Address) -> Iterator[Change]:
    yield from _fields(w.SUB_INDEX, old, new, _Subject(path, w.named(new)))


def _method(old: Method, new: Method, path: Address) -> Iterator[Change]:
    subject = _Subject(path, w.named(new))
    yield from _fields(w.METHOD, old, new, subject)
    yield from _mapping("weights", (old.weights, new.weights), subject, w.weight_of)
    yield from _mapping("parameters", (old.parameters, new.parameters), subject, same)
    thresholds = (_listed(old.thresholds), _listed(new.thresholds))
    yield from _mapping("thresholds", thresholds, subject, w.threshold_of)


def _listed(thresholds: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the thresholds of each indicator in a line: q 1, p 5."""
    return {
        name: ", ".join(f"{k} {v if isinstance(v, str) else number(v)}" for k, v in own.items())
        for name, own in thresholds.items()
    }
