"""A criteria set as a person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from pilotscore.criteria import load_criteria
from pilotscore.document import Table
from pilotscore.language import LANGS, Lang
from pilotscore.views.criteria import page, sheets
from tests.views.conftest import OnScreen


@pytest.mark.parametrize("lang", LANGS)
def test_criteria(mini: Path, snapshot: SnapshotAssertion, on_screen: OnScreen, lang: Lang):
    assert on_screen(page(load_criteria(mini).criteria), 100, lang) == snapshot


def test_the_sheet_has_each_indicator_and_each_rule(mini: Path):
    criteria = load_criteria(mini).criteria
    indicators, rules = (b for s in sheets(criteria) for b in s.blocks if isinstance(b, Table))
    assert [r["id"] for r in indicators.records("en")] == [i.id for i in criteria.indicators]
    kinds = [r["kind"] for r in rules.records("en")]
    assert kinds.count("Grades") == len(criteria.grades)
    assert kinds.count("Gates") == len(criteria.gates)
    assert kinds[-1] == "Aggregation"
