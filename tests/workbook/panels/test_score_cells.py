"""Cells of score sheets in bands and levels, read as a workbook of results reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import Indicator
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.score_cells import read_score
from pilotscore.workbook.values.cells import State
from pilotscore.workbook.values.columns import read_one
from tests.conftest import write_book

TABLE = [
    {"id": "a", "title": {"zh": "优", "en": "excellent"}, "range": [90, 100]},
    {"id": "b", "title": {"zh": "良", "en": "good"}, "range": [80, 89]},
    {"id": "c", "title": {"zh": "中", "en": "fair"}, "range": [0, 59]},
]
BANDS = Indicator.model_validate(
    {"id": "x", "title": "先进性", "type": "bands", "weight": 1, "table": TABLE}
)
LEVEL = Indicator.model_validate(
    {"id": "l", "title": "成熟度", "type": "level", "weight": 1, "scale": [1, 9]}
)


@pytest.mark.parametrize(
    ("cell", "score", "codes"),
    [
        (92, 92, []),
        ("优 92", 92, []),
        ("优(92)", 92, []),
        ("good 85", 85, []),
        ("优", 90, ["V462"]),
        ("良 95", None, ["V461"]),
        ("优 70", None, ["V461"]),
        (70, None, ["V460"]),  # between two bands
        ("很好", None, ["E902"]),
        (850, 850, []),  # off the scale, which is told as of any other score
    ],
)
def test_a_band_points_or_both(cell: Any, score: float | None, codes: list[str]):
    read = read_score(cell, None, BANDS)
    assert read.score == score
    assert [kind.code for kind, _ in read.remarks] == codes


@pytest.mark.slow
@given(
    st.sampled_from(TABLE), st.integers(0, 120), st.sampled_from(["{} {}", "{}({})", "{1}（{0}）"])
)
def test_a_score_sheet_and_a_workbook_of_results_read_a_band_alike(band, points: int, form: str):
    cell = form.format(band["title"]["zh"], points)
    one, other = read_score(cell, None, BANDS), read_one(cell, BANDS)
    assert (one.score is not None) == (other.state is State.VALUE)
    low, high = band["range"]
    assert (one.score == points) == (low <= points <= high)


def test_a_level_may_be_written_and_its_mean_need_not_be_whole():
    assert read_score("6级", None, LEVEL).score == 6
    assert read_score(6.5, None, LEVEL).score == 6.5
    assert [k.code for k, _ in read_score("六七八", None, LEVEL).remarks] == ["E902"]


def test_without_a_set_the_word_of_a_band_is_no_score():
    assert [k.code for k, _ in read_score("优 92", None, None).remarks] == ["E902"]


WORDS = {"E1": "优 92", "E2": "良(85)", "E3": "良 95"}


@pytest.mark.parametrize(
    ("sheets", "cell"),
    [
        (
            {
                "s": [
                    ["专家", "编号", "指标", "分数"],
                    *([e, "P-1", "先进性", w] for e, w in WORDS.items()),
                ]
            },
            "D4",
        ),
        ({"s": [["专家", "编号", "先进性"], *([e, "P-1", w] for e, w in WORDS.items())]}, "C4"),
        ({e: [["编号", "先进性"], ["P-1", w]] for e, w in WORDS.items()}, "B2"),
        (
            {
                "s": [
                    ["编号", "指标", "专家1", "专家2", "专家3"],
                    ["P-1", "先进性", *WORDS.values()],
                ]
            },
            "E2",
        ),
    ],
    ids=["long", "indicators", "a sheet each", "experts"],
)
def test_in_every_form_of_sheet(tmp_path: Path, sheets: dict[str, list[list[Any]]], cell: str):
    submission = read_panel(
        [write_book(tmp_path / "p.xlsx", sheets)],
        indicator_of=lambda name: "先进性" if name == "先进性" else None,
        scales={"先进性": (0, 100)},
        quantity_of=lambda name: BANDS if name == "先进性" else None,
    )
    assert sorted(submission.scores.score) == [85, 92]
    (told,) = [f for f in submission.findings if f.severity == "error"]
    assert (told.code, told.place.cell) == ("V461", cell)
