"""What became of what a store's rounds decided: payments, outcomes, the deferred, the re-scored."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from pilotscore.criteria.outcomes import LEVELS
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.runs.kept_rounds import StoredRound, holding_keys, stored_round
from pilotscore.runs.payments import Payment, payments
from pilotscore.store import Milestone, MilestoneReport, OutcomeReport, RoundEntry, Store

_NO_MONEY = Text("{store} 中没有资助过成果的轮次", "no round of {store} gave money to a result")


@dataclass(frozen=True, slots=True, eq=False)
class FollowedGrant:
    """One grant with its payments, and the latest report of each of its outcomes."""

    kept: StoredRound
    place: int
    payments: tuple[Payment, ...]
    outcomes: Mapping[str, OutcomeReport]

    @property
    def id(self) -> str:
        """The id of the result."""
        return self.kept.columns.ids[self.place]

    @property
    def title(self) -> str:
        """The title of the result."""
        return self.kept.columns.titles[self.place]

    @property
    def level(self) -> str:
        """The highest level that it reached; '' for none."""
        reached = [o for o in LEVELS if o in self.outcomes and self.outcomes[o].state == "reached"]
        return reached[-1] if reached else ""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One result in one round: its place there."""

    kept: StoredRound
    place: int


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """A result in a round, and in the next one in which it came back; None where it has not."""

    before: Seen
    after: Seen | None

    @property
    def comparable(self) -> bool:
        """Whether both rounds were scored by the same version of the criteria."""
        if self.after is None:
            return False
        one, other = (s.kept.entry.criteria for s in (self.before, self.after))
        return one.sha256 == other.sha256

    @property
    def change(self) -> float:
        """The change of the index; nan where one of them has none, or they are not comparable."""
        if self.after is None or not self.comparable:
            return float("nan")
        one, other = (float(s.kept.columns.index[s.place]) for s in (self.before, self.after))
        return other - one


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A store on a day: every grant, the results that were deferred, and those scored again."""

    store: str
    today: datetime.date
    grants: tuple[FollowedGrant, ...]
    deferred: tuple[Again, ...]
    rescored: tuple[Again, ...]
    without_scores: tuple[RoundEntry, ...] = ()


def current(store: Store) -> tuple[tuple[StoredRound, ...], tuple[RoundEntry, ...]]:
    """Return the rounds that hold, with those of early versions that have no scores.

    A round that was replaced upon an appeal is left out.
    """
    entries = store.rounds()
    keys = set(holding_keys(entries).values())
    holding = [entry for entry in entries if entry.key in keys]
    scored = tuple(stored_round(store, entry) for entry in holding if entry.has_scores)
    return scored, tuple(entry for entry in holding if not entry.has_scores)


def follow(store: Store, today: datetime.date) -> Followed:
    """Return where every grant of a store stands on a day.

    Parameters
    ----------
    store
        The rounds with what was reported.
    today
        The day.

    Raises
    ------
    UsageError
        No round of it gave money to a result.
    """
    rounds, without = current(store)
    milestones, outcomes = _latest(store)
    grants = tuple(
        grant
        for kept in rounds
        if kept.columns.decisions is not None
        for grant in grants_of(kept, milestones, outcomes, today)
    )
    if not grants:
        raise UsageError(_NO_MONEY.of(store=store.name))
    return Followed(
        store.name,
        today,
        grants,
        tuple(again for again in _again(rounds, "defer")),
        tuple(again for again in _again(rounds, "fund") if again.after is not None),
        without,
    )


Milestones = Mapping[tuple[str, str], Mapping[int, MilestoneReport]]
Outcomes = Mapping[tuple[str, str], Mapping[str, OutcomeReport]]


def _latest(store: Store) -> tuple[Milestones, Outcomes]:
    """Return the latest reports by the round that holds, its result, and what they are of."""
    holds = holding_keys(store.rounds())
    milestones: dict[tuple[str, str], dict[int, MilestoneReport]] = {}
    outcomes: dict[tuple[str, str], dict[str, OutcomeReport]] = {}
    for follow_up in store.follow_ups():
        for m in follow_up.milestones:
            milestones.setdefault((holds.get(m.round, ""), m.result), {})[m.number] = m
        for o in follow_up.outcomes:
            outcomes.setdefault((holds.get(o.round, ""), o.result), {})[o.outcome] = o
    return milestones, outcomes


def grants_of(
    kept: StoredRound, milestones: Milestones, outcomes: Outcomes, today: datetime.date
) -> Iterator[FollowedGrant]:
    """Yield the grants of a round as they stand on a day."""
    decisions = kept.columns.decisions
    assert decisions is not None  # a ranking gives no grants
    decided = datetime.date.fromisoformat(kept.entry.as_of)
    parts_of: dict[int, list[Milestone]] = {}
    for milestone in decisions.milestones:
        parts_of.setdefault(milestone.place, []).append(milestone)
    for place in np.flatnonzero(decisions.funded).tolist():
        key = (kept.entry.key, kept.columns.ids[place])
        parts = parts_of.get(place, [])
        paid = payments(parts, milestones.get(key, {}), kept.columns.head.follow, decided, today)
        yield FollowedGrant(kept, place, paid, outcomes.get(key, {}))


def _again(rounds: Sequence[StoredRound], status: str) -> Iterator[Again]:
    """Yield the results of a status, with the first later round in which each came back."""
    places = [{name: i for i, name in enumerate(kept.columns.ids)} for kept in rounds]
    for number, kept in enumerate(rounds):
        decisions = kept.columns.decisions
        for place, stated in enumerate(decisions.statuses if decisions else ()):
            if stated != status:
                continue
            name = kept.columns.ids[place]
            later = (
                Seen(rounds[k], places[k][name])
                for k in range(number + 1, len(rounds))
                if name in places[k] and rounds[k].entry.as_of > kept.entry.as_of
            )
            yield Again(Seen(kept, place), next(later, None))


def history(store: Store, name: str) -> tuple[Seen, ...]:
    """Return the rounds of a store in which a result stands, in the order of days."""
    rounds, _ = current(store)
    return tuple(
        Seen(kept, i)
        for kept in rounds
        for i, known in enumerate(kept.columns.ids)
        if known == name
    )
