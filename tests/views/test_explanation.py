"""An explanation of one result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from pilotscore.language import LANGS, Lang
from pilotscore.render.json import plain
from pilotscore.render.plain_text import page_text
from pilotscore.runs.assess import rank
from pilotscore.runs.explained import Explanation, explain_result
from pilotscore.runs.outcome import Outcome
from pilotscore.views.explanation import document
from tests.conftest import AS_OF, HEADERS, row, write_book
from tests.views.conftest import OnScreen


def explained(outcome: Outcome, name: str) -> Explanation:
    return explain_result(outcome, outcome.assessment.measurements.ids.index(name))


@pytest.mark.slow
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


def test_evidence_that_is_not_stated_is_said_and_comes_first(tmp_path: Path, mini: Path):
    cells = row()
    for column in (3, 5, 7, 9, 11):
        cells[column] = ""
    book = write_book(tmp_path / "b.xlsx", {"S": [HEADERS, cells]})
    e = explain_result(rank(book, mini, as_of=AS_OF), 0)
    shown = page_text(document(e).page(), "en")
    assert "if the evidence not stated were the best" in shown
    assert "100%, 100% without stated evidence" in shown
    first = shown[shown.index("paths to") :].splitlines()[1]
    assert "first, state the evidence that there is" in first
    record = plain(document(e).record(), "en")
    assert record["evidence_not_stated"] == pytest.approx(1)
    assert all(m["value"] is None for m in record["stating_evidence"]["moves"])
    assert record["interval"][1] > record["interval"][0] == record["index"]
