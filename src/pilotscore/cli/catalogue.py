"""``pilotscore catalogue``: results for enterprises, and who needs them."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.shared import print_findings, program_version
from pilotscore.cli.stores import opened
from pilotscore.cli.values import Day, Whole
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "推广：一轮中等级最好、且申报者同意公开的成果目录；给出企业需求表（出题）时，按领域与用词"
        "匹配、排序并说明理由。匹配表填好对接情况后，由 follow read 读回，下次一并显示。",
        "Spread the word: the best results of a round that their owners released, as a catalogue; "
        "needs of enterprises are matched to them by field and words, ranked, each with its "
        "reason. What became of a match is filled in, read back by follow read, and shown next "
        "time.",
    ),
    example="pilotscore catalogue rounds.db latest -o catalogue.xlsx -o catalogue.md\n"
    "pilotscore catalogue rounds.db latest --needs needs.xlsx -o matches.xlsx",
)
@click.argument("store", metavar="STORE|ROUND.pilot")
@click.argument("name", required=False, metavar="[ROUND]")
@option(
    "--grade",
    "grades",
    multiple=True,
    metavar="GRADE",
    zh="列入的等级（默认最好的两级）；可多次给出。",
    en="A grade to be shown (default: the two best); may be repeated.",
)
@option(
    "--release",
    default="release",
    show_default=True,
    metavar="FACT",
    zh="表示同意公开的是否型事实。",
    en="The yes/no fact by which owners released their results.",
)
@option(
    "--needs",
    metavar="FILE",
    zh="企业需求表（xlsx、csv 等）：需求编号、需求内容、技术领域、企业、预算、截止日期。",
    en="A table of needs (xlsx, csv, ...): need id, requirement, field, enterprise, budget, "
    "deadline.",
)
@option(
    "--matches",
    "most",
    type=Whole(1, 100),
    default=5,
    show_default=True,
    metavar="N",
    zh="每项需求列出前几项成果。",
    en="How many results are named for a need.",
)
@option(
    "--as-of",
    type=Day(),
    zh="哪一天（默认今天）：截止日期已过的需求不匹配。",
    en="The day (default: today): needs whose deadline is over are not matched.",
)
@output_options(*TABLES)
@lang_option()
def catalogue(
    store: str,
    name: str | None,
    grades: tuple[str, ...],
    release: str,
    needs: str | None,
    most: int,
    as_of: datetime.date | None,
    output: Output,
) -> int:
    """Run the command."""
    output = output.ready((store, *([] if needs is None else [needs])))
    from pilotscore.runs.catalogue import catalogue as catalogued
    from pilotscore.runs.kept_rounds import find_round, stored_round
    from pilotscore.views.catalogue import document

    with opened(store) as kept:
        report = catalogued(
            kept,
            stored_round(kept, find_round(kept, name)),
            as_of or datetime.date.today(),
            grades=grades,
            release=release,
            needs=None if needs is None else Path(needs),
            most=most,
        )
        print_findings(report.findings)
        deliver(document(report, program_version()), output)
    return errors.FINE
