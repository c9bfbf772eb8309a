"""Reads forms, each with one result, into values with their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.criteria import Fact, Indicator
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.derived import derived_alone
from pilotscore.workbook.results.form_parts import MOST_COLUMNS, MOST_ROWS, Form, Item
from pilotscore.workbook.results.forms import other_labels
from pilotscore.workbook.results.given import NOTHING_GIVEN, AllGiven, Given, given_by
from pilotscore.workbook.results.given_grades import has_words
from pilotscore.workbook.results.heads import understood_form
from pilotscore.workbook.results.likely_items import likely_items
from pilotscore.workbook.results.office import by_office_rules
from pilotscore.workbook.results.sources import FormSources
from pilotscore.workbook.results.submission import Results, ResultTable
from pilotscore.workbook.tables import kinds as table_kinds
from pilotscore.workbook.tables.column_findings import (
    ITEM,
    absent,
    fixed_values,
    likely_values,
    not_reached,
    odd_values,
    unit_remark,
)
from pilotscore.workbook.tables.headers import HeaderNames, odd_unit
from pilotscore.workbook.tables.row_labels import TITLES
from pilotscore.workbook.tables.stated_scales import scale_remark
from pilotscore.workbook.values.cells import Cell, Remark, State, is_number, read_evidence
from pilotscore.workbook.values.columns import as_written, read_one
from pilotscore.workbook.values.formatted import seen
from pilotscore.workbook.values.names import is_rounded, name_remark
from pilotscore.workbook.values.synonyms import substituted
from pilotscore.workbook.values.texts import seen_at, text_at
from pilotscore.workbook.values.units import factor
from pilotscore.workbook.values.unread import has_unread, unread

Part = tuple[Sheet, Form]
NO_WORDS: Mapping[int, Remark] = {}
# A percentage of its values, not one that is part of the name (the 95 % bound of a Ppk).
_PERCENT = regex(r"(?<![\d.])[%％]")
_UNITLESS = ("level", "category", "yes_no", "text", "date")


def join_parts(parts: list[Part]) -> list[list[Part]]:
    """Say which forms of a workbook are parts of one result.

    Forms on several sheets are one result where none of their items is filled in twice, and one of
    them alone asks for its id or title: an application form in sections. So they are where none
    is named twice. Otherwise each is a result of its own.
    """
    items = [name for _, form in parts for name in form.items]
    filled = [n for sheet, form in parts for n, i in form.items.items() if _is_filled(sheet, i)]
    heads = sum(not {"<id>", "<title>"}.isdisjoint(form.items) for _, form in parts)
    once = len(items) == len(set(items))
    if len(parts) > 1 and (once or (heads == 1 and len(filled) == len(set(filled)))):
        return [_named_once(parts, set(filled))]
    return [[part] for part in parts]


def _is_filled(sheet: Sheet, item: Item) -> bool:
    return sheet.cell(*item.value) != "" or unread(sheet, item.value) is not None


def _named_once(parts: list[Part], filled: set[str]) -> list[Part]:
    """Return the parts of a form, of an item that is named twice the one that is filled in."""
    taken: set[str] = set()
    once: list[Part] = []
    for sheet, form in parts:
        kept = {
            n: i
            for n, i in form.items.items()
            if n not in taken and (n not in filled or _is_filled(sheet, i))
        }
        taken |= kept.keys()
        once.append((sheet, replace(form, items=kept)))
    return once


def read_form(
    parts: Sequence[Part], names: HeaderNames, *, tell: bool = True, understand: bool = False
) -> tuple[Results, list[Finding]]:
    """Read the parts of one form, of which there is at least one.

    Parameters
    ----------
    parts
        Sheets, and the forms on them.
    names
        What is looked for.
    tell
        Whether it was decided here that this is a form, which is then told.
    understand
        Whether to say what each item was taken for.
    """
    reader = _FormReader(names)
    for sheet, form in parts:
        reader.take(sheet, form, tell=tell)
    results, findings = reader.results(parts[0][0].place())
    derived: dict[str, tuple[str, Spot]] = {}
    if names.rules.follow:
        sources = FormSources(parts, names)
        results, of_rules = by_office_rules(results, names, sources)
        findings += of_rules
        derived = derived_alone(results, names, sources)
    if understand:
        loose = [other_labels(sheet.rows, form, names) if tell else [] for sheet, form in parts]
        results = replace(results, understood=understood_form(parts, names, loose, derived))
    return results, findings


@lru_cache(maxsize=10_000)
def _grade(cell: str, names: HeaderNames) -> tuple[int, Remark | None]:
    """Read a grade of evidence; in a folder of forms the same few are written again and again."""
    rules = names.criteria.evidence
    return read_evidence(cell, rules) if rules else (-1, None)


@lru_cache(maxsize=10_000)
def _label_remarks(text: str, name: str, names: HeaderNames) -> tuple[Remark, ...]:
    """Return what the label of an item says (a target, another scale): printed on every form."""
    quantity = names.quantities[name]
    remarks = (not_reached(text, quantity), scale_remark(text, quantity))
    return tuple(r for r in remarks if r is not None)


@lru_cache(maxsize=10_000)
def _read_text(
    cell: str,
    name: str,
    names: HeaderNames,
    percent_header: bool,
    unit: str | None,
    multiplied: float | None,
) -> Cell:
    """Read a text; in a folder of forms the same few are written again and again."""
    quantity = names.quantities[name]
    return read_one(cell, quantity, percent_header=percent_header, unit=unit, factor=multiplied)


class _FormReader:
    """Reads the parts of a form; what is told waits for the id that it is told of."""

    def __init__(self, names: HeaderNames) -> None:
        self.names = names
        self.id = self.title = ""
        self.rounded = False
        self.head: Place | None = None
        self.pending: list[tuple[Kind, Place, dict[str, Any]]] = []
        self.places: dict[str, tuple[str, int, int]] = {}
        self.evidence_places: dict[str, tuple[str, int, int]] = {}
        self.cells: dict[str, Cell] = {}
        self.written: dict[str, str] = {}
        self.evidence: dict[str, int] = {}
        self.given: dict[tuple[int, str], Given] = {}

    def take(self, sheet: Sheet, form: Form, *, tell: bool) -> None:
        """Read one part."""
        names = self.names
        self.head = sheet.place(*form.head) if form.head is not None else None
        if tell:
            self._tell(kinds.FORM_FOUND, sheet.place(), count=form.known)
            self._broken_names(sheet, form)
            self._other_items(sheet, form)
        for spot, text, label in form.passed:
            values = {"text": text, "what": TITLES[label.kind]}
            self._tell(kinds.COLUMN_PASSED_OVER, sheet.place(*spot), **values)
        for spot, text in form.inline:
            self._tell(kinds.VALUE_IN_LABEL, sheet.place(*spot), text=text[:60])
        for again, first in form.repeated:
            known = names.quantities.get(again.name)
            self._tell(
                kinds.REPEATED_ITEM,
                sheet.place(*again.label),
                header=again.text,
                first=sheet.place(*first.label).cell,
                name=known.title if known else Text("编号或名称", "id or title"),
            )
        for item in form.items.values():
            if item.name.startswith("<"):
                self._name(sheet, item)
        for name, quantity in names.quantities.items():
            if name in form.items:
                self._value(sheet, form.items[name], quantity)
        for name, spot in form.evidence.items():
            self._evidence(sheet, name, spot)

    def _other_items(self, sheet: Sheet, form: Form) -> None:
        """Tell names that are not known, with what they are like, or were taken for."""
        names = self.names
        others = [
            (spot, text)
            for spot, text in other_labels(sheet.rows, form, names)
            if not names.is_source(text)
        ]
        likely = likely_items(tuple(text for _, text in others), frozenset(form.items), names)
        for (spot, text), suggestion in zip(others, likely, strict=True):
            if suggestion is None:
                self._tell(kinds.FORM_LABEL, sheet.place(*spot), header=text[:60])
            else:
                values = likely_values(text[:60], suggestion, names, ITEM)
                self._tell(table_kinds.LIKELY_COLUMN, sheet.place(*spot), **values)
        for name, suggestion in form.accepted.items():
            item = form.items[name]
            values = likely_values(item.text[:60], suggestion, names, ITEM)
            self._tell(table_kinds.ACCEPTED_COLUMN, sheet.place(*item.label), **values)

    def _broken_names(self, sheet: Sheet, form: Form) -> None:
        """Tell cells without a value that are those of no item: a name or a unit, perhaps."""
        taken = {i.value for i in form.items.values()} | set(form.evidence.values())
        notes = sheet.notes
        for spot in sorted({*notes.error_cells, *notes.without_result} - taken):
            if spot[0] < MOST_ROWS and spot[1] < MOST_COLUMNS and (cell := unread(sheet, spot)):
                self._tell(table_kinds.BROKEN_HEADER, sheet.place(*spot), text=cell[0])

    def _tell(self, kind: Kind, place: Place, **values: Any) -> None:
        self.pending.append((kind, place, values))

    def _name(self, sheet: Sheet, item: Item) -> None:
        row, column = item.value
        text = text_at(sheet, row, column)
        self._unread(sheet, item.value)
        if (remark := name_remark(sheet.cell(row, column), untyped=sheet.untyped)) is not None:
            self._tell(remark[0], sheet.place(row, column), **remark[1])
        if item.name == "<id>":
            self.id = self.id or text
            self.rounded = self.rounded or is_rounded(sheet.cell(row, column))
        else:
            self.title = self.title or text

    def _unread(self, sheet: Sheet, spot: Spot) -> str | None:
        """Tell an error cell or a formula without a result; return what is shown for it."""
        cell = unread(sheet, spot) if has_unread(sheet) else None
        if cell is None:
            return None
        shown, (kind, values) = cell
        self._tell(kind, sheet.place(*spot), **values)
        return shown

    def _value(self, sheet: Sheet, item: Item, quantity: Indicator | Fact) -> None:
        name, spot = quantity.id, item.value
        self.places[name] = (sheet.name, *spot)
        for kind, values in _label_remarks(item.text, name, self.names):
            self._tell(kind, sheet.place(*item.label), **values)
        shown = self._unread(sheet, spot)
        if shown is not None:
            self.cells[name], self.written[name] = Cell(State.FAULTY), shown
            return
        rules = self.names.rules
        cell, word = sheet.cell(*spot), NO_WORDS
        if name in rules.synonyms:
            (cell,), word = substituted((cell,), rules.synonyms[name])
        if spot[0] in sheet.notes.hidden_rows:
            self._tell(kinds.HIDDEN_ROW, sheet.place(spot[0]))
        form = None if word else sheet.notes.formats.at(*spot)
        unit, multiplied = self._unit(sheet, item, quantity, (cell, form))
        if cell == "" and not word:
            self.cells[name] = Cell(State.BLANK)
            return
        if item.unit is None and is_number(cell) and name not in self.names.fixed:
            self._odd_unit(item, quantity, sheet.place(*spot))
        read = self._read(item, quantity, (cell, form), unit, multiplied)
        self.cells[name] = read
        if read.remarks or word:
            self._value_remarks(sheet, spot, name, (*read.remarks, *word.values()))

    def _value_remarks(
        self, sheet: Sheet, spot: Spot, name: str, remarks: Sequence[Remark]
    ) -> None:
        """Tell what is to be said of a value, and keep how it was written and who gave it."""
        place, levels = sheet.place(*spot), self.names.rules.levels.get(name)
        for remark in remarks:
            self._tell(remark[0], place, **remark[1])
            if said := given_by(remark, levels, place):
                self.given[0, name] = said
        self.written[name] = as_written(sheet.cell(*spot), sheet.notes.formats.at(*spot))

    def _unit(
        self,
        sheet: Sheet,
        item: Item,
        quantity: Indicator | Fact,
        shown: tuple[Any, NumberFormat | None],
    ) -> tuple[str | None, float | None]:
        """Return the unit around a cell and what bare numbers are multiplied by, and tell both.

        The latter is None where two units around the cell contradict each other.
        """
        name = quantity.id
        unit = item.unit if quantity.type not in _UNITLESS else None
        multiplied = factor(unit, quantity) if unit else 1.0
        differ = unit and item.other_unit and factor(item.other_unit, quantity) != multiplied
        if differ:
            values = {"first": item.other_unit, "second": unit, "name": quantity.title}
            self._tell(table_kinds.UNITS_AROUND_DIFFER, sheet.place(*item.value), **values)
            multiplied = None
        if name in self.names.fixed:
            own = sheet.notes.formats.at(*item.value)
            if is_number(seen(shown[0], own)):
                said = fixed_values(self.names, name)
                self._tell(table_kinds.FIXED_PERCENT, sheet.place(*item.value), **said)
                return None, self.names.fixed[name]
        if unit is not None and multiplied != 1 and not differ and is_number(seen(*shown)):
            remark = unit_remark(quantity, unit, multiplied)
            if remark is not None:
                self._tell(remark[0], sheet.place(*item.value), **remark[1])
        return unit, multiplied

    def _read(
        self,
        item: Item,
        quantity: Indicator | Fact,
        shown: tuple[Any, NumberFormat | None],
        unit: str | None,
        multiplied: float | None,
    ) -> Cell:
        """Read a cell as its line says, a level on the scale of the quantity."""
        cell, form = shown
        percent_header = unit in ("%", "％") or _PERCENT.search(item.text) is not None
        if form is None and isinstance(cell, str):
            read = _read_text(cell, quantity.id, self.names, percent_header, unit, multiplied)
        else:
            read = read_one(
                cell,
                quantity,
                percent_header=percent_header,
                form=form,
                unit=unit,
                factor=multiplied,
            )
        levels = self.names.rules.levels.get(quantity.id)
        return read if levels is None else levels.convert_cell(read)

    def _odd_unit(self, item: Item, quantity: Indicator | Fact, place: Place) -> None:
        if (unit := odd_unit(item.text, quantity)) is not None:
            self._tell(table_kinds.ODD_UNIT, place, **odd_values(unit, quantity))

    def _evidence(self, sheet: Sheet, name: str, spot: Spot) -> None:
        rules = self.names.criteria.evidence
        self.evidence_places[name] = (sheet.name, *spot)
        if rules is None or self._unread(sheet, spot) is not None:
            return
        cell = seen_at(sheet, *spot)
        read = _grade(cell, self.names) if isinstance(cell, str) else read_evidence(cell, rules)
        self.evidence[name], remark = read
        office = self.names.rules.evidence
        if remark is not None and not (office and has_words(remark, office)):
            self._tell(remark[0], sheet.place(*spot), **remark[1])

    def results(self, place: Place) -> tuple[Results, list[Finding]]:
        """Return the one result of the form, which began at a place."""
        if not self.id:
            self.id = Path(place.file).stem
            self._tell(kinds.FILE_AS_ID, place, id=self.id)
            if self.head is not None:  # as a row without one in a table
                self._tell(kinds.NO_ID, self.head)
        criteria, sheet = self.names.criteria, place.sheet or ""
        row = min((r for name, r, _ in self.places.values() if name == sheet), default=0)
        quantities = tuple(n for n in self.names.quantities if n in self.cells)
        read = [self.cells[n] for n in quantities]
        stated = criteria.indicator_position.keys() & self.cells.keys()
        results = Results(
            table=ResultTable(place.file, sheet, row, {}, {}, self.places, self.evidence_places),
            rows=(row,),
            ids=(self.id,),
            titles=(self.title,),
            quantities=quantities,
            values=np.array([c.value for c in read]).reshape(-1, 1),
            states=np.array([int(c.state) for c in read], dtype=np.int8).reshape(-1, 1),
            graded=tuple(self.evidence),
            evidence=np.array(list(self.evidence.values()), dtype=np.int8).reshape(-1, 1),
            words={
                n: (c.word,) for n, c in self.cells.items() if c.state is State.VALUE and c.word
            },
            reasons={
                (0, n): self.cells[n].word
                for n in stated
                if self.cells[n].state is State.NOT_APPLICABLE
            },
            written={(0, n): text for n, text in self.written.items() if n in stated},
            spreads={(0, n): s for n in stated if (s := self.cells[n].spread) is not None},
            judged=frozenset((0, n) for n in stated if self.cells[n].judged),
            rounded=frozenset({0} if self.rounded else ()),
            given=AllGiven(self.given) if self.given else NOTHING_GIVEN,
        )
        missing = absent(
            criteria,
            {*self.places, *self.names.rules.derives},
            place,
            evidence=bool(self.evidence_places) or self.names.rules.evidence is not None,
            part=ITEM,
            result=self.id,
        )
        return results, [*(Finding(k, p, v, self.id) for k, p, v in self.pending), *missing]
