"""Says which cells the answers of a result go into, and which headers are to be added for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Protocol

from pilotscore.criteria import Indicator
from pilotscore.findings import Place
from pilotscore.language import LANGS, Lang, Text
from pilotscore.records import dataclass
from pilotscore.workbook.copies.answers import Answer
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.form_parts import Form
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.results.submission import ResultTable, Submission
from pilotscore.workbook.tables.columns import match_columns
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.units import own_unit, with_unit

_MOST_COLUMNS = 16_384
_EVIDENCE = Text("证据等级", " evidence grade")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is answered about: a workbook as it was read, and the place of one of its results.

    ``names`` is what its headers are understood by, ``lang`` the language of what is written,
    ``limits`` what bounds the copy.
    """

    path: Path
    content: bytes
    submission: Submission
    result: int
    names: HeaderNames
    lang: Lang
    limits: Limits = field(default_factory=Limits)

    @property
    def table(self) -> ResultTable:
        """The table or form that the result stands in."""
        return self.submission.tables[int(self.submission.table_of[self.result])]


@dataclass(frozen=True, slots=True)
class Places:
    """Where answers go: the cells of values and of grades, and the headers that are new."""

    values: dict[str, Place] = field(default_factory=dict)
    grades: dict[str, Place] = field(default_factory=dict)
    headers: dict[Place, str] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Addition:
    """A cell for an answer, and the header that is added for it, if any."""

    cell: Place
    header: tuple[Place, str] | None = None


class _Additions(Protocol):
    def add(self, indicator: Indicator, *, evidence: bool) -> _Addition | None:
        """Return a new cell for a value or grade; None where there is no place for one."""
        ...


def find_places(subject: Subject, answers: Iterable[Answer], sheets: Sequence[Sheet]) -> Places:
    """Say which cells the answers of a result go into, and which headers are to be added.

    Parameters
    ----------
    subject
        What was answered about.
    answers
        What was answered.
    sheets
        The sheets of the workbook as they are.
    """
    submission, i = subject.submission, subject.result
    places = Places()
    missing: list[tuple[str, bool]] = []
    for answer in answers:
        for evidence, wanted, place in (
            (False, answer.reading is not None, submission.place(i, answer.name)),
            (True, answer.grade is not None, submission.evidence_place(i, answer.name)),
        ):
            if wanted and None in (place.sheet, place.row, place.column):
                missing.append((answer.name, evidence))
            elif wanted:
                (places.grades if evidence else places.values)[answer.name] = place
    if missing:
        _add_missing(subject, missing, {s.name: s for s in sheets}, places)
    return places


def _add_missing(
    subject: Subject, missing: list[tuple[str, bool]], sheets: dict[str, Sheet], places: Places
) -> None:
    """Add a column or line for each value and grade that has no cell, in the order of the set."""
    table, criteria = subject.table, subject.names.criteria
    additions: _Additions
    if table.cells:
        additions = _Lines(subject, sheets[[name for name, _, _ in table.cells.values()][-1]])
    else:
        additions = _Columns(subject, sheets[table.sheet])
    position = criteria.indicator_position
    for name, evidence in sorted(missing, key=lambda m: (position[m[0]], m[1])):
        if table.cells and name in places.without:
            continue  # a grade without its value
        added = additions.add(criteria.indicators[position[name]], evidence=evidence)
        if added is None:
            places.without.append(name)
            continue
        (places.grades if evidence else places.values)[name] = added.cell
        if added.header is not None:
            places.headers[added.header[0]] = added.header[1]


def _headers(indicator: Indicator, lang: Lang, *, evidence: bool) -> list[str]:
    """Return what a new column or line may be called, the best first."""
    title = indicator.title
    if not evidence:
        full = with_unit(title, own_unit(indicator)).to(lang)
        return [full, *(title.to(x) for x in (lang, *LANGS)), indicator.id]
    # A title that ends in “level” runs into “evidence level”; then an alias serves.
    aliases = [a for a in indicator.aliases if a.isascii()]
    names = {"zh": [title.to("zh")], "en": [title.to("en"), *aliases, indicator.id]}
    return [f"{name}{_EVIDENCE.to(x)}" for x in (lang, *LANGS) for name in names[x]]


