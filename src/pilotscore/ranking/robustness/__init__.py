"""How sure a ranking is: acceptability of ranks, groups, sensitivity, stability, dominance."""

from pilotscore.ranking.robustness.sensitivity import Sensitivity, rank_sensitivity
from pilotscore.ranking.robustness.trial import Effort, Robustness, try_ranking
from pilotscore.ranking.robustness.uncertainty import Uncertainty, stated_by

__all__ = [
    "Effort",
    "Robustness",
    "Sensitivity",
    "Uncertainty",
    "rank_sensitivity",
    "stated_by",
    "try_ranking",
]
