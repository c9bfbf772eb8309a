"""The periods of IP rights as a document: of a batch, or of one result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from pilotscore.document import Block, Document, Drawing, Gap, Line, Sheet, Table, flat_table, note
from pilotscore.language import COMMA, Text, Words, counted, join, same
from pilotscore.rights.calendar import working_days
from pilotscore.rights.ip.states import IP_STATE_TITLES, IpState
from pilotscore.runs.ahead import last_days
from pilotscore.runs.ip import IpReport
from pilotscore.views import due as view
from pilotscore.views.due_events import events
from pilotscore.views.due_table import table_ahead, table_of
from pilotscore.views.findings import findings_table
from pilotscore.views.ip.rights import listing, of_result, record, rights_table
from pilotscore.views.ip.secrets import secrets_table
from pilotscore.views.periods import (
    MOST_OF_A_SHEET,
    due_sheet,
    holidays_note,
    limited,
    verify_note,
)
from pilotscore.views.timeline import timeline
from pilotscore.wording import words

_TITLE = Text("知识产权期限", "Periods of IP rights")
_OF_ONE = Text("知识产权期限：{result}", "Periods of IP rights: {result}")
_RESULT, _RIGHT = Text("项成果", "result"), Text("项权利", "right")
_MOST_DUE, _MOST_RIGHTS = 20, 24


def document(report: IpReport) -> Document:
    """Return the periods of rights as a document."""
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


def title(report: IpReport) -> Words:
    """Return what it is about."""
    if report.only is None:
        return _TITLE
    return _OF_ONE.of(result=report.assessment.results.result[report.only])


# ------------------------------------------------------------------------------------ the page


def page(report: IpReport) -> Iterator[Block]:
    """Yield every period of one result; of a batch what comes first, and its rights if few."""
    yield Line(((join((title(report), report.manifest.as_of), same("  ")), "bold"),))
    if report.only is not None:
        yield from of_result(report, report.only)
    else:
        yield Line(((_counts(report), ""),))
        yield Gap()
        yield from view.page_ahead(report.ahead, _MOST_DUE)
        yield Gap()
        yield from listing(report, _MOST_RIGHTS)
    yield Gap()
    yield from notes(report)


def _counts(report: IpReport) -> Words:
    state = report.assessment.states.state
    counts = np.bincount(state, minlength=len(IpState))
    results = counted(len(report.assessment.results), _RESULT)
    all_of = join((results, counted(len(state), _RIGHT)), COMMA)
    by_state = (join((IP_STATE_TITLES[s], str(counts[s])), same(" ")) for s in IpState if counts[s])
    return join((all_of, *by_state), same(" · "))


def notes(report: IpReport) -> Iterator[Block]:
    """Say what every output of periods must say."""
    periods, calendar = report.all_periods, working_days(report.rules.holidays)
    for said in (holidays_note(periods, calendar), verify_note(periods)):
        if said is not None:
            yield note(said)
    yield note(view.NOT_ADVICE)


# ------------------------------------------------------------------------ sheets, table, pictures


def sheets(report: IpReport) -> Sequence[Sheet]:
    """Return what is due, every period, the rights, findings and the manifest."""
    listed = [
        due_sheet(_SHEET_DUE, table_ahead(report.ahead), view.NOT_ADVICE),
        Sheet(_SHEET_RIGHTS, limited(rights_table(report), MOST_OF_A_SHEET), freeze=2),
        due_sheet(_SHEET_PERIODS, table(report)),
    ]
    if (secrets := secrets_table(report)) is not None:
        listed.append(Sheet(_SHEET_SECRETS, limited(secrets, MOST_OF_A_SHEET)))
    if report.findings:
        listed.append(Sheet(words.SHEET_FINDINGS, limited(findings_table(report.findings))))
    return [*listed, Sheet(words.SHEET_MANIFEST, (flat_table(report.manifest.to_dict()),))]


_SHEET_DUE = Text("要办的", "Due")
_SHEET_RIGHTS = Text("权利", "Rights")
_SHEET_PERIODS = Text("期限", "Periods")
_SHEET_SECRETS = Text("商业秘密", "Trade secrets")


def table(report: IpReport) -> Table:
    """Return every period, what is to be done first; those in the time ahead where it is given."""
    if report.ahead.until is not None:
        return table_ahead(report.ahead)
    due = report.all_periods
    act = last_days(due, report.as_of)
    order = np.argsort(act, kind="stable")  # what nothing can be done about stands last
    return table_of(due.take(order), act[order])


def drawings(report: IpReport) -> list[Drawing]:
    """Return what is due as bars around the day of evaluation."""
    return [timeline(title(report), report.ahead)] if len(report.ahead) else []
