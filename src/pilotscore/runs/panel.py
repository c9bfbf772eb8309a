"""What a panel of experts says: one value a result, how far experts agree, who scores how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.findings import Finding, Place, in_order
from pilotscore.language import LISTED, NOTHING, Text, Words, did_you_mean, join
from pilotscore.panels.aggregation import Aggregate
from pilotscore.panels.alpha import METRICS, Metric, alpha
from pilotscore.panels.concordance import Concordance, concordance
from pilotscore.panels.design import Design, design_of
from pilotscore.panels.disagreement import Disagreement, disagreement
from pilotscore.panels.experts import ExpertFigures, expert_figures, far_off
from pilotscore.panels.funded_again import FundedAgain, funded_again
from pilotscore.panels.intraclass import Coefficient, Intraclass, intraclass
from pilotscore.panels.other_rules import UnderRule, ranks, under_other_rules
from pilotscore.panels.rule import Correction, PanelRule
from pilotscore.panels.scores import PanelScores, Scores
from pilotscore.panels.severity import Severity, corrected, severity_of, standardised
from pilotscore.panels.stages import Stages, pooled
from pilotscore.runs.panel_rules import PanelRules, read_scores
from pilotscore.runs.panel_sufficiency import Sufficiency, sufficiency_of
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.records import PanelSubmission, ScoreColumns
from pilotscore.workbook.panels.stages import SECOND

OVERALL = Text("综合", "overall")
SINGLE = Text("分数", "score")
_HUNDRED = (0.0, 100.0)
_MOST_DRAWN = 50_000_000  # scores drawn in all: fewer draws where a call is very large
_DRAWS = 500
_NOT_CONNECTED = Text(
    "专家分成 {parts} 组，各组之间没有共同评审的成果：宽严无从比较",
    "the experts fall into {parts} parts that share no result: their severity cannot be compared",
)
_WEAKLY_CONNECTED = Text(
    "共同评审的成果太少（效率系数 {efficiency}，至少 {least}）：宽严的修正会比不修正更差",
    "too few results are shared (efficiency factor {efficiency}, at least {least}): to correct for "
    "severity would do more harm than good",
)
_TWO_STAGES = Text(
    "有复评：复评只看入围的成果，两轮的修正无从比较",
    "there is a second stage, which sees the best alone: corrections of the two cannot be compared",
)
_TOO_FEW = Text("分数太少", "there are too few scores")
_LEFT_OUT = Text(
    "{experts}打的分全都相同，不能标准化，未计入",
    "{experts} gave everything the same, cannot be standardised, and do not count",
)


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far experts agree on one indicator or overall; None where it cannot be said."""

    intraclass: Intraclass | None
    concordance: Concordance | None
    alpha: Mapping[Metric, Coefficient | None]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the panel says on one indicator, or overall.

    Parameters
    ----------
    name
        The indicator; '' where there is only one that has no name, or overall.
    title
        What it is called.
    scores
        As they were given.
    rule
        By which they become one value.
    used
        After correction, where there is one, with the weights of experts where these differ.
    aggregate, rank
        The value of each result, and its rank by it.
    agreement, design, model, experts, disagreement
        Of the scores as given.
    refused
        Why the correction that the rule asks for was not made; None where it was, or none is asked
        for.
    left_out
        What was left out by the correction; None for nothing.
    second, stages
        The scores of a second stage as they count, and what each stage came to; None without one.
    """

    name: str
    title: Words
    scores: Scores
    rule: PanelRule
    used: Scores
    aggregate: Aggregate
    rank: Ints
    agreement: Agreement
    design: Design
    model: Severity | None
    experts: ExpertFigures
    far: Bools
    disagreement: Disagreement
    refused: Words | None
    left_out: Words | None
    second: Scores | None = None
    stages: Stages | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PanelReport:
    """All that a panel says.

    Parameters
    ----------
    submission, panel
        What was read, and as arrays.
    judged
        By indicator, the overall one last; only that where there is one indicator.
    orders
        The overall order under the panel's own rule, then under each other one.
    again
        How many would be funded again; None without a line.
    places
        How many are funded; None where that is not said.
    weights
        Of the experts, by name; empty where all count the same.
    sufficiency
        On indicators that are answered by yes and no.
    partly_second
        Whether the second stage scored fewer indicators than the first: overall it says nothing.
    """

    submission: PanelSubmission
    panel: PanelScores
    judged: tuple[Judged, ...]
    orders: tuple[UnderRule, ...]
    again: FundedAgain | None
    places: int | None
    findings: tuple[Finding, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
    sufficiency: tuple[Sufficiency, ...] = ()
    partly_second: bool = False

    @property
    def overall(self) -> Judged:
        """What it says overall."""
        return self.judged[-1]


def panel_report(
    books: Iterable[Path | str],
    rules: PanelRules,
    *,
    places: int | None = None,
    draws: int = _DRAWS,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> PanelReport:
    """Read the scores of a panel and say what they come to.

    Parameters
    ----------
    books
        Workbooks and folders: scores, experts, results, conflicts.
    rules
        How scores are read, and how they become one value.
    places
        How many results are funded, where there is a line.
    draws, seed
        Of the experts drawn anew.
    progress
        Called with how many indicators are done, and how many there are.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    rule, discuss = rules.rule, rules.discuss
    submission = read_scores(map(Path, books), rules)
    columns = submission.scores
    panel, later = _by_stage(columns, submission.groups)
    findings = [*submission.findings, *_of_groups(submission, rule)]
    weights = _weights(submission, panel)
    of_expert = np.array([weights[e] for e in panel.experts]) if weights else None
    judged: list[Judged] = []
    many = len(panel.indicators) > 1
    parts = len(panel.indicators) + many
    for number, (name, scores) in enumerate(panel):
        own = replace(rule, scale=submission.scales[name])
        title: Words = Text(name, name) if name else SINGLE
        at = panel.at[number]
        second = later.by_indicator[number] if later else None
        judged.append(_judged(name, title, scores, own, panel, at, discuss, of_expert, second))
        if progress is not None:
            progress(number + 1, parts)
    if many:
        whole = _on_hundred(panel, submission).overall(rules.weights)
        own = replace(rule, scale=_HUNDRED)
        second = _on_hundred(later, submission).overall(rules.weights) if later else None
        judged.append(_judged("", OVERALL, whole, own, panel, None, discuss, of_expert, second))
    if judged:
        findings += _constant(judged[-1], panel, submission)
    orders, again = _lines(judged, panel, places, draws, seed)
    told = tuple(in_order(findings))
    stated = {e.name: e.weight for e in submission.experts.values()}
    enough = sufficiency_of(submission, stated)
    partly = later is not None and not all(len(s.score) for s in later.by_indicator)
    return PanelReport(
        submission, panel, tuple(judged), orders, again, places, told, weights, enough, partly
    )


