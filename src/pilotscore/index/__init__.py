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
    dimension_weights,
    indicator_weights,
)
from pilotscore.index.contributions import contributions
from pilotscore.index.gates import ClosedGates
from pilotscore.index.grades import Reason, deciding_reasons, shortfalls
from pilotscore.index.operands import operands

__all__ = [
    "NO_GRADE",
    "ArrayScores",
    "Assessment",
    "ClosedGates",
    "Reason",
    "Status",
    "assess",
    "contributions",
    "deciding_reasons",
    "dimension_weights",
    "indicator_weights",
    "operands",
    "score_array",
    "shortfalls",
]
