"""Weights derived from judgements (AHP, best-worst, swing, direct) or from the batch itself."""

from pilotscore.ranking.weighting.ahp import Ahp, Inconsistent, ahp
from pilotscore.ranking.weighting.best_worst import BestWorst, best_worst
from pilotscore.ranking.weighting.combined import combine_weights
from pilotscore.ranking.weighting.rated import rated
from pilotscore.ranking.weighting.spread import OBJECTIVE, objective_weights

__all__ = [
    "OBJECTIVE",
    "Ahp",
    "BestWorst",
    "Inconsistent",
    "ahp",
    "best_worst",
    "combine_weights",
    "objective_weights",
    "rated",
]
