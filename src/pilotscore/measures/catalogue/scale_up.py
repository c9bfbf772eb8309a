"""Whether the pilot plant reaches what the laboratory reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.criteria.measuring import (
    RATIO,
    Measure,
    Quantity,
    Verdict,
)
from pilotscore.language import NOTHING, Text
from pilotscore.measures import grouped
from pilotscore.measures.figures import Figure, Why
from pilotscore.measures.grouped import exact
from pilotscore.measures.scale_up import equivalence, ratio_of_means

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability

_LEAST_LAB = 2  # batches
_EQUIVALENT = Verdict("等效", "equivalent", good=True)
_NOT_SHOWN = Verdict("不能证明等效", "not shown to be equivalent")


def _no_lab(s: Stability) -> Bools:
    return np.asarray(grouped.counts(s.paired_lab[1]) < _LEAST_LAB)


def _ratio(s: Stability) -> Figure:
    ratio = ratio_of_means(s.batch_means, s.groups.starts, *s.paired_lab, s.measuring.confidence)
    reasons = [(Why.NO_LAB, _no_lab(s)), (Why.NEAR_ZERO, np.isnan(ratio.value))]
    return s.of_groups("scale_up_ratio", ratio, reasons)


def _equivalence(s: Stability) -> Figure:
    low, high = (np.full(len(s.groups), x) for x in s.measuring.margin)
    test = equivalence(
        s.batch_means, s.groups.starts, *s.paired_lab, (low, high), s.measuring.confidence
    )
    unknown = np.isnan(test.p_lower) & np.isnan(test.p_upper)
    reasons = [(Why.NO_LAB, _no_lab(s)), (Why.NEAR_ZERO, unknown)]
    return s.of_groups("equivalence", exact(test.equivalent.astype(np.float64)), reasons)


MEASURES = (
    Measure(
        "scale_up_ratio",
        Text("中试与小试之比", "ratio of pilot to lab"),
        RATIO,
        _ratio,
        basis="characteristic",
        least=3,
        place=210,
    ),
    Measure(
        "equivalence",
        Text("中试与小试等效", "pilot equivalent to lab"),
        Quantity(NOTHING, ("yes_no",)),
        _equivalence,
        basis="characteristic",
        least=3,
        place=220,
        verdict=lambda x: _EQUIVALENT if x.value else _NOT_SHOWN,
    ),
)
