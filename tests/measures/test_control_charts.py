import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import chdtri

from pilotscore.measures import chart_constants
from pilotscore.measures.control_charts import ChartKind, charts

# NIST/SEMATECH e-Handbook 6.3.2.2, flow rates of ten batches
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

# Inside diameters of piston rings, 25 samples of 5 (Montgomery; data/pistonrings.txt of R's qcc),
# in thousandths of mm above 73.9 mm
RINGS = """
130 102 119 92 108  95 92 101 111 104  88 124 121 105 102  102 96 93 115 109  92 107 115 89 114
109 94 97 85 93  95 106 94 100 105  85 103 93 115 88  108 95 109 105 104  98 100 90 107 95
94 98 94 95 90  104 100 107 100 96  83 102 98 97 112  106 67 94 100 84  112 114 98 99 107
100 84 105 98 96  94 112 86 105 107  106 110 118 103 100  84 102 103 105 97  100 110 113 120 103
88 101 109 105 96  104 99 90 106 109  110 89 90 109 114  115 108 93 100 110  82 84 95 117 113
"""


def of_batches(*groups):
    """Return the values, batch starts and group starts of groups of batches of values."""
    batches = [batch for group in groups for batch in group]
    values = np.array([x for batch in batches for x in batch], dtype=float)
    ends = np.cumsum([0] + [len(batch) for batch in batches])
    return values, ends, np.cumsum([0] + [len(group) for group in groups])


def rings():
    return (73.9 + np.array(RINGS.split(), dtype=float) / 1000).reshape(25, 5)


def singles(values):
    return [[x] for x in values]


def test_individual_values_of_the_nist_handbook():
    found = charts(*of_batches(singles(FLOW)))
    assert found.kind.tolist() == [ChartKind.I_MR]
    assert found.centre[0] == pytest.approx(50.81, abs=1e-12)
    assert round(found.spread_centre[0], 4) == 1.8778
    assert found.spread[1:].round(1).tolist() == [2.0, 2.3, 1.4, 3.5, 3.4, 1.4, 0.2, 1.2, 1.5]
    assert np.isnan(found.spread[0])
    # The handbook prints 55.8041 and 45.8159, with d2 rounded to 1.128
    three = 3 * found.spread_centre[0] / 1.128
    assert round(found.centre[0] + three, 4) == 55.8041
    assert round(found.centre[0] - three, 4) == 45.8159
    # With the exact constant the limits are 0.002 nearer
    assert found.upper.round(4).tolist() == [55.8024] * 10
    assert found.lower.round(4).tolist() == [45.8176] * 10
    # 3.267 MRbar with the rounded D4 (a test of another package works it out so): 6.1347
    assert found.spread_upper[0] == pytest.approx(6.1347, abs=1e-3)
    assert found.spread_lower[0] == 0


def test_means_and_ranges_of_piston_rings_are_those_of_qcc():
    found = charts(*of_batches(rings().tolist()))
    assert found.kind.tolist() == [ChartKind.XBAR_R]
    # docs/articles/qcc.html of luca-scr/qcc, version 3.0: qcc(diameter[1:25,], type="xbar"), "R"
    assert round(found.centre[0], 5) == 74.00118
    assert round(found.spread_centre[0], 5) == 0.02276
    assert found.spread_lower[0] == 0
    # qcc takes d2 of 5 values from its table, 2.326 instead of 2.32593, and so prints a standard
    # deviation of 0.009785039, limits of 73.98805 and 74.0143, and 0.04812533 for ranges
    rounded = found.sigma_within[0] * 2.325928947 / 2.326
    assert round(rounded, 9) == 0.009785039
    assert found.spread_centre[0] + 3 * 0.864081941 * rounded == pytest.approx(0.04812533, abs=2e-7)
    assert found.spread_upper[0] == pytest.approx(0.04812533, abs=1e-6)
    assert round(found.lower[0], 5) == 73.98805
    assert round(found.upper[0], 4) == 74.0143
    assert not (found.points > found.upper).any()


