"""The order of results: by grade, then index, or as the criteria set says; equal ones tie.

Rule for ties: results equal in every key of the order (the index to nine decimals) share the
better rank, and the ranks after it stay free (1, 2, 2, 4). Within a tie they stand in the order of
their ids, so that the order of rows, sheets and files never matters. Results whose grade is
withheld come after the ranked ones, those that cannot be assessed last; neither has a rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria import Method
from pilotscore.index import Assessment, Status
from pilotscore.ranking.agreement import Agreement, agree
from pilotscore.ranking.methods import MethodResult, Tell, competition_ranks, run_methods
from pilotscore.records import dataclass

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The ranking of an assessment.

    ``order`` lists the places of all results in the assessment, best first; ``ranks`` has shape
    (n,), 0 for a result without a rank; ``tied`` shape (n,); ``methods`` by the method's id.
    """

    assessment: Assessment
    order: tuple[int, ...]
    ranks: Ints
    tied: Bools
    methods: Mapping[str, MethodResult]

    @property
    def batch_relative(self) -> bool:
        """Whether the order itself depends on which other results are in the batch."""
        order = self.assessment.criteria.order
        return any(m.batch_relative for name, m in self.methods.items() if name in order)

    def agreement(self, top: int | None = None) -> Agreement | None:
        """Return how far the index and the methods agree; None where there is no method.

        Parameters
        ----------
        top
            How many are the first; a third by default, at most 10.
        """
        if not self.methods:
            return None
        assessed = ~self.assessment.missing.not_assessable
        by_index = np.zeros(len(self.assessment), dtype=np.int64)
        by_index[assessed] = competition_ranks(-self.assessment.index[assessed])
        orders = {"index": by_index, **{name: m.ranks for name, m in self.methods.items()}}
        placing = ["index", *(name for name, m in self.methods.items() if m.orders)]
        return agree(orders, placing, top)

    def to_frame(self) -> pd.DataFrame:
        """Return the ranking as a data frame, best first, with one row per result."""
        import pandas as pd

        a, order = self.assessment, list(self.order)
        frame = pd.DataFrame(
            {
                "rank": self.ranks[order],
                "id": [a.measurements.ids[i] for i in order],
                "title": [a.measurements.titles[i] for i in order],
                "grade": [
                    a.criteria.grades[g].id if (g := a.grade[i]) >= 0 else None for i in order
                ],
                "status": [Status(int(a.status[i])).name.lower() for i in order],
                "index": a.index[order],
                "low": a.low[order],
                "high": a.high[order],
            }
        )
        for k, dimension in enumerate(a.criteria.dimensions):
            frame[dimension.id] = a.dimensions[order, k]
        for name, method in self.methods.items():
            frame[name] = method.scores[order]
            frame[f"{name}_rank"] = method.ranks[order]
        return frame


def natural_key(text: str) -> tuple[Any, ...]:
    """Return a key that sorts P-2 before P-10."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p)


def order_of(keys: Floats, name: Callable[[int], Any]) -> Ints:
    """Return the places of things in the order of their keys, those that are equal by their names.

    Parameters
    ----------
    keys
        Shape (n, k), the first column counts first; nan comes last.
    name
        Gives what a thing is sorted by among its equals; only they are asked for it.
    """
    order = np.lexsort(keys.T[::-1])
    before, after = keys[order[:-1]], keys[order[1:]]
    same = ((before == after) | (np.isnan(before) & np.isnan(after))).all(axis=1)
    first = np.flatnonzero(np.concatenate(([True], ~same)))
    ends = np.append(first[1:], len(order))
    for start, end in zip(first.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            order[start:end] = sorted(order[start:end].tolist(), key=name)
    return order


def rank_results(
    assessment: Assessment, methods: Sequence[Method] | None = None, tell: Tell | None = None
) -> Ranking:
    """Order the results of an assessment.

    Parameters
    ----------
    assessment
        Which results, and by which criteria.
    methods
        The decision methods to run; those of the criteria set by default.
    tell
        Called with what is to be said before a method starts that takes much memory.

    Raises
    ------
    UsageError
        A method cannot be computed for these results.
    """
    by_method = run_methods(assessment, methods, tell)
    n = len(assessment)
    keys = np.zeros((n, 1 + len(assessment.criteria.order)))
    keys[:, 0] = assessment.status
    for k, name in enumerate(assessment.criteria.order, start=1):
        if name == "grade":
            keys[:, k] = assessment.grade
        elif name == "index":
            keys[:, k] = -np.round(assessment.index, 9)
        elif name in by_method:
            keys[:, k] = by_method[name].ranks
    m = assessment.measurements

    def named(i: int) -> tuple[object, ...]:
        return natural_key(m.ids[i]), m.titles[i], str(m.place(i, None))

    order = order_of(keys, named)
    ranked = assessment.status == Status.GRADED
    ranks = np.zeros(n, dtype=np.int64)
    tied = np.zeros(n, dtype=bool)
    before: int | None = None
    for position, i in enumerate(order.tolist(), start=1):
        if not ranked[i]:
            break
        ranks[i] = position
        if before is not None and (keys[i] == keys[before]).all():
            ranks[i] = ranks[before]
            tied[i] = tied[before] = True
        before = i
    return Ranking(assessment, tuple(order.tolist()), ranks, tied, by_method)
