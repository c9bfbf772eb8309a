"""How much of what went into batches came out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import (
    PERCENT,
    Bounded,
    Measure,
    Verdict,
)
from pilotscore.language import Text
from pilotscore.measures import grouped
from pilotscore.measures.figures import Figure, Why
from pilotscore.measures.grouped import Estimate
from pilotscore.measures.mass_balance import closure
from pilotscore.measures.selection import fresh

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability

_CLOSES_WELL = Verdict("闭合良好", "closes well", good=True)
_CLOSES = Verdict("闭合", "closes", good=True)
_NOT_SHOWN = Verdict("不能证明闭合", "not shown to close")


def _verdict(closure: Bounded) -> Verdict:
    if closure.low >= 98 and closure.high <= 102:
        return _CLOSES_WELL
    return _CLOSES if closure.low >= 95 and closure.high <= 105 else _NOT_SHOWN


def _masses(s: Stability, role: str) -> Floats:
    """Return the mass of all streams of a role in each batch, nan where none is stated."""
    data, v = s.data, s.data.values
    roles = np.array([t.role for t in data.characteristics], dtype=str)
    which = fresh(data, s.counted.judged) & (
        roles[v.characteristic] == role if len(roles) else False
    )
    masses = np.full(len(data.batches), np.nan)
    masses[v.batch[which]] = 0
    np.add.at(masses, v.batch[which], v.value[which])
    return masses


def _blocked(s: Stability) -> Bools:
    blocked = s.blocked_results("batches")
    for block in s.data.blocks:
        role = (
            s.data.characteristics[block.characteristic].role if block.characteristic >= 0 else ""
        )
        blocked[block.result] |= block.what == "values" and role in ("input", "output")
    return blocked


def _mass_balance(s: Stability) -> Figure:
    intake, output = _masses(s, "input"), _masses(s, "output")
    some = np.flatnonzero(np.isfinite(intake) & np.isfinite(output))
    starts = grouped.starts_of(s.data.batches.result[some], len(s.data.ids))
    balance = closure(output[some], intake[some], starts, s.measuring.confidence)
    reasons = [(Why.BAD_DATA, _blocked(s)), (Why.NO_MASSES, np.diff(starts) == 0)]
    estimate = Estimate(balance.overall, balance.mean.low, balance.mean.high)
    return s.of_results(estimate, balance.counted, reasons)


MEASURES = (
    Measure(
        "mass_balance",
        Text("物料平衡闭合率", "mass balance closure"),
        PERCENT,
        _mass_balance,
        place=240,
        verdict=_verdict,
    ),
)
