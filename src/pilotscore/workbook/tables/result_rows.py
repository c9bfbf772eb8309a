"""Says which rows of a table hold results, and what the rows between them are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from pilotscore.findings import Finding, Kind
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Area
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.finder import TableHeader
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.merged_results import adds_nothing, merged_again, tell_merged
from pilotscore.workbook.tables.other_header import is_other_header
from pilotscore.workbook.tables.row_judge import RowJudge
from pilotscore.workbook.tables.row_labels import (
    RowKind,
    label_of,
)
from pilotscore.workbook.tables.row_texts import filled_in, has_digit, shown
from pilotscore.workbook.tables.summed_rows import numbers_columns
from pilotscore.workbook.tables.unit_lines import UnitsRow, stated_units, units_written
from pilotscore.workbook.values.unread import unread_cells

# What a row is taken for of which one cell is filled.
_OF_ONE_CELL = (kinds.NOTE_ROW, kinds.EITHER_PASSED_OVER)

_NO_RESULT = Text(
    "汇总、附注或另一张表的行（其他编号都有数字）", "a sum, a note or of another table"
)
# So many ids have numbers for one that has none, before that one is asked about.
_FEWEST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class ResultRows:
    """Which rows hold results, the units that a row states by column, and what was passed over."""

    rows: list[int]
    units: dict[int, str]
    passed: list[int]


@dataclass(slots=True)
class _Reading:
    """What was seen so far of the rows below a header, from above."""

    findings: SheetFindings
    kept: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    beside: list[int] = field(default_factory=list)
    blank: int = 0
    within: int = 0
    broken: bool = False

    @property
    def ended(self) -> bool:
        """Whether what ends a table was the last to be seen: a total, a note, a signature."""
        return bool(self.kept) and bool(self.passed) and self.passed[-1] > self.kept[-1]

    def keep(self, number: int) -> None:
        """Note a row that holds a result."""
        self.within += self.blank if self.kept else 0
        self.blank = 0
        self.kept.append(number)

    def pass_over(self, number: int, kind: Kind, values: Mapping[str, Any]) -> None:
        """Note a row that holds none, and say why."""
        self.findings.add(kind, number, **values)
        self.passed.append(number)


def result_rows(
    sheet: Sheet,
    table: TableHeader,
    names: HeaderNames,
    first: int | None = None,
    areas: Sequence[Area] = (),
) -> tuple[ResultRows, list[Finding]]:
    """Return the rows that hold results, and what is to be said of those that are passed over.

    Passed over are blank rows, rows of units, explanations and examples below the header, headers
    that are repeated (as on printed pages), totals, notes and signatures. At the header of another
    table reading ends, with an error. ``first`` is the first row of results where it is known;
    ``areas`` are the merged areas whose values were given to each of their cells.
    """
    header = table.row or 0
    reading = _Reading(SheetFindings(sheet))
    findings = reading.findings
    judge = RowJudge.of(table.columns, names)
    surely = judge.sure_of_result()
    again = merged_again(areas, table.columns)
    _read_units_above(reading, judge, sheet, table.first - 1)
    for number in range(header + 1 if first is None else first, len(sheet.rows)):
        row = sheet.rows[number]
        if number in again and adds_nothing(sheet, number, judge.used, again[number], areas):
            continue
        if not reading.kept and number <= header + 3 and numbers_columns(row):
            reading.pass_over(number, kinds.NUMBERS_ROW, {})
            continue
        if surely(row):
            reading.keep(number)
            continue
        filled = filled_in(row)
        if not filled:
            _read_blank_row(reading, judge, sheet, number)
        elif is_other_header(judge, sheet, number, filled, reading.kept, ended=reading.ended):
            left = sum(any(x != "" for x in r) for r in sheet.rows[number:])
            findings.add(kinds.SECOND_TABLE, number, row=number + 1, count=left)
            break
        else:
            near_top = first is None and not reading.kept and number <= header + 3
            _read_row(reading, judge, sheet, number, near_top=near_top)
    if reading.within:
        findings.add(kinds.BLANK_ROWS, header, count=reading.within)
    _tell_rows_beside(reading, sheet)
    _tell_unlike(reading, sheet, table.columns.id)
    tell_merged(findings, again, reading.kept)
    return ResultRows(reading.kept, reading.units, reading.passed), findings.entries


def _read_blank_row(reading: _Reading, judge: RowJudge, sheet: Sheet, number: int) -> None:
    """Keep a row whose name alone has no value; of other rows of formulas the first is told."""
    broken = dict(unread_cells(sheet, number, judge.used))
    if not broken.keys().isdisjoint({judge.columns.id, judge.columns.title}):
        reading.keep(number)
        return
    reading.blank += 1
    if broken and not reading.broken:
        reading.broken = True
        column, (kind, values) = next(iter(broken.items()))
        reading.findings.add(kind, number, column, **values)


def _read_units_above(reading: _Reading, judge: RowJudge, sheet: Sheet, number: int) -> None:
    """Take the units of a row right above the header, which has two of them at least."""
    row = sheet.rows[number] if number >= 0 else []
    if any(isinstance(x, str) and stated_units(x) for x in row):
        return  # a unit that is said to hold for the table: 单位：元
    stated = judge.units_row(row, filled_in(row), near_top=True) if filled_in(row) else None
    if stated is not None and len(stated.units) > 1:
        reading.units.update(stated.units)
        reading.pass_over(number, kinds.UNITS_ROW, {})
        _tell_unknown_units(reading, judge, number, stated)


def _tell_unknown_units(reading: _Reading, judge: RowJudge, number: int, stated: UnitsRow) -> None:
    for column, text in stated.unknown.items():
        title = judge.quantities[column].title
        reading.findings.add(kinds.UNKNOWN_UNIT, number, column, text=text, name=title)


def _tell_unlike(reading: _Reading, sheet: Sheet, column: int | None) -> None:
    """Tell ids that are words where nearly all others have numbers: 张三, or an unknown label."""
    if column is None or len(reading.kept) < _FEWEST_ALIKE:
        return
    texts = {n: r[column] if column < len(r := sheet.rows[n]) else "" for n in reading.kept}
    unlike = [n for n, x in texts.items() if isinstance(x, str) and x and not has_digit(x)]
    if len(unlike) * _FEWEST_ALIKE > len(reading.kept) or len(unlike) == len(reading.kept):
        return
    for number in unlike:
        label = label_of(texts[number])
        if label is None or label.kind in (RowKind.CLOSING, RowKind.EXPLANATION):
            values = {"text": shown(texts[number]), "what": _NO_RESULT}
            reading.findings.add(kinds.EITHER_READ, number, **values)


def _read_row(
    reading: _Reading, judge: RowJudge, sheet: Sheet, number: int, *, near_top: bool
) -> None:
    """Say of a row that is not surely a result what it is."""
    row = sheet.rows[number]
    filled = filled_in(row)
    stated = judge.units_row(row, filled, near_top=near_top)
    if stated is not None:
        reading.units.update(stated.units)
        reading.pass_over(number, kinds.UNITS_ROW, {})
        _tell_unknown_units(reading, judge, number, stated)
        return
    passed = judge.passed_over(row, filled, near_top=near_top)
    if passed is None:
        passed = judge.nameless_total(sheet, number, reading.kept)
    if passed is not None and len(filled) == 1 and passed.kind in _OF_ONE_CELL:
        # A name beside cells without a value is that of a result.
        passed = None if any(unread_cells(sheet, number, judge.used)) else passed
    if passed is not None and passed.finding is not None:
        reading.findings.add(passed.finding, number, **passed.values)
    if passed is not None and passed.kind is not None:
        reading.pass_over(number, passed.kind, passed.values)
        units = units_written(row, judge.quantities)
        if units and passed.kind is not kinds.NOTE_ROW:
            reading.findings.add(kinds.UNUSED_UNITS, number, units=", ".join(units))
    elif judge.has_content(filled):
        reading.keep(number)
    else:
        reading.beside.append(number)


def _tell_rows_beside(reading: _Reading, sheet: Sheet) -> None:
    """Tell rows with nothing in the columns of the table."""
    if reading.beside:
        row = sheet.rows[reading.beside[0]]
        text = shown(next(x for x in row if x != ""))
        reading.findings.add(
            kinds.ROWS_BESIDE, reading.beside[0], count=len(reading.beside), text=text
        )
