"""What a criteria file says of how its ranking is put to the test."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pilotscore.criteria.parts import Identifier, Part

Fraction = Annotated[float, Field(ge=0, le=1)]


class WeightRange(Part):
    """The range of a weight: of a dimension in the whole, or of an indicator in its dimension."""

    id: Identifier
    share: tuple[Fraction, Fraction]


class RobustnessRules(Part):
    """What is taken as uncertain by the command ``robustness``."""

    weights: Literal["spread", "ranges", "order", "uniform", "stated"] = Field(
        "spread", description="How weights are drawn."
    )
    spread: Annotated[float, Field(ge=0, le=2)] = Field(
        0.2, description="Relative standard deviation of a weight of average size."
    )
    ranges: tuple[WeightRange, ...] = ()
    measurement: bool = Field(True, description="Whether measured values vary in their bounds.")
    missing: Literal["nothing", "drawn"] = Field(
        "nothing", description="Whether what is missing scores nothing, or anything from 0 to 100."
    )
    exponent: tuple[float, float] | None = Field(
        None, description="Range of the exponent of the aggregation."
    )
    value_functions: Annotated[float, Field(ge=0, le=2)] = Field(
        0.0, description="How much value functions bend."
    )
