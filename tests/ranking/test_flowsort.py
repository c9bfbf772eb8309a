from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.ranking.flowsort import net_flow_against, sort_by_flow
from pilotscore.ranking.promethee import Preference

LIMITS = np.array([[100.0] * 4, [80.0] * 4, [50.0] * 4, [0.0] * 4])
WEIGHTS = np.array([4.0, 3, 2, 1])
KINDS = {
    "usual": {},
    "u_shape": {"q": 10.0},
    "v_shape": {"p": 30.0},
    "level": {"q": 10.0, "p": 30.0},
    "linear": {"q": 10.0, "p": 30.0},
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_that_of_mcda_promethee(kind: str):
    """Of the group at ULB where PROMETHEE comes from; one alternative at a time beside the profiles."""
    from promethee import FlowSort, ParametersFlowSort, PerformanceTable, build_preference_functions

    rng = np.random.default_rng(5)
    values = rng.integers(0, 11, (60, 4)) * 10.0
    name = "v_shape_with_indifference" if kind == "linear" else kind
    functions = build_preference_functions([(name, KINDS[kind])] * 4)
    shares = WEIGHTS / WEIGHTS.sum()
    function = Preference(kind, **KINDS[kind])
    own, limits = net_flow_against(values, LIMITS, WEIGHTS, function)
    grades = sort_by_flow(values, LIMITS, WEIGHTS, function)
    for i, row in enumerate(values):
        method = FlowSort(
            PerformanceTable(row[None, :]),
            ParametersFlowSort(shares, functions, reference_profiles=LIMITS),
        )
        assigned = int(method.assignments[0])
        assert method.net_flows[0] == pytest.approx(own[i], abs=1e-12)
        assert method.profile_net_flows == pytest.approx(limits[i], abs=1e-12)
        # They go by exact equality, which rounding may break: an equal flow goes below.
        if not np.isclose(own[i], limits[i]).any():
            assert grades[i] == np.clip(assigned - 1, 0, 2)


def test_a_flow_just_that_of_a_profile_goes_below():
    found = sort_by_flow(LIMITS, LIMITS, WEIGHTS, Preference("usual"))
    assert found.tolist() == [0, 1, 2, 2]


@pytest.mark.slow
@given(
    st.lists(st.integers(0, 100).map(float), min_size=4, max_size=4),
    st.lists(st.integers(0, 30).map(float), min_size=4, max_size=4),
    st.sampled_from(sorted(KINDS)),
)
@settings(max_examples=60, deadline=None)
def test_a_better_value_never_lowers_the_grade(values: list, better: list, kind: str):
    pair = np.array([values, np.minimum(np.add(values, better), 100)])
    worse, best = sort_by_flow(pair, LIMITS, WEIGHTS, Preference(kind, **KINDS[kind]))
    assert best <= worse
