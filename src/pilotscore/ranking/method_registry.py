"""Each decision method by its name: which class of scikit-criteria it is, and how it is run.

On the 0-100 scores the ideal (100 in everything) and the anti-ideal (0) are fixed. Methods that
take reference points are given them; for the others the two stand in the matrix as alternatives of
their own, and are dropped from what comes out. Which methods give figures that do not depend on the
batch then is said in :mod:`pilotscore.criteria.decision_methods`, and property tests hold each to
it.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.decision_methods import METHODS, MethodName, Value
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """How a method is made and read.

    ``where`` module and class; ``figure`` the key of its score among the extras; ``unit`` whether
    scores go in as 0-1 rather than 0-100; ``costs`` whether indicators of direction min go in as
    costs, which is what the method is for.
    """

    where: str
    figure: str = "score"
    unit: bool = False
    costs: bool = False


MAKERS: dict[MethodName, Maker] = {
    "weighted_sum": Maker("skcriteria.agg.simple:WeightedSumModel"),
    "weighted_product": Maker("skcriteria.agg.simple:WeightedProductModel"),
    "waspas": Maker("skcriteria.agg.waspas:WASPAS"),
    "topsis": Maker("skcriteria.agg.topsis:TOPSIS", "similarity", unit=True),
    "vikor": Maker("skcriteria.agg.vikor:VIKOR", "q_k"),
    "aras": Maker("skcriteria.agg.aras:ARAS", "utility"),
    "cocoso": Maker("skcriteria.agg.cocoso:CoCoSo", unit=True),
    "codas": Maker("skcriteria.agg.codas:CODAS", unit=True),
    "copras": Maker("skcriteria.agg.copras:COPRAS", costs=True),
    "edas": Maker("skcriteria.agg.edas:EDAS"),
    "electre_1": Maker("skcriteria.agg.electre:ELECTRE1", ""),
    "electre_2": Maker("skcriteria.agg.electre:ELECTRE2"),
    "ervd": Maker("skcriteria.agg.ervd:ERVD", "similarity"),
    "mabac": Maker("skcriteria.agg.mabac:MABAC", unit=True),
    "mairca": Maker("skcriteria.agg.mairca:MAIRCA", "values"),
    "marcos": Maker("skcriteria.agg.marcos:MARCOS", "utility_scores"),
    "moora_ratio": Maker("skcriteria.agg.moora:RatioMOORA", unit=True),
    "moora_reference": Maker("skcriteria.agg.moora:ReferencePointMOORA", unit=True),
    "moora_product": Maker("skcriteria.agg.moora:FullMultiplicativeForm"),
    "multimoora": Maker("skcriteria.agg.moora:MultiMOORA", unit=True),
    "ocra": Maker("skcriteria.agg.ocra:OCRA", "performance"),
    "probid": Maker("skcriteria.agg.probid:PROBID", unit=True),
    "simplified_probid": Maker("skcriteria.agg.probid:SimplifiedPROBID", unit=True),
    "ram": Maker("skcriteria.agg.ram:RAM", unit=True),
    "rim": Maker("skcriteria.agg.rim:RIM"),
    "simus": Maker("skcriteria.agg.simus:SIMUS", "method_1_score"),
    "spotis": Maker("skcriteria.agg.spotis:SPOTIS"),
    "promethee_ii": Maker("pilotscore.ranking.decision_makers:PrometheeII"),
    "electre_tri_b": Maker("pilotscore.ranking.decision_makers:ElectreTriB", "grade"),
    "flowsort": Maker("pilotscore.ranking.decision_makers:FlowSort", "grade"),
}
# Given the reference points themselves; the other anchored ones get two alternatives more.
_REFERENCED = ("aras", "rim", "spotis")


def decision_maker(name: MethodName, parameters: Mapping[str, Value | Sequence[Value]]) -> Any:
    """Make the decision maker of scikit-criteria that a name stands for.

    Raises
    ------
    ValueError
        Parameters that do not go together.
    """
    module, _, class_name = MAKERS[name].where.partition(":")
    # Our defaults are said to people; a class of its own may have others.
    defaults = {k: p.default for k, p in METHODS[name].parameters.items()}
    whole: dict[str, Value | Sequence[Value]] = {**defaults, **parameters}
    given = {k: v for k, v in whole.items() if k != "reference"}
    if name == "vikor":
        given["use_compromise_set"] = False  # places, which a set of equally good ones blurs
    if name == "simus" and "rank_by" in given:
        given["rank_by"] = int(given["rank_by"])  # type: ignore[arg-type]
    return getattr(importlib.import_module(module), class_name)(**given)


def run_method(
    name: MethodName,
    matrix: Any,
    parameters: Mapping[str, Value | Sequence[Value]],
    *,
    bounds: tuple[float, float] | None = None,
    profiles: Floats | None = None,
) -> Floats:
    """Run a method on a decision matrix of scikit-criteria.

    Parameters
    ----------
    name
        The method.
    matrix
        A ``skcriteria.DecisionMatrix`` without gaps.
    parameters
        Those that differ from their defaults; a threshold may be a list, one for each criterion.
    bounds
        The anti-ideal and the ideal value of every criterion, where they are fixed; of the batch
        where None.
    profiles
        The lower bounds of the grades but the last, best first, (k, m), for methods that sort.

    Returns
    -------
    Floats
        The figure of each alternative, shape (n,); for sorting the place of the grade, 0 the best;
        for a kernel 1 (in it) or 0.

    Raises
    ------
    ValueError
        What the method says it cannot take.
    """
    known = METHODS[name]
    maker, arguments = decision_maker(name, parameters), {}
    n, m = matrix.shape
    anchored = False
    if bounds is not None and known.absolute == "anchored":
        if name in _REFERENCED:
            arguments = _references(name, bounds, m)
        else:
            matrix, anchored = _with_anchors(matrix, bounds), True
    if name == "ervd":
        values = matrix.matrix.to_numpy()
        middle = float(parameters.get("reference", 50.0)) / 100  # type: ignore[arg-type]
        arguments["reference_points"] = (
            np.median(values, axis=0)
            if bounds is None
            else np.full(m, bounds[0] + middle * (bounds[1] - bounds[0]))
        )
    if profiles is not None:
        if name == "flowsort" and bounds is not None:
            ends = [np.full(m, bounds[1]), np.full(m, bounds[0])]
            profiles = np.vstack([ends[0], profiles, ends[1]])
        arguments["profiles"] = profiles
    with _quiet(), np.errstate(all="ignore"):
        result = maker.evaluate(matrix, **arguments)
    key = MAKERS[name].figure
    if name == "simus" and parameters.get("rank_by") == 2:
        key = "method_2_score"
    # Of one alternative alone some methods give a bare number.
    figures = np.atleast_1d(np.asarray(result.e_[key] if key else result.values, dtype=float))
    return figures[:n] if anchored else figures


def _references(name: str, bounds: tuple[float, float], m: int) -> dict[str, Any]:
    low, high = bounds
    if name == "aras":
        return {"ideal": [high] * m}
    if name == "rim":
        return {"ref_ideals": [(high, high)] * m, "ranges": [(low, high)] * m}
    return {"bounds": [(low, high)] * m, "isp": [high] * m}


def _with_anchors(matrix: Any, bounds: tuple[float, float]) -> Any:
    """Return a decision matrix with the ideal and the anti-ideal as two alternatives more."""
    import skcriteria

    values = matrix.matrix.to_numpy()
    ends = np.full((2, values.shape[1]), [[bounds[1]], [bounds[0]]])
    return skcriteria.mkdm(
        np.vstack([values, ends]),
        matrix.objectives.to_numpy(),
        weights=matrix.weights.to_numpy(),
        alternatives=[*map(str, range(len(values))), "ideal", "anti-ideal"],
        criteria=list(matrix.criteria),
    )


@contextlib.contextmanager
def _quiet() -> Any:
    """Keep a method from printing (MARCOS does, and SIMUS's solver), and from warning.

    What it would warn of is checked afterwards.
    """
    import pulp

    solver = pulp.LpSolverDefault
    verbose = solver.msg if solver is not None else None
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if solver is not None:
                solver.msg = False
            yield
        finally:
            if solver is not None:
                solver.msg = verbose
