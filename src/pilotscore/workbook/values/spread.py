"""The uncertainty that a value states of itself: 92.5 ± 0.3, a column beside it, two ends."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, NamedTuple

from pilotscore.criteria.uncertainty import UncertaintyRules
from pilotscore.patterns import regex
from pilotscore.records import dataclass

Stands = Literal["plus_minus", "standard", "limits"]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a stated uncertainty reaches down and up from its value, in the value's unit.

    ``stands`` says for what: an uncertainty after a ±, a standard uncertainty, or the ends of an
    interval; ``k`` is how many standard uncertainties that is where the cell itself says so.
    """

    below: float
    above: float
    stands: Stands = "plus_minus"
    k: float | None = None

    def times(self, factor: float) -> Spread:
        """Return it in another unit."""
        return replace(self, below=self.below * factor, above=self.above * factor)

    def standard(self, rules: UncertaintyRules) -> tuple[float, float]:
        """Return the standard uncertainty downwards and upwards."""
        multiples = {"plus_minus": rules.plus_minus, "standard": 1.0, "limits": rules.limits}
        k = multiples[self.stands] if self.k is None else self.k
        return self.below / k, self.above / k


class Parts(NamedTuple):
    """The parts of a text with a ±: number, unit, half-width, its unit, a factor, k.

    ``shared`` says that the unit behind the ± is that of the number too, as it has none.
    """

    number: str
    unit: str
    half: str
    half_unit: str
    times: str
    k: float | None
    shared: bool


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_UNIT = r"[^\d\s()±+\-~≥≤<>=,;]*(?:m3|/[^\s\d()]+)?"
_WITH_SPREAD = regex(
    rf"\(?\s*([+-]?{_DIGITS})\s*({_UNIT})\s*(?:±|\+/-|\+-|\(\s*±)\s*({_DIGITS})\s*({_UNIT})\s*\)?"
    rf"\s*(?:[×xX*·⋅]\s*({_DIGITS}))?\s*({_UNIT})\s*"
    r"(?:[(,;]?\s*k\s*=\s*(\d(?:\.\d+)?)\s*\)?)?",
    re.IGNORECASE,
)


_TWO_SIDED = regex(
    rf"([^+]*\d[^+(]*)\(?\s*\+\s*({_DIGITS})\s*[/,]\s*-\s*({_DIGITS})\s*\)?([^\d+-]*(?:k\s*=.*)?)",
    re.IGNORECASE,
)


def each_side(text: str) -> tuple[str, str] | None:
    """Return 92.5 +0.3/-0.2 as 92.5±0.3 (its side up) and 92.5±0.2 (down); None for others."""
    match = _TWO_SIDED.fullmatch(text)
    if match is None:
        return None
    number, up, down, rest = match.groups()
    return f"{number.strip()}±{up}{rest}", f"{number.strip()}±{down}{rest}"


def parts_with_spread(text: str) -> Parts | None:
    """Return the parts of a number with a ±; None for any other text.

    The text is tidied and its powers of ten are plain numbers: (1.5±0.1)×10³ h is (1.5±0.1)×1000 h.
    A unit after the brackets is that of both numbers; one after the ± alone too, unless the number
    has its own: 120 h ± 5 %.
    """
    match = _WITH_SPREAD.fullmatch(text)
    if match is None or not any(sign in text for sign in ("±", "+/-", "+-")):
        return None
    number, unit, half, half_unit, times, after, k = (g or "" for g in match.groups())
    own, half_unit = unit or after, half_unit or after or unit
    if k and float(k) == 0:
        return None
    shared = not own and bool(half_unit)
    return Parts(
        number, own or half_unit, half, half_unit, times or "1", float(k) if k else None, shared
    )
