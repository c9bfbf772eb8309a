"""Rounds in a store: one of them by what a person calls it, and what is known of its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pilotscore.errors import UsageError
from pilotscore.language import LISTED, Text, Words, did_you_mean, join
from pilotscore.records import dataclass
from pilotscore.runs.learn_data import reports_of
from pilotscore.store import OutcomeColumns, RoundColumns, RoundEntry, Store

SHORT = 12  # signs of a key that people are shown
_LATEST = "latest"
_EMPTY = Text("轮次库 {store} 是空的", "the store {store} has no rounds")
_WHICH = Text(
    "{store} 中有 {n} 轮，请指明一轮：{keys}，或 latest（最近一轮）",
    "{store} has {n} rounds; name one: {keys}, or latest",
)
_UNKNOWN = Text("{store} 中没有轮次 {name}{near}", "{store} has no round {name}{near}")
_SEVERAL = Text("{name} 指多个轮次：{keys}", "{name} stands for several rounds: {keys}")
_NO_RESULT = Text("这一轮没有编号为 {name} 的成果{near}", "the round has no result {name}{near}")


@dataclass(frozen=True, slots=True, eq=False)
class StoredRound:
    """A round of a store with what came of its results, by outcome."""

    store: str
    entry: RoundEntry
    columns: RoundColumns
    outcomes: Mapping[str, OutcomeColumns]


@dataclass(frozen=True, slots=True, eq=False)
class StoredRounds:
    """The rounds of a store; ``reports`` counts the results that were reported on, by round."""

    store: str
    entries: tuple[RoundEntry, ...]
    reports: Mapping[str, int]

    def replaced_by(self, entry: RoundEntry) -> str:
        """Return the key of the round that replaces one upon an appeal; '' where none does."""
        return next((e.key for e in self.entries if e.parent == entry.key), "")


def short(key: str) -> str:
    """Return a key as people are shown it."""
    return key[:SHORT]


def list_rounds(store: Store) -> StoredRounds:
    """Return the rounds of a store."""
    filed = set[tuple[str, str]]()
    for report in store.follow_ups():
        filed |= {(m.round, m.result) for m in report.milestones}
        filed |= {(o.round, o.result) for o in report.outcomes}
    return StoredRounds(store.name, store.rounds(), Counter(key for key, _ in filed))


def find_round(store: Store, name: str | None) -> RoundEntry:
    """Return the round that a person means: by the start of its key, its call, or ``latest``.

    Raises
    ------
    UsageError
        There is none, or there are several.
    """
    entries = store.rounds()
    if not entries:
        raise UsageError(_EMPTY.of(store=store.name))
    if name is None:
        if len(entries) > 1:
            keys = _keys(entries)
            raise UsageError(_WHICH.of(store=store.name, n=len(entries), keys=keys))
        return entries[0]
    if name.casefold() == _LATEST:
        return entries[-1]
    named = [e for e in entries if e.key.startswith(name.casefold()) or name == _called(e)]
    if not named:
        near = did_you_mean(name, (_called(e) for e in entries))
        raise UsageError(_UNKNOWN.of(store=store.name, name=name, near=near))
    if len(named) > 1:
        raise UsageError(_SEVERAL.of(name=name, keys=_keys(named)))
    return named[0]


def _called(entry: RoundEntry) -> str:
    return (entry.call or entry.criteria).id


def _keys(entries: Sequence[RoundEntry]) -> Words:
    return join((f"{short(e.key)} ({_called(e)} {e.as_of})" for e in entries), LISTED)


def stored_round(store: Store, entry: RoundEntry) -> StoredRound:
    """Return a round of a store with what came of its results, before an appeal too."""
    return StoredRound(store.name, entry, store.columns(entry.key), reports_of(store, entry))


def holding_keys(entries: Sequence[RoundEntry]) -> dict[str, str]:
    """Return by the key of each round the key of that which holds: the last after its appeals."""
    later = {entry.parent: entry.key for entry in entries if entry.parent}
    keys: dict[str, str] = {}
    for entry in entries:
        key, seen = entry.key, {entry.key}
        while key in later and later[key] not in seen:
            key = later[key]
            seen.add(key)
        keys[entry.key] = key
    return keys


def place_of_result(columns: RoundColumns, name: str) -> int:
    """Return the place of a result in a round, by its id in any case.

    Raises
    ------
    UsageError
        There is none; the nearest is named.
    """
    for i, known in enumerate(columns.ids):
        if known.casefold() == name.casefold():
            return i
    raise UsageError(_NO_RESULT.of(name=name, near=did_you_mean(name, columns.ids)))
