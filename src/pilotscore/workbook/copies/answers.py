"""Writes what a person answers into a copy of the workbook, so that it reads back as answered.

How a cell must be written depends on what stands around it: the unit and the percent sign of a
header, the format of a cell. So nothing of that is guessed at: an answer is written, the copy is
read, and where it reads otherwise the answer is written in the next way (with its unit, as text).
The workbook that was read is never changed.
"""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy as copy_of
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import numpy as np

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place, column_letters
from pilotscore.language import Lang, Text
from pilotscore.workbook.copies import copies, parts
from pilotscore.workbook.copies.findings_sheet import put_text
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.form_parts import Form
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.results.submission import ResultTable, Submission
from pilotscore.workbook.tables.columns import match_columns
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values import kinds as value_kinds
from pilotscore.workbook.values.cells import Cell, State, tidy
from pilotscore.workbook.values.columns import read_one

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_COLUMNS = 16_384
# A cell of a formula as openpyxl writes it, without its result.
_FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]+\d+)"([^>]*)>(<f(?:[^>]*/>|[^>]*>[^<]*</f>))<v\s*(?:/>|></v>)</c>'
)
_INSTEAD = Text("请在工作簿中直接填写", "fill in the workbook itself")
_EVIDENCE = Text("证据等级", " evidence grade")
_RECALCULATED = Text(
    "公式的结果照抄原文件，用 Excel 或 WPS 打开副本时重新计算",
    "the results of formulas are those of the workbook until Excel or WPS opens the copy",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered of one indicator.

    ``reading`` is None where its value stays as it is; ``grade`` is the place of the grade of
    evidence, None where that stays as it is.
    """

    name: str
    typed: str = ""
    reading: Cell | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: its sheet, and row and column from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.column)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Places:
    """Where answers go: the cells of values and of grades, and the headers that are new."""

    values: dict[str, Spot] = field(default_factory=dict)
    grades: dict[str, Spot] = field(default_factory=dict)
    headers: dict[Spot, str] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)


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
    lost: tuple[Text, ...]
    notes: tuple[Text, ...]
    otherwise: tuple[str, ...]
    changed: tuple[str, ...]


def read_answer(typed: str, indicator: Indicator) -> Cell:
    """Read what was typed as a cell is read; the number of a listed category stands for it."""
    text = tidy(typed)
    if is_listed(indicator) and text.isdecimal() and 1 <= int(text) <= len(indicator.categories):
        return read_one(indicator.categories[int(text) - 1].id, indicator)
    return read_one(text, indicator)


def is_listed(indicator: Indicator) -> bool:
    """Say whether the categories can be chosen by number: not where one is itself called so."""
    return bool(indicator.categories) and not any(
        spelling.isdecimal() for spelling in indicator.category_by_name
    )


def complaint(reading: Cell) -> Finding | None:
    """Return what is wrong with an entry that cannot be taken as an answer; None for a good one."""
    if reading.state not in (State.FAULTY, State.BLANK) or not reading.remarks:
        return None
    kind, values = reading.remarks[0]
    return Finding(kind, Place(""), values)


def ways_to_write(answer: Answer, indicator: Indicator, lang: Lang) -> list[Any]:
    """Return the cells that may hold an answer, the plainest first."""
    reading = answer.reading
    if reading is None:
        return []
    if reading.state is State.NOT_APPLICABLE:
        return [Text(f"不适用：{reading.word}", f"N/A: {reading.word}").to(lang), answer.typed]
    if reading.state is State.NOT_MEASURED:
        return [Text("未测", "not measured").to(lang)]
    if indicator.type == "yes_no":
        return [Text("是", "yes").to(lang) if reading.value else Text("否", "no").to(lang)]
    if indicator.categories:
        chosen = indicator.categories[int(reading.value)]
        return [chosen.title.to(lang), chosen.title.zh, chosen.title.en, chosen.id]
    number = int(reading.value) if reading.value.is_integer() else reading.value
    units = [indicator.unit.zh, indicator.unit.en] if indicator.unit else []
    units += {"percent": ["%"], "count": ["个"]}.get(indicator.type, [])
    ways: list[Any] = [number, round(reading.value / 100, 14)]
    digits = format(
        Decimal(repr(number)), "f"
    )  # 0.00001, which with a unit reads better than 1e-05
    ways += [f"{digits} {unit}" for unit in units]
    ways += [f"{reading.value * 100:.12g}%"] if indicator.type == "ratio" else []
    ways.append(digits)
    # What is more than a number in other words stays as typed, with what is to be told of it.
    if any(kind is not value_kinds.READ_AS for kind, _ in reading.remarks):
        ways = [answer.typed, *(f"{answer.typed} {unit}" for unit in units), *ways]
    return ways


def refuse_source(source: Path, out: Path, content: bytes, limits: Limits | None = None) -> None:
    """Refuse a workbook that no copy can be made of, before anything is asked.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    copies.refuse_ending(source, out)
    copies.refuse_content(source, content)
    with copies.told_plainly(source):
        copies.refuse_size(source, content, limits or Limits(), _INSTEAD)
        copies.load(source, content)


def find_places(
    submission: Submission,
    i: int,
    answers: Iterable[Answer],
    sheets: Sequence[Sheet],
    names: HeaderNames,
    lang: Lang,
) -> Places:
    """Say which cells the answers of a result go into, and which headers are to be added.

    Parameters
    ----------
    submission
        What was read of the workbook.
    i
        Which result of it.
    answers
        What was answered.
    sheets
        The sheets of the workbook as they are.
    names
        What headers are understood.
    lang
        The language of new headers.
    """
    table = submission.tables[int(submission.table_of[i])]
    places = Places()
    values, grades = [], []
    for answer in answers:
        if answer.reading is not None:
            at = _spot(submission.place(i, answer.name))
            if at is not None:
                places.values[answer.name] = at
            else:
                values.append(answer.name)
        if answer.grade is not None:
            at = _spot(submission.evidence_place(i, answer.name))
            if at is not None:
                places.grades[answer.name] = at
            else:
                grades.append(answer.name)
    by_name = {s.name: s for s in sheets}
    if values or grades:
        if table.cells:
            _new_lines(table, by_name, names, values, grades, places, lang)
        else:
            row = int(submission.row_of[i])
            _new_columns(table, by_name[table.sheet], row, names, values, grades, places, lang)
    return places


def _spot(place: Place) -> Spot | None:
    if place.sheet is None or place.row is None or place.column is None:
        return None
    return Spot(place.sheet, place.row, place.column)


def _headers(indicator: Indicator, lang: Lang) -> list[str]:
    """Return what a new column or line may be called, the best first."""
    own = indicator.unit or (Text("%", "%") if indicator.type == "percent" else None)
    titles = [indicator.title.to(lang), indicator.title.zh, indicator.title.en]
    with_unit = []
    if own is not None and own.to(lang) not in titles[0]:
        with_unit = [f"{titles[0]}（{own.zh}）" if lang == "zh" else f"{titles[0]} ({own.en})"]
    return [*with_unit, *titles, indicator.id]


def _evidence_headers(indicator: Indicator, lang: Lang) -> list[str]:
    title = indicator.title
    # A title that ends in “level” runs into “evidence level”; then an alias serves.
    english = [title.en, *(a for a in indicator.aliases if a.isascii()), indicator.id]
    both = {
        "zh": [f"{title.zh}{_EVIDENCE.zh}"],
        "en": [f"{name}{_EVIDENCE.en}" for name in english],
    }
    return [*both[lang], *both["zh"], *both["en"]]


def _new_columns(
    table: ResultTable, sheet: Sheet, row: int, names: HeaderNames,
    values: list[str], grades: list[str], places: Places, lang: Lang,
) -> None:  # fmt: skip
    """Put columns at the right end of a table's header."""
    header = sheet.rows[table.header_row]
    used = [c for c, cell in enumerate(header) if cell not in ("", None)]
    free = _free_columns(sheet, table.header_row, max(used, default=-1) + 1)
    known = {q.id: q for q in names.criteria.indicators}
    for name in (n for n in known if n in values or n in grades):
        for wanted, where, texts in (
            (values, places.values, _headers(known[name], lang)),
            (grades, places.grades, _evidence_headers(known[name], lang)),
        ):
            if name not in wanted:
                continue
            fits = (t for t in texts if _means(t, name, names, evidence=wanted is grades))
            text, column = next(fits, None), next(free, None)
            if text is None or column is None:
                places.without.append(name)
                continue
            places.headers[Spot(sheet.name, table.header_row, column)] = text
            where[name] = Spot(sheet.name, row, column)


def _means(text: str, name: str, names: HeaderNames, *, evidence: bool) -> bool:
    found = match_columns((text,), names)
    return (found.evidence if evidence else found.quantities).get(name) == 0


def _free_columns(sheet: Sheet, header_row: int, first: int) -> Iterator[int]:
    """Yield the columns that are blank from the header down."""
    below = sheet.rows[header_row:]
    merged = [
        (left, right)
        for (_, left), (bottom, right) in sheet.merged
        if bottom >= header_row
    ]  # fmt: skip
    for column in range(first, _MOST_COLUMNS):
        if any(left <= column <= right for left, right in merged):
            continue
        if all(column >= len(r) or r[column] in ("", None) for r in below):
            yield column


def _new_lines(
    table: ResultTable, sheets: Mapping[str, Sheet], names: HeaderNames,
    values: list[str], grades: list[str], places: Places, lang: Lang,
) -> None:  # fmt: skip
    """Put lines below a form's last item; where their cells are is what reading the form says."""
    last_sheet = [cell[0] for cell in table.cells.values()][-1]
    sheet = sheets[last_sheet]
    draft = _Draft(table, sheet, names)
    known = {q.id: q for q in names.criteria.indicators}
    for name in (n for n in known if n in values or n in grades):
        if name in values:
            line = draft.add(_headers(known[name], lang), name, evidence=False)
            if line is None:
                places.without.append(name)
                continue
            places.headers[line.label], places.values[name] = line.text, line.cell
        if name in grades:
            at = draft.evidence_of(name)
            if at is not None:
                places.grades[name] = at
                continue
            line = draft.add(_evidence_headers(known[name], lang), name, evidence=True)
            if line is None:
                places.without.append(name)
                continue
            places.headers[line.label], places.grades[name] = line.text, line.cell


def _cell_of_item(form: Form | None, name: str, *, evidence: bool) -> tuple[int, int] | None:
    if form is None:
        return None
    if evidence:
        return form.evidence.get(name)
    item = form.items.get(name)
    return item.value if item else None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that was added to a form: the cell of its name, the name, the cell beside."""

    label: Spot
    text: str
    cell: Spot


class _Draft:
    """A form with lines added, which is read to see where their values belong."""

    def __init__(self, table: ResultTable, sheet: Sheet, names: HeaderNames) -> None:
        self.table, self.sheet, self.names = table, sheet, names
        self.rows = [list(r) for r in sheet.rows]
        self.next = 0
        self.column = 0
        form = self.form()
        if form is not None:
            self.next = max(i.value[0] for i in form.items.values()) + 1
            lowest = [i for i in form.items.values() if i.value[0] == self.next - 1]
            self.column = min(i.label[1] for i in lowest)

    def form(self) -> Form | None:
        """Return the form of the result, as it reads now."""
        forms = find_forms(self.rows, self.names, self.sheet.merged, afresh=True)
        own = self.table.cells
        for form in forms:
            if any(own.get(n) == (self.sheet.name, *i.value) for n, i in form.items.items()):
                return form
        return None

    def evidence_of(self, name: str) -> Spot | None:
        """Return the cell of the evidence grade of an item, where the form has one by now."""
        at = _cell_of_item(self.form(), name, evidence=True)
        return Spot(self.sheet.name, *at) if at else None

    def add(self, texts: Sequence[str], name: str, *, evidence: bool) -> _Line | None:
        """Add a line; None where it would not be understood, whatever it is called."""
        row = self.next
        while not self._is_blank(row):
            row += 1
        self.rows += [[] for _ in range(row + 1 - len(self.rows))]
        width = max(self.column + 3, *(len(r) for r in self.rows))
        before = self.rows[row]
        for text in texts:
            self.rows[row] = ["" for _ in range(width)]
            self.rows[row][self.column] = text
            at = _cell_of_item(self.form(), name, evidence=evidence)
            if at is not None and at[0] == row:
                self.next = row + 1
                label = Spot(self.sheet.name, row, self.column)
                return _Line(label, text, Spot(self.sheet.name, *at))
        self.rows[row] = before
        return None

    def _is_blank(self, row: int) -> bool:
        cells = self.rows[row] if row < len(self.rows) else []
        merged = any(top <= row <= bottom for (top, _), (bottom, _) in self.sheet.merged)
        return not merged and all(cell in ("", None) for cell in cells)


def write_answers(
    source: Path,
    content: bytes,
    out: Path,
    answers: Sequence[Answer],
    places: Places,
    before: Submission,
    i: int,
    criteria: CriteriaSet,
    lang: Lang,
    reread: Callable[[Path], Submission],
) -> Written:
    """Write a copy of a workbook with the answers in it, and read it back.

    Parameters
    ----------
    source, content
        The workbook's name and its bytes.
    out
        Where the copy goes, with the same ending.
    answers, places
        What was answered, and where it goes.
    before, i
        What was read of the workbook, and which result of it was asked about.
    criteria
        The criteria set.
    lang
        The language of words that are written into cells.
    reread
        What reads a workbook as the first one was read.
    """
    known = {x.id: x for x in criteria.indicators}
    # A merged area below the header of a table says the same of several results or columns.
    spreads = not before.tables[int(before.table_of[i])].cells
    ways = {a.name: ways_to_write(a, known[a.name], lang) for a in answers}
    turn = dict.fromkeys(ways, 0)
    while True:
        cells: dict[Spot, Any] = dict(places.headers)
        for a in answers:
            if a.name in places.values:
                cells[places.values[a.name]] = ways[a.name][turn[a.name]]
            if a.name in places.grades and a.grade is not None and criteria.evidence:
                cells[places.grades[a.name]] = criteria.evidence.grades[a.grade].id
        lost, notes = _write_copy(source, content, cells, set(places.headers), out, spreads)
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
    found: dict[str, None] = {}
    for r, j in np.argwhere(~same).tolist():
        name = criteria.indicators[j].id
        if r != i or name not in answered:
            found[_cell_of(before.place(r, name))] = None
    for name, fact in before.facts.items():
        other = after.facts[name]
        alike = (fact.states == other.states) & (
            (fact.values == other.values) | ((fact.values != fact.values) & (other.values != other.values))
        )  # fmt: skip
        for r in np.flatnonzero(~alike).tolist():
            found[_cell_of(before.place(r, name))] = None
    for r in range(len(before)):
        if before.titles[r] != after.titles[r]:
            found[_cell_of(before.place(r))] = None
    return tuple(found)


def _cell_of(place: Place) -> str:
    return f"{place.sheet}!{place.cell}"


def _write_copy(
    source: Path,
    content: bytes,
    cells: Mapping[Spot, Any],
    headers: set[Spot],
    out: Path,
    spreads: bool,
) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Write a copy with some cells set; return what is lost, and what else there is to say."""
    notes: list[Text] = []
    with copies.told_plainly(source) as told:
        book = copies.load(source, content)
        sheets = {s.title: s for s in book.worksheets}
        for spot, value in cells.items():
            sheet = sheets[spot.sheet]
            if spot not in headers:
                notes.extend(_take_apart(sheet, spot, spreads=spreads))
            _put(sheet, spot, value, header=spot in headers)
        book.calculation.fullCalcOnLoad = True  # so that Excel reckons with what was answered
        written = _with_results(book, content, copies.saved(book))
    lost = [
        t
        for t in parts.lost_parts(content, written, macros=source.suffix.lower() == ".xlsm")
        if t != parts.STORED_RESULTS
    ]
    if any(_FORMULAS.search(part) for part in _sheet_parts(written).values()):
        notes.append(_RECALCULATED)
    parts.write_settled(written, out)
    return (*lost, *parts.warned(str(w.message) for w in told)), tuple(notes)


def _put(sheet: Worksheet, spot: Spot, value: Any, *, header: bool) -> None:
    cell: Any = sheet.cell(spot.row + 1, spot.column + 1)
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
    if header:
        like: Any = sheet._cells.get((spot.row + 1, spot.column))  # so that none is made
        if like is None:  # a new line of a form has nothing beside it yet
            like = sheet._cells.get((spot.row, spot.column + 1))
        if like is not None and like.has_style:
            cell._style = copy_of(like._style)


def _take_apart(sheet: Worksheet, spot: Spot, *, spreads: bool) -> list[Text]:
    """Take apart the merged area over a cell, where an answer in it would say more than was meant."""
    row, column = spot.row + 1, spot.column + 1
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
        where = f"{sheet.title}!{area}"
        return [
            Text(
                f"合并区域 {where} 已拆开，各格保留原值",
                f"the merged area {where} was taken apart; its cells keep its value",
            )
        ]
    return []


_FORMULAS = re.compile(rb"<f[ />]")


def _sheet_parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            n: archive.read(n)
            for n in archive.namelist()
            if re.match(r"xl/worksheets/[^/]+\.xml$", n)
        }


