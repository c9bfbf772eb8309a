"""``pilotscore score``: the scorecard of one result."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import json_option, print_record
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.cli.shared import print_findings, refuse_swapped, rules_options
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.runs.outcome import Outcome


_ONE_OF_TWO = Text("--watch 与 --json 只能给一个", "--watch and --json cannot be given together")


@click.command(
    cls=Command,
    text=Text(
        "显示一项成果的评分卡：每个指标的原始值、得分、权重与贡献，各维度、指数、等级及其决定因"
        "素。",
        "Show the scorecard of one result: each indicator's raw value, score, weight and "
        "contribution, each dimension, the index, the grade and what decided it.",
    ),
    example="pilotscore score results.xlsx P-003",
)
@click.argument("book", metavar="BOOK.xlsx")
@click.argument("result", required=False, metavar="[ID]")
@option(
    "--watch",
    is_flag=True,
    zh="每次保存工作簿后重新评分，直到按 Ctrl-C。",
    en="Score again whenever the workbook is saved, until Ctrl-C.",
)
@rules_options
@reading_options
@json_option
@lang_option()
def score(
    book: str,
    result: str | None,
    criteria: str,
    policy: str | None,
    profile: str | None,
    reading: Reading,
    as_of: datetime.date | None,
    watch: bool,
    as_json: bool,
) -> int:
    """Run the command."""
    refuse_swapped(book, result)
    from pilotscore.cli.screen import results
    from pilotscore.render.terminal import print_page
    from pilotscore.runs import assess as assess_run
    from pilotscore.views.scorecard import page, record

    def assessed() -> Outcome:
        return assess_run.rank(
            book, criteria, policy, profile=profile, as_of=as_of, **reading.arguments()
        )

    def find(outcome: Outcome) -> int:
        return assess_run.find_result(outcome, result)

    def show(outcome: Outcome, i: int) -> int:
        if as_json:
            print_record(record(outcome, i))
        else:
            print_page(page(outcome, i), results(), lang_of())
        name = outcome.assessment.measurements.ids[i]
        mine = [f for f in outcome.findings if f.result == name]
        print_findings(mine)
        return errors.FINDINGS_BLOCK if any(f.severity == "error" for f in mine) else errors.FINE

    if watch and as_json:
        raise errors.UsageError(_ONE_OF_TWO)
    if watch:
        from pilotscore.cli.watch import keep_scoring

        return keep_scoring(Path(book), assessed, find, show)
    outcome = assessed()
    return show(outcome, find(outcome))
