"""The document of a panel: a page for the committee, sheets with everything, a record of keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from pilotscore.document import (
    Block,
    Document,
    Fact,
    Gap,
    Line,
    Listing,
    Row,
    Slot,
    heading,
    more,
    note,
)
from pilotscore.language import COLON, DOT, Text, Words, counted, join, same
from pilotscore.runs.panel import PanelReport
from pilotscore.runs.panel_judged import Judged
from pilotscore.views.panel import phrases, record, sheets, sufficiency
from pilotscore.wording import words

TITLE = Text("专家评审", "Panel of experts")
_RULE, _AGREEMENT = Text("规则", "Rule"), Text("一致程度", "Agreement")
_VALUE, _INTERVAL = Text("分值", "Value"), Text("区间", "Interval")
_COUNT, _SPAN = Text("分数", "Scores"), Text("相差", "Span")
_INDICATOR = Text("指标", "Indicator")
_EXPERTS = Text("需要留意的专家", "Experts to look at")
_DISCUSS = Text("需要讨论的成果（分数相差超过限度）", "Results to discuss (scores far apart)")
_RULES = Text("换一种汇总规则", "Under another rule")
_NOBODY = Text("没有", "none")
_NO_SCORES = Text("没有可用的分数", "no scores to go by")
_SHOWN, _MOST_EXPERTS, _MOST_DISCUSSED = 20, 12, 8
_NOT_SHOWN = Text("未显示（-o 文件中有全部）", " not shown (-o FILE has them all)")


def document(report: PanelReport, *, experts: bool = True, version: str = "") -> Document:
    """Return what a panel says as a document.

    Parameters
    ----------
    report
        Of the run.
    experts
        Whether experts are named: what goes to applicants names none.
    version
        Of the program.
    """
    return Document(
        TITLE,
        version,
        page=partial(page, report, experts=experts),
        sheets=partial(sheets.sheets, report, experts=experts),
        record=partial(record.record, report, experts=experts),
        table=partial(sheets.results_table, report),
    )


def page(report: PanelReport, *, experts: bool = True) -> Iterator[Block]:
    """Say the order, how far experts agree, who and what to look at, and other rules."""
    panel = report.panel
    counts = (
        counted(len(panel.experts), Text("位专家", "expert")),
        counted(len(panel.results), Text("项成果", "result")),
        counted(len(report.submission.scores), Text("个分数", "score")),
    )
    yield heading(join((TITLE, *counts), DOT))
    if not report.judged:
        yield note(_NO_SCORES)
        yield from _sufficiency(report, experts=experts)
        return
    yield Fact(join((_RULE, ""), COLON), phrases.rule_words(report.overall.rule))
    for said in phrases.notes(report, experts=experts):
        yield note(said)
    yield Gap()
    yield from _order(report)
    yield from _sufficiency(report, experts=experts)
    yield Gap()
    yield from _agreement(report)
    if experts:
        yield Gap()
        yield from _experts(report)
        yield Gap()
        yield from _discussed(report)
    yield Gap()
    yield from _rules(report)


def _sufficiency(report: PanelReport, *, experts: bool) -> Iterator[Block]:
    if report.sufficiency:
        yield Gap()
        yield from sufficiency.blocks(report, experts=experts)


def _order(report: PanelReport) -> Iterator[Block]:
    overall, results = report.overall, report.submission.results
    plain = overall.plain
    slots = (
        Slot(words.RANK, right=True, least=4, most=4),
        Slot(words.ID, least=4, most=16, sized_by=report.panel.results),
        Slot(words.TITLE, least=12, most=44, rest=True) if results else Slot(least=0, most=1),
        Slot(_VALUE, right=True, least=6, most=8),
        Slot(_INTERVAL, right=True, least=13, most=15),
        *([Slot(sheets.PLAIN, right=True, least=6, most=9)] if plain is not None else []),
        Slot(_COUNT, right=True, least=6, most=6),
        Slot(_SPAN, right=True, least=5, most=7),
    )
    order = sheets.in_order(report)
    digits = phrases.digits_of(overall.rule.scale)
    rows = []
    for r in order[:_SHOWN]:
        value, title = overall.aggregate, results.get(report.panel.results[r])
        rank = str(overall.rank[r]) if overall.rank[r] else "—"
        cells = (
            rank,
            report.panel.results[r],
            title.title if title else "",
            phrases.points(float(value.value[r]), max(digits, 2)),
            phrases.interval(float(value.low[r]), float(value.high[r]), digits),
            *([] if plain is None else [phrases.points(float(plain[r]), max(digits, 2))]),
            str(int(value.count[r])),
            phrases.points(float(overall.disagreement.span[r])),
        )
        style = "yellow" if overall.disagreement.discuss[r] else ""
        rows.append(Row(tuple((cell, style) for cell in cells)))
    yield Listing(slots, rows, ruled=True)
    if len(order) > _SHOWN:
        yield more(len(order) - _SHOWN, _NOT_SHOWN)


def _agreement(report: PanelReport) -> Iterator[Block]:
    yield heading(_AGREEMENT)
    slots = (
        Slot(_INDICATOR, least=8, most=30, sized_by=tuple(j.title for j in report.judged)),
        Slot("ICC(2,1)", right=True, least=8, most=8),
        Slot("ICC(2,k)", right=True, least=8, most=8),
        Slot(_INTERVAL, right=True, least=10, most=10),
        Slot("ICC(3,k)", right=True, least=8, most=8),
        Slot("W", right=True, least=5, most=5),
        Slot("alpha", right=True, least=6, most=6),
    )
    yield Listing(slots, [_agreement_row(j) for j in report.judged])
    yield Fact("·", phrases.agreement_words(report.overall))
    yield Fact("·", phrases.WHOLE_CALL, style="dim")
    again = phrases.again_words(report)
    if again is not None:
        yield Fact("·", again)


def _agreement_row(judged: Judged) -> Row:
    forms, w = judged.agreement.intraclass, judged.agreement.concordance
    alpha = judged.agreement.alpha["interval"]
    single = forms.single.absolute.value if forms else float("nan")
    mean = forms.mean.absolute if forms else None
    cells: tuple[Words | str, ...] = (
        judged.title,
        phrases.figure(single),
        phrases.figure(mean.value if mean else float("nan")),
        phrases.interval(mean.low, mean.high) if mean else "—",
        phrases.figure(forms.mean.ranking.value if forms else float("nan")),
        phrases.figure(w.w if w else float("nan")),
        phrases.figure(alpha.value if alpha else float("nan")),
    )
    return Row(tuple((cell, "") for cell in cells))


def _experts(report: PanelReport) -> Iterator[Block]:
    yield heading(_EXPERTS)
    said = [
        (name, phrases.all_remarks(report.overall, e))
        for e, name in enumerate(report.panel.experts)
    ]
    remarks = [(name, words_) for name, words_ in said if words_ is not None]
    if not remarks:
        yield Line(((_NOBODY, "dim"),))
    for name, remark in remarks[:_MOST_EXPERTS]:
        yield Fact(join((same(name), ""), COLON), remark)
    if len(remarks) > _MOST_EXPERTS:
        yield more(len(remarks) - _MOST_EXPERTS, _NOT_SHOWN)


def _discussed(report: PanelReport) -> Iterator[Block]:
    yield heading(_DISCUSS)
    results, comments = phrases.discussed(report), phrases.comments_of(report)
    if not results:
        yield Line(((_NOBODY, "dim"),))
    for one in results[:_MOST_DISCUSSED]:
        head = join((same(report.panel.results[one.result]), one.title), DOT)
        apart = Text("相差 {span}", "{span} apart").of(span=phrases.points(one.span))
        yield Line(((head, "yellow"), ("  ", ""), (apart, "")))
        for name, score, comment in phrases.score_lines(report, one, comments):
            yield Fact(f"{phrases.points(score):>6}", f"{name}  {comment}".rstrip(), indent=2)
    if len(results) > _MOST_DISCUSSED:
        yield more(len(results) - _MOST_DISCUSSED, _NOT_SHOWN)


def _rules(report: PanelReport) -> Iterator[Block]:
    yield heading(_RULES)
    for number, order in enumerate(report.orders):
        if number == 0 or not np.any(order.rank):
            continue
        how = phrases.SHORT_HOW[order.rule.how]
        yield Fact(join((how, ""), COLON), phrases.moves_words(report, number))
