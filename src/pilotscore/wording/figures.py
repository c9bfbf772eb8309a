"""How figures, values and recommendations are written, the same in every output."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from pilotscore.criteria import MEASURES, CriteriaSet, Gate, Grade, Indicator, Policy
from pilotscore.funding import Offer, Recommendation
from pilotscore.index import Assessment, Status, deciding_reasons
from pilotscore.language import Lang, Text, Words, join
from pilotscore.language import number as number  # also what the views write numbers by
from pilotscore.measures import Origin
from pilotscore.measures.measurements import Basis
from pilotscore.wording import words
from pilotscore.workbook import STATE_TITLES, State


def joined(texts: Iterable[Words], lang: Lang) -> str:
    """Join texts as a list is joined in that language."""
    return join(texts).to(lang)


def grade_id(assessment: Assessment, i: int) -> str:
    """Return the grade's id, or a dash where there is none."""
    place = int(assessment.grade[i])
    return assessment.criteria.grades[place].id if place >= 0 else "—"


def grade_title(assessment: Assessment, i: int) -> Text:
    """Return the grade's title, or the status where there is none."""
    place = int(assessment.grade[i])
    if place >= 0:
        return assessment.criteria.grades[place].title
    return words.STATUS_TITLES[Status(int(assessment.status[i]))]


def reason(assessment: Assessment, i: int, lang: Lang) -> str:
    """Say what decided the grade of a result, or why it has none."""
    found = joined([r.text for r in deciding_reasons(assessment, i)], lang)
    if assessment.status[i] == Status.NOT_ASSESSABLE:
        colon = "：" if lang == "zh" else ": "
        return words.STATUS_TITLES[Status.NOT_ASSESSABLE].to(lang) + colon + found
    return found


def rounded(value: Any) -> float | None:
    """Return a figure as files hold it: without the noise of arithmetic; None where there is none."""
    figure = float(value)
    return round(figure, 9) if math.isfinite(figure) else None


# Beside a value that was worked out from batch data.
MEASURED_MARK = " †"


def raw_value(assessment: Assessment, i: int, j: int, lang: Lang) -> str:
    """Write the raw value of an indicator with its unit, or its state where it has none."""
    m, indicator = assessment.measurements, assessment.criteria.indicators[j]
    state = State(int(assessment.missing.states[i, j]))
    written = m.written.get((i, indicator.id))
    if state is State.FAULTY and written:
        return f"?{written}"
    if state is State.NOT_APPLICABLE:
        cause = m.reasons.get((i, indicator.id), "")
        title = STATE_TITLES[state].to(lang)
        return f"{title}：{cause}" if lang == "zh" else f"{title}: {cause}"
    if state is not State.VALUE:
        return STATE_TITLES[state].to(lang)
    if m.origins[i, j] == Origin.MEASURED:
        return stated(indicator, float(short(float(m.values[i, j]))), lang) + MEASURED_MARK
    return stated(indicator, float(m.values[i, j]), lang)


def basis_text(basis: Basis, indicator: Indicator, lang: Lang) -> str:
    """Say what a value was worked out from: measure, characteristic, batches, bounds, which counts."""
    measure = MEASURES[basis.measure].title.to(lang)
    of = f" ({basis.characteristic.to(lang)})" if basis.characteristic else ""
    if basis.why is not None:
        return f"{measure}{of}{'：' if lang == 'zh' else ': '}{basis.why.to(lang)}"
    value, low, high, scored = (
        short(x) for x in (basis.estimate, basis.low, basis.high, basis.scored)
    )
    bounds = f" ({low} – {high})" if basis.low != basis.high else ""
    text = Text(
        f"{measure}{of}：由 {basis.count} 批计算 {value}{bounds}，按 {scored} 计",
        f"{measure}{of}: {value}{bounds} from {basis.count} batches; {scored} counts",
    ).to(lang)
    if basis.stated == basis.stated:
        said = stated(indicator, basis.stated, lang)
        text += Text(f"；填报 {said}", f"; stated {said}").to(lang)
    return text


def short(value: float) -> str:
    """Write a worked-out value with four figures."""
    return f"{value:.4g}"


def stated(indicator: Indicator, value: float, lang: Lang, *, wording: bool = False) -> str:
    """Write a raw value with its unit, or the title of its category; a level with its wording too."""
    if indicator.categories:
        return indicator.categories[int(value)].title.to(lang)
    if indicator.type == "yes_no":
        return (words.YES if value else words.NO).to(lang)
    if indicator.type == "percent":
        return f"{number(value)}%"
    unit = indicator.unit.to(lang) if indicator.unit else ""
    level = (indicator.wording or {}).get(int(value)) if indicator.type == "level" else None
    said = f" {level.to(lang)}" if wording and level else ""
    return f"{number(value)} {unit}".strip() + said


