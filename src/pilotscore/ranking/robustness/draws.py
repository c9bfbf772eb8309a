"""Draws the index and the grade of every result under what is uncertain, in chunks.

A chunk has its own random numbers, from the seed and its number alone: figures do not depend on
how many cores work, nor on how many chunks are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria import Indicator
from pilotscore.index import Assessment, Status, dimension_weights, indicator_weights, reaches
from pilotscore.index.grades import TOLERANCE, dimension_floors, level_floors
from pilotscore.index.value_functions import score_values
from pilotscore.measures.measurements import Z95
from pilotscore.ranking.robustness import weight_space
from pilotscore.ranking.robustness.power import power_means
from pilotscore.ranking.robustness.uncertainty import Uncertainty
from pilotscore.records import dataclass
from pilotscore.workbook import State

# Values of the index of one chunk, of all results together.
CELLS = 2_000_000
FEWEST, MOST = 16, 500
# Values that are worked on at once: what is at hand of each dimension stays in a processor's cache.
BLOCK, FEWEST_ROWS = 64_000, 4


def blocks(rows: int, results: int) -> Iterator[slice]:
    """Yield the rows of some draws of so many results, as many at a time as fit a cache."""
    step = max(FEWEST_ROWS, BLOCK // max(results, 1))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What was drawn, shape (q, ...) each: q draws.

    ``dimensions`` (q, d) and ``indicators`` (q, m) are weights, the latter summing to 1 in each
    dimension; ``exponent`` (q,); ``bends`` (q, m) or None; ``normals`` (q, u) of each uncertain
    measured value, ``fill`` (q, v) of each missing one, 0 to 1.
    """

    dimensions: Floats
    indicators: Floats
    exponent: Floats
    bends: Floats | None
    normals: Floats
    fill: Floats

    def __len__(self) -> int:
        return len(self.exponent)

    def take(self, draws: slice) -> Inputs:
        """Return some of the draws."""
        return Inputs(
            self.dimensions[draws],
            self.indicators[draws],
            self.exponent[draws],
            None if self.bends is None else self.bends[draws],
            self.normals[draws],
            self.fill[draws],
        )


