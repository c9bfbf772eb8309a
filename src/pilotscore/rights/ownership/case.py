"""One result in full: parties, states, the next step, publicity, amounts, findings, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pilotscore.criteria.legal.regions import RegionMatch, Rule
from pilotscore.criteria.legal.steps import Edge
from pilotscore.findings import Finding, Place
from pilotscore.language import Text, Words
from pilotscore.rights.counting import add_days, add_months, moved
from pilotscore.rights.due import Due
from pilotscore.rights.ownership.amounts import NOT_STATED, REWARD_ITEMS, Stated
from pilotscore.rights.ownership.facts import StepFacts
from pilotscore.rights.ownership.hits import money
from pilotscore.rights.ownership.money_checks import ITEM_TITLES
from pilotscore.rights.ownership.ownership import TERMS, Ownership
from pilotscore.rights.ownership.progress import NO_EDGE, NO_STATE
from pilotscore.workbook.rights.records import AMOUNTS

Day = np.datetime64 | None


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a result; a figure that is not stated is None."""

    name: str
    kind: str
    role: str
    share: float | None
    use_years: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """What a party is owed instead of a share, and whether it is settled by the day."""

    party: str
    amount: Words
    trigger: str
    due: Day
    settled: Day
    place: Place


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of the result: what is stated of it, and what proves it.

    ``needed``: it has to be there by now. ``proven``: a document of ``proof`` day shows it, and all
    that has to come before it is shown too. A state that is needed and not proven is unproven.
    """

    id: str
    title: Text
    stated: bool
    start: Day
    end: Day
    actor: str
    document: str
    proof: Day
    proven: bool
    needed: bool
    place: Place | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next: who acts, which document proves it, from when, and until when.

    A day that is not known is None. ``rule`` is the rule of the region on it, or the nation's.
    """

    state: str
    title: Text
    actor: Text
    document: Text
    earliest: Day
    latest: Day
    unconfirmed: bool
    rule: Rule
    source: Words


@dataclass(frozen=True, slots=True)
class PublicityRow:
    """How long the result was published, in calendar and in working days, and how long it must be.

    ``stated`` is what the notice says, in working days where ``working``; ``said`` whether it says
    which. ``required`` is what ``rule`` names, in working days where ``rule_working``; where
    ``rule_said`` is False calendar days are meant, as far as is known.
    """

    start: Day
    end: Day
    lasted: float | None
    lasted_working: float | None
    stated: float | None
    working: bool
    said: bool
    required: float | None
    rule_working: bool
    rule_said: bool
    may_end: Day
    rule: Rule | None
    source: Words | None


