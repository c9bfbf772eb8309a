"""``pilotscore ip calendar``: the holidays that move periods, shown and kept up to date."""

from __future__ import annotations

from pathlib import Path

import click

from pilotscore.cli.bilingual import Command, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options, overwrites, write_file
from pilotscore.cli.values import Whole
from pilotscore.language import Text


@click.command(
    "calendar",
    cls=Command,
    text=Text(
        "查看与更新法定节假日与调休：各年是否已公布、出处、放假与上班的日期。"
        "国务院公布新一年的安排后，用 --add 加入（通知全文的 .txt、.csv 或 .xlsx 表格、YAML）："
        "有矛盾或读不懂的日期整份拒绝，存在个人数据文件夹"
        "（或 PILOTSCORE_RULES 所指），从不改动安装的文件。",
        "Show and update public holidays and make-up working days: which years are published, "
        "their source and days. Once the State Council has published a year, --add keeps it (the "
        "notice as .txt, a table as .csv or .xlsx, or YAML): days that contradict each other or "
        "are not understood refuse the whole; it goes to your own data folder (or that of "
        "PILOTSCORE_RULES), and installed files are never edited.",
    ),
    example="pilotscore ip calendar --year 2026\npilotscore ip calendar --add notice-2027.txt",
)
@option(
    "--year",
    type=Whole(1985, 2200),
    zh="只看这一年的日期；与 --add 同用时说明文件是哪一年。",
    en="Show the days of this year; with --add, say of which year the file is.",
)
@option(
    "--add",
    metavar="FILE",
    zh="加入一年的放假安排；与已有的不同时须加 --force。",
    en="Keep the arrangement of a year; where one is known that differs it takes --force.",
)
@output_options(*TABLES)
@lang_option()
def calendar(year: int | None, add: str | None, output: Output) -> None:
    """Run the command."""
    from pilotscore.cli.shared import files_of
    from pilotscore.runs.holidays import calendar_report
    from pilotscore.views.holidays import document

    output = output.ready(files_of(add))
    if add is not None:
        year = _keep(Path(add), year)
    deliver(document(calendar_report(year)), output)


def _keep(path: Path, year: int | None) -> int:
    """Keep the arrangement of a file in the user's own folder; return its year."""
    from pilotscore.rights.calendar_file import kept_text
    from pilotscore.runs.holidays import make_folder, year_to_add

    given, target = year_to_add(path, year, replace=overwrites())
    text = kept_text(given)
    if not (target.is_file() and target.read_text(encoding="utf-8") == text):
        make_folder(target.parent)
        write_file(target, lambda place: _put(place, text))
    return given.year


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
