"""The smallest changes that make an assignment possible, where there is none as it stands.

Each is found by a programme in which only one kind of bound may give way, at a price of one for
each place: more experts of a group, higher loads, fewer experts for a result, fewer of a group, or
a conflict of interest that is looked at again. Source: elastic programmes, J. W. Chinneck,
Feasibility and Infeasibility in Optimization, 2008, chapter 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Literal

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.panels.assignment.problem import Problem
from pilotscore.panels.assignment.programme import Pairs, Rows, constraints, solve
from pilotscore.records import dataclass

What = Literal["cap", "least", "loads", "units", "groups", "demand", "experts", "conflicts"]
_FIRST = 1e-4
_USED = 1e-6
REPAIRS: tuple[What, ...] = (
    "cap",
    "least",
    "loads",
    "units",
    "groups",
    "demand",
    "experts",
    "conflicts",
)


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to make an assignment possible.

    Parameters
    ----------
    what
        What gives way: ``cap`` (the cap on probabilities goes up), ``least`` (least loads go down),
        ``loads`` (greatest loads go up), ``units``
        (more experts of one institution on a result), ``groups`` (results with fewer of a group),
        ``demand`` (results with fewer experts), ``experts`` (more of them), ``conflicts`` (pairs
        that are looked at again).
    places
        By how many in all; 0 for ``cap``.
    by
        By how many each gives way, by number: experts for loads, results for the others, groups for
        ``groups`` and for ``experts`` (places that experts of the group are missing for).
    pairs
        The pairs of conflicts: result and expert.
    more
        How many more experts of each group, for ``experts``.
    cap
        The least cap in hundredths with which there is an assignment, for ``cap``.
    """

    what: What
    places: int
    by: Mapping[int, int] = field(default_factory=dict)
    pairs: tuple[tuple[int, int], ...] = ()
    more: Mapping[int, int] = field(default_factory=dict)
    cap: float | None = None


def repairs(problem: Problem, conflicts: Bools, seconds: float | None = None) -> tuple[Repair, ...]:
    """Return each kind of change that is enough by itself, the smallest first.

    Parameters
    ----------
    problem
        One without an assignment.
    conflicts
        Which pairs are not allowed for a conflict of interest, shape (results, experts).
    seconds
        How long the solver may take for each.

    Raises
    ------
    UnsolvedError
        The solver ran out of time, or failed.
    """
    fixes = [_repair(problem, conflicts, what, seconds) for what in REPAIRS]
    if not any(fixes) and problem.least.any():
        # Least loads that cannot be met hide what else is wrong.
        free = replace(problem, least=np.zeros_like(problem.least))
        fixes = [_repair(free, conflicts, what, seconds) for what in REPAIRS]
    return tuple(sorted((r for r in fixes if r is not None), key=lambda r: r.places))


def _repair(problem: Problem, conflicts: Bools, what: What, seconds: float | None) -> Repair | None:
    if what == "cap":
        return _by_cap(problem, seconds)
    if what == "conflicts":
        return _by_conflicts(problem, conflicts, seconds)
    if what == "experts":
        return _by_experts(problem, seconds)
    pairs = Pairs.of(problem.allowed)
    rows = constraints(problem, pairs)
    kind = {"least": rows.loads, "demand": rows.demands}.get(what) or getattr(rows, what)
    slack = np.array(kind, dtype=np.int64)
    if not len(slack):
        return None
    # A slack adds to what is too little, and takes from what is too much.
    sign = 1.0 if what in ("least", "groups", "demand") else -1.0
    values = _eased(problem, pairs, rows, slack, sign, seconds)
    if values is None or not values.any():
        return None
    return Repair(what, int(values.sum()), _by(values, problem, what))


def _by(values: Ints, problem: Problem, what: What) -> dict[int, int]:
    """Return by how many each expert, result or group gives way."""
    if what in ("units", "groups"):
        table = values.reshape(-1, problem.results)
        if what == "units":
            return _some(table.sum(axis=0))
        groups = np.flatnonzero(problem.of_group)
        return {int(groups[n]): count for n, count in _some(table.sum(axis=1)).items()}
    return _some(values)


def _some(values: Ints) -> dict[int, int]:
    return {int(n): int(values[n]) for n in np.flatnonzero(values)}


