"""A number of a text file with the letters it was written with."""

from __future__ import annotations

from collections.abc import Callable


class WrittenNumber(float):
    """A number that keeps how it was written: 1.10, 26E01 and 3E2 may be names as well.

    In delimited text nothing says which cells are numbers. Where one is wanted it is the number,
    everywhere else its letters: what a column means is known only when its header was read.
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> WrittenNumber:
        """Return the number that a text writes."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Callable[[str], WrittenNumber], tuple[str]]:
        return WrittenNumber, (self.text,)
