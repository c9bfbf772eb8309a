"""The page of a document: lines, facts, listings, grids and drawings for a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.document.tables import (
    Said,
)
from pilotscore.language import Text, Words
from pilotscore.records import dataclass

# Words with their style, as the terminal names styles ("bold red", "dim"; "" for none).
Piece = tuple[Said, str]


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
class Segment:
    """A piece of a strip: never cut, or where there is too little room down to ``least`` cells.

    Those with ``yields`` are cut, the lowest first.
    """

    text: Said
    style: str = ""
    least: int = 0
    yields: int | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """Parts side by side on one line, which never takes a second one: there is … where it is cut.

    Empty parts are left out, and ``mark`` stands between the others.
    """

    parts: tuple[Segment, ...]
    indent: int = 0
    mark: Said = " · "


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
    below: tuple[Fact | Strip, ...] = ()


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


Block = Gap | Line | Fact | Strip | Listing | Grid | Drawing


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
