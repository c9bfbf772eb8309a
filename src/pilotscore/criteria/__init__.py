"""What is measured and how it counts: criteria sets, policies, and the conditions in them.

Takes a YAML file; gives a frozen, validated :class:`CriteriaSet` or :class:`Policy`. Knows nothing
of workbooks and screens.
"""

from pilotscore.criteria.call import OBJECTIVES, RULES, Call, Level
from pilotscore.criteria.loader import (
    LoadedCall,
    LoadedCriteria,
    LoadedPolicy,
    Source,
    load_call,
    load_criteria,
    load_policy,
    locate,
)
from pilotscore.criteria.measuring import (
    BUILT_IN_CHARACTERISTICS,
    MEASURES,
    Characteristic,
    Measure,
    Measured,
    Measuring,
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
    "BUILT_IN_CHARACTERISTICS",
    "MEASURES",
    "NUMBERS",
    "NUMERIC",
    "OBJECTIVES",
    "RULES",
    "Approval",
    "Call",
    "Category",
    "Characteristic",
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
    "Level",
    "LoadedCall",
    "LoadedCriteria",
    "LoadedPolicy",
    "Measure",
    "Measured",
    "Measuring",
    "Method",
    "Policy",
    "Profile",
    "Source",
    "built_in_names",
    "data_folder",
    "load_call",
    "load_criteria",
    "load_policy",
    "locate",
]
