"""A document: what a run has to say, as data in both languages, for every format to render whole.

A view makes it from the record of a run; a renderer (`render/`) knows its blocks and nothing of the
subject. It has four parts, each made when a renderer asks for it, so that a CSV of 100,000 rows
builds no workbook:

- the *page*: what a person reads on a screen, in order and to the point;
- the *sheets*: everything, as tables with their notes and charts, for files;
- the *record*: everything under keys that stay, for programs;
- the *table*: the one that stands for the whole where a format holds a single table.

Words in cells are in both languages (:class:`~pilotscore.language.Words`); a blank cell is None.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pilotscore.drawings import ControlChart
from pilotscore.language import Lang, Text, Words, in_lang, same

Said = Words | str
# Words with their style, as the terminal names styles ("bold red", "dim"; "" for none).
Piece = tuple[Said, str]
Style = Literal["text", "centre", "wrap", "rank", "score", "share", "amount", "figure"]


# ------------------------------------------------------------------------------------ tables


@dataclass(frozen=True, slots=True)
class Marks:
    """A column whose values have colours of their own: each value with a step, 0 the best.

    Steps beyond the last colour take the last; None is grey.
    """

    steps: tuple[tuple[Said, int | None], ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """Numbers of a column shaded from ``least`` to ``most``: ``good`` green, ``heat`` blue."""

    look: Literal["good", "heat", "bar"]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that stays the same in every language, its heading, how it looks."""

    key: str
    heading: Words
    style: Style = "text"
    width: int = 10
    paint: Marks | Shade | None = None


class Lazily(Sequence[Any]):
    """Rows or records of many things, each made when it is asked for, and not kept.

    The texts of 100,000 results all at once take gigabytes; a file is written row by row.

    Parameters
    ----------
    things
        What there are.
    make
        Gives the row or record of one of them, the same each time.
    """

    def __init__(self, things: Sequence[Any], make: Callable[[Any], Any]) -> None:
        self._things, self._make = things, make

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Lazily(self._things[place], self._make)
        return self._make(self._things[place])


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; cells hold words, text, numbers, or None.

    ``headed`` is False where names and values stand side by side and need no headings.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    headed: bool = True

    def only(self, keys: Sequence[str]) -> Table:
        """Return the table with some of its columns, in the order of their keys.

        Those that it does not have are left out.
        """
        places = {c.key: n for n, c in enumerate(self.columns)}
        taken = [places[key] for key in keys if key in places]
        columns = tuple(self.columns[n] for n in taken)
        rows = Lazily(self.rows, lambda row: [row[n] for n in taken])
        return Table(columns, rows, self.headed)

    def records(self, lang: Lang) -> list[dict[str, Any]]:
        """Return each row as key and value, words in one language."""
        return list(self.each_record(lang))

    def each_record(self, lang: Lang) -> Iterator[dict[str, Any]]:
        """Yield each row as key and value, words in one language."""
        keys = [c.key for c in self.columns]
        for row in self.rows:
            yield dict(zip(keys, (in_lang(x, lang) for x in row), strict=True))


