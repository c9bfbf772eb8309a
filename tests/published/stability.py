"""Published cases of what batch data say: capability, charts, drift, shelf life, scale-up."""

from __future__ import annotations

import numpy as np

from pilotscore.measures import capability, chart_constants, running, scale_up, variation
from pilotscore.measures.control_charts import charts
from pilotscore.measures.proportions import wilson
from tests.measures import test_change_points as steps
from tests.measures import test_chart_constants as constants
from tests.measures import test_control_charts as flow
from tests.measures import test_drift as trends
from tests.measures import test_nested as casks
from tests.measures import test_scale_up as scales
from tests.measures import test_shelf_life as lives
from tests.measures.furnace import FURNACE
from tests.published.registry import Published, case

NIST = "NIST/SEMATECH e-Handbook of Statistical Methods, "
_NONE = np.array([np.nan])


def _one(values: object) -> tuple[np.ndarray, np.ndarray]:
    flat = np.asarray(values, dtype=float)
    return flat, np.array([0, len(flat)])


def _furnace() -> list[float]:
    limits = np.array([460.0]), np.array([660.0])
    ways = (capability.pp, capability.ppk)
    return [way(*_one(FURNACE), limits).value[0] for way in ways]


def _worked() -> list[float]:
    limits = np.array([8.0]), np.array([20.0])
    within = capability.Within(np.array([2.0]), np.array([2.0]))
    cpk = capability.cpk(*_one([14.0, 16.0, 18.0]), limits, within)
    return [capability.cp(limits, within).value[0], cpk.value[0]]


def _bissell() -> list[float]:
    found = capability.bissell(np.array([1.15]), np.array([45]), np.array([44.0]), 0.975)
    return [found.low[0], found.high[0]]


def _flow() -> list[float]:
    found = charts(*flow.of_batches(flow.singles(flow.FLOW)))
    three = 3 * found.spread_centre[0] / 1.128
    return [
        found.centre[0],
        found.spread_centre[0],
        found.centre[0] + three,
        found.centre[0] - three,
    ]


def _rings() -> list[float]:
    found = charts(*flow.of_batches(flow.rings().tolist()))
    rounded = found.sigma_within[0] * chart_constants.constants(np.array([5])).d2[0] / 2.326
    three = 3 * rounded / np.sqrt(5)
    centre = found.centre[0]
    return [centre, found.spread_centre[0], rounded, centre - three, centre + three]


def _rings_s() -> list[float]:
    rings = flow.rings()
    found = charts(*flow.of_batches([*rings.tolist(), [rings.mean()]]))
    return [found.sigma_within[0], found.spread_centre[0], found.spread_upper[0]]


def _by_hand() -> list[float]:
    found = trends.of(trends.BY_HAND)
    return [found.s[0], found.z[0], found.p[0] / 2]


def _hundred() -> list[float]:
    found = trends.of(range(1, 101))
    return [found.s[0], found.variance[0], found.z[0], found.tau[0], found.slope.value[0]]


def _pettitt() -> list[float]:
    found = steps.of(steps.numbers(steps.PAGE))
    return [found.place[0], found.k[0], found.p[0]]


def _nile() -> list[float]:
    return [1870 + steps.of(steps.numbers(steps.NILE)).place[0]]


def _looms() -> list[float]:
    looms = [[98, 97, 99, 96], [91, 90, 93, 92], [96, 95, 97, 95], [95, 96, 99, 98]]
    values = np.array(looms, dtype=float).ravel()
    found = variation.components(values, np.arange(0, 17, 4), np.array([0, 4]))
    return [found.between[0] ** 2, found.within[0] ** 2]


def _wilson(x: int, n: int) -> list[float]:
    found = wilson(np.array([float(x)]), np.array([float(n)]), 0.975)
    return [found.low[0], found.high[0]]


def _mratios() -> list[float]:
    return list(scales.ratio(scales.NUMERATOR, scales.DENOMINATOR, 0.975))


def _welch() -> list[float]:
    found = scales.against_margins(scales.NUMERATOR, scales.DENOMINATOR, 1.0, 2.0)
    return [2 * (1 - found.p_lower[0])]


def _fieller(level: float) -> list[float]:
    from scipy import stats

    six, t = np.sqrt(6), stats.t.ppf((1 + level) / 2, 10)
    given = (np.array([x]) for x in (14.0, 3 / six, 7.0, 2 / six, t))
    found = scale_up.fieller(*given)
    return [found.low[0], found.high[0]]


def _dcstats() -> list[float]:
    found = scale_up.fieller(*(np.array([x]) for x in (14.0, 3.0, 7.0, 2.0, 1.812461)))
    return [found.value[0], found.low[0], found.high[0]]


def _between_stops(hours: float, stops: float, confidence: float) -> list[float]:
    found = running.mean_time_between(np.array([hours]), np.array([stops]), confidence)
    return [found.low[0]]


def _life(study: list[list[float]]) -> list[float]:
    found = lives.life(lives.rows(study))
    return [int(found.months[0]), found.slopes[0]]


