"""Reads one workbook: every sheet with results, as a table or as a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.criteria.file_kinds import GIVEN, KIND_TITLES
from pilotscore.findings import Finding, Place
from pilotscore.language import LISTED, Text, Words, join, same
from pilotscore.records import dataclass
from pilotscore.workbook.batches import kinds as batch_kinds
from pilotscore.workbook.batches.header import batch_header
from pilotscore.workbook.open import kinds as file_kinds
from pilotscore.workbook.open.calculated import is_uncalculated, with_results
from pilotscore.workbook.open.changes import under_name, with_changes
from pilotscore.workbook.open.own_outputs import lists_findings
from pilotscore.workbook.open.sheets import (
    TEMPLATE_SHEET,
    Book,
    Sheet,
    UnreadableBookError,
    open_book,
)
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.details import Detail, read_details
from pilotscore.workbook.results.form_parts import Form
from pilotscore.workbook.results.form_reader import Part, join_parts, read_form
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.results.likely_items import with_likely_items
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.rights_sheets import rights_of, rights_page, sheet_findings
from pilotscore.workbook.results.submission import BookRead, Results
from pilotscore.workbook.results.table_reader import read_table
from pilotscore.workbook.rights.tables import filled, not_understood
from pilotscore.workbook.tables.finder import HEADER_ROWS, TableHeader, find_table
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.error_texts import with_written_errors

if TYPE_CHECKING:
    from pilotscore.workbook.batches.sheet import BatchSheet
    from pilotscore.workbook.results.understood import PageRead
    from pilotscore.workbook.rights.grid import Grid

# A sheet longer than this is no form, and is not searched for one.
MOST_FORM_ROWS = 2000
# With so many headers known, a sheet is a table of results beyond doubt.
SURELY_A_TABLE = 10
# So many indicators that are filled in make a form of what stands over a table of batches.
_ITEMS_OF_A_FORM = 2


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in one workbook, as a process can hand it over.

    ``uncalculated`` is whether it has formulas whose results are not stored; ``pages`` says what
    was understood of its sheets of batches, where that is asked for; ``annotated`` is whether it
    is a copy in which a check marked its findings; ``rights`` are the tables of sheets of rights.
    """

    book: BookRead
    results: tuple[Results, ...]
    findings: tuple[Finding, ...]
    details: tuple[Detail, ...] = ()
    batches: tuple[BatchSheet, ...] = ()
    uncalculated: bool = False
    pages: tuple[PageRead, ...] = ()
    annotated: bool = False
    rights: tuple[Grid, ...] = ()


def unread_book(path: Path, finding: Finding) -> Contents:
    """Return what stands in a workbook that could not be read."""
    return Contents(BookRead(str(path), None, 0), (), (finding,))


def read_book(
    path: Path,
    names: HeaderNames,
    options: ReadingOptions,
    sha256: str = "",
    copy: Path | None = None,
) -> Contents:
    """Read one workbook; whatever is wrong with it is among the findings.

    Parameters
    ----------
    path
        The workbook.
    names
        What is looked for.
    options
        How it is to be read.
    sha256
        The hash of the criteria file, which a template of ours is held against.
    copy
        A copy in which formulas were calculated whose results the workbook does not hold.
    """
    try:
        book = open_book(path, options.limits, options.password)
        if copy is not None:
            book = _calculated(book, copy, options)
    except UnreadableBookError as error:
        return unread_book(path, error.finding)
    book = with_changes(book, options.changes.get(str(path), ()))
    book = under_name(book, options.called.get(str(path), book.name))
    reader = BookReader(with_written_errors(book), names, options)
    reader.read_all(sha256)
    return reader.contents()


def _calculated(book: Book, copy: Path, options: ReadingOptions) -> Book:
    """Return a workbook with the results of a copy that was calculated, and say so."""
    values = {"version": options.office.version if options.office else ""}
    try:
        book, count = with_results(book, open_book(copy, options.limits))
    except UnreadableBookError:
        count = 0
    if count:
        finding = Finding(file_kinds.CALCULATED, Place(book.name), {**values, "count": count})
    else:
        finding = Finding(file_kinds.NOT_CALCULATED, Place(book.name), values)
    return replace(book, findings=(*book.findings, finding))


