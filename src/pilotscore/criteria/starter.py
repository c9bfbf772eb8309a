"""The text of a criteria file to start from: a short variant of a set, or the set's whole file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import field

import yaml

from pilotscore.criteria.condition import Compare, Condition, comparisons, parse
from pilotscore.criteria.model import CriteriaSet, Dimension, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.criteria.parts import spellings
from pilotscore.language import LANGS, Text, Words
from pilotscore.patterns import regex
from pilotscore.records import dataclass

VERSION = "1.0"
IDENTIFIER = regex(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_PLAIN = regex(r"[\w./][\w./ -]*")
_TAKE_OFF = "# "


def identifier_from(stem: str, base_id: str) -> str:
    """Return an id for a new set from the name of its file, never that of its base."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_")
    name = re.sub(r"^[^A-Za-z]+", "", name)[:64]
    return name if name and name != base_id else f"{base_id[:56]}-variant"


def full_text(text: str, **values: str) -> str:
    """Return a criteria file with other values of top keys (id, version, ...), all else as it is.

    A key that the file does not have is left out.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    places = {
        key.value: value
        for key, value in (root.value if isinstance(root, yaml.MappingNode) else [])
        if key.value in values and isinstance(value, yaml.ScalarNode)
    }
    backwards = sorted(places.items(), key=lambda p: -p[1].start_mark.index)
    for key, node in backwards:  # from the end, so that earlier places stay true
        start, end = node.start_mark.index, node.end_mark.index
        last = "\n" if text[start:end].endswith("\n") else ""  # a block text ends with its line
        text = text[:start] + _scalar(values[key]) + last + text[end:]
    return text


def variant_text(base: CriteriaSet, extends: str, name: str, policy: str | None = None) -> str:
    """Return a variant of a set: what it extends, its own id, version and title, and examples.

    Parameters
    ----------
    base
        The set that it extends; the examples speak of its indicators, and hold when they are used.
    extends
        The base's built-in name, or its path from the new file.
    name
        The id of the variant.
    policy
        The policy's path from the new file, where the base names a file not found from there.
    """
    title = Text("{title}（变体）", "{title} (variant)").of(title=base.title)
    lines = [
        "# 指标体系变体：只写与所扩展体系不同之处，其余沿用。检查：pilotscore criteria check；",
        "# 比较：pilotscore criteria diff；说明：docs/criteria-files.md。",
        "# A variant: it says what differs from the set that it extends, and takes the rest over.",
        "# Check it with pilotscore criteria check, compare with pilotscore criteria diff.",
        f"extends: {_scalar(extends)}",
        f"id: {name}",
        f'version: "{VERSION}"',
        f"title: {_both(title)}",
        *([f"policy: {_scalar(policy)}"] if policy else []),
        "",
        "# ---- 示例 Examples",
        "# 去掉所需各行行首的“# ”（连同其上级各行），再改成需要的值。每一例单独使用、"
        "全部使用都能通过检查。",
        "# Take “# ” off the lines you need, with those that they stand under, and change the "
        "values. Each",
        "# example passes the check as it stands, alone or with the others.",
        "#",
    ]
    examples = [*_dimension_lines(base), *_gate_lines(base), *_grade_lines(base)]
    lines += [(_TAKE_OFF + line).rstrip() for line in examples]
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Write a text as YAML reads it as a text: quoted where it might be read as something else."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and " #" not in text
    return text if plain and _stays_text(text) else json.dumps(text, ensure_ascii=False)


def _stays_text(text: str) -> bool:
    return bool(yaml.safe_load(text) == text)


def _both(words: Words) -> str:
    zh, en = (json.dumps(words.to(lang), ensure_ascii=False) for lang in LANGS)
    return f"{{zh: {zh}, en: {en}}}"


def _comment(zh: str, en: str) -> str:
    return f"# {zh} {en}"


@dataclass(slots=True)
class _Example:
    """What stands under one dimension: a comment, and the lines of indicators."""

    comment: str
    entries: list[str] = field(default_factory=list)


def _dimension_lines(base: CriteriaSet) -> Iterator[str]:
    """Yield an example each of another weight, other points, an indicator less and one more.

    Each indicator and each sum of weights is touched once, so that the examples do not collide.
    """
    by_dimension: dict[str, list[_Example]] = {}
    used: set[str] = set()
    for dimension, example, names in _examples(base, used):
        by_dimension.setdefault(dimension.id, []).append(example)
        used |= names
    if not by_dimension:
        return
    yield "dimensions:"
    for name, examples in by_dimension.items():
        yield f"  - id: {name}"
        yield "    indicators:"
        for example in examples:
            yield f"      {example.comment}"
            yield from (f"      {line}" for line in example.entries)


def _examples(base: CriteriaSet, used: set[str]) -> Iterator[tuple[Dimension, _Example, set[str]]]:
    if pair := _pair(base, used):
        dimension, (first, second) = pair
        step = _step(second.weight)
        comment = _comment(
            "改权重：同一维度的权重之和不变。",
            "Other weights: those of a dimension keep their sum.",
        )
        entries = [_weight(first, first.weight + step), _weight(second, second.weight - step)]
        yield dimension, _Example(comment, entries), {first.id, second.id}
    curves = [(d, i) for d, i in _all(base) if i.points and i.id not in used]
    plain = (x for x in curves if x[1].type not in ("level", "yes_no"))
    curve = next(plain, curves[0] if curves else None)
    if curve:
        dimension, indicator = curve
        comment = _comment("改评分锚点 [原始值, 得分]。", "Other points [raw value, score].")
        points = ", ".join(f"[{x:.10g}, {y:.10g}]" for x, y in indicator.points or ())
        entries = [f"- id: {indicator.id}", f"  points: [{points}]"]
        yield dimension, _Example(comment, entries), {indicator.id}
    if removal := _removal(base, used):
        dimension, (gone, heir) = removal
        comment = _comment(
            "删除一项指标，其权重给另一项。", "An indicator less; its weight goes to another."
        )
        entries = [f"- {{id: {gone.id}, remove: true}}", _weight(heir, heir.weight + gone.weight)]
        yield dimension, _Example(comment, entries), {gone.id, heir.id}
    if donor := _donor(base, used):
        dimension, giver = donor
        step = _step(giver.weight)
        comment = _comment(
            "新增一项指标，权重从另一项分出。",
            "An indicator more; its weight is taken from another.",
        )
        entries = [_weight(giver, giver.weight - step), *_new(base, step)]
        yield dimension, _Example(comment, entries), {giver.id}


def _all(base: CriteriaSet) -> Iterator[tuple[Dimension, Indicator]]:
    return ((d, i) for d in base.dimensions for i in d.indicators)


def _weight(indicator: Indicator, weight: float) -> str:
    return f"- {{id: {indicator.id}, weight: {round(weight, 12)!r}}}".replace(".0}", "}")


def _step(weight: float) -> float:
    """Return how much of a weight an example moves."""
    return 5.0 if weight > 5 and weight.is_integer() else weight / 2


def _pair(base: CriteriaSet, used: set[str]) -> tuple[Dimension, list[Indicator]] | None:
    """Return the two weightiest indicators of a dimension: one gives the other some weight."""
    for d in base.dimensions:
        free = [i for i in d.indicators if i.id not in used and i.weight > 0]
        if len(free) > 1:
            return d, sorted(free, key=lambda i: -i.weight)[:2]
    return None


def _donor(base: CriteriaSet, used: set[str]) -> tuple[Dimension, Indicator] | None:
    for d in reversed(base.dimensions):
        free = [i for i in d.indicators if i.id not in used and i.weight > 0]
        if free:
            return d, max(free, key=lambda i: i.weight)
    return None


def _removal(base: CriteriaSet, used: set[str]) -> tuple[Dimension, list[Indicator]] | None:
    """Return an indicator that nothing speaks of, and a sibling that takes its weight."""
    spoken_of = set(_spoken_of(base))
    for d in base.dimensions:
        free = [i for i in d.indicators if i.id not in used]
        gone = [i for i in free if i.id not in spoken_of and not i.required]
        if gone and len(free) > 1:
            least = min(gone, key=lambda i: i.weight)
            heir = max((i for i in free if i is not least), key=lambda i: i.weight)
            return d, [least, heir]
    return None


def _spoken_of(base: CriteriaSet) -> Iterator[str]:
    """Yield the names that conditions, grades and methods of a set use."""
    texts = [t for i in base.indicators for t in (i.applies_when, i.not_applicable)]
    texts += [p.when for p in base.profiles]
    conditions = [parse(t) for t in texts if isinstance(t, str)]
    yield from _names([*(g.condition for g in base.gates), *conditions])
    for grade in base.grades:
        yield from grade.levels
    for method in base.methods:
        yield from method.weights or ()


def _names(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        for leaf in comparisons(condition):
            yield leaf.name
            if isinstance(leaf, Compare) and isinstance(leaf.other, str):
                yield leaf.other


def _new(base: CriteriaSet, weight: float) -> list[str]:
    """Return a new indicator, of a name that the set does not know."""
    known = {normalise(s) for q in base.quantities for s in spellings(q)}
    number = 1
    while {normalise(s) for s in _new_names(number)} & known:
        number += 1
    name, zh, en = _new_names(number)
    return [
        f"- id: {name}",
        f"  title: {_both(Text(zh, en))}",
        "  type: number",
        "  points: [[0, 0], [10, 60], [20, 100]]",
        f"  weight: {weight:.10g}",
    ]


def _new_names(number: int) -> tuple[str, str, str]:
    last = "" if number == 1 else str(number)
    return (
        f"my_indicator{'_' if last else ''}{last}",
        f"新增指标{last}",
        f"My indicator {last}".strip(),
    )


def _gate_lines(base: CriteriaSet) -> Iterator[str]:
    if not base.gates:
        return
    yield "gates:"
    yield f"  {_comment('删除一道门槛。', 'A gate less.')}"
    yield f"  - {{id: {base.gates[-1].id}, remove: true}}"


def _grade_lines(base: CriteriaSet) -> Iterator[str]:
    best = base.grades[0]
    if not best.index:
        return
    yield "grades:"
    yield f"  {_comment('改等级线。', 'Another limit of a grade.')}"
    yield f"  - {{id: {best.id}, index: {best.index:.10g}}}"
