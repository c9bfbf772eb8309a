"""Methods that scikit-criteria lacks, as decision makers of its own kind.

Each is a thin class over functions of this room, so that pipelines, ``skcriteria.cmp`` and
``skcriteria.ranksrev`` take them like any other. Importing this module imports scikit-criteria,
which takes about two seconds: only the registry does, once a method was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from skcriteria.agg import RankResult, SKCDecisionMakerABC
from skcriteria.utils import rank

from pilotscore.ranking.electre_tri import Thresholds, sort_by_outranking
from pilotscore.ranking.flowsort import sort_by_flow
from pilotscore.ranking.promethee import Preference, flows

# One for every criterion, or one for each.
Numbers = float | Sequence[float]
Kinds = str | Sequence[str]


def functions_of(
    preference: Kinds, q: Numbers, p: Numbers, s: Numbers
) -> Preference | tuple[Preference, ...]:
    """Return the preference function of every criterion, or where one is a list that of each."""
    given = (preference, q, p, s)
    lengths = {len(x) for x in given if not isinstance(x, str | float | int)}
    if not lengths:
        return Preference(*given)  # type: ignore[arg-type]
    (m,) = lengths
    lists = ([x] * m if isinstance(x, str | float | int) else x for x in given)
    return tuple(Preference(*each) for each in zip(*lists, strict=True))


class PrometheeII(SKCDecisionMakerABC):  # type: ignore[misc]  # scikit-criteria ships no types
    """PROMETHEE II, by sorting: see :mod:`pilotscore.ranking.promethee`."""

    _skcriteria_parameters = ["preference", "q", "p", "s"]  # noqa: RUF012

    def __init__(
        self,
        *,
        preference: Kinds = "linear",
        q: Numbers = 0.0,
        p: Numbers = 20.0,
        s: Numbers = 10.0,
    ) -> None:
        self.preference, self.q, self.p, self.s = preference, q, p, s
        self._functions = functions_of(preference, q, p, s)

    def _evaluate_data(self, matrix: Any, weights: Any, objectives: Any, **_: Any) -> Any:
        leaving, entering = flows(np.asarray(matrix * objectives, float), weights, self._functions)
        net = leaving - entering
        extra = {"score": net, "leaving": leaving, "entering": entering}
        return rank.rank_values(np.round(net, 12), reverse=True), extra

    def _make_result(self, alternatives: Any, values: Any, extra: Any) -> Any:
        return RankResult("PrometheeII", alternatives=alternatives, values=values, extra=extra)


class _Sorter(SKCDecisionMakerABC):  # type: ignore[misc]
    """What sorts into grades by profiles: the best grade ranks first; ``grade`` holds its place."""

    _skcriteria_abstract_class = True

    def evaluate(self, dm: Any, *, profiles: Any = None) -> Any:
        """Sort the alternatives of a decision matrix by profiles, best first, (k, m)."""
        if profiles is None:
            raise ValueError(f"{type(self).__name__} needs profiles")
        return self._evaluate_dm(dm, profiles=np.asarray(profiles, dtype=float))

    def _ranked(self, grade: Any) -> Any:
        # A RankResult wants ranks without gaps, which grades that nobody got would leave.
        return np.unique(grade, return_inverse=True)[1] + 1, {"grade": grade}

    def _make_result(self, alternatives: Any, values: Any, extra: Any) -> Any:
        return RankResult(type(self).__name__, alternatives, values, extra)


class ElectreTriB(_Sorter):
    """ELECTRE TRI-B: see :mod:`pilotscore.ranking.electre_tri`; profiles are lower bounds."""

    _skcriteria_parameters = ["rule", "cut", "q", "p", "veto"]  # noqa: RUF012

    def __init__(
        self,
        *,
        rule: str = "pessimistic",
        cut: float = 0.75,
        q: Numbers = 0.0,
        p: Numbers = 0.0,
        veto: Numbers = float("inf"),
    ) -> None:
        if not (np.less_equal(q, p) & np.less_equal(p, veto)).all():
            raise ValueError(f"q <= p <= veto does not hold: {q}, {p}, {veto}")
        self.rule, self.cut, self.q, self.p, self.veto = rule, cut, q, p, veto

    def _evaluate_data(
        self, matrix: Any, weights: Any, objectives: Any, profiles: Any, **_: Any
    ) -> Any:
        limits = Thresholds(*(np.asarray(x, float) for x in (self.q, self.p, self.veto)))
        grade = sort_by_outranking(
            np.asarray(matrix * objectives, float),
            profiles * objectives,
            weights,
            limits,
            self.cut,
            self.rule,
        )
        return self._ranked(grade)


class FlowSort(_Sorter):
    """FlowSort: see :mod:`pilotscore.ranking.flowsort`; profiles are all limits, both ends too."""

    _skcriteria_parameters = ["preference", "q", "p", "s"]  # noqa: RUF012

    def __init__(
        self,
        *,
        preference: Kinds = "linear",
        q: Numbers = 0.0,
        p: Numbers = 20.0,
        s: Numbers = 10.0,
    ) -> None:
        self.preference, self.q, self.p, self.s = preference, q, p, s

    def _evaluate_data(
        self, matrix: Any, weights: Any, objectives: Any, profiles: Any, **_: Any
    ) -> Any:
        function = functions_of(self.preference, self.q, self.p, self.s)
        matrix = np.asarray(matrix * objectives, float)
        return self._ranked(sort_by_flow(matrix, profiles * objectives, weights, function))
