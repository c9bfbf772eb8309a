"""Simulates a ranking under what is uncertain, until the figures are as sure as they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.crew import Crew
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.ranking.order import Ranking
from pilotscore.ranking.robustness.acceptability import Counts
from pilotscore.ranking.robustness.drawing import Drawing, each_in_order
from pilotscore.ranking.robustness.draws import Inputs, UncertaintyModel, blocks
from pilotscore.ranking.robustness.groups import Groups, tell_apart
from pilotscore.ranking.robustness.uncertainty import Uncertainty
from pilotscore.records import dataclass

Progress = Callable[[int, int], None]
# Draws whose values are kept, to tell results apart and for central weights.
_KEPT_CELLS = 20_000_000
_CENTRAL = 20
# Draws for a confidence factor: its standard error is 0.008 at most where there are as many.
_FOR_CONFIDENCE, _CONFIDENCE_CELLS = 4000, 4_000_000


@dataclass(frozen=True, slots=True)
class Effort:
    """How many draws: at least and at most so many, until the standard error is below a bound.

    ``seed`` is that of the random numbers: the same seed gives the same figures, whatever the
    ``cores`` (None: all of them).
    """

    draws: int = 2000
    most: int = 100_000
    error: float = 0.01
    cores: int | None = None
    seed: int = 1


USUAL_EFFORT = Effort()


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """How sure a ranking is.

    Shapes: n results that have a grade, in the order of the ranking (``results`` are their places
    in the assessment), g grades, d dimensions, b bands of ``counts.width`` ranks.

    Attributes
    ----------
    ranks
        The rank of each result in the ranking itself.
    low, high
        The ranks that hold it in 90 % of the draws.
    expected
        The mean rank.
    top
        The chance of being one of the first ``k``.
    grades
        The chance of each grade, shape (n, g).
    first, central, confidence
        The chance of being first; the mean weights of the draws in which it was (nan where it never
        was), shape (n, d); and the chance of being first under these weights, all other uncertainty
        drawn (nan likewise, and beyond the 20 most likely).
    groups
        Which results cannot be told apart.
    counted
        The column of each result in the counts.
    error
        The greatest standard error of the chances, from the number of draws.
    """

    ranking: Ranking
    uncertainty: Uncertainty
    effort: Effort
    results: Ints
    ranks: Ints
    k: int
    draws: int
    error: float
    counts: Counts
    low: Ints
    high: Ints
    expected: Floats
    top: Floats
    grades: Floats
    first: Floats
    central: Floats
    confidence: Floats
    groups: Groups
    model: UncertaintyModel
    by: tuple[str, ...]
    counted: Ints

    def __len__(self) -> int:
        return len(self.results)

    @property
    def acceptability(self) -> Floats:
        """Rank acceptability, shape (n, b): worked out when asked for, since it is large."""
        return self.acceptability_of(len(self))

    def acceptability_of(self, most: int, bands: int | None = None) -> Floats:
        """Return rank acceptability of the first results, for the first bands of ranks."""
        return self.counts.acceptability(self.counted[:most], bands)

    def chunks(self, draws: int | None = None) -> Iterator[tuple[Floats, Floats]]:
        """Yield index and grade of all results of the assessment under each draw, chunk by chunk.

        Shape (q, n) of the whole assessment; nan and -1 where a result has no grade.
        """
        return chunks_of(self.model, draws or self.draws)


def chunks_of(model: UncertaintyModel, draws: int) -> Iterator[tuple[Floats, Floats]]:
    """Yield index and grade of all results of the assessment under each draw, chunk by chunk.

    Shape (q, n) of the whole assessment; nan and -1 where a result has no grade.
    """
    whole, size = len(model.assessment), model.chunk_size
    for number in range(-(-draws // size)):
        chunk = model.chunk(number)
        index, grade = np.full((len(chunk), whole), np.nan), np.full((len(chunk), whole), -1)
        index[:, model.places] = chunk.index
        grade[:, model.places] = chunk.grade
        yield index, grade


def simulate(
    ranking: Ranking,
    uncertainty: Uncertainty,
    effort: Effort = USUAL_EFFORT,
    *,
    top: int | None = None,
    progress: Progress | None = None,
    crew: Crew | None = None,
) -> Robustness:
    """Rank again and again under what is uncertain, and count what comes out.

    Parameters
    ----------
    ranking
        The ranking.
    uncertainty
        What is drawn.
    effort
        How many draws.
    top
        How many first places matter; 10, or as many as there are, by default.
    progress
        Called with the draws that are done, and how many there will be as far as is known.
    crew
        Who draws; the cores of this machine where None. The figures are the same.

    Raises
    ------
    UsageError
        Fewer than two results have a grade, or ranges that no weights satisfy.
    PartlyDoneError
        A crew that could not finish.
    """
    model = UncertaintyModel(ranking.assessment, uncertainty, effort.seed)
    n = len(model)
    if n < 2:
        raise UsageError(
            Text(
                "只有 {n} 项成果有等级，没有可检验的排名；至少需要 2 项",
                "{n} result has a grade: there is no ranking to put to the test; it takes at "
                "least 2",
            ).of(n=n)
        )
    k = min(top or 10, n)
    order = ranking.assessment.criteria.order
    by = tuple(name for name in order if name in ("grade", "index")) or ("index",)
    grades = len(ranking.assessment.criteria.grades)
    inside = np.empty(len(ranking.assessment), dtype=np.int64)
    inside[model.places] = np.arange(n)
    results = np.array([i for i in ranking.order if ranking.ranks[i] > 0], dtype=np.int64)
    at = inside[results]
    counts, kept = _draw(
        model, by, Counts.none(n, k, grades, len(model.slices)), at, effort, progress, crew
    )
    low, high = counts.interval()
    central, confidence = _central(model, counts, by)
    groups = tell_apart(kept, low[at], high[at])
    return Robustness(
        ranking,
        uncertainty,
        effort,
        results,
        ranking.ranks[results],
        k,
        counts.draws,
        counts.error(),
        counts,
        low[at],
        high[at],
        counts.expected()[at],
        counts.chance("top")[at],
        counts.chance("grades").T[at],
        counts.chance("first")[at],
        central[at],
        confidence[at],
        groups,
        model,
        by,
        at,
    )


def _draw(
    model: UncertaintyModel,
    by: tuple[str, ...],
    total: Counts,
    order: Ints,
    effort: Effort,
    progress: Progress | None,
    crew: Crew | None,
) -> tuple[Counts, list[Floats]]:
    """Draw chunk after chunk; return the counts, and the keys of the first chunks.

    The keys have shape (n, q) each, the results in the order given.
    """
    size, (grades, n) = model.chunk_size, total.grades.shape
    fewest = -(-effort.draws // size)
    most = max(fewest, effort.most // size)
    keep = max(1, min(_KEPT_CELLS // max(n, 1), most * size))
    kept: list[Floats] = []

    drawing = Drawing(model, by, total.k, grades, order, keep)
    # Chunks are taken in order, and the last one is where the figures are sure enough: that does
    # not depend on how many were worked on at once.
    with closing(each_in_order(drawing, most, fewest, effort.cores, crew)) as tallies:
        for number, (tallied, keys) in enumerate(tallies, 1):
            total.add(tallied)
            kept.append(keys)
            if progress is not None:
                progress(number * size, fewest * size)
            if number >= fewest and total.error() <= effort.error:
                break
    return total, kept


def _central(model: UncertaintyModel, counts: Counts, by: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return central weights, shape (n, d), and confidence factors, shape (n,)."""
    n = len(model)
    with np.errstate(invalid="ignore", divide="ignore"):
        central = counts.weights / counts.first[:, None]
    confidence = np.full(n, np.nan)
    likely = np.argsort(-counts.first, kind="stable")[:_CENTRAL]
    size = model.chunk_size
    rounds = max(1, min(-(-_FOR_CONFIDENCE // size), _CONFIDENCE_CELLS // (size * n)))
    drawn = [model.inputs(number, size) for number in range(rounds)]
    if model.weights_alone:  # under the same weights all draws are the same
        drawn = [drawn[0].take(slice(1))]
    for i in likely[counts.first[likely] > 0].tolist():
        firsts = [
            _is_first(model, part, i, by)
            for inputs in drawn
            for part in _under(model, inputs, central[i])
        ]
        confidence[i] = np.concatenate(firsts).mean()
    return central, confidence


def _under(model: UncertaintyModel, inputs: Inputs, weights: Floats) -> Iterator[Inputs]:
    """Yield the inputs with the weights of dimensions given and those inside them as stated."""
    for rows in blocks(len(inputs), len(model)):
        part = inputs.take(rows)
        yield replace(
            part,
            dimensions=np.tile(weights, (len(part), 1)),
            indicators=np.tile(model.stated_inside, (len(part), 1)),
        )


def _is_first(model: UncertaintyModel, inputs: Inputs, i: int, by: tuple[str, ...]) -> Bools:
    """Return whether a result is first, or level with the first, in each draw."""
    keys = model.evaluate(inputs).keys(by)
    return np.asarray(keys[:, i] >= keys.max(axis=1) - 1e-9)
