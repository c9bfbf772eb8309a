"""How well batches stay within their limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.criteria.measuring import (
    RATIO,
    Bounded,
    Measure,
    Verdict,
)
from pilotscore.language import Text
from pilotscore.measures import capability, grouped
from pilotscore.measures.figures import Figure, Reasons, Why
from pilotscore.measures.grouped import Estimate

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability

# By the lower bound; 1.33 and 1.0 are practice of ISO 22514, the rest own defaults.
_STEPS = (
    (1.67, Verdict("能力充分", "ample", good=True)),
    (1.33, Verdict("能力足够", "capable", good=True)),
    (1.0, Verdict("能力勉强", "barely capable")),
)
_NOT_SHOWN = Verdict("数据不能证明有能力", "not shown to be capable")
_INCAPABLE = Verdict("能力不足", "not capable")


def _verdict(index: Bounded) -> Verdict:
    otherwise = _NOT_SHOWN if index.value >= 1.0 else _INCAPABLE
    return next((text for least, text in _STEPS if index.low >= least), otherwise)


def _within(s: Stability) -> capability.Within:
    return capability.Within(s.chart.sigma_within, s.chart.freedom)


def _cp(s: Stability) -> Estimate:
    return capability.cp(s.limits, _within(s), s.measuring.confidence)


def _cpk(s: Stability) -> Estimate:
    g, within = s.groups, _within(s)
    return capability.cpk(g.values, g.value_starts, s.limits, within, s.measuring.confidence)


def _cpm(s: Stability) -> Estimate:
    g, confidence = s.groups, s.measuring.confidence
    return capability.cpm(g.values, g.value_starts, s.limits, s.target, confidence, s.worth)


def _missing(s: Stability) -> tuple[Bools, Bools]:
    """Return where a limit is missing, and where both are."""
    lower, upper = (np.isnan(x) for x in s.limits)
    return lower | upper, lower & upper


def _no_limit(s: Stability) -> Reasons:
    return [(Why.NO_LIMITS, _missing(s)[1])]


def _not_both(s: Stability) -> Reasons:
    one, both = _missing(s)
    return [(Why.NO_LIMITS, both), (Why.ONE_LIMIT, one)]


def _no_target(s: Stability) -> Reasons:
    return [(Why.NO_TARGET, _missing(s)[0] | np.isnan(s.target))]


def _not_normal(s: Stability) -> Reasons:
    return [(Why.NOT_NORMAL, s.performance.normal < s.measuring.normality)]


def _no_form(s: Stability) -> Reasons:
    return [(Why.FEW_VALUES, s.performance.few), (Why.TOO_SKEWED, s.performance.skewed)]


def _index(
    name: str,
    title: Text,
    places: tuple[int, int | None],
    estimate: Callable[[Stability], Estimate],
    reasons: Callable[[Stability], Reasons],
    holds: Callable[[Stability], Reasons] = _not_normal,
) -> Measure:
    def worked_out(s: Stability) -> Figure:
        constant = grouped.deviation(s.groups.values, s.groups.value_starts) == 0
        why = [*reasons(s), (Why.CONSTANT, constant), *holds(s)]
        return s.of_groups(name, estimate(s), why, "limits", "capability")

    return Measure(
        name, title, RATIO, worked_out, places[0], "characteristic", 3, places[1], _verdict
    )


MEASURES = (
    _index("cp", Text("过程能力指数 Cp", "Cp"), (90, None), _cp, _not_both),
    _index("cpk", Text("过程能力指数 Cpk", "Cpk"), (100, None), _cpk, _no_limit),
    # In a report what holds of the whole series goes before what holds within its batches.
    _index(
        "pp",
        Text("过程性能指数 Pp", "Pp"),
        (110, 85),
        lambda s: s.performance.pp,
        _not_both,
        _no_form,
    ),
    _index(
        "ppk",
        Text("过程性能指数 Ppk", "Ppk"),
        (120, 86),
        lambda s: s.performance.ppk,
        _no_limit,
        _no_form,
    ),
    _index("cpm", Text("过程能力指数 Cpm", "Cpm"), (130, None), _cpm, _no_target),
)
