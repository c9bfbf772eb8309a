"""The 103 findings of examples/outcomes: the last price of a market, and whether each replicated."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import numpy as np

FILE = Path(__file__).parents[2] / "examples" / "outcomes" / "findings.csv"


@functools.cache
def market() -> tuple[np.ndarray, np.ndarray]:
    """Return the price of each finding, and whether it replicated."""
    with FILE.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    price = np.array([float(r["last_price"]) for r in rows])
    return price, np.array([r["replicated"] == "1" for r in rows])
