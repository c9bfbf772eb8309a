"""What the order would be under each other rule: how far ranks move, and who crosses the line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.panels.rule import HOWS, PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.panels.stages import pooled
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class UnderRule:
    """The order under one rule.

    ``rank`` is from 1, equals with the same, 0 without a value; ``crosses`` marks results that are
    on the other side of the line than by the panel's own rule (none without a line).
    """

    rule: PanelRule
    value: Floats
    rank: Ints
    moved: Ints
    crosses: Bools


def ranks(value: Floats) -> Ints:
    """Return ranks from 1, the greatest first, equals the same; 0 where there is no value."""
    known = ~np.isnan(value)
    kept = np.round(value[known], 9)
    order = np.sort(-kept)
    rank = np.zeros(len(value), dtype=np.int64)
    rank[known] = np.searchsorted(order, -kept, side="left") + 1
    return rank


def under_other_rules(
    scores: Scores,
    rule: PanelRule,
    groups: tuple[str, ...] = (),
    places: int | None = None,
    second: Scores | None = None,
) -> tuple[UnderRule, ...]:
    """Return the order under the panel's own rule and then under each other way of combining.

    Parameters
    ----------
    scores
        On one indicator or overall, after correction.
    rule
        The panel's own.
    places
        How many are funded, where there is a line.
    second
        Of a second stage, where there is one.
    """
    own = pooled(scores, rule, groups, second)[0].value
    base = ranks(own)
    orders = [UnderRule(rule, own, base, np.zeros_like(base), np.zeros(len(base), dtype=bool))]
    for how in HOWS:
        if how == rule.how:
            continue
        other = replace(rule, how=how)
        value = pooled(scores, other, groups, second)[0].value
        rank = ranks(value)
        moved = np.where((base > 0) & (rank > 0), base - rank, 0)
        crosses = np.zeros(len(base), dtype=bool)
        if places is not None:
            crosses = _inside(base, places) != _inside(rank, places)
        orders.append(UnderRule(other, value, rank, moved, crosses))
    return tuple(orders)


def _inside(rank: Ints, places: int) -> Bools:
    return (rank > 0) & (rank <= places)
