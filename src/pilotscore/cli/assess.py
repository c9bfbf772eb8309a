"""``pilotscore assess``: asks for what is missing of one result, and writes it into a copy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.cli.shared import refuse_to_overwrite, rules_options
from pilotscore.language import Lang, Text, printable

if TYPE_CHECKING:
    from rich.console import Console

    from pilotscore.criteria import CriteriaSet
    from pilotscore.runs.outcome import Outcome
    from pilotscore.runs.questions import Question
    from pilotscore.workbook import Limits
    from pilotscore.workbook.copies.answers import Answer, Written
    from pilotscore.workbook.open.sheets import Sheet

# How a question was left: answered or passed over, back to the one before, stopped, end of input.
Move = Literal["on", "back", "quit", "end"]
_YES = ("", "y", "yes", "是", "好")
_NO = ("n", "no", "否", "不")


@click.command(
    cls=Command,
    text=Text(
        "逐项询问一项成果缺少的内容，把回答写入工作簿的副本，并显示指数与等级的变化。",
        "Ask for what is missing of one result, one indicator at a time, write the answers into a copy "
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
    zh="副本的文件名（默认在当前文件夹中，原名加 -assessed，不覆盖已有文件）。",
    en="The copy (default: in the current folder, the name with -assessed; never overwrites a file).",
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
@lang_option()
def assess(
    book: str, result: str | None, output: str | None, every: bool, reading: Reading, **rules: Any
) -> int:
    """Run the command."""
    from pilotscore.cli.screen import messages
    from pilotscore.runs import assess as assess_run
    from pilotscore.runs.questions import questions
    from pilotscore.workbook.open.sheets import open_book

    lang, source = lang_of(), Path(book)
    out = _output(source, output)

    def assessed(path: Path) -> Outcome:
        return assess_run.rank(path, **rules, **reading.arguments())

    before = assessed(source)
    content = _content(source, out, reading.options.limits)
    sheets = open_book(source, reading.options.limits).sheets  # as they were when it was read
    i = assess_run.find_result(before, result)
    asked = questions(before, i, every=every)
    dialogue = _Dialogue(asked, before.criteria, messages(), lang)
    _begin(before, i, asked, lang)
    if hasattr(sys.stdin, "reconfigure"):  # what cannot be decoded is told as any other bad entry
        sys.stdin.reconfigure(errors="replace")
    wanted = dialogue.run()
    answers = tuple(dialogue.answers.values())
    if not answers or not wanted:
        text = Text("没有写入任何内容", "nothing was written")
        click.echo(text.to(lang), err=True)
        _print_outcome(before, before, i, lang)
        return _exit_code(before, i)
    after, written = _write(
        source, content, sheets, out, answers, before, i, reading, assessed, lang
    )
    click.echo(Text(f"已写入 {out}", f"wrote {out}").to(lang), err=True)
    faithful = _tell(written, before.criteria, lang)
    _print_outcome(before, after, i, lang)
    return _exit_code(after, i) if faithful else errors.FINDINGS_BLOCK


def _output(source: Path, output: str | None) -> Path:
    """Return where the copy goes; refuse what cannot be before anything is asked."""
    if source.is_dir():
        raise errors.UsageError(
            Text("一次只能填写一个工作簿", "assess takes one workbook at a time")
        )
    if output is None:
        out = Path(f"{source.stem}-assessed{source.suffix}")
        number = 1
        while out.exists():
            number += 1
            out = Path(f"{source.stem}-assessed-{number}{source.suffix}")
    else:
        out = Path(output)
    refuse_to_overwrite((str(source),), (str(out),))
    if not out.parent.is_dir() or out.is_dir():
        raise errors.OutputError(
            Text(f"无法写入 {out}：没有这个文件夹，或它是文件夹", f"cannot write {out}: no such folder, or it is one")
        )  # fmt: skip
    return out


def _content(source: Path, out: Path, limits: Limits) -> bytes:
    from pilotscore.workbook.copies.answers import refuse_source

    content = source.read_bytes()
    refuse_source(source, out, content, limits)
    return content


def _begin(before: Outcome, i: int, asked: tuple[Question, ...], lang: Lang) -> None:
    from pilotscore.runs.questions import COMMANDS
    from pilotscore.wording import figures

    a = before.assessment
    name = printable(f"{a.measurements.ids[i]}  {a.measurements.titles[i]}".strip())
    count = len(asked)
    now = f"{a.index[i]:.1f}", figures.grade_title(a, i)
    said = Text(
        f"指数 {now[0]}，{now[1].zh}；{count} 项待填",
        f"index {now[0]}, {now[1].en}; {count} indicator{'' if count == 1 else 's'} to ask about",
    )
    click.echo(f"{name}\n{said.to(lang)}", err=True)
    if count:
        click.echo(COMMANDS.to(lang), err=True)
    else:
        text = Text(
            "没有缺少的指标；--all 可逐项修改",
            "no indicator is missing; --all asks about every one",
        )
        click.echo(text.to(lang), err=True)


def _line(prompt: str) -> str | None:
    """Return the next line that is typed, or piped; None where there is no more.

    Prompts go to stderr, except on a terminal: only what itself writes the prompt can edit the line.
    """
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(ImportError):  # not on Windows, whose own console edits lines
            import readline  # noqa: F401 - with it the arrow keys work, and wide characters
        try:
            return input(prompt)
        except EOFError:
            return None
    click.echo(prompt, nl=False, err=True)
    line = sys.stdin.readline()
    typed = line.rstrip("\r\n").lstrip("\ufeff")
    if not sys.stdin.isatty():
        click.echo(printable(typed), err=True)  # so that what was piped can be followed
    return typed if line else None


class _Dialogue:
    """Asks one question after the other; ``answers`` has what was answered, by indicator."""

    def __init__(
        self, asked: tuple[Question, ...], criteria: CriteriaSet, console: Console, lang: Lang
    ) -> None:
        self.asked, self.criteria = asked, criteria
        self.console, self.lang = console, lang
        self.answers: dict[str, Answer] = {}
        self.graded = False

    def say(self, text: Text | str) -> None:
        shown = text if isinstance(text, str) else text.to(self.lang)
        click.echo(f"  {shown}", err=True)

    def run(self) -> bool:
        """Ask; return whether the answers are to be written."""
        at = 0
        try:
            while at < len(self.asked):
                move = self._question(at)
                if move == "end":
                    return True
                if move == "quit":
                    return self._confirmed()
                if move == "back" and at == 0:
                    self.say(Text("这是第一项", "this is the first one"))
                at = max(0, at - 1) if move == "back" else at + 1
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            return self._confirmed()
        return True

    def _confirmed(self) -> bool:
        if not self.answers:
            return False
        count = len(self.answers)
        prompt = Text(
            f"写入 {count} 项回答？[Y/n] ",
            f"Write {count} answer{'' if count == 1 else 's'}? [Y/n] ",
        ).to(self.lang)
        while True:
            line = _line(prompt)
            word = "" if line is None else line.strip().casefold()
            if word in _YES:
                return True
            if word in _NO:
                return False

    def _question(self, at: int) -> Move:
        from pilotscore.runs.questions import print_question
        from pilotscore.workbook.copies.answers import Answer

        q = self.asked[at]

        def show(*, full: bool = False) -> None:
            print_question(q, self.console, self.lang, number=at + 1, of=len(self.asked), full=full)

        show()
        while True:
            line = _line(self._prompt(q))
            if line is None:
                return "end"
            word = line.strip()
            if word in ("?", "？"):
                show(full=True)
            elif move := _command(word):
                return move
            elif word in ("-", "－"):
                self.answers.pop(q.name, None)
                return "on"
            elif word == "":
                if q.name in self.answers or not q.has_value:
                    return "on"
                move = self._grade(q, Answer(q.name))  # the value stays
                if move != "back":
                    return move
            elif (answer := self._read(q, word)) is not None:
                move = self._grade(q, answer)
                if move != "back":
                    return move

    def _prompt(self, q: Question) -> str:
        given = self.answers.get(q.name)
        default = given.typed if given else ""
        if not default and q.has_value and q.present is not None:
            default = q.present.to(self.lang)
        return f"[{printable(default, 60)}] > " if default else "> "

    def _read(self, q: Question, word: str) -> Answer | None:
        """Read an entry; tell what is wrong with one that cannot be taken."""
        from pilotscore.findings import Finding, Place
        from pilotscore.workbook import State
        from pilotscore.workbook.copies.answers import Answer, complaint, read_answer

        reading = read_answer(word, q.indicator)
        wrong = complaint(reading)
        if wrong is not None:
            self.say(f"{wrong.code} {wrong.sentence(self.lang)}")
            return None
        if reading.state is State.NOT_APPLICABLE and q.refusal is not None:
            self.say(q.refusal)
            return None
        for kind, values in reading.remarks:
            if values.get("value") != word:  # “7” was read as 7
                self.say(Finding(kind, Place(""), values).found(self.lang))
        return Answer(q.name, word, reading)

    def _grade(self, q: Question, answer: Answer) -> Move:
        """Ask for the grade of evidence of a value, and keep the answer."""
        from dataclasses import replace

        from pilotscore.runs.questions import GRADE_COMMANDS, grade_choices, print_choices
        from pilotscore.workbook.values.cells import State, read_evidence

        rules = self.criteria.evidence
        has_value = answer.reading is None or answer.reading.state is State.VALUE
        if rules is None or not has_value:
            self._keep(answer)
            return "on"
        default = rules.default if q.grade is None else rules.grades[q.grade].id

        grades = grade_choices(self.criteria, required=q.indicator.required)

        def show() -> None:
            self.say(GRADE_COMMANDS)
            print_choices(grades, self.console, self.lang)

        if self.graded:  # after the first time one line is enough
            ids = " / ".join(g.key for g in grades)
            self.say(Text(f"证据等级：{ids}（? 看说明）", f"Grade of evidence: {ids} (? explains)"))
        else:
            show()
        self.graded = True
        while True:
            line = _line(f"[{default}] > ")
            word = "-" if line is None else line.strip()
            if word in ("?", "？"):
                show()
                continue
            move = _command(word)
            if move == "back":
                return "back"
            if move or word in ("", "-", "－"):
                self._keep(answer)
                return "end" if line is None else move or "on"
            place, told = read_evidence(word, rules)
            if told is not None:
                known = " / ".join(g.key for g in grades)
                self.say(
                    Text(
                        f"“{printable(word)}”不是证据等级；应为：{known}",
                        f"“{printable(word)}” is no grade of evidence; expected: {known}",
                    )
                )
                continue
            self._keep(replace(answer, grade=place))
            return "on"

    def _keep(self, answer: Answer) -> None:
        if answer.reading is None and answer.grade is None:
            return  # what is there was let stand
        self.answers[answer.name] = answer


def _command(word: str) -> Move | None:
    plain = word.casefold()
    if plain == "b":
        return "back"
    return "quit" if plain == "q" else None


def _write(
    source: Path,
    content: bytes,
    sheets: Sequence[Sheet],
    out: Path,
    answers: tuple[Answer, ...],
    before: Outcome,
    i: int,
    reading: Reading,
    assessed: Callable[[Path], Outcome],
    lang: Lang,
) -> tuple[Outcome, Written]:
    """Write the copy; return what it reads as."""
    from pilotscore.render.files import write_atomically
    from pilotscore.workbook.copies.answers import find_places, write_answers
    from pilotscore.workbook.results.submission import Submission
    from pilotscore.workbook.tables.headers import HeaderNames
    from pilotscore.workbook.tables.mapping import load_mapping

    criteria = before.criteria
    targets = load_mapping(Path(reading.mapping), criteria).targets if reading.mapping else None
    names = HeaderNames.of(criteria, targets, accept=reading.options.accept_suggestions)
    places = find_places(before.submission, i, answers, sheets, names, lang)
    done: list[tuple[Outcome, Written]] = []

    def write(path: Path) -> None:
        last: list[Outcome] = []

        def reread(copy: Path) -> Submission:
            last[:] = [assessed(copy)]
            return last[0].submission

        written = write_answers(
            source, content, path, answers, places, before.submission, i, criteria, lang, reread
        )
        done.append((last[0], written))

    write_atomically(out, write)
    return done[0]


def _tell(written: Written, criteria: CriteriaSet, lang: Lang) -> bool:
    """Say what a person should know of the copy; return whether it reads as was answered."""
    titles = {x.id: x.title for x in criteria.indicators}

    def listed(names: tuple[str, ...] | list[str]) -> Text:
        found = [titles[n] for n in dict.fromkeys(names)]
        return Text("、".join(t.zh for t in found), ", ".join(t.en for t in found))

    said: list[Text] = []
    places = written.places
    if places.headers:
        new = "、".join(f"{text} ({spot})" for spot, text in places.headers.items())
        said.append(Text(f"新增：{new}", f"added: {new.replace('、', '; ')}"))
    if places.without:
        names = listed(places.without)
        said.append(Text(f"没有地方可写：{names.zh}", f"there is no place for: {names.en}"))
    otherwise = tuple(n for n in written.otherwise if n not in places.without)
    if otherwise:
        names = listed(otherwise)
        said.append(
            Text(
                f"副本中读出的与回答不同，请查看：{names.zh}",
                f"the copy reads otherwise than was answered, look at: {names.en}",
            )
        )
    if written.changed:
        cells = ", ".join(written.changed[:12])
        said.append(
            Text(
                f"副本中以下单元格读出的与原来不同：{cells}",
                f"these cells of the copy read otherwise than before: {cells}",
            )
        )
    said.extend(written.notes)
    if written.lost:
        lost = Text("、".join(t.zh for t in written.lost), "; ".join(t.en for t in written.lost))
        said.append(
            Text(
                f"注意：副本中没有保留：{lost.zh}。原文件没有改动",
                f"Note: the copy does not keep: {lost.en}. The workbook itself was not changed",
            )
        )
    for text in said:
        click.echo(printable(text.to(lang)), err=True)
    return not (places.without or written.otherwise or written.changed)


def _print_outcome(before: Outcome, after: Outcome, i: int, lang: Lang) -> None:
    """Print the index and the grade, before and after, and what decides the grade now."""
    from pilotscore.cli.screen import results
    from pilotscore.wording import figures, words

    console = results()
    a, b = before.assessment, after.assessment

    def grade(outcome: Outcome) -> str:
        name = figures.grade_id(outcome.assessment, i)
        title = figures.grade_title(outcome.assessment, i).to(lang)
        return title if name == "—" else f"{name} {title}"

    name = f"{a.measurements.ids[i]}  {a.measurements.titles[i]}".strip()
    console.print(printable(name), style="bold", soft_wrap=True)
    for label, was, now in (
        (words.INDEX, f"{a.index[i]:.1f}", f"{b.index[i]:.1f}"),
        (words.GRADE, grade(before), grade(after)),
    ):
        shown = now if before is after else f"{was} → {now}"
        console.print(f"{label.to(lang)}  {shown}", soft_wrap=True)
    reason = figures.reason(b, i)
    if reason is not None:
        console.print(f"{words.REASON.to(lang)}  {printable(reason.to(lang))}", soft_wrap=True)


def _exit_code(outcome: Outcome, i: int) -> int:
    """Return what ``score`` returns: 1 where the result has errors left."""
    name = outcome.assessment.measurements.ids[i]
    left = any(f.severity == "error" and f.result == name for f in outcome.findings)
    return errors.FINDINGS_BLOCK if left else errors.FINE
