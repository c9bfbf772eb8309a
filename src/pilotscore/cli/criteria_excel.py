"""``pilotscore criteria to-excel`` and ``from-excel``: sets that committees edit in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import claim, write_file, write_text_file, writing_options
from pilotscore.cli.shared import require_ending
from pilotscore.language import Text, Words

if TYPE_CHECKING:
    from pilotscore.criteria import LoadedCriteria
    from pilotscore.criteria_book.indicator_list import ListRead


_EXTENDS = Text(
    "注意：{name} 扩展了 {base}；工作簿写出合并后的整套体系，读回的文件不再含 extends",
    "Note: {name} extends {base}; the workbook has the whole set, and the file that is made from "
    "it will not extend anything",
)
_SWAPPED = Text(
    "参数颠倒了：先指标体系，后工作簿，即 pilotscore criteria to-excel {name} {output}",
    "the arguments are the wrong way round: the set first, then the workbook: pilotscore criteria "
    "to-excel {name} {output}",
)
_NO_POLICY = Text(
    "注意：没有写出政策文件 {policy}；用 -o 会一并写出",
    "Note: the policy {policy} was not written; with -o it is",
)
_KEPT = Text("{policy} 已存在，没有改动", "{policy} is there already and was not changed")


@click.command(
    "to-excel",
    cls=Command,
    text=Text(
        "把指标体系写成 Excel 工作簿，供委员会编辑：指标、权重、评分、门槛等各一张表。",
        "Write a criteria set as a workbook for a committee to edit: a sheet each for indicators, "
        "value functions, gates and so on.",
    ),
    example="pilotscore criteria to-excel pilot-maturity 指标体系.xlsx",
)
@click.argument("name", metavar="NAME|FILE")
@click.argument("output", metavar="OUT.xlsx")
@writing_options
@lang_option()
def to_excel(name: str, output: str) -> int:
    """Run the command."""
    if name.lower().endswith(".xlsx") and not output.lower().endswith(".xlsx"):
        raise errors.UsageError(_SWAPPED.of(name=output, output=name))
    require_ending(output, ".xlsx")
    from pilotscore.criteria import load_criteria, locate

    (output,) = claim([output], (str(locate(name, "criteria")),))
    loaded = load_criteria(name)
    write_file(output, lambda target: _write_book(target, loaded))
    return errors.FINE


def _write_book(path: Path, loaded: LoadedCriteria) -> Words | None:
    """Write a set, and return what should be known of it where it extends another."""
    from pilotscore.criteria_book.writing import write_criteria_book

    write_criteria_book(path, loaded.data)
    bases = loaded.source.bases
    return _EXTENDS.of(name=loaded.source.name, base=bases[0].name) if bases else None


@click.command(
    "from-excel",
    cls=Command,
    text=Text(
        "把编辑后的工作簿读回为指标体系文件：未改动的内容原样写回；"
        "也可读单位自有的指标表（指标、权重、评分标准）。",
        "Read an edited workbook back as a criteria file, what was not edited as it was; or make a "
        "criteria file of an office's own list of indicators, weights and scoring standards.",
    ),
    example="pilotscore criteria from-excel 指标体系.xlsx -o mine.yaml",
)
@click.argument("book", metavar="BOOK.xlsx")
@option(
    "-o",
    "--output",
    metavar="OUT.yaml",
    zh="写入文件（默认写到标准输出）。",
    en="Write to a file (default: to stdout).",
)
@writing_options
@lang_option()
def from_excel(book: str, output: str | None) -> int:
    """Run the command."""
    if output is not None:
        (output,) = claim([output], (book,))
        require_ending(output, ".yaml", ".yml")
    from pilotscore.criteria.yaml_text import yaml_text
    from pilotscore.criteria_book.check import criteria_from_book, list_from_book, sheets_of

    name, sheets = Path(book).name, sheets_of(Path(book))
    own = list_from_book(name, sheets)
    if own is not None:
        return _from_list(own, output)
    text = yaml_text(criteria_from_book(name, sheets))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text_file(Path(output), text)
    return errors.FINE


def _from_list(own: ListRead, output: str | None) -> int:
    """Write the set that an office's own list makes, and beside it a policy to begin with."""
    from pilotscore.criteria.yaml_text import yaml_text
    from pilotscore.render.files import refuse_unwritable

    for finding in own.remarks:
        line = f"{finding.place}: {finding.code} {finding.sentence(lang_of())}"
        click.echo(line, err=True)
    if output is None:
        click.echo(yaml_text(own.data), nl=False)
        click.echo(_NO_POLICY.of(policy=own.data["policy"]).to(lang_of()), err=True)
        return errors.FINE
    path = Path(output)
    policy = path.with_name(f"{path.stem}-policy.yaml")
    refuse_unwritable(policy)
    write_text_file(path, yaml_text(own.data | {"policy": policy.name}))
    if policy.exists():  # it may be the funder's own by now
        click.echo(_KEPT.of(policy=str(policy)).to(lang_of()), err=True)
    else:
        write_text_file(policy, yaml_text(own.policy))
    return errors.FINE
