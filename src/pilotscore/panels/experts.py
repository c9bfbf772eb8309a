"""How each expert scores beside the others: severity, spread, correlation, drift, odd scores.

All of it describes; none of it alone says that an expert is wrong.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.panels.scores import Scores
from pilotscore.panels.severity import Severity
from pilotscore.records import dataclass

FAR = 3.0  # residual deviations beyond which a score is looked at
_FEW = 3  # scores below which spread, correlation and drift say nothing
_FEW_TIMED = 8


@dataclass(frozen=True, slots=True, eq=False)
class ExpertFigures:
    """Figures of each expert, shape (experts,), nan where they cannot be known.

    Parameters
    ----------
    count
        How many scores the expert gave.
    mean
        Of these.
    severity, severity_error
        How far the expert scores above (lenient) or below the others on the same results, by the
        model, and its standard error.
    spread
        The deviation of the expert's scores over that of the other experts' on the same results.
    correlation
        Pearson's, with the mean of the others on the same results.
    drift, drift_p
        Change of the residual over the sitting, from the first to the last score, and the chance
        of as much by Kendall's test for trend; nan without times.
    far
        How many scores stand more than 3 residual deviations off.
    constant
        Whether all scores are the same (of three or more).
    """

    count: Ints
    mean: Floats
    severity: Floats
    severity_error: Floats
    spread: Floats
    correlation: Floats
    drift: Floats
    drift_p: Floats
    far: Ints
    constant: Bools


def expert_figures(
    scores: Scores, model: Severity | None, at: Floats | None = None
) -> ExpertFigures:
    """Return how each expert scores.

    Parameters
    ----------
    scores
        On one indicator, or overall.
    model
        Of these scores; None where there is none.
    at
        When each score was given, in days, shape (n,).
    """
    m = scores.experts
    count = np.bincount(scores.expert, minlength=m).astype(np.int64)
    mean = scores.by_expert(scores.score) / np.where(count, count, np.nan)
    others = _mean_of_others(scores)
    spread, correlation = _beside(scores, others)
    unknown = np.full(m, np.nan)
    drift, p = (unknown, unknown.copy()) if at is None else _drift(scores, model, at)
    least, most = np.full(m, np.inf), np.full(m, -np.inf)
    np.minimum.at(least, scores.expert, scores.score)
    np.maximum.at(most, scores.expert, scores.score)
    return ExpertFigures(
        count=count,
        mean=mean,
        severity=unknown if model is None else np.where(count > 0, model.expert, np.nan),
        severity_error=unknown if model is None else model.error,
        spread=spread,
        correlation=correlation,
        drift=drift,
        drift_p=p,
        far=np.bincount(scores.expert, far_off(scores, model), minlength=m).astype(np.int64),
        constant=(count >= _FEW) & (least == most),
    )


def residuals(scores: Scores, model: Severity) -> Floats:
    """Return what is left of each score, in residual deviations."""
    fitted = model.level + model.result[scores.result] + model.expert[scores.expert]
    left: Floats = (scores.score - fitted) / np.sqrt(model.residual)
    return left


def far_off(scores: Scores, model: Severity | None) -> Bools:
    """Return which scores stand far from what result and expert say, shape (n,)."""
    if model is None:
        return np.zeros(len(scores.score), dtype=bool)
    return np.abs(residuals(scores, model)) > FAR


def _mean_of_others(scores: Scores) -> Floats:
    """Return of each score the mean of the others of its result; nan where there is none."""
    total = scores.by_result(scores.score)
    others = scores.count[scores.result] - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Floats = np.where(others > 0, (total[scores.result] - scores.score) / others, np.nan)
    return mean


def _beside(scores: Scores, others: Floats) -> tuple[Floats, Floats]:
    """Return the spread and the correlation of each expert beside the others."""
    paired = ~np.isnan(others)
    kept = scores.only(paired)
    number = np.bincount(kept.expert, minlength=scores.experts)

    def moments(values: Floats) -> tuple[Floats, Floats]:
        mean = kept.by_expert(values) / np.maximum(number, 1)
        left = values - mean[kept.expert]
        return left, kept.by_expert(left**2)

    mine, my_squares = moments(kept.score)
    theirs, their_squares = moments(others[paired])
    both = kept.by_expert(mine * theirs)
    deviation_of_one = _spread_of_others(kept, scores)
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.sqrt(my_squares / (number - 1))
        spread = np.where(number >= _FEW, own / deviation_of_one, np.nan)
        correlation = np.where(number >= _FEW, both / np.sqrt(my_squares * their_squares), np.nan)
    spread[~np.isfinite(spread)] = np.nan
    correlation[~np.isfinite(correlation)] = np.nan
    return spread, correlation.clip(-1, 1)


def _spread_of_others(kept: Scores, scores: Scores) -> Floats:
    """Return of each expert the deviation of all single scores of others on the same results."""
    totals = [
        scores.by_result(x) for x in (np.ones(len(scores.score)), scores.score, scores.score**2)
    ]
    own = (np.ones(len(kept.score)), kept.score, kept.score**2)
    n, total, square = (
        kept.by_expert(everyone[kept.result] - mine)
        for everyone, mine in zip(totals, own, strict=True)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation: Floats = np.sqrt(np.maximum(square - total**2 / n, 0.0) / (n - 1))
    return deviation


def _drift(scores: Scores, model: Severity | None, at: Floats) -> tuple[Floats, Floats]:
    """Return the change over the sitting and its chance, of experts with eight timed scores."""
    change, p = np.full(scores.experts, np.nan), np.full(scores.experts, np.nan)
    if model is None:
        return change, p
    left = residuals(scores, model) * np.sqrt(model.residual)
    for expert in range(scores.experts):
        mine = np.flatnonzero((scores.expert == expert) & ~np.isnan(at))
        if len(mine) >= _FEW_TIMED and np.ptp(at[mine]) > 0:
            change[expert], p[expert] = _trend(at[mine], left[mine])
    return change, p


def _trend(at: Floats, left: Floats) -> tuple[float, float]:
    """Return the change from first to last by Theil's slope, and Kendall's two-sided chance."""
    from scipy.stats import kendalltau, theilslopes

    slope = theilslopes(left, at).slope
    return float(slope * np.ptp(at)), float(kendalltau(at, left).pvalue)
