"""Pilot-scale maturity of R&D results (中试熟化评价): from a spreadsheet to a funding list.

>>> import pilotscore
>>> outcome = pilotscore.rank("results.xlsx")  # doctest: +SKIP
>>> outcome.ranking.to_frame()  # doctest: +SKIP

The names below are imported when they are first used, so that ``import pilotscore`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pilotscore.criteria import CriteriaSet, Policy, load_criteria, load_policy
    from pilotscore.errors import PilotscoreError
    from pilotscore.findings import Finding
    from pilotscore.index import Assessment, score_array
    from pilotscore.runs.assess import rank, score
    from pilotscore.runs.fund import FundReport, fund
    from pilotscore.runs.outcome import Outcome
    from pilotscore.runs.scorecard import Scorecard

__all__ = [
    "Assessment",
    "CriteriaSet",
    "Finding",
    "FundReport",
    "Outcome",
    "PilotscoreError",
    "Policy",
    "Scorecard",
    "fund",
    "load_criteria",
    "load_policy",
    "rank",
    "score",
    "score_array",
]

_WHERE = {
    "Assessment": "pilotscore.index",
    "CriteriaSet": "pilotscore.criteria",
    "Finding": "pilotscore.findings",
    "FundReport": "pilotscore.runs.fund",
    "Outcome": "pilotscore.runs.outcome",
    "PilotscoreError": "pilotscore.errors",
    "Policy": "pilotscore.criteria",
    "fund": "pilotscore.runs.fund",
    "load_criteria": "pilotscore.criteria",
    "load_policy": "pilotscore.criteria",
    "Scorecard": "pilotscore.runs.scorecard",
    "rank": "pilotscore.runs.assess",
    "score": "pilotscore.runs.assess",
    "score_array": "pilotscore.index",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        value = getattr(import_module(_WHERE[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'pilotscore' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
