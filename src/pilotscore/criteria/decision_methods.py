"""The decision methods that a criteria file may name: what each is, takes and needs.

Facts alone, without scikit-criteria, which takes two seconds to import: a criteria file is checked
against them, and ``ranking/`` looks up what it must know before it runs a method.

Whether a method is absolute (a result's figure does not depend on the other results) holds on the
0-100 scores, with 100 and 0 as ideal and anti-ideal; property tests hold each to it.
"""

from __future__ import annotations

from dataclasses import field
from functools import partial
from typing import Any, Literal

from pilotscore.language import LISTED, Text, Words, join, same
from pilotscore.records import dataclass

MethodName = Literal[
    "weighted_sum",
    "weighted_product",
    "waspas",
    "topsis",
    "vikor",
    "aras",
    "cocoso",
    "codas",
    "copras",
    "edas",
    "electre_1",
    "electre_2",
    "ervd",
    "mabac",
    "mairca",
    "marcos",
    "moora_ratio",
    "moora_reference",
    "moora_product",
    "multimoora",
    "ocra",
    "probid",
    "simplified_probid",
    "ram",
    "rim",
    "simus",
    "spotis",
    "promethee_ii",
    "electre_tri_b",
    "flowsort",
]
# always: also on raw values; anchored: because the ideal and the anti-ideal are fixed; never: not.
Absolute = Literal["always", "anchored", "never"]
Gives = Literal["scores", "grades", "kernel"]
Value = bool | float | str

