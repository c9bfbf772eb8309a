"""What differs between two criteria sets, in words: what can change a score before what is wording."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from pilotscore.criteria import difference_words as w
from pilotscore.criteria.difference_words import Rank
from pilotscore.criteria.model import (
    Category,
    CriteriaSet,
    Dimension,
    EvidenceGrade,
    Fact,
    Gate,
    Grade,
    Indicator,
    Method,
    Profile,
)
from pilotscore.criteria.names import normalise
from pilotscore.language import Text, same

Kind = Literal["removed", "added", "changed"]
RANKS: tuple[Rank, ...] = ("rules", "names", "texts")
# The parts of a set, in the order in which their changes are told.
PARTS = ("set", "dimensions", "indicators", "evidence", "gates", "grades", "profiles", "methods", "facts")  # fmt: skip
Path = tuple[str, ...]


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
    rank
        What it can change: ``rules`` a score, a gate, a grade or a rank; ``names`` what headers and
        cells are understood as; ``texts`` neither.
    """

    kind: Kind
    path: Path
    before: Any
    after: Any
    text: Text
    rank: Rank

    @property
    def part(self) -> str:
        """The part of the set that it concerns."""
        return self.path[0] if self.path[0] in PARTS else "set"


def differences(before: CriteriaSet, after: CriteriaSet) -> list[Change]:
    """Return what differs: what can change a score, a gate or a grade first, wording last."""
    found = [
        *_fields(w.SET, before, after, (), None),
        *_fields(w.AGGREGATION, before.aggregation, after.aggregation, ("aggregation",), None),
        *_fields(w.MISSING, before.missing, after.missing, ("missing",), None),
        *_fields(w.MEASURING, before.measuring, after.measuring, ("measuring",), None),
        *_fields(w.ROBUSTNESS, before.robustness, after.robustness, ("robustness",), None),
        *_dimensions(before, after),
        *_indicators(before, after),
        *_evidence(before, after),
        *_things("gates", before.gates, after.gates, _gate),
        *_order(("gates",), before.gates, after.gates, "texts"),
        *_things("grades", before.grades, after.grades, _grade(before, after)),
        *_order(("grades",), before.grades, after.grades, "rules"),
        *_things("profiles", before.profiles, after.profiles, _profile),
        *_things("methods", before.methods, after.methods, _method),
        *_things("facts", before.facts, after.facts, _fact),
    ]
    return sorted(found, key=lambda c: (RANKS.index(c.rank), PARTS.index(c.part)))


def _plain(value: Any) -> Any:
    """Return a value as plain data, which JSON can hold."""
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(exclude_defaults=True))
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


# What a change is.


def _changed(path: Path, old: Any, new: Any, text: Text, rank: Rank) -> Change:
    return Change("changed", path, _plain(old), _plain(new), text, rank)


def _fields(
    spec: Mapping[str, w.Field], before: Any, after: Any, path: Path, subject: Text | None
) -> Iterator[Change]:
    """Yield a change for each field of the spec that differs."""
    for key, field in spec.items():
        old, new = getattr(before, key), getattr(after, key)
        if old == new:
            continue
        label = field.label
        texts = isinstance(old, Text) and isinstance(new, Text)
        if texts and old.zh == new.zh:  # shown in the language in which it differs
            label, old_said, new_said = (
                Text(f"{label.zh}（英文）", label.en),
                *(same(f"“{x.en}”") for x in (old, new)),
            )
        elif texts and old.en == new.en:
            label, old_said, new_said = (
                Text(label.zh, f"{label.en} (Chinese)"),
                *(same(f"“{x.zh}”") for x in (old, new)),
            )
        else:
            old_said, new_said = field.say(old), field.say(new)
        text = w.of(subject, w.from_to(label, old_said, new_said))
        yield _changed((*path, key), old, new, text, field.rank)


def _mapping(
    key: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    path: Path,
    subject: Text,
    label: Callable[[str], Text],
    rank: Rank = "rules",
) -> Iterator[Change]:
    """Yield a change for each key of a mapping whose value differs."""
    old, new = before or {}, after or {}
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        kind: Kind = "added" if was is None else "removed" if now is None else "changed"
        said = {
            "added": Text(f"新增{label(name).zh} {w.said(now).zh}", f"new {label(name).en} {w.said(now).en}"),
            "removed": Text(f"去掉{label(name).zh} {w.said(was).zh}", f"no more {label(name).en} {w.said(was).en}"),
            "changed": w.from_to(label(name), w.said(was), w.said(now)),
        }[kind]  # fmt: skip
        text = w.of(subject, said)
        yield Change(kind, (*path, key, str(name)), _plain(was), _plain(now), text, rank)


