"""What is known of one outcome over the rounds of a store: who was followed, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.errors import UsageError
from pilotscore.language import LISTED, Text, Words, join
from pilotscore.outcomes.censoring import Known, known_by
from pilotscore.records import dataclass
from pilotscore.runs.learn_levels import outcome_named, outcome_title, with_implied
from pilotscore.store import OutcomeColumns, RoundColumns, RoundEntry, RoundHead, Store

DAYS_OF_A_MONTH = 365.25 / 12
Reports = Mapping[str, OutcomeColumns]


@dataclass(frozen=True, slots=True, eq=False)
class FollowedRound:
    """A round of which results were followed up: their places, and what was last reported.

    Those that were funded and of which nothing was reported are there too, in the state ``''``.
    """

    entry: RoundEntry
    columns: RoundColumns
    reports: OutcomeColumns

    @property
    def funded(self) -> Bools:
        """Which of the followed results have money of the round."""
        decisions = self.columns.decisions
        if decisions is None:
            return np.zeros(len(self.reports.places), dtype=bool)
        return decisions.funded[self.reports.places]

    @property
    def months(self) -> Floats:
        """Months from the decision to the last that was reported, nan where no day was said."""
        days = self.reports.days - np.datetime64(self.entry.as_of, "D")
        there = ~np.isnat(self.reports.days)
        return np.where(there, days.astype(np.int64) / DAYS_OF_A_MONTH, np.nan)

    def in_state(self, state: str) -> Bools:
        """Return which are in a state of outcome."""
        return np.array([s == state for s in self.reports.states], dtype=bool)


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """An outcome of which something was reported: how many are in which state."""

    outcome: str
    reached: int
    failed: int
    not_yet: int
    lost: int


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """All that is known of one outcome, over rounds of one criteria set.

    Attributes
    ----------
    outcome
        Its name.
    window
        Within how many months it is to be reached; infinite: whenever.
    others
        Every outcome that was reported of, this one first.
    head
        What the columns are of, by the last round.
    rounds, left_out
        Those that count, and those that do not, with the reason.
    scored, funded, reported
        How many results the rounds have, how many had money, and of how many anything was reported.
    early
        How many had reached it before they were decided on: no outcome of that, and left open.
    index, grade, dimensions
        Of the m results that were funded or followed up; nan, -1 and nan where there is none.
    chance
        Of being funded, as recorded; nan where there was none.
    with_money, drawn, discussed
        Which were funded, stood in a draw by lot, in the discussion zone.
    months, happened, ended
        Until the outcome or the last report; whether it came; whether it never will.
    known
        What that says at the end of the window.
    """

    outcome: str
    window: float
    others: tuple[OutcomeCount, ...]
    head: RoundHead
    rounds: tuple[FollowedRound, ...]
    left_out: tuple[tuple[RoundEntry, Words], ...]
    scored: int
    funded: int
    reported: int
    early: int
    index: Floats
    grade: Ints
    dimensions: Floats
    chance: Floats
    with_money: Bools
    drawn: Bools
    discussed: Bools
    months: Floats
    happened: Bools
    ended: Bools
    known: Known

    def __len__(self) -> int:
        return len(self.index)

    @property
    def counted(self) -> Bools:
        """Which have both an index and a known outcome."""
        return np.isfinite(self.index) & self.known.settled


_EMPTY = Text("库 {store} 中没有轮次", "the store {store} has no rounds")
_NOTHING = Text(
    "库 {store} 中没有任何后续结果：用 pilotscore follow 收集",
    "nothing was reported of any outcome in {store}: pilotscore follow collects it",
)
_NO_OUTCOME = Text(
    "没有关于 {name} 的报告；有的是：{known}",
    "nothing was reported of {name}; of these there is: {known}",
)
_NO_ROUND = Text(
    "没有封印以 {key} 开头的轮次；有的是：{known}",
    "no round has a seal that begins with {key}; there are: {known}",
)
_REPLACED = Text("申诉后由另一轮替代", "replaced by another round upon an appeal")
_NO_SCORES = Text("由早期版本保存，没有得分", "saved by an early version, without scores")
_OTHER_SET = Text("指标体系、维度或等级不同", "another criteria set, other dimensions or grades")
_NOBODY = Text("没有人被跟踪", "nobody was followed up")


def followed(
    store: Store,
    outcome: str | None = None,
    window: float = np.inf,
    keys: Sequence[str] = (),
) -> Followed:
    """Gather what is known of an outcome.

    Parameters
    ----------
    store
        Rounds with what came of them.
    outcome
        Its name; by default the one of which most is known.
    window
        Within how many months it is to be reached.
    keys
        The beginnings of the seals of the rounds that are meant; all by default.

    Raises
    ------
    UsageError
        There are no rounds, no such round, no reports, or none of this outcome.
    """
    entries = _chosen(store, keys)
    replaced = {entry.parent for entry in entries if entry.parent}
    reports = {e.key: with_implied(reports_of(store, e)) for e in entries if e.key not in replaced}
    counts = _counts(reports.values())
    if not counts:
        raise UsageError(_NOTHING.of(store=store.name))
    name = _named(outcome, counts)
    rounds: list[FollowedRound] = []
    left_out: list[tuple[RoundEntry, Words]] = []
    for entry in reversed(entries):  # the last round says what the others are held against
        why: Words | None = _REPLACED if entry.key in replaced else None
        if why is None and not entry.has_scores:
            why = _NO_SCORES
        if why is None and name not in reports[entry.key]:
            why = _NOBODY
        if why is None:
            columns = store.columns(entry.key)
            if not rounds or _alike(columns.head, rounds[0].columns.head):
                mine = _with_unreported(columns, reports[entry.key][name])
                rounds.append(FollowedRound(entry, columns, mine))
                continue
            why = _OTHER_SET
        left_out.append((entry, why))
    if not rounds:
        raise UsageError(_NOTHING.of(store=store.name))
    counts.sort(key=lambda c: c.outcome != name)
    return _gathered(name, window, tuple(counts), tuple(reversed(rounds)), tuple(left_out))


def _chosen(store: Store, keys: Sequence[str]) -> list[RoundEntry]:
    entries = list(store.rounds())
    if not entries:
        raise UsageError(_EMPTY.of(store=store.name))
    for key in keys:
        if not any(e.key.startswith(key) for e in entries):
            known = join([e.key[:12] for e in entries], LISTED)
            raise UsageError(_NO_ROUND.of(key=key, known=known))
    return [e for e in entries if not keys or e.key.startswith(tuple(keys))]


def reports_of(store: Store, entry: RoundEntry) -> Reports:
    """Return what was reported of a round, by outcome.

    What was reported before an appeal of the round that it replaces counts too, unless the round
    has a report of its own; of a round without scores nothing is used.
    """
    if not entry.has_scores:
        return {}
    own = store.outcomes(entry.key)
    before = {e.key: e for e in store.rounds()}.get(entry.parent)
    if before is None or not (earlier := reports_of(store, before)):
        return own
    old, new = (store.columns(key).ids for key in (before.key, entry.key))
    places = {name: place for place, name in enumerate(new)}
    moved = np.array([places.get(name, -1) for name in old], dtype=np.int64)
    nothing = OutcomeColumns(moved[:0], (), np.zeros(0), np.zeros(0, dtype="datetime64[D]"))
    return {
        name: _joined(earlier.get(name, nothing), own.get(name, nothing), moved)
        for name in sorted({*earlier, *own})
    }


def _joined(before: OutcomeColumns, after: OutcomeColumns, moved: Ints) -> OutcomeColumns:
    """Return reports of two rounds by the places of the second, whose own reports go before."""
    places = moved[before.places]
    kept = (places >= 0) & ~np.isin(places, after.places)
    where = np.concatenate([places[kept], after.places])
    order = np.argsort(where, kind="stable")
    states = [*(s for s, k in zip(before.states, kept.tolist(), strict=True) if k), *after.states]
    return OutcomeColumns(
        where[order],
        tuple(states[k] for k in order.tolist()),
        np.concatenate([before.values[kept], after.values])[order],
        np.concatenate([before.days[kept], after.days])[order],
    )


def _counts(reports: Iterable[Reports]) -> list[OutcomeCount]:
    """Return each outcome with its states, that of which most is settled first."""
    states: dict[str, list[str]] = {}
    for of_round in reports:
        for name, columns in of_round.items():
            states.setdefault(name, []).extend(columns.states)
    counts = [
        OutcomeCount(name, *(s.count(x) for x in ("reached", "failed", "not_yet", "lost")))
        for name, s in states.items()
    ]
    return sorted(counts, key=lambda c: (-min(c.reached, c.failed), -c.reached, c.outcome))


def _named(outcome: str | None, counts: Sequence[OutcomeCount]) -> str:
    names = [c.outcome for c in counts]
    if outcome is None:
        return names[0]
    named = outcome_named(outcome, names)
    if named is None:
        known = join(map(outcome_title, names), LISTED)
        raise UsageError(_NO_OUTCOME.of(name=outcome, known=known))
    return named


def _with_unreported(columns: RoundColumns, reports: OutcomeColumns) -> OutcomeColumns:
    """Return reports with those funded of which nothing was reported: nothing is known of them."""
    if columns.decisions is None:
        return reports
    funded = np.flatnonzero(columns.decisions.funded)
    silent = funded[~np.isin(funded, reports.places)].astype(np.int64)
    n = len(silent)
    never = np.full(n, "NaT", dtype="datetime64[D]")
    return OutcomeColumns(
        np.concatenate([reports.places, silent]),
        (*reports.states, *("",) * n),
        np.concatenate([reports.values, np.full(n, np.nan)]),
        np.concatenate([reports.days, never]),
    )


def _alike(one: RoundHead, other: RoundHead) -> bool:
    """Whether grades and dimensions are the same ones, so that rounds can be put together."""
    return [g.id for g in one.grades] == [g.id for g in other.grades] and [
        d.id for d in one.dimensions
    ] == [d.id for d in other.dimensions]


def _gathered(
    name: str,
    window: float,
    counts: tuple[OutcomeCount, ...],
    rounds: tuple[FollowedRound, ...],
    left_out: tuple[tuple[RoundEntry, Words], ...],
) -> Followed:
    months = np.concatenate([r.months for r in rounds])
    happened = np.concatenate([r.in_state("reached") for r in rounds])
    ended = np.concatenate([r.in_state("failed") for r in rounds])
    early = happened & (months < 0)
    happened, months = happened & ~early, np.where(early, np.nan, months)
    head = rounds[-1].columns.head
    ids = [d.id for d in head.dimensions]
    return Followed(
        outcome=name,
        window=window,
        others=counts,
        head=head,
        rounds=rounds,
        left_out=left_out,
        scored=sum(len(r.columns) for r in rounds),
        funded=sum(r.entry.funded for r in rounds),
        early=int(early.sum()),
        reported=sum(sum(map(bool, r.reports.states)) for r in rounds),
        index=np.concatenate([r.columns.index[r.reports.places] for r in rounds]),
        grade=np.concatenate([r.columns.grades[r.reports.places] for r in rounds]).astype(np.int64),
        dimensions=np.stack([_of_dimension(rounds, name) for name in ids], axis=1),
        chance=np.concatenate([_decided(r, "chance", np.nan) for r in rounds]),
        with_money=np.concatenate([r.funded for r in rounds]),
        drawn=np.concatenate([_decided(r, "drawn", False) for r in rounds]),
        discussed=np.concatenate([_decided(r, "discussed", False) for r in rounds]),
        months=months,
        happened=happened,
        ended=ended,
        known=known_by(months, happened, window, ended),
    )


def _of_dimension(rounds: Sequence[FollowedRound], name: str) -> Floats:
    """Return the scores in a dimension; one without any applies to nothing and counts 0."""
    parts = [r.columns.dimensions[name][r.reports.places] for r in rounds]
    return np.nan_to_num(np.concatenate(parts))


def _decided(r: FollowedRound, column: str, otherwise: float | bool) -> Floats | Bools:
    """Return a column of the decision for those followed up."""
    if r.columns.decisions is None:
        return np.full(len(r.reports.places), otherwise)
    array: Floats | Bools = getattr(r.columns.decisions, column)[r.reports.places]
    return array
