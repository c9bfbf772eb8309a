"""One result in full: parties, states, the next step, publicity, amounts, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.document import (
    Block,
    Fact,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Line,
    Listing,
    Row,
    Slot,
    heading,
)
from pilotscore.findings import Finding
from pilotscore.language import (
    BLANK,
    COMMA,
    LISTED,
    NOTHING,
    SEMICOLON,
    Text,
    Words,
    join,
    same,
    unbroken,
)
from pilotscore.rights.ownership.case import Case
from pilotscore.rights.ownership.case_parts import AmountRow, Claim, FloorRow, Party, StateRow
from pilotscore.rights.ownership.hits import money
from pilotscore.rights.ownership.money_checks import OF_TITLES
from pilotscore.views.due import day, marked
from pilotscore.views.findings import SEVERITY_STYLES
from pilotscore.views.rights.words import (
    BINDING,
    clause_of,
    mode_of,
    party_kind_of,
    payment_of,
    region_of,
)
from pilotscore.wording.figures import number

_HEAD = "bold cyan"
_PARTIES, _STATES = Text("各方与份额", "Parties and shares"), Text("进程", "States")
_NEXT, _PUBLICITY = Text("下一步", "Next step"), Text("公示", "Publicity")
_AMOUNTS, _TERMS = Text("收益分配", "Distribution"), Text("权责利条款", "Clauses of the agreement")
_VIOLATIONS, _WARNINGS = Text("违规", "Violations"), Text("提醒", "Warnings")
_NO_STEP = Text("没有后续步骤", "nothing follows")
_CLAIM = Text("{amount}，{trigger}{due}", "{amount}, {trigger}{due}")
_DUE, _SETTLED = Text("应于 {day} 前支付", "due by {day}"), Text("{day} 已结清", "settled on {day}")
_NO_DUE = Text("未写应付日期", "no due day is stated")
_ACTOR, _DOCUMENT = Text("办理人", "who acts"), Text("凭证", "what proves it")
_WHEN, _RULE = Text("时间", "when"), Text("规则", "rule")
_EARLIEST, _LATEST = Text("最早 {day}", "from {day}"), Text("最迟 {day}", "by {day}")
_NO_DAYS = Text("规则没有规定日期", "no rule sets a day")
_PROVEN, _UNPROVEN = Text("已证明", "proven"), Text("未见证明", "unproven")
_DOCUMENTED = Text("有凭证，此前步骤未证明", "documented, what comes before is not")
_NOT_YET = Text("未记录", "not stated")


def page_of(case: Case) -> Iterator[Block]:
    """Yield everything of one result."""
    yield Line(((_headline(case), ""),))
    yield Fact("", region_of(case.region), style="yellow" if not case.region.ruled else "dim")
    yield from _wrong(case)
    yield Gap()
    yield heading(_PARTIES, _HEAD)
    yield Listing(_PARTY_SLOTS, [_party(p) for p in case.parties], head_style="dim", indent=2)
    yield from (_claim(claim) for claim in case.claims)
    yield Gap()
    yield heading(_STATES, _HEAD)
    yield from (_state(s) for s in case.states if s.stated or s.needed)
    yield Gap()
    yield heading(_NEXT, _HEAD)
    yield from _next(case)
    yield from _publicity(case)
    yield from _amounts(case)
    yield from _terms(case)


def _headline(case: Case) -> Words:
    kind = party_kind_of(case.kind)
    return join((x for x in (kind, mode_of(case.mode), payment_of(case.payment)) if x), _DOT)


_DOT = Text(" · ", " · ")


def _wrong(case: Case) -> Iterator[Block]:
    warnings = [f for f in case.findings if f.severity == "warning"]
    for said, hits in ((_VIOLATIONS, case.violations), (_WARNINGS, warnings)):
        if hits:
            yield Gap()
            yield heading(join((said, str(len(hits))), BLANK), _HEAD)
            yield from map(_finding, hits)


def _finding(finding: Finding) -> Fact:
    said = join((finding.message, same(unbroken(str(finding.place)))), BLANK)
    return Fact(finding.code, said, 2, SEVERITY_STYLES[finding.severity])


# ------------------------------------------------------------------------------------ parties

_PARTY_SLOTS = (
    Slot(Text("当事人", "party"), least=10, most=30, narrow=24),
    Slot(Text("类型", "kind"), most=26, narrow=22),
    Slot(Text("份额", "share"), right=True, least=7, most=8),
    Slot(Text("使用权", "right of use"), right=True, least=6, most=12),
    Slot(Text("角色", "role"), rest=True, loose=4),
)
_YEARS = Text("{years} 年", "{years} years")


def _party(party: Party) -> Row:
    share = "" if party.share is None else f"{number(round(party.share, 2))} %"
    use = NOTHING if party.use_years is None else _YEARS.of(years=number(party.use_years))
    cells = (party.name, party_kind_of(party.kind), share, use, party.role)
    return Row(tuple((cell, "") for cell in cells))


def _claim(claim: Claim) -> Fact:
    """Say what a party is owed, and whether it is settled."""
    if claim.settled is not None:
        when: Words = _SETTLED.of(day=day(claim.settled))
    else:
        when = _NO_DUE if claim.due is None else _DUE.of(day=day(claim.due))
    said = join((x for x in (claim.amount, claim.trigger, when) if x), COMMA)
    style = "green" if claim.settled is not None else "yellow"
    return Fact(_CLAIM_OF.of(party=claim.party), said, 2, style)


_CLAIM_OF = Text("债权（{party}）", "claim of {party}")


# ------------------------------------------------------------------------------------- states


def _state(state: StateRow) -> Fact:
    mark, style = _mark(state)
    days = [d for d in (state.start, state.end) if d is not None]
    shown = [day(d) for d in dict.fromkeys(days)]
    proof = join((x for x in (state.document, day(state.proof) or "") if x), BLANK)
    parts = (same(" – ".join(filter(None, shown))), state.actor, proof)
    said = join((mark, *(p for p in parts if p != same(""))), SEMICOLON)
    return Fact(state.title, said, 2, style, label_width=_STATE_WIDTH)


_STATE_WIDTH = 32


def _mark(state: StateRow) -> tuple[Words, str]:
    if state.proven:
        return _PROVEN, "green"
    if state.proof is not None:
        return _DOCUMENTED, "yellow"
    return (_UNPROVEN, "yellow") if state.stated else (_NOT_YET, "dim")


def _next(case: Case) -> Iterator[Block]:
    step = case.next
    if step is None:
        yield Line(((_NO_STEP, "dim"),), indent=2)
        return
    days = []
    if step.earliest is not None:
        days.append(_EARLIEST.of(day=day(step.earliest)))
    if step.latest is not None:
        days.append(_LATEST.of(day=marked(str(step.latest), step.unconfirmed)))
    yield Fact("", step.title, 2, "bold")
    yield Fact(_ACTOR, step.actor, 4)
    yield Fact(_DOCUMENT, step.document, 4)
    yield Fact(_WHEN, join(days, COMMA) if days else _NO_DAYS, 4)
    yield Fact(_RULE, rule_of(step.rule, step.source), 4, "dim")


def rule_of(rule: Any, source: Words) -> Words:
    """Return a rule with its id and source."""
    return join((same(rule.id), rule.title, source), COMMA)


# ---------------------------------------------------------------------------------- publicity

_FROM_TO = Text("{start} 至 {end}", "{start} to {end}")
_LASTED = Text(
    "历时 {lasted} 个自然日、{working} 个工作日（首日不计）",
    "{lasted} calendar days, {working} working days (the first not counted)",
)
_STATED = {
    True: Text("公示写明 {days} 个工作日", "the notice says {days} working days"),
    False: Text("公示写明 {days} 个自然日", "the notice says {days} calendar days"),
}
_KIND_NOT_SAID = Text("未写明自然日或工作日", "calendar or working days is not said")
_REQUIRED = {
    True: Text("至少 {days} 个工作日", "at least {days} working days"),
    False: Text("至少 {days} 个自然日", "at least {days} calendar days"),
}
_AS_CALENDAR = Text(
    "规则未写明，按自然日计", "the rule does not say which: calendar days are meant"
)
_MAY_END = Text("最早可于 {day} 结束", "may end on {day} at the earliest")


def _publicity(case: Case) -> Iterator[Block]:
    shown = case.publicity
    if shown is None:
        return
    yield Gap()
    yield heading(_PUBLICITY, _HEAD)
    facts: list[Words] = []
    if shown.start is not None:
        facts.append(_FROM_TO.of(start=day(shown.start), end=day(shown.end) or "…"))
    if shown.lasted is not None and shown.lasted_working is not None:
        lasted = {"lasted": number(shown.lasted), "working": number(shown.lasted_working)}
        facts.append(_LASTED.of(**lasted))
    if shown.stated is not None:
        said = _STATED[shown.working].of(days=number(shown.stated))
        facts.append(said if shown.said else join((said, _KIND_NOT_SAID), COMMA))
    if facts:
        yield Fact("", join(facts), 2)
    if shown.required is not None and shown.rule is not None and shown.source is not None:
        least = _REQUIRED[shown.rule_working].of(days=number(shown.required))
        more: list[Words] = [] if shown.rule_said else [_AS_CALENDAR]
        if shown.may_end is not None:
            more.append(_MAY_END.of(day=day(shown.may_end)))
        yield Fact("", join((least, *more, rule_of(shown.rule, shown.source))), 2, "dim")


# ------------------------------------------------------------------------------------ amounts

_AMOUNT_COLUMNS = (
    GridColumn(Text("项目", "item")),
    GridColumn(Text("约定", "agreed"), right=True),
    GridColumn(Text("实际", "paid"), right=True),
)
_FLOOR_OF = Text("底线：{item}", "floor: {item}")
_NET = Text("按 {rule} 计算的净收入：{amount}", "net income as {rule} has it: {amount}")


def _amounts(case: Case) -> Iterator[Block]:
    if not case.amounts:
        return
    yield Gap()
    yield heading(_AMOUNTS, _HEAD)
    stated = [row for row in case.amounts if any(_figures(row))]
    rows = [GridRow(_amount(row, case.currency)) for row in stated]
    if rows:
        yield Grid(_AMOUNT_COLUMNS, rows, indent=2)
    for row in case.amounts:
        for floor in row.floors:
            yield Fact(_FLOOR_OF.of(item=row.title), floor_of(floor), 2)
    if case.net_fen is not None and case.net_rule is not None:
        said = _NET.of(rule=case.net_rule.id, amount=money(case.net_fen, case.currency))
        yield Fact("", said, 2, "dim")


def _figures(row: AmountRow) -> Iterator[bool]:
    """Yield whether each figure of an item is stated."""
    for value in (row.agreed_fen, row.agreed_percent, row.paid_fen, row.paid_percent):
        yield value is not None


def _amount(row: AmountRow, currency: str) -> tuple[Words | str, ...]:
    agreed = figure(row.agreed_fen, row.agreed_percent, currency)
    paid = figure(row.paid_fen, row.paid_percent, currency)
    return row.title, agreed, paid


def figure(fen: int | None, percent: float | None, currency: str) -> Words | str:
    """Return an amount, with the share that is stated of it; nothing where none is."""
    parts: list[Words | str] = []
    if fen is not None:
        parts.append(money(fen, currency))
    if percent is not None:
        parts.append(f"({number(percent)} %)" if parts else f"{number(percent)} %")
    return join(parts, BLANK) if parts else ""


_LEAST_SHARE = Text("≥ {of} {percent} %", "≥ {percent} % {of}")


def floor_of(floor: FloorRow) -> Words:
    """Return a floor: the amount or share, whether it must be kept, its rule and source."""
    share: Words = NOTHING
    if floor.percent is not None:
        of = OF_TITLES.get(floor.rule.of, NOTHING)
        share = _LEAST_SHARE.of(of=of, percent=number(floor.percent))
    least = NOTHING if floor.amount is None else floor.amount
    binding = BINDING.get(floor.rule.binding, NOTHING)
    figures = join((x for x in (share, least) if x), COMMA)
    return join((join((binding, figures), BLANK), floor.rule.id, floor.source), COMMA)


# -------------------------------------------------------------------------------------- terms

_AGREED = Text("已约定 {n}/{all} 项", "{n} of {all} agreed")
_LACKS, _NOT_SAID = (
    Text("未约定：{names}", "not agreed: {names}"),
    Text("未写：{names}", "not said: {names}"),
)


def _terms(case: Case) -> Iterator[Block]:
    if case.terms_share is None:
        return
    agreed = sum(value is True for value in case.terms.values())
    parts: list[Words] = [_AGREED.of(n=agreed, all=len(case.terms))]
    for value, said in ((False, _LACKS), (None, _NOT_SAID)):
        names = [clause_of(name) for name, of in case.terms.items() if of is value]
        if names:
            parts.append(said.of(names=join(names, LISTED)))
    yield Gap()
    yield heading(_TERMS, _HEAD)
    yield Fact("", join(parts), 2)
