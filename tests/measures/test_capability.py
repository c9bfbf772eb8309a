import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.measures import capability, grouped
from pilotscore.measures.control_charts import charts
from pilotscore.measures.percentile_capability import scored_ppk
from pilotscore.measures.variation import components
from tests.measures.furnace import FURNACE

NONE = np.array([np.nan])


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


def test_furnace_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook, 3.5.1: Cp 1.313 and Cpk 1.273 for 560 +- 100 (overall deviation)."""
    values, starts = one(FURNACE)
    limits = np.array([460.0]), np.array([660.0])
    assert round(float(capability.pp(values, starts, limits).value[0]), 3) == 1.313
    assert round(float(capability.ppk(values, starts, limits).value[0]), 3) == 1.273


def test_worked_example_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook, 6.1.6: limits 8 and 20, mean 16, s 2: Cp 1.0, Cpk 0.6667."""
    values, starts = one([14.0, 16.0, 18.0])  # mean 16, s 2
    limits = np.array([8.0]), np.array([20.0])
    within = capability.Within(np.array([2.0]), np.array([2.0]))
    assert capability.cp(limits, within).value[0] == pytest.approx(1.0)
    cpk = capability.cpk(values, starts, limits, within).value[0]
    assert round(float(cpk), 4) == 0.6667
    # Cpm with the target midway: 12 / (6 sqrt(4 + 4)), worked by hand.
    cpm = capability.cpm(values, starts, limits, np.array([14.0])).value[0]
    assert cpm == pytest.approx(12 / (6 * 8**0.5))


def test_bound_of_bissell():
    """Quality Digest: Cpk 1.15 of 45 values lies between 0.89 and 1.41 at 95 % (two-sided)."""
    found = capability.bissell(np.array([1.15]), np.array([45]), np.array([44.0]), 0.975)
    assert (round(float(found.low[0]), 2), round(float(found.high[0]), 2)) == (0.89, 1.41)


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 10, 30])
def test_coverage_of_the_bounds(n):
    """The share of samples whose bound holds the truth, of 40,000 normal ones."""
    count = 40_000
    values = np.random.default_rng(n).normal(0, 1, count * n)
    starts = np.arange(0, count * n + 1, n)
    lower, upper = np.full(count, -3.0), np.full(count, 6.0)
    for way, truth in ((capability.pp, 1.5), (capability.ppk, 1.0)):
        found = way(values, starts, (lower, upper))
        assert 0.94 <= float((found.low <= truth).mean()) <= 0.96
    found = capability.pp(values, starts, (lower, upper))
    assert 0.94 <= float((found.high >= 1.5).mean()) <= 0.96
    one_sided = capability.ppk(values, starts, (lower, np.full(count, np.nan)))
    assert 0.94 <= float((one_sided.low <= 1.0).mean()) <= 0.96
    cpm = capability.cpm(values, starts, (lower, upper), np.full(count, 1.5))
    truth = 9 / (6 * (1 + 1.5**2) ** 0.5)
    assert 0.93 <= float((cpm.low <= truth).mean()) <= 0.98
    # Midway between limits either side can be the nearer one, and the bound is conservative.
    centred = capability.ppk(values, starts, (np.full(count, -3.0), np.full(count, 3.0)))
    assert float((centred.low <= 1.0).mean()) >= 0.95


def test_what_cannot_be_judged():
    values = np.array([1.0, 1, 1, 2, 3, 4, 5])
    starts = np.array([0, 3, 6, 7, 7])
    lower, upper = np.array([0.0, 9, 0, 0]), np.array([2.0, 1, 9, 9])
    for way in (capability.pp, capability.ppk):
        assert np.isnan(way(values, starts, (lower, upper)).value).all()
    none = np.full(4, np.nan)
    assert np.isnan(capability.ppk(values, starts, (none, none)).value).all()


def test_almost_constant_values_have_a_bound():
    values, starts = one([1e-157, 2e-157, 3e-157])
    found = capability.ppk(values, starts, (np.array([-1.0]), np.array([1.0])))
    assert found.value[0] > 1e155
    assert np.isfinite(found.low[0])


