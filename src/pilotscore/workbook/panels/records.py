"""What is read of a panel: scores as columns with their cells, experts, results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Floats, Ints
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert: group, weight, unit, how many results, and what the expert has to keep out of.

    ``weight`` is 1 and ``most`` None where nothing is stated; ``conflicts`` are ids of results,
    institutions or names of persons, as written.
    """

    name: str
    group: str = ""
    weight: float = 1.0
    role: str = ""
    unit: str = ""
    least: int = 0
    most: int | None = None
    conflicts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A result as a panel sees it: its title, institutions, people and fields."""

    id: str
    title: str = ""
    units: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True, eq=False)
class ScoreColumns:
    """Scores as they were read, one place in each column for each score.

    ``at`` is when it was given, in days since 1970, nan where that is not said; ``place`` is where
    it stands; ``comment`` is '' where there is none; ``stage`` is 2 for the second stage of a
    review, 1 for any other.
    """

    expert: NDArray[np.object_]
    result: NDArray[np.object_]
    indicator: NDArray[np.object_]
    score: Floats
    at: Floats
    comment: NDArray[np.object_]
    place: tuple[Place, ...]
    stage: Ints

    def __len__(self) -> int:
        """Return how many scores there are."""
        return len(self.score)

    def of_stage(self, stage: int) -> ScoreColumns:
        """Return the scores of one stage."""
        mine = self.stage == stage
        if mine.all():
            return self
        return ScoreColumns(
            self.expert[mine],
            self.result[mine],
            self.indicator[mine],
            self.score[mine],
            self.at[mine],
            self.comment[mine],
            tuple(p for p, m in zip(self.place, mine.tolist(), strict=True) if m),
            self.stage[mine],
        )


@dataclass(frozen=True, slots=True)
class PanelAnswer:
    """A yes or no of an expert on a sufficiency indicator, in which stage, and the reason given."""

    expert: str
    result: str
    indicator: str
    yes: bool
    reason: str
    place: Place
    stage: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class PanelSubmission:
    """What was read: scores that count, those recused, experts, results, findings, files.

    Parameters
    ----------
    scores
        Every score that counts; one for each expert, result and indicator.
    recused
        Scores that do not count for a conflict of interest, with its reason.
    experts, results
        By name and id, those that a sheet lists; empty where there is no such sheet.
    scales
        The least and the greatest score of each indicator.
    blanks
        How many cells for scores were left blank, by expert.
    files
        The SHA-256 of each file, by its name.
    answers
        On sufficiency indicators, which are counted and not scored.
    """

    scores: ScoreColumns
    recused: tuple[tuple[str, str, str], ...]
    experts: Mapping[str, Expert]
    results: Mapping[str, PanelResult]
    scales: Mapping[str, tuple[float, float]]
    blanks: Mapping[str, int]
    findings: tuple[Finding, ...]
    files: Mapping[str, str]
    answers: tuple[PanelAnswer, ...] = ()

    @property
    def groups(self) -> dict[str, str]:
        """The group of each expert that a sheet lists."""
        return {name: expert.group for name, expert in self.experts.items()}
