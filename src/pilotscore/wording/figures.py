"""How figures, values and recommendations are written, the same in every output."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from pilotscore.criteria import MEASURES, CriteriaSet, Gate, Grade, Indicator, Policy
from pilotscore.criteria.categories import band_of
from pilotscore.funding import Offer, Recommendation
from pilotscore.index import Assessment, Status, counted_evidence, reasons_of
from pilotscore.language import BLANK, NOTHING, Text, Words, after, amounts, join, same
from pilotscore.language import number as number  # also what the views write numbers by
from pilotscore.measures import Origin
from pilotscore.measures.measurements import Z95, Basis
from pilotscore.wording import words
from pilotscore.wording.conditions import in_words
from pilotscore.workbook import STATE_TITLES, State
from pilotscore.workbook.values.bounds import band_with_range

# Beside a value that was worked out from batch data.
MEASURED_MARK = " †"
# Beside a value that a panel of experts gave.
JUDGED_MARK = " §"
# Beside a value that was derived from sheets of rights.
DERIVED_MARK = " ¶"
# Beside a value or grade that a mapping file gives.
GIVEN_MARK = " ‡"
_PLAIN_LIST = same("; ")
_NOT_ASSESSABLE = int(Status.NOT_ASSESSABLE)


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


def grade(assessment: Assessment, i: int) -> Words:
    """Return the grade's id and title, or the status where there is none."""
    title = grade_title(assessment, i)
    return join((grade_id(assessment, i), title), BLANK) if assessment.grade[i] >= 0 else title


def reason(assessment: Assessment, i: int) -> Words | None:
    """Say what decided the grade of a result, or why it has none; None where nothing did."""
    return reasons(assessment, (i,))[0]


def reasons(assessment: Assessment, places: Sequence[int]) -> list[Words | None]:
    """Say of each of some results what decided its grade, as :func:`reason` does."""
    said: list[Words | None] = []
    for i, decided in zip(places, reasons_of(assessment, places), strict=True):
        texts = join(r.text for r in decided)
        if assessment.status[i] == _NOT_ASSESSABLE:
            said.append(after(words.STATUS_TITLES[Status.NOT_ASSESSABLE], texts))
        else:
            said.append(texts if decided else None)
    return said


