import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.measures.change_points import change, segments

# Pettitt (1979), table 1, after Page (1955): as the examples of R's package wql print it
PAGE = """
-1.05 0.96 1.22 0.58 -0.98 -0.03 -1.54 -0.71 -0.35 0.66 0.44 0.91 -0.02 -1.42 1.26 -1.02 -0.81 1.66
1.05 0.97 2.14 1.22 -0.24 1.60 0.72 -0.12 0.44 0.03 0.66 0.56 1.37 1.66 0.10 0.80 1.29 0.49 -0.07
1.18 3.29 1.84
"""
# Annual flow of the Nile at Aswan, 1871 to 1970 (R's data set Nile)
NILE = """
1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100
1210 1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456
824 702 1120 1100 832 764 821 768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822
1010 771 676 649 846 812 742 801 1040 860 874 848 890 744 749 838 1050 918 986 797 923 975 815 1020
906 901 1170 912 746 919 718 714 740
"""


def numbers(text):
    return np.array(text.split(), dtype=float)


def of(*groups):
    values = np.array([x for group in groups for x in group], dtype=float)
    return change(values, np.cumsum([0] + [len(group) for group in groups]))


def by_definition(values):
    n = len(values)
    u = [
        sum(np.sign(values[i] - values[j]) for i in range(t) for j in range(t, n))
        for t in range(1, n + 1)
    ]
    return np.array(u)


def test_the_example_of_pettitt():
    found = of(numbers(PAGE))
    # R/PagesData.R of the package trend: "a significant p = 0.014 change-point at i = 17"
    assert found.place[0] == 17
    assert found.u[0] == -232
    assert found.k[0] == 232
    assert int(found.p[0] * 1000) / 1000 == 0.014


def test_the_nile_changes_after_1898():
    nile = numbers(NILE)
    assert len(nile) == 100
    found = of(nile)
    # The year is well known (Cobb 1978, and others by other methods); K is not from a publication.
    assert 1870 + found.place[0] == 1898
    assert found.u[0] == by_definition(nile)[27] == 1617
    assert found.p[0] == pytest.approx(2 * np.exp(-6 * 1617**2 / (100**3 + 100**2)))
    assert segments(nile).tolist() == [0, 28, 100]


VALUES = st.lists(
    st.one_of(st.integers(-2, 2).map(float), st.floats(-1e3, 1e3)), min_size=0, max_size=14
)


@pytest.mark.slow
@given(st.lists(VALUES, min_size=1, max_size=5))
def test_each_group_is_that_of_the_definition(groups):
    together = of(*groups)
    for g, group in enumerate(groups):
        alone = of(group)
        for field in dataclasses.fields(together):
            own = getattr(together, field.name)[g : g + 1]
            assert own == pytest.approx(getattr(alone, field.name), nan_ok=True)
        if len(group) < 3 or len(set(group)) == 1:
            assert np.isnan([together.k[g], together.u[g], together.p[g]]).all()
            assert together.place[g] == 0
            continue
        u = by_definition(group)
        n = len(group)
        if not u.any():
            assert np.isnan(together.k[g])
            continue
        place = int(np.abs(u).argmax())
        assert together.k[g] == np.abs(u).max()
        assert together.u[g] == u[place]
        assert together.place[g] == place + 1
        assert together.p[g] == pytest.approx(
            min(1, 2 * np.exp(-6 * u[place] ** 2 / (n**3 + n**2)))
        )


@pytest.mark.slow
@given(st.lists(st.integers(-9, 9).map(float), min_size=3, max_size=15), st.floats(0.1, 10))
def test_only_the_order_of_the_values_counts(values, scale):
    one = of(values)
    other = of([scale * v + 5 for v in values])
    turned = of([-v for v in values])
    assert other.k == pytest.approx(one.k, nan_ok=True)
    assert other.place.tolist() == one.place.tolist()
    assert turned.u == pytest.approx(-one.u, nan_ok=True)
    assert turned.p == pytest.approx(one.p, nan_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "low", "high"),
    # Measured 0, 2.4 and 4.2 %: the approximation errs to the safe side.
    [(10, 0, 0), (30, 0.018, 0.030), (200, 0.035, 0.05)],
)
def test_without_a_change_it_seldom_finds_one(n, low, high):
    groups = 10000 if n < 100 else 4000
    rng = np.random.default_rng(1979)
    found = change(rng.normal(size=n * groups), np.arange(0, n * groups + 1, n))
    assert low <= (found.p < 0.05).mean() <= high


def test_a_step_of_two_sigma_is_found_where_it_is():
    rng = np.random.default_rng(6)
    steps = rng.normal(size=(2000, 40)) + 2 * (np.arange(40) >= 25)
    found = change(steps.ravel(), np.arange(0, 2000 * 40 + 1, 40))
    assert (found.p < 0.05).mean() > 0.98
    assert (np.abs(found.place - 25) <= 2).mean() > 0.85
    assert (found.u < 0).mean() > 0.99


def test_segments_part_a_series_at_each_step():
    rng = np.random.default_rng(7)
    levels = np.repeat([0.0, 4, -3], [30, 25, 40])
    assert segments(levels + rng.normal(0, 0.5, size=95)).tolist() == [0, 30, 55, 95]
    assert segments(rng.normal(size=60)).tolist() == [0, 60]
    assert segments(np.array([])).tolist() == [0, 0]
    assert segments(np.full(20, 0.1)).tolist() == [0, 20]
    assert segments(levels, alpha=0.0).tolist() == [0, 95]
    # No segment is below the fewest values.
    short = np.repeat([0.0, 1.0], [3, 40]) + rng.normal(0, 0.01, size=43)
    assert segments(short, alpha=0.5).tolist()[1] != 3
    assert segments(short, alpha=0.5, fewest=3).tolist()[1] == 3
