"""Whether a series of batches is in control, and stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.criteria.measuring import (
    PERCENT,
    Measure,
    Verdict,
)
from pilotscore.language import Text
from pilotscore.measures import grouped
from pilotscore.measures.drift import drift_percent
from pilotscore.measures.figures import Figure, Why
from pilotscore.measures.grouped import exact
from pilotscore.measures.run_rules import signal_rate

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability

_IN_CONTROL = Verdict("受控", "in control", good=True)
_SIGNALS = Verdict("有失控信号", "signals of loss of control")
_NO_DRIFT = Verdict("未见漂移", "no drift seen", good=True)
_DRIFT = Verdict("可能有漂移", "may drift")


def _signal_rate(s: Stability) -> Figure:
    constant = grouped.deviation(s.batch_means, s.groups.starts) == 0
    rate = signal_rate(s.signals, s.groups.starts)
    return s.of_groups("signal_rate", exact(rate), [(Why.CONSTANT, constant)])


def _drift(s: Stability) -> Figure:
    drift = drift_percent(s.drift, s.batch_means, s.groups.starts)
    return s.of_groups("drift", drift, [(Why.NEAR_ZERO, np.isnan(drift.value))])


MEASURES = (
    Measure(
        "signal_rate",
        Text("控制图失控点比例", "points flagged by run rules"),
        PERCENT,
        _signal_rate,
        basis="characteristic",
        least=8,
        place=140,
        verdict=lambda x: _IN_CONTROL if x.value == 0 else _SIGNALS,
    ),
    Measure(
        "drift",
        Text("漂移（均值的百分比）", "drift, percent of the mean"),
        PERCENT,
        _drift,
        basis="characteristic",
        least=5,
        place=150,
        verdict=lambda x: _DRIFT if x.low > 0 else _NO_DRIFT,
    ),
)
