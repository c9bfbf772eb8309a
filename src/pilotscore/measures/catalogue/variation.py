"""How much batches differ from each other, and samples of one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.measuring import (
    PERCENT,
    Bounded,
    Measure,
    Verdict,
)
from pilotscore.language import Text
from pilotscore.measures import grouped
from pilotscore.measures.figures import Figure, Reasons, Why
from pilotscore.measures.grouped import exact
from pilotscore.measures.resolution import same_values, with_resolution
from pilotscore.measures.variation import rsd

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability

_STEPS = (
    (2.0, Verdict("很一致", "very consistent", good=True)),
    (5.0, Verdict("一致", "consistent", good=True)),
    (10.0, Verdict("波动较大", "rather variable")),
)  # own defaults
_VARIABLE = Verdict("不一致", "not consistent")


def _verdict(relative: Bounded) -> Verdict:
    return next((text for most, text in _STEPS if relative.high <= most), _VARIABLE)


def _rsd(s: Stability) -> Figure:
    starts, confidence = s.groups.starts, s.measuring.confidence
    plain = rsd(s.batch_means, starts, confidence)
    bounded = with_resolution(plain, s.batch_means, starts, confidence)
    near_zero = np.isnan(plain.value)
    # Means that are the same of samples that are not are chance, not the instrument.
    chance = same_values(s.batch_means, starts) & ~same_values(
        s.groups.values, s.groups.value_starts
    )
    hidden = chance | (np.isnan(bounded.value) & ~near_zero)
    return s.of_groups("rsd", bounded, [(Why.NEAR_ZERO, near_zero), (Why.CONSTANT, hidden)])


def _component(s: Stability, measure: str, plain: Floats, of_parts: Floats) -> Figure:
    """Return a variance component; where casks or drums are stated, that of three levels."""
    g, percent = s.groups, np.where(s.nested.known, of_parts, plain)
    single = grouped.counts(g.value_starts) <= grouped.counts(g.starts)
    same = same_values(g.values, g.value_starts)
    reasons: Reasons = [
        (Why.NO_SAMPLES, single),
        (Why.NEAR_ZERO, np.isnan(percent)),
        (Why.CONSTANT, same),
    ]
    return s.of_groups(measure, exact(percent), reasons)


def _parts(s: Stability) -> Figure:
    reasons: Reasons = [(Why.NO_PARTS, np.isnan(s.nested.part_rsd))]
    return s.of_groups("part_rsd", exact(s.nested.part_rsd), reasons)


MEASURES = (
    Measure(
        "rsd",
        Text("批间相对标准偏差", "batch-to-batch RSD"),
        PERCENT,
        _rsd,
        basis="characteristic",
        least=3,
        place=60,
        verdict=_verdict,
    ),
    Measure(
        "between_rsd",
        Text("批间变异（方差分量）", "between-batch RSD (variance component)"),
        PERCENT,
        lambda s: _component(s, "between_rsd", s.components.between_rsd, s.nested.batch_rsd),
        basis="characteristic",
        least=3,
        place=70,
    ),
    Measure(
        "part_rsd",
        Text("批内各桶（罐、子批）间变异（方差分量）", "RSD between casks of a batch (component)"),
        PERCENT,
        _parts,
        basis="characteristic",
        least=2,
        place=75,
    ),
    Measure(
        "within_rsd",
        Text("批内变异（方差分量）", "within-batch RSD (variance component)"),
        PERCENT,
        lambda s: _component(s, "within_rsd", s.components.within_rsd, s.nested.sample_rsd),
        basis="characteristic",
        least=3,
        place=80,
    ),
)
