"""What was read: results, their values with their cells, and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass
from pilotscore.workbook.batches.batches import BatchData
from pilotscore.workbook.results.details import EvidenceDocument
from pilotscore.workbook.results.given import NOTHING_GIVEN, AllGiven
from pilotscore.workbook.results.understood import PageRead, Understood
from pilotscore.workbook.rights.records import RightsRead
from pilotscore.workbook.values.spread import Spread


@dataclass(frozen=True, slots=True)
class BookRead:
    """A workbook that was asked for: its name as given, its SHA-256, and what was read.

    ``details`` counts the rows of documents, technologies and batch data, which add to results
    elsewhere.
    """

    name: str
    sha256: str | None
    results: int
    details: int = 0

    @property
    def readable(self) -> bool:
        """Whether it could be read at all."""
        return self.sha256 is not None


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Where a table of results stands: its columns by name, evidence columns by indicator.

    A form has no columns; ``cells`` and ``evidence_cells`` have (sheet, row, column) of each item.
    """

    book: str
    sheet: str
    header_row: int
    columns: Mapping[str, int]
    evidence_columns: Mapping[str, int]
    cells: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    evidence_cells: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """The results of one table or form, with the columns that it has.

    Shapes: n results, p quantities, e indicators with evidence; ``values`` and ``states`` have
    shape (p, n), ``evidence`` (e, n). ``quantities`` has indicators first, then facts, each in the
    order of the criteria set; ``words`` what facts say that are no numbers. In ``reasons`` (of
    不适用), ``written``, ``spreads`` (the uncertainty that values state of themselves) and
    ``rounded`` (those whose id lost digits) results are counted from 0. ``understood`` is what its
    columns were taken for, where that is asked for; ``given`` what a mapping file says of values
    and grades; ``judged`` the values that a panel of experts gave, as their cells say.
    """

    table: ResultTable
    rows: Sequence[int]
    ids: Sequence[str]
    titles: Sequence[str]
    quantities: tuple[str, ...]
    values: Floats
    states: Codes
    graded: tuple[str, ...]
    evidence: Codes
    words: Mapping[str, Sequence[str] | NDArray[np.object_]]
    reasons: Mapping[tuple[int, str], str]
    written: Mapping[tuple[int, str], str]
    rounded: frozenset[int] = frozenset()
    spreads: Mapping[tuple[int, str], Spread] = field(default_factory=dict)
    understood: Understood | None = None
    given: AllGiven = NOTHING_GIVEN
    judged: frozenset[tuple[int, str]] = frozenset()

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class FactColumn:
    """A fact for n results: numbers (nan: none) or words ('': none), and states. Shape (n,)."""

    values: Floats | NDArray[np.str_]
    states: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Submission:
    """All results that were read, in the order of files, sheets and rows.

    Shapes: n results, m indicators in the order of the criteria set. ``given`` has what a mapping
    file says of values and grades, ``spreads`` the uncertainty that a value states of itself, and
    ``judged`` the values that a panel of experts gave, by result and name.
    ``rights`` is what sheets of rights say of the results; None where there are none.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    values: Floats
    states: Codes
    evidence: Codes
    facts: Mapping[str, FactColumn]
    reasons: Mapping[tuple[int, str], str]
    written: Mapping[tuple[int, str], str]
    tables: tuple[ResultTable, ...]
    table_of: Ints
    row_of: Ints
    findings: tuple[Finding, ...]
    books: tuple[BookRead, ...]
    documents: tuple[EvidenceDocument, ...] = ()
    batches: BatchData | None = None
    pages: tuple[PageRead, ...] = ()
    given: AllGiven = NOTHING_GIVEN
    spreads: Mapping[tuple[int, str], Spread] = field(default_factory=dict)
    judged: frozenset[tuple[int, str]] = frozenset()
    rights: RightsRead | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, result: int, name: str | None = None) -> Place:
        """Return the cell of a result's indicator or fact; its row where it has no such column."""
        table = self.tables[int(self.table_of[result])]
        if name is not None and name in table.cells:
            return Place(table.book, *table.cells[name])
        column = table.columns.get(name) if name else None
        return Place(table.book, table.sheet, int(self.row_of[result]), column)

    def evidence_place(self, result: int, name: str) -> Place:
        """Return the cell of the evidence grade of an indicator; its row where there is none."""
        table = self.tables[int(self.table_of[result])]
        if name in table.evidence_cells:
            return Place(table.book, *table.evidence_cells[name])
        column = table.evidence_columns.get(name)
        return Place(table.book, table.sheet, int(self.row_of[result]), column)
