"""The decision methods that a criteria file may name: what each is, takes and needs.

Facts alone, without scikit-criteria, which takes two seconds to import: a criteria file is checked
against them, and ``ranking/`` looks up what it must know before it runs a method.

Whether a method is absolute (a result's figure does not depend on the other results) holds on the
0-100 scores, with 100 and 0 as ideal and anti-ideal; property tests hold each to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pilotscore.language import Text

MethodName = Literal[
    "weighted_sum", "weighted_product", "waspas", "topsis", "vikor", "aras", "cocoso", "codas",
    "copras", "edas", "electre_1", "electre_2", "ervd", "mabac", "mairca", "marcos", "moora_ratio",
    "moora_reference", "moora_product", "multimoora", "ocra", "probid", "simplified_probid", "ram",
    "rim", "simus", "spotis", "promethee_ii", "electre_tri_b", "flowsort",
]  # fmt: skip
# always: also on raw values; anchored: because the ideal and the anti-ideal are fixed; never: not.
Absolute = Literal["always", "anchored", "never"]
Gives = Literal["scores", "grades", "kernel"]
Value = bool | float | str

METRICS = ("euclidean", "cityblock", "chebyshev", "sqeuclidean", "canberra", "braycurtis")
PREFERENCES = ("usual", "u_shape", "v_shape", "level", "linear", "gaussian")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter may be: a number within bounds, one of some words, or yes and no."""

    default: Value
    low: float = 0.0
    high: float = float("inf")
    words: tuple[str, ...] = ()

    @property
    def wanted(self) -> Text:
        """What it should be, for a person."""
        if self.words:
            return Text("、".join(self.words), ", ".join(self.words))
        if isinstance(self.default, bool):
            return Text("true 或 false", "true or false")
        if self.high == float("inf"):
            return Text(f"不小于 {self.low:g} 的数", f"a number of at least {self.low:g}")
        return Text(
            f"{self.low:g} 到 {self.high:g}", f"a number from {self.low:g} to {self.high:g}"
        )

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
    lower_is_better: bool = False
    instead: MethodName = "topsis"


def _same(title: str) -> Text:
    return Text(title, title)


def _relative(title: str, parameters: dict[str, Parameter] | None = None, *, zero_free: bool = False,
              lower_is_better: bool = False) -> DecisionMethod:  # fmt: skip
    return DecisionMethod(_same(title), "never", "scores", parameters or {}, 2,
                          zero_free=zero_free, lower_is_better=lower_is_better)  # fmt: skip


def _pairwise(title: str, most: int, matrices: int, parameters: dict[str, Parameter] | None = None,
              gives: Gives = "scores", least: int = 2, instead: MethodName = "topsis",
              *, zero_free: bool = False, lower_is_better: bool = False) -> DecisionMethod:  # fmt: skip
    return DecisionMethod(_same(title), "never", gives, parameters or {}, least, most, matrices,
                          zero_free, lower_is_better, instead)  # fmt: skip


def _anchored(title: str, parameters: dict[str, Parameter] | None = None, *, zero_free: bool = False,
              lower_is_better: bool = False) -> DecisionMethod:  # fmt: skip
    return DecisionMethod(_same(title), "anchored", "scores", parameters or {},
                          zero_free=zero_free, lower_is_better=lower_is_better)  # fmt: skip


_HALF = Parameter(0.5, 0.0, 1.0)
_METRIC = {"metric": Parameter("euclidean", words=METRICS)}
_POINTS = Parameter(0.0, 0.0)

METHODS: dict[MethodName, DecisionMethod] = {
    "weighted_sum": DecisionMethod(Text("加权和", "weighted sum"), "always"),
    "weighted_product": DecisionMethod(Text("加权积（log10）", "weighted product (log10)"), "always",
                                       zero_free=True),
    "waspas": DecisionMethod(_same("WASPAS"), "always", parameters={"lambda_value": _HALF}, zero_free=True),
    "topsis": _anchored("TOPSIS", _METRIC),
    "vikor": _anchored("VIKOR (Q)", {"v": _HALF}, lower_is_better=True),
    "aras": _anchored("ARAS"),
    "cocoso": _relative("CoCoSo", {"lambda_value": _HALF}, zero_free=True),
    "codas": _pairwise("CODAS", 5000, 5, {"tau": Parameter(0.02, 0.01, 0.05)}),
    "copras": _relative("COPRAS"),
    "edas": _relative("EDAS"),
    "electre_1": _pairwise("ELECTRE I", 5000, 3, {"p": Parameter(0.65, 0.0, 1.0), "q": Parameter(0.35, 0.0, 1.0)},
                           "kernel", instead="electre_tri_b"),
    "electre_2": _pairwise("ELECTRE II", 3000, 4, {
        "p0": Parameter(0.65, 0.0, 1.0), "p1": Parameter(0.5, 0.0, 1.0), "p2": Parameter(0.35, 0.0, 1.0),
        "q0": Parameter(0.65, 0.0, 1.0), "q1": Parameter(0.35, 0.0, 1.0),
    }, instead="promethee_ii", lower_is_better=True),
    "ervd": _anchored("ERVD", {"lambda_value": Parameter(2.25), "alpha_value": Parameter(0.88),
                               "reference": Parameter(50.0, 0.0, 100.0)}),
    "mabac": _relative("MABAC"),
    "mairca": _relative("MAIRCA", zero_free=True, lower_is_better=True),
    "marcos": _anchored("MARCOS", zero_free=True),
    "moora_ratio": DecisionMethod(Text("MOORA 比率法", "MOORA ratio"), "always"),
    "moora_reference": _anchored("MOORA reference point", lower_is_better=True),
    "moora_product": DecisionMethod(Text("完全乘积式", "full multiplicative form"), "always", zero_free=True),
    "multimoora": _pairwise("MultiMOORA", 2000, 0, zero_free=True),
    "ocra": _anchored("OCRA", zero_free=True),
    "probid": _pairwise("PROBID", 5000, 2, _METRIC),
    "simplified_probid": _pairwise("sPROBID", 5000, 2, _METRIC, least=4),
    "ram": DecisionMethod(_same("RAM"), "always"),
    "rim": _anchored("RIM"),
    "simus": _pairwise("SIMUS", 200, 180, {"rank_by": Parameter(1.0, 1.0, 2.0)}, instead="promethee_ii"),
    "spotis": _anchored("SPOTIS", lower_is_better=True),
    "promethee_ii": DecisionMethod(_same("PROMETHEE II"), "never", least=2, parameters={
        "preference": Parameter("linear", words=PREFERENCES), "q": _POINTS, "p": Parameter(20.0, 0.0),
        "s": Parameter(10.0, 1e-9),
    }),
    "electre_tri_b": DecisionMethod(_same("ELECTRE TRI-B"), "always", "grades", {
        "rule": Parameter("pessimistic", words=("pessimistic", "optimistic")),
        "cut": Parameter(0.75, 0.5, 1.0), "q": _POINTS, "p": _POINTS, "veto": Parameter(100.0, 0.0),
    }),
    "flowsort": DecisionMethod(_same("FlowSort"), "always", "grades", {
        "preference": Parameter("linear", words=PREFERENCES), "q": _POINTS, "p": Parameter(20.0, 0.0),
        "s": Parameter(10.0, 1e-9),
    }),
}  # fmt: skip
