"""Reads what is stated of an indicator that is scored in bands: a band, points, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from statistics import NormalDist

from pilotscore.criteria import Category, Fact, Indicator
from pilotscore.criteria.categories import holds
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.language import Text, nearest
from pilotscore.patterns import regex
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.bounds import bands_with_ranges, points_of_band
from pilotscore.workbook.values.numbers import Stated, read_number_text
from pilotscore.workbook.values.spread import Spread

# Points, or a range of them, as they stand beside the word of a band: 92, 92分, (90-100 分).
_POINTS = regex(
    r"(?P<low>\d+(?:\.\d+)?)\s*(?:分)?\s*(?:[-~–—至到]\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?:分|points?\b|pts?\b)?",
    re.IGNORECASE,
)
# What a bound of the interval is of a standard uncertainty: it is a one-sided one of 95 %.
_TO_BOUND = NormalDist().inv_cdf(0.95)
_BRACKETS, _DIGIT = regex(r"[()\[\]【】]"), regex(r"\d")
# A minus sign and not the dash after a word: of points it is wrong, never passed over.
_MINUS = regex(r"(?:^|[\s:(])[-−]\s*$")
_ONE_OF = Text("从中选一个填写", "write one of these")
_PERHAPS = Text("可能是“{near}”", "perhaps “{near}”")


def read_band_text(text: str, quantity: Indicator | Fact, factor: float = 1.0) -> Stated:
    """Read a tidied text as points: of a band alone, the lower end of its range.

    Parameters
    ----------
    text
        The text, in half-width forms and without odd spaces.
    quantity
        An indicator with bands.
    factor
        What bare points are multiplied with, where the header states another unit.

    Points beside a band have to lie in it: neither of two that do not agree is taken.
    """
    band = _named(text, quantity)
    if band is not None:
        return _alone(band)
    for low, high, rest in _with_points(text):
        band = _named(rest, quantity)
        if band is not None:
            return _within(text, band, (low * factor, high * factor), quantity)
    stated = read_number_text(text, quantity, factor)
    unread = stated.fault is not None and stated.fault[0] is kinds.NOT_A_NUMBER
    return _unknown(text, quantity) if unread else stated


def _with_points(text: str) -> Iterator[tuple[float, float, str]]:
    """Yield the points in a text, from the last, each with what the text says beside them."""
    for match in reversed(list(_POINTS.finditer(text))):
        before = text[: match.start()]
        low = float(match.group("low")) * (-1 if _MINUS.search(before) else 1)
        high = float(match.group("high") or low)
        yield low, high, before + text[match.end() :]


def _named(text: str, quantity: Indicator | Fact) -> Category | None:
    """Return the band that a text names, with or without its wording; None where it names none."""
    forms = _forms(quantity.bands)
    place = forms.get(_reduced(text))
    if place is None and not _DIGIT.search(text):  # a remark in brackets; points are none
        place = forms.get(_reduced(without_brackets(text)))
    return None if place is None else quantity.bands[place]


def _reduced(text: str) -> str:
    return _BRACKETS.sub("", normalise(text))


@lru_cache(maxsize=256)
def _forms(bands: tuple[Category, ...]) -> dict[str, int]:
    """Return the place of each band by what may stand for it; what stands for two is left out."""
    places: dict[str, set[int]] = {}
    for n, band in enumerate(bands):
        names = [band.id, band.title.zh, band.title.en, *band.aliases]
        forms = {*names, f"{band.title.zh}{band.title.en}"}
        if band.wording is not None:
            said = (band.wording.zh, band.wording.en)
            forms |= {*said, *(f"{name}{w}" for name in names for w in said)}
        for form in forms:
            places.setdefault(_reduced(form), set()).add(n)
    return {form: own.pop() for form, own in places.items() if form and len(own) == 1}


def _alone(band: Category) -> Stated:
    low, high = band.ends
    shown = {"band": band.title, "points": points_of_band(band)}
    if low == high:
        return Stated(low, literal=True)
    # The points may be any of the band: the interval reaches as far as its upper end.
    return Stated(low, kinds.BAND_ALONE, shown, spread=Spread(0.0, high - low, "limits", _TO_BOUND))


def _within(
    text: str, band: Category, points: tuple[float, float], quantity: Indicator | Fact
) -> Stated:
    """Return the points that stand beside a band; its own range beside it says no more than it."""
    low, high = points
    if points == band.ends:
        return _alone(band)
    if low > high or not all(holds(quantity.bands, band, x) for x in points):
        wanted = {"band": band.title, "points": points_of_band(band)}
        shown = {"text": text, **wanted, "all": bands_with_ranges(quantity.bands)}
        return Stated(fault=(kinds.OUTSIDE_BAND, shown))
    return Stated(low, kinds.LESS_FAVOURABLE, literal=low == high)


def _unknown(text: str, quantity: Indicator | Fact) -> Stated:
    names = [x for b in quantity.bands for x in (b.title.zh, b.title.en, b.id)]
    near = nearest(text, names)
    advice = _ONE_OF if near is None else _PERHAPS.of(near=near)
    values = {"text": text, "wanted": bands_with_ranges(quantity.bands), "advice": advice}
    return Stated(fault=(kinds.UNKNOWN_CATEGORY, values))
