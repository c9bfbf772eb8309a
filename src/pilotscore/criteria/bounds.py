"""Which numbers can be true of an indicator or fact."""

from __future__ import annotations

import math

from pilotscore.criteria.model import Fact, Indicator

_OF_TYPE = {
    "percent": (0.0, 100.0),
    "count": (0.0, math.inf),
    "ratio": (0.0, math.inf),
    "money": (0.0, math.inf),
    "hours": (0.0, math.inf),
    "years": (0.0, math.inf),
    "share": (0.0, 1.0),
}


def bounds_of_type(kind: str) -> tuple[float, float]:
    """Return the least and greatest value of a type, where nothing else is said."""
    return _OF_TYPE.get(kind, (-math.inf, math.inf))


def bounds(quantity: Indicator | Fact) -> tuple[float, float]:
    """Return the least and greatest value that can be true of an indicator or fact."""
    if quantity.type == "level" and quantity.scale:
        return float(quantity.scale[0]), float(quantity.scale[1])
    low, high = bounds_of_type(quantity.type)
    if quantity.range:
        low = low if quantity.range[0] is None else quantity.range[0]
        high = high if quantity.range[1] is None else quantity.range[1]
    return low, high
