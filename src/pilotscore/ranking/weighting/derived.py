"""Weights of a whole criteria set, derived: from experts' judgements, or from the batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.errors import UsageError
from pilotscore.findings import Finding, warning
from pilotscore.index import Assessment, dimension_weights, indicator_weights
from pilotscore.language import LISTED, Text, join, same
from pilotscore.ranking.weighting.ahp import (
    CONSISTENT,
    Ahp,
    ahp,
    group_judgements,
    group_priorities,
)
from pilotscore.ranking.weighting.best_worst import CONSISTENT as BWM_CONSISTENT
from pilotscore.ranking.weighting.best_worst import BestWorst, best_worst
from pilotscore.ranking.weighting.combined import Rule, combine_weights
from pilotscore.ranking.weighting.rated import rated
from pilotscore.ranking.weighting.spread import (
    NEEDS_POSITIVE,
    NEEDS_SPREAD,
    OBJECTIVE,
    objective_weights,
)
from pilotscore.records import dataclass
from pilotscore.workbook.judgements import Group, JudgedBy, Judgements, groups_of, shown_ratio

INCONSISTENT = warning(
    "J706",
    (
        "{expert} 对“{group}”的判断不一致：一致性比率 {ratio}；最不协调的是 {pair}："
        "填的是 {given}，其余判断意味着约 {fitting}，改后为 {then}",
        "{expert}'s judgements of {group} are inconsistent: ratio {ratio}; {pair} fits least: "
        "{given} is given, the others mean about {fitting}, with which the ratio is {then}",
    ),
    expected=("一致性比率不超过 {most}", "a consistency ratio of {most} at most"),
    mend=("请专家复核所指的一处", "have the expert look at the one named"),
    why_zh="判断之间不完全协调：权重仍然给出，但建议请专家复核所指的一处。“其余判断意味着”"
    "的值是去掉这一处后由其余判断推得、取最近刻度的值。",
    why_en="The judgements do not quite fit each other. Weights are given all the same; ask the "
    "expert to look again at the one named. What “the others mean” is worked out without it and "
    "taken to the nearest mark of the scale.",
)

Pool = Literal["judgements", "priorities"]


@dataclass(frozen=True, slots=True, eq=False)
class GroupWeights:
    """The weights of one group: together, and by expert.

    ``weights`` has shape (n,), summing to 1. ``ratios`` is the consistency ratio by expert, and
    ``ratio`` that of the pooled judgements, nan where there is none. ``deviations`` has, by expert,
    the least greatest deviation (xi*) of best-worst judgements.
    """

    group: Group
    weights: Floats
    by_expert: Mapping[str, Floats]
    ratios: Mapping[str, float]
    ratio: float
    deviations: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DerivedWeights:
    """Derived weights of a set: ``dimensions`` (d,), and ``indicators`` (m,) within each.

    ``groups`` are those that were judged; the others keep their stated weights.
    """

    method: str
    dimensions: Floats
    indicators: Floats
    groups: tuple[GroupWeights, ...]
    experts: tuple[str, ...]
    findings: tuple[Finding, ...]


def derive_from_judgements(
    judgements: Sequence[Judgements],
    criteria: CriteriaSet,
    method: JudgedBy,
    *,
    pool: Pool = "judgements",
    way: Literal["eigenvector", "geometric_mean"] = "eigenvector",
) -> DerivedWeights:
    """Derive weights from what experts judged.

    Parameters
    ----------
    judgements
        Of each expert and group.
    criteria
        The set; a group that nobody judged keeps its weights.
    method
        How they judged.
    pool
        With pairs of several experts: pool their ``judgements`` (they decide as one) or their
        ``priorities`` (each for himself). Other methods pool the weights by their mean.
    way
        How priorities come from pairs.
    """
    inside = indicator_weights(criteria).copy()
    findings: list[Finding] = []
    groups = []
    levels: dict[str, Floats] = {}
    slices = dict(zip([d.id for d in criteria.dimensions], criteria.dimension_slices, strict=True))
    for group in groups_of(criteria):
        own = [j for j in judgements if j.group.id == group.id]
        if not own:
            continue
        judged = _group(group, own, method, pool, way, findings)
        groups.append(judged)
        together = judged.weights
        if group.id in slices:
            inside[slices[group.id]] = together
        else:
            levels[group.id] = np.asarray(together)
    across = _across(criteria, levels)
    experts = tuple(dict.fromkeys(j.expert for j in judgements))
    return DerivedWeights(method, across, inside, tuple(groups), experts, tuple(findings))


def _across(criteria: CriteriaSet, levels: Mapping[str, Floats]) -> Floats:
    """Return the shares of dimensions in the whole from what was judged on each level above.

    ``levels`` has, by the id of a sub-index, the weights of its dimensions, and under '' those of
    the sub-indexes, or of the dimensions where there are none; the others keep what is stated.
    """
    stated = dimension_weights(criteria)
    if not criteria.sub_indexes:
        return levels.get("", stated)
    of = dict(zip((d.id for d in criteria.dimensions), stated.tolist(), strict=True))
    sums = np.array([sum(of[n] for n in s.dimensions) for s in criteria.sub_indexes])
    across = dict(of)
    for sub, whole, share in zip(criteria.sub_indexes, sums, levels.get("", sums), strict=True):
        own = np.array([of[n] for n in sub.dimensions]) / (whole or 1.0)
        within = levels.get(sub.id, own)
        across |= dict(zip(sub.dimensions, (share * within).tolist(), strict=True))
    return np.array([across[d.id] for d in criteria.dimensions])


def _group(
    group: Group,
    own: Sequence[Judgements],
    method: JudgedBy,
    pool: Pool,
    way: Literal["eigenvector", "geometric_mean"],
    findings: list[Finding],
) -> GroupWeights:
    by_expert: dict[str, Floats] = {}
    ratios: dict[str, float] = {}
    deviations: dict[str, float] = {}
    for j in own:
        if method == "ahp":
            pairs = ahp(j.values, way)
            by_expert[j.expert], ratios[j.expert] = pairs.weights, pairs.ratio
            _tell_pairs(j, pairs, findings)
        elif method == "bwm":
            judged = best_worst(j.values[0], j.values[1])
            by_expert[j.expert], ratios[j.expert] = judged.weights, judged.ratio
            deviations[j.expert] = judged.deviation
            _tell_best_worst(j, judged, findings)
        else:
            by_expert[j.expert] = rated(j.values)
    ratio = float("nan")
    weights: Floats = np.mean(list(by_expert.values()), axis=0)
    if method == "ahp":
        pooled = ahp(group_judgements([j.values for j in own]), way)
        ratio = pooled.ratio
        if pool == "judgements":
            weights = pooled.weights
        else:
            weights = group_priorities(list(by_expert.values()))
    return GroupWeights(group, weights, by_expert, ratios, ratio, deviations)


def _tell_pairs(j: Judgements, outcome: Ahp, findings: list[Finding]) -> None:
    if not outcome.worst:
        return
    worst = outcome.worst[0]
    titles = j.group.titles
    values = {
        "expert": j.expert,
        "group": j.group.title,
        "ratio": f"{outcome.ratio:.2f}",
        "most": f"{CONSISTENT:g}",
        "pair": join((titles[worst.row], titles[worst.column]), same(" / ")),
        "given": shown_ratio(worst.given),
        "fitting": shown_ratio(worst.fitting),
        "then": f"{worst.ratio_then:.2f}",
    }
    findings.append(Finding(INCONSISTENT, j.place, values))


def _tell_best_worst(j: Judgements, outcome: BestWorst, findings: list[Finding]) -> None:
    if outcome.consistent or outcome.worst is None:
        return
    k = outcome.worst
    whole = float(j.values[0].max())
    values = {
        "expert": j.expert,
        "group": j.group.title,
        "ratio": f"{outcome.ratio:.2f}",
        "most": f"{BWM_CONSISTENT:g}",
        "pair": j.group.titles[k],
        "given": f"{j.values[0, k]:g} x {j.values[1, k]:g}",
        "fitting": f"{whole:g}",
        "then": "0",
    }
    findings.append(Finding(INCONSISTENT, j.place, values))


def derive_from_scores(assessment: Assessment, method: str) -> tuple[DerivedWeights, int]:
    """Derive weights from how the scores of a batch spread.

    Parameters
    ----------
    assessment
        Whose results that can be assessed are looked at.
    method
        A key of :data:`~pilotscore.ranking.weighting.spread.OBJECTIVE`.

    Returns
    -------
    tuple
        The weights, and how many results they come from.

    Raises
    ------
    UsageError
        Too few results, scores that are constant where the method needs them to vary, or nothing
        but equal results.
    """
    from pilotscore.ranking.methods import overall_weights, scores_of

    criteria = assessment.criteria
    values = scores_of(assessment)[~assessment.missing.not_assessable]
    count, least = len(values), OBJECTIVE[method][1]
    if count < least:
        raise UsageError(
            Text(
                "{method} 至少需要 {least} 项可评价的成果，现有 {count} 项",
                "{method} needs at least {least} results that can be assessed; there are {count}",
            ).of(method=method, least=least, count=count)
        )
    constant = np.ptp(values, axis=0) < 1e-9
    if constant.any() and method in NEEDS_SPREAD:
        named = [i.title for i, c in zip(criteria.indicators, constant, strict=True) if c]
        if constant.all() or method == "critic":
            raise UsageError(
                Text(
                    "{method}：这些指标在本批中得分都相同，无法由离散程度求权重：{names}",
                    "{method}: these indicators score the same all over the batch, "
                    "which has no spread to go by: {names}",
                ).of(method=method, names=join(named, LISTED))
            )
    shifted = values + 1.0 if method in NEEDS_POSITIVE else values
    weights = np.zeros(len(constant))
    varying = ~constant if method in NEEDS_SPREAD else np.ones(len(constant), dtype=bool)
    stated = overall_weights(criteria)
    weights[varying] = objective_weights(shifted[:, varying], method, stated=stated[varying])
    across, inside = split(weights, criteria)
    return DerivedWeights(method, across, inside, (), (), ()), count


def combined_with(
    derived: DerivedWeights, criteria: CriteriaSet, rule: Rule, share: float
) -> DerivedWeights:
    """Combine derived weights with the stated ones, indicator by indicator in the whole."""
    from pilotscore.ranking.methods import overall_weights

    sizes = [len(d.indicators) for d in criteria.dimensions]
    own = derived.indicators * np.repeat(derived.dimensions, sizes)
    whole = combine_weights(overall_weights(criteria), own, rule, share)
    across, inside = split(whole, criteria)
    return replace(derived, dimensions=across, indicators=inside)


def split(weights: Floats, criteria: CriteriaSet) -> tuple[Floats, Floats]:
    """Split weights of indicators in the whole, shape (m,), into dimensions and within them."""
    across = np.array([weights[s].sum() for s in criteria.dimension_slices])
    inside = indicator_weights(criteria).copy()
    for k, columns in enumerate(criteria.dimension_slices):
        if across[k] > 0:
            inside[columns] = weights[columns] / across[k]
    return across / across.sum(), inside
