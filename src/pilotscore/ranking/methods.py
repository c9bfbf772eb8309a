"""Decision methods, run on a decision matrix of the assessed results.

On ``scores`` the matrix holds the absolute 0-100 values, with 100 and 0 as ideal and anti-ideal; on
``raw`` the raw ones. A method that scales by the batch, or compares its results with each other, is
batch-relative: its figures change when another result comes or goes, which the result says and
every output repeats.

scikit-criteria takes about two seconds to import, so it is imported only where a method is asked
for. The index itself is its weighted sum model where the exponent is 1 (a test holds the two
against each other); it is computed in ``index/`` because intervals and contributions need it there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria import CriteriaSet, Method
from pilotscore.errors import UsageError
from pilotscore.index import Assessment, dimension_weights, indicator_weights
from pilotscore.language import LISTED, Text, Words, join, same
from pilotscore.ranking.grade_profiles import grade_profiles
from pilotscore.ranking.method_registry import MAKERS, run_method
from pilotscore.ranking.scaling import scaled
from pilotscore.records import dataclass
from pilotscore.workbook import State

Tell = Callable[[Words], None]
TOLD_FROM = 100  # megabytes
# These sum up what the weights are; elsewhere they are shares.
_WEIGHTS_AS_GIVEN = ("weighted_sum", "weighted_product", "waspas")


@dataclass(frozen=True, slots=True, eq=False)
class MethodResult:
    """What a method gives: scores (nan: not in it) and ranks (0: not in it), shape (n,).

    Of a method that sorts the score is the place of the grade, 0 the best, and of one that chooses
    whether a result is in the kernel, 1 or 0.
    """

    method: Method
    scores: Floats
    ranks: Ints

    @property
    def batch_relative(self) -> bool:
        """Whether a result's figure depends on the other results."""
        return self.method.batch_relative

    @property
    def sorts(self) -> bool:
        """Whether it gives grades."""
        return self.method.known.gives == "grades"

    @property
    def orders(self) -> bool:
        """Whether it gives each result a place of its own, and not a few classes."""
        return self.method.known.gives == "scores"


def overall_weights(criteria: CriteriaSet, method: Method | None = None) -> Floats:
    """Return the weight of each indicator in the whole, shape (m,); a method may have its own."""
    if method is not None and method.weights is not None:
        return np.array([method.weights.get(i.id, 0.0) for i in criteria.indicators])
    sizes = [len(d.indicators) for d in criteria.dimensions]
    return indicator_weights(criteria) * np.repeat(dimension_weights(criteria), sizes)


def scores_of(assessment: Assessment) -> Floats:
    """Return the scores that methods run on, shape (n, m), 0-100.

    What is missing scores nothing. What does not apply to a result hands its weight to the other
    indicators of its dimension: it counts as their weighted mean, so that the weighted sum is the
    index (with exponent 1).
    """
    criteria = assessment.criteria
    scores = np.nan_to_num(assessment.scores)
    absent = assessment.missing.states == State.NOT_APPLICABLE
    if not absent.any():
        return scores
    counted = indicator_weights(criteria) * ~absent
    whole = _mean(scores, overall_weights(criteria) * ~absent, np.zeros(len(scores)))
    for columns in criteria.dimension_slices:
        mean = _mean(scores[:, columns], counted[:, columns], whole)
        scores[:, columns] = np.where(absent[:, columns], mean[:, None], scores[:, columns])
    return scores


def _mean(values: Floats, weights: Floats, otherwise: Floats) -> Floats:
    """Return the weighted mean of each row; ``otherwise`` where nothing of it counts."""
    total = weights.sum(axis=1)
    means: Floats = np.where(
        total > 0, (values * weights).sum(axis=1) / np.where(total > 0, total, 1.0), otherwise
    )
    return means


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
    import skcriteria

    criteria = assessment.criteria
    assessed = ~assessment.missing.not_assessable
    source = assessment.measurements.values if raw else scores_of(assessment)
    objectives = [min if raw and i.direction == "min" else max for i in criteria.indicators]
    return skcriteria.mkdm(
        source[assessed],
        objectives,
        weights=overall_weights(criteria),
        alternatives=np.array(assessment.measurements.ids, dtype=object)[assessed],
        criteria=[i.id for i in criteria.indicators],
    )


