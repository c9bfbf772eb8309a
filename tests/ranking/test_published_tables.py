"""Tables from the literature, to the printed digit, and the same by implementations not ours.

The numbers of VIKOR, TOPSIS and WASPAS were read in the tests of scikit-criteria, which cite the
papers; those of ELECTRE TRI in a notebook of another implementation. The papers were not at hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pilotscore.ranking.electre_tri import Thresholds, credibility, sort_by_outranking
from pilotscore.ranking.method_registry import run_method
from pilotscore.ranking.promethee import Preference, flows


def matrix_of(values: Any, objectives: list[int], weights: Any) -> Any:
    from skcriteria import mkdm

    return mkdm(np.asarray(values, float), objectives, weights=np.asarray(weights, float))


# G. H. Tzeng and J. J. Huang, Multiple attribute decision making, CRC press 2011, by its TOPSIS.
TZENG = np.array([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6.0]])


def test_topsis_is_that_of_pymcdm():
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    weights = np.array([0.3, 0.4, 0.3])
    scaled = TZENG / np.sqrt((TZENG**2).sum(axis=0))
    found = run_method("topsis", matrix_of(scaled, [1, 1, 1], weights), {})
    theirs = TOPSIS(normalization_function=vector_normalization)(TZENG, weights, np.ones(3))
    assert found == pytest.approx(theirs, abs=1e-12)


def test_vikor_of_the_mountain_climber_is_that_of_pymcdm():
    from pymcdm.methods import VIKOR

    values = np.array([[1, 3000], [2, 3750], [5, 4500.0]])
    found = run_method("vikor", matrix_of(values, [-1, 1], [0.5, 0.5]), {"v": 0.5})
    theirs = VIKOR(v=0.5)(values, np.array([0.5, 0.5]), np.array([-1, 1]))
    assert found == pytest.approx(theirs, abs=1e-12)


# S. Opricovic and G.-H. Tzeng, Extended VIKOR method in comparison with outranking methods, EJOR 178
# (2007), 514-529: reservoirs on the Drina; weights and Q of four sets of weights.
DRINA = np.array([
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
])  # fmt: skip
DRINA_AIMS = [1, -1, 1, 1, -1, -1, -1, 1]


@pytest.mark.parametrize("last", [1, 2, 0.5, 3.2])
def test_vikor_of_the_drina_is_that_of_pymcdm(last: float):
    from pymcdm.methods import VIKOR

    weights = np.array([1, 1, 1, 1, last, last, last, last])
    shares = weights / weights.sum()
    found = run_method("vikor", matrix_of(DRINA, DRINA_AIMS, shares), {})
    theirs = VIKOR(v=0.5)(DRINA, shares, np.array(DRINA_AIMS))
    assert found == pytest.approx(theirs, abs=1e-9)


# S. Chakraborty, E. K. Zavadskas and J. Antucheviciene 2015, example 2: industrial robots.
ROBOTS = np.array([
    [581818, 54.49, 3, 5500], [595454, 49.73, 3, 4500], [586060, 51.24, 3, 5000],
    [522727, 45.71, 3, 5800], [561818, 52.66, 3, 5200], [543030, 74.46, 4, 5600],
    [522727, 75.42, 4, 5800], [486970, 62.62, 4, 5600], [509394, 65.87, 4, 6400],
    [513333, 70.67, 4, 6000],
])  # fmt: skip
ROBOT_WEIGHTS = np.array([0.467, 0.160, 0.095, 0.278])


def test_waspas_of_robots_is_that_of_pymcdm():
    from pymcdm.methods import WASPAS

    scaled = ROBOTS.min(axis=0) / ROBOTS
    scaled[:, 3] = ROBOTS[:, 3] / ROBOTS[:, 3].max()
    found = run_method("waspas", matrix_of(scaled, [1] * 4, ROBOT_WEIGHTS), {"lambda_value": 0.5})
    theirs = WASPAS(l=0.5)(ROBOTS, ROBOT_WEIGHTS, np.array([-1, -1, -1, 1]))
    assert found == pytest.approx(theirs, abs=1e-9)


# J. P. Brans, P. Vincke and B. Mareschal, How to select and how to rank projects, EJOR 24 (1986),
# 228-238: six sites of power plants, one criterion for each of the six functions. Data and the
# preference indices are from memory; all thirty agree within the last digit, some of which the
# paper cuts off rather than rounds.
PLANTS = np.array([
    [80, 90, 6, 5.4, 8, 5], [65, 58, 2, 9.7, 1, 1], [83, 60, 4, 7.2, 4, 7],
    [40, 80, 10, 7.5, 7, 10], [52, 72, 6, 2.0, 3, 8], [94, 96, 7, 3.6, 5, 6],
])  # fmt: skip
PLANTS_AIMS = np.array([-1, 1, -1, -1, -1, 1])
PLANTS_FUNCTIONS = [
    Preference("u_shape", q=10),
    Preference("v_shape", p=30),
    Preference("linear", q=0.5, p=5),
    Preference("level", q=1, p=6),
    Preference("usual"),
    Preference("gaussian", s=5),
]
INDICES = np.array([
    [0, 0.296, 0.250, 0.268, 0.100, 0.185], [0.462, 0, 0.389, 0.333, 0.296, 0.500],
    [0.236, 0.180, 0, 0.333, 0.056, 0.429], [0.399, 0.505, 0.305, 0, 0.223, 0.212],
    [0.444, 0.515, 0.487, 0.380, 0, 0.448], [0.286, 0.399, 0.250, 0.432, 0.133, 0],
])  # fmt: skip


def test_promethee_of_brans_vincke_and_mareschal():
    aimed = PLANTS * PLANTS_AIMS
    parts = [
        flows(aimed[:, [j]], np.ones(1), function) for j, function in enumerate(PLANTS_FUNCTIONS)
    ]
    leaving = np.mean([part[0] for part in parts], axis=0)
    entering = np.mean([part[1] for part in parts], axis=0)
    assert leaving * 5 == pytest.approx(INDICES.sum(axis=1), abs=3e-3)
    assert entering * 5 == pytest.approx(INDICES.sum(axis=0), abs=3e-3)
    order = np.argsort(-(leaving - entering)) + 1
    assert order.tolist() == [5, 2, 4, 6, 3, 1]


@pytest.mark.parametrize(
    ("ours", "theirs", "arguments"),
    [
        ("usual", "usual", {}),
        ("u_shape", "ushape", {"q": 10.0}),
        ("v_shape", "vshape", {"p": 30.0}),
        ("level", "level", {"q": 10.0, "p": 30.0}),
        ("linear", "vshape_2", {"q": 10.0, "p": 30.0}),
    ],
)
def test_promethee_is_that_of_pymcdm(ours: str, theirs: str, arguments: dict[str, float]):
    """On multiples of ten, so that differences fall on the thresholds too."""
    from pymcdm.methods import PROMETHEE_II

    rng = np.random.default_rng(3)
    values, weights = rng.integers(0, 11, (30, 4)) * 10.0, np.array([0.4, 0.3, 0.2, 0.1])
    lists = {k: [v] * 4 for k, v in arguments.items()}
    expected = PROMETHEE_II(theirs, **lists)(values, weights, np.ones(4))
    assert np.subtract(*flows(values, weights, Preference(ours, **arguments))) == pytest.approx(
        expected
    )


# The how-to guide of C. Ghiaus, ELECTRE_Tri (github.com/cghiaus/ELECTRE_Tri, docs/how_to_guides/
# step_by_step.ipynb): three alternatives, two profiles; credibility of either outranking the other.
GHIAUS = np.array([[8.5, 18], [14, 16], [5, 27.0]])
GHIAUS_PROFILES = np.array([[15, 20], [10, 15.0]])
GHIAUS_LIMITS = Thresholds(np.array([1, 2.0]), np.array([2, 4.0]), np.array([4, 8.0]))
GHIAUS_WEIGHTS = np.array([0.7, 0.3])


def test_electre_tri_of_ghiaus():
    optimistic = sort_by_outranking(
        GHIAUS, GHIAUS_PROFILES, GHIAUS_WEIGHTS, GHIAUS_LIMITS, 0.7, "optimistic"
    )
    assert optimistic.tolist() == [2, 0, 0]


def test_the_pessimistic_rule_goes_by_outranking():
    """The second is indifferent to the upper profile, so it outranks it, and is in the best grade.

    So the manual of ELECTRE TRI 2.0 (section 2.2.3) has it; the guide above asks that the profile be
    strictly less, and puts it into the grade below.
    """
    found = sort_by_outranking(GHIAUS, GHIAUS_PROFILES, GHIAUS_WEIGHTS, GHIAUS_LIMITS, 0.7)
    assert found.tolist() == [2, 0, 2]


# V. Mousseau, R. Slowinski and P. Zielniewicz 1999, tables 1 and 2; data as in that guide.
MANUAL = np.array([[75, 67, 85, 82, 90], [28, 35, 70, 90, 95], [45, 60, 55, 68, 60.0]])
MANUAL_PROFILES = np.array([[70, 75, 80, 75, 85], [50, 48, 55, 55, 60.0]])


def test_electre_tri_on_the_data_of_its_manual():
    """The credibilities were worked out by hand: 0.88 is (1 + 0.4 + 1 + 1 + 1) / 5."""
    found = credibility(MANUAL[:, None], MANUAL_PROFILES[None], np.ones(5), Thresholds(5, 10, 30))
    assert found[0] == pytest.approx([0.88, 1.0])
    assert found[1] == pytest.approx([0.0, 0.6])  # 42 and 40 short of the upper profile: a veto


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch):
    from pilotscore.ranking import electre_tri

    values = np.random.default_rng(2).random((50, 2)) * 20
    arguments = (GHIAUS_PROFILES, GHIAUS_WEIGHTS, GHIAUS_LIMITS, 0.7)
    rules = ("pessimistic", "optimistic")
    whole = [sort_by_outranking(values, *arguments, rule).tolist() for rule in rules]
    monkeypatch.setattr(electre_tri, "_BLOCK", 12)
    assert [sort_by_outranking(values, *arguments, rule).tolist() for rule in rules] == whole
    assert len(set(whole[0])) == 3
