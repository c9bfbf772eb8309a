"""The scorecard of a result, and what changed since it was last shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

import pilotscore
from pilotscore.language import LANGS, Lang
from pilotscore.runs.outcome import Outcome
from pilotscore.views.scorecard import changes, page, record
from tests.conftest import AS_OF, HEADERS, MINI, row, write_book
from tests.views.conftest import OnScreen


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["P-4", "P-6"])
def test_scorecard(
    outcome: Outcome, snapshot: SnapshotAssertion, on_screen: OnScreen, name: str, lang: Lang
):
    place = outcome.assessment.measurements.ids.index(name)
    shown = on_screen(page(outcome, place), 80, lang)
    assert shown == snapshot
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


def test_what_changed(outcome: Outcome, on_screen: OnScreen):
    assert "no score changed" in on_screen(changes((outcome, 0), (outcome, 0)), 80, "en")
    scored = outcome.assessment.scored
    scores = np.array(scored.scores)
    scores[0, 0] = 12.5
    after = replace(
        outcome, assessment=replace(outcome.assessment, scored=replace(scored, scores=scores))
    )
    shown = on_screen(changes((outcome, 0), (after, 0)), 80, "en")
    assert "→ 12.5" in shown
    assert "no score changed" not in shown


@pytest.mark.parametrize(
    ("cap", "floor", "said"),
    [
        ("C", 90, True),  # the cap decided; a floor of B that A does not have is missed besides
        ("C", 40, False),  # nothing else is missed
        ("B", 40, False),  # what is missed of A has decided already
    ],
)
def test_what_a_capped_result_misses_besides(
    tmp_path: Path, mini: Path, on_screen: OnScreen, cap: str, floor: int, said: bool
):
    criteria = (
        MINI.replace("when: disputed == yes, cap: B", f"when: disputed == yes, cap: {cap}")
        .replace("index: 80, every_dimension: 60, dimensions: {safety: 70}", "index: 70")
        .replace("dimensions: {safety: 40}", f"dimensions: {{safety: {floor}}}")
    )
    mini.write_text(criteria, encoding="utf-8")
    results = [row(disputed="是", hazard="部分完成", trl=7 if cap == "C" else 6)]
    book = write_book(tmp_path / "b.xlsx", {"S": [HEADERS, *results]})
    one = pilotscore.rank(book, mini, as_of=AS_OF)
    shown = on_screen(page(one, 0), 120, "en")
    assert ("besides" in shown) is said


@pytest.mark.parametrize("name", ["P-3", "P-5"])  # it lacks a value; a gate withholds the index
def test_a_result_without_an_index_shows_none(outcome: Outcome, on_screen: OnScreen, name: str):
    i = outcome.assessment.measurements.ids.index(name)
    shown, data = on_screen(page(outcome, i), 80, "en"), record(outcome, i)
    assert "there is none: see the grade below" in shown
    assert f"{outcome.assessment.index[i]:.1f} (" not in shown
    assert "geometric mean" not in shown
    assert data["index"] is data["geometric"] is data["index_uncapped"] is None
    assert "— → 8" in on_screen(changes((outcome, i), (outcome, 0)), 80, "en")
