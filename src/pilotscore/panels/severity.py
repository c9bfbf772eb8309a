"""How severe each expert is, by a model of results and experts, and scores corrected for it.

A score is the level of the panel, plus what is of the result, plus what is of the expert, plus what
is of neither (two-way random effects, crossed, any design). Variances are by restricted maximum
likelihood, effects are the best linear unbiased predictions: shrunk towards nothing the fewer
scores they rest on. Scores far from what both effects say are brought in before the effects are
taken, so that a single rogue score moves neither much.

Sources
-------
C. R. Henderson, Best linear unbiased estimation and prediction under a selection model, Biometrics
31 (1975) 423-447, the mixed model equations; H. D. Patterson, R. Thompson, Recovery of inter-block
information when block sizes are unequal, Biometrika 58 (1971) 545-554; results are absorbed, so
that only a matrix of experts is factored. P. J. Huber, Robust estimation of a location parameter,
Annals of Mathematical Statistics 35 (1964) 73-101, pseudo-values.
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.panels.scores import Scores
from pilotscore.records import dataclass

_CLIP = 2.5  # residual deviations: beyond them a score is brought in
_ROUNDS = 4
_LEAST, _MOST = math.log(1e-9), math.log(1e6)  # of a variance over the residual one
_SURE = math.log(1e4)  # where both effects leave next to nothing, the ratios mean nothing
_NONE = math.log(1e-6)  # what is less is none: the search ends near the least, not at it


@dataclass(frozen=True, slots=True, eq=False)
class Severity:
    """The model of a panel's scores.

    Parameters
    ----------
    level
        The mean that severities are measured from.
    of_results, of_experts, residual
        The variances, 0 where the estimate would be negative.
    result, expert
        The effect of each result and expert, 0 where it has no score; an expert above 0 is lenient.
    error
        The standard error of each expert's effect, shape (experts,).
    brought_in
        Which scores stood so far off that they were brought in, shape (n,).
    spread
        The covariance of the logarithms of both variances over the residual one, shape (2, 2); nan
        where a variance is 0.
    """

    level: float
    of_results: float
    of_experts: float
    residual: float
    result: Floats
    expert: Floats
    error: Floats
    brought_in: np.ndarray
    spread: Floats

    @property
    def reliability_of_one(self) -> float:
        """How far one score of an unknown expert tells results apart, 0 to 1 (ICC(2,1))."""
        return self.of_results / max(self.of_results + self.of_experts + self.residual, 1e-300)


class _Equations:
    """The mixed model equations of a panel with its results absorbed."""

    def __init__(self, scores: Scores) -> None:
        from scipy.sparse import csr_array

        self.there, self.expert = np.unique(scores.expert, return_inverse=True)
        self.scores, self.experts = scores, len(self.there)
        self.size = len(scores.score)
        self.count = scores.count.astype(float)
        self.of_expert = np.bincount(self.expert, minlength=self.experts).astype(float)
        self.counts = np.unique(scores.count[scores.count > 0])
        number = np.searchsorted(self.counts, scores.count[scores.result])
        # Results with as many scores weigh the same: their shared pairs are counted once.
        self.pairs = []
        self.sums = []
        for n in range(len(self.counts)):
            mine = number == n
            ones = np.ones(int(mine.sum()))
            spots = (scores.result[mine], self.expert[mine])
            table = csr_array((ones, spots), shape=(scores.results, self.experts))
            self.pairs.append((table.T @ table).toarray())
            self.sums.append(np.bincount(self.expert[mine], minlength=self.experts))

    def system(self, ratio_result: float, ratio_expert: float) -> Floats:
        """Return the matrix of experts and level; the ratios are residual over effect variance."""
        m = self.experts
        matrix = np.zeros((m + 1, m + 1))
        matrix[np.arange(m), np.arange(m)] = self.of_expert + ratio_expert
        beside, corner = self.of_expert.copy(), float(self.size)
        for count, pairs, sums in zip(self.counts.tolist(), self.pairs, self.sums, strict=True):
            weight = 1 / (count + ratio_result)
            matrix[:m, :m] -= weight * pairs
            beside -= weight * count * sums
            corner -= weight * count * float(sums.sum())
        matrix[m, :m] = matrix[:m, m] = beside
        matrix[m, m] = corner
        return matrix

    def right(self, score: Floats, ratio_result: float) -> tuple[Floats, Floats]:
        """Return the right-hand side, and the sums of scores by result."""
        by_result = self.scores.by_result(score)
        weighed = by_result / (self.count + ratio_result)
        side = self.scores.by_expert(score - weighed[self.scores.result])[self.there]
        level = score.sum() - float((self.count * weighed).sum())
        return np.append(side, level), by_result


def _minus_twice_likelihood(logs: Floats, equations: _Equations, score: Floats) -> float:
    """Return -2 log of the restricted likelihood, the residual variance profiled out."""
    over_result, over_expert = np.exp(-logs)
    matrix = equations.system(float(over_result), float(over_expert))
    factor = np.linalg.cholesky(matrix)
    side, by_result = equations.right(score, over_result)
    solved = np.linalg.solve(factor, side)
    explained = float((by_result**2 / (equations.count + over_result)).sum() + solved @ solved)
    free = equations.size - 1
    left = max(float(score @ score) - explained, 1e-12)
    some = equations.count[equations.count > 0]
    determinant = float(np.log(some + over_result).sum() + 2 * np.log(np.diag(factor)).sum())
    prior = len(some) * logs[0] + equations.experts * logs[1]
    return free * math.log(left / free) + determinant + float(prior)


def severity_of(scores: Scores, *, robust: bool = True) -> Severity | None:
    """Return the model of some scores; None where there are too few to tell anything.

    There must be two experts and two results, and some result with two scores. Whether the experts
    can be compared is for :func:`pilotscore.panels.design.design_of` to say.

    Parameters
    ----------
    scores
        On one indicator, or overall.
    robust
        Whether scores that stand far off are brought in.
    """
    from threadpoolctl import threadpool_limits

    # Matrices of experts are small: threads of linear algebra would only wait for each other.
    with threadpool_limits(1, "blas"):
        return _severity_of(scores, robust=robust)


def _severity_of(scores: Scores, *, robust: bool) -> Severity | None:
    equations = _Equations(scores)
    several = int((scores.count > 1).sum())
    if equations.experts < 2 or several < 2 or not np.ptp(scores.score):
        return None
    middle = float(scores.score.mean())
    score = scores.score - middle
    logs, spread = _variances(equations, score)
    ratios = np.exp(-logs)
    matrix = equations.system(*ratios)
    pseudo, brought = score, np.zeros(len(score), dtype=bool)
    level, result, expert, residual = _effects(equations, matrix, pseudo, ratios[0])
    for _ in range(_ROUNDS if robust else 0):
        fitted = level + result[scores.result] + expert[equations.expert]
        limit = _CLIP * math.sqrt(residual)
        brought = np.abs(score - fitted) > limit
        if not brought.any():
            break
        pseudo = fitted + np.clip(score - fitted, -limit, limit)
        level, result, expert, _ = _effects(equations, matrix, pseudo, ratios[0])
    sizes = np.where(logs <= _NONE, 0.0, residual / ratios)
    if logs.max() > _SURE:
        # Results and experts say it all: no ratio to nothing, but the effects as they are.
        some = scores.count > 0
        sizes = np.array([result[some].var(ddof=1), expert.var(ddof=1)])
    inverse = np.linalg.inv(matrix)
    effect, error = np.zeros(scores.experts), np.full(scores.experts, np.nan)
    effect[equations.there] = expert if sizes[1] else 0.0
    error[equations.there] = np.sqrt(residual * np.diag(inverse)[:-1])
    return Severity(
        middle + level,
        float(sizes[0]),
        float(sizes[1]),
        residual,
        result if sizes[0] else np.zeros_like(result),
        effect,
        error,
        brought,
        spread,
    )


def _variances(equations: _Equations, score: Floats) -> tuple[Floats, Floats]:
    """Return the logarithms of both variances over the residual one, and their covariance."""
    from scipy.optimize import minimize

    bounds = [(_LEAST, _MOST)] * 2
    best = minimize(
        _minus_twice_likelihood,
        np.array([0.0, -1.0]),
        args=(equations, score),
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-12, "gtol": 1e-7},
    )
    logs: Floats = np.asarray(best.x, dtype=float)
    return logs, _covariance(logs, equations, score)


def _covariance(logs: Floats, equations: _Equations, score: Floats) -> Floats:
    """Return the covariance of the estimates by the curvature of the likelihood; nan at a bound."""
    unknown = np.full((2, 2), np.nan)
    if np.any(logs <= _NONE) or np.any(logs > _SURE):
        return unknown
    step = 1e-3 * np.eye(2)

    def at(change: Floats) -> float:
        return _minus_twice_likelihood(logs + change, equations, score)

    curvature = np.zeros((2, 2))
    for i in range(2):
        for j in range(i, 2):
            a, b = step[i], step[j]
            bend = at(a + b) - at(a - b) - at(b - a) + at(-a - b)
            curvature[i, j] = curvature[j, i] = bend / (4 * 1e-6)
    if np.linalg.det(curvature) <= 0 or curvature[0, 0] <= 0:
        return unknown
    # -2 log likelihood: its curvature is twice the information.
    inverse: Floats = np.linalg.inv(curvature / 2).astype(float)
    return inverse


def _effects(
    equations: _Equations, matrix: Floats, score: Floats, over_result: float
) -> tuple[float, Floats, Floats, float]:
    """Return level, effects of results and of experts that have scores, and residual variance."""
    side, by_result = equations.right(score, over_result)
    solved = np.linalg.solve(matrix, side)
    expert: Floats = solved[:-1].astype(float)
    level = float(solved[-1])
    taken = equations.scores.by_result(expert[equations.expert])
    rest = by_result - taken - level * equations.count
    result = rest / (equations.count + over_result)
    explained = float((by_result**2 / (equations.count + over_result)).sum() + side @ solved)
    residual = max(float(score @ score) - explained, 1e-12) / (equations.size - 1)
    return level, result, expert, residual


def corrected(scores: Scores, model: Severity) -> Scores:
    """Return the scores less the severity of who gave them; scores brought in stay brought in.

    A correction moves the scores of one expert together: never one of them past another.
    """
    return scores.with_score(scores.score - model.expert[scores.expert])


def standardised(scores: Scores) -> tuple[Scores, Ints]:
    """Return scores as 50 + 10 z by expert, and the experts who were left out.

    z is by the mean and the sample deviation (n - 1) of all scores of the expert. One who gave
    everything the same, or a single score, has none and is left out: what cannot be standardised
    says nothing of which result is better.
    """
    number = np.bincount(scores.expert, minlength=scores.experts)
    mean = scores.by_expert(scores.score) / np.maximum(number, 1)
    squares = scores.by_expert((scores.score - mean[scores.expert]) ** 2)
    deviation = np.sqrt(squares / np.maximum(number - 1, 1))
    scale = np.abs(mean) + deviation
    constant = deviation <= 1e-9 * np.maximum(scale, 1e-300)
    out = np.flatnonzero(constant & (number > 0)).astype(np.int64)
    kept = scores.only(~constant[scores.expert])
    z = (kept.score - mean[kept.expert]) / deviation[kept.expert]
    return kept.with_score(50 + 10 * z), out
