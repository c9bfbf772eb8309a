"""The order of results, with ties, and decision methods beside the index.

Takes an :class:`~pilotscore.index.Assessment`; gives a :class:`Ranking`. Knows nothing of money.
"""

from pilotscore.ranking.agreement import Agreement
from pilotscore.ranking.method_selection import select_methods
from pilotscore.ranking.methods import MethodResult, Tell, decision_matrix
from pilotscore.ranking.order import Ranking, rank_results

__all__ = [
    "Agreement",
    "MethodResult",
    "Ranking",
    "Tell",
    "decision_matrix",
    "rank_results",
    "select_methods",
]
