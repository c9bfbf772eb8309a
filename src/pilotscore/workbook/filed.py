"""Tables that an office files: a header row known by its words, a row below for each entry."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.findings import Kind, Place
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.values import kinds as value_kinds
from pilotscore.workbook.values.dates import date_in
from pilotscore.workbook.values.texts import text_at

T = TypeVar("T")
SEARCHED = 30  # rows in which the header is looked for
_YEARS = range(1990, 2101)


def by_spelling(spellings: Mapping[T, str]) -> dict[str, T]:
    """Return what each spelling means; those of one thing have strokes between them."""
    return {normalise(s): what for what, names in spellings.items() for s in names.split("|")}


@dataclass(frozen=True, slots=True)
class HeaderKinds:
    """The findings on a header: a column that is not known, and two that mean the same."""

    not_read: Kind
    two_columns: Kind


def columns_of(
    row: Sequence[Any],
    r: int,
    findings: SheetFindings,
    column_of: Mapping[str, str],
    kinds: HeaderKinds,
) -> dict[str, int]:
    """Return where each column stands, by its header; one that says nothing new is told."""
    columns: dict[str, int] = {}
    for c, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        forms = (normalise(cell), normalise(without_brackets(cell)))
        name = next((column_of[form] for form in forms if form in column_of), None)
        if name is None:
            findings.add(kinds.not_read, r, c, header=cell.strip())
        elif name in columns:
            first = str(row[columns[name]]).strip()
            findings.add(kinds.two_columns, r, c, header=cell.strip(), first=first)
        else:
            columns[name] = c
    return columns


@dataclass(frozen=True, slots=True)
class FiledRows:
    """The rows below a header; ``columns`` has where each of its columns stands."""

    sheet: Sheet
    columns: Mapping[str, int]
    findings: SheetFindings

    def cell(self, r: int, column: str) -> Any:
        """Return a cell without spaces around it; '' where there is no such column."""
        cell = self.sheet.cell(r, self.columns[column]) if column in self.columns else ""
        return cell.strip() if isinstance(cell, str) else cell

    def text(self, r: int, column: str) -> str:
        """Return a cell as a text; the id of a result as it is shown."""
        cell = self.cell(r, column)
        if column == "result":
            return text_at(self.sheet, r, self.columns.get(column))
        if type(cell) is float:
            return f"{cell:.15g}"
        return "" if cell is None else str(cell)

    def day(self, r: int) -> tuple[str, Literal["missing", "no day"] | None]:
        """Return the date of a row in ISO form; '' and what is wrong with it where it is none."""
        cell, text = self.cell(r, "date"), self.text(r, "date")
        if isinstance(cell, datetime.date) and cell.year in _YEARS:
            return cell.isoformat()[:10], None
        if not text:
            return "", "missing"
        stated = date_in(text)
        whole = stated and stated.date and stated.kind is not value_kinds.MONTH_DATE
        if stated is None or not whole or int(stated.date[:4]) not in _YEARS:
            return "", "no day"
        return stated.date, None

    def place(self, r: int, column: str) -> Place:
        """Return where a cell stands."""
        return self.sheet.place(r, self.columns.get(column))

    def tell(self, kind: Kind, r: int, column: str, **values: Any) -> None:
        """Add a finding at a cell."""
        self.findings.add(kind, r, self.columns.get(column), **values)
