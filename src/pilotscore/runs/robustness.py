"""The ranking of a run put to the test: how sure it is, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.crew import Crew
from pilotscore.language import Text
from pilotscore.ranking.robustness import (
    USUAL_EFFORT,
    Effort,
    Robustness,
    Sensitivity,
    Uncertainty,
    rank_sensitivity,
    simulate,
    stated_by,
)
from pilotscore.ranking.robustness.dominance import MOST, dominated_by, pareto_front
from pilotscore.ranking.robustness.local import Neighbours, examine_weights
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.workbook.results.workers import Progress

_LEAST_MOVE = 5e-5  # of a weight; less is none


@dataclass(frozen=True, slots=True)
class Swap:
    """Two neighbours: the chance that the first is ahead, and the least change that swaps them.

    ``change`` is the greatest move of a weight, in shares of the whole, by dimension (only those
    that move); None where no weights swap them, or where their grades differ.
    """

    first: int
    second: int
    ahead: float
    change: tuple[tuple[Text, float, float], ...] | None
    same_grade: bool


@dataclass(frozen=True, slots=True)
class StableWeight:
    """The range of a weight within which the first k stay the same; None is no bound."""

    title: Text
    stated: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessReport:
    """Everything that the command shows.

    ``front`` marks the ranked results that no other dominates, ``dominated`` gives for each the
    first that dominates it (place among the ranked, -1 for none); both on the dimensions.
    """

    outcome: Outcome
    robustness: Robustness
    sensitivity: Sensitivity | None
    stable: tuple[StableWeight, ...]
    swaps: tuple[Swap, ...]
    front: Bools
    dominated: Ints

    def name(self, place: int) -> str:
        """Return the id of a ranked result."""
        return self.outcome.assessment.measurements.ids[int(self.robustness.results[place])]

    def title(self, place: int) -> str:
        """Return the title of a ranked result."""
        return self.outcome.assessment.measurements.titles[int(self.robustness.results[place])]


def robustness(
    outcome: Outcome,
    uncertainty: Uncertainty | None = None,
    effort: Effort = USUAL_EFFORT,
    *,
    top: int | None = None,
    sensitivity: bool = True,
    progress: Progress | None = None,
    crew: Crew | None = None,
) -> RobustnessReport:
    """Put the ranking of a run to the test.

    Parameters
    ----------
    outcome
        What :func:`~pilotscore.runs.assess.rank` gave.
    uncertainty
        What is drawn; as the criteria set has it where None.
    effort
        How many draws, and their seed.
    top
        How many first places matter.
    sensitivity
        Whether to say what the variance of the ranks comes from.
    progress
        Called with the draws done, of how many.
    crew
        Who draws; the cores of this machine where None. The figures are the same.

    Raises
    ------
    UsageError
        Fewer than two results with a grade, an unknown name in the ranges, or ranges that no
        weights satisfy.
    PartlyDoneError
        A crew that could not finish.
    """
    drawn = uncertainty or stated_by(outcome.criteria)
    simulated = simulate(outcome.ranking, drawn, effort, top=top, progress=progress, crew=crew)
    shares = rank_sensitivity(simulated.model, simulated.by) if sensitivity else None
    return _report(outcome, simulated, shares)


def _report(outcome: Outcome, r: Robustness, sensitivity: Sensitivity | None) -> RobustnessReport:
    """Put together what is shown; weights, neighbours and dominance are worked out here."""
    titles = {d.id: d.title for d in outcome.criteria.dimensions}
    stable, pairs = examine_weights(outcome.ranking, r.results, r.k)
    weights = [StableWeight(titles[s.name], s.stated, s.low, s.high) for s in stable]
    values = outcome.assessment.dimensions[r.results]
    return RobustnessReport(
        outcome,
        r,
        sensitivity,
        tuple(weights),
        tuple(_swap(pair, float(r.groups.ahead[pair.first]), weights) for pair in pairs),
        pareto_front(values),
        _first_dominating(values),
    )


def _swap(pair: Neighbours, ahead: float, weights: Sequence[StableWeight]) -> Swap:
    change = None
    if pair.weights is not None:
        change = tuple(
            (w.title, w.stated, after)
            for w, after in zip(weights, pair.weights.tolist(), strict=True)
            if abs(after - w.stated) > _LEAST_MOVE
        )
    return Swap(pair.first, pair.second, ahead, change, pair.same_grade)


def _first_dominating(values: Floats) -> Ints:
    """Return for each result the first that dominates it, -1 where none does or too many are."""
    dominating = np.full(len(values), -1, dtype=np.int64)
    if len(values) <= MOST:
        by = dominated_by(values)
        some = by.any(axis=1)
        dominating[some] = by[some].argmax(axis=1)
    return dominating