@pytest.mark.slow
@given(st.lists(st.floats(-50, 50), min_size=3, max_size=12), st.integers(2, 9))
@settings(deadline=None)
def test_more_values_never_lower_the_bound(values, times):
    """The same estimate from more values is worth more."""
    few, starts = one(values)
    value = capability.ppk(few, starts, (np.array([-60.0]), np.array([60.0])))
    if np.isnan(value.value[0]):
        return
    n = len(values)
    low = [
        capability.bissell(value.value, np.array([k]), np.array([k - 1.0])).low[0]
        for k in (n, n * times)
    ]
    assert low[1] >= low[0]


@pytest.mark.slow
@given(st.lists(st.lists(st.floats(-9, 9), min_size=0, max_size=15), min_size=1, max_size=5))
@settings(deadline=None)
def test_no_group_depends_on_another(groups):
    values = np.array([x for g in groups for x in g], dtype=float)
    starts = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
    lower, upper = np.full(len(groups), -10.0), np.full(len(groups), 10.0)
    found = scored_ppk(values, starts, (lower, upper))
    for g, own in enumerate(groups):
        alone = scored_ppk(*one(own), (lower[:1], upper[:1]))
        for name in ("value", "low", "high"):
            together = getattr(found.ppk, name)[g]
            assert together == pytest.approx(
                getattr(alone.ppk, name)[0], rel=1e-6, abs=1e-9, nan_ok=True
            )


def test_moving_on_and_scaling_change_nothing():
    values, starts = one(FURNACE)
    found = capability.ppk(values, starts, (np.array([460.0]), np.array([660.0])))
    moved = capability.ppk(values * 3 + 7, starts, (np.array([1387.0]), np.array([1987.0])))
    assert moved.low[0] == pytest.approx(found.low[0])
    assert grouped.counts(starts)[0] == 168


@pytest.mark.parametrize(("k", "m"), [(5, 6), (10, 4), (30, 2)])
def test_coverage_where_batches_have_several_samples(k, m):
    """As much between batches as within: samples of one batch are not independent values.

    Satterthwaite's degrees of freedom are an approximation: 95 % stated, 90 to 95 % held.
    """
    count = 8000
    draw = np.random.default_rng(k)
    values = np.repeat(draw.normal(0, 1, count * k), m) + draw.normal(0, 1, count * k * m)
    batch_starts, group_starts = np.arange(0, count * k * m + 1, m), np.arange(0, count * k + 1, k)
    found = components(values, batch_starts, group_starts)
    worth = capability.Worth(found.freedom, found.size, found.scale)
    starts = batch_starts[group_starts]
    truth = 4 / (3 * 2**0.5)
    limit, none = np.full(count, 4.0), np.full(count, np.nan)
    held = capability.ppk(values, starts, (none, limit), worth=worth).low <= truth
    naive = capability.ppk(values, starts, (none, limit)).low <= truth
    assert 0.9 <= float(held.mean()) <= 0.96
    assert float(naive.mean()) < float(held.mean())


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 10, 30])
def test_coverage_with_the_deviation_of_moving_ranges(n):
    """Single values: Cp holds 94 to 97 %; Cpk is a little conservative with few of them."""
    count = 20_000
    values = np.random.default_rng(n).normal(0, 1, count * n)
    starts = np.arange(0, count * n + 1, n)
    chart = charts(values, np.arange(count * n + 1), starts)
    lower, upper = np.full(count, -3.0), np.full(count, 6.0)
    within = capability.Within(chart.sigma_within, chart.freedom)
    found = capability.cp((lower, upper), within)
    assert 0.94 <= float((found.low <= 1.5).mean()) <= 0.97
    assert 0.94 <= float((found.high >= 1.5).mean()) <= 0.96
    nearer = capability.cpk(values, starts, (lower, upper), within)
    assert 0.95 <= float((nearer.low <= 1.0).mean()) <= 0.985
