"""Simulates a ranking under what is uncertain, until the figures are as sure as they should be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.ranking.order import Ranking
from pilotscore.ranking.robustness.acceptability import Counts, count
from pilotscore.ranking.robustness.draws import UncertaintyModel
from pilotscore.ranking.robustness.groups import Groups, tell_apart
from pilotscore.ranking.robustness.uncertainty import Uncertainty

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
    acceptability
        Rank acceptability, shape (n, b).
    first, central, confidence
        The chance of being first; the mean weights of the draws in which it was (nan where it never
        was), shape (n, d); and the chance of being first under these weights, all other uncertainty
        drawn (nan likewise, and beyond the 20 most likely).
    groups
        Which results cannot be told apart.
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
    acceptability: Floats
    first: Floats
    central: Floats
    confidence: Floats
    groups: Groups
    model: UncertaintyModel
    by: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.results)

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

    Raises
    ------
    UsageError
        Fewer than two results have a grade, or ranges that no weights satisfy.
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
    counts, kept = _draw(model, by, k, grades, effort, progress)
    inside = np.empty(len(ranking.assessment), dtype=np.int64)
    inside[model.places] = np.arange(n)
    results = np.array([i for i in ranking.order if ranking.ranks[i] > 0], dtype=np.int64)
    at = inside[results]
    low, high = counts.interval()
    central, confidence = _central(model, counts, by)
    groups = tell_apart(kept[:, at], low[at], high[at])
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
        counts.total[at] / counts.draws,
        counts.chance("top")[at],
        counts.chance("grades").T[at],
        counts.acceptability[at],
        counts.chance("first")[at],
        central[at],
        confidence[at],
        groups,
        model,
        by,
    )


def _draw(
    model: UncertaintyModel,
    by: tuple[str, ...],
    k: int,
    grades: int,
    effort: Effort,
    progress: Progress | None,
) -> tuple[Counts, Floats]:
    """Draw chunk after chunk; return the counts and the keys of the first draws."""
    from threadpoolctl import threadpool_limits

    size = model.chunk_size
    fewest = -(-effort.draws // size)
    most = max(fewest, effort.most // size)
    keep = max(1, min(_KEPT_CELLS // max(len(model), 1), most * size))
    kept: list[Floats] = []
    total: Counts | None = None
    cores = effort.cores or os.cpu_count() or 1

    def one(number: int) -> tuple[Counts, Floats | None]:
        chunk = model.chunk(number)
        keys = chunk.keys(by) if number * size < keep else None
        return count(chunk, by, k, grades), keys

    # The threads are ours: those of the matrix products would only be in each other's way.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(cores) as pool:
        number = 0
        while number < most:
            wave = range(number, min(number + (cores if number >= fewest else fewest), most))
            # Chunks are taken in order, and the last one is where the figures are sure enough:
            # that does not depend on how many were worked on at once.
            for counts, keys in pool.map(one, wave):
                number += 1
                if keys is not None:
                    kept.append(keys)
                if total is None:
                    total = counts
                else:
                    total.add(counts)
                if progress is not None:
                    progress(number * size, fewest * size)
                if number >= fewest and total.error() <= effort.error:
                    number = most
                    break
    assert total is not None
    return total, np.concatenate(kept)[:keep]


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
    for i in likely[counts.first[likely] > 0].tolist():
        fixed = {
            "dimensions": np.tile(central[i], (size, 1)),
            "indicators": np.tile(model.stated_inside, (size, 1)),
        }
        keys = (model.evaluate(replace(inputs, **fixed)).keys(by) for inputs in drawn)
        confidence[i] = np.mean([(k[:, i] >= k.max(axis=1) - 1e-9).mean() for k in keys])
    return central, confidence
