"""Writes what a person answers into a copy of the workbook, so that it reads back as answered.

How a cell must be written depends on what stands around it: the unit and the percent sign of a
header, the format of a cell. So nothing of that is guessed at: an answer is written, the copy is
read, and where it reads otherwise the answer is written in the next way (with its unit, as text).
The workbook that was read is never changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from copy import copy as copy_of
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.names import normalise
from pilotscore.findings import Place
from pilotscore.language import Text, Words
from pilotscore.workbook.copies import copies, parts
from pilotscore.workbook.copies.answers import Answer, ways_to_write
from pilotscore.workbook.copies.findings_sheet import put_text
from pilotscore.workbook.copies.formula_results import has_formulas, with_results
from pilotscore.workbook.copies.places import Places, Subject
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.values.cells import State

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_INSTEAD = Text("请在工作簿中直接填写", "fill in the workbook itself")
_APART = Text(
    "合并区域 {area} 已拆开，各格保留原值",
    "the merged area {area} was taken apart; its cells keep its value",
)
_RECALCULATED = Text(
    "公式的结果照抄原文件，用 Excel 或 WPS 打开副本时重新计算",
    "the results of formulas are those of the workbook until Excel or WPS opens the copy",
)


@dataclass(frozen=True, slots=True)
class Written:
    """How writing went.

    Attributes
    ----------
    places
        Where the answers stand.
    lost
        What the copy could not keep.
    notes
        What else a person should know of the copy.
    otherwise
        The indicators whose answers do not read back as they were given.
    changed
        The cells that read otherwise than before and were not answered.
    """

    places: Places
    lost: tuple[Words, ...]
    notes: tuple[Words, ...]
    otherwise: tuple[str, ...]
    changed: tuple[str, ...]


def refuse_source(source: Path, out: Path, content: bytes, limits: Limits | None = None) -> None:
    """Refuse a workbook that no copy can be made of, before anything is asked.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    copies.refuse_ending(source, out)
    copies.refuse_content(source, content)
    with copies.plain_failures(source):
        copies.refuse_size(source, content, limits or Limits(), _INSTEAD)
        copies.load(source, content)


def write_answers(
    subject: Subject,
    answers: Sequence[Answer],
    places: Places,
    out: Path,
    reread: Callable[[Path], Submission],
) -> Written:
    """Write a copy of a workbook with the answers in it, and read it back.

    Parameters
    ----------
    subject
        What was answered about.
    answers, places
        What was answered, and where it goes.
    out
        Where the copy goes, with the same ending.
    reread
        What reads a workbook as the first one was read.
    """
    criteria, before, i = subject.names.criteria, subject.submission, subject.result
    known = {x.id: x for x in criteria.indicators}
    ways = {a.name: ways_to_write(a, known[a.name], subject.lang) for a in answers}
    turn = dict.fromkeys(ways, 0)
    while True:
        cells: dict[Place, Any] = dict(places.headers)
        for a in answers:
            if a.name in places.values:
                cells[places.values[a.name]] = ways[a.name][turn[a.name]]
            if a.name in places.grades and a.grade is not None and criteria.evidence:
                cells[places.grades[a.name]] = criteria.evidence.grades[a.grade].id
        lost, notes = _write_copy(subject, cells, places.headers, out)
        after = reread(out)
        wrong = [a for a in answers if not reads_as(after, i, a, criteria)]
        again = [
            a for a in wrong if turn[a.name] + 1 < len(ways[a.name]) and a.name in places.values
        ]
        if not again or len(after) != len(before):
            break
        for a in again:
            turn[a.name] += 1
    otherwise = tuple(a.name for a in wrong)
    return Written(places, lost, notes, otherwise, changes(before, after, i, answers, criteria))


def reads_as(after: Submission, i: int, answer: Answer, criteria: CriteriaSet) -> bool:
    """Say whether a result reads as was answered."""
    if i >= len(after):
        return False
    j = criteria.indicator_position[answer.name]
    if answer.grade is not None and after.evidence[i, j] != answer.grade:
        return False
    reading = answer.reading
    if reading is None:
        return True
    if after.states[i, j] != reading.state:
        return False
    if reading.state is State.NOT_APPLICABLE:
        return normalise(after.reasons.get((i, answer.name), "")) == normalise(reading.word)
    if reading.state is State.VALUE:
        return math.isclose(after.values[i, j], reading.value, rel_tol=1e-12, abs_tol=1e-12)
    return True


