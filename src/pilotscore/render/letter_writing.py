"""Writes many letters in several processes; a bad one costs itself alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from pilotscore.child_process import DiedError, TooLateError
from pilotscore.crew import Child, Crew, Prepare, ThisMachine
from pilotscore.errors import PilotscoreError
from pilotscore.language import Lang, Text, Words
from pilotscore.records import dataclass
from pilotscore.render.docx import Template

FEW = 40  # letters: a process costs more than writing them
SECONDS = 120
_DIED = Text("写这一份时进程中止", "the process ended while it was written")
_TOO_LATE = Text("超过 {seconds} 秒", "it took over {seconds} seconds")


@dataclass(frozen=True, slots=True)
class Order:
    """A letter to be written: its kind, its place, what it says, and its properties as a file."""

    kind: str
    path: Path
    context: Mapping[str, Any]
    about: Mapping[str, str]


Kept = Mapping[str, tuple[Path, bytes]]
Done = tuple[Order, bytes | Words]
_Question = tuple[str, Mapping[str, Any], Mapping[str, str]]


def begin_writing(templates: Kept, lang: Lang) -> Callable[[_Question], bytes | Words]:
    """Return what writes letters in a process; a letter that cannot be written is its reason."""
    by_kind = {kind: Template(path, content) for kind, (path, content) in templates.items()}

    def write(question: _Question) -> bytes | Words:
        kind, context, about = question
        try:
            return by_kind[kind].letter(context, lang, about)
        except PilotscoreError as error:
            return error.text
        except Exception as error:  # one bad result costs its own letter
            text = Text("{kind}：{error}", "{kind}: {error}")
            return text.of(kind=type(error).__name__, error=str(error))

    return write


def written(
    orders: Iterable[Order], count: int, templates: Kept, lang: Lang, crew: Crew | None = None
) -> Iterator[Done]:
    """Yield each letter as it is ready: its bytes, or why there are none.

    Parameters
    ----------
    orders
        The letters; they are made while others are written.
    count
        How many there are at most.
    templates
        The file of each kind and its bytes.
    lang
        The language.
    crew
        Who writes them; a process for each processor where None.
    """
    if count <= FEW:
        write = begin_writing(templates, lang)
        for order in orders:
            yield order, write((order.kind, order.context, order.about))
        return
    yield from _by_others(orders, partial(begin_writing, templates, lang), crew or ThisMachine())


def _by_others(orders: Iterable[Order], prepare: Prepare, crew: Crew) -> Iterator[Done]:
    children = crew.children(prepare)
    size = len(children)
    free: SimpleQueue[Child] = SimpleQueue()
    for child in children:
        free.put(child)
    threads = ThreadPoolExecutor(size)
    waiting: set[Future[Done]] = set()
    try:
        for order in orders:
            waiting.add(threads.submit(_done, free, order))
            if len(waiting) >= 2 * size:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ready)
        for future in waiting:
            yield future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.end()
        threads.shutdown()


def _done(free: SimpleQueue[Child], order: Order) -> Done:
    child = free.get()
    try:
        return order, child.ask((order.kind, order.context, order.about), SECONDS)
    except DiedError:
        return order, _DIED
    except TooLateError:
        return order, _TOO_LATE.of(seconds=SECONDS)
    finally:
        free.put(child)
