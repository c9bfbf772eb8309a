"""What came of it as a document."""

from __future__ import annotations

from functools import partial

from pilotscore.document import Document
from pilotscore.runs.learn import LearnReport
from pilotscore.runs.learn_levels import outcome_title
from pilotscore.views.learn import phrases
from pilotscore.views.learn.page import page
from pilotscore.views.learn.record import record
from pilotscore.views.learn.sheets import grade_table, sheets


def document(report: LearnReport) -> Document:
    """Return a report as a document."""
    f = report.followed
    return Document(
        phrases.TITLE.of(outcome=outcome_title(f.outcome)),
        as_of=f.rounds[-1].entry.as_of,
        page=partial(page, report),
        sheets=partial(sheets, report),
        record=partial(record, report),
        table=partial(grade_table, report),
    )
