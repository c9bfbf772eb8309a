"""The words of what came of it, and how figures with intervals are written."""

from __future__ import annotations

import math
from typing import Any

from pilotscore.criteria.measuring import Bounded
from pilotscore.language import NOTHING, SENTENCES, Text, Words, counted, join, same
from pilotscore.outcomes.indicators import Discrimination, Telling
from pilotscore.outcomes.limits_that_decide import Use
from pilotscore.outcomes.reweighing import Refusal
from pilotscore.outcomes.tools_allowed import Tool, more_needed
from pilotscore.runs.learn import LearnReport
from pilotscore.runs.learn_data import Followed
from pilotscore.runs.learn_weights import NotWeighed, WeightsLearned
from pilotscore.wording.figures import rounded

TITLE = Text("后来如何：{outcome}", "What came of it: {outcome}")
WITHIN = Text("{months} 个月内", "within {months} months")
EVER = Text("不限时间", "whenever")
OUTCOME, STATES = Text("结果", "Outcome"), Text("状态", "State")
REACHED, NOT_REACHED = Text("达到", "reached"), Text("未达到", "not")
OPEN = Text("未知", "open")
SHARE, BY_TIME = Text("达到比例", "share"), Text("至今达到", "by time")
MEDIAN = Text("半数达到（月）", "half by month")
INTERVAL = Text("95% 区间", "95% interval")
NO_GRADE = Text("无等级", "no grade")
LIMIT, FAILED = Text("条件", "Condition"), Text("未满足", "fail it")
ALONE, USE = Text("仅因此", "alone"), Text("作用", "Use")
OLD, NEW, CHANGE = Text("原权重", "old"), Text("新权重", "new"), Text("变化", "change")
DATA_SAY = Text("仅按数据", "data alone")
SCORE_AREA, EVIDENCE_AREA = Text("得分 AUC", "score AUC"), Text("证据 AUC", "evid. AUC")
RESULTS = Text("成果数", "results")

ROUND, RESULT = Text("轮", "round"), Text("项成果", "result")
EVENT, MORE_OUTCOME = Text("个事件", "event"), Text("个结果", "outcome")

_SUMMARY = Text(
    "{rounds}，评分 {scored} 项，资助 {funded} 项，跟踪 {followed} 项：达到 {yes}，未达到 {no}，"
    "未知 {open}",
    "{rounds}, {scored} results scored, {funded} funded, {followed} followed up: {yes} reached it, "
    "{no} did not, {open} not yet known",
)
_SEEN = Text(
    "只看得到获资助的成果：以下各表都不说未获资助者会怎样。",
    "Only funded results are seen: no table says what the others would have come to.",
)
_SEEN_DRAWN = Text(
    "只看得到获资助的成果，以及另外跟踪的 {n} 项：以下各表不说其余未获资助者会怎样。",
    "Only funded results are seen, and {n} others that were followed up: no table says what the "
    "rest would have come to.",
)
_SPAN = Text(
    "结果已知者的指数为 {low:.1f} 至 {high:.1f}（全部为 {least:.1f} 至 {most:.1f}），"
    "离散度为全部的 {spread:.0%}{so}",
    "The index of those with a known outcome runs from {low:.1f} to {high:.1f} (of all scored "
    "{least:.1f} to {most:.1f}), with {spread:.0%} of the spread of all{so}",
)
_NARROWER = 0.95  # of the spread of all: what is less makes a difference
_NARROW = Text("：相关与 AUC 因此偏低。", ": correlations and areas are too low by that.")
_WIDE = Text("。", ".")
_APPLICANTS = Text(
    "按所记录的入选概率加权，全部有机会者中达到的比例为 {share}（{known}，"
    "相当于 {effective:.0f} 个等权结果）。概率为 0 者无人代表。",
    "Weighted by the recorded chances, {share} of all that had a chance reach it ({known}, worth "
    "{effective:.0f} of equal weight). Those without any chance are represented by nobody.",
)
_DRAWN = Text(
    "抽签：中签 {won} 达到，落签 {lost} 达到，相差 {difference}。两者只差在签上，"
    "差别即资助的作用。",
    "Draw by lot: {won} of those drawn reached it, {lost} of those not; difference {difference}. "
    "They differ by the lot alone, so the difference is the effect of funding.",
)
_ZONE = Text(
    "讨论区内获资助者 {zone} 达到，其上获资助者 {above} 达到，相差 {difference}。",
    "Of those funded from the discussion zone {zone} reached it, of those above it {above}; "
    "difference {difference}.",
)
_OF = same("{x}/{n}")


_EARLY = Text(
    "{n} 项在决定之前已达到，不算这次的结果，列为未知",
    "{n} had reached it before they were decided on, which is no outcome of that: they are open",
)


def summary(f: Followed) -> Words:
    """Say how many were scored, funded and followed, and what is known of them."""
    known = f.known
    said = _SUMMARY.of(
        rounds=counted(len(f.rounds), ROUND),
        scored=f.scored,
        funded=f.funded,
        followed=f.reported,
        yes=int(known.success.sum()),
        no=int(known.failure.sum()),
        open=int(known.open.sum()),
    )
    return join((said, _EARLY.of(n=f.early))) if f.early else said


