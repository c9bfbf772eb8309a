"""Scores are kept in one order, whatever order they come in; half a sheet is no judgement."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.panels.scores import PanelScores, Scores

ROWS = [
    ("E2", "P1", "a", 80),
    ("E1", "P1", "a", 70),
    ("E1", "P1", "b", 50),
    ("E2", "P2", "a", 60),
    ("E2", "P1", "b", 40),
]


def test_order_of_rows_does_not_matter():
    panel, other = PanelScores.of(ROWS), PanelScores.of(ROWS[::-1])
    assert panel.results == other.results == ("P1", "P2")
    assert panel.experts == ("E1", "E2")
    for (_, mine), (_, theirs) in zip(panel, other, strict=True):
        assert mine.score.tolist() == theirs.score.tolist()
        assert mine.result.tolist() == theirs.result.tolist()


def test_overall_is_of_those_who_scored_every_indicator():
    overall = PanelScores.of(ROWS).overall({"a": 3})
    assert list(zip(overall.result, overall.expert, overall.score, strict=True)) == [
        (0, 0, (3 * 70 + 50) / 4),
        (0, 1, (3 * 80 + 40) / 4),
    ]


def test_two_scores_of_one_pair_or_no_number_are_refused():
    with pytest.raises(ValueError, match="two scores"):
        Scores.of(np.array([0, 0]), np.array([1, 1]), np.array([1.0, 2.0]), 1, 2)
    with pytest.raises(ValueError, match="no number"):
        Scores.of(np.array([0]), np.array([1]), np.array([np.nan]), 1, 2)


def test_groups_go_with_names():
    panel = PanelScores.of(ROWS, {"E2": "企业"})
    assert panel.group_of == ("", "企业")
