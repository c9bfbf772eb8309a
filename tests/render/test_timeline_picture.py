"""Times that run, as a picture."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from pilotscore.document import Document, Drawing
from pilotscore.drawings import Stretch, Timeline
from pilotscore.language import Text, same
from pilotscore.render.pictures import write_picture
from pilotscore.render.timeline_picture import timeline_height

DAY = datetime.date
ROWS = (
    Stretch(same("R-1"), DAY(2026, 3, 18), DAY(2027, 3, 18), DAY(2027, 9, 18), "open"),
    Stretch(same("R-2"), None, DAY(2026, 10, 12), DAY(2027, 4, 12), "grace"),
    Stretch(same("R-3"), DAY(1990, 1, 1), DAY(2090, 1, 1), None, "done"),
    Stretch(same("R-4"), None, DAY(2020, 1, 1), DAY(2020, 3, 1), "lapsed"),
    Stretch(same("R-5"), DAY(2030, 1, 1), DAY(2031, 1, 1), None, "unproven"),
)
LINE = Timeline(Text("期限", "Due"), DAY(2026, 11, 30), ROWS, (("open", Text("期限内", "open")),))


def drawn(line: Timeline, path: Path) -> bytes:
    write_picture(Document(same("t"), drawings=lambda: [Drawing(line)]), path, "en")
    return path.read_bytes()


@pytest.mark.slow
def test_the_same_bytes_twice_and_a_bar_for_each(tmp_path: Path):
    one, two = (drawn(LINE, tmp_path / f"{n}.svg") for n in "ab")
    assert one == two
    fewer = drawn(replace(LINE, rows=ROWS[:2]), tmp_path / "fewer.svg")
    assert fewer.count(b"<path") < one.count(b"<path")


def test_the_height_goes_with_the_rows():
    heights = [timeline_height(replace(LINE, rows=ROWS[:n])) for n in range(1, 6)]
    assert heights == sorted(set(heights))


@pytest.mark.slow
def test_nothing_that_runs_is_a_picture_too(tmp_path: Path):
    assert drawn(replace(LINE, rows=(), legend=()), tmp_path / "none.svg")
