"""``pilotscore compare``: two rounds of assessment."""

from __future__ import annotations

import datetime
import shlex
from pathlib import Path

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.reading import READ_OF_BOOKS, Reading, reading_options
from pilotscore.cli.rounds import is_round, refuse_beside_a_round
from pilotscore.cli.rounds_compared import STAGE, side
from pilotscore.cli.shared import files_of
from pilotscore.cli.values import Day, Whole
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "比较两次评价：谁升谁降、谁新增谁退出，每项由哪个指标引起；指标体系变了时，"
        "把变化分为数值证据与指标体系两部分。给出两个保存的轮次（fund --save）时，比较资助："
        "谁多谁少、多少，由哪处变化（更正、规则、预算、决定）引起，均由逐项重新分配得出。",
        "Compare two rounds of assessment: who rose, fell, appeared or left, which indicator "
        "moved each, and, where "
        "the criteria changed, what is due to them. Of two saved rounds (fund --save) the money: "
        "who gained, who lost, how much, and which change did it (a cell, a rule, the budget, a "
        "decision), found by deciding anew with each.",
    ),
    example="pilotscore compare 2025.xlsx 2026.xlsx\n"
    "pilotscore compare 2025.xlsx 2026.xlsx --new-criteria ours-2026.yaml -o changes.xlsx\n"
    "pilotscore compare round.pilot round-2.pilot",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--inputs",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="轮次的工作簿，若轮次文件没有保存它们；可多次给出。",
    en="The workbooks of saved rounds that do not hold them; may be repeated.",
)
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
    inputs: tuple[str, ...],
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
    if is_round(old) or is_round(new):
        refuse_beside_a_round((*_RULES, *READ_OF_BOOKS))
        return _rounds(old, new, inputs, reading.options.password, output, top)
    if inputs:
        raise errors.UsageError(_OF_ROUNDS)
    from pilotscore.runs.compare import RoundRules
    from pilotscore.runs.compare import compare as compare_rounds
    from pilotscore.views.comparison import document

    read = (old, new, *files_of(criteria, new_criteria, reading.mapping))
    output = output.ready(read)
    rules = RoundRules(criteria, profile, as_of)
    new_rules = RoundRules(new_criteria or criteria, profile, new_as_of or as_of)
    comparison = compare_rounds(old, new, rules, new_rules, **reading.arguments())
    deliver(document(comparison, top), output)
    read_of = (*comparison.old.inputs, *comparison.new.inputs)
    unread = any(not (book.results or book.details) for book in read_of)
    return errors.PARTLY_DONE if unread else errors.FINE


_OF_ROUNDS = Text("--inputs 用于保存的轮次（.pilot）", "--inputs goes with saved rounds (.pilot)")
_BOTH = Text(
    "一个是保存的轮次，另一个不是：两个都应是 .pilot 文件",
    "one is a saved round and the other is not: both are to be .pilot files",
)
_RANKED = Text(
    "{name} 是排名的一轮（rank --save），没有资助决定可比；要比较得分与名次，把两轮放入轮次库："
    "pilotscore rounds add rounds.db {old} {new}，再用 pilotscore rounds compare rounds.db 旧 新",
    "{name} is a round that was ranked (rank --save): it has no money to compare; for scores and "
    "ranks put both in a store, pilotscore rounds add rounds.db {old} {new}, and take "
    "pilotscore rounds compare rounds.db OLD NEW",
)
_RULES = ("criteria", "new_criteria", "profile", "as_of", "new_as_of")


def _rounds(
    old: str, new: str, inputs: tuple[str, ...], password: str | None, output: Output, top: int
) -> int:
    """Compare the money of two saved rounds."""
    if not (is_round(old) and is_round(new)):
        raise errors.UsageError(_BOTH)
    from pilotscore.cli.stages import stages_shown
    from pilotscore.runs.round_comparison import compare_money
    from pilotscore.store.rounds import read_round
    from pilotscore.views.round_comparison import document

    output = output.ready((old, new, *inputs))
    saved = [read_round(Path(name)) for name in (old, new)]
    for name, one in zip((old, new), saved, strict=True):
        if not one.is_decided:
            names = {"old": shlex.quote(old), "new": shlex.quote(new)}
            raise errors.UsageError(_RANKED.of(name=Path(name).name, **names))
    with (
        side(old, saved[0], inputs, password) as before,
        side(new, saved[1], inputs, password) as after,
        stages_shown() as stages,
    ):
        comparison = compare_money(before, after, stages(STAGE))
        deliver(document(comparison, top), output)
    return errors.FINE
