"""Grades of many draws: those that each rule gives by itself, floor by floor."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.ranking.robustness.grading import GradeRule, Grading

LEVELS = np.array([True, False, True, True, False, True])
CAPS = np.array([0, 0, 2, 0, 1, 3], dtype=np.int8)
RULES = {
    "none has floors": (GradeRule(3, 0, None, (), None), GradeRule(0, 60, None, (), None)),
    "some dimensions": (
        GradeRule(3, 0, None, (), None),
        GradeRule(2, 30, None, ((1, 50.0),), None),
        GradeRule(0, 60, None, ((0, 20.0), (2, 70.0)), LEVELS),
    ),
    "every dimension": (
        GradeRule(3, 0, None, (), None),
        GradeRule(2, 30, 10.0, (), LEVELS),
        GradeRule(1, 20, 30.0, ((2, 40.0),), ~LEVELS),
    ),
}


def plainly(rules: tuple[GradeRule, ...], index: float, values: list[float], i: int) -> int:
    """Return a grade as one would give it by hand."""
    grade = 3
    for rule in rules:
        floors = dict(rule.floors)
        met = index >= rule.index and (rule.levels is None or rule.levels[i])
        for k, value in enumerate(values):
            met = met and value >= floors.get(k, rule.every if rule.every is not None else 0)
        grade = rule.place if met else grade
    return max(grade, int(CAPS[i]))


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@pytest.mark.parametrize("draws", [1, 300], ids=["same in every draw", "of each draw"])
def test_grades_are_those_of_each_rule(rules: tuple[GradeRule, ...], draws: int):
    random = np.random.default_rng(1)
    index = random.uniform(0, 100, (300, 6))
    dimensions = [random.choice([0.0, 10, 30, 40, 50, 70, 99], (draws, 6)) for _ in range(3)]
    before = [x.copy() for x in dimensions]
    grades = Grading(rules, CAPS).grades(index, dimensions, slice(None))
    wide = [np.broadcast_to(x, index.shape) for x in dimensions]
    for q in range(300):
        for i in range(6):
            assert grades[q, i] == plainly(rules, index[q, i], [x[q, i] for x in wide], i)
    assert all((x == y).all() for x, y in zip(dimensions, before, strict=True))
    part = Grading(rules, CAPS).grades(index[:, 2:5], [x[:, 2:5] for x in dimensions], slice(2, 5))
    assert (part == grades[:, 2:5]).all()
