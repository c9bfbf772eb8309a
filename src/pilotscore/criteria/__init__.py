"""What is measured and how it counts: criteria sets, policies, and the conditions in them.

Takes a YAML file; gives a frozen, validated :class:`CriteriaSet` or :class:`Policy`. Knows nothing
of workbooks and screens.
"""

from pilotscore.criteria.loader import (
    LoadedCriteria,
    LoadedPolicy,
    Source,
    load_criteria,
    load_policy,
    locate,
)
from pilotscore.criteria.model import (
    NUMBERS,
    NUMERIC,
    Category,
    CriteriaSet,
    Dimension,
    Evidence,
    EvidenceGrade,
    Fact,
    Gate,
    Grade,
    Indicator,
    Method,
    Profile,
)
from pilotscore.criteria.policy import Approval, Consequence, Instrument, Policy
from pilotscore.criteria.shipped import built_in_names, data_folder

__all__ = [
    "NUMBERS",
    "NUMERIC",
    "Approval",
    "Category",
    "Consequence",
    "CriteriaSet",
    "Dimension",
    "Evidence",
    "EvidenceGrade",
    "Fact",
    "Gate",
    "Grade",
    "Indicator",
    "Instrument",
    "LoadedCriteria",
    "LoadedPolicy",
    "Method",
    "Policy",
    "Profile",
    "Source",
    "built_in_names",
    "data_folder",
    "load_criteria",
    "load_policy",
    "locate",
]
