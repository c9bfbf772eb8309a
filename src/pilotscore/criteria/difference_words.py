"""How the differences between criteria sets are worded, and what each field of a set can change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.categories import Category, FormerWord
from pilotscore.criteria.deriving import DERIVATIONS, Derived
from pilotscore.criteria.measuring import MEASURES, Characteristic, Measured
from pilotscore.criteria.model import (
    EvidenceGrade,
    Fact,
    Gate,
    Grade,
    Indicator,
    Method,
    Profile,
)
from pilotscore.criteria.robustness import WeightRange
from pilotscore.language import (
    BLANK,
    COMMA,
    LISTED,
    NOTHING,
    Text,
    Words,
    after,
    join,
    number,
    same,
)
from pilotscore.records import dataclass

# What a change can alter: a score, gate, grade or rank; what headers mean; or neither.
Effect = Literal["rules", "names", "texts"]


@dataclass(frozen=True, slots=True)
class ComparedField:
    """What a field of a criteria file is called, what it can change, and how its value is said."""

    label: Text
    effect: Effect
    say: Callable[[Any], Words]


# How a value is said.

_NONE, _NO_LIMITS = Text("无", "none"), Text("不限", "no limits")
_FROM_TO = same("{label} {old} → {new}")
_FUNDING = {
    "hold": Text("暂缓", "on hold"),
    "refuse": Text("不予资助", "refused"),
    None: Text("不影响", "not affected"),
}


def said(value: Any) -> Words:
    """Say a plain value."""
    if value is None:
        return _NONE
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, int | float):
        return same(number(value))
    if isinstance(value, Text):
        return same("“{text}”").of(text=value)
    if isinstance(value, tuple):
        return join(map(said, value), LISTED)
    return same(str(value))


def _span(value: Any) -> Words:
    match value or (None, None):
        case (None, None):
            return _NO_LIMITS
        case (low, None):
            return same(f"≥ {number(low)}")
        case (None, high):
            return same(f"≤ {number(high)}")
    low, high = value
    return same(f"{number(low)} – {number(high)}")


def _allowed(value: bool | str) -> Words:
    if isinstance(value, str):
        return Text("仅当 {condition}", "where {condition}").of(condition=value)
    return Text("可以", "allowed") if value else Text("不可", "not allowed")


def _funding(value: str | None) -> Words:
    return _FUNDING[value]


def _condition(value: str | None) -> Words:
    return Text("总是", "always") if value is None else same(value)


def _former_words(words: tuple[FormerWord, ...]) -> Words:
    """Say which words of earlier versions are read, and as what."""
    return join(same(f"{w.id} = {', '.join(w.values.values())}") for w in words) or _NONE


def _measured(value: Measured | None) -> Words:
    """Say which measure gives a value."""
    if value is None:
        return Text("填报", "as stated")
    parts: list[Words | str] = [MEASURES[value.measure].title, ", ".join(value.named)]
    if value.bound != "conservative":
        parts.append(value.bound)
    if value.at_least:
        parts.append(Text("至少 {n} 批", "at least {n} batches").of(n=value.at_least))
    if value.stated == "nothing":
        parts.append(Text("填报值不计", "a stated value counts for nothing"))
    return join(parts, COMMA)


def _derived(value: Derived | None) -> Words:
    """Say what of the sheets of rights gives a value."""
    if value is None:
        return Text("填报", "as stated")
    renamed = (f"{name} = {own}" for name, own in value.categories.items())
    return join((DERIVATIONS[value.what].title, *renamed), COMMA)


def _characteristic(value: Characteristic) -> Words:
    limits = (("≥", value.lower), ("≤", value.upper), ("→", value.target))
    shown = [f"{sign} {number(limit)}" for sign, limit in limits if limit is not None]
    role = "" if value.role == "quality" else value.role
    key = Text("关键", "key") if value.key else NOTHING
    return join((named(value), *shown, value.unit or NOTHING, role, key), BLANK)


def _characteristics(value: tuple[Characteristic, ...]) -> Words:
    return join(map(_characteristic, value)) if value else _NONE


def _by_group(value: Mapping[str, float]) -> Words:
    return join(f"{g} {number(n)}" for g, n in sorted(value.items())) if value else _NONE


def _ranges(value: tuple[WeightRange, ...]) -> Words:
    ranges = (f"{r.id} {number(r.share[0])} – {number(r.share[1])}" for r in value)
    return join(ranges) if value else _NONE


def named(thing: Any) -> Words:
    """Name a thing by its title and id."""
    graded = isinstance(thing, Grade | EvidenceGrade)
    template = same("{name} {title}" if graded else "{title} ({name})")
    return template.of(name=thing.id, title=thing.title)


def of(subject: Words | None, words: Words) -> Words:
    """Say something of a subject."""
    return words if subject is None else after(subject, words)


def from_to(label: Words, old: Words, new: Words) -> Words:
    """Say what a thing was and what it is now."""
    return _FROM_TO.of(label=label, old=old, new=new)


def whole(thing: Any) -> Words:
    """Say a thing that went or came, with what matters of it."""
    matters = _essence(thing)
    return named(thing) if matters is None else after(named(thing), matters)


def _essence(thing: Any) -> Words | None:
    """Say what matters of a thing; None where its name says it all."""
    match thing:
        case Gate():
            when = Text("当 {when}", "where {when}").of(when=thing.when)
            return join([when, *_effects(thing)])
        case Grade():
            return _floors(thing)
        case EvidenceGrade():
            return Text("得分上限 {cap}", "cap {cap}").of(cap=number(thing.cap))
        case Category() if thing.range is not None:
            return Text("{range} 分", "{range}").of(range=_span(thing.range))
        case Category() if thing.value is not None:
            return Text("{value} 分", "{value}").of(value=number(thing.value))
        case Method():
            return same(f"{thing.method}, {thing.uses}, {thing.scaling}")
        case Profile():
            return same(", ".join(f"{k} {number(v)}" for k, v in thing.weights.items()))
        case Fact():
            return same(thing.type)
    return None


def _floors(grade: Grade) -> Words | None:
    floors = {"index": grade.index, "every_dimension": grade.every_dimension or 0.0}
    parts = [f"{k} ≥ {number(v)}" for k, v in floors.items() if v]
    parts += [f"{k} ≥ {number(v)}" for k, v in (*grade.dimensions.items(), *grade.levels.items())]
    return join(parts) if parts else None


def _effects(gate: Gate) -> Iterator[Words]:
    if gate.no_grade:
        yield Text("不评级", "no grade")
    if gate.cap:
        yield Text("最高 {cap} 级", "grade {cap} at most").of(cap=gate.cap)
    if gate.funding:
        yield Text("资助{effect}", "funding {effect}").of(effect=_FUNDING[gate.funding])


def function(indicator: Indicator) -> Words:
    """Write a value function: 24→20; 72→50."""
    if not indicator.categories:
        return join(f"{number(x)}→{number(y)}" for x, y in indicator.anchors)
    point = same("{title}→{score}")
    return join(point.of(title=c.title, score=number(c.value or 0)) for c in indicator.categories)


def steps(old: Indicator, new: Indicator) -> Words:
    """Say which anchors of a value function went, came or moved."""
    was, now = dict(old.anchors), dict(new.anchors)
    parts: list[Words] = []
    for x in sorted({*was, *now}):
        before, later = (number(f[x]) if x in f else None for f in (was, now))
        if before == later and was.get(x) == now.get(x):
            continue
        if later is None:
            text = Text("去掉 {x}→{before}", "without {x}→{before}")
        elif before is None:
            text = Text("新增 {x}→{later}", "new {x}→{later}")
        else:
            text = Text("{x} 处 {before} → {later}", "at {x}: {before} → {later}")
        parts.append(text.of(x=number(x), before=before, later=later))
    return join(parts, Text("，", "; "))


def largest_step(old: Indicator, new: Indicator) -> Words:
    """Say where two value functions on the same axis are furthest apart: at an anchor of either."""
    xs = np.array(sorted({x for i in (old, new) for x, _ in i.anchors}))

    def scores(indicator: Indicator) -> Floats:
        at, y = np.array(indicator.anchors, dtype=float).T
        log = indicator.axis == "log"
        score: Floats = np.interp(np.log(xs), np.log(at), y) if log else np.interp(xs, at, y)
        return score

    apart = scores(new) - scores(old)
    k = int(np.argmax(np.abs(apart)))
    where = join((number(float(xs[k])), new.unit or NOTHING), BLANK)
    return Text(
        "得分至多变化 {step}（{where} 处）", "the score moves by {step} at most (at {where})"
    ).of(step=f"{apart[k]:+.4g}", where=where)


def weight_of(name: str) -> Words:
    """Say whose weight it is."""
    return Text("{name} 的权重", "weight of {name}").of(name=name)


def threshold_of(name: str) -> Words:
    """Say whose thresholds they are."""
    return Text("{name} 的阈值", "thresholds of {name}").of(name=name)


# The fields, as they are called and what they can change.


def _rules(zh: str, en: str, say: Callable[[Any], Words] = said) -> ComparedField:
    return ComparedField(Text(zh, en), "rules", say)


def _texts(zh: str, en: str, say: Callable[[Any], Words] = said) -> ComparedField:
    return ComparedField(Text(zh, en), "texts", say)


_TITLE = _texts("名称", "title")
_SOURCE = _texts("依据", "basis")
_ADVICE = _texts("建议", "advice")
_WEIGHTS_SUM = _texts("权重之和", "sum of weights")
SET = {
    "id": _texts("编号", "id"),
    "version": _texts("版本", "version"),
    "title": _TITLE,
    "description": _texts("说明", "description"),
    "source": _SOURCE,
    "licence": _texts("许可", "licence"),
    "policy": _rules("默认政策", "default policy"),
    "weights_sum": _WEIGHTS_SUM,
    "order": _rules("排名依据", "order of the ranking"),
}
AGGREGATION = {
    "method": _rules("综合方式", "aggregation"),
    "exponent": _rules("维度间幂平均的指数", "exponent of the mean across dimensions"),
}
MISSING = {
    "not_applicable_share": _rules(
        "维度内不适用的权重上限", "share of a dimension that may be N/A"
    ),
}
MEASURING = {
    "characteristics": _rules("批次特性", "characteristics", _characteristics),
    "scales": _rules("所评规模", "scales that are judged"),
    "confidence": _rules("置信水平", "confidence"),
    "rules": _rules("控制图判异规则", "run rules"),
    "longest_pause": _rules("不中断连续运行的最长停顿", "longest pause of an uninterrupted run"),
    "margin": _rules("等效界限", "margin of equivalence", _span),
    "normality": _rules("正态性检验水平", "level of the test of normality"),
    "shelf_life_variance": _rules("货架期所用方差", "variance of the shelf life"),
    "discarded_without_reason": _rules("无理由弃用的批次", "batches discarded without a reason"),
    "discarded_with_reason": _rules("有理由弃用的批次", "batches discarded with a reason"),
    "discarded_in_runs": _rules("打断连续合格的弃用批次", "discarded batches that end a run"),
    "evidence": _rules("原始数据的证据等级", "evidence grade of raw data"),
}
PANEL = {
    "how": _rules("专家分数的汇总", "how scores of a panel become one value"),
    "drop": _rules("去掉的最高最低分个数", "highest and lowest scores left out"),
    "drop_from": _rules("从几个分数起去掉", "scores from which some are left out"),
    "trim": _rules("两端截去的比例", "share of scores trimmed at each end"),
    "groups": _rules("专家组别的权重", "shares of groups of experts", _by_group),
    "least": _rules("至少几个分数", "scores that a result needs"),
    "least_by_group": _rules("每组至少几个分数", "scores needed of each group", _by_group),
    "correction": _rules("专家宽严的修正", "correction for experts"),
    "stages": _rules("两轮评审如何合并", "how two stages are put together"),
    "scale": _rules("评分范围", "scale of scores", _span),
    "discuss_above": _rules("列入讨论的分差", "span of scores that goes to discussion"),
}
UNCERTAINTY = {
    "plus_minus": _texts("± 所表示的标准不确定度倍数", "standard uncertainties that ± stands for"),
    "limits": _texts(
        "区间两端的标准不确定度倍数", "standard uncertainties to the ends of an interval"
    ),
}
RIGHTS = {
    "evidence": _rules("有日期材料证明的推得值的证据等级", "evidence grade of derived values"),
}
ROBUSTNESS = {
    "weights": _texts("权重的取法", "how weights are drawn"),
    "spread": _texts("权重的离散", "spread of weights"),
    "ranges": _texts("权重范围", "ranges of weights", _ranges),
    "measurement": _texts("计入测量不确定度", "measurement drawn"),
    "missing": _texts("缺失证据的取法", "how missing evidence is drawn"),
    "exponent": _texts("汇总指数范围", "range of the exponent", _span),
    "value_functions": _texts("价值函数的弯曲", "bend of value functions"),
}
SUB_INDEX = {
    "weight": _rules("权重", "weight"),
    "dimensions": _rules("所含维度", "dimensions", lambda names: same(", ".join(names))),
    "title": _TITLE,
    "short": _texts("短名称", "short title"),
    "weights_sum": _WEIGHTS_SUM,
}
DIMENSION = {
    "lowest_share": _rules("最低指标的比重", "share of the lowest indicator"),
    "title": _TITLE,
    "short": _texts("短名称", "short title"),
    "weights_sum": _WEIGHTS_SUM,
}
QUANTITY = {
    "unit": _rules("单位", "unit"),
    "scale": _rules("级别范围", "scale", _span),
    "range": _rules("取值范围", "range", _span),
    "title": _TITLE,
    "source": _SOURCE,
}
INDICATOR = {
    "type": _rules("类型", "type"),
    "axis": _rules("坐标", "axis"),
    "direction": _rules("方向", "direction"),
    "required": _rules("必填", "required"),
    "applies_when": _rules("适用条件", "applies", _condition),
    "measured": _rules("取值", "value", _measured),
    "derived": _rules("由权属表推得", "derived from the sheets of rights", _derived),
    "not_applicable": _rules("不适用", "not applicable", _allowed),
    "several": _rules("可分多项填写", "several values"),
    "evidence": _texts("所需证据", "evidence wanted"),
    "advice": _ADVICE,
    "effort": _texts("提升难度", "effort"),
}
FACT = {
    "type": _rules("类型", "type"),
    "formerly": _rules("以前的说法", "former words", _former_words),
}
CATEGORY = {
    "range": _rules("分值范围", "range of points", _span),
    "title": _TITLE,
    "wording": _texts("措辞", "wording"),
}
EVIDENCE = {
    "default": _rules("未写证据时的等级", "grade of evidence where none is stated"),
    "threshold": _rules("证据达标的等级", "grade from which evidence counts"),
}
EVIDENCE_GRADE = {
    "cap": _rules("得分上限", "cap"),
    "cap_required": _rules("必填指标的得分上限", "cap where required"),
    "title": _TITLE,
}
GATE = {
    "when": _rules("条件", "condition"),
    "cap": _rules("最高等级", "best grade"),
    "no_grade": _rules("不评级", "no grade"),
    "funding": _rules("资助", "funding", _funding),
    "title": _TITLE,
    "advice": _ADVICE,
    "source": _SOURCE,
}
GRADE = {
    "index": _rules("指数要求", "index"),
    "every_dimension": _rules("各维度下限", "floor of every dimension"),
    "title": _TITLE,
    "meaning": _texts("含义", "meaning"),
}
PROFILE = {
    "title": _TITLE,
    "when": _texts("适用条件", "meant for", _condition),
    "source": _SOURCE,
}
METHOD = {
    "method": _rules("方法", "method"),
    "uses": _rules("所用数值", "values"),
    "scaling": _rules("归一化", "scaling"),
    "offset": _rules("平移量", "offset"),
    "title": _TITLE,
    "source": _SOURCE,
}
