"""Levels of what came of a result imply each other: who broke even has sold.

A level that was reached says that those below it were, by that day at the latest; an end without
reaching one says that those above it will not be. What was reported of a level itself goes before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pilotscore.criteria.outcomes import LEVELS
from pilotscore.language import LANGS, Words, same
from pilotscore.store import OutcomeColumns

_SETTLED = ("reached", "failed")


def outcome_title(outcome: str) -> Words:
    """Return what an outcome is called: the title of a level, or its own name."""
    return LEVELS[outcome].title if outcome in LEVELS else same(outcome)


def outcome_named(name: str, known: Sequence[str]) -> str | None:
    """Return the outcome that is meant, by its id or the title of its level; None for none."""
    if name in known:
        return name
    for outcome in known:
        if outcome not in LEVELS:
            continue
        titles = [LEVELS[outcome].title.to(lang).casefold() for lang in LANGS]
        if name.casefold() in (*titles, *(t.partition(" ")[2] for t in titles)):
            return outcome
    return None


def with_implied(reports: Mapping[str, OutcomeColumns]) -> dict[str, OutcomeColumns]:
    """Return reports by outcome, with what the levels above and below one say of it."""
    levels = [name for name in LEVELS if name in reports]
    every = dict(reports)
    for at, name in enumerate(levels):
        above = [(reports[x], "reached") for x in levels[at + 1 :]]
        below = [(reports[x], "failed") for x in levels[:at]]
        if above or below:
            every[name] = _with(reports[name], [*above, *below])
    return every


def _with(own: OutcomeColumns, others: Sequence[tuple[OutcomeColumns, str]]) -> OutcomeColumns:
    """Return reports with those that others imply, where the own ones settle nothing."""
    known = {p: k for k, p in enumerate(own.places.tolist())}
    rows = {p: (own.states[k], own.values[k], own.days[k]) for p, k in known.items()}
    for other, state in others:
        for k in np.flatnonzero([s == state for s in other.states]).tolist():
            place, day = int(other.places[k]), other.days[k]
            had = rows.get(place)
            if had is None or had[0] not in _SETTLED:
                rows[place] = (state, np.nan, day)
            elif place not in known and had[0] == state and day < had[2]:
                rows[place] = (state, np.nan, day)  # the earliest says most
    places = sorted(rows)
    states, values, days = zip(*(rows[p] for p in places), strict=True)
    return OutcomeColumns(
        np.array(places, dtype=np.int64),
        tuple(states),
        np.array(values, dtype=np.float64),
        np.array(days, dtype="datetime64[D]"),
    )
