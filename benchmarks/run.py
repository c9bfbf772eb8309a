"""Runs the three benchmarks and prints one table; writes no file."""

from __future__ import annotations

import million
import startup
from common import shown

import workbook

if __name__ == "__main__":
    print(shown([startup.measure(), workbook.measure(), million.measure()]))
