"""``pilotscore check``: everything that is to be said of workbooks, cell by cell."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.inputs import books_argument
from pilotscore.cli.output import (
    Output,
    claim,
    deliver,
    json_option,
    write_document,
    write_file,
    write_text_file,
    writing_options,
)
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import as_of_option, criteria_option, files_of
from pilotscore.cli.values import Choice
from pilotscore.language import Lang, Text, join, printable
from pilotscore.system import is_folder

if TYPE_CHECKING:
    from pilotscore.document import Document
    from pilotscore.findings import Severity
    from pilotscore.runs.checked import Checked
    from pilotscore.workbook import Limits

FORMATS = ("text", "json", "xlsx", "csv", "md", "github")


@click.command(
    cls=Command,
    text=Text(
        "检查工作簿：先列出每一列读成了什么，再逐格列出问题，发现了什么、应为什么、怎样改；"
        "可写出加批注的副本。",
        "Check workbooks: what each column was read as, then every finding with its cell, what was "
        "found, what was expected and how to mend it; or a copy of the workbook with the cells "
        "marked.",
    ),
    example="pilotscore check results.xlsx\n"
    "pilotscore check results.xlsx --annotate results-checked.xlsx\n"
    "pilotscore check --explain V404",
)
@books_argument(required=False)
@criteria_option
@as_of_option
@reading_options
@option(
    "--format",
    "form",
    type=Choice(FORMATS),
    zh="输出形式：文字、JSON、工作簿（需要 -o）、CSV（各列读入情况，需要 -o）、Markdown 或 "
    "GitHub 注释（默认随 -o 的扩展名 .json、.xlsx、.csv、.md，否则文字）。",
    en="Form of the output: text, JSON, a workbook (needs -o), CSV (what each column was read as; "
    "needs -o), Markdown or GitHub annotations (default: as -o ends in .json, .xlsx, .csv or .md, "
    "else text).",
)
@option(
    "-o",
    "--output",
    metavar="FILE",
    zh="写入文件（默认写到标准输出）。",
    en="Write to a file (default: to stdout).",
)
@json_option
@option(
    "--min-severity",
    "least",
    type=Choice(["error", "warning", "info"]),
    zh="只列出这一级及更重的（默认：文字中列出错误与警告，提示只计数；文件中全部列出）。",
    en="List this severity and graver ones only (default: in text errors and warnings, infos being "
    "counted; in files all).",
)
@option(
    "--all",
    "everything",
    is_flag=True,
    zh="提示也逐条列出。",
    en="List infos too, one by one.",
)
@option(
    "--explain",
    metavar="CODE",
    zh="详细说明一个代码，如 V404；不需要 BOOK。",
    en="Explain a code in full, such as V404; no BOOK is needed.",
)
@option(
    "--annotate",
    metavar="OUT.xlsx",
    zh="写出 BOOK 的副本，有问题的单元格加底色与批注，首页是问题清单。",
    en="Write a copy of BOOK in which faulty cells are marked and commented, with a list of "
    "findings first.",
)
@writing_options
@lang_option()
def check(
    books: tuple[str, ...],
    criteria: str,
    as_of: datetime.date | None,
    reading: Reading,
    form: str | None,
    as_json: bool,
    output: str | None,
    least: Severity | None,
    everything: bool,
    explain: str | None,
    annotate: str | None,
) -> int:
    """Run the command."""
    lang = lang_of()
    if explain is not None:
        return _explain(explain)
    form = _form(form, output, as_json=as_json)
    _look_at_arguments(books, form, output, annotate)
    read = (*books, *files_of(criteria, reading.mapping))
    names = iter(claim([name for name in (output, annotate) if name is not None], read))
    output, annotate = (name if name is None else next(names) for name in (output, annotate))
    from pilotscore.runs import assess as assess_run

    with progress_bar() as progress:
        checked = assess_run.check(
            books, criteria, as_of=as_of, progress=progress, **reading.arguments()
        )
    on_page: Severity = least or ("info" if everything else "warning")
    _show(checked, form, output, least or "info", on_page)
    if annotate is not None:
        _annotate(checked, Path(books[0]), Path(annotate), lang, reading.options.limits)
    return _exit_code(checked)


_ONE_FORM = Text("--json 与 --format 的其他形式只能给一个", "--json goes with no other --format")
_BY_ENDING = {".json": "json", ".xlsx": "xlsx", ".csv": "csv", ".md": "md"}


def _form(form: str | None, output: str | None, *, as_json: bool) -> str:
    """Return the form that is asked for, by name or by the ending of the file."""
    if as_json and (form or "json") != "json":
        raise errors.UsageError(_ONE_FORM)
    if as_json:
        return "json"
    return form or _BY_ENDING.get(Path(output or "").suffix.lower(), "text")


def _explain(code: str) -> int:
    from pilotscore.findings import all_kinds
    from pilotscore.language import did_you_mean
    from pilotscore.views.findings import explanation

    kinds, lang = all_kinds(), lang_of()
    kind = kinds.get(code.strip().upper())
    if kind is None:
        guess = did_you_mean(code.strip(), kinds)
        unknown = Text("没有代码 {code}{guess}", "there is no code {code}{guess}")
        raise errors.UsageError(unknown.of(code=code, guess=guess))
    click.echo("\n".join(line.to(lang) for line in explanation(kind)))
    return errors.FINE


def _look_at_arguments(
    books: tuple[str, ...], form: str, output: str | None, annotate: str | None
) -> None:
    """Refuse what cannot work before anything is read."""
    if not books:
        raise errors.UsageError(
            Text(
                "请给出要检查的工作簿，或用 --explain CODE",
                "name a workbook, or use --explain CODE",
            )
        )
    if form in ("xlsx", "csv") and Path(output or "").suffix.lower() != f".{form}":
        needs = Text("--format {form} 需要 -o 文件.{form}", "--format {form} needs -o FILE.{form}")
        raise errors.UsageError(needs.of(form=form))
    if form == "md" and output is not None and Path(output).suffix.lower() != ".md":
        raise errors.UsageError(Text("--format md 需要 -o 文件.md", "--format md needs -o FILE.md"))
    if annotate is not None:
        from pilotscore.workbook.copies.copies import refuse_ending

        if len(books) != 1 or is_folder(Path(books[0])):
            raise errors.UsageError(
                Text(
                    "--annotate 一次只能用于一个工作簿",
                    "--annotate takes one workbook at a time",
                )
            )
        refuse_ending(Path(books[0]), Path(annotate))


def _show(
    checked: Checked, form: str, output: str | None, least: Severity, on_page: Severity
) -> None:
    """Hand out what a check has to say, in one of its forms."""
    from pilotscore.views.findings import document

    said = document(checked, least, on_page)
    if form in ("xlsx", "csv"):
        write_document(said, output or "")
    elif output is not None:
        text = _text(checked, said, form, least)
        write_text_file(Path(output), text)
    elif form == "text":
        deliver(said, Output())
    else:
        click.echo(_text(checked, said, form, least), nl=False)


def _text(checked: Checked, said: Document, form: str, least: Severity) -> str:
    lang = lang_of()
    if form == "json":
        from pilotscore.render.json import to_json

        return to_json(said.record(), lang)
    if form == "github":
        from pilotscore.render.github import to_github

        return to_github(checked.at_least(least).findings, lang)
    if form == "md":
        from pilotscore.render.markdown import to_markdown

        return to_markdown(said, lang)
    from pilotscore.render.plain_text import page_text

    return page_text(said.page(), lang)


def _annotate(checked: Checked, book: Path, out: Path, lang: Lang, limits: Limits) -> None:
    from pilotscore.workbook.copies.annotate import annotated

    if not any(b.readable for b in checked.books):
        text = Text(
            "pilotscore: {book} 无法读取，没有写批注副本",
            "pilotscore: {book} could not be read: no annotated copy",
        )
        click.echo(text.of(book=book).to(lang), err=True)
        return
    copy = annotated(book, checked.findings, lang, limits)
    if copy.lost:  # said before anything is written
        text = Text(
            "注意：副本中没有保留：{listed}。原文件没有改动",
            "Note: the copy does not keep: {listed}. The workbook itself was not changed",
        )
        click.echo(text.of(listed=join(copy.lost, Text("、", "; "))).to(lang), err=True)
    for note in copy.notes:
        click.echo(printable(note.to(lang)), err=True)
    write_file(out, copy.write)


def _exit_code(checked: Checked) -> int:
    """Return the exit code: as of ``rank``, where nothing at all was read it is 3."""
    if not any(book.results for book in checked.books):
        return errors.UNREADABLE
    if any(not (book.results or book.details) for book in checked.books):
        return errors.PARTLY_DONE
    return errors.FINDINGS_BLOCK if checked.counts["error"] else errors.FINE