def within(f: Followed) -> Words:
    """Say within what time the outcome is to be reached."""
    return EVER if math.isinf(f.window) else WITHIN.of(months=f"{f.window:g}")


def seen(f: Followed) -> Words:
    """Say that only funded results are seen: beside every table."""
    others = int((~f.with_money).sum())
    return _SEEN_DRAWN.of(n=others) if others else _SEEN


def unseen(report: LearnReport) -> list[Words]:
    """Say what is known of those that are not seen."""
    said: list[Words] = []
    if (s := report.span) is not None:
        so = _NARROW if s.spread < _NARROWER else _WIDE
        low, high = s.seen
        least, most = s.scored
        said.append(_SPAN.of(low=low, high=high, least=least, most=most, spread=s.spread, so=so))
    if (a := report.applicants) is not None:
        known = counted(a.known, MORE_OUTCOME)
        said.append(_APPLICANTS.of(share=percent(a.share), known=known, effective=a.effective))
    if (d := report.drawn) is not None:
        said.append(_DRAWN.of(won=of(d.won), lost=of(d.lost), difference=points(d.difference)))
    if (z := report.zone) is not None:
        said.append(_ZONE.of(zone=of(z[0]), above=of(z[1]), difference=points(z[2])))
    return said


def of(pair: tuple[int, int]) -> Words:
    """Write so many of so many."""
    return _OF.of(x=pair[0], n=pair[1])


def percent(b: Bounded) -> str:
    """Write a share with its interval."""
    if b.value != b.value:
        return "—"
    interval = "—" if b.low != b.low else f"{b.low:.0%}–{b.high:.0%}"
    return f"{b.value:.0%} ({interval})"


def points(b: Bounded) -> Words:
    """Write a difference of shares with its interval."""
    return _FROM_TO.of(value=f"{b.value:+.0%}", low=f"{b.low:+.0%}", high=f"{b.high:+.0%}")


# A dash between two numbers, of which one is below 0, reads as a sign.
_FROM_TO = Text("{value}（{low} 至 {high}）", "{value} ({low} to {high})")


def figure(b: Bounded) -> Words:
    """Write a figure with its interval."""
    if b.value != b.value:
        return same("—")
    value, low, high = (f"{x:.2f}" for x in b)
    if b.low != b.low:
        return same(value)
    if b.low < 0:
        return _FROM_TO.of(value=value, low=low, high=high)
    return same(f"{value} ({low}–{high})")


TELLING: dict[Telling, Text] = {
    Telling.TELLS: Text("有区分力", "tells"),
    Telling.REVERSED: Text("反向", "reversed"),
    Telling.OPEN: Text("未定", "open"),
    Telling.FEW: Text("结果太少", "too few"),
}
STYLES: dict[Telling, str] = {
    Telling.TELLS: "green",
    Telling.REVERSED: "red",
    Telling.OPEN: "dim",
    Telling.FEW: "dim",
}
USES: dict[Use, Text] = {
    Use.NEVER: Text("全部满足，从不起作用", "all meet it: it never decides"),
    Use.IDLE: Text("总有别的条件也未满足，从不起作用", "never alone: others stop them too"),
    Use.DECIDES: Text("起作用", "decides"),
    Use.ALWAYS: Text("挡住所有满足其余条件者", "stops all that meet the rest"),
    Use.UNSEEN: Text("无人满足其余条件", "nobody meets the rest"),
}


def area(d: Discrimination) -> Words:
    """Write how often a success stood above a failure; nothing where there are too few."""
    return same("—") if d.telling == Telling.FEW else figure(d.area)


TOOLS: dict[Tool, Text] = {
    Tool.SURVIVAL: Text("按时间的比例", "shares by time"),
    Tool.UNSEEN: Text("看不到的部分", "figures of those not seen"),
    Tool.CORRELATION: Text("秩相关", "rank correlation"),
    Tool.DISCRIMINATION: Text("区分度（AUC）", "discrimination (AUC)"),
    Tool.RECALIBRATION: Text("逻辑校准曲线", "logistic curve"),
    Tool.BRIER: Text("Brier 评分及其分解", "Brier score and its parts"),
    Tool.DECISION_CURVE: Text("决策曲线", "decision curve"),
    Tool.WEIGHTS: Text("权重重估", "weights"),
    Tool.ISOTONIC: Text("保序校准", "isotonic curve"),
}
_NOT_YET = Text("{tool}（还差 {n}）", "{tool} ({n} more)")
NOT_CARRIED = Text(
    "{events}（达到与未达到中较少的一方）还不能支撑：{tools}",
    "{events} (the rarer of reached and not) cannot carry yet: {tools}",
)


