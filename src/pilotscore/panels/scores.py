"""The scores of a panel: who gave which result how much on which indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores on one indicator, in the order of results, then experts; no pair stands twice.

    Parameters
    ----------
    result, expert
        Numbers of the result and of the expert, shape (n,), from 0.
    score
        What the expert gave, shape (n,); every one is a number.
    results, experts
        How many results and experts there are; some may have no score.
    weight
        How much each score counts beside the others of its result, shape (n,), above 0; None where
        all count the same.
    """

    result: Ints
    expert: Ints
    score: Floats
    results: int
    experts: int
    weight: Floats | None = None

    @classmethod
    def of(cls, result: Ints, expert: Ints, score: Floats, results: int, experts: int) -> Scores:
        """Return scores in any order as they are kept.

        Raises
        ------
        ValueError
            A pair of result and expert stands twice, or a score is no number.
        """
        order = np.lexsort((expert, result))
        result, expert, score = result[order], expert[order], score[order]
        if np.any((np.diff(result) == 0) & (np.diff(expert) == 0)):
            raise ValueError("a result has two scores of one expert")
        if not np.isfinite(score).all():
            raise ValueError("a score is no number")
        return cls(result, expert, score, results, experts)

    @cached_property
    def count(self) -> Ints:
        """How many scores each result has, shape (results,)."""
        return np.bincount(self.result, minlength=self.results).astype(np.int64)

    @cached_property
    def start(self) -> Ints:
        """Where the scores of each result start, shape (results,)."""
        return np.concatenate(([0], np.cumsum(self.count)[:-1])).astype(np.int64)

    def by_result(self, values: Floats) -> Floats:
        """Return the sum of some values over the scores of each result, shape (results,)."""
        sums: Floats = np.bincount(self.result, values, minlength=self.results).astype(float)
        return sums

    def by_expert(self, values: Floats) -> Floats:
        """Return the sum of some values over the scores of each expert, shape (experts,)."""
        sums: Floats = np.bincount(self.expert, values, minlength=self.experts).astype(float)
        return sums

    def only(self, kept: np.ndarray) -> Scores:
        """Return those of a mask of shape (n,), under the same numbers."""
        weight = None if self.weight is None else self.weight[kept]
        return Scores(
            self.result[kept],
            self.expert[kept],
            self.score[kept],
            self.results,
            self.experts,
            weight,
        )

    def with_score(self, score: Floats) -> Scores:
        """Return the same pairs with other scores, shape (n,)."""
        return Scores(self.result, self.expert, score, self.results, self.experts, self.weight)

    def weighed(self, of_expert: Floats) -> Scores:
        """Return the scores with the weight of each expert; without those whose weight is 0."""
        weight = of_expert[self.expert]
        return replace(self, weight=weight).only(weight > 0)

    def matrix(self) -> Floats:
        """Return the scores with a row a result and a column an expert; nan where there is none."""
        table = np.full((self.results, self.experts), np.nan)
        table[self.result, self.expert] = self.score
        return table


