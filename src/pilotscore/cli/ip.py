"""``pilotscore ip``: every period of IP rights that runs, and the calendar that moves them."""

from __future__ import annotations

import datetime

import click

from pilotscore.cli.bilingual import lang_option
from pilotscore.cli.ip_calendar import calendar as calendar_of_holidays
from pilotscore.cli.opening import OpeningCommand
from pilotscore.cli.output import Output, deliver
from pilotscore.cli.reading import Opening
from pilotscore.cli.rights_options import rights_options
from pilotscore.cli.shared import blocking_code, files_of, print_findings, refuse_swapped
from pilotscore.language import Text


@click.command(
    cls=OpeningCommand,
    text=Text(
        "知识产权期限：每项权利正在运行的期限、宽限期与滞纳金、逾期后果、状态与依据；"
        "节假日顺延，没有放假安排的年份会说明。不构成法律意见。",
        "Periods of IP rights: each one that runs, with its window and surcharge, what follows if "
        "it is missed, how it stands and its source; moved over holidays, and told where these are "
        "not at hand. Not legal advice.",
    ),
    example="pilotscore ip rights.xlsx QY-01\n"
    "pilotscore ip rights.xlsx --due 90d -o due.ics\n"
    "pilotscore ip calendar",
)
@rights_options
@lang_option()
def ip(
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
    from pilotscore.runs.ip import ip_report
    from pilotscore.views.ip.document import document

    output = output.ready((book, *files_of(calendar)))
    report = ip_report(
        book, result, as_of=as_of, span=span, calendar=calendar, options=opening.for_rights()
    )
    print_findings(f for f in report.findings if f.severity != "info")
    deliver(document(report), output)
    return blocking_code(report.findings)


ip.add_command(calendar_of_holidays)
