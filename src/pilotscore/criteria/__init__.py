"""What is measured and how it counts: criteria sets, policies, calls, and conditions in them.

Takes YAML files; gives frozen, validated objects (:class:`CriteriaSet`, :class:`Policy`,
:class:`Call`) and what is written back as YAML. A criteria set says how headers and batch data of
a workbook are understood, but nothing here opens one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pilotscore.criteria.categories import Category
from pilotscore.criteria.files import Source, locate
from pilotscore.criteria.loader import LoadedCriteria, LoadedPolicy, load_criteria, load_policy
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

if TYPE_CHECKING:
    from pilotscore.criteria.call import OBJECTIVES, RULES, Call, Level
    from pilotscore.criteria.call_loader import LoadedCall, load_call

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

# A call is read by few commands, and its models take a while to build.
_WHEN_USED = dict.fromkeys(("OBJECTIVES", "RULES", "Call", "Level"), "call")
_WHEN_USED |= dict.fromkeys(("LoadedCall", "load_call"), "call_loader")


def __getattr__(name: str) -> Any:
    if name in _WHEN_USED:
        value = getattr(import_module(f"{__name__}.{_WHEN_USED[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
