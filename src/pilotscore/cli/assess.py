"""``pilotscore assess``: asks for what is missing of one result, and writes it into a copy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import claim, place_file, writing_options
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.cli.shared import files_of, refuse_swapped, rules_options
from pilotscore.language import LISTED, Lang, Text, Words, counted, join, printable
from pilotscore.system import is_folder

if TYPE_CHECKING:
    from pilotscore.criteria import CriteriaSet
    from pilotscore.runs.outcome import Outcome
    from pilotscore.workbook.copies.answers import Answer
    from pilotscore.workbook.copies.places import Subject
    from pilotscore.workbook.copies.writing import Written
    from pilotscore.workbook.open.sheets import Sheet

_BEGIN = Text("指数 {index}，{grade}；{count}待填", "index {index}, {grade}; {count} to ask about")
_WROTE = Text("已写入 {out}", "wrote {out}")
_ADDED = Text("新增：{new}", "added: {new}")
_NO_PLACE = Text("没有地方可写：{names}", "there is no place for: {names}")
_OTHERWISE = Text(
    "副本中读出的与回答不同，请查看：{names}",
    "the copy reads otherwise than was answered, look at: {names}",
)
_CHANGED = Text(
    "副本中以下单元格读出的与原来不同：{cells}",
    "these cells of the copy read otherwise than before: {cells}",
)
_LOST = Text(
    "注意：副本中没有保留：{lost}。原文件没有改动",
    "Note: the copy does not keep: {lost}. The workbook itself was not changed",
)
_THINGS = Text("、", "; ")


@click.command(
    cls=Command,
    text=Text(
        "逐项询问一项成果缺少的内容，把回答写入工作簿的副本，并显示指数与等级的变化。",
        "Ask for what is missing of one result, one indicator at a time, write the answers into a"
        " copy "
        "of the workbook, and show the index and grade before and after.",
    ),
    example="pilotscore assess results.xlsx P-003 -o results-assessed.xlsx",
)
@click.argument("book", metavar="BOOK")
@click.argument("result", required=False, metavar="[ID]")
@option(
    "-o",
    "--output",
    metavar="COPY.xlsx",
    zh="副本的文件名（默认在当前文件夹中，原名加 -assessed，已有则加序号）。",
    en="The copy (default: in the current folder, the name with -assessed, and a number "
    "where that is there).",
)
@option(
    "--all",
    "every",
    is_flag=True,
    zh="询问全部指标，现值作为默认回答。",
    en="Ask about every indicator, with its present value as the default.",
)
@rules_options
@reading_options
@writing_options
@lang_option()
def assess(
    book: str, result: str | None, output: str | None, every: bool, reading: Reading, **rules: Any
) -> int:
    """Run the command."""
    refuse_swapped(book, result)
    from pilotscore.cli.dialogue import Dialogue
    from pilotscore.cli.screen import messages
    from pilotscore.runs import assess as assess_run
    from pilotscore.runs.questions import questions
    from pilotscore.workbook.copies.writing import refuse_source
    from pilotscore.workbook.open.sheets import open_book

    lang, source = lang_of(), Path(book)
    out = _output(source, output, files_of(rules["criteria"], rules["policy"], reading.mapping))

    def assessed(path: Path) -> Outcome:
        return assess_run.rank(path, **rules, **reading.arguments())

    before = assessed(source)
    content = source.read_bytes()
    lost = refuse_source(source, out, content, reading.options.limits)
    if lost:  # said before anything is asked
        click.echo(_LOST.of(lost=join(lost, _THINGS)).to(lang), err=True)
    sheets = open_book(source, reading.options.limits).sheets  # as they were when it was read
    i = assess_run.find_result(before, result)
    missing = questions(before, i, every=every)
    dialogue = Dialogue(missing, before.criteria, messages(), lang)
    _begin(before, i, len(missing), lang)
    if hasattr(sys.stdin, "reconfigure"):  # what cannot be decoded is told as any other bad entry
        sys.stdin.reconfigure(errors="replace")
    wanted = dialogue.run()
    answers = tuple(dialogue.answers.values())
    if not answers or not wanted:
        click.echo(Text("没有写入任何内容", "nothing was written").to(lang), err=True)
        _print_outcome(before, before, i, lang)
        return _exit_code(before, i)
    subject = _subject(source, content, before, i, reading)
    after, written = _write(subject, answers, sheets, out, assessed)
    click.echo(_WROTE.fill(lang, out=str(out)), err=True)
    faithful = _tell(written, before.criteria, lang)
    _print_outcome(before, after, i, lang)
    return _exit_code(after, i) if faithful else errors.FINDINGS_BLOCK


def _output(source: Path, output: str | None, files: tuple[str, ...]) -> Path:
    """Return where the copy goes; refuse what cannot be before anything is asked."""
    if is_folder(source):
        raise errors.UsageError(
            Text("一次只能填写一个工作簿", "assess takes one workbook at a time")
        )
    if output is None:
        from pilotscore.render.files import numbered

        (free,) = numbered([Path(f"{source.stem}-assessed{source.suffix}")])
        output = str(free)
    return Path(*claim([output], (str(source), *files)))


def _begin(before: Outcome, i: int, count: int, lang: Lang) -> None:
    from pilotscore.runs.questions import COMMANDS
    from pilotscore.wording import figures

    a = before.assessment
    click.echo(printable(f"{a.measurements.ids[i]}  {a.measurements.titles[i]}".strip()), err=True)
    begin = _BEGIN.of(
        index=figures.index(a, i),
        grade=figures.grade_title(a, i),
        count=counted(count, Text("项", "indicator")),
    )
    click.echo(begin.to(lang), err=True)
    none = Text(
        "没有缺少的指标；--all 可逐项修改", "no indicator is missing; --all asks about every one"
    )
    click.echo((COMMANDS if count else none).to(lang), err=True)


def _subject(source: Path, content: bytes, before: Outcome, i: int, reading: Reading) -> Subject:
    """Return the workbook and result that were answered about."""
    from pilotscore.workbook.copies.places import Subject
    from pilotscore.workbook.tables.mapping import load_mapping

    criteria, options = before.criteria, reading.options
    mapping = load_mapping(Path(reading.mapping), criteria) if reading.mapping else None
    names = replace(options, mapping=mapping).names(criteria)
    limits = reading.options.limits
    return Subject(source, content, before.submission, i, names, lang_of(), limits)


def _write(
    subject: Subject,
    answers: tuple[Answer, ...],
    sheets: tuple[Sheet, ...],
    out: Path,
    assessed: Callable[[Path], Outcome],
) -> tuple[Outcome, Written]:
    """Write the copy; return what it reads as."""
    from pilotscore.workbook.copies.places import find_places
    from pilotscore.workbook.copies.writing import write_answers
    from pilotscore.workbook.results.submission import Submission

    places = find_places(subject, answers, sheets)
    outcomes: list[Outcome] = []
    copies: list[Written] = []

    def reread(copy: Path) -> Submission:
        outcomes.append(assessed(copy))
        return outcomes[-1].submission

    place_file(
        out, lambda path: copies.append(write_answers(subject, answers, places, path, reread))
    )
    return outcomes[-1], copies[-1]


def _tell(written: Written, criteria: CriteriaSet, lang: Lang) -> bool:
    """Say what a person should know of the copy; return whether it reads as was answered."""
    from pilotscore.workbook.copies.writing import cell_of

    titles = {x.id: x.title for x in criteria.indicators}

    def listed(names: Iterable[str]) -> Words:
        return join((titles[n] for n in dict.fromkeys(names)), LISTED)

    remarks: list[Words] = []
    places = written.places
    if places.headers:
        new = join((f"{t} ({cell_of(place)})" for place, t in places.headers.items()), _THINGS)
        remarks.append(_ADDED.of(new=new))
    if places.without:
        remarks.append(_NO_PLACE.of(names=listed(places.without)))
    otherwise = [n for n in written.otherwise if n not in places.without]
    if otherwise:
        remarks.append(_OTHERWISE.of(names=listed(otherwise)))
    if written.changed:
        remarks.append(_CHANGED.of(cells=", ".join(written.changed[:12])))
    remarks.extend(written.notes)
    for words in remarks:
        click.echo(printable(words.to(lang)), err=True)
    return not (places.without or written.otherwise or written.changed)


def _print_outcome(before: Outcome, after: Outcome, i: int, lang: Lang) -> None:
    """Print the index and the grade, before and after, and what decides the grade now."""
    from pilotscore.cli.screen import results
    from pilotscore.wording import figures, words

    console = results()
    a, b = before.assessment, after.assessment

    name = f"{a.measurements.ids[i]}  {a.measurements.titles[i]}".strip()
    console.print(printable(name), style="bold", soft_wrap=True)
    for label, was, now in (
        (words.INDEX, figures.index(a, i), figures.index(b, i)),
        (words.GRADE, figures.grade(a, i).to(lang), figures.grade(b, i).to(lang)),
    ):
        shown = now if was == now else f"{was} → {now}"
        console.print(f"{label.to(lang)}  {shown}", soft_wrap=True)
    reason = figures.reason(b, i)
    if reason is not None:
        console.print(f"{words.REASON.to(lang)}  {printable(reason.to(lang))}", soft_wrap=True)


def _exit_code(outcome: Outcome, i: int) -> int:
    """Return what ``score`` returns: 1 where the result has errors left."""
    name = outcome.assessment.measurements.ids[i]
    left = any(f.severity == "error" and f.result == name for f in outcome.findings)
    return errors.FINDINGS_BLOCK if left else errors.FINE
