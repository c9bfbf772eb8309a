"""Batch data read, and how stable each result is made."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore.criteria import (
    load_criteria,
)
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import in_order
from pilotscore.language import Text
from pilotscore.measures.stability import Stability
from pilotscore.runs.assess import (
    DEFAULT_CRITERIA,
    PathLike,
    manifest_of,
    place_of,
    read,
    reading_options,
)
from pilotscore.runs.stability import StabilityReport, stability_report
from pilotscore.workbook import ReadingOptions
from pilotscore.workbook.results.workers import Progress

if TYPE_CHECKING:
    pass


def stability(
    books: PathLike | Iterable[PathLike],
    result: str | None = None,
    criteria: PathLike = DEFAULT_CRITERIA,
    *,
    sheet: str | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
) -> StabilityReport:
    """Read batch data and judge how stable each result is made, or one of them.

    Parameters
    ----------
    books
        Workbooks with batch data; a table of results is not needed.
    result
        The id of the result that is meant; all with batch data where None.
    criteria, sheet, mapping, reading, progress
        As for :func:`rank`; the criteria set says how batch data are read and judged.

    Raises
    ------
    UsageError
        There is no such result, besides what :func:`rank` raises.
    UnreadableInputError
        There are no batch data.
    """
    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
    submission = read(books, loaded, options, progress)
    findings = tuple(in_order(submission.findings))
    data = submission.batches
    if data is None or not (len(data.batches) or len(data.readings)):
        raise UnreadableInputError(
            Text(
                "没有读到批次数据（需要有批号列的工作表，见 pilotscore template）",
                "no batch data were read (a sheet with a column of batch numbers, see pilotscore template)",
            ),
            list(findings),
        )
    chosen = None if result is None else [place_of(result, data.ids)]
    day = datetime.date.today()
    manifest = manifest_of(loaded, None, submission, None, day, options)
    titles = dict(zip(submission.ids, submission.titles, strict=True))
    measures = Stability(data, loaded.criteria.measuring)
    return stability_report(measures, loaded, titles, findings, manifest, chosen)
