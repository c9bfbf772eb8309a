"""``pilotscore follow``: what became of what was decided, asked of grantees and read back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.opening import OpeningCommand
from pilotscore.cli.output import (
    TABLES,
    Output,
    claim,
    deliver,
    output_options,
    place_file,
    write_file,
    writing_options,
)
from pilotscore.cli.rounds import names_of_files
from pilotscore.cli.shared import print_findings, program_version
from pilotscore.cli.stores import opened
from pilotscore.cli.values import Day, Whole
from pilotscore.language import Text, counted

if TYPE_CHECKING:
    from pilotscore.workbook.templates.follow_sheet import GranteeRows

_READ = Text("{file}：{reports}，{what}", "{file}: {reports}, {what}")
_REPORTS = Text("项填报", "report")
_NEW, _KNOWN = Text("已存入", "kept"), Text("已读过，没有改变", "read before, nothing changed")
_FAULTY = Text(
    "{file}：有错误，未存入；改正后再读",
    "{file}: not kept, for its errors; read it again when mended",
)
_NOBODY = Text("{store} 的这一轮没有资助任何成果", "the round of {store} gave money to no result")

as_of = option(
    "--as-of",
    type=Day(),
    zh="哪一天的情况（默认今天）。",
    en="The day on which it is looked at (default: today).",
)


@click.group(
    cls=OpeningCommand,
    text=Text(
        "随访：各项资助的拨付（到期、逾期、已达到及其证明；按征集文件拨付、暂缓或追回）、成效层级、"
        "滚动立项与再次评价。",
        "Follow up: the payments of every grant (due, overdue, met and by which evidence; "
        "released, held or called back as the call says), levels of outcomes, results that were "
        "deferred, and those scored again.",
    ),
    example="pilotscore follow rounds.db\npilotscore follow template rounds.db -o follow-up.xlsx\n"
    "pilotscore follow read rounds.db follow-up.xlsx",
)
@click.argument("store", metavar="STORE")
@as_of
@option(
    "--show",
    type=Whole(min=1),
    metavar="N",
    zh="屏幕显示前 N 项（默认 30）；文件总是完整的。",
    en="Show the first N on screen (default 30); files are always whole.",
)
@output_options(*TABLES)
@lang_option()
def follow(store: str, as_of: datetime.date | None, show: int | None, output: Output) -> int:
    """Run the command."""
    output = output.ready((store,))
    from pilotscore.runs.follow import follow as followed
    from pilotscore.views.followed import document

    with opened(store) as kept:
        report = followed(kept, as_of or datetime.date.today())
        deliver(document(report, program_version(), show), output)
    return errors.FINE


@follow.command(
    cls=Command,
    text=Text(
        "制作随访工作簿：一轮（默认全部）中每项资助的里程碑与成效层级，只有白色单元格可填；已报的"
        "内容已填好。-o 给出文件夹时，每项成果一个工作簿。",
        "Make the workbook that goes to grantees: milestones and levels of outcomes of every grant "
        "of a round (default: of all), of which the white cells are filled in; what was reported "
        "before stands there. With a folder after -o, a workbook for each result.",
    ),
    example="pilotscore follow template rounds.db latest -o follow-up.xlsx\n"
    "pilotscore follow template rounds.db latest -o follow-up",
)
@click.argument("store", metavar="STORE")
@click.argument("name", required=False, metavar="[ROUND]")
@option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="FILE.xlsx|FOLDER",
    zh="写入的 .xlsx 文件，或文件夹。",
    en="The .xlsx file to write, or a folder.",
)
@writing_options
@as_of
@lang_option()
def template(store: str, name: str | None, target: str, as_of: datetime.date | None) -> int:
    """Run the command."""
    from pilotscore.cli.shared import require_ending
    from pilotscore.runs.follow import follow as followed
    from pilotscore.runs.follow_template import rows_of
    from pilotscore.runs.kept_rounds import find_round

    if Path(target).suffix:
        require_ending(target, ".xlsx")
        (target,) = claim((target,), (store,))
    with opened(store) as kept:
        key = None if name is None else find_round(kept, name).key
        grants = followed(kept, as_of or datetime.date.today()).grants
        rows = list(rows_of(g for g in grants if key in (None, g.kept.entry.key)))
    if not rows:
        raise errors.UsageError(_NOBODY.of(store=store))
    _write(rows, target)
    return errors.FINE


def _write(rows: Sequence[GranteeRows], target: str) -> None:
    from pilotscore.workbook.templates.follow_sheet import write_follow_sheet

    lang = lang_of()
    if Path(target).suffix:
        write_file(target, lambda path: write_follow_sheet(path, rows, lang))
        return
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    names = names_of_files([row.result for row in rows], ".xlsx")
    places = claim((str(folder / name) for name in names), ())
    for row, place in zip(rows, places, strict=True):

        def write(path: Path, row: GranteeRows = row) -> None:
            write_follow_sheet(path, [row], lang)

        place_file(Path(place), write)
    said = Text("已在 {folder} 写入 {n} 个文件", "wrote {n} files in {folder}")
    click.echo(said.fill(lang, folder=target, n=len(rows)), err=True)


@follow.command(
    cls=Command,
    text=Text(
        "读回填好的随访工作簿，存入轮次库：有错误的工作簿整本不存，逐个单元格说明。",
        "Read filled-in workbooks back into the store: one with an error is not kept at all, and "
        "each is told at its cell.",
    ),
    example="pilotscore follow read rounds.db follow-up/*.xlsx",
)
@click.argument("store", metavar="STORE")
@click.argument("books", nargs=-1, required=True, metavar="BOOK|FOLDER...")
@as_of
@lang_option()
def read(store: str, books: tuple[str, ...], as_of: datetime.date | None) -> int:
    """Run the command."""
    from pilotscore.runs.follow_read import read_back
    from pilotscore.workbook.open.folders import find_books

    lang, today = lang_of(), as_of or datetime.date.today()
    paths = find_books([Path(book) for book in books], None).paths
    with opened(store) as kept:
        backs = read_back(kept, list(paths), today)
        print_findings(finding for back in backs for finding in back.findings)
        for back in backs:
            if back.faulty:
                click.echo(_FAULTY.fill(lang, file=back.file.name), err=True)
            if back.follow_up is None:
                continue
            new = kept.add_follow_up(back.follow_up)
            count = counted(len(back.file.reports), _REPORTS)
            what = _NEW if new else _KNOWN
            click.echo(_READ.fill(lang, file=back.file.name, reports=count, what=what), err=True)
    return errors.FINDINGS_BLOCK if any(back.faulty for back in backs) else errors.FINE
