"""Decision methods of scikit-criteria, run on a decision matrix of the assessed results.

On ``scores`` the matrix holds the absolute 0-100 values; on ``raw`` the raw ones. A method that
scales by the least and greatest value of the batch is batch-relative: its figures change when
another result comes or goes, which the result says and every output repeats.

scikit-criteria takes about two seconds to import, so it is imported only where a method is asked
for. The index itself is its weighted sum model where the exponent is 1 (a test holds the two
against each other); it is computed in ``index/`` because intervals and contributions need it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import CriteriaSet, Method
from pilotscore.errors import UsageError
from pilotscore.index import Assessment, dimension_weights, indicator_weights
from pilotscore.language import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class MethodResult:
    """What a method gives: scores (nan: not in it) and ranks (0: not in it), shape (n,)."""

    method: Method
    scores: NDArray[np.float64]
    ranks: NDArray[np.int64]

    @property
    def batch_relative(self) -> bool:
        """Whether a result's figure depends on the other results."""
        return self.method.batch_relative


def overall_weights(criteria: CriteriaSet, method: Method | None = None) -> NDArray[np.float64]:
    """Return the weight of each indicator in the whole, shape (m,); a method may have its own."""
    import numpy as np

    if method is not None and method.weights is not None:
        return np.array([method.weights.get(i.id, 0.0) for i in criteria.indicators])
    sizes = [len(d.indicators) for d in criteria.dimensions]
    return indicator_weights(criteria) * np.repeat(dimension_weights(criteria), sizes)


def decision_matrix(assessment: Assessment, *, raw: bool = False) -> Any:
    """Build scikit-criteria's decision matrix of the results that could be assessed.

    Parameters
    ----------
    assessment
        Where the values come from.
    raw
        Raw values with each indicator's own direction, instead of 0-100 scores to be maximised.

    Returns
    -------
    skcriteria.DecisionMatrix
        Alternatives are the ids, criteria the indicators of positive weight in any use.
    """
    import numpy as np
    import skcriteria

    criteria = assessment.criteria
    assessed = ~assessment.missing.not_assessable
    source = assessment.measurements.values if raw else np.nan_to_num(assessment.scores)
    objectives = [min if raw and i.direction == "min" else max for i in criteria.indicators]
    return skcriteria.mkdm(
        source[assessed],
        objectives,
        weights=overall_weights(criteria),
        alternatives=np.array(assessment.measurements.ids, dtype=object)[assessed],
        criteria=[i.id for i in criteria.indicators],
    )


def run_methods(assessment: Assessment) -> dict[str, MethodResult]:
    """Run the methods that the criteria set asks for; none of them is imported otherwise."""
    methods = assessment.criteria.methods
    assessed = ~assessment.missing.not_assessable
    if not methods or not assessed.any():
        return {}
    # Built once for each kind of values, whatever the number of methods.
    matrices = {
        uses: decision_matrix(assessment, raw=uses == "raw") for uses in {m.uses for m in methods}
    }
    return {m.id: _run(m, matrices[m.uses], assessment, assessed) for m in methods}


def _run(
    method: Method,
    matrix: Any,
    assessment: Assessment,
    assessed: NDArray[np.bool_],
) -> MethodResult:
    import numpy as np
    from skcriteria.pipelines import mkpipe

    weights = overall_weights(assessment.criteria, method)
    used = [i.id for i, w in zip(assessment.criteria.indicators, weights, strict=True) if w > 0]
    matrix = matrix.replace(weights=weights)[used]
    if np.isnan(matrix.matrix.to_numpy()).any():
        column = used[int(np.flatnonzero(np.isnan(matrix.matrix.to_numpy()).any(axis=0))[0])]
        raise UsageError(
            Text(
                f"方法 {method.id} 用原始值，但指标 {column} 有空缺；请设为必填，或改用 uses: scores",
                f"method {method.id} runs on raw values, but {column} has gaps; "
                "make it required, or use uses: scores",
            )
        )
    try:
        steps = _steps(method)
        result = (mkpipe(*steps) if len(steps) > 1 else steps[0]).evaluate(matrix)
    except ValueError as error:
        raise UsageError(
            Text(
                f"方法 {method.id} 无法计算：{error}",
                f"method {method.id} cannot be computed: {error}",
            )
        ) from error
    scores = np.full(len(assessment), np.nan)
    ranks = np.zeros(len(assessment), dtype=np.int64)
    found = np.asarray(result.e_.score, dtype=float)
    scores[assessed] = found
    ranks[assessed] = competition_ranks(-found)
    return MethodResult(method, scores, ranks)


def _steps(method: Method) -> list[Any]:
    from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
    from skcriteria.agg.waspas import WASPAS
    from skcriteria.preprocessing.increment import AddValueToZero
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import MinMaxScaler

    makers = {
        "weighted_sum": WeightedSumModel,
        "weighted_product": WeightedProductModel,
        "waspas": WASPAS,
    }
    steps: list[Any] = []
    if method.scaling == "minmax":
        # A cost negated and then scaled is (max - x) / (max - min).
        steps += [NegateMinimize(), MinMaxScaler(target="matrix")]
    if method.offset:
        steps.append(AddValueToZero(target="matrix", value=method.offset))
    return [*steps, makers[method.method](**method.parameters)]


def competition_ranks(keys: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rank ascending keys: equal keys share the better place, and the places after it stay free.

    1, 2, 2, 4: "standard competition ranking". Keys equal to nine decimals are equal.
    """
    import numpy as np

    rounded = np.round(keys, 9)
    return 1 + np.searchsorted(np.sort(rounded), rounded, side="left").astype(np.int64)
