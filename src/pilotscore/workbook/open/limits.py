"""The bounds within which a file is read: what no honest office file meets, each settable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.records import dataclass

TITLES = {
    "file_mb": Text("文件大小（MB）", "MB of the file"),
    "inflated_mb": Text("解压后的大小（MB）", "MB when inflated"),
    "cells": Text("工作表范围（单元格数）", "extent of a sheet (cells)"),
    "sheets": Text("工作表数", "sheets"),
    "parts": Text("文件部件数", "parts in the file"),
    "seconds": Text("读取时间（秒）", "seconds of reading"),
    "memory_mb": Text("读取所用内存（MB）", "MB of memory while reading"),
}


class BoundExceededError(Exception):
    """A file beyond a bound: ``name`` is that of the bound, ``actual`` what the file has."""

    def __init__(self, name: str, actual: int | str, limit: int) -> None:
        super().__init__(name)
        self.name, self.actual, self.limit = name, actual, limit


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for each file.

    ``cells`` is for the extent of a sheet: the length of all its rows together, each up to its last
    cell (.xlsx, .ods), or the area from A1 to its farthest cell (.xlsb); ``memory_mb`` holds where
    the system can enforce it (Linux), and only in the process that reads.
    """

    file_mb: int = 200
    inflated_mb: int = 600
    cells: int = 20_000_000
    sheets: int = 500
    parts: int = 10_000
    seconds: int = 120
    memory_mb: int = 1500

    @classmethod
    def of(cls, assignments: Iterable[str]) -> Limits:
        """Return the limits with some of them set, each as ``name=number``.

        Raises
        ------
        UsageError
            There is no such limit, or its value is no whole number above 0.
        """
        names = [f.name for f in fields(cls)]
        limits = cls()
        for assignment in assignments:
            name, _, value = assignment.partition("=")
            name = name.strip().replace("-", "_")
            number = value.strip().replace("_", "")
            if name not in names or not number.isdecimal() or int(number) < 1:
                listed = ", ".join(f"{n}={getattr(cls(), n)}" for n in names)
                raise UsageError(
                    Text(
                        "--limit {given}：应为“名称=正整数”，可设（及默认值）：{listed}",
                        "--limit {given}: it takes name=whole number; there are (with their "
                        "defaults) {listed}",
                    ).of(given=assignment, listed=listed)
                )
            limits = replace(limits, **{name: int(number)})
        return limits

    def check(self, name: str, actual: int) -> None:
        """Hold a number against a bound.

        Raises
        ------
        BoundExceededError
            It is greater.
        """
        if actual > getattr(self, name):
            raise BoundExceededError(name, actual, getattr(self, name))
