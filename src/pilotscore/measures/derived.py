"""From sheets of rights to the values of indicators: what is derived goes before what is stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.criteria.condition import Condition, comparisons
from pilotscore.criteria.deriving import DERIVATIONS, RIGHTS_FACTS
from pilotscore.criteria.model import bounds
from pilotscore.findings import Finding, Place
from pilotscore.language import LISTED, Words, join, number, same
from pilotscore.measures import kinds
from pilotscore.measures.evidence import raised
from pilotscore.measures.measurements import DerivedColumn, Measurements, Origin
from pilotscore.measures.rights_state import RightsFigure, RightsState
from pilotscore.records import dataclass
from pilotscore.workbook import FactColumn, State

_MOST_NAMED = 5


def with_rights(
    stated: Measurements, criteria: CriteriaSet, state: RightsState | None
) -> Measurements:
    """Return measurements with the values and facts that sheets of rights give.

    A value that the workbook says does not apply stays so, and so does a category that these
    sheets cannot say (a dispute). The facts are there in any case, unknown without sheets.

    Parameters
    ----------
    stated
        What is stated and measured.
    criteria
        The criteria set, which says what is derived.
    state
        What the sheets say; None where there are none.
    """
    if state is None:
        return _with_facts(stated, {})
    values, low, high = (x.copy() for x in (stated.values, stated.low, stated.high))
    states, origins = stated.states.copy(), stated.origins.copy()
    columns: dict[str, DerivedColumn] = {}
    proven = np.zeros(values.shape, dtype=bool)
    findings: list[Finding] = []
    for j, indicator in enumerate(criteria.indicators):
        if (rule := indicator.derived) is None:
            continue
        column = columns[indicator.id] = _column(stated, j, indicator, state.figures[rule.what])
        given = column.given
        for overlaid in (values, low, high):
            overlaid[given, j] = column.value[given]
        states[given, j], origins[given, j] = State.VALUE, Origin.DERIVED
        proven[:, j] = column.proven
        findings += _comparison(stated, indicator, column, state.known)
    findings += _left_out(stated, state, any(c.given.any() for c in columns.values()))
    laid_over = replace(
        stated,
        values=values,
        low=low,
        high=high,
        states=states,
        origins=origins,
        evidence=raised(stated.evidence, proven, criteria.evidence, criteria.rights.evidence),
        findings=(*stated.findings, *findings),
        defaulted=None if stated.defaulted is None else stated.defaulted & ~proven,
        derived=columns,
        rights=state,
    )
    return _with_facts(laid_over, state.facts)


def _with_facts(m: Measurements, facts: Mapping[str, np.typing.NDArray[np.str_]]) -> Measurements:
    """Return measurements with a fact for every name that conditions may use of rights."""
    n = len(m)
    blank = FactColumn(np.full(n, ""), np.full(n, State.BLANK, dtype=np.int8))
    added = dict.fromkeys(RIGHTS_FACTS, blank)
    for name, values in facts.items():
        known = np.where(values == "", np.int8(State.BLANK), np.int8(State.VALUE))
        added[name] = FactColumn(values, known)
    return replace(m, submission=replace(m.submission, facts={**m.submission.facts, **added}))


def _column(
    stated: Measurements, j: int, indicator: Indicator, figure: RightsFigure
) -> DerivedColumn:
    """Return what the sheets say of one indicator, in its unit.

    What is stated between what is shown and what may be, nothing shows to be wrong: it counts.
    """
    states = stated.states[:, j]
    said = np.where(states == State.VALUE, stated.values[:, j], np.nan)
    order = _order_of(indicator)
    claim, least, most = order.of(said), order.within(figure.least), order.within(figure.most)
    given = (states != State.NOT_APPLICABLE) & ~np.isnan(least)
    given &= np.isnan(claim) == np.isnan(said)
    given &= ~((claim > least + order.tolerance) & (claim <= most + order.tolerance))
    counts = np.where(claim > most + order.tolerance, most, least)
    proven = given & figure.proven & (counts == least)
    value, shown = order.back(np.where(given, counts, np.nan)), order.back(least)
    return DerivedColumn(figure, given, value, said, proven, shown)


@dataclass(frozen=True, slots=True)
class _Order:
    """Values of an indicator in an order, and back: numbers as such, categories as derivations go.

    ``places`` has the place in the table of each category that can be derived; ``times`` turns a
    derived number into the unit. What differs by no more than ``tolerance`` is the same, rounded.
    """

    places: Floats | None
    times: float
    bounds: tuple[float, float]
    tolerance: float

    def of(self, values: Floats) -> Floats:
        """Return stated values in the order; nan for a category that cannot be derived."""
        if self.places is None:
            return values
        grades = np.full(len(values), np.nan)
        for k, place in enumerate(self.places.tolist()):
            grades[values == place] = k
        return grades

    def within(self, values: Floats) -> Floats:
        """Return derived values in the order, numbers in the unit and its bounds."""
        return values if self.places is not None else np.clip(values * self.times, *self.bounds)

    def back(self, values: Floats) -> Floats:
        """Return values of the order as the indicator has them."""
        if self.places is None:
            return values
        known = ~np.isnan(values)
        return np.where(known, self.places[np.where(known, values, 0).astype(int)], np.nan)


_ROUNDED = {"ratio": 0.005, "percent": 0.5}  # five of eight terms may well be written as 0.63


def _order_of(indicator: Indicator) -> _Order:
    """Return the order of the values of an indicator that is derived."""
    rule, places = indicator.derived, None
    if indicator.categories and rule is not None:
        ids = [c.id for c in indicator.categories]
        names = DERIVATIONS[rule.what].categories
        places = np.array([ids.index(rule.category(name)) for name in names], dtype=float)
    times = 100.0 if indicator.type == "percent" else 1.0
    tolerance = _ROUNDED.get(indicator.type, 0.0) + 1e-9
    return _Order(places, times, bounds(indicator), tolerance)


def _points(values: Floats, indicator: Indicator) -> Floats:
    x, y = np.array(indicator.anchors, dtype=float).T
    return np.asarray(np.interp(values, x, y))


def _comparison(
    m: Measurements, indicator: Indicator, column: DerivedColumn, known: Bools
) -> Iterator[Finding]:
    """Tell where a derived value contradicts what is stated, and where what is stated counts."""
    name, has, said = indicator.id, ~np.isnan(column.stated), column.figure.said
    order, written = _order_of(indicator), _Written(indicator)
    apart = np.abs(order.of(column.stated) - order.of(column.value))
    differ = column.given & has & (apart > order.tolerance)
    better = _points(column.stated, indicator) > _points(column.value, indicator)
    stated, value, shown = (x.tolist() for x in (column.stated, column.value, column.shown))
    for i in np.flatnonzero(differ).tolist():
        kind = kinds.CLAIM_CONTRADICTED if better[i] else kinds.CLAIM_EXCEEDED
        values = {
            "title": indicator.title,
            "stated": written[stated[i]],
            "value": written[value[i]],
            "said": said(i),
        }
        yield Finding(kind, m.place(i, name), values, m.ids[i])
    unsaid = known & has & ~column.given & (column.figure.why > 0)
    for i in np.flatnonzero(unsaid).tolist():
        why = column.figure.reasons[int(column.figure.why[i])]
        values = {"title": indicator.title, "stated": written[stated[i]], "why": why}
        kind = kinds.CLAIM_COUNTS
        if shown[i] == shown[i]:
            kind = kinds.CLAIM_UNPROVEN
            values |= {"shown": written[shown[i]], "said": said(i)}
        yield Finding(kind, m.place(i, name), values, m.ids[i])


class _Written(dict[float, Words]):
    """Values of an indicator as they are written: the title of a category, or the number."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__()
        self.categories = indicator.categories

    def __missing__(self, value: float) -> Words:
        categories = self.categories
        said = categories[int(value)].title if categories else same(number(value))
        self[value] = said
        return said


