"""Rights of results as a document: of a batch, or of one result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from pilotscore.document import (
    Block,
    Document,
    Drawing,
    Gap,
    Line,
    Sheet,
    Table,
    flat_table,
    heading,
    note,
)
from pilotscore.language import Text, Words, counted, join, same
from pilotscore.rights.due import DueState
from pilotscore.runs.rights import RightsReport
from pilotscore.views import due as view
from pilotscore.views.due_events import events
from pilotscore.views.due_table import table_ahead
from pilotscore.views.findings import findings_table
from pilotscore.views.periods import MOST_OF_A_SHEET, due_sheet, holidays_note, limited, verify_note
from pilotscore.views.rights.batch import listing, table_of
from pilotscore.views.rights.case import page_of
from pilotscore.views.rights.record import record
from pilotscore.views.rights.tables import amounts_table, cases_note, parties_table, states_table
from pilotscore.views.timeline import timeline
from pilotscore.wording import words

_TITLE = Text("权属与转化", "Rights and transfer")
_OF_ONE = Text("权属与转化：{result}", "Rights and transfer: {result}")
_RESULT = Text("项成果", "result")
_COUNTS = Text(
    "{results}，{errors} 项有违规，{warnings} 项有提醒",
    "{results}, {errors} with violations, {warnings} with warnings",
)
_DUE = Text("期限", "Days")
_MOST_RESULTS, _MOST_DUE = 20, 12


def document(report: RightsReport) -> Document:
    """Return the rights of results as a document."""
    return Document(
        title(report),
        report.manifest.version,
        report.manifest.as_of,
        page=partial(page, report),
        sheets=partial(sheets, report),
        record=partial(record, report),
        table=partial(table, report),
        drawings=partial(drawings, report),
        events=lambda: events(report.ahead),
    )


def title(report: RightsReport) -> Words:
    """Return what it is about."""
    return _TITLE if report.case is None else _OF_ONE.of(result=report.case.result)


def page(report: RightsReport) -> Iterator[Block]:
    """Yield one result in full; of a batch where its results stand, or what is due in a time."""
    yield Line(((join((title(report), report.manifest.as_of), same("  ")), "bold"),))
    if report.case is not None and report.ahead.until is None:
        yield from page_of(report.case)
        yield from _due_of_case(report)
    else:
        if report.case is None:
            yield Line(((_counts(report), ""),))
        yield Gap()
        if report.ahead.until is None:
            yield from listing(report, _MOST_RESULTS)
            yield Gap()
        yield from view.page_ahead(report.ahead, _MOST_DUE if report.ahead.until is None else 40)
    yield Gap()
    yield from notes(report)


def _counts(report: RightsReport) -> Words:
    owned = report.owned
    errors, warnings = (int(np.count_nonzero(x)) for x in (owned.errors, owned.warnings))
    results = counted(len(owned), _RESULT)
    return _COUNTS.of(results=results, errors=errors, warnings=warnings)


def _due_of_case(report: RightsReport) -> Iterator[Block]:
    """Yield what of a result can still be done, or is past and unproven; nothing of terms."""
    due = report.ahead.due
    if not len(due):
        return
    term = np.array([rule.term for rule in due.rules], bool)[due.rule]
    shown = due.take(np.flatnonzero(~term & (due.state != DueState.DONE)))
    if len(shown):
        yield Gap()
        yield heading(_DUE, "bold cyan")
        yield view.listing_of(shown, of_result=True)


def notes(report: RightsReport) -> Iterator[Block]:
    """Say what every output of rights must say."""
    due, calendar = report.ahead.due, report.owned.work.calendar
    for said in (holidays_note(due, calendar), verify_note(due)):
        if said is not None:
            yield note(said)
    yield note(view.NOT_ADVICE)


# ------------------------------------------------------------------------ sheets, table, pictures


def sheets(report: RightsReport) -> Sequence[Sheet]:
    """Return the results, parties, states, amounts, what is due, findings and the manifest."""
    first, results = cases_note(report), limited(table_of(report), MOST_OF_A_SHEET)
    listed = [
        Sheet(Text("成果", "Results"), (view.NOT_ADVICE, *results), freeze=1),
        due_sheet(Text("要办的", "Due"), table_ahead(report.ahead)),
        Sheet(Text("当事人", "Parties"), (*first, parties_table(report)), freeze=1),
        Sheet(Text("进程", "States"), (*first, states_table(report)), freeze=1),
        Sheet(Text("收益分配", "Distribution"), (*first, amounts_table(report)), freeze=1),
    ]
    if report.findings:
        findings = limited(findings_table(report.findings))
        listed.append(Sheet(words.SHEET_FINDINGS, findings))
    return [*listed, Sheet(words.SHEET_MANIFEST, (flat_table(report.manifest.to_dict()),))]


def table(report: RightsReport) -> Table:
    """Return the results; what is due where a time ahead is given."""
    return table_of(report) if report.ahead.until is None else table_ahead(report.ahead)


def drawings(report: RightsReport) -> list[Drawing]:
    """Return what is due as bars around the day of evaluation."""
    return [timeline(title(report), report.ahead)] if len(report.ahead) else []
