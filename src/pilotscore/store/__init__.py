"""Rounds kept with what came of them: in a folder of files, or in one SQLite file."""

from pilotscore.store.columns import (
    DecisionColumns,
    FollowRules,
    IndicatorColumn,
    Item,
    Milestone,
    OutcomeColumns,
    RoundColumns,
    RoundHead,
)
from pilotscore.store.follow_ups import FollowUp, MilestoneReport, OutcomeReport
from pilotscore.store.interface import KeptRound, RoundEntry, Store
from pilotscore.store.opening import open_store

__all__ = [
    "DecisionColumns",
    "FollowRules",
    "FollowUp",
    "IndicatorColumn",
    "Item",
    "KeptRound",
    "Milestone",
    "MilestoneReport",
    "OutcomeColumns",
    "OutcomeReport",
    "RoundColumns",
    "RoundEntry",
    "RoundHead",
    "Store",
    "open_store",
]
