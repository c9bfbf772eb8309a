"""Published cases of weights: AHP, best-worst, and those that the data give."""

from __future__ import annotations

import numpy as np

from pilotscore.ranking.weighting import ahp, best_worst, objective_weights
from pilotscore.ranking.weighting.ahp import random_index
from tests.published.registry import case
from tests.ranking.weighting.test_weights import DRINKS

SAATY = "Saaty, Int. J. Services Sciences 1 (2008) 83-98: drinks"


def _best_worst() -> list[float]:
    found = best_worst(np.array([2.0, 1, 4, 2, 8]), np.array([4.0, 8, 2, 4, 1]))
    return [*found.weights, found.deviation]


def _critic() -> np.ndarray:
    values = np.array([
        [61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65],
        [5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.10], [-34.6, 3.31, 0.98],
    ])  # fmt: skip
    return objective_weights(values, "critic")


def _merec() -> np.ndarray:
    values = np.array([
        [450, 8000, 54, 145], [10, 9100, 2, 160], [100, 8200, 31, 153],
        [220, 9300, 1, 162], [5, 8400, 23, 158],
    ])  # fmt: skip
    return objective_weights(values, "merec", np.array([False, False, True, True]))


CASES = [
    case(
        "七种饮料的 AHP 权重",
        "AHP weights of seven drinks",
        SAATY,
        "0.177 0.019 0.042 0.116 0.190 0.129 0.327",
        lambda: ahp(DRINKS).weights,
    ),
    case(
        "同例的一致性比率",
        "The consistency ratio of the same",
        SAATY,
        "0.022",
        lambda: [ahp(DRINKS).ratio],
    ),
    case(
        "随机一致性指标（3、4、5、10 阶）",
        "Random indices of 3, 4, 5 and 10 elements",
        "Saaty, The Analytic Hierarchy Process, 1980",
        "0.58 0.90 1.12 1.49",
        lambda: [random_index(n) for n in (3, 4, 5, 10)],
    ),
    case(
        "购车的最优最劣法权重与 xi",
        "Best-worst weights of buying a car, and xi",
        "Rezaei, Omega 53 (2015) 49-57, as Lindo's model library has it",
        "0.2105 0.4211 0.1053 0.2105 0.0526 0.0000",
        _best_worst,
    ),
    case(
        "制药企业的 CRITIC 权重",
        "CRITIC weights of pharmaceutical firms",
        "Diakoulaki, Mavrotas, Papayannakis, Computers & Operations Research 22 (1995) 763-770",
        "0.20 0.48 0.32",
        _critic,
    ),
    case(
        "MEREC 权重",
        "MEREC weights",
        "Keshavarz-Ghorabaee et al., Symmetry 13 (2021) 525",
        "0.5752 0.0141 0.4016 0.0091",
        _merec,
    ),
]