def evidence_id(assessment: Assessment, i: int, j: int) -> str:
    """Return the grade of evidence that an indicator counts with; in brackets where by default."""
    rules = assessment.criteria.evidence
    if rules is None or assessment.missing.states[i, j] != State.VALUE:
        return ""
    place = int(assessment.measurements.evidence[i, j])
    return rules.grades[place].id if place >= 0 else f"({rules.default})"


def offer(o: Offer, policy: Policy, lang: Lang) -> str:
    """Write an instrument with its range: 后补助 100–300 万元."""
    title = o.instrument.title.to(lang)
    if o.high is None or o.low is None:
        return title
    unit = policy.unit.to(lang) if policy.unit else ""
    span = number(o.low) if o.low == o.high else f"{number(o.low)}–{number(o.high)}"
    return f"{title} {span} {unit}".strip()


def funding(recommendation: Recommendation, policy: Policy, lang: Lang) -> str:
    """Write the instruments open to a result, or that none is; '' where the policy has none."""
    shown = [offer(o, policy, lang) for o in recommendation.open_offers]
    if shown:
        return ("；" if lang == "zh" else "; ").join(shown)
    funds = any(consequence.instruments for consequence in policy.grades.values())
    return words.NO_MONEY.to(lang) if funds else ""


def closed_offers(recommendation: Recommendation, lang: Lang) -> list[str]:
    """Write the instruments of the grade that are not open to this result, and why."""
    colon = "：" if lang == "zh" else ": "
    return [
        f"{o.instrument.title.to(lang)}{colon}{o.closed.to(lang)}"
        for o in recommendation.offers
        if o.closed is not None
    ]


def value_function(indicator: Indicator, lang: Lang) -> str:
    """Write the value function: 24→20; 72→50, or a score for each category."""
    if indicator.categories:
        pairs = [(c.title.to(lang), c.value or 0.0) for c in indicator.categories]
    elif indicator.type == "yes_no":
        names = {0.0: words.NO.to(lang), 1.0: words.YES.to(lang)}
        pairs = [(names.get(x, number(x)), y) for x, y in indicator.anchors]
    else:
        pairs = [(number(x), y) for x, y in indicator.anchors]
    shown = "; ".join(f"{x}→{number(y)}" for x, y in pairs)
    notes = [*(["log"] if indicator.axis == "log" else [])]
    if indicator.several:
        notes.append(Text("多项关键技术取最不利", "of several technologies the worst").to(lang))
    if indicator.applies_when:
        notes.append(
            Text(f"仅当 {indicator.applies_when}", f"only where {indicator.applies_when}").to(lang)
        )
    return shown + "".join(f" ({note})" for note in notes)


def gate_effect(gate: Gate, lang: Lang) -> str:
    """Say what a closed gate does."""
    effects = []
    if gate.no_grade:
        effects.append(Text("不评级", "no grade"))
    if gate.cap:
        effects.append(Text(f"最高 {gate.cap} 级", f"grade {gate.cap} at most"))
    if gate.funding == "refuse":
        effects.append(Text("不予资助", "no funding"))
    if gate.funding == "hold":
        effects.append(Text("资助暂缓", "funding on hold"))
    return joined(effects, lang)


def grade_conditions(grade: Grade, criteria: CriteriaSet, lang: Lang) -> str:
    """Say what a grade asks for."""
    parts = []
    if grade.index:
        parts.append(Text(f"指数 ≥ {grade.index:g}", f"index ≥ {grade.index:g}"))
    if grade.every_dimension:
        floor = grade.every_dimension
        parts.append(Text(f"各维度 ≥ {floor:g}", f"every dimension ≥ {floor:g}"))
    titles = {d.id: d.title for d in criteria.dimensions}
    for name, floor in grade.dimensions.items():
        parts.append(Text(f"{titles[name].zh} ≥ {floor:g}", f"{titles[name].en} ≥ {floor:g}"))
    for name, level in grade.levels.items():
        indicator = criteria.indicators[criteria.indicator_position[name]]
        sign = "≤" if indicator.direction == "min" else "≥"
        title = indicator.title
        parts.append(Text(f"{title.zh} {sign} {level:g}", f"{title.en} {sign} {level:g}"))
    return joined(parts, lang)


def aggregation(criteria: CriteriaSet) -> Text:
    """Name the mean across dimensions, or the rule of points."""
    if criteria.aggregation.method == "points":
        return Text(
            "积分制：各部分积分累加，到上限为止，指数为各部分之和",
            "points: each part adds up to its cap, and the index is the sum of the parts",
        )
    p = criteria.aggregation.exponent
    if p == 1:
        return Text(
            "维度内、维度间均为加权算术平均",
            "weighted arithmetic mean, within and across dimensions",
        )
    name = {0.0: Text("加权几何平均", "weighted geometric mean")}.get(
        p, Text(f"指数为 {p:g} 的加权幂平均", f"weighted power mean of exponent {p:g}")
    )
    return Text(
        f"维度内加权算术平均，维度间{name.zh}",
        f"weighted arithmetic mean within, {name.en} across dimensions",
    )
