"""Thresholds of Horizon Europe, said in the language of conditions that gates are written in.

Evaluation form of Research and Innovation Actions (RIA/IA): three criteria from 0 to 5, each
against 3, their sum against 10, both unweighted; in Innovation Actions impact counts 1.5 times for
the order, never for the thresholds.
"""

import numpy as np
import pytest

from pilotscore.criteria.condition import Operand, evaluate, parse

FAILS = "excellence < 3 or impact < 3 or implementation < 3 or total < 10"


def operands(rows):
    columns = np.array(rows, dtype=float)
    named = dict(zip(("excellence", "impact", "implementation"), columns.T, strict=True))
    named["total"] = columns.sum(axis=1)
    return {name: Operand(values, np.isnan(values) & False) for name, values in named.items()}


@pytest.mark.parametrize(
    ("scores", "fails"),
    [
        ((5, 5, 2.5), True),  # 12.5, but a criterion below 3
        ((3, 3, 3.5), True),  # 9.5, the sum below 10
        ((3, 3, 4), False),
        ((3, 5, 2.5), True),  # 10.5, and 13 with impact counted 1.5 times: no help
        ((3, 3.5, 3), True),  # 9.5, though 11.25 with impact counted 1.5 times
    ],
)
def test_thresholds(scores, fails):
    assert evaluate(parse(FAILS), operands([scores])).holds.tolist() == [fails]


def test_a_missing_score_fails_nobody_before_it_is_known():
    found = evaluate(parse(FAILS), operands([(5, 5, np.nan), (2, 5, np.nan)]))
    assert found.holds.tolist() == [False, True]
    assert found.unknown.tolist() == [True, False]
