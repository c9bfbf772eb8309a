"""The questions of ``pilotscore map --interactive``: one key for each header that is not known."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import click

from pilotscore import errors
from pilotscore.cli.dialogue import typed_line
from pilotscore.document import Block
from pilotscore.language import Lang, Text, Words, printable
from pilotscore.render.terminal import print_page
from pilotscore.views.header_question import header_page, is_called, list_page, titles_of
from pilotscore.workbook.results.mapping_draft import Header, MappingDraft

if TYPE_CHECKING:
    from rich.console import Console

# What a key asks for, besides what a header means.
Move = Literal["skip", "undo", "quit", "list", "help"]
_MOVES: dict[str, Move] = {
    "s": "skip",
    " ": "skip",
    "u": "undo",
    "b": "undo",
    "\x7f": "undo",
    "q": "quit",
    "": "quit",
    "\x1b": "quit",
    "l": "list",
    "?": "help",
    "h": "help",
}
_MEANINGS = {"n": "ignore", "i": "id", "t": "title", "e": "evidence"}
_ACCEPT = ("y", "\r", "\n")
KEYS = Text(
    "回车或 y 采纳建议 · 1-5 选择 · l 从列表中选 · n 不用 · s 跳过 · u 撤销 · q 结束并保留 · "
    "? 说明",
    "Enter or y accept · 1-5 choose · l choose from the list · n not used · s skip · u undo · "
    "q end and keep · ? help",
)
_MORE = Text(
    "i 成果编号 · t 成果名称 · e 左侧指标的证据等级；跳过的表头不写含义，下次再问",
    "i id · t title · e evidence of the indicator to the left; a header that is skipped is asked "
    "about again next time",
)
_FIRST = Text("这是第一个表头", "this is the first header")
_NO_SUGGESTION = Text(
    "没有建议可采纳；按数字、l 或 s", "nothing is suggested; press a number, l or s"
)
_NO_KEY = Text("没有这个键；? 看说明", "no such key; ? explains")
_TAKEN = Text("→ {title}", "→ {title}")
_SKIPPED, _UNDONE = Text("→ 跳过", "→ skipped"), Text("→ 已撤销", "→ undone")
_PICK = Text("编号或名称的一部分（空行返回）> ", "number, or part of a name (blank: back) > ")
_NONE_CALLED = Text("没有名称含“{words}”的", "nothing is called “{words}”")
_NO_NUMBER = Text("列表中没有 {words}", "there is no {words} in the list")
_NO_TERMINAL = Text(
    "--interactive 只能在终端里用。请先用 pilotscore map {book} -o FILE.yaml 写出映射文件，"
    "把 suggested 中对的行移到 headers 下，再用 --map FILE.yaml 采用",
    "--interactive works on a terminal only. Have the mapping written with pilotscore map {book} "
    "-o FILE.yaml, move the lines that are right from suggested to headers, and use it with --map "
    "FILE.yaml",
)


def refuse_without_terminal(book: str) -> None:
    """Refuse to ask where nobody can press a key.

    Raises
    ------
    UsageError
        Neither stdin nor stderr may be anything but a terminal.
    """
    if not is_terminal():
        raise errors.UsageError(_NO_TERMINAL.of(book=book))


def is_terminal() -> bool:
    """Say whether someone can read questions and press keys."""
    return sys.stdin.isatty() and sys.stderr.isatty()


class MappingDialogue:
    """Asks about one header after the other; each answer is a draft that the next stands on."""

    def __init__(self, draft: MappingDraft, console: Console, lang: Lang) -> None:
        self.console, self.lang = console, lang
        self.open_headers = [h.text for h in draft.headers if _is_open(h)]
        self.drafts = [draft]

    def run(self) -> MappingDraft:
        """Ask until all is said, or a person ends it; return what is decided by then."""
        if self.open_headers:
            self._say(KEYS)
        try:
            while (at := len(self.drafts) - 1) < len(self.open_headers):
                header = self._header(at)
                self._show(
                    header_page(
                        header, self._draft.criteria, number=at + 1, count=len(self.open_headers)
                    )
                )
                if self._answered(header, at) == "quit":
                    break
        except (KeyboardInterrupt, EOFError, click.Abort):  # what was decided is kept
            click.echo(err=True)
        return self._draft

    @property
    def _draft(self) -> MappingDraft:
        return self.drafts[-1]

    def _header(self, at: int) -> Header:
        return next(h for h in self._draft.headers if h.text == self.open_headers[at])

    def _answered(self, header: Header, at: int) -> Move | None:
        """Take keys until one of them answers or leaves the question; say what was done."""
        while True:
            answer = self._key(header)
            if answer is None or (answer == "undo" and at == 0):
                self._say(_FIRST if answer else _NO_KEY)
            elif answer == "undo":
                self.drafts.pop()
                self._say(_UNDONE)
                return "undo"
            elif answer == "quit":
                return "quit"
            elif answer == "help":
                self._say(KEYS)
                self._say(_MORE)
            elif answer == "skip":
                self._keep(self._draft, _SKIPPED)
                return "skip"
            elif meaning := self._picked() if answer == "list" else answer:
                title = titles_of(self._draft.criteria)[meaning]
                self._keep(self._draft.with_meaning(header.text, meaning), _TAKEN.of(title=title))
                return None

    def _keep(self, draft: MappingDraft, said: Words) -> None:
        self.drafts.append(draft)
        self._say(said)

    def _key(self, header: Header) -> str | None:
        """Return what the next key means: a move, or what the header means; None for no such."""
        key = unicodedata.normalize("NFKC", click.getchar()).casefold()
        if key in _ACCEPT:
            if header.suggested:
                return header.likely[0].name
            self._say(_NO_SUGGESTION)
            return self._key(header)
        if key.isdecimal():
            place = int(key) - 1
            return header.likely[place].name if 0 <= place < len(header.likely) else None
        return _MOVES.get(key) or _MEANINGS.get(key)

    def _picked(self) -> str | None:
        """Have one chosen from a numbered list, which words make shorter; None for none."""
        criteria = self._draft.criteria
        every = [q.id for q in criteria.quantities if q.id not in self._draft.used]
        names = every = [*_MEANINGS.values(), *every]
        self._show(list_page(names, criteria))
        while True:
            words = (typed_line(_PICK.to(self.lang)) or "").strip()
            number = unicodedata.normalize("NFKC", words)
            if not words:
                return None
            if number.isdecimal():
                if 1 <= int(number) <= len(names):
                    return names[int(number) - 1]
                self._say(_NO_NUMBER.of(words=printable(number, 20)))
                continue
            called = [name for name in every if is_called(name, words, criteria)]
            if not called:
                self._say(_NONE_CALLED.of(words=printable(words, 40)))
                continue
            names = called
            self._show(list_page(names, criteria))

    def _say(self, words: Words) -> None:
        click.echo(f"  {words.to(self.lang)}", err=True)

    def _show(self, page: Iterable[Block]) -> None:
        print_page(page, self.console, self.lang)


def _is_open(header: Header) -> bool:
    return header.meaning is None and not (header.kept or header.repeats)
