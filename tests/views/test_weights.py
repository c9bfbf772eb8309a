"""Derived weights, as a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.render.json import plain
from pilotscore.render.markdown import to_markdown
from pilotscore.runs.weights import WeightsReport, batch_weights
from pilotscore.views.weights import document
from tests.conftest import AS_OF, MakeBook, row
from tests.views.conftest import OnScreen


@pytest.fixture
def report(book: MakeBook, mini: Path) -> WeightsReport:
    rows = [row(id=f"P-{n}", trl=3 + n, run_hours=20 * n, yield_rate=60 + n) for n in range(1, 5)]
    return batch_weights(book(*rows), mini, "equal", as_of=AS_OF)


def test_the_page_has_what_changed(report: WeightsReport, on_screen: OnScreen):
    lines = on_screen(document(report).page(), 80, "en").splitlines()  # type: ignore[arg-type]
    assert lines[0] == "equal weights"
    assert "scores of 4 results" in lines[1]
    head = next(n for n, line in enumerate(lines) if "Stated" in line)
    weights = {
        line.split("  ")[0] or line.split("  ")[1]: line.split() for line in lines[head + 1 :]
    }
    assert weights["Technology"][1:] == ["60.0%", "60.0%", "·"]
    assert "Consistency" not in lines  # nobody judged


def test_the_record_and_the_sheet(report: WeightsReport):
    data = plain(document(report).record(), "en")
    assert list(data) == ["method", "source", "experts", "dimensions", "groups"]
    assert sum(d["weight"] for d in data["dimensions"]) == pytest.approx(1)
    for d in data["dimensions"]:
        assert sum(i["weight"] for i in d["indicators"]) == pytest.approx(1)
    written = to_markdown(document(report), "en")
    assert written.startswith("# equal weights")
    assert "| Dimension | Indicator | Weight | Stated | Change |" in written
    assert "| Technology |  | 60.0% | 60.0% | · |" in written
    assert "| Technology | Technology readiness level | 33.3% | 50.0% | -16.7 |" in written
