import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.measures.run_rules import signal_rate, signals

# Sequences (in sigma, about 0) whose last point completes the pattern, and ones that only nearly do.
NELSON = {
    1: ([[0, 3.01]], [[0, 3.0], [2.99]]),
    2: ([[0.1] * 9, [-1, *[0.5] * 9]], [[0.1] * 8, [*[0.1] * 5, 0, *[0.1] * 4], [*[0.1] * 8, -0.1]]),
    3: ([[0, 0.1, 0.2, 0.3, 0.4, 0.5]], [[0, 0.1, 0.2, 0.3, 0.4], [0, 0.1, 0.2, 0.2, 0.3, 0.4]]),
    4: (
        [[0, 1] * 7, [5, 4, *[0, 1] * 6, 0]],
        [[0, 1] * 6 + [0], [*[0, 1] * 6, 1, 0], [*[0, 1] * 6, 1.5, 0]],
    ),
    5: ([[2.1, 2.1], [2.1, 0, 2.1], [0, 2.1, 2.1]], [[2.1, 0, 0, 2.1], [2.1, -2.1], [2.0, 2.1]]),
    6: (
        [[1.1] * 4, [1.1, 1.1, 0, 1.1, 1.1], [-3, 1.1, 1.1, 1.1, 1.1]],
        [[1.1] * 3, [1.1, 1.1, 0, 0, 1.1, 1.1], [1.1, 1.1, -1.1, 1.0, 1.1], [1.1, 1.1, -1.1, -1.1]],
    ),
    7: ([[0.5, -0.9, 0.1] * 5], [([0.5, -0.9, 0.1] * 5)[1:], [*[0.5] * 14, 1.0]]),
    8: ([[1.1, -1.1] * 4, [*[1.1] * 7, -1.1]], [[1.1, -1.1, 1.1] * 2 + [1.1], [1.1] * 8,
        [1.1, 1.1, -1.1, 1.0, -1.1, 1.1, 1.1, 1.1, 1.1]]),
}  # fmt: skip
CASES = [(rule, *cases) for rule, cases in NELSON.items()]


def flagged(rule, *groups, centre=0.0, sigma=1.0):
    points = np.array([x for group in groups for x in group], dtype=float)
    starts = np.cumsum([0] + [len(group) for group in groups])
    ones = np.ones(len(points))
    found = signals(points, centre * ones, sigma * ones, starts, rules=(rule,))
    assert found.rules == (rule,)
    assert found.flags.shape == (len(points), 1)
    return found.flags[:, 0].tolist()


@pytest.mark.parametrize(("rule", "yes", "no"), CASES)
@pytest.mark.parametrize("side", [1, -1])
def test_a_pattern_signals_at_its_last_point_and_not_before(rule, yes, no, side):
    for sequence in yes:
        turned = [side * x for x in sequence]
        found = flagged(rule, turned)
        assert found[-1], sequence
        assert not any(found[:-1]), sequence
    for sequence in no:
        turned = [side * x for x in sequence]
        assert not any(flagged(rule, turned)), sequence


@pytest.mark.parametrize(("rule", "yes", "no"), CASES)
def test_no_pattern_goes_across_groups(rule, yes, no):
    for sequence in yes:
        for cut in range(1, len(sequence)):
            first, second = sequence[:cut], sequence[cut:]
            apart = flagged(rule, first, second)
            alone = flagged(rule, first) + flagged(rule, second)
            assert apart == alone


@pytest.mark.parametrize(("rule", "yes", "no"), CASES)
def test_points_are_measured_from_the_centre_in_sigma(rule, yes, no):
    for sequence in yes + no:
        scaled = [50 + 0.25 * x for x in sequence]
        assert flagged(rule, scaled, centre=50, sigma=0.25)[-1] == (sequence in yes)


def test_long_runs_signal_at_every_further_point():
    assert flagged(2, [1] * 11) == [False] * 8 + [True] * 3
    assert flagged(3, range(8)) == [False] * 5 + [True] * 3
    assert flagged(5, [2.5, 2.5, 0, 2.5, 0, 0]) == [False, True, False, True, False, False]


# An implementation by plain loops over each group, for comparison.


def looped(rule, z):
    return [_holds(rule, z[: i + 1]) for i in range(len(z))]


def _holds(rule, z):
    def last(n):
        return z[-n:] if len(z) >= n else None

    def both(test):
        return test(z) or test([-x for x in z])

    def k_of(k, m, line):
        return both(lambda s: s[-1] > line and sum(x > line for x in s[-m:]) >= k)

    match rule:
        case 1:
            return abs(z[-1]) > 3
        case 2 | 24:
            n = 9 if rule == 2 else 8
            return bool(last(n)) and both(lambda s: all(x > 0 for x in s[-n:]))
        case 3:
            s = last(6)
            return bool(s) and (
                all(a < b for a, b in itertools.pairwise(s))
                or all(a > b for a, b in itertools.pairwise(s))
            )
        case 4:
            s = last(14)
            return bool(s) and all(
                (b - a) * (c - b) < 0 for a, b, c in zip(s[:-2], s[1:-1], s[2:], strict=True)
            )
        case 5:
            return k_of(2, 3, 2)
        case 6:
            return k_of(4, 5, 1)
        case 7:
            return bool(last(15)) and all(abs(x) < 1 for x in last(15))
        case _:
            s = last(8)
            return bool(s) and all(abs(x) > 1 for x in s) and min(s) < 0 < max(s)


