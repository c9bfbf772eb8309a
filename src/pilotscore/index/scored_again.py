"""Scores again with moves: one result alone, many times over, or a batch with one changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Codes
from pilotscore.index.assessment import Assessment, assess
from pilotscore.index.moves import Move, apply_moves
from pilotscore.measures import Measurements
from pilotscore.workbook import FactColumn


def assess_with(assessment: Assessment, i: int, moves: Sequence[Move]) -> Assessment:
    """Assess the whole batch again, one result of it with moves; the others stay as they are."""
    a = assessment
    values, states, evidence = apply_moves(a, i, [tuple(moves)])
    m = a.measurements

    def with_row(array: NDArray[Any], row: NDArray[Any]) -> NDArray[Any]:
        changed = array.copy()
        changed[i] = row[0]
        return changed

    changed = replace(
        m,
        values=with_row(m.values, values),
        low=with_row(m.low, values),
        high=with_row(m.high, values),
        states=with_row(m.states, states),
        evidence=with_row(m.evidence, evidence),
    )
    return assess(changed, a.criteria, a.as_of, tell=False)


def moved(assessment: Assessment, i: int, moves: Sequence[Move]) -> Assessment:
    """Assess one result of a batch alone, with moves."""
    a = assessment
    values, states, evidence = apply_moves(a, i, [tuple(moves)])
    alone = copies(a.measurements, i, 1)
    changed = replace(
        alone, values=values, low=values, high=values, states=states, evidence=evidence
    )
    return assess(changed, a.criteria, a.as_of, tell=False)


def copies(measurements: Measurements, i: int, count: int) -> Measurements:
    """Return one result several times, as results of their own."""
    m, read = measurements, measurements.submission

    def rows(array: Codes) -> Codes:
        return np.repeat(array[i : i + 1], count, axis=0)

    values = np.repeat(m.values[i : i + 1], count, axis=0)
    states, evidence = rows(m.states), rows(m.evidence)
    own = {name: text for (row, name), text in m.reasons.items() if row == i}
    submission = replace(
        read,
        ids=tuple(map(str, range(count))),
        titles=(m.titles[i],) * count,
        values=values,
        states=states,
        evidence=evidence,
        facts={name: _repeated(fact, i, count) for name, fact in m.facts.items()},
        reasons={(k, name): text for name, text in own.items() for k in range(count)},
        written={},
        table_of=np.repeat(read.table_of[i : i + 1], count),
        row_of=np.repeat(read.row_of[i : i + 1], count),
        findings=(),
    )
    return Measurements(submission, values, values, values, states, rows(m.origins), evidence)


def _repeated(fact: FactColumn, i: int, count: int) -> FactColumn:
    values: Any = np.repeat(fact.values[i : i + 1], count)
    return FactColumn(values, np.repeat(fact.states[i : i + 1], count))
