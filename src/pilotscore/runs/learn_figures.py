"""Grade and index held against what came: as many figures as the outcomes can carry."""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.auc import auc
from pilotscore.outcomes.brier import Parts, murphy
from pilotscore.outcomes.calibration import Calibration, recalibration
from pilotscore.outcomes.correlation import spearman
from pilotscore.outcomes.decision_curve import Curve, decision_curve
from pilotscore.outcomes.draw_comparison import difference
from pilotscore.outcomes.grade_table import GradeTable, by_group
from pilotscore.outcomes.held_out import held_out_chances
from pilotscore.outcomes.inverse_probability import Represented, represented
from pilotscore.outcomes.isotonic import isotonic, read_off
from pilotscore.outcomes.kaplan_meier import Survival, kaplan_meier
from pilotscore.outcomes.tools_allowed import Tool, allowed, events_of
from pilotscore.records import dataclass
from pilotscore.runs.learn_data import Followed

POINTS = 10.0  # of the index, that the slope of the curve is for
CURVE_AT = tuple(range(0, 101, 10))
THRESHOLDS: Floats = np.arange(5, 100, 5) / 100
_BINS = 5


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of a group have reached the outcome by the end of the window, or ever so far.

    ``share`` counts those not yet there for as long as they were followed (Kaplan-Meier);
    ``median`` is the month by which half have; nan where that is not so yet. ``survival`` has the
    share that has not, month by month.
    """

    share: Bounded
    median: float
    at: float
    survival: Survival


@dataclass(frozen=True, slots=True)
class Decided:
    """What funding by the index would have been worth, at the funder's threshold.

    ``from_index`` is the index from which funding pays, ``seen`` whether such an index was; the
    benefits are in successes for each result, of funding from there on and of funding all that
    were.
    """

    threshold: float
    from_index: float
    rule: float
    everyone: float
    seen: bool


@dataclass(frozen=True, slots=True)
class Span:
    """How much of the index is seen: that of those with an outcome beside that of all scored."""

    seen: tuple[float, float]
    scored: tuple[float, float]
    spread: float  # of those seen, over that of all


@dataclass(frozen=True, slots=True)
class Drawn:
    """Those that a draw by lot took, beside those that it left: successes and how many known."""

    won: tuple[int, int]
    lost: tuple[int, int]
    difference: Bounded


@dataclass(frozen=True, slots=True, eq=False)
class IndexFigures:
    """The index against an outcome; None for what so many events cannot carry.

    Attributes
    ----------
    successes, failures
        Of results with an index.
    tools
        What may be shown.
    rank, area
        Correlation of ranks, and how often a success stood above a failure.
    curve
        Of the logit by tens of points of the index.
    held_out, chances
        Brier's score and its parts on results held out, and those chances.
    isotonic
        The chance at every tenth point of the index.
    decided
        By what a failure costs and a success is worth; None unless that was given.
    net
        The net benefit of funding by the index at each threshold.
    no_line
        Whether cost and value were given and the index, which rises with no success, has no line.
    quarters
        The index that a quarter, and that three quarters of those seen lie below.
    """

    successes: int
    failures: int
    tools: frozenset[Tool]
    rank: Bounded | None
    area: Bounded | None
    curve: Calibration | None
    held_out: Parts | None
    isotonic: tuple[float, ...] | None
    decided: Decided | None
    net: Curve | None
    no_line: bool
    quarters: tuple[float, float]

    @property
    def events(self) -> int:
        """The rarer end."""
        return events_of(self.successes, self.failures)


def carries(f: Followed, tool: Tool) -> bool:
    """Whether there are events enough for a tool, of all that are known."""
    return tool in allowed(events_of(int(f.known.success.sum()), int(f.known.failure.sum())))


def grade_table(f: Followed) -> GradeTable:
    """Return outcomes by grade; the last row is of those without a grade."""
    groups = len(f.head.grades) + 1
    group = np.where(f.grade < 0, groups - 1, f.grade)
    return by_group(group, groups, f.known.success, f.known.failure)


def reached_by_grade(f: Followed) -> tuple[Reached | None, ...]:
    """Return how many of each grade have reached it, with those not yet there; None for nobody.

    With few events, for none: the table of those known is all that there is.

    One that has ended for good never will: it stays among those that have not to the end.
    """
    if not carries(f, Tool.SURVIVAL):
        return (None,) * (len(f.head.grades) + 1)
    there = np.isfinite(f.months)
    end = float(f.months[there].max()) if there.any() else 0.0
    months = np.where(f.ended, max(end, 0.0), f.months)
    there |= f.ended
    groups = [f.grade == g for g in range(len(f.head.grades))] + [f.grade < 0]
    return tuple(_reached(months[g & there], f.happened[g & there], f.window) for g in groups)


def _reached(months: Floats, happened: Bools, window: float) -> Reached | None:
    if not len(months):
        return None
    survival = kaplan_meier(np.maximum(months, 0.0), happened)
    at = min(window, float(months.max()))
    left, low, high = survival.after(at)
    return Reached(Bounded(1 - left, 1 - high, 1 - low), survival.median, at, survival)


def index_figures(f: Followed, odds: tuple[float, float] | None = None) -> IndexFigures:
    """Hold the index against an outcome.

    Parameters
    ----------
    f
        What is known.
    odds
        What a failed grant costs, and what a success is worth.
    """
    counted = f.counted
    index, event = f.index[counted], f.known.success[counted]
    yes, no = int(event.sum()), int((~event).sum())
    tools = allowed(events_of(yes, no))
    curve = recalibration(index / POINTS, event) if Tool.RECALIBRATION in tools else None
    chances = held_out_chances(index, event) if Tool.BRIER in tools else None
    rises = curve is not None and curve.slope.value > 0
    usable = chances is not None and bool(np.isfinite(chances).all())
    return IndexFigures(
        yes,
        no,
        tools,
        spearman(index, event.astype(float)) if Tool.CORRELATION in tools else None,
        auc(index, event) if Tool.DISCRIMINATION in tools else None,
        curve,
        murphy(chances, event, _BINS) if usable and chances is not None else None,
        _isotonic(index, event) if Tool.ISOTONIC in tools else None,
        _decided(curve, chances, (index, event), odds) if usable and odds and curve else None,
        decision_curve(chances, event, THRESHOLDS) if usable and chances is not None else None,
        odds is not None and curve is not None and not rises,
        _quarters(index),
    )


def _quarters(index: Floats) -> tuple[float, float]:
    if not len(index):
        return math.nan, math.nan
    low, high = np.quantile(index, [0.25, 0.75]).tolist()
    return low, high


def _isotonic(index: Floats, event: Bools) -> tuple[float, ...]:
    curve = isotonic(index, event.astype(float))
    at = np.array(CURVE_AT, dtype=float)
    seen = (at >= index.min()) & (at <= index.max())
    return tuple(np.where(seen, read_off(curve, at), np.nan).tolist())


def _decided(
    curve: Calibration,
    chances: Floats | None,
    data: tuple[Floats, Bools],
    odds: tuple[float, float],
) -> Decided | None:
    """Return what the rule is worth; None where the curve does not rise."""
    assert chances is not None
    slope = curve.slope.value
    if not slope > 0:
        return None
    at = odds[0] / (odds[0] + odds[1])
    index, event = data
    net: Curve = decision_curve(chances, event, np.array([at]))
    start = (math.log(at / (1 - at)) - curve.intercept.value) / slope * POINTS
    seen = bool(index.min() <= start <= index.max())
    return Decided(at, start, float(net.rule[0]), float(net.everyone[0]), seen)


def chance_at(curve: Calibration, index: float) -> float:
    """Return the chance that a curve gives to an index."""
    logit = curve.intercept.value + curve.slope.value * index / POINTS
    return 1 / (1 + math.exp(-logit)) if abs(logit) < 700 else float(logit > 0)


def span_of(f: Followed) -> Span | None:
    """Return how much of the index is seen; None where nothing is."""
    scored = np.concatenate([r.columns.index for r in f.rounds])
    scored, seen = scored[np.isfinite(scored)], f.index[f.counted]
    if not len(seen):
        return None
    spread = float(scored.std())
    return Span(
        (float(seen.min()), float(seen.max())),
        (float(scored.min()), float(scored.max())),
        float(seen.std()) / spread if spread > 0 else math.nan,
    )


def of_all_applicants(f: Followed) -> Represented | None:
    """Return the share of successes weighted by recorded chances; None where there were none.

    Chances that are all 1 stand for nobody but those funded.
    """
    mine = f.with_money & f.known.settled & (f.chance > 0)
    if not carries(f, Tool.UNSEEN) or not mine.any() or f.chance[mine].min() >= 1:
        return None
    return represented(f.chance, f.known.success, f.with_money & f.known.settled)


def of_the_draw(f: Followed) -> Drawn | None:
    """Return winners beside losers of draws by lot; None where only one side is known."""
    sides = [f.drawn & f.known.settled & m for m in (f.with_money, ~f.with_money)]
    counts = [(int(f.known.success[s].sum()), int(s.sum())) for s in sides]
    if not carries(f, Tool.UNSEEN) or not counts[0][1] or not counts[1][1]:
        return None
    return Drawn(counts[0], counts[1], difference(counts[0], counts[1]))


def of_the_zone(f: Followed) -> tuple[tuple[int, int], tuple[int, int], Bounded] | None:
    """Return those funded from the discussion zone beside those funded above it."""
    mine = f.with_money & f.known.settled
    counts = [
        (int((f.known.success & s).sum()), int(s.sum()))
        for s in (mine & f.discussed, mine & ~f.discussed)
    ]
    if not carries(f, Tool.UNSEEN) or not counts[0][1] or not counts[1][1]:
        return None
    return counts[0], counts[1], difference(counts[0], counts[1])