def run_methods(
    assessment: Assessment, methods: Sequence[Method] | None = None, tell: Tell | None = None
) -> dict[str, MethodResult]:
    """Run decision methods; scikit-criteria is not imported where there are none.

    Parameters
    ----------
    assessment
        What they run on: the results that could be assessed.
    methods
        Those that the criteria set asks for by default.
    tell
        Called before methods start that compare each result with each, with the memory they take.

    Raises
    ------
    UsageError
        Too many or too few results for a method, gaps, or values that it does not take.
    """
    methods = assessment.criteria.methods if methods is None else methods
    assessed = ~assessment.missing.not_assessable
    if not methods or not assessed.any():
        return {}
    for method in methods:
        check_size(method, int(assessed.sum()), tell)
    # Built once for each kind of values, whatever the number of methods.
    matrices = {
        uses: decision_matrix(assessment, raw=uses == "raw") for uses in {m.uses for m in methods}
    }
    return {m.id: _run(m, matrices[m.uses], assessment, assessed) for m in methods}


def check_size(method: Method, results: int, tell: Tell | None = None) -> None:
    """Refuse too few or too many results for a method, and tell of the memory that it will take.

    Raises
    ------
    UsageError
        Naming how many it takes, and where there are too many another method.
    """
    known = method.known
    megabytes = known.matrices * 8 * results**2 / 1e6
    if results < known.least:
        raise UsageError(
            Text(
                "方法 {method}（{title}）至少要 {least} 项可评价的成果，现有 {results} 项",
                "method {method} ({title}) needs at least {least} results that can be "
                f"assessed; there {'is' if results == 1 else 'are'} {{results}}",
            ).of(method=method.id, title=known.title, least=known.least, results=results)
        )
    if known.most is not None and results > known.most:
        raise UsageError(
            Text(
                "方法 {method}（{title}）两两比较成果，最多 {most} 项，现有 {results} 项；请改用 "
                "{instead}",
                "method {method} ({title}) compares each result with each and takes at most "
                "{most}; there are {results}. Use {instead} instead",
            ).of(
                method=method.id,
                title=known.title,
                most=known.most,
                results=results,
                instead=known.instead,
            )
        )
    if tell and megabytes >= TOLD_FROM:
        tell(
            Text(
                "方法 {method} 两两比较 {results} 项成果，约需内存 {megabytes:.0f} MB",
                "method {method} compares {results} results with each other and takes about "
                "{megabytes:.0f} MB of memory",
            ).of(method=method.id, results=results, megabytes=megabytes)
        )


def _run(
    method: Method,
    matrix: Any,
    assessment: Assessment,
    assessed: Bools,
) -> MethodResult:
    criteria, known = assessment.criteria, method.known
    weights = overall_weights(criteria, method)
    used = [i.id for i, w in zip(criteria.indicators, weights, strict=True) if w > 0]
    matrix = matrix.replace(weights=weights)[used]
    if np.isnan(matrix.matrix.to_numpy()).any():
        column = used[int(np.flatnonzero(np.isnan(matrix.matrix.to_numpy()).any(axis=0))[0])]
        raise UsageError(
            Text(
                "方法 {method} 用原始值，但指标 {column} 有空缺；请设为必填，或改用 uses: scores",
                "method {method} runs on raw values, but {column} has gaps; "
                "make it required, or use uses: scores",
            ).of(method=method.id, column=column)
        )
    profiles = grade_profiles(criteria)[:, weights > 0] if known.gives == "grades" else None
    try:
        prepared, bounds = _prepared(method, matrix, criteria)
        figures = run_method(
            method.method, prepared, _parameters(method, used), bounds=bounds, profiles=profiles
        )
    except ValueError as error:
        raise _cannot(method, matrix, str(error)) from error
    if np.isnan(figures).any():  # infinite is a place all the same: the ideal itself, say
        raise _cannot(method, matrix, None)
    scores = np.full(len(assessment), np.nan)
    ranks = np.zeros(len(assessment), dtype=np.int64)
    scores[assessed] = figures
    ascending = known.lower_is_better or known.gives == "grades"
    ranks[assessed] = competition_ranks(figures if ascending else -figures)
    return MethodResult(method, scores, ranks)