def _things(
    part: str,
    before: Sequence[Any],
    after: Sequence[Any],
    differ: Callable[[Any, Any, Path], Iterator[Change]],
    rank: Rank = "rules",
    under: Path = (),
) -> Iterator[Change]:
    """Yield things with an id that went, came, or differ."""
    old, new = {x.id: x for x in before}, {x.id: x for x in after}
    for name in dict.fromkeys((*old, *new)):
        path = (*(under or (part,)), name)
        if name not in new:
            text = _said_whole(old[name])
            yield Change("removed", path, _plain(old[name]), None, text, rank)
        elif name not in old:
            text = _said_whole(new[name])
            yield Change("added", path, None, _plain(new[name]), text, rank)
        else:
            yield from differ(old[name], new[name], path)


def _order(
    path: Path, before: Sequence[Any], after: Sequence[Any], rank: Rank, of: Text | None = None
) -> Iterator[Change]:
    """Yield a change where what is in both stands in another order."""
    both = {x.id for x in before} & {x.id for x in after}
    old, new = ([x.id for x in xs if x.id in both] for xs in (before, after))
    if old != new:
        said = w.from_to(
            Text("顺序", "order"), *(w.listed(map(same, ids), "、", ", ") for ids in (old, new))
        )
        yield _changed((*path, "#order"), old, new, w.of(of, said), rank)


def _said_whole(thing: Any) -> Text:
    """Say a thing that went or came, with what matters of it."""
    return w.of(w.named(thing), said) if (said := w.essence(thing)) else w.named(thing)


# The parts of a set.


def _shares(criteria: CriteriaSet) -> tuple[dict[str, float], dict[str, float]]:
    """Return the share of the whole that each dimension and each indicator has."""
    total = math.fsum(d.weight for d in criteria.dimensions) or 1.0
    of_points = criteria.aggregation.method == "points"
    within: dict[str, float] = {}
    for d in criteria.dimensions:
        own = math.fsum(i.weight for i in d.indicators) or 1.0
        for i in d.indicators:
            within[i.id] = i.weight / total if of_points else d.weight / total * i.weight / own
    return {d.id: d.weight / total for d in criteria.dimensions}, within


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"


def _share_said(old: float, new: float) -> Text:
    span = f"{_percent(old)} → {_percent(new)}"
    return Text(f"占总权重 {span}", f"share of the whole {span}")


def _dimensions(before: CriteriaSet, after: CriteriaSet) -> Iterator[Change]:
    shares = _shares(before)[0], _shares(after)[0]

    def differ(old: Dimension, new: Dimension, path: Path) -> Iterator[Change]:
        subject = w.named(new)
        was, now = (s[new.id] for s in shares)
        said = _share_said(was, now)
        if old.weight != new.weight:
            step = w.from_to(Text("权重", "weight"), w.said(old.weight), w.said(new.weight))
            plain = _percent(was) == f"{old.weight:.4g}%" and _percent(now) == f"{new.weight:.4g}%"
            text = step if plain else w.listed([step, said], "，", ", ")
            yield _changed((*path, "weight"), old.weight, new.weight, w.of(subject, text), "rules")
        elif not math.isclose(was, now, rel_tol=1e-9):
            yield _changed((*path, "share"), was, now, w.of(subject, said), "rules")
        yield from _fields(w.DIMENSION, old, new, path, subject)
        yield from _order(path, old.indicators, new.indicators, "texts", subject)

    for change in _things("dimensions", before.dimensions, after.dimensions, differ):
        if change.kind == "changed" or len(change.path) != 2:
            yield change
            continue
        whole = change.after or change.before
        said = Text(f"权重 {w.number(whole['weight'])}", f"weight {w.number(whole['weight'])}")
        yield Change(change.kind, change.path, change.before, change.after, w.of(change.text, said), "rules")  # fmt: skip
    yield from _order(("dimensions",), before.dimensions, after.dimensions, "texts")


