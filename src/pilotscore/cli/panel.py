"""``pilotscore panel``: many scores of experts to one defensible value."""

from __future__ import annotations

from typing import Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.panel_assign import assign
from pilotscore.cli.panel_fill import fill
from pilotscore.cli.panel_options import scale_option, seed_option
from pilotscore.cli.panel_sheets import collect, issue, replace
from pilotscore.cli.panel_values import scale_of, shares_of, stages_of
from pilotscore.cli.reading import progress_bar
from pilotscore.cli.shared import blocking_code, files_of, print_findings
from pilotscore.cli.values import Choice, Number, Whole
from pilotscore.language import Text

_HOWS = ("mean", "median", "trimmed", "drop", "minimum")
_CORRECTIONS = ("none", "standardise", "severity")


@click.group(
    cls=Group,
    text=Text(
        "专家评审：把多位专家的分数汇总为有据可查的分值，并说明意见是否一致。",
        "Panels of experts: many scores to one defensible value, and how far the experts agree.",
    ),
    example="pilotscore panel report scores.xlsx",
)
@lang_option()
def panel() -> None:
    """Hold the commands together."""


@panel.command(
    cls=Command,
    text=Text(
        "汇总评分：分值与区间、名次、一致程度、需要留意的专家与成果，以及换一种规则会怎样。"
        "评分表可以每行一个分数（专家、编号、指标、分数）、每位专家一列，或每位专家一个工作簿；"
        "同一或另一工作簿中可有专家表、成果表与回避表。",
        "Pool scores: values with intervals, ranks, agreement, experts and results to look at, and "
        "what other rules would give. Scores come as a row each (expert, id, indicator, score), a "
        "column for each expert, or a workbook for each expert; sheets of experts, results and "
        "conflicts of interest may stand beside them or in files of their own.",
    ),
    example="pilotscore panel report scores.xlsx\n"
    "pilotscore panel report scores.xlsx experts.xlsx --how drop --fund 10 -o panel.xlsx",
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK...")
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="指标体系：其 panel 部分的规则、指标的名称、范围与权重。",
    en="Criteria set: the rule of its part panel, and names, ranges and weights of its indicators.",
)
@option(
    "--how",
    type=Choice(_HOWS),
    zh="汇总（默认按指标体系，没有则 mean）：mean 平均、median 中位数、trimmed 截尾平均、"
    "drop 去最高最低分、minimum 最低分。",
    en="How scores become one value (default: that of the criteria set, or mean); drop leaves out "
    "the highest and the lowest.",
)
@option(
    "--drop",
    type=Whole(1, 1000),
    metavar="N",
    zh="drop：去掉几个最高分和几个最低分（默认按指标体系，没有则 1）。",
    en="drop: how many of the highest, and as many of the lowest (default: that of the set, or 1).",
)
@option(
    "--drop-from",
    type=Whole(3, 1_000_000),
    metavar="N",
    zh="drop：有几个分数起才去掉（默认按指标体系，没有则 5）。",
    en="drop: from how many scores on (default: that of the set, or 5).",
)
@option(
    "--trim",
    type=Number(0, 0.49),
    metavar="SHARE",
    zh="trimmed：两端各去掉的比例（默认按指标体系，没有则 0.2）。",
    en="trimmed: the share left out at each end (default: that of the set, or 0.2).",
)
@option(
    "--group",
    "shares",
    multiple=True,
    metavar="GROUP=SHARE",
    zh="专家组别的权重，如 企业=0.4；可多次给出。",
    en="The share of a group of experts, such as enterprise=0.4; may be repeated.",
)
@option(
    "--least",
    type=Whole(1, 1000),
    metavar="N",
    zh="一项成果至少要有几个分数，不足为评审不完整（默认按指标体系，没有则 1）。",
    en="How many scores a result needs; with fewer its panel is incomplete (default: that of the "
    "set, or 1).",
)
@option(
    "--correct",
    "correction",
    type=Choice(_CORRECTIONS),
    zh="修正专家的宽严：standardise 标准化、severity 按模型；专家之间无从比较时不修正并说明"
    "（默认按指标体系，没有则 none）。",
    en="Correct for experts: standardise, or severity by the model; refused, and said, where "
    "experts cannot be compared (default: that of the set, or none).",
)
@option(
    "--stages",
    metavar="replace|SHARE",
    zh="两轮评审：replace 复评分数取代初评，或初评所占的比例，如 0.4（默认按指标体系，"
    "没有则 replace）。",
    en="Of a two-stage review: replace (the second stands for the first), or the share of the "
    "first, such as 0.4 (default: that of the set, or replace).",
)
@scale_option(
    "评分范围，如 0-10（默认按分数认定并告知）。",
    "The scale of scores, such as 0-10 (default: by the scores, and told).",
)
@option(
    "--discuss",
    type=Number(0.001, 100),
    metavar="PERCENT",
    zh="分数相差超过评分范围的百分之几时列入讨论（默认按指标体系，没有则 20）。",
    en="Scores further apart than so many hundredths of the scale go to discussion (default: that "
    "of the set, or 20).",
)
@option(
    "--fund",
    "places",
    type=Whole(1, 1_000_000),
    metavar="K",
    zh="资助前几项：说明换一批专家会有几项仍入选、换规则谁会越线。",
    en="How many are funded: says how many would be again, and who crosses the line.",
)
@option(
    "--draws",
    type=Whole(10, 100_000),
    default=500,
    show_default=True,
    metavar="N",
    zh="重抽专家的次数。",
    en="How often experts are drawn anew.",
)
@seed_option(
    "重抽的种子。",
    "Seed of the draws.",
)
@option(
    "--without-experts",
    is_flag=True,
    zh="输出中不出现专家（给申报人的文本）。",
    en="Name no expert in what is put out (for applicants).",
)
@output_options(*TABLES)
@lang_option()
def report(
    books: tuple[str, ...],
    criteria: str | None,
    shares: tuple[str, ...],
    scale: str | None,
    stages: str | None,
    places: int | None,
    draws: int,
    seed: int,
    without_experts: bool,
    output: Output,
    **rule: Any,
) -> int:
    """Run the command."""
    from importlib.metadata import version

    from pilotscore.runs.panel import panel_report
    from pilotscore.runs.panel_rules import rules_of
    from pilotscore.views.panel.document import document

    output = output.ready((*books, *files_of(criteria)))
    from_options = {
        "groups": shares_of(shares),
        "scale": scale_of(scale),
        "stages": stages_of(stages),
    }
    rules = rules_of(criteria, {**rule, **from_options})
    with progress_bar() as progress:
        judged = panel_report(
            books, rules, places=places, draws=draws, seed=seed, progress=progress
        )
    print_findings(f for f in judged.findings if f.severity != "info")
    if not judged.judged and not judged.sufficiency:
        return errors.FINDINGS_BLOCK
    deliver(document(judged, experts=not without_experts, version=version("pilotscore")), output)
    return blocking_code(judged.findings)


for command in (assign, issue, collect, replace, fill):
    panel.add_command(command)
