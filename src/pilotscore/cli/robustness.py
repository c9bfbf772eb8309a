"""``pilotscore robustness``: how sure a ranking is, and what it hangs on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.inputs import books_argument
from pilotscore.cli.output import Output, deliver, output_options
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import exit_code, files_of, rules_options, tell_findings
from pilotscore.cli.values import Choice, Number, Range, Whole
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.crew import Crew
    from pilotscore.runs.outcome import Outcome
    from pilotscore.runs.robustness import RobustnessReport

_CORES = Text(
    "--cores 是本机的处理器核数，不能与 --cluster 一起给出；本机的工作进程数写作 local:N",
    "--cores counts cores of this machine and does not go with --cluster; workers of this machine "
    "are local:N",
)
_RULES = ("spread", "ranges", "order", "uniform", "stated")


@click.command(
    cls=Command,
    text=Text(
        "检验排名有多可靠：权重、测量与缺失证据变动时各名次、等级的概率，哪些成果不能区分，"
        "什么会改变名次。",
        "Put the ranking to the test: the chance of each place and grade when weights, "
        "measurement and missing evidence "
        "vary, which results cannot be told apart, and what would change their order.",
    ),
    example="pilotscore robustness results.xlsx --top 5\n"
    "pilotscore robustness results.xlsx --weights order -o robustness.xlsx",
)
@books_argument()
@rules_options
@reading_options
@option(
    "--top",
    type=Whole(min=1),
    metavar="K",
    zh="关注前 K 名（默认 10）。",
    en="How many first places matter (default 10).",
)
@option(
    "--weights",
    type=Choice(_RULES),
    zh="权重的取法：spread 在所定值附近；ranges 在范围内；order 只保留重要性顺序；"
    "uniform 任意；stated 不变（默认按指标体系，否则 spread）。",
    en="How weights are drawn: spread about the stated ones; within ranges; in their "
    "order of importance alone; "
    "uniform: any; as stated (default: as the criteria set says, else spread).",
)
@option(
    "--spread",
    type=Number(0, 2),
    metavar="SHARE",
    zh="权重的相对标准差（默认 0.2）。",
    en="Relative standard deviation of the weights (default 0.2).",
)
@option(
    "--range",
    "ranges",
    type=Range(),
    multiple=True,
    zh="某维度或指标的权重范围，如 tech=20%..40%；可多次给出，并启用 --weights ranges。",
    en="The range of the weight of a dimension or indicator, such as tech=20%..40%; may "
    "be repeated, and "
    "means --weights ranges.",
)
@option(
    "--exponent",
    type=(Number(), Number()),
    metavar="LOW HIGH",
    zh="汇总指数的范围，如 0 1（默认不变）。",
    en="Range of the exponent of the aggregation, such as 0 1 (default: as stated).",
)
@option(
    "--missing",
    type=Choice(("nothing", "drawn")),
    zh="缺失证据：nothing 计 0 分（与指数相同）；drawn 取 0 至 100 分中任意值。",
    en="Missing evidence: nothing scores 0, as in the index; drawn scores anything from 0 to 100.",
)
@option(
    "--draws",
    type=Whole(100, 1_000_000),
    default=2000,
    show_default=True,
    metavar="N",
    zh="至少抽样次数。",
    en="The least number of draws.",
)
@option(
    "--error",
    type=Number(0.001, 0.5),
    default=0.01,
    show_default=True,
    metavar="SHARE",
    zh="抽样直到概率的标准误差不超过此值（至多 100000 次）。",
    en="Go on until the standard error of the chances is no more than this (at most "
    "100,000 draws).",
)
@option(
    "--seed",
    type=Whole(min=0),
    default=1,
    show_default=True,
    zh="随机数种子。",
    en="Seed of the random numbers.",
)
@option(
    "--cores",
    type=Whole(1, 256),
    metavar="N",
    zh="使用的处理器核数（默认全部）；不影响结果。",
    en="Cores to use (default: all); the figures are the same.",
)
@option(
    "--value-functions",
    type=Number(0, 2),
    metavar="SHARE",
    zh="价值函数可弯曲的程度，如 0.25（默认不变）。",
    en="How much value functions bend, such as 0.25 (default: not at all).",
)
@option(
    "--sensitivity/--no-sensitivity",
    default=True,
    zh="给出名次方差的来源（Sobol 指数；默认给出）。",
    en="Say what the variance of the ranks comes from (Sobol indices; the default).",
)
@option(
    "--show",
    type=Whole(min=1),
    metavar="N",
    zh="屏幕显示前 N 项（默认 30）；文件总是完整的。",
    en="Show the first N on screen (default 30); files are always whole.",
)
@output_options(".xlsx", ".json", ".md", ".html")
@lang_option()
def robustness(
    books: tuple[str, ...],
    criteria: str,
    policy: str | None,
    profile: str | None,
    reading: Reading,
    as_of: datetime.date | None,
    top: int | None,
    sensitivity: bool,
    show: int | None,
    output: Output,
    **options: Any,
) -> int:
    """Run the command."""
    from pilotscore.runs import assess as assess_run
    from pilotscore.views.robustness import document

    output = output.ready((*books, *files_of(criteria, policy, reading.mapping)))
    with progress_bar() as progress:
        outcome = assess_run.rank(
            books,
            criteria,
            policy,
            profile=profile,
            as_of=as_of,
            progress=progress,
            **reading.arguments(),
        )
    report = put_to_the_test(
        outcome, options, top, sensitivity=sensitivity, crew=reading.options.crew
    )
    deliver(document(report, show), output, show=show is not None)
    tell_findings(outcome)
    return exit_code(outcome)


def put_to_the_test(
    outcome: Outcome,
    options: Mapping[str, Any],
    top: int | None = None,
    *,
    sensitivity: bool = True,
    crew: Crew | None = None,
) -> RobustnessReport:
    """Put the ranking of an outcome to the test, with progress shown.

    ``options`` are those of the command that say what is drawn, and how often; ``crew`` draws.

    Raises
    ------
    UsageError
        Cores of this machine are given besides a crew.
    """
    from pilotscore.ranking.robustness import Effort, stated_by
    from pilotscore.runs import robustness as robustness_run

    drawn = dict(options)
    ranges = {name: (low, high) for name, low, high in drawn.pop("ranges", ())}
    effort = Effort(**{k: drawn.pop(k) for k in ("draws", "error", "seed", "cores") if k in drawn})
    uncertainty = stated_by(outcome.criteria).amended(ranges=ranges, **drawn)
    if crew is not None and effort.cores is not None:
        raise errors.UsageError(_CORES)
    with progress_bar(Text("抽样", "drawing")) as progress:
        return robustness_run.robustness(
            outcome,
            uncertainty,
            effort,
            top=top,
            sensitivity=sensitivity,
            progress=progress,
            crew=crew,
        )
