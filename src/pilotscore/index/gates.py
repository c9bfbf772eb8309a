"""Gates: conditions that cap the grade, withhold it, or stop the money; never bought off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.condition import Operand, comparisons, evaluate
from pilotscore.findings import Finding, Place
from pilotscore.index import kinds
from pilotscore.language import LISTED, Text, join
from pilotscore.measures import Measurements
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class ClosedGates:
    """Which gates closed for n results, of g gates in the order of the file.

    ``closed`` and ``unknown`` have shape (n, g); ``cap`` (n,) is the place of the best grade left,
    0 where none is capped; ``no_grade``, ``hold`` and ``refuse`` have shape (n,).
    """

    closed: Bools
    unknown: Bools
    cap: Ints
    no_grade: Bools
    hold: Bools
    refuse: Bools


def close_gates(
    criteria: CriteriaSet, names: Mapping[str, Operand], measurements: Measurements
) -> ClosedGates:
    """Evaluate every gate for every result."""
    n = len(measurements)
    closed = np.zeros((n, len(criteria.gates)), dtype=bool)
    unknown = np.zeros_like(closed)
    cap = np.zeros(n, dtype=np.int64)
    no_grade, hold, refuse = (np.zeros(n, dtype=bool) for _ in range(3))
    for g, gate in enumerate(criteria.gates):
        truth = evaluate(gate.condition, names)
        closed[:, g], unknown[:, g] = truth.holds, truth.unknown
        if gate.cap is not None:
            place = criteria.grade_position[gate.cap]
            cap = np.where(truth.holds, np.maximum(cap, place), cap)
        no_grade |= truth.holds & gate.no_grade
        hold |= truth.holds & (gate.funding == "hold")
        refuse |= truth.holds & (gate.funding == "refuse")
    return ClosedGates(closed, unknown, cap, no_grade, hold & ~refuse, refuse)


def tell_unjudged(
    gates: ClosedGates,
    criteria: CriteriaSet,
    names: Mapping[str, Operand],
    measurements: Measurements,
    already_said: Bools,
) -> Iterator[Finding]:
    """Yield why gates could not be judged: by cell, or once for a sheet that lacks the column.

    ``already_said``, shape (n,), marks the results that have to be mended anyway: what is missing
    there has been told.
    """
    titles = {q.id: q.title for q in criteria.quantities}
    lacking: dict[tuple[str, str | None], tuple[dict[Text, None], dict[Text, None]]] = {}
    for g, gate in enumerate(criteria.gates):
        involved = dict.fromkeys(leaf.name for leaf in comparisons(gate.condition))
        if titles.keys().isdisjoint(involved):
            continue  # what sheets of rights do not say is told where they are derived from
        for i in np.flatnonzero(gates.unknown[:, g]).tolist():
            empty = [name for name in involved if name in titles and _is_empty(names[name], i)]
            columns = [name for name in empty if measurements.place(i, name).column is not None]
            if columns and not already_said[i]:
                values = {"gate": gate.title, "names": join((titles[c] for c in columns), LISTED)}
                place = measurements.place(i, columns[0])
                yield Finding(kinds.GATE_NOT_JUDGED, place, values, measurements.ids[i])
            elif empty and not columns:
                place = measurements.place(i, None)
                gate_titles, missing = lacking.setdefault((place.file, place.sheet), ({}, {}))
                gate_titles[gate.title] = None
                missing.update(dict.fromkeys(titles[name] for name in empty))
    for (file, sheet), (gate_titles, missing) in lacking.items():
        values = {"gates": join(gate_titles, LISTED), "names": join(missing, LISTED)}
        yield Finding(kinds.GATES_NOT_JUDGED, Place(file, sheet), values)


def _is_empty(operand: Operand, i: int) -> bool:
    value = operand.values[i]
    return not bool(operand.not_applicable[i]) and (value == "" or value != value)
