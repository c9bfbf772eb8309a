from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.ranking.agreement import agree, usual_top


def test_correlations_by_hand():
    """Of ten pairs, three change their order: tau = (7 - 3) / 10; rho = 1 - 6 * 10 / (5 * 24)."""
    a, b = np.array([1, 2, 3, 4, 5]), np.array([3, 1, 2, 5, 4])
    found = agree({"index": a, "m": b}, ["index", "m"], 2)
    assert found.kendall[0, 1] == pytest.approx(0.4)
    assert found.spearman[0, 1] == pytest.approx(1 - 6 * (4 + 1 + 1 + 1 + 1) / (5 * 24))
    assert found.overlap[0, 1] == 0.5
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 1, 2, 4, 4], [3, 2, 3, 5, 5])
    assert found.dependent == (0, 2)  # the first is third by m; the third is second by m


def test_a_result_without_a_place_is_left_out():
    found = agree({"index": np.array([1, 0, 2]), "m": np.array([2, 0, 1])}, ["index", "m"], 1)
    assert found.kendall[0, 1] == -1
    assert found.best.tolist() == [1, 0, 1]
    assert found.dependent == (0, 2)


def test_classes_count_for_the_correlation_but_not_for_the_first():
    orders = {"index": np.array([1, 2, 3, 4]), "grades": np.array([1, 1, 3, 3])}
    found = agree(orders, ["index"], 2)
    assert np.isnan(found.overlap[0, 1])
    assert found.kendall[0, 1] == pytest.approx(4 / np.sqrt(6 * 4))  # tau-b: ties in one of them
    assert found.dependent == ()


@pytest.mark.parametrize("ranks", [[1], [1, 1, 1]])
def test_one_result_or_all_alike_have_no_correlation(ranks: list[int]):
    found = agree({"index": np.array(ranks), "m": np.array(ranks)}, ["index", "m"])
    assert np.isnan(found.kendall).all()
    assert np.isnan(found.spearman).all()
    assert found.overlap[0, 1] == 1


def test_no_result_at_all():
    found = agree({"index": np.zeros(2, int), "m": np.zeros(2, int)}, ["index", "m"])
    assert found.dependent == ()


def test_the_usual_top():
    assert [usual_top(n) for n in (1, 2, 5, 6, 30, 900)] == [1, 1, 1, 2, 10, 10]


@pytest.mark.slow
@given(st.permutations(range(1, 8)), st.permutations(range(1, 8)))
def test_agreement_is_symmetric_and_within_bounds(a: list, b: list):
    found = agree({"a": np.array(a), "b": np.array(b)}, ["a", "b"])
    for matrix in (found.kendall, found.spearman):
        assert matrix == pytest.approx(matrix.T)
        assert np.diag(matrix) == pytest.approx(1)
        assert (abs(matrix) <= 1 + 1e-12).all()
    back = agree({"a": np.array(a), "b": 8 - np.array(a)}, ["a", "b"])
    assert back.kendall[0, 1] == pytest.approx(-1)
