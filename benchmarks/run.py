"""Runs the benchmarks and prints one table; writes no file."""

from __future__ import annotations

import folder
import million
import reading
import robustness
import stability
import startup
from common import shown

import workbook

if __name__ == "__main__":
    print(
        shown(
            [
                startup.measure(),
                workbook.measure(),
                million.measure(),
                *reading.measure(),
                folder.measure(),
                stability.measure(),
                robustness.measure(),
            ]
        )
    )
