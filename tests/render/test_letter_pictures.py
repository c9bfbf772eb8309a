"""Pictures in letters: drawn whole, the same bytes for the same record, with floors or without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilotscore.drawings import ControlChart, Radar
from pilotscore.language import Text, same
from pilotscore.render import letter_pictures
from pilotscore.render.letter_pictures import png_of, size_of

NAMES = (Text("技术成熟度", "Technology readiness"), same("$b$"), same("c"))
RADAR = Radar(Text("得分", "Scores"), NAMES, (80.0, 40.0, 0.0), (60.0, 60.0, 60.0), same("A"))
CHART = ControlChart(
    same("P-1"),
    same("I-MR"),
    ("1", "2"),
    (1.0, 2.0),
    1.5,
    (0.0, 0.0),
    (3.0, float("inf")),
    ((1, "1"),),
)


@pytest.mark.slow
@pytest.mark.parametrize("picture", [RADAR, CHART])
def test_a_picture_is_a_png_and_the_same_each_time(picture):
    one = png_of(picture, "zh")
    assert one.startswith(b"\x89PNG")
    assert one == png_of(picture, "zh")


@pytest.mark.slow
@pytest.mark.parametrize("scores", [(0.0, 0.0, 0.0), (100.0, 100.0, 100.0), (12.5, 99.0, 60.0)])
def test_a_radar_has_nothing_of_the_one_before_it(scores: tuple[float, ...]):
    other = replace(RADAR, scores=scores)
    after = [png_of(picture, "en") for picture in (RADAR, other, RADAR)]
    letter_pictures._drawn_radar.cache_clear()
    alone = png_of(other, "en")
    letter_pictures._drawn_radar.cache_clear()
    assert after == [png_of(RADAR, "en"), alone, png_of(RADAR, "en")]
    assert after[0] != after[1]


@pytest.mark.slow
def test_floors_show():
    bare = Radar(RADAR.title, NAMES, RADAR.scores, (0.0, 0.0, 0.0), same("A"))
    assert png_of(bare, "en") != png_of(RADAR, "en")


def test_a_small_one_is_smaller():
    small = Radar(RADAR.title, NAMES, RADAR.scores, RADAR.floors, same("A"), small=True)
    assert size_of(small) < size_of(RADAR)