def _each_life(study: list[list[float]]) -> list[float]:
    return [int(lives.life(lives.governed_by(study, b)).months[0]) for b in (1, 2, 3)]


def _own_variance(study: list[list[float]]) -> list[int]:
    lifted = (lives.governed_by(study, b) for b in (1, 2, 3))
    return [int(lives.life(one, own_variance=True).months[0]) for one in lifted]


def _alone(study: list[list[float]]) -> list[float]:
    own = [[r for r in lives.rows(study) if r[2] == b] for b in (1, 2, 3)]
    return [int(lives.life(batch, least_batches=1).months[0]) for batch in own]


def _crossing(study: list[list[float]], bound: float) -> list[float]:
    return [lives.life(lives.rows(study), lower=bound, least_batches=1).months[0]]


def _column(name: str) -> Published:
    """Return a column of the table of chart constants, but for the places where it errs."""
    table = constants.printed()
    errs = constants.MISPRINTS.get(name, {})
    sizes = [int(n) for n in table[:, 0] if int(n) not in errs]
    place = 1 + constants.COLUMNS.index(name)
    lines = [line.split() for line in constants.APPENDIX_VI.split("\n") if line]
    note = f"without n = {', '.join(map(str, errs))}, where the last digit is off by one in print"
    return case(
        f"控制图常数 {name}",
        f"Chart constant {name}",
        "Montgomery, Introduction to Statistical Quality Control, appendix VI",
        " ".join(line[place] for line in lines if int(line[0]) in sizes),
        lambda: getattr(chart_constants.constants(np.array(sizes)), name),
        note=note if errs else "",
    )


SHELF = "Gad (ed.), Pharmaceutical Manufacturing Handbook, Wiley 2008, p. "
STAB = "; with R's stab 0.1.8 and Minitab"
QCC = "R's qcc 3.0, article qcc, data set pistonrings"
GRAPHPAD = "GraphPad QuickCalcs, as quoted in github.com/DCPROGS/DCSTATS"
RELIABILITY = "Python package reliability, reliability_test_planner, example "
NEWCOMBE = "Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3"
MRATIOS = "t.test.ratio of R's mratios, mikuhatsune.hatenadiary.com, 2012-12-12"