def _eased(
    problem: Problem,
    pairs: Pairs,
    rows: Rows,
    slack: Ints,
    sign: float,
    seconds: float | None,
) -> Ints | None:
    """Return the least slacks, one for each row that gives way; None where they do not help."""
    n = len(pairs)
    column = n + np.arange(len(slack), dtype=np.int64)
    gain = np.concatenate([np.zeros(n), -np.ones(len(slack))])
    high = np.concatenate([np.full(n, problem.cap), np.full(len(slack), np.inf)])
    values = solve(
        gain,
        rows.eased(slack, column, sign),
        high,
        whole=_whole(problem, n, len(slack)),
        seconds=seconds,
    )
    return None if values is None else np.round(values[n:]).astype(np.int64)


def _whole(problem: Problem, pairs: int, slacks: int) -> bool | Bools:
    """Return what is to be whole: under a cap pairs are probabilities, what gives way is not."""
    if problem.cap >= 1:
        return not problem.nested
    return np.arange(pairs + slacks) >= pairs


def _by_cap(problem: Problem, seconds: float | None) -> Repair | None:
    """Return the least cap, in hundredths, with which there is an assignment."""
    if problem.cap >= 1:
        return None
    pairs = Pairs.of(problem.allowed)
    rows = constraints(problem, pairs)

    def possible(hundredths: int) -> bool:
        high = np.full(len(pairs), hundredths / 100)
        return solve(np.zeros(len(pairs)), rows, high, whole=False, seconds=seconds) is not None

    low, high = int(100 * problem.cap), 100
    if not possible(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if possible(middle) else (middle, high)
    return Repair("cap", 0, cap=high / 100)


def _by_experts(problem: Problem, seconds: float | None) -> Repair | None:
    """Return the places that experts of each group are missing for, and how many that is."""
    pairs = Pairs.of(problem.allowed)
    rows = constraints(problem, pairs)
    groups, results = len(problem.of_group), problem.results
    n, count = len(pairs), groups * results
    column = n + np.arange(count, dtype=np.int64)
    every = np.tile(np.arange(results, dtype=np.int64), groups)
    eased = rows.eased(every, column, 1.0)
    start = rows.groups.start
    for place, group in enumerate(np.flatnonzero(problem.of_group).tolist()):
        mine = column[group * results : (group + 1) * results]
        row = start + place * results + np.arange(results, dtype=np.int64)
        eased = eased.eased(row, mine, 1.0)
    # Where any group would do, the first is named, not a few of each.
    price = 1 + _FIRST * np.repeat(np.arange(groups), results)
    gain = np.concatenate([np.zeros(n), -price])
    high = np.concatenate([np.full(n, problem.cap), np.full(count, np.inf)])
    values = solve(gain, eased, high, whole=_whole(problem, n, count), seconds=seconds)
    if values is None:
        return None
    places = np.round(values[n:]).astype(np.int64).reshape(groups, results)
    if not places.any():
        return None
    load = max(1, int(np.median(problem.most)) if problem.experts else results)
    more = {
        g: max(int(np.ceil(of.max() / problem.cap - 1e-9)), -(-int(of.sum()) // load))
        for g, of in enumerate(places)
        if of.any()
    }
    return Repair("experts", int(places.sum()), _some(places.sum(axis=1)), more=more)


def _by_conflicts(problem: Problem, conflicts: Bools, seconds: float | None) -> Repair | None:
    """Return the fewest pairs in conflict without which it is impossible.

    Under a cap they are enough, but a few less may be.
    """
    pairs = Pairs.of(problem.allowed | conflicts)
    rows = constraints(problem, pairs)
    gain: Floats = -conflicts[pairs.result, pairs.expert].astype(float)
    high = np.full(len(pairs), problem.cap)
    whole = problem.cap >= 1 and not problem.nested
    values = solve(gain, rows, high, whole=whole, seconds=seconds)
    if values is None:
        return None
    used = np.flatnonzero((values > (0.5 if problem.cap >= 1 else _USED)) & (gain < 0))
    if not len(used):
        return None
    named = tuple((int(pairs.result[i]), int(pairs.expert[i])) for i in used)
    return Repair("conflicts", len(named), pairs=named)
