"""Two rounds compared, as a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from pilotscore.document import Chart
from pilotscore.render.csv import to_csv
from pilotscore.render.json import plain
from pilotscore.render.markdown import to_markdown
from pilotscore.runs.compare import Comparison, RoundRules, compare
from pilotscore.views.comparison import document
from tests.conftest import AS_OF, HEADERS, row, write_book
from tests.views.conftest import OnScreen


@pytest.fixture
def comparison(tmp_path: Path, mini: Path) -> Comparison:
    old = [row(trl=5), row(id="P-2", trl=7), row(id="P-3"), row(id="P-4"), row(id="P-6", trl="")]
    new = [row(trl=8), row(id="P-2", trl=5), row(id="P-3"), row(id="P-5"), row(id="P-6")]
    a = write_book(tmp_path / "old.xlsx", {"S": [HEADERS, *old]})
    b = write_book(tmp_path / "new.xlsx", {"S": [HEADERS, *new]})
    return compare(a, b, RoundRules(mini, as_of=AS_OF))


def test_the_page(comparison: Comparison, on_screen: OnScreen):
    shown = on_screen(document(comparison).page(), 80, "en")  # type: ignore[arg-type]
    assert shown.startswith("1 rose, 1 fell, 1 unchanged, 1 changed status, 1 appeared, 1 left\n")
    assert "+11.25  Technology readiness level: 5 E3 → 8 E3 (value)" in shown
    assert "not assessable → " in shown  # the grade before and after
    assert "old rank" in shown
    first = on_screen(document(comparison, 1).page(), 80, "zh")  # type: ignore[arg-type]
    assert "…… 另有 2 项（--top）" in first


@pytest.mark.parametrize("width", [60, 80, 120])
def test_ranks_stand_beside_each_other(comparison: Comparison, on_screen: OnScreen, width: int):
    shown = on_screen(document(comparison).page(), width, "en")  # type: ignore[arg-type]
    lines = "".join(c + " " * (cell_len(c) - 1) for c in shown).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("old rank"))
    place = lines[start].index("new rank")
    assert len(lines) == start + 4  # three with a rank in both
    assert all(line[place : place + 4].strip().isdigit() for line in lines[start + 1 :])


def test_the_table_has_those_in_one_round_only_last(comparison: Comparison):
    table = document(comparison).table
    assert table is not None
    lines = to_csv(table(), "en").splitlines()
    assert lines[0].startswith("id,title,direction,old rank,new rank,old index")
    assert [line.split(",")[2] for line in lines[-2:]] == ["appeared", "left"]


def test_the_record_and_the_sheets(comparison: Comparison):
    data = plain(document(comparison).record(), "zh")
    assert data["summary"] == {
        "rose": 1,
        "fell": 1,
        "same": 1,
        "status": 1,
        "appeared": 1,
        "left": 1,
    }
    moved = next(c for c in data["changes"] if c["direction"] == "rose")["moved"]
    assert (moved[0]["before"], moved[0]["after"]) == ("5 E3", "8 E3")
    sheets = document(comparison).sheets()
    assert [s.name.to("en") for s in sheets] == ["Changes", "Indicators", "Manifest"]
    (chart,) = (b for b in sheets[0].blocks if isinstance(b, Chart))
    assert len(chart.series) == len(comparison.changes)
    assert "| Technology readiness level |" in to_markdown(document(comparison), "en")
