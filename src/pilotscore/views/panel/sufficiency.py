"""Sufficiency indicators as they are shown: counts of yes and no, and the reasons for no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.document import Block, Column, Fact, Line, Table, heading, more
from pilotscore.language import COLON, DOT, Text, Words, join, same
from pilotscore.runs.panel import PanelReport
from pilotscore.runs.panel_sufficiency import Sufficiency
from pilotscore.wording import words

TITLE = Text("是否充分（是或否，不计分）", "Sufficiency (yes or no, unscored)")
_COUNTS = Text(
    "{all} 项中 {sufficient} 项充分，{not_} 项不充分",
    "{sufficient} of {all} results sufficient, {not_} not",
)
_ANSWERS = Text("不充分：{yes} 人答是，{no} 人答否", "not sufficient: {yes} say yes, {no} no")
_NO_REASON = Text("没有写理由", "no reason given")
_SUFFICIENT, _NOT = Text("充分", "sufficient"), Text("不充分", "not sufficient")
_NOT_SHOWN = Text("未显示（-o 文件中有全部）", " not shown (-o FILE has them all)")
_MOST = 8


def blocks(report: PanelReport, *, experts: bool) -> Iterator[Block]:
    """Say for each indicator how many results are sufficient, and of which somebody says no."""
    yield heading(TITLE)
    for name in dict.fromkeys(s.indicator for s in report.sufficiency):
        of = [s for s in report.sufficiency if s.indicator == name]
        lacking = [s for s in of if not s.sufficient]
        counts = {"all": len(of), "sufficient": len(of) - len(lacking), "not_": len(lacking)}
        yield Fact(join((same(name) if name else words.INDICATOR, ""), COLON), _COUNTS.of(**counts))
        for one in lacking[:_MOST]:
            yield from _lacking(one, experts=experts)
        if len(lacking) > _MOST:
            yield more(len(lacking) - _MOST, _NOT_SHOWN)


def _lacking(one: Sufficiency, *, experts: bool) -> Iterator[Block]:
    said = _ANSWERS.of(yes=one.yes, no=len(one.noes))
    yield Line(((join((same(one.result), said), DOT), "yellow"),))
    if experts:
        for answer in one.noes:
            yield Fact(same(answer.expert), answer.reason or _NO_REASON, indent=2)


def table(report: PanelReport, *, experts: bool) -> Table:
    """Return a row for each indicator and result."""
    columns = (
        Column("id", words.ID, width=14),
        Column("indicator", words.INDICATOR, width=24),
        Column("sufficient", TITLE, "centre", 14),
        Column("yes", Text("是", "yes"), "rank", 8),
        Column("no", Text("否", "no"), "rank", 8),
        *([Column("reasons", Text("理由", "Reasons"), "wrap", 70)] if experts else []),
    )
    return Table(columns, [_row(s, experts=experts) for s in report.sufficiency])


def _row(one: Sufficiency, *, experts: bool) -> list[Any]:
    verdict: Words = _SUFFICIENT if one.sufficient else _NOT
    reasons = "；".join(f"{a.expert}：{a.reason}" if a.reason else a.expert for a in one.noes)
    row = [one.result, one.indicator, verdict, one.yes, len(one.noes)]
    return [*row, reasons] if experts else row


def record(report: PanelReport, *, experts: bool) -> list[dict[str, Any]]:
    """Return the answers as plain data; without ``experts`` the counts alone."""
    return [
        {
            "id": s.result,
            "indicator": s.indicator or None,
            "sufficient": s.sufficient,
            "yes": s.yes,
            "no": len(s.noes),
            **({"reasons": _reasons(s)} if experts else {}),
        }
        for s in report.sufficiency
    ]


def _reasons(one: Sufficiency) -> list[dict[str, str]]:
    return [{"expert": a.expert, "reason": a.reason} for a in one.noes]
