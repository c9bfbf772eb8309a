"""Rounds beside each other: what moved the anchors, and that the parts make the whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.language import same
from pilotscore.outcomes.anchors import Cause
from pilotscore.runs.learn_rounds import anchors_of, between, between_rounds
from pilotscore.store import IndicatorColumn, RoundColumns, RoundEntry, open_store
from pilotscore.store.interface import Version
from tests.runs.outcomes_store import NAMES, columns, kept


def entry(key: str, sha: str = "0") -> RoundEntry:
    return RoundEntry(key, "fund", same(key), "2026-01-01", Version("small", "1", sha * 64))


def moved(before: RoundColumns, name: str, rows: slice, *, by: float, evidence=0, value=0.0):
    """Return a round whose scores of an indicator are other ones, and the index with them."""
    old = before.indicators[f"{name}_1"]
    scores, values, grades = old.scores.copy(), old.values.copy(), old.evidence.copy()
    scores[rows] += by
    values[rows] += value
    grades[rows] = (grades[rows] + evidence) % 2
    index = before.index + 0.25 * (scores - old.scores)
    indicators = {**before.indicators, f"{name}_1": IndicatorColumn(values, scores, grades)}
    return replace(before, indicators=indicators, index=index)


@pytest.mark.parametrize(
    ("how", "cause"),
    [
        ({"value": 8.0}, Cause.VALUE),
        ({"evidence": 1}, Cause.EVIDENCE),
        ({"evidence": 1, "value": 8.0}, Cause.VALUE),
        ({}, Cause.CRITERIA),
    ],
)
def test_a_cause_is_named_with_what_it_contributes(how: dict, cause: Cause):
    before = columns(40, 1)
    after = moved(before, "tech", slice(0, 10), by=8.0, **how)
    found = between((entry("a"), before), (entry("b", "1"), after))
    assert found.anchors == 40
    assert found.shift.value == pytest.approx(8 * 0.25 * 10 / 40)
    assert found.parts[cause] == pytest.approx(found.shift.value)
    assert found.rest == pytest.approx(0, abs=1e-9)
    (only,) = found.indicators
    assert only.item.id == "tech_1"
    assert only.moved[cause] == 10 == sum(only.moved.values())
    assert not found.same_criteria


def test_other_weights_are_the_rest():
    before = columns(40, 1)
    after = replace(before, index=before.dimensions["tech"])
    found = between((entry("a"), before), (entry("b"), after))
    assert found.rest == pytest.approx(found.shift.value)
    assert found.indicators == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 99), st.sampled_from(NAMES), st.floats(-9, 9), st.floats(-5, 5))
def test_parts_and_rest_make_the_shift(seed: int, name: str, by: float, more: float):
    before = columns(12, seed)
    after = moved(before, name, slice(2, 9), by=by, value=1.0)
    after = replace(after, index=after.index + more)
    found = between((entry("a"), before), (entry("b"), after))
    assert sum(found.parts.values()) + found.rest == pytest.approx(found.shift.value, abs=1e-9)


def test_anchors_are_found_by_id_in_any_order_and_need_an_index():
    before = columns(6, 1)
    index = before.index.copy()
    index[2] = np.nan
    before = replace(before, index=index)
    after = replace(columns(6, 2), ids=("new", *before.ids[:0:-1]))
    a, b = anchors_of(before, after)
    assert [before.ids[i] for i in a] == [after.ids[i] for i in b]
    assert before.ids[2] not in [before.ids[i] for i in a]
    assert len(a) == 4


@pytest.mark.parametrize("shared", [0, 1])
def test_without_anchors_rounds_are_not_comparable(shared: int):
    before, after = columns(5, 1), columns(5, 2)
    after = replace(after, ids=(*before.ids[:shared], *after.ids[shared:]))
    found = between((entry("a"), before), (entry("b"), after))
    assert not found.comparable
    assert np.isnan(found.shift.value)


def test_each_round_beside_the_one_before_it(tmp_path: Path):
    store = open_store(tmp_path / "r.db", write=True)
    made = columns(20, 1)
    keys = []
    for number, of in enumerate(
        (made, moved(made, "tech", slice(0, 9), by=3.0), columns(20, 2)), 1
    ):
        whole = kept(of, f"2024-0{number}-01")
        keys.append(whole.entry.key)
        store.add(whole)
    pairs = list(between_rounds(store, {}))
    assert [(b.old.key, b.new.key) for b in pairs] == list(zip(keys, keys[1:], strict=False))
    assert [b.comparable for b in pairs] == [True, False]
    (only,) = between_rounds(store, {}, [keys[0][:12], keys[2][:12]])
    assert (only.old.key, only.new.key) == (keys[0], keys[2])
