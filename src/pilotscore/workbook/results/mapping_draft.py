"""Drafts the mapping file of a workbook: what was matched, what is suggested, what is left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.kinds import OWN_REPORT
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book
from pilotscore.workbook.results.form_parts import Form
from pilotscore.workbook.results.form_reader import Part
from pilotscore.workbook.results.forms import other_labels
from pilotscore.workbook.results.heads import form_heads, table_heads, written_at
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import BookReader
from pilotscore.workbook.results.understood import Head
from pilotscore.workbook.tables.columns import MIN_KNOWN
from pilotscore.workbook.tables.finder import HEADER_ROWS, TableHeader, header_at
from pilotscore.workbook.tables.headers import (
    SERIALS,
    HeaderNames,
    Target,
    evidence_of,
    reduced,
    unit_in,
)
from pilotscore.workbook.tables.mapping import fault_of
from pilotscore.workbook.tables.suggestions import Suggestion, candidates, suggest
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.units import is_counter, is_unit

Meaning = str | dict[str, str]
_LONGEST_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a table, or the name of an item of a form, and what it means.

    Parameters
    ----------
    text
        As it is written.
    place
        Where it stands.
    sample
        A cell below or beside it as it is written; '' where all are blank.
    meaning
        What it was taken for, as a mapping file says it; None where that is not known.
    likely
        What it may mean where that is not known, the likeliest first.
    suggested
        Whether the likeliest is likely enough to be suggested.
    repeats
        The text of the header that means the same and is the one that is read; '' for none.
    kept
        Whether the mapping file that was given says it.
    """

    text: str
    place: Place
    sample: str = ""
    meaning: Meaning | None = None
    likely: tuple[Suggestion, ...] = ()
    suggested: bool = False
    repeats: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """What the headers of a workbook were taken for, each spelling once, and how it is read.

    ``said`` is what a mapping file already says, by reduced header, of any workbook, and
    ``derived`` the indicators and facts that it works out from other columns.
    """

    headers: tuple[Header, ...]
    criteria: CriteriaSet
    said: Mapping[str, Target] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    derived: frozenset[str] = frozenset()

    @property
    def known(self) -> dict[str, Meaning]:
        """What each header means that is known, by its text."""
        return {h.text: h.meaning for h in self.headers if h.meaning is not None}

    @property
    def suggested(self) -> dict[str, Suggestion]:
        """What is suggested for headers that are not known."""
        return {h.text: h.likely[0] for h in self.headers if h.meaning is None and h.suggested}

    @property
    def left_over(self) -> dict[str, str]:
        """The headers of which nothing is known, with the one that each repeats, or ''."""
        return {
            h.text: h.repeats
            for h in self.headers
            if h.meaning is None and not (h.suggested or h.kept)
        }

    @property
    def used(self) -> set[str]:
        """The indicators and facts that have a header."""
        here = {name_of(m) for m in self.known.values()}
        return here | {t.name for t in self.said.values() if not t.evidence} | self.derived

    @property
    def absent(self) -> list[str]:
        """The indicators for which there is no header."""
        return [i.id for i in self.criteria.indicators if i.id not in self.used]

    def with_meaning(self, text: str, meaning: Meaning) -> MappingDraft:
        """Return the draft in which a header means this; nothing else is then suggested for it."""
        taken = name_of(meaning)
        headers = []
        for header in self.headers:
            if header.text == text:
                headers.append(replace(header, meaning=meaning, suggested=False))
            elif header.meaning is None:
                left = tuple(s for s in header.likely if s.name != taken)
                clear = header.suggested and left == header.likely
                headers.append(replace(header, likely=left, suggested=clear))
            else:
                headers.append(header)
        return replace(self, headers=tuple(headers))


def name_of(meaning: Meaning) -> str:
    """Return the indicator, fact or word that a meaning names, with whatever stands behind it."""
    return meaning["is"] if isinstance(meaning, dict) else meaning


