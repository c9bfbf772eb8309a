"""The scorecard of one result: from raw values to index, grade, what decided and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.document import Block, Fact, Gap, Grid, GridColumn, GridRow, Line, Said, heading
from pilotscore.index import (
    contributions,
    deciding_reasons,
    dimension_weights,
    paths_up,
    shortfalls,
)
from pilotscore.language import NOTHING, PLUS, Text, Words, join, same
from pilotscore.runs.explained import completeness_text, interval_text, move_text
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.scorecard import IndicatorScore, scorecard
from pilotscore.views import findings, given, origins, rights_beside
from pilotscore.views.ranking import grade_style, ranked
from pilotscore.wording import figures, words

_COMPLETE = Text("完整度 {share}", "completeness {share}")
_BESIDE = Text(
    "几何平均 {mean}；最低维度 {lowest}（{title}）",
    "geometric mean {mean}; lowest dimension {lowest} ({title})",
)
_UNCAPPED = Text(
    "不计证据上限 {index}；证据达标率 {share}",
    "without evidence caps {index}; evidence share {share}",
)
_PLACE = Text("第 {rank} 名，共 {n} 项", "{rank} of {n}")
_TO_REACH = Text("升到 {grade}", "To reach {grade}")
_MORE = Text("全部路径与做法：pilotscore explain", "all paths, and what to do: pilotscore explain")


def page(outcome: Outcome, i: int) -> Iterator[Block]:
    """Say the scorecard of the i-th result of an outcome."""
    a, rank = outcome.assessment, int(outcome.ranking.ranks[i])
    yield from head(outcome, i)
    yield Gap()
    yield from _indicators(outcome, i)
    yield from bases(outcome, i)
    yield from origins.judged(outcome, i)
    yield from rights_beside.page(outcome.assessment, i)
    yield from given.page(outcome, i)
    yield from _summary(outcome, i)
    if rank and len(a) > 1:
        yield Fact(words.RANK, _PLACE.of(rank=rank, n=len(a)))
    yield Gap()
    yield from _decision(outcome, i)
    yield from way_up(outcome, i)


def record(outcome: Outcome, i: int) -> dict[str, Any]:
    """Return the scorecard of the i-th result of an outcome under its keys."""
    card, shown = scorecard(outcome, i), outcome.assessment.has_index(i)
    return {
        **{k: v for k, v in ranked(outcome, i).items() if k != "scores"},
        "sub_indexes": {k: v if shown else None for k, v in card.sub_indexes.items()},
        "dimensions": card.dimensions,
        "indicators": [_indicator_record(x) for x in card.indicators],
        "given": given.records(outcome, i),
        **rights_beside.record(outcome.assessment, i),
        "reasons": [{"kind": r.kind, "text": r.text} for r in card.reasons],
        "findings": [findings.record(f) for f in card.findings],
        "manifest": outcome.manifest.to_dict(),
    }


def _indicator_record(x: IndicatorScore) -> dict[str, Any]:
    return {
        "id": x.id,
        "title": x.title,
        "dimension": x.dimension,
        "value": x.value,
        "value_low": x.low,
        "value_high": x.high,
        "state": x.state.name.lower(),
        "origin": None if x.origin is None else x.origin.name.lower(),
        "evidence": x.evidence,
        "score": x.score,
        "score_without_cap": x.score_uncapped,
        "weight": x.weight,
        "contribution": x.contribution,
        "cell": x.place.cell or None,
    }


def head(outcome: Outcome, i: int, *, of_money: bool = True) -> Iterator[Line]:
    """Say which result it is, where it stands, and what holds of the whole run."""
    m = outcome.assessment.measurements
    yield heading(f"{m.ids[i]}  {m.titles[i]}")
    yield Line(((str(m.place(i, None)), "dim"),), wrap=False)
    for note in outcome.notes(of_money=of_money):
        yield Line(((note, "magenta"),))


def _indicators(outcome: Outcome, i: int) -> Iterator[Block]:
    a = outcome.assessment
    parts, across = contributions(a)[i], dimension_weights(a.criteria)
    has_evidence = a.criteria.evidence is not None
    rows: list[tuple[Said, ...]] = []
    styles: list[str] = []
    for k, (dimension, span) in enumerate(
        zip(a.criteria.dimensions, a.criteria.dimension_slices, strict=True)
    ):
        points = f"{parts[span].sum():.2f}"
        score, weight = figures.score(a.dimensions[i, k]), f"{across[k]:.1%}"
        rows.append((dimension.title, "", "", score, weight, points))
        styles.append("bold cyan")
        for j in range(span.start, span.stop):
            rows.append(_indicator(outcome, i, j, float(parts[j])))
            styles.append("" if a.scores[i, j] == a.scores[i, j] else "dim")
    total = f"{parts.sum():.2f}" if a.has_index(i) else "—"
    rows.append((words.INDEX, "", "", figures.index(a, i), "100.0%", total))
    columns = [
        GridColumn(words.INDICATOR, fold=True, ratio=3),
        GridColumn(words.VALUE, fold=True, ratio=2),
        GridColumn(words.EVIDENCE, whole=True),
        *(
            GridColumn(title, right=True, whole=True)
            for title in (words.SCORE, words.WEIGHT, words.CONTRIBUTION)
        ),
    ]
    shown = [k for k in range(len(columns)) if has_evidence or k != 2]
    *body, last = ([row[k] for k in shown] for row in rows)
    yield Grid(
        tuple(columns[k] for k in shown),
        [
            *(GridRow(tuple(row), style) for row, style in zip(body, styles, strict=True)),
            GridRow(tuple(last), "bold", ruled=True),
        ],
        ruled=True,
    )
    yield heading(join(_legend(has_evidence=has_evidence)), "dim")


def _indicator(outcome: Outcome, i: int, j: int, points: float) -> tuple[Said, ...]:
    a = outcome.assessment
    indicator, score, uncapped = a.criteria.indicators[j], a.scores[i, j], a.scores_uncapped[i, j]
    mark = "*" if indicator.required else ""
    shown = figures.score(score)
    return (
        join(("  ", indicator.title, mark), NOTHING),
        figures.raw_value(a, i, j),
        figures.evidence(a, i, j),
        f"{uncapped:.0f}→{shown}" if uncapped > score else shown,
        f"{a.weights[i, j]:.1%}",
        f"{points:.2f}",
    )


def _legend(*, has_evidence: bool) -> Iterator[Text]:
    yield Text("* 必填", "* required")
    if has_evidence:
        yield Text("90→60 因证据不足而设上限", "90→60 capped by its evidence")
        yield Text("(E1) 未注明证据，按默认等级", "(E1) no evidence stated, the default")


def bases(outcome: Outcome, i: int) -> Iterator[Block]:
    """Say what was worked out from batch data, and what could not be."""
    a = outcome.assessment
    known = [(x, a.measurements.bases.get((i, x.id))) for x in a.criteria.indicators]
    measured = [(indicator, basis) for indicator, basis in known if basis is not None]
    if measured:
        yield Gap()
        yield heading(Text("† 由批次数据计算", "† worked out from batch data"))
    for indicator, basis in measured:
        style = "yellow" if basis.why is not None else ""
        yield Fact(indicator.title, figures.basis_text(basis, indicator), 2, style)


def _summary(outcome: Outcome, i: int) -> Iterator[Block]:
    a = outcome.assessment
    complete = _COMPLETE.of(share=completeness_text(outcome, i))
    yield Gap()
    index = interval_text(outcome, i) if a.has_index(i) else words.NO_INDEX
    yield Fact(words.INDEX, join((index, complete)), style="bold")
    yield from origins.of_result(outcome, i)
    if (subs := a.criteria.sub_indexes) and a.has_index(i):
        pairs = zip(subs, a.sub_indexes[i].tolist(), strict=True)
        shown = (same("{name} {score}").of(name=s.heading, score=f"{x:.1f}") for s, x in pairs)
        yield Fact(words.SUB_INDEXES, join(shown))
    if a.has_index(i):
        yield Fact(words.INDEX, join(_index_otherwise(outcome, i)), continues=True)


def _index_otherwise(outcome: Outcome, i: int) -> Iterator[Words]:
    """Say the index by other means, and without the caps of evidence."""
    a = outcome.assessment
    scores = [x if x == x else 101.0 for x in a.dimensions[i].tolist()]
    title = a.criteria.dimensions[scores.index(min(scores))].title
    yield _BESIDE.of(mean=f"{a.geometric[i]:.1f}", lowest=f"{a.lowest[i]:.1f}", title=title)
    if a.criteria.evidence is not None:
        index, share = f"{a.index_uncapped[i]:.1f}", f"{a.evidence_share[i]:.0%}"
        yield _UNCAPPED.of(index=index, share=share)


def _decision(outcome: Outcome, i: int) -> Iterator[Fact]:
    a, r = outcome.assessment, outcome.plan.recommendations[i]
    yield Fact(words.GRADE, figures.grade(a, i), style=f"bold {grade_style(a, i)}")
    reason = figures.reason(a, i)
    if reason is not None:
        yield Fact(words.REASON, reason, style="yellow")
    yield from _besides(outcome, i)
    for gate, closed in zip(a.criteria.gates, a.gates.closed[i], strict=True):
        if closed:
            effect = same("{gate}: {effect}").of(gate=gate.title, effect=figures.gate_effect(gate))
            yield Fact(words.GATES, effect, style="red")
    yield Fact(words.APPROVAL, r.approval.title, style="bold")
    yield Fact(words.FUNDING, figures.funding(r, outcome.policy))
    for offer in figures.closed_offers(r):
        yield Fact(" " * 4, join(("✗ ", offer), NOTHING), style="dim")
    listed = (
        (words.SUPPORT, r.support),
        (words.TRANSFER, r.transfer),
        (words.CONDITIONS, r.conditions),
    )
    for label, texts in listed:
        if texts:
            yield Fact(label, join(texts))


def _besides(outcome: Outcome, i: int) -> Iterator[Fact]:
    """Say what a result that a gate caps misses of the next grade besides."""
    a, place = outcome.assessment, int(outcome.assessment.grade[i])
    if place <= 0 or a.gates.cap[i] != place:
        return
    decided = deciding_reasons(a, i)
    rest = [r.text for r in shortfalls(a, i, place - 1) if r not in decided]
    if rest:
        yield Fact(Text("此外", "besides"), join(rest))


def way_up(outcome: Outcome, i: int) -> Iterator[Fact]:
    """Say the least changes that lift a result a grade; nothing where none does."""
    guidance = paths_up(outcome.assessment, i)
    stating = guidance.stating if guidance.stating_reaches else None
    paths = [stating, *guidance.singles[:1], *guidance.pairs[:1], guidance.cheapest]
    path = next((p for p in paths if p is not None), None)
    if guidance.target is None or path is None:
        return
    grade = outcome.criteria.grades[guidance.target].id
    moves = join((move_text(outcome, i, m) for m in path.moves), PLUS)
    yield Fact(_TO_REACH.of(grade=grade), moves, style="green")
    yield Fact("", _MORE, 2, "dim")


# ------------------------------------------------------------------------------- changes

Scored = tuple[Outcome, int]


def changes(before: Scored, after: Scored) -> Iterator[Block]:
    """Say index and grade before and after, and each indicator whose score changed."""
    (o, i), (p, k) = before, after
    index = _step(figures.index(o.assessment, i), figures.index(p.assessment, k))
    grade = _step(figures.grade(o.assessment, i), figures.grade(p.assessment, k))
    rows: list[tuple[Said, ...]] = [(words.INDEX, index, ""), (words.GRADE, grade, "")]
    rows += _changed_scores(before, after)
    yield Gap()
    yield heading(Text("与上次相比", "Since the last time"))
    yield Grid((GridColumn(""),) * 3, [GridRow(row) for row in rows], indent=2, headed=False)
    if len(rows) == 2:
        yield Line((("  ", ""), (Text("各指标得分没有变化", "no score changed"), "")))


def _changed_scores(before: Scored, after: Scored) -> Iterator[tuple[Said, Said, Said]]:
    """Yield the indicators whose score changed: title, score before and after, and their values."""
    (o, i), (p, k) = before, after
    for j, indicator in enumerate(p.criteria.indicators):
        at = o.criteria.indicator_position.get(indicator.id)
        if at is None:  # the criteria set itself was changed meanwhile
            continue
        was, now = o.assessment.scores[i, at], p.assessment.scores[k, j]
        score = _step(figures.score(was), figures.score(now))
        if isinstance(score, str):
            continue
        raw = figures.raw_value(o.assessment, i, at), figures.raw_value(p.assessment, k, j)
        yield indicator.title, score, _step(*raw)


def _step(was: Said, now: Said) -> Said:
    """Return a value as it is, or where it changed as it was and as it is."""
    return was if was == now else same("{was} → {now}").of(was=was, now=now)
