"""``pilotscore score --watch``: scores again whenever the workbook is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import lang_of, show_error
from pilotscore.language import Lang, Text
from pilotscore.system import is_folder

if TYPE_CHECKING:
    from rich.console import Console

    from pilotscore.runs.outcome import Outcome

EVERY = 0.5
Stamp = tuple[int, int, int]
Sleep = Callable[[float], None]


def stamp(path: Path) -> Stamp | None:
    """Return what changes when a file is saved; None while it is not there.

    Excel and WPS write another file and rename it, so the file's number counts besides its time
    and size.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def can_be_read(path: Path) -> bool:
    """Say whether a file can be opened: while Excel saves it, it may be locked for a moment."""
    try:
        with path.open("rb") as stream:
            return bool(stream.read(1))
    except OSError:
        return False


class Watcher:
    """Says when a file was saved.

    Parameters
    ----------
    path
        The file; what it is like now counts as seen.
    sleep
        What waits; tests give another.
    every
        How many seconds pass between two looks.
    """

    def __init__(self, path: Path, sleep: Sleep = time.sleep, every: float = EVERY) -> None:
        self.path, self.sleep, self.every = path, sleep, every
        self.seen = stamp(path)

    def saves(self) -> Iterator[None]:
        """Yield each time the file was saved, is the same for two looks, and can be read."""
        before = self.seen
        while True:
            self.sleep(self.every)
            now = stamp(self.path)
            settled, before = now == before, now
            if now is None or now == self.seen or not settled or not can_be_read(self.path):
                continue
            self.seen = now  # before it is read: a save meanwhile is seen at the next look
            yield


def keep_scoring(
    book: Path,
    assessed: Callable[[], Outcome],
    find: Callable[[Outcome], int],
    show: Callable[[Outcome, int], object],
    *,
    sleep: Sleep = time.sleep,
    clock: Callable[[], time.struct_time] = time.localtime,
    every: float = EVERY,
) -> int:
    """Show a result, and again after each save of its workbook, until Ctrl-C.

    Parameters
    ----------
    book
        The workbook.
    assessed
        What reads and assesses it.
    find
        What finds the result.
    show
        What prints it.
    sleep, clock, every
        How it waits, what time it is, and how many seconds pass between two looks at the file.

    Raises
    ------
    PilotscoreError
        The first time it is read: there is no such workbook, result, or criteria set. Later, and
        where the workbook is there but cannot be read yet, that is told and watching goes on.
    """
    if is_folder(book):
        raise errors.UsageError(
            Text("--watch 一次只能用于一个工作簿", "--watch takes one workbook, not a folder")
        )
    lang = lang_of()
    watcher = Watcher(book, sleep, every)
    try:
        try:
            last = _shown(None, assessed, find, show, lang)
        except errors.UnreadableInputError as error:
            if watcher.seen is None:
                raise
            show_error(error, lang)
            last = None
        _say_time(clock, Text("开始监视，Ctrl-C 结束", "watching, Ctrl-C ends it"), lang)
        for _ in watcher.saves():
            try:
                last = _shown(last, assessed, find, show, lang)
            except errors.PilotscoreError as error:
                show_error(error, lang)
                said = Text("没有评分，继续监视", "not scored, watching goes on")
            else:
                said = Text("已重新评分", "scored again")
            _say_time(clock, said, lang)
    except KeyboardInterrupt:
        click.echo(err=True)
    return errors.FINE


def _say_time(clock: Callable[[], time.struct_time], text: Text, lang: Lang) -> None:
    click.echo(f"{time.strftime('%H:%M:%S', clock())} {text.to(lang)}", err=True)


Shown = tuple["Outcome", int]


def _shown(
    last: Shown | None,
    assessed: Callable[[], Outcome],
    find: Callable[[Outcome], int],
    show: Callable[[Outcome, int], object],
    lang: Lang,
) -> Shown:
    """Assess and print; below it, what changed since the last time."""
    from pilotscore.cli.screen import results

    outcome = assessed()
    i = find(outcome)
    console = results()
    if last is not None:
        console.clear()  # nothing where it is not a terminal
    show(outcome, i)
    if last is not None:
        _print_changes(last, (outcome, i), console, lang)
    console.file.flush()
    return outcome, i


def _print_changes(before: Shown, after: Shown, console: Console, lang: Lang) -> None:
    """Print index and grade before and after, and each indicator whose score changed."""
    from pilotscore.render.terminal import print_page
    from pilotscore.views.scorecard import changes

    print_page(changes(before, after), console, lang)
