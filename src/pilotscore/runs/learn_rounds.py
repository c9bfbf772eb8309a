"""Rounds beside each other by the results that stand in both: what moved their scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.anchors import LEAST_ANCHORS, Cause, Side, causes, shift
from pilotscore.outcomes.bounds import NOT_KNOWN
from pilotscore.store import IndicatorColumn, Item, RoundColumns, RoundEntry, RoundHead, Store

CAUSES = (Cause.VALUE, Cause.EVIDENCE, Cause.CRITERIA)


@dataclass(frozen=True, slots=True)
class IndicatorMoved:
    """An indicator of anchors: by how much its scores moved on average, and how many by what."""

    item: Item
    shift: Bounded
    moved: Mapping[Cause, int]


@dataclass(frozen=True, slots=True)
class Between:
    """Two rounds, one after the other.

    Attributes
    ----------
    old, new
        The rounds.
    anchors
        How many results stand in both with an index; with fewer than two the rounds are not
        comparable.
    shift
        Of the index of the anchors, with its interval.
    parts
        What each cause contributes to that, in points; what is left is of weights, of indicators
        that are in one of the rounds alone, and of what does not apply.
    rest
        What is left.
    indicators
        Those in both rounds that moved.
    """

    old: RoundEntry
    new: RoundEntry
    anchors: int
    shift: Bounded
    parts: Mapping[Cause, float]
    rest: float
    indicators: tuple[IndicatorMoved, ...]

    @property
    def comparable(self) -> bool:
        """Whether there are anchors enough to say anything."""
        return self.anchors >= LEAST_ANCHORS

    @property
    def same_criteria(self) -> bool:
        """Whether both were scored by one file."""
        return self.old.criteria.sha256 == self.new.criteria.sha256


def between_rounds(
    store: Store, known: Mapping[str, RoundColumns], keys: Sequence[str] = ()
) -> Iterator[Between]:
    """Compare each round of a store with the one before it.

    Parameters
    ----------
    store
        The rounds; those replaced upon an appeal, and those without scores, are passed over.
    known
        Columns that were read already, by the key of the round.
    keys
        The beginnings of the seals of the rounds that are meant; all by default.
    """
    entries = [e for e in store.rounds() if not keys or e.key.startswith(tuple(keys))]
    replaced = {e.parent for e in entries if e.parent}
    entries = [e for e in entries if e.has_scores and e.key not in replaced]
    before: RoundColumns | None = None
    for old, new in zip([None, *entries], entries, strict=False):
        columns = known.get(new.key) or store.columns(new.key)
        if old is not None and before is not None:
            yield between((old, before), (new, columns))
        before = columns


def between(old: tuple[RoundEntry, RoundColumns], new: tuple[RoundEntry, RoundColumns]) -> Between:
    """Compare two rounds by the results of one id."""
    a, b = anchors_of(old[1], new[1])
    if len(a) < LEAST_ANCHORS:
        return Between(old[0], new[0], len(a), NOT_KNOWN, {}, float("nan"), ())
    moved = shift(old[1].index[a], new[1].index[b])
    weights = _weights(new[1].head)
    totals = dict.fromkeys(CAUSES, 0.0)
    rows = []
    for item in new[1].head.indicators:
        if item.id not in old[1].indicators or item.id not in new[1].indicators:
            continue
        before, after = (_side(r.indicators[item.id], at) for r, at in ((old[1], a), (new[1], b)))
        why, difference = causes(before, after), _difference(before.scores, after.scores)
        for cause in CAUSES:
            totals[cause] += weights[item.id] * float(difference[why == cause].sum()) / len(a)
        counts = {cause: int((why == cause).sum()) for cause in CAUSES}
        if any(counts.values()):
            rows.append(IndicatorMoved(item, shift(before.scores, after.scores), counts))
    rest = moved.value - sum(totals.values())
    return Between(old[0], new[0], len(a), moved, totals, rest, tuple(rows))


def anchors_of(old: RoundColumns, new: RoundColumns) -> tuple[Ints, Ints]:
    """Return the places, in each of two rounds, of the results with an index in both."""
    places = {name: k for k, name in enumerate(old.ids)}
    at = np.array([places.get(name, -1) for name in new.ids], dtype=np.int64)
    both = np.flatnonzero((at >= 0) & np.isfinite(new.index))
    both = both[np.isfinite(old.index[at[both]])]
    return at[both], both.astype(np.int64)


def _side(column: IndicatorColumn, at: Ints) -> Side:
    return Side(column.values[at], column.scores[at], column.evidence[at])


def _difference(before: Floats, after: Floats) -> Floats:
    """Return by how much scores moved; where one does not apply, nothing is known of it."""
    return np.nan_to_num(after - before)


def _weights(head: RoundHead) -> dict[str, float]:
    """Return the share of each indicator in the index, by the weights of a round."""
    whole = sum(d.weight for d in head.dimensions) or 1.0
    share = {d.id: d.weight / whole for d in head.dimensions}
    inner: dict[str, float] = {}
    for item in head.indicators:
        inner[item.within] = inner.get(item.within, 0.0) + item.weight
    return {
        item.id: share.get(item.within, 0.0) * item.weight / (inner[item.within] or 1.0)
        for item in head.indicators
    }
