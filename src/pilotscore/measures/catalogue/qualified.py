"""How many batches qualified, and what share of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.measuring import (
    COUNT,
    PERCENT,
    Measure,
)
from pilotscore.language import Text
from pilotscore.measures.figures import Figure, Reasons, Why
from pilotscore.measures.grouped import Estimate, exact
from pilotscore.measures.proportions import wilson

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability


def _no_batches(s: Stability) -> Reasons:
    return [
        (Why.BAD_DATA, s.blocked_results("batches", "values", "limits")),
        (Why.NO_DATA, s.qualification.batches == 0),
        (Why.NO_KEY, s.lacks_key),
    ]


def _undecided(s: Stability) -> Reasons:
    return [*_no_batches(s), (Why.NO_LIMITS, ~s.qualification.decided)]


def _batches(s: Stability) -> Figure:
    count = s.qualification.batches
    return s.of_results(exact(count), count.astype(np.int64), _no_batches(s))


def _count(s: Stability, of: Floats) -> Figure:
    return s.of_results(exact(of), s.qualification.batches.astype(np.int64), _undecided(s))


def _rate(s: Stability, of: Floats) -> Figure:
    batches = s.qualification.batches
    share = wilson(of, batches, s.measuring.confidence)
    percent = Estimate(100 * share.value, 100 * share.low, 100 * share.high)
    return s.of_results(percent, batches.astype(np.int64), _undecided(s))


MEASURES = (
    Measure("batches", Text("批次数", "batches"), COUNT, _batches, place=10),
    Measure(
        "qualified_batches",
        Text("合格批次数", "qualified batches"),
        COUNT,
        lambda s: _count(s, s.qualification.qualified),
        place=20,
    ),
    Measure(
        "consecutive_batches",
        Text("最长连续合格批次数", "qualified batches in a row"),
        COUNT,
        lambda s: _count(s, s.qualification.longest),
        place=30,
    ),
    Measure(
        "qualified_rate",
        Text("批次合格率", "share of qualified batches"),
        PERCENT,
        lambda s: _rate(s, s.qualification.qualified),
        place=40,
    ),
    Measure(
        "first_pass_rate",
        Text("一次合格率", "first-pass rate"),
        PERCENT,
        lambda s: _rate(s, s.qualification.first_pass),
        place=50,
    ),
)
