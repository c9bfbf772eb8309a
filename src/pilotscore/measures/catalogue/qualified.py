"""How many batches qualified, and what share of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.measuring import BATCHES, COUNT, PERCENT, SHARE, Measure
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
    Measure(
        id="batches",
        title=Text("批次数", "batches"),
        unit=BATCHES,
        types=COUNT,
        place=10,
        figure=_batches,
    ),
    Measure(
        id="qualified_batches",
        title=Text("合格批次数", "qualified batches"),
        unit=BATCHES,
        types=COUNT,
        place=20,
        figure=lambda s: _count(s, s.qualification.qualified),
    ),
    Measure(
        id="consecutive_batches",
        title=Text("最长连续合格批次数", "qualified batches in a row"),
        unit=BATCHES,
        types=COUNT,
        place=30,
        figure=lambda s: _count(s, s.qualification.longest),
    ),
    Measure(
        id="qualified_rate",
        title=Text("批次合格率", "share of qualified batches"),
        unit=PERCENT,
        types=SHARE,
        place=40,
        figure=lambda s: _rate(s, s.qualification.qualified),
    ),
    Measure(
        id="first_pass_rate",
        title=Text("一次合格率", "first-pass rate"),
        unit=PERCENT,
        types=SHARE,
        place=50,
        figure=lambda s: _rate(s, s.qualification.first_pass),
    ),
)
