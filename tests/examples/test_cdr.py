"""CarbonPlan's rating of 219 carbon-removal proposals, all of them (CC-BY-4.0)."""

from __future__ import annotations

import pytest

import pilotscore
from pilotscore.criteria import data_folder
from tests.conftest import AS_OF

FOLDER = data_folder("examples") / "cdr"


@pytest.mark.slow
def test_the_published_rating_219_of_219():
    outcome = pilotscore.rank(FOLDER / "cdr.xlsx", FOLDER / "cdr.yaml", as_of=AS_OF)
    a = outcome.assessment
    published = a.measurements.facts["published_rating"].values.tolist()
    rated = [int(a.criteria.grades[g].id.removeprefix("R")) for g in a.grade]
    assert len(rated) == 219
    assert rated == published
    assert not outcome.blocking


def test_heavy_ties_share_their_rank():
    outcome = pilotscore.rank(FOLDER / "cdr.xlsx", FOLDER / "cdr.yaml", as_of=AS_OF)
    ranks = sorted(outcome.ranking.ranks.tolist())
    assert ranks[:3] == [1, 2, 2]
    assert len(set(ranks)) <= 7