class BookReader:
    """Reads the sheets of a workbook one after the other; what reads less overrides its steps."""

    def __init__(self, book: Book, names: HeaderNames, options: ReadingOptions) -> None:
        self.book, self.names, self.options = book, names, options
        self.findings: list[Finding] = list(book.findings)
        self.results: list[Results] = []
        self.details: list[Detail] = []
        self.batches: list[BatchSheet] = []
        self.pages: list[PageRead] = []
        self.rights: list[Grid] = []
        # Whether a sheet was read that adds to results which may stand elsewhere.
        self.beside = False
        mapping = options.mapping
        self.wanted = options.sheet or (mapping.sheet if mapping else None)
        row = options.header_row or (mapping.header_row if mapping else None)
        self.header_row = row - 1 if row else None

    def contents(self) -> Contents:
        """Return what was read."""
        count = sum(map(len, self.results))
        details = len(self.details) + sum(map(len, self.batches))
        details += sum(map(len, self.rights))
        return Contents(
            BookRead(self.book.name, self.book.sha256, count, details),
            tuple(self.results),
            tuple(self.findings),
            tuple(self.details),
            tuple(self.batches),
            is_uncalculated(self.book),
            tuple(self.pages),
            any(lists_findings(s.rows) for s in self.book.sheets),
            tuple(self.rights),
        )

    def read_all(self, sha256: str) -> None:
        """Read every sheet with results; say of the others that they were passed over."""
        template = self.book.template if self.wanted is None else None
        if template is not None and not self._template_fits(template, sha256):
            return
        sheets = [s for s in self.book.sheets if self.wanted is None or s.name == self.wanted]
        if not sheets and self.wanted is not None:
            values = {"name": self.wanted, "sheets": _named(self.book.sheets)}
            self.findings.append(Finding(kinds.NO_SUCH_SHEET, Place(self.book.name), values))
            return
        target = next((s for s in sheets if template and s.name == template.get("sheet")), None)
        if template is None or target is None:
            self._read_sheets([s for s in sheets if template is None or s.visible])
            return
        self._read_template(target, template)
        for sheet in sheets:
            if sheet.visible and sheet is not target:
                self._read_beside(sheet, tell=False)

    def _read_sheets(self, sheets: list[Sheet]) -> None:
        passed: list[Sheet] = []
        parts: list[Part] = []
        table_or_form = False
        for sheet in sheets:
            if not sheet.visible and self.wanted is None:
                self.findings.append(Finding(kinds.HIDDEN_SHEET, sheet.place()))
                continue
            if self._read_beside(sheet):
                continue
            table, forms = self.decide(sheet)
            if table is not None:
                self.read_table(sheet, table)
            parts.extend((sheet, form) for form in forms)
            table_or_form = table_or_form or table is not None or bool(forms)
            if table is None and not forms:
                passed.append(sheet)
        for joined in join_parts(parts):
            self.read_form(joined)
        self._tell_passed_over(passed, table_or_form=table_or_form)

    def _tell_passed_over(self, passed: list[Sheet], *, table_or_form: bool) -> None:
        filled = [s for s in passed if any(cell != "" for row in s.rows for cell in row)]
        for sheet in passed:
            self.findings.extend(not_understood(sheet))
            other = table_or_form or self.beside or (filled and sheet not in filled)
            self.findings.append(
                Finding(kinds.OTHER_SHEET, sheet.place()) if other else self._no_table(sheet)
            )
        if not table_or_form and not passed and not self.beside:
            # Every sheet was hidden, or there was none.
            values = {"rows": HEADER_ROWS, "best": 0, "matched": "-", **self._near()}
            self.findings.append(Finding(kinds.NO_TABLE, Place(self.book.name), values))

    def _read_beside(self, sheet: Sheet, *, tell: bool = True) -> bool:
        """Read a sheet that adds to results; return whether it is one."""
        if self.wanted is not None or self.header_row is not None:
            return False
        if (read := read_details(sheet, self.names, tell=tell)) is not None:
            details, findings = read
            self.details.extend(details)
        elif grids := rights_of(sheet, self.names):
            self.rights.extend(grids if tell else filled(grids))
            findings = list(sheet_findings(grids)) if tell else []
            if self.options.understand:
                self.pages.extend(map(rights_page, grids))
        elif (batches := self._batches(sheet, tell=tell)) is not None:
            batch_sheet, findings = batches
            self.batches.append(batch_sheet)
            if self.options.understand:
                from pilotscore.workbook.results.batch_pages import batch_page

                self.pages.append(batch_page(sheet, batch_sheet))
        else:
            return False
        self.findings.extend(findings)
        self.beside = True
        return True

    def _batches(self, sheet: Sheet, *, tell: bool) -> tuple[BatchSheet, list[Finding]] | None:
        """Return the batches of a sheet; None where their header is what a form was filled in with.

        A form asks for the mode of a process, and one may answer: batch.
        """
        found, turned = batch_header(sheet, self.names)
        if turned is not None:
            self.findings.append(Finding(batch_kinds.TURNED_BATCHES, sheet.place(turned)))
        if found is None:
            return None
        # What reads batches is loaded where there is a sheet of them.
        from pilotscore.workbook.batches.sheet_reader import read_batch_sheet

        read = read_batch_sheet(sheet, found, tell=tell)
        if len(sheet.rows) > MOST_FORM_ROWS:
            return read
        row = read[0].header_row
        header = row, read[0].columns.get("batch", -1)
        forms = find_forms(sheet.rows, self.names, sheet.merged)
        items = [i for f in forms for n, i in f.items.items() if not n.startswith("<")]
        if any(header == i.value for i in items):
            return None
        known = self.names.criteria.indicator_position
        above = [
            i for i in items if i.name in known and i.label[0] < row and sheet.cell(*i.value) != ""
        ]
        if len(above) >= _ITEMS_OF_A_FORM:
            values = {"count": len(above), "row": row + 1}
            self.findings.append(
                Finding(kinds.FORM_OVER_BATCHES, sheet.place(*above[0].label), values)
            )
        return read

    def decide(self, sheet: Sheet) -> tuple[TableHeader | None, list[Form]]:
        """Say whether a sheet holds a table or a form: what has more names that are known."""
        forms = []
        if self.header_row is None and len(sheet.rows) <= MOST_FORM_ROWS:
            forms = find_forms(sheet.rows, self.names, sheet.merged)
            forms = with_likely_items(sheet, forms, self.names)
            if (
                forms
                and forms[0].known >= SURELY_A_TABLE
                and max(map(len, sheet.rows)) <= SURELY_A_TABLE
            ):
                return None, forms
        table = find_table(sheet.rows, self.names, sheet.merged, self.header_row)
        if table.row is None or (forms and forms[0].known > table.columns.known):
            return None, forms
        return table, []

    def read_table(self, sheet: Sheet, table: TableHeader, first: int | None = None) -> None:
        """Read a table, whose first row of results may be known."""
        understand = self.options.understand
        results, findings = read_table(sheet, table, self.names, first, understand=understand)
        self.findings.extend(findings)
        if results is not None:
            self.results.append(results)

    def read_form(self, parts: list[Part], *, tell: bool = True) -> None:
        """Read the parts of one form."""
        understand = self.options.understand
        results, findings = read_form(parts, self.names, tell=tell, understand=understand)
        self.findings.extend(findings)
        self.results.append(results)

    def _template_fits(self, template: Mapping[str, str], sha256: str) -> bool:
        """Hold a template of ours against the criteria set in use."""
        criteria = self.names.criteria
        wanted, used = (
            f"{template.get('criteria')} {template.get('version')}",
            f"{criteria.id} {criteria.version}",
        )
        place = Place(self.book.name, TEMPLATE_SHEET)
        if wanted != used:
            values = {"found": wanted, "used": used, "id": template.get("criteria")}
            self.findings.append(Finding(kinds.OTHER_CRITERIA, place, values))
            return False
        if sha256 and template.get("sha256") != sha256:
            self.findings.append(Finding(kinds.CHANGED_CRITERIA, place, {"id": criteria.id}))
        return True

    def _read_template(self, sheet: Sheet, template: Mapping[str, str]) -> None:
        """Read a template of ours: where everything stands is known, and is not told."""
        if template.get("layout") == "form":
            forms = find_forms(sheet.rows, self.names, sheet.merged)
            if forms and self.is_filled(sheet, forms[0]):
                self.read_form([(sheet, forms[0])], tell=False)
            else:
                self.findings.append(Finding(kinds.NO_RESULTS, sheet.place()))
            return
        header, first = (int(template.get(k) or 0) - 1 for k in ("header_row", "first_row"))
        table = find_table(sheet.rows, self.names, sheet.merged, header)
        if table.row is None:
            self._read_sheets([sheet])
        else:
            self.read_table(sheet, replace(table, rival=None), max(first, header + 1))

    def is_filled(self, sheet: Sheet, form: Form) -> bool:
        """Say whether anything was entered in a template."""
        return any(sheet.cell(*i.value) != "" for i in form.items.values())

    def _near(self) -> dict[str, Any]:
        criteria = self.names.criteria
        return {"near": criteria.indicators[0].title, "criteria": criteria.id}

    def _no_table(self, sheet: Sheet) -> Finding:
        if not any(cell != "" for row in sheet.rows for cell in row):
            return Finding(kinds.EMPTY_SHEET, sheet.place())  # and so is every other sheet
        from pilotscore.workbook.decisions import holds_decisions

        if holds_decisions(sheet.rows):
            said = {"what": KIND_TITLES["decisions"], "how": GIVEN["decisions"]}
            return Finding(file_kinds.OTHER_KIND, sheet.place(), said)
        best = find_table(sheet.rows, self.names, sheet.merged).columns
        matched = [*best.quantities, *(["id"] if best.id is not None else [])]
        matched += ["title"] if best.title is not None else []
        values = {
            "rows": min(HEADER_ROWS, len(sheet.rows)),
            "best": best.known,
            "matched": ", ".join(matched) or "-",
            **self._near(),
        }
        return Finding(kinds.NO_TABLE, sheet.place(), values)


_HIDDEN = Text("{name}（隐藏）", "{name} (hidden)")


def _named(sheets: Iterable[Sheet]) -> Words:
    """Return the names of sheets as tabs show them; hidden ones last, and none of our own."""
    listed = list(sheets)
    shown: list[Words] = [same(s.name) for s in listed if s.visible]
    hidden = [s.name for s in listed if not s.visible and not s.name.startswith("_")]
    return join([*shown, *(_HIDDEN.of(name=name) for name in hidden)] or [same("-")], LISTED)
