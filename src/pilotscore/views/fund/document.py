"""A call decided, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Lazily,
    Sheet,
    Table,
    flat_table,
    heading,
    note,
)
from pilotscore.language import Text
from pilotscore.runs.fund import FundReport
from pilotscore.runs.outcome import digest_of
from pilotscore.views import findings
from pilotscore.views.fund.budget import budget_page, budget_sheets, budget_table
from pilotscore.views.fund.budget import rules_table as cost_table
from pilotscore.views.fund.concentration import (
    concentration_page,
    concentration_sheet,
    concentration_table,
)
from pilotscore.views.fund.decisions import core_page, decisions_page, decisions_table, with_rule
from pilotscore.views.fund.draw import draw_lines, draw_page, draw_record
from pilotscore.views.fund.explored import explored
from pilotscore.views.fund.grounds import grounds_record
from pilotscore.views.fund.limits import limits_page, limits_table, prices_table
from pilotscore.views.fund.overrides import overrides_page, overrides_table
from pilotscore.views.fund.paper import printed_table
from pilotscore.views.fund.phrases import figure
from pilotscore.views.fund.rules import (
    jumps_page,
    jumps_table,
    log_table,
    reserve_page,
    reserve_table,
    rules_page,
    rules_table,
)
from pilotscore.wording import words

# What a committee reads and signs; all other columns are on the sheet of data.
_DECISIONS = Text("资助决定", "Decisions")
_RULES = Text("两种规则", "Two rules")
_JUMPS = Text("越过", "Jumps")
_RESERVE = Text("候补名单", "Reserve list")
_OVERRIDES = Text("决定与代价", "Overrides")
_LIMITS = Text("限额使用", "Limits used")
_CALL = Text("征集文件", "Call")
_PRICES = Text("影子价格", "Prices")
_LOG = Text("分配日志", "Log")
_DRAW = Text("抽签记录", "Draw")


def document(report: FundReport, shown: int | None = None, *, in_full: bool = False) -> Document:
    """Return a call decided as a document.

    Parameters
    ----------
    report
        What :func:`~pilotscore.runs.fund.fund` gave.
    shown
        How many results the page has at the most.
    in_full
        Whether the page says all of each decision below it, instead of two lines.
    """
    return Document(
        report.funded.instance.call.title,
        version=report.outcome.manifest.version,
        as_of=report.outcome.manifest.as_of,
        digest=digest_of(report.manifest()),
        page=lambda: _page(report, shown, in_full=in_full),
        sheets=lambda: _sheets(report),
        record=lambda: _record(report),
        table=lambda: with_rule(report),
        lines=lambda: draw_lines(report.funded),
        explored=lambda: explored(report, _DECISIONS, lambda: _beside(report)),
    )


def _page(report: FundReport, shown: int | None, *, in_full: bool) -> Iterator[Block]:
    decision, call = report.funded, report.funded.instance.call
    title = Text("{title} {version} · {day}", "{title} {version} · {day}").of(
        title=call.title, version=call.version, day=report.outcome.manifest.as_of
    )
    yield heading(title)
    yield from (Fact("", text) for text in report.headline())
    yield from (note(text) for text in report.notes())
    yield Gap()
    yield from rules_page(decision)
    yield Gap()
    yield from chain(
        decisions_page(report, shown, in_full=in_full),
        overrides_page(report.overruled),
        jumps_page(decision),
        reserve_page(decision),
        limits_page(decision),
        core_page(report),
        draw_page(decision),
        budget_page(decision, report.sensitivity),
        concentration_page(decision),
    )


def _sheets(report: FundReport) -> list[Sheet]:
    said = (*report.headline(), *report.notes())
    decisions = Sheet(_DECISIONS, (*said, printed_table(report)), freeze=3)
    return [decisions, *_beside(report)]


def _beside(report: FundReport) -> list[Sheet]:
    """Return the sheets that say more than the list of decisions."""
    decision = report.funded
    said = (*report.headline(), *report.notes())
    sheets = [Sheet(_RULES, (*said, rules_table(decision)))]
    if report.overruled is not None:
        sheets.append(_long(_OVERRIDES, overrides_table(report.overruled)))
    sheets += [
        _long(_JUMPS, jumps_table(decision)),
        _long(_RESERVE, reserve_table(decision)),
        Sheet(_LIMITS, (limits_table(decision),)),
        *budget_sheets(decision, report.sensitivity),
    ]
    prices = prices_table(decision, report.prices)
    if prices is not None:
        sheets.append(Sheet(_PRICES, (prices,)))
    sheets += [concentration_sheet(decision), Sheet(_LOG, (log_table(decision),))]
    discussion = decision.instance.call.line.discussion
    if discussion is not None and discussion.decide == "lottery":
        lines = [[text] for text in draw_lines(decision)]
        sheets.append(Sheet(_DRAW, (Table((Column("record", _DRAW, width=120),), lines),)))
    names_and_values = (
        Column("name", Text("项", "name"), width=34),
        Column("value", Text("值", "value"), width=90),
    )
    call = Table(names_and_values, flat_table(decision.instance.loaded.data).rows)
    return [
        *sheets,
        Sheet(_CALL, (call,)),
        findings.sheet((*report.findings, *report.outcome.findings)),
        Sheet(words.SHEET_MANIFEST, (flat_table(findings.with_digest(report.manifest())),)),
    ]


def _long(name: Text, table: Table) -> Sheet:
    """Return a sheet of one table."""
    return Sheet(name, (table,))


def _record(report: FundReport) -> Mapping[str, Any]:
    decision = report.funded
    call, unit = decision.instance.call, decision.instance.unit
    sensitivity, overruled = report.sensitivity, report.overruled
    return {
        "call": {"id": call.id, "version": call.version, "title": call.title},
        "notes": report.notes(),
        "budget": unit.number(call.budget_fen),
        "unit": unit.name,
        "rule": call.rule,
        "objective": call.objective,
        "floor": call.floor,
        "rules": rules_table(decision),
        "lost_in_rank_order": figure(decision.lost_in_order),
        "decisions": decisions_table(report),
        "grounds": grounds_record(report),
        "jumps": jumps_table(decision),
        "reserve": reserve_table(decision),
        "overrides": None if overruled is None else overrides_table(overruled),
        "line": draw_record(decision),
        "limits": limits_table(decision),
        "prices": prices_table(decision, report.prices),
        "next_money": None
        if sensitivity is None
        else {
            "budget": budget_table(decision, sensitivity),
            "rules": cost_table(decision, sensitivity),
        },
        "portfolio_view": concentration_table(decision),
        "log": log_table(decision),
        "findings": Lazily((*report.findings, *report.outcome.findings), findings.record),
        "manifest": report.manifest(),
    }
