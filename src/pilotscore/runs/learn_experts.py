"""How near each expert of a panel came to what came of the results: for its secretary alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.errors import UsageError
from pilotscore.findings import Finding
from pilotscore.language import Text
from pilotscore.outcomes.auc import auc
from pilotscore.outcomes.brier import brier
from pilotscore.outcomes.calibration import Calibration, calibration, recalibrated, recalibration
from pilotscore.outcomes.experts import LISTED_FROM, ExpertOutcomes, expert_outcomes
from pilotscore.outcomes.tools_allowed import Tool, allowed, events_of
from pilotscore.panels.scores import PanelScores, Scores
from pilotscore.records import dataclass
from pilotscore.runs.assess import PathLike
from pilotscore.runs.learn_data import Followed
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.records import PanelSubmission

_CHANCES = (0.0, 1.0)
_FIRST = 1
_NO_SCORES = Text("没有读到专家分数", "no scores of experts were read")
_NOBODY = Text(
    "专家评过的成果没有一项有已知结果：编号与轮次中的不同？",
    "of no result that the experts scored an outcome is known: other ids than in the rounds?",
)


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """The mean of the experts of each result beside the outcome; None where events are too few.

    ``calibration`` is of chances that they stated, ``brier`` of their mean.
    """

    successes: int
    failures: int
    area: Bounded | None
    calibration: Calibration | None
    brier: float | None


@dataclass(frozen=True, slots=True, eq=False)
class ExpertsLearned:
    """Experts held against outcomes.

    Attributes
    ----------
    names
        Of the experts, in the order of the figures.
    figures
        Of each.
    stated
        Whether their scores are chances as they stand (0 to 1); else one curve for all experts
        makes chances of them.
    curve
        Whether there are chances either way; without them only the areas mean something.
    results, known
        How many results they scored, and of how many of these the outcome is known.
    panel
        Of all experts together.
    findings
        Of reading their sheets.
    """

    names: tuple[str, ...]
    figures: ExpertOutcomes
    stated: bool
    curve: bool
    results: int
    known: int
    panel: PanelFigures
    findings: tuple[Finding, ...]

    @property
    def order(self) -> list[int]:
        """The places of those with outcomes enough to be listed, the nearest first."""
        listed = np.flatnonzero(self.figures.count >= LISTED_FROM)
        shrunk = np.nan_to_num(self.figures.shrunk[listed])
        area = np.nan_to_num(self.figures.area[listed], nan=0.5)
        return [int(listed[k]) for k in np.lexsort((-area, shrunk))]


def experts_learned(
    f: Followed, books: Iterable[PathLike], scale: tuple[float, float] | None = None
) -> ExpertsLearned:
    """Hold the scores of experts against outcomes.

    Parameters
    ----------
    f
        What is known.
    books
        Score sheets, as ``panel report`` reads them; of two stages the first counts.
    scale
        Of the scores.

    Raises
    ------
    UsageError
        There are no scores, or none of a result with a known outcome.
    """
    submission = read_panel([Path(b) for b in books], scale=scale)
    panel = _panel(submission)
    if not panel.indicators:
        raise UsageError(_NO_SCORES)
    scores = panel.overall()
    event, known = _known(f, panel)
    if not known[scores.result].any():
        raise UsageError(_NOBODY)
    stated = set(submission.scales.values()) == {_CHANCES}
    chances = scores if stated else _by_one_curve(scores, event, known)
    return ExpertsLearned(
        panel.experts,
        expert_outcomes(chances or scores, event, known),
        stated,
        chances is not None,
        len(panel.results),
        int(known.sum()),
        _together(scores, event, known, stated=stated),
        submission.findings,
    )


def _together(scores: Scores, event: Bools, known: Bools, *, stated: bool) -> PanelFigures:
    """Hold the mean of the experts against the outcomes."""
    mine = known & (scores.count > 0)
    mean = scores.by_result(scores.score)[mine] / scores.count[mine]
    came = event[mine]
    yes, no = int(came.sum()), int((~came).sum())
    tools = allowed(events_of(yes, no))
    right = stated and Tool.IN_THE_LARGE in tools
    return PanelFigures(
        yes,
        no,
        auc(mean, came) if Tool.DISCRIMINATION in tools else None,
        calibration(mean, came) if right else None,
        brier(mean, came) if stated and Tool.BRIER in tools else None,
    )


def _panel(submission: PanelSubmission) -> PanelScores:
    """Return the scores as shares of their scales."""
    s = submission.scores
    first = s.stage == _FIRST
    bounds = np.array([submission.scales.get(i, _CHANCES) for i in s.indicator]).reshape(-1, 2)
    width = np.where(bounds[:, 1] > bounds[:, 0], bounds[:, 1] - bounds[:, 0], 1.0)
    share = (s.score - bounds[:, 0]) / width
    return PanelScores.of_columns(
        s.expert[first], s.result[first], s.indicator[first], share[first]
    )


def _known(f: Followed, panel: PanelScores) -> tuple[Bools, Bools]:
    """Return what became a success and what is known, by the results that were scored.

    A result of several rounds counts by the last of them.
    """
    ids = (r.columns.ids[p] for r in f.rounds for p in r.reports.places.tolist())
    place = {name: k for k, name in enumerate(ids)}
    at = np.array([place.get(name, -1) for name in panel.results], dtype=np.int64)
    event, known = f.known.success[at], f.known.settled[at] & (at >= 0)
    return event & known, known


def _by_one_curve(scores: Scores, event: Bools, known: Bools) -> Scores | None:
    """Return scores as chances by one logistic curve for all experts; None where there is none."""
    mine = known[scores.result]
    curve = recalibration(scores.score[mine], event[scores.result[mine]])
    chance: Floats = recalibrated(scores.score, curve)
    return None if np.isnan(chance).any() else scores.with_score(chance)