def _with_results(book: Workbook, content: bytes, written: bytes) -> bytes:
    """Give the formulas of a copy the results that are stored in the workbook.

    openpyxl writes formulas without them, and until Excel has opened the copy their cells could
    not be read.
    """
    if not any(_FORMULAS.search(part) for part in _sheet_parts(written).values()):
        return written
    import openpyxl

    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    results = {
        f"xl/worksheets/sheet{number}.xml": stored[sheet.title]
        for number, sheet in enumerate(book.worksheets, start=1)  # as openpyxl numbers them
    }
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            if name in results:
                sheet = results[name]
                part = _FORMULA_CELL.sub(partial(_cell_with_result, sheet), part)
            after.writestr(name, part)
    return stream.getvalue()


def _cell_with_result(sheet: Any, found: re.Match[bytes]) -> bytes:
    cell = sheet[found.group(1).decode()]
    value = cell.value
    if value is None:
        return found.group(0)
    kind, text = "", ""
    if isinstance(value, bool):
        kind, text = "b", str(int(value))
    elif isinstance(value, int | float):
        text = repr(value)
    elif isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        from openpyxl.utils.datetime import to_excel

        text = repr(to_excel(value, sheet.parent.epoch))  # type: ignore[no-untyped-call]
    else:
        kind, text = ("e" if cell.data_type == "e" else "str"), escape(str(value))
    typed = f' t="{kind}"'.encode() if kind else b""
    head = b'<c r="' + found.group(1) + b'"' + found.group(2) + typed + b">"
    return head + found.group(3) + b"<v>" + text.encode() + b"</v></c>"
