"""Results whose scores lie far apart."""

from __future__ import annotations

import numpy as np

from pilotscore.panels.disagreement import disagreement
from tests.panels.making import scores_of


def test_span_above_the_limit_goes_to_discussion():
    table = np.array([[60, 80, 70], [60, 81, np.nan], [90, np.nan, np.nan], [np.nan] * 3])
    d = disagreement(scores_of(table), 20)
    assert d.discuss.tolist() == [False, True, False, False]
    assert d.span[:2].tolist() == [20, 21]
    assert np.isnan(d.span[2:]).all()
    assert d.deviation[0] == 10
