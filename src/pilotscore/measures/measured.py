"""From measures to the values of indicators: what is measured goes before what is stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria import MEASURES, CriteriaSet, Indicator, Measured
from pilotscore.findings import Finding
from pilotscore.language import Text
from pilotscore.measures import kinds
from pilotscore.measures.figures import SILENT, Figure, Why, reason_text
from pilotscore.measures.stability import Stability
from pilotscore.workbook import State, Submission
from pilotscore.workbook.values.units import factor

# Measures of what goes in and out are no quality of which the worst could count.
_NO_QUALITY = ("input", "output")


@dataclass(frozen=True, slots=True)
class Basis:
    """What the value of an indicator was worked out from; None where it could not be.

    ``estimate`` and the bounds are in the unit of the indicator; ``scored`` is the one that counts;
    ``stated`` is what the workbook states instead, nan where it states nothing.
    """

    measure: str
    characteristic: Text | None
    count: int
    estimate: float
    low: float
    high: float
    scored: float
    stated: float
    why: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredValues:
    """Values with what was measured laid over what was stated; shapes as in Measurements."""

    values: Floats
    low: Floats
    high: Floats
    states: Codes
    measured: Bools
    bases: Mapping[tuple[int, str], Basis]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """What was chosen for each result, shape (n,): a place in the figure, -1 for none."""

    place: Ints
    scored: Floats
    why: Codes
    count: Ints


def lay_over(submission: Submission, criteria: CriteriaSet, stability: Stability) -> MeasuredValues:
    """Return the values with those worked out from batch data in place of stated ones.

    A value that the workbook says does not apply stays so. A result without batch data keeps what it
    states, unless the criteria set lets only measured values count.

    Parameters
    ----------
    submission
        What was read; its batch data may be missing, then nothing is laid over.
    criteria
        Which measure feeds which indicator.
    stability
        The measures.
    """
    values, states = submission.values.copy(), submission.states.copy()
    low, high = values.copy(), values.copy()
    measured = np.zeros(values.shape, dtype=bool)
    bases: dict[tuple[int, str], Basis] = {}
    findings: list[Finding] = []
    has_data = _has_data(stability, len(submission))
    for j, indicator in enumerate(criteria.indicators):
        rule = indicator.measured
        if rule is None:
            continue
        figure = stability.figure(rule.measure)
        times = _times(rule, indicator)
        chosen = _choose(figure, rule, indicator, stability, len(submission), times)
        applies = submission.states[:, j] != State.NOT_APPLICABLE
        given = applies & (chosen.place >= 0)
        scored = np.where(given, chosen.scored, np.nan)
        ends = [
            np.where(given, x[np.maximum(chosen.place, 0)] * times if len(x) else np.nan, np.nan)
            for x in (figure.value, figure.low, figure.high)
        ]
        estimate, below, above = (_within(x, indicator) for x in ends)
        scored = _within(scored, indicator)
        stated = np.where(submission.states[:, j] == State.VALUE, submission.values[:, j], np.nan)
        values[given, j], states[given, j], measured[given, j] = scored[given], State.VALUE, True
        low[:, j] = np.where(given, np.fmin(below, scored), values[:, j])
        high[:, j] = np.where(given, np.fmax(above, scored), values[:, j])
        too_few = applies & has_data & (chosen.why == Why.TOO_FEW)
        unclear = applies & ~given & has_data & ~np.isin(chosen.why, list(SILENT))
        dropped = too_few | (unclear & (chosen.why == Why.BAD_DATA))
        if rule.stated == "nothing":
            dropped |= applies & ~given
        for column in (values, low, high):
            column[dropped, j] = np.nan
        states[dropped, j] = np.where(
            submission.states[dropped, j] == State.FAULTY, State.FAULTY, State.NOT_MEASURED
        )
        for i in np.flatnonzero(given | too_few | unclear | dropped).tolist():
            k = int(chosen.place[i])
            trait = int(figure.trait[k]) if k >= 0 else -1
            title = stability.data.traits[trait].title if trait >= 0 else None
            why = None
            if k < 0:
                why = reason_text(
                    int(chosen.why[i]) or Why.NO_DATA, int(chosen.count[i]), rule.least
                )
            basis = Basis(
                measure=rule.measure,
                characteristic=title,
                count=int(chosen.count[i]),
                estimate=float(estimate[i]),
                low=float(below[i]),
                high=float(above[i]),
                scored=float(scored[i]),
                stated=float(stated[i]),
                why=why,
            )
            bases[i, indicator.id] = basis
            findings.extend(_told(submission, i, indicator, basis, bool(dropped[i])))
    return MeasuredValues(values, low, high, states, measured, bases, tuple(findings))


def _has_data(stability: Stability, n: int) -> Bools:
    """Return which results have batch data at all, shape (n,)."""
    found = np.zeros(n, dtype=bool)
    found[stability.data.batches.result] = True
    found[stability.data.readings.result] = True
    return found


def _times(rule: Measured, indicator: Indicator) -> float:
    """Return what a measure is multiplied with to be in the unit of the indicator."""
    if indicator.type == "yes_no":
        return 1.0
    unit = MEASURES[rule.measure].unit
    if not unit.en:
        return 100.0 if _is_percent(indicator) else 1.0
    if unit.en == "%":
        return 1.0 if indicator.type == "percent" or _is_percent(indicator) else 0.01
    found = factor(unit.zh, indicator) or factor(unit.en, indicator)
    return 1.0 if found is None else found


def _is_percent(indicator: Indicator) -> bool:
    unit = indicator.unit
    return unit is not None and unit.en.strip() in ("%", "％", "percent")


def _within(values: Floats, indicator: Indicator) -> Floats:
    """Cut values off at what can be true of the indicator, such as a bound that is infinite."""
    lower, upper = indicator.range or (None, None)
    anchors = [x for x, _ in indicator.anchors]
    top = upper if upper is not None else max(anchors) + (max(anchors) - min(anchors))
    bottom = lower if lower is not None else min(anchors) - (max(anchors) - min(anchors))
    finite = np.where(np.isposinf(values), max(top, max(anchors)), values)
    finite = np.where(np.isneginf(finite), min(bottom, min(anchors)), finite)
    return np.clip(finite, -np.inf if lower is None else lower, np.inf if upper is None else upper)


def _choose(
    figure: Figure, rule: Measured, indicator: Indicator, stability: Stability, n: int, times: float
) -> _Chosen:
    """Choose the characteristic that counts for each result: the worst of those that are asked for."""
    none = np.full(n, -1, dtype=np.int64)
    chosen = _Chosen(
        none,
        np.full(n, np.nan),
        np.full(n, Why.NO_DATA, dtype=np.int8),
        np.zeros(n, dtype=np.int64),
    )
    wanted = _wanted(figure, rule, stability)
    if not wanted.any():
        return chosen
    too_few = (figure.count < rule.least) & (figure.why == 0)
    why = np.where(too_few, Why.TOO_FEW, figure.why)
    assessed = wanted & (why == 0)
    scored = _scored(figure, rule, indicator, times)
    worse = scored if indicator.direction == "max" else -scored
    if indicator.direction == "range":
        worse = _score(scored, indicator)
    # The least first, then the first characteristic by its place, so that no order matters.
    order = np.lexsort((figure.trait, worse, ~assessed))
    order = order[assessed[order]]
    results, first = np.unique(figure.result[order], return_index=True)
    chosen.place[results] = order[first]
    chosen.scored[results] = scored[order[first]]
    chosen.count[results] = figure.count[order[first]]
    # Faulty data of one characteristic are no reason to take the better one.
    strict = wanted & (why == Why.BAD_DATA)
    if rule.named:
        strict = wanted & (why > 0)
    for k in np.flatnonzero(wanted & (why > 0)).tolist():
        i = int(figure.result[k])
        if chosen.place[i] >= 0 and not strict[k]:
            continue
        chosen.place[i] = -1
        if chosen.why[i] in (Why.NO_DATA, 0) or why[k] < chosen.why[i]:
            chosen.why[i], chosen.count[i] = why[k], figure.count[k]
    chosen.why[chosen.place >= 0] = Why.ASSESSED
    return chosen


def _wanted(figure: Figure, rule: Measured, stability: Stability) -> Bools:
    """Return which characteristics are asked for."""
    if MEASURES[rule.measure].basis == "result" or not len(figure):
        return np.ones(len(figure), dtype=bool)
    traits = stability.data.traits
    if rule.named:
        fits = [t.id in rule.named for t in traits]
    else:
        fits = [t.role not in _NO_QUALITY for t in traits]
    return np.array(fits, dtype=bool)[figure.trait]


def _scored(figure: Figure, rule: Measured, indicator: Indicator, times: float) -> Floats:
    """Return the bound or estimate that counts, in the unit of the indicator."""
    value, low, high = (x * times for x in (figure.value, figure.low, figure.high))
    if rule.bound == "estimate":
        return value
    if rule.bound in ("lower", "upper"):
        return low if rule.bound == "lower" else high
    if indicator.direction == "max":
        return low
    if indicator.direction == "min":
        return high
    worse: Floats = np.where(_score(low, indicator) <= _score(high, indicator), low, high)
    return worse


def _score(values: Floats, indicator: Indicator) -> Floats:
    """Return the value function, of an indicator whose best is in the middle, without its caps."""
    x, y = np.array(indicator.anchors, dtype=float).T
    found: Floats = np.interp(values, x, y)
    return found


def _told(
    submission: Submission, i: int, indicator: Indicator, basis: Basis, dropped: bool
) -> list[Finding]:
    """Tell how a measured value stands to what is stated, and why there is none."""
    place = submission.place(i, indicator.id)
    name = submission.ids[i]
    measure = MEASURES[basis.measure].title
    shown = {"measure": measure, "title": indicator.title, "stated": f"{basis.stated:.6g}"}
    stated = basis.stated == basis.stated
    if basis.why is not None:
        kind = kinds.NOT_JUDGED if dropped else kinds.STATED_COUNTS
        if dropped or stated:
            return [Finding(kind, place, {**shown, "why": basis.why}, name)]
        return []
    if not stated:
        return []
    values = {
        **shown, "value": f"{basis.estimate:.4g}", "low": f"{basis.low:.4g}",
        "high": f"{basis.high:.4g}", "scored": f"{basis.scored:.4g}", "count": basis.count,
    }  # fmt: skip
    tolerance = 1e-9 * max(abs(basis.low), abs(basis.high), 1.0)
    inside = basis.low - tolerance <= basis.stated <= basis.high + tolerance
    if inside:
        return [Finding(kinds.MEASURED_COUNTS, place, values, name)]
    better = (basis.stated > basis.high) == (indicator.direction == "max")
    kind = (
        kinds.CONTRADICTED if better or indicator.direction == "range" else kinds.BETTER_THAN_SAID
    )
    return [Finding(kind, place, values, name)]
