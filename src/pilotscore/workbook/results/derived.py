"""Works out the derived fields of a mapping file: a cost ratio from two costs, a share from a text.

A value that is entered counts; only what is blank is derived. What keeps a value from being derived
is told at the cell that does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import Fact, Indicator
from pilotscore.criteria.formula import (
    Amounts,
    MixedUnitsError,
    evaluate_formula,
)
from pilotscore.findings import Finding
from pilotscore.language import LISTED, Text, Words, join, number, same
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.results import office_kinds as kinds
from pilotscore.workbook.results.given import Given
from pilotscore.workbook.results.source_values import SourceValues, read_source, read_texts
from pilotscore.workbook.results.sources import Sources
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.office_rules import DerivedField
from pilotscore.workbook.values.cells import State, check_number
from pilotscore.workbook.values.measures_of_units import NO_UNIT, UnitMeasure, measure_of
from pilotscore.workbook.values.units import factor, own_unit

# A derived number has as many digits as anyone would type: 0.1 + 0.2 is 0.3.
_DIGITS = 12
# An entered value and a derived one that are further apart than rounding explains differ.
_ALIKE = 0.01
# What decides the state of a derived value, where its sources have several: the first of these.
_WORST_FIRST = (State.FAULTY, State.BLANK, State.NOT_MEASURED, State.NOT_APPLICABLE)

_RULE = same("{name} = {formula}")
_SOURCE = same("{name} {value}{unit} ({cell})")
_NONE = Text("无单位", "no unit")


@dataclass(frozen=True, slots=True, eq=False)
class DerivedColumn:
    """One derived field of n results: values and states, what it came from, and what is told."""

    values: Floats
    states: Codes
    given: Mapping[int, Given]
    findings: tuple[Finding, ...]
    reasons: Mapping[int, str]


def derive(
    field: DerivedField, results: Results, names: HeaderNames, sources: Sources
) -> DerivedColumn | list[Finding]:
    """Work out one field for all results of a table or form; what is told where it cannot be."""
    criteria = {q.id: q for q in names.criteria.quantities}
    quantity = criteria[field.name]
    operands: dict[str, SourceValues] = {}
    absent: list[str] = []
    for name, header in field.columns.items():
        source = sources.find(header)
        if source is None:
            absent.append(header)
        else:
            operands[name] = read_source(source, results, criteria, field.units.get(name))
    if field.source:
        source = sources.find(field.source)
        if source is None:
            absent.append(field.source)
        else:
            operands |= read_texts(source, field.patterns, results)
    if absent:
        return list(_absent(field, quantity, absent, results, sources))
    return _Derivation(field, quantity, operands, results, sources).column()


def _absent(
    field: DerivedField,
    quantity: Indicator | Fact,
    absent: Sequence[str],
    results: Results,
    sources: Sources,
) -> Iterator[Finding]:
    """Tell that columns are not there; a table that has the value itself needs none."""
    if field.name not in results.quantities:
        values = {"name": quantity.title, "headers": join(absent, LISTED), "formula": field.text}
        yield Finding(kinds.NO_SOURCE, sources.place, values)


@dataclass(frozen=True, slots=True, eq=False)
class _Derivation:
    field: DerivedField
    quantity: Indicator | Fact
    operands: Mapping[str, SourceValues]
    results: Results
    sources: Sources

    def column(self) -> DerivedColumn:
        """Return the field of all results."""
        blank = self._blank()
        # What is wrong with a source matters only where nothing is entered.
        of_operands = [f for o in self.operands.values() for i, f in o.findings if blank[i]]
        states = self._states()
        amounts = self._amounts()
        if isinstance(amounts, Finding):
            states = np.where(blank, State.FAULTY, State.BLANK).astype(np.int8)
            nothing = np.full(len(states), np.nan)
            return DerivedColumn(nothing, states, {}, (*of_operands, amounts), {})
        values = amounts.values / self._own().scale
        findings, given = list(of_operands), {}
        for i in range(len(self.results)):
            if states[i] != State.VALUE:
                findings += self._why_not(i, State(int(states[i]))) if blank[i] else ()
                values[i] = math.nan
                continue
            value, fault = self._checked(i, float(values[i]), bool(amounts.by_zero[i]))
            if not blank[i]:
                findings += self._differs(i, value)
                states[i] = State.BLANK
                continue
            values[i] = value
            if fault is not None:
                states[i] = State.FAULTY
                findings.append(fault)
                continue
            given[i] = self._given(i)
            findings.append(self._finding(i, value))
        states[~blank] = State.BLANK
        return DerivedColumn(values, states, given, tuple(findings), self._reasons(states))

    def _blank(self) -> Bools:
        """Say of which results nothing is entered for the field itself."""
        if self.field.name not in self.results.quantities:
            return np.ones(len(self.results), dtype=bool)
        k = self.results.quantities.index(self.field.name)
        return np.asarray(self.results.states[k] == State.BLANK)

    def _states(self) -> Codes:
        states = np.full(len(self.results), State.VALUE, dtype=np.int8)
        for state in reversed(_WORST_FIRST):
            for operand in self.operands.values():
                states[operand.states == state] = state
        return states

    def _own(self) -> UnitMeasure:
        """Return the unit of the result; numbers without any unit are bare, as if entered."""
        unit = own_unit(self.quantity)
        if self._is_bare():
            return UnitMeasure(1.0 / next(iter(self._around().values()), 1.0), ())
        measures = (measure_of(u) for u in ((unit.zh, unit.en) if unit else ()))
        return next((m for m in measures if m is not None), NO_UNIT)

    def _is_bare(self) -> bool:
        """Whether no unit is stated of what the result is worked out from."""
        without = all(o.unit is None for o in self.operands.values())
        return without and not _is_percent(own_unit(self.quantity))

    def _around(self) -> dict[str, float]:
        """Return the units around the table that fit, and what bare numbers are multiplied by."""
        if self.quantity.type in ("level", "count") or self.quantity.unit is None:
            return {}
        times = {unit: factor(unit, self.quantity) for unit in self.sources.around}
        return {unit: x for unit, x in times.items() if x is not None}

    def _amounts(self) -> Amounts | Finding:
        """Return the amounts of all results, or what is wrong with their units."""
        n = len(self.results)
        operands = {name: o.amounts for name, o in self.operands.items()}
        try:
            amounts = evaluate_formula(self.field.formula, operands, n)
        except MixedUnitsError:
            return self._misfit()
        if self._is_bare() and len(set(self._around().values())) > 1:
            return self._misfit()
        return amounts if amounts.of == self._own().of else self._misfit()

    def _misfit(self) -> Finding:
        units = join(
            (
                same("{name} ({unit})").of(name=name, unit=o.unit or _NONE)
                for name, o in self.operands.items()
            ),
            LISTED,
        )
        values = {"name": self.quantity.title, "formula": self.field.text, "units": units}
        values |= {"own": own_unit(self.quantity) or _NONE}
        first = next(iter(self.operands.values()))
        place = replace(self.sources.place, column=first.source.spots[0][1])
        return Finding(kinds.UNITS_MISFIT, place, values)

    def _first(self, i: int, state: State | None = None) -> SourceValues:
        fitting = (o for o in self.operands.values() if state is None or o.states[i] == int(state))
        return next(fitting)

    def _why_not(self, i: int, state: State) -> Iterator[Finding]:
        """Tell a blank source at its cell; a faulty one is told already."""
        if state is State.BLANK:
            operand = self._first(i, state)
            values = {"name": self.quantity.title, "header": operand.source.header}
            place = operand.source.place(i)
            yield Finding(kinds.SOURCE_BLANK, place, values, self.results.ids[i])

    def _checked(self, i: int, value: float, by_zero: bool) -> tuple[float, Finding | None]:
        """Return a value with the digits that anyone would type, or what is wrong with it."""
        values = {"name": self.quantity.title, "formula": self.field.text}
        if by_zero:
            zero = (o for o in self.operands.values() if o.amounts.values[i] == 0)
            operand = next(zero, self._first(i))
            place = operand.source.place(i)
            return math.nan, Finding(kinds.BY_ZERO, place, values, self.results.ids[i])
        value = float(f"{value:.{_DIGITS}g}")
        checked = check_number(value, self.quantity)
        if checked.state is State.VALUE:
            return value, None
        wanted = checked.remarks[0][1]["wanted"]
        values |= {"value": f"{value:.10g}", "wanted": wanted, "sources": self._shown(i)}
        place = self._first(i).source.place(i)
        return math.nan, Finding(kinds.DERIVED_OUTSIDE, place, values, self.results.ids[i])

    def _differs(self, i: int, derived: float) -> Iterator[Finding]:
        """Tell that an entered value is not what would be derived; the entered one counts."""
        k = self.results.quantities.index(self.field.name)
        entered = float(self.results.values[k][i])
        if self.results.states[k][i] != State.VALUE or derived != derived:
            return
        if abs(entered - derived) > _ALIKE * max(abs(entered), abs(derived)):
            values = {"name": self.quantity.title, "entered": number(entered)}
            values |= {"derived": f"{derived:.6g}", "sources": self._shown(i)}
            place = self._first(i).source.place(i)
            yield Finding(kinds.DERIVED_DIFFERS, place, values, self.results.ids[i])

    def _finding(self, i: int, value: float) -> Finding:
        values = {"name": self.quantity.title, "value": f"{value:.10g}"}
        values |= {"formula": self.field.text, "sources": self._shown(i)}
        place = self._first(i).source.place(i)
        return Finding(kinds.DERIVED, place, values, self.results.ids[i])

    def _given(self, i: int) -> Given:
        rule = _RULE.of(name=self.quantity.title, formula=self.field.text)
        cells = dict.fromkeys(o.source.place(i) for o in self.operands.values())
        return Given("derived", rule, self._shown(i), tuple(cells))

    def _shown(self, i: int) -> Words:
        """Say what each name stands for here, and where it is from."""
        around = next(iter(self._around()), None) if self._is_bare() else None
        return join(
            (
                _SOURCE.of(
                    name=name,
                    value=number(float(f"{o.numbers[i]:.10g}")),
                    unit=f" {unit}" if (unit := o.unit or around) else "",
                    cell=o.source.place(i).cell,
                )
                for name, o in self.operands.items()
            ),
            LISTED,
        )

    def _reasons(self, states: Codes) -> dict[int, str]:
        """Return why a value does not apply, where a source does not."""
        reasons = {}
        for i in np.flatnonzero(states == State.NOT_APPLICABLE).tolist():
            reasons[i] = self._first(i, State.NOT_APPLICABLE).reasons.get(i, "")
        return reasons


def derived_alone(
    results: Results, names: HeaderNames, sources: Sources
) -> dict[str, tuple[str, Spot]]:
    """Return the formula of each field that has no column of its own, and a cell it is from."""
    table = results.table
    alone: dict[str, tuple[str, Spot]] = {}
    for field in names.rules.derived:
        stands = field.name in table.columns or field.name in table.cells
        if field.name in results.quantities and not stands:
            source = sources.find(field.headers[0])
            if source is not None:
                alone[field.name] = field.text, source.spots[0]
    return alone


def _is_percent(unit: Text | None) -> bool:
    return unit is not None and unit.zh in ("%", "％")


def with_derived(
    results: Results, names: HeaderNames, sources: Sources
) -> tuple[Results, list[Finding]]:
    """Return results with the derived fields of a mapping file, and what is told of them."""
    findings: list[Finding] = []
    order = list(names.quantities)
    for field in names.rules.derived:
        column = derive(field, results, names, sources)
        if isinstance(column, list):
            findings += column
            continue
        findings += column.findings
        results = _with_column(results, field.name, column, order, names)
    return results, findings


def _with_column(
    results: Results, name: str, column: DerivedColumn, order: Sequence[str], names: HeaderNames
) -> Results:
    """Return results with a derived column laid under what is entered."""
    quantities = tuple(n for n in order if n in results.quantities or n == name)
    k = quantities.index(name)
    values, states = results.values, results.states
    if name not in results.quantities:
        values = np.insert(values, k, np.nan, axis=0)
        states = np.insert(states, k, State.BLANK, axis=0)
    else:
        values, states = values.copy(), states.copy()
    blank = states[k] == State.BLANK
    values[k][blank], states[k][blank] = column.values[blank], column.states[blank]
    reasons, written = dict(results.reasons), dict(results.written)
    text = next(d.text for d in names.rules.derived if d.name == name)
    faulty = np.flatnonzero(blank & (column.states == State.FAULTY)).tolist()
    written |= {(i, name): text for i in faulty}
    if name in names.criteria.indicator_position:
        reasons |= {(i, name): text for i, text in column.reasons.items()}
    given = {**results.given.values, **{(i, name): g for i, g in column.given.items()}}
    return replace(
        results,
        quantities=quantities,
        values=values,
        states=states,
        reasons=reasons,
        written=written,
        given=replace(results.given, values=given),
    )
