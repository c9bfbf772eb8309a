"""Reads one workbook: every sheet with results, as a table or as a form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pilotscore.findings import Finding, Place
from pilotscore.workbook.batches.sheet import BatchSheet, read_batch_sheet
from pilotscore.workbook.open.sheets import (
    TEMPLATE_SHEET,
    Book,
    Sheet,
    UnreadableBookError,
    open_book,
)
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.details import Details, read_details
from pilotscore.workbook.results.form_reader import FormRead, Part, join_parts, read_form
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.submission import BookRead
from pilotscore.workbook.results.table_reader import TableRead, read_table
from pilotscore.workbook.tables.finder import HEADER_ROWS, FoundTable, find_table
from pilotscore.workbook.tables.headers import HeaderNames

# A sheet longer than this is no form, and is not searched for one.
MOST_FORM_ROWS = 2000
# With so many headers known, a sheet is a table of results beyond doubt.
SURELY_A_TABLE = 10

Read = TableRead | FormRead


@dataclass(frozen=True, slots=True)
class BookResult:
    """What was read of one workbook, as a process can hand it over."""

    book: BookRead
    read: tuple[Read, ...]
    findings: tuple[Finding, ...]
    details: tuple[Details, ...] = ()
    batches: tuple[BatchSheet, ...] = ()


def unread(path: Path, finding: Finding) -> BookResult:
    """Return the result for a workbook that could not be read."""
    return BookResult(BookRead(str(path), None, 0), (), (finding,))


def read_book(
    path: Path, names: HeaderNames, options: ReadingOptions, sha256: str = ""
) -> BookResult:
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
    """
    try:
        book = open_book(path, options.limits, options.password)
    except UnreadableBookError as error:
        return unread(path, error.finding)
    reader = _BookReader(book, names, options)
    reader.read_all(sha256)
    count = sum(len(r.rows) if isinstance(r, TableRead) else 1 for r in reader.read)
    beside = sum(map(len, reader.details)) + sum(map(len, reader.batches))
    return BookResult(
        BookRead(book.name, book.sha256, count, beside),
        tuple(reader.read),
        tuple(reader.findings),
        tuple(reader.details),
        tuple(reader.batches),
    )


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a sheet holds: a table, forms, or neither."""

    table: FoundTable | None
    forms: list[Any]


class _BookReader:
    def __init__(self, book: Book, names: HeaderNames, options: ReadingOptions) -> None:
        self.book, self.names, self.options = book, names, options
        self.findings: list[Finding] = list(book.findings)
        self.read: list[Read] = []
        self.details: list[Details] = []
        self.batches: list[BatchSheet] = []
        mapping = options.mapping
        self.wanted = options.sheet or (mapping.sheet if mapping else None)
        row = options.header_row or (mapping.header_row if mapping else None)
        self.header_row = row - 1 if row else None

    def read_all(self, sha256: str) -> None:
        """Read every sheet with results; say of the others that they were passed over."""
        template = self.book.template if self.wanted is None else None
        if template is not None and not self._template_fits(template, sha256):
            return
        sheets = [s for s in self.book.sheets if self.wanted is None or s.name == self.wanted]
        if not sheets and self.wanted is not None:
            listed = ", ".join(s.name for s in self.book.sheets) or "-"
            values = {"name": self.wanted, "sheets": listed}
            self.findings.append(Finding(kinds.NO_SUCH_SHEET, Place(self.book.name), values))
            return
        target = next((s for s in sheets if template and s.name == template.get("sheet")), None)
        if template is not None and target is not None:
            self._read_template(target, template)
            for sheet in sheets:
                if sheet.visible and sheet is not target:
                    self._details(sheet, tell=False)
            return
        self._read_sheets([s for s in sheets if template is None or s.visible])

    def _read_sheets(self, sheets: list[Sheet]) -> None:
        passed: list[Sheet] = []
        parts: list[Part] = []
        found = False
        for sheet in sheets:
            place = Place(self.book.name, sheet.name)
            if not sheet.visible and self.wanted is None:
                self.findings.append(Finding(kinds.HIDDEN_SHEET, place))
                continue
            if self._details(sheet):
                continue
            decision = self._decide(sheet)
            if decision.table is not None:
                found = True
                self._table(sheet, decision.table)
            elif decision.forms:
                found = True
                parts.extend((sheet, form) for form in decision.forms)
            else:
                passed.append(sheet)
        for joined in join_parts(parts):
            self.read.append(read_form(joined, self.book.name, self.names, self.findings))
        filled = [s for s in passed if any(cell != "" for row in s.rows for cell in row)]
        for sheet in passed:
            place = Place(self.book.name, sheet.name)
            other = found or self._beside or (filled and sheet not in filled)
            self.findings.append(
                Finding(kinds.OTHER_SHEET, place) if other else self._no_table(place, sheet)
            )
        if (
            not found and not passed and not self._beside
        ):  # every sheet was hidden, or there was none
            values = {"rows": HEADER_ROWS, "best": 0, "matched": "-", **self._near()}
            self.findings.append(Finding(kinds.NO_TABLE, Place(self.book.name), values))

    def _details(self, sheet: Sheet, *, tell: bool = True) -> bool:
        if self.wanted is not None or self.header_row is not None:
            return False
        found = read_details(sheet, self.book.name, self.names, self.findings, tell=tell)
        if found is not None:
            self.details.append(found)
            return True
        batches = read_batch_sheet(sheet, self.book.name, self.names, self.findings, tell=tell)
        if batches is not None:
            self.batches.append(batches)
        return batches is not None

    @property
    def _beside(self) -> bool:
        """Whether a sheet was read that adds to results which may stand elsewhere."""
        return bool(self.details or self.batches)

    def _decide(self, sheet: Sheet) -> _Decision:
        """Say whether a sheet holds a table or a form: what has more names that are known."""
        forms = []
        if self.header_row is None and len(sheet.rows) <= MOST_FORM_ROWS:
            forms = find_forms(sheet.rows, self.names, sheet.merged)
            if forms and forms[0].known >= SURELY_A_TABLE and len(sheet.rows[0]) <= SURELY_A_TABLE:
                return _Decision(None, forms)
        table = find_table(sheet.rows, self.names, sheet.merged, self.header_row)
        if table.row is None:
            return _Decision(None, forms)
        if forms and forms[0].known > table.columns.known:
            return _Decision(None, forms)
        return _Decision(table, [])

    def _table(self, sheet: Sheet, found: FoundTable, first: int | None = None) -> None:
        place = Place(self.book.name, sheet.name)
        read = read_table(sheet, place, found, self.names, self.findings, first)
        if read is not None:
            self.read.append(read)

    def _template_fits(self, template: Any, sha256: str) -> bool:
        """Hold a template of ours against the criteria set in use."""
        criteria = self.names.criteria
        made_for = f"{template.get('criteria')} {template.get('version')}"
        place = Place(self.book.name, TEMPLATE_SHEET)
        if made_for != f"{criteria.id} {criteria.version}":
            values = {
                "found": made_for,
                "used": f"{criteria.id} {criteria.version}",
                "id": template.get("criteria"),
            }
            self.findings.append(Finding(kinds.OTHER_CRITERIA, place, values))
            return False
        if sha256 and template.get("sha256") != sha256:
            self.findings.append(Finding(kinds.CHANGED_CRITERIA, place, {"id": criteria.id}))
        return True

    def _read_template(self, sheet: Sheet, template: Any) -> None:
        """Read a template of ours: where everything stands is known, and is not told."""
        if template.get("layout") == "form":
            forms = find_forms(sheet.rows, self.names, sheet.merged)
            if forms and any(_cell(sheet, i.value) != "" for i in forms[0].items.values()):
                self.read.append(
                    read_form(
                        [(sheet, forms[0])], self.book.name, self.names, self.findings, tell=False
                    )
                )
            else:
                self.findings.append(Finding(kinds.NO_RESULTS, Place(self.book.name, sheet.name)))
            return
        header, first = (int(template.get(k) or 0) - 1 for k in ("header_row", "first_row"))
        found = find_table(sheet.rows, self.names, sheet.merged, header)
        if found.row is None:
            self._read_sheets([sheet])
            return
        self._table(sheet, replace(found, rival=None), max(first, header + 1))

    def _near(self) -> dict[str, Any]:
        criteria = self.names.criteria
        return {"near": criteria.indicators[0].title, "criteria": criteria.id}

    def _no_table(self, place: Place, sheet: Sheet) -> Finding:
        if not any(cell != "" for row in sheet.rows for cell in row):
            return Finding(kinds.EMPTY_SHEET, place)  # and so is every other sheet
        best = find_table(sheet.rows, self.names, sheet.merged).columns
        matched = [*best.quantities, *(["id"] if best.id is not None else [])]
        matched += ["title"] if best.title is not None else []
        values = {
            "rows": min(HEADER_ROWS, len(sheet.rows)),
            "best": best.known,
            "matched": ", ".join(matched) or "-",
            **self._near(),
        }
        return Finding(kinds.NO_TABLE, place, values)


def _cell(sheet: Sheet, spot: tuple[int, int]) -> Any:
    row = sheet.rows[spot[0]] if spot[0] < len(sheet.rows) else ()
    return row[spot[1]] if spot[1] < len(row) else ""