CASES = [
    case(
        "浆料强度的批、桶、样品标准差",
        "Deviations of batches, casks and samples of paste strength",
        "R's lme4, example Pastes: (1 | batch / cask), REML",
        "1.2874 2.9041 0.8234",
        casks.pastes,
    ),
    case(
        "熔炉膜厚的 Pp、Ppk",
        "Pp and Ppk of film thickness in a furnace",
        NIST + "3.5.1.3",
        "1.313 1.273",
        _furnace,
    ),
    case("Cp、Cpk 算例", "Cp and Cpk, the worked example", NIST + "6.1.6", "1.0 0.6667", _worked),
    case(
        "45 个值 Cpk 1.15 的 95 % 区间",
        "95 % interval of a Cpk of 1.15 from 45 values",
        "Quality Digest, by Bissell's formula",
        "0.89 1.41",
        _bissell,
    ),
    case(
        "流量单值图：均值、移动极差、界限",
        "Individuals chart of flow rates: mean, moving range, limits",
        NIST + "6.3.2.2",
        "50.81 1.8778 55.8041 45.8159",
        _flow,
        note="limits with d2 rounded to 1.128, as there",
    ),
    case(
        "活塞环均值极差图",
        "Mean and range chart of piston rings",
        QCC,
        "74.00118 0.02276 0.009785039 73.98805 74.0143",
        _rings,
        note="with d2 rounded to 2.326, as there",
    ),
    case(
        "活塞环均值标准差图",
        "Mean and deviation chart of piston rings",
        QCC,
        "0.009829977 0.009240037 0.01930242",
        _rings_s,
    ),
    *(_column(name) for name in constants.COLUMNS),
    case(
        "手算曼-肯德尔：S、Z、单侧 p",
        "Mann-Kendall by hand: S, Z, one-sided p",
        "mathcs.holycross.edu/~little/Montserrat/MannKendallByHand.txt",
        "54 2.9058 0.0018",
        _by_hand,
    ),
    case(
        "有并列值的曼-肯德尔 Z",
        "Z of Mann-Kendall with ties",
        "Gilbert, Statistical Methods for Environmental Pollution Monitoring, 1987, p. 212",
        "3.1",
        lambda: trends.of(trends.GILBERT).z,
    ),
    case(
        "1 到 100 的曼-肯德尔：S、方差、Z、tau、斜率",
        "Mann-Kendall of 1 to 100: S, variance, Z, tau, slope",
        "github.com/mmhs013/MannKendall.jl, test/runtests.jl",
        "4950 112750 14.73869998208331 1.0 1",
        _hundred,
        last=2,
        note="doubles",
    ),
    case(
        "佩蒂特检验：位置、K、p",
        "Pettitt's test: place, K, p",
        "Pettitt, Applied Statistics 28 (1979) 126-135, table 1; R's trend",
        "17 232 0.014",
        _pettitt,
        last=1,
        note="p is cut off in print, not rounded",
    ),
    case(
        "尼罗河流量变化的年份",
        "The year when the flow of the Nile changed",
        "Cobb, Biometrika 65 (1978) 243-251",
        "1898",
        _nile,
    ),
    case(
        "织机方差分量：机间、机内",
        "Variance components of looms: between, within",
        "Montgomery, Design and Analysis of Experiments, random effects model",
        "6.96 1.90",
        _looms,
    ),
    *(
        case(
            f"{n} 次中 {x} 次的 95 % 区间",
            f"95 % interval of {x} in {n}",
            NEWCOMBE,
            printed,
            lambda x=x, n=n: _wilson(x, n),
        )
        for x, n, printed in [
            (81, 263, "0.2553 0.3662"),
            (15, 148, "0.0624 0.1605"),
            (0, 20, "0.0000 0.1611"),
            (1, 29, "0.0061 0.1718"),
        ]
    ),
    case(
        "均值之比及其区间",
        "Ratio of means with its interval",
        MRATIOS,
        "0.8643849 0.4056763 2.6170008",
        _mratios,
        last=5,
        note="the data are rounded to 7 digits",
    ),
    case("均值之比的双侧 p", "Two-sided p of a ratio of means", MRATIOS, "0.684", _welch),
    *(
        case(
            f"两均值之比的 {level:.0%} 区间（Fieller）",
            f"{level:.0%} interval of a ratio (Fieller)",
            GRAPHPAD,
            printed,
            lambda level=level: _fieller(level),
        )
        for level, printed in [(0.90, "1.54 2.64"), (0.95, "1.46 2.83"), (0.99, "1.27 3.36")]
    ),
    case(
        "两值之比的区间（Fieller）",
        "Interval of a ratio (Fieller)",
        "github.com/DCPROGS/DCSTATS",
        "2.0 1.051413 4.414296",
        _dcstats,
    ),
    case(
        "平均无停机时间下限，80 % 双侧",
        "Lower bound of mean time between stops, 80 % two-sided",
        RELIABILITY + "1",
        "1658.3248534993454",
        lambda: _between_stops(19520.0, 7.0, 0.9),
        last=1e3,
        note="doubles",
    ),
    case(
        "平均无停机时间下限，80 % 单侧",
        "Lower bound of mean time between stops, 80 % one-sided",
        RELIABILITY + "2",
        "1101.8815940201118",
        lambda: _between_stops(10000.0, 6.0, 0.8),
        last=1e3,
        note="doubles",
    ),
    case(
        "单批货架期（月）",
        "Shelf life of one batch, months",
        SHELF + "602" + STAB,
        "23",
        lambda: [int(lives.life(lives.rows(lives.P602), least_batches=1).months[0])],
    ),
    *(
        case(
            f"均值下限降到 {bound} % 的月份",
            f"The month at which the bound is {bound} %",
            "R's stab 0.1.8, data p602",
            f"{month}.0000",
            lambda b=bound: _crossing(lives.P602, b),
            last=1,
        )
        for month, bound in [(23, 90.13227), (36, 84.49284), (84, 62.70852)]
    ),
    case(
        "合并批次的货架期与斜率检验 p",
        "Shelf life of pooled batches, and p of the slopes",
        SHELF + "609" + STAB,
        "32 0.9487691",
        lambda: _life(lives.P609),
    ),
    case(
        "同斜率批次的货架期与斜率检验 p",
        "Shelf life of batches with one slope, and p of the slopes",
        "R's stab 0.1.8 and Minitab, data p615",
        "17 0.6998373",
        lambda: _life(lives.P615),
    ),
    case(
        "各斜率批次的货架期与斜率检验 p",
        "Shelf life of batches with own slopes, and p of the slopes",
        "R's stab 0.1.8 and Minitab, data p613",
        "18 0.02392274",
        lambda: _life(lives.P613),
    ),
    case(
        "同斜率三批各自的货架期",
        "Shelf life of each of three batches with one slope",
        "Minitab, as kept with R's stab 0.1.8, data p615",
        "17 21 33",
        lambda: _each_life(lives.P615),
    ),
    case(
        "合并方差三批各自的货架期",
        "Shelf life of each of three batches, variance pooled",
        "Minitab, as kept with R's stab 0.1.8, data p613",
        "25 21 18",
        lambda: _each_life(lives.P613),
    ),
    case(
        "三批各自拟合的货架期",
        "Shelf life of each of three batches, each fitted alone",
        SHELF + "613; with R's stab 0.1.8",
        "24 23 17",
        lambda: _alone(lives.P613),
    ),
    case(
        "斜率不同的批次各用自身方差（JMP、stab 的规则）的货架期",
        "Shelf life of batches with own slopes, each with its own variance (the rule of JMP and stab)",
        SHELF + "613; with R's stab 0.1.8",
        "24 23 17",
        lambda: _own_variance(lives.P613),
    ),
]