METRICS = ("euclidean", "cityblock", "chebyshev", "sqeuclidean", "canberra", "braycurtis")
_AT_LEAST = Text("不小于 {low:.10g} 的数", "a number of at least {low:.10g}")
_FROM_TO = Text("{low:.10g} 到 {high:.10g}", "a number from {low:.10g} to {high:.10g}")
PREFERENCES = ("usual", "u_shape", "v_shape", "level", "linear", "gaussian")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter may be: a number within bounds, one of some words, or yes and no."""

    default: Value
    low: float = 0.0
    high: float = float("inf")
    words: tuple[str, ...] = ()

    @property
    def wanted(self) -> Words:
        """What it should be, for a person."""
        if self.words:
            return join(self.words, LISTED)
        if isinstance(self.default, bool):
            return Text("true 或 false", "true or false")
        template = _AT_LEAST if self.high == float("inf") else _FROM_TO
        return template.of(low=self.low, high=self.high)

    def allows(self, value: object) -> bool:
        """Say whether a value is one of those."""
        if self.words:
            return isinstance(value, str) and value in self.words
        if isinstance(self.default, bool):
            return isinstance(value, bool)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class DecisionMethod:
    """A decision method.

    Attributes
    ----------
    title
        Its name, as in the literature.
    absolute
        Whether a result's figure stays when other results come or go.
    gives
        A score each, a grade each (sorting), or a kernel (a choice of the best).
    parameters
        By name.
    least, most
        The least and greatest number of results that it is run on.
    matrices
        How many matrices of n x n numbers it holds at once, as measured; 0 for none.
    zero_free
        It takes no zero: an ``offset`` is needed where a score is 0.
    unit_free
        On raw values no unit decides its order: it takes each criterion in shares of its own, or
        multiplies. The others add what they are given, so that hours would outweigh days.
    thresholds
        The parameters that a criterion may have for itself.
    lower_is_better
        The smallest score is the best.
    instead
        The method that is named where there are too many results.
    """

    title: Text
    absolute: Absolute
    gives: Gives = "scores"
    parameters: dict[str, Parameter] = field(default_factory=dict)
    least: int = 1
    most: int | None = None
    matrices: int = 0
    zero_free: bool = False
    unit_free: bool = False
    thresholds: tuple[str, ...] = ()
    lower_is_better: bool = False
    instead: MethodName = "topsis"


def _method(title: str | Text, absolute: Absolute, **characteristics: Any) -> DecisionMethod:
    return DecisionMethod(
        title if isinstance(title, Text) else same(title), absolute, **characteristics
    )


_always = partial(_method, absolute="always")
_anchored = partial(_method, absolute="anchored")
_relative = partial(_method, absolute="never", least=2)
_HALF = Parameter(0.5, 0.0, 1.0)
_METRIC = {"metric": Parameter("euclidean", words=METRICS)}
_POINTS = Parameter(0.0, 0.0)
_FLOW = {
    "preference": Parameter("linear", words=PREFERENCES),
    "q": _POINTS,
    "p": Parameter(20.0, 0.0),
    "s": Parameter(10.0, 1e-9),
}
_ELECTRE_2 = {
    "p0": Parameter(0.65, 0.0, 1.0),
    "p1": Parameter(0.5, 0.0, 1.0),
    "p2": Parameter(0.35, 0.0, 1.0),
    "q0": Parameter(0.65, 0.0, 1.0),
    "q1": Parameter(0.35, 0.0, 1.0),
}
_ERVD = {
    "lambda_value": Parameter(2.25),
    "alpha_value": Parameter(0.88),
    "reference": Parameter(50.0, 0.0, 100.0),
}
_TRI_B = {
    "rule": Parameter("pessimistic", words=("pessimistic", "optimistic")),
    "cut": Parameter(0.75, 0.5, 1.0),
    "q": _POINTS,
    "p": _POINTS,
    "veto": Parameter(100.0, 0.0),
}

METHODS: dict[MethodName, DecisionMethod] = {
    "weighted_sum": _always(Text("加权和", "weighted sum")),
    "weighted_product": _always(
        Text("加权积（log10）", "weighted product (log10)"), zero_free=True, unit_free=True
    ),
    "waspas": _always("WASPAS", parameters={"lambda_value": _HALF}, zero_free=True),
    "topsis": _anchored("TOPSIS", parameters=_METRIC),
    "vikor": _anchored("VIKOR (Q)", parameters={"v": _HALF}, lower_is_better=True, unit_free=True),
    "aras": _anchored("ARAS"),
    "cocoso": _relative("CoCoSo", parameters={"lambda_value": _HALF}, zero_free=True),
    "codas": _relative(
        "CODAS", most=5000, matrices=5, parameters={"tau": Parameter(0.02, 0.01, 0.05)}
    ),
    "copras": _relative("COPRAS"),
    "edas": _relative("EDAS", unit_free=True),
    "electre_1": _relative(
        "ELECTRE I",
        gives="kernel",
        most=5000,
        matrices=3,
        parameters={"p": Parameter(0.65, 0.0, 1.0), "q": Parameter(0.35, 0.0, 1.0)},
        instead="electre_tri_b",
    ),
    "electre_2": _relative(
        "ELECTRE II",
        most=3000,
        matrices=4,
        parameters=_ELECTRE_2,
        instead="promethee_ii",
        lower_is_better=True,
    ),
    "ervd": _anchored("ERVD", parameters=_ERVD),
    "mabac": _relative("MABAC"),
    "mairca": _relative("MAIRCA", zero_free=True, lower_is_better=True, unit_free=True),
    "marcos": _anchored("MARCOS", zero_free=True, unit_free=True),
    "moora_ratio": _always(Text("MOORA 比率法", "MOORA ratio")),
    "moora_reference": _anchored("MOORA reference point", lower_is_better=True),
    "moora_product": _always(
        Text("完全乘积式", "full multiplicative form"), zero_free=True, unit_free=True
    ),
    "multimoora": _relative("MultiMOORA", most=2000, zero_free=True),
    "ocra": _anchored("OCRA", zero_free=True, unit_free=True),
    "probid": _relative("PROBID", most=5000, matrices=2, parameters=_METRIC),
    "simplified_probid": _relative("sPROBID", most=5000, matrices=2, parameters=_METRIC, least=4),
    "ram": _always("RAM"),
    "rim": _anchored("RIM", unit_free=True),
    "simus": _relative(
        "SIMUS",
        most=200,
        matrices=180,
        parameters={"rank_by": Parameter(1.0, 1.0, 2.0)},
        instead="promethee_ii",
        unit_free=True,
    ),
    "spotis": _anchored("SPOTIS", lower_is_better=True, unit_free=True),
    "promethee_ii": _relative("PROMETHEE II", parameters=_FLOW, thresholds=tuple(_FLOW)),
    "electre_tri_b": _always(
        "ELECTRE TRI-B", gives="grades", parameters=_TRI_B, thresholds=("q", "p", "veto")
    ),
    "flowsort": _always("FlowSort", gives="grades", parameters=_FLOW, thresholds=tuple(_FLOW)),
}
