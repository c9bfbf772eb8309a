"""What is taken as uncertain when a ranking is put to the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, Literal

from pilotscore.criteria import CriteriaSet
from pilotscore.errors import UsageError
from pilotscore.language import Text, nearest
from pilotscore.ranking.robustness.weight_space import Span, check_spans
from pilotscore.records import dataclass

WeightRule = Literal["spread", "ranges", "order", "uniform", "stated"]
MissingRule = Literal["nothing", "drawn"]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What is drawn.

    Attributes
    ----------
    weights
        ``spread`` about the stated weights, within ``ranges``, in the stated ``order`` of
        importance alone, any (``uniform``), or as ``stated``.
    spread
        Relative standard deviation of a weight of average size.
    ranges
        By the id of a dimension, the range of its share of the whole; by the id of an indicator,
        of its share of its dimension.
    measurement
        Whether measured values vary within what measurement leaves uncertain.
    missing
        ``nothing``: what is missing scores nothing, as in the index; ``drawn``: anything from 0 to
        100.
    exponent
        The range of the exponent of the aggregation; None keeps that of the criteria set.
    value_functions
        How much value functions bend: scores become 100 (s/100)^g, with ln g uniform within
        +- ln(1 + this).
    """

    weights: WeightRule = "spread"
    spread: float = 0.2
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    measurement: bool = True
    missing: MissingRule = "nothing"
    exponent: tuple[float, float] | None = None
    value_functions: float = 0.0

    def amended(self, **changes: Any) -> Uncertainty:
        """Return it with what is given in place of its own; None leaves a part as it is.

        Ranges add to its own, and mean that weights are drawn within them unless ``weights`` says
        otherwise.
        """
        given = {name: value for name, value in changes.items() if value not in (None, {})}
        if "ranges" in given:
            given = {"weights": "ranges", **given, "ranges": {**self.ranges, **given["ranges"]}}
        return replace(self, **given)

    def spans(self, criteria: CriteriaSet) -> dict[str, list[Span]]:
        """Return the ranges of the dimensions ('') and of the indicators of each dimension.

        Raises
        ------
        UsageError
            A range of nothing known, or ranges that no weights satisfy.
        """
        groups = {
            "": [d.id for d in criteria.dimensions],
            **{d.id: [i.id for i in d.indicators] for d in criteria.dimensions},
        }
        known = {name for ids in groups.values() for name in ids}
        for name in self.ranges:
            if name not in known:
                near = nearest(name, sorted(known)) or ", ".join(groups[""])
                raise UsageError(
                    Text(
                        "权重范围中的 {name} 不是维度或指标，是否为 {near}？",
                        "{name}, in the ranges of weights, is no dimension or indicator; {near}?",
                    ).of(name=name, near=near)
                )
        by_group = {}
        for group, ids in groups.items():
            if group and not any(i in self.ranges for i in ids):
                continue
            spans = [Span(*self.ranges.get(i, (0.0, 1.0))) for i in ids]
            check_spans(spans, ids)
            by_group[group] = spans
        return by_group


def stated_by(criteria: CriteriaSet) -> Uncertainty:
    """Return what the criteria set's own part ``robustness`` asks for."""
    rules = criteria.robustness
    return Uncertainty(
        rules.weights,
        rules.spread,
        {r.id: r.share for r in rules.ranges},
        rules.measurement,
        rules.missing,
        rules.exponent,
        rules.value_functions,
    )
