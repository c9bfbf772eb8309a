"""What the steps of putting batch data together share: the sheets, the ids, the findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from pilotscore.arrays import Ints
from pilotscore.criteria import Characteristic
from pilotscore.criteria.measuring import Measuring
from pilotscore.findings import Finding, Kind, Place
from pilotscore.records import dataclass
from pilotscore.workbook.batches.batches import Block, Values, What
from pilotscore.workbook.batches.sheet import BatchSheet


@dataclass(frozen=True, slots=True)
class KnownResults:
    """The results that batch data can belong to: ids, titles, and those of each workbook."""

    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    of_book: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joining:
    """The sheets that are put together; findings, and what they block, are collected on the way.

    ``characteristics_of`` has, for each sheet, the place of the characteristic that each of its
    names means.
    """

    sheets: Sequence[BatchSheet]
    known: KnownResults
    measuring: Measuring
    ids: tuple[str, ...]
    characteristics: tuple[Characteristic, ...]
    characteristics_of: Sequence[Ints]
    findings: list[Finding] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def tell(
        self,
        kind: Kind,
        place: Place,
        result: int,
        block: tuple[int, What] | None = None,
        /,
        **values: Any,
    ) -> None:
        """Note a finding, and what it makes not assessable."""
        finding = Finding(kind, place, values, self.ids[result] if result >= 0 else None)
        self.findings.append(finding)
        if block is not None:
            self.blocks.append(Block(result, block[0], block[1], finding))

    def tell_of_value(
        self, kind: Kind, values: Values, i: int, what: What | None = None, /, **shown: Any
    ) -> None:
        """Note a finding of a value, and what of its characteristic is not assessable for it."""
        result, characteristic = int(values.result[i]), int(values.characteristic[i])
        place = self.sheet_of(values, i).place(int(values.row[i]), int(values.column[i]))
        block = None if what is None else (characteristic, what)
        self.tell(
            kind, place, result, block, name=self.characteristics[characteristic].title, **shown
        )

    def sheet_of(self, values: Values, i: int) -> BatchSheet:
        """Return the sheet of a value."""
        return self.sheets[int(values.sheet[i])]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which B2 comes before B10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]+)", text)
        if part
    )


def firsts(keys: Ints, places: Ints) -> list[int]:
    """Return the first of the places for each key."""
    first: dict[tuple[int, ...], int] = {}
    for i in places.tolist():
        first.setdefault(tuple(keys[i].tolist()), i)
    return list(first.values())
