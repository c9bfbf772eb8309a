"""The same figures by other people's libraries: what they print must be what comes out here.

capstat-core (validated against published references), pymannkendall and pingouin. Where one of them
means another thing by the same name, the test says what, and holds both.
"""

import capstat_core
import numpy as np
import pingouin
import pymannkendall
import pytest

from pilotscore.measures import capability
from pilotscore.measures.chart_constants import constants
from pilotscore.measures.control_charts import charts
from pilotscore.measures.drift import drift, lag_one
from pilotscore.measures.normality import anderson_darling
from pilotscore.measures.run_rules import signals
from pilotscore.measures.variation import mean_interval


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


def drawn(n, seed=1):
    return np.random.default_rng(seed).gamma(8, size=n) + 10


@pytest.mark.parametrize("n", [8, 12, 30, 200])
def test_normality_by_capstat(n):
    for values in (drawn(n), np.random.default_rng(n).normal(size=n)):
        ours, other = anderson_darling(*one(values)), capstat_core.anderson_darling(values)
        assert ours.statistic[0] == pytest.approx(other.statistic, rel=1e-9)
        assert ours.p_value[0] == pytest.approx(other.p_value, rel=1e-6)


@pytest.mark.parametrize("limits", [(10.0, 30.0), (10.0, None), (None, 30.0)])
def test_capability_by_capstat(limits):
    values, starts = one(drawn(25))
    other = capstat_core.capability(values, lsl=limits[0], usl=limits[1])
    ends = tuple(np.array([np.nan if x is None else x]) for x in limits)
    chart = charts(values, np.arange(26), starts)
    within = capability.Within(chart.sigma_within, chart.freedom)
    ours = {
        "pp": capability.pp(values, starts, ends),
        "ppk": capability.ppk(values, starts, ends),
        "cp": capability.cp(ends, within),
        "cpk": capability.cpk(values, starts, ends, within),
    }
    for name, estimate in ours.items():
        expected = getattr(other, name)
        expected = np.nan if expected is None else expected
        # capstat rounds d2 of moving ranges to 1.128
        rel = 2e-4 if name.startswith("c") else 1e-9
        assert estimate.value[0] == pytest.approx(expected, rel=rel, nan_ok=True)


def test_cpm_is_of_all_values_here_and_of_the_variation_within_at_capstat():
    values, starts = one(drawn(25))
    low, high, target = np.array([10.0]), np.array([30.0]), np.array([19.0])
    other = capstat_core.capability(values, lsl=10, usl=30, target=19)
    ours = capability.cpm(values, starts, (low, high), target).value[0]
    off = values.mean() - 19
    assert ours == pytest.approx(20 / (6 * np.hypot(values.std(ddof=1), off)))
    assert other.cpm == pytest.approx(20 / (6 * np.hypot(other.sigma_within, off)))


def test_individuals_by_capstat():
    values = drawn(30)
    ours, other = charts(values, np.arange(31), np.array([0, 30])), capstat_core.i_mr_chart(values)
    assert ours.centre[0] == pytest.approx(other.location.limits.center)
    assert ours.upper[0] == pytest.approx(other.location.limits.upper, rel=1e-4)
    assert ours.lower[0] == pytest.approx(other.location.limits.lower, rel=1e-4)


@pytest.mark.parametrize(("size", "chart"), [(3, "xbar_r_chart"), (12, "xbar_s_chart")])
def test_means_of_subgroups_by_capstat(size, chart):
    values = drawn(20 * size)
    ours = charts(values, np.arange(21) * size, np.array([0, 20]))
    other = getattr(capstat_core, chart)(values.reshape(20, size)).location.limits
    assert ours.centre[0] == pytest.approx(other.center)
    assert ours.upper[0] == pytest.approx(other.upper, rel=1e-4)
    assert ours.lower[0] == pytest.approx(other.lower, rel=1e-4)


@pytest.mark.slow
def test_constants_by_capstat():
    sizes = np.arange(2, 11)
    ours = constants(sizes)
    for name in ("d2", "d3", "c4"):
        expected = [getattr(capstat_core, name)(int(n)) for n in sizes]
        assert getattr(ours, name) == pytest.approx(expected, rel=2e-4)


@pytest.mark.parametrize("seed", range(6))
def test_run_rules_by_capstat(seed):
    # a walk, so that every rule has something to see
    values = np.cumsum(np.random.default_rng(seed).normal(size=120)) * 0.4
    values += np.random.default_rng(seed + 50).normal(size=120)
    chart = charts(values, np.arange(121), np.array([0, 120]))
    centre = np.full(120, chart.centre[0])
    ours = signals(chart.points, centre, chart.sigma, chart.starts, range(1, 9)).flags
    location = capstat_core.i_mr_chart(values).location
    for rule in range(1, 9):
        found = capstat_core.nelson_rules(location, [rule])
        own = set(np.flatnonzero(ours[:, rule - 1]).tolist())
        assert {v.point for v in found} == own, rule


@pytest.mark.parametrize("values", [drawn(20), np.round(drawn(40)), [1, 2, 3, 2, 5, 6, 2]])
def test_trend_by_pymannkendall(values):
    values = np.asarray(values, dtype=float)
    other = pymannkendall.original_test(values)
    x = np.arange(len(values), dtype=float)
    ours = drift(values, x, np.array([0, len(values)]))
    assert (ours.s[0], ours.variance[0]) == pytest.approx((other.s, other.var_s))
    assert (ours.z[0], ours.p[0]) == pytest.approx((other.z, other.p))
    assert ours.slope.value[0] == pytest.approx(other.slope)
    # theirs is tau-a, which ties keep from reaching 1; ours is tau-b, as scipy has it
    pairs = len(values) * (len(values) - 1) / 2
    assert other.Tau == pytest.approx(other.s / pairs)
    assert abs(ours.tau[0]) >= abs(other.Tau) - 1e-12


def test_correlation_of_neighbours_by_capstat():
    values = np.cumsum(drawn(40) - 18)
    expected = capstat_core.lag1_autocorrelation(values)
    assert lag_one(*one(values))[0] == pytest.approx(expected)


def test_interval_of_a_mean_by_pingouin():
    values = drawn(15)
    table = pingouin.ttest(values, 0, confidence=0.90)
    low, high = next(table[c].iloc[0] for c in table if c.startswith("CI"))
    ours = mean_interval(*one(values))
    assert (ours.low[0], ours.high[0]) == pytest.approx((low, high), abs=0.005)
