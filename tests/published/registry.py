"""A published case: its source, the figures as printed, and the call that gives ours.

Each is held by ``test_published.py`` and listed in docs/validation.md, which ``docs/generate.py``
writes from the same data: what is on the page is what the tests hold, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from pilotscore.language import Text

_HALF = 0.5 + 1e-6  # of the last digit printed; a tie may have been rounded either way


@dataclass(frozen=True)
class Published:
    """One published case.

    Attributes
    ----------
    what
        What is worked out, of what.
    source
        Where it is printed, so that it can be looked up.
    printed
        The figures as printed, apart by blanks: their digits say how near ours must be.
    got
        Gives the same figures.
    last
        By how many units of the last printed digit ours may differ; more than a half only where the
        ``note`` says why.
    note
        What a reader should know of the comparison.
    """

    what: Text
    source: str
    printed: str
    got: Callable[[], Iterable[float]]
    last: float = _HALF
    note: str = ""

    @property
    def expected(self) -> list[float]:
        """The printed figures."""
        return [float(token) for token in self.printed.split()]

    @property
    def within(self) -> list[float]:
        """How far each of ours may be from the printed figure."""
        return [self.last * 10.0 ** -digits(token) for token in self.printed.split()]

    @cached_property
    def figures(self) -> list[float]:
        """What the code here gives, worked out once."""
        return [float(x) for x in self.got()]


def digits(token: str) -> int:
    """Return how many digits after the point a printed figure has."""
    return len(token.partition(".")[2])


def case(
    zh: str,
    en: str,
    source: str,
    printed: str,
    got: Callable[[], Iterable[float]],
    **more: float | str,
) -> Published:
    """Return a published case; its name in Chinese and English."""
    return Published(Text(zh, en), source, printed, got, **more)  # type: ignore[arg-type]
