"""What grantees and the office report after a decision: milestones shown, outcomes reached."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from pilotscore.records import dataclass
from pilotscore.workbook.follow.words import MILESTONE_STATES as MILESTONE_STATES
from pilotscore.workbook.follow.words import OUTCOME_STATES as OUTCOME_STATES


@dataclass(frozen=True, slots=True)
class MilestoneReport:
    """What was reported of a milestone of a result; ``place`` is where, as a person reads it."""

    round: str
    result: str
    number: int
    state: str
    value: str = ""
    day: str = ""
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What was reported of an outcome of a result, such as its first sale (level 10)."""

    round: str
    result: str
    outcome: str
    state: str
    value: float | None = None
    day: str = ""
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What became of a match of a need with a result."""

    need: str
    result: str
    state: str
    day: str = ""
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One workbook of reports that was read back on a day; what is later goes before."""

    day: str
    file: str
    sha256: str
    milestones: tuple[MilestoneReport, ...] = ()
    outcomes: tuple[OutcomeReport, ...] = ()
    matches: tuple[MatchReport, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by: the digest of all that it says, whichever day it was read on."""
        return hashlib.sha256(as_text(replace(self, day="")).encode()).hexdigest()


def as_text(follow_up: FollowUp) -> str:
    """Return reports as JSON, the same ones always as the same text."""
    return json.dumps(asdict(follow_up), ensure_ascii=False, sort_keys=True)


def from_data(data: Mapping[str, Any]) -> FollowUp:
    """Return reports from their JSON data.

    Raises
    ------
    KeyError, TypeError
        They are none.
    """
    return FollowUp(
        str(data["day"]),
        str(data["file"]),
        str(data["sha256"]),
        tuple(MilestoneReport(**entry) for entry in data["milestones"]),
        tuple(OutcomeReport(**entry) for entry in data["outcomes"]),
        tuple(MatchReport(**entry) for entry in data.get("matches", ())),
    )
