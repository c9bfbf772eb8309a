import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures import capability
from pilotscore.measures.percentile_capability import percentile_indices, scored_ppk
from pilotscore.measures.shapes import percentiles
from tests.measures.test_grouped import laid_out

NAN = np.nan


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


def at(x):
    return np.array([x], dtype=float)


def test_indices_are_distances_from_the_median_to_limits_and_percentiles():
    values, starts = one(np.random.default_rng(4).gamma(3, size=40))
    x = percentiles(values, starts)
    found = percentile_indices(values, starts, (at(-1), at(9)))
    upper = (9 - x.median) / (x.high - x.median)
    lower = (x.median + 1) / (x.median - x.low)
    assert found.ppk.value[0] == pytest.approx(min(upper[0], lower[0]))
    assert found.pp.value == pytest.approx(10 / (x.high - x.low))
    for limits, side in (((NAN, 9), upper), ((-1, NAN), lower)):
        one_sided = percentile_indices(values, starts, (at(limits[0]), at(limits[1])))
        assert one_sided.ppk.value == pytest.approx(side)
        assert np.isnan(one_sided.pp.value[0])


def test_it_is_the_normal_form_for_normal_values():
    values, starts = one(stats.norm.ppf((np.arange(10_000) + 0.5) / 10_000))
    found = percentile_indices(values, starts, (at(-3), at(4))).ppk.value[0]
    assert found == pytest.approx(1, abs=0.001)


# How often the bound holds

_SPEC = importlib.util.spec_from_file_location(
    "coverage_of_bounds", Path(__file__).parents[2] / "benchmarks" / "coverage.py"
)
simulation = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(simulation)
STORED = json.loads(simulation.STORED.read_text(encoding="utf-8"))
TARGET = (
    "normal",
    "exponential",
    "gamma(4)",
    "lognormal(0.3)",
    "lognormal(0.5)",
    "lognormal(1)",
    "Weibull(1.5)",
    "Student t(5)",
)


