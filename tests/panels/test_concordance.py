"""Kendall's W by published tables with and without ties, and by its tie to Friedman's test."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from pilotscore.panels.concordance import concordance
from tests.panels.making import scores_of


def test_a_published_table_with_ties():
    # The example of KendallW in R's DescTools (from irr): anxiety, twenty subjects, three raters.
    raters = (
        (3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3),
        (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
        (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
    )
    c = concordance(scores_of(np.array(raters, dtype=float).T))
    assert round(c.w, 7) == 0.5396569
    assert (c.results, c.experts) == (20, 3)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_friedmans_statistic_over_its_greatest(seed: int):
    table = np.random.default_rng(seed).integers(1, 6, (9, 4)).astype(float)
    statistic, p = stats.friedmanchisquare(*table)
    c = concordance(scores_of(table))
    assert c.w == pytest.approx(statistic / (4 * 8))
    assert c.p == pytest.approx(p)


def test_full_agreement_is_1_and_order_does_not_matter():
    table = np.array([[1, 10], [2, 20], [7, 30], [9, 44]], dtype=float)
    assert concordance(scores_of(table)).w == pytest.approx(1)
    assert concordance(scores_of(table[::-1])).w == pytest.approx(1)


def test_only_results_that_all_scored_count():
    table = np.array([[1, 10], [2, 20], [7, 30], [9, np.nan], [np.nan, 3]])
    assert concordance(scores_of(table)).results == 3
    table[2, 0] = np.nan
    assert concordance(scores_of(table)) is None


def test_everybody_gave_everything_the_same():
    assert concordance(scores_of(np.full((5, 3), 80.0))) is None
