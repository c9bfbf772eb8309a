"""Holds what was read against what was typed, cell by cell."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.workbook import Submission
from pilotscore.workbook.results.mapping_draft import MappingDraft, name_of
from pilotscore.workbook.values.cells import State
from tests.workbook.offices.typed import OfficeBook, Typed

_STATES = {
    State.VALUE: "value",
    State.BLANK: "blank",
    State.NOT_MEASURED: "not_measured",
    State.NOT_APPLICABLE: "not_applicable",
    State.FAULTY: "faulty",
}
# An information that a header, or the name of an item, is not known says that its cells were not read.
_NOT_KNOWN = {"H201", "R314"}
# What says something of all of a table or form, and nothing of a cell in it.
_OF_OTHERS = {"H204", "H205", "H206"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What was read otherwise than it was typed."""

    book: str
    what: str
    typed: Any
    read: Any
    told: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether no finding says so."""
        return not self.told


class Read:
    """What was read of workbooks: by file, result and quantity, with its findings by place."""

    def __init__(
        self, submission: Submission, findings: Iterable[Finding], criteria: CriteriaSet
    ) -> None:
        self.submission, self.criteria = submission, criteria
        self.at: dict[str, list[Finding]] = defaultdict(list)
        for f in findings:
            self.at[Path(f.place.file).name].append(f)
        self.results: dict[str, list[int]] = defaultdict(list)
        for i, of in enumerate(submission.table_of.tolist()):
            self.results[Path(submission.tables[of].book).name].append(i)

    def matched(self, book: OfficeBook) -> tuple[dict[str, int], list[int]]:
        """Return which result each typed one was read as, by its id or else its row; and others."""
        s, left = self.submission, list(self.results[book.file])
        found: dict[str, int] = {}
        for name, (sheet, row) in book.results.items():
            for i in left:
                here = (s.tables[int(s.table_of[i])].sheet, int(s.row_of[i])) == (sheet, row)
                if s.ids[i] == name or here:
                    found[name] = i
                    left.remove(i)
                    break
        return found, left

    def value(self, i: int, name: str) -> tuple[str, Any]:
        """Return the state and value of a result's quantity."""
        s, criteria = self.submission, self.criteria
        if name.endswith(" evidence"):
            grade = int(s.evidence[i, criteria.indicator_position[name.removesuffix(" evidence")]])
            grades = criteria.evidence.grades if criteria.evidence else ()
            return ("value", grades[grade].id) if grade >= 0 else ("blank", None)
        quantity = next(q for q in criteria.quantities if q.id == name)
        if name in criteria.indicator_position:
            j = criteria.indicator_position[name]
            state, value = State(int(s.states[i, j])), float(s.values[i, j])
        elif name in s.facts:
            state, value = State(int(s.facts[name].states[i])), s.facts[name].values[i]
        else:
            return "blank", None
        if state is not State.VALUE:
            return _STATES[state], None
        if quantity.type == "category" and not isinstance(value, str):
            return "value", quantity.categories[int(value)].id
        if quantity.type == "yes_no" and not isinstance(value, str):
            return "value", "yes" if value else "no"
        return "value", str(value) if isinstance(value, str) else float(value)

    def told(
        self, file: str, sheet: str, cell: tuple[int, int], header: tuple[int, int]
    ) -> tuple[str, ...]:
        """Return the codes of the findings that say of a cell that it was read otherwise, or not."""
        codes = []
        for f in self.at[file]:
            p = f.place
            if p.sheet not in (None, sheet):
                continue
            heads = p.column == header[1] and p.row in range(header[0] - 2, header[0] + 1)
            here = (p.row, p.column) == cell
            of_row = p.row == cell[0] and p.column is None
            whole = p.row is None and p.column is None and f.code.startswith("B")
            grave = f.severity != "info" and f.code not in _OF_OTHERS
            if (grave and (here or heads or of_row or whole)) or (heads and f.code in _NOT_KNOWN):
                codes.append(f.code)
        return tuple(dict.fromkeys(codes))


def differences(books: Sequence[OfficeBook], read: Read) -> Iterator[Difference]:
    """Yield what was read otherwise than it was typed, told or not."""
    for book in books:
        yield from _of_results(book, read)
        yield from _of_batches(book, read)


