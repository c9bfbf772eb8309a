"""Sentences on a panel, each from what was worked out."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.language import (
    COMMA,
    DOT,
    LISTED,
    NOTHING,
    SEMICOLON,
    Text,
    Words,
    after,
    counted,
    join,
    number,
    same,
)
from pilotscore.panels.experts import FAR, ExpertFigures
from pilotscore.panels.intraclass import Coefficient
from pilotscore.panels.other_rules import ranks
from pilotscore.panels.rule import PanelRule
from pilotscore.records import dataclass
from pilotscore.runs.panel import PanelReport
from pilotscore.runs.panel_judged import Judged, StageFigures
from pilotscore.workbook.panels.stages import FIRST, SECOND

HOW = {
    "mean": Text("平均分", "the mean"),
    "median": Text("中位数", "the median"),
    "trimmed": Text("截尾平均（两端各去 {trim:.0%}）", "the mean without {trim:.0%} at each end"),
    "drop": Text(
        "去掉 {drop} 个最高分和 {drop} 个最低分后平均（{drop_from} 个分数起）",
        "the mean without the {drop} highest and the {drop} lowest (from {drop_from} scores on)",
    ),
    "minimum": Text("最低分", "the lowest score"),
}
SHORT_HOW = {
    "mean": Text("平均", "mean"),
    "median": Text("中位数", "median"),
    "trimmed": Text("截尾平均", "trimmed mean"),
    "drop": Text("去最高最低", "without extremes"),
    "minimum": Text("最低", "minimum"),
}
_CORRECTIONS = {
    "standardise": Text("按专家标准化（50 + 10 z）", "standardised by expert (50 + 10 z)"),
    "severity": Text("扣除各专家的宽严", "less the severity of each expert"),
}
_SHARES = Text("组别权重 {shares}", "groups {shares}")
_SHARE = Text("{group} {share:.0%}", "{group} {share:.0%}")
_LEAST = Text("每项至少 {least} 个分数", "at least {least} scores a result")
_NOT_CORRECTED = Text("没有修正：{why}", "not corrected: {why}")
# T. K. Koo, M. Y. Li, Journal of Chiropractic Medicine 15 (2016) 155-163: where values lie.
_STEPS = (
    (0.9, Text("很好", "excellent")),
    (0.75, Text("好", "good")),
    (0.5, Text("中等", "moderate")),
    (-math.inf, Text("差", "poor")),
)
_RELIABLE = Text(
    "{k} 位专家的平均分区分成果的信度为 {value}{interval}：{word}",
    "the mean of {k} experts tells results apart with a reliability of {value}{interval}: {word}",
)
_INTERVAL = Text("（{low} 至 {high}）", " ({low} to {high})")
_NEGATIVE = Text(
    "成果之间的差别不比专家之间的分歧大：这些分数区分不出成果（信度记 0）",
    "results differ by no more than experts disagree: these scores do not tell results apart (a "
    "reliability of 0)",
)
_UNKNOWN = Text(
    "没有两项成果各有两个分数，一致程度无从谈起",
    "no two results have two scores each: nothing can be said of agreement",
)
WHOLE_CALL = Text(
    "一致程度按全部成果计算。只看入围的几项，差别变小，信度会接近 0，不能据此说专家意见不一。",
    "Agreement is that of the whole call. On a short list alone results differ less, and the same "
    "experts seem not to agree at all.",
)
_AGAIN = Text(
    "资助 {places} 项时，换一批同样的专家，平均有 {again} 项仍会入选（重抽 {draws} 次）",
    "of {places} funded, on average {again} would be funded again by other such experts ({draws} "
    "draws)",
)


def rule_words(rule: PanelRule) -> Words:
    """Say by which rule scores become one value."""
    parts: list[Words] = [
        HOW[rule.how].of(drop=rule.drop, drop_from=rule.drop_from, trim=rule.trim)
    ]
    if rule.group_weights:
        total = sum(rule.group_weights.values())
        shares = [
            _SHARE.of(group=g, share=w / total) for g, w in sorted(rule.group_weights.items())
        ]
        parts.append(_SHARES.of(shares=join(shares, LISTED)))
    if rule.correction != "none":
        parts.append(_CORRECTIONS[rule.correction])
    if rule.least > 1:
        parts.append(_LEAST.of(least=rule.least))
    return join(parts, SEMICOLON)


def figure(value: float, digits: int = 2) -> str:
    """Write an agreement; a dash where there is none."""
    return "—" if value is None or not math.isfinite(value) else f"{value:.{digits}f}"


def digits_of(scale: tuple[float, float]) -> int:
    """Return how many digits of a scale mean something: one of 0 to 100, three of 0 to 1."""
    width = scale[1] - scale[0]
    return 1 if width > 20 else 2 if width > 2 else 3


def points(value: float, digits: int = 2) -> str:
    """Write a score or value; a dash where there is none."""
    return "—" if not math.isfinite(value) else number(round(value, digits))


def interval(low: float, high: float, digits: int = 2) -> str:
    """Write an interval; a dash where there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "—"
    return f"{low:.{digits}f}–{high:.{digits}f}"


