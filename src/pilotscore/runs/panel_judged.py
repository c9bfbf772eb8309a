"""What a panel says on one indicator or overall: value, agreement, experts, disagreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.language import Text, Words
from pilotscore.panels.aggregation import Aggregate, aggregate
from pilotscore.panels.alpha import METRICS, Metric, alpha
from pilotscore.panels.concordance import Concordance, concordance
from pilotscore.panels.design import LEAST_EFFICIENCY, Design, design_of
from pilotscore.panels.disagreement import Disagreement, disagreement
from pilotscore.panels.experts import ExpertFigures, expert_figures
from pilotscore.panels.intraclass import Coefficient, Intraclass, intraclass
from pilotscore.panels.other_rules import ranks
from pilotscore.panels.rule import Correction, PanelRule
from pilotscore.panels.scores import PanelScores, Scores
from pilotscore.panels.severity import Severity, corrected, severity_of, standardised
from pilotscore.panels.stages import Stages, pooled
from pilotscore.records import dataclass
from pilotscore.workbook.panels.stages import FIRST

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


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far experts agree on one indicator or overall; None where it cannot be said."""

    intraclass: Intraclass | None
    concordance: Concordance | None
    alpha: Mapping[Metric, Coefficient | None]


@dataclass(frozen=True, slots=True, eq=False)
class StageFigures:
    """How experts scored in one stage of a review, and where they disagree.

    Parameters
    ----------
    stage
        1, or 2 for the second stage.
    scores
        As they were given.
    model
        Of results and experts; None where there are too few scores.
    experts, disagreement
        Figures of each expert, and of each result.
    """

    stage: int
    scores: Scores
    model: Severity | None
    experts: ExpertFigures
    disagreement: Disagreement


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Scores of one stage as they were given, and when.

    Parameters
    ----------
    scores
        Of a pair of expert and result at most one.
    at
        When each was given, in days, nan where that is not known, shape (n,).
    stage
        Which one: 2 too for the first of these where there is no other.
    """

    scores: Scores
    at: Floats
    stage: int = FIRST


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
    agreement, design
        Of the scores as given.
    in_stages
        How experts scored in each stage, and where they disagree; one without a second stage.
    refused
        Why the correction that the rule asks for was not made; None where it was, or none is asked
        for.
    left_out
        The experts whom the correction left out, by name.
    plain
        The value of each result without the correction; None where none was made.
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
    in_stages: tuple[StageFigures, ...]
    refused: Words | None
    left_out: tuple[str, ...]
    plain: Floats | None = None
    second: Scores | None = None
    stages: Stages | None = None

    @property
    def model(self) -> Severity | None:
        """Results and experts of the first stage, the whole call."""
        return self.in_stages[0].model

    @property
    def experts(self) -> ExpertFigures:
        """How experts scored in it."""
        return self.in_stages[0].experts

    @property
    def disagreement(self) -> Disagreement:
        """Where they disagree in it."""
        return self.in_stages[0].disagreement


def judged(
    name: str,
    title: Words,
    rule: PanelRule,
    panel: PanelScores,
    first: Given,
    second: Given | None = None,
    *,
    discuss: float,
    weight_of: Floats | None,
    second_counts: bool = True,
) -> Judged:
    """Return what a panel says on one indicator, or overall.

    Parameters
    ----------
    name, title
        The indicator, and what it is called.
    rule
        How scores become one value.
    panel
        The names and groups of experts.
    first, second
        The scores of each stage; the second may be of fewer results and indicators.
    discuss
        Scores further apart than so many hundredths of the scale go to discussion.
    weight_of
        The weight of each expert; None where all count the same.
    second_counts
        Whether the second stage goes into the value, not into the figures of its experts alone.
    """
    scores = first.scores
    in_stages = [_figures(first, rule, discuss)]
    if second is not None and len(second.scores.score):
        in_stages.append(_figures(second, rule, discuss))
    pooled_with = in_stages[1].scores if second_counts and len(in_stages) > 1 else None
    design, model = design_of(scores), in_stages[0].model
    if pooled_with is not None and rule.correction != "none":
        # The second panel sees the best alone: neither stage can be put on the scale of the other.
        correction: tuple[Scores, Words | None, tuple[str, ...]] = scores, _TWO_STAGES, ()
    else:
        correction = _correct(scores, rule.correction, design, model, panel.experts)
    used, refused, left_out = correction
    plain = None if used is scores else _plain(scores, rule, panel, weight_of)
    if weight_of is not None:
        used = used.weighed(weight_of)
        pooled_with = None if pooled_with is None else pooled_with.weighed(weight_of)
    value, stages = pooled(used, scale_after(rule, refused), panel.group_of, pooled_with)
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
        in_stages=tuple(in_stages),
        refused=refused,
        left_out=left_out,
        plain=plain,
        second=pooled_with,
        stages=stages,
    )


def _plain(scores: Scores, rule: PanelRule, panel: PanelScores, weight_of: Floats | None) -> Floats:
    """Return the values of scores as they were given."""
    given = scores if weight_of is None else scores.weighed(weight_of)
    return aggregate(given, rule, panel.group_of).value


def _figures(given: Given, rule: PanelRule, discuss: float) -> StageFigures:
    least, most = rule.scale
    model = severity_of(given.scores)
    return StageFigures(
        given.stage,
        given.scores,
        model,
        expert_figures(given.scores, model, given.at),
        disagreement(given.scores, discuss * (most - least) / 100),
    )


def scale_after(rule: PanelRule, refused: Words | None) -> PanelRule:
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
) -> tuple[Scores, Words | None, tuple[str, ...]]:
    """Return the scores to pool, why they were not corrected, and who was left out."""
    if correction == "none":
        return scores, None, ()
    if model is None:
        return scores, _TOO_FEW, ()
    if design.parts > 1:
        return scores, _NOT_CONNECTED.of(parts=design.parts), ()
    if not design.comparable:
        shown = {"efficiency": f"{design.efficiency:.2f}", "least": f"{LEAST_EFFICIENCY:g}"}
        return scores, _WEAKLY_CONNECTED.of(**shown), ()
    if correction == "severity":
        return corrected(scores, model), None, ()
    standard, out = standardised(scores)
    return standard, None, tuple(experts[e] for e in out.tolist())
