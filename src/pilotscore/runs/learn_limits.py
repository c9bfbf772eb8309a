"""Conditions of grades and gates over the results of rounds: which decide, and which never do."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Literal

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria import CriteriaSet, Gate, Grade, Indicator
from pilotscore.criteria.condition import Operand, comparisons, evaluate
from pilotscore.index.grades import TOLERANCE, dimension_floors, level_floors
from pilotscore.language import Text, Words, number
from pilotscore.outcomes.limits_that_decide import Use, deciding
from pilotscore.records import dataclass
from pilotscore.store import RoundColumns

_INDEX = Text("指数 ≥ {least}", "index ≥ {least}")
_FLOOR = Text("{title} ≥ {least}", "{title} ≥ {least}")
_CEILING = Text("{title} ≤ {least}", "{title} ≤ {least}")


@dataclass(frozen=True, slots=True)
class LimitUse:
    """A condition of a grade, or a gate, and how often it decided.

    Attributes
    ----------
    kind
        ``grade`` or ``gate``.
    of
        The grade's id, or the gate's.
    title
        What it asks.
    results
        How many results it was asked of.
    failed, alone
        How many failed it, and failed nothing else.
    use
        What that makes of it.
    """

    kind: Literal["grade", "gate"]
    of: str
    title: Words
    results: int
    failed: int
    alone: int
    use: Use


def limit_uses(criteria: CriteriaSet, rounds: Sequence[RoundColumns]) -> Iterator[LimitUse]:
    """Yield each condition of each grade, then each gate, over all results of some rounds.

    Gates that go by what rounds do not keep are passed over.
    """
    parts = [RoundLimits(criteria, columns) for columns in rounds]
    for grade in criteria.grades:
        yield from _of_grade(criteria, grade, parts)
    yield from _of_gates(criteria, parts)


class RoundLimits:
    """The columns of a round as the conditions of grades and gates take them."""

    def __init__(self, criteria: CriteriaSet, columns: RoundColumns) -> None:
        self.criteria, self.columns = criteria, columns
        self.graded = np.isfinite(columns.index)

    def operand(self, name: str) -> Operand | None:
        """Return the values of a name of a condition; None where the round has it not."""
        columns, n = self.columns, len(self.columns)
        never = np.zeros(n, dtype=bool)
        position = self.criteria.indicator_position.get(name)
        if position is not None and name in columns.indicators:
            values = columns.indicators[name].values
            return Operand(_as_words(self.criteria.indicators[position], values), never)
        if name in columns.facts:
            fact = columns.facts[name]
            return Operand(fact if isinstance(fact, np.ndarray) else np.array(fact), never)
        return None

    def met(self, grade: Grade, known: Container[str]) -> tuple[list[Words], Bools]:
        """Return what a grade asks, and which of the graded results meet it.

        Levels of indicators that are not ``known`` are passed over: a newer set may have them.
        """
        criteria, columns, mine = self.criteria, self.columns, self.graded
        titles: list[Words] = [_INDEX.of(least=number(grade.index))]
        met = [columns.index[mine] >= grade.index - TOLERANCE]
        for k, floor in dimension_floors(criteria, grade):
            dimension = criteria.dimensions[k]
            titles.append(_FLOOR.of(title=dimension.title, least=number(floor)))
            scores = np.nan_to_num(columns.dimensions[dimension.id][mine])
            met.append(scores >= floor - TOLERANCE)
        for j, level in level_floors(criteria, grade):
            indicator = criteria.indicators[j]
            if indicator.id not in known:
                continue
            down = indicator.direction == "min"
            words = _CEILING if down else _FLOOR
            titles.append(words.of(title=indicator.title, least=number(level)))
            values = columns.indicators[indicator.id].values[mine]
            with np.errstate(invalid="ignore"):
                met.append(values <= level if down else values >= level)
        return titles, np.stack(met, axis=1)

    def floors(self) -> Bools:
        """Return which graded results meet all that each grade asks but the index, shape (n, g)."""
        grades, known = self.criteria.grades, self.columns.indicators
        return np.stack([self.met(g, known)[1][:, 1:].all(axis=1) for g in grades], axis=1)

    def caps(self) -> Ints:
        """Return the best grade that the gates leave to each graded result, as far as is known."""
        cap = np.zeros(int(self.graded.sum()), dtype=np.int64)
        for gate in self.criteria.gates:
            if gate.cap is not None and self.knows(gate):
                place = self.criteria.grade_position[gate.cap]
                cap = np.maximum(cap, np.where(self._closed(gate)[self.graded], place, 0))
        return cap

    def opened(self, gates: Sequence[Gate]) -> Bools:
        """Return which gates are open for each result, shape (n, g)."""
        return np.stack([~self._closed(gate) for gate in gates], axis=1)

    def knows(self, gate: Gate) -> bool:
        """Whether the round has all that a gate goes by."""
        kept = {*self.columns.indicators, *self.columns.facts}
        return all(leaf.name in kept for leaf in comparisons(gate.condition))

    def _closed(self, gate: Gate) -> Bools:
        names = {leaf.name for leaf in comparisons(gate.condition)}
        operands = {name: o for name in names if (o := self.operand(name)) is not None}
        closed: Bools = evaluate(gate.condition, operands).holds
        return closed


def _as_words(indicator: Indicator, values: np.ndarray) -> np.ndarray:
    """Return a category as its word, as conditions name it, and any number as it is."""
    if indicator.type not in ("category", "yes_no"):
        return values
    words = ("no", "yes") if indicator.type == "yes_no" else [c.id for c in indicator.categories]
    codes = np.where(np.isfinite(values), values, len(words)).astype(int)
    named: np.ndarray = np.array([*words, ""])[codes]
    return named


def _of_grade(
    criteria: CriteriaSet, grade: Grade, parts: Sequence[RoundLimits]
) -> Iterator[LimitUse]:
    if grade is criteria.grades[-1]:
        return  # the last one asks nothing
    titles: list[Words] = []
    rows = []
    known = set.intersection(*(set(part.columns.indicators) for part in parts))
    for part in parts:
        titles, met = part.met(grade, known)
        rows.append(met)
    yield from _uses("grade", [grade.id] * len(titles), titles, np.concatenate(rows))


def _of_gates(criteria: CriteriaSet, parts: Sequence[RoundLimits]) -> Iterator[LimitUse]:
    gates = [g for g in criteria.gates if all(part.knows(g) for part in parts)]
    if gates:
        opened = np.concatenate([part.opened(gates) for part in parts])
        yield from _uses("gate", [g.id for g in gates], [g.title for g in gates], opened)


def _uses(
    kind: Literal["grade", "gate"], of: Sequence[str], titles: Sequence[Words], met: Bools
) -> Iterator[LimitUse]:
    decisive = deciding(met)
    counts = zip(decisive.failed.tolist(), decisive.alone.tolist(), decisive.uses, strict=True)
    for name, title, (failed, alone, use) in zip(of, titles, counts, strict=True):
        yield LimitUse(kind, name, title, len(met), failed, alone, use)
