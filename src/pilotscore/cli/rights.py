"""``pilotscore rights``: who owns what, how far each result has come, what is owed and due."""

from __future__ import annotations

import datetime

import click

from pilotscore.cli.bilingual import Command, lang_option
from pilotscore.cli.output import Output, deliver
from pilotscore.cli.reading import Opening
from pilotscore.cli.rights_options import rights_options
from pilotscore.cli.shared import blocking_code, files_of, print_findings, refuse_swapped
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "职务科技成果的权属与转化：各方份额或债权、已证明的状态、下一步由谁凭什么办、收益分配与底线、"
        "公示天数、违规与提醒，各附规则与出处。不构成法律意见。",
        "Rights in service inventions: shares or claims, the state that is proven, who takes the "
        "next step with which document, distributions against their floors, days of publicity, "
        "violations and warnings, each with its rule and source. Not legal advice.",
    ),
    example="pilotscore rights rights.xlsx QY-02\n"
    "pilotscore rights rights.xlsx --due 90d -o due.ics",
)
@rights_options
@lang_option()
def rights(
    book: str,
    result: str | None,
    span: tuple[int, str] | None,
    as_of: datetime.date | None,
    calendar: str | None,
    opening: Opening,
    output: Output,
) -> int:
    """Run the command."""
    refuse_swapped(book, result)
    from pilotscore.runs.rights import rights_report
    from pilotscore.views.rights.document import document

    output = output.ready((book, *files_of(calendar)))
    report = rights_report(
        book, result, as_of=as_of, span=span, calendar=calendar, options=opening.for_rights()
    )
    if report.case is None:  # of one result the page has them
        print_findings(f for f in report.findings if f.severity != "info")
    deliver(document(report), output)
    return blocking_code(report.findings)