def draft_mapping(
    path: Path, criteria: CriteriaSet, options: ReadingOptions | None = None
) -> tuple[MappingDraft, tuple[Finding, ...]]:
    """Match the headers of a workbook, or of all that are in a folder.

    Parameters
    ----------
    path, criteria
        The workbook or folder, and what it is read for.
    options
        How it is to be read; what its mapping says is kept.

    Returns
    -------
    tuple
        What came of it, and what was found of each workbook that has no header.
    """
    options = options or ReadingOptions()
    said = options.mapping.targets if options.mapping else {}
    names = options.names(criteria)
    derived = names.rules.derives
    draft = MappingDraft((), criteria, said, options.sheet, options.header_row, derived)
    books = find_books([path], options.glob)
    headers: list[Header] = []
    findings = list(books.findings)
    for book in books.paths:
        read, remarks = _headers_of(book, names, options)
        headers += read
        findings += remarks
    once = _with_suggestions(_each_once(headers), names, draft)
    if headers:
        findings = [f for f in findings if f.severity == "error" and f.kind is not OWN_REPORT]
    return replace(draft, headers=once), tuple(findings)


def _headers_of(
    path: Path, names: HeaderNames, options: ReadingOptions
) -> tuple[list[Header], list[Finding]]:
    """Return the headers of one workbook, or what was found of it where it has none."""
    try:
        book = open_book(path, options.limits, options.password)
    except UnreadableBookError as error:
        return [], [error.finding]
    reader = _HeaderReader(with_written_errors(book), names, options)
    reader.read_all("")
    return reader.headers, [] if reader.headers else reader.findings


class _HeaderReader(BookReader):
    """Reads what the headers of a workbook were taken for, and no values."""

    headers: list[Header]

    def decide(self, sheet: Sheet) -> tuple[TableHeader | None, list[Form]]:
        """Decide as the reader does; a row that a person calls the header is one."""
        table, forms = super().decide(sheet)
        alone = self.wanted is not None or sum(s.visible for s in self.book.sheets) == 1
        if table is None and self.header_row is not None and alone:
            table = header_at(sheet.rows, self.names, sheet.merged, self.header_row)
        return table, forms

    def is_filled(self, sheet: Sheet, form: Form) -> bool:  # noqa: ARG002 - as the reader has it
        """Take a template that nobody filled in as well."""
        return True

    def read_all(self, sha256: str) -> None:
        """Collect the headers of every sheet; where none is known, those of the likeliest row."""
        self.headers = []
        super().read_all(sha256)
        if self.headers or self.header_row is not None or self.beside:
            return
        for sheet in self.book.sheets:
            if self.wanted == sheet.name or (self.wanted is None and sheet.visible):
                table = _likeliest(sheet, self.names)
                if table is not None:
                    self.read_table(sheet, table)

    def read_table(self, sheet: Sheet, table: TableHeader, first: int | None = None) -> None:
        """Take the headers of a table."""
        row = table.row or 0
        below = range(max(first or 0, row + 1), len(sheet.rows))
        texts = table.columns.texts
        repeated = {c: texts.get(f, "") for c, _, f in table.columns.repeated}
        for head in table_heads(row, table.columns, self.names):
            if head.role == "uncertainty":
                continue  # known by the column that it belongs to, of which the file says enough
            sample = _sample(sheet, below, head.column)
            header = Header(head.text, sheet.place(row, head.column), _short(sample))
            self._add(header, head, repeated.get(head.column, ""))

    def read_form(self, parts: list[Part], *, tell: bool = True) -> None:
        """Take the names of the items of a form, those beside a blank where they are like one."""
        for sheet, form in parts:
            for head in form_heads(0, form, self.names):
                if head.label is not None:
                    sample = written_at(sheet, *head_spot(head))
                    self._add(Header(head.text, sheet.place(*head.label), _short(sample)), head)
            for again, first in form.repeated:
                header = Header(again.text, sheet.place(*again.label), repeats=first.text)
                self.headers.append(header)
            for header in _loose(sheet, form, self.names) if tell else ():
                self.headers.append(header)

    def _add(self, header: Header, head: Head, repeats: str = "") -> None:
        kept = head.matched in ("mapping", "ignored", "source")
        meaning = None if kept else _meaning(head, self.names)
        self.headers.append(replace(header, meaning=meaning, repeats=repeats, kept=kept))


