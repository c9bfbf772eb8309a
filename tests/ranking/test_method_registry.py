"""Every method by its name, on 0-100 scores with fixed ideal and anti-ideal."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.decision_methods import METHODS, MethodName
from pilotscore.ranking.method_registry import MAKERS, run_method

PROFILES = np.array([[80.0] * 4, [50.0] * 4])
# One value below or above all others changes every figure of these; PROMETHEE II by comparison.
RELATIVE = [n for n, m in METHODS.items() if m.absolute == "never"]
ABSOLUTE = [n for n, m in METHODS.items() if m.absolute != "never"]


def run(name: Any, values: np.ndarray, weights: np.ndarray, **parameters: Any) -> np.ndarray:
    """Run a method as the runner does: points from 0 to 100, one more where no zero is taken."""
    from skcriteria import mkdm

    known, maker = METHODS[name], MAKERS[name]
    offset = 1.0 if known.zero_free else 0.0
    scale = 100.0 if maker.unit else 1.0
    objectives = [1] * values.shape[1]
    matrix = (values + offset) / scale
    if maker.costs:
        objectives[0] = -1
        matrix[:, 0] = 101.0 - values[:, 0]
    dm = mkdm(matrix, objectives, weights=weights / weights.sum())
    profiles = PROFILES if known.gives == "grades" else None
    bounds = (offset / scale, (100.0 + offset) / scale)
    return run_method(name, dm, parameters, bounds=bounds, profiles=profiles)


@pytest.mark.slow
def test_every_aggregation_of_scikit_criteria_has_a_name():
    from skcriteria import agg
    from skcriteria.agg import SKCDecisionMakerABC

    offered = set()
    for info in pkgutil.iter_modules(agg.__path__):
        if info.name in ("similarity", "_agg_base"):  # the deprecated name of topsis, and the base
            continue
        module = importlib.import_module(f"skcriteria.agg.{info.name}")
        offered |= {
            name
            for name, found in inspect.getmembers(module, inspect.isclass)
            if issubclass(found, SKCDecisionMakerABC)
            and found.__module__ == module.__name__
            and not vars(found).get("_skcriteria_abstract_class", False)
        }
    named = {m.where.split(":")[1] for m in MAKERS.values() if m.where.startswith("skcriteria.")}
    assert offered - {"BasePROBID"} == named


def test_names_facts_and_makers_agree():
    assert set(get_args(MethodName)) == set(METHODS) == set(MAKERS)


@pytest.mark.parametrize("name", METHODS)
def test_a_better_result_is_never_behind(name: Any):
    """A dominates B in every indicator: it ranks no worse, by every method."""
    values = np.array([[90, 85, 95, 80], [60, 55, 70, 50], [20, 30, 25, 10], [75, 40, 30, 20.0]])
    found = run(name, values, np.array([4.0, 3, 2, 1]))
    assert not np.isnan(found).any()
    known = METHODS[name]
    best_first = found if known.lower_is_better or known.gives == "grades" else -found
    if (
        name == "simus"
    ):  # a linear programme shares what is to be had among all; dominance is not kept
        return
    assert best_first[0] <= best_first[1] <= best_first[2]
    assert best_first[0] == best_first.min()


points = st.integers(0, 100).map(float)
rows = st.lists(st.tuples(*[points] * 4), min_size=1, max_size=5)


@pytest.mark.slow
@pytest.mark.parametrize("name", ABSOLUTE)
@given(kept=rows, others=rows)
@settings(max_examples=25, deadline=None)
def test_absolute_methods_do_not_depend_on_the_batch(name: Any, kept: list, others: list):
    weights = np.array([4.0, 3, 2, 1])
    alone = run(name, np.array(kept), weights)
    together = run(name, np.array([*kept, *others]), weights)[: len(kept)]
    assert together == pytest.approx(alone, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", RELATIVE)
def test_the_others_do(name: Any):
    """So that nothing is called batch-relative that is not."""
    values = np.array([[90, 20, 95, 80], [60, 55, 30, 50], [20, 60, 25, 70], [45, 40, 60, 20.0]])
    more = np.vstack([values, [[95, 90, 85, 15], [5, 2, 40, 60], [50, 95, 10, 99.0]]])
    weights = np.array([4.0, 3, 2, 1])
    alone = run(name, values, weights)
    together = run(name, more, weights)[: len(values)]
    assert not np.allclose(alone, together)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_prints_nothing(name: Any, capfd: pytest.CaptureFixture[str]):
    run(name, np.array([[90, 20, 95, 80], [60, 55, 30, 50], [20, 60, 25, 70], [1, 2, 3, 4.0]]),
        np.ones(4))  # fmt: skip
    out = capfd.readouterr()
    assert (out.out, out.err) == ("", "")


# No criterion on which all agree: the range of it, by which SPOTIS divides, would be nothing.
RAW = st.lists(
    st.tuples(*[st.integers(1, 99).map(float)] * 3), min_size=4, max_size=7, unique=True
).filter(lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True)))


def ordered(name: Any, values: np.ndarray, objectives: list[int]) -> list[int]:
    from skcriteria import mkdm

    from pilotscore.ranking.methods import competition_ranks

    weights = np.array([0.5, 0.3, 0.2])
    found = run_method(name, mkdm(values, objectives, weights=weights), {})
    # figures that are infinite or none stand where they stand in both units
    return competition_ranks(np.nan_to_num(np.round(found, 7), nan=-9e9)).tolist()


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n, m in METHODS.items() if m.unit_free and n != "simus"])
@given(RAW, st.sampled_from([1 / 1024, 1 / 64, 32.0, 4096.0]))
@settings(max_examples=25, deadline=None)
def test_no_unit_decides_the_order_of_these_on_raw_values(name: Any, values: list, times: float):
    """Powers of two, so that no last bit decides either."""
    one = np.array(values)
    other = one * [times, 1, 1]
    assert ordered(name, one, [1, 1, 1]) == ordered(name, other, [1, 1, 1])


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [n for n, m in METHODS.items() if not m.unit_free and m.gives != "grades" and n != "codas"],
)
def test_a_unit_decides_the_order_of_the_others(name: Any):
    """So that nothing is refused that need not be; CODAS takes scaled values alone."""
    rng = np.random.default_rng(4)
    objectives = [1, 1, -1] if MAKERS[name].costs else [1, 1, 1]
    tables = [rng.uniform(1, 99, (6, 3)) for _ in range(20)]
    pairs = [
        (ordered(name, x, objectives), ordered(name, x * [64, 1, 1], objectives)) for x in tables
    ]
    assert any(a != b for a, b in pairs)


def test_thresholds_of_each_criterion():
    """A list is a function for each; the same for all is the same as one."""
    from skcriteria import mkdm

    values = np.array([[90, 20, 95], [60, 55, 30], [20, 60, 25], [45, 40, 60.0]])
    dm = mkdm(values, [1, 1, 1], weights=[0.5, 0.3, 0.2])
    alike = run_method("promethee_ii", dm, {"q": [5.0] * 3, "p": 30.0})
    assert alike == pytest.approx(run_method("promethee_ii", dm, {"q": 5.0, "p": 30.0}))
    single = [
        run_method("promethee_ii", mkdm(values[:, [j]], [1], weights=[1.0]), {"q": q, "p": 30.0})
        for j, q in enumerate((0.0, 5.0, 20.0))
    ]
    each = run_method("promethee_ii", dm, {"q": [0.0, 5.0, 20.0], "p": 30.0})
    assert each == pytest.approx(np.array([0.5, 0.3, 0.2]) @ np.array(single))
    profiles = np.array([[80.0] * 3, [50.0] * 3])
    for name, key in (("flowsort", "p"), ("electre_tri_b", "veto")):
        same = [run_method(name, dm, {key: x}, profiles=profiles) for x in (40.0, [40.0] * 3)]
        assert same[0].tolist() == same[1].tolist()
    with pytest.raises(ValueError, match="q <= p <= veto"):
        run_method("electre_tri_b", dm, {"q": [0.0, 9.0, 0.0], "p": 5.0}, profiles=profiles)
