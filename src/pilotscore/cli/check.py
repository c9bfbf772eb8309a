"""``pilotscore check``: everything that is to be said of workbooks, cell by cell."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import as_of_option, criteria_option, refuse_to_overwrite
from pilotscore.language import Lang, Text

if TYPE_CHECKING:
    from pilotscore.runs.checked import Checked
    from pilotscore.workbook import Limits

FORMATS = ("text", "json", "xlsx", "github")


@click.command(
    cls=Command,
    text=Text(
        "检查工作簿：逐格列出全部问题，发现了什么、应为什么、怎样改；可写出加批注的副本。",
        "Check workbooks: every finding with its cell, what was found, what was expected and how to "
        "mend it; or a copy of the workbook with the cells marked.",
    ),
    example="pilotscore check results.xlsx\n"
    "pilotscore check results.xlsx --annotate results-checked.xlsx\n"
    "pilotscore check --explain V404",
)
@click.argument("books", nargs=-1, metavar="BOOK|FOLDER...")
@criteria_option
@as_of_option
@reading_options
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    zh="输出形式：文字、JSON、工作簿（需要 -o）或 GitHub 注释。",
    en="Form of the output: text, JSON, a workbook (needs -o) or GitHub annotations.",
)
@option(
    "-o",
    "--output",
    metavar="FILE",
    zh="写入文件（默认写到标准输出）。",
    en="Write to a file (default: to stdout).",
)
@option(
    "--min-severity",
    "least",
    type=click.Choice(["error", "warning", "info"]),
    default="info",
    show_default=True,
    zh="只列出这一级及更重的。",
    en="List this severity and graver ones only.",
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
    en="Write a copy of BOOK in which faulty cells are marked and commented, with a list of findings first.",
)
@lang_option()
def check(
    books: tuple[str, ...],
    criteria: str,
    as_of: datetime.date | None,
    reading: Reading,
    form: str,
    output: str | None,
    least: Any,
    explain: str | None,
    annotate: str | None,
) -> int:
    """Run the command."""
    lang = lang_of()
    if explain is not None:
        return _explain(explain, lang)
    _look_at_arguments(books, form, output, annotate)
    from pilotscore.runs import assess as assess_run

    with progress_bar() as progress:
        checked = assess_run.check(
            books, criteria, as_of=as_of, progress=progress, **reading.arguments()
        )
    _show(checked, form, output, lang, least)
    if annotate is not None:
        _annotate(checked, Path(books[0]), Path(annotate), lang, reading.options.limits)
    return _exit_code(checked)


def _explain(code: str, lang: Lang) -> int:
    from pilotscore.findings import all_kinds
    from pilotscore.language import nearest
    from pilotscore.views.findings_view import explain

    kinds = all_kinds()
    kind = kinds.get(code.strip().upper())
    if kind is None:
        near = nearest(code.strip(), kinds)
        guess = Text(f"；是否指 {near}？", f"; did you mean {near}?") if near else Text("", "")
        raise errors.UsageError(
            Text(f"没有代码 {code}{guess.zh}", f"there is no code {code}{guess.en}")
        )
    click.echo(explain(kind, lang), nl=False)
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
    if form == "xlsx" and (output is None or Path(output).suffix.lower() != ".xlsx"):
        raise errors.UsageError(
            Text("--format xlsx 需要 -o 文件.xlsx", "--format xlsx needs -o FILE.xlsx")
        )
    if annotate is not None:
        from pilotscore.workbook.copies.copies import refuse_ending

        if len(books) != 1 or Path(books[0]).is_dir():
            raise errors.UsageError(
                Text(
                    "--annotate 一次只能用于一个工作簿",
                    "--annotate takes one workbook at a time",
                )
            )
        refuse_ending(Path(books[0]), Path(annotate))
        if output is not None and Path(output).resolve() == Path(annotate).resolve():
            raise errors.UsageError(
                Text(
                    "-o 与 --annotate 不能是同一个文件",
                    "-o and --annotate cannot be the same file",
                )
            )
    refuse_to_overwrite(books, tuple(p for p in (output, annotate) if p is not None))


def _show(checked: Checked, form: str, output: str | None, lang: Lang, least: Any) -> None:
    from pilotscore.views import findings_view as view

    if form == "text" and output is None:
        from pilotscore.cli.screen import results

        view.print_checked(checked, results(), lang, least)
        return
    if form == "xlsx":
        _write(
            Path(output or ""), lambda p: view.write_findings_xlsx(checked, p, lang, least), lang
        )
        return
    make = {"text": view.to_text, "json": view.to_json, "github": view.to_github}[form]
    text = make(checked, lang, least)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(Path(output), lambda p: _write_text(p, text), lang)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write(path: Path, write: Any, lang: Lang) -> None:
    from pilotscore.render.files import write_atomically

    write_atomically(path, write)
    click.echo(Text(f"已写入 {path}", f"wrote {path}").to(lang), err=True)


def _annotate(checked: Checked, book: Path, out: Path, lang: Lang, limits: Limits) -> None:
    from pilotscore.workbook.copies.annotate import annotate

    if not any(b.readable for b in checked.books):
        text = Text(
            f"{book} 无法读取，没有写批注副本", f"{book} could not be read: no annotated copy"
        )
        click.echo(f"pilotscore: {text.to(lang)}", err=True)
        return
    lost: list[Text] = []
    _write(out, lambda p: lost.extend(annotate(book, checked.findings, p, lang, limits)), lang)
    if lost:
        listed = Text("、".join(t.zh for t in lost), "; ".join(t.en for t in lost))
        text = Text(
            f"注意：副本中没有保留：{listed.zh}。原文件没有改动",
            f"Note: the copy does not keep: {listed.en}. The workbook itself was not changed",
        )
        click.echo(text.to(lang), err=True)


def _exit_code(checked: Checked) -> int:
    """Return the exit code: as of ``rank``, where nothing at all was read it is 3."""
    if not any(book.results for book in checked.books):
        return errors.UNREADABLE
    if any(not (book.results or book.details) for book in checked.books):
        return errors.PARTLY_DONE
    return errors.FINDINGS_BLOCK if checked.counts["error"] else errors.FINE
