"""Tables of a document: typed columns, rows that may be made when they are asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pilotscore.language import Lang, Words, in_lang, same
from pilotscore.records import dataclass

Said = Words | str
Style = Literal["text", "centre", "wrap", "rank", "score", "share", "amount", "figure"]


@dataclass(frozen=True, slots=True)
class Marks:
    """A column whose values have colours of their own: each value with a step, 0 the best.

    Steps beyond the last colour take the last; None is grey.
    """

    steps: tuple[tuple[Said, int | None], ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """Numbers of a column shaded from ``least`` to ``most``: ``good`` green, ``heat`` blue."""

    look: Literal["good", "heat", "bar"]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that stays the same in every language, its heading, how it looks."""

    key: str
    heading: Words
    style: Style = "text"
    width: int = 10
    paint: Marks | Shade | None = None


class Lazily(Sequence[Any]):
    """Rows or records of many things, each made when it is asked for, and not kept.

    The texts of 100,000 results all at once take gigabytes; a file is written row by row.

    Parameters
    ----------
    things
        What there are.
    make
        Gives the row or record of one of them, the same each time.
    """

    def __init__(self, things: Sequence[Any], make: Callable[[Any], Any]) -> None:
        self._things, self._make = things, make

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Lazily(self._things[place], self._make)
        return self._make(self._things[place])


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; cells hold words, text, numbers, or None.

    ``headed`` is False where names and values stand side by side and need no headings.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    headed: bool = True

    def only(self, keys: Sequence[str]) -> Table:
        """Return the table with some of its columns, in the order of their keys.

        Those that it does not have are left out.
        """
        places = {c.key: n for n, c in enumerate(self.columns)}
        taken = [places[key] for key in keys if key in places]
        columns = tuple(self.columns[n] for n in taken)
        rows = Lazily(self.rows, lambda row: [row[n] for n in taken])
        return Table(columns, rows, self.headed)

    def records(self, lang: Lang) -> list[dict[str, Any]]:
        """Return each row as key and value, words in one language."""
        return list(self.each_record(lang))

    def each_record(self, lang: Lang) -> Iterator[dict[str, Any]]:
        """Yield each row as key and value, words in one language."""
        keys = [c.key for c in self.columns]
        for row in self.rows:
            yield dict(zip(keys, (in_lang(x, lang) for x in row), strict=True))


def shown(value: Any, lang: Lang) -> Any:
    """Return a cell as a reader sees it: words in one language, ∞, nothing for no number."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "∞" if value > 0 else "-∞"
    return in_lang(value, lang)


def flat_table(data: Mapping[str, Any], widths: tuple[int, int] = (34, 90)) -> Table:
    """Return nested plain data as names and values: ``inputs.1.file``, ``pilot.xlsx``."""
    columns = (
        Column("name", same("name"), width=widths[0]),
        Column("value", same("value"), width=widths[1]),
    )
    rows: list[list[Any]] = []

    def add(name: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                add(f"{name}.{key}" if name else key, inner)
        elif isinstance(value, list | tuple):
            for number, inner in enumerate(value, start=1):
                add(f"{name}.{number}", inner)
        else:
            rows.append([name, value])

    add("", data)
    return Table(columns, rows, headed=False)
