"""What is said of an indicator of all results at once: texts that are the same are made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from itertools import chain
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import NUMBERS, Indicator
from pilotscore.index import Assessment
from pilotscore.language import Words, number, same
from pilotscore.measures import Measurements, Origin
from pilotscore.wording import figures
from pilotscore.workbook import State

Own = Mapping[str, Set[int]]


def with_own_words(m: Measurements) -> Own:
    """Return, by indicator, the results of which something is said that holds of no other."""
    given = m.submission.given
    own: dict[str, set[int]] = defaultdict(set)
    for result, name in chain(m.written, m.reasons, given.values, given.grades):
        own[name].add(result)
    return own


def unit_of(indicator: Indicator) -> Words | None:
    """Return the unit of the plain numbers of an indicator."""
    return same("%") if indicator.type == "percent" else indicator.unit


def values_of(a: Assessment, j: int, own: Own) -> list[Words | float]:
    """Return the raw value of an indicator of every result: a number where it is nothing more.

    Anything else is as :func:`~pilotscore.wording.figures.raw_value` writes it.
    """
    m, indicator = a.measurements, a.criteria.indicators[j]
    plain = indicator.type in NUMBERS and not indicator.bands
    special = own.get(indicator.id, frozenset())
    arrays = (a.missing.states, m.origins, m.values, m.low, m.high)
    keys = list(zip(*(_comparable(x[:, j]) for x in arrays), strict=True))
    known: dict[Any, Words] = {}

    def said(i: int, key: Any) -> Words | float:
        state, origin, value, low, high = key
        if i in special:
            return figures.raw_value(a, i, j)
        stated = state == State.VALUE and origin == Origin.STATED
        if plain and stated and low == value == high:
            return float(number(value))
        if key not in known:
            known[key] = figures.raw_value(a, i, j)
        return known[key]

    return [said(i, key) for i, key in enumerate(keys)]


def evidence_of(a: Assessment, j: int, own: Own) -> list[str]:
    """Return the grade of evidence that an indicator of every result counts with."""
    special = own.get(a.criteria.indicators[j].id, frozenset())
    arrays = (a.missing.states[:, j], a.measurements.evidence[:, j])
    known: dict[Any, str] = {}

    def said(i: int, key: Any) -> str:
        if i in special:
            return figures.evidence(a, i, j)
        if key not in known:
            known[key] = figures.evidence(a, i, j)
        return known[key]

    return [said(i, key) for i, key in enumerate(zip(*map(_comparable, arrays), strict=True))]


def _comparable(column: Any) -> list[Any]:
    """Return a column in which what is missing equals itself."""
    if column.dtype.kind != "f":
        return list(column.tolist())
    floats: Floats = np.where(np.isnan(column), np.inf, column)
    return list(floats.tolist())