def changes(
    before: Submission, after: Submission, i: int, answers: Sequence[Answer], criteria: CriteriaSet
) -> tuple[str, ...]:
    """Return the cells that read otherwise than before, besides those that were answered."""
    if len(before) != len(after):
        return (str(before.tables[int(before.table_of[i])].sheet),)
    answered = {a.name for a in answers}
    values = before.values == after.values
    same = (values | (np.isnan(before.values) & np.isnan(after.values))) & (
        before.states == after.states
    )
    same &= before.evidence == after.evidence
    cells: dict[str, None] = {}
    for r, j in np.argwhere(~same).tolist():
        name = criteria.indicators[j].id
        if r != i or name not in answered:
            cells[cell_of(before.place(r, name))] = None
    for name, fact in before.facts.items():
        other = after.facts[name]
        alike = (fact.states == other.states) & (
            (fact.values == other.values)
            | ((fact.values != fact.values) & (other.values != other.values))
        )
        for r in np.flatnonzero(~alike).tolist():
            cells[cell_of(before.place(r, name))] = None
    for r in range(len(before)):
        if before.titles[r] != after.titles[r]:
            cells[cell_of(before.place(r))] = None
    return tuple(cells)


def cell_of(place: Place) -> str:
    """Return a cell as it is named within its workbook."""
    return f"{place.sheet}!{place.cell}"


def _write_copy(
    subject: Subject, cells: Mapping[Place, Any], headers: Mapping[Place, str], out: Path
) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Write a copy with some cells set; return what is lost, and what else there is to say."""
    source, content = subject.path, subject.content
    # A merged area below the header of a table says the same of several results or columns.
    spreads = not subject.table.cells
    notes: list[Words] = []
    with copies.plain_failures(source) as warned_of:
        book = copies.load(source, content)
        sheets = {s.title: s for s in book.worksheets}
        for place, value in cells.items():
            sheet = sheets[place.sheet or ""]
            if place not in headers:
                notes.extend(_take_apart(sheet, place, spreads=spreads))
            _put(sheet, place, value, header=place in headers)
        book.calculation.fullCalcOnLoad = True  # so that Excel reckons with what was answered
        written = with_results(book, content, copies.saved(book))
    lost = parts.lost_parts(content, written, macros=source.suffix.lower() == ".xlsm")
    kept = (t for t in lost if t != parts.STORED_RESULTS)
    if has_formulas(written):
        notes.append(_RECALCULATED)
    parts.write_settled(written, out)
    return (*kept, *parts.warned(str(w.message) for w in warned_of)), tuple(notes)


def _row_and_column(place: Place) -> tuple[int, int]:
    """Return row and column of a cell as openpyxl counts them, from 1."""
    if place.row is None or place.column is None:
        raise ValueError(f"{place} is no cell")
    return place.row + 1, place.column + 1


def _put(sheet: Worksheet, place: Place, value: Any, *, header: bool) -> None:
    row, column = _row_and_column(place)
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
    if header:
        like: Any = sheet._cells.get((row, column - 1))  # so that none is made
        if like is None:  # a new line of a form has nothing beside it yet
            like = sheet._cells.get((row - 1, column))
        if like is not None and like.has_style:
            cell._style = copy_of(like._style)


def _take_apart(sheet: Worksheet, place: Place, *, spreads: bool) -> list[Words]:
    """Take apart the merged area over a cell, where an answer in it would say too much."""
    row, column = _row_and_column(place)
    for area in list(sheet.merged_cells.ranges):
        if not (area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col):
            continue
        if not spreads and (row, column) == (area.min_row, area.min_col):
            return []
        first: Any = sheet.cell(area.min_row, area.min_col)
        sheet.unmerge_cells(str(area))
        for r in range(area.min_row, area.max_row + 1):
            for c in range(area.min_col, area.max_col + 1):
                cell: Any = sheet.cell(r, c)
                cell.value, cell._style = first.value, copy_of(first._style)
                cell.data_type = first.data_type
        return [_APART.of(area=f"{sheet.title}!{area}")]
    return []
