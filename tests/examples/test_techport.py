"""The published WASPAS scores and ranks of NASA TechPort projects, to 1e-9.

Source: github.com/ahmetbengoz/AICW-NASA-TechPort-Portfolio b6b4ab9, ranking_waspas_fixed.csv (MIT).
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

import pilotscore
from pilotscore.criteria import data_folder
from pilotscore.runs.outcome import Outcome
from tests.conftest import AS_OF

FOLDER = data_folder("examples") / "techport"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return pilotscore.rank(FOLDER / "techport.xlsx", FOLDER / "techport.yaml", as_of=AS_OF)


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, str]]:
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as stream:
        return {r["projectId"]: r for r in csv.DictReader(stream)}


@pytest.mark.slow
def test_the_complete_cases_are_those_of_the_publication(outcome: Outcome, published: dict):
    complete = [
        n
        for n, bad in zip(
            outcome.assessment.measurements.ids,
            outcome.assessment.missing.not_assessable,
            strict=True,
        )
        if not bad
    ]
    assert len(outcome) == 299
    assert len(complete) == 214
    assert set(complete) == set(published)


@pytest.mark.slow
@pytest.mark.parametrize("weights", ["AICW", "FUCOM", "LBWA", "MEREC", "SD"])
def test_scores_and_ranks_are_the_published_ones(outcome: Outcome, published: dict, weights: str):
    method = outcome.ranking.methods[f"waspas_{weights.lower()}"]
    rows = [i for i, name in enumerate(outcome.assessment.measurements.ids) if name in published]
    names = [outcome.assessment.measurements.ids[i] for i in rows]
    scores = np.array([float(published[n][f"{weights}_score"]) for n in names])
    ranks = np.array([float(published[n][f"{weights}_rank"]) for n in names])
    assert np.abs(method.scores[rows] - scores).max() < 1e-9
    assert method.ranks[rows].tolist() == ranks.tolist()


@pytest.mark.slow
def test_the_ranking_is_the_published_one_and_says_it_is_batch_relative(
    outcome: Outcome, published: dict
):
    ranking = outcome.ranking
    top = [ranking.assessment.measurements.ids[i] for i in ranking.order[:10]]
    best = sorted(published, key=lambda n: float(published[n]["AICW_rank"]))[:10]
    assert set(top) == set(best)
    assert ranking.batch_relative
    notes = " ".join(n.to("en") for n in outcome.notes())
    assert "batch-relative" in notes
    assert "the ranks depend on the other results" in notes


@pytest.mark.slow
def test_the_index_does_not_depend_on_the_batch(outcome: Outcome, tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "techport.xlsx")
    book["Projects"].delete_rows(100, 250)
    book.save(tmp_path / "fewer.xlsx")
    fewer = pilotscore.rank(tmp_path / "fewer.xlsx", FOLDER / "techport.yaml", as_of=AS_OF)
    n = len(fewer)
    assert n == 98
    assert fewer.assessment.index.tolist() == outcome.assessment.index[:n].tolist()
    changed = (
        fewer.ranking.methods["waspas_aicw"].scores
        - outcome.ranking.methods["waspas_aicw"].scores[:n]
    )
    assert np.nanmax(np.abs(changed)) > 1e-6
