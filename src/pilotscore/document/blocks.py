"""Rows of a table that are made many at a time, as columns, when a format asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pilotscore.document.tables import Lazily

Columns = Sequence[Sequence[Any]]
AT_ONCE = 1024  # rows that are made at once


class InBlocks(Lazily):
    """Rows of many things, made a block at a time as columns; only the last block is kept.

    Arithmetic on columns of a block takes a fraction of what a row after the other takes, and what
    there is at any time does not grow with the things.

    Parameters
    ----------
    things
        What there are.
    make
        Gives the columns of some of them, the same each time.
    """

    def __init__(self, things: Sequence[Any], make: Callable[[Sequence[Any]], Columns]) -> None:
        super().__init__(things, self._row_of)
        self._columns = make
        self._last: tuple[int, list[list[Any]]] = (-1, [])

    def blocks(self) -> Iterator[Columns]:
        """Yield the columns of some rows after the others."""
        for first in range(0, len(self), AT_ONCE):
            yield self._columns(self._things[first : first + AT_ONCE])

    def __iter__(self) -> Iterator[list[Any]]:
        for columns in self.blocks():
            yield from map(list, zip(*columns, strict=True))

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return InBlocks(self._things[place], self._columns)
        place = range(len(self))[place]
        number, last = place // AT_ONCE, self._last
        if last[0] != number:
            first = number * AT_ONCE
            columns = self._columns(self._things[first : first + AT_ONCE])
            last = self._last = number, list(map(list, zip(*columns, strict=True)))
        return last[1][place % AT_ONCE]

    def _row_of(self, thing: Any) -> list[Any]:
        return [column[0] for column in self._columns((thing,))]