def _indicators(before: CriteriaSet, after: CriteriaSet) -> Iterator[Change]:
    shares = _shares(before)[1], _shares(after)[1]
    homes = [{i.id: d for d in c.dimensions for i in d.indicators} for c in (before, after)]

    def differ(old: Indicator, new: Indicator, path: Path) -> Iterator[Change]:
        subject = w.named(new)
        was, now = (s[new.id] for s in shares)
        home, moved = homes[0][new.id], homes[1][new.id]
        if home.id != moved.id:
            text = w.from_to(Text("移至维度", "moved to dimension"), home.title, moved.title)
            yield _changed((*path, "dimension"), home.id, moved.id, w.of(subject, text), "rules")
        said = _share_said(was, now)
        if old.weight != new.weight:
            step = w.from_to(Text("权重", "weight"), w.said(old.weight), w.said(new.weight))
            text = w.listed([step, said], "，", ", ")
            yield _changed((*path, "weight"), old.weight, new.weight, w.of(subject, text), "rules")
        elif not math.isclose(was, now, rel_tol=1e-9):
            kept = w.number(new.weight)
            text = Text(f"{said.zh}（自身权重 {kept} 未变）", f"{said.en} (its own weight stays {kept})")  # fmt: skip
            yield _changed((*path, "share"), was, now, w.of(subject, text), "rules")
        yield from _value_function(old, new, path, subject)
        yield from _fields(w.INDICATOR, old, new, path, subject)
        yield from _quantity(old, new, path, subject)

    for change in _things("indicators", before.indicators, after.indicators, differ):
        if change.kind == "changed" or len(change.path) != 2:
            yield change
            continue
        side = change.kind == "added"
        indicator = next(i for i in (after if side else before).indicators if i.id == change.path[1])  # fmt: skip
        share, home = _percent(shares[side][indicator.id]), homes[side][indicator.id].title
        weight, function = w.number(indicator.weight), w.function(indicator)
        said = Text(
            f"维度 {home.zh}，权重 {weight}，占总权重 {share}；{function.zh}",
            f"in {home.en}, weight {weight}, {share} of the whole; {function.en}",
        )
        yield Change(change.kind, change.path, change.before, change.after, w.of(w.named(indicator), said), "rules")  # fmt: skip


def _value_function(old: Indicator, new: Indicator, path: Path, subject: Text) -> Iterator[Change]:
    if old.table is not None and new.table is not None:
        yield from _categories(old.table, new.table, path, subject, "rules")
        return
    if old.table is None and new.table is None and old.anchors == new.anchors:
        return
    label = Text("评分", "value function")
    plain = [x.table if x.table is not None else x.anchors for x in (old, new)]
    known = {x for x, _ in old.anchors} & {x for x, _ in new.anchors}
    if old.table is not None or new.table is not None or not known:
        text = w.from_to(label, w.function(old), w.function(new))
    else:
        text = Text(f"{label.zh}：{(steps := w.steps(old, new)).zh}", f"{label.en}: {steps.en}")
    parts = [text]
    if old.table is None and new.table is None and old.axis == new.axis and old.type == new.type:
        parts.append(w.largest_step(old, new))
    said = w.listed(parts, "；", "; ")
    yield _changed((*path, "points"), plain[0], plain[1], w.of(subject, said), "rules")


def _categories(
    old: Sequence[Category], new: Sequence[Category], path: Path, subject: Text, rank: Rank
) -> Iterator[Change]:
    under = (*path, "table")

    def differ(was: Category, now: Category, at: Path) -> Iterator[Change]:
        named = Text(f"类别“{now.title.zh}”", f"category “{now.title.en}”")
        if was.value != now.value:
            step = w.from_to(Text("得分", "score"), w.said(was.value), w.said(now.value))
            yield _changed((*at, "value"), was.value, now.value, w.of(named, step), rank)
        yield from _fields(w.CATEGORY, was, now, at, named)
        yield from _spellings(was, now, at, named)

    for c in _things("table", old, new, differ, rank, under):
        text = c.text
        if c.kind != "changed" and c.path[:-1] == under:
            text = Text(f"类别 {text.zh}", f"category {text.en}")
        yield Change(c.kind, c.path, c.before, c.after, w.of(subject, text), c.rank)
    yield from _order(under, old, new, "texts", subject)


def _quantity(
    old: Indicator | Fact, new: Indicator | Fact, path: Path, subject: Text
) -> Iterator[Change]:
    """Yield what indicators and facts have in common."""
    yield from _fields(w.QUANTITY, old, new, path, subject)
    yield from _spellings(old, new, path, subject)
    yield from _mapping(
        "wording",
        {str(k): v for k, v in (old.wording or {}).items()},
        {str(k): v for k, v in (new.wording or {}).items()},
        path,
        subject,
        lambda k: Text(f"第 {k} 级的说明", f"wording of level {k}"),
        "names",
    )


