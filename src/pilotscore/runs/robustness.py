"""What robustness shows: the ranking with its intervals, groups, and what moves it, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.language import Lang, Text
from pilotscore.ranking.robustness import Robustness, Sensitivity
from pilotscore.ranking.robustness.uncertainty import MissingRule, WeightRule
from pilotscore.runs.outcome import Outcome
from pilotscore.views.tables import Column, Table
from pilotscore.wording import words
from pilotscore.workbook.results.workers import Progress

TITLE = Text("排名稳健性", "Robustness of the ranking")
FACTORS = {
    "weights": Text("权重", "weights"),
    "value_functions": Text("价值函数", "value functions"),
    "exponent": Text("汇总指数", "exponent of the aggregation"),
    "missing": Text("缺失证据的取法", "missing evidence"),
    "measurement": Text("测量不确定度", "measurement"),
}
# Rows of the heat map in a workbook or a terminal.
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Swap:
    """Two neighbours: the chance that the first is ahead, and the least change that swaps them.

    ``change`` is the greatest move of a weight, in shares of the whole, by dimension (only those
    that move); None where no weights swap them, or where their grades differ.
    """

    first: int
    second: int
    ahead: float
    change: tuple[tuple[Text, float, float], ...] | None
    same_grade: bool


@dataclass(frozen=True, slots=True)
class StableWeight:
    """The range of a weight within which the first k stay the same; None is no bound."""

    title: Text
    stated: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessReport:
    """Everything that the command shows.

    ``front`` marks the ranked results that no other dominates, ``dominated`` gives for each the
    first that dominates it (place among the ranked, -1 for none); both on the dimensions.
    """

    outcome: Outcome
    robustness: Robustness
    sensitivity: Sensitivity | None
    stable: tuple[StableWeight, ...]
    swaps: tuple[Swap, ...]
    front: Bools
    dominated: Ints

    def name(self, place: int) -> str:
        """Return the id of a ranked result."""
        return self.outcome.assessment.measurements.ids[int(self.robustness.results[place])]

    def title(self, place: int) -> str:
        """Return the title of a ranked result."""
        return self.outcome.assessment.measurements.titles[int(self.robustness.results[place])]


def settings_text(report: RobustnessReport) -> Text:
    """Say what was drawn, how often, and how sure the figures are."""
    r, u = report.robustness, report.robustness.uncertainty
    zh, en = [], []
    spread = f"{u.spread:.0%}"
    said = {
        "spread": Text(
            f"权重在所定值附近变动（相对标准差 {spread}）",
            f"weights vary about the stated ones (relative deviation {spread})",
        ),
        "ranges": Text("权重在给定范围内均匀变动", "weights are uniform within their ranges"),
        "order": Text("权重只保留重要性顺序", "weights keep the order of importance alone"),
        "uniform": Text("权重任意（单纯形上均匀）", "any weights (uniform on the simplex)"),
        "stated": Text("权重不变", "weights as stated"),
    }[u.weights]
    zh.append(said.zh)
    en.append(said.en)
    if r.model.measured:
        zh.append("测量值在其置信界内变动")
        en.append("measured values vary within their bounds")
    if u.missing == "drawn":
        zh.append("缺失证据在 0–100 分之间任意")
        en.append("missing evidence scores anything from 0 to 100")
    if u.exponent is not None:
        zh.append(f"汇总指数 {u.exponent[0]:g} 至 {u.exponent[1]:g}")
        en.append(f"exponent {u.exponent[0]:g} to {u.exponent[1]:g}")
    if u.value_functions > 0:
        zh.append(f"价值函数弯曲 {u.value_functions:.0%}")
        en.append(f"value functions bend by {u.value_functions:.0%}")
    reached = r.error <= r.wanted
    short = (
        Text("", "")
        if reached
        else Text(f"，未达到要求的 {r.wanted:.2%}", f", above the {r.wanted:.2%} asked for")
    )
    return Text(
        f"{'；'.join(zh)}。抽样 {r.draws} 次，种子 {r.seed}，概率的标准误差不超过 {r.error:.2%}{short.zh}。",
        f"{'; '.join(en)}. {r.draws} draws, seed {r.seed}; standard error of the chances {r.error:.2%} at most"
        f"{short.en}.",
    )


def places_table(report: RobustnessReport, lang: Lang) -> Table:
    """Return a row per ranked result: its rank, what it may be, and its group."""
    r = report.robustness
    a = report.outcome.assessment
    ids = [g.id for g in a.criteria.grades]
    top = Text(f"进入前 {r.k} 名", f"Top {r.k}")
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 30),
        Column("grade", words.GRADE, "centre", 8),
        Column("index", words.INDEX, "score", 8),
        Column("rank_low", Text("名次区间起", "Rank from"), "rank", 9),
        Column("rank_high", Text("名次区间止", "Rank to"), "rank", 9),
        Column("expected_rank", Text("期望名次", "Expected rank"), "score", 9),
        Column("top", top, "share", 10),
        Column("first", Text("第一名", "First"), "share", 8),
        Column("same_grade", Text("等级不变", "Same grade"), "share", 9),
        Column("ahead_of_next", Text("领先下一名", "Ahead of next"), "share", 10),
        Column("group", Text("组", "Group"), "rank", 6),
        Column("pareto", Text("非劣", "Non-dominated"), "centre", 8),
        Column("confidence", Text("置信因子", "Confidence factor"), "share", 9),
        *(Column(f"grade_{g}", Text(f"{g} 级概率", f"Grade {g}"), "share", 8) for g in ids),
        *(
            Column(f"central_{d.id}", Text(f"中心权重 {d.title.zh}", f"Central weight {d.title.en}"), "share", 10)
            for d in a.criteria.dimensions
        ),
    )  # fmt: skip
    rows = []
    yes = Text("是", "yes").to(lang)
    for n, i in enumerate(r.results.tolist()):
        grade = int(a.grade[i])
        rows.append([
            int(r.ranks[n]), a.measurements.ids[i], a.measurements.titles[i], ids[grade], _n(a.index[i]),
            int(r.low[n]), int(r.high[n]), _n(r.expected[n]), _n(r.top[n]), _n(r.first[n]),
            _n(r.grades[n, grade]), _n(r.groups.ahead[n]), int(r.groups.number[n]),
            yes if report.front[n] else None, _n(r.confidence[n]), *(_n(x) for x in r.grades[n]),
            *(_n(x) for x in (r.central[n] if not np.isnan(r.central[n]).all() else [np.nan] * r.central.shape[1])),
        ])  # fmt: skip
    return Table(columns, rows)


def acceptability_table(report: RobustnessReport) -> Table:
    """Return the heat map: a row per result, a column per rank (or band of ranks)."""
    r = report.robustness
    shown = min(len(r), MOST_SHOWN)
    bands = min(r.acceptability.shape[1], MOST_SHOWN)
    width = r.counts.width

    def heading(b: int) -> Text:
        first, last = b * width + 1, min((b + 1) * width, len(r))
        text = str(first) if width == 1 else f"{first}-{last}"
        return Text(text, text)

    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        *(Column(f"rank_{b + 1}", heading(b), "share", 6) for b in range(bands)),
    )
    rows = [
        [int(r.ranks[n]), report.name(n), *(_n(x) for x in r.acceptability[n, :bands])]
        for n in range(shown)
    ]
    return Table(columns, rows)


def sensitivity_table(report: RobustnessReport, lang: Lang) -> Table | None:
    """Return what the variance of the ranks comes from; None where it was not asked for."""
    found = report.sensitivity
    if found is None or not found.factors:
        return None
    columns = (
        Column("factor", Text("不确定来源", "Uncertainty"), width=24),
        Column("first", Text("一阶 Sobol 指数", "First order"), "share", 14),
        Column("total", Text("总阶 Sobol 指数", "Total order"), "share", 14),
    )
    rows: list[list[Any]] = [
        # estimates of shares may fall a little outside 0 to 1
        [
            FACTORS[name].to(lang),
            *(_n(min(max(x[f], 0.0), 1.0)) for x in (found.first, found.total)),
        ]
        for f, name in enumerate(found.factors)
    ]
    return Table(columns, rows)


def weights_table(report: RobustnessReport, lang: Lang) -> Table:
    """Return between which shares each weight leaves the first k as they are."""
    columns = (
        Column("weight", Text("维度权重", "Weight of"), width=26),
        Column("stated", Text("所定", "Stated"), "share", 9),
        Column("low", Text("可降至", "Down to"), "share", 9),
        Column("high", Text("可升至", "Up to"), "share", 9),
    )
    rows: list[list[Any]] = [
        [w.title.to(lang), _n(w.stated), _n(0.0 if w.low is None else w.low), _n(1.0 if w.high is None else w.high)]
        for w in report.stable
    ]  # fmt: skip
    return Table(columns, rows)


def swaps_table(report: RobustnessReport, lang: Lang) -> Table:
    """Return for each pair of neighbours the chance of the order, and what swaps them."""
    columns = (
        Column("first", Text("在前", "Ahead"), width=12),
        Column("second", Text("在后", "Behind"), width=12),
        Column("ahead", Text("顺序正确的概率", "Chance of this order"), "share", 12),
        Column("change", Text("互换所需的最小权重变化", "Smallest change of weights that swaps them"), "wrap", 60),
    )  # fmt: skip
    rows: list[list[Any]] = [
        [report.name(s.first), report.name(s.second), _n(s.ahead), swap_text(s).to(lang)]
        for s in report.swaps
    ]
    return Table(columns, rows)


def swap_text(swap: Swap) -> Text:
    """Say which weights have to move for two neighbours to swap."""
    if not swap.same_grade:
        return Text("等级不同，只改权重不足以互换", "their grades differ: not by weights alone")
    if swap.change is None:
        return Text("任何权重都不能互换", "no weights swap them")
    if not swap.change:
        return Text("已经相等", "they are level already")
    parts = [(t, f"{before:.1%} → {after:.1%}") for t, before, after in swap.change]
    return Text(
        "，".join(f"{t.zh} {moved}" for t, moved in parts),
        ", ".join(f"{t.en} {moved}" for t, moved in parts),
    )


def to_record(report: RobustnessReport, lang: Lang) -> dict[str, Any]:
    """Return everything as plain data."""
    from pilotscore.views.robustness_words import paragraph

    r, u = report.robustness, report.robustness.uncertainty
    sensitivity = sensitivity_table(report, lang)
    return {
        "summary": paragraph(report).to(lang),
        "settings": {
            "weights": u.weights,
            "spread": u.spread,
            "ranges": {k: list(v) for k, v in u.ranges.items()},
            "measurement": u.measurement,
            "missing": u.missing,
            "exponent": list(u.exponent) if u.exponent else None,
            "value_functions": u.value_functions,
            "seed": r.seed,
            "draws": r.draws,
            "top": r.k,
            "standard_error": round(r.error, 9),
            "standard_error_asked": r.wanted,
        },
        "results": places_table(report, lang).records(),
        "acceptability": acceptability_table(report).records(),
        "sensitivity": sensitivity.records() if sensitivity else [],
        "stable_weights": weights_table(report, lang).records(),
        "neighbours": swaps_table(report, lang).records(),
        "dominated_by": {
            report.name(n): report.name(int(d))
            for n, d in enumerate(report.dominated.tolist())
            if d >= 0
        },
        "manifest": report.outcome.manifest.to_dict(),
    }


def _n(value: Any) -> float | None:
    number = float(value)
    return None if number != number else round(number, 9)


def robustness_report(
    outcome: Outcome, robustness: Robustness, sensitivity: Sensitivity | None = None
) -> RobustnessReport:
    """Put together what is shown: weights, neighbours and dominance are worked out here.

    Parameters
    ----------
    outcome
        The run whose ranking was put to the test.
    robustness
        What the draws gave.
    sensitivity
        What the variance of the ranks comes from, where it was asked for.
    """
    from pilotscore.ranking.robustness.dominance import MOST, dominated_by, pareto_front
    from pilotscore.ranking.robustness.local import examine_weights

    r = robustness
    titles = {d.id: d.title for d in outcome.criteria.dimensions}
    stable, pairs = examine_weights(outcome.ranking, r.results, r.k)
    stated = np.array([s.stated for s in stable])
    values = outcome.assessment.dimensions[r.results]
    dominated = np.full(len(r), -1, dtype=np.int64)
    if len(r) <= MOST:
        by = dominated_by(values)
        some = by.any(axis=1)
        dominated[some] = by[some].argmax(axis=1)
    swaps = []
    for pair in pairs:
        change = None
        if pair.weights is not None:
            change = tuple(
                (titles[s.name], float(before), float(after))
                for s, before, after in zip(stable, stated, pair.weights, strict=True)
                if abs(after - before) > 5e-5
            )
        ahead = float(r.groups.ahead[pair.first])
        swaps.append(Swap(pair.first, pair.second, ahead, change, pair.same_grade))
    return RobustnessReport(
        outcome,
        r,
        sensitivity,
        tuple(StableWeight(titles[s.name], s.stated, s.low, s.high) for s in stable),
        tuple(swaps),
        pareto_front(values),
        dominated,
    )


def robustness(
    outcome: Outcome,
    *,
    weights: WeightRule | None = None,
    spread: float | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    exponent: tuple[float, float] | None = None,
    missing: MissingRule | None = None,
    value_functions: float | None = None,
    draws: int = 2000,
    error: float = 0.01,
    seed: int = 1,
    cores: int | None = None,
    top: int | None = None,
    sensitivity: bool = True,
    progress: Progress | None = None,
) -> RobustnessReport:
    """Put the ranking of a run to the test.

    Parameters
    ----------
    outcome
        What :func:`rank` gave.
    weights, spread, ranges, exponent, missing, value_functions
        What is drawn, see :class:`~pilotscore.ranking.robustness.Uncertainty`; as the criteria set
        has it where None.
    draws, error
        At least so many draws, and until the standard error of the chances is no more than this.
    seed
        Of the random numbers.
    cores
        Threads; all cores where None. The figures are the same.
    top
        How many first places matter.
    sensitivity
        Whether to say what the variance of the ranks comes from.
    progress
        Called with the draws done, of how many.

    Raises
    ------
    UsageError
        Fewer than two results with a grade, an unknown name in the ranges, or ranges that no
        weights satisfy.
    """
    from pilotscore.ranking.robustness import Effort, rank_sensitivity, stated_by, try_ranking
    from pilotscore.runs.robustness import robustness_report

    stated = stated_by(outcome.criteria)
    asked = {
        "weights": weights or ("ranges" if ranges else None),
        "spread": spread,
        "ranges": {**stated.ranges, **ranges} if ranges else None,
        "exponent": exponent,
        "missing": missing,
        "value_functions": value_functions,
    }
    drawn = replace(stated, **{k: v for k, v in asked.items() if v is not None})  # type: ignore[arg-type]
    found = try_ranking(
        outcome.ranking,
        drawn,
        seed=seed,
        top=top,
        effort=Effort(draws, error=error, cores=cores),
        progress=progress,
    )
    told = rank_sensitivity(found.model, found.by) if sensitivity else None
    return robustness_report(outcome, found, told)
