"""Both kinds of store do the same, whatever they are given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.errors import UsageError
from pilotscore.store import open_store
from pilotscore.store.follow_ups import OUTCOME_STATES
from tests.store.making import kept, report


@pytest.fixture(params=["folder", "round.db"])
def store(request, tmp_path: Path):
    store = open_store(tmp_path / request.param, write=True)
    yield store
    store.close()


def same_arrays(a, b) -> bool:
    return np.array_equal(a, b, equal_nan=True)


def test_what_goes_in_comes_out(store):
    made = kept(7)
    assert store.add(made)
    assert store.rounds() == (made.entry,)
    back, c = store.columns(made.entry.key), made.columns
    assert back.head == c.head
    assert (back.ids, back.titles, back.statuses) == (c.ids, c.titles, c.statuses)
    for name in ("ranks", "grades", "index", "low", "high"):
        assert same_arrays(getattr(back, name), getattr(c, name)), name
    assert same_arrays(back.dimensions["d"], c.dimensions["d"])
    for name in c.indicators:
        for part in ("values", "scores", "evidence"):
            one, other = (getattr(x.indicators[name], part) for x in (back, c))
            assert one.dtype == other.dtype
            assert same_arrays(one, other)
        one, other = (x.indicators[name].judged for x in (back, c))
        assert (one is None) == (other is None)
        assert one is None or same_arrays(one, other)
    assert back.facts["institution"] == c.facts["institution"]
    assert same_arrays(back.facts["requested"], c.facts["requested"])
    assert back.decisions.statuses == c.decisions.statuses
    assert back.decisions.milestones == c.decisions.milestones
    for name in ("award", "chance", "discussed", "drawn", "by_hand", "funded"):
        assert same_arrays(getattr(back.decisions, name), getattr(c.decisions, name)), name
    assert store.round_file(made.entry.key) == made.file


def test_the_same_round_and_the_same_reports_change_nothing(store):
    made = kept()
    reports = report(made.entry.key, ("P-1", "10", "reached"))
    assert store.add(made)
    assert not store.add(made)
    assert store.add_follow_up(reports)
    assert not store.add_follow_up(reports)
    assert len(store.rounds()) == len(store.follow_ups()) == 1


def test_reports_read_again_on_another_day_change_nothing(store):
    made = kept()
    store.add(made)
    first = report(made.entry.key, ("P-1", "10", "reached"))
    assert store.add_follow_up(first)
    assert not store.add_follow_up(replace(first, day="2029-01-01"))
    assert [f.day for f in store.follow_ups()] == [first.day]


def test_a_round_that_was_ranked_has_no_decisions(store):
    made = kept(decided=False)
    store.add(made)
    assert store.rounds()[0].kind == "rank"
    assert store.columns(made.entry.key).decisions is None


def test_rounds_stand_by_day(store):
    for seed, day in ((1, "2027-01-01"), (2, "2026-01-01"), (3, "2028-01-01")):
        store.add(kept(seed=seed, day=day))
    assert [e.as_of[:4] for e in store.rounds()] == ["2026", "2027", "2028"]


def test_of_two_reports_the_later_counts_whichever_came_first(store):
    made = kept()
    store.add(made)
    store.add_follow_up(report(made.entry.key, ("P-1", "10", "reached"), day="2028-01-01"))
    store.add_follow_up(
        report(made.entry.key, ("P-1", "10", "not_yet"), ("P-2", "10", "lost"), day="2027-01-01")
    )
    found = store.outcomes(made.entry.key)["10"]
    assert found.places.tolist() == [0, 1]
    assert found.states == ("reached", "lost")
    assert found.days.astype(str).tolist() == ["2028-01-01", "2027-01-01"]
    assert found.reached.tolist() == [True, False]
    assert found.known.tolist() == [True, False]


_REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["P-1", "P-2", "P-3"]),
        st.sampled_from(["10", "13"]),
        st.sampled_from(sorted(OUTCOME_STATES)),
    ),
    max_size=6,
)


@pytest.mark.slow
@given(days=st.lists(st.tuples(st.dates(), _REPORTS), min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_both_kinds_tell_the_same_of_the_same_reports(tmp_path_factory, days):
    told = []
    for name in ("folder", "round.db"):
        store = open_store(tmp_path_factory.mktemp("store") / name, write=True)
        made = kept(3)
        store.add(made)
        for day, entries in days:
            store.add_follow_up(report(made.entry.key, *entries, day=f"{day:%Y-%m-%d}".zfill(10)))
        found = store.outcomes(made.entry.key)
        told.append({k: (v.places.tolist(), v.states, v.days.tolist()) for k, v in found.items()})
        store.close()
    assert told[0] == told[1]


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path: Path):
    for name in ("folder", "round.db"):
        with pytest.raises(UsageError, match="there is no store"):
            open_store(tmp_path / name)
        assert not (tmp_path / name).exists()
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        open_store(tmp_path / "file.txt", write=True)
