"""Charts of a document: series over the columns of a table, and their axes."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from pilotscore.document.tables import (
    Said,
)
from pilotscore.language import Words
from pilotscore.records import dataclass


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

    ``all_named`` gives each category its label, in small letters; ``slanted`` labels are small and
    slope; ``labels_high`` puts them at the other end.
    """

    title: Said = ""
    format: str = "General"
    least: float | None = None
    most: float | None = None
    step: float | None = None
    reverse: bool = False
    all_named: bool = False
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
