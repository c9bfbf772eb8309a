"""``pilotscore compare``: two rounds of assessment."""

from __future__ import annotations

import datetime

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.cli.shared import files_of
from pilotscore.cli.values import Day, Whole
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "比较两次评价：谁升谁降、谁新增谁退出，每项由哪个指标引起；指标体系变了时，"
        "把变化分为数值证据与指标体系两部分。",
        "Compare two rounds of assessment: who rose, fell, appeared or left, which indicator "
        "moved each, and, where "
        "the criteria changed, what is due to them.",
    ),
    example="pilotscore compare 2025.xlsx 2026.xlsx\n"
    "pilotscore compare 2025.xlsx 2026.xlsx --new-criteria ours-2026.yaml -o changes.xlsx",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "-c",
    "--criteria",
    default="pilot-maturity",
    show_default=True,
    metavar="NAME|FILE",
    zh="指标体系：内置名称或 YAML 文件（两次相同，或第一次的）。",
    en="Criteria set: a built-in name or a YAML file (of both rounds, or of the old one).",
)
@option(
    "--new-criteria",
    metavar="NAME|FILE",
    zh="第二次评价的指标体系（变了时给出）。",
    en="Criteria set of the new round, where it changed.",
)
@option(
    "--profile", metavar="NAME", zh="权重方案，两次相同。", en="Weight profile, for both rounds."
)
@option(
    "--as-of",
    type=Day(),
    zh="第一次的评价日期（默认今天）。",
    en="Date of the old assessment (default: today).",
)
@option(
    "--new-as-of",
    type=Day(),
    zh="第二次的评价日期（默认同第一次）。",
    en="Date of the new assessment (default: that of the old one).",
)
@reading_options
@output_options(*TABLES)
@option(
    "--top",
    type=Whole(min=1),
    default=20,
    show_default=True,
    metavar="N",
    zh="屏幕上只显示前 N 项。",
    en="Show the first N only, on screen.",
)
@lang_option()
def compare(
    old: str,
    new: str,
    criteria: str,
    new_criteria: str | None,
    profile: str | None,
    as_of: datetime.date | None,
    new_as_of: datetime.date | None,
    reading: Reading,
    output: Output,
    top: int,
) -> int:
    """Run the command."""
    from pilotscore.runs.compare import RoundRules
    from pilotscore.runs.compare import compare as compare_rounds
    from pilotscore.views.comparison import document

    read = (old, new, *files_of(criteria, new_criteria, reading.mapping))
    output = output.ready(read)
    rules = RoundRules(criteria, profile, as_of)
    new_rules = RoundRules(new_criteria or criteria, profile, new_as_of or as_of)
    comparison = compare_rounds(old, new, rules, new_rules, **reading.arguments())
    deliver(document(comparison, top), output)
    inputs = (*comparison.old.inputs, *comparison.new.inputs)
    unread = any(not (book.results or book.details) for book in inputs)
    return errors.PARTLY_DONE if unread else errors.FINE
