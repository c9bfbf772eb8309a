"""The tables of a panel: results, agreement, experts, what to discuss, other rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.document import Column, Sheet, Table
from pilotscore.language import Text, same
from pilotscore.panels.other_rules import ranks
from pilotscore.runs.panel import PanelReport
from pilotscore.runs.panel_judged import Judged, StageFigures
from pilotscore.views import findings
from pilotscore.views.panel import phrases, sufficiency
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_VALUE = Text("分值", "Value")
_LOW, _HIGH = Text("区间下端", "Interval from"), Text("区间上端", "Interval to")
_COUNT, _USED = Text("分数个数", "Scores"), Text("计入个数", "Scores used")
_SPAN, _DISCUSS = Text("相差", "Span"), Text("讨论", "To discuss")
_INCOMPLETE = Text("评审不完整", "Incomplete panel")
_YES, _NO = Text("是", "yes"), Text("", "")
_SHEETS = {
    "results": Text("评审结果", "Results"),
    "sufficiency": Text("是否充分", "Sufficiency"),
    "agreement": Text("一致程度", "Agreement"),
    "experts": Text("专家", "Experts"),
    "discuss": Text("讨论", "To discuss"),
    "rules": Text("其他规则", "Other rules"),
}
_NONE = same("")
PLAIN = Text("未修正", "Plain")


def in_order(report: PanelReport) -> list[int]:
    """Return the results by rank, those without one last, each by id."""
    rank = report.overall.rank
    placed = np.where(rank > 0, rank, len(rank) + 1)
    return [int(i) for i in np.argsort(placed, kind="stable")]


def sheets(report: PanelReport, *, experts: bool = True) -> list[Sheet]:
    """Return all tables of a panel; without ``experts`` those that name none."""
    answered = _answered(report, experts=experts)
    if not report.judged:
        return [*answered, findings.sheet(report.findings)]
    parts = [
        Sheet(
            _SHEETS["results"],
            (phrases.rule_words(report.overall.rule), results_table(report)),
            freeze=3,
        ),
        *answered,
        Sheet(_SHEETS["agreement"], (phrases.WHOLE_CALL, _agreement_table(report))),
    ]
    if experts:
        parts.append(Sheet(_SHEETS["experts"], (phrases.FAR_WORDS, _experts_table(report))))
        parts.append(Sheet(_SHEETS["discuss"], (_discuss_table(report),)))
    parts.append(Sheet(_SHEETS["rules"], (_rules_table(report),), freeze=1))
    if experts:
        parts.append(findings.sheet(report.findings))
    return parts


def _answered(report: PanelReport, *, experts: bool) -> list[Sheet]:
    if not report.sufficiency:
        return []
    return [Sheet(_SHEETS["sufficiency"], (sufficiency.table(report, experts=experts),))]


def results_table(report: PanelReport) -> Table:
    """Return a row for each result, in the order of rank."""
    several = report.judged[:-1]
    columns = (
        Column("rank", words.RANK, "rank", 7),
        Column("id", words.ID, width=14),
        Column("title", words.TITLE, "wrap", 36),
        Column("value", _VALUE, "score", 9),
        Column("low", _LOW, "score", 10),
        Column("high", _HIGH, "score", 10),
        Column("scores", _COUNT, "rank", 9),
        Column("used", _USED, "rank", 9),
        Column("span", _SPAN, "score", 8),
        Column("discuss", _DISCUSS, "centre", 8),
        Column("incomplete", _INCOMPLETE, "centre", 10),
        *_plain_columns(report),
        *_stage_columns(report),
        *(Column(f"value_{n}", j.title, "score", 12) for n, j in enumerate(several, start=1)),
    )
    if not report.judged:
        return Table(columns, ())
    plain = report.overall.plain
    before = None if plain is None else ranks(plain)
    return Table(columns, [_result_row(report, r, several, before) for r in in_order(report)])


def _result_row(
    report: PanelReport, r: int, several: tuple[Judged, ...], before: Ints | None
) -> list[Any]:
    """Return the row of a result; ``before`` are the ranks without the correction."""
    overall, name = report.overall, report.panel.results[r]
    a, d, listed = overall.aggregate, overall.disagreement, report.submission.results
    return [
        int(overall.rank[r]) or None,
        name,
        listed[name].title if name in listed else "",
        rounded(a.value[r]),
        rounded(a.low[r]),
        rounded(a.high[r]),
        int(a.count[r]),
        int(a.used[r]),
        rounded(d.span[r]),
        _YES if d.discuss[r] else _NO,
        _YES if a.incomplete[r] else _NO,
        *([] if overall.plain is None else [rounded(overall.plain[r])]),
        *([] if before is None else [int(before[r]) or None]),
        *_stage_values(overall, r),
        *(rounded(j.aggregate.value[r]) for j in several),
    ]


def _plain_columns(report: PanelReport) -> list[Column]:
    """Return columns of what there would be without the correction, where there is one."""
    if not report.judged or report.overall.plain is None:
        return []
    return [
        Column("uncorrected", PLAIN, "score", 10),
        Column("uncorrected_rank", Text("未修正名次", "Rank uncorrected"), "rank", 10),
    ]


def _stage_columns(report: PanelReport) -> list[Column]:
    """Return columns of both stages where there are two."""
    if not report.judged or report.overall.stages is None:
        return []
    return [
        Column("first", Text("初评", "First stage"), "score", 9),
        Column("second", Text("复评", "Second stage"), "score", 9),
    ]


def _stage_values(overall: Judged, r: int) -> list[Any]:
    stages = overall.stages
    if stages is None:
        return []
    return [rounded(stages.first.value[r]), rounded(stages.second.value[r])]


def _agreement_table(report: PanelReport) -> Table:
    forms = [(f"icc_{n}_{size}", f"ICC({n},{size})") for size in ("1", "k") for n in (1, 2, 3)]
    columns = (
        Column("indicator", words.INDICATOR, width=28),
        *(Column(key, same(head), "figure", 11) for key, head in forms),
        Column("low", Text("ICC(2,k) 下端", "ICC(2,k) from"), "figure", 12),
        Column("high", Text("ICC(2,k) 上端", "ICC(2,k) to"), "figure", 12),
        Column("w", same("Kendall W"), "figure", 11),
        *(
            Column(f"alpha_{m}", same(f"alpha ({m})"), "figure", 13)
            for m in report.overall.agreement.alpha
        ),
        Column("words", Text("说明", "In words"), "wrap", 60),
    )
    return Table(columns, [_agreement_row(j) for j in report.judged])


def _agreement_row(judged: Judged) -> list[Any]:
    intraclass, w = judged.agreement.intraclass, judged.agreement.concordance
    if intraclass is None:
        values: list[float | None] = [None] * 8
    else:
        forms = [
            x
            for part in (intraclass.single, intraclass.mean)
            for x in (part.one_way, part.absolute, part.ranking)
        ]
        ends = (intraclass.mean.absolute.low, intraclass.mean.absolute.high)
        values = [*(rounded(x.value) for x in forms), *map(rounded, ends)]
    alphas = [rounded(c.value) if c else None for c in judged.agreement.alpha.values()]
    return [
        judged.title,
        *values,
        rounded(w.w) if w else None,
        *alphas,
        phrases.agreement_words(judged),
    ]


def _experts_table(report: PanelReport) -> Table:
    columns = (
        Column("expert", Text("专家", "Expert"), width=16),
        Column("group", Text("组别", "Group"), width=12),
        *([Column("role", _ROLE, width=12)] if _has_roles(report) else []),
        *_stage_column(report),
        *_weight_column(report),
        Column("scores", _COUNT, "rank", 9),
        Column("mean", Text("平均", "Mean"), "score", 9),
        Column("severity", Text("宽严（正为宽）", "Severity (+ lenient)"), "figure", 12),
        Column("error", Text("标准误", "Std error"), "figure", 10),
        Column("spread", Text("离散（他人为 1）", "Spread (others 1)"), "figure", 12),
        Column("correlation", Text("与他人的相关", "Correlation"), "figure", 12),
        Column("drift", Text("过程中的变化", "Drift"), "figure", 12),
        Column("far", Text("相差很远的分数", "Scores far off"), "rank", 10),
        Column("remark", Text("说明", "Remark"), "wrap", 60),
    )
    rows = [
        _expert_row(report, e, stage)
        for e in range(len(report.panel.experts))
        for stage in phrases.stages_of(report, e)
    ]
    return Table(columns, rows)


def _expert_row(report: PanelReport, e: int, stage: StageFigures) -> list[Any]:
    name, f, stated = report.panel.experts[e], stage.experts, report.submission.experts
    figures = (f.mean, f.severity, f.severity_error, f.spread, f.correlation, f.drift)
    return [
        name,
        stated[name].group if name in stated else "",
        *([stated[name].role if name in stated else ""] if _has_roles(report) else []),
        *([phrases.STAGES[stage.stage]] if _two_stages(report) else []),
        *([report.weights[name]] if report.weights else []),
        int(f.count[e]),
        *(rounded(x[e]) for x in figures),
        int(f.far[e]),
        phrases.expert_remarks(report.overall, f, e) or _NONE,
    ]


_ROLE = Text("角色", "Role")


def _has_roles(report: PanelReport) -> bool:
    return any(e.role for e in report.submission.experts.values())


def _two_stages(report: PanelReport) -> bool:
    return len(report.overall.in_stages) > 1


def _stage_column(report: PanelReport) -> list[Column]:
    """Return the column of the stage where there are two."""
    return [Column("stage", Text("轮次", "Stage"), width=12)] if _two_stages(report) else []


def _weight_column(report: PanelReport) -> list[Column]:
    """Return the column of weights where these differ."""
    return [Column("weight", words.WEIGHT, "figure", 9)] if report.weights else []


def _discuss_table(report: PanelReport) -> Table:
    columns = (
        Column("id", words.ID, width=14),
        Column("indicator", words.INDICATOR, width=24),
        Column("span", _SPAN, "score", 8),
        Column("expert", Text("专家", "Expert"), width=16),
        Column("score", Text("分数", "Score"), "score", 8),
        Column("comment", Text("评语", "Comment"), "wrap", 70),
    )
    comments = phrases.comments_of(report)
    rows = [
        [
            report.panel.results[one.result],
            one.title,
            rounded(one.span),
            name,
            rounded(score),
            comment,
        ]
        for one in phrases.discussed(report)
        for name, score, comment in phrases.score_lines(report, one, comments)
    ]
    return Table(columns, rows)


def _rules_table(report: PanelReport) -> Table:
    columns = (
        Column("id", words.ID, width=14),
        *(
            Column(order.rule.how, phrases.SHORT_HOW[order.rule.how], "rank", 12)
            for order in report.orders
        ),
    )
    rows = [
        [report.panel.results[r], *(int(order.rank[r]) or None for order in report.orders)]
        for r in in_order(report)
    ]
    return Table(columns, rows)
