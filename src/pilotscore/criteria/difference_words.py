"""How the differences between criteria sets are worded, and what each field of a set can change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from pilotscore.criteria.measuring import MEASURES, Characteristic, Measured
from pilotscore.criteria.model import (
    Category,
    EvidenceGrade,
    Fact,
    Gate,
    Grade,
    Indicator,
    Method,
    Profile,
)
from pilotscore.criteria.robustness import WeightRange
from pilotscore.language import Text, same

Rank = Literal["rules", "names", "texts"]


@dataclass(frozen=True, slots=True)
class Field:
    """What a field of a criteria file is called, what it can change, and how its value is said."""

    label: Text
    rank: Rank
    say: Callable[[Any], Text]


# How a value is said.


def said(value: Any) -> Text:
    """Say a plain value."""
    if value is None:
        return Text("无", "none")
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, int | float):
        return same(number(value))
    if isinstance(value, Text):
        return Text(f"“{value.zh}”", f"“{value.en}”")
    if isinstance(value, tuple):
        return listed([said(v) for v in value], "、", ", ")
    return same(str(value))


def number(value: float) -> str:
    """Write a number without noise."""
    return f"{value:.10g}"


def _span(value: Any) -> Text:
    if value is None:
        return Text("不限", "no limits")
    low, high = value
    if low is None and high is None:
        return Text("不限", "no limits")
    if low is None or high is None:
        sign, end = ("≥", low) if high is None else ("≤", high)
        return same(f"{sign} {number(end)}")
    return same(f"{number(low)} – {number(high)}")


def _allowed(value: bool | str) -> Text:
    if isinstance(value, str):
        return Text(f"仅当 {value}", f"where {value}")
    return Text("可以", "allowed") if value else Text("不可", "not allowed")


def _funding(value: str | None) -> Text:
    known = {"hold": Text("暂缓", "on hold"), "refuse": Text("不予资助", "refused")}
    return known[value] if value is not None else Text("不影响", "not affected")


def _condition(value: str | None) -> Text:
    return Text("总是", "always") if value is None else same(value)


def _measured(value: Measured | None) -> Text:
    """Say which measure gives a value."""
    if value is None:
        return Text("填报", "as stated")
    measure = MEASURES[value.measure]
    parts = [measure.title]
    if value.named:
        parts.append(same(", ".join(value.named)))
    if value.bound != "conservative":
        parts.append(same(value.bound))
    if value.at_least:
        parts.append(Text(f"至少 {value.at_least} 批", f"at least {value.at_least} batches"))
    if value.stated == "nothing":
        parts.append(Text("填报值不计", "a stated value counts for nothing"))
    return listed(parts, "，", ", ")


def _characteristic(value: Characteristic) -> Text:
    parts = [named(value)]
    for sign, limit in (("≥", value.lower), ("≤", value.upper), ("→", value.target)):
        if limit is not None:
            parts.append(same(f"{sign} {number(limit)}"))
    if value.unit:
        parts.append(value.unit)
    if value.role != "quality":
        parts.append(same(value.role))
    return listed(parts, " ", " ")


def _characteristics(value: tuple[Characteristic, ...]) -> Text:
    return listed(map(_characteristic, value)) if value else Text("无", "none")


def _ranges(value: tuple[WeightRange, ...]) -> Text:
    found = (same(f"{r.id} {number(r.share[0])} – {number(r.share[1])}") for r in value)
    return listed(found) if value else Text("无", "none")


def listed(texts: Iterable[Text], zh: str = "；", en: str = "; ") -> Text:
    """Join texts as a list is joined in each language."""
    texts = list(texts)
    return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))


def named(thing: Any) -> Text:
    """Name a thing by its title and id."""
    name, title = thing.id, thing.title
    if isinstance(thing, Grade | EvidenceGrade):
        return Text(f"{name} {title.zh}", f"{name} {title.en}")
    return Text(f"{title.zh} ({name})", f"{title.en} ({name})")


def of(subject: Text | None, said: Text) -> Text:
    """Say something of a subject."""
    if subject is None:
        return said
    return Text(f"{subject.zh}：{said.zh}", f"{subject.en}: {said.en}")


def from_to(label: Text, old: Text, new: Text) -> Text:
    """Say what a thing was and what it is now."""
    return Text(f"{label.zh} {old.zh} → {new.zh}", f"{label.en} {old.en} → {new.en}")


def essence(thing: Any) -> Text | None:
    """Say what matters of a thing that went or came; None where its name says it all."""
    if isinstance(thing, Gate):
        return listed([Text(f"当 {thing.when}", f"where {thing.when}"), *_effects(thing)])
    if isinstance(thing, Grade):
        asked = [
            *([("index", thing.index)] if thing.index else []),
            *([("every_dimension", thing.every_dimension)] if thing.every_dimension else []),
            *thing.dimensions.items(),
            *thing.levels.items(),
        ]
        return listed([same(f"{k} ≥ {number(v)}") for k, v in asked]) if asked else None
    if isinstance(thing, EvidenceGrade):
        return Text(f"得分上限 {number(thing.cap)}", f"cap {number(thing.cap)}")
    if isinstance(thing, Category) and thing.value is not None:
        return Text(f"{number(thing.value)} 分", number(thing.value))
    if isinstance(thing, Method):
        return same(f"{thing.method}, {thing.uses}, {thing.scaling}")
    if isinstance(thing, Profile):
        return same(", ".join(f"{k} {number(v)}" for k, v in thing.weights.items()))
    return same(thing.type) if isinstance(thing, Fact) else None


def _effects(gate: Gate) -> Iterator[Text]:
    if gate.no_grade:
        yield Text("不评级", "no grade")
    if gate.cap:
        yield Text(f"最高 {gate.cap} 级", f"grade {gate.cap} at most")
    if gate.funding:
        yield Text(f"资助{_funding(gate.funding).zh}", f"funding {_funding(gate.funding).en}")


def function(indicator: Indicator) -> Text:
    """Write a value function: 24→20; 72→50."""
    if indicator.table is not None:
        return listed(
            Text(f"{c.title.zh}→{number(c.value or 0)}", f"{c.title.en}→{number(c.value or 0)}")
            for c in indicator.table
        )
    return listed(same(f"{number(x)}→{number(y)}") for x, y in indicator.anchors)


def steps(old: Indicator, new: Indicator) -> Text:
    """Say which anchors of a value function went, came or moved."""
    was, now = dict(old.anchors), dict(new.anchors)
    parts = []
    for x in sorted({*was, *now}):
        at = number(x)
        if x not in now:
            parts.append(Text(f"去掉 {at}→{number(was[x])}", f"without {at}→{number(was[x])}"))
        elif x not in was:
            parts.append(Text(f"新增 {at}→{number(now[x])}", f"new {at}→{number(now[x])}"))
        elif was[x] != now[x]:
            step = f"{number(was[x])} → {number(now[x])}"
            parts.append(Text(f"{at} 处 {step}", f"at {at}: {step}"))
    return listed(parts, "，", "; ")


def largest_step(old: Indicator, new: Indicator) -> Text:
    """Say where two value functions on the same axis are furthest apart: at an anchor of either."""
    xs = np.array(sorted({x for i in (old, new) for x, _ in i.anchors}))

    def scores(indicator: Indicator) -> Any:
        at, y = np.array(indicator.anchors, dtype=float).T
        if indicator.axis == "log":
            return np.interp(np.log(xs), np.log(at), y)
        return np.interp(xs, at, y)

    steps = scores(new) - scores(old)
    k = int(np.argmax(np.abs(steps)))
    unit = new.unit or same("")
    step, at = f"{steps[k]:+.4g}", number(float(xs[k]))
    where = Text(f"{at} {unit.zh}".strip(), f"{at} {unit.en}".strip())
    return Text(
        f"得分至多变化 {step}（{where.zh} 处）",
        f"the score moves by {step} at most (at {where.en})",
    )


def weight_of(name: str) -> Text:
    """Say whose weight it is."""
    return Text(f"{name} 的权重", f"weight of {name}")


# The fields, as they are called and what they can change.

_TITLE = Field(Text("名称", "title"), "texts", said)
_SOURCE = Field(Text("依据", "basis"), "texts", said)
_ADVICE = Field(Text("建议", "advice"), "texts", said)
_WEIGHTS_SUM = Field(Text("权重之和", "sum of weights"), "texts", said)
SET = {
    "id": Field(Text("编号", "id"), "texts", said),
    "version": Field(Text("版本", "version"), "texts", said),
    "title": _TITLE,
    "description": Field(Text("说明", "description"), "texts", said),
    "source": _SOURCE,
    "licence": Field(Text("许可", "licence"), "texts", said),
    "policy": Field(Text("默认政策", "default policy"), "rules", said),
    "weights_sum": _WEIGHTS_SUM,
    "order": Field(Text("排名依据", "order of the ranking"), "rules", said),
}
AGGREGATION = {
    "method": Field(Text("综合方式", "aggregation"), "rules", said),
    "exponent": Field(
        Text("维度间幂平均的指数", "exponent of the mean across dimensions"), "rules", said
    ),
}
MISSING = {
    "not_applicable_share": Field(
        Text("维度内不适用的权重上限", "share of a dimension that may be N/A"), "rules", said
    ),
}
MEASURING = {
    "characteristics": Field(Text("批次特性", "characteristics"), "rules", _characteristics),
    "scales": Field(Text("所评规模", "scales that are judged"), "rules", said),
    "confidence": Field(Text("置信水平", "confidence"), "rules", said),
    "rules": Field(Text("控制图判异规则", "run rules"), "rules", said),
    "longest_pause": Field(
        Text("不中断连续运行的最长停顿", "longest pause of an uninterrupted run"), "rules", said
    ),
    "margin": Field(Text("等效界限", "margin of equivalence"), "rules", _span),
    "normality": Field(Text("正态性检验水平", "level of the test of normality"), "rules", said),
    "discarded_without_reason": Field(
        Text("无理由弃用的批次", "batches discarded without a reason"), "rules", said
    ),
    "discarded_with_reason": Field(
        Text("有理由弃用的批次", "batches discarded with a reason"), "rules", said
    ),
    "evidence": Field(Text("原始数据的证据等级", "evidence grade of raw data"), "rules", said),
}
ROBUSTNESS = {
    "weights": Field(Text("权重的取法", "how weights are drawn"), "texts", said),
    "spread": Field(Text("权重的离散", "spread of weights"), "texts", said),
    "ranges": Field(Text("权重范围", "ranges of weights"), "texts", _ranges),
    "measurement": Field(Text("计入测量不确定度", "measurement drawn"), "texts", said),
    "missing": Field(Text("缺失证据的取法", "how missing evidence is drawn"), "texts", said),
    "exponent": Field(Text("汇总指数范围", "range of the exponent"), "texts", _span),
    "value_functions": Field(Text("价值函数的弯曲", "bend of value functions"), "texts", said),
}
DIMENSION = {
    "lowest_share": Field(Text("最低指标的比重", "share of the lowest indicator"), "rules", said),
    "title": _TITLE,
    "short": Field(Text("短名称", "short title"), "texts", said),
    "weights_sum": _WEIGHTS_SUM,
}
QUANTITY = {
    "unit": Field(Text("单位", "unit"), "rules", said),
    "scale": Field(Text("级别范围", "scale"), "rules", _span),
    "range": Field(Text("取值范围", "range"), "rules", _span),
    "title": _TITLE,
    "source": _SOURCE,
}
INDICATOR = {
    "type": Field(Text("类型", "type"), "rules", said),
    "axis": Field(Text("坐标", "axis"), "rules", said),
    "direction": Field(Text("方向", "direction"), "rules", said),
    "required": Field(Text("必填", "required"), "rules", said),
    "applies_when": Field(Text("适用条件", "applies"), "rules", _condition),
    "measured": Field(Text("取值", "value"), "rules", _measured),
    "not_applicable": Field(Text("不适用", "not applicable"), "rules", _allowed),
    "several": Field(Text("可分多项填写", "several values"), "rules", said),
    "evidence": Field(Text("所需证据", "evidence wanted"), "texts", said),
    "advice": _ADVICE,
    "effort": Field(Text("提升难度", "effort"), "texts", said),
}
FACT = {"type": Field(Text("类型", "type"), "rules", said)}
CATEGORY = {"title": _TITLE}
EVIDENCE = {
    "default": Field(
        Text("未写证据时的等级", "grade of evidence where none is stated"), "rules", said
    ),
    "threshold": Field(Text("证据达标的等级", "grade from which evidence counts"), "rules", said),
}
EVIDENCE_GRADE = {
    "cap": Field(Text("得分上限", "cap"), "rules", said),
    "cap_required": Field(Text("必填指标的得分上限", "cap where required"), "rules", said),
    "title": _TITLE,
}
GATE = {
    "when": Field(Text("条件", "condition"), "rules", said),
    "cap": Field(Text("最高等级", "best grade"), "rules", said),
    "no_grade": Field(Text("不评级", "no grade"), "rules", said),
    "funding": Field(Text("资助", "funding"), "rules", _funding),
    "title": _TITLE,
    "advice": _ADVICE,
    "source": _SOURCE,
}
GRADE = {
    "index": Field(Text("指数要求", "index"), "rules", said),
    "every_dimension": Field(Text("各维度下限", "floor of every dimension"), "rules", said),
    "title": _TITLE,
    "meaning": Field(Text("含义", "meaning"), "texts", said),
}
PROFILE = {
    "title": _TITLE,
    "when": Field(Text("适用条件", "meant for"), "texts", _condition),
    "source": _SOURCE,
}
METHOD = {
    "method": Field(Text("方法", "method"), "rules", said),
    "uses": Field(Text("所用数值", "values"), "rules", said),
    "scaling": Field(Text("归一化", "scaling"), "rules", said),
    "offset": Field(Text("平移量", "offset"), "rules", said),
    "title": _TITLE,
    "source": _SOURCE,
}
