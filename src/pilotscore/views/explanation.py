"""An explanation of one result: what adds up to its index, what decided its grade, the paths up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotscore.document import (
    Block,
    Document,
    Drawing,
    Fact,
    Gap,
    Listing,
    Row,
    Slot,
    heading,
    more,
)
from pilotscore.drawings import Waterfall
from pilotscore.index import Move, PathUp, Reason, Status
from pilotscore.language import NOTHING, Text, Words, after, join, same
from pilotscore.runs.explained import (
    Bar,
    Explanation,
    completeness_text,
    interval_text,
    move_advice,
    move_text,
)
from pilotscore.views import given, origins, rights_beside, scorecard
from pilotscore.wording import figures, words

_ADDS = Text("各维度的贡献（累加即指数）", "what each dimension adds (they sum to the index)")
_UNCERTAIN = Text(
    "数值的不确定度（测量所得或自行写明）使指数变动",
    "what is uncertain of values, measured or stated, and how far it takes the index",
)
_MOVED = same("{value}: -{below} / +{above}")
_MOST_UNCERTAIN = 6
_LOST = Text("失分最多的指标", "where most was lost")
_BEST = Text("已是最高等级", "this is the best grade")
_BLOCKED = Text("现在没有提升路径，须先解决：", "no path up as things stand; first of all:")
_NO_PATH = Text("没有路径：", "there is none:")
_PATHS = Text("升到 {goal} 的路径", "paths to {goal}")
_SINGLE = Text("只改一项", "a single change")
_PAIR = Text("同时改两项", "two changes")
_PROVEN = Text(
    "工作量最小的组合（已证明锚点间没有更省的，再减到刚好够）",
    "the combination of least effort (proven among anchors, then cut down to what it takes)",
)
_LEAST = Text("找到的工作量最小的组合", "the combination of least effort found")
_STATE = Text(
    "先注明已有证据的等级（没有注明的现按默认等级计）",
    "first, state the evidence that there is (what is not stated counts by default)",
)
_NOT_ENOUGH = Text("；只此还不够升级", "; by itself not enough for the grade")
_MOST_STATED = 6
_EFFECT = Text(
    "（工作量 {effort}，重新计分后指数 {index}，等级 {grade}）",
    " (effort {effort}; scored again: index {index}, grade {grade})",
)
_EFFORT_RULE = Text(
    "工作量为相对值：得分每提高 10 分计 1（按指标的难度系数折算），证据每提高一级计 0.5",
    "effort is relative: 1 for ten points of an indicator (times its own factor), 0.5 for a grade "
    "of evidence",
)
_UNCAPPED = same("{index}; {complete} {share}")


def document(e: Explanation) -> Document:
    """Return an explanation as a document."""
    manifest = e.outcome.manifest
    return Document(
        title=same(e.outcome.assessment.measurements.ids[e.result]),
        version=manifest.version,
        as_of=manifest.as_of,
        digest=manifest.digest,
        page=lambda: page(e),
        record=lambda: record(e),
    )


# ------------------------------------------------------------------------------- the page


def page(e: Explanation) -> Iterator[Block]:
    """Say what made the index, what was lost, what decided the grade, and the paths up."""
    a, i = e.outcome.assessment, e.result
    yield from scorecard.head(e.outcome, i, of_money=False)
    yield Gap()
    if a.has_index(i):
        yield from _index(e)
    else:
        yield Fact(words.INDEX, words.NO_INDEX, style="bold")
        yield from origins.of_result(e.outcome, i)
    yield from _uncertain(e)
    yield from _losses(e)
    yield from scorecard.bases(e.outcome, i)
    yield from origins.judged(e.outcome, i)
    yield from rights_beside.page(e.outcome.assessment, i)
    yield from given.page(e.outcome, i)
    yield Gap()
    yield Fact(words.GRADE, figures.grade(a, i), style="bold")
    for reason in e.reasons:
        yield Fact(words.REASON, reason, style="yellow")
    for gate, advice in e.advice:
        yield Fact(words.GATES, after(gate, advice), style="red")
    yield Gap()
    yield from _paths(e)


def _index(e: Explanation) -> Iterator[Block]:
    """Say the index, without caps too, and what each dimension adds."""
    a, i = e.outcome.assessment, e.result
    yield Fact(words.INDEX, interval_text(e.outcome, i), style="bold")
    if a.criteria.evidence is not None:
        share, index = completeness_text(e.outcome, i), f"{a.index_uncapped[i]:.1f}"
        uncapped = _UNCAPPED.of(index=index, complete=words.COMPLETENESS, share=share)
        yield Fact(words.UNCAPPED, uncapped, style="dim")
    yield from origins.of_result(e.outcome, i)
    yield Gap()
    yield heading(_ADDS)
    bars = tuple((b.title, b.points, b.most) for b in e.dimensions)
    yield Drawing(Waterfall(bars, words.INDEX))


def _uncertain(e: Explanation) -> Iterator[Block]:
    """Say which values are uncertain, and how far each takes the index."""
    if not e.uncertain or not e.outcome.assessment.has_index(e.result):
        return
    yield Gap()
    yield heading(_UNCERTAIN)
    for u in e.uncertain[:_MOST_UNCERTAIN]:
        moved = _MOVED.of(value=u.value, below=f"{u.below:.2f}", above=f"{u.above:.2f}")
        yield Fact(u.title, moved, 2)
    if len(e.uncertain) > _MOST_UNCERTAIN:
        yield more(len(e.uncertain) - _MOST_UNCERTAIN)


def _losses(e: Explanation) -> Iterator[Block]:
    if e.losses:
        yield Gap()
        yield heading(_LOST)
        slots = (Slot(least=44, most=44), Slot(gap=0))
        yield Listing(slots, [_loss(bar) for bar in e.losses], headed=False, wrap=True)


def _loss(bar: Bar) -> Row:
    share = f"({bar.points:.2f} / {bar.most:.2f})"
    lost = f"{bar.points - bar.most:+6.2f}{share:>16}"
    return Row(((join(("  ", bar.title), NOTHING), ""), (lost, "yellow")))


def _paths(e: Explanation) -> Iterator[Block]:
    """Say the paths to the target grade, or why there is none."""
    g = e.guidance
    if g.target is None:
        yield from _listed(_BLOCKED, g.blocked) if g.blocked else (heading(_BEST, "green"),)
        for remedy in _remedies(e):
            yield Fact("  →", remedy, style="green")
        return
    grade = e.outcome.criteria.grades[g.target]
    goal = same("{id} {title}").of(id=grade.id, title=grade.title)
    yield heading(_PATHS.of(goal=goal), "bold green")
    paths = [(_SINGLE, p) for p in g.singles] + [(_PAIR, p) for p in g.pairs]
    if g.cheapest is not None and len(g.cheapest.moves) > (2 if g.pairs else 1 if g.singles else 0):
        paths.append((_PROVEN if g.proven else _LEAST, g.cheapest))
    if g.stating is not None:
        yield from _stating(e, g.stating, {p: name for name, p in paths})
    for name, path in paths:
        if path != g.stating:
            yield from _path(e, name, path)
    if g.singles or g.pairs or g.cheapest or g.stating:
        yield heading(_EFFORT_RULE, "dim")
    if not (g.singles or g.pairs or g.cheapest):
        yield from _listed(_NO_PATH, g.blocked)


def _remedies(e: Explanation) -> tuple[Words, ...]:
    """Return what mends that a result cannot be assessed."""
    a, i = e.outcome.assessment, e.result
    return a.missing.remedies[i] if a.status[i] == Status.NOT_ASSESSABLE else ()


def _stating(e: Explanation, path: PathUp, known: Mapping[PathUp, Text]) -> Iterator[Block]:
    """Say what stating evidence brings; in full where it is one of the other paths, said here."""
    if path in known:
        yield from _path(e, join((_STATE, known[path])), path)
        return
    name = _STATE if e.guidance.stating_reaches else join((_STATE, _NOT_ENOUGH), NOTHING)
    yield from _path(e, name, path, _MOST_STATED)


def _listed(title: Text, reasons: tuple[Reason, ...]) -> Iterator[Block]:
    yield heading(title, "bold red")
    for reason in reasons:
        yield Fact("  -", reason.text)


def _path(e: Explanation, name: Words, path: PathUp, most: int | None = None) -> Iterator[Block]:
    grade = e.outcome.criteria.grades[path.grade].id
    effect = _EFFECT.of(effort=f"{path.effort:.1f}", index=f"{path.index:.1f}", grade=grade)
    yield Fact("", join((name, effect), NOTHING), 2, "bold")
    for move in path.moves[:most]:
        yield Fact("    •", move_text(e.outcome, e.result, move))
        advice = move_advice(e.outcome, move)
        if advice is not None:
            yield Fact("     ", advice, style="dim")
    if most is not None and len(path.moves) > most:
        ((said, style),) = more(len(path.moves) - most).pieces
        yield Fact("     ", said, style=style)


# ----------------------------------------------------------------------------- the record


def record(e: Explanation) -> dict[str, Any]:
    """Return an explanation under its keys."""
    a, i, g = e.outcome.assessment, e.result, e.guidance
    shown = a.has_index(i)
    return {
        "id": a.measurements.ids[i],
        "title": a.measurements.titles[i],
        "index": float(a.index[i]) if shown else None,
        "measured": [float(a.measured_low[i]), float(a.measured_high[i])] if shown else None,
        "interval": [float(a.low[i]), float(a.high[i])] if shown else None,
        "uncertain": [
            {
                "id": u.id,
                "title": u.title,
                "value": u.value,
                "low": u.low,
                "high": u.high,
                "index_below": u.below,
                "index_above": u.above,
            }
            for u in e.uncertain
        ],
        "completeness": float(a.completeness[i]),
        "evidence_not_stated": float(a.unstated_share[i]),
        **origins.record(e.outcome, i),
        "index_without_caps": float(a.index_uncapped[i]) if shown else None,
        "grade": figures.grade_id(a, i),
        "reasons": e.reasons,
        "dimensions": [_bar_record(b) for b in e.dimensions],
        "losses": [_bar_record(b) for b in e.losses],
        "given": given.records(e.outcome, i),
        "from_batches": _bases_record(e),
        **rights_beside.record(e.outcome.assessment, i),
        "advice": [{"gate": gate, "advice": advice} for gate, advice in e.advice],
        "target": None if g.target is None else a.criteria.grades[g.target].id,
        "stating_evidence": None if g.stating is None else _path_record(e, g.stating),
        "single_changes": [_path_record(e, p) for p in g.singles],
        "pairs": [_path_record(e, p) for p in g.pairs],
        "cheapest": None if g.cheapest is None else _path_record(e, g.cheapest),
        "cheapest_proven": g.proven,
        "blocked": [r.text for r in g.blocked],
        "remedies": list(_remedies(e)),
        "manifest": e.outcome.manifest.to_dict(),
    }


def _bases_record(e: Explanation) -> list[dict[str, Any]]:
    """Return what measured values were worked out from, and which characteristic each is of."""
    a, i = e.outcome.assessment, e.result
    known = [(x.id, a.measurements.bases.get((i, x.id))) for x in a.criteria.indicators]
    return [
        {
            "indicator": name,
            "measure": basis.measure,
            "characteristic": basis.characteristic,
            "batches": basis.count,
            "estimate": figures.rounded(basis.estimate),
            "low": figures.rounded(basis.low),
            "high": figures.rounded(basis.high),
            "scored": figures.rounded(basis.scored),
            "not_assessable": basis.why,
        }
        for name, basis in known
        if basis is not None
    ]


def _bar_record(bar: Bar) -> dict[str, Any]:
    return {"title": bar.title, "points": bar.points, "most": bar.most}


def _path_record(e: Explanation, path: PathUp) -> dict[str, Any]:
    return {
        "grade": e.outcome.criteria.grades[path.grade].id,
        "index": path.index,
        "effort": path.effort,
        "moves": [_move_record(e, m) for m in path.moves],
    }


def _move_record(e: Explanation, move: Move) -> dict[str, Any]:
    criteria = e.outcome.criteria
    evidence: Words | str | None = None
    if move.evidence is not None and criteria.evidence is not None:
        evidence = criteria.evidence.grades[move.evidence].id
    return {
        "indicator": criteria.indicators[move.indicator].id,
        "value": move.value,
        "evidence": evidence,
        "score_before": move.before,
        "score_after": move.after,
        "effort": move.effort,
        "text": move_text(e.outcome, e.result, move),
        "advice": move_advice(e.outcome, move),
    }