def _spellings(
    old: Indicator | Fact | Category | EvidenceGrade,
    new: Indicator | Fact | Category | EvidenceGrade,
    path: Path,
    subject: Text,
) -> Iterator[Change]:
    """Yield what is no longer understood as a thing, and what now is."""
    forms = [
        {normalise(s): s for s in (x.id, x.title.zh, x.title.en, *x.aliases)} for x in (old, new)
    ]
    lost, gained = (
        [text for form, text in here.items() if form not in there]
        for here, there in (forms, forms[::-1])
    )
    parts = []
    if lost:
        words = "、".join(lost), ", ".join(lost)
        parts.append(Text(f"不再识别 {words[0]}", f"no longer understood: {words[1]}"))
    if gained:
        words = "、".join(gained), ", ".join(gained)
        parts.append(Text(f"新识别 {words[0]}", f"now understood: {words[1]}"))
    if parts:
        text = w.of(subject, w.listed(parts))
        yield _changed((*path, "aliases"), old.aliases, new.aliases, text, "names")
    elif old.aliases != new.aliases:
        text = w.of(subject, Text("别名的写法或顺序不同", "aliases written or ordered otherwise"))
        yield _changed((*path, "aliases"), old.aliases, new.aliases, text, "texts")


def _fact(old: Fact, new: Fact, path: Path) -> Iterator[Change]:
    subject = w.named(new)
    yield from _fields(w.FACT, old, new, path, subject)
    if old.table != new.table:
        yield from _categories(old.categories, new.categories, path, subject, "rules")
    yield from _quantity(old, new, path, subject)


def _evidence(before: CriteriaSet, after: CriteriaSet) -> Iterator[Change]:
    old, new = before.evidence, after.evidence
    if old is None or new is None:
        if old is not new:
            kind: Kind = "added" if old is None else "removed"
            text = Text("证据等级与得分上限", "grades of evidence and their caps")
            yield Change(kind, ("evidence",), _plain(old), _plain(new), text, "rules")
        return

    def differ(was: EvidenceGrade, now: EvidenceGrade, path: Path) -> Iterator[Change]:
        yield from _fields(w.EVIDENCE_GRADE, was, now, path, w.named(now))
        yield from _spellings(was, now, path, w.named(now))

    yield from _fields(w.EVIDENCE, old, new, ("evidence",), None)
    under = ("evidence", "grades")
    yield from _things("evidence", old.grades, new.grades, differ, under=under)
    yield from _order(under, old.grades, new.grades, "rules")


def _gate(old: Gate, new: Gate, path: Path) -> Iterator[Change]:
    return _fields(w.GATE, old, new, path, w.named(new))


def _grade(
    before: CriteriaSet, after: CriteriaSet
) -> Callable[[Grade, Grade, Path], Iterator[Change]]:
    titles = {d.id: d.title for c in (before, after) for d in c.dimensions}
    titles |= {i.id: i.title for c in (before, after) for i in c.indicators}

    def differ(old: Grade, new: Grade, path: Path) -> Iterator[Change]:
        subject = w.named(new)
        yield from _fields(w.GRADE, old, new, path, subject)
        for key, zh, en in (("dimensions", "下限", "floor of"), ("levels", "级别要求", "level of")):
            yield from _mapping(
                key,
                getattr(old, key),
                getattr(new, key),
                path,
                subject,
                lambda k, zh=zh, en=en: Text(f"{titles[k].zh}{zh}", f"{en} {titles[k].en}"),  # type: ignore[misc]  # its defaults bind the loop's words
            )

    return differ


def _profile(old: Profile, new: Profile, path: Path) -> Iterator[Change]:
    subject = w.named(new)
    yield from _fields(w.PROFILE, old, new, path, subject)
    yield from _mapping("weights", old.weights, new.weights, path, subject, w.weight_of)


def _method(old: Method, new: Method, path: Path) -> Iterator[Change]:
    subject = w.named(new)
    yield from _fields(w.METHOD, old, new, path, subject)
    yield from _mapping("weights", old.weights, new.weights, path, subject, w.weight_of)
    yield from _mapping("parameters", old.parameters, new.parameters, path, subject, same)
