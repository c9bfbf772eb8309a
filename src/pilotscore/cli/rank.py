"""``pilotscore rank``: workbooks in, a ranked and explained list out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import exit_code, refuse_to_overwrite, rules_options, tell_findings
from pilotscore.language import Lang, Text

if TYPE_CHECKING:
    from pilotscore.runs.outcome import Outcome

Writer = Callable[["Outcome", Path, Lang], None]


def _write_csv(outcome: Outcome, path: Path, lang: Lang) -> None:
    from pilotscore.views.plain import to_csv

    path.write_bytes(to_csv(outcome, lang).encode("utf-8-sig"))


def _write_json(outcome: Outcome, path: Path, lang: Lang) -> None:
    from pilotscore.views.plain import to_json

    path.write_bytes(to_json(outcome, lang).encode())


def _write_xlsx(outcome: Outcome, path: Path, lang: Lang) -> None:
    from pilotscore.views.xlsx import write_xlsx

    write_xlsx(outcome, path, lang)


WRITERS: dict[str, Writer] = {".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_json}


def write_output(outcome: Outcome, output: str, lang: Lang) -> None:
    """Write an outcome to a file of the kind that its ending says."""
    from pilotscore.render.files import write_atomically

    path = Path(output)
    write_atomically(path, lambda temporary: WRITERS[path.suffix.lower()](outcome, temporary, lang))
    click.echo(Text(f"已写入 {output}", f"wrote {output}").to(lang), err=True)


def _check_outputs(outputs: tuple[str, ...]) -> None:
    for output in outputs:
        if Path(output).suffix.lower() not in WRITERS:
            raise errors.UsageError(
                Text(
                    f"不知道如何写 {output}：扩展名应为 .xlsx、.csv 或 .json",
                    f"cannot tell what to write to {output}: it should end in .xlsx, .csv or .json",
                )
            )


@click.command(
    cls=Command,
    text=Text(
        "读入工作簿，评价每项成果并排名，给出立项、资金与政策建议。",
        "Assess and rank every result in the workbooks, and recommend approval, funding and support.",
    ),
    example="pilotscore rank results.xlsx --top 20\n"
    "pilotscore rank 申报材料/ -o ranking.xlsx -o ranking.json",
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK|FOLDER...")
@rules_options
@reading_options
@option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    zh="写入 .xlsx、.csv 或 .json 文件；可多次给出。",
    en="Write a .xlsx, .csv or .json file; may be repeated.",
)
@option(
    "--method",
    "methods",
    multiple=True,
    metavar="NAME",
    zh="另用决策方法排名并与指数比较，如 topsis；可多次给出。",
    en="Rank by a decision method too, such as topsis, and compare it with the index; may be repeated.",
)
@option(
    "--robust",
    is_flag=True,
    zh="检验排名有多可靠（见 robustness 命令），一并写入各输出。",
    en="Put the ranking to the test (see the command robustness), in every output too.",
)
@option("--json", "as_json", is_flag=True, zh="在标准输出给出 JSON。", en="Print JSON to stdout.")
@option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    zh="屏幕与 --json 只显示前 N 项；文件总是完整的。",
    en="Show the first N only, on screen and in --json; files are always whole.",
)
@lang_option()
def rank(
    books: tuple[str, ...],
    criteria: str,
    policy: str | None,
    profile: str | None,
    reading: Reading,
    as_of: datetime.date | None,
    outputs: tuple[str, ...],
    methods: tuple[str, ...],
    robust: bool,
    as_json: bool,
    top: int | None,
) -> int:
    """Run the command."""
    _check_outputs(outputs)
    refuse_to_overwrite(books, outputs)
    from pilotscore.runs import assess as assess_run

    lang = lang_of()
    with progress_bar() as progress:
        outcome = assess_run.rank(
            books,
            criteria,
            policy,
            profile=profile,
            as_of=as_of,
            progress=progress,
            methods=methods,
            tell=lambda text: click.echo(text.to(lang), err=True),
            **reading.arguments(),
        )
    if robust:
        from pilotscore.cli.robustness import put_to_the_test

        effort = {"draws": 2000, "error": 0.01, "seed": 1}
        outcome = replace(outcome, robustness=put_to_the_test(outcome, effort, None))
    if as_json:
        from pilotscore.views.plain import to_json

        click.echo(to_json(outcome, lang, top), nl=False)
    elif not outputs or top is not None:
        _print(outcome, lang, top)
    for write in [partial(write_output, outcome, output, lang) for output in outputs]:
        write()
    tell_findings(outcome)
    return exit_code(outcome)


def _print(outcome: Outcome, lang: Lang, top: int | None) -> None:
    from pilotscore.cli.screen import results
    from pilotscore.render.terminal import print_page
    from pilotscore.views import methods
    from pilotscore.views.terminal import print_ranking

    console = results()
    print_ranking(outcome, console, lang, top)
    print_page(methods.page(outcome, top), console, lang)
    if outcome.robustness is not None:
        from pilotscore.views import robustness

        console.print()
        print_page(robustness.page(outcome.robustness, top), console, lang)