def test_means_and_deviations_of_piston_rings_are_those_of_qcc():
    # Batches of 5 alone would have an R chart: one more batch, of one value at the centre line, which
    # adds nothing to the spread, makes it an S chart.
    five = rings().tolist()
    found = charts(*of_batches([*five, [rings().mean()]]))
    assert found.kind.tolist() == [ChartKind.XBAR_S]
    # the same page, type="S"
    assert round(found.sigma_within[0], 9) == 0.009829977
    assert round(found.spread_centre[0], 9) == 0.009240037
    assert round(found.spread_upper[0], 8) == 0.01930242
    assert found.spread_lower[0] == 0
    assert found.centre[0] == pytest.approx(74.001176, abs=1e-9)
    alone = [getattr(found, name)[25] for name in ("spread", "spread_centre", "spread_upper")]
    assert np.isnan(alone).all()
    assert found.upper[25] - found.centre[0] == pytest.approx(3 * found.sigma_within[0])


def test_batches_of_different_sizes_have_their_own_limits():
    # qcc's example "Variable control limits": twelve rings left out
    left_out = {9, 10, 30, 35, 45, 64, 65, 74, 75, 85, 99, 100}
    flat = rings().ravel()
    kept = [[flat[i] for i in range(5 * b, 5 * b + 5) if i + 1 not in left_out] for b in range(25)]
    found = charts(*of_batches(kept))
    assert found.kind.tolist() == [ChartKind.XBAR_S]
    assert round(found.centre[0], 5) == 74.00075
    sizes = np.array([len(batch) for batch in kept])
    c4 = chart_constants.c4(sizes)
    s = np.array([np.std(batch, ddof=1) for batch in kept])
    # SAS/QC, SMETHOD=MVLUE
    f = c4**2 / (1 - c4**2)
    sigma = (f * s / c4).sum() / f.sum()
    assert found.sigma_within[0] == pytest.approx(sigma)
    assert found.upper == pytest.approx(found.centre[0] + 3 * sigma / np.sqrt(sizes))
    assert found.lower == pytest.approx(found.centre[0] - 3 * sigma / np.sqrt(sizes))
    assert found.spread == pytest.approx(s)
    assert found.spread_upper == pytest.approx(sigma * (c4 + 3 * np.sqrt(1 - c4**2)))
    assert found.sigma == pytest.approx(sigma / np.sqrt(sizes))
    assert found.centres == pytest.approx([found.centre[0]] * 25)


def test_lower_limits_of_the_spread_begin_at_larger_batches():
    rng = np.random.default_rng(3)
    seven, nine = rng.normal(size=(20, 7)).tolist(), rng.normal(size=(20, 9)).tolist()
    found = charts(*of_batches(seven, nine))
    assert found.kind.tolist() == [ChartKind.XBAR_R, ChartKind.XBAR_S]
    rbar, sbar = np.ptp(seven, axis=1).mean(), np.std(nine, axis=1, ddof=1).mean()
    assert found.spread_lower[0] == pytest.approx(0.076 * rbar, rel=0.01)
    assert found.spread_upper[0] == pytest.approx(1.924 * rbar, rel=0.001)
    assert found.spread_lower[20] == pytest.approx(0.239 * sbar, rel=0.01)
    assert found.spread_upper[20] == pytest.approx(1.761 * sbar, rel=0.001)


VALUE = st.floats(-100, 100).map(lambda x: round(x, 3))
BATCH = st.lists(VALUE, min_size=1, max_size=10)
GROUP = st.one_of(
    st.lists(st.lists(VALUE, min_size=1, max_size=1), max_size=6),
    st.integers(2, 9).flatmap(
        lambda n: st.lists(st.lists(VALUE, min_size=n, max_size=n), max_size=5)
    ),
    st.lists(BATCH, max_size=5),
)


@pytest.mark.slow
@given(st.lists(GROUP, min_size=1, max_size=5))
def test_each_group_has_the_chart_it_has_alone(groups):
    together = charts(*of_batches(*groups))
    for g, group in enumerate(groups):
        alone = charts(*of_batches(group))
        for field in dataclasses.fields(together):
            if field.name == "starts":
                continue
            whole, own = getattr(together, field.name), getattr(alone, field.name)
            own_part = slice(together.starts[g], together.starts[g + 1])
            if field.name in ("kind", "centre", "sigma_within", "freedom"):
                own_part = slice(g, g + 1)
            assert whole[own_part] == pytest.approx(own, nan_ok=True, rel=1e-9, abs=1e-9)


