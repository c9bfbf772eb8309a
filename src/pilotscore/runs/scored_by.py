"""By which characteristic of batches each indicator of a result is scored."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pilotscore.criteria import MEASURES, CriteriaSet, Indicator
from pilotscore.language import Text, Words
from pilotscore.measures.choice import choose, reason_of
from pilotscore.measures.figures import SILENT
from pilotscore.measures.stability import Stability
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """What an indicator is scored by: the characteristic that counts, or why there is none."""

    indicator: Indicator
    measure: Text
    characteristic: Text | None
    scored: float
    why: Words | None


class Sources:
    """What each indicator that is measured by characteristics is scored by, of all results."""

    def __init__(self, stability: Stability, criteria: CriteriaSet) -> None:
        self.characteristics = stability.data.characteristics
        n = len(stability.data.ids)
        self.listed = [
            (indicator, rule, figure, choose(figure, rule, indicator, stability, n))
            for indicator in criteria.indicators
            if (rule := indicator.measured) is not None
            and MEASURES[rule.measure].basis == "characteristic"
            for figure in [stability.figure(rule.measure)]
        ]

    def of(self, i: int) -> Iterator[Source]:
        """Yield what the indicators of a result are scored by; none where it has no such data."""
        for indicator, rule, figure, chosen in self.listed:
            title, k = MEASURES[rule.measure].title, int(chosen.place[i])
            if k >= 0:
                of = self.characteristics[int(figure.characteristic[k])].title
                yield Source(indicator, title, of, float(chosen.scored[i]), None)
            elif int(chosen.why[i]) not in SILENT:
                yield Source(indicator, title, None, math.nan, reason_of(chosen, i, rule))
