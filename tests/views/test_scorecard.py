"""The scorecard of a result, and what changed since it was last shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from pilotscore.language import LANGS, Lang
from pilotscore.runs.outcome import Outcome
from pilotscore.views.scorecard import changes, page
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
