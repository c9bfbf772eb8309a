"""Writes what a panel came to into a copy of the workbook of results, each value with its interval.

Every other part of the workbook stays byte for byte; the workbook that was read is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pilotscore.findings import Place
from pilotscore.language import Words
from pilotscore.records import dataclass
from pilotscore.workbook.copies import copies
from pilotscore.workbook.copies.answer_cells import look_at_cells
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.results.submission import Submission


@dataclass(frozen=True, slots=True)
class FilledCopy:
    """How writing went.

    Parameters
    ----------
    places
        Where each value went, by result and indicator.
    without
        The values for which the workbook has no cell.
    left
        The cells that cannot be written over (array formulas).
    notes
        What a person should know of the copy.
    """

    places: Mapping[tuple[int, str], Place]
    without: tuple[tuple[int, str], ...]
    left: frozenset[Place]
    notes: tuple[Words, ...]


def write_panel_values(
    source: Path, submission: Submission, values: Mapping[tuple[int, str], Any], out: Path
) -> FilledCopy:
    """Write values into a copy of a workbook.

    Parameters
    ----------
    source
        The workbook of results, an .xlsx or .xlsm.
    submission
        As it was read.
    values
        What goes into the cell of a result (by its number) under an indicator (by its id).
    out
        Where the copy goes.

    Raises
    ------
    UsageError
        No copy can be made of this workbook.
    """
    content = source.read_bytes()
    copies.refuse_ending(source, out)
    copies.refuse_content(source, content)
    places: dict[tuple[int, str], Place] = {}
    without = []
    for (i, name), _ in sorted(values.items()):
        table = submission.tables[int(submission.table_of[i])]
        if name in table.columns or name in table.cells:
            places[i, name] = submission.place(i, name)
        else:
            without.append((i, name))
    with copies.plain_failures(source):
        package = Package(content, Limits())
        cells = look_at_cells(package, places.values(), (), spreads=True)
        cells.put(package, {place: values[key] for key, place in places.items()})
        package.write(out)
        notes = (*cells.notes(), *copies.lost(package))
    return FilledCopy(places, tuple(without), cells.left, notes)