def test_stored_figures_meet_the_target_from_ten_values_on():
    held = {(r["distribution"], r["n"]): r for r in STORED["ppk"]}
    for name in TARGET:
        for n in (10, 30, 100, 300):
            assert held[name, n]["held"] >= 0.93, (name, n)
            assert held[name, n]["assessed"] >= 0.98, (name, n)


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30, 100])
def test_a_small_simulation_agrees_with_the_stored_figures(n):
    groups = 1000
    for row in (r for r in STORED["ppk"] if r["n"] == n):
        again = simulation.ppk_of(row["distribution"], n, groups)
        for name in ("held", "normal_form", "assessed"):
            p = row[name]
            error = np.sqrt(max(p * (1 - p), 0.002) / groups)
            assert abs(again[name] - p) < 4 * error, (row["distribution"], name)
        assert again["median"] == pytest.approx(row["median"], rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("index", [0, 0.33, 0.67, 2, 4])
@pytest.mark.parametrize("name", TARGET)
def test_the_bound_holds_for_other_indices_and_for_the_short_tail(name, index):
    groups, n = 1000, 20
    true = simulation.DISTRIBUTIONS[name]
    values = true.rvs(n * groups, random_state=np.random.default_rng(7))
    starts = np.arange(groups + 1) * n
    none = np.full(groups, NAN)
    low, median, high = true.ppf(stats.norm.cdf([-3, 0, 3]))
    for limits in (
        (none, np.full(groups, median + index * (high - median))),
        (np.full(groups, median - index * (median - low)), none),
        (np.full(groups, median - index * (median - low)), none + median + index * (high - median)),
    ):
        found = scored_ppk(values, starts, limits).ppk.low
        known = ~np.isnan(found)
        assert known.mean() > 0.99
        assert (found[known] <= index).mean() >= 0.925


@pytest.mark.parametrize("confidence", [0.9, 0.99])
def test_the_reach_of_a_bound_goes_with_its_confidence(confidence):
    values, starts = one(np.random.default_rng(2).normal(size=30))
    plain, other = (
        percentile_indices(values, starts, (at(NAN), at(4)), c).ppk for c in (0.95, confidence)
    )
    assert other.value == plain.value
    assert (other.low < plain.low) == (confidence > 0.95)


# What is scored


def test_the_lesser_bound_is_scored_and_a_test_chooses_the_estimate_alone():
    rng = np.random.default_rng(6)
    values, starts = laid_out([rng.standard_normal(40), rng.exponential(size=40)])
    limits = np.full(2, -4.0), np.full(2, 8.0)
    found = scored_ppk(values, starts, limits)
    plain, other = (
        capability.ppk(values, starts, limits),
        percentile_indices(values, starts, limits),
    )
    assert found.by_percentiles.tolist() == [False, True]
    assert found.ppk.value.tolist() == [plain.value[0], other.ppk.value[1]]
    np.testing.assert_array_equal(found.ppk.low, np.minimum(plain.low, other.ppk.low))
    pp = capability.pp(values, starts, limits)
    np.testing.assert_array_equal(found.pp.low, np.minimum(pp.low, other.pp.low))
    never = scored_ppk(values, starts, limits, alpha=0)
    assert not never.by_percentiles.any()
    np.testing.assert_array_equal(never.ppk.low, found.ppk.low)


def test_light_tails_are_bounded_by_the_normal_form():
    values, starts = one(np.linspace(0, 1, 200))
    found = scored_ppk(values, starts, (at(NAN), at(1.5)))
    assert found.ppk.low == capability.ppk(values, starts, (at(NAN), at(1.5))).low


@pytest.mark.parametrize(
    "far",
    [
        [0.01, 0.011, 0.012, 0.013, 0.0125, 0.0115, 0.014, 0.013, 0.011, 0.9, 0.012, 5],
        [0, 0.1, 0.2, 0.1, 0, 0.2, 0.1, 0, 0.1, 50],
        [5.0] * 15 + [5.1],
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_nothing_is_said_of_values_too_skewed_for_any_form(far, sign):
    values, starts = one(sign * np.array(far))
    found = scored_ppk(values, starts, (at(-100), at(100)))
    assert found.skewed[0]
    assert found.normal[0] < 0.05
    assert not found.by_percentiles[0]
    assert np.isnan(rows(found)).all()


@pytest.mark.parametrize("n", range(8))
def test_fewer_than_eight_values_have_no_bound(n):
    found = scored_ppk(*one(np.arange(n)), (at(-100), at(100)))
    assert found.few[0]
    assert np.isnan(rows(found)).all()


def test_values_of_few_batches_have_a_lower_bound():
    values, starts = one(np.random.default_rng(3).normal(size=24))
    limits = at(NAN), at(5)
    worth = [capability.Worth(at(f), at(f + 1), at(1)) for f in (23, 11, 5, 3)]
    low = [percentile_indices(values, starts, limits, worth=w).ppk.low[0] for w in worth]
    assert low == sorted(low, reverse=True)
    assert len(set(low)) == 4


# Axioms

NUMBERS = st.lists(st.integers(-1000, 1000).map(lambda x: x / 8), max_size=16)
LIMIT = st.one_of(st.just(NAN), st.integers(-150, 150).map(float))


def rows(found):
    return np.array([(e.value, e.low, e.high) for e in (found.ppk, found.pp)])


@pytest.mark.slow
@given(st.lists(st.tuples(NUMBERS, LIMIT, LIMIT), min_size=1, max_size=4), st.randoms())
def test_a_group_is_worked_out_as_if_alone_and_in_any_order(groups, random):
    random.shuffle(groups)
    values, starts = laid_out([g for g, _, _ in groups])
    lower, upper = np.array([(low, high) for _, low, high in groups]).T
    for function in (percentile_indices, scored_ppk):
        together = rows(function(values, starts, (lower, upper)))
        for g, (own, low, high) in enumerate(groups):
            alone = rows(function(*laid_out([own]), (at(low), at(high))))[:, :, 0]
            np.testing.assert_allclose(together[:, :, g], alone, rtol=1e-6, atol=1e-8)


@pytest.mark.slow
@given(
    st.lists(st.integers(-500, 500), min_size=8, max_size=14, unique=True),
    st.integers(1, 50),
    st.integers(-99, 99),
)
def test_indices_have_no_unit_no_origin_and_no_direction(own, scale, shift):
    values, starts = one(own)
    before = rows(percentile_indices(values, starts, (at(-400), at(700))))
    changed = values * scale + shift
    after = percentile_indices(changed, starts, (at(-400 * scale + shift), at(700 * scale + shift)))
    np.testing.assert_allclose(rows(after), before, rtol=1e-6, atol=1e-8)
    turned = percentile_indices(-values, starts, (at(-700), at(400)))
    np.testing.assert_allclose(rows(turned), before, rtol=1e-6, atol=1e-8)


# Edges


@pytest.mark.parametrize("own", [[], [1], [1, 2, 3, 4, 5, 6, 7], [0.1] * 12])
def test_too_few_values_or_no_variation(own):
    assert np.isnan(rows(percentile_indices(*one(own), (at(0), at(10))))).all()


@pytest.mark.parametrize("pair", [(NAN, NAN), (9, 1), (4, 4), (-np.inf, np.inf)])
def test_no_limits_or_wrong_ones(pair):
    values, starts = one(np.random.default_rng(1).exponential(size=30))
    assert np.isnan(rows(percentile_indices(values, starts, (at(pair[0]), at(pair[1]))))).all()
    scored = scored_ppk(values, starts, (at(pair[0]), at(pair[1])))
    assert np.isnan(rows(scored)).all()
    assert not scored.by_percentiles[0]


def test_a_median_outside_is_below_zero():
    values, starts = one(np.random.default_rng(1).exponential(size=30))
    found = percentile_indices(values, starts, (at(NAN), at(-1))).ppk
    assert found.low[0] < found.value[0] < 0
    assert found.value[0] < found.high[0]