@dataclass(frozen=True, slots=True, eq=False)
class GradeRule:
    """What a grade takes: an index, floors of dimensions, and levels (None: they do not matter)."""

    place: int
    index: float
    floors: tuple[tuple[int, float], ...]
    levels: Bools | None


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Draws of one chunk: ``index`` (q, n), ``grade`` (q, n; 0 is best), ``weights`` (q, d)."""

    number: int
    index: Floats
    grade: Codes
    weights: Floats

    def __len__(self) -> int:
        return len(self.index)

    def keys(self, by: tuple[str, ...]) -> Floats:
        """Return what results are ranked by, the greatest first, shape (q, n)."""
        if by and by[0] == "grade":
            return np.asarray(self.index - 128.0 * self.grade)
        return self.index


class UncertaintyModel:
    """The results of an assessment that have a grade, and what is uncertain of them.

    Parameters
    ----------
    assessment
        Where the scores come from.
    uncertainty
        What is drawn.
    seed
        Of the random numbers.
    """

    def __init__(self, assessment: Assessment, uncertainty: Uncertainty, seed: int) -> None:
        criteria = assessment.criteria
        self.assessment, self.uncertainty, self.seed = assessment, uncertainty, seed
        self.places = np.flatnonzero(assessment.status == Status.GRADED)
        scores = assessment.scores[self.places]
        self.applies = ~np.isnan(scores)
        self.scores = np.ascontiguousarray(np.nan_to_num(scores))
        self.slices = criteria.dimension_slices
        self.stated = dimension_weights(criteria)
        self.stated_inside = indicator_weights(criteria)
        self.lowest_shares = tuple(d.lowest_share for d in criteria.dimensions)
        self.reaches = reaches(criteria) or (1.0,) * len(criteria.dimensions)
        points = criteria.aggregation.method == "points"
        self.exponent = 1.0 if points else criteria.aggregation.exponent
        self.spans = uncertainty.spans(criteria) if uncertainty.weights == "ranges" else {}
        self.measured = self._measured() if uncertainty.measurement else {}
        self.missing = self._missing() if uncertainty.missing == "drawn" else np.zeros((0, 2), int)
        self.places_of = np.cumsum([0, *(len(m.rows) for m in self.measured.values())])

    def __len__(self) -> int:
        return len(self.places)

    @property
    def everything_applies(self) -> bool:
        """Whether no indicator is not applicable to any result."""
        return bool(self.applies.all())

    @cached_property
    def gaps(self) -> list[list[Ints]]:
        """The missing values of each dimension by their places, a result at most once in each part.

        So a part is added at once, and the values of a result one after the other.
        """
        result, indicator = self.missing.T
        parts = []
        for columns in self.slices:
            mine = np.flatnonzero((columns.start <= indicator) & (indicator < columns.stop))
            _, first, count = np.unique(result[mine], return_index=True, return_counts=True)
            turn = np.arange(len(mine)) - np.repeat(first, count)
            parts.append([mine[turn == t] for t in range(int(count.max(initial=0)))])
        return parts

    @cached_property
    def chunk_size(self) -> int:
        """How many draws a chunk has: it follows from the number of results alone."""
        return int(min(MOST, max(FEWEST, CELLS // max(len(self), 1))))

    # What is uncertain.

    def _measured(self) -> dict[int, Uncertain]:
        a = self.assessment
        m = a.measurements
        by_indicator = {}
        uncertain = m.uncertain(self.places)
        for j, indicator in enumerate(a.criteria.indicators):
            value, low, high = (x[self.places, j] for x in (m.values, m.low, m.high))
            has = a.missing.states[self.places, j] == State.VALUE
            rows = np.flatnonzero(uncertain[:, j] & has)
            if not len(rows):
                continue
            middle = value[rows].copy()
            for k, i in enumerate(self.places[rows].tolist()):
                basis = m.bases.get((i, indicator.id))
                if basis is not None and basis.estimate == basis.estimate:
                    middle[k] = min(max(basis.estimate, low[rows[k]]), high[rows[k]])
            uncapped = score_values(value[rows], indicator)
            # What evidence lets the value have: nothing where its score was cut down.
            scored = self.scores[rows, j]
            cap = np.where(scored < uncapped - 1e-9, scored, 100.0)
            by_indicator[j] = Uncertain(rows, low[rows], middle, high[rows], cap)
        return by_indicator

    def _missing(self) -> Ints:
        states = self.assessment.missing.states[self.places]
        gaps = (states != State.VALUE) & (states != State.NOT_APPLICABLE)
        return np.argwhere(gaps)

    # Draws.

    def inputs(self, number: int, size: int) -> Inputs:
        """Draw the inputs of a chunk; each kind has its own random numbers."""
        u = self.uncertainty
        children = np.random.SeedSequence(self.seed, spawn_key=(number,)).spawn(6)
        streams = [np.random.Generator(np.random.PCG64DXSM(c)) for c in children]
        m = self.scores.shape[1]
        inside = np.empty((size, m))
        for k, columns in enumerate(self.slices):
            group = self.assessment.criteria.dimensions[k].id
            inside[:, columns] = self._weights(self.stated_inside[columns], size, streams[1], group)
        exponent = np.full(size, self.exponent)
        if u.exponent is not None:
            exponent = streams[2].uniform(*u.exponent, size)
        bends = None
        if u.value_functions > 0:
            reach = np.log1p(u.value_functions)
            bends = np.exp(streams[3].uniform(-reach, reach, (size, m)))
        return Inputs(
            self._weights(self.stated, size, streams[0], ""),
            inside,
            exponent,
            bends,
            streams[4].standard_normal((size, int(self.places_of[-1]))),
            streams[5].random((size, len(self.missing))),
        )

    def _weights(self, stated: Floats, size: int, rng: np.random.Generator, group: str) -> Floats:
        u = self.uncertainty
        if u.weights == "spread":
            return weight_space.around(stated, u.spread, size, rng)
        if u.weights == "stated" or len(stated) == 1:
            return np.tile(stated / stated.sum(), (size, 1))
        if u.weights == "order":
            return weight_space.in_order(stated, size, rng)
        if u.weights == "uniform":
            return weight_space.anywhere(len(stated), size, rng)
        if group in self.spans:
            return weight_space.within(self.spans[group], size, rng)
        return weight_space.around(stated, u.spread, size, rng)

    def chunk(self, number: int) -> Chunk:
        """Draw one chunk."""
        return self.evaluate(self.inputs(number, self.chunk_size), number)

    def evaluate(self, inputs: Inputs, number: int = 0) -> Chunk:
        """Work out index and grade of every result under each draw of the inputs."""
        shape = len(inputs), len(self)
        index, grade = np.empty(shape), np.empty(shape, dtype=np.int8)
        for rows in blocks(*shape):
            part = inputs.take(rows)
            dimensions = [self._dimension(k, part) for k in range(len(self.slices))]
            index[rows] = power_means(dimensions, part.dimensions, part.exponent)
            grade[rows] = self._grades(index[rows], dimensions)
        return Chunk(number, index, grade, inputs.dimensions)

    def _dimension(self, k: int, inputs: Inputs) -> Floats:
        """Return the values of a dimension under each draw, shape (q, n)."""
        columns = self.slices[k]
        weights = inputs.indicators[:, columns]
        total = self._stated(columns, weights, inputs)
        self._add_measured(total, columns, weights, inputs)
        for places in self.gaps[k]:
            i, j = self.missing[places].T
            total[:, i] += weights[:, j - columns.start] * 100 * inputs.fill[:, places]
        if not self.everything_applies:
            applied = weights @ self.applies[:, columns].T.astype(np.float64)
            with np.errstate(invalid="ignore", divide="ignore"):
                total = np.where(applied > 0, total / applied, 0.0)
        if (share := self.lowest_shares[k]) > 0:
            least = np.where(self.applies[:, columns], self.scores[:, columns], np.inf).min(axis=1)
            total = (1 - share) * total + share * np.where(np.isfinite(least), least, 0.0)
        if self.reaches[k] != 1:
            total = np.minimum(total * self.reaches[k], 100.0)
        return total

    def _stated(self, columns: slice, weights: Floats, inputs: Inputs) -> Floats:
        """Return the weighted sum of the scores as they are, their value functions bent."""
        scores = self.scores[:, columns]
        if inputs.bends is None:
            return np.asarray(weights @ scores.T)
        total = np.zeros((len(weights), len(self)))
        for c in range(scores.shape[1]):
            bent = 100 * (scores[:, c] / 100) ** inputs.bends[:, columns][:, c, None]
            total += weights[:, c, None] * bent
        return total

    def _add_measured(self, total: Floats, columns: slice, weights: Floats, inputs: Inputs) -> None:
        """Add to the weighted sum how far measured values of the dimension move their scores."""
        for n, (j, uncertain) in enumerate(self.measured.items()):
            if not columns.start <= j < columns.stop:
                continue
            normals = inputs.normals[:, self.places_of[n] : self.places_of[n + 1]]
            moved = uncertain.scores(normals, self.assessment.criteria.indicators[j])
            before = self.scores[uncertain.rows, j]
            if inputs.bends is not None:
                bend = inputs.bends[:, j, None]
                moved, before = 100 * (moved / 100) ** bend, 100 * (before / 100) ** bend
            total[:, uncertain.rows] += weights[:, j - columns.start, None] * (moved - before)

    @cached_property
    def _rules(self) -> tuple[GradeRule, ...]:
        """What each grade takes, the lowest first."""
        criteria = self.assessment.criteria
        return tuple(
            GradeRule(
                n,
                grade.index - TOLERANCE,
                tuple((k, floor - TOLERANCE) for k, floor in dimension_floors(criteria, grade)),
                self._levels_met(n),
            )
            for n, grade in reversed(list(enumerate(criteria.grades)))
        )

    @cached_property
    def _caps(self) -> Codes:
        caps: Codes = self.assessment.gates.cap[self.places].astype(np.int8)
        return caps

    def _grades(self, index: Floats, dimensions: list[Floats]) -> Codes:
        place = np.full(index.shape, len(self._rules) - 1, dtype=np.int8)
        for rule in self._rules:
            met = index >= rule.index
            for k, floor in rule.floors:
                met &= dimensions[k] >= floor
            if rule.levels is not None:
                met &= rule.levels
            np.copyto(place, np.int8(rule.place), where=met)
        return np.maximum(place, self._caps)

    def _levels_met(self, n: int) -> Bools | None:
        a = self.assessment
        floors = list(level_floors(a.criteria, a.criteria.grades[n]))
        if not floors:
            return None
        met = np.ones(len(self), dtype=bool)
        for j, level in floors:
            values = a.measurements.values[self.places, j]
            lower_is_better = a.criteria.indicators[j].direction == "min"
            with np.errstate(invalid="ignore"):
                met &= (values <= level) if lower_is_better else (values >= level)
            met &= a.missing.states[self.places, j] == State.VALUE
        return met


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """Uncertain values of one indicator, shape (u,) each: which results, and between which bounds.

    Each bound is a one-sided one of 95 %; a value is drawn from a normal distribution on either
    side of the estimate, as wide as the bound of that side has it (JCGM 101:2008, 6.4.7, has the
    normal distribution for a best estimate with its uncertainty; two sides are our choice where
    the bounds are not the same way off). ``cap`` is the greatest score that the evidence allows.
    """

    rows: Ints
    low: Floats
    middle: Floats
    high: Floats
    cap: Floats

    def scores(self, normals: Floats, indicator: Indicator) -> Floats:
        """Return scores of the values at these standard normal deviates, shape (q, u)."""
        above, below = (self.high - self.middle) / Z95, (self.middle - self.low) / Z95
        # A side without a finite bound is not drawn on.
        above, below = (np.where(np.isfinite(x), x, 0.0) for x in (above, below))
        values = self.middle + normals * np.where(normals > 0, above, below)
        scores = score_values(values.reshape(-1), indicator).reshape(values.shape)
        return np.minimum(scores, self.cap)
