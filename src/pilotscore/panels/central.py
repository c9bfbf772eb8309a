"""Values of results for many sets of scores on the same pairs, without their intervals.

What depends on who scored what alone is worked out once: draws of experts change scores, not pairs.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.panels.aggregation import cut_of
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.panels.weighing import weighted_trimmed
from pilotscore.records import dataclass


class Central:
    """The value of each result by a rule, as :func:`~pilotscore.panels.aggregation.aggregate` has.

    Parameters
    ----------
    scores
        Whose pairs of result and expert are scored each time.
    rule
        How they become one value; what it asks at least is not looked at.
    groups
        The group of each expert, where the rule has groups.
    """

    def __init__(self, scores: Scores, rule: PanelRule, groups: tuple[str, ...] = ()) -> None:
        of_expert = np.array(groups, dtype=object)
        names = sorted(rule.group_weights)
        share = np.array([float(rule.group_weights[g]) for g in names])
        self.scores = scores
        self.shares: Floats = share / share.sum() if names else np.ones(1)
        if names:
            places = [np.flatnonzero(of_expert[scores.expert] == name) for name in names]
        else:
            places = [np.arange(len(scores.score))]
        self.parts = [(place, _Part.of(scores.only(place), rule)) for place in places]

    def of(self, taken: Ints) -> Floats:
        """Return the values where each score is that of another in its place, shape (results,)."""
        score = self.scores.score[taken]
        weight = None if self.scores.weight is None else self.scores.weight[taken]
        values = [
            part.value(score[place], None if weight is None else weight[place])
            for place, part in self.parts
        ]
        if len(values) == 1 and self.shares[0] == 1:
            return values[0]
        table = np.array(values)
        there = ~np.isnan(table)
        weights = np.where(there, self.shares[:, None], 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            combined: Floats = np.where(there, weights * table, 0.0).sum(axis=0)
            combined /= weights.sum(axis=0)
        return combined


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The scores of one group, or all.

    Attributes
    ----------
    scores
        The pairs.
    some
        The results that have a score; ``start`` is where theirs begin.
    place
        Of each score among those of its result, from 0.
    cut, left
        How many are left out at each end of a result, and which of the ordered scores stay; None
        where none is left out.
    """

    scores: Scores
    rule: PanelRule
    some: Ints
    start: Ints
    place: Ints
    cut: Ints
    left: Bools | None

    @classmethod
    def of(cls, scores: Scores, rule: PanelRule) -> _Part:
        """Work out what does not depend on the scores."""
        count = scores.count
        some = np.flatnonzero(count > 0)
        place = np.arange(len(scores.score)) - scores.start[scores.result]
        cut = cut_of(count, rule)
        own = cut[scores.result]
        left = (place >= own) & (place < count[scores.result] - own) if cut.any() else None
        return cls(scores, rule, some, scores.start[some], place, cut, left)

    def value(self, score: Floats, weight: Floats | None) -> Floats:
        """Return the value of each result; nan where it has no score."""
        values = np.full(self.scores.results, np.nan)
        if not len(self.some):
            return values
        values[self.some] = self._values(score, weight)
        return values

    def _values(self, score: Floats, weight: Floats | None) -> Floats:
        how, count = self.rule.how, self.scores.count[self.some]
        if how == "minimum":
            least: Floats = np.minimum.reduceat(score, self.start)
            return least
        if how == "median":
            ordered = self._ordered(score)
            low, high = self.start + (count - 1) // 2, self.start + count // 2
            middle: Floats = (ordered[low] + ordered[high]) / 2
            return middle
        if weight is not None:
            s = self.scores
            drawn = Scores(s.result, s.expert, score, s.results, s.experts, weight)
            weighted: Floats = weighted_trimmed(drawn, self.cut)[0][self.some]
            return weighted
        if self.left is not None:
            score = np.where(self.left, self._ordered(score), 0.0)
            count = count - 2 * self.cut[self.some]
        mean: Floats = np.add.reduceat(score, self.start) / count
        return mean

    def _ordered(self, score: Floats) -> Floats:
        """Return the scores from low to high within each result."""
        scores = self.scores
        most = int(scores.count.max())
        if most * scores.results > 2 * len(score):
            ordered: Floats = score[np.lexsort((score, scores.result))]
            return ordered
        rows = np.full((scores.results, most), np.inf)
        rows[scores.result, self.place] = score
        rows.sort(axis=1)
        within: Floats = rows[scores.result, self.place]
        return within
