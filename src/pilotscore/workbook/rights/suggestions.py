"""What a word that is not known may be: looked for once for each word, and not for thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from pilotscore.language import NOTHING, Words, did_you_mean

# Beyond so many different words a sheet is of something else; likeness takes its time.
_MOST = 50
_MOST_COMPARED = 2000


class Suggestions:
    """Says for each of some words which known one it is most like, behind a mark."""

    def __init__(self, look: Callable[[str], Words], most: int = _MOST) -> None:
        self._look, self._left = look, most
        self._of: dict[str, Words] = {}

    @classmethod
    def among(cls, known: Iterable[str]) -> Suggestions:
        """Return suggestions among known words."""
        some = tuple(islice(known, _MOST_COMPARED))
        return cls(lambda word: did_you_mean(word, some))

    def of(self, word: str) -> Words:
        """Return what a word may be; nothing where it is like none, or many were asked about."""
        if word not in self._of:
            self._of[word] = self._look(word) if self._left > 0 else NOTHING
            self._left -= 1
        return self._of[word]
