"""``pilotscore map``: writes what the headers of a form were taken for, to correct and keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import claim, write_text_file, writing_options
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.cli.shared import criteria_option, files_of
from pilotscore.language import Lang, Text

if TYPE_CHECKING:
    from pilotscore.workbook.results.mapping_draft import MappingDraft


@click.command(
    "map",
    cls=Command,
    text=Text(
        "写出映射文件：这份表的表头各被认作什么、建议什么、剩下什么；改好后用 --map 采用。",
        "Write a mapping file: what each header of a form was taken for, what is suggested, what "
        "is "
        "left over. Correct it, keep it, and use it with --map.",
    ),
    example="pilotscore map results.xlsx -o our-form.yaml --interactive\n"
    "pilotscore rank results.xlsx --map our-form.yaml",
)
@click.argument("book", metavar="BOOK|FOLDER")
@criteria_option
@reading_options
@option(
    "-o",
    "--output",
    metavar="FILE",
    zh="写入文件（默认写到标准输出）。",
    en="Write to a file (default: to stdout).",
)
@option(
    "-i",
    "--interactive",
    is_flag=True,
    zh="在终端里逐个询问未识别的表头：采纳、选择、不用、跳过，一键一答。",
    en="Ask on the terminal about each header that is not known: one key accepts, chooses, leaves "
    "out or skips.",
)
@writing_options
@lang_option()
def map_headers(
    book: str, criteria: str, reading: Reading, output: str | None, interactive: bool
) -> int:
    """Run the command."""
    if interactive:
        from pilotscore.cli.mapping_dialogue import refuse_without_terminal

        refuse_without_terminal(book)
    if output is not None:
        (output,) = claim([output], (book, *files_of(criteria, reading.mapping)))
    from pilotscore.criteria import load_criteria
    from pilotscore.runs import assess as assess_run
    from pilotscore.workbook.results.mapping_draft import draft_mapping
    from pilotscore.workbook.results.mapping_text import mapping_text

    lang, path = lang_of(), Path(book)
    loaded = load_criteria(criteria)
    options = assess_run.reading_options(
        loaded, reading.options, sheet=reading.sheet, mapping=reading.mapping
    )
    draft, findings = draft_mapping(path, loaded.criteria, options)
    if not draft.headers:
        raise errors.UnreadableInputError(_NO_TABLE.of(book=book), findings)
    if interactive:
        from pilotscore.cli.mapping_dialogue import MappingDialogue
        from pilotscore.cli.screen import messages

        draft = MappingDialogue(draft, messages(), lang).run()
    before = options.mapping.text if options.mapping else None
    text = mapping_text(draft, loaded.criteria, path.name, lang, before)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text_file(output, text)
    for finding in findings:  # of a folder: what could not be read, or has no header
        click.echo(f"{finding.place}: {finding.code} {finding.sentence(lang)}", err=True)
    click.echo(_summary(draft, lang), err=True)
    return errors.PARTLY_DONE if findings else errors.FINE


_NO_TABLE = Text(
    "{book} 中没有认出成果表或填报表；用 --sheet 与 --header-row 指定表头所在的行",
    "no table or form of results was found in {book}; say where the header is with --sheet and "
    "--header-row",
)


def _summary(draft: MappingDraft, lang: Lang) -> str:
    return Text(
        "认出 {known} 个表头，建议 {suggested} 个，未识别 {left} 个；{absent} 个指标没有表头",
        "{known} headers known, {suggested} suggested, {left} left over; {absent} indicators have "
        "no header",
    ).fill(
        lang,
        known=sum(h.kept or h.meaning is not None for h in draft.headers),
        suggested=len(draft.suggested),
        left=len(draft.left_over),
        absent=len(draft.absent),
    )