def _by_stage(
    columns: ScoreColumns, groups: Mapping[str, str]
) -> tuple[PanelScores, PanelScores | None]:
    """Return the first stage, and the second where there is one, under the same numbers."""
    named = columns.expert, columns.result, columns.indicator, columns.score

    def of(kept: Bools | None) -> PanelScores:
        return PanelScores.of_columns(*named, at=columns.at, groups=groups, kept=kept)

    second = columns.stage == SECOND
    if not second.any():
        return of(None), None
    return of(~second), of(second)


def _weights(submission: PanelSubmission, panel: PanelScores) -> dict[str, float]:
    """Return the weights of the experts who scored; none where all count the same."""
    stated = submission.experts
    weights = {e: stated[e].weight if e in stated else 1.0 for e in panel.experts}
    equal = len(set(weights.values())) <= 1 and all(weights.values())
    return {} if equal else weights


def _on_hundred(panel: PanelScores, submission: PanelSubmission) -> PanelScores:
    """Return the scores of all indicators in hundredths of their scales."""
    tables = []
    for name, scores in panel:
        least, most = submission.scales[name]
        width = (most - least) or 1.0
        tables.append(scores.with_score(100 * (scores.score - least) / width))
    return replace(panel, by_indicator=tuple(tables))


def _judged(
    name: str,
    title: Words,
    scores: Scores,
    rule: PanelRule,
    panel: PanelScores,
    at: Floats | None,
    discuss: float,
    weight_of: Floats | None,
    second: Scores | None,
) -> Judged:
    design, model = design_of(scores), severity_of(scores)
    if second is not None and not len(second.score):
        second = None
    if second is not None and rule.correction != "none":
        # The second panel sees the best alone: neither stage can be put on the scale of the other.
        correction: tuple[Scores, Words | None, Words | None] = scores, _TWO_STAGES, None
    else:
        correction = _correct(scores, rule.correction, design, model, panel.experts)
    used, refused, left_out = correction
    if weight_of is not None:
        used = used.weighed(weight_of)
        second = None if second is None else second.weighed(weight_of)
    value, stages = pooled(used, _scale_after(rule, refused), panel.group_of, second)
    least, most = rule.scale
    return Judged(
        name=name,
        title=title,
        scores=scores,
        rule=rule,
        used=used,
        aggregate=value,
        rank=ranks(value.value),
        agreement=Agreement(
            intraclass(scores, model=model),
            concordance(scores),
            {m: alpha(scores, m) for m in METRICS},
        ),
        design=design,
        model=model,
        experts=expert_figures(scores, model, at),
        far=far_off(scores, model),
        disagreement=disagreement(scores, discuss * (most - least) / 100),
        refused=refused,
        left_out=left_out,
        second=second,
        stages=stages,
    )


