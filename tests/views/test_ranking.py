"""The ranking on the screen; its files are tested in tests/render/test_files.py."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from pilotscore.language import LANGS, Lang
from pilotscore.runs.outcome import Outcome
from pilotscore.views.ranking import document, list_page
from tests.views.conftest import OnScreen


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 120])
def test_ranking(
    outcome: Outcome, snapshot: SnapshotAssertion, on_screen: OnScreen, width: int, lang: Lang
):
    shown = on_screen(document(outcome).page(), width, lang)
    assert shown == snapshot
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_the_first_only(outcome: Outcome, on_screen: OnScreen):
    shown = on_screen(list_page(outcome, 2), 120, "en")
    assert "... 5 more not shown (--top)" in shown
    assert shown.count("Advice") == 2
