"""What batch data give, laid over what is stated: values, bounds, origins and their bases."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria import (
    MEASURES,
    CriteriaSet,
    Indicator,
    Measured,
)
from pilotscore.findings import Finding
from pilotscore.measures import kinds
from pilotscore.measures.choice import Chosen, choose, reason_of, times_of
from pilotscore.measures.evidence import raised
from pilotscore.measures.figures import SILENT, UNPROVEN, Why
from pilotscore.measures.measurements import Basis, Measurements, Origin
from pilotscore.measures.stability import Stability
from pilotscore.records import dataclass
from pilotscore.workbook import State, Submission
from pilotscore.workbook.batches.context import KnownResults
from pilotscore.workbook.batches.joining import join_batches


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One indicator of all results as batch data have it, in its unit; shape (n,) each.

    ``given`` is what they give, ``dropped`` what counts for nothing because of them, ``explained``
    what has a basis.
    """

    chosen: Chosen
    given: Bools
    dropped: Bools
    explained: Bools
    estimate: Floats
    low: Floats
    high: Floats
    scored: Floats
    stated: Floats


def lay_over(stated: Measurements, criteria: CriteriaSet) -> Measurements:
    """Return the values with those worked out from batch data in place of stated ones.

    A value that the workbook says does not apply stays so. A result without batch data keeps what
    it states, unless the criteria set lets only measured values count.
    """
    submission = stated.submission
    data = submission.batches or join_batches((), KnownResults(submission.ids), criteria)
    stability = Stability(data, criteria.measuring)
    values, low, high = (x.copy() for x in (submission.values, stated.low, stated.high))
    states, origins = submission.states.copy(), stated.origins.copy()
    bases: dict[tuple[int, str], Basis] = {}
    findings: list[Finding] = []
    for j, indicator in enumerate(criteria.indicators):
        if (rule := indicator.measured) is None:
            continue
        column = _column(submission, j, indicator, rule, stability)
        given, dropped = column.given, column.dropped
        values[given, j], states[given, j] = column.scored[given], State.VALUE
        origins[given, j] = Origin.MEASURED
        low[given, j] = np.fmin(column.low, column.scored)[given]
        high[given, j] = np.fmax(column.high, column.scored)[given]
        for overlaid in (values, low, high):
            overlaid[dropped, j] = np.nan
        states[dropped, j] = np.where(
            submission.states[dropped, j] == State.FAULTY, State.FAULTY, State.NOT_MEASURED
        )
        for i in np.flatnonzero(column.explained).tolist():
            basis = bases[i, indicator.id] = _basis(column, i, rule, stability)
            findings.extend(_comparison(submission, i, indicator, basis, bool(dropped[i])))
    return Measurements(
        submission,
        values,
        low,
        high,
        states,
        origins,
        raised(
            stated.evidence,
            origins == Origin.MEASURED,
            criteria.evidence,
            criteria.measuring.evidence,
        ),
        (*stated.findings, *findings),
        bases,
        None if stated.defaulted is None else stated.defaulted & (origins != Origin.MEASURED),
    )


def _column(
    submission: Submission, j: int, indicator: Indicator, rule: Measured, stability: Stability
) -> _Column:
    """Return what batch data say of one indicator."""
    n = len(submission)
    figure, times = stability.figure(rule.measure), times_of(rule, indicator)
    chosen = choose(figure, rule, indicator, stability, n)
    states = submission.states[:, j]
    applies, has_data = states != State.NOT_APPLICABLE, _has_data(stability, n)
    given = applies & (chosen.place >= 0)
    scored, estimate, low, high = (
        _within(np.where(given, x, np.nan), indicator)
        for x in (chosen.scored, *(_picked(x, chosen) * times for x in figure.bounds))
    )
    too_few = applies & has_data & (chosen.why == Why.TOO_FEW)
    unclear = applies & ~given & has_data & ~np.isin(chosen.why, list(SILENT))
    unproven = np.isin(chosen.why, list(UNPROVEN))
    dropped = too_few | (unclear & (unproven | chosen.held))
    if rule.stated == "nothing":
        dropped |= applies & ~given
    stated = np.where(states == State.VALUE, submission.values[:, j], np.nan)
    explained = given | too_few | unclear | dropped
    return _Column(chosen, given, dropped, explained, estimate, low, high, scored, stated)


def _picked(values: Floats, chosen: Chosen) -> Floats:
    """Return the value of what was chosen for each result; any value where nothing was."""
    if not len(values):
        return np.full(len(chosen.place), np.nan)
    return np.asarray(values[np.maximum(chosen.place, 0)])


def _basis(column: _Column, i: int, rule: Measured, stability: Stability) -> Basis:
    chosen = column.chosen
    k, count = int(chosen.place[i]), int(chosen.count[i])
    characteristic = int(stability.figure(rule.measure).characteristic[k]) if k >= 0 else -1
    return Basis(
        measure=rule.measure,
        characteristic=stability.data.characteristics[characteristic].title
        if characteristic >= 0
        else None,
        count=count,
        estimate=float(column.estimate[i]),
        low=float(column.low[i]),
        high=float(column.high[i]),
        scored=float(column.scored[i]),
        stated=float(column.stated[i]),
        why=reason_of(chosen, i, rule) if k < 0 else None,
    )


def _has_data(stability: Stability, n: int) -> Bools:
    """Return which results have batch data at all, shape (n,)."""
    has = np.zeros(n, dtype=bool)
    has[stability.data.batches.result] = True
    has[stability.data.readings.result] = True
    return has


def _within(values: Floats, indicator: Indicator) -> Floats:
    """Cut values off at what can be true of the indicator, such as a bound that is infinite."""
    lower, upper = indicator.range or (None, None)
    anchors = [x for x, _ in indicator.anchors]
    top = upper if upper is not None else max(anchors) + (max(anchors) - min(anchors))
    bottom = lower if lower is not None else min(anchors) - (max(anchors) - min(anchors))
    finite = np.where(np.isposinf(values), max(top, max(anchors)), values)
    finite = np.where(np.isneginf(finite), min(bottom, min(anchors)), finite)
    return np.clip(finite, -np.inf if lower is None else lower, np.inf if upper is None else upper)


def _comparison(
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
        **shown,
        "value": f"{basis.estimate:.4g}",
        "low": f"{basis.low:.4g}",
        "high": f"{basis.high:.4g}",
        "scored": f"{basis.scored:.4g}",
        "count": basis.count,
    }
    tolerance = 1e-9 * max(abs(basis.low), abs(basis.high), 1.0)
    inside = basis.low - tolerance <= basis.stated <= basis.high + tolerance
    if inside:
        return [Finding(kinds.MEASURED_COUNTS, place, values, name)]
    better = (basis.stated > basis.high) == (indicator.direction == "max")
    kind = (
        kinds.CONTRADICTED if better or indicator.direction == "range" else kinds.BETTER_THAN_SAID
    )
    return [Finding(kind, place, values, name)]
