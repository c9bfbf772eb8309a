"""Published cases of what came of it: areas, Brier, recalibration, survival, differences, benefits."""

from __future__ import annotations

import math

import numpy as np

from pilotscore.outcomes.auc import area_and_variance, auc
from pilotscore.outcomes.brier import brier, murphy
from pilotscore.outcomes.calibration import calibration
from pilotscore.outcomes.correlation import pearson
from pilotscore.outcomes.decision_curve import decision_curve
from pilotscore.outcomes.draw_comparison import difference
from pilotscore.outcomes.experts import expert_outcomes
from pilotscore.outcomes.kaplan_meier import kaplan_meier
from tests.examples.test_reached_plan import GAINS, LEVELS, completed, table
from tests.outcomes.market import market
from tests.outcomes.test_auc import rated
from tests.outcomes.test_experts import forecasts
from tests.outcomes.test_kaplan_meier import PLACEBO, TREATED, followed
from tests.published.registry import Published, case

MARKET = "github.com/MichaelbGordon/pooledmaRket 8585751e (CC0): 103 findings; "
OURS = "worked out apart from this code"
NEWCOMBE = "Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10"
TECHPORT = (
    "NASA TechPort, 201 completed projects, github.com/ahmetbengoz/AICW-NASA-TechPort-Portfolio; "
)
BINARY = "data df_binary of dcurves, "
DCURVES = BINARY + "as R prints it: github.com/MSKCC-Epi-Bio/dcurves 168c8b65"


def _rated() -> list[float]:
    value, variance = area_and_variance(*rated())
    error = math.sqrt(variance)
    return [value, error, value - 1.959964 * error, value + 1.959964 * error]


def _right() -> list[float]:
    price, came = market()
    return [float(((price > 0.5) == came).sum()), 100 * float(((price > 0.5) == came).mean())]


def _r() -> list[float]:
    price, came = market()
    return [pearson(price, came.astype(float)).value]


def _price() -> list[float]:
    price, came = market()
    found = calibration(price, came)
    return [
        brier(price, came),
        auc(price, came).value,
        found.in_the_large.value,
        found.slope.value,
    ]


def _parts() -> list[float]:
    parts = murphy(*market(), bins=5)
    return [parts.uncertainty, parts.reliability, parts.resolution]


def _bins() -> list[float]:
    parts = murphy(*market(), bins=5)
    return [*parts.count.tolist(), *parts.chance.tolist(), *parts.came.tolist()]


def _experts() -> list[float]:
    scores, came = forecasts()
    mean = scores.by_result(scores.score) / scores.count
    return [
        float(((mean > 0.5) == came).sum()),
        brier(mean, came),
        auc(mean, came).value,
        pearson(mean, came.astype(float)).value,
        calibration(mean, came).slope.value,
    ]


def _median() -> list[float]:
    scores, came = forecasts()
    median = np.array([np.median(scores.score[scores.result == k]) for k in range(len(came))])
    return [float(((median > 0.5) == came).sum()), brier(median, came)]


def _each() -> list[float]:
    scores, came = forecasts(unnamed=False)
    found = expert_outcomes(scores, came, np.ones(len(came), dtype=bool)).brier
    listed = found[np.isfinite(found)]
    return [len(listed), listed.min(), listed.max(), float(np.median(listed))]


def _plan() -> list[float]:
    begin, now, plan = completed()
    came = now >= plan
    return [len(came), came.sum(), 100 * came.mean(), auc(begin.astype(float), came).value]


def _plan_by(levels: dict[int, tuple[float, int]], *, gain: bool) -> list[float]:
    begin, now, plan = completed()
    found = table(plan - begin if gain else begin, now >= plan, levels, digits=9)
    return [x for share, n in found.values() for x in (100 * share, n)]


def _benefit(hits: int, misses: int, at: float) -> float:
    chance = np.full(750, at / 2)
    chance[:hits] = chance[105 : 105 + misses] = at
    return float(decision_curve(chance, np.arange(750) < 105, np.array([at])).rule[0])


def _everyone(at: float) -> list[float]:
    return [decision_curve(np.zeros(750), np.arange(750) < 105, np.array([at])).everyone[0]]


def _of(one: tuple[int, int], other: tuple[int, int]) -> list[float]:
    found = difference(one, other)
    return [found.low, found.high]


