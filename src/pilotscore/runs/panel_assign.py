"""Which experts score which results, or why that cannot be and the smallest change that helps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.names import normalise
from pilotscore.errors import UsageError
from pilotscore.findings import Finding
from pilotscore.language import LISTED, NOTHING, Text, did_you_mean, join
from pilotscore.panels.assignment.assign import Assignment, assign, balanced
from pilotscore.panels.assignment.problem import Problem
from pilotscore.panels.assignment.randomised import assign_by_chance
from pilotscore.panels.assignment.reasons import Shortage, shortage
from pilotscore.panels.assignment.repair import Repair, repairs
from pilotscore.panels.assignment.threshold import Progress
from pilotscore.records import dataclass
from pilotscore.workbook.panels.conflicts import Codes, Outcome, Reason, outcomes
from pilotscore.workbook.panels.reader import People, read_panel, read_people
from pilotscore.workbook.panels.records import Expert, PanelResult
from pilotscore.workbook.panels.stages import FIRST

_NO_GROUP = Text(
    "没有“{group}”这一组的专家{near}", "there is no expert of the group {group!r}{near}"
)
_NO_PREVIOUS = Text(
    "{file} 中没有上一轮的评分或分配", "{file} has no scores or assignments of a previous round"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an assignment.

    Parameters
    ----------
    each
        How many experts a result.
    of_group
        How many of them at least of each group, by name.
    per_unit
        How many experts of one institution a result may have.
    load
        How many results an expert takes at most where the sheet does not say; as few as can be
        where None.
    keep, change
        Workbooks of a previous round, whose experts are kept or kept out for the same results.
    backups
        How many experts are named for each result who could step in.
    holds
        Whether pairs that somebody has to look at first may be assigned.
    seed
        Of choices between equals.
    stage
        Of which stage of the review the assignment is: what comes back for it counts for that one.
    cap
        The greatest probability with which a pair may be assigned, below 1 for an assignment that
        is drawn.
    """

    each: int = 3
    of_group: Mapping[str, int] | None = None
    per_unit: int | None = 1
    load: int | None = None
    keep: str | None = None
    change: str | None = None
    backups: int = 2
    holds: bool = False
    seed: int = 0
    stage: int = FIRST
    cap: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class AssignmentReport:
    """An assignment, or why there is none.

    Parameters
    ----------
    people
        Experts and results as they were read.
    groups
        The names of groups, by number.
    problem
        What was to be kept.
    outcomes, reason
        What can become of each pair, and why.
    assignment
        None where there is none.
    shortage, repairs
        Why there is none, and the smallest changes of each kind; nothing where there is one.
    """

    people: People
    wanted: Wanted
    groups: tuple[str, ...]
    problem: Problem | None
    outcomes: Codes
    reason: Reason
    assignment: Assignment | None
    shortage: Shortage | None
    repairs: tuple[Repair, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be told of the sheets."""
        return self.people.findings

    @property
    def experts(self) -> tuple[Expert, ...]:
        """The experts."""
        return self.people.experts

    @property
    def results(self) -> tuple[PanelResult, ...]:
        """The results."""
        return self.people.results


def assign_panel(
    books: Iterable[Path | str],
    wanted: Wanted,
    *,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> AssignmentReport:
    """Read experts and results, and assign them.

    Parameters
    ----------
    books
        Workbooks with a sheet of experts, one of results, and conflicts of interest.
    wanted
        What is asked for.
    seconds
        How long the solver may take each time.
    progress
        Called with how many steps are done of how many.

    Raises
    ------
    UsageError
        A group that is asked for has no expert, or a cap cannot be kept with these institutions.
    UnreadableInputError
        No file can be read.
    UnsolvedError
        The solver ran out of time, or failed.
    """
    people = read_people(map(Path, books))
    codes, reason = outcomes(people.experts, people.results)
    groups = groups_of(people.experts, wanted.of_group or {})
    if not people.experts or not people.results:
        return AssignmentReport(people, wanted, groups, None, codes, reason, None, None, ())
    problem = problem_of(people, groups, codes, wanted)
    if wanted.load is None:
        stated = np.array([e.most is not None for e in people.experts])
        problem = balanced(problem, stated)
    by = assign if problem.cap >= 1 else assign_by_chance
    solution = by(
        problem,
        seed=wanted.seed,
        backups=wanted.backups,
        seconds=seconds,
        progress=progress,
    )
    short, changes = why_not(problem, solution, seconds)
    return AssignmentReport(
        people, wanted, groups, problem, codes, reason, solution, short, changes
    )


def why_not(
    problem: Problem, solution: Assignment | None, seconds: float | None
) -> tuple[Shortage | None, tuple[Repair, ...]]:
    """Return what is short and what would help, where there is no assignment."""
    if solution is not None:
        return None, ()
    return shortage(problem), repairs(problem, ~problem.allowed, seconds)


def problem_of(people: People, groups: tuple[str, ...], codes: Codes, wanted: Wanted) -> Problem:
    """Return what an assignment has to keep.

    Raises
    ------
    UsageError
        There is no expert of a group that is asked for.
    """
    experts, results = people.experts, people.results
    allowed = codes == Outcome.ELIGIBLE
    if wanted.holds:
        allowed = codes != Outcome.RECUSED
    units = sorted({normalise(e.unit) for e in experts if e.unit})
    unit = [units.index(normalise(e.unit)) if e.unit else -1 for e in experts]
    load = wanted.load or len(results)
    affinity = suitability(experts, results)
    if wanted.change is not None:
        allowed &= ~_previous(people, wanted.change)
    if wanted.keep is not None:
        # Above any likeness of fields, so that whoever may stay does.
        affinity = np.where(_previous(people, wanted.keep), 1.0, 0.9 * affinity)
    return Problem(
        demand=np.full(len(results), wanted.each, dtype=np.int64),
        least=np.array([e.least for e in experts], dtype=np.int64),
        most=np.array([load if e.most is None else e.most for e in experts], dtype=np.int64),
        group=np.array([groups.index(e.group) for e in experts], dtype=np.int64),
        of_group=_of_group(groups, wanted.of_group or {}),
        unit=np.array(unit, dtype=np.int64),
        per_unit=wanted.per_unit,
        allowed=allowed,
        affinity=affinity,
        cap=wanted.cap,
    )


def groups_of(experts: Sequence[Expert], wanted: Mapping[str, int]) -> tuple[str, ...]:
    """Return the groups of experts, then those that are asked for and have nobody.

    A group that is spelled nearly like one of the sheet is no group without experts.
    """
    there = tuple(sorted({e.group for e in experts}))
    absent = (g for g in wanted if g not in there)
    return (*there, *(g for g in absent if did_you_mean(g, there, NOTHING) == NOTHING))


def _of_group(groups: tuple[str, ...], wanted: Mapping[str, int]) -> np.ndarray:
    """Return how many of each group are needed.

    Raises
    ------
    UsageError
        There is no expert of a group.
    """
    unknown = [g for g in wanted if g not in groups]
    if unknown:
        near = did_you_mean(unknown[0], groups, NOTHING)
        raise UsageError(_NO_GROUP.of(group=unknown[0], near=near))
    return np.array([wanted.get(g, 0) for g in groups], dtype=np.int64)


def suitability(experts: Sequence[Expert], results: Sequence[PanelResult]) -> Floats:
    """Return how well fields agree, 0 to 1 in hundredths, shape (results, experts).

    It is the mean over the fields of a result of the likeness of the expert's nearest field
    (rapidfuzz's token set ratio); 0 where either states none. A title stands for the fields of a
    result that has none.
    """
    table = np.zeros((len(results), len(experts)))
    fields = sorted({f for e in experts for f in e.fields})
    words = sorted({f for r in results for f in _fields_of(r)})
    if not fields or not words:
        return table
    from rapidfuzz import fuzz, process

    likeness = process.cdist(words, fields, scorer=fuzz.token_set_ratio, processor=normalise) / 100
    place = {f: n for n, f in enumerate(fields)}
    best = np.zeros((len(words), len(experts)))
    for n, expert in enumerate(experts):
        if expert.fields:
            best[:, n] = likeness[:, [place[f] for f in expert.fields]].max(axis=1)
    number = {w: n for n, w in enumerate(words)}
    for n, result in enumerate(results):
        mine = [number[f] for f in _fields_of(result)]
        if mine:
            table[n] = best[mine].mean(axis=0)
    return np.round(table, 2)


def _fields_of(result: PanelResult) -> tuple[str, ...]:
    return result.fields or ((result.title,) if result.title else ())


def _previous(people: People, file: str) -> Bools:
    """Return who scored or was assigned which of these results in a previous round.

    Raises
    ------
    UsageError
        The file has nothing of the kind.
    """
    from pilotscore.workbook.panels.assigned import read_assigned

    pairs = {(p.expert, p.result) for p in read_assigned(Path(file))}
    if not pairs:
        scores = read_panel([Path(file)]).scores
        pairs = set(zip(scores.expert, scores.result, strict=True))
    if not pairs:
        raise UsageError(_NO_PREVIOUS.of(file=file))
    return paired(people, pairs)


def paired(people: People, pairs: Iterable[tuple[str, str]]) -> Bools:
    """Return which pairs of expert and result there are, shape (results, experts)."""
    experts = {normalise(e.name): n for n, e in enumerate(people.experts)}
    results = {normalise(r.id): n for n, r in enumerate(people.results)}
    table = np.zeros((len(people.results), len(people.experts)), dtype=bool)
    for expert, result in pairs:
        e, r = experts.get(normalise(expert)), results.get(normalise(result))
        if e is not None and r is not None:
            table[r, e] = True
    return table


def named(names: Iterable[str], most: int = 8) -> object:
    """Return some names as a list, the rest counted."""
    listed = list(names)
    shown = join(listed[:most], LISTED)
    if len(listed) <= most:
        return shown
    return join((shown, Text("等 {n} 项", "and others, {n} in all").of(n=len(listed))), NOTHING)
