"""What follows from a grade: policy support, funding and approval for each result.

Takes a :class:`~pilotscore.ranking.Ranking` and a policy; gives a :class:`FundingPlan`. Knows
nothing of files. It recommends; the funder decides.
"""

from pilotscore.funding.recommendation import FundingPlan, Offer, Recommendation, recommend

__all__ = ["FundingPlan", "Offer", "Recommendation", "recommend"]
