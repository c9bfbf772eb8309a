"""What fits on a sheet: where its blocks stand, and which rows of its tables it has no room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.document import Chart, Column, Gap, Sheet, Table
from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.render.xlsx_charts import chart_rows
from pilotscore.workbook.open.xlsx_cells import MOST_ROWS

_SHEET = Text("未写全", "Left out")
_SAID = Text(
    "工作表“{sheet}”只写了 {count} 行中的前 {written} 行：Excel 的工作表最多 {most} 行；"
    "要全部，请写成 .csv",
    "the sheet “{sheet}” has the first {written} of {count} rows: a sheet of Excel holds {most}; "
    "for all of them write a .csv",
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A sheet that has fewer rows of its tables than there are."""

    sheet: Words
    count: int
    written: int
    most: int

    @property
    def said(self) -> Words:
        """What a person is told of it."""
        counts = {"count": self.count, "written": self.written, "most": self.most}
        return _SAID.of(sheet=self.sheet, **{k: f"{n:,}" for k, n in counts.items()})


def rows_of(sheet: Sheet) -> Iterator[tuple[int, Any]]:
    """Yield each block with the row where it starts."""
    row = 0
    for block in sheet.blocks:
        yield row, block
        row += _height(block)


def _height(block: Any) -> int:
    """Return how many rows a block takes."""
    if isinstance(block, Table):
        return len(block.rows) + block.headed
    if isinstance(block, Gap):
        return block.lines
    if isinstance(block, Chart):
        return 0 if block.at else chart_rows(block)
    return 1


def within(sheets: Sequence[Sheet], most: int = MOST_ROWS) -> tuple[list[Sheet], list[Cut]]:
    """Return sheets with as many rows as they hold, and which have fewer than there are.

    Where some have, a sheet that says so stands before all others.

    Parameters
    ----------
    sheets
        Of a workbook.
    most
        How many rows a sheet holds.
    """
    fitted = [_fitted(s, most) for s in sheets]
    cuts = [
        Cut(s.name, count, written, most)
        for s, f in zip(sheets, fitted, strict=True)
        if (count := _count(s)) > (written := _count(f))
    ]
    return ([_summary(cuts), *fitted] if cuts else fitted), cuts


def _count(sheet: Sheet) -> int:
    return sum(len(b.rows) for b in sheet.blocks if isinstance(b, Table))


def _fitted(sheet: Sheet, most: int) -> Sheet:
    """Return a sheet without what stands below its last row."""
    if sum(map(_height, sheet.blocks)) <= most:
        return sheet
    blocks = tuple(_short(b, most - row) for row, b in rows_of(sheet) if _has_room(b, row, most))
    return replace(sheet, blocks=blocks)


def _has_room(block: Any, row: int, most: int) -> bool:
    if isinstance(block, Table):
        return row + block.headed < most
    return (isinstance(block, Chart) and block.at is not None) or row + _height(block) <= most


def _short(block: Any, room: int) -> Any:
    """Return a table with as many rows as there is room for, and anything else as it is."""
    if isinstance(block, Table) and _height(block) > room:
        return replace(block, rows=block.rows[: room - block.headed])
    return block


def _summary(cuts: Sequence[Cut]) -> Sheet:
    """Return a sheet that says which sheets have not all of their rows."""
    columns = (
        Column("sheet", Text("工作表", "Sheet"), width=24),
        Column("count", Text("共有行数", "Rows"), "amount", 12),
        Column("written", Text("已写行数", "Written"), "amount", 12),
        Column("left_out", Text("未写行数", "Left out"), "amount", 12),
    )
    rows = [[c.sheet, c.count, c.written, c.count - c.written] for c in cuts]
    return Sheet(_SHEET, (*(c.said for c in cuts), Table(columns, rows)))
