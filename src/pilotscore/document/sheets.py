"""Sheets of a document: notes, tables and charts one below the other, for files."""

from __future__ import annotations

from collections.abc import Sequence

from pilotscore.document.charts import Chart
from pilotscore.document.page import Fact, Gap, Line
from pilotscore.document.tables import (
    Table,
)
from pilotscore.language import Words
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: notes and text, then tables one below the other with charts beside or below.

    Parameters
    ----------
    name
        Of the sheet, and of the part of a document that it is.
    blocks
        Words (a note each), headings (a line), paragraphs (a fact), tables, charts, gaps.
    freeze
        How many columns stay, beside the headings of the first table, when the sheet is scrolled;
        nothing stays where None.
    plain
        Whether it holds values alone, to sort and to take elsewhere: no fills, no merged cells.
    print_columns
        How many columns are printed; all where None.
    printed
        Keys of the columns of its tables that a workbook has on paper, in their order, while its
        sheet of data has all of them; none says all.
    widths
        Of its columns; as the first table has them where empty.
    """

    name: Words
    blocks: tuple[Words | Line | Fact | Table | Chart | Gap, ...]
    freeze: int | None = 0
    plain: bool = False
    print_columns: int | None = None
    printed: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


def no_sheets() -> Sequence[Sheet]:
    """Return that there are none."""
    return ()
