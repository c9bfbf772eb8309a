"""``pilotscore demo``: the main job on a bundled example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import claim, place_file, writing_options
from pilotscore.cli.values import Choice
from pilotscore.language import Text

SHOWN = 8


@click.command(
    cls=Command,
    text=Text(
        "在内置示例上运行：读入约 40 项虚构成果，评价、排名并给出建议。",
        "Run on the bundled example: some 40 made-up results, assessed, ranked, with "
        "recommendations.",
    ),
    example="pilotscore demo\npilotscore demo --copy-to .",
)
@option(
    "--copy-to",
    metavar="FOLDER",
    zh="把示例工作簿复制到该文件夹。",
    en="Copy the example workbook to this folder.",
)
@option(
    "--example",
    type=Choice(["pilot", "own-list", "sets", "furnace", "panel", "rights"]),
    default="pilot",
    show_default=True,
    zh="复制哪一组示例：pilot 示例成果；own-list 教程用的自有指标表与成果；sets "
    "各内置指标体系的示例；furnace 氧化炉的批次数据；panel 专家评分；rights 权属与知识产权。",
    en="Which example to copy: pilot, the results above; own-list, a list of indicators and "
    "results for the "
    "tutorial; sets, an example of each built-in criteria set; furnace, batch data of a furnace; "
    "panel, scores of experts; rights, ownership and IP rights.",
)
@writing_options
@lang_option()
def demo(copy_to: str | None, example: str) -> int:
    """Run the command."""
    if example != "pilot":
        return _copy_all(example, copy_to)
    from pilotscore.cli.screen import results
    from pilotscore.criteria import data_folder
    from pilotscore.document import Fact, Gap
    from pilotscore.render.terminal import print_page
    from pilotscore.runs import assess as assess_run
    from pilotscore.views.ranking import list_page

    lang = lang_of()
    book = data_folder("examples") / "pilot" / "pilot.xlsx"
    if copy_to is not None:
        # What is there already beside the workbook is left alone: it may be the user's own by now.
        beside = [book.with_name(name) for name in ("call.yaml", "decisions.csv")]
        missing = [file for file in beside if not (Path(copy_to) / file.name).exists()]
        (book,) = _copy([book], copy_to)
        _copy(missing, copy_to)
    outcome = assess_run.rank(book)
    notice = Text(
        "内置示例：数据与名称均为虚构。", "Bundled example: all data and names are made up."
    )
    click.echo(notice.to(lang))
    print_page(list_page(outcome, SHOWN), results(), lang)
    print_page((Gap(), Fact("", _NO_INTERVAL)), results(), lang)
    ids = outcome.assessment.measurements.ids
    second = ids[outcome.ranking.order[min(SHOWN, len(ids)) - 1]]
    click.echo("\n" + Text("接下来可以试：", "Try next:").to(lang))
    for command, what in _steps(None if copy_to is None else book, second):
        click.echo(f"  {command}\n      {what.to(lang)}")
    return errors.FINE


_NO_INTERVAL = Text(
    "“区间”一栏空白：填报的值没有写不确定度，指数只是一个数；值写成 92.5±0.3，或附上批次数据，"
    "就有区间。",
    "Interval is blank where values have no uncertainty, so that the index is one figure; "
    "values such as 92.5±0.3, or batch data, give it one.",
)


def _steps(copied: Path | None, result: str) -> Iterator[tuple[str, Text]]:
    """Yield what to try next, as commands: on the copy, which is first to be made."""
    if copied is None:
        yield "pilotscore demo --copy-to .", _COPY
    book = Path("pilot.xlsx") if copied is None else copied
    name, call = _as_argument(book), _as_argument(book.with_name("call.yaml"))
    yield f"pilotscore score {name} {result}", _SCORE
    yield f"pilotscore rank {name} -o ranking.xlsx", _RANK
    yield f"pilotscore fund {name} --call {call}", _FUND
    yield "pilotscore criteria show pilot-maturity", _CRITERIA


_COPY = Text(
    "把示例复制到当前文件夹；以下命令都用这份副本",
    "copy the example here; the commands below go by the copy",
)
_SCORE = Text("一项成果的评分卡", "the scorecard of one result")
_RANK = Text("完整排名，写成 Excel", "the whole ranking, as a workbook")
_FUND = Text("按征集文件分配资金", "the money of a call given out")
_CRITERIA = Text("所用的指标体系", "the criteria set that was used")


def _as_argument(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _copy_all(example: str, copy_to: str | None) -> int:
    from pilotscore.criteria import data_folder

    if copy_to is None:
        raise errors.UsageError(
            Text(
                "示例 {example} 只能复制：请加 --copy-to FOLDER",
                "the example {example} can only be copied: add --copy-to FOLDER",
            ).of(example=example)
        )
    folder = data_folder("examples") / example
    _copy(sorted((*folder.glob("*.xlsx"), *folder.glob("*.csv"))), copy_to)
    return errors.FINE


def _copy(files: Sequence[Path], folder: str) -> tuple[Path, ...]:
    """Copy files to a folder, or none of them, and say so; return the copies."""
    names = claim((str(Path(folder) / file.name) for file in files), map(str, files))
    copies = tuple(map(Path, names))
    for file, copy in zip(files, copies, strict=True):
        place_file(copy, partial(_put, file.read_bytes()))
        said = Text("已复制到 {path}", "copied to {path}")
        click.echo(said.of(path=copy).to(lang_of()), err=True)
    return copies


def _put(content: bytes, target: Path) -> None:
    target.write_bytes(content)
