"""The ranking on the screen; its files are tested in tests/render/test_files.py."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from pilotscore.document import Table
from pilotscore.language import LANGS, Lang
from pilotscore.render.json import plain
from pilotscore.runs.outcome import Outcome
from pilotscore.views.ranking import document, list_page
from tests.views.conftest import OnScreen


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("in_full", [False, True], ids=["", "in_full"])
def test_ranking(
    outcome: Outcome,
    snapshot: SnapshotAssertion,
    on_screen: OnScreen,
    width: int,
    lang: Lang,
    in_full: bool,
):
    shown = on_screen(document(outcome, in_full=in_full).page(), width, lang)
    assert shown == snapshot
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_the_first_only(outcome: Outcome, on_screen: OnScreen):
    shown = on_screen(list_page(outcome, 2, in_full=True), 120, "en")
    assert "... 5 more not shown (--top)" in shown
    assert shown.count("Advice") == 2
    brief = on_screen(list_page(outcome, 2), 120, "en")
    assert brief.count("[1] approve") == 2
    assert "[2]" not in brief


OF_THE_INDEX = ("index", "measured_low", "measured_high", "geometric", "lowest", "index_uncapped")


@pytest.mark.parametrize(
    ("name", "has_index", "has_interval"),
    [
        ("P-1", True, True),
        ("P-4", True, True),  # a gate caps it, and another holds its money
        ("P-5", False, False),  # a gate withholds it
        ("P-3", False, True),  # it lacks a value: only how far it could reach is known
    ],
)
def test_an_index_that_a_gate_withholds_stands_nowhere(
    outcome: Outcome, name: str, has_index: bool, has_interval: bool
):
    whole = document(outcome)
    assert whole.table is not None
    (row,) = (r for r in plain(whole.record(), "en")["ranking"] if r["id"] == name)
    assert [row[key] is not None for key in OF_THE_INDEX] == [has_index] * len(OF_THE_INDEX)
    assert [row[key] is not None for key in ("low", "high")] == [has_interval] * 2
    tables = [
        block for sheet in whole.sheets() for block in sheet.blocks if isinstance(block, Table)
    ]
    listed = [
        r["index"]
        for t in (whole.table(), *tables)
        for r in t.records("en")
        if r.get("id") == name and "index" in r
    ]
    assert len(listed) == 3  # the table, the sheet of the ranking and that of the scores
    assert all((x is not None) == has_index for x in listed)
