import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.funding.expected_rank import (
    ExpectedRanks,
    Quality,
    expected_ranks,
    nih_percentile,
    quality,
    sampled_ranks,
)

# ERforResearch (SNSF), mock panel p1: 15 proposals by 5 assessors, 1 the best grade of 6, and the
# expected ranks and SUCRA that its vignette publishes.
RAW = (
    """11125 11226 12135 13215 12235 13145 12345 15225 13435 14255 23445 24355 25446 23466 25546"""
)
PANEL = np.array([[7 - int(grade) for grade in row] for row in RAW.split()], dtype=float)
PUBLISHED = np.array([
    2.44, 4.06, 4.09, 4.12, 5.08, 6.19, 7.34, 7.26, 8.43, 9.42, 10.4, 11.4, 13.0, 13.0, 13.7,
])  # fmt: skip
SUCRA = np.array([.90, .78, .78, .78, .71, .63, .55, .55, .47, .40, .33, .25, .15, .14, .09])  # fmt: skip


def test_closed_form_against_the_published_ranks():
    found = expected_ranks(quality(PANEL))
    assert np.abs(found.rank - PUBLISHED).max() < 0.3
    assert np.abs(found.sucra - SUCRA).max() < 0.025
    assert found.rank[1] == pytest.approx(found.rank[3])  # 4.6 on average, each


@pytest.mark.slow
def test_simulation_against_the_published_ranks():
    found = sampled_ranks(PANEL, seed=1)
    assert np.abs(found.rank - PUBLISHED).max() < 0.15
    assert np.abs(found.sucra - SUCRA).max() < 0.015
    assert found.percentile[0] == pytest.approx(12.9, abs=0.5)
    assert np.array_equal(found.rank, sampled_ranks(PANEL, seed=1).rank)


def test_variances_are_those_of_the_analysis_of_variance():
    """Shrout and Fleiss 1979: BMS 11.2417, EMS 1.0194 for 6 targets by 4 judges."""
    rows = "9 2 5 8|6 1 3 2|8 4 6 8|7 1 2 6|10 5 6 9|6 2 4 7"
    ratings = np.array([[float(x) for x in row.split()] for row in rows.split("|")])
    found = quality(ratings)
    assert found.within == pytest.approx(1.0194, abs=5e-5)
    assert found.between == pytest.approx((11.2417 - 1.0194) / 4, abs=5e-5)
    # ICC(3,1) of the paper is .71.
    assert found.between / (found.between + found.within) == pytest.approx(0.7148, abs=5e-5)


def test_a_strict_rater_costs_nobody_a_place():
    """Each is rated by three of five; the level of a rater is taken out."""
    rng = np.random.default_rng(5)
    truth = np.linspace(2, -2, 12)
    ratings = truth[:, None] + rng.normal(0, 0.3, (12, 5))
    hidden = np.stack([rng.permutation(5) for _ in range(12)]) < 2
    fair = np.where(hidden, np.nan, ratings)
    strict = fair - np.array([0, 0, 3.0, 0, 0])
    same = expected_ranks(quality(fair)).rank
    assert expected_ranks(quality(strict)).rank == pytest.approx(same, abs=1e-9)
    assert np.corrcoef(same, np.arange(12))[0, 1] > 0.97
    sampled = sampled_ranks(fair, seed=2, chains=50, sweeps=200).rank
    assert np.abs(sampled - same).max() < 0.6


def test_where_no_difference_can_be_told_all_have_the_middle_rank():
    ratings = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0], [2.0, 3.0, 1.0]])
    found = quality(ratings)
    assert found.between == 0
    assert expected_ranks(found).rank.tolist() == [2.0, 2.0, 2.0]


def test_two_normals_by_hand():
    """P(q1 > q0) with a difference of 1 and deviations 0.6 and 0.8 is 1 - 0.8413."""
    found = expected_ranks(Quality(np.array([1.0, 0.0]), np.diag([0.36, 0.64]), 1.0, 1.0))
    assert found.rank == pytest.approx([1.158655, 1.841345], abs=1e-6)


@pytest.mark.parametrize("ratings", [[[1.0], [2.0]], [[1.0, np.nan], [np.nan, 2.0]]])
def test_too_few_ratings(ratings):
    with pytest.raises(ValueError, match="too few"):
        quality(np.array(ratings))


def test_one_result_alone_has_rank_one():
    alone = ExpectedRanks(np.array([1.0]))
    assert np.isnan(alone.sucra[0])
    assert alone.percentile[0] == 50


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 12))
def test_ranks_add_up_and_follow_the_order_of_quality(seed, n):
    rng = np.random.default_rng(seed)
    found = quality(rng.normal(0, 1, (n, 4)) + rng.normal(0, 2, (n, 1)))
    ranks = expected_ranks(found).rank
    assert ranks.sum() == pytest.approx(n * (n + 1) / 2)
    assert ((ranks >= 1) & (ranks <= n)).all()
    # In a complete panel all are equally sure, so a better mean is a better rank.
    assert (np.diff(ranks[np.argsort(-found.mean)]) >= -1e-9).all()


@pytest.mark.parametrize(
    ("doubled", "count", "expected"),
    [
        (2 * 10 + 1, 99, 11),  # 10.10...: always rounded up, "10.1 becomes 11"
        (21, 100, 10),  # exactly 10
        (2, 200, 1),
        (2, 1000, 1),  # 0.05: never 0
        (2000, 1000, 99),  # 99.95: never 100
        (3, 2, 50),  # a tie of two: rank 1.5
    ],
)
def test_percentile_of_the_nih(doubled, count, expected):
    assert nih_percentile(doubled, count) == expected


def test_a_rank_that_is_none():
    for doubled in (0, 1, 22):
        with pytest.raises(ValueError, match="rank"):
            nih_percentile(doubled, 10)
