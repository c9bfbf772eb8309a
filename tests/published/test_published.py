"""Every published case is met to its printed digits."""

from __future__ import annotations

import numpy as np
import pytest

from tests.published.areas import AREAS
from tests.published.registry import Published

CASES = [(area, one) for area, (_, cases) in AREAS.items() for one in cases]


@pytest.mark.slow
@pytest.mark.parametrize(("area", "one"), CASES, ids=[f"{a}: {c.what.en}" for a, c in CASES])
def test_it_is_met_to_the_printed_digits(area: str, one: Published):
    assert len(one.figures) == len(one.expected)
    off = np.abs(np.subtract(one.figures, one.expected))
    worst = int((off - one.within).argmax())
    assert off[worst] <= one.within[worst], (one.expected[worst], one.figures[worst])


def test_there_are_many_and_none_twice():
    names = [(one.what.en, one.source) for _, one in CASES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


def test_who_is_let_differ_by_more_says_why():
    for _, one in CASES:
        assert one.last <= 1 or one.note, one.what.en
        assert one.source
        assert one.what.zh


def test_a_wrong_figure_is_seen():
    one = CASES[0][1]
    wrong = Published(one.what, one.source, "1.315 1.273", one.got)
    with pytest.raises(AssertionError):
        test_it_is_met_to_the_printed_digits("", wrong)
