"""Batch data of all results: batches, values, readings as arrays in one order, with cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria import Characteristic
from pilotscore.findings import Finding
from pilotscore.records import dataclass

What = Literal["values", "limits", "capability", "batches", "running"]


@dataclass(frozen=True, slots=True)
class Block:
    """Why something cannot be judged: of a result, of one characteristic or of all (-1)."""

    result: int
    characteristic: int
    what: What
    finding: Finding


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Batches and stops, shape (b,) each, by result, scale, and time (or number, without times).

    A row of a log that has no batch number has the name ''. ``failed`` are those that do not count
    as qualified whatever their values; ``left_out`` count for nothing.
    """

    result: Ints
    name: tuple[str, ...]
    scale: Codes
    status: Codes
    judged: Codes
    begin: Floats
    end: Floats
    hours: Floats
    failed: Bools
    left_out: Bools
    sheet: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.result)


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Measured values, shape (v,) each, by result, characteristic, batch; in one unit.

    ``months`` is how long the sample was kept, nan for a value of the fresh batch; ``part`` is a
    number of its cask, drum or sublot within the batch, -1 where none is stated.
    """

    result: Ints
    characteristic: Ints
    batch: Ints
    value: Floats
    lower: Floats
    upper: Floats
    target: Floats
    months: Floats
    part: Ints
    sheet: Ints
    row: Ints
    column: Ints

    def __len__(self) -> int:
        return len(self.value)

    @property
    def keys(self) -> Ints:
        """Result and characteristic of each, shape (v, 2)."""
        return np.stack([self.result, self.characteristic], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Readings of a time series, shape (s,) each, by result, characteristic and time (hours)."""

    result: Ints
    characteristic: Ints
    time: Floats
    value: Floats
    lower: Floats
    upper: Floats

    def __len__(self) -> int:
        return len(self.value)


@dataclass(frozen=True, slots=True, eq=False)
class BatchData:
    """The batch data of all results.

    ``ids`` are the results (those of the table of results, where there is one); ``units`` the unit
    of each result's characteristic where one is stated; ``sheets`` are workbook and sheet.
    """

    ids: tuple[str, ...]
    characteristics: tuple[Characteristic, ...]
    units: Mapping[tuple[int, int], str]
    batches: Batches
    values: Values
    readings: Readings
    sheets: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