def shown(value: Any, lang: Lang) -> Any:
    """Return a cell as a reader sees it: words in one language, ∞, nothing for no number."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "∞" if value > 0 else "-∞"
    return in_lang(value, lang)


def flat_table(data: Mapping[str, Any], widths: tuple[int, int] = (34, 90)) -> Table:
    """Return nested plain data as names and values: ``inputs.1.file``, ``pilot.xlsx``."""
    columns = (
        Column("name", same("name"), width=widths[0]),
        Column("value", same("value"), width=widths[1]),
    )
    rows: list[list[Any]] = []

    def add(name: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                add(f"{name}.{key}" if name else key, inner)
        elif isinstance(value, list | tuple):
            for number, inner in enumerate(value, start=1):
                add(f"{name}.{number}", inner)
        else:
            rows.append([name, value])

    add("", data)
    return Table(columns, rows, headed=False)


# ------------------------------------------------------------------------------------ charts


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars of a chart: keys of the columns of the table that the chart is of.

    ``values`` is a column over the rows ``first`` to ``last``; or, with ``row``, the columns
    ``across`` of that row. Rows count from 0 in the table. ``colour`` is ``#RRGGBB``.
    """

    name: Said
    values: str = ""
    categories: str = ""
    row: int | None = None
    across: tuple[str, ...] = ()
    colour: str = ""
    look: Literal["line", "thin", "dash", "points", "bars"] = "line"


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its title, the format of its numbers, its range (None: the format's own choice).

    ``slanted`` labels are small and slope; ``labels_high`` puts them at the other end.
    """

    title: Said = ""
    format: str = "General"
    least: float | None = None
    most: float | None = None
    step: float | None = None
    reverse: bool = False
    grid: bool = True
    slanted: bool = False
    labels_high: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of columns of a table, which stands before it on the same sheet or on the one named.

    ``at`` is where it goes, as (row, column) of the sheet, or None: below what is there.
    """

    kind: Literal["line", "bar", "scatter"]
    title: Said
    series: tuple[Series, ...]
    rows: tuple[int, int] | None = None
    x: Axis = field(default_factory=lambda: Axis(grid=False))
    y: Axis = field(default_factory=Axis)
    size: tuple[int, int] = (620, 320)
    at: tuple[int, int] | None = None
    of_sheet: Words | None = None
    legend: Literal["bottom", "right"] = "bottom"


# -------------------------------------------------------------------------------- the page


NARROW = 100  # terminal cells


@dataclass(frozen=True, slots=True)
class Gap:
    """Blank lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of pieces, after ``indent`` blanks.

    ``wrap`` is False where it is laid out by its columns and must stay whole. With ``hang``, it is
    whole where it is piped, and on a screen wrapped with so many blanks before its further lines.
    """

    pieces: tuple[Piece, ...]
    wrap: bool = True
    indent: int = 0
    hang: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A text beside its label, wrapped under itself.

    ``label_width`` pads or cuts the label; ``narrower`` shows it only on screens below that width.
    One that ``continues`` the fact above has blanks in the place of the label.
    """

    label: Said
    text: Said
    indent: int = 0
    style: str = ""
    label_width: int | None = None
    narrower: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of a listing, in terminal cells.

    Its width is that of its longest content between ``least`` and ``most`` (``sized_by`` counts
    too); with ``rest`` it takes what the others leave, in equal parts where there are several.
    ``from_width`` shows it only on wide screens, ``narrow`` stands for ``most`` on those of less
    than :data:`NARROW` cells; ``gap`` is how many blanks stand before it. ``loose``, for the last
    one, is never cut: what does not fit goes below, indented by so much.
    """

    heading: Said = ""
    right: bool = False
    least: int = 0
    most: int = 200
    sized_by: tuple[Said, ...] = ()
    rest: bool = False
    from_width: int = 0
    gap: int = 1
    loose: int | None = None
    narrow: int | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """A bar in a listing: its length as a share of the slot, 0 to 1, in eighths or whole cells."""

    share: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a listing: a piece (or meter) per slot, and what stands below it.

    Where it has fewer pieces than there are slots, the last one takes the rest of the line and is
    wrapped under itself.
    """

    cells: tuple[Piece | tuple[Meter, str], ...]
    below: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under columns fitted to the screen; ``ruled`` draws a line under the heads.

    Rows stay whole on screens narrower than they are, unless they ``wrap``.
    """

    slots: tuple[Slot, ...]
    rows: Sequence[Row]
    headed: bool = True
    head_style: str = "bold"
    ruled: bool = False
    indent: int = 0
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a grid; ``ratio`` shares the width, ``fold`` breaks long words.

    ``from_width`` shows it only on screens so wide.
    """

    heading: Said
    right: bool = False
    whole: bool = False
    fold: bool = False
    ratio: int | None = None
    from_width: int = 0


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid: cells of words or of several pieces; ``ruled`` draws a line before it."""

    cells: tuple[Said | tuple[Piece, ...], ...]
    style: str = ""
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Banks:
    """Columns ``first`` to ``last`` of a grid, as many of them at a time as there is room for.

    The grids stand below each other, each with all other columns, which take ``others`` cells;
    one of the columns takes ``each``.
    """

    first: int
    last: int
    each: int
    others: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on the page, wrapped cell by cell; ``ruled`` has a line under its head."""

    columns: tuple[GridColumn, ...]
    rows: Sequence[GridRow]
    ruled: bool = False
    indent: int = 0
    banks: Banks | None = None
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that is more than a listing: ``data`` is a record of :mod:`pilotscore.drawings`."""

    data: Any


Block = Gap | Line | Fact | Listing | Grid | Drawing


def heading(text: Said, style: str = "bold") -> Line:
    """Return a heading."""
    return Line(((text, style),))


def is_heading(line: Line) -> bool:
    """Say whether a line is a heading: all in bold."""
    return all("bold" in style for _, style in line.pieces)


def note(text: Said, style: str = "magenta") -> Fact:
    """Return a note that every reader must see."""
    return Fact("", text, style=style)


def more(count: int, where: Text | None = None) -> Line:
    """Return the line that says how many are not shown, and where they are."""
    if where is None:
        said: Words = Text("…… 另有 {n} 项", "... {n} more").of(n=count)
    else:
        said = Text("…… 另有 {n} 项{where}", "... {n} more{where}").of(n=count, where=where)
    return Line(((said, "dim"),))


# ------------------------------------------------------------------------------ the sheets


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


def _no_sheets() -> Sequence[Sheet]:
    return ()


# ------------------------------------------------------------------------- what is explored


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that each group of a breakdown must reach for a name (a grade); None for none."""

    name: Said
    least: tuple[float | None, ...]


def _no_charts() -> Callable[[int], Sequence[ControlChart]]:
    return lambda _place: ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a breakdown (an indicator): the place of its group, the unit of its numbers."""

    title: Words
    group: int
    unit: Words | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What a figure of each row of a table is made of, part by part.

    Parameters
    ----------
    of
        The key of the column of the figure.
    span
        Keys of the columns between which it may lie.
    parts
        What it is made of.
    groups
        Each group (a dimension): the key of the column with its figure, and its title.
    floors
        What groups must reach, the best first; the names are values of the column ``grades``.
    columns
        What is said of each part: as columns of the table of parts.
    cells
        Gives, for each of those columns and then for each part, a cell for each row of the table.
    points
        The key of the column of what each part adds to the figure.
    ways
        How the row at a place gets further, one after the other; None where that is not said.
    charts
        Makes what gives the control charts of the row at a place.
    """

    of: str
    span: tuple[str, str]
    parts: tuple[Part, ...]
    groups: tuple[tuple[str, Words], ...]
    floors: tuple[Floors, ...]
    grades: str
    columns: tuple[Column, ...]
    cells: Callable[[], Sequence[Sequence[Sequence[Any]]]]
    points: str
    ways: Callable[[int], Sequence[Words] | None]
    charts: Callable[[], Callable[[int], Sequence[ControlChart]]] = _no_charts


@dataclass(frozen=True, slots=True)
class Overview:
    """A chart of the rows that are shown: it follows what is searched for and filtered.

    ``counts`` and ``sums`` (of the column ``of``) are by the words of the column ``by``; a
    ``curve`` adds up ``of`` in the order of ``by``; ``spans`` shows ``of`` of each row between the
    columns ``low`` and ``high``, ``bars`` shows it alone, and ``chances`` where it is neither 0 nor
    1; rows are named by ``by``.
    """

    look: Literal["counts", "sums", "curve", "spans", "bars", "chances"]
    title: Said
    by: str
    of: str = ""
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Explored:
    """A table to sort, filter and search, where each row opens.

    Parameters
    ----------
    table
        All that is known of each row; ``shown`` are the keys of the columns that are in view.
    filters
        Keys of the columns to choose values of.
    overviews
        Charts of it.
    breakdown
        What a figure of each row is made of; None where that is not known.
    beside
        Makes the sheets that stand beside it: those that say anything else.
    notes
        What every reader must see first.
    """

    name: Words
    table: Table
    shown: tuple[str, ...]
    filters: tuple[str, ...]
    overviews: tuple[Overview, ...] = ()
    breakdown: Breakdown | None = None
    beside: Callable[[], Sequence[Sheet]] = _no_sheets
    notes: tuple[Said, ...] = ()


# ------------------------------------------------------------------------------ the calendar


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something is due.

    ``uid`` is the same whenever the same thing is due, also where its day has moved: so a calendar
    that has it already puts the new day in place of the old one.
    """

    uid: str
    day: datetime.date
    summary: Said
    description: Said = ""
    category: Said = ""


def _no_page() -> Sequence[Block]:
    return ()


def _no_record() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What a run has to say; see the module.

    Parameters
    ----------
    title
        Of the document.
    version, as_of
        Of the program, and the date of assessment (ISO): what files hold as properties, so that the
        same inputs give the same bytes.
    digest
        Of all that the run went by, in hexadecimal digits: what printed pages have at their foot.
    page, sheets, record
        Functions that make the parts.
    table
        Makes the one table that stands for the whole; None where there is none.
    lines
        Makes the lines of a plain text file (the record of a draw); None where there is none.
    drawings
        Makes what a picture shows; None where there is nothing to draw.
    events
        Makes the days of a calendar file; None where nothing has a day.
    explored
        Makes the table that a reader sorts, filters and opens; None where the sheets are enough.
    """

    title: Words
    version: str = ""
    as_of: str = "2026-01-01"
    digest: str = ""
    page: Callable[[], Iterable[Block]] = _no_page
    sheets: Callable[[], Sequence[Sheet]] = _no_sheets
    record: Callable[[], Mapping[str, Any]] = _no_record
    table: Callable[[], Table] | None = None
    lines: Callable[[], Sequence[str]] | None = None
    drawings: Callable[[], Sequence[Drawing]] | None = None
    events: Callable[[], Iterable[Event]] | None = None
    explored: Callable[[], Explored] | None = None