def step(value: float) -> Text:
    """Return the word for a reliability."""
    return next(word for least, word in _STEPS if value >= least)


def agreement_words(judged: Judged) -> Words:
    """Say how far experts agree, as a committee reads it."""
    forms = judged.agreement.intraclass
    if forms is None:
        return _UNKNOWN
    if forms.negative:
        return _NEGATIVE
    mean: Coefficient = forms.mean.absolute
    if not math.isfinite(mean.value):
        return _UNKNOWN
    known = math.isfinite(mean.low) and math.isfinite(mean.high)
    between = _INTERVAL.of(low=figure(mean.low), high=figure(mean.high)) if known else NOTHING
    shown = {"k": number(round(forms.k, 1)), "value": figure(mean.value)}
    return _RELIABLE.of(**shown, interval=between, word=step(mean.value))


def again_words(report: PanelReport) -> Words | None:
    """Say how many would be funded again; None without a line."""
    if report.again is None:
        return None
    again = f"{report.again.again:.1f}"
    return _AGAIN.of(places=report.again.places, again=again, draws=report.again.draws)


def notes(report: PanelReport, *, experts: bool = True) -> Iterator[Words]:
    """Say what every reader must know: corrections, scores that do not count.

    Without ``experts`` none is named.
    """
    overall = report.overall
    if overall.refused is not None:
        yield _NOT_CORRECTED.of(why=overall.refused)
    if overall.left_out:
        yield _LEFT_OUT.of(experts=_who(overall.left_out, named=experts))
    if overall.plain is not None:
        yield _MOVED.of(most=int(np.abs(plain_moves(overall)).max(initial=0)))
    yield from _weight_notes(report)
    yield from _stage_notes(report)
    incomplete = int(overall.aggregate.incomplete.sum())
    if incomplete:
        yield _INCOMPLETE.of(count=incomplete)
    if report.submission.recused:
        yield _RECUSED.of(count=len(report.submission.recused))
    if overall.aggregate.absent.any():
        yield _ABSENT.of(count=int((overall.aggregate.absent > 0).sum()))


def _who(names: tuple[str, ...], *, named: bool) -> Words:
    if named:
        return join(map(same, names), LISTED)
    return counted(len(names), Text("位专家", "expert"))


def plain_moves(judged: Judged) -> Ints:
    """Return by how many ranks the correction moved each result up; 0 without a rank."""
    if judged.plain is None:
        return np.zeros_like(judged.rank)
    before = ranks(judged.plain)
    moved: Ints = np.where((before > 0) & (judged.rank > 0), before - judged.rank, 0)
    return moved


_LEFT_OUT = Text(
    "{experts}打的分全都相同，不能标准化，未计入",
    "{experts} gave everything the same, which cannot be standardised and does not count",
)
_MOVED = Text(
    "修正专家宽严使名次最多移动 {most} 位（未修正的分值并列）",
    "the correction moves ranks by {most} at most (values without it stand beside)",
)


def _weight_notes(report: PanelReport) -> Iterator[Words]:
    """Say what weights of experts did; it names none of them."""
    weights = report.weights.values()
    counted_ = [w for w in weights if w > 0]
    if len(counted_) < len(weights):
        yield _WEIGHT_ZERO.of(count=len(weights) - len(counted_))
    if len(set(counted_)) > 1:
        by_order = report.overall.rule.how in ("median", "minimum")
        ends = {"least": number(min(counted_)), "most": number(max(counted_))}
        yield _NOT_WEIGHED.of(**ends) if by_order else _WEIGHED.of(**ends)


def _stage_notes(report: PanelReport) -> Iterator[Words]:
    """Say how the stages of a review were put together."""
    if all(s.stage == SECOND for s in report.overall.in_stages):
        yield _ONLY_SECOND
    two = next((j for j in report.judged if j.stages is not None), None)
    if two is None or two.stages is None:
        return
    count, share = int(two.stages.there.sum()), two.rule.first_share
    yield _REPLACED.of(count=count) if share == 0 else _SHARED.of(count=count, share=share)
    if report.partly_second:
        yield _PARTLY


