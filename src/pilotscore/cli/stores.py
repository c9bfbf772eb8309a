"""A store of rounds on the command line: opened, written to, and a round found in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore.cli.bilingual import lang_of
from pilotscore.language import Text, Words

if TYPE_CHECKING:
    from pilotscore.store import Store

_ADDED = Text("已存入 {store}", "kept in {store}")
_THERE = Text("{store} 中已有这一轮", "{store} has this round already")


def refuse_store(path: str) -> None:
    """Refuse a store that cannot be written, before the work is done.

    Raises
    ------
    UsageError, UnreadableInputError, OutputError
        It is another file, no store, or its folder is not there.
    """
    from pilotscore.render.files import refuse_unwritable
    from pilotscore.store import open_store
    from pilotscore.store.rounds import ENDING as ROUND_ENDING

    place = Path(path)
    if place.exists() or place.suffix.lower() == ROUND_ENDING:
        open_store(place, write=place.suffix.lower() == ROUND_ENDING).close()
    else:
        refuse_unwritable(place)


def _tell(words: Words) -> None:
    click.echo(words.to(lang_of()), err=True)


@contextmanager
def opened(path: str, *, write: bool = False) -> Iterator[Store]:
    """Open a store and let go of it afterwards; whoever has to wait is told."""
    from pilotscore.store import open_store

    store = open_store(path, write=write, waiting=_tell)
    try:
        yield store
    finally:
        store.close()


def put_in_store(path: str, content: bytes, name: str | None = None) -> bool:
    """Keep a round in a store, and say whether it was there already.

    Parameters
    ----------
    path
        The store.
    content
        The file of the round.
    name
        The path that messages call it by.
    """
    from pilotscore.store.rounds import ENDING, round_in
    from pilotscore.store.saved import kept_round

    saved = round_in(content, Path(name or f"{path}{ENDING}"))
    with opened(path, write=True) as store:
        added = store.add(kept_round(saved, content))
    _tell((_ADDED if added else _THERE).of(store=path))
    return added
