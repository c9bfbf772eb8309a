"""Shares of the weight by where values come from: they add up to what has a value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.index import origin_of, origin_shares
from pilotscore.measures import Origin
from pilotscore.runs.assess import rank
from pilotscore.runs.outcome import Outcome
from tests.conftest import AS_OF, HEADERS, row, write_book

WEIGHTS = {"trl": 0.6 * 0.5, "yield_rate": 0.6 * 0.3, "run_hours": 0.6 * 0.2}


@pytest.fixture
def outcome(tmp_path: Path, mini: Path) -> Outcome:
    rows: list[list[Any]] = [
        row(id="P-1", trl="7（专家评审）", yield_rate="93±2% (panel)"),
        row(id="P-2", title="催化剂", yield_rate="90%（评委打分）", run_hours=""),
        row(id="P-3", title="膜"),
        row(id="P-4", title="釜", trl="（专家评审）"),
    ]
    return rank(write_book(tmp_path / "r.xlsx", {"成果": [HEADERS, *rows]}), mini, as_of=AS_OF)


def test_shares_of_what_a_panel_judged(outcome: Outcome):
    a = outcome.assessment
    shares = origin_shares(a)
    judged = [WEIGHTS["trl"] + WEIGHTS["yield_rate"], WEIGHTS["yield_rate"], 0, 0]
    assert shares.judged == pytest.approx(judged)
    assert shares.measured == pytest.approx([0, 0, 0, 0])
    assert shares.judged + shares.measured + shares.stated == pytest.approx(a.completeness)
    one = origin_shares(a, slice(1, 2))
    assert (one.judged[0], one.stated[0]) == (shares.judged[1], shares.stated[1])


def test_the_mark_changes_no_score(outcome: Outcome, tmp_path: Path, mini: Path):
    rows = [row(id="P-1", trl=7, yield_rate="93±2%"), row(id="P-2", yield_rate="90%", run_hours="")]
    book = write_book(tmp_path / "plain.xlsx", {"成果": [HEADERS, *rows]})
    plain = rank(book, mini, as_of=AS_OF).assessment
    marked = outcome.assessment
    assert plain.index == pytest.approx(marked.index[:2])
    assert plain.measured_low == pytest.approx(marked.measured_low[:2])
    assert not np.any(origin_shares(plain).judged)


def test_origin_of_single_values(outcome: Outcome):
    a = outcome.assessment
    place = a.criteria.indicator_position
    assert origin_of(a, 0, place["trl"]) is Origin.PANEL
    assert origin_of(a, 1, place["trl"]) is Origin.STATED
    assert origin_of(a, 1, place["run_hours"]) is None
