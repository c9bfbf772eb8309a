"""One expert of an assignment steps down: what is not scored yet goes to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria.names import normalise
from pilotscore.errors import UsageError
from pilotscore.language import NOTHING, Text, did_you_mean
from pilotscore.panels.assignment.assign import Assignment, assign
from pilotscore.panels.assignment.problem import Problem
from pilotscore.records import dataclass
from pilotscore.runs.panel_assign import (
    AssignmentReport,
    Wanted,
    named,
    paired,
    problem_of,
    why_not,
)
from pilotscore.runs.panel_issue import read_assignment
from pilotscore.workbook.panels.assigned import Assigned
from pilotscore.workbook.panels.conflicts import outcomes
from pilotscore.workbook.panels.reader import People, read_panel, read_people

_NOT_IN_IT = Text("分配中没有“{expert}”{near}", "the assignment has no {expert!r}{near}")
_LESS_SUITED = 0.5  # own: what an expert of another group counts beside one of the same


@dataclass(frozen=True, slots=True, eq=False)
class Replaced:
    """What became of the results of an expert who stepped down.

    Parameters
    ----------
    report
        The new assignment as a whole; without one where nobody can step in.
    expert
        Who stepped down.
    kept
        The results that the expert had scored already, which stay.
    moved
        Each result that was open, and who takes it.
    """

    report: AssignmentReport
    expert: str
    kept: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]


def replace_expert(
    expert: str,
    assignment: Path | str,
    books: Iterable[Path | str],
    wanted: Wanted,
    *,
    scores: Iterable[Path | str] = (),
    seconds: float | None = None,
) -> Replaced:
    """Give what is open of an expert to others of the panel, and leave all else as it is.

    One of the same group is preferred; nobody takes a result twice, one in conflict, or more than
    the greatest load.

    Parameters
    ----------
    expert
        Who steps down.
    assignment
        As it was written.
    books
        The sheets of experts and results.
    wanted
        As for the assignment; ``each`` and ``of_group`` do not matter here.
    scores
        What came back: results that the expert has scored stay with the expert.
    seconds
        How long the solver may take.

    Raises
    ------
    UsageError
        The assignment has no such expert, or one that the sheets do not have.
    UnreadableInputError
        A file cannot be read.
    """
    pairs = read_assignment(assignment)
    known = {normalise(p.expert): p.expert for p in pairs}
    name = known.get(normalise(expert))
    if name is None:
        near = did_you_mean(expert, known.values(), NOTHING)
        raise UsageError(_NOT_IN_IT.of(expert=expert, near=near))
    wanted = replace(wanted, stage=_stage(pairs))
    people = read_people(map(Path, books))
    now = _now(people, [(p.expert, p.result) for p in pairs])
    done = _done(people, name, [Path(s) for s in scores], wanted.stage)
    out = _number(people, name)
    opened = now[:, out] & ~done
    codes, reason = outcomes(people.experts, people.results)
    groups = tuple(sorted({e.group for e in people.experts}))
    stays = now.copy()
    stays[opened, out] = False
    base = problem_of(people, groups, codes, wanted)
    problem = replace(
        base,
        demand=opened.astype(np.int64),
        least=np.zeros(base.experts, dtype=np.int64),
        of_group=np.zeros(len(groups), dtype=np.int64),
        per_unit=None,
        allowed=base.allowed & ~now & _other_units(people, stays, wanted.per_unit),
        affinity=np.round(
            np.where(base.group == base.group[out], 1.0, _LESS_SUITED) * (1 + base.affinity) / 2, 3
        ),
    )
    problem.allowed[:, out] = False
    problem, solution = _taken(problem, base.most, stays, people, wanted, seconds)
    short, changes = why_not(problem, solution, seconds)
    moved: tuple[tuple[str, str], ...] = ()
    if solution is not None:
        moved = tuple(
            (people.results[r].id, people.experts[e].name)
            for r, e in np.argwhere(solution.chosen).tolist()
        )
        solution = replace(solution, chosen=stays | solution.chosen)
    report = AssignmentReport(
        people, wanted, groups, problem, codes, reason, solution, short, changes
    )
    kept = tuple(people.results[r].id for r in np.flatnonzero(now[:, out] & done).tolist())
    return Replaced(report, name, kept, moved)


def _taken(
    problem: Problem,
    most: Ints,
    stays: Bools,
    people: People,
    wanted: Wanted,
    seconds: float | None,
) -> tuple[Problem, Assignment | None]:
    """Return who takes what is open, with the least greatest load where none is stated."""
    loads = stays.sum(axis=0)
    stated = np.array([e.most is not None or wanted.load is not None for e in people.experts])
    cap = max(int(loads.max(initial=0)), 1)
    while True:
        room = np.where(stated, most, cap) - loads
        eased = replace(problem, most=np.maximum(room, 0).astype(np.int64))
        solution = assign(eased, seed=wanted.seed, backups=wanted.backups, seconds=seconds)
        if solution is not None or stated.all() or cap >= len(people.results):
            return eased, solution
        cap += max(1, cap // 10)


def _number(people: People, name: str) -> int:
    names = [normalise(e.name) for e in people.experts]
    if normalise(name) not in names:
        near = did_you_mean(name, [e.name for e in people.experts], NOTHING)
        raise UsageError(_NOT_IN_IT.of(expert=name, near=near))
    return names.index(normalise(name))


def _now(people: People, pairs: Sequence[tuple[str, str]]) -> Bools:
    """Return the assignment as it is, shape (results, experts).

    Raises
    ------
    UsageError
        It has an expert or a result that the sheets do not have: a pair would be lost.
    """
    experts = {normalise(e.name) for e in people.experts}
    results = {normalise(r.id) for r in people.results}
    unknown = {e for e, _ in pairs if normalise(e) not in experts}
    unknown |= {r for _, r in pairs if normalise(r) not in results}
    if unknown:
        lost = sorted(unknown)
        raise UsageError(_NOT_LISTED.of(names=named(lost)))
    return paired(people, pairs)


_NOT_LISTED = Text(
    "专家表与成果表中没有分配里的{names}：请补上，或先改分配",
    "the sheets of experts and results do not have these of the assignment: {names}; add them, or "
    "change the assignment first",
)


def _stage(pairs: Sequence[Assigned]) -> int:
    """Return the stage of an assignment.

    Raises
    ------
    UsageError
        It has pairs of both.
    """
    stages = {p.stage for p in pairs}
    if len(stages) > 1:
        raise UsageError(_BOTH_STAGES)
    return stages.pop()


_BOTH_STAGES = Text(
    "分配中有两轮评审：请按轮次分成两个文件",
    "the assignment has both stages of a review: make it a file for each",
)


def _done(people: People, name: str, scores: list[Path], stage: int) -> Bools:
    """Return the results that an expert has scored in a stage, shape (results,)."""
    done = np.zeros(len(people.results), dtype=bool)
    if not scores:
        return done
    came = read_panel(scores)
    both = [
        *zip(came.scores.expert, came.scores.result, came.scores.stage.tolist(), strict=True),
        *((a.expert, a.result, a.stage) for a in came.answers),
    ]
    mine = {
        normalise(result)
        for expert, result, of in both
        if of == stage and normalise(expert) == normalise(name)
    }
    for n, result in enumerate(people.results):
        done[n] = normalise(result.id) in mine
    return done


def _other_units(people: People, stays: Bools, per_unit: int | None) -> Bools:
    """Return which pairs leave a result with no more of one institution than it may have."""
    free = np.ones(stays.shape, dtype=bool)
    if per_unit is None:
        return free
    units = np.array([normalise(e.unit) for e in people.experts])
    for unit in set(units.tolist()) - {""}:
        mine = units == unit
        full = stays[:, mine].sum(axis=1) >= per_unit
        free[np.ix_(full, mine)] = False
    return free
