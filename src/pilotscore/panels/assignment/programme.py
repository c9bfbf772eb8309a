"""The linear programme of an assignment, and its solution by HiGHS.

Source: an assignment with nested demands is a network flow, whose constraints are totally
unimodular (A. J. Hoffman, J. B. Kruskal, Integral boundary points of convex polyhedra, 1956), so
that a vertex of the linear programme is whole; where institutions cut across groups it is solved as
an integer programme.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.errors import SolverError
from pilotscore.language import Text
from pilotscore.panels.assignment.problem import Problem
from pilotscore.records import dataclass

_OUT_OF_TIME = 1  # of scipy.optimize.milp
_FAILED = Text("求解器出错（状态：{status}）", "the solver ended with an error (status: {status})")


class UnsolvedError(Exception):
    """The solver ran out of time without a solution and without saying that there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Constraints on pairs: row, pair, sign and bounds, as a sparse matrix is made of them.

    ``demands``, ``groups``, ``loads`` and ``units`` are the rows of each kind.
    """

    row: Ints
    column: Ints
    value: Floats
    low: Floats
    high: Floats
    demands: range
    groups: range
    loads: range
    units: range

    def eased(self, row: Ints, column: Ints, sign: float) -> Rows:
        """Return them with further variables in some rows: 1 adds to a row, -1 takes from it."""
        return replace(
            self,
            row=np.concatenate([self.row, row]),
            column=np.concatenate([self.column, column]),
            value=np.concatenate([self.value, np.full(len(row), sign)]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs that are considered: their results and experts."""

    result: Ints
    expert: Ints

    @classmethod
    def of(cls, considered: Bools) -> Pairs:
        """Return the pairs of a mask of shape (results, experts)."""
        result, expert = np.nonzero(considered)
        return cls(result.astype(np.int64), expert.astype(np.int64))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.result)


def constraints(problem: Problem, pairs: Pairs) -> Rows:
    """Return the constraints: demands, groups, loads, then institutions."""
    number = np.arange(len(pairs), dtype=np.int64)
    results, experts = problem.results, problem.experts
    demand = problem.demand.astype(float)
    rows, columns, low, high = [pairs.result], [number], [demand], [demand]

    def add(row: Ints, column: Ints, least: Floats, most: Floats) -> None:
        rows.append(sum(map(len, low)) + row)
        columns.append(column)
        low.append(least)
        high.append(most)

    for group in np.flatnonzero(problem.of_group).tolist():
        mine = problem.group[pairs.expert] == group
        least = np.full(results, float(problem.of_group[group]))
        add(pairs.result[mine], number[mine], least, np.full(results, np.inf))
    loads = sum(map(len, low))
    add(pairs.expert, number, problem.least.astype(float), problem.most.astype(float))
    for unit in problem.large_units.tolist():
        mine = problem.unit[pairs.expert] == unit
        most = np.full(results, float(problem.per_unit or 0))
        add(pairs.result[mine], number[mine], np.full(results, -np.inf), most)
    total = sum(map(len, low))
    row, column = (np.concatenate(x).astype(np.int64) for x in (rows, columns))
    return Rows(
        row,
        column,
        np.ones(len(row)),
        np.concatenate(low),
        np.concatenate(high),
        range(results),
        range(results, loads),
        range(loads, loads + experts),
        range(loads + experts, total),
    )


def solve(
    gain: Floats,
    rows: Rows,
    high: Floats | None = None,
    *,
    whole: bool | Bools,
    seconds: float | None = None,
) -> Floats | None:
    """Return the values of the variables with the greatest gain; None where there is no solution.

    Parameters
    ----------
    gain
        Of each variable, shape (n,).
    rows
        The constraints; variables that stand in none may have any value within their bounds.
    high
        The greatest value of each variable; 1 where None. The least is 0.
    whole
        Whether whole values are asked for where the programme does not give them by itself, of all
        variables or of each.
    seconds
        How long the solver may take.

    Raises
    ------
    UnsolvedError
        The solver ran out of time.
    SolverError
        It failed.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    n = len(gain)
    shape = (len(rows.low), n)
    matrix = csr_array((rows.value, (rows.row, rows.column)), shape=shape)
    solution = milp(
        -gain,
        constraints=LinearConstraint(matrix, rows.low, rows.high),
        bounds=Bounds(0.0, np.ones(n) if high is None else high),
        integrality=np.broadcast_to(np.asarray(whole, dtype=int), n),
        options={"time_limit": np.inf if seconds is None else seconds},
    )
    if solution.status == 2:
        return None
    if solution.status == _OUT_OF_TIME:
        raise UnsolvedError(str(solution.message))
    if solution.x is None or solution.status != 0:
        raise SolverError(_FAILED.of(status=str(solution.message)))
    values: Floats = np.asarray(solution.x, dtype=float)
    return values
