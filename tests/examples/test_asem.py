"""The published ASEM index, every step from the treated data to the ranks.

Source: github.com/bluefoxr/COINr b968203, data/ASEM_COIN.rda and its tables (MIT).
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

import pilotscore
from pilotscore.criteria import data_folder
from pilotscore.runs.outcome import Outcome
from tests.conftest import AS_OF

FOLDER = data_folder("examples") / "asem"
CONNECTIVITY = ["physical", "conecfin", "political", "instit", "p2p"]
SUSTAINABILITY = ["environ", "social", "susecfin"]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return pilotscore.rank(FOLDER / "asem.xlsx", FOLDER / "asem.yaml", as_of=AS_OF)


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, str]]:
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as stream:
        return {r["UnitCode"]: {k.lower(): v for k, v in r.items()} for r in csv.DictReader(stream)}


def column(outcome: Outcome, published: dict[str, dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(published[i][name]) for i in outcome.assessment.measurements.ids])


def pillar(outcome: Outcome, name: str) -> np.ndarray:
    dimensions = [d.id for d in outcome.assessment.criteria.dimensions]
    return outcome.assessment.dimensions[:, dimensions.index(name)]


def test_it_is_whole(outcome: Outcome, published: dict):
    assert set(outcome.assessment.measurements.ids) == set(published)
    assert len(published) == 51
    assert outcome.assessment.scores.shape == (51, 49)


def test_the_normalised_indicators_are_the_published_ones(outcome: Outcome, published: dict):
    indicators = outcome.assessment.criteria.indicators
    wanted = np.stack([column(outcome, published, i.id) for i in indicators], axis=1)
    assert np.abs(outcome.assessment.scores - wanted).max() < 1e-9


@pytest.mark.parametrize("name", [*CONNECTIVITY, *SUSTAINABILITY])
def test_each_pillar_is_the_published_one(outcome: Outcome, published: dict, name: str):
    assert np.abs(pillar(outcome, name) - column(outcome, published, name)).max() < 1e-9


def test_sub_indexes_and_index_are_the_published_ones(outcome: Outcome, published: dict):
    subs = [s.id for s in outcome.assessment.criteria.sub_indexes]
    means = dict(zip(subs, outcome.assessment.sub_indexes.T, strict=True))
    assert subs == ["conn", "sust"]
    means["index"] = outcome.assessment.index
    for name, found in means.items():
        assert np.abs(found - column(outcome, published, name)).max() < 1e-9, name


def test_the_ranks_are_the_published_ones(outcome: Outcome, published: dict):
    assert (
        outcome.ranking.ranks.tolist()
        == column(outcome, published, "index_rank").astype(int).tolist()
    )


@pytest.mark.slow
def test_a_country_does_not_depend_on_the_others(outcome: Outcome, tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "asem.xlsx")
    book["Countries"].delete_rows(12, 30)
    book.save(tmp_path / "fewer.xlsx")
    fewer = pilotscore.rank(tmp_path / "fewer.xlsx", FOLDER / "asem.yaml", as_of=AS_OF)
    known = dict(zip(outcome.assessment.measurements.ids, outcome.assessment.index, strict=True))
    assert len(fewer) == 21
    assert fewer.assessment.index.tolist() == [known[i] for i in fewer.assessment.measurements.ids]
