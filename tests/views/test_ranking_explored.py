"""The ranking to explore: facts to choose by, and what each index is made of."""

from __future__ import annotations

import pytest

from pilotscore.language import LANGS, Lang, in_lang
from pilotscore.runs.outcome import Outcome
from pilotscore.views import ranking_explored
from pilotscore.views.ranking import document


@pytest.fixture
def explored(outcome: Outcome) -> ranking_explored.Explored:
    make = document(outcome).explored
    assert make is not None
    return make()


def test_columns_in_view_and_filters_are_there(explored: ranking_explored.Explored):
    keys = [c.key for c in explored.table.columns]
    charts = [x for o in explored.overviews for x in (o.by, o.of, o.low, o.high) if x]
    assert {*explored.shown, *explored.filters, *charts} <= set(keys)
    assert len(keys) == len(set(keys))
    assert {len(row) for row in explored.table.rows} == {len(keys)}


def test_parts_add_up_to_the_index(explored: ranking_explored.Explored):
    b = explored.breakdown
    assert b is not None
    at = [c.key for c in explored.table.columns].index(b.of)
    points = [c.key for c in b.columns].index(b.points)
    cells = b.cells()
    assert [len(parts) for parts in cells] == [len(b.parts)] * len(b.columns)
    for row, parts in zip(explored.table.rows, zip(*cells[points], strict=True), strict=True):
        if row[at] is None:
            assert all(x != x for x in parts)
        else:
            assert sum(parts) == pytest.approx(row[at], abs=1e-8)


def test_groups_have_their_columns_and_floors(explored: ranking_explored.Explored):
    b = explored.breakdown
    assert b is not None
    keys = {c.key for c in explored.table.columns}
    assert {*b.span, b.grades, *(key for key, _ in b.groups)} <= keys
    assert {len(f.least) for f in b.floors} == {len(b.groups)}
    assert {p.group for p in b.parts} == set(range(len(b.groups)))


@pytest.mark.parametrize("lang", LANGS)
def test_ways_are_those_of_the_scorecard(
    explored: ranking_explored.Explored, outcome: Outcome, lang: Lang
):
    from pilotscore.views.scorecard import way_up

    b = explored.breakdown
    assert b is not None
    for place, i in enumerate(outcome.ranking.order):
        ways = b.ways(place)
        assert ways is not None
        said = [in_lang(x, lang) for x in ways]
        for fact in list(way_up(outcome, int(i)))[:1]:
            assert any(in_lang(fact.text, lang) in way for way in said)


def test_ways_of_the_first_only(outcome: Outcome, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ranking_explored, "MOST_WITH_WAYS", 1)
    b = ranking_explored.breakdown(outcome, outcome.ranking.order)
    assert b.ways(0) is not None
    assert b.ways(1) is None
