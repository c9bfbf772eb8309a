"""Reads the checklist of measures that keep a trade secret: a row or a column for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pilotscore.workbook.rights.case_words import MEASURES
from pilotscore.workbook.rights.cells import flags, texts, words
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.merging import merged
from pilotscore.workbook.rights.parties import of_results
from pilotscore.workbook.rights.stacking import Columns, Stack, joined_stacks, keys_of, stacked


def read_secrecy(grids: Sequence[Grid]) -> Stack | None:
    """Read checklists: one row for each result and measure of which a yes or no is stated."""
    long = [g for g in grids if "measure" in g.columns]
    parts = [stacked(long, _columns), *(_of_measure(grids, m) for m in MEASURES.titles)]
    stacks = [stack for stack in parts if stack is not None]
    if not stacks:
        return None
    stack = of_results(joined_stacks(stacks))
    c = stack.columns
    stack = stack.take(np.flatnonzero((c["taken"] >= 0) & (c["measure"] != "")))
    return merged(stack, keys_of(stack, ("result", "measure")), ("taken",), "secrecy")[0]


def _columns(grid: Grid) -> Columns:
    return {
        "result": texts(grid, "result"),
        "measure": words(grid, "measure", MEASURES),
        "taken": flags(grid, "taken"),
    }


def _of_measure(grids: Sequence[Grid], measure: str) -> Stack | None:
    """Return what sheets with a column for each measure say of one."""
    some = [g for g in grids if measure in g.columns and "measure" not in g.columns]

    def columns(grid: Grid) -> Columns:
        named = np.full(len(grid), measure, dtype=object)
        return {
            "result": texts(grid, "result"),
            "measure": named,
            "taken": flags(grid, "taken"),
        }

    return stacked([g.under(measure, "secrecy", "taken") for g in some], columns)


def measures_of(stack: Stack) -> Mapping[str, Mapping[str, bool]]:
    """Return, by result, which measures are stated to be taken, and which not."""
    c = stack.columns
    measures: dict[str, dict[str, bool]] = {}
    rows = zip(c["result"], c["measure"], c["taken"].tolist(), strict=True)
    for result, measure, taken in sorted(rows):
        if taken >= 0:  # what two rows contradict is not stated
            measures.setdefault(result, {})[measure] = taken == 1
    return measures
