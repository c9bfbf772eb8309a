"""``pilotscore rank``: workbooks in, a ranked and explained list out."""

from __future__ import annotations

import datetime

import click

from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.inputs import books_argument
from pilotscore.cli.output import TABLES, Output, deliver, output_options
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.rounds import places_of, save_round, saving_options, settings_of
from pilotscore.cli.shared import exit_code, files_of, rules_options, tell_findings
from pilotscore.cli.values import Whole
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "读入工作簿，评价每项成果并排名，给出立项、资金与政策建议。",
        "Assess and rank every result in the workbooks, and recommend approval, funding and "
        "support.",
    ),
    example="pilotscore rank results.xlsx --top 20\n"
    "pilotscore rank 申报材料/ -o ranking.xlsx -o ranking.json\n"
    "pilotscore rank results.xlsx --store rounds.db",
)
@books_argument()
@rules_options
@reading_options
@saving_options
@output_options(*TABLES)
@option(
    "--method",
    "methods",
    multiple=True,
    metavar="NAME",
    zh="另用决策方法排名并与指数比较，如 topsis；可多次给出。",
    en="Rank by a decision method too, such as topsis, and compare it with the index; may be "
    "repeated.",
)
@option(
    "--robust",
    is_flag=True,
    zh="检验排名有多可靠（见 robustness 命令），一并写入各输出。",
    en="Put the ranking to the test (see the command robustness), in every output too.",
)
@option(
    "--top",
    type=Whole(min=1),
    metavar="N",
    zh="屏幕与 --json 只显示前 N 项；文件总是完整的。",
    en="Show the first N only, on screen and in --json; files are always whole.",
)
@option(
    "-v",
    "--verbose",
    is_flag=True,
    zh="屏幕上在每项成果下写出全部内容：各维度、政策支持、资金与原因，而不只一行。",
    en="Say on screen all of each result below it, not a line: dimensions, support, funding, "
    "reasons.",
)
@lang_option()
def rank(
    books: tuple[str, ...],
    criteria: str,
    policy: str | None,
    profile: str | None,
    reading: Reading,
    as_of: datetime.date | None,
    save: str | None,
    store: str | None,
    without_inputs: bool,
    output: Output,
    methods: tuple[str, ...],
    robust: bool,
    top: int | None,
    verbose: bool,
) -> int:
    """Run the command."""
    read = (*books, *files_of(criteria, policy, reading.mapping))
    output = output.ready(read)
    places = places_of(save, store, read, without_inputs=without_inputs)
    from pilotscore.runs import assess as assess_run
    from pilotscore.views.ranking import document

    lang = lang_of()
    rules = assess_run.load_rules(criteria, policy, profile, as_of)
    with progress_bar() as progress:
        outcome = assess_run.rank_by(
            rules,
            books,
            progress=progress,
            methods=methods,
            tell=lambda text: click.echo(text.to(lang), err=True),
            **reading.arguments(),
        )
    tested = None
    if robust:
        from pilotscore.cli.robustness import put_to_the_test

        tested = put_to_the_test(outcome, {}, crew=reading.options.crew)
    whole, first = (
        document(outcome, tested=tested),
        document(outcome, top, tested=tested, in_full=verbose),
    )
    deliver(whole, output, on_stdout=first, show=top is not None or verbose)
    if places:
        from pilotscore.runs.round_work import held_of

        held = held_of(
            settings_of(rules, criteria, reading, methods), outcome, inputs=not without_inputs
        )
        save_round(document(outcome), outcome.manifest.to_dict(), output.files, places, held)
    tell_findings(outcome)
    return exit_code(outcome)