_ONLY_SECOND = Text(
    "只有复评的分数：一致程度是入围的成果的，会比全部成果的低",
    "there are scores of the second stage alone: agreement is that of the short list, which is "
    "lower than that of a whole call",
)
_REPLACED = Text(
    "{count} 项成果有复评，以复评分数为准；一致程度按初评（全部成果）计算",
    "{count} results have a second stage, whose scores replace the first; agreement is that of the "
    "first stage, the whole call",
)
_SHARED = Text(
    "{count} 项成果有复评，初评占 {share:.0%}，其余为复评；一致程度按初评（全部成果）计算",
    "{count} results have a second stage; the first counts {share:.0%}, the second the rest; "
    "agreement is that of the first stage, the whole call",
)
_PARTLY = Text(
    "复评没有评全部指标：综合分值仍按初评",
    "the second stage did not score every indicator: overall values are those of the first",
)
_WEIGHED = Text(
    "分数按专家表的权重（{least} 至 {most}）平均，区间按等效的分数个数",
    "means are weighted by the sheet of experts ({least} to {most}), and intervals go by the "
    "effective number of scores",
)
_NOT_WEIGHED = Text(
    "专家表有权重（{least} 至 {most}）；中位数与最低分只看次序，不加权",
    "the sheet of experts has weights ({least} to {most}); a median and a minimum go by order "
    "alone and are not weighted",
)
_WEIGHT_ZERO = Text(
    "{count} 位专家的权重为 0，其分数不进入分值",
    "{count} experts have a weight of 0: their scores are in no value",
)
_INCOMPLETE = Text(
    "{count} 项成果的评审不完整：分数少于规则的要求，没有分值（不是低分）",
    "{count} results have an incomplete panel: fewer scores than the rule asks for, and no value "
    "(not a low one)",
)
_RECUSED = Text(
    "{count} 个分数因回避没有计入", "{count} scores do not count for a conflict of interest"
)
_ABSENT = Text(
    "{count} 项成果缺少某组专家：其余组按原比例计，区间相应放宽",
    "{count} results were scored by nobody of some group: the others keep their proportion, and "
    "the interval is wider",
)

# ------------------------------------------------------------------ experts to look at

_LENIENT = Text("偏宽 {by} 分", "lenient by {by}")
_SEVERE = Text("偏严 {by} 分", "severe by {by}")
_NARROW = Text(
    "打分过于集中（离散为他人的 {share:.0%}）", "hardly spreads scores ({share:.0%} of others)"
)
_WIDE = Text(
    "打分过于分散（离散为他人的 {share:.0%}）", "spreads scores widely ({share:.0%} of others)"
)
_APART = Text("与其他专家几乎不相关（{r}）", "hardly agrees with the others (r = {r})")
_DRIFTS = Text(
    "评审过程中分数变化 {by} 分（p {p}）", "scores drift by {by} over the sitting (p {p})"
)
_ODD = Text("{odd}与其他分数相差很远", "{odd} far from what the others say")
_CONSTANT = Text("全部打同样的分数", "gave everything the same")
_NOTABLE = 0.05  # own: a severity of a twentieth of the scale is worth a look
_SPREADS = (0.5, 2.0)
_LEAST_R = 0.2
_DRIFT_P = 0.01
_ENOUGH = 5  # scores below which spread and correlation are left unsaid


def expert_remarks(judged: Judged, figures: ExpertFigures, number_of: int) -> Words | None:
    """Say what is to be looked at of an expert in one stage; None where there is nothing."""
    said = list(_remarks(judged.rule.scale, figures, number_of))
    return join(said, SEMICOLON) if said else None


def all_remarks(judged: Judged, number_of: int) -> Words | None:
    """Say what is to be looked at of an expert in all stages; None where there is nothing."""
    said = [
        (s.stage, words)
        for s in judged.in_stages
        if (words := expert_remarks(judged, s.experts, number_of)) is not None
    ]
    if len(judged.in_stages) == 1:
        return said[0][1] if said else None
    return join((after(STAGES[stage], words) for stage, words in said), SEMICOLON) if said else None


def stages_of(report: PanelReport, number_of: int) -> list[StageFigures]:
    """Return the stages in which an expert scored; the first of an expert who did in none."""
    stages = report.overall.in_stages
    scored = [s for s in stages if s.experts.count[number_of]]
    return scored or [stages[0]]


STAGES = {FIRST: Text("初评", "first stage"), SECOND: Text("复评", "second stage")}