def head_spot(head: Head) -> tuple[int, int]:
    """Return where the value of an item stands."""
    return head.row, head.column


def _likeliest(sheet: Sheet, names: HeaderNames) -> TableHeader | None:
    """Return the row in which most texts are names or like one, of which there must be two."""
    best, most = None, MIN_KNOWN - 1
    for row in range(min(HEADER_ROWS, len(sheet.rows))):
        table = header_at(sheet.rows, names, sheet.merged, row)
        if table is not None:
            like = len(suggest(names, table.columns.unknown, set(table.columns.quantities)))
            if table.columns.known + like > most:
                best, most = table, table.columns.known + like
    return best


def _sample(sheet: Sheet, rows: Iterable[int], column: int) -> str:
    """Return the first filled cell of a column that is not its unit, as it is written."""
    filled = (s for r in rows if (s := written_at(sheet, r, column)) != "")
    first = next(filled, "")
    return next((s for s in (first, *filled) if not (is_unit(s) or is_counter(s))), first)


def _short(sample: str) -> str:
    line = " ".join(sample.split())
    return line if len(line) <= _LONGEST_SAMPLE else line[: _LONGEST_SAMPLE - 1] + "…"


def _loose(sheet: Sheet, form: Form, names: HeaderNames) -> Iterator[Header]:
    """Yield the names in a form that are not known, the cell to the right of each as its sample."""
    filled = {spot for spot, _ in other_labels(sheet.rows, form, names)}
    values = {i.label[1]: i.value[1] for i in form.items.values()}
    for spot, text in other_labels(sheet.rows, form, names, blank=True):
        if names.is_source(text):
            continue
        sample = _short(written_at(sheet, spot[0], values[spot[1]])) if spot in filled else ""
        if sample or suggest(names, {0: text}, set(form.items)):
            yield Header(text, sheet.place(*spot), sample)


def _meaning(head: Head, names: HeaderNames) -> Meaning | None:
    """Return what a header was taken for as a mapping file says it."""
    if head.role in ("id", "title"):
        return head.role
    if head.role == "evidence":
        by_left = evidence_of(head.text.split(" ")[-1], "<left>", names) == "<left>"
        return "evidence" if by_left else f"{head.name} evidence"
    if head.role not in ("indicator", "fact"):
        return None
    unit = _unit(head, names)
    return {"is": head.name, "unit": unit} if unit else head.name


def _unit(head: Head, names: HeaderNames) -> str | None:
    """Return the unit that a header states and that numbers below it are converted from."""
    named = names.resolve(head.text)
    stated = head.unit in {named.unit if named else None, unit_in(head.text)}
    sound = fault_of(Target(head.name, unit=head.unit), names.criteria) is None
    return head.unit if stated and sound and head.factor != 1 else None


def _each_once(headers: Iterable[Header]) -> tuple[Header, ...]:
    """Return one header of each spelling: the first that is known, else the first."""
    first: dict[str, Header] = {}
    for header in headers:
        form = reduced(header.text)
        before = first.setdefault(form, header)
        if before.meaning is None and not before.kept and header.meaning is not None:
            first[form] = replace(header, text=before.text)
    return tuple(first.values())


def _with_suggestions(
    headers: Sequence[Header], names: HeaderNames, draft: MappingDraft
) -> tuple[Header, ...]:
    """Return headers with what those that are not known may mean."""
    known = replace(draft, headers=tuple(headers))
    has_id = "id" in known.used
    taken = known.used | {f"<{s}>" for s in ("id", "title") if s in known.used}
    loose = {
        i: h.text for i, h in enumerate(headers) if h.meaning is None and not (h.kept or h.repeats)
    }
    clear = suggest(names, loose, taken)
    after: list[Header] = []
    for i, header in enumerate(headers):
        if i not in loose:
            after.append(header)
        elif has_id and reduced(header.text) in SERIALS:
            after.append(replace(header, meaning="ignore"))
        else:
            likely = candidates(names, header.text, taken)
            if i in clear:
                likely = [clear[i], *(s for s in likely if s.name != clear[i].name)]
            after.append(replace(header, likely=tuple(likely), suggested=i in clear))
    return tuple(after)
