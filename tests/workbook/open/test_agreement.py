"""What we read of a workbook is what independent readers do, cell by cell, but for what is explained."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.workbook.open import agreement
from tests.workbook.open.agreement import (
    BLANK,
    MAKERS,
    SheetSeen,
    compared,
    differences,
    explanation,
)


@pytest.mark.slow
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("seed", range(10))
def test_nothing_differs_that_is_not_explained(tmp_path: Path, make: object, seed: int):
    path = make(tmp_path / "a.xlsx", random.Random(f"test {seed}"))
    assert [d for d in compared(path) if explanation(d) is None] == []


@pytest.mark.slow
@pytest.mark.parametrize("make", MAKERS)
def test_most_cells_are_seen_by_all_alike(tmp_path: Path, make: object):
    """What is explained is the exception: it must not hide what is compared."""
    cells = told = 0
    for seed in range(3):
        path = make(tmp_path / f"{seed}.xlsx", random.Random(f"all {seed}"))
        cells += sum(len(sheet.cells) for sheet in agreement.ours(path).values())
        told += sum(d.what == "cell" for d in compared(path))
    assert cells > 50
    assert told < cells / 5


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("cell", lambda s: s.cells.update({(0, 0): ("number", 2.0)})),
        ("cell", lambda s: s.cells.update({(9, 9): ("text", "x")})),
        ("cell", lambda s: s.cells.pop((0, 0))),
        ("formats", lambda s: s.formats.update({(0, 0): "0%"})),
        ("merged", lambda s: s.merged.add(((0, 0), (1, 1)))),
        ("hidden_rows", lambda s: s.hidden_rows.add(0)),
        ("hidden_columns", lambda s: s.hidden_columns.add(0)),
        ("comments", lambda s: s.comments.update({(0, 0): "x"})),
    ],
)
def test_whatever_differs_is_seen_and_not_explained_away(what: str, change: object):
    def sheet() -> SheetSeen:
        return SheetSeen(
            {(0, 0): ("number", 1.0), (5, 5): ("text", "t")}, {}, set(), set(), set(), {}
        )

    other = sheet()
    change(other)
    for reader in agreement.READERS:
        (told,) = differences(reader, {"S": sheet()}, {"S": other})
        assert told.what == what
        assert explanation(told) is None or (reader == "calamine, .xlsb" and told.other == BLANK)
