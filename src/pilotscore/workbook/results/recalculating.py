"""Has workbooks whose formulas hold no results calculated, and reads them again with these."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pilotscore.findings import Finding, Place
from pilotscore.workbook.open import kinds
from pilotscore.workbook.open.office import calculate
from pilotscore.workbook.results.reader import Contents
from pilotscore.workbook.results.workers import Job, read_books


def with_recalculated(paths: Sequence[Path], read: Sequence[Contents], job: Job) -> list[Contents]:
    """Return what was read, anew where formulas without results could be calculated.

    Parameters
    ----------
    paths
        The workbooks.
    read
        What was read of each.
    job
        How they were read; its options say what calculates, if anything does.
    """
    office = job.options.office
    wanted = [p for p, contents in zip(paths, read, strict=True) if contents.uncalculated]
    if office is None or not wanted:
        return list(read)
    with tempfile.TemporaryDirectory(prefix="pilotscore-", ignore_cleanup_errors=True) as folder:
        copies = calculate(wanted, office, Path(folder), job.options.limits)
        again = replace(  # read here, where the copies are
            job,
            options=replace(job.options, crew=None, resume=None),
            copies={str(book): str(copy) for book, copy in copies.items()},
        )
        anew = dict(zip(copies, read_books(list(copies), again), strict=True))
    for path, contents in zip(paths, read, strict=True):
        if contents.uncalculated and path not in anew:
            finding = Finding(kinds.NOT_CALCULATED, Place(str(path)), {"version": office.version})
            anew[path] = replace(contents, findings=(*contents.findings, finding))
    return [anew.get(path, contents) for path, contents in zip(paths, read, strict=True)]
