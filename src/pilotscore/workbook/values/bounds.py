"""How it is said which numbers can be true of an indicator."""

from __future__ import annotations

import math

from pilotscore.criteria import Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.language import NOTHING, Text, Words, number

_WHOLE, _ANY = Text("整数", "a whole number"), Text("数值", "a number")
_UNIT = Text("（{unit}）", " {unit}")
_BETWEEN = Text("{low} 至 {high} 的{kind}{unit}", "{kind} from {low} to {high}{unit}")
_AT_LEAST = Text("不小于 {low} 的{kind}{unit}", "{kind} of at least {low}{unit}")
_UNBOUNDED = Text("{kind}{unit}", "{kind}{unit}")


def wanted_number(quantity: Indicator | Fact) -> Words:
    """Say which numbers an indicator takes."""
    low, high = bounds(quantity)
    bounded = _AT_LEAST if math.isinf(high) else _BETWEEN
    return (_UNBOUNDED if math.isinf(low) else bounded).of(
        low=number(low),
        high=number(high),
        kind=_WHOLE if quantity.type in ("level", "count") else _ANY,
        unit=_UNIT.of(unit=quantity.unit) if quantity.unit else NOTHING,
    )
