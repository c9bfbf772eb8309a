import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures.mass_balance import closure


def laid_out(groups):
    starts = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
    flat = [x for g in groups for x in g]
    output, intake = (np.array([r[i] for r in flat], dtype=float) for i in (0, 1))
    return output, intake, starts


def test_a_table_worked_by_hand():
    # hand-worked: 96/100, 190/200, 99/100 are 96, 95 and 99 %; 385/400 = 96.25 %; mean 290/3,
    # s = sqrt(13/3), t(0.95; 2) = 2.919986
    found = closure(*laid_out([[(96, 100), (190, 200), (99, 100)]]))
    assert found.batch.tolist() == [96, 95, 99]
    assert found.overall[0] == 96.25
    assert found.mean.value[0] == pytest.approx(290 / 3)
    half = 2.919986 * np.sqrt(13 / 3) / np.sqrt(3)
    assert found.mean.low[0] == pytest.approx(290 / 3 - half, abs=1e-5)
    assert found.mean.high[0] == pytest.approx(290 / 3 + half, abs=1e-5)
    assert found.counted[0] == 3


def test_streams_of_a_batch_worked_by_hand():
    # hand-worked: crystals 41.0, mother liquor 52.5, filtrate 4.5 out of 60 solvent and 40 feed
    out = np.array([41.0 + 52.5 + 4.5, np.nan, np.nan])
    into = np.array([60.0 + 40.0, 8.0, 9.0])
    found = closure(out, into, np.array([0, 3]))
    assert found.batch[0] == found.overall[0] == found.mean.value[0] == 98
    assert np.isnan(found.mean.low[0])
    assert found.counted[0] == 1


@pytest.mark.parametrize(
    "bad", [(5, 0), (5, np.nan), (np.nan, 5), (5, -1), (-1, 5), (np.inf, 5), (5, np.inf)]
)
def test_a_batch_that_cannot_be_closed_is_left_out_on_both_sides(bad):
    found = closure(*laid_out([[(9, 10), bad, (10, 10)], [bad], []]))
    assert np.isnan(found.batch[[1, 3]]).all()
    assert found.overall.tolist()[0] == found.mean.value.tolist()[0] == 95
    assert found.counted.tolist() == [2, 0, 0]
    for figure in (found.overall, found.mean.value, found.mean.low, found.mean.high):
        assert np.isnan(figure[1:]).all()


def test_equal_closures_have_no_spread_and_more_than_all_is_told():
    found = closure(*laid_out([[(11, 10), (22, 20)]]))
    assert found.mean.low[0] == found.mean.value[0] == found.mean.high[0] == pytest.approx(110)
    assert closure(*laid_out([[(0, 10)]])).overall[0] == 0


MASSES = st.tuples(st.floats(0.1, 1000), st.floats(0.1, 1000))


@pytest.mark.slow
@settings(deadline=None)  # the first example imports scipy
@given(st.lists(st.lists(MASSES, max_size=8), min_size=1, max_size=5), st.floats(0.01, 100))
def test_each_group_is_as_if_alone_in_any_unit(groups, scale):
    output, intake, starts = laid_out(groups)
    found = closure(output, intake, starts)
    other = closure(output * scale, intake * scale, starts)
    for g, one in enumerate(groups):
        own = np.array([100 * a / b for a, b in one])
        if len(own):
            assert found.mean.value[g] == pytest.approx(own.mean())
        if len(own) > 1 and np.ptp(own) > 1e-6 * own.mean():
            both = stats.t.interval(0.9, len(own) - 1, own.mean(), stats.sem(own))
            assert [found.mean.low[g], found.mean.high[g]] == pytest.approx(both, abs=1e-6)
        alone = closure(*laid_out([one]))
        for name in ("overall", "counted"):
            got, expected = getattr(found, name)[g], getattr(alone, name)[0]
            assert got == pytest.approx(expected, nan_ok=True)
    assert other.overall == pytest.approx(found.overall, nan_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 10, 30])
def test_each_bound_covers_as_stated(n):
    rng = np.random.default_rng(n)
    many = 30_000
    intake = rng.uniform(50, 150, many * n)
    output = intake * rng.normal(0.97, 0.02, many * n)
    found = closure(output, intake, np.arange(many + 1) * n)
    assert (found.mean.low <= 97).mean() == pytest.approx(0.95, abs=0.005)
    assert (found.mean.high >= 97).mean() == pytest.approx(0.95, abs=0.005)
