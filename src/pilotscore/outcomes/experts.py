"""How near each expert came to what came of the results: for the secretary of a panel alone.

An expert is held beside the others who judged the same results, so that hard results count against
nobody, and is drawn towards nothing the fewer outcomes there are: the best of many by few outcomes
is the luckiest.

Sources
-------
B. Efron, C. Morris, Data analysis using Stein's estimator and its generalizations, Journal of the
American Statistical Association 70 (1975) 311-319, the shrinkage; the variance between experts by
moments as R. DerSimonian, N. Laird, Meta-analysis in clinical trials, Controlled Clinical Trials 7
(1986) 177-188.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.outcomes.auc import auc
from pilotscore.outcomes.tools_allowed import events_of
from pilotscore.panels.scores import Scores
from pilotscore.records import dataclass

LISTED_FROM, WEIGHTED_FROM = 10, 30
_FEW_ENDS = 2


@dataclass(frozen=True, slots=True, eq=False)
class ExpertOutcomes:
    """Of each expert, shape (experts,), nan where there are too few outcomes.

    Attributes
    ----------
    count
        How many results with a known outcome the expert judged.
    brier
        The mean squared distance of stated chances from what came.
    beside
        By how much it is below (better) or above the mean of all experts on the same results.
    shrunk, error
        The same drawn towards 0, and its standard error.
    area
        How often the expert put a success above a failure; nan with fewer than two of an end.
    weighable
        Whether there are outcomes enough that a weight might be thought of.
    """

    count: Ints
    brier: Floats
    beside: Floats
    shrunk: Floats
    error: Floats
    area: Floats
    weighable: Bools


def expert_outcomes(scores: Scores, event: Bools, known: Bools) -> ExpertOutcomes:
    """Hold experts against outcomes.

    Parameters
    ----------
    scores
        Stated chances, 0 to 1, of each expert and result; on another scale the areas alone mean
        something.
    event, known
        What became a success, and of which results that is known, shape (results,).
    """
    kept = scores.only(known[scores.result])
    distance = (kept.score - event[kept.result]) ** 2
    count = np.bincount(kept.expert, minlength=kept.experts).astype(np.int64)
    listed = count >= LISTED_FROM
    mean = kept.by_result(distance) / np.maximum(kept.count, 1)
    away = distance - mean[kept.result]
    own = np.where(listed, count, np.nan)
    beside = kept.by_expert(away) / own
    shrunk, error = _drawn_to_nothing(kept, away, beside, listed, count)
    return ExpertOutcomes(
        count,
        kept.by_expert(distance) / own,
        beside,
        shrunk,
        error,
        _areas(kept, event, listed),
        count >= WEIGHTED_FROM,
    )


def _drawn_to_nothing(
    kept: Scores, away: Floats, beside: Floats, listed: Bools, count: Ints
) -> tuple[Floats, Floats]:
    """Return what is drawn towards 0, and its error, by the variance within and between experts."""
    nothing = np.full(kept.experts, np.nan)
    if listed.sum() < 2:
        return nothing, nothing
    mine = listed[kept.expert]
    left = away[mine] - beside[kept.expert[mine]]
    within = float(left @ left) / float((count[listed] - 1).sum())
    n = count[listed].astype(float)
    centre = float(n @ beside[listed]) / float(n.sum())
    apart = float(n @ (beside[listed] - centre) ** 2)
    spare = float(n.sum()) - float(n @ n) / float(n.sum())
    between = max(0.0, (apart - within * (len(n) - 1)) / spare)
    variance = within / np.where(listed, count, np.nan)
    if not between:
        return np.where(listed, 0.0, np.nan), np.where(listed, 0.0, np.nan)
    share = between / (between + variance)
    return share * beside, np.sqrt(share * variance)


def _areas(kept: Scores, event: Bools, listed: Bools) -> Floats:
    """Return how often each expert put a success above a failure."""
    area = np.full(kept.experts, np.nan)
    order = np.argsort(kept.expert, kind="stable")
    starts = np.searchsorted(kept.expert[order], np.arange(kept.experts + 1))
    for expert in np.flatnonzero(listed).tolist():
        mine = order[starts[expert] : starts[expert + 1]]
        came = event[kept.result[mine]]
        if events_of(int(came.sum()), int((~came).sum())) >= _FEW_ENDS:
            area[expert] = auc(kept.score[mine], came).value
    return area
