"""Grades of many draws at once: floors that all dimensions share are met together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.index import Assessment
from pilotscore.index.grades import TOLERANCE, dimension_floors, level_floors
from pilotscore.records import dataclass
from pilotscore.workbook import State


@dataclass(frozen=True, slots=True, eq=False)
class GradeRule:
    """What a grade takes: an index, floors of dimensions, and levels (None: they do not matter).

    ``every`` is the floor of all dimensions (None: some have none), ``floors`` those above it, by
    the place of the dimension; ``levels`` has shape (n,).
    """

    place: int
    index: float
    every: float | None
    floors: tuple[tuple[int, float], ...]
    levels: Bools | None


@dataclass(frozen=True, slots=True, eq=False)
class Grading:
    """How n results are graded: the rules, the lowest grade first, and the best grade allowed.

    ``caps`` (n,) is what gates have it as: no grade is better.
    """

    rules: tuple[GradeRule, ...]
    caps: Codes

    def grades(self, index: Floats, dimensions: Sequence[Floats], some: slice) -> Codes:
        """Return the grade of some of the results in each draw, shape (q, results); 0 is best.

        Parameters
        ----------
        index
            Shape (q, results).
        dimensions
            Of each dimension the values, shape (q, results), or (1, results) where they are the
            same in every draw.
        some
            Which of the results they are of.
        """
        place = np.full(index.shape, len(self.rules) - 1, dtype=np.int8)
        # All values are above a floor where the least of them is: one comparison for all.
        least = dimensions[0]
        if any(rule.every is not None for rule in self.rules):
            least = dimensions[0].copy()
            for values in dimensions[1:]:
                np.minimum(least, values, out=least)
        for rule in self.rules:
            met = index >= rule.index
            if rule.every is not None:
                met &= least >= rule.every
            for k, floor in rule.floors:
                met &= dimensions[k] >= floor
            if rule.levels is not None:
                met &= rule.levels[some]
            # As copying where it is met, at a twentieth of the time.
            above = place - np.int8(rule.place)
            above *= met.view(np.int8)
            place -= above
        return np.maximum(place, self.caps[some])


def grading_of(assessment: Assessment, places: np.ndarray) -> Grading:
    """Return how the results at some places of an assessment are graded."""
    criteria = assessment.criteria
    caps: Codes = assessment.gates.cap[places].astype(np.int8)
    rules = tuple(_rule(assessment, places, n) for n in reversed(range(len(criteria.grades))))
    return Grading(rules, caps)


def _rule(assessment: Assessment, places: np.ndarray, n: int) -> GradeRule:
    criteria = assessment.criteria
    floors = dict(dimension_floors(criteria, criteria.grades[n]))
    every = min(floors.values()) if len(floors) == len(criteria.dimensions) else None
    return GradeRule(
        n,
        criteria.grades[n].index - TOLERANCE,
        None if every is None else every - TOLERANCE,
        tuple((k, floor - TOLERANCE) for k, floor in floors.items() if floor != every),
        _levels_met(assessment, places, n),
    )


def _levels_met(a: Assessment, places: np.ndarray, n: int) -> Bools | None:
    floors = list(level_floors(a.criteria, a.criteria.grades[n]))
    if not floors:
        return None
    met = np.ones(len(places), dtype=bool)
    for j, level in floors:
        values = a.measurements.values[places, j]
        lower_is_better = a.criteria.indicators[j].direction == "min"
        with np.errstate(invalid="ignore"):
            met &= (values <= level) if lower_is_better else (values >= level)
        met &= a.missing.states[places, j] == State.VALUE
    return met
