"""Reads the cells that derived fields are worked out from: amounts with their units, or texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

import numpy as np

from pilotscore.arrays import Codes, Floats
from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.criteria.formula import Amounts
from pilotscore.findings import Finding
from pilotscore.language import LISTED, Text, join
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.results import office_kinds as kinds
from pilotscore.workbook.results.sources import Source
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.values.cells import State, tidy
from pilotscore.workbook.values.columns import read_column
from pilotscore.workbook.values.formatted import seen
from pilotscore.workbook.values.measures_of_units import NO_UNIT, UnitMeasure, measure_of
from pilotscore.workbook.values.text_pattern import TextPattern
from pilotscore.workbook.values.units import own_unit, yuan_of
from pilotscore.workbook.values.unread import has_unread, unread

# No bounds are known of a column that is no indicator.
_MOST = 1e15


@dataclass(frozen=True, slots=True, eq=False)
class SourceValues:
    """The numbers of a source, shape (n,), in its unit, and as amounts in base units.

    ``findings`` has what is told of each cell, with the place of its result.
    """

    source: Source
    numbers: Floats
    states: Codes
    unit: str | None
    measure: UnitMeasure
    findings: tuple[tuple[int, Finding], ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)

    @property
    def amounts(self) -> Amounts:
        """The amounts that formulas reckon with."""
        nothing = np.zeros(len(self.numbers), dtype=bool)
        return Amounts(self.numbers * self.measure.scale, self.measure.of, nothing)


def read_source(
    source: Source,
    results: Results,
    quantities: Mapping[str, Indicator | Fact],
    unit: str | None,
) -> SourceValues:
    """Read the numbers of a source.

    What is an indicator or fact itself is read already, in its own unit. Any other column is read
    by the unit that its header or the mapping file states.

    Parameters
    ----------
    source
        The cells.
    results
        What was read of the table or form.
    quantities
        The indicators and facts by id.
    unit
        The unit that the mapping file states; None for that of the header.
    """
    known = quantities.get(source.quantity or "")
    if known is not None and known.type in NUMERIC and known.id in results.quantities:
        k = results.quantities.index(known.id)
        own = own_unit(known)
        written = (
            None
            if own is None
            else next((u for u in (own.zh, own.en) if measure_of(u) is not None), own.zh)
        )
        reasons = {i: text for (i, name), text in results.reasons.items() if name == known.id}
        return SourceValues(
            source, results.values[k], results.states[k], written, _measure(written), (), reasons
        )
    return _read_cells(source, results, unit or source.unit or _unit_of_cells(source))


def _measure(unit: str | None) -> UnitMeasure:
    return (measure_of(unit) if unit else None) or NO_UNIT


_WITH_UNIT = regex(r"[+-]?[\d,]*\.?\d+\s*([^\d\s.,+\-~].{0,9})")


def _unit_of_cells(source: Source) -> str | None:
    """Return the unit that every filled cell carries, in its text or number format.

    Where some have none, what these are in is not known: then a unit in a cell is told as ever.
    """
    units = []
    for spot, cell in zip(source.spots, source.cells, strict=True):
        shown = seen(cell, source.sheet.notes.formats.at(*spot))
        if shown == "":
            continue
        match = _WITH_UNIT.fullmatch(tidy(shown)) if isinstance(shown, str) else None
        if match is None or measure_of(match.group(1)) is None:
            return None
        units.append(match.group(1))
    return units[0] if units else None


def _percent_of(source: Source) -> str | None:
    """Return % where any of the cells is written or shown with it."""
    formats = source.sheet.notes.formats
    for spot, cell in zip(source.spots, source.cells, strict=True):
        if isinstance(cell, str) and cell.rstrip().endswith(("%", "％")):
            return "%"
        form = formats.at(*spot)
        if form is not None and isinstance(cell, int | float) and form.section(cell).plain_percent:
            return "%"
    return None


def _read_cells(source: Source, results: Results, stated: str | None) -> SourceValues:
    unit = stated or _percent_of(source)
    kind = "percent" if unit in ("%", "％") else "money" if unit and yuan_of(unit) else "number"
    said = Text(unit, unit) if unit else None
    quantity = Fact(
        id="source",
        title=Text(source.header, source.header),
        type=kind,
        unit=said,
        range=(-_MOST, _MOST),
    )
    formats: dict[int, NumberFormat] = {}
    for i, spot in enumerate(source.spots):
        form = source.sheet.notes.formats.at(*spot)
        if form is not None:
            formats[i] = form
    column, remarks = read_column(
        source.cells,
        quantity,
        percent_header=stated in ("%", "％"),
        formats=formats,
        unit=unit,
    )
    ids = results.ids
    findings = [
        (i, Finding(remark[0], source.place(i), remark[1], ids[i])) for i, remark in remarks
    ]
    for i, spot in enumerate(source.spots if has_unread(source.sheet) else ()):
        if cell := unread(source.sheet, spot):
            column.states[i] = State.FAULTY
            findings.append((i, Finding(cell[1][0], source.place(i), cell[1][1], ids[i])))
    words = column.words
    reasons = {} if words is None else {i: str(word) for i, word in enumerate(words) if word}
    return SourceValues(
        source, column.values, column.states, unit, _measure(unit), tuple(findings), reasons
    )


def read_texts(
    source: Source, patterns: Sequence[TextPattern], results: Results
) -> dict[str, SourceValues]:
    """Read the numbers that a pattern names in the texts of a column."""
    n = len(source.spots)
    names = patterns[0].names
    numbers = {name: np.full(n, np.nan) for name in names}
    states = np.full(n, State.VALUE, dtype=np.int8)
    findings = []
    for i in range(n):
        text = source.text(i)
        if not text:
            states[i] = State.BLANK
            continue
        read = next((x for p in patterns if (x := p.numbers(text)) is not None), None)
        if read is None:
            states[i] = State.FAULTY
            wanted = join((p.text for p in patterns), LISTED)
            shown = {"text": text, "wanted": wanted, "header": source.header}
            misfit = Finding(kinds.PATTERN_MISFIT, source.place(i), shown, results.ids[i])
            findings.append((i, misfit))
            continue
        for name, number in read.items():
            numbers[name][i] = number
    remarks = tuple(findings)
    return {
        name: SourceValues(source, numbers[name], states, None, NO_UNIT, remarks if k == 0 else ())
        for k, name in enumerate(names)
    }
