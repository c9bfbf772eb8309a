from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

import pilotscore
from pilotscore.criteria import load_criteria
from pilotscore.runs.outcome import Outcome
from pilotscore.views.criteria_view import print_criteria
from pilotscore.views.terminal import fit, print_findings, print_ranking, print_scorecard
from tests.conftest import AS_OF, HEADERS, row, write_book


@pytest.fixture
def outcome(tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.chdir(tmp_path)  # so that places do not show where the test ran
    rows = [
        row(), row(id="P-2", title="一种名称非常非常长的连续流微通道硝化反应工艺及其成套装备的中试放大研究", trl=6, yield_rate="96%"),
        row(id="P-3", trl="坏"), row(id="P-4", title="CO2 to methanol", disputed="是", run_hours="未测"),
        row(id="P-5", fraud="是"), row(id="P-6", mode="间歇", run_hours="不适用：间歇工艺", trl_evidence=""),
        row(id="P-7"),
    ]  # fmt: skip
    write_book(Path("book.xlsx"), {"成果": [HEADERS, *rows]})
    return pilotscore.rank("book.xlsx", "mini.yaml", as_of=AS_OF)


def screen(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)


def text_of(console: Console) -> str:
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_ranking(outcome: Outcome, snapshot: SnapshotAssertion, width: int, lang):
    console = screen(width)
    print_ranking(outcome, console, lang)
    shown = text_of(console)
    assert shown == snapshot
    assert max(cell_len(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["P-4", "P-6"])
def test_scorecard(outcome: Outcome, snapshot: SnapshotAssertion, name: str, lang):
    console = screen(80)
    print_scorecard(outcome, outcome.assessment.measurements.ids.index(name), console, lang)
    shown = text_of(console)
    assert shown == snapshot
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings(outcome: Outcome, snapshot: SnapshotAssertion, lang):
    console = screen(100)
    print_findings(outcome.findings, console, lang)
    assert text_of(console) == snapshot


def test_alike_findings_stand_for_each_other(outcome: Outcome):
    console = screen(200)
    print_findings([f for f in outcome.findings if f.code == "V401"] * 5, console, "en", most=3)
    assert "(and 4 more in this column)" in text_of(console)
    assert "5 errors" in text_of(console)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_criteria(mini: Path, snapshot: SnapshotAssertion, lang):
    console = screen(100)
    print_criteria(load_criteria(mini).criteria, console, lang)
    assert text_of(console) == snapshot


@pytest.mark.parametrize("width", range(1, 12))
def test_wide_characters_fill_exactly_their_cells(width: int):
    for text in ("中试熟化", "a中b", "", "plain text"):
        assert cell_len(fit(text, width)) == width
