"""What must be known of a sheet before its part is changed, learnt by reading it once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import lru_cache

from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.copies.markup import (
    ATTRIBUTES,
    Element,
    UnknownMarkupError,
    attributes_of,
    parse,
)
from pilotscore.workbook.copies.sheet_part import Area, CellXml, RowXml, SheetPart, Tags, cells_of

# A cell of a sheet by row and column, from 1.
Spot = tuple[int, int]
_MOST_ROWS = 1_048_576
_BLOCK = 64
NO_ROWS = Text("工作表部件中没有单元格区", "the part of a sheet has no place for cells")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be looked for: cells, the first filled cell of some rows and of some columns.

    ``formulas`` asks for every formula that concerns more than its own cell.
    """

    cells: frozenset[Spot] = frozenset()
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    formulas: bool = False


@dataclass(frozen=True, slots=True)
class WideFormula:
    """A formula that concerns several cells: ``area`` is theirs, ``number`` that they share it by.

    ``area`` is None and ``text`` empty where it is a cell that takes part in a shared one.
    """

    spot: Spot
    kind: str
    number: str
    area: Area | None
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What a sheet's part holds, without its rows.

    Attributes
    ----------
    frame
        The part without its rows.
    split
        Where in the frame the rows stand; None where ``sheetData`` is empty or absent.
    root
        The frame's root.
    tags
        What finds rows and cells.
    merged
        The merged areas, with their elements.
    blocks
        The merged areas by blocks of rows, so that a cell is not looked for in all of them.
    present
        For each number of a row, whether there is such a row.
    cells
        The cells that were wanted and are there.
    first_in_row, first_in_column
        The first filled column of each row that was wanted, and the reverse.
    formulas
        Those that concern more than one cell, where they were wanted.
    has_formulas
        Whether there is any formula, where they were wanted.
    """

    frame: bytes
    split: int | None
    root: Element
    tags: Tags
    merged: tuple[tuple[Area, Element], ...]
    blocks: dict[int, list[Area]]
    present: bytes
    cells: dict[Spot, CellXml]
    first_in_row: dict[int, int]
    first_in_column: dict[int, int]
    formulas: tuple[WideFormula, ...] = ()
    has_formulas: bool = False

    def spots(self, area: Area) -> Iterator[Spot]:
        """Yield the cells of an area in rows that there are, and its first one."""
        yield area.top, area.left
        for row in range(area.top, min(area.bottom, _MOST_ROWS) + 1):
            if self.present[row]:
                yield from ((row, column) for column in range(area.left, area.right + 1))

    def unmerged(self, spot: Spot) -> Spot:
        """Return a cell itself, or the top left one of the merged area that covers it."""
        areas = self.blocks.get(spot[0] // _BLOCK, ())
        area = next((a for a in areas if spot in a), None)
        return spot if area is None else (area.top, area.left)


def survey(pieces: Iterable[bytes], wanted: Wanted) -> Survey:
    """Read the part of a sheet and return what is to be known of it.

    Raises
    ------
    UnknownMarkupError, expat.ExpatError
        It is not what a sheet should be.
    """
    part = SheetPart(pieces)
    look = _Look(wanted, part.tags)
    for row in part.rows():
        look.at(row)
    frame = part.head + part.tail
    root = parse(frame)
    data = root.child("sheetData")
    if part.has_rows and (data is None or data.open_end != len(part.head)):
        raise UnknownMarkupError(NO_ROWS)
    merged = tuple(_merged(root))
    return Survey(
        frame,
        len(part.head) if part.has_rows else None,
        root,
        part.tags,
        merged,
        _blocks(area for area, _ in merged),
        bytes(look.present),
        look.cells,
        look.first_in_row,
        look.first_in_column,
        tuple(look.formulas),
        look.has_formulas,
    )


@lru_cache(maxsize=8)
def formula_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Return what finds the formula of a cell; its only group that is filled is the opening tag."""
    p = re.escape(prefix)
    text = rb"(?:<!\[CDATA\[.*?\]\]>|<!--.*?-->|[^<])*"
    tag = rb"<%sf(?:%s)" % (p, ATTRIBUTES)
    return re.compile(rb"(%s/>)|(%s>)%s</%sf\s*>" % (tag, tag, text, p), re.DOTALL)


