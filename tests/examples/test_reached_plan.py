"""201 completed projects of NASA TechPort: planned against reached TRL, to the printed digit."""

from __future__ import annotations

import functools

import numpy as np
import openpyxl
import pytest

from pilotscore.criteria import data_folder
from pilotscore.outcomes.auc import auc
from pilotscore.outcomes.grade_table import by_group
from pilotscore.outcomes.tools_allowed import Tool, allowed, events_of

FILE = data_folder("examples") / "techport" / "techport.xlsx"
BEGIN, NOW, PLAN = "TRL begin", "TRL current", "TRL end"
LEVELS = {1: (0.643, 14), 2: (0.722, 79), 3: (0.848, 66), 4: (0.677, 31), 5: (0.909, 11)}
GAINS = {1: (0.817, 60), 2: (0.731, 78), 3: (0.714, 42), 4: (0.833, 12), 5: (0.5, 4)}


@functools.cache
def completed() -> tuple[np.ndarray, ...]:
    """Return the TRL at the start, now and planned of each completed project."""
    book = openpyxl.load_workbook(FILE, read_only=True)
    head, *rows = book["Projects"].iter_rows(values_only=True)
    book.close()
    columns = [head.index(name) for name in ("Status", BEGIN, NOW, PLAN)]
    picked = [[row[c] for c in columns] for row in rows]
    done = [row[1:] for row in picked if row[0] == "Completed" and None not in row]
    return tuple(np.array(done, dtype=int).T)


@pytest.fixture(scope="module")
def levels() -> tuple[np.ndarray, ...]:
    return completed()


def table(
    group: np.ndarray, came: np.ndarray, of: dict, digits: int = 3
) -> dict[int, tuple[float, int]]:
    counted = by_group(group, max(of) + 1, came, ~came)
    known = counted.success + counted.failure
    return {k: (round(float(counted.share[k]), digits), int(known[k])) for k in of}


@pytest.mark.slow
def test_who_reached_the_plan(levels: tuple[np.ndarray, ...]):
    begin, now, plan = levels
    came = now >= plan
    assert (len(came), int(came.sum())) == (201, 153)
    assert table(begin, came, LEVELS) == LEVELS
    assert table(plan - begin, came, GAINS) == GAINS
    assert int((now == begin).sum()) == 30
    assert not (now > plan).any()
    assert not (now < begin).any()


@pytest.mark.slow
def test_the_level_at_the_start_says_little(levels: tuple[np.ndarray, ...]):
    begin, now, plan = levels
    came = now >= plan
    area = auc(begin.astype(float), came)
    assert round(area.value, 3) == 0.556
    assert area.low < 0.5  # it may as well say nothing
    tools = allowed(events_of(int(came.sum()), int((~came).sum())))
    assert Tool.DISCRIMINATION in tools
    assert Tool.RECALIBRATION not in tools  # 48 did not reach it
