"""``pilotscore template``: the workbook to fill in."""

from __future__ import annotations

from typing import Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, option
from pilotscore.cli.output import claim, write_file, writing_options
from pilotscore.cli.shared import criteria_option, files_of, require_ending
from pilotscore.cli.values import Choice, Whole
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "制作填报模板：下拉列表、范围校验、必填标记与填写说明；填好后直接交给 rank 或 check。",
        "Make the workbook to fill in: drop-downs, ranges, required cells and instructions. "
        "Filled in, it "
        "goes straight to rank or check.",
    ),
    example="pilotscore template 填报表.xlsx --rows 200\n"
    "pilotscore template form.xlsx --layout form --lang both\n"
    "pilotscore template form.xlsx --rights",
)
@click.argument("output", metavar="OUT.xlsx")
@criteria_option
@option(
    "--lang",
    "template_lang",
    type=Choice(["zh", "en", "both"]),
    zh="模板的语言（默认随系统）；both 为中英对照。",
    en="Language of the template (default: the locale's); both for Chinese and English.",
)
@option(
    "--layout",
    type=Choice(["rows", "form"]),
    default="rows",
    show_default=True,
    zh="rows 每行一项成果；form 一个文件一项成果，逐项向下填写。",
    en="rows: a result per row; form: one result, its items one below the other.",
)
@option(
    "--rows",
    type=Whole(1, 10_000),
    default=100,
    show_default=True,
    metavar="N",
    zh="rows 版式可填的行数。",
    en="How many rows take results, in the layout rows.",
)
@option(
    "--rights",
    is_flag=True,
    zh="另加权属、权属进程、收益分配、知识产权、通知书、保密措施的工作表，供 rights 与 ip 使用。",
    en="Add sheets of rights, steps, distributions, IP rights, notices and secrecy, which rights "
    "and ip read.",
)
@writing_options
def template(
    output: str, criteria: str, template_lang: Any, layout: Any, rows: int, rights: bool
) -> int:
    """Run the command."""
    require_ending(output, ".xlsx")
    (output,) = claim([output], files_of(criteria))
    from pilotscore.criteria import load_criteria
    from pilotscore.workbook.templates.template import write_template

    loaded = load_criteria(criteria)
    chosen = template_lang or lang_of()
    write_file(output, lambda p: write_template(p, loaded, chosen, layout, rows, rights=rights))
    return errors.FINE