CASES: list[Published] = [
    case(
        "评级的 ROC 面积、标准误、区间",
        "Area under the curve of ratings: value, error, interval",
        "Hanley, McNeil, Radiology 143 (1982) 29-36, table I; Stata manual, roctab",
        "0.8932 0.0307 0.83295 0.95339",
        _rated,
    ),
    case(
        "市场判断对的结论数与百分比",
        "Findings on the right side of one half, and per cent",
        MARKET + "published 73 %",
        "75 73",
        _right,
    ),
    case(
        "市场价格与是否复现的 r",
        "r of price and replication",
        MARKET + "published .581",
        "0.581",
        _r,
    ),
    case(
        "市场价格：Brier、AUC、总体校准、斜率",
        "Prices: Brier score, AUC, calibration in the large, slope",
        MARKET + OURS,
        "0.1924 0.8283 -0.707 1.535",
        _price,
    ),
    case(
        "市场价格的 Murphy 分解：不确定性、可靠性、分辨",
        "Murphy's parts of prices: uncertainty, reliability, resolution",
        MARKET + OURS,
        "0.2498 0.0314 0.0875",
        _parts,
    ),
    case(
        "五组的个数、平均价格、复现比例",
        "Five bins: count, mean price, share replicated",
        MARKET + OURS,
        "21 20 21 20 21 0.321 0.494 0.667 0.777 0.874 0.000 0.300 0.619 0.750 0.762",
        _bins,
    ),
    case(
        "专家均值：判断对、Brier、AUC、r、斜率",
        "Mean of experts: right, Brier, AUC, r, slope",
        MARKET + OURS,
        "68 0.2053 0.8219 0.5637 2.412",
        _experts,
    ),
    case(
        "专家中位数：判断对、Brier",
        "Median of experts: right, Brier",
        MARKET + OURS,
        "64 0.2080",
        _median,
    ),
    case(
        "至少十个预测的专家：人数、最小、最大、中位 Brier",
        "Experts with ten forecasts: how many, least, greatest, median Brier",
        MARKET + OURS,
        "344 0.073 0.458 0.244",
        _each,
    ),
    case(
        "达到计划 TRL 的项目数、百分比、起点 TRL 的 AUC",
        "Projects that reached the planned TRL, per cent, AUC of the TRL at the start",
        TECHPORT + OURS,
        "201 153 76.1 0.556",
        _plan,
    ),
    case(
        "按起点 TRL 1 至 5 达到计划的百分比与项目数",
        "Reached plan by TRL at the start, 1 to 5: per cent and projects",
        TECHPORT + OURS,
        "64.3 14 72.2 79 84.8 66 67.7 31 90.9 11",
        lambda: _plan_by(LEVELS, gain=False),
    ),
    case(
        "按计划提升 1 至 5 级达到计划的百分比与项目数",
        "Reached plan by planned gain, 1 to 5: per cent and projects",
        TECHPORT + OURS,
        "81.7 60 73.1 78 71.4 42 83.3 12 50 4",
        lambda: _plan_by(GAINS, gain=True),
    ),
    case(
        "全部资助的净收益，门槛 1%",
        "Net benefit of all at 1 %",
        DCURVES,
        "0.131313",
        lambda: _everyone(0.01),
    ),
    case(
        "全部资助的净收益，门槛 2%",
        "Net benefit of all at 2 %",
        DCURVES,
        "0.122449",
        lambda: _everyone(0.02),
    ),
    case(
        "全部资助的净收益，门槛 5%、10%、20%、50%",
        "Net benefit of all at 5, 10, 20 and 50 %",
        DCURVES,
        "0.094737 0.044444 -0.075000 -0.720000",
        lambda: [x for at in (0.05, 0.1, 0.2, 0.5) for x in _everyone(at)],
    ),
    case(
        "家族史的净收益，门槛 5%、10%、20%、50%",
        "Net benefit of a family history at 5, 10, 20 and 50 %",
        DCURVES,
        "0.025614 0.018519 0.001667 -0.089333",
        lambda: [_benefit(24, 91, at) for at in (0.05, 0.1, 0.2, 0.5)],
        note="from 24 events and 91 others with one",
    ),
    case(
        "模型的净收益，门槛 5%、10%",
        "Net benefit of the model at 5 and 10 %",
        BINARY + OURS,
        "0.105544 0.087407",
        lambda: [_benefit(96, 320, 0.05), _benefit(87, 193, 0.10)],
        note="from the counts at the threshold",
    ),
    case(
        "6-MP 组缓解的比例（Kaplan-Meier）",
        "Still in remission on 6-MP (Kaplan-Meier)",
        "Freireich and others, Blood 21 (1963) 699-716; Cox, Oakes, Analysis of Survival Data, 1984",
        "0.857 0.807 0.753 0.690 0.627 0.538 0.448",
        lambda: kaplan_meier(*followed(TREATED)).share.tolist(),
    ),
    case(
        "其标准误（Greenwood）",
        "Its standard errors (Greenwood)",
        "Freireich and others, Blood 21 (1963) 699-716; Cox, Oakes, Analysis of Survival Data, 1984",
        "0.076 0.087 0.096 0.107 0.114 0.128 0.135",
        lambda: kaplan_meier(*followed(TREATED)).error.tolist(),
    ),
    case(
        "缓解时间的中位数：6-MP、安慰剂（周）",
        "Median weeks of remission: 6-MP, placebo",
        "Freireich and others, Blood 21 (1963) 699-716",
        "23 8",
        lambda: [kaplan_meier(*followed(x)).median for x in (TREATED, PLACEBO)],
    ),
    *(
        case(
            f"{x}/{m} 与 {y}/{n} 之差的 95% 区间",
            f"95 % interval of the difference of {x}/{m} and {y}/{n}",
            NEWCOMBE,
            printed,
            lambda a=(x, m), b=(y, n): _of(a, b),  # type: ignore[misc]
        )
        for x, m, y, n, printed in (
            (56, 70, 48, 80, "0.0524 0.3339"),
            (9, 10, 3, 10, "0.1705 0.8090"),
            (5, 56, 0, 29, "-0.0381 0.1926"),
            (0, 10, 0, 10, "-0.2775 0.2775"),
        )
    ),
]