def rounded(value: Any, digits: int = 9) -> float | None:
    """Return a figure as files hold it, without the noise of arithmetic; None for none."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits)


def p_value(p: float) -> str:
    """Write a p-value: one that is less than 0.001 is called that, never 0.000."""
    return f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"


def some_percent(share: float) -> str:
    """Write a share that is more than nothing in whole percent, never as 0%."""
    return f"{share:.0%}" if share >= 0.005 else "<1%"


def short(value: float) -> str:
    """Write a worked-out value with four figures."""
    return f"{value:.4g}"


def score(value: float, digits: int = 1) -> str:
    """Write a score; a dash where there is none."""
    return "—" if value != value else f"{value:.{digits}f}"


def index(assessment: Assessment, i: int) -> str:
    """Write the index of a result; a dash where it has none."""
    return score(float(assessment.index[i])) if assessment.has_index(i) else "—"


def raw_value(assessment: Assessment, i: int, j: int) -> Words:
    """Write the raw value of an indicator with its unit, or its state where it has none."""
    m, indicator = assessment.measurements, assessment.criteria.indicators[j]
    state = State(int(assessment.missing.states[i, j]))
    written = m.written.get((i, indicator.id))
    if state is State.FAULTY and written:
        return same("?{written}").of(written=written)
    if state is State.NOT_APPLICABLE:
        cause = m.reasons.get((i, indicator.id), "")
        return _BECAUSE.of(state=STATE_TITLES[state], cause=cause)
    if state is not State.VALUE:
        return STATE_TITLES[state]
    value = float(m.values[i, j])
    if m.origins[i, j] == Origin.MEASURED:
        return join((stated(indicator, float(short(value))), MEASURED_MARK), NOTHING)
    said = stated(indicator, value)
    if m.origins[i, j] == Origin.DERIVED:
        return join((said, DERIVED_MARK), NOTHING)
    if m.given_value(i, indicator.id) is not None:
        said = join((said, GIVEN_MARK), NOTHING)
    if m.origins[i, j] == Origin.PANEL:
        said = join((said, JUDGED_MARK), NOTHING)
    below, above = value - float(m.low[i, j]), float(m.high[i, j]) - value
    if not max(below, above) > 0:
        return said
    u = join(dict.fromkeys(short(x / Z95) for x in (below, above)), same("/"))
    return join((said, same("(u {u})").of(u=u)), BLANK)


_BECAUSE = Text("{state}：{cause}", "{state}: {cause}")


def basis_text(basis: Basis, indicator: Indicator) -> Words:
    """Say what a value was worked out from: measure, characteristic, batches, bound."""
    measure: Words = MEASURES[basis.measure].title
    if basis.characteristic:
        measure = same("{measure} ({of})").of(measure=measure, of=basis.characteristic)
    if basis.why is not None:
        return after(measure, basis.why)
    value, low, high, scored = (
        short(x) for x in (basis.estimate, basis.low, basis.high, basis.scored)
    )
    bounds = f" ({low} – {high})" if basis.low != basis.high else ""
    said = [
        Text(
            "{measure}：由 {count} 批计算 {value}{bounds}，按 {scored} 计",
            "{measure}: {value}{bounds} from {count} batches; {scored} counts",
        ).of(measure=measure, count=basis.count, value=value, bounds=bounds, scored=scored)
    ]
    if basis.stated == basis.stated:
        said.append(Text("填报 {said}", "stated {said}").of(said=stated(indicator, basis.stated)))
    return join(said)


def stated(indicator: Indicator, value: float, *, wording: bool = False) -> Words:
    """Write a raw value with its unit, or its category's title; a level with its wording too."""
    if indicator.categories:
        return indicator.categories[int(value)].title
    if indicator.type == "yes_no":
        return words.YES if value else words.NO
    if indicator.type == "percent":
        return same(f"{number(value)}%")
    if indicator.bands:
        return _in_band(indicator, value, wording=wording)
    level = (indicator.wording or {}).get(int(value)) if indicator.type == "level" else None
    parts = (number(value), indicator.unit, level if wording else None)
    return join((p for p in parts if p is not None), BLANK)


def _in_band(indicator: Indicator, value: float, *, wording: bool) -> Words:
    """Write points with the band in which they lie."""
    band = band_of(indicator.bands, value)
    points = (number(value), indicator.unit or NOTHING)
    if band is None:
        return join(points, BLANK)
    return join((band.title, *points, (wording and band.wording) or NOTHING), BLANK)


def fact(assessment: Assessment, name: str, i: int) -> Words | str | None:
    """Return the word of a result for a fact; None where it has none."""
    value = assessment.names[name].values[i]
    if not isinstance(value, str):
        return None if value != value else f"{value:g}"
    table = next(f.table for f in assessment.criteria.facts if f.id == name)
    return next((c.title for c in table or () if c.id == value), value) or None


def evidence(assessment: Assessment, i: int, j: int) -> str:
    """Write the grade of evidence that an indicator counts with; in brackets where by default."""
    counted = counted_evidence(assessment, i, j)
    if counted is None:
        return ""
    given = assessment.measurements.given_grade(i, assessment.criteria.indicators[j].id)
    if given is not None:
        return f"{counted.id}{GIVEN_MARK}"
    return f"({counted.id})" if counted.by_default else counted.id


def offer(o: Offer, policy: Policy) -> Words:
    """Write an instrument with its range: 后补助 100–300 万元."""
    if o.high is None or o.low is None:
        return o.instrument.title
    return join((o.instrument.title, amounts(o.low, o.high, policy.unit)), BLANK)


def funding(recommendation: Recommendation, policy: Policy) -> Words:
    """Write the instruments open to a result, or that none is; nothing if the policy has none."""
    offers = [offer(o, policy) for o in recommendation.open_offers]
    if offers:
        return join(offers)
    funds = any(consequence.instruments for consequence in policy.grades.values())
    return words.NO_MONEY if funds else NOTHING