class _Columns:
    """Columns at the right end of a table's header."""

    def __init__(self, subject: Subject, sheet: Sheet) -> None:
        self.subject, self.sheet = subject, sheet
        self.header_row = subject.table.header_row
        header = sheet.rows[self.header_row]
        used = [c for c, cell in enumerate(header) if cell not in ("", None)]
        self.free = self._free(max(used, default=-1) + 1)

    def _free(self, first: int) -> Iterator[int]:
        """Yield the columns that are blank from the header down."""
        below = self.sheet.rows[self.header_row :]
        merged = [
            range(left, right + 1)
            for (_, left), (bottom, right) in self.sheet.merged
            if bottom >= self.header_row
        ]
        for column in range(first, _MOST_COLUMNS):
            if any(column in columns for columns in merged):
                continue
            if all(column >= len(r) or r[column] in ("", None) for r in below):
                yield column

    def add(self, indicator: Indicator, *, evidence: bool) -> _Addition | None:
        """Add a column; None where it would not be understood, or there is no room."""
        texts = _headers(indicator, self.subject.lang, evidence=evidence)
        text = next((t for t in texts if self._means(t, indicator.id, evidence=evidence)), None)
        column = next(self.free, None)
        if text is None or column is None:
            return None
        row = int(self.subject.submission.row_of[self.subject.result])
        header = self.sheet.place(self.header_row, column)
        return _Addition(self.sheet.place(row, column), (header, text))

    def _means(self, text: str, name: str, *, evidence: bool) -> bool:
        columns = match_columns((text,), self.subject.names)
        return (columns.evidence if evidence else columns.quantities).get(name) == 0


class _Lines:
    """Lines below a form's last item; where their cells are is what reading the form says."""

    def __init__(self, subject: Subject, sheet: Sheet) -> None:
        self.subject, self.sheet = subject, sheet
        self.rows: list[list[Any]] = [list(r) for r in sheet.rows]
        self.next = self.column = 0
        form = self._form()
        if form is not None:
            self.next = max(i.value[0] for i in form.items.values()) + 1
            lowest = [i for i in form.items.values() if i.value[0] == self.next - 1]
            self.column = min(i.label[1] for i in lowest)

    def _form(self) -> Form | None:
        """Return the form of the result, as it reads now."""
        forms = find_forms(self.rows, self.subject.names, self.sheet.merged, afresh=True)
        own = self.subject.table.cells
        for form in forms:
            if any(own.get(n) == (self.sheet.name, *i.value) for n, i in form.items.items()):
                return form
        return None

    def _cell_of(self, name: str, *, evidence: bool) -> Spot | None:
        """Return the cell of an item or of its grade, where the form has one by now."""
        form = self._form()
        if form is None:
            return None
        item = form.items.get(name)
        return form.evidence.get(name) if evidence else item.value if item else None

    def add(self, indicator: Indicator, *, evidence: bool) -> _Addition | None:
        """Add a line; None where it would not be understood, whatever it is called."""
        if evidence and (cell := self._cell_of(indicator.id, evidence=True)):
            return _Addition(self.sheet.place(*cell))
        row = self.next
        while not self._is_blank(row):
            row += 1
        self.rows += [[] for _ in range(row + 1 - len(self.rows))]
        width = max(self.column + 3, *(len(r) for r in self.rows))
        before = self.rows[row]
        for text in _headers(indicator, self.subject.lang, evidence=evidence):
            self.rows[row] = ["" for _ in range(width)]
            self.rows[row][self.column] = text
            cell = self._cell_of(indicator.id, evidence=evidence)
            if cell is not None and cell[0] == row:
                self.next = row + 1
                return _Addition(
                    self.sheet.place(*cell), (self.sheet.place(row, self.column), text)
                )
        self.rows[row] = before
        return None

    def _is_blank(self, row: int) -> bool:
        cells = self.rows[row] if row < len(self.rows) else []
        merged = any(top <= row <= bottom for (top, _), (bottom, _) in self.sheet.merged)
        return not merged and all(cell in ("", None) for cell in cells)
