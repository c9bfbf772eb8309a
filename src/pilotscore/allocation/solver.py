"""Linear and integer programmes solved by HiGHS: one thread, one seed, whatever ran before.

A programme of very few columns is solved without the heuristics that solve programmes of their own
(RINS, RENS, reduced cost), without cuts below the root and without trial branching: of the small
programmes near a relaxation hundreds are solved in a run, and they take half the time so (measured
on calls of 300 and 3,000 results, HiGHS 1.15). From some 200 columns on it needs them.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np

from pilotscore.allocation.milp import Model
from pilotscore.arrays import Floats
from pilotscore.highs import run
from pilotscore.records import dataclass

Status = Literal["optimal", "infeasible", "stopped"]
_Options = tuple[tuple[str, bool | float | int], ...]
_FEW_COLUMNS = 1_000
_VERY_FEW = 120
_VERY_FEW_WITH_A_START = 250
# What takes longer than the search does.
_OF_FEW: _Options = (
    ("mip_heuristic_run_feasibility_jump", False),
    ("mip_allow_restart", False),
)
_OF_VERY_FEW: _Options = (
    ("mip_heuristic_run_rins", False),
    ("mip_heuristic_run_rens", False),
    ("mip_heuristic_run_root_reduced_cost", False),
    ("mip_heuristic_effort", 0.0),
    ("mip_allow_cut_separation_at_nodes", False),
    ("mip_detect_symmetry", False),
    ("mip_pscost_minreliable", 0),
    # These only round, and often end it at the root.
    ("mip_heuristic_run_zi_round", True),
    ("mip_heuristic_run_shifting", True),
)


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What a solver answers: the columns (None where it found none) and a bound on the gain."""

    columns: Floats | None
    bound: float
    status: Status
    duals: Floats | None = None


def solve(
    model: Model,
    *,
    gap: float,
    seconds: float,
    room: float = 0.0,
    start: Floats | None = None,
    relaxed: bool = False,
) -> Solved:
    """Solve a programme with HiGHS, in this process, one thread, the same seed.

    Parameters
    ----------
    gap, room
        Within how much of the best to stop: relative, and in value.
    start
        Columns to begin from.
    relaxed
        Let columns be fractions: bound and prices (``duals``, value for 1 of a row) of the linear
        relaxation.
    """
    import highspy

    top = float(np.abs(model.gain).max(initial=0.0))
    scale = 2.0 ** (10 - math.frexp(top)[1]) if top > 0 else 1.0
    if not len(model.gain):
        holds = bool(((model.low <= 0) & (model.high >= 0)).all())
        return Solved(np.zeros(0) if holds else None, 0.0, "optimal" if holds else "infeasible")
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
    begun = start is not None and not relaxed
    _set(solver, gap=gap, room=room * scale, seconds=seconds)
    for name, value in _left_out(len(model.gain), begun=begun):
        solver.setOptionValue(name, value)
    solver.passModel(_programme(model, scale, relaxed=relaxed))
    if start is not None and begun:
        guess = highspy.HighsSolution()
        guess.col_value = start.tolist()
        solver.setSolution(guess)
    run(solver)
    status = solver.getModelStatus()
    stati = highspy.HighsModelStatus
    if status in (stati.kInfeasible, stati.kUnboundedOrInfeasible):
        return Solved(None, -math.inf, "infeasible")
    info, solution = solver.getInfo(), solver.getSolution()
    optimal = status == stati.kOptimal
    bound = (info.objective_function_value if relaxed else info.mip_dual_bound) / scale
    if not math.isfinite(bound) or (relaxed and not optimal):
        bound = math.inf
    columns = np.array(solution.col_value) if info.primal_solution_status == 2 else None
    duals = np.array(solution.row_dual) / scale if relaxed and optimal else None
    return Solved(columns, bound, "optimal" if optimal else "stopped", duals)


def _programme(model: Model, scale: float, *, relaxed: bool) -> Any:
    """Return a model as HiGHS takes it, the gains by a scale."""
    import highspy

    width = len(model.gain)
    order = np.lexsort((model.row, model.column))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = width, len(model.low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = model.gain * scale
    lp.col_lower_, lp.col_upper_ = np.zeros(width), np.ones(width)
    lp.row_lower_ = np.where(np.isneginf(model.low), -highspy.kHighsInf, model.low)
    lp.row_upper_ = np.where(np.isposinf(model.high), highspy.kHighsInf, model.high)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    counts = np.bincount(model.column, minlength=width)
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)])
    lp.a_matrix_.index_ = model.row[order]
    lp.a_matrix_.value_ = model.entry[order]
    if not relaxed:
        whole, fraction = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [fraction if o == -1 else whole for o in model.offers.tolist()]
    return lp


def _set(solver: Any, *, gap: float, room: float, seconds: float) -> None:
    """Set how a solver works, and when it stops."""
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", room),
        ("mip_feasibility_tolerance", 1e-9),
        ("time_limit", max(seconds, 0.01)),
    ):
        solver.setOptionValue(name, value)


def _left_out(columns: int, *, begun: bool) -> _Options:
    """Return the options that leave out what a programme of few columns is solved without."""
    if columns > _FEW_COLUMNS:
        return ()
    very_few = columns <= (_VERY_FEW_WITH_A_START if begun else _VERY_FEW)
    return (*_OF_FEW, *(_OF_VERY_FEW if very_few else ()))
