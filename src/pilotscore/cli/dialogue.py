"""The questions of ``pilotscore assess``, one after the other on a terminal or from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import click

from pilotscore.criteria import CriteriaSet
from pilotscore.document import Block
from pilotscore.findings import Finding, Place
from pilotscore.language import Lang, Text, Words, counted, join, printable, same
from pilotscore.render.terminal import print_page
from pilotscore.runs.questions import GRADE_COMMANDS, Question, grade_choices
from pilotscore.views.questions import choices_page, question_page
from pilotscore.workbook import State
from pilotscore.workbook.copies.answers import Answer, complaint, read_answer
from pilotscore.workbook.values.cells import read_evidence

if TYPE_CHECKING:
    from rich.console import Console

# How a question was left: answered or passed over, back to the one before, stopped, end of input.
Move = Literal["on", "back", "quit", "end"]
_COMMANDS: dict[str, Move] = {"b": "back", "q": "quit"}
_YES = ("", "y", "yes", "是", "好")
_NO = ("n", "no", "否", "不")
_ASIDE = ("-", "－")
_HELP = ("?", "？")
_CONFIRM = Text("写入 {answers}？[Y/n] ", "Write {answers}? [Y/n] ")
_ANSWERS = Text("项回答", "answer")
_FIRST = Text("这是第一项", "this is the first one")
_GRADES = Text("证据等级：{ids}（? 看说明）", "Grade of evidence: {ids} (? explains)")
_NO_GRADE = Text(
    "“{word}”不是证据等级；应为：{known}", "“{word}” is no grade of evidence; expected: {known}"
)


def typed_line(prompt: str) -> str | None:
    """Return the next line that is typed, or piped; None where there is no more.

    Prompts go to stderr, except on a terminal: only what itself writes the prompt can edit the
    line.
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


class Dialogue:
    """Asks one question after the other; ``answers`` has what was answered, by indicator."""

    def __init__(
        self,
        questions: tuple[Question, ...],
        criteria: CriteriaSet,
        console: Console,
        lang: Lang,
    ) -> None:
        self.questions, self.criteria = questions, criteria
        self.console, self.lang = console, lang
        self.answers: dict[str, Answer] = {}
        self.graded = False

    def run(self) -> bool:
        """Ask; return whether the answers are to be written."""
        at = 0
        try:
            while at < len(self.questions):
                move = self._ask(at)
                if move == "end":
                    return True
                if move == "quit":
                    return self._confirmed()
                if move == "back" and at == 0:
                    self._say(_FIRST)
                at = max(0, at - 1) if move == "back" else at + 1
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            return self._confirmed()
        return True

    def _say(self, words: Words) -> None:
        click.echo(f"  {words.to(self.lang)}", err=True)

    def _show(self, page: Iterable[Block]) -> None:
        print_page(page, self.console, self.lang)

    def _confirmed(self) -> bool:
        if not self.answers:
            return False
        prompt = _CONFIRM.fill(self.lang, answers=counted(len(self.answers), _ANSWERS))
        while True:
            line = typed_line(prompt)
            word = "" if line is None else line.strip().casefold()
            if word in _YES or word in _NO:
                return word in _YES

    def _ask(self, at: int) -> Move:
        """Ask one question until it is answered or left."""
        q, number, count = self.questions[at], at + 1, len(self.questions)
        self._show(question_page(q, number=number, count=count))
        while True:
            line = typed_line(self._prompt(q))
            if line is None:
                return "end"
            word = line.strip()
            if word in _HELP:
                self._show(question_page(q, number=number, count=count, full=True))
            elif (move := _command(word) or self._entered(q, word)) is not None:
                return move

    def _entered(self, q: Question, word: str) -> Move | None:
        """Take what was entered for an answer; None where the question is to be asked again."""
        if word in _ASIDE:
            self.answers.pop(q.name, None)
            return "on"
        if word == "" and (q.name in self.answers or not q.has_value):
            return "on"
        answer = self._read(q, word) if word else Answer(q.name)  # without a word its value stays
        move = None if answer is None else self._graded(q, answer)
        return None if move == "back" else move

    def _prompt(self, q: Question) -> str:
        given = self.answers.get(q.name)
        default = given.typed if given else ""
        if not default and q.has_value and q.present is not None:
            default = q.present.to(self.lang)
        return f"[{printable(default, 60)}] > " if default else "> "

    def _read(self, q: Question, word: str) -> Answer | None:
        """Read an entry; tell what is wrong with one that cannot be taken."""
        read = read_answer(word, q.indicator)
        wrong = complaint(read)
        if wrong is not None:
            self._say(same(f"{wrong.code} {wrong.sentence(self.lang)}"))
            return None
        if read.state is State.NOT_APPLICABLE and q.refusal is not None:
            self._say(q.refusal)
            return None
        for kind, values in read.remarks:
            if values.get("value") != word:  # “7” was read as 7
                self._say(same(Finding(kind, Place(""), values).found(self.lang)))
        return Answer(q.name, word, read)

    def _graded(self, q: Question, answer: Answer) -> Move:
        """Ask for the grade of evidence of a value, and keep the answer."""
        rules = self.criteria.evidence
        has_value = answer.reading is None or answer.reading.state is State.VALUE
        if rules is None or not has_value:
            self._keep(answer)
            return "on"
        default = rules.default if q.grade is None else rules.grades[q.grade].id
        grades = grade_choices(self.criteria, required=q.indicator.required)
        ids = join((g.key for g in grades), same(" / "))

        def show() -> None:
            self._say(GRADE_COMMANDS)
            self._show(choices_page(grades))

        if self.graded:  # after the first time one line is enough
            self._say(_GRADES.of(ids=ids))
        else:
            show()
        self.graded = True
        while True:
            line = typed_line(f"[{default}] > ")
            word = _ASIDE[0] if line is None else line.strip()
            if word in _HELP:
                show()
                continue
            move = _command(word)
            if move == "back":
                return move
            if move or word == "" or word in _ASIDE:
                self._keep(answer)
                return "end" if line is None else move or "on"
            place, remark = read_evidence(word, rules)
            if remark is None:
                self._keep(replace(answer, grade=place))
                return "on"
            self._say(_NO_GRADE.of(word=printable(word), known=ids))

    def _keep(self, answer: Answer) -> None:
        if answer.reading is not None or answer.grade is not None:  # else it was let stand
            self.answers[answer.name] = answer


def _command(word: str) -> Move | None:
    return _COMMANDS.get(word.casefold())
