"""What the commands on rights share: what they take and write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pilotscore.cli.bilingual import option
from pilotscore.cli.output import output_options
from pilotscore.cli.reading import opening_options
from pilotscore.cli.values import Day, Span
from pilotscore.language import Text

F = TypeVar("F", bound=Callable[..., Any])
CALENDAR_FILE = Text("到期日历", "a calendar of what is due")
TIME_LINE = Text("时间轴", "a time line")
due_option = option(
    "--due",
    "span",
    type=Span(),
    zh="只列这段时间内要办的：90d（天）、12w（周）、3m（月）、1y（年）。",
    en="List what is due within this time: 90d (days), 12w (weeks), 3m (months), 1y (a year).",
)
rights_as_of_option = option(
    "--as-of",
    type=Day(),
    zh="评价日期（默认今天）：只影响状态，不影响期限。",
    en="Day of evaluation (default: today): states depend on it, days do not.",
)
calendar_option = option(
    "--calendar",
    metavar="FILE",
    zh="本次使用的一年放假安排（通知全文、表格或 YAML）；"
    "长期使用请用 pilotscore ip calendar --add。",
    en="The holidays of one year for this run (text of the notice, table or YAML); pilotscore ip "
    "calendar --add keeps them.",
)


def rights_options(command: F) -> F:
    """Add what both commands take: a workbook, the id of a result, days, files in and out."""
    to_files = output_options(
        *(".xlsx", ".csv", ".json", ".md", ".html", ".svg", ".ics"),
        what={".svg": TIME_LINE, ".ics": CALENDAR_FILE},
    )
    book = click.argument("book", metavar="BOOK.xlsx")
    result = click.argument("result", required=False, metavar="[ID]")
    days = (due_option, rights_as_of_option, calendar_option)
    for add in reversed((book, result, *days, opening_options, to_files)):
        command = add(command)
    return command
