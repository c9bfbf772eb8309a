"""Says what a person should know about the columns of a table, or the items of a form."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from pilotscore.criteria import CriteriaSet, Fact, Indicator
from pilotscore.findings import Finding, Place, column_letters
from pilotscore.language import LISTED, Text, join
from pilotscore.patterns import regex
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import HeaderNames, aside_in, odd_unit, spellings
from pilotscore.workbook.tables.stated_scales import scale_remark
from pilotscore.workbook.tables.suggestions import Suggestion
from pilotscore.workbook.values.cells import Remark
from pilotscore.workbook.values.units import own_unit

_SPECIAL = {
    "<id>": Text("编号", "id"),
    "<serial>": Text("编号", "id"),
    "<title>": Text("名称", "title"),
}
_PARTS = {
    "standard": Text("标准不确定度", "the standard uncertainty"),
    "expanded": Text("扩展不确定度", "the expanded uncertainty"),
    "low": Text("区间下端", "the lower end"),
    "high": Text("区间上端", "the upper end"),
}
_SUFFIX = regex(r"(?P<stem>.*?\D)[\s._\-－—#]*[(（]?\s*\d{1,2}\s*[)）]?")
COLUMN, ITEM = Text("列", "column"), Text("项", "item")
_RATIO = Text("比值", "a ratio")


def column_findings(
    columns: Columns, names: HeaderNames, header: Place, around: Container[str] = ()
) -> Iterator[Finding]:
    """Yield what a person should know about the columns below a header.

    ``around`` are the quantities whose unit is not stated in the header but around the table.
    """
    titles = {n: q.title for n, q in names.quantities.items()} | _SPECIAL
    yield from _unknown(columns, names, header, titles)
    for column, suggestion in columns.accepted.items():
        values = likely_values(columns.texts[column], suggestion, names)
        yield Finding(kinds.ACCEPTED_COLUMN, replace(header, column=column), values)
    yield from _again(columns, header, titles)
    yield from _of_spreads(columns, header, titles)
    if columns.beside is not None:
        left = {"column": column_letters(columns.beside), "count": columns.left_beside}
        yield Finding(kinds.BESIDE_TABLE, replace(header, column=columns.beside), left)
    yield from _of_units(columns, names, header, around)
    yield from _of_odd_units(columns, names, header, around)
    yield from _of_headers(columns, names, header)
    present = {*columns.quantities, *names.rules.derives}
    evidence = bool(columns.evidence) or names.rules.evidence is not None
    yield from absent(names.criteria, present, header, evidence=evidence)


def _again(columns: Columns, header: Place, titles: Mapping[str, Text]) -> Iterator[Finding]:
    """Yield the columns whose quantity another one holds already."""
    for kind, again in (
        (kinds.REPEATED_COLUMN, columns.repeated),
        (kinds.NEAR_COLUMN, columns.near),
    ):
        for column, name, first in again:
            text = columns.texts[column]
            said = {"header": text, "first": column_letters(first), "name": titles[name]}
            yield Finding(kind, replace(header, column=column), said)


def _of_units(
    columns: Columns, names: HeaderNames, header: Place, around: Container[str]
) -> Iterator[Finding]:
    """Yield what numbers are multiplied by: as a person says, or by the unit of their header."""
    for name, factor in columns.factors.items():
        place = replace(header, column=columns.quantities[name])
        if name in names.fixed:
            yield Finding(kinds.FIXED_PERCENT, place, fixed_values(names, name))
        elif name not in around and (
            remark := unit_remark(names.quantities[name], columns.units[name], factor)
        ):
            yield Finding(remark[0], place, remark[1])


def _of_headers(columns: Columns, names: HeaderNames, header: Place) -> Iterator[Finding]:
    """Yield the headers that speak of a target, then those of another scale."""
    for remark_of in (not_reached, scale_remark):
        for name, column in columns.quantities.items():
            if remark := remark_of(columns.texts[column], names.quantities[name]):
                yield Finding(remark[0], replace(header, column=column), remark[1])


def _of_odd_units(
    columns: Columns, names: HeaderNames, header: Place, around: Container[str]
) -> Iterator[Finding]:
    """Yield what stands in a header like a unit, and is none that is known."""
    for name, column in columns.quantities.items():
        if name in columns.units or name in around or name in names.fixed:
            continue
        quantity = names.quantities[name]
        if (unit := odd_unit(columns.texts[column], quantity)) is not None:
            values = odd_values(unit, quantity)
            yield Finding(kinds.ODD_UNIT, replace(header, column=column), values)


def not_reached(header: str, quantity: Indicator | Fact) -> Remark | None:
    """Return what is to be said of a header that says target; None where it says no such thing."""
    what = aside_in(header)
    if what is None or header in spellings(quantity):
        return None
    return kinds.NOT_REACHED, {"header": header, "what": what, "name": quantity.title}


def odd_values(unit: str, quantity: Indicator | Fact) -> dict[str, object]:
    """Return what is told of a unit that is not known."""
    return {"unit": unit, "name": quantity.title, "own": own_unit(quantity) or _RATIO}


def _of_spreads(columns: Columns, header: Place, titles: Mapping[str, Text]) -> Iterator[Finding]:
    """Yield which columns were taken for the uncertainty of the values of others."""
    for (name, part), column in columns.spreads.items():
        said = {"header": columns.texts[column], "name": titles[name], "what": _PARTS[part]}
        yield Finding(kinds.SPREAD_COLUMN, replace(header, column=column), said)


def _unknown(
    columns: Columns, names: HeaderNames, header: Place, titles: Mapping[str, Text]
) -> Iterator[Finding]:
    """Yield what is to be said of the columns that are not known."""
    for column, text in columns.unknown.items():
        here = replace(header, column=column)
        if stem := _without_suffix(text, columns, names):
            first = column_letters(columns.quantities[stem])
            again = {"header": text, "name": titles[stem], "first": first}
            yield Finding(kinds.SUFFIX_COLUMN, here, again)
        elif suggestion := columns.suggestions.get(column):
            values = likely_values(text, suggestion, names)
            yield Finding(kinds.LIKELY_COLUMN, here, values)
        else:
            yield Finding(kinds.UNKNOWN_COLUMN, here, {"header": text})


def _without_suffix(text: str, columns: Columns, names: HeaderNames) -> str | None:
    """Return the quantity whose header, with a number behind it, a text is: Impact.1."""
    match = _SUFFIX.fullmatch(text.strip())
    named = names.resolve(match.group("stem")) if match else None
    return named.name if named is not None and named.name in columns.quantities else None


def likely_values(
    text: str, suggestion: Suggestion, names: HeaderNames, part: Text = COLUMN
) -> dict[str, object]:
    """Return what is told of a header, or name of an item, that is like a name."""
    near, likeness = names.quantities[suggestion.name].title, f"{suggestion.likeness:.0f}"
    return {"part": part, "header": text, "near": near, "likeness": likeness}


def fixed_values(names: HeaderNames, name: str) -> dict[str, object]:
    """Return what is told of a column whose numbers a person says are on another scale."""
    return {"name": names.quantities[name].title, "factor": f"{names.fixed[name]:g}"}


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
    part: Text = COLUMN,
    result: str | None = None,
) -> Iterator[Finding]:
    """Yield a finding for what is not asked for at all: indicators, or every grade of evidence.

    ``part`` is what an indicator has there: a column of a table, or an item of a form.
    """
    missing = [i for i in criteria.indicators if i.id not in present]
    for indicator in missing:
        if indicator.required:
            yield Finding(kinds.NO_COLUMN, place, {"name": indicator.title, "part": part}, result)
    optional = [i.title for i in missing if not i.required and i.weight > 0]
    if optional:
        values = {"count": len(optional), "names": join(optional, LISTED), "part": part}
        yield Finding(kinds.NO_OPTIONAL_COLUMN, place, values, result)
    if criteria.evidence and not evidence:
        grades = criteria.evidence.grades
        default = next(g for g in grades if g.id == criteria.evidence.default)
        ids = f"{grades[0].id}-{grades[-1].id}"
        values = {"grade": default.title, "cap": f"{default.cap:g}", "grades": ids, "part": part}
        yield Finding(kinds.NO_EVIDENCE_COLUMNS, place, values, result)
