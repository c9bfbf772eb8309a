"""Reads a funder's scoring standards: ``≥500 得 100 分；≥168 得 70 分``, ``无=0；有=100``."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from pilotscore.criteria_book.band_text import BandRead, closed, read_bands
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.values.cells import half_width
from pilotscore.workbook.values.numbers import without_powers

_SEPARATORS = regex(r"[;；\n]|(?<=分)[,，、]|(?<=分)\s+(?=\S)|[,，、](?=\s*[^\d\s.])")
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_PAIR = regex(
    rf"^(?P<raw>.+?)\s*(?:得|计|→|->|=>|=|:)\s*(?P<score>{_NUMBER})\s*(?:分|points?)?\s*(?:[。.])?$"
)
# 优 20 分; 良好（15分）: a word and its points, with nothing between.
_WORD = regex(
    rf"^(?P<raw>[^\d\s]+?)\s*[(（]?\s*(?P<score>{_NUMBER})\s*(?:分|points?)\s*[)）]?[。.]?$"
)
_RAW = regex(
    r"^(?:>=|<=|≥|≤|>|<|不少于|不低于|不小于|不高于|不超过|达到|at least|at most)?"
    rf"\s*(?P<number>{_NUMBER})"
    r"\s*(?P<unit>(?:[^\d\s⁰¹²³⁴-⁹][^\d\s]{0,7}?)?)\s*(?:及?以上|及?以下|or more|or less)?$"
)
_LEVELS = regex(
    rf"^(?:TRL|MRL|CRL)?\s*({_NUMBER})\s*[-–~至到]\s*({_NUMBER})\s*(?:级|levels?)?$", re.IGNORECASE
)
_IN_POINTS = regex(r"(?:分|points?)\s*[)）]?\s*[。.]?$")
_SPAN = regex(r"\d\s*[-~–—至到]\s*\d")  # a name such as 50-100 h is one of raw values
_MOST = 100.0
_YES = frozenset({"是", "有", "yes", "y"})
_NO = frozenset({"否", "无", "no", "n"})


@dataclass(frozen=True, slots=True)
class Standard:
    """A scoring standard: anchors of numbers, categories by name, yes and no, levels, or bands.

    ``bands`` have their points as stated; those of one number each are categories too.
    """

    points: tuple[tuple[float, float], ...] = ()
    categories: tuple[tuple[str, float], ...] = ()
    bands: tuple[BandRead, ...] = ()
    levels: tuple[int, int] | None = None
    unit: str = ""

    @property
    def is_yes_no(self) -> bool:
        """Whether its categories are yes and no."""
        names = {n.casefold() for n, _ in self.categories}
        return len(names) == 2 and bool(names & _YES) and bool(names & _NO)

    @property
    def best(self) -> float | None:
        """The best score that it gives; None for levels, which go from 0 to 100."""
        scores = [s for _, s in (*self.points, *self.categories)]
        return max((*scores, *(b.high for b in self.bands)), default=None)

    def within(self, weight: float) -> Standard:
        """Return the standard with an open end of its bands closed: by the weight, or by 100."""
        return replace(self, bands=closed(self.bands, weight)) if self.bands else self

    def scaled(self, times: float) -> Standard:
        """Return the standard with its scores multiplied."""
        return replace(
            self,
            points=tuple((x, round(s * times, 10)) for x, s in self.points),
            categories=tuple((n, round(s * times, 10)) for n, s in self.categories),
        )

    def yes_no(self) -> tuple[float, float]:
        """Return the scores of no and yes."""
        scores = {n.casefold(): s for n, s in self.categories}
        return (
            next(s for n, s in scores.items() if n in _NO),
            next(s for n, s in scores.items() if n in _YES),
        )


def read_standard(text: str) -> Standard | None:
    """Read a scoring standard; None where it is not one that can be scored by."""
    plain = " ".join(without_powers(half_width(text)).replace("\n", ";").split())
    levels = _LEVELS.match(plain)
    if levels:
        low, high = float(levels.group(1)), float(levels.group(2))
        if low.is_integer() and high.is_integer() and low < high:
            return Standard(levels=(int(low), int(high)))
    bands = read_bands(plain)
    if bands is not None:
        stated = [x for b in bands for x in (b.low, b.high) if math.isfinite(x)]
        return Standard(bands=bands) if max(stated) <= _MOST else None
    return _scored_standard(plain)


def _scored_standard(plain: str) -> Standard | None:
    """Read a standard that gives each number or word its score; None where it is none."""
    pieces = [p.strip() for p in _SEPARATORS.split(plain) if p.strip()]
    pairs = [_PAIR.match(p) or _WORD.match(p) for p in pieces]
    if len(pieces) < 2 or not all(pairs):
        return None
    scored = [(p.group("raw").strip(), float(p.group("score"))) for p in pairs if p]
    if any(not 0 <= score <= _MOST for _, score in scored):
        return None
    numbers = [_RAW.match(raw) for raw, _ in scored]
    if all(numbers):
        units = [n.group("unit") for n in numbers if n]
        points = sorted(
            (float(n.group("number")), s) for n, (_, s) in zip(numbers, scored, strict=True) if n
        )
        if len({x for x, _ in points}) < len(points):
            return None
        return Standard(points=tuple(points), unit=max(units, key=len))
    standard = Standard(categories=tuple(scored))
    words = not standard.is_yes_no and not any(_SPAN.search(name) for name, _ in scored)
    in_points = words and all(map(_IN_POINTS.search, pieces))
    apart = len({score for _, score in scored}) == len({name for name, _ in scored}) == len(scored)
    if not (in_points and apart):
        return standard
    return replace(standard, bands=tuple(BandRead(name, x, x) for name, x in scored))
