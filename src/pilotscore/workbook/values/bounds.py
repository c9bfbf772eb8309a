"""How it is said which numbers can be true of an indicator."""

from __future__ import annotations

import math
from collections.abc import Iterable

from pilotscore.criteria import Category, Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.language import NOTHING, Text, Words, join, number, same

_WHOLE, _ANY = Text("整数", "a whole number"), Text("数值", "a number")
_UNIT = Text("（{unit}）", " {unit}")
_BETWEEN = Text("{low} 至 {high} 的{kind}{unit}", "{kind} from {low} to {high}{unit}")
_AT_LEAST = Text("不小于 {low} 的{kind}{unit}", "{kind} of at least {low}{unit}")
_UNBOUNDED = Text("{kind}{unit}", "{kind}{unit}")


def bands_with_ranges(bands: Iterable[Category]) -> Words:
    """Say which bands there are, each with its points: 优 90–100 / 良 80–89."""
    return join(map(band_with_range, bands), same(" / "))


def band_with_range(band: Category) -> Words:
    """Say a band with its points."""
    return same("{title} {points}").of(title=band.title, points=points_of_band(band))


def points_of_band(band: Category) -> str:
    """Write the points of a band: 90–100, or the one number that it stands for."""
    return "–".join(dict.fromkeys(map(number, band.ends)))


def wanted_number(quantity: Indicator | Fact) -> Words:
    """Say which numbers an indicator takes; of bands, each with its range."""
    if quantity.bands:
        return bands_with_ranges(quantity.bands)
    low, high = bounds(quantity)
    bounded = _AT_LEAST if math.isinf(high) else _BETWEEN
    return (_UNBOUNDED if math.isinf(low) else bounded).of(
        low=number(low),
        high=number(high),
        kind=_WHOLE if quantity.type in ("level", "count") else _ANY,
        unit=_UNIT.of(unit=quantity.unit) if quantity.unit else NOTHING,
    )
