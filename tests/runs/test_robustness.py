"""The run that puts a ranking to the test."""

from __future__ import annotations

from pathlib import Path

import pytest

import pilotscore
from pilotscore.errors import UsageError
from pilotscore.runs.robustness import robustness
from tests.conftest import AS_OF, MakeBook, row


def test_neighbours_front_and_weights_are_of_the_ranked_results(book: MakeBook, mini: Path):
    rows = [row(), row(id="P-2", trl=6), row(id="P-3", trl=5), row(id="P-4", fraud="是")]
    report = robustness(pilotscore.rank(book(*rows), mini, as_of=AS_OF), top=2)
    assert [report.name(n) for n in range(len(report.robustness))] == ["P-1", "P-2", "P-3"]
    assert [(s.first, s.second) for s in report.swaps] == [(0, 1), (1, 2)]
    assert report.front.tolist() == [True, False, False]
    assert report.dominated.tolist()[0] == -1
    assert report.name(int(report.dominated[2])) in ("P-1", "P-2")
    assert [w.stated for w in report.stable] == pytest.approx([0.6, 0.4])


def test_one_result_is_no_ranking(book: MakeBook, mini: Path):
    with pytest.raises(UsageError):
        robustness(pilotscore.rank(book(row()), mini, as_of=AS_OF))