@pytest.mark.slow
@given(GROUP, st.floats(0.1, 10), st.floats(-50, 50))
def test_charts_follow_scale_and_shift(group, scale, shift):
    values, batches, groups = of_batches(group)
    one, other = charts(values, batches, groups), charts(values * scale + shift, batches, groups)
    close = {"nan_ok": True, "rel": 1e-6, "abs": 1e-6}
    assert other.upper == pytest.approx(one.upper * scale + shift, **close)
    assert other.spread_upper == pytest.approx(one.spread_upper * scale, **close)
    assert other.sigma_within == pytest.approx(one.sigma_within * scale, **close)
    assert other.freedom == pytest.approx(one.freedom, nan_ok=True)


def test_nothing_one_point_and_constants():
    found = charts(*of_batches([], [[3.0]], singles([0.1] * 10), [[0.1, 0.1], [0.1, 0.1, 0.1]]))
    assert np.isnan(found.centre[0])
    assert found.centre[1:].tolist() == [3.0, 0.1, 0.1]
    assert np.isnan(found.sigma_within[:2]).all()
    assert np.isnan(found.freedom[:2]).all()
    assert found.sigma_within[2:].tolist() == [0, 0]
    assert np.isnan(found.upper[0])
    assert found.upper[1:].tolist() == [0.1] * 12
    assert found.lower[1:].tolist() == [0.1] * 12
    assert found.points.tolist() == [3.0] + [0.1] * 12
    none = charts(*of_batches([]))
    assert none.points.shape == (0,)
    assert none.kind.shape == (1,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("batches", "size", "low", "high"),
    [
        # The bounds by the chi-square distribution at the effective degrees of freedom are
        # approximate. Measured: moving ranges of 5, 10, 30 values: 94.6, 94.7, 94.8 % below and
        # 96.3, 95.9, 95.4 % above; ranges and deviations 94.8 to 95.2 %.
        (5, 1, 0.941, 0.968),
        (10, 1, 0.941, 0.964),
        (30, 1, 0.943, 0.959),
        (5, 2, 0.943, 0.957),
        (10, 3, 0.943, 0.957),
        (3, 10, 0.943, 0.957),
    ],
)
def test_sigma_within_spreads_as_its_degrees_of_freedom_say(batches, size, low, high):
    groups = 20000
    rng = np.random.default_rng(11)
    values = rng.normal(size=groups * batches * size)
    found = charts(
        values,
        np.arange(0, len(values) + 1, size),
        np.arange(0, groups * batches + 1, batches),
    )
    nu = found.freedom[0]
    assert found.sigma_within.mean() == pytest.approx(1, abs=0.008)
    expected = 1 / chart_constants.c4(np.array([nu + 1]))[0] ** 2 - 1
    assert found.sigma_within.var() == pytest.approx(expected, rel=0.05)
    like_s = found.sigma_within * chart_constants.c4(np.array([nu + 1]))
    assert low < (like_s * np.sqrt(nu / chdtri(nu, 0.95)) > 1).mean() < high
    assert low < (like_s * np.sqrt(nu / chdtri(nu, 0.05)) < 1).mean() < high


def test_rules_of_thumb_for_the_degrees_of_freedom_are_near():
    rng = np.random.default_rng(5)
    found = charts(
        *of_batches(
            singles(rng.normal(size=100)),
            rng.normal(size=(20, 5)).tolist(),
            rng.normal(size=(20, 9)).tolist(),
        )
    )
    # Wheeler, Advanced Topics in SPC, as quoted in a forum of elsmar.com: 0.62 (n - 1)
    assert found.freedom[0] == pytest.approx(0.62 * 99, rel=0.03)
    assert found.freedom[1] == pytest.approx(0.9 * 20 * 4, rel=0.03)
    assert found.freedom[2] == pytest.approx(20 * 8, rel=0.03)
    assert found.freedom[2] < 20 * 8
