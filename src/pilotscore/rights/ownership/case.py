"""One result in full: parties, states, the next step, publicity, amounts, findings, what is due."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.criteria.legal.regions import RegionMatch, Rule
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass
from pilotscore.rights.due import Due
from pilotscore.rights.ownership.amounts import NOT_STATED, Stated
from pilotscore.rights.ownership.case_parts import (
    AmountRow,
    Claim,
    Day,
    FloorRow,
    Party,
    PublicityRow,
    StateRow,
    day_of,
)
from pilotscore.rights.ownership.facts import StepFacts
from pilotscore.rights.ownership.hits import money
from pilotscore.rights.ownership.money_checks import ITEM_TITLES
from pilotscore.rights.ownership.next_step import NextStep, next_of
from pilotscore.rights.ownership.ownership import TERMS, Ownership
from pilotscore.rights.ownership.progress import NO_STATE
from pilotscore.workbook.rights.records import AMOUNTS


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
            due=day_of(parties.claim_due[row]),
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
        start=day_of(step.start[i]),
        end=day_of(step.end[i]),
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


def _publicity(owned: Ownership, i: int) -> PublicityRow | None:
    publicity = owned.publicity
    if np.isnat(publicity.start[i]) and np.isnan(publicity.required[i]):
        return None
    at = int(publicity.rule[i])
    rule = owned.facts.regimes.rules[at] if at >= 0 else None
    return PublicityRow(
        start=day_of(publicity.start[i]),
        end=day_of(publicity.end[i]),
        lasted=_figure(publicity.lasted[i]),
        lasted_working=_figure(publicity.lasted_working[i]),
        stated=_figure(publicity.stated[i]),
        working=bool(publicity.working[i]),
        said=bool(publicity.said[i]),
        required=_figure(publicity.required[i]),
        rule_working=bool(publicity.rule_working[i]),
        rule_said=bool(publicity.rule_said[i]),
        may_end=day_of(publicity.due[i]),
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
