"""What a command is working out, by stages: bars on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from pilotscore.cli.bilingual import lang_of
from pilotscore.language import Text

Progress = Callable[[int, int], None]
Stages = Callable[[Text], Progress]
EVERY = 10.0  # seconds between two lines where stderr is no terminal


@contextmanager
def stages_shown() -> Iterator[Stages]:
    """Show the stages of a long piece of work on stderr.

    On a terminal each stage has a bar with its name, how much there is to do and how long that will
    take; piped, a line says where the work is every :data:`EVERY` seconds, and nothing before.
    """
    if not sys.stderr.isatty():
        yield Lines(time.monotonic).stage
        return
    from pilotscore.cli.screen import bars

    lang = lang_of()
    with bars() as shown:

        def stage(name: Text) -> Callable[[int, int], None]:
            task = shown.add_task(name.to(lang), total=None)

            def tell(done: int, total: int) -> None:
                shown.update(task, completed=done, total=total)

            return tell

        yield stage


class Lines:
    """Lines about stages, none sooner than :data:`EVERY` seconds after the last.

    Parameters
    ----------
    clock
        Gives the time in seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock, self.last = clock, clock()

    def stage(self, name: Text) -> Progress:
        """Begin a stage."""

        def tell(done: int, total: int) -> None:
            now = self.clock()
            if now - self.last < EVERY:
                return
            self.last = now
            text = Text("…… {name} {done}/{total}", "... {name} {done}/{total}")
            click.echo(text.fill(lang_of(), name=name, done=done, total=total), err=True)

        return tell
