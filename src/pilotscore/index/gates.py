"""Gates: conditions that cap the grade, withhold it, or stop the money; never bought off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import CriteriaSet, Gate
from pilotscore.criteria.condition import Operand, comparisons, evaluate
from pilotscore.findings import Finding
from pilotscore.index import kinds
from pilotscore.language import Text
from pilotscore.measures import Measurements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class ClosedGates:
    """Which gates closed for n results, of g gates in the order of the file.

    ``closed`` and ``unknown`` have shape (n, g); ``cap`` (n,) is the place of the best grade left,
    0 where none is capped; ``no_grade``, ``hold`` and ``refuse`` have shape (n,).
    """

    closed: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    cap: NDArray[np.int64]
    no_grade: NDArray[np.bool_]
    hold: NDArray[np.bool_]
    refuse: NDArray[np.bool_]
    findings: tuple[Finding, ...]


def close_gates(
    criteria: CriteriaSet, names: Mapping[str, Operand], measurements: Measurements
) -> ClosedGates:
    """Evaluate every gate for every result."""
    import numpy as np

    n = len(measurements)
    closed = np.zeros((n, len(criteria.gates)), dtype=bool)
    unknown = np.zeros_like(closed)
    cap = np.zeros(n, dtype=np.int64)
    no_grade, hold, refuse = (np.zeros(n, dtype=bool) for _ in range(3))
    findings: list[Finding] = []
    for g, gate in enumerate(criteria.gates):
        truth = evaluate(gate.condition, names)
        closed[:, g], unknown[:, g] = truth.holds, truth.unknown
        if gate.cap is not None:
            place = criteria.grade_position[gate.cap]
            cap = np.where(truth.holds, np.maximum(cap, place), cap)
        no_grade |= truth.holds & gate.no_grade
        hold |= truth.holds & (gate.funding == "hold")
        refuse |= truth.holds & (gate.funding == "refuse")
        if truth.unknown.any():
            findings.extend(_not_judged(gate, truth.unknown, criteria, names, measurements))
    return ClosedGates(closed, unknown, cap, no_grade, hold & ~refuse, refuse, tuple(findings))


def _not_judged(
    gate: Gate,
    unknown: NDArray[np.bool_],
    criteria: CriteriaSet,
    names: Mapping[str, Operand],
    measurements: Measurements,
) -> Iterator[Finding]:
    """Yield, by cell or once for an absent column, why a gate could not be judged."""
    import numpy as np

    titles = {q.id: q.title for q in criteria.quantities}
    involved = dict.fromkeys(leaf.name for leaf in comparisons(gate.condition))
    absent: dict[tuple[str, str | None], tuple[int, int, list[str]]] = {}
    for i in np.flatnonzero(unknown).tolist():
        empty = [name for name in involved if name in titles and _is_empty(names[name], i)]
        columns = [name for name in empty if measurements.place(i, name).column is not None]
        if columns:
            values = {"gate": gate.title, "names": _listed(columns, titles)}
            place = measurements.place(i, columns[0])
            yield Finding(kinds.GATE_NOT_JUDGED, place, values, measurements.ids[i])
        elif empty:
            place = measurements.place(i, None)
            first, count, missing = absent.get((place.file, place.sheet), (i, 0, empty))
            absent[place.file, place.sheet] = (first, count + 1, missing)
    for first, count, missing in absent.values():
        told: dict[str, Any] = {"gate": gate.title, "names": _listed(missing, titles)}
        place = measurements.place(first, None)
        sheet = type(place)(place.file, place.sheet)
        yield Finding(kinds.GATE_NOT_JUDGED_TABLE, sheet, {**told, "count": count})


def _is_empty(operand: Operand, i: int) -> bool:
    value = operand.values[i]
    return not bool(operand.not_applicable[i]) and (value == "" or value != value)


def _listed(names: list[str], titles: Mapping[str, Text]) -> Text:
    return Text("、".join(titles[n].zh for n in names), ", ".join(titles[n].en for n in names))
