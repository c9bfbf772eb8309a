"""Equal results are treated equally: in draws, in portfolios, at the line; or it is said that an id decided."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pilotscore.funding.decision import FundingStatus, decide
from pilotscore.funding.equal import at_random, standings
from pilotscore.wording.funding import notes
from tests.funding.test_at_the_line import LINE, drawn
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]

LOTS: dict[str, Any] = {
    **LINE,
    "discussion": {**LINE["discussion"], "decide": "lottery", "lottery": {"source": "no. 7"}},
}


def twins(instance, line: dict[str, Any] | None = None, **changes: Any):
    """One better result and two that differ in their ids alone; money for the better one and one twin."""
    rows = [asks(50, id="P-1", trl=9), asks(50, id="P-2", trl=7), asks(50, id="P-3", trl=7)]
    given = {} if line is None else {"line": line}
    return instance(rows, budget={"total": 100}, **given, **changes)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
@pytest.mark.parametrize("line", [LINE, LOTS])
def test_two_results_alike_have_equal_chances_and_wait_together(instance, rule, line):
    found = twins(instance, line, rule=rule)
    funded = decide(found, drawn(found, [[90, 70, 70], [91, 71, 71]]))
    assert funded.line is not None
    assert funded.line.core is not None
    assert funded.line.chances.chance.tolist() == [1, 0.5, 0.5]
    assert funded.line.core.index.tolist() == [1, 0.5, 0.5]
    waits = FundingStatus.DRAW if line is LOTS else FundingStatus.DISCUSS
    assert funded.statuses == (FundingStatus.FUND, waits, waits)
    assert funded.line.pool == ("P-2", "P-3")
    assert funded.by_id == ()  # nothing is decided between them yet


@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
def test_where_an_id_decides_in_the_end_it_is_said(instance, rule):
    funded = decide(twins(instance, rule=rule))
    assert [(e.more, e.less) for e in funded.by_id] == [((1,), (2,))]
    said = [note.to(lang) for note in notes(funded) for lang in ("zh", "en")]
    assert any("P-2 before P-3" in text for text in said)
    assert any("仅凭编号" in text for text in said)


@pytest.mark.slow
def test_a_tie_break_or_another_price_is_no_id(instance):
    rows = [asks(60, id="P-1", trl=7), asks(40, id="P-2", trl=7)]
    chain = [{"by": "requested", "prefer": "low"}]
    assert decide(instance(rows, budget={"total": 60}, tie_breaks=chain)).by_id == ()
    # Of unequal price, in the order of ids the dearer is served first: reversed it would get nothing.
    assert len(decide(instance(rows, budget={"total": 60}, line={"miss": "skip"})).by_id) == 1
    # Money for both, or for neither: the ids decide nothing.
    assert decide(instance(rows, budget={"total": 100})).by_id == ()


def test_equal_places_are_shuffled_anew_in_each_draw_and_others_stay():
    order = np.array([2, 0, 1, 3])
    standing = np.array([1, 1, 0, 3])
    rank = at_random(standing, order, 400, np.random.default_rng(1))
    assert (rank[:, 2] == 0).all()
    assert (rank[:, 3] == 3).all()
    assert sorted(set(rank[:, 0].tolist())) == [1, 2]
    assert 140 < (rank[:, 0] == 1).sum() < 260
    again = at_random(standing, order, 400, np.random.default_rng(1))
    assert (rank == again).all()
    assert (
        at_random(np.arange(4), np.arange(4), 2, np.random.default_rng(1)) == np.arange(4)
    ).all()


def test_only_what_an_id_separates_shares_a_place(instance):
    rows = [
        asks(30, trl=7),
        asks(10, id="P-2", trl=7),
        asks(20, id="P-3", trl=7),
        asks(10, id="P-4", trl=7),
    ]
    found = instance(rows, tie_breaks=[{"by": "requested", "prefer": "low"}])
    standing = standings(found.problem.order, found.ties)
    assert standing.tolist() == [3, 0, 2, 0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_other_ids_give_the_same_chances(instance, seed):
    random = np.random.default_rng(seed)
    names = [f"Q-{k}" for k in random.permutation(6)]
    levels = [9, 7, 7, 7, 6, 6]
    rows = [asks(50, id=name, trl=trl) for name, trl in zip(names, levels, strict=True)]
    found = instance(rows, budget={"total": 150}, line=LINE)
    scores = [[90.0, 70, 70, 70, 60, 60], [90.0, 60, 60, 60, 65, 65]]
    funded = decide(found, drawn(found, scores))
    assert funded.line is not None
    chance = funded.line.chances.chance
    assert chance[0] == 1
    assert len(set(chance[1:4].tolist())) == 1
    assert len(set(chance[4:].tolist())) == 1