# Few levels and long stretches of a kind, so that patterns do come about.
LEVELS = st.sampled_from([-3.5, -2.5, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5])
STRETCH = st.one_of(
    st.lists(LEVELS, max_size=6),
    st.lists(st.sampled_from([0.5, 0.7, 1.5, 2.5]), min_size=4, max_size=12),
    st.lists(st.sampled_from([-0.5, 0.5, 0.9]), min_size=10, max_size=18),
    st.lists(st.sampled_from([-1.5, 1.5, 1.2]), min_size=6, max_size=12),
    st.integers(3, 9).map(lambda n: [-2 + 0.3 * i for i in range(n)]),
    st.integers(10, 18).map(lambda n: [(-1) ** i * (0.4 + i / 10) for i in range(n)]),
)
SERIES = st.lists(STRETCH, max_size=3).map(lambda parts: [x for part in parts for x in part])


@pytest.mark.slow
@given(st.lists(SERIES, min_size=1, max_size=4), st.sampled_from([1, -1]))
def test_rules_are_those_of_the_plain_loops(groups, side):
    groups = [[side * x for x in group] for group in groups]
    for rule in NELSON:
        expected = [flag for group in groups for flag in looped(rule, group)]
        assert flagged(rule, *groups) == expected, rule


def run_length(rules, mean, groups, length):
    """Estimate the average run length: points watched up to the first signal over signals."""
    rng = np.random.default_rng(1987)
    z = rng.normal(mean, 1, size=groups * length)
    starts = np.arange(0, groups * length + 1, length)
    found = signals(z, np.zeros_like(z), np.ones_like(z), starts, rules=rules)
    flags = found.any.reshape(groups, length)
    signalled = flags.any(axis=1)
    watched = np.where(signalled, flags.argmax(axis=1) + 1, length)
    return watched.sum() / signalled.sum()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rules", "mean", "expected"),
    [
        # Champ and Woodall, Technometrics 29, 1987, table 1, as R's package spc quotes it
        # (man/xshewhartrunsrules.arl.Rd); their rules 2 and 3 are Nelson's 5 and 6.
        ((1,), 0, 370.40),
        ((1, 5), 0, 225.44),
        ((1, 6), 0, 166.05),
        ((1,), 1, 43.89),
        ((1, 5), 1, 20.01),
        ((1, 6), 1, 12.66),
        ((1, 5), 2, 3.65),
        ((1, 6), 2, 3.68),
    ],
)
def test_average_run_lengths_are_the_exact_ones(rules, mean, expected):
    groups, length = (4000, 600) if mean == 0 else (8000, 300 if mean == 1 else 100)
    # The error of the estimate is 1.1 to 1.8 % (one standard deviation).
    assert run_length(rules, mean, groups, length) == pytest.approx(expected, rel=0.045)


def test_without_sigma_only_the_other_rules_signal():
    for sigma in (0.0, np.nan):
        for rule in (1, 5, 6, 7, 8):
            assert not any(flagged(rule, [5.0, -5.0] * 4 + [5.0] * 9, sigma=sigma))
        assert flagged(2, [5.0] * 9, sigma=sigma)[-1]
        assert flagged(3, range(6), sigma=sigma)[-1]
        assert flagged(4, [0, 1] * 7, sigma=sigma)[-1]
    assert not any(flagged(2, [5.0] * 30, centre=np.nan))


def test_the_rate_counts_points_once():
    z = np.array([4.0, 4.0, 0.0, 0.0, 0.0, 0.1])
    found = signals(z, 0 * z, 0 * z + 1, np.array([0, 4, 4, 6]), rules=(1, 5))
    assert found.flags.tolist()[:3] == [[True, False], [True, True], [False, False]]
    rate = signal_rate(found, np.array([0, 4, 4, 6]))
    assert rate[[0, 2]].tolist() == [50.0, 0.0]
    assert np.isnan(rate[1])


def test_a_constant_has_no_signals_and_what_no_sigma_judges_has_no_rate():
    same = np.full(20, 0.1)
    points = np.concatenate([same, [1.0, 2.0], [3.0]])
    centre = np.concatenate([same, [1.5, 1.5], [3.0]])
    sigma = np.concatenate([0 * same, [0.0, 0.0], [np.nan]])
    starts = np.array([0, 20, 22, 23])
    found = signals(points, centre, sigma, starts, rules=range(1, 9))
    assert found.rules == tuple(range(1, 9))
    assert not found.flags.any()
    rate = signal_rate(found, starts)
    assert rate[0] == 0
    assert np.isnan(rate[1:]).all()


def test_no_points_have_no_signals():
    none = np.array([])
    found = signals(none, none, none, np.array([0, 0]), rules=range(1, 9))
    assert found.flags.shape == (0, 8)
    assert np.isnan(signal_rate(found, np.array([0, 0]))).all()
