"""Two rounds assessed and compared."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore.criteria import (
    LoadedCriteria,
    load_criteria,
)
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.index import assess
from pilotscore.language import Text
from pilotscore.measures import from_submission
from pilotscore.ranking import rank_results
from pilotscore.runs.assess import (
    DEFAULT_CRITERIA,
    PathLike,
    manifest_of,
    read,
    reading_options,
)
from pilotscore.runs.comparison import Comparison, Round, compare_rounds
from pilotscore.workbook import ReadingOptions
from pilotscore.workbook.results.workers import Progress

if TYPE_CHECKING:
    pass


def compare(
    old: PathLike | Iterable[PathLike],
    new: PathLike | Iterable[PathLike],
    criteria: PathLike = DEFAULT_CRITERIA,
    new_criteria: PathLike | None = None,
    *,
    profile: str | None = None,
    as_of: datetime.date | None = None,
    new_as_of: datetime.date | None = None,
    sheet: str | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare two rounds of assessment.

    Parameters
    ----------
    old, new
        The workbooks of each round, or folders of them.
    criteria
        The criteria of the old round, and of the new one unless ``new_criteria`` is given.
    new_criteria
        The criteria of the new round, where they changed.
    profile
        A weight profile, used for both.
    as_of, new_as_of
        The date of assessment of each round; today by default, and the new one's the old one's.
    sheet, mapping, reading, progress
        As for :func:`rank`, for both rounds.

    Raises
    ------
    UsageError, FaultyFileError, UnreadableInputError
        As :func:`rank`, for either round.
    """
    day = as_of or datetime.date.today()
    later = new_as_of or day

    def loaded_as(name: PathLike) -> LoadedCriteria:
        return load_criteria(Path(name) if isinstance(name, os.PathLike) else name, profile)

    def assessed(
        books: PathLike | Iterable[PathLike], loaded: LoadedCriteria, on: datetime.date
    ) -> tuple[Round, tuple[Finding, ...]]:
        options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
        submission = read(books, loaded, options, progress)
        if not len(submission):
            found = in_order(submission.findings)
            raise UnreadableInputError(Text("没有读到任何成果", "no result was read"), found)
        assessment = assess(from_submission(submission, loaded.criteria, on), loaded.criteria, on)
        ranking = rank_results(assessment)
        manifest = manifest_of(loaded, None, submission, ranking, on, options)
        return Round(assessment, ranking, manifest), submission.findings

    before = loaded_as(criteria)
    after = before if new_criteria is None else loaded_as(new_criteria)
    first, told = assessed(old, before, day)
    last, more = assessed(new, after, later)
    same = after.source.fingerprint == before.source.fingerprint
    middle = last if same else assessed(new, before, later)[0]
    return compare_rounds(first, middle.assessment, last, in_order((*told, *more)))
