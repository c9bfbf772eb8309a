"""Of those that would be funded, how many other experts of the same kind would fund again.

Source: the bootstrap of reviewers with which the Volkswagen Foundation's trial of 2024 reported how
many of its ten grants stay funded; the same statistic as N. Graves, A. G. Barnett, P. Clarke,
Funding grant proposals for scientific research, BMJ 343 (2011) d4797.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.panels.central import Central
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.panels.stages import pooled, together
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class FundedAgain:
    """How the first ``places`` would change with other experts.

    Parameters
    ----------
    places
        How many are funded.
    again
        How many of them would be funded again, on average over the draws.
    chance
        The chance of each result to be among the first, shape (results,); nan without a value.
    draws
        How many there were.
    """

    places: int
    again: float
    chance: Floats
    draws: int


def funded_again(
    scores: Scores,
    rule: PanelRule,
    places: int,
    groups: tuple[str, ...] = (),
    *,
    draws: int = 500,
    seed: int = 0,
    second: Scores | None = None,
) -> FundedAgain | None:
    """Draw the experts of each result anew, with replacement, and see who is among the first.

    Results that are equal at the line share its places.

    Parameters
    ----------
    scores
        On one indicator or overall, after correction.
    rule
        By which they become one value.
    places
        How many are funded.
    groups
        The group of each expert, where the rule has groups: drawn within the group.
    second
        Of a second stage, where there is one: its experts are drawn anew too.

    Returns
    -------
    FundedAgain
        None where there are no more results than places.
    """
    base = pooled(scores, rule, groups, second)[0].value
    known = ~np.isnan(base)
    if not 0 < places < known.sum():
        return None
    now = _first(base, places)
    inside = np.flatnonzero(now)
    random = np.random.default_rng(seed)
    total, again = np.zeros(scores.results), 0.0
    stages = [
        (_strata(s, rule, groups), Central(s, rule, groups))
        for s in (scores, second)
        if s is not None
    ]
    rescored = np.zeros(scores.results, dtype=bool) if second is None else second.count > 0
    for _ in range(draws):
        values = [central.of(_drawn(strata, random)) for strata, central in stages]
        value = together(values[0], values[-1], rescored, rule.first_share)
        # The same experts are there in each draw, so that a value is missing where it is.
        first = _first(np.where(known, value, np.nan), places)
        total += first
        again += float((first[inside] * now[inside]).sum())
    chance = np.where(known, total / draws, np.nan)
    return FundedAgain(places, again / draws, chance, draws)


def _strata(
    scores: Scores, rule: PanelRule, groups: tuple[str, ...]
) -> tuple[Ints | None, Ints, Ints]:
    """Return the order of scores by result and group, and where each one's stratum is.

    The order is None where it is that of the scores.
    """
    group = np.zeros(len(scores.score), dtype=np.int64)
    if rule.group_weights:
        _, of_expert = np.unique(np.array(groups, dtype=str), return_inverse=True)
        group = of_expert[scores.expert]
    key = scores.result * (group.max(initial=0) + 1) + group
    order = np.argsort(key, kind="stable")
    _, first, size = np.unique(key[order], return_index=True, return_counts=True)
    as_given = bool((np.diff(order) == 1).all())
    return None if as_given else order, np.repeat(first, size), np.repeat(size, size)


def _drawn(strata: tuple[Ints | None, Ints, Ints], random: np.random.Generator) -> Ints:
    """Return for each score the number of the one that stands for it."""
    order, first, size = strata
    place: Ints = first + (random.random(len(first)) * size).astype(np.int64)
    if order is None:
        return place
    taken = np.empty(len(order), dtype=np.int64)
    taken[order] = order[place]
    return taken


def _first(value: Floats, places: int) -> Floats:
    """Return the share of a place among the first that each result has: equals share the line."""
    known = np.where(np.isnan(value), -np.inf, np.round(value, 9))
    line = np.partition(known, len(known) - places)[len(known) - places]
    above, at = known > line, known == line
    share: Floats = above + at * ((places - above.sum()) / at.sum())
    return share
