"""A document as a whole: its parts, each made when a renderer asks for it, and its days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pilotscore.document.explored import Explored
from pilotscore.document.page import Block, Drawing
from pilotscore.document.sheets import Sheet, no_sheets
from pilotscore.document.tables import (
    Said,
    Table,
)
from pilotscore.language import Words
from pilotscore.records import dataclass


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
    sheets: Callable[[], Sequence[Sheet]] = no_sheets
    record: Callable[[], Mapping[str, Any]] = _no_record
    table: Callable[[], Table] | None = None
    lines: Callable[[], Sequence[str]] | None = None
    drawings: Callable[[], Sequence[Drawing]] | None = None
    events: Callable[[], Iterable[Event]] | None = None
    explored: Callable[[], Explored] | None = None
