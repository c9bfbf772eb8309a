"""What the steps of putting batch data together share: the sheets, the ids, the findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilotscore.arrays import Ints
from pilotscore.criteria import Characteristic
from pilotscore.criteria.measuring import Measuring
from pilotscore.findings import Finding, Kind, Place
from pilotscore.workbook.batches.batches import Block, Values, What
from pilotscore.workbook.batches.sheet import BatchSheet


@dataclass(frozen=True, slots=True)
class KnownResults:
    """The results that batch data can belong to: ids, titles, and those of each workbook."""

    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    of_book: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Joining:
    """The sheets that are put together, and what is found out on the way."""

    sheets: Sequence[BatchSheet]
    known: KnownResults
    measuring: Measuring
    ids: tuple[str, ...] = ()
    traits: list[Characteristic] = field(default_factory=list)
    trait_of: list[list[int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @staticmethod
    def place(sheet: BatchSheet, row: int, column: int | None) -> Place:
        """Return a cell of a sheet."""
        return Place(sheet.book, sheet.sheet, row, column)

    def tell(
        self, kind: Kind, place: Place, result: int, block: tuple[int, What] | None = None, **values: Any
    ) -> None:  # fmt: skip
        """Note a finding, and what it makes not assessable."""
        finding = Finding(kind, place, values, self.ids[result] if result >= 0 else None)
        self.findings.append(finding)
        if block is not None:
            self.blocks.append(Block(result, block[0], block[1], finding))

    def spot(self, values: Values, i: int) -> Place:
        """Return the cell of a value."""
        sheet = self.sheets[int(values.sheet[i])]
        return self.place(sheet, int(values.row[i]), int(values.column[i]))

    def named(self, values: Values, i: int, **told: Any) -> dict[str, Any]:
        """Return what a message says of a value: its characteristic, and more."""
        return {"name": self.traits[int(values.trait[i])].title, **told}


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which B2 comes before B10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]+)", text)
        if part
    )


def firsts(keys: Ints, places: Ints) -> list[int]:
    """Return the first of the places for each key."""
    seen: set[tuple[int, ...]] = set()
    found = []
    for i in places.tolist():
        key = tuple(keys[i].tolist())
        if key not in seen:
            seen.add(key)
            found.append(i)
    return found
