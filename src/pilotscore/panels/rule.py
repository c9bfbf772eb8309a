"""The rule by which the scores of a panel become one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pilotscore.records import dataclass

How = Literal["mean", "median", "trimmed", "drop", "minimum"]
HOWS: tuple[How, ...] = ("mean", "median", "trimmed", "drop", "minimum")
Correction = Literal["none", "standardise", "severity"]


@dataclass(frozen=True, slots=True)
class PanelRule:
    """How scores become one value.

    Parameters
    ----------
    how
        ``mean``; ``median``; ``trimmed``: the mean without the share ``trim`` at each end, rounded
        down to whole scores; ``drop``: the mean without the ``drop`` highest and lowest scores
        (去掉最高分和最低分), from ``drop_from`` scores on; ``minimum``.
    group_weights
        The share of each group of experts; where some are given, each group has one value by
        ``how``, and these are combined by their shares.
    least, least_by_group
        How many scores a result needs; with fewer the panel is incomplete and there is no value.
    correction
        ``standardise``: to 50 + 10 z by expert; ``severity``: less each expert's severity by the
        model of :mod:`pilotscore.panels.severity`.
    scale
        The least and the greatest score there can be.
    level
        Of the interval beside each value.
    first_share
        How much the first stage of a two-stage review counts beside the second, from 0 (the second
        replaces it) to less than 1.
    """

    how: How = "mean"
    drop: int = 1
    drop_from: int = 5
    trim: float = 0.2
    group_weights: Mapping[str, float] = field(default_factory=dict)
    least: int = 1
    least_by_group: Mapping[str, int] = field(default_factory=dict)
    correction: Correction = "none"
    scale: tuple[float, float] = (0.0, 100.0)
    level: float = 0.95
    first_share: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no rule.

        Raises
        ------
        ValueError
            Naming it.
        """
        if self.how not in HOWS:
            raise ValueError(f"no rule of panels: {self.how}")
        if self.drop < 0 or not 0 <= self.trim < 0.5:
            raise ValueError("drop is 0 or more, trim from 0 to less than 0.5")
        if self.drop_from <= 2 * self.drop and self.how == "drop":
            raise ValueError("drop_from leaves no score: it is to be above twice drop")
        if not 0 <= self.first_share < 1:
            raise ValueError("the share of the first stage is from 0 to less than 1")
        if any(not share > 0 for share in self.group_weights.values()):
            raise ValueError("shares of groups are above 0")
