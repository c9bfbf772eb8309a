"""Results of a batch: where each stands, what comes next, what is violated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.document import (
    Block,
    Column,
    Lazily,
    Listing,
    Piece,
    Row,
    Slot,
    Table,
    heading,
    more,
)
from pilotscore.language import BLANK, NOTHING, Text, Words, counted, join, same
from pilotscore.rights.ownership.next_step import NextStep, next_of
from pilotscore.rights.ownership.progress import NO_STATE
from pilotscore.runs.rights import RightsReport
from pilotscore.views.due import day, marked
from pilotscore.views.rights.words import mode_of, party_kind_of, payment_of
from pilotscore.wording import words

_RESULTS = Text("成果", "Results")
_NO_STATE = Text("尚未开始", "not begun")
_NOTHING_NEXT = Text("没有后续步骤", "nothing follows")
_VIOLATION, _WARNING = Text("处违规", "violation"), Text("处提醒", "warning")
_UNPROVEN = Text("步未见证明", "step unproven")
_CLAIM = Text("债权未结清", "claim outstanding")
_BY = Text("最迟 {day}", "by {day}")
_FROM = Text("最早 {day}", "from {day}")
_IN_FILES = Text(
    "（-o 文件中有全部；给出编号可看一项）", " (-o FILE has them all; name one by its id)"
)
_NATION = Text("国家法律", "national law")


# ------------------------------------------------------------------------------------ the page

_SLOTS = (
    Slot(words.ID, most=14, narrow=10),
    Slot(Text("方式", "mode"), most=24, narrow=16),
    Slot(Text("现状", "state"), most=22, narrow=16),
    Slot(Text("下一步与问题", "next, and what is wrong"), rest=True, loose=4),
)


def listing(report: RightsReport, most: int) -> Iterator[Block]:
    """Yield the first results: those with violations first, then those with warnings."""
    owned = report.owned
    yield heading(_RESULTS, "bold cyan")
    order = np.lexsort((np.arange(len(owned)), -owned.warnings, -owned.errors))
    shown = order[:most]
    yield Listing(_SLOTS, [_row(report, int(i)) for i in shown], head_style="dim", wrap=True)
    if len(owned) > most:
        yield more(len(owned) - most, _IN_FILES)


def _row(report: RightsReport, i: int) -> Row:
    owned = report.owned
    state: Piece = (state_of(report, i), "" if owned.progress.stated[i] != NO_STATE else "dim")
    style = "red" if owned.errors[i] else "yellow" if owned.warnings[i] else ""
    cells = ((owned.results[i], ""), (mode_of(owned.facts.mode[i]), ""), state)
    return Row((*cells, (join(_said_of(report, i), _DOT), style)))


_DOT = Text(" · ", " · ")


def _said_of(report: RightsReport, i: int) -> Iterator[Words]:
    owned, step = report.owned, next_of(report.owned, i)
    yield _NOTHING_NEXT if step is None else join((step.title, _days(step)), BLANK)
    unproven = sum(int(rows[i]) for rows in owned.progress.unproven.values())
    for noun, plural, count in (
        (_VIOLATION, None, int(owned.errors[i])),
        (_WARNING, None, int(owned.warnings[i])),
        (_UNPROVEN, "steps unproven", unproven),
    ):
        if count:
            yield counted(count, noun, plural)
    if owned.claim_outstanding[i]:
        yield _CLAIM


def _days(step: NextStep) -> Words:
    if step.latest is not None:
        return _BY.of(day=marked(str(step.latest), step.unconfirmed))
    return NOTHING if step.earliest is None else _FROM.of(day=day(step.earliest))


def state_of(report: RightsReport, i: int) -> Words:
    """Return the furthest state that is stated of a result."""
    return _state(report, int(report.owned.progress.stated[i]))


def _state(report: RightsReport, place: int) -> Words:
    if place == NO_STATE:
        return _NO_STATE
    machine = report.owned.machine
    return machine.states[machine.order[place]].title


# ---------------------------------------------------------------------------------- the table

_COLUMNS = (
    Column("result", words.ID, width=14),
    Column("region", Text("地区", "region"), width=14),
    Column("law", Text("适用规则", "rules of"), width=14),
    Column("unit", Text("单位类型", "kind of unit"), width=22),
    Column("mode", Text("转化方式", "mode"), width=20),
    Column("payment", Text("支付方式", "payment"), width=14),
    Column("state", Text("所记录的状态", "state as stated"), width=18),
    Column("proven", Text("已证明到", "proven up to"), width=18),
    Column("unproven", Text("未见证明的步骤数", "steps unproven"), "rank", 10),
    Column("next", Text("下一步", "next step"), width=18),
    Column("actor", Text("办理人", "who acts"), width=18),
    Column("document", Text("凭证", "what proves it"), "wrap", 24),
    Column("earliest", Text("最早", "from"), width=12),
    Column("latest", Text("最迟", "by"), width=12),
    Column("claim", Text("债权未结清", "claim outstanding"), "centre", 10),
    Column("terms", Text("条款完备率", "clauses agreed"), "share", 10),
    Column("violations", Text("违规", "violations"), "rank", 9),
    Column("warnings", Text("提醒", "warnings"), "rank", 9),
)


def table_of(report: RightsReport) -> Table:
    """Return a row for each result, made when it is written."""
    places = [report.owned.facts.results.place[name] for name in report.results]
    return Table(_COLUMNS, Lazily(places, lambda i: cells_of(report, i)))


def cells_of(report: RightsReport, i: int) -> list[Any]:
    """Return what a table has of a result."""
    owned, step = report.owned, next_of(report.owned, i)
    match, terms = owned.facts.matches[owned.facts.match[i]], float(owned.terms[i])
    law = match.region.title if match.region is not None and match.ruled else _NATION
    unproven = sum(int(rows[i]) for rows in owned.progress.unproven.values())
    return [
        owned.results[i],
        match.written or None,
        law,
        *map(_or_none, (party_kind_of(owned.facts.kind[i]), mode_of(owned.facts.mode[i]))),
        _or_none(payment_of(owned.facts.payment[i])),
        state_of(report, i),
        _state(report, int(owned.progress.proven[i])),
        unproven,
        *((None,) * 5 if step is None else _cells_of(step)),
        words.YES if owned.claim_outstanding[i] else None,
        None if np.isnan(terms) else terms,
        int(owned.errors[i]),
        int(owned.warnings[i]),
    ]


def _cells_of(step: NextStep) -> tuple[Any, ...]:
    return step.title, step.actor, step.document, day(step.earliest), day(step.latest)


def _or_none(said: Words) -> Words | None:
    return None if said in (NOTHING, same("")) else said
