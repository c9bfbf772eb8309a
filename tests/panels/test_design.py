"""Whether experts can be compared: parts, and the efficiency factor of the design."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.panels.design import LEAST_EFFICIENCY, design_of
from tests.panels.making import random_scores, scores_of
from tests.panels.test_severity import in_pools

_ = np.nan


def test_a_complete_design_says_all():
    assert design_of(scores_of(np.ones((6, 4)))).efficiency == pytest.approx(1)


def test_a_balanced_incomplete_design_has_its_known_factor():
    # Three experts, each pair once: t (k - 1) / (k (t - 1)) = 3 * 1 / (2 * 2).
    table = np.array([[1, 2, _], [1, _, 3], [_, 2, 3]])
    assert design_of(scores_of(table)).efficiency == pytest.approx(0.75)


def test_parts_that_share_no_result_cannot_be_compared():
    table = np.array([[1, 2, _, _, _], [_, _, 3, 4, _], [3, 1, _, _, _]])
    design = design_of(scores_of(table))
    assert (design.parts, design.efficiency, design.comparable) == (2, 0.0, False)
    assert design.part.tolist() == [0, 0, 1, 1, -1]


def test_experts_drawn_at_random_can_be_compared():
    assert design_of(random_scores(1, 300, 30, 4)[0]).comparable


@pytest.mark.parametrize("reading", [0.0, 0.05, 0.1])
def test_pools_with_little_reading_across_cannot(reading: float):
    design = design_of(in_pools(1, reading)[0])
    assert design.efficiency < LEAST_EFFICIENCY
    assert not design.comparable


def test_nobody_scored():
    assert design_of(scores_of(np.full((2, 2), _))).parts == 0
