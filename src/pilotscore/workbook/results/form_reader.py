"""Reads forms, each with one result, into values with their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilotscore.findings import Finding, Place
from pilotscore.language import Text, printable
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.forms import Form, Item, other_labels
from pilotscore.workbook.results.submission import Table
from pilotscore.workbook.results.table_reader import text_of
from pilotscore.workbook.tables import kinds as table_kinds
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.cells import Reading, State, read_evidence
from pilotscore.workbook.values.columns import MOST_WRITTEN, read_one
from pilotscore.workbook.values.units import factor

MOST_GRADES = 10_000
# What remains of a reading: state, value, word. Plain, as thousands of forms come from other processes.
Stored = tuple[int, float, str]


@dataclass(frozen=True, slots=True)
class FormRead:
    """The result of one form, possibly over several sheets."""

    table: Table
    row: int
    id: str
    title: str
    readings: dict[str, Stored] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)


Part = tuple[Sheet, Form]


def join_parts(parts: list[Part]) -> list[list[Part]]:
    """Say which forms of a workbook are parts of one result.

    Forms on several sheets are one result where none of their items is named twice: an application
    form in sections. Otherwise each is a result of its own.
    """
    items = [name for _, form in parts for name in form.items]
    if len(parts) > 1 and len(items) == len(set(items)):
        return [parts]
    return [[part] for part in parts]


def read_form(
    parts: list[Part], file: str, names: HeaderNames, findings: list[Finding], *, tell: bool = True
) -> FormRead:
    """Read the parts of one form.

    Parameters
    ----------
    parts
        Sheets, and the forms on them.
    file
        The workbook's name.
    names
        What is looked for.
    findings
        What a person should know is appended here.
    tell
        Whether it was decided here that this is a form, which is then told.
    """
    reader = _Reader(file, names, findings)
    for sheet, form in parts:
        reader.take(sheet, form, tell=tell)
    return reader.result()


class _Reader:
    def __init__(self, file: str, names: HeaderNames, findings: list[Finding]) -> None:
        self.file, self.names, self.findings = file, names, findings
        self.id = self.title = ""
        self.first: Place | None = None
        self.pending: list[tuple[Any, Place, dict[str, Any]]] = []
        self.cells: dict[str, tuple[str, int, int]] = {}
        self.evidence_cells: dict[str, tuple[str, int, int]] = {}
        self.readings: dict[str, Reading] = {}
        self.written: dict[str, str] = {}
        self.evidence: dict[str, int] = {}

    def tell(self, kind: Any, place: Place, **values: Any) -> None:
        self.pending.append((kind, place, values))

    def take(self, sheet: Sheet, form: Form, *, tell: bool) -> None:
        place = Place(self.file, sheet.name)
        self.first = self.first or place
        if tell:
            self.tell(kinds.FORM_FOUND, place, count=form.known)
            for (row, column), text in other_labels(sheet.rows, form, self.names):
                spot = Place(self.file, sheet.name, row, column)
                self.tell(kinds.FORM_LABEL, spot, header=text[:60])
        titles = {q.id: q.title for q in self.names.criteria.quantities}
        for again, first in form.repeated:
            spot = Place(self.file, sheet.name, *again.label)
            named = titles.get(again.name, Text("编号或名称", "id or title"))
            where = Place(self.file, sheet.name, *first.label).cell
            self.tell(kinds.REPEATED_ITEM, spot, header=again.text, first=where, name=named)
        for item in form.items.values():
            if item.name.startswith("<"):
                self._name(sheet, item)
        for quantity in self.names.criteria.quantities:
            if quantity.id in form.items:
                self._value(sheet, form.items[quantity.id], quantity)
        for name, cell in form.evidence.items():
            self._evidence(sheet, name, cell)

    def _name(self, sheet: Sheet, item: Item) -> None:
        row, column = item.value
        text = text_of(_row(sheet.rows, row), column)
        self._unread(sheet, item.value)
        if item.name == "<id>":
            self.id = self.id or text
        else:
            self.title = self.title or text

    def _unread(self, sheet: Sheet, spot: tuple[int, int]) -> str | None:
        """Tell an error cell or a formula without a result; return what is shown for it."""
        if not (sheet.notes.error_cells or sheet.notes.unsaved_formulas):
            return None
        place = Place(self.file, sheet.name, *spot)
        text = sheet.notes.error_cells.get(spot)
        if text is not None:
            self.tell(kinds.ERROR_CELL, place, text=text)
            return text
        if spot in sheet.notes.unsaved_formulas:
            self.tell(kinds.UNSAVED_FORMULA, place)
            return "="
        return None

    def _value(self, sheet: Sheet, item: Item, quantity: Any) -> None:
        self.cells[quantity.id] = (sheet.name, *item.value)
        shown = self._unread(sheet, item.value)
        if shown is not None:
            self.readings[quantity.id] = Reading(State.FAULTY)
            self.written[quantity.id] = shown
            return
        row, column = item.value
        line = _row(sheet.rows, row)
        cell = line[column] if column < len(line) else ""
        if row in sheet.notes.hidden_rows:
            self.tell(kinds.HIDDEN_ROW, Place(self.file, sheet.name, row))
        unit = (
            item.unit
            if quantity.type not in ("level", "category", "yes_no", "text", "date")
            else None
        )
        multiplied = factor(unit, quantity) if unit else 1.0
        self._tell_unit(sheet, item, quantity, unit, multiplied, cell)
        if cell == "":
            self.readings[quantity.id] = Reading(State.BLANK)
            return
        percent = unit in ("%", "％") or "%" in item.text or "％" in item.text
        reading = read_one(
            cell,
            quantity,
            percent_header=percent,
            percent_format=item.value in sheet.notes.percent_cells,
            factor=multiplied,
        )
        self.readings[quantity.id] = reading
        for kind, values in reading.told:
            self.tell(kind, Place(self.file, sheet.name, *item.value), **values)
        if reading.told:
            self.written[quantity.id] = printable(str(cell).strip(), MOST_WRITTEN)

    def _tell_unit(
        self,
        sheet: Sheet,
        item: Item,
        quantity: Any,
        unit: str | None,
        found: float | None,
        cell: Any,
    ) -> None:
        if unit is None or found == 1 or isinstance(cell, str):
            return
        place = Place(self.file, sheet.name, *item.value)
        values = {
            "unit": unit,
            "own": quantity.unit or Text("比值", "a ratio"),
            "name": quantity.title,
        }
        if found is None:
            self.tell(table_kinds.UNIT_MISFIT, place, **values)
        else:
            self.tell(table_kinds.UNIT_CONVERTED, place, **values, factor=f"{found:.10g}")

    def _evidence(self, sheet: Sheet, name: str, spot: tuple[int, int]) -> None:
        evidence = self.names.criteria.evidence
        line = _row(sheet.rows, spot[0])
        cell = line[spot[1]] if spot[1] < len(line) else ""
        self.evidence_cells[name] = (sheet.name, *spot)
        if evidence is None or self._unread(sheet, spot) is not None:
            return
        read = self.names.grades.get(cell) if isinstance(cell, str) else None
        if read is None:
            read = read_evidence(cell, evidence)
            if isinstance(cell, str) and len(self.names.grades) < MOST_GRADES:
                self.names.grades[cell] = read
        self.evidence[name], told = read
        if told:
            self.tell(told[0], Place(self.file, sheet.name, *spot), **told[1])

    def result(self) -> FormRead:
        place = self.first or Place(self.file)
        if not self.id:
            self.id = Path(self.file).stem
            self.tell(kinds.FILE_AS_ID, place, id=self.id)
        self.findings.extend(Finding(k, p, v, self.id) for k, p, v in self.pending)
        self.findings.extend(self._absent(place))
        row = min((cell[1] for cell in self.cells.values() if cell[0] == place.sheet), default=0)
        table = Table(self.file, place.sheet or "", row, {}, {}, self.cells, self.evidence_cells)
        stored = {n: (int(r.state), r.value, r.word) for n, r in self.readings.items()}
        return FormRead(table, row, self.id, self.title, stored, self.written, self.evidence)

    def _absent(self, place: Place) -> list[Finding]:
        criteria = self.names.criteria
        absent = [i for i in criteria.indicators if i.id not in self.cells]
        found = [
            Finding(table_kinds.NO_COLUMN, place, {"name": i.title}, self.id)
            for i in absent
            if i.required
        ]
        optional = [i.title for i in absent if not i.required and i.weight > 0]
        if optional:
            listed = Text("、".join(t.zh for t in optional), ", ".join(t.en for t in optional))
            values = {"count": len(optional), "names": listed}
            found.append(Finding(table_kinds.NO_OPTIONAL_COLUMN, place, values, self.id))
        if criteria.evidence and not self.evidence_cells:
            ids = [g.id for g in criteria.evidence.grades]
            default = next(g for g in criteria.evidence.grades if g.id == criteria.evidence.default)
            values = {
                "grade": default.title,
                "cap": f"{default.cap:g}",
                "grades": f"{ids[0]}-{ids[-1]}",
            }
            found.append(Finding(table_kinds.NO_EVIDENCE_COLUMNS, place, values, self.id))
        return found


def _row(rows: Sequence[Sequence[Any]], row: int) -> Sequence[Any]:
    return rows[row] if row < len(rows) else ()
