"""``pilotscore compare``: two rounds of assessment."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.cli.shared import Day, refuse_to_overwrite
from pilotscore.language import Lang, Text

if TYPE_CHECKING:
    from pilotscore.runs.comparison import Comparison


@click.command(
    cls=Command,
    text=Text(
        "比较两次评价：谁升谁降、谁新增谁退出，每项由哪个指标引起；指标体系变了时，把变化分为数值证据与指标体系两部分。",
        "Compare two rounds of assessment: who rose, fell, appeared or left, which indicator moved each, and, where "
        "the criteria changed, what is due to them.",
    ),
    example="pilotscore compare 2025.xlsx 2026.xlsx\n"
    "pilotscore compare 2025.xlsx 2026.xlsx --new-criteria ours-2026.yaml -o changes.xlsx",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
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
@option(
    "-o",
    "--output",
    multiple=True,
    metavar="FILE",
    zh="写入 .xlsx、.csv 或 .json 文件，可重复。",
    en="Write a .xlsx, .csv or .json file; may be repeated.",
)
@option("--json", "as_json", is_flag=True, zh="输出 JSON。", en="Print JSON to stdout.")
@option(
    "--top",
    type=click.IntRange(min=1),
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
    criteria: str,
    new_criteria: str | None,
    profile: str | None,
    as_of: datetime.date | None,
    new_as_of: datetime.date | None,
    reading: Reading,
    output: tuple[str, ...],
    as_json: bool,
    top: int,
) -> int:
    """Run the command."""
    from pilotscore.cli.screen import results
    from pilotscore.runs import compare as compare_run
    from pilotscore.runs.comparison import record
    from pilotscore.views.comparison_view import print_comparison

    lang = lang_of()
    refuse_to_overwrite((old, new), output)
    for name in output:
        if Path(name).suffix.lower() not in (".xlsx", ".csv", ".json"):
            raise errors.UsageError(
                Text(
                    f"{name}：扩展名应为 .xlsx、.csv 或 .json",
                    f"{name}: it should end in .xlsx, .csv or .json",
                )
            )
    comparison = compare_run.compare(
        old, new, criteria, new_criteria, profile=profile, as_of=as_of, new_as_of=new_as_of,
        **reading.arguments(),
    )  # fmt: skip
    for name in output:
        _write(Path(name), comparison, lang)
        click.echo(Text(f"已写入 {name}", f"wrote {name}").to(lang), err=True)
    if as_json:
        click.echo(json.dumps(record(comparison, lang), ensure_ascii=False, indent=2))
    elif not output:
        print_comparison(comparison, results(), lang, top)
    inputs = (*comparison.old.inputs, *comparison.new.inputs)
    unread = any(not (book.results or book.details) for book in inputs)
    return errors.PARTLY_DONE if unread else errors.FINE


def _write(path: Path, comparison: Comparison, lang: Lang) -> None:
    from pilotscore.render.files import write_atomically
    from pilotscore.runs.comparison import record
    from pilotscore.views.comparison_xlsx import comparison_csv, write_comparison

    def put(target: Path) -> None:
        ending = path.suffix.lower()
        if ending == ".xlsx":
            write_comparison(target, comparison, lang)
        elif ending == ".csv":
            target.write_text(comparison_csv(comparison, lang), encoding="utf-8-sig", newline="")
        else:
            text = json.dumps(record(comparison, lang), ensure_ascii=False, indent=2)
            target.write_text(text + "\n", encoding="utf-8")

    write_atomically(path, put)
