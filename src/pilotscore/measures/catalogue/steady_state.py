"""How much of a time series is in steady state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.criteria.measuring import (
    PERCENT,
    Measure,
)
from pilotscore.language import Text
from pilotscore.measures import grouped
from pilotscore.measures.figures import Figure, Why, figure
from pilotscore.measures.grouped import exact

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability

_LEAST = 50  # readings


def _steady_share(s: Stability) -> Figure:
    result, characteristic, starts = s.series
    count = grouped.counts(starts)
    share = exact(s.steadiness.share)
    return figure((result, characteristic), share, count, [(Why.TOO_FEW, count < _LEAST)])


MEASURES = (
    Measure(
        "steady_share",
        Text("稳态时间占比", "share of time in steady state"),
        PERCENT,
        _steady_share,
        basis="characteristic",
        least=_LEAST,
        place=200,
        row=250,
    ),
)
