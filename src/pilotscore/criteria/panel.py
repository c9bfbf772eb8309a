"""The rule by which scores of a panel of experts become one value, as a criteria set says it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotscore.criteria.parts import Part

PanelHow = Literal["mean", "median", "trimmed", "drop", "minimum"]
PanelCorrection = Literal["none", "standardise", "severity"]


_SHARE_SCHEMA = {
    "anyOf": [{"const": "replace"}, {"type": "number", "minimum": 0, "exclusiveMaximum": 1}]
}


def _share_of_first(stated: Any) -> Any:
    """Return the share of the first stage; anything else is left for what checks numbers."""
    return 0.0 if stated == "replace" else stated


class PanelSettings(Part):
    """How scores of experts become one value; see docs/panels.md."""

    how: PanelHow = Field(
        "mean",
        description="mean, median, trimmed (a share at each end), drop (a number at each end), or "
        "minimum.",
    )
    drop: Annotated[int, Field(ge=0)] = Field(
        1, description="drop: how many of the highest, and as many of the lowest, are left out."
    )
    drop_from: Annotated[int, Field(ge=1)] = Field(
        5, description="drop: from how many scores on; with fewer all count."
    )
    trim: Annotated[float, Field(ge=0, lt=0.5)] = Field(
        0.2, description="trimmed: the share left out at each end, in whole scores."
    )
    groups: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict, description="The share of each group of experts, whoever is present."
    )
    least: Annotated[int, Field(ge=1)] = Field(
        1, description="How many scores a result needs; with fewer the panel is incomplete."
    )
    least_by_group: dict[str, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="How many of them from each group."
    )
    correction: PanelCorrection = Field(
        "none",
        description="standardise (50 + 10 z by expert) or severity (by the model), where experts "
        "can be compared.",
    )
    stages: Annotated[
        float, Field(ge=0, lt=1), BeforeValidator(_share_of_first), WithJsonSchema(_SHARE_SCHEMA)
    ] = Field(
        0.0,
        description="Of a two-stage review: replace (the second stage stands for the first, as a "
        "share of 0 says too), or the share of the first, such as 0.4.",
    )
    scale: tuple[float, float] | None = Field(
        None, description="The least and the greatest score there can be."
    )
    discuss_above: Annotated[float, Field(gt=0)] = Field(
        20.0,
        description="Scores further apart than so many hundredths of the scale go to discussion.",
    )
