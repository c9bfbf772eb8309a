"""Parties, states and amounts of results, as tables for files: a row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from pilotscore.document import Column, Table
from pilotscore.language import Text, Words, join
from pilotscore.rights.ownership.case import Case, case_of
from pilotscore.rights.ownership.hits import money
from pilotscore.runs.rights import RightsReport
from pilotscore.views.due import day
from pilotscore.views.rights.case import floor_of
from pilotscore.views.rights.words import party_kind_of
from pilotscore.wording import words

# Of so many results at most each one's parties, states and amounts stand in sheets of a workbook.
MOST_CASES = 5_000
_RESULT = Column("result", words.ID, width=14)
_CELL = Column("cell", Text("单元格", "cell"), width=26)
_PARTIES = (
    _RESULT,
    Column("party", Text("当事人", "party"), width=24),
    Column("kind", Text("类型", "kind"), width=22),
    Column("role", Text("角色", "role"), width=14),
    Column("share", Text("份额 %", "share %"), "amount", 9),
    Column("use_years", Text("使用权年限", "years of use"), "amount", 10),
    Column("claim", Text("债权金额", "claim"), width=18),
    Column("trigger", Text("触发条件", "trigger"), "wrap", 20),
    Column("due", Text("应付日", "due"), width=12),
    Column("settled", Text("结清日", "settled"), width=12),
    _CELL,
)
_STATES = (
    _RESULT,
    Column("state", Text("状态", "state"), width=18),
    Column("stated", Text("已记录", "stated"), "centre", 9),
    Column("proven", Text("已证明", "proven"), "centre", 9),
    Column("needed", Text("应已完成", "needed by now"), "centre", 10),
    Column("start", Text("开始", "start"), width=12),
    Column("end", Text("结束", "end"), width=12),
    Column("actor", Text("办理人", "who acted"), width=16),
    Column("document", Text("凭证", "document"), "wrap", 24),
    Column("proof", Text("凭证日期", "dated"), width=12),
    _CELL,
)
_AMOUNTS = (
    _RESULT,
    Column("item", Text("项目", "item"), width=18),
    Column("agreed", Text("约定", "agreed"), width=18),
    Column("agreed_percent", Text("约定 %", "agreed %"), "amount", 9),
    Column("paid", Text("实际", "paid"), width=18),
    Column("paid_percent", Text("实际 %", "paid %"), "amount", 9),
    Column("floors", Text("底线与依据", "floors and sources"), "wrap", 60),
)


def parties_table(report: RightsReport) -> Table:
    """Return a row for each party of each result."""
    return Table(_PARTIES, _rows(report, _party_rows))


def states_table(report: RightsReport) -> Table:
    """Return a row for each state of each result that is stated, or has to be there by now."""
    return Table(_STATES, _rows(report, _state_rows))


def amounts_table(report: RightsReport) -> Table:
    """Return a row for each amount of a distribution, with its floors."""
    return Table(_AMOUNTS, _rows(report, _amount_rows))


def cases_note(report: RightsReport) -> tuple[Words, ...]:
    """Say that sheets have the first results alone, where there are more."""
    count = len(report.results)
    return (_NOT_ALL.of(n=f"{count:,}", most=f"{MOST_CASES:,}"),) if count > MOST_CASES else ()


_NOT_ALL = Text(
    "共 {n} 项成果，本表列前 {most} 项；全部见 .json",
    "{n} results in all: this sheet has the first {most}; a .json has them all",
)


def _rows(report: RightsReport, of: Callable[[Case], Iterator[list[Any]]]) -> list[list[Any]]:
    names = report.results[:MOST_CASES]
    cases = (report.case or case_of(report.owned, name) for name in names)
    return list(chain.from_iterable(map(of, cases)))


def _party_rows(case: Case) -> Iterator[list[Any]]:
    claims = {claim.party: claim for claim in case.claims}
    for party in case.parties:
        claim = claims.get(party.name)
        owed: tuple[Any, ...] = (None,) * 4
        if claim is not None:
            owed = (claim.amount, claim.trigger or None, day(claim.due), day(claim.settled))
        figures = (party.share, party.use_years)
        kind = party_kind_of(party.kind)
        yield [case.result, party.name, kind, party.role, *figures, *owed, str(party.place)]


def _state_rows(case: Case) -> Iterator[list[Any]]:
    for state in case.states:
        if state.stated or state.needed:
            said = (words.YES if x else words.NO for x in (state.stated, state.proven))
            needed = words.YES if state.needed else None
            place = None if state.place is None else str(state.place)
            days = (day(state.start), day(state.end))
            shown = (state.actor or None, state.document or None, day(state.proof))
            yield [case.result, state.title, *said, needed, *days, *shown, place]


def _amount_rows(case: Case) -> Iterator[list[Any]]:
    for row in case.amounts:
        agreed, paid = (
            None if fen is None else money(fen, case.currency)
            for fen in (row.agreed_fen, row.paid_fen)
        )
        floors = join(map(floor_of, row.floors)) if row.floors else None
        yield [
            case.result,
            row.title,
            agreed,
            row.agreed_percent,
            paid,
            row.paid_percent,
            floors,
        ]
