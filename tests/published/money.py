"""Published cases of panels and of giving out money."""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.portfolio import allocate
from pilotscore.funding.concentration import herfindahl
from pilotscore.funding.expected_rank import expected_ranks, quality
from pilotscore.funding.shares import equal_shares
from tests.allocation.random_problems import problem
from tests.allocation.test_portfolio import FSU, MKNAP1
from tests.funding import test_expected_rank as panel
from tests.funding import test_shares as shares
from tests.published.registry import case

RATED = "9 2 5 8|6 1 3 2|8 4 6 8|7 1 2 6|10 5 6 9|6 2 4 7"
VIGNETTE = "R's ERforResearch (SNSF), vignette, panel p1"


def _variances() -> list[float]:
    found = quality(np.array([row.split() for row in RATED.split("|")], dtype=float))
    return [found.within, found.within + 4 * found.between]


def _mknap1() -> list[float]:
    values, rows, most = MKNAP1
    costs = np.array([row.split() for row in rows.split("|")], dtype=int).T
    return [allocate(problem(costs, values, most)).value]


def _knapsack(name: str) -> list[float]:
    most, costs, values, _ = FSU[name]
    return [allocate(problem(costs, values, most)).value]


def _shares(k: int, *, money: bool) -> list[int]:
    approvals, costs, budget, *_ = shares.SOLVED[k]
    approved = np.array([[int(x) for x in row] for row in approvals.split()])
    utilities = approved * costs if money else approved
    return sorted(equal_shares(utilities, np.array(costs), budget).funded)


CASES = [
    case(
        "评分的误差与对象均方",
        "Mean squares of ratings: error, targets",
        "Shrout, Fleiss, Psychological Bulletin 86 (1979) 420-428",
        "1.0194 11.2417",
        _variances,
    ),
    case(
        "ERforResearch 期望名次",
        "Expected ranks of 15 proposals",
        VIGNETTE,
        " ".join(f"{x:.2f}" for x in panel.PUBLISHED),
        lambda: expected_ranks(quality(panel.PANEL)).rank,
        last=30,
        note="theirs are drawn from a Bayesian model, ours are of the closed form",
    ),
    case(
        "ERforResearch SUCRA",
        "SUCRA of 15 proposals",
        VIGNETTE,
        " ".join(f"{x:.2f}" for x in panel.SUCRA),
        lambda: expected_ranks(quality(panel.PANEL)).sucra,
        last=2.5,
        note="theirs are drawn from a Bayesian model, ours are of the closed form",
    ),
    case(
        "多维背包最优值",
        "Optimum of a multidimensional knapsack",
        "Beasley, OR-Library, mknap1, problem 1",
        "3800",
        _mknap1,
    ),
    *(
        case(
            f"背包最优值 {name}",
            f"Optimum of knapsack {name}",
            "OR-Tools, knapsack example"
            if name == "OR-Tools"
            else "Burkardt, Florida State University, data set knapsack_01",
            str(FSU[name][3]),
            lambda name=name: _knapsack(name),
        )
        for name in FSU
    ),
    *(
        case(
            f"均等份额法资助的成果，例 {k + 1}（{zh}）",
            f"What equal shares funds, example {k + 1} ({en})",
            "pabutools 1.2.3, method_of_equal_shares",
            " ".join(map(str, shares.SOLVED[k][3 + money])),
            lambda k=k, money=money: _shares(k, money=bool(money)),
        )
        for k in range(len(shares.SOLVED))
        for money, zh, en in [(0, "按项数", "results count"), (1, "按金额", "money counts")]
    ),
    case(
        "赫芬达尔指数",
        "Herfindahl-Hirschman index",
        "US Department of Justice, HHI: 30, 30, 20, 20 %",
        "2600",
        lambda: [10_000 * herfindahl(np.array([30, 30, 20, 20]))],
    ),
]
