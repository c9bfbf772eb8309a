import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.funding.concentration import by_group, herfindahl, top_share


def test_example_of_the_department_of_justice():
    """Four firms with 30, 30, 20 and 20 percent: 900 + 900 + 400 + 400 = 2,600."""
    assert 10_000 * herfindahl(np.array([30, 30, 20, 20])) == pytest.approx(2600)


def test_bounds():
    assert herfindahl(np.array([7, 0, 0])) == 1
    assert herfindahl(np.array([5, 5, 5, 5])) == 0.25
    assert np.isnan(herfindahl(np.array([0, 0])))
    assert np.isnan(herfindahl(np.array([], dtype=np.int64)))
    assert top_share(np.array([1, 5, 4]), 2) == pytest.approx(0.9)
    assert np.isnan(top_share(np.array([0]), 1))


@pytest.mark.slow
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=30))
def test_to_merge_two_recipients_concentrates(amounts):
    before = herfindahl(np.array(amounts))
    assert 1 / len(amounts) - 1e-12 <= before <= 1
    assert herfindahl(np.array([amounts[0] + amounts[1], *amounts[2:]])) > before


def test_what_groups_asked_for_and_got():
    found = by_group(np.array([2, 0, 2, -1]), np.array([100, 50, 30, 20]), np.array([90, 0, 0, 10]))
    assert found.groups.tolist() == [-1, 0, 2]
    assert found.requested.tolist() == [20, 50, 130]
    assert found.awarded.tolist() == [10, 0, 90]
    assert found.share_requested.tolist() == [0.1, 0.25, 0.65]
    assert found.share_awarded.tolist() == [0.1, 0.0, 0.9]
    assert found.success.tolist() == [1.0, 0.0, 0.5]


def test_money_is_exact_where_floats_are_not():
    amounts = np.full(3, 2**53 + 1)
    assert by_group(np.zeros(3, dtype=np.int64), amounts, amounts).requested[0] == 3 * (2**53 + 1)
