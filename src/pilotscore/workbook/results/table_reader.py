"""Reads a table of results, one result per row, into typed columns with findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from pilotscore.arrays import Codes
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.derived import derived_alone
from pilotscore.workbook.results.given import NOTHING_GIVEN, AllGiven, Given, given_by
from pilotscore.workbook.results.given_grades import unknown_but_for_words
from pilotscore.workbook.results.heads import TableValues, understood_table
from pilotscore.workbook.results.office import by_office_rules
from pilotscore.workbook.results.sources import TableSources
from pilotscore.workbook.results.stated_spreads import Beside, stated_spreads
from pilotscore.workbook.results.submission import Results, ResultTable
from pilotscore.workbook.tables import kinds as table_kinds
from pilotscore.workbook.tables.column_findings import column_findings
from pilotscore.workbook.tables.column_units import with_units_around, with_units_of_row
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.finder import TableHeader
from pilotscore.workbook.tables.group_units import with_conflicts, with_units_over
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.result_rows import ResultRows, result_rows
from pilotscore.workbook.tables.unit_lines import unit_lines
from pilotscore.workbook.values.cells import State, is_number
from pilotscore.workbook.values.columns import (
    Column,
    ColumnRemark,
    read_column,
    read_evidence_column,
)
from pilotscore.workbook.values.merged_cells import read_more_than_once, spread_merged
from pilotscore.workbook.values.names import is_rounded, name_remarks
from pilotscore.workbook.values.spread import Spread
from pilotscore.workbook.values.synonyms import substituted
from pilotscore.workbook.values.texts import cells_at, seen_cells, texts_at
from pilotscore.workbook.values.unread import has_unread, unread


def read_table(
    sheet: Sheet,
    table: TableHeader,
    names: HeaderNames,
    first: int | None = None,
    *,
    understand: bool = False,
) -> tuple[Results | None, list[Finding]]:
    """Read a table; no results where it has none, which its findings say.

    Parameters
    ----------
    sheet, table
        The sheet, and the header of the table on it.
    names
        What is looked for.
    first
        The first row of results, where it is known (a template), from 0.
    understand
        Whether to say what each column was taken for.
    """
    header = table.row or 0
    read = [*table.columns.used, *table.columns.sources]
    sheet, spread = spread_merged(sheet, header, read)
    picked, passed_over = result_rows(sheet, table, names, first, tuple(spread))
    merged = read_more_than_once(spread, picked.rows)
    conflict = with_conflicts(table.columns, picked.units, names, sheet, header)
    over = with_units_over(
        with_units_of_row(conflict.columns, picked.units, names), table, names, sheet
    )
    columns = over.columns
    lines = unit_lines(sheet, [*range(header + 1), *picked.passed], columns.used, header)
    around = with_units_around(columns, lines, names, sheet, header)
    columns = around.columns
    units = (conflict, over, around)
    of_units = [f for u in units for f in u.findings]
    findings = SheetFindings(sheet, [*merged, *passed_over, *of_units])
    _tell_broken_headers(findings, table, picked)
    place = sheet.place(header)
    findings.entries.extend(
        column_findings(columns, names, place, {n for u in units for n in u.names})
    )
    if first is None:
        known, count = columns.known, len(picked.rows)
        findings.add(kinds.TABLE_FOUND, header, row=header + 1, count=known, results=count)
        if table.rival is not None:
            other = table.rival + 1
            findings.add(kinds.RIVAL_HEADER, header, row=header + 1, other=other, count=known)
    if not picked.rows:
        findings.add(kinds.NO_RESULTS, header)
        return None, findings.entries
    for c in sorted(sheet.notes.hidden_columns.intersection(columns.used)):
        findings.add(kinds.HIDDEN_COLUMN, header, c, header=columns.texts.get(c, ""))
    _tell_headless(findings, columns, picked.rows, header)
    body = _Body.of(sheet, columns, names, picked.rows)
    findings.entries.extend(body.row_findings())
    results, remarks = body.results(header)
    derived: Mapping[str, tuple[str, Spot]] = {}
    if names.rules.follow:
        stated = tuple(line.unit for line in lines)
        sources = TableSources(sheet, header, columns, picked.rows, picked.units, names, stated)
        results, of_rules = by_office_rules(results, names, sources)
        remarks += of_rules
        derived = derived_alone(results, names, sources)
    if understand:
        states = dict(zip(results.quantities, results.states, strict=True))
        values = TableValues(picked.rows, states, results.written, derived)
        understood = understood_table(sheet, header, columns, names, values)
        results = replace(results, understood=understood)
    return results, [*findings.entries, *remarks]


def _tell_broken_headers(findings: SheetFindings, table: TableHeader, picked: ResultRows) -> None:
    """Tell headers without a value, and cells without one in rows of units below them."""
    sheet, header = findings.sheet, table.row or 0
    width = max(map(len, sheet.rows[table.first : header + 1]), default=0)
    begin = picked.rows[0] if picked.rows else header
    rows = {r: table.columns.used for r in picked.passed if header < r < begin}
    for r, columns in {
        **dict.fromkeys(range(table.first, header + 1), range(width)),
        **rows,
    }.items():
        for column in columns:
            if cell := unread(sheet, (r, column)):
                findings.add(table_kinds.BROKEN_HEADER, r, column, text=cell[0])


def _tell_headless(
    findings: SheetFindings, columns: Columns, rows: Sequence[int], header: int
) -> None:
    """Tell columns of numbers between those that are read that have no header."""
    blank = (c for c in range(max(columns.used, default=0)) if not columns.texts.get(c))
    for column in blank:
        numbers = [x for r in rows if is_number(x := findings.sheet.cell(r, column))]
        counts_up = all(b - a == 1 for a, b in pairwise(numbers))
        if numbers and not (counts_up and numbers[0] == 1):  # which row it is, and no more
            findings.add(table_kinds.HEADLESS_COLUMN, header, column)


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of results below a header; a result without an id is called by its cell."""

    sheet: Sheet
    columns: Columns
    names: HeaderNames
    rows: list[int]
    ids: list[str]
    titles: list[str]
    nameless: list[int]

    @classmethod
    def of(cls, sheet: Sheet, columns: Columns, names: HeaderNames, rows: list[int]) -> _Body:
        titles = texts_at(sheet, rows, columns.title)
        ids = texts_at(sheet, rows, columns.id)
        if columns.id is None:
            ids = [t or f"{sheet.name}!{r + 1}" for t, r in zip(titles, rows, strict=True)]
        nameless = [i for i, name in enumerate(ids) if not name]
        for i in nameless:
            ids[i] = f"{sheet.name}!{rows[i] + 1}"
        return cls(sheet, columns, names, rows, ids, titles, nameless)

    def _cells(self, column: int | None) -> list[Any]:
        """Return the cells of a column; none where there is no such column."""
        if column is None:
            return []
        return cells_at(self.sheet, self.rows, column)

    def row_findings(self) -> list[Finding]:
        """Return what is to be said of ids, hidden rows, and cells beside the values."""
        sheet, columns, findings = self.sheet, self.columns, SheetFindings(self.sheet)
        for i in self.nameless:
            findings.add_of(self.ids[i], kinds.NO_ID, self.rows[i], columns.id)
        hidden = sheet.notes.hidden_rows
        kind = kinds.FILTERED_ROW if sheet.notes.filtered else kinds.HIDDEN_ROW
        for i, row in enumerate(self.rows if hidden else ()):
            if row in hidden:
                findings.add_of(self.ids[i], kind, row)
        for column in (columns.id, columns.title):
            for i, (remark, values) in name_remarks(sheet, self.rows, column):
                findings.add_of(self.ids[i], remark, self.rows[i], column, **values)
        beside = {columns.id, columns.title, *columns.evidence.values()} - {None}
        for i, row in enumerate(self.rows if has_unread(sheet) else ()):
            for column in sorted(c for c in beside if c is not None):
                if cell := unread(sheet, (row, column)):
                    findings.add_of(self.ids[i], cell[1][0], row, column, **cell[1][1])
        return findings.entries

    def results(self, header: int) -> tuple[Results, list[Finding]]:
        """Read the values, a column at a time: all columns at once are as large as the sheet."""
        names, columns = self.names, self.columns
        given: dict[tuple[int, str], Given] = {}
        quantities = tuple(n for n in names.quantities if n in columns.quantities)
        graded = columns.evidence if names.criteria.evidence else {}
        values = np.empty((len(quantities), len(self.rows)))
        states = np.empty(values.shape, dtype=np.int8)
        words: dict[str, Any] = {}
        reasons: dict[tuple[int, str], str] = {}
        written: dict[tuple[int, str], str] = {}
        findings = SheetFindings(self.sheet)
        stated: dict[str, Column] = {}
        for k, name in enumerate(quantities):
            at = columns.quantities[name]
            column, remarks = self._column(name, self._cells(at))
            self._tell(findings, at, remarks)
            if name in names.rules.named:
                given |= self._given(name, at, remarks)
            values[k], states[k] = column.values, column.states
            if name not in names.criteria.indicator_position:
                if column.words is not None:
                    words[name] = np.where(column.states == State.VALUE, column.words, "")
                continue
            for i in np.flatnonzero(column.states == State.NOT_APPLICABLE).tolist():
                reasons[i, name] = column.words[i] if column.words is not None else ""
            written |= {(i, name): text for i, text in column.written.items()}
            stated[name] = column
        evidence = self._evidence(graded, findings)
        results = Results(
            table=ResultTable(
                self.sheet.book, self.sheet.name, header, columns.quantities, columns.evidence
            ),
            rows=self.rows,
            ids=self.ids,
            titles=self.titles,
            quantities=quantities,
            values=values,
            states=states,
            graded=tuple(graded),
            evidence=evidence,
            words=words,
            reasons=reasons,
            written=written,
            spreads=self._spreads(stated, header, findings),
            rounded=frozenset(i for i, c in enumerate(self._cells(columns.id)) if is_rounded(c)),
            given=AllGiven(given) if given else NOTHING_GIVEN,
            judged=frozenset((i, name) for name, column in stated.items() for i in column.judged),
        )
        return results, findings.entries

    def _tell(self, findings: SheetFindings, column: int, remarks: Sequence[ColumnRemark]) -> None:
        """Tell what is to be said of single cells of a column."""
        for i, (kind, shown) in remarks:
            findings.add_of(self.ids[i], kind, self.rows[i], column, **shown)

    def _evidence(self, graded: Mapping[str, int], findings: SheetFindings) -> Codes:
        """Read the columns with grades of evidence, shape (e, n)."""
        evidence = np.empty((len(graded), len(self.rows)), dtype=np.int8)
        rules, said = self.names.criteria.evidence, self.names.rules.evidence
        if rules is None:
            return evidence
        for k, at in enumerate(graded.values()):
            seen = seen_cells(self._cells(at), self._formats(at))
            evidence[k], remarks = read_evidence_column(seen, rules)
            self._tell(findings, at, unknown_but_for_words(remarks, said) if said else remarks)
        return evidence

    def _spreads(
        self,
        stated: Mapping[str, Column],
        header: int,
        findings: SheetFindings,
    ) -> dict[tuple[int, str], Spread]:
        """Return the uncertainties that values state; the cell's own goes before a column's."""
        beside = Beside(self.columns, self.names, self._seen, self._formats)
        spreads: dict[tuple[int, str], Spread] = {}
        for name, column in stated.items():
            valid = column.states == State.VALUE
            of_columns, remarks = stated_spreads(beside, name, column.values, valid)
            for at, i, (kind, shown) in remarks:
                if i is None:
                    findings.add(kind, header, at, **shown)
                else:
                    findings.add_of(self.ids[i], kind, self.rows[i], at, **shown)
            spreads |= {(i, name): s for i, s in (of_columns | column.spreads).items()}
        return spreads

    def _column(self, name: str, cells: Sequence[Any]) -> tuple[Column, list[ColumnRemark]]:
        """Read a column; error cells and formulas without a result are faulty."""
        at = self.columns.quantities[name]
        formats, rules = self._formats(at), self.names.rules
        cells, words = substituted(cells, rules.synonyms.get(name, {}))
        column, remarks = read_column(
            cells,
            self.names.quantities[name],
            percent_header=name in self.columns.percent_headers,
            formats={i: f for i, f in formats.items() if i not in words} if words else formats,
            unit=self.columns.units.get(name),
            factor=self.columns.factors.get(name, 1.0),
        )
        for i, remark_of in words.items():
            column.written[i] = remark_of[1]["text"]
            remarks.append((i, remark_of))
        if name in rules.levels:
            remarks += rules.levels[name].convert_column(column)
        for i, row in enumerate(self.rows if has_unread(self.sheet) else ()):
            if cell := unread(self.sheet, (row, at)):
                column.written[i], remark = cell
                column.states[i] = State.FAULTY
                remarks.append((i, remark))
        return column, remarks

    def _given(
        self, name: str, at: int, remarks: Sequence[ColumnRemark]
    ) -> dict[tuple[int, str], Given]:
        """Return what the mapping file says of values of a column."""
        return {
            (i, name): given
            for i, remark in remarks
            if (given := given_by(remark, self.names.rules.levels.get(name), self._cell(i, at)))
        }

    def _cell(self, i: int, column: int) -> Place:
        return self.sheet.place(self.rows[i], column)

    def _seen(self, column: int) -> Sequence[Any]:
        """Return the cells of a column, with what is seen of those that could not be read."""
        cells = self._cells(column)
        if not has_unread(self.sheet):
            return cells
        texts = (unread(self.sheet, (row, column)) for row in self.rows)
        return [c if u is None else u[0] for c, u in zip(cells, texts, strict=True)]

    def _formats(self, column: int) -> Mapping[int, NumberFormat]:
        """Return the formats of a column that matter, by the place of their row among the rows."""
        of_row = self.sheet.notes.formats.of_column(column)
        return {i: of_row[r] for i, r in enumerate(self.rows) if r in of_row} if of_row else {}
