"""What a reader explores: a table to sort, filter and search, where each row opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from pilotscore.document.sheets import Sheet, no_sheets
from pilotscore.document.tables import (
    Column,
    Said,
    Table,
)
from pilotscore.drawings import ControlChart
from pilotscore.language import Words
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that each group of a breakdown must reach for a name (a grade); None for none."""

    name: Said
    least: tuple[float | None, ...]


def _no_charts() -> Callable[[int], Sequence[ControlChart] | None]:
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
        Makes what gives the control charts of the row at a place; None where they are left out.
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
    charts: Callable[[], Callable[[int], Sequence[ControlChart] | None]] = _no_charts


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
    beside: Callable[[], Sequence[Sheet]] = no_sheets
    notes: tuple[Said, ...] = ()
