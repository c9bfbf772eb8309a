"""What came of it as tables, each with the note of who is seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.criteria.measuring import Bounded
from pilotscore.document import (
    Axis,
    Chart,
    Column,
    Fact,
    Gap,
    Lazily,
    Series,
    Sheet,
    Table,
)
from pilotscore.language import Text, Words, same
from pilotscore.outcomes.brier import Parts
from pilotscore.outcomes.decision_curve import Curve
from pilotscore.outcomes.indicators import Telling
from pilotscore.outcomes.kaplan_meier import Survival
from pilotscore.outcomes.tools_allowed import Tool
from pilotscore.runs.learn import IndicatorFigures, LearnReport
from pilotscore.runs.learn_figures import CURVE_AT, IndexFigures
from pilotscore.runs.learn_limits import LimitUse
from pilotscore.runs.learn_moves import Move
from pilotscore.views.learn import experts, phrases
from pilotscore.views.learn.page import limit_title
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_LOW, _HIGH = Text("区间下端", "Interval from"), Text("区间上端", "Interval to")
_BY, _MEDIAN = Text("至今达到", "Reached by time"), Text("半数达到（月）", "Half by month")
_FIGURE, _VALUE = Text("数字", "Figure"), Text("值", "Value")
_INTERCEPT = Text("校准曲线截距", "Intercept of the curve")
_SLOPE = Text("校准曲线斜率（每 10 分）", "Slope of the curve, for 10 points")
_PARTS = (
    Text("Brier 评分（未参与估计的结果）", "Brier score on results held out"),
    Text("不确定性", "Uncertainty"),
    Text("分辨", "Resolution"),
    Text("可靠性", "Reliability"),
    Text("组内", "Within bins"),
)
_BIN = Text(
    "达到比例：{n} 项，曲线给出 {stated:.0%}",
    "Share that reached it of {n} to which the curve gave {stated:.0%}",
)
_ISOTONIC = Text("保序校准：指数 {at}", "Isotonic curve at an index of {at}")
_THRESHOLD = Text("资助划算的达到机会", "Chance from which funding pays")
_FROM = Text("资助划算的指数", "Index from which funding pays")
_RULE = Text("按此资助的净收益", "Net benefit of that rule")
_EVERYONE = Text("全部资助的净收益", "Net benefit of funding all")
_COUNT, _AREA = Text("结果数", "Outcomes"), same("AUC")
_TELLS = Text("判断", "What it tells")
_EVIDENCE = Text("证据 AUC", "AUC of evidence")
_ALONE = Text("仅因此未满足", "Fail it alone")
_OLD_RANK, _NEW_RANK = Text("原名次", "Old rank"), Text("新名次", "New rank")
_OLD_GRADE, _NEW_GRADE = Text("原等级", "Old grade"), Text("新等级", "New grade")
_BY_INDEX, _FUND_ALL = Text("按指数资助", "Fund by index"), Text("全部资助", "Fund all")
_FUND_NONE, _NET = Text("都不资助", "Fund none"), Text("净收益", "Net benefit")
_NET_SAID = Text(
    "净收益：每项折合的成功数。门槛的胜算 = 一项失败的代价 / 一项成功的价值，由资助方给出。",
    "Net benefit in successes for each result. The odds of a threshold are what a failed grant "
    "costs over what a success is worth, and the funder gives them.",
)
_MONTH, _AT_RISK = Text("月", "Month"), Text("仍在跟踪", "Still followed")
_ITEMS = {"dimensions": words.DIMENSION, "indicators": words.INDICATOR}
_LINE = Text("资助线", "Line")
_CROSSES = {1: Text("进入", "comes in"), -1: Text("退出", "goes out"), 0: same("")}
_SHEETS = {
    "grades": Text("等级", "Grades"),
    "figures": Text("指数", "Index"),
    "net": Text("决策曲线", "Decision curve"),
    "time": Text("按时间", "By time"),
    "indicators": Text("指标", "Indicators"),
    "limits": Text("条件", "Conditions"),
    "weights": Text("权重", "Weights"),
    "moves": Text("名次变化", "Moves"),
    "experts": Text("专家（仅供秘书）", "Experts (secretary)"),
}


def sheets(report: LearnReport) -> list[Sheet]:
    """Return all tables."""
    seen = phrases.seen(report.followed)
    parts: dict[str, Sequence[Words | Fact | Table | Chart | Gap]] = {
        "grades": (phrases.summary(report.followed), grade_table(report)),
        "figures": (*_said(report), _figures(report)),
        **({"net": _net(report.index.net)} if report.index.net is not None else {}),
        **({"time": (_by_time(report),)} if any(report.reached) else {}),
        "indicators": (_indicators(report),),
        "limits": (_limits(report),),
        "weights": (phrases.weights_said(report.weights), _weights(report)),
    }
    if report.weights.moves:
        parts["moves"] = (phrases.moves_said(report.weights), _moves(report))
    if report.experts is not None:
        parts["experts"] = (*experts.said(report.experts), experts.table(report.experts))
    everybody = _ALL.of(n=report.followed.scored)
    notes = dict.fromkeys(parts, seen) | {"limits": everybody}
    return [Sheet(_SHEETS[name], (notes[name], *blocks)) for name, blocks in parts.items()]


_ALL = Text("全部 {n} 项评分成果。", "Of all {n} results scored.")


def _said(report: LearnReport) -> list[Words]:
    missing = phrases.not_carried(report)
    return [*([missing] if missing else []), *phrases.unseen(report)]


def grade_table(report: LearnReport) -> Table:
    """Return outcomes by grade."""
    columns = (
        Column("grade", words.GRADE, width=10),
        Column("reached", phrases.REACHED, "rank", 9),
        Column("not_reached", phrases.NOT_REACHED, "rank", 9),
        Column("open", phrases.OPEN, "rank", 9),
        Column("share", phrases.SHARE, "share", 10),
        Column("low", _LOW, "share", 10),
        Column("high", _HIGH, "share", 10),
        Column("by_time", _BY, "share", 10),
        Column("by_time_low", _LOW, "share", 10),
        Column("by_time_high", _HIGH, "share", 10),
        Column("half_by_month", _MEDIAN, "figure", 10),
    )
    t = report.grades
    names: list[Words] = [*(same(g.id) for g in report.followed.head.grades), phrases.NO_GRADE]
    rows = []
    for g, name in enumerate(names):
        if name is phrases.NO_GRADE and not t.success[g] + t.failure[g] + t.unknown[g]:
            continue
        reached = report.reached[g]
        by = (*reached.share, reached.median) if reached else (None,) * 4
        counts = [int(x[g]) for x in (t.success, t.failure, t.unknown)]
        shares = [rounded(float(x[g])) for x in (t.share, t.low, t.high)]
        rows.append([name, *counts, *shares, *(rounded(x) for x in by)])
    return Table(columns, rows)


def _figures(report: LearnReport) -> Table:
    """Return every figure of the index with its interval."""
    columns = (
        Column("figure", _FIGURE, "wrap", 44),
        Column("value", _VALUE, "figure", 10),
        Column("low", _LOW, "figure", 10),
        Column("high", _HIGH, "figure", 10),
    )
    return Table(columns, [list(row) for row in _each_figure(report.index)])


def _each_figure(index: IndexFigures) -> Iterator[tuple[Words, float | None, Any, Any]]:
    bounds: list[tuple[Words, Bounded | None]] = [
        (phrases.TOOLS[Tool.CORRELATION], index.rank),
        (phrases.TOOLS[Tool.DISCRIMINATION], index.area),
    ]
    if (curve := index.curve) is not None:
        bounds += [(_INTERCEPT, curve.intercept), (_SLOPE, curve.slope)]
    for title, bounded in bounds:
        if bounded is not None:
            low, high = rounded(bounded.low), rounded(bounded.high)
            yield title, rounded(bounded.value), low, high
    if (parts := index.held_out) is not None:
        for title, value in zip(_PARTS, _of_parts(parts), strict=True):
            yield title, rounded(value), None, None
        for n, stated, came in zip(parts.count, parts.chance, parts.came, strict=True):
            yield _BIN.of(n=int(n), stated=float(stated)), rounded(float(came)), None, None
    for at, chance in zip(CURVE_AT, index.isotonic or (), strict=False):
        if chance == chance:
            yield _ISOTONIC.of(at=at), rounded(chance), None, None
    if (d := index.decided) is not None:
        yield _THRESHOLD, rounded(d.threshold), None, None
        yield _FROM, rounded(d.from_index), None, None
        yield _RULE, rounded(d.rule), None, None
        yield _EVERYONE, rounded(d.everyone), None, None


def _of_parts(parts: Parts) -> tuple[float, ...]:
    return parts.score, parts.uncertainty, parts.resolution, parts.reliability, parts.within


def _net(curve: Curve) -> tuple[Words, Table, Chart]:
    """Return the net benefit at each threshold, of the rule, of funding all and of none."""
    columns = (
        Column("threshold", _THRESHOLD, "share", 12),
        Column("rule", _BY_INDEX, "figure", 12),
        Column("all", _FUND_ALL, "figure", 12),
        Column("none", _FUND_NONE, "figure", 12),
    )
    parts = (x.tolist() for x in (curve.threshold, curve.rule, curve.everyone))
    rows = [[*map(rounded, row), 0.0] for row in zip(*parts, strict=True)]
    series = tuple(Series(c.heading, values=c.key, categories="threshold") for c in columns[1:])
    least = min(0.0, min(row[1] or 0.0 for row in rows))
    most = max(0.1, *(row[2] or 0.0 for row in rows))
    chart = Chart(
        "line",
        _SHEETS["net"],
        series,
        rows=(0, len(rows) - 1),
        x=Axis(_THRESHOLD, "0%", grid=False),
        y=Axis(_NET, "0.00", least=math.floor(10 * least) / 10, most=math.ceil(10 * most) / 10),
        at=(2, len(columns) + 1),
    )
    return _NET_SAID, Table(columns, rows), chart


def _by_time(report: LearnReport) -> Table:
    """Return the share of each grade that has reached it after each month with an event."""
    columns = (
        Column("grade", words.GRADE, width=10),
        Column("month", _MONTH, "score", 10),
        Column("at_risk", _AT_RISK, "rank", 12),
        Column("events", phrases.REACHED, "rank", 10),
        Column("share", _BY, "share", 10),
        Column("low", _LOW, "share", 10),
        Column("high", _HIGH, "share", 10),
    )
    names: list[Words] = [*(same(g.id) for g in report.followed.head.grades), phrases.NO_GRADE]
    steps = [
        (name, reached.survival, k)
        for name, reached in zip(names, report.reached, strict=True)
        if reached is not None
        for k in range(len(reached.survival.time))
    ]
    return Table(columns, Lazily(steps, _step))


def _step(step: tuple[Words, Survival, int]) -> list[Any]:
    name, s, k = step
    shares = (1 - s.share[k], 1 - s.high[k], 1 - s.low[k])
    counts = [int(s.at_risk[k]), int(s.events[k])]
    return [name, rounded(s.time[k]), *counts, *(rounded(float(x)) for x in shares)]


def _indicators(report: LearnReport) -> Table:
    columns = (
        Column("id", words.INDICATOR_ID, width=24),
        Column("title", words.INDICATOR, "wrap", 36),
        Column("count", _COUNT, "rank", 9),
        Column("auc", _AREA, "figure", 9),
        Column("low", _LOW, "figure", 9),
        Column("high", _HIGH, "figure", 9),
        Column("telling", _TELLS, width=14),
        Column("evidence_auc", _EVIDENCE, "figure", 9),
        Column("evidence_low", _LOW, "figure", 9),
        Column("evidence_high", _HIGH, "figure", 9),
    )
    return Table(columns, Lazily(report.indicators, _indicator))


def _indicator(r: IndicatorFigures) -> list[Any]:
    score, evidence = (
        [None] * 3 if d.telling == Telling.FEW else [*map(rounded, d.area)]
        for d in (r.score, r.evidence)
    )
    telling = phrases.TELLING[r.score.telling]
    return [r.item.id, r.item.title, r.score.count, *score, telling, *evidence]


def _limits(report: LearnReport) -> Table:
    columns = (
        Column("condition", phrases.LIMIT, "wrap", 46),
        Column("results", phrases.RESULTS, "rank", 9),
        Column("failed", phrases.FAILED, "rank", 9),
        Column("alone", _ALONE, "rank", 9),
        Column("use", phrases.USE, "wrap", 36),
    )
    return Table(columns, Lazily(report.limits, _limit))


def _limit(x: LimitUse) -> list[Any]:
    title = limit_title(x.kind, x.of, x.title)
    return [title, x.results, x.failed, x.alone, phrases.USES[x.use]]


def _weights(report: LearnReport) -> Table:
    columns = (
        Column("item", _ITEMS[report.weights.level], "wrap", 36),
        Column("old", phrases.OLD, "share", 10),
        Column("new", phrases.NEW, "share", 10),
        Column("change", phrases.CHANGE, "share", 10),
        Column("low", _LOW, "share", 10),
        Column("high", _HIGH, "share", 10),
    )
    reweighing = report.weights.reweighing
    rows: list[list[Any]] = []
    if reweighing is not None:
        parts = (
            reweighing.present,
            reweighing.proposed,
            reweighing.change,
            reweighing.low,
            reweighing.high,
        )
        for k, (_, title) in enumerate(report.weights.items):
            rows.append([title, *(rounded(float(x[k])) for x in parts)])
    return Table(columns, rows)


def _moves(report: LearnReport) -> Table:
    columns = (
        Column("id", words.ID, width=14),
        Column("title", words.TITLE, "wrap", 36),
        Column("old_rank", _OLD_RANK, "rank", 9),
        Column("new_rank", _NEW_RANK, "rank", 9),
        Column("old_grade", _OLD_GRADE, "centre", 9),
        Column("new_grade", _NEW_GRADE, "centre", 9),
        Column("line", _LINE, width=12),
    )
    return Table(columns, Lazily(report.weights.moves, _move))


def _move(m: Move) -> list[Any]:
    return [m.id, m.title, m.before, m.after, m.grade, m.new_grade, _CROSSES[m.crosses]]
