"""Names in a call file that its criteria set or its policy does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.conditions import KnownNames, check_condition, known_names
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.checks.outline import Outline, ids, items, listed, outline, table
from pilotscore.criteria.checks.policy import check_money_facts
from pilotscore.criteria.places import DataPath
from pilotscore.criteria.policy import Policy
from pilotscore.findings import error
from pilotscore.language import LISTED, NOTHING, Text, did_you_mean, join

UNKNOWN_IN_CALL = error(
    "F606",
    ("{key} 写了 {name}，没有这样的{what}", "{key} names {name}, and there is no such {what}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="征集文件写了指标体系或政策中没有的名称。给出了最接近的名称；"
    "pilotscore criteria show 列出全部。",
    why_en="The call names what the criteria set or the policy does not have. The nearest name is "
    "given; pilotscore criteria show lists them all.",
)

_MOST_LISTED = 24
_SET = Text("指标体系（正在使用的是后者）", "criteria set in use")
_FACT, _GRADE, _GATE = Text("字段", "fact"), Text("等级", "grade"), Text("门槛", "gate")
_INSTRUMENT = Text("资金工具", "instrument")
_SIZED = Text("可比大小的指标、维度或字段", "indicator, dimension or fact that has a size")
_UNSIZED = ("category", "text", "yes_no", "date")
_MORE = Text(" 等", ", ...")
_NONE = Text("—", "-")


def check_names(
    data: dict[str, Any], criteria: dict[str, Any], policy: Policy | None, lineage: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield what a call speaks of and its criteria set or its policy does not have."""
    used = criteria.get("id")
    if data.get("criteria") not in (used, *lineage):
        yield unknown_in_call(("criteria",), str(data.get("criteria")), _SET, [str(used)])
        return
    parts = outline(criteria)
    known = known_names(parts)
    for path, rule in items(data.get("eligible"), ("eligible",)):
        yield from check_condition(rule.get("when"), (*path, "when"), known)
    yield from check_money_facts(data, parts)
    if data.get("tracks") and not data.get("track"):
        yield fault(kinds.MISSING_KEY, ("tracks",), key="track")
    for path, name, what, there in _references(data, parts, known):
        if isinstance(name, str) and name not in there:
            yield unknown_in_call(path, name, what, there)
    if policy is not None:
        offered = sorted({i.id for c in policy.grades.values() for i in c.instruments})
        for i, name in enumerate(listed(data.get("instruments"))):
            if name not in offered:
                yield unknown_in_call(("instruments", i), str(name), _INSTRUMENT, offered)


def _references(
    data: dict[str, Any], parts: Outline, known: KnownNames
) -> Iterator[tuple[DataPath, Any, Text, list[str]]]:
    """Yield what the call names of its criteria set: where, what, and what there is."""
    facts = [str(f.get("id")) for _, f in parts.facts]
    yield ("track",), data.get("track"), _FACT, facts
    for name, cap in table(data.get("caps")).items():
        yield ("caps", name, "by"), table(cap).get("by"), _FACT, facts
    grades = ids(parts.grades)
    yield ("least_grade",), data.get("least_grade"), _GRADE, grades
    deferred = table(data.get("next_round")).get("least_grade")
    yield ("next_round", "least_grade"), deferred, _GRADE, grades
    for i, name in enumerate(listed(data.get("gates"))):
        yield ("gates", i), name, _GATE, ids(parts.gates)
    sized = [n for n, k in known.items() if k.type not in _UNSIZED]
    names = [*sized, *ids(parts.dimensions), "index", "requested"]
    for path, rule in items(data.get("tie_breaks"), ("tie_breaks",)):
        yield (*path, "by"), rule.get("by"), _SIZED, names


def unknown_in_call(path: DataPath, name: str, what: Text, known: Iterable[str]) -> Fault:
    """Return the fault of a name that is not there, with the nearest one, or those that are."""
    names = list(known)
    more = _MORE if len(names) > _MOST_LISTED else NOTHING
    shown = join(names[:_MOST_LISTED], LISTED) if names else _NONE
    wanted = did_you_mean(name, names, join((shown, more), NOTHING), before=NOTHING)
    key = next(str(step) for step in reversed(path) if isinstance(step, str))
    return fault(UNKNOWN_IN_CALL, path, key=key, name=name, what=what, wanted=wanted)
