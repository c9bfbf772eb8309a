"""``pilotscore panel``: many scores of experts to one defensible value."""

from __future__ import annotations

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_option, option
from pilotscore.cli.output import Output, deliver, output_options
from pilotscore.cli.panel_assign import assign
from pilotscore.cli.panel_sheets import collect, issue, replace
from pilotscore.cli.panel_values import scale_of, shares_of
from pilotscore.cli.reading import progress_bar
from pilotscore.cli.shared import print_findings
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
    "--how",
    type=Choice(_HOWS),
    default="mean",
    show_default=True,
    zh="汇总：mean 平均、median 中位数、trimmed 截尾平均、drop 去最高最低分、minimum 最低分。",
    en="How scores become one value; drop leaves out the highest and the lowest.",
)
@option(
    "--drop",
    type=Whole(1, 1000),
    default=1,
    show_default=True,
    metavar="N",
    zh="drop：去掉几个最高分和几个最低分。",
    en="drop: how many of the highest, and as many of the lowest.",
)
@option(
    "--drop-from",
    type=Whole(3, 1_000_000),
    default=5,
    show_default=True,
    metavar="N",
    zh="drop：有几个分数起才去掉。",
    en="drop: from how many scores on.",
)
@option(
    "--trim",
    type=Number(0, 0.49),
    default=0.2,
    show_default=True,
    metavar="SHARE",
    zh="trimmed：两端各去掉的比例。",
    en="trimmed: the share left out at each end.",
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
    default=1,
    show_default=True,
    metavar="N",
    zh="一项成果至少要有几个分数，不足为评审不完整。",
    en="How many scores a result needs; with fewer its panel is incomplete.",
)
@option(
    "--correct",
    "correction",
    type=Choice(_CORRECTIONS),
    default="none",
    show_default=True,
    zh="修正专家的宽严：standardise 标准化、severity 按模型；专家之间无从比较时不修正并说明。",
    en="Correct for experts: standardise, or severity by the model; refused, and said, where "
    "experts cannot be compared.",
)
@option(
    "--scale",
    metavar="FROM-TO",
    zh="评分范围，如 0-10（默认按分数认定并告知）。",
    en="The scale of scores, such as 0-10 (default: by the scores, and told).",
)
@option(
    "--discuss",
    type=Number(0.001, 100),
    default=20.0,
    show_default=True,
    metavar="PERCENT",
    zh="分数相差超过评分范围的百分之几时列入讨论。",
    en="Scores further apart than so many hundredths of the scale go to discussion.",
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
@option(
    "--seed",
    type=Whole(0, 2**32 - 1),
    default=0,
    show_default=True,
    metavar="N",
    zh="重抽的种子。",
    en="Seed of the draws.",
)
@option(
    "--without-experts",
    is_flag=True,
    zh="输出中不出现专家（给申报人的文本）。",
    en="Name no expert in what is put out (for applicants).",
)
@output_options(".xlsx", ".csv", ".json", ".md")
@lang_option()
def report(
    books: tuple[str, ...],
    how: str,
    drop: int,
    drop_from: int,
    trim: float,
    shares: tuple[str, ...],
    least: int,
    correction: str,
    scale: str | None,
    discuss: float,
    places: int | None,
    draws: int,
    seed: int,
    without_experts: bool,
    output: Output,
) -> int:
    """Run the command."""
    from importlib.metadata import version

    from pilotscore.panels.rule import PanelRule
    from pilotscore.runs.panel import panel_report
    from pilotscore.views.panel.document import document

    output = output.ready(books)
    rule = PanelRule(
        how,  # type: ignore[arg-type]
        drop=drop,
        drop_from=max(drop_from, 2 * drop + 1),
        trim=trim,
        group_weights=shares_of(shares),
        least=least,
        correction=correction,  # type: ignore[arg-type]
    )
    with progress_bar() as progress:
        made = panel_report(
            books,
            rule,
            scale=scale_of(scale),
            discuss=discuss,
            places=places,
            draws=draws,
            seed=seed,
            progress=progress,
        )
    print_findings(f for f in made.findings if f.severity != "info")
    if not made.judged:
        return errors.FINDINGS_BLOCK
    deliver(document(made, experts=not without_experts, version=version("pilotscore")), output)
    blocking = any(f.severity == "error" for f in made.findings)
    return errors.FINDINGS_BLOCK if blocking else errors.FINE


for command in (assign, issue, collect, replace):
    panel.add_command(command)
