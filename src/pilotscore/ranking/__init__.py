"""The order of results, with ties, and decision methods of scikit-criteria beside the index.

Takes an :class:`~pilotscore.index.Assessment`; gives a :class:`Ranking`. Knows nothing of money.
"""

from pilotscore.ranking.methods import MethodResult, decision_matrix
from pilotscore.ranking.order import Ranking, rank_results

__all__ = ["MethodResult", "Ranking", "decision_matrix", "rank_results"]