def closed_offers(recommendation: Recommendation) -> list[Words]:
    """Write the instruments of the grade that are not open to this result, and why."""
    return [
        after(o.instrument.title, o.closed) for o in recommendation.offers if o.closed is not None
    ]


def value_function(indicator: Indicator, criteria: CriteriaSet | None = None) -> Words:
    """Write the value function: 24→20; 72→50, or a score for each category.

    When it applies is said in words where its criteria set is given, else as a file has it.
    """
    pairs: list[tuple[Words | str, float]]
    if indicator.categories:
        pairs = [(c.title, c.value or 0.0) for c in indicator.categories]
    elif indicator.bands:
        return _bands(indicator)
    elif indicator.type == "yes_no":
        names = {0.0: words.NO, 1.0: words.YES}
        pairs = [(names.get(x, number(x)), y) for x, y in indicator.anchors]
    else:
        pairs = [(number(x), y) for x, y in indicator.anchors]
    shown = join((same("{x}→{y}").of(x=x, y=number(y)) for x, y in pairs), _PLAIN_LIST)
    notes: list[Words] = [same("log")] if indicator.axis == "log" else []
    if indicator.several:
        notes.append(Text("多项关键技术取最不利", "of several technologies the worst"))
    if indicator.applies_when:
        when = indicator.applies_when
        said = when if criteria is None else in_words(when, criteria)
        notes.append(Text("仅当 {when}", "only where {when}").of(when=said))
    return join((shown, *(same(" ({note})").of(note=note) for note in notes)), NOTHING)


def _bands(indicator: Indicator) -> Words:
    """Write what each band scores, from its lower end to its upper one: 优 16–20→80–100."""
    x, y = zip(*indicator.anchors, strict=True)
    parts: list[Words] = []
    for band in indicator.bands:
        scores = [number(round(float(s), 2)) for s in np.interp(band.ends, x, y)]
        text = same("{band}→{scores}")
        said = "–".join(dict.fromkeys(scores))
        parts.append(text.of(band=band_with_range(band), scores=said))
    return join(parts, _PLAIN_LIST)


def gate_effect(gate: Gate) -> Words:
    """Say what a closed gate does."""
    effects: list[Words] = []
    if gate.no_grade:
        effects.append(Text("不评级", "no grade"))
    if gate.cap:
        effects.append(Text("最高 {cap} 级", "grade {cap} at most").of(cap=gate.cap))
    if gate.funding == "refuse":
        effects.append(Text("不予资助", "no funding"))
    if gate.funding == "hold":
        effects.append(Text("资助暂缓", "funding on hold"))
    return join(effects)


def grade_conditions(grade: Grade, criteria: CriteriaSet) -> Words | None:
    """Say what a grade asks for; None where it is nothing."""
    conditions: list[tuple[Text, str, float]] = []
    if grade.index:
        conditions.append((Text("指数", "index"), "≥", grade.index))
    if grade.every_dimension:
        conditions.append((Text("各维度", "every dimension"), "≥", grade.every_dimension))
    titles = {d.id: d.title for d in criteria.dimensions}
    conditions += [(titles[name], "≥", floor) for name, floor in grade.dimensions.items()]
    for name, level in grade.levels.items():
        indicator = criteria.indicators[criteria.indicator_position[name]]
        sign = "≤" if indicator.direction == "min" else "≥"
        conditions.append((indicator.title, sign, level))
    if not conditions:
        return None
    return join(
        same("{title} {sign} {bound}").of(title=title, sign=sign, bound=f"{bound:g}")
        for title, sign, bound in conditions
    )


def aggregation(criteria: CriteriaSet) -> Words:
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
    power = Text("指数为 {p} 的加权幂平均", "weighted power mean of exponent {p}").of(p=f"{p:g}")
    mean = power if p else Text("加权几何平均", "weighted geometric mean")
    return Text(
        "维度内加权算术平均，维度间{mean}",
        "weighted arithmetic mean within, {mean} across dimensions",
    ).of(mean=mean)
