"""``pilotscore panel assign``: which experts score which results."""

from __future__ import annotations

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.panel_options import equals_seed_option, load_option, per_unit_option
from pilotscore.cli.panel_values import numbers_of
from pilotscore.cli.reading import progress_bar
from pilotscore.cli.shared import blocking_code, files_of, print_findings
from pilotscore.cli.values import Number, Whole
from pilotscore.language import Text

_SOLVING = Text("分配专家", "assigning experts")
_BOTH = Text("--keep 与 --change 只能给一个", "--keep and --change cannot be given together")
_UNSOLVED = Text(
    "在 {seconds} 秒内没有求出分配：可加大 --time，或用 --load 写明上限",
    "no assignment was worked out in {seconds} s: give it more --time, or state a --load",
)


@click.command(
    cls=Command,
    text=Text(
        "把专家分配到成果：回避的不分，各组人数与负荷按要求，评得最差的成果先顾到。做不到时说明原因，"
        "并给出各种最小的改动。工作簿中要有专家表与成果表。",
        "Assign experts to results: nobody with a conflict of interest, groups and loads as asked, "
        "the worst served result first. Where it cannot be done, says why and which smallest "
        "changes would do. The workbooks have a sheet of experts and one of results.",
    ),
    example="pilotscore panel assign panel.xlsx --each 3 --of-group 企业=1\n"
    "pilotscore panel assign experts.xlsx results.xlsx --each 5 -o assignment.xlsx",
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK...")
@option(
    "--each",
    type=Whole(1, 1000),
    default=3,
    show_default=True,
    metavar="K",
    zh="每项成果几位专家。",
    en="How many experts a result.",
)
@option(
    "--of-group",
    "groups",
    multiple=True,
    metavar="GROUP=N",
    zh="其中某组至少几位，如 企业=1；可多次给出。",
    en="How many of them at least of a group, such as enterprise=1; may be repeated.",
)
@per_unit_option
@load_option
@option(
    "--backups",
    type=Whole(0, 100),
    default=2,
    show_default=True,
    metavar="N",
    zh="每项成果列出几位后备。",
    en="How many backups are named for each result.",
)
@option(
    "--keep",
    metavar="BOOK",
    zh="上一轮的分配或评分：同一成果尽量仍由原专家评审。",
    en="Assignment or scores of a previous round: the same experts stay where they can.",
)
@option(
    "--change",
    metavar="BOOK",
    zh="上一轮的分配或评分：同一成果不再由原专家评审。",
    en="Assignment or scores of a previous round: none of its experts scores the same result.",
)
@option(
    "--cap",
    type=Number(0.01, 1),
    default=1.0,
    metavar="SHARE",
    zh="防串通：任何一对至多以此概率分配，如 0.5；分配按种子抽取，概率一并写出（默认不抽取）。",
    en="Against collusion: no pair is assigned with more than this probability, such as 0.5; the "
    "assignment is drawn with the seed, and probabilities are told (default: nothing is drawn).",
)
@option(
    "--stage",
    type=Whole(1, 2),
    default=1,
    show_default=True,
    metavar="1|2",
    zh="评审的轮次：2 为复评，收回的分数计入复评。",
    en="Which stage of the review: what comes back for 2 counts for the second.",
)
@option(
    "--with-holds",
    is_flag=True,
    zh="待核对、待补充信息的也可分配（已由人核对过时）。",
    en="Pairs on hold may be assigned too (once somebody has looked).",
)
@equals_seed_option
@option(
    "--time",
    "seconds",
    type=Whole(1, 86_400),
    default=600,
    show_default=True,
    metavar="SECONDS",
    zh="求解器每次至多用多久。",
    en="How long the solver may take each time.",
)
@output_options(*TABLES)
@lang_option()
def assign(
    books: tuple[str, ...],
    each: int,
    groups: tuple[str, ...],
    per_unit: int,
    load: int | None,
    backups: int,
    keep: str | None,
    change: str | None,
    cap: float,
    stage: int,
    with_holds: bool,
    seed: int,
    seconds: int,
    output: Output,
) -> int:
    """Run the command."""
    from importlib.metadata import version

    from pilotscore.panels.assignment.programme import UnsolvedError
    from pilotscore.runs.panel_assign import Wanted, assign_panel
    from pilotscore.views.panel.assignment import document

    if keep is not None and change is not None:
        raise errors.UsageError(_BOTH)
    output = output.ready((*books, *files_of(keep, change)))
    wanted = Wanted(
        each=each,
        of_group=numbers_of(groups),
        per_unit=per_unit,
        load=load,
        keep=keep,
        change=change,
        backups=backups,
        holds=with_holds,
        seed=seed,
        stage=stage,
        cap=cap,
    )
    try:
        with progress_bar(_SOLVING) as progress:
            report = assign_panel(books, wanted, seconds=seconds, progress=progress)
    except UnsolvedError as error:
        raise errors.UsageError(_UNSOLVED.of(seconds=seconds)) from error
    print_findings(f for f in report.findings if f.severity != "info")
    if report.problem is None:
        return errors.FINDINGS_BLOCK
    deliver(document(report, version("pilotscore")), output)
    return errors.FINDINGS_BLOCK if report.assignment is None else blocking_code(report.findings)
