"""Levels that are written on another scale than the one they are scored on: 13 of them for 9."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from pilotscore.criteria import Fact, Indicator
from pilotscore.language import LISTED, Words, join
from pilotscore.records import dataclass
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Cell, Remark, State
from pilotscore.workbook.values.columns import Column, ColumnRemark


@dataclass(frozen=True, slots=True, eq=False)
class WrittenLevels:
    """A scale that levels are written in, and the level that each of its levels comes to.

    ``quantity`` is the indicator or fact with the scale as written, by which cells are read.
    """

    quantity: Indicator | Fact
    level_of: Mapping[int, int]

    @classmethod
    def of(cls, quantity: Indicator | Fact, level_of: Mapping[int, int]) -> WrittenLevels:
        """Return the written scale of an indicator or fact; its own wording is of other levels."""
        scale = {"scale": (min(level_of), max(level_of)), "range": None, "wording": None}
        return cls(quantity.model_copy(update=scale), level_of)

    def convert(self, value: float) -> tuple[float | None, Remark | None]:
        """Return the level that a written one comes to, None for none, and what is to be told."""
        level = self.level_of.get(int(value))
        if level is None:
            wanted = join((span for span, _ in self._spans()), LISTED)
            return None, (kinds.NO_SUCH_LEVEL, {"text": f"{value:g}", "wanted": wanted})
        if level == value:
            return value, None
        return float(level), (kinds.LEVEL_CONVERTED, {"text": f"{value:g}", "value": level})

    def convert_cell(self, read: Cell) -> Cell:
        """Return a cell that was read on the written scale, on the scale of the indicator."""
        if read.state is not State.VALUE:
            return read
        level, remark = self.convert(read.value)
        remarks = (*read.remarks, *([remark] if remark else []))
        if level is None:
            return Cell(State.FAULTY, math.nan, remarks=remarks)
        return replace(read, value=level, remarks=remarks)

    def convert_column(self, column: Column) -> list[ColumnRemark]:
        """Convert a column that was read on the written scale, and return what is to be told."""
        remarks: list[ColumnRemark] = []
        for i in np.flatnonzero(column.states == State.VALUE).tolist():
            written = float(column.values[i])
            level, remark = self.convert(written)
            if level is None:
                column.states[i] = State.FAULTY
            column.values[i] = math.nan if level is None else level
            if remark is not None:
                column.written.setdefault(i, f"{written:g}")
                remarks.append((i, remark))
        return remarks

    def pairs(self) -> Words:
        """Say which level each comes to: 1→1, 2–4→3."""
        return join((f"{span}→{level}" for span, level in self._spans()), LISTED)

    def _spans(self) -> Iterator[tuple[str, int]]:
        """Yield the levels that follow each other and come to the same one together."""
        first = last = None
        for written, level in sorted(self.level_of.items()):
            if last is not None and (written != last + 1 or level != self.level_of[last]):
                yield f"{first}–{last}" if first != last else f"{last}", self.level_of[last]
                first = None
            first, last = written if first is None else first, written
        if last is not None:
            yield f"{first}–{last}" if first != last else f"{last}", self.level_of[last]
