"""Scores, index with interval, gates and grade of each result, by its own values alone.

Takes :class:`~pilotscore.measures.Measurements` and a criteria set; gives an :class:`Assessment`.
Knows nothing of money, and nothing of the other results in the batch.
"""

from pilotscore.index.arrays import ArrayScores, score_array
from pilotscore.index.assessment import (
    NO_GRADE,
    Assessment,
    Status,
    assess,
)
from pilotscore.index.contributions import contributions
from pilotscore.index.evidence import CountedEvidence, counted_evidence
from pilotscore.index.gates import ClosedGates
from pilotscore.index.moves import Move
from pilotscore.index.operands import operands
from pilotscore.index.origins import OriginShares, origin_of, origin_shares
from pilotscore.index.paths import Guidance, PathUp, paths_up
from pilotscore.index.profiles import other_profile
from pilotscore.index.reasons import Reason, Shortfall, deciding_reasons, reasons_of, shortfalls
from pilotscore.index.scored_again import assess_with, moved
from pilotscore.index.weights import combine, dimension_weights, indicator_weights, reaches

__all__ = [
    "NO_GRADE",
    "ArrayScores",
    "Assessment",
    "ClosedGates",
    "CountedEvidence",
    "Guidance",
    "Move",
    "OriginShares",
    "PathUp",
    "Reason",
    "Shortfall",
    "Status",
    "assess",
    "assess_with",
    "combine",
    "contributions",
    "counted_evidence",
    "deciding_reasons",
    "dimension_weights",
    "indicator_weights",
    "moved",
    "operands",
    "origin_of",
    "origin_shares",
    "other_profile",
    "paths_up",
    "reaches",
    "reasons_of",
    "score_array",
    "shortfalls",
]
