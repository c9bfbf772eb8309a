import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.measures import grouped

GROUPS = st.lists(st.lists(st.floats(-1e6, 1e6), max_size=12), min_size=1, max_size=8)


def laid_out(groups):
    flat = np.array([x for g in groups for x in g], dtype=float)
    return flat, np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)


@pytest.mark.slow
@given(GROUPS)
def test_each_group_is_worked_out_as_if_it_were_alone(groups):
    values, starts = laid_out(groups)
    for g, alone in enumerate(groups):
        one = np.array(alone, dtype=float)
        assert grouped.counts(starts)[g] == len(one)
        assert grouped.total(values, starts)[g] == pytest.approx(one.sum(), abs=1e-6)
        if len(one):
            assert grouped.mean(values, starts)[g] == pytest.approx(one.mean(), abs=1e-6)
            assert grouped.least(values, starts)[g] == one.min()
            assert grouped.greatest(values, starts)[g] == one.max()
        else:
            assert np.isnan(grouped.mean(values, starts)[g])
            assert np.isnan(grouped.least(values, starts)[g])
        sd = grouped.deviation(values, starts)[g]
        if len(one) > 1:
            assert sd == pytest.approx(one.std(ddof=1), rel=1e-9, abs=1e-6)
        else:
            assert np.isnan(sd)


@pytest.mark.slow
@given(GROUPS, st.integers(1, 5))
def test_windows_and_steps_never_cross_a_group(groups, width):
    values, starts = laid_out(groups)
    flags = values > 0
    found = grouped.rolling(flags, starts, width)
    differences, ends = grouped.steps(values, starts)
    for g, alone in enumerate(groups):
        own = [sum(x > 0 for x in alone[max(0, i - width + 1) : i + 1]) for i in range(len(alone))]
        expected = [n if i >= width - 1 else 0 for i, n in enumerate(own)]
        assert found[starts[g] : starts[g + 1]].tolist() == expected
        assert differences[ends[g] : ends[g + 1]].tolist() == np.diff(alone).tolist()


def test_equal_values_do_not_vary_at_all():
    values = np.array([0.1] * 10)
    assert grouped.deviation(values, np.array([0, 10]))[0] == 0


def test_groups_of_one_size_are_one_matrix():
    values, starts = laid_out([[1, 2], [3], [4, 5], []])
    sizes = dict(grouped.equal_sizes(starts))
    assert sizes[2].tolist() == [0, 2]
    assert grouped.matrix(values, starts, sizes[2], 2).tolist() == [[1, 2], [4, 5]]
    assert grouped.group_of(starts).tolist() == [0, 0, 1, 2, 2]
    assert grouped.starts_of(grouped.group_of(starts), 4).tolist() == starts.tolist()