def _parameters(method: Method, used: Sequence[str]) -> dict[str, Any]:
    """Return the parameters of a method, those with thresholds of single criteria as lists."""
    whole: dict[str, Any] = dict(method.parameters)
    for key in method.known.thresholds:
        own = [method.thresholds.get(c, {}).get(key) for c in used]
        if any(x is not None for x in own):
            usual = whole.get(key, method.known.parameters[key].default)
            whole[key] = [usual if x is None else x for x in own]
    return whole


def _cannot(method: Method, matrix: Any, why: str | None) -> UsageError:
    """Return the error of a method that cannot be computed, with what would help."""
    values = matrix.matrix.to_numpy()
    # What scales by the batch divides by zero then; what a method says of the rest would mislead.
    if (why is None or method.scaling != "none") and (values == values[0]).all():
        reason: Words = Text(
            "所有成果的数值都相同，无从比较",
            "all results have the same values, so there is nothing to compare",
        )
    elif method.known.zero_free and (values <= 0).any() and not method.offset:
        reason = Text(
            "不接受 0，而有的数值为 0；请加 offset，如 offset: 1",
            "it takes no zero, and some values are 0; give it an offset, such as offset: 1",
        )
    elif why is None:
        flat = [c for c, v in zip(matrix.criteria, values.T, strict=True) if (v == v[0]).all()]
        reason = Text(
            "除数为 0（各成果相同的指标：{flat}）",
            "it divides by zero (indicators alike in all results: {flat})",
        ).of(flat=join(map(same, flat[:5]), LISTED) if flat else Text("无", "none"))
    else:
        reason = same(why)
    return _not_computed(method, reason)


def _not_computed(method: Method, reason: Words) -> UsageError:
    text = Text("方法 {method} 无法计算：{reason}", "method {method} cannot be computed: {reason}")
    return UsageError(text.of(method=method.id, reason=reason))


def _prepared(
    method: Method, matrix: Any, criteria: CriteriaSet
) -> tuple[Any, tuple[float, float] | None]:
    """Return the matrix as the method takes it, with its fixed anti-ideal and ideal, if any."""
    from skcriteria.preprocessing.increment import AddValueToZero

    maker = MAKERS[method.method]
    if method.method not in _WEIGHTS_AS_GIVEN:
        matrix = matrix.replace(weights=matrix.weights.to_numpy() / matrix.weights.sum())
    if method.uses == "scores" and method.scaling == "none":
        values = matrix.matrix.to_numpy() + method.offset
        objectives = matrix.objectives.to_numpy()
        bounds = (method.offset, 100.0 + method.offset)
        if maker.costs:
            places = [criteria.indicator_position[c] for c in matrix.criteria]
            of_cost = [criteria.indicators[j].direction == "min" for j in places]
            if not any(of_cost):
                reason = Text(
                    "它以成本对收益，而没有 direction: min 的指标",
                    "it weighs costs against benefits, and no indicator has direction: min",
                )
                raise _not_computed(method, reason)
            # The points that are short of the ideal are what is paid; 1 more, so that none is 0.
            values = np.where(of_cost, bounds[1] - values + 1.0, values)
            objectives = np.where(of_cost, -1, 1)
        scale = 100.0 if maker.unit else 1.0
        return (
            matrix.replace(matrix=values / scale, objectives=objectives),
            (bounds[0] / scale, bounds[1] / scale),
        )
    matrix = scaled(method, matrix, costs=maker.costs)
    if method.offset:
        matrix = AddValueToZero(target="matrix", value=method.offset).transform(matrix)
    return matrix, None


def competition_ranks(keys: Floats) -> Ints:
    """Rank ascending keys: equal keys share the better place, and the places after it stay free.

    1, 2, 2, 4: "standard competition ranking". Keys equal to nine decimals are equal.
    """
    rounded = np.round(keys, 9)
    return 1 + np.searchsorted(np.sort(rounded), rounded, side="left").astype(np.int64)
