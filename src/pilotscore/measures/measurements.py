"""One number or category per result and indicator: its state, its origin, its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.findings import Finding, Place
from pilotscore.language import Words
from pilotscore.measures.rights_state import RightsFigure, RightsState
from pilotscore.records import dataclass
from pilotscore.workbook import FactColumn, Given, Submission

# One-sided 95 % of a normal distribution: how many standard uncertainties a bound is away.
Z95 = 1.6448536269514722


class Origin(IntEnum):
    """Where a value came from."""

    STATED = 0
    MEASURED = 1
    PANEL = 2
    DERIVED = 3


@dataclass(frozen=True, slots=True)
class Basis:
    """What the value of an indicator was worked out from; None where it could not be.

    ``estimate`` and the bounds are in the unit of the indicator; ``scored`` is the one that counts;
    ``stated`` is what the workbook states instead, nan where it states nothing.
    """

    measure: str
    characteristic: Words | None
    count: int
    estimate: float
    low: float
    high: float
    scored: float
    stated: float
    why: Words | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DerivedColumn:
    """What sheets of rights say of one indicator, for n results, in its unit.

    ``given`` says where that is what counts; ``value`` is nan elsewhere. ``stated`` is what the
    workbook states of it itself, nan where it states nothing; ``proven`` says where documents or
    the register show the value, and ``shown`` is what the sheets show at least, nan where nothing.
    """

    figure: RightsFigure
    given: Bools
    value: Floats
    stated: Floats
    proven: Bools
    shown: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """The values that are scored: what was read, and what overlays it.

    Shapes: n results, m indicators in the order of the criteria set. ``values`` are raw values (a
    category is its place in the table; nan where there is none); ``low`` and ``high`` bound what
    measurement leaves uncertain, or what a value states of its own uncertainty, and else equal
    ``values``; ``evidence`` is the place of the grade, -1 where none is stated. ``bases`` says what
    measured values were worked out from, and why some could not be; ``findings`` are those about
    values and their evidence. ``defaulted`` says which grades are those that an office counts where
    none is stated, which does not make them stated; None where it has no such rule. ``derived`` is
    what sheets of rights say, by indicator, and ``rights`` all that they say; None without sheets.
    """

    submission: Submission
    values: Floats
    low: Floats
    high: Floats
    states: Codes
    origins: Codes
    evidence: Codes
    findings: tuple[Finding, ...] = ()
    bases: Mapping[tuple[int, str], Basis] = field(default_factory=dict)
    defaulted: Bools | None = None
    derived: Mapping[str, DerivedColumn] = field(default_factory=dict)
    rights: RightsState | None = None

    def __len__(self) -> int:
        return len(self.submission)

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each result."""
        return self.submission.ids

    @property
    def titles(self) -> tuple[str, ...]:
        """The title of each result."""
        return self.submission.titles

    @property
    def facts(self) -> Mapping[str, FactColumn]:
        """The facts of all results by name."""
        return self.submission.facts

    @property
    def reasons(self) -> Mapping[tuple[int, str], str]:
        """Why a value does not apply, by result and indicator."""
        return self.submission.reasons

    @property
    def written(self) -> Mapping[tuple[int, str], str]:
        """What stands in a cell that could not be read, by result and indicator."""
        return self.submission.written

    def given_value(self, result: int, name: str) -> Given | None:
        """Return how a mapping file gave a value that counts; None where it did not."""
        if self._is_worked_out(result, name):
            return None
        return self.submission.given.values.get((result, name))

    def _is_worked_out(self, result: int, name: str) -> bool:
        """Whether the value of a result was measured, or derived from sheets of rights."""
        basis, derived = self.bases.get((result, name)), self.derived.get(name)
        if derived is not None and derived.given[result]:
            return True
        return basis is not None and basis.why is None

    def given_grade(self, result: int, name: str) -> Given | None:
        """Return how a mapping file gave a grade of evidence; None where it did not."""
        if self._is_worked_out(result, name):
            return None  # the data are its evidence
        return self.submission.given.grades.get((result, name))

    def unstated(self, rows: slice | Ints) -> Bools:
        """Return of which values of some results no grade of evidence is stated, (rows, m)."""
        none: Bools = self.evidence[rows] < 0
        return none if self.defaulted is None else none | self.defaulted[rows]

    def uncertain(self, rows: slice | Ints) -> Bools:
        """Return which values of some results have bounds of their own, shape (rows, m)."""
        values, low, high = (x[rows] for x in (self.values, self.low, self.high))
        bounded: Bools = ((low != values) | (high != values)) & (values == values)  # nan: no value
        return bounded

    def place(self, result: int, name: str | None = None) -> Place:
        """Return the cell of a result's indicator or fact; its row where it has no such column."""
        return self.submission.place(result, name)

    def faults(self) -> dict[str, list[Finding]]:
        """Return the findings that keep results from being assessed, by the id of the result."""
        faults: dict[str, list[Finding]] = {}
        for finding in self.submission.findings:
            if finding.severity == "error" and finding.result is not None:
                faults.setdefault(finding.result, []).append(finding)
        return faults
