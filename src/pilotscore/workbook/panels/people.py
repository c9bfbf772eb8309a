"""Reads sheets of experts, of results, and of conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pilotscore.criteria.names import normalise
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.records import Expert, PanelResult
from pilotscore.workbook.panels.score_cells import SCORE
from pilotscore.workbook.tables.row_labels import label_of
from pilotscore.workbook.values.cells import State
from pilotscore.workbook.values.columns import read_one
from pilotscore.workbook.values.texts import text_at

# Only what sets several things apart: a full stop may be part of a name.
_LISTED = regex(r"[;；、,，/\n]+")
_OF_EXPERTS = ("group", "weight", "role", "unit", "most", "least", "conflict", "field", "email")
_OF_RESULTS = ("title", "unit", "person", "field")
_WHAT = {
    "weight": Text("权重", "weight"),
    "most": Text("最多评审数", "greatest number of results"),
    "least": Text("最少评审数", "least number of results"),
}


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists several things."""
    return tuple(part.strip() for part in _LISTED.split(text) if part.strip())


def is_expert_sheet(roles: Mapping[str, int]) -> bool:
    """Say whether a header is of experts: what they are, and no results that they scored."""
    return "expert" in roles and "result" not in roles and any(r in roles for r in _OF_EXPERTS)


def is_conflict_sheet(roles: Mapping[str, int]) -> bool:
    """Say whether a header pairs experts with what they keep out of, a row for each pair."""
    known = set(roles) - {"number"}
    return {"expert", "conflict"} <= known and known <= {"expert", "conflict", "comment", "date"}


def is_result_sheet(roles: Mapping[str, int]) -> bool:
    """Say whether a header is of results alone."""
    return "result" in roles and "expert" not in roles and any(r in roles for r in _OF_RESULTS)


def _rows(sheet: Sheet, header: int, column: int) -> Iterator[tuple[int, str]]:
    """Yield the rows that name something in a column."""
    for row in range(header + 1, len(sheet.rows)):
        name = text_at(sheet, row, column)
        if name and label_of(name) is None:
            yield row, name


def read_experts(
    sheet: Sheet, header: int, roles: Mapping[str, int], experts: dict[str, Expert]
) -> SheetFindings:
    """Add the experts of a sheet to those known, by name; one listed twice is told."""
    findings = SheetFindings(sheet)
    by_name = {normalise(name): name for name in experts}
    for row, name in _rows(sheet, header, roles["expert"]):
        known = by_name.get(normalise(name))
        if known is not None:
            other = experts[known].place
            findings.add(kinds.LISTED_TWICE, row, roles["expert"], name=name, other=str(other))
            continue
        by_name[normalise(name)] = name
        most = _number(sheet, row, roles, "most", findings)
        experts[name] = Expert(
            name,
            group=text_at(sheet, row, roles.get("group")),
            weight=_or(_number(sheet, row, roles, "weight", findings), 1.0),
            role=text_at(sheet, row, roles.get("role")),
            unit=text_at(sheet, row, roles.get("unit")),
            least=int(_or(_number(sheet, row, roles, "least", findings), 0.0)),
            most=None if most is None else int(most),
            conflicts=listed(text_at(sheet, row, roles.get("conflict"))),
            fields=listed(text_at(sheet, row, roles.get("field"))),
            place=sheet.place(row, roles["expert"]),
        )
    _tell_no_weight(sheet, header, roles, experts, findings)
    return findings


def _tell_no_weight(
    sheet: Sheet,
    header: int,
    roles: Mapping[str, int],
    experts: Mapping[str, Expert],
    findings: SheetFindings,
) -> None:
    """Tell experts without a weight where others of the sheet have one other than 1."""
    column = roles.get("weight")
    if column is None:
        return
    rows = [(r, n) for r, n in _rows(sheet, header, roles["expert"]) if n in experts]
    blank = [(r, n) for r, n in rows if sheet.cell(r, column) in ("", None)]
    without = {n for _, n in blank}
    stated = [experts[n].weight for _, n in rows if n not in without]
    if all(w == 1 for w in stated):
        return
    ends = {"least": f"{min(stated):g}", "most": f"{max(stated):g}"}
    for row, name in blank:
        findings.add(kinds.WEIGHT_NOT_STATED, row, column, expert=name, **ends)


def read_conflicts(
    sheet: Sheet, header: int, roles: Mapping[str, int], experts: dict[str, Expert]
) -> SheetFindings:
    """Add conflicts of interest to the experts known; one of somebody else is told."""
    from pilotscore.language import did_you_mean

    findings = SheetFindings(sheet)
    by_name = {normalise(name): name for name in experts}
    for row, name in _rows(sheet, header, roles["expert"]):
        known = by_name.get(normalise(name))
        if known is None:
            near = did_you_mean(name, experts)
            findings.add(kinds.UNKNOWN_EXPERT, row, roles["expert"], expert=name, near=near)
            continue
        more = listed(text_at(sheet, row, roles["conflict"]))
        experts[known] = replace(experts[known], conflicts=experts[known].conflicts + more)
    return findings


def read_results(
    sheet: Sheet, header: int, roles: Mapping[str, int], results: dict[str, PanelResult]
) -> SheetFindings:
    """Add the results of a sheet to those known, by id; one listed twice is told."""
    findings = SheetFindings(sheet)
    for row, name in _rows(sheet, header, roles["result"]):
        if name in results:
            other = str(results[name].place)
            findings.add(kinds.LISTED_TWICE, row, roles["result"], name=name, other=other)
            continue
        results[name] = PanelResult(
            name,
            text_at(sheet, row, roles.get("title")),
            listed(text_at(sheet, row, roles.get("unit"))),
            listed(text_at(sheet, row, roles.get("person"))),
            listed(text_at(sheet, row, roles.get("field"))),
            sheet.place(row, roles["result"]),
        )
    return findings


def _number(
    sheet: Sheet, row: int, roles: Mapping[str, int], role: str, findings: SheetFindings
) -> float | None:
    """Return a number of 0 or more; None where there is none, told unless the cell is blank."""
    column = roles.get(role)
    cell = "" if column is None else sheet.cell(row, column)
    if column is None or cell in ("", None):
        return None
    read = read_one(cell, SCORE, form=sheet.notes.formats.at(row, column))
    if read.state is State.VALUE and read.value >= 0:
        return read.value
    if read.state is not State.BLANK:
        findings.add(kinds.NOT_A_NUMBER_OF, row, column, text=str(cell).strip(), what=_WHAT[role])
    return None


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
