"""``pilotscore rounds compare``: two rounds of a store by the results that stand in both."""

from __future__ import annotations

from pathlib import Path

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import TABLES, Output, claim, deliver, output_options, write_document
from pilotscore.cli.shared import program_version, require_ending
from pilotscore.cli.stores import opened
from pilotscore.cli.values import Whole
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "比较轮次库中的两轮：同一成果（锚）的哪些得分变了、因何而变（数值、证据、指标体系、专家），"
        "专家严宽的变化；没有同一成果的两轮不可比。编号改了而名称相同的成果，先确认再算作同一。",
        "Compare two rounds of a store by the results that stand in both: which scores moved and "
        "why (value, evidence, criteria, panel), and the drift of severity; rounds without such "
        "results are not comparable. Results of one title under other ids count as the same once "
        "somebody has confirmed it.",
    ),
    example="pilotscore rounds compare rounds.db 3fa9 latest\n"
    "pilotscore rounds compare rounds.db 3fa9 latest --suggest same.xlsx\n"
    "pilotscore rounds compare rounds.db 3fa9 latest --same same.xlsx -o moved.xlsx",
)
@click.argument("store", metavar="STORE")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--same",
    metavar="FILE",
    zh="已确认的对照表（xlsx、csv 等）：原编号、新编号、是否同一。",
    en="The table of pairs that was confirmed (xlsx, csv, ...): old id, new id, same.",
)
@option(
    "--suggest",
    metavar="FILE",
    zh="写出名称相同或相近而编号不同的成果，供确认（.xlsx 或 .csv）。",
    en="Write the results of one title, or nearly, under other ids, to be confirmed (.xlsx or "
    ".csv).",
)
@option(
    "--show",
    type=Whole(min=1),
    metavar="N",
    zh="屏幕显示前 N 项（默认 20）；文件总是完整的。",
    en="Show the first N on screen (default 20); files are always whole.",
)
@output_options(*TABLES)
@lang_option()
def compare_anchored(
    store: str,
    old: str,
    new: str,
    same: str | None,
    suggest: str | None,
    show: int | None,
    output: Output,
) -> int:
    """Run the command."""
    read = (store, *([] if same is None else [same]))
    if suggest is not None:
        require_ending(suggest, ".xlsx", ".csv")
    output = output.ready(read)
    suggested = claim(() if suggest is None else (suggest,), read)
    from pilotscore.runs.anchored import anchored, read_pairs
    from pilotscore.runs.kept_rounds import find_round, stored_round
    from pilotscore.views.anchored import document, document_of_pairs

    pairs = () if same is None else read_pairs(Path(same))
    with opened(store) as kept:
        before, after = (stored_round(kept, find_round(kept, name)) for name in (old, new))
        comparison = anchored(before, after, pairs)
        for name in suggested:
            write_document(document_of_pairs(comparison, program_version()), name)
        deliver(document(comparison, program_version(), show), output)
    return errors.FINE