@dataclass(frozen=True, eq=False)
class PanelScores:
    """All scores of a panel, by indicator.

    Parameters
    ----------
    results, experts, indicators
        Their names, in order of name: nothing depends on the order of rows.
    by_indicator
        The scores on each indicator, in the order of ``indicators``.
    group_of
        The group of each expert; '' where none is known.
    """

    results: tuple[str, ...]
    experts: tuple[str, ...]
    indicators: tuple[str, ...]
    by_indicator: tuple[Scores, ...]
    group_of: tuple[str, ...] = ()
    at: tuple[Floats, ...] = field(default=())
    """When each score was given, as days since 1970, nan where it is not known; by indicator."""

    @classmethod
    def of(
        cls,
        rows: Sequence[tuple[str, str, str, float]],
        groups: Mapping[str, str] | None = None,
    ) -> PanelScores:
        """Return a panel from rows of (expert, result, indicator, score), each pair once.

        Raises
        ------
        ValueError
            As :meth:`Scores.of`.
        """
        columns = [np.array(c) for c in zip(*rows, strict=True)] if rows else [np.array([])] * 4
        return cls.of_columns(*columns, groups=groups)

    @classmethod
    def of_columns(
        cls,
        expert: np.ndarray,
        result: np.ndarray,
        indicator: np.ndarray,
        score: np.ndarray,
        *,
        at: Floats | None = None,
        groups: Mapping[str, str] | None = None,
        kept: Bools | None = None,
    ) -> PanelScores:
        """Return a panel from columns of equal length; ``at`` is when, in days.

        With ``kept`` names and numbers are of all rows, the scores of those marked alone.

        Raises
        ------
        ValueError
            As :meth:`Scores.of`.
        """
        experts, e = np.unique(expert.astype(object).astype(str), return_inverse=True)
        results, r = np.unique(result.astype(object).astype(str), return_inverse=True)
        indicators, k = np.unique(indicator.astype(object).astype(str), return_inverse=True)
        value = score.astype(float)
        when = np.full(len(value), np.nan) if at is None else at
        tables, times = [], []
        for number in range(len(indicators)):
            of = np.flatnonzero(k == number if kept is None else (k == number) & kept)
            order = of[np.lexsort((e[of], r[of]))]
            tables.append(Scores.of(r[order], e[order], value[order], len(results), len(experts)))
            times.append(when[order])
        names = tuple(map(str, experts))
        return cls(
            tuple(map(str, results)),
            names,
            tuple(map(str, indicators)),
            tuple(tables),
            tuple((groups or {}).get(name, "") for name in names),
            tuple(times),
        )

    def __iter__(self) -> Iterator[tuple[str, Scores]]:
        """Go through the indicators and the scores on each."""
        return iter(zip(self.indicators, self.by_indicator, strict=True))

    def scored(self) -> PanelScores:
        """Return the panel with the indicators alone on which it has scores."""
        there = [n for n, scores in enumerate(self.by_indicator) if len(scores.score)]
        if len(there) == len(self.indicators):
            return self
        return replace(
            self,
            indicators=tuple(self.indicators[n] for n in there),
            by_indicator=tuple(self.by_indicator[n] for n in there),
            at=tuple(self.at[n] for n in there),
        )

    def _whole(self) -> tuple[list[Ints], Ints]:
        """Return the number of each pair that scored, by indicator, and those that scored all."""
        pairs = [s.result * len(self.experts) + s.expert for s in self.by_indicator]
        known, number = np.unique(np.concatenate(pairs), return_counts=True)
        return pairs, known[number == len(self.by_indicator)]

    def overall_at(self) -> Floats:
        """Return when each overall score was whole: the latest time of its parts, nan for none."""
        if len(self.by_indicator) == 1:
            return self.at[0]
        pairs, whole = self._whole()
        latest = np.full(len(whole), np.nan)
        for at, pair in zip(self.at, pairs, strict=True):
            latest = np.fmax(latest, at[np.searchsorted(pair, whole)])
        return latest

    def overall(self, weights: Mapping[str, float] | None = None) -> Scores:
        """Return one score of each expert for each result, over the indicators.

        It is the weighted mean (weights of 1 where none are given), and there is one only where the
        expert scored every indicator that anybody scored: half a sheet is no judgement.
        """
        if len(self.by_indicator) == 1:
            return self.by_indicator[0]
        weight = [(weights or {}).get(name, 1.0) for name in self.indicators]
        experts = len(self.experts)
        pairs, whole = self._whole()
        total = np.zeros(len(whole))
        for share, scores, pair in zip(weight, self.by_indicator, pairs, strict=True):
            total += share * scores.score[np.searchsorted(pair, whole)]
        return Scores(
            whole // experts, whole % experts, total / sum(weight), len(self.results), experts
        )