def _scale_after(rule: PanelRule, refused: Words | None) -> PanelRule:
    """Return the rule with the scale of corrected scores: they may go beyond the stated one."""
    if rule.correction == "none" or refused is not None:
        return rule
    return replace(rule, scale=(-np.inf, np.inf))


def _correct(
    scores: Scores,
    correction: Correction,
    design: Design,
    model: Severity | None,
    experts: tuple[str, ...],
) -> tuple[Scores, Words | None, Words | None]:
    """Return the scores to pool, why they were not corrected, and what was left out."""
    from pilotscore.panels.design import LEAST_EFFICIENCY

    if correction == "none":
        return scores, None, None
    if model is None:
        return scores, _TOO_FEW, None
    if design.parts > 1:
        return scores, _NOT_CONNECTED.of(parts=design.parts), None
    if not design.comparable:
        shown = {"efficiency": f"{design.efficiency:.2f}", "least": f"{LEAST_EFFICIENCY:g}"}
        return scores, _WEAKLY_CONNECTED.of(**shown), None
    if correction == "severity":
        return corrected(scores, model), None, None
    standard, out = standardised(scores)
    left = _LEFT_OUT.of(experts=join([experts[e] for e in out.tolist()], LISTED))
    return standard, None, left if len(out) else None


def _lines(
    judged: list[Judged], panel: PanelScores, places: int | None, draws: int, seed: int
) -> tuple[tuple[UnderRule, ...], FundedAgain | None]:
    """Return the orders under each rule, and how many would be funded again."""
    if not judged:
        return (), None
    overall = judged[-1]
    rule = _scale_after(overall.rule, overall.refused)
    orders = under_other_rules(overall.used, rule, panel.group_of, places, overall.second)
    if places is None:
        return orders, None
    most = max(1, min(draws, _MOST_DRAWN // max(len(overall.used.score), 1)))
    again = funded_again(
        overall.used, rule, places, panel.group_of, draws=most, seed=seed, second=overall.second
    )
    return orders, again


def _of_groups(submission: PanelSubmission, rule: PanelRule) -> list[Finding]:
    """Tell groups of experts to which the rule gives no share."""
    if not rule.group_weights:
        return []
    groups = join(sorted(rule.group_weights), LISTED)
    findings = []
    for expert in submission.experts.values():
        if expert.group not in rule.group_weights:
            near = did_you_mean(expert.group, rule.group_weights, NOTHING)
            values = {"group": expert.group, "near": near, "groups": groups}
            findings.append(Finding(kinds.UNKNOWN_GROUP, expert.place, values))
    return findings


def _constant(overall: Judged, panel: PanelScores, submission: PanelSubmission) -> list[Finding]:
    """Tell experts who gave everything the same."""
    findings = []
    figures = overall.experts
    for number in np.flatnonzero(figures.constant).tolist():
        name = panel.experts[number]
        stated = submission.experts.get(name)
        place = stated.place if stated else _first_place(submission, name)
        shown = {"expert": name, "count": int(figures.count[number])}
        findings.append(
            Finding(kinds.CONSTANT, place, {**shown, "score": f"{figures.mean[number]:g}"})
        )
    return findings


def _first_place(submission: PanelSubmission, expert: str) -> Place:
    mine = np.flatnonzero(submission.scores.expert == expert)
    return submission.scores.place[int(mine[0])]
