"""An explanation of one result."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from pilotscore.language import LANGS, Lang
from pilotscore.render.json import plain
from pilotscore.runs.explained import Explanation, explain_result
from pilotscore.runs.outcome import Outcome
from pilotscore.views.explanation import document
from tests.views.conftest import OnScreen


def explained(outcome: Outcome, name: str) -> Explanation:
    return explain_result(outcome, outcome.assessment.measurements.ids.index(name))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["P-2", "P-3", "P-4"])
def test_the_page(
    outcome: Outcome, snapshot: SnapshotAssertion, on_screen: OnScreen, name: str, lang: Lang
):
    shown = on_screen(document(explained(outcome, name)).page(), 80, lang)
    assert shown == snapshot
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_keeps_to_a_narrow_screen(outcome: Outcome, on_screen: OnScreen, lang: Lang):
    shown = on_screen(document(explained(outcome, "P-2")).page(), 60, lang)
    assert max(cell_len(line) for line in shown.splitlines()) <= 60
    assert re.search(r"\(\d+\.\d\d / ?\n\d+\.\d\d\)\n", shown)  # wrapped, not cut


def test_the_record_adds_up_to_the_index(outcome: Outcome):
    record = plain(document(explained(outcome, "P-2")).record(), "en")
    assert sum(d["points"] for d in record["dimensions"]) == pytest.approx(record["index"])
    assert record["cheapest"]["grade"] == record["target"]
    assert all(m["text"] for m in record["cheapest"]["moves"])


def test_a_result_without_a_path_says_why(outcome: Outcome, on_screen: OnScreen):
    e = explained(outcome, "P-3")
    assert "no path up as things stand" in on_screen(document(e).page(), 80, "en")
    assert document(e).record()["cheapest"] is None