def _of_results(book: OfficeBook, read: Read) -> Iterator[Difference]:
    results, others = read.matched(book)
    ids, submission = read.submission.ids, read.submission
    errors = tuple(
        f.code for f in read.at[book.file] if f.severity == "error" and f.place.row is None
    )
    for name in sorted(set(book.results) - set(results)):
        yield Difference(book.file, f"result {name} is missing", name, None, errors)
    for i in others:
        yield Difference(book.file, f"{ids[i]} is no result", None, ids[i], _of_row(read, book, i))
    unnamed = tuple(
        code
        for h in book.heads
        if h.means == "id"
        for code in read.told(book.file, h.sheet, h.cell, h.cell)
    )
    for name, i in results.items():
        if ids[i] != name:
            yield Difference(book.file, f"the id of {name}", name, ids[i], unnamed)
    for typed in book.typed:
        if typed.result in results:
            got = read.value(results[typed.result], typed.name)
            if not _same(typed, got):
                told = read.told(book.file, typed.sheet, typed.cell, typed.header)
                what = f"{typed.result} {typed.name} {typed.sheet}{typed.cell} “{typed.text}”"
                yield Difference(book.file, what, (typed.state, typed.value), got, told)
    meant = {(t.result, t.name) for t in book.typed}
    for name, i in results.items():
        for quantity in read.criteria.quantities:
            got = read.value(i, quantity.id)
            if got[0] == "value" and (name, quantity.id) not in meant:
                place = submission.place(i, quantity.id)
                cell = (place.row or 0, place.column or 0)
                told = read.told(book.file, place.sheet or "", cell, cell)
                yield Difference(
                    book.file, f"{name} {quantity.id} was never typed", None, got, told
                )


def _of_row(read: Read, book: OfficeBook, i: int) -> tuple[str, ...]:
    row = int(read.submission.row_of[i])
    codes = (f.code for f in read.at[book.file] if f.place.row == row and f.severity != "info")
    return tuple(dict.fromkeys(codes))


def _same(typed: Typed, got: tuple[str, Any]) -> bool:
    if typed.state != got[0]:
        return False
    if typed.state != "value" or typed.value == got[1]:
        return True
    try:
        return math.isclose(float(typed.value or 0), float(got[1]), rel_tol=1e-9, abs_tol=1e-12)
    except (TypeError, ValueError):
        return False


def _of_batches(book: OfficeBook, read: Read) -> Iterator[Difference]:
    data = read.submission.batches
    got: dict[tuple[str, int, int], tuple[str, str, float]] = {}
    if data is not None:
        v = data.values
        for k in range(len(v)):
            file, sheet = data.sheets[int(v.sheet[k])]
            if Path(file).name == book.file:
                batch = data.batches.name[int(v.batch[k])]
                of = data.ids[int(v.result[k])]
                got[sheet, int(v.row[k]), int(v.column[k])] = (of, batch, float(v.value[k]))
    for typed in book.batches:
        key = (typed.sheet, *typed.cell)
        read_as = got.pop(key, None)
        if (
            read_as is None
            or read_as[:2] != (typed.result, typed.batch)
            or read_as[2] != typed.value
        ):
            told = read.told(book.file, typed.sheet, typed.cell, (0, -1))
            what = f"batch {typed.batch} of {typed.result} {typed.of} {key}"
            yield Difference(book.file, what, typed.value, read_as, told)
    for key, read_as in got.items():
        yield Difference(book.file, f"{key} is no value of a batch", None, read_as, ())


@dataclass(frozen=True, slots=True)
class Matched:
    """Of the headers that mean something: how many were matched, or suggested, rightly and not."""

    headers: int
    matched: int
    suggested: int
    wrong: tuple[str, ...]

    def __add__(self, other: Matched) -> Matched:
        sums = (a + b for a, b in zip(self._numbers, other._numbers, strict=True))
        return Matched(*sums, self.wrong + other.wrong)

    @property
    def _numbers(self) -> tuple[int, int, int]:
        return self.headers, self.matched, self.suggested

    def shares(self) -> str:
        """Say what share was matched without help, and matched or rightly suggested."""
        either = (self.matched + self.suggested) / self.headers
        return f"{self.headers} headers, {self.matched / self.headers:.0%} matched, {either:.0%} with suggestions"


def shown(text: str) -> str:
    """Return a header as a mapping file writes it, in one line."""
    return " ".join(text.split())


def matched(book: OfficeBook, draft: MappingDraft) -> Matched:
    """Hold what a draft of a mapping says of the headers of a workbook against what they mean."""
    right = suggested = 0
    wrong = []
    meant = {
        shown(h.text): h.means for h in book.heads if h.means and not h.means.endswith(" evidence")
    }
    known = {t: name_of(m) for t, m in draft.known.items()}
    likely = {t: s.name for t, s in draft.suggested.items()}
    for text, means in meant.items():
        taken = known.get(text, likely.get(text))
        right += known.get(text) == means
        suggested += text not in known and likely.get(text) == means
        if taken not in (None, means):
            wrong.append(f"{book.file} {text}: {taken}, not {means}")
    return Matched(len(meant), right, suggested, tuple(wrong))


def completed(book: OfficeBook, draft: MappingDraft) -> MappingDraft:
    """Return a draft as a person completes it: every header with what it means."""
    for h in book.heads:
        text = shown(h.text)
        if h.means and not h.means.endswith(" evidence") and text not in draft.known:
            draft = draft.with_meaning(text, h.means)
    return draft
