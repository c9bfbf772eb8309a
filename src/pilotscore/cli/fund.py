"""``pilotscore fund``: a call's money given out, with the reason for every decision."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.inputs import books_argument
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.rounds import places_of, save_round, saving_options, settings_of
from pilotscore.cli.shared import (
    call_rules_options,
    exit_code,
    files_of,
    print_findings,
    tell_findings,
)
from pilotscore.cli.stages import stages_shown
from pilotscore.cli.values import Whole
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.criteria import Call
    from pilotscore.criteria.call_loader import CallFile

_WAYS = 30
_DRAW = Text("抽签名单与记录", "pool and record of a draw")


@click.command(
    cls=Command,
    text=Text(
        "按征集文件分配资金：按名次与组合择优两种规则并列，每项成果给多少、凭什么、为什么。",
        "Give out the money of a call: by rank order and by portfolio side by side, how much each"
        " result gets, by what, "
        "and why.",
    ),
    example="pilotscore fund results.xlsx --call call.yaml\n"
    "pilotscore fund results.xlsx --call call.yaml --budget 6000万元 -o funded.xlsx",
)
@books_argument()
@option("--call", "call", required=True, metavar="CALL.yaml", zh="征集文件。", en="The call file.")
@call_rules_options
@reading_options
@option(
    "--budget",
    metavar="AMOUNT",
    zh="改用此预算试算，如 6000万元；分年度的按原比例。",
    en="What if the budget were this, such as 6000万元; stages keep their shares of it.",
)
@option(
    "--set",
    "settings",
    multiple=True,
    metavar="ADDRESS=VALUE",
    zh="改用此设置试算，如 tracks.green.min=20%；可多次给出。",
    en="What if this were set so, such as tracks.green.min=20%; may be repeated.",
)
@option(
    "--decisions",
    metavar="FILE",
    zh="决定文件（xlsx、csv 等）：编号、决定、金额、决定人、理由、日期；在建议之上执行，"
    "并计算代价。",
    en="A file of decisions (xlsx, csv, ...): id, decision, amount, who, why, date; they go on "
    "top of what is "
    "recommended, and are priced.",
)
@option(
    "--next-money/--no-next-money",
    "next_money",
    default=None,
    zh="是否试算其他预算、去掉各项规定会怎样（默认：工作量小时试算）。",
    en="Whether to try other budgets, and the call without each of its rules (default: where it "
    "is little work).",
)
@option(
    "--ways",
    type=Whole(min=0),
    default=_WAYS,
    metavar="N",
    zh=f"在文件中为前 N 项未获资助者求出升级的最近路径（默认 {_WAYS}）。",
    en="In files, find the nearest way to a better grade for the first N without money (default "
    f"{_WAYS}).",
)
@option(
    "--show",
    type=Whole(min=1),
    metavar="N",
    zh="屏幕显示前 N 项（默认 30）；文件总是完整的。",
    en="Show the first N on screen (default 30); files are always whole.",
)
@option(
    "-v",
    "--verbose",
    is_flag=True,
    zh="屏幕上在每项决定下写出全部理由与条件，而不只两行。",
    en="Say on screen all reasons and conditions of each decision, not two lines.",
)
@saving_options
@output_options(*TABLES, ".txt", what={".txt": _DRAW})
@lang_option()
def fund(
    books: tuple[str, ...],
    call: str,
    criteria: str,
    policy: str | None,
    profile: str | None,
    reading: Reading,
    as_of: datetime.date | None,
    budget: str | None,
    settings: tuple[str, ...],
    decisions: str | None,
    next_money: bool | None,
    ways: int,
    show: int | None,
    verbose: bool,
    save: str | None,
    store: str | None,
    without_inputs: bool,
    output: Output,
) -> int:
    """Run the command."""
    read = (*books, *files_of(call, decisions, criteria, policy, reading.mapping))
    output = output.ready(read)
    places = places_of(save, store, read, without_inputs=without_inputs)
    from pilotscore.criteria import load_call
    from pilotscore.criteria.call_loader import budget_settings, read_call
    from pilotscore.runs import assess as assess_run
    from pilotscore.runs import fund as fund_run
    from pilotscore.runs.round_work import held_of
    from pilotscore.views.fund.document import document

    file = read_call(call)
    if budget is not None:
        settings = (*budget_settings(file, budget), *settings)
    rules = assess_run.load_rules(*rules_of(file, criteria, policy), profile, as_of)
    # Its faults before a long reading.
    loaded = load_call(file, rules.criteria, rules.policy.policy, settings)
    _refuse_record_without_draw(loaded.call, call, output.files)
    with progress_bar() as progress:
        outcome = assess_run.rank_by(rules, books, progress=progress, **reading.arguments())
    with stages_shown() as stages:
        report = fund_run.fund_by(
            loaded,
            outcome,
            decisions=decisions,
            next_money=next_money,
            ways=0 if output.on_screen and not places else ways,
            stages=stages,
        )
    said = document(report, show, in_full=verbose)
    deliver(said, output, show=show is not None or verbose)
    if places:
        work = replace(
            settings_of(rules, criteria, reading),
            call=file.path,
            decisions=None if decisions is None else Path(decisions),
            next_money=next_money,
            ways=ways,
        )
        held = held_of(work, report, inputs=not without_inputs)
        save_round(said, report.manifest(), output.files, places, held)
    print_findings(report.findings)
    tell_findings(outcome)
    return exit_code(outcome)


def _refuse_record_without_draw(call: Call, file: str, outputs: tuple[str, ...]) -> None:
    discussion = call.line.discussion
    if discussion is not None and discussion.decide == "lottery":
        return
    for output in outputs:
        if Path(output).suffix.lower() == ".txt":
            raise errors.UsageError(
                Text(
                    "{output} 是抽签记录，而 {file} 不抽签（line.discussion.decide: lottery）",
                    "{output} is for the record of a draw, and {file} has none "
                    "(line.discussion.decide: lottery)",
                ).of(output=output, file=file)
            )


def rules_of(file: CallFile, criteria: str, policy: str | None) -> tuple[str, str | None]:
    """Return the criteria set and policy: as asked for, else as the call names them."""
    from pilotscore.cli.call import set_of

    source = click.get_current_context().get_parameter_source("criteria")
    if source is click.core.ParameterSource.DEFAULT:
        criteria = set_of(file.data.get("criteria"), file.path) or criteria
    return criteria, policy_beside(file, policy)


def policy_beside(file: CallFile, policy: str | None) -> str | None:
    """Return the policy: as asked for, else as the call names it, beside its file or built in."""
    named = file.data.get("policy")
    if policy is not None or not isinstance(named, str):
        return policy
    beside = file.path.parent / named
    return str(beside) if beside.is_file() else named
