"""What a panel of experts says: one value a result, how far experts agree, who scores how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.findings import Finding, Place, in_order
from pilotscore.language import LISTED, NOTHING, Text, Words, did_you_mean, join
from pilotscore.panels.experts import ExpertFigures
from pilotscore.panels.funded_again import FundedAgain, funded_again
from pilotscore.panels.other_rules import UnderRule, under_other_rules
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import PanelScores
from pilotscore.records import dataclass
from pilotscore.runs.panel_judged import Given, Judged, judged, scale_after
from pilotscore.runs.panel_rules import PanelRules, read_scores
from pilotscore.runs.panel_sufficiency import Sufficiency, sufficiency_of
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.records import PanelSubmission, ScoreColumns
from pilotscore.workbook.panels.stages import FIRST, SECOND

OVERALL = Text("综合", "overall")
SINGLE = Text("分数", "score")
_HUNDRED = (0.0, 100.0)
_MOST_DRAWN = 50_000_000  # scores drawn in all: fewer draws where a call is very large
_DRAWS = 500


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
    parts: list[Judged] = []
    many = len(panel.indicators) > 1
    first_stage = SECOND if later is None and np.all(columns.stage == SECOND) else FIRST
    in_stages = ((first_stage, panel), (SECOND, later))
    partly = later is not None and not all(len(s.score) for s in later.by_indicator)
    for number, name in enumerate(panel.indicators):
        title: Words = Text(name, name) if name else SINGLE
        own = replace(rule, scale=submission.scales[name])
        stages = [Given(p.by_indicator[number], p.at[number], stage) for stage, p in in_stages if p]
        parts.append(judged(name, title, own, panel, *stages, discuss=discuss, weight_of=of_expert))
        if progress is not None:
            progress(number + 1, len(panel.indicators) + many)
    if many:
        own = replace(rule, scale=_HUNDRED)
        stages = [_overall(p, submission, rules.weights, stage) for stage, p in in_stages if p]
        parts.append(
            judged(
                "",
                OVERALL,
                own,
                panel,
                *stages,
                discuss=discuss,
                weight_of=of_expert,
                second_counts=not partly,
            )
        )
    if parts:
        findings += _constant(parts[-1], panel, submission)
    orders, again = _lines(parts, panel, places, draws, seed)
    ordered = tuple(in_order(findings))
    stated = {e.name: e.weight for e in submission.experts.values()}
    enough = sufficiency_of(submission, stated)
    return PanelReport(
        submission, panel, tuple(parts), orders, again, places, ordered, weights, enough, partly
    )


def _overall(
    panel: PanelScores, submission: PanelSubmission, weights: Mapping[str, float], stage: int
) -> Given:
    """Return the overall scores of a stage, over the indicators that it scored, and their times."""
    scored = panel.scored()
    return Given(_on_hundred(scored, submission).overall(weights), scored.overall_at(), stage)


def _by_stage(
    columns: ScoreColumns, groups: Mapping[str, str]
) -> tuple[PanelScores, PanelScores | None]:
    """Return the first stage, and the second where there is one, under the same numbers."""
    named = columns.expert, columns.result, columns.indicator, columns.score

    def of(kept: Bools | None) -> PanelScores:
        return PanelScores.of_columns(*named, at=columns.at, groups=groups, kept=kept)

    second = columns.stage == SECOND
    if not second.any() or second.all():
        return of(None), None  # all there is, whichever stage it is of
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


def _lines(
    parts: list[Judged], panel: PanelScores, places: int | None, draws: int, seed: int
) -> tuple[tuple[UnderRule, ...], FundedAgain | None]:
    """Return the orders under each rule, and how many would be funded again."""
    if not parts:
        return (), None
    overall = parts[-1]
    rule = scale_after(overall.rule, overall.refused)
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
    """Tell experts who gave everything the same, in any stage."""
    return [f for s in overall.in_stages for f in _constant_in(s.experts, panel, submission)]


def _constant_in(
    figures: ExpertFigures, panel: PanelScores, submission: PanelSubmission
) -> list[Finding]:
    findings = []
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