@dataclass(frozen=True, slots=True)
class FloorRow:
    """The least that a part comes to by a rule: in per cent, and as an amount where it is known."""

    rule: Rule
    source: Words
    percent: float | None
    amount: Words | None


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An item of a distribution: what was agreed and paid, and the floors that there are for it.

    ``agreed_fen`` and ``paid_fen`` are in fen, None where nothing is stated.
    """

    item: str
    title: Text
    agreed_fen: int | None
    agreed_percent: float | None
    paid_fen: int | None
    paid_percent: float | None
    floors: tuple[FloorRow, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything of one result.

    ``stated`` and ``proven`` are ids of states, '' for none; ``terms`` says of each of the eight
    clauses whether it is agreed, None where nothing is said.
    """

    result: str
    region: RegionMatch
    kind: str
    mode: str
    payment: str
    parties: tuple[Party, ...]
    claims: tuple[Claim, ...]
    states: tuple[StateRow, ...]
    stated: str
    proven: str
    next: NextStep | None
    publicity: PublicityRow | None
    amounts: tuple[AmountRow, ...]
    net_fen: int | None
    net_rule: Rule | None
    currency: str
    terms: dict[str, bool | None]
    terms_share: float | None
    findings: tuple[Finding, ...]
    due: tuple[Due, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """What must be kept and is not."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def unproven(self) -> tuple[StateRow, ...]:
        """The states that have to be there and that no document shows."""
        return tuple(s for s in self.states if s.needed and not s.proven)


def case_of(owned: Ownership, result: str) -> Case:
    """Return everything of one result.

    Raises
    ------
    KeyError
        No sheet of ownership names the result.
    """
    i = owned.facts.results.place[result]
    facts, order = owned.facts, owned.machine.order
    stated, proven = int(owned.progress.stated[i]), int(owned.progress.proven[i])
    net_rule = int(owned.amounts.net_rule[i])
    share = float(owned.terms[i])
    return Case(
        result=result,
        region=facts.matches[facts.match[i]],
        kind=facts.kind[i],
        mode=facts.mode[i],
        payment=facts.payment[i],
        parties=_parties(owned, i),
        claims=_claims(owned, i),
        states=tuple(_state(owned, i, state) for state in order),
        stated="" if stated == NO_STATE else order[stated],
        proven="" if proven == NO_STATE else order[proven],
        next=next_of(owned, i),
        publicity=_publicity(owned, i),
        amounts=_amounts(owned, i),
        net_fen=_fen(owned.amounts.net[i]),
        net_rule=facts.regimes.rules[net_rule] if net_rule >= 0 else None,
        currency=owned.amounts.currency[i] or facts.currency[i] or "CNY",
        terms={name: _said(facts.flags[name][i]) for name in TERMS},
        terms_share=None if np.isnan(share) else share,
        findings=tuple(owned.findings(result)),
        due=_due(owned, i),
    )


def _due(owned: Ownership, i: int) -> tuple[Due, ...]:
    due = owned.due
    return () if due is None else tuple(due.row_of(int(r)) for r in owned.due_by_result.of(i))


def _day(value: np.datetime64) -> Day:
    return None if np.isnat(value) else value


def _figure(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _fen(value: int) -> int | None:
    return None if value == NOT_STATED else int(value)


def _said(flag: int) -> bool | None:
    return None if flag < 0 else bool(flag)


def _parties(owned: Ownership, i: int) -> tuple[Party, ...]:
    parties = owned.work.read.parties
    if parties is None:
        return ()
    return tuple(
        Party(
            name=parties.party[row],
            kind=parties.kind[row],
            role=parties.role[row],
            share=_figure(parties.share[row]),
            use_years=_figure(parties.use_years[row]),
            place=parties.at.place(row, "party"),
        )
        for row in owned.party_rows.of(i).tolist()
    )


def _claims(owned: Ownership, i: int) -> tuple[Claim, ...]:
    parties = owned.work.read.parties
    if parties is None:
        return ()
    rows = [r for r in owned.party_rows.of(i).tolist() if parties.claim[r] > 0]
    return tuple(
        Claim(
            party=parties.party[row],
            amount=money(round(float(parties.claim[row]) * 100), parties.currency[row]),
            trigger=parties.claim_trigger[row],
            due=_day(parties.claim_due[row]),
            settled=_by(parties.claim_settled[row], owned.as_of),
            place=parties.at.place(row, "claim"),
        )
        for row in rows
    )


def _by(day: np.datetime64, as_of: np.datetime64) -> Day:
    """Return a day that has come; None for one that has not."""
    return day if not np.isnat(day) and day <= as_of else None


def _state(owned: Ownership, i: int, state: str) -> StateRow:
    step, progress = owned.facts.steps[state], owned.progress
    actor, document, place = _of_row(owned, step, i)
    return StateRow(
        id=state,
        title=owned.machine.states[state].title,
        stated=bool(progress.reached[state][i]),
        start=_day(step.start[i]),
        end=_day(step.end[i]),
        actor=actor,
        document=document,
        proof=_by(step.proven[i], owned.as_of),
        proven=bool(progress.shown[state][i]),
        needed=bool(progress.needed[state][i]),
        place=place,
    )


def _of_row(owned: Ownership, step: StepFacts, i: int) -> tuple[str, str, Place | None]:
    steps, row = owned.work.read.steps, int(step.rows[i])
    if steps is None or row < 0:
        return "", "", None
    return steps.actor[row], steps.document[row], steps.at.place(row, "step")


def next_of(owned: Ownership, i: int) -> NextStep | None:
    """Return the step that follows for the result in a place; None where nothing does."""
    at = int(owned.progress.next[i])
    if at == NO_EDGE:
        return None
    edge, regulations = owned.machine.file.edges[at], owned.regulations
    rule = _rule(owned, edge, i)
    earliest, latest = _earliest(owned, edge, i), _latest(owned, edge, i)
    return NextStep(
        state=edge.to,
        title=owned.machine.states[edge.to].title,
        actor=owned.machine.actor(edge),
        document=edge.document,
        earliest=earliest,
        latest=latest,
        unconfirmed=latest is not None
        and bool(owned.work.calendar.unconfirmed(np.array([latest]))[0]),
        rule=rule,
        source=regulations.source(rule),
    )


def _combination(owned: Ownership, i: int) -> tuple[str, str, str]:
    regimes = owned.facts.regimes
    return regimes.combinations[regimes.of[i]]


def _rule(owned: Ownership, edge: Edge, i: int) -> Rule:
    """Return the rule of the region that a step follows; the nation's where it has none."""
    item = edge.item
    if item == "reward":
        item = REWARD_ITEMS.get(owned.facts.mode[i], "reward_transfer")
    region, kind, mode = _combination(owned, i)
    own = owned.regulations.rule(item, region, kind, mode) if item else None
    return own or owned.regulations.rules[edge.rule]


def _earliest(owned: Ownership, edge: Edge, i: int) -> Day:
    """Return the first day of a step: after publicity the day that follows its last one."""
    if not edge.earliest:
        return None
    if edge.earliest == "publicity":
        publicity = owned.publicity
        ends = np.fmax(publicity.due[i : i + 1], publicity.end[i : i + 1])
        return _day(add_days(ends, 1)[0])
    return _day(owned.facts.steps[edge.earliest].end[i])


def _latest(owned: Ownership, edge: Edge, i: int) -> Day:
    if edge.money == "income":
        return _claim_due(owned, i)
    if edge.latest is None:
        return None
    region, kind, mode = _combination(owned, i)
    rule = owned.regulations.rule(edge.latest.item, region, kind, mode)
    agreed = owned.facts.flags["reward_agreed"][i] == 1
    if rule is None or rule.months is None or (rule.binding == "default" and agreed):
        return None
    start = owned.facts.steps[edge.latest.source].start[i : i + 1]
    return _day(moved(add_months(start, rule.months), owned.work.calendar).moved[0])


def _claim_due(owned: Ownership, i: int) -> Day:
    """Return the first day on which a claim of a result is due that is still open."""
    days = [c.due for c in _claims(owned, i) if c.due is not None and c.settled is None]
    if not days:
        return None
    return _day(moved(np.array([min(days)]), owned.work.calendar).moved[0])


def _publicity(owned: Ownership, i: int) -> PublicityRow | None:
    publicity = owned.publicity
    if np.isnat(publicity.start[i]) and np.isnan(publicity.required[i]):
        return None
    at = int(publicity.rule[i])
    rule = owned.facts.regimes.rules[at] if at >= 0 else None
    return PublicityRow(
        start=_day(publicity.start[i]),
        end=_day(publicity.end[i]),
        lasted=_figure(publicity.lasted[i]),
        lasted_working=_figure(publicity.lasted_working[i]),
        stated=_figure(publicity.stated[i]),
        working=bool(publicity.working[i]),
        said=bool(publicity.said[i]),
        required=_figure(publicity.required[i]),
        rule_working=bool(publicity.rule_working[i]),
        rule_said=bool(publicity.rule_said[i]),
        may_end=_day(publicity.due[i]),
        rule=rule,
        source=None if rule is None else owned.regulations.source(rule),
    )


def _amounts(owned: Ownership, i: int) -> tuple[AmountRow, ...]:
    """Return the items that are stated or have a floor; once there is a contract, floors alone."""
    signed = bool(owned.progress.reached["executed"][i])
    rows = (_amount(owned, item, i) for item in AMOUNTS)
    return tuple(row for row in rows if _says_something(row, signed=signed))


def _says_something(row: AmountRow, *, signed: bool) -> bool:
    figures = (row.agreed_fen, row.agreed_percent, row.paid_fen, row.paid_percent)
    held = any(f.amount or signed for f in row.floors if f.percent is not None)
    return any(f is not None for f in figures) or held


def _amount(owned: Ownership, item: str, i: int) -> AmountRow:
    agreed, paid = owned.amounts.agreed, owned.amounts.paid
    return AmountRow(
        item=item,
        title=ITEM_TITLES[item],
        agreed_fen=_fen(agreed.fen[item][i]),
        agreed_percent=_percent(agreed, item, i),
        paid_fen=_fen(paid.fen[item][i]),
        paid_percent=_percent(paid, item, i),
        floors=_floors(owned, item, i),
    )


def _percent(stated: Stated, item: str, i: int) -> float | None:
    return _figure(stated.percent[item][i])


def _floors(owned: Ownership, item: str, i: int) -> tuple[FloorRow, ...]:
    """Return the floors of an item: what must be kept, what may, and what holds without agreement.

    The last only where nothing must be kept.
    """
    floor: Any = owned.amounts.floors.get(item)
    if floor is None:
        return ()
    pairs = [(floor.must[i], floor.must_fen[i]), (floor.may[i], floor.may_fen[i])]
    if floor.must[i] < 0:
        pairs.append((floor.default[i], floor.default_fen[i]))
    return tuple(_floor(owned, int(rule), int(fen), i) for rule, fen in pairs if rule >= 0)


def _floor(owned: Ownership, rule: int, fen: int, i: int) -> FloorRow:
    own = owned.facts.regimes.rules[rule]
    amount = None if fen == NOT_STATED else money(fen, owned.amounts.currency[i])
    return FloorRow(own, owned.regulations.source(own), own.share, amount)
