"""Why a result scores what it scores, and what would lift it, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilotscore.index import (
    Guidance,
    Move,
    PathUp,
    contributions,
    deciding_reasons,
    dimension_weights,
    paths_up,
)
from pilotscore.language import Lang, Text, Words
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures, words
from pilotscore.workbook import State


@dataclass(frozen=True, slots=True)
class Bar:
    """What a dimension or indicator brings, in points of the index, and the most that it could."""

    title: Text
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one result; the bars of the dimensions add up to the index."""

    outcome: Outcome
    result: int
    dimensions: tuple[Bar, ...]
    losses: tuple[Bar, ...]
    reasons: tuple[Words, ...]
    advice: tuple[tuple[Text, Text], ...]
    guidance: Guidance


MOST_LOSSES = 6


def explain_result(outcome: Outcome, i: int, target: int | None = None) -> Explanation:
    """Explain one result: what made its index, what decided its grade, and the paths up.

    Parameters
    ----------
    outcome, i
        The run, and the place of the result in it.
    target
        The place of the grade to reach; the next better one by default.
    """
    a = outcome.assessment
    parts = contributions(a)[i]
    across = dimension_weights(a.criteria)
    dimensions, losses = [], []
    for k, (dimension, span) in enumerate(
        zip(a.criteria.dimensions, a.criteria.dimension_slices, strict=True)
    ):
        dimensions.append(Bar(dimension.title, float(parts[span].sum()), float(across[k] * 100)))
        for j, indicator in zip(range(span.start, span.stop), dimension.indicators, strict=True):
            most = float(across[k] * a.weights[i, j] * 100)
            losses.append(Bar(indicator.title, float(parts[j]), most))
    worst = sorted(losses, key=lambda b: b.points - b.most)[:MOST_LOSSES]
    advice = [
        (gate.title, gate.advice)
        for g, gate in enumerate(a.criteria.gates)
        if a.gates.closed[i, g] and gate.advice is not None
    ]
    return Explanation(
        outcome,
        i,
        tuple(dimensions),
        tuple(b for b in worst if b.most - b.points > 0.05),
        tuple(r.text for r in deciding_reasons(a, i)),
        tuple(advice),
        paths_up(a, i, target),
    )


def interval_text(outcome: Outcome, i: int) -> Text:
    """Write the index with its intervals: 71.3 (68.0-74.9 as measured; 58-83 with what is missing)."""
    a = outcome.assessment
    index = f"{a.index[i]:.1f}"
    zh, en = [], []
    if a.measured_high[i] - a.measured_low[i] > 1e-9:
        span = f"{a.measured_low[i]:.1f}–{a.measured_high[i]:.1f}"
        zh.append(f"按测量不确定度 {span}")
        en.append(f"{span} as measured")
    if a.completeness[i] < 1 - 1e-9:
        span = f"{a.low[i]:.1f}–{a.high[i]:.1f}"
        zh.append(f"缺失证据取最差至最好 {span}")
        en.append(f"{span} if missing evidence came in worst or best")
    else:
        zh.append("没有缺项")
        en.append("nothing missing")
    return Text(f"{index}（{'；'.join(zh)}）", f"{index} ({'; '.join(en)})")


def move_text(outcome: Outcome, i: int, move: Move, lang: Lang) -> str:
    """Say what a move is: 168 h → 500 h; evidence E1 → E3."""
    a = outcome.assessment
    indicator = a.criteria.indicators[move.indicator]
    parts = []
    if move.value is not None:
        now = figures.raw_value(a, i, move.indicator, lang)
        parts.append(f"{now} → {figures.stated(indicator, move.value, lang, wording=True)}")
    if move.evidence is not None and a.criteria.evidence is not None:
        grades = a.criteria.evidence.grades
        has_value = a.missing.states[i, move.indicator] == State.VALUE
        now = figures.evidence_id(a, i, move.indicator).strip("()") if has_value else "—"
        goal = grades[move.evidence]
        label = words.EVIDENCE.to(lang)
        parts.append(f"{label} {now} → {goal.id} {goal.title.to(lang)}")
    joint = "；" if lang == "zh" else "; "
    return f"{indicator.title.to(lang)}{'：' if lang == 'zh' else ': '}{joint.join(parts)}"


def move_advice(outcome: Outcome, move: Move, lang: Lang) -> str:
    """Say what to do for a move and which evidence to bring, from the criteria file; '' where it is silent."""
    indicator = outcome.criteria.indicators[move.indicator]
    parts = []
    if move.value is not None and indicator.advice is not None:
        parts.append(indicator.advice.to(lang))
    if indicator.evidence is not None:
        label = Text("所需证据：", "evidence: ").to(lang)
        parts.append(label + indicator.evidence.to(lang))
    return ("；" if lang == "zh" else "; ").join(parts)


def to_record(e: Explanation, lang: Lang) -> dict[str, Any]:
    """Return an explanation as plain data for JSON."""
    a, i, g = e.outcome.assessment, e.result, e.guidance

    def bar(b: Bar) -> dict[str, Any]:
        return {"title": b.title.to(lang), "points": b.points, "most": b.most}

    def path(p: PathUp) -> dict[str, Any]:
        return {
            "grade": a.criteria.grades[p.grade].id,
            "index": p.index,
            "effort": p.effort,
            "moves": [
                {
                    "indicator": a.criteria.indicators[m.indicator].id,
                    "value": m.value,
                    "evidence": None
                    if m.evidence is None or a.criteria.evidence is None
                    else a.criteria.evidence.grades[m.evidence].id,
                    "score_before": m.before,
                    "score_after": m.after,
                    "effort": m.effort,
                    "text": move_text(e.outcome, i, m, lang),
                    "advice": move_advice(e.outcome, m, lang) or None,
                }
                for m in p.moves
            ],
        }

    return {
        "id": a.measurements.ids[i],
        "title": a.measurements.titles[i],
        "index": float(a.index[i]),
        "measured": [float(a.measured_low[i]), float(a.measured_high[i])],
        "interval": [float(a.low[i]), float(a.high[i])],
        "completeness": float(a.completeness[i]),
        "index_without_caps": float(a.index_uncapped[i]),
        "grade": figures.grade_id(a, i),
        "reasons": [t.to(lang) for t in e.reasons],
        "dimensions": [bar(b) for b in e.dimensions],
        "losses": [bar(b) for b in e.losses],
        "advice": [{"gate": t.to(lang), "advice": x.to(lang)} for t, x in e.advice],
        "target": None if g.target is None else a.criteria.grades[g.target].id,
        "single_changes": [path(p) for p in g.singles],
        "pairs": [path(p) for p in g.pairs],
        "cheapest": None if g.cheapest is None else path(g.cheapest),
        "cheapest_proven": g.proven,
        "blocked": [r.text.to(lang) for r in g.blocked],
        "manifest": e.outcome.manifest.to_dict(),
    }