def _merged(root: Element) -> Iterable[tuple[Area, Element]]:
    around = root.child("mergeCells")
    for e in around.children if around is not None else ():
        area = Area.of(e.attributes.get("ref", ""))
        if area is not None:
            yield area, e


def _blocks(areas: Iterable[Area]) -> dict[int, list[Area]]:
    blocks: dict[int, list[Area]] = {}
    for area in areas:
        for block in range(area.top // _BLOCK, area.bottom // _BLOCK + 1):
            blocks.setdefault(block, []).append(area)
    return blocks


@dataclass(slots=True)
class _Look:
    """What has been seen while the rows go by."""

    wanted: Wanted
    tags: Tags
    present: bytearray = field(default_factory=lambda: bytearray(_MOST_ROWS + 1))
    cells: dict[Spot, CellXml] = field(default_factory=dict)
    first_in_row: dict[int, int] = field(default_factory=dict)
    first_in_column: dict[int, int] = field(default_factory=dict)
    formulas: list[WideFormula] = field(default_factory=list)
    has_formulas: bool = False
    rows: set[int] = field(init=False)
    columns: set[int] = field(init=False)
    filled: re.Pattern[bytes] = field(init=False)
    formula: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        p = re.escape(self.tags.prefix)
        self.rows = {r for r, _ in self.wanted.cells} | set(self.wanted.rows)
        self.columns = set(self.wanted.columns)
        self.filled = re.compile(
            rb"<%s(?:f[\s/>]|is[\s>]|v\s*>(?!</)|v\s[^>]*[^/]>(?!</))" % p  # v with something in it
        )
        self.formula = formula_pattern(self.tags.prefix)

    def at(self, row: RowXml) -> None:
        if not 1 <= row.number <= _MOST_ROWS:
            return
        self.present[row.number] = 1
        wide = False
        if self.wanted.formulas and b"<%sf" % self.tags.prefix in row.data:
            formula = self.formula.search(row.data)
            self.has_formulas = self.has_formulas or formula is not None
            wide = formula is not None and (b"ref" in row.data or b"shared" in row.data)
        if wide or row.number in self.rows or self.columns:
            self._look_closely(row, wide=wide)

    def _look_closely(self, row: RowXml, *, wide: bool) -> None:
        for cell in cells_of(row, self.tags)[0]:
            spot = (row.number, cell.column)
            if spot in self.wanted.cells:
                self.cells.setdefault(spot, cell)
            if wide:
                self._look_at_formula(spot, cell)
            in_row = row.number in self.wanted.rows and row.number not in self.first_in_row
            if (in_row or cell.column in self.columns) and self.filled.search(cell.inner):
                self.first_in_row.setdefault(row.number, cell.column)
                self.first_in_column.setdefault(cell.column, row.number)
                self.columns.discard(cell.column)

    def _look_at_formula(self, spot: Spot, cell: CellXml) -> None:
        match = self.formula.search(cell.inner)
        if match is None:
            return
        attributes = {
            k: v.decode() for k, v in attributes_of(match.group(1) or match.group(2)).items()
        }
        kind = attributes.get(b"t", "normal")
        if kind != "normal":
            area = Area.of(attributes.get(b"ref", ""))
            number = attributes.get(b"si", "")
            text = "" if match.group(1) else _text_of(match.group(), self.tags.prefix)
            self.formulas.append(WideFormula(spot, kind, number, area, text))


def _text_of(xml: bytes, prefix: bytes) -> str:
    """Return the text of an element, whichever way it is written."""
    declared = b' xmlns:%s="."' % prefix.rstrip(b":") if prefix else b""
    return parse(b"<x%s>%s</x>" % (declared, xml)).children[0].text
