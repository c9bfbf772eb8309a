"""The values of two rounds mixed: some results and cells as one has them, the rest as the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.findings import Finding
from pilotscore.measures import Measurements
from pilotscore.records import dataclass
from pilotscore.workbook import FactColumn, Submission
from pilotscore.workbook.results.given import NOTHING_GIVEN

# A cell of a result: its id, and the indicator or fact.
ResultCell = tuple[str, str]
_ARRAYS = ("values", "low", "high", "states", "origins", "evidence", "defaulted")


@dataclass(frozen=True, slots=True)
class Difference:
    """What two rounds do not share: results in one alone, and cells of those in both."""

    left: tuple[str, ...]
    came: tuple[str, ...]
    cells: tuple[ResultCell, ...]


def differing(
    a: Measurements, b: Measurements, indicators: Sequence[str], facts: Sequence[str]
) -> Difference | None:
    """Return where two rounds differ, read by one criteria set; None where an id is there twice."""
    first, second = ({name: i for i, name in enumerate(m.ids)} for m in (a, b))
    if len(first) < len(a.ids) or len(second) < len(b.ids):
        return None
    both = [name for name in a.ids if name in second]
    i, j = (np.array([at[name] for name in both], dtype=np.int64) for at in (first, second))
    other = np.zeros((len(both), len(indicators)), dtype=bool)
    for array in _ARRAYS:
        was, now = _array(a, array)[i], _array(b, array)[j]
        other |= (was != now) & ~((was != was) & (now != now))  # nan is nan
    cells = {(both[r], indicators[c]) for r, c in np.argwhere(other).tolist()}
    mine, yours = _texts(a), _texts(b)
    order = {name: n for n, name in enumerate((*indicators, *facts))}
    said = {cell for cell in (*mine, *yours) if mine.get(cell) != yours.get(cell)}
    cells |= {c for c in said if c[0] in first and c[0] in second and c[1] in order}
    for fact in facts:
        was, now = a.facts[fact], b.facts[fact]
        same = was.states[i] == now.states[j]
        values = was.values[i], now.values[j]
        same &= (values[0] == values[1]) | ((values[0] != values[0]) & (values[1] != values[1]))
        cells |= {(both[r], fact) for r in np.flatnonzero(~same).tolist()}
    listed = sorted(cells, key=lambda cell: (first[cell[0]], order[cell[1]]))
    left = tuple(name for name in a.ids if name not in second)
    return Difference(left, tuple(name for name in b.ids if name not in first), tuple(listed))


def _array(m: Measurements, name: str) -> Any:
    """Return an array of (results, indicators); nothing is defaulted where no rule says so."""
    array = getattr(m, name)
    return np.zeros(m.states.shape, dtype=bool) if array is None else array


def _texts(m: Measurements) -> dict[ResultCell, tuple[str | None, str | None]]:
    """Return what is said of cells without a value: why it does not apply, what stands there."""
    keys = dict.fromkeys((*m.reasons, *m.written))
    return {(m.ids[k[0]], k[1]): (m.reasons.get(k), m.written.get(k)) for k in keys}


def mixed(
    a: Measurements, b: Measurements, taken: Difference, indicators: Sequence[str]
) -> Measurements:
    """Return the first round with what is taken of the second: cells, who came, who left."""
    first, second = ({name: i for i, name in enumerate(m.ids)} for m in (a, b))
    gone = set(taken.left)
    rows_a = [i for i, name in enumerate(a.ids) if name not in gone]
    rows_b = [second[name] for name in taken.came]
    place = {a.ids[i]: k for k, i in enumerate(rows_a)}
    arrays = {x: np.concatenate([_array(a, x)[rows_a], _array(b, x)[rows_b]]) for x in _ARRAYS}
    facts = {
        name: [
            np.concatenate([getattr(a.facts[name], x)[rows_a], getattr(b.facts[name], x)[rows_b]])
            for x in ("values", "states")
        ]
        for name in a.facts
    }
    texts_of = {name for name, columns in facts.items() if columns[0].dtype.kind == "U"}
    for name in texts_of:  # a text that is taken may be longer than those that are there
        facts[name][0] = facts[name][0].astype(object)
    column = {name: j for j, name in enumerate(indicators)}
    texts = _Texts(a, b, rows_a, rows_b)
    for name, item in taken.cells:
        if name not in place:
            continue
        k, j = place[name], second[name]
        texts.take(k, j, item)
        if item in column:
            for x in _ARRAYS:
                arrays[x][k, column[item]] = _array(b, x)[j, column[item]]
            continue
        for n, x in enumerate(("values", "states")):
            value = getattr(b.facts[item], x)[j]
            facts[item][n][k] = str(value) if item in texts_of and x == "values" else value
    for name in texts_of:
        facts[name][0] = facts[name][0].astype(str)
    submission = replace(
        _rows(a.submission, b.submission, rows_a, rows_b),
        values=arrays["values"],
        states=arrays["states"],
        evidence=arrays["evidence"],
        facts={name: FactColumn(*columns) for name, columns in facts.items()},
        reasons=texts.kept["reasons"],
        written=texts.kept["written"],
        rights=None,
        findings=_findings(a, b, taken, {n: (first[n], second[n]) for n in first if n in second}),
    )
    if a.defaulted is None and b.defaulted is None:
        del arrays["defaulted"]
    # What was derived of rights lies in the values and facts already.
    changed: dict[str, Any] = {**arrays, "bases": texts.kept["bases"], "findings": ()}
    changed |= {"derived": {}, "rights": None}
    return replace(a, submission=submission, **changed)


class _Texts:
    """What is kept by result and indicator, of the rows that are taken."""

    def __init__(
        self, a: Measurements, b: Measurements, rows_a: Sequence[int], rows_b: Sequence[int]
    ) -> None:
        self.b = b
        self.kept: dict[str, dict[tuple[int, str], Any]] = {}
        for kind in ("reasons", "written", "bases"):
            places = [
                (a, {i: k for k, i in enumerate(rows_a)}),
                (b, {j: k for k, j in enumerate(rows_b, len(rows_a))}),
            ]
            self.kept[kind] = {
                (at[i], name): text
                for m, at in places
                for (i, name), text in getattr(m, kind).items()
                if i in at
            }

    def take(self, k: int, j: int, item: str) -> None:
        """Take what the second round has of a cell."""
        for kind, kept in self.kept.items():
            kept.pop((k, item), None)
            of = getattr(self.b, kind)
            if (j, item) in of:
                kept[k, item] = of[j, item]


def _rows(a: Submission, b: Submission, rows_a: Sequence[int], rows_b: Sequence[int]) -> Submission:
    """Return the frame of a submission: ids, titles and where each result stands."""

    def of(x: str) -> tuple[Any, ...]:
        return (*(getattr(a, x)[i] for i in rows_a), *(getattr(b, x)[j] for j in rows_b))

    return replace(
        a,
        ids=of("ids"),
        titles=of("titles"),
        tables=(*a.tables, *b.tables),
        table_of=np.concatenate([a.table_of[rows_a], b.table_of[rows_b] + len(a.tables)]),
        row_of=np.concatenate([a.row_of[rows_a], b.row_of[rows_b]]),
        documents=(),
        batches=None,
        pages=(),
        given=NOTHING_GIVEN,
        spreads={},  # what they say is in the bounds
        judged=frozenset(),  # and where values come from in the origins
    )


def _findings(
    a: Measurements, b: Measurements, taken: Difference, places: dict[str, tuple[int, int]]
) -> tuple[Finding, ...]:
    """Return what was found of the results that are there, each cell by the round it is of."""
    gone, came = set(taken.left), set(taken.came)
    mine = {(n, a.place(places[n][0], item)) for n, item in taken.cells if n in places}
    yours = {(n, b.place(places[n][1], item)) for n, item in taken.cells if n in places}
    kept = [
        f
        for f in a.submission.findings
        if f.result is not None and f.result not in gone and (f.result, f.place) not in mine
    ]
    kept += [
        f
        for f in b.submission.findings
        if f.result is not None and (f.result in came or (f.result, f.place) in yours)
    ]
    return tuple(kept)
