"""What was understood of tables, forms and sheets of batches: records alone.

:mod:`.heads` says what the columns of a table, or the items of a form, were taken for;
:mod:`.pages` puts those that are alike together, with what their values come to.
"""

from __future__ import annotations

from typing import Literal

from pilotscore.findings import Place
from pilotscore.language import Words
from pilotscore.records import dataclass

# The last are sheets of rights.
Layout = Literal[
    "table",
    "form",
    "long",
    "wide",
    "series",
    "ip",
    "notices",
    "rights",
    "steps",
    "distributions",
    "amounts",
    "secrecy",
]
Role = Literal[
    "id",
    "title",
    "indicator",
    "fact",
    "evidence",
    "uncertainty",
    "batch",
    "characteristic",
    "rights",
    "unread",
]
Match = Literal[
    "name",
    "alias",
    "part",
    "mapping",
    "near",
    "beside",
    "serial",
    "likely",
    "repeated",
    "ignored",
    "none",
    "derived",
    "source",
]


@dataclass(frozen=True, slots=True)
class Head:
    """A header, or the name of an item of a form, and what it was taken for.

    Parameters
    ----------
    sheet
        Which of the sheets that make up a form; 0 for a table.
    row, column
        Where the values stand: the header's row and column of a table, the value of an item.
    text
        As it is written.
    role, name
        What it is: the id of an indicator or fact (of evidence or uncertainty: whose), ``id`` or
        ``title``. Of a column that is not read, what it is like or repeats, or ''.
    matched
        How that is known.
    unit, factor
        The unit that is stated for it, and what its numbers are multiplied with; None where the
        unit does not fit.
    label
        Where the name of an item stands; None for a table.
    """

    sheet: int
    row: int
    column: int
    text: str
    role: Role
    name: str
    matched: Match
    unit: str | None = None
    factor: float | None = 1.0
    label: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A cell as it is written: where, and of which result of the table, counted from 0."""

    row: int
    column: int
    text: str
    result: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What a table or form was taken for.

    ``samples`` has a cell of each head, None where all are blank; ``filled`` how many cells are
    filled of those whose values are not kept (ids, titles, columns that are not read).
    """

    layout: Layout
    sheets: tuple[str, ...]
    heads: tuple[Head, ...]
    samples: tuple[Sample | None, ...]
    filled: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class MeasuredRead:
    """A characteristic of batches: its limits (nan for none), whether it is key, what it gives.

    ``gives`` has the titles of the indicators whose value comes from it, in some result.
    """

    lower: float
    upper: float
    key: bool = False
    gives: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column or item: its head, how much is filled, what the values come to, a cell as written.

    Parameters
    ----------
    head
        What it was taken for.
    filled, of
        How many of its cells are filled, of how many.
    span
        The least, the median and the greatest value as read, in the own unit of the indicator; a
        date as a text. None where it has no numbers.
    words
        Where it has none: the most frequent words or grades, with how often each was read.
    sample, read
        A cell as written, and what it was read as; None where nothing is.
    evidence
        Of an indicator: the place, among the columns of the page, of its column of evidence.
    title, own
        The title of the indicator or fact that it is (or is like), and its own unit.
    measured
        Of a characteristic of batches: its limits, and what comes from it.
    """

    head: Head
    filled: int
    of: int
    span: tuple[float | str, float | str, float | str] | None = None
    words: tuple[tuple[Words | str, int], ...] = ()
    sample: Sample | None = None
    read: float | Words | str | None = None
    evidence: int | None = None
    title: Words | None = None
    own: Words | None = None
    measured: MeasuredRead | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was understood of a table, all forms of one layout, a sheet of batches or of rights.

    ``places`` are the sheets that it is of, each with its header's row; ``sheets`` has, for each of
    them, the names of the sheets that make up one form. ``results`` counts results, batches or
    rows. ``given`` has the rules of a mapping file by which values or grades came about: how, the
    rule, how often.
    """

    layout: Layout
    places: tuple[Place, ...]
    results: int
    columns: tuple[ColumnRead, ...]
    sheets: tuple[tuple[str, ...], ...] = ()
    given: tuple[tuple[str, Words, int], ...] = ()