def _left_out(m: Measurements, state: RightsState, derives: bool) -> Iterator[Finding]:
    """Tell once which results have no row in any sheet of rights, where others have."""
    missing = np.flatnonzero(~state.known).tolist() if derives else []
    if missing:
        names = [same(m.ids[i]) for i in missing[:_MOST_NAMED]]
        shown = join([*names, *([same("…")] if len(missing) > _MOST_NAMED else [])], LISTED)
        place = m.place(missing[0], None)
        values = {"count": len(missing), "names": shown}
        yield Finding(kinds.NO_ROW_OF_RIGHTS, Place(place.file, place.sheet), values)


def of_sheets(m: Measurements, criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what a check tells of sheets of rights: what is wrong in them, and what they lack.

    Gates that go by them are not judged where they say nothing, which nobody needs to hear with a
    ranking.
    """
    if m.rights is not None:
        yield from m.rights.findings()
    gates = [g.title for g in criteria.gates if _unsaid(g.condition, m)]
    if gates and len(m):
        values = {"gates": join(gates, LISTED)}
        yield Finding(kinds.NO_SHEETS_OF_RIGHTS, Place(m.place(0, None).file), values)


def _unsaid(condition: Condition, m: Measurements) -> bool:
    """Say whether a condition asks of rights what is known of no result."""
    facts = {leaf.name for leaf in comparisons(condition)} & RIGHTS_FACTS.keys()
    return any(not (m.facts[name].states == State.VALUE).any() for name in facts)