def not_carried(report: LearnReport) -> Words | None:
    """Say which figures so few events cannot carry, and how many more they would take."""
    index = report.index
    weights = report.weights
    at_once = {Tool.WEIGHTS: len(weights.items) + 1}  # and where the curve lies
    short = {tool: more_needed(tool, index.events, at_once.get(tool, 0)) for tool in TOOLS}
    if weights.why_not is not None:  # no number of them would do: the reason stands elsewhere
        short.pop(Tool.WEIGHTS, None)
    missing = [_NOT_YET.of(tool=TOOLS[tool], n=n) for tool, n in short.items() if n]
    if not missing:
        return None
    return NOT_CARRIED.of(events=counted(index.events, EVENT), tools=join(missing))


NOT_WEIGHED: dict[NotWeighed, Text] = {
    NotWeighed.POINTS: Text("指数是积分之和，没有维度权重", "the index is a sum of points"),
    NotWeighed.LOWEST: Text("指数取最低维度，权重不起作用", "the index is the lowest dimension"),
    NotWeighed.ONE: Text("只有一个维度", "there is one dimension"),
    NotWeighed.NOT_A_SUM: Text(
        "维度以幂平均合成，指标没有相加的权重：请用 --level dimensions",
        "the dimensions combine by a power mean, and indicators have no weights of a sum: use "
        "--level dimensions",
    ),
    NotWeighed.OTHER_WEIGHTS: Text(
        "各轮并非以这些权重评分（权重方案或其他版本）：请用 --round 选出同一版本的轮次",
        "the rounds were not scored by these weights (a profile, or another version): choose those "
        "of one version by --round",
    ),
}
REFUSALS: dict[Refusal, Text] = {
    Refusal.FEW: Text(
        "权重不变：结果太少，每个权重至少要 10 个事件",
        "Weights stay: too few outcomes, ten events for each weight are the least",
    ),
    Refusal.ALIKE: Text(
        "权重不变：各维度的得分彼此分不开，或结果被毫无差错地区分",
        "Weights stay: the scores of the dimensions cannot be told apart, or they tell the "
        "outcomes without error",
    ),
    Refusal.NO_SLOPE: Text(
        "权重不变：指数整体是否预示结果尚不确定",
        "Weights stay: whether the index tells the outcome at all is open",
    ),
    Refusal.NO_GAIN: Text(
        "权重不变：在未参与估计的结果上没有改进",
        "Weights stay: others gain nothing on results held out",
    ),
    Refusal.GAIN_OPEN: Text(
        "权重不变：在未参与估计的结果上的改进可能出于偶然",
        "Weights stay: what others gain on results held out may be chance",
    ),
    Refusal.AS_GOOD: Text(
        "权重不变：现有权重与数据所说的一样好",
        "Weights stay: the present ones are as good as the data can tell",
    ),
}
_MORE = Text("约需再有 {n}才能定", "about {n} more would settle it")
PROPOSED = Text(
    "建议的新权重（向原权重收缩，未自动采用；在未参与估计的结果上每个结果的对数似然改进 {gain:.4f} "
    "± {error:.4f}）",
    "Proposed weights (drawn towards the old ones, not applied by themselves; on results held out "
    "they gain {gain:.4f} ± {error:.4f} in log-likelihood for each outcome)",
)
_STOP, _COMMA = Text("。", "."), Text("；", "; ")


def weights_said(w: WeightsLearned) -> Words:
    """Say what becomes of the weights."""
    if w.reweighing is None:
        why = NOT_WEIGHED[w.why_not] if w.why_not else NOTHING
        return join((_NOT_WEIGHED.of(why=why), _STOP), NOTHING)
    reweighing = w.reweighing
    if reweighing.refusal is None:
        assert reweighing.gain is not None
        return PROPOSED.of(gain=reweighing.gain.mean, error=reweighing.gain.error)
    more: tuple[Words, ...] = ()
    if reweighing.more:
        more = (_MORE.of(n=counted(reweighing.more, MORE_OUTCOME)),)
    return join((join((REFUSALS[reweighing.refusal], *more), _COMMA), _STOP), NOTHING)


_NOT_WEIGHED = Text("权重不重估：{why}", "Weights are not re-estimated: {why}")
MOVES = Text(
    "最近一轮（资助 {line} 项）若按新权重排：{moved}换位，{rise} 项进入前 {line} 名，"
    "{fall} 项退出。",
    "In the last round ({line} funded) the new weights would move {moved}; {rise} would come among "
    "the first {line}, {fall} would leave them.",
)


_MOVES_ALONE = Text(
    "最近一轮若按新权重排：{moved}换位。", "In the last round the new weights would move {moved}."
)


def moves_said(w: WeightsLearned) -> Words:
    """Say how many results of the last round would move."""
    rise = sum(m.crosses > 0 for m in w.moves)
    fall = sum(m.crosses < 0 for m in w.moves)
    moved = counted(len(w.moves), RESULT)
    if not w.line:
        return _MOVES_ALONE.of(moved=moved)
    return MOVES.of(line=w.line, moved=moved, rise=rise, fall=fall)


def sentences(parts: list[Words]) -> Words:
    """Return sentences one after another."""
    return join(parts, SENTENCES)


def bounded(b: Bounded | None) -> dict[str, Any] | None:
    """Return a figure with its interval."""
    if b is None:
        return None
    return {"value": rounded(b.value), "low": rounded(b.low), "high": rounded(b.high)}
