"""``pilotscore explain``: why a result scores what it scores, and what would lift it."""

from __future__ import annotations

import datetime

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import Output, deliver, writing_options
from pilotscore.cli.reading import READ_OF_BOOKS, Reading, reading_options
from pilotscore.cli.rounds import explain_round, is_round, refuse_beside_a_round
from pilotscore.cli.shared import refuse_swapped, rules_options
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "说明一项成果：指数由什么构成，等级由什么决定，怎样用最小的改动升一级（逐条重新计分验"
        "证）。",
        "Explain one result: what made its index, what decided its grade, and the least changes "
        "that lift it "
        "a grade, each proven by scoring again.",
    ),
    example="pilotscore explain results.xlsx P-003\npilotscore explain results.xlsx P-003 --to A\n"
    "pilotscore explain results.xlsx P-003 --call call.yaml\n"
    "pilotscore explain round.pilot P-003\npilotscore explain round.pilot --all -o all.xlsx",
)
@click.argument("book", metavar="BOOK.xlsx|ROUND.pilot")
@click.argument("result", required=False, metavar="[ID]")
@rules_options
@reading_options
@option(
    "--to",
    "target",
    metavar="GRADE",
    zh="要达到的等级（默认高一级）。",
    en="The grade to reach (default: the next better one).",
)
@option(
    "--call",
    metavar="CALL.yaml",
    zh="再说明按此征集文件对它的资助决定：给多少、为什么、差多少、怎样改变。",
    en="Explain the decision of this call on it too: how much, why, what it missed, and what "
    "would change it.",
)
@option(
    "--budget",
    metavar="AMOUNT",
    zh="与 pilotscore fund 相同：改用此预算，如 6000万元。",
    en="As for pilotscore fund: what if the budget were this, such as 6000万元.",
)
@option(
    "--set",
    "settings",
    multiple=True,
    metavar="ADDRESS=VALUE",
    zh="与 pilotscore fund 相同：改用此设置；可多次给出。",
    en="As for pilotscore fund: what if this were set so; may be repeated.",
)
@option(
    "--decisions",
    metavar="FILE",
    zh="与 pilotscore fund 相同：决定文件。",
    en="As for pilotscore fund: a file of decisions on top.",
)
@option(
    "--all",
    "everyone",
    is_flag=True,
    zh="保存的一轮（fund --save）中的全部成果；需 -o。",
    en="Every result of a saved round (fund --save); needs -o.",
)
@option(
    "-o",
    "--output",
    "files",
    multiple=True,
    metavar="FILE|FOLDER",
    zh="与 --all 一起：写入 .xlsx、.csv、.json 或 .md 文件，或每项一个文件的文件夹；可多次给出。",
    en="With --all: write an .xlsx, .csv, .json or .md file, or a folder with a file for each; may "
    "be repeated.",
)
@writing_options
@option("--json", "as_json", is_flag=True, zh="输出 JSON。", en="Print JSON to stdout.")
@lang_option()
def explain(
    book: str,
    result: str | None,
    criteria: str,
    policy: str | None,
    profile: str | None,
    reading: Reading,
    as_of: datetime.date | None,
    target: str | None,
    call: str | None,
    budget: str | None,
    settings: tuple[str, ...],
    decisions: str | None,
    everyone: bool,
    files: tuple[str, ...],
    as_json: bool,
) -> int:
    """Run the command."""
    if is_round(book):
        refuse_beside_a_round((*_RULES, *READ_OF_BOOKS, "password_env"))
        return explain_round(book, result, Output(files, as_json), everyone=everyone)
    if everyone or files:
        raise errors.UsageError(
            Text(
                "--all 与 -o 用于保存的一轮（fund --save 轮次.pilot）",
                "--all and -o go with a saved round (fund --save ROUND.pilot)",
            )
        )
    refuse_swapped(book, result)
    from pilotscore.runs import assess as assess_run
    from pilotscore.runs.explained import explain_result
    from pilotscore.views.explanation import document

    file = None
    if call is not None:
        from pilotscore.cli.fund import rules_of
        from pilotscore.criteria.call_loader import budget_settings, read_call

        file = read_call(call)
        if budget is not None:
            settings = (*budget_settings(file, budget), *settings)
        criteria, policy = rules_of(file, criteria, policy)
    elif settings or decisions or budget:
        raise errors.UsageError(
            Text(
                "--budget、--set 与 --decisions 须与 --call 一起用",
                "--budget, --set and --decisions go with --call",
            )
        )
    rules = assess_run.load_rules(criteria, policy, profile, as_of)
    outcome = assess_run.rank_by(rules, book, **reading.arguments())
    i = assess_run.find_result(outcome, result)
    place = None if target is None else _place(outcome.criteria.grade_position, target)
    explained = explain_result(outcome, i, place)
    said = document(explained)
    if file is not None:
        from pilotscore.criteria import load_call
        from pilotscore.runs import fund as fund_run
        from pilotscore.views.fund.explained import with_decision

        loaded = load_call(file, rules.criteria, rules.policy.policy, settings)
        report = fund_run.fund_by(loaded, outcome, decisions=decisions, core=False)
        said = with_decision(said, fund_run.explain_decision(report, i))
    deliver(said, Output(as_json=as_json))
    return errors.FINE


_RULES = (
    *("criteria", "policy", "profile", "as_of", "target", "call", "budget", "settings"),
    "decisions",
)


def _place(places: dict[str, int], name: str) -> int:
    folded = {k.casefold(): v for k, v in places.items()}
    if name.casefold() not in folded:
        unknown = Text("没有等级 {name}；有：{all}", "there is no grade {name}; there are: {all}")
        raise errors.UsageError(unknown.of(name=name, all=", ".join(places)))
    return folded[name.casefold()]
