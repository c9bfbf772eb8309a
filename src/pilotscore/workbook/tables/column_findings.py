"""Says what a person should know about the columns of a table, or the items of a form."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from pilotscore.criteria import CriteriaSet, Fact, Indicator
from pilotscore.findings import Finding, Place, column_letters
from pilotscore.language import LISTED, Text, join
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.cells import Remark

_SPECIAL = {
    "<id>": Text("编号", "id"),
    "<serial>": Text("编号", "id"),
    "<title>": Text("名称", "title"),
}
_RATIO = Text("比值", "a ratio")


def column_findings(columns: Columns, names: HeaderNames, header: Place) -> Iterator[Finding]:
    """Yield what a person should know about the columns below a header."""
    titles = {n: q.title for n, q in names.quantities.items()} | _SPECIAL
    for column, text in columns.unknown.items():
        here = replace(header, column=column)
        if suggestion := columns.suggestions.get(column):
            likeness = f"{suggestion.likeness:.0f}"
            values = {"header": text, "near": titles[suggestion.name], "likeness": likeness}
            yield Finding(kinds.LIKELY_COLUMN, here, values)
        else:
            yield Finding(kinds.UNKNOWN_COLUMN, here, {"header": text})
    for column, suggestion in columns.accepted.items():
        likeness = f"{suggestion.likeness:.0f}"
        text, near = columns.texts[column], titles[suggestion.name]
        values = {"header": text, "near": near, "likeness": likeness}
        yield Finding(kinds.ACCEPTED_COLUMN, replace(header, column=column), values)
    for column, name, first in columns.repeated:
        text = columns.texts[column]
        values = {"header": text, "first": column_letters(first), "name": titles[name]}
        yield Finding(kinds.REPEATED_COLUMN, replace(header, column=column), values)
    for name, factor in columns.factors.items():
        if remark := unit_remark(names.quantities[name], columns.units[name], factor):
            yield Finding(remark[0], replace(header, column=columns.quantities[name]), remark[1])
    yield from absent(names.criteria, columns.quantities, header, evidence=bool(columns.evidence))


def unit_remark(quantity: Indicator | Fact, unit: str, factor: float | None) -> Remark | None:
    """Return what is to be said of a unit that is not the quantity's own; None where it is."""
    values = {"unit": unit, "own": quantity.unit or _RATIO, "name": quantity.title}
    if factor is None:
        return kinds.UNIT_MISFIT, values
    return None if factor == 1 else (kinds.UNIT_CONVERTED, {**values, "factor": f"{factor:.10g}"})


def absent(
    criteria: CriteriaSet,
    present: Container[str],
    place: Place,
    *,
    evidence: bool,
    result: str | None = None,
) -> Iterator[Finding]:
    """Yield a finding for what is not asked for at all: indicators, or every grade of evidence."""
    missing = [i for i in criteria.indicators if i.id not in present]
    for indicator in missing:
        if indicator.required:
            yield Finding(kinds.NO_COLUMN, place, {"name": indicator.title}, result)
    optional = [i.title for i in missing if not i.required and i.weight > 0]
    if optional:
        values = {"count": len(optional), "names": join(optional, LISTED)}
        yield Finding(kinds.NO_OPTIONAL_COLUMN, place, values, result)
    if criteria.evidence and not evidence:
        grades = criteria.evidence.grades
        default = next(g for g in grades if g.id == criteria.evidence.default)
        ids = f"{grades[0].id}-{grades[-1].id}"
        values = {"grade": default.title, "cap": f"{default.cap:g}", "grades": ids}
        yield Finding(kinds.NO_EVIDENCE_COLUMNS, place, values, result)
