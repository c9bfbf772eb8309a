"""The states of missing data: what blocks an assessment, what scores nothing, what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field

import numpy as np

from pilotscore.arrays import Bools, Codes
from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.criteria.condition import Operand, evaluate, parse
from pilotscore.findings import Finding, Place
from pilotscore.index import kinds
from pilotscore.language import Text, Words, join, same
from pilotscore.measures import Measurements
from pilotscore.records import dataclass
from pilotscore.workbook import STATE_TITLES, State
from pilotscore.workbook.values.bounds import bands_with_ranges

SHARE_TOLERANCE = 1e-9
Blocked = tuple[int, Words, Words, Finding | None]
"""A result that cannot be assessed, why, its remedy, and the finding that tells of it, if any."""


@dataclass(frozen=True, slots=True, eq=False)
class Completeness:
    """What keeps results from being assessed.

    ``states`` has shape (n, m), with a 不适用 that is not allowed as blank; ``not_assessable`` has
    shape (n,); ``reasons`` gives, for those results, why, and ``remedies`` what mends it.
    """

    states: Codes
    not_assessable: Bools
    reasons: Mapping[int, tuple[Words, ...]]
    findings: tuple[Finding, ...]
    remedies: Mapping[int, tuple[Words, ...]] = field(default_factory=dict)


def examine_missing(
    measurements: Measurements,
    criteria: CriteriaSet,
    names: Mapping[str, Operand],
    *,
    tell: bool = True,
) -> Completeness:
    """Find what is missing and what that keeps from being assessed.

    A result is not assessable with a cell that cannot be read, a required indicator that is blank,
    or more of a dimension marked 不适用 than the criteria set allows.
    """
    states = measurements.states.copy()
    unmeant = list(_not_meant(measurements, criteria, names, states))
    not_meant = states != measurements.states
    faults = measurements.faults()
    blocks: list[Blocked] = [
        _blocked_by(fault, measurements, i)
        for i, name in enumerate(measurements.ids if faults else ())
        for fault in faults.get(name, ())
        if not _is_of(fault, measurements, criteria, i, not_meant)
    ]
    refused = set()
    for i, j, text, finding in _refused(measurements, criteria, names):
        if not_meant[i, j]:
            continue
        states[i, j] = State.BLANK
        refused.add((i, j))
        blocks.append((i, text, _remedy(finding, finding.place.cell), finding))
    blocks.extend(_too_much_not_applicable(measurements, criteria, states, not_meant))
    for j, indicator in enumerate(criteria.indicators):
        blank = np.flatnonzero(states[:, j] == State.BLANK).tolist() if indicator.required else []
        blocks.extend(
            _required_blank(measurements, indicator, i) for i in blank if (i, j) not in refused
        )
    reasons: dict[int, dict[Words, None]] = {}
    remedies: dict[int, dict[Words, None]] = {}
    for i, text, remedy, _ in blocks:
        reasons.setdefault(i, {})[text] = None
        remedies.setdefault(i, {})[remedy] = None
    blocked = np.zeros(len(measurements), dtype=bool)
    blocked[list(reasons)] = True
    findings = [finding for *_, finding in blocks if finding is not None]
    if tell:
        findings.extend(_optional_missing(measurements, criteria, states))
        findings.extend(unmeant)
    return Completeness(
        states,
        blocked,
        {i: tuple(texts) for i, texts in reasons.items()},
        tuple(findings),
        {i: tuple(texts) for i, texts in remedies.items()},
    )


def _not_meant(
    measurements: Measurements,
    criteria: CriteriaSet,
    names: Mapping[str, Operand],
    states: Codes,
) -> Iterator[Finding]:
    """Mark, in ``states``, what the criteria set does not ask of a result; yield what to tell.

    Where the condition cannot be judged the indicator applies: what is not known spares nobody.
    """
    for j, indicator in enumerate(criteria.indicators):
        if indicator.applies_when is None:
            continue
        truth = evaluate(parse(indicator.applies_when), names)
        rows = np.flatnonzero(~truth.holds & ~truth.unknown).tolist()
        given = [i for i in rows if states[i, j] in (State.VALUE, State.FAULTY)]
        states[rows, j] = State.NOT_APPLICABLE
        values = {"name": indicator.title, "when": indicator.applies_when}
        for i in given:
            place = measurements.place(i, indicator.id)
            yield Finding(kinds.GIVEN_BUT_NOT_MEANT, place, values, measurements.ids[i])
        for sheet, count in Counter(_sheet_of(measurements, i) for i in rows).items():
            yield Finding(kinds.NOT_MEANT, sheet, {**values, "count": count})


def _sheet_of(measurements: Measurements, i: int) -> Place:
    place = measurements.place(i, None)
    return Place(place.file, place.sheet)


def _is_of(
    fault: Finding, measurements: Measurements, criteria: CriteriaSet, i: int, not_meant: Bools
) -> bool:
    """Say whether a fault is of a cell that does not matter for this result."""
    if fault.place.column is None:
        return False
    ids = [criteria.indicators[j].id for j in np.flatnonzero(not_meant[i]).tolist()]
    return any(measurements.place(i, name) == fault.place for name in ids)


def _blocked_by(fault: Finding, measurements: Measurements, i: int) -> Blocked:
    """Return how a fault keeps a result from being assessed.

    Its cell is told with its sheet where that is not the one of the result.
    """
    place = fault.place
    elsewhere = bool(place.cell) and place.sheet != measurements.place(i, None).sheet
    cell = f"[{place.sheet}]!{place.cell}" if elsewhere else place.cell
    return i, _why(fault, cell), _remedy(fault, cell), None


def _why(fault: Finding, cell: str) -> Text:
    return Text(f"{cell} {fault.found('zh')}".strip(), f"{cell} {fault.found('en')}".strip())


def _remedy(fault: Finding, cell: str) -> Words:
    """Say how to mend a fault: at which cell, and what is to stand there."""
    _, expected, mend = fault.parts
    what = mend or expected
    if what is None:
        text = Text("改正 {cell}：{why}", "mend {cell}: {why}")
        return text.of(cell=cell, why=fault.parts[0])
    return _AT_CELL.of(cell=cell, what=what) if cell else what


_AT_CELL = Text("{cell}：{what}", "{cell}: {what}")
_FILL_IN = Text("填写“{title}”：{wanted}", "fill in “{title}”: {wanted}")


def wanted_value(indicator: Indicator) -> Words:
    """Say what an indicator takes: its unit, scale or categories."""
    if indicator.categories:
        return join((c.title for c in indicator.categories), same(" / "))
    if indicator.bands:
        return bands_with_ranges(indicator.bands)
    if indicator.scale:
        low, high = indicator.scale
        return Text("{low} 至 {high} 级", "a level from {low} to {high}").of(low=low, high=high)
    if indicator.type == "yes_no":
        return Text("是 或 否", "yes or no")
    unit = indicator.unit
    if unit is None:
        return Text("数值", "a number")
    return Text("数值（{unit}）", "a number ({unit})").of(unit=unit)


def _required_blank(measurements: Measurements, indicator: Indicator, i: int) -> Blocked:
    title = indicator.title
    place = measurements.place(i, indicator.id)
    text = Text("必填指标“{title}”为空", "required “{title}” is blank").of(title=title)
    values = {"name": title, "wanted": wanted_value(indicator)}
    # Where the whole column is absent the header has been told already, once.
    finding = Finding(kinds.REQUIRED_BLANK, place, values, measurements.ids[i])
    remedy: Words = _FILL_IN.of(title=title, wanted=values["wanted"])
    if place.column is None:
        return i, text, remedy, None
    return i, text, _AT_CELL.of(cell=place.cell, what=remedy), finding


def _refused(
    measurements: Measurements, criteria: CriteriaSet, names: Mapping[str, Operand]
) -> Iterator[tuple[int, int, Words, Finding]]:
    """Yield each 不适用 that the criteria set does not allow for that result."""
    everywhere = measurements.states == State.NOT_APPLICABLE
    for j in np.flatnonzero(everywhere.any(axis=0)).tolist():
        indicator, marked = criteria.indicators[j], everywhere[:, j]
        if indicator.not_applicable is True:
            continue
        if isinstance(indicator.not_applicable, str):
            marked = marked & ~evaluate(parse(indicator.not_applicable), names).holds
        title = indicator.title
        for i in np.flatnonzero(marked).tolist():
            values = {
                "name": title,
                "wanted": wanted_value(indicator),
                "reason": measurements.reasons.get((i, indicator.id), "-"),
            }
            place = measurements.place(i, indicator.id)
            text = Text("“{title}”不得写不适用", "“{title}” may not be N/A").of(title=title)
            finding = Finding(kinds.NOT_APPLICABLE_REFUSED, place, values, measurements.ids[i])
            yield i, j, text, finding


def _too_much_not_applicable(
    measurements: Measurements, criteria: CriteriaSet, states: Codes, not_meant: Bools
) -> Iterator[Blocked]:
    """Yield each dimension of which more than the set allows is 不适用, or all of it.

    What the set itself leaves out for this kind of result was never its to give, and what it allows
    by a condition that holds (process_mode == software) it has allowed already: neither counts
    against the bound, which is for what may be 不适用 without a condition.
    """
    limit = criteria.missing.not_applicable_share
    marks = (states == State.NOT_APPLICABLE) & ~not_meant
    if not marks.any():
        return
    for dimension, columns in zip(criteria.dimensions, criteria.dimension_slices, strict=True):
        weight = np.array([i.weight for i in dimension.indicators])
        marked = marks[:, columns]
        if not marked.any() or not weight.sum():
            continue
        allowed = np.array([isinstance(i.not_applicable, str) for i in dimension.indicators])
        share = marked @ weight / weight.sum()
        own = (marked & ~allowed) @ weight / weight.sum()
        beyond = (own > limit + SHARE_TOLERANCE) | (share >= 1 - SHARE_TOLERANCE)
        share = np.where(own > limit + SHARE_TOLERANCE, own, share)
        for i in np.flatnonzero(beyond).tolist():
            title, shown = dimension.title, f"{share[i]:.0%}"
            first = dimension.indicators[int(np.flatnonzero(marked[i])[0])]
            values = {"name": title, "share": shown, "limit": f"{limit:.0%}"}
            text = Text("维度“{title}”有 {shown} 不适用", "{shown} of “{title}” is N/A")
            place = measurements.place(i, first.id)
            finding = Finding(kinds.TOO_MUCH_NOT_APPLICABLE, place, values, measurements.ids[i])
            yield i, text.of(title=title, shown=shown), _remedy(finding, place.cell), finding


def _optional_missing(
    measurements: Measurements, criteria: CriteriaSet, states: Codes
) -> Iterator[Finding]:
    """Yield each indicator that scores nothing because it has no value."""
    dimensions = zip(
        criteria.dimensions, criteria.dimension_slices, criteria.dimension_shares, strict=True
    )
    for dimension, columns, across in dimensions:
        for j, indicator in zip(
            range(columns.start, columns.stop), dimension.indicators, strict=True
        ):
            without = states[:, j] == State.NOT_MEASURED
            if not indicator.required:
                without |= states[:, j] == State.BLANK
            share = indicator.weight / dimension.weights_sum * across
            for i in np.flatnonzero(without).tolist() if share > 0 else ():
                place: Place = measurements.place(i, indicator.id)
                if place.column is None:
                    continue  # the absent column has been told once
                values = {
                    "name": indicator.title,
                    "state": STATE_TITLES[State(int(states[i, j]))],
                    "gain": f"{100 * share:.1f}",
                }
                yield Finding(kinds.OPTIONAL_MISSING, place, values, measurements.ids[i])
