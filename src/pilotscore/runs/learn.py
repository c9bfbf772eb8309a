"""What came of rounds, and what that teaches the criteria: nothing is applied by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import LoadedCriteria, load_criteria
from pilotscore.criteria.measuring import Bounded
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.outcomes.grade_table import GradeTable
from pilotscore.outcomes.indicators import Discrimination, discrimination
from pilotscore.outcomes.inverse_probability import Represented
from pilotscore.outcomes.limits_that_decide import Use
from pilotscore.records import dataclass
from pilotscore.runs.assess import PathLike
from pilotscore.runs.learn_data import Followed, followed
from pilotscore.runs.learn_experts import ExpertsLearned, experts_learned
from pilotscore.runs.learn_figures import (
    Drawn,
    IndexFigures,
    Reached,
    Span,
    grade_table,
    index_figures,
    of_all_applicants,
    of_the_draw,
    of_the_zone,
    reached_by_grade,
    span_of,
)
from pilotscore.runs.learn_limits import LimitUse, limit_uses
from pilotscore.runs.learn_weights import Level, WeightsLearned, weights_learned
from pilotscore.runs.round_work import taken_out_rules
from pilotscore.store import Item, Store
from pilotscore.store.rounds import round_in


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """An indicator held against the outcome: its scores, and how good its evidence was."""

    item: Item
    score: Discrimination
    evidence: Discrimination


@dataclass(frozen=True, slots=True, eq=False)
class LearnReport:
    """What came of it.

    Attributes
    ----------
    store
        Its path.
    followed
        Who was followed up.
    loaded
        The criteria set of the last round, or the one that was given.
    grades, reached
        Outcomes by grade, and with those not yet there counted as long as they were followed.
    index
        The index against the outcome.
    span, applicants, drawn, zone
        What is not seen of those that were not funded: how much of the index is, the share of
        successes by recorded chances, winners and losers of a draw, the discussion zone.
    indicators
        In the order of the set.
    limits
        Conditions of grades and gates.
    weights
        What would be changed, or why not.
    experts
        Those of a panel, where their scores were given.
    """

    store: str
    followed: Followed
    loaded: LoadedCriteria
    grades: GradeTable
    reached: tuple[Reached | None, ...]
    index: IndexFigures
    span: Span | None
    applicants: Represented | None
    drawn: Drawn | None
    zone: tuple[tuple[int, int], tuple[int, int], Bounded] | None
    indicators: tuple[IndicatorFigures, ...]
    limits: tuple[LimitUse, ...]
    weights: WeightsLearned
    experts: ExpertsLearned | None = None

    @property
    def idle_limits(self) -> tuple[LimitUse, ...]:
        """Those that never or always decide."""
        return tuple(x for x in self.limits if x.use != Use.DECIDES)


_OTHER_DIMENSIONS = Text(
    "指标体系 {name} 的维度与最近一轮不同：请给出该轮所用的文件",
    "the criteria set {name} has other dimensions than the last round: give the file of that round",
)


def learn(
    store: Store,
    outcome: str | None = None,
    *,
    window: float = np.inf,
    rounds: Sequence[str] = (),
    criteria: PathLike | None = None,
    odds: tuple[float, float] | None = None,
    scores: Sequence[PathLike] = (),
    scale: tuple[float, float] | None = None,
    level: Level = "dimensions",
) -> LearnReport:
    """Hold what was scored against what came of it.

    Parameters
    ----------
    store
        Rounds with what came of them.
    outcome, window, rounds
        As :func:`~pilotscore.runs.learn_data.followed` takes them; the window in months.
    criteria
        The criteria set; by default that of the last round, as it was kept.
    odds
        What a failed grant costs, and what a success is worth.
    scores, scale
        Score sheets of the experts of a panel, and the scale of their scores.
    level
        Whether the weights of dimensions or of all indicators are re-estimated.

    Raises
    ------
    UsageError
        As :func:`~pilotscore.runs.learn_data.followed`; the criteria set is that of other
        dimensions, or the last round has not kept it.
    """
    f = followed(store, outcome, window, rounds)
    with _rules(store, f, criteria) as path:
        loaded = load_criteria(path)
    mine = [d.id for d in loaded.criteria.dimensions]
    if mine != [d.id for d in f.head.dimensions]:
        raise UsageError(_OTHER_DIMENSIONS.of(name=loaded.criteria.id))
    return LearnReport(
        store.name,
        f,
        loaded,
        grade_table(f),
        reached_by_grade(f),
        index_figures(f, odds),
        span_of(f),
        of_all_applicants(f),
        of_the_draw(f),
        of_the_zone(f),
        tuple(_indicators(f)),
        tuple(limit_uses(loaded.criteria, [r.columns for r in f.rounds])),
        weights_learned(f, loaded.criteria, level),
        experts_learned(f, scores, scale) if scores else None,
    )


@contextmanager
def _rules(store: Store, f: Followed, criteria: PathLike | None) -> Iterator[PathLike]:
    """Give the criteria set that was named, or the one that the last round was scored by."""
    if criteria is not None:
        yield criteria
        return
    key = f.rounds[-1].entry.key
    with taken_out_rules(round_in(store.round_file(key), Path(f"{key[:12]}.pilot"))) as path:
        yield path


def _indicators(f: Followed) -> Iterator[IndicatorFigures]:
    """Hold each indicator against the outcome, one at a time."""
    settled = f.known.settled
    event = f.known.success[settled]
    items = f.head.indicators
    for item in items:
        score, evidence = _of_indicator(f, item.id)
        yield IndicatorFigures(
            item,
            discrimination(score[settled], event, len(items)),
            discrimination(evidence[settled], event, len(items)),
        )


def _of_indicator(f: Followed, name: str) -> tuple[Floats, Floats]:
    """Return the scores of those followed, and their evidence, the better the higher; nan: none."""
    scores, grades = [], []
    for r in f.rounds:
        there = r.columns.indicators.get(name)
        n = len(r.reports.places)
        if there is None:
            scores.append(np.full(n, np.nan))
            grades.append(np.full(n, np.nan))
            continue
        scores.append(there.scores[r.reports.places])
        codes = there.evidence[r.reports.places].astype(float)
        grades.append(np.where(codes < 0, np.nan, codes))  # they stand from the weakest up
    return np.concatenate(scores), np.concatenate(grades)
