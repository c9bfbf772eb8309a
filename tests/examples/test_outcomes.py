"""A real panel with known outcomes: what further experts are worth, to the printed digit."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from pilotscore.panels.aggregation import aggregate
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import PanelScores, Scores
from pilotscore.workbook.panels.reader import read_panel

FOLDER = Path(__file__).parents[2] / "examples" / "outcomes"
UNIT = (0.0, 1.0)


@pytest.fixture(scope="module")
def panel() -> tuple[Scores, np.ndarray, np.ndarray]:
    submission = read_panel([FOLDER / "forecasts.csv"], scale=UNIT)
    assert [f.code for f in submission.findings if f.severity != "info"] == []
    s = submission.scores
    made = PanelScores.of_columns(s.expert, s.result, s.indicator, s.score)
    with (FOLDER / "findings.csv").open(encoding="utf-8") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    came = np.array([float(rows[r]["replicated"]) for r in made.results])
    price = np.array([float(rows[r]["last_price"]) for r in made.results])
    return made.by_indicator[0], came, price


def brier(forecast: np.ndarray, came: np.ndarray) -> float:
    return float(((forecast - came) ** 2).mean())


@pytest.mark.slow
def test_all_experts_and_the_market(panel: tuple[Scores, np.ndarray, np.ndarray]):
    scores, came, price = panel
    assert (len(scores.score), scores.results, int(came.sum())) == (7377, 103, 50)
    mean = aggregate(scores, PanelRule(scale=UNIT)).value
    assert round(brier(mean, came), 4) == 0.2053
    assert int(((mean > 0.5) == came).sum()) == 68
    assert round(brier(price, came), 4) == 0.1924
    assert int(((price > 0.5) == came).sum()) == 75
    assert round(float(np.corrcoef(price, came)[0, 1]), 4) == 0.5812
    assert round(float(np.corrcoef(mean, came)[0, 1]), 4) == 0.5637


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "expected"), [(1, 0.2533), (3, 0.2208), (5, 0.2143), (10, 0.2094)]
)
def test_each_further_expert_helps_less(
    panel: tuple[Scores, np.ndarray, np.ndarray], size: int, expected: float
):
    scores, came, _ = panel
    table = scores.matrix()
    # Of so many out of n without repetition: the error of the mean of all, and what chance adds.
    n = scores.count
    chance = np.nanvar(table, axis=1, ddof=1) / size * (1 - size / n)
    exact = float(((np.nanmean(table, axis=1) - came) ** 2 + chance).mean())
    assert round(exact, 4) == expected
    rule = PanelRule(scale=UNIT)
    random = np.random.default_rng(1)
    drawn = []
    for _round in range(150):
        # So many experts of each finding, by chance and without repetition.
        order = np.lexsort((random.random(len(scores.score)), scores.result))
        place = np.empty(len(order), dtype=int)
        place[order] = np.arange(len(order)) - scores.start[scores.result[order]]
        drawn.append(brier(aggregate(scores.only(place < size), rule).value, came))
    error = np.std(drawn) / np.sqrt(len(drawn))
    assert np.mean(drawn) == pytest.approx(expected, abs=4 * error)
