"""What several rows of a list say, said once under it; the rows have its mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len

from pilotscore.document import Fact
from pilotscore.language import LANGS, SEMICOLON, Words, in_lang, join, same
from pilotscore.records import dataclass

_MARK = 4  # cells that a mark takes
_JOINT = 2  # and what stands between two parts of a row
_SHORT = 12  # what takes no more is not worth a look below the list

# Words as they are read, by which two of them are the same.
_Key = tuple[str, ...]


def _as_it_is(what: Words) -> Words:
    return what


@dataclass(frozen=True, slots=True)
class Saying:
    """A part of what a row says: ``what`` other rows may say too, ``frame`` this row's own words.

    The frame is given the words or, where they are said once under the list, their mark. What is a
    row's ``own`` stays in it, though another row may say the same by chance.
    """

    what: Words
    frame: Callable[[Words], Words] = _as_it_is
    own: bool = False


class Notes:
    """What is said once under a list, numbered in the order in which rows first say it.

    Parameters
    ----------
    first
        The number of the first.
    """

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._said: dict[_Key, tuple[Words, Words]] = {}

    def __len__(self) -> int:
        return len(self._said)

    def mark(self, words: Words) -> Words:
        """Return the mark of words: the same for the same."""
        mark = same(f"[{self._first + len(self._said)}]")
        return self._said.setdefault(_key(words), (mark, words))[0]

    def facts(self, indent: int = 2) -> Iterator[Fact]:
        """Yield each beside its mark."""
        widest = max((cells_of(mark) for mark, _ in self._said.values()), default=0)
        for mark, words in self._said.values():
            yield Fact(mark, words, indent, label_width=widest)


def said_once(rows: Sequence[Sequence[Saying]], rooms: Sequence[int], notes: Notes) -> list[Words]:
    """Return what each row says, with marks for what more than one says or has no room in its row.

    Parameters
    ----------
    rows
        What each row says, part by part.
    rooms
        Cells that each row has for it; what would go beyond is said under the list too.
    notes
        Takes what is said under the list.
    """
    counts = Counter(key for row in rows for key in {_key(part.what) for part in row})
    return [_row(*pair, counts, notes) for pair in zip(rows, rooms, strict=True)]


def _row(row: Sequence[Saying], room: int, counts: Counter[_Key], notes: Notes) -> Words:
    parts, left = [], room
    for to_come, part in zip(reversed(range(len(row))), row, strict=True):
        whole = part.frame(part.what)
        common = not part.own and counts[_key(part.what)] > 1 and cells_of(part.what) > _SHORT
        if common or cells_of(whole) > left - to_come * (_MARK + _JOINT):
            whole = part.frame(notes.mark(part.what))
        left -= cells_of(whole) + _JOINT
        parts.append(whole)
    return join(parts, SEMICOLON)


def _key(words: Words) -> _Key:
    return tuple(in_lang(words, lang) for lang in LANGS)


def cells_of(words: Words) -> int:
    """Return the cells that words take, in the language in which they take more."""
    return max(cell_len(in_lang(words, lang)) for lang in LANGS)
