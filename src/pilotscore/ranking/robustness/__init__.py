"""How sure a ranking is: acceptability of ranks, groups, sensitivity, stability, dominance."""

from pilotscore.ranking.robustness.draws import UncertaintyModel
from pilotscore.ranking.robustness.sensitivity import Sensitivity, rank_sensitivity
from pilotscore.ranking.robustness.simulation import (
    USUAL_EFFORT,
    Effort,
    Robustness,
    chunks_of,
    simulate,
)
from pilotscore.ranking.robustness.uncertainty import Uncertainty, stated_by

__all__ = [
    "USUAL_EFFORT",
    "Effort",
    "Robustness",
    "Sensitivity",
    "Uncertainty",
    "UncertaintyModel",
    "chunks_of",
    "rank_sensitivity",
    "simulate",
    "stated_by",
]
