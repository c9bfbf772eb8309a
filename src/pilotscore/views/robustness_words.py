"""Robustness in words: what was drawn, which places are firm, which are not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pilotscore.language import COMMA, LISTED, NOTHING, Text, Words, join, same
from pilotscore.runs.robustness import RobustnessReport, Swap

FACTORS = {
    "weights": Text("权重", "weights"),
    "value_functions": Text("价值函数", "value functions"),
    "exponent": Text("汇总指数", "exponent of the aggregation"),
    "missing": Text("缺失证据的取法", "missing evidence"),
    "measurement": Text("测量不确定度", "measurement"),
}
SURE = 0.9
_LISTED = 6
_SENTENCES = Text("", " ")

# ---------------------------------------------------------------------------- what was drawn

_WEIGHTS = {
    "spread": Text(
        "权重在所定值附近变动（相对标准差 {spread:.0%}）",
        "weights vary about the stated ones (relative deviation {spread:.0%})",
    ),
    "ranges": Text("权重在给定范围内均匀变动", "weights are uniform within their ranges"),
    "order": Text("权重只保留重要性顺序", "weights keep the order of importance alone"),
    "uniform": Text("权重任意（单纯形上均匀）", "any weights (uniform on the simplex)"),
    "stated": Text("权重不变", "weights as stated"),
}
_MEASURED = Text(
    "数值在其不确定度（测量所得或自行写明）内变动",
    "values vary within their uncertainty, measured or stated",
)
_MISSING = Text("缺失证据在 0–100 分之间任意", "missing evidence scores anything from 0 to 100")
_EXPONENT = Text("汇总指数 {low:g} 至 {high:g}", "exponent {low:g} to {high:g}")
_BENT = Text("价值函数弯曲 {share:.0%}", "value functions bend by {share:.0%}")
_SETTINGS = Text(
    "{drawn}。抽样 {draws} 次，种子 {seed}，概率的标准误差不超过 {error:.2%}{above}。",
    "{drawn}. {draws} draws, seed {seed}; standard error of the chances {error:.2%} at "
    "most{above}.",
)
_ABOVE = Text("，未达到要求的 {wanted:.2%}", ", above the {wanted:.2%} asked for")


def settings_text(report: RobustnessReport) -> Words:
    """Say what was drawn, how often, and how sure the figures are."""
    r = report.robustness
    return _SETTINGS.of(
        drawn=join(_drawn(report)),
        draws=r.draws,
        seed=r.effort.seed,
        error=r.error,
        above=NOTHING if r.error <= r.effort.error else _ABOVE.of(wanted=r.effort.error),
    )


def _drawn(report: RobustnessReport) -> Iterator[Words]:
    u = report.robustness.uncertainty
    yield _WEIGHTS[u.weights].of(spread=u.spread)
    if report.robustness.model.measured:
        yield _MEASURED
    if u.missing == "drawn":
        yield _MISSING
    if u.exponent is not None:
        yield _EXPONENT.of(low=u.exponent[0], high=u.exponent[1])
    if u.value_functions > 0:
        yield _BENT.of(share=u.value_functions)


# ------------------------------------------------------------------------------ what is firm

_FIRST_FIRM = Text(
    "第一名 {name} 稳固（{chance:.0%} 的抽样中居首）。",
    "First place is firm: {name} leads in {chance:.0%} of the draws.",
)
_FIRST_OPEN = Text(
    "第一名不稳固：{name} 只在 {chance:.0%} 的抽样中居首{other}。",
    "First place is not firm: {name} leads in {chance:.0%} of the draws{other}.",
)
_OTHER = Text("，{name} 为 {chance:.0%}", ", {name} in {chance:.0%}")
_TOP_FIRM = Text(
    "前 {k} 名是哪些成果不随抽样改变。",
    "Which results are the first {k} does not depend on what was drawn.",
)
_TOP_OPEN = Text(
    "前 {k} 名中有 {sure} 项稳固；{names}是否进入前 {k} 名取决于不确定的部分。",
    "Of the first {k} places {sure} are firm; whether {names} {are} among them depends on what is "
    "uncertain.",
)
_ALL_APART = Text(
    "每一项都能与其他各项区分（概率不低于 90%）。",
    "Every result can be told from the others (with a chance of 90 % or more).",
)
_GROUPS = Text(
    "{n} 项成果分为 {groups} 组，组内先后不可靠；最大的一组为第 {span} 名，共 {largest} 项。",
    "The {n} results form {groups} groups within which the order is not to be relied on; the "
    "largest "
    "is places {span}, {largest} results.",
)
_GRADES_FIRM = Text("各项等级均稳固。", "All grades are firm.")
_GRADES_OPEN = Text("{n} 项的等级不稳固：{names}。", "{n} {grades_are} not firm: {names}.")
_ALL_FROM = Text("名次的变动全部来自{factor}。", "All of it comes from {factor}.")
_MOST_FROM = Text(
    "名次的变动主要来自{factor}（总阶指数 {share:.0%}）。",
    "Most of it comes from {factor} (total order index {share:.0%}).",
)


def paragraph(report: RobustnessReport) -> Words:
    """Say which places are firm, which are not, and what moves them."""
    parts = (_first(report), _top(report), _groups(report), _grades(report), _why(report))
    return join((part for part in parts if part is not None), _SENTENCES)


def _first(report: RobustnessReport) -> Words:
    r = report.robustness
    name, chance = report.name(0), float(r.first[0])
    if chance >= SURE:
        return _FIRST_FIRM.of(name=name, chance=chance)
    best = int(r.first.argmax())
    other = _OTHER.of(name=report.name(best), chance=float(r.first[best])) if best else NOTHING
    return _FIRST_OPEN.of(name=name, chance=chance, other=other)


def _top(report: RobustnessReport) -> Words | None:
    r = report.robustness
    if r.k >= len(r):
        return None
    open_ = np.flatnonzero((r.top > 1 - SURE) & (r.top < SURE)).tolist()
    if not open_:
        return _TOP_FIRM.of(k=r.k)
    are = "is" if len(open_) == 1 else "are"
    sure = int((r.top >= SURE).sum())
    return _TOP_OPEN.of(k=r.k, sure=sure, names=_names(report, open_), are=are)


def _groups(report: RobustnessReport) -> Words:
    r = report.robustness
    sizes = np.bincount(r.groups.number)[1:]
    if (sizes == 1).all():
        return _ALL_APART
    largest = int(sizes.argmax())
    members = np.flatnonzero(r.groups.number == largest + 1)
    span = f"{int(r.ranks[members[0]])}–{int(r.ranks[members[-1]])}"
    return _GROUPS.of(n=len(r), groups=len(sizes), span=span, largest=len(members))


def _grades(report: RobustnessReport) -> Words:
    r, a = report.robustness, report.outcome.assessment
    open_ = [n for n, i in enumerate(r.results.tolist()) if r.grades[n, int(a.grade[i])] < SURE]
    if not open_:
        return _GRADES_FIRM
    are = "grade is" if len(open_) == 1 else "grades are"
    return _GRADES_OPEN.of(n=len(open_), grades_are=are, names=_names(report, open_))


def _why(report: RobustnessReport) -> Words | None:
    s = report.sensitivity
    if s is None or not s.factors or not s.variance.sum() > 0:
        return None
    main = int(s.total.argmax())
    factor = FACTORS[s.factors[main]]
    if len(s.factors) == 1:
        return _ALL_FROM.of(factor=factor)
    return _MOST_FROM.of(factor=factor, share=float(s.total[main]))


def _names(report: RobustnessReport, places: Sequence[int]) -> Words:
    """Name the first of several results, and say how many there are."""
    shown = join([report.name(n) for n in places[:_LISTED]], LISTED)
    if len(places) <= _LISTED:
        return shown
    text = Text("{shown} 等 {n} 项", "{shown} and {rest} more")
    return text.of(shown=shown, n=len(places), rest=len(places) - _LISTED)


# ------------------------------------------------------------------------- what swaps neighbours


def swap_text(swap: Swap) -> Words:
    """Say which weights have to move for two neighbours to swap."""
    if not swap.same_grade:
        return Text("等级不同，只改权重不足以互换", "their grades differ: not by weights alone")
    if swap.change is None:
        return Text("任何权重都不能互换", "no weights swap them")
    if not swap.change:
        return Text("已经相等", "they are level already")
    move = same("{title} {before:.1%} → {after:.1%}")
    parts = (move.of(title=t, before=before, after=after) for t, before, after in swap.change)
    return join(parts, COMMA)
