"""The step that follows for a result: who acts, what proves it, from when, until when."""

from __future__ import annotations

import numpy as np

from pilotscore.criteria.legal.regions import Rule
from pilotscore.criteria.legal.steps import Edge
from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.rights.counting import Ends, add_days, add_months, moved, no_ends
from pilotscore.rights.ownership.amounts import REWARD_ITEMS
from pilotscore.rights.ownership.case_parts import Day, day_of
from pilotscore.rights.ownership.ownership import Ownership
from pilotscore.rights.ownership.progress import NO_EDGE


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


def next_of(owned: Ownership, i: int) -> NextStep | None:
    """Return the step that follows for the result in a place; None where nothing does."""
    at = int(owned.progress.next[i])
    if at == NO_EDGE:
        return None
    edge, regulations = owned.machine.file.edges[at], owned.regulations
    rule = _rule(owned, edge, i)
    latest = _latest(owned, edge, i)
    return NextStep(
        state=edge.to,
        title=owned.machine.states[edge.to].title,
        actor=owned.machine.actor(edge),
        document=edge.document,
        earliest=_earliest(owned, edge, i),
        latest=day_of(latest.moved[0]),
        unconfirmed=bool(latest.unconfirmed[0]),
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
        return day_of(add_days(ends, 1)[0])
    return day_of(owned.facts.steps[edge.earliest].end[i])


def _latest(owned: Ownership, edge: Edge, i: int) -> Ends:
    """Return when a step must be taken at the latest: one end, without a day where none is set."""
    if edge.money == "income":
        return _claim_due(owned, i)
    if edge.latest is None:
        return no_ends(1)
    region, kind, mode = _combination(owned, i)
    rule = owned.regulations.rule(edge.latest.item, region, kind, mode)
    agreed = owned.facts.flags["reward_agreed"][i] == 1
    if rule is None or rule.months is None or (rule.binding == "default" and agreed):
        return no_ends(1)
    start = owned.facts.steps[edge.latest.source].start[i : i + 1]
    return moved(add_months(start, rule.months), owned.work.calendar)


def _claim_due(owned: Ownership, i: int) -> Ends:
    """Return the first day on which a claim of a result is due that is still open."""
    parties = owned.work.read.parties
    if parties is None:
        return no_ends(1)
    rows = owned.party_rows.of(i)
    settled = parties.claim_settled[rows]
    open_ = np.isnat(settled) | (settled > owned.as_of)
    due = parties.claim_due[rows[(parties.claim[rows] > 0) & open_]]
    due = due[~np.isnat(due)]
    return moved(np.sort(due)[:1], owned.work.calendar) if len(due) else no_ends(1)
