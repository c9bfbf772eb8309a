"""Draws the index and the grade of every result under what is uncertain, in chunks.

A chunk has its own random numbers, from the seed and its number alone: figures do not depend on
how many cores work, nor on how many chunks are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.index import Assessment, Status, dimension_weights, indicator_weights, reaches
from pilotscore.index.value_functions import score_values
from pilotscore.ranking.robustness import weight_space
from pilotscore.ranking.robustness.grading import Grading, grading_of
from pilotscore.ranking.robustness.power import power_means
from pilotscore.ranking.robustness.uncertain_values import Uncertain
from pilotscore.ranking.robustness.uncertainty import Uncertainty
from pilotscore.records import dataclass
from pilotscore.workbook import State

# Values of the index of one chunk, of all results together.
CELLS = 2_000_000
FEWEST, MOST = 16, 500
# Values of the index that are put in order at once, and of how many draws at least.
BLOCK, FEWEST_ROWS = 64_000, 16
# Values that are worked on at once: those of all dimensions stay in a processor's own cache.
_PART, _FEWEST_RESULTS = 16_000, 64
ALL = slice(None)


def blocks(rows: int, results: int) -> Iterator[slice]:
    """Yield the rows of some draws of so many results, as many at a time as fit a cache."""
    step = max(FEWEST_ROWS, BLOCK // max(results, 1))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


def _parts(rows: int, results: int) -> Iterator[slice]:
    """Yield the results of which so many draws fit the nearest cache."""
    step = max(_FEWEST_RESULTS, _PART // max(rows, 1))
    for start in range(0, results, step):
        yield slice(start, min(start + step, results))


def _between(rising: Ints, begin: int, end: int) -> slice:
    """Return where rising numbers are at least ``begin`` and below ``end``."""
    low, high = np.searchsorted(rising, (begin, end)).tolist()
    return slice(low, high)


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

    @cached_property
    def everything_applies(self) -> bool:
        """Whether no indicator is not applicable to any result."""
        return bool(self.applies.all())

    @property
    def weights_alone(self) -> bool:
        """Whether nothing but weights is drawn."""
        u = self.uncertainty
        return not (
            self.measured or len(self.missing) or u.value_functions > 0 or u.exponent is not None
        )

    @cached_property
    def least(self) -> list[Floats]:
        """The least score of each result in each dimension, shape (n,) each; 0 where none applies.

        Scores as they are: the lowest counts as stated, whatever is drawn.
        """
        least = [
            np.where(self.applies[:, columns], self.scores[:, columns], np.inf).min(axis=1)
            for columns in self.slices
        ]
        return [np.where(np.isfinite(x), x, 0.0) for x in least]

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
        for some in _parts(*shape):
            dimensions = self.dimensions(inputs, some)
            index[:, some] = power_means(dimensions, inputs.dimensions, inputs.exponent)
            grade[:, some] = self.grading.grades(index[:, some], dimensions, some)
        return Chunk(number, index, grade, inputs.dimensions)

    def keys_under(
        self, weights: Floats, dimensions: Sequence[Floats], by: tuple[str, ...]
    ) -> Floats:
        """Return what results are ranked by, shape (q, n), where only those weights differ.

        Parameters
        ----------
        weights
            Of the dimensions, shape (q, d).
        dimensions
            The values of each, shape (1, n).
        by
            The order of the criteria set.
        """
        shape = len(weights), len(self)
        keys = np.empty(shape)
        exponent = np.full(len(weights), self.exponent)
        for some in _parts(*shape):
            values = [x[:, some] for x in dimensions]
            wide = [np.broadcast_to(x, (shape[0], x.shape[1])) for x in values]
            index = power_means(wide, weights, exponent)
            grade = self.grading.grades(index, values, some)
            keys[:, some] = Chunk(0, index, grade, weights).keys(by)
        return keys

    def dimensions(self, inputs: Inputs, some: slice = ALL) -> list[Floats]:
        """Return the values of each dimension under each draw, of some results, shape (q, n)."""
        return [self._dimension(k, inputs, some) for k in range(len(self.slices))]

    def _dimension(self, k: int, inputs: Inputs, some: slice = ALL) -> Floats:
        columns = self.slices[k]
        weights = inputs.indicators[:, columns]
        total = self._stated(columns, weights, inputs, some)
        self._add_measured(total, columns, weights, inputs, some)
        begin, end, _ = some.indices(len(self))
        for places in self.gaps[k]:
            mine = _between(self.missing[places, 0], begin, end)
            i, j = self.missing[places[mine]].T
            total[:, i - begin] += (
                weights[:, j - columns.start] * 100 * inputs.fill[:, places[mine]]
            )
        if not self.everything_applies:
            applied = weights @ self.applies[some, columns].T.astype(np.float64)
            with np.errstate(invalid="ignore", divide="ignore"):
                total = np.where(applied > 0, total / applied, 0.0)
        if (share := self.lowest_shares[k]) > 0:
            total = (1 - share) * total + share * self.least[k][some]
        if self.reaches[k] != 1:
            total = np.minimum(total * self.reaches[k], 100.0)
        return total

    def _stated(self, columns: slice, weights: Floats, inputs: Inputs, some: slice = ALL) -> Floats:
        """Return the weighted sum of the scores as they are, their value functions bent."""
        scores = self.scores[some, columns]
        if inputs.bends is None:
            return np.asarray(weights @ scores.T)
        total = np.zeros((len(weights), len(scores)))
        for c in range(scores.shape[1]):
            bent = 100 * (scores[:, c] / 100) ** inputs.bends[:, columns][:, c, None]
            total += weights[:, c, None] * bent
        return total

    def _add_measured(
        self, total: Floats, columns: slice, weights: Floats, inputs: Inputs, some: slice
    ) -> None:
        """Add to the weighted sum how far measured values of the dimension move their scores."""
        begin, end, _ = some.indices(len(self))
        for n, (j, uncertain) in enumerate(self.measured.items()):
            if not columns.start <= j < columns.stop:
                continue
            mine = _between(uncertain.rows, begin, end)
            if mine.start == mine.stop:
                continue
            drawn = uncertain.part(mine)
            normals = inputs.normals[:, self.places_of[n] : self.places_of[n + 1]][:, mine]
            moved = drawn.scores(normals, self.assessment.criteria.indicators[j])
            before = self.scores[drawn.rows, j]
            if inputs.bends is not None:
                bend = inputs.bends[:, j, None]
                moved, before = 100 * (moved / 100) ** bend, 100 * (before / 100) ** bend
            weight = weights[:, j - columns.start, None]
            total[:, drawn.rows - begin] += weight * (moved - before)

    @cached_property
    def grading(self) -> Grading:
        """How the results are graded."""
        return grading_of(self.assessment, self.places)
