"""What came of it on a screen: grades, the index, indicators, limits, weights."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pilotscore.document import (
    Block,
    Fact,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    heading,
    more,
    note,
)
from pilotscore.language import BLANK, LISTED, NOTHING, Text, Words, counted, join
from pilotscore.outcomes.grade_table import GradeTable
from pilotscore.outcomes.indicators import Telling
from pilotscore.outcomes.limits_that_decide import Use
from pilotscore.runs.learn import IndicatorFigures, LearnReport
from pilotscore.runs.learn_figures import Decided, IndexFigures, chance_at
from pilotscore.runs.learn_levels import outcome_title
from pilotscore.views.learn import experts, phrases
from pilotscore.wording import words

_GRADES = Text("等级与结果", "Grade and outcome")
_INDEX = Text("指数与结果", "Index and outcome")
_INDICATORS = Text("各指标能否区分结果", "What each indicator tells of the outcome")
_LIMITS = Text(
    "从不或总是起作用的条件（全部评分成果）",
    "Conditions that never or always decide (of all results scored)",
)
_WEIGHTS, _UNSEEN = Text("权重", "Weights"), Text("看不到的", "What is not seen")
_RANK = Text("秩相关", "Rank correlation")
_AREA = Text("区分度 AUC", "AUC")
_AREA_SAID = Text(
    "{figure}：达到者的指数高于未达到者的机会",
    "{figure}: how often one that reached it had the higher index",
)
_CURVE, _HELD = Text("校准曲线", "Curve"), Text("Brier", "Brier")
_CURVE_SAID = Text(
    "指数每高 10 分，达到的胜算乘以 {odds}；指数 {low:.0f} 时 {at_low:.0%}，"
    "{high:.0f} 时 {at_high:.0%}",
    "10 points multiply the odds by {odds}; {at_low:.0%} reach it at an index of {low:.0f}, "
    "{at_high:.0%} at {high:.0f}",
)
_HELD_SAID = Text(
    "{score:.3f}（未参与估计的结果；只报总比例为 {base:.3f}）= 不确定性 {base:.3f} "
    "− 分辨 {resolution:.3f} + 可靠性 {reliability:.3f} + 组内 {within:.3f}",
    "{score:.3f} on results held out (the overall share alone: {base:.3f}) = uncertainty "
    "{base:.3f} - resolution {resolution:.3f} + reliability {reliability:.3f} + within bins "
    "{within:.3f}",
)
_SEPARATED = Text(
    "指数毫无差错地区分了结果：没有曲线", "the index tells all outcomes without error: no curve"
)
_DECIDED = Text("资助划算线", "Funding pays")
_DECIDED_SAID = Text(
    "达到机会 ≥ {at:.0%}，约指数 {start:.1f} 起；净收益（每项折合成功数）按此 {rule:.3f}，全部资助 "
    "{everyone:.3f}，都不资助 0",
    "from a chance of {at:.0%}, an index of about {start:.1f}; net benefit in successes for each "
    "result: {rule:.3f} by that rule, {everyone:.3f} funding all, 0 funding none",
)
_NO_LINE = Text(
    "没有这样的指数线：指数越高，达到的机会并不越大",
    "there is no such index: a higher one gives no better chance",
)
_NOT_SEEN = Text(
    "；这样的指数没有出现过，仅为曲线的延伸",
    "; no such index was seen: it is where the curve would lead",
)
_OTHERS = Text("其他结果", "Other outcomes")
_OTHER = Text("{name}（达到 {yes}，终止 {no}）", "{name} ({yes} reached, {no} ended)")
_LEFT_OUT = Text("未计入", "Left out")
_ROUND = Text("{day} {title}：{why}", "{day} {title}: {why}")
_IN, _OUT = Text("进入", "Come in"), Text("退出", "Leave")
_MORE = Text("另 {n} 项", "{n} more")
_MOST_INDICATORS, _MOST_LIMITS, _MOST_MOVES = 12, 10, 8
_FEW_INDICATORS = Text(
    "结果太少，尚不能逐项判断指标。", "Too few outcomes to judge single indicators."
)
_IN_FILE = Text("（-o 文件中有全部）", " (all with -o FILE)")


def page(report: LearnReport) -> Iterator[Block]:
    """Yield all that a person reads first."""
    f = report.followed
    yield heading(
        join((phrases.TITLE.of(outcome=outcome_title(f.outcome)), phrases.within(f)), _COMMA)
    )
    yield Fact("", phrases.summary(f))
    yield note(phrases.seen(f))
    yield Gap()
    yield from _grades(report)
    yield Gap()
    yield _headed(_INDEX, report)
    yield from _index(report.index)
    if (missing := phrases.not_carried(report)) is not None:
        yield Fact("", missing, style="dim")
    yield from _facts(_UNSEEN, phrases.unseen(report))
    yield Gap()
    yield from _indicators(report)
    yield from _limits(report)
    yield Gap()
    yield from _weights(report)
    if report.experts is not None:
        yield Gap()
        yield from experts.page(report.experts)
    yield from _rest(report)


_COMMA = Text("，", ", ")


def _headed(title: Text, report: LearnReport) -> Block:
    """Return a heading that says of whom the figures below it are."""
    others = bool((~report.followed.with_money).any())
    return heading((_OF_FOLLOWED if others else _OF_FUNDED).of(title=title))


_OF_FUNDED = Text("{title}（仅获资助者）", "{title} (funded results only)")
_OF_FOLLOWED = Text("{title}（仅所跟踪者）", "{title} (only those followed up)")
_CONDITIONS = Text("个条件", "condition")
_IDLE = Text(
    "{n}从未单独挡住任何成果（总有别的条件也未满足），见 -o 文件。",
    "{n} never stopped a result alone (others stopped it too): see a file by -o.",
)


def _facts(title: Text, said: list[Words]) -> Iterator[Block]:
    if said:
        yield Gap()
        yield heading(title)
    for sentence in said:
        yield Fact("", sentence)


def _grades(report: LearnReport) -> Iterator[Block]:
    yield _headed(_GRADES, report)
    heads = (
        GridColumn(words.GRADE),
        GridColumn(phrases.REACHED, right=True),
        GridColumn(phrases.NOT_REACHED, right=True),
        GridColumn(phrases.OPEN, right=True),
        GridColumn(phrases.SHARE, right=True),
        GridColumn(phrases.BY_TIME, right=True),
    )
    yield Grid(heads, [GridRow(cells) for cells in grade_rows(report)])
    yield Fact("", _INTERVALS, style="dim")


_INTERVALS = Text(
    "比例按已知者，括号内为 95% 区间；“至今达到”把尚未达到者按其跟踪时间计入。",
    "Shares of those known, with intervals of 95%; “by time” counts those not yet there for as "
    "long as they were followed.",
)


def grade_rows(report: LearnReport) -> Iterator[tuple[Words | str, ...]]:
    """Yield the cells of each grade; grades of which nobody was followed are left out."""
    t: GradeTable = report.grades
    grades = report.followed.head.grades
    for g in range(len(t.success)):
        if not t.success[g] + t.failure[g] + t.unknown[g]:
            continue
        last = g == len(grades)
        title = phrases.NO_GRADE if last else join((grades[g].id, grades[g].title), BLANK)
        share, low, high = (float(x[g]) for x in (t.share, t.low, t.high))
        reached = report.reached[g]
        yield (
            title,
            str(t.success[g]),
            str(t.failure[g]),
            str(t.unknown[g]),
            "—" if share != share else f"{share:.0%} ({low:.0%}–{high:.0%})",
            "—" if reached is None else phrases.percent(reached.share),
        )


def _index(index: IndexFigures) -> Iterator[Block]:
    if index.rank is not None:
        yield Fact(_RANK, phrases.figure(index.rank), label_width=18)
    if index.area is not None:
        yield Fact(_AREA, _AREA_SAID.of(figure=phrases.figure(index.area)), label_width=18)
    if index.curve is not None:
        yield Fact(_CURVE, curve_said(index), label_width=18)
    if (parts := index.held_out) is not None:
        said = _HELD_SAID.of(
            score=parts.score,
            base=parts.uncertainty,
            resolution=parts.resolution,
            reliability=parts.reliability,
            within=parts.within,
        )
        yield Fact(_HELD, said, label_width=18)
    if index.decided is not None:
        yield Fact(_DECIDED, decided_said(index.decided), label_width=18)
    elif index.no_line:
        yield Fact(_DECIDED, _NO_LINE, label_width=18)


def curve_said(index: IndexFigures) -> Words:
    """Say what the logistic curve says; that there is none where it tells all without error."""
    curve = index.curve
    assert curve is not None
    if curve.slope.value != curve.slope.value:
        return _SEPARATED
    odds = phrases.figure(curve.slope._replace(**_exp(curve.slope._asdict())))
    low, high = map(round, index.quarters)
    at_low, at_high = chance_at(curve, low), chance_at(curve, high)
    return _CURVE_SAID.of(odds=odds, low=low, high=high, at_low=at_low, at_high=at_high)


def _exp(values: dict[str, float]) -> dict[str, float]:
    return {name: math.exp(min(x, 700.0)) for name, x in values.items()}


def decided_said(d: Decided) -> Words:
    """Say from which index funding pays, and what the rule would have been worth."""
    said = _DECIDED_SAID.of(at=d.threshold, start=d.from_index, rule=d.rule, everyone=d.everyone)
    return said if d.seen else join((said, _NOT_SEEN), NOTHING)


def _by_area(rows: tuple[IndicatorFigures, ...]) -> list[IndicatorFigures]:
    """Return the indicators, those that say most first, by how far the area is from a half."""
    there = [r for r in rows if r.score.telling != Telling.FEW]
    return sorted(there, key=lambda r: -abs(r.score.area.value - 0.5))


def _indicators(report: LearnReport) -> Iterator[Block]:
    rows = _by_area(report.indicators)
    yield _headed(_INDICATORS, report)
    if not rows:
        yield Fact("", _FEW_INDICATORS)
        return
    heads = (
        GridColumn(words.INDICATOR),
        GridColumn(phrases.SCORE_AREA, right=True),
        GridColumn(NOTHING),
        GridColumn(phrases.EVIDENCE_AREA, right=True, from_width=72),
    )
    grid = [
        GridRow(
            (
                r.item.title,
                phrases.area(r.score),
                ((phrases.TELLING[r.score.telling], phrases.STYLES[r.score.telling]),),
                phrases.area(r.evidence),
            )
        )
        for r in rows[:_MOST_INDICATORS]
    ]
    yield Grid(heads, grid)
    if len(rows) > _MOST_INDICATORS:
        yield more(len(rows) - _MOST_INDICATORS, _IN_FILE)


def _limits(report: LearnReport) -> Iterator[Block]:
    idle = sum(x.use == Use.IDLE for x in report.limits)
    rows = [x for x in report.idle_limits if x.use != Use.IDLE]
    if not rows and not idle:
        return
    yield Gap()
    yield heading(_LIMITS)
    if idle:
        yield Fact("", _IDLE.of(n=counted(idle, _CONDITIONS)), style="dim")
    if not rows:
        return
    heads = (
        GridColumn(phrases.LIMIT),
        GridColumn(phrases.FAILED, right=True),
        GridColumn(phrases.USE),
    )
    grid = [
        GridRow(
            (limit_title(r.kind, r.of, r.title), f"{r.failed}/{r.results}", phrases.USES[r.use])
        )
        for r in rows[:_MOST_LIMITS]
    ]
    yield Grid(heads, grid)
    if len(rows) > _MOST_LIMITS:
        yield more(len(rows) - _MOST_LIMITS, _IN_FILE)


_GRADE_LIMIT = Text("{grade} 级：{title}", "grade {grade}: {title}")
_GATE = Text("门槛：{title}", "gate: {title}")


def limit_title(kind: str, of: str, title: Words) -> Words:
    """Name a condition with the grade that asks it."""
    return _GRADE_LIMIT.of(grade=of, title=title) if kind == "grade" else _GATE.of(title=title)


def _weights(report: LearnReport) -> Iterator[Block]:
    w = report.weights
    yield _headed(_WEIGHTS, report)
    yield Fact("", phrases.weights_said(w), style="" if w.changes else "yellow")
    reweighing = w.reweighing
    if reweighing is None or np.isnan(reweighing.low).all():
        return  # what stays as it is, and of which nothing else is known
    heads = (
        GridColumn(words.DIMENSION if w.level == "dimensions" else words.INDICATOR),
        GridColumn(phrases.OLD, right=True),
        GridColumn(phrases.NEW, right=True),
        GridColumn(phrases.CHANGE, right=True),
        GridColumn(phrases.DATA_SAY, right=True),
    )
    grid = []
    for k, (_, title) in enumerate(w.items):
        low, high = float(reweighing.low[k]), float(reweighing.high[k])
        grid.append(
            GridRow(
                (
                    title,
                    f"{reweighing.present[k]:.1%}",
                    f"{reweighing.proposed[k]:.1%}",
                    f"{100 * reweighing.change[k]:+.1f}" if w.changes else "·",
                    "—" if low != low else f"{low:.0%}–{high:.0%}",
                )
            )
        )
    yield Grid(heads, grid)
    if w.changes:
        yield Fact("", phrases.moves_said(w))
        for crosses, title in ((1, _IN), (-1, _OUT)):
            names = [m.id for m in w.moves if m.crosses == crosses]
            if names:
                left = len(names) - _MOST_MOVES
                more_of = [_MORE.of(n=left)] if left > 0 else []
                yield Fact(title, join([*names[:_MOST_MOVES], *more_of], LISTED))


def _rest(report: LearnReport) -> Iterator[Block]:
    f = report.followed
    others = [c for c in f.others if c.outcome != f.outcome]
    if others or f.left_out:
        yield Gap()
    if others:
        said = [
            _OTHER.of(name=outcome_title(c.outcome), yes=c.reached, no=c.failed) for c in others
        ]
        yield Fact(_OTHERS, join(said), style="dim")
    for entry, why in f.left_out:
        yield Fact(_LEFT_OUT, _ROUND.of(day=entry.as_of, title=entry.title, why=why), style="dim")