def _remarks(scale: tuple[float, float], figures: ExpertFigures, e: int) -> Iterator[Words]:
    least, most = scale
    by, error = float(figures.severity[e]), float(figures.severity_error[e])
    if figures.constant[e]:
        yield _CONSTANT
    if abs(by) > _NOTABLE * (most - least) and abs(by) > 1.96 * error:
        yield (_LENIENT if by > 0 else _SEVERE).of(by=points(abs(by)))
    if figures.count[e] >= _ENOUGH and not figures.constant[e]:
        spread, r = float(figures.spread[e]), float(figures.correlation[e])
        if spread < _SPREADS[0]:
            yield _NARROW.of(share=spread)
        if spread > _SPREADS[1]:
            yield _WIDE.of(share=spread)
        if r < _LEAST_R:
            yield _APART.of(r=figure(r))
    if figures.drift_p[e] < _DRIFT_P:
        change = f"{figures.drift[e]:+.1f}"
        yield _DRIFTS.of(by=change, p=_chance(float(figures.drift_p[e])))
    if figures.far[e]:
        yield _ODD.of(odd=counted(int(figures.far[e]), Text("个分数", "score")))


def _chance(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


# ------------------------------------------------------------------ results to discuss


@dataclass(frozen=True, slots=True)
class Discussed:
    """A result to discuss: on what and in which stage its scores lie furthest apart, how far."""

    result: int
    span: float
    judged: Judged
    stage: int

    @property
    def title(self) -> Words:
        """On what, with the stage where there are two."""
        if len(self.judged.in_stages) == 1:
            return self.judged.title
        return join((self.judged.title, STAGES[self.stage]), DOT)


def discussed(report: PanelReport) -> list[Discussed]:
    """Return the results to discuss, each once, the widest first."""
    widest: dict[int, tuple[float, Discussed]] = {}
    for judged in report.judged:
        least, most = judged.rule.scale
        for figures in judged.in_stages:
            apart = figures.disagreement
            for r in np.flatnonzero(apart.discuss).tolist():
                span = float(apart.span[r])
                share = span / ((most - least) or 1.0)
                if r not in widest or share > widest[r][0]:
                    widest[r] = share, Discussed(r, span, judged, figures.stage)
    order = sorted(widest, key=lambda r: (-widest[r][0], report.panel.results[r]))
    return [widest[r][1] for r in order]


Comments = dict[tuple[int, str, str, str], str]


def score_lines(
    report: PanelReport, one: Discussed, comments: Comments
) -> list[tuple[str, float, str]]:
    """Return who gave a result how much, and why, the highest first."""
    scores = next(s.scores for s in one.judged.in_stages if s.stage == one.stage)
    first = int(scores.start[one.result])
    lines = [
        (report.panel.experts[int(scores.expert[i])], float(scores.score[i]))
        for i in range(first, first + int(scores.count[one.result]))
    ]
    result = report.panel.results[one.result]
    return [
        (name, score, comments.get((one.stage, name, result, one.judged.name), ""))
        for name, score in sorted(lines, key=lambda x: (-x[1], x[0]))
    ]


def comments_of(report: PanelReport) -> Comments:
    """Return comments by stage, expert, result and indicator; all of these together under ''."""
    columns = report.submission.scores
    comments: Comments = {}
    for i in np.flatnonzero(columns.comment != "").tolist():
        key = (int(columns.stage[i]), columns.expert[i], columns.result[i])
        comments[(*key, columns.indicator[i])] = columns.comment[i]
        if columns.indicator[i]:
            whole = comments.get((*key, ""), "")
            comments[(*key, "")] = f"{whole}；{columns.comment[i]}" if whole else columns.comment[i]
    return comments


# ------------------------------------------------------------------ under other rules

_MOVES = Text(
    "最多移动 {most} 位，平均 {mean} 位", "ranks move by {most} at most, {mean} on average"
)
_CROSS = Text("{count} 项越过资助线：{names}", "{count} cross the line: {names}")
_NONE_CROSSES = Text("没有成果越过资助线", "none crosses the line")
_NAMED = 6


def moves_words(report: PanelReport, number_of: int) -> Words:
    """Say how the order would be under another rule."""
    order = report.orders[number_of]
    known = (order.rank > 0) & (report.orders[0].rank > 0)
    moved = np.abs(order.moved[known])
    most = int(moved.max(initial=0))
    mean = f"{moved.mean():.1f}" if len(moved) else "0"
    said: list[Words] = [_MOVES.of(most=most, mean=mean)]
    if report.places is not None:
        crossing = np.flatnonzero(order.crosses).tolist()
        names = join([same(report.panel.results[r]) for r in crossing[:_NAMED]], LISTED)
        if len(crossing) > _NAMED:
            names = join((names, same("…")), COMMA)
        said.append(_CROSS.of(count=len(crossing), names=names) if crossing else _NONE_CROSSES)
    return join(said, SEMICOLON)


FAR_WORDS = Text(
    "相差很远：超过剩余标准差的 {far} 倍", "far: more than {far} residual deviations"
).of(far=number(FAR))
