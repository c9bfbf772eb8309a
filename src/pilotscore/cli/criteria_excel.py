"""``pilotscore criteria to-excel`` and ``from-excel``: criteria sets that committees edit in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.shared import refuse_to_overwrite
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.criteria_book.indicator_list import ListRead


@click.command(
    "to-excel",
    cls=Command,
    text=Text(
        "把指标体系写成 Excel 工作簿，供委员会编辑：指标、权重、评分、门槛等各一张表。",
        "Write a criteria set as a workbook for a committee to edit: a sheet each for indicators, value "
        "functions, gates and so on.",
    ),
    example="pilotscore criteria to-excel pilot-maturity 指标体系.xlsx",
)
@click.argument("name", metavar="NAME|FILE")
@click.argument("output", metavar="OUT.xlsx")
@lang_option()
def to_excel(name: str, output: str) -> int:
    """Run the command."""
    path = Path(output)
    if path.suffix.lower() != ".xlsx":
        raise errors.UsageError(
            Text(f"{output}：扩展名应为 .xlsx", f"{output}: it should end in .xlsx")
        )
    from pilotscore.criteria import load_criteria, locate
    from pilotscore.criteria_book.writing import write_criteria_book
    from pilotscore.render.files import write_atomically

    refuse_to_overwrite((str(locate(name, "criteria")),), (output,))
    loaded = load_criteria(name)
    write_atomically(path, lambda p: write_criteria_book(p, loaded.data))
    lang = lang_of()
    if loaded.source.bases:
        base = loaded.source.bases[0].name
        told = Text(
            f"注意：{loaded.source.name} 扩展了 {base}；工作簿写出合并后的整套体系，读回的文件不再含 extends",
            f"Note: {loaded.source.name} extends {base}; the workbook has the whole set, and the file that "
            "is made from it will not extend anything",
        )
        click.echo(told.to(lang), err=True)
    click.echo(Text(f"已写入 {output}", f"wrote {output}").to(lang), err=True)
    return errors.FINE


@click.command(
    "from-excel",
    cls=Command,
    text=Text(
        "把编辑后的工作簿读回为指标体系文件：未改动的内容原样写回；也可读单位自有的指标表（指标、权重、评分标准）。",
        "Read an edited workbook back as a criteria file, what was not edited as it was; or make a criteria file "
        "of an office's own list of indicators, weights and scoring standards.",
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
@lang_option()
def from_excel(book: str, output: str | None) -> int:
    """Run the command."""
    if output is not None:
        refuse_to_overwrite((book,), (output,))
        if Path(output).suffix.lower() not in (".yaml", ".yml"):
            raise errors.UsageError(
                Text(f"{output}：扩展名应为 .yaml", f"{output}: it should end in .yaml")
            )
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
        _write(Path(output), text)
    return errors.FINE


def _from_list(own: ListRead, output: str | None) -> int:
    """Write the set that an office's own list makes, and beside it a policy to begin with."""
    from pilotscore.criteria.yaml_text import yaml_text

    if output is None:
        click.echo(yaml_text(own.data), nl=False)
        told = Text(
            f"注意：没有写出政策文件 {own.data['policy']}；用 -o 会一并写出",
            f"Note: the policy {own.data['policy']} was not written; with -o it is",
        )
        click.echo(told.to(lang_of()), err=True)
        return errors.FINE
    path = Path(output)
    policy = path.with_name(f"{path.stem}-policy.yaml")
    _write(path, yaml_text(own.data | {"policy": policy.name}))
    if policy.exists():  # it may be the funder's own by now
        told = Text(f"{policy} 已存在，没有改动", f"{policy} is there already and was not changed")
        click.echo(told.to(lang_of()), err=True)
    else:
        _write(policy, yaml_text(own.policy))
    return errors.FINE


def _write(path: Path, text: str) -> None:
    from pilotscore.render.files import write_atomically

    write_atomically(path, lambda p: _write_text(p, text))
    click.echo(Text(f"已写入 {path}", f"wrote {path}").to(lang_of()), err=True)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
