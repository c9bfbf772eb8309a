"""The order in which money is given: the ranking, and a logged chain of tie-breaks within it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import Call
from pilotscore.criteria.call import TieBreak
from pilotscore.language import Text, same
from pilotscore.ranking import Ranking
from pilotscore.records import dataclass

BY_ID = Text("编号的自然顺序", "the natural order of the ids")


@dataclass(frozen=True, slots=True)
class TieBroken:
    """Two results of the same rank, and what put the first before the second."""

    first: int
    second: int
    by: str
    text: Text


def break_ties(ranking: Ranking, call: Call, requested: Ints) -> tuple[Ints, tuple[TieBroken, ...]]:
    """Return the order after the chain of tie-breaks, and what decided between each pair.

    Within equal ranks the rules of the call are compared one after the other (to nine decimals; a
    value that is missing loses); what they leave equal stands in the natural order of the ids. The
    ranks themselves do not change.
    """
    order = list(ranking.order)
    keys = [(rule.by, _key(ranking, rule, requested)) for rule in call.tie_breaks]
    broken: list[TieBroken] = []
    start = 0
    while start < len(order):
        rank = ranking.ranks[order[start]]
        end = start + 1
        while end < len(order) and rank > 0 and ranking.ranks[order[end]] == rank:
            end += 1
        if end - start > 1:
            place = {i: k for k, i in enumerate(order[start:end])}
            group = sorted(place, key=lambda i: (*(v[i] for _, v in keys), place[i]))
            order[start:end] = group
            broken += [_decided(ranking, a, b, keys) for a, b in pairwise(group)]
        start = end
    return np.array(order, dtype=np.int64), tuple(broken)


def _key(ranking: Ranking, rule: TieBreak, requested: Ints) -> Floats:
    """Return what a rule sorts by, the least first."""
    values = _values(ranking, rule.by, requested) * (-1 if rule.prefer == "high" else 1)
    return np.where(np.isnan(values), np.inf, np.round(values, 9))


def _values(ranking: Ranking, name: str, requested: Ints) -> Floats:
    a = ranking.assessment
    if name == "index":
        return a.index
    if name == "requested":
        return requested.astype(float)
    ids = [d.id for d in a.criteria.dimensions]
    if name in ids:
        return a.dimensions[:, ids.index(name)]
    return np.asarray(a.names[name].values, dtype=float)


def _decided(ranking: Ranking, a: int, b: int, keys: list[tuple[str, Floats]]) -> TieBroken:
    criteria = ranking.assessment.criteria
    titles = {q.id: q.title for q in (*criteria.dimensions, *criteria.quantities)}
    titles |= {
        "index": Text("指数", "the index"),
        "requested": Text("申请金额", "the sum asked for"),
    }
    for name, values in keys:
        if values[a] != values[b]:
            return TieBroken(a, b, name, titles.get(name, same(name)))
    return TieBroken(a, b, "id", BY_ID)
