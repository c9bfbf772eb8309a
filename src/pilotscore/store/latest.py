"""Of several reports of one thing the latest counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pilotscore.store.columns import OutcomeColumns


def outcome_columns(
    rows: Iterable[tuple[Any, ...]], places: Mapping[str, int]
) -> dict[str, OutcomeColumns]:
    """Return reports of outcomes as columns, by outcome.

    Parameters
    ----------
    rows
        Result, outcome, state, value and day of each, the oldest first.
    places
        The place of each result in its round; reports of others are left out.
    """
    latest: dict[str, dict[int, tuple[str, float, str]]] = {}
    for result, outcome, state, value, day in rows:
        if result in places:
            known = latest.setdefault(outcome, {})
            known[places[result]] = (state, np.nan if value is None else value, day or "NaT")
    return {outcome: _columns(latest[outcome]) for outcome in sorted(latest)}


def _columns(known: Mapping[int, tuple[str, float, str]]) -> OutcomeColumns:
    places = sorted(known)
    states, values, days = zip(*(known[i] for i in places), strict=True)
    return OutcomeColumns(
        np.array(places, dtype=np.int64),
        tuple(states),
        np.array(values, dtype=np.float64),
        np.array(days, dtype="datetime64[D]"),
    )
