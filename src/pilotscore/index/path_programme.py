"""The grade to reach as an integer programme: which moves, of least effort, meet its conditions."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import numpy as np

from pilotscore import highs
from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.condition import (
    AllOf,
    Among,
    AnyOf,
    Compare,
    Condition,
    InState,
    evaluate,
)
from pilotscore.index.assessment import Assessment
from pilotscore.index.moves import Move
from pilotscore.index.reasons import Reason
from pilotscore.language import Text
from pilotscore.records import dataclass

_GAP = 0.001
_SECONDS = 2.0
SLACK = 1e-7


@dataclass(frozen=True, slots=True)
class Aim:
    """The grade that a result is to reach, by which moves."""

    assessment: Assessment
    i: int
    target: int
    moves: list[Move]


def _meets(value: float, level: float, *, low: bool) -> bool:
    """Say whether a level is met; nan, where there is no value, meets none."""
    return value <= level if low else value >= level


@dataclass(slots=True)
class ConditionRow:
    """One condition: the sum of what the chosen moves bring must be at least ``least``.

    ``sure`` says that no set of moves goes without it where what they bring adds up.
    """

    what: str
    gains: Floats
    least: float
    sure: bool = True


class Conditions:
    """The conditions of the target grade as rows of an integer programme."""

    def __init__(self, aim: Aim, alone: Assessment) -> None:
        self.aim, self.alone = aim, alone
        a, i, criteria = aim.assessment, aim.i, aim.assessment.criteria
        grade = criteria.grades[aim.target]
        self.rows: list[ConditionRow] = []
        self.cuts: list[frozenset[int]] = []
        self.blocked: list[Reason] = []
        dims = np.nan_to_num(alone.dimensions) - np.nan_to_num(a.dimensions[i])
        self._at_least("index", alone.index - a.index[i], grade.index - float(a.index[i]))
        for k, dimension in enumerate(criteria.dimensions):
            floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
            now = float(np.nan_to_num(a.dimensions[i, k]))
            self._at_least(f"d{k}", dims[:, k], floor - now)
        for name, level in grade.levels.items():
            j = criteria.indicator_position[name]
            low = criteria.indicators[j].direction == "min"
            now = float(a.measurements.values[i, j])
            if not _meets(now, level, low=low):
                meets = [
                    m.indicator == j and m.value is not None and _meets(m.value, level, low=low)
                    for m in aim.moves
                ]
                self._one_of(f"level {name}", np.array(meets), None)
        for g, gate in enumerate(criteria.gates):
            cap = criteria.grade_position[gate.cap] if gate.cap else 0
            if a.gates.closed[i, g] and cap > aim.target:
                self._open(g, gate.condition)

    def _at_least(self, what: str, gains: Floats, least: float) -> None:
        if least > SLACK:
            self.rows.append(ConditionRow(what, gains, least))

    def _one_of(self, what: str, meets: Bools, gate: int | None, *, sure: bool = True) -> None:
        if meets.any():
            self.rows.append(ConditionRow(what, meets.astype(float), 1.0, sure))
        elif gate is not None:
            closed = self.aim.assessment.criteria.gates[gate]
            text = Text("{gate}（{advice}）", "{gate} ({advice})")
            advice = closed.advice or closed.title
            self.blocked.append(Reason("gate", text.of(gate=closed.title, advice=advice)))
        else:
            text = Text("等级要求无法达到", "a level that is asked for cannot be reached")
            self.blocked.append(Reason("level", text))

    def _open(self, gate: int, condition: Condition) -> None:
        """Add what opens a closed gate: every part of an `or` made false, one of an `and`."""
        a, i = self.aim.assessment, self.aim.i
        if isinstance(condition, AnyOf):
            for part in condition.parts:
                if evaluate(part, a.names).holds[i]:
                    self._open(gate, part)
            return
        if isinstance(condition, Compare) and isinstance(condition.other, float):
            shares = {"evidence_share": 1.0, "required_without_evidence": -1.0}
            sign = shares.get(condition.name)
            if sign is not None:
                there = self.alone.names[condition.name].values.astype(float)
                now = float(a.names[condition.name].values[i])
                strict = 0.0 if condition.operator in ("<", ">") else 1e-6
                if condition.name == "required_without_evidence" and strict:
                    strict = 1.0
                self._at_least(
                    condition.name, sign * (there - now), sign * (condition.other - now) + strict
                )
                return
        opens = ~evaluate(condition, self.alone.names).holds
        what = "and" if isinstance(condition, AllOf) else "gate"
        self._one_of(f"{what} {gate}", opens, gate, sure=_opened_by_one(condition, a.names))

    def tighten(self, scored: Assessment, chosen: list[int]) -> None:
        """Ask for more where scoring again fell short; else rule this combination out."""
        grade = self.aim.assessment.criteria.grades[self.aim.target]
        short = {"index": grade.index - float(scored.index[0])}
        for k, dimension in enumerate(self.aim.assessment.criteria.dimensions):
            floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
            short[f"d{k}"] = floor - float(np.nan_to_num(scored.dimensions[0, k]))
        lacking = [row for row in self.rows if short.get(row.what, 0.0) > SLACK]
        for row in lacking:
            row.least += short[row.what]
        if not lacking:
            self.cuts.append(frozenset(chosen))


def _opened_by_one(condition: Condition, names: Container[str]) -> bool:
    """Whether a condition that holds is made false by a change of one indicator, or by none."""
    match condition:
        case AllOf(parts):
            return all(_opened_by_one(part, names) for part in parts)
        case Compare():
            return condition.other not in names
        case Among() | InState():
            return True
        case _:
            return False


def solve(rows: Conditions, moves: list[Move]) -> tuple[list[int] | None, bool]:
    """Choose moves of least effort that meet every row; None where there are none."""
    import highspy

    n = len(moves)
    owner = np.array([m.indicator for m in moves])
    matrix = [(owner == j).astype(float) for j in np.unique(owner)]
    low, high = [0.0] * len(matrix), [1.0] * len(matrix)
    for row in rows.rows:
        matrix.append(row.gains)
        low.append(row.least)
        high.append(highspy.kHighsInf)
    for cut in rows.cuts:
        matrix.append(np.isin(np.arange(n), list(cut)).astype(float))
        low.append(0.0)
        high.append(len(cut) - 1.0)
    columns = np.array(matrix).T
    entries = [np.flatnonzero(column) for column in columns]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, len(matrix)
    model.col_cost_ = np.array([m.effort for m in moves])
    model.col_lower_, model.col_upper_ = np.zeros(n), np.ones(n)
    model.row_lower_, model.row_upper_ = np.array(low), np.array(high)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(e) for e in entries])])
    model.a_matrix_.index_ = np.concatenate(entries) if entries else np.array([], dtype=int)
    model.a_matrix_.value_ = np.concatenate(
        [column[e] for column, e in zip(columns, entries, strict=True)]
    )
    model.integrality_ = [highspy.HighsVarType.kInteger] * n
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_rel_gap", _GAP)
    solver.setOptionValue("time_limit", _SECONDS)
    solver.passModel(model)
    highs.run(solver)
    solution = np.array(solver.getSolution().col_value)
    if len(solution) != n or solver.getInfo().primal_solution_status != 2:
        return None, False
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.flatnonzero(solution > 0.5).tolist(), optimal
