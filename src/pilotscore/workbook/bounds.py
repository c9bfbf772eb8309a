"""Which numbers can be true of an indicator, and how that is said."""

from __future__ import annotations

import math

from pilotscore.criteria import Fact, Indicator
from pilotscore.language import Text

_OF_TYPE = {
    "percent": (0.0, 100.0),
    "count": (0.0, math.inf),
    "ratio": (0.0, math.inf),
    "money": (0.0, math.inf),
    "hours": (0.0, math.inf),
    "years": (0.0, math.inf),
}


def wanted_number(quantity: Indicator | Fact) -> Text:
    """Say which numbers an indicator takes."""
    low, high = bounds(quantity)
    unit_zh = quantity.unit.zh if quantity.unit else ""
    unit_en = f" {quantity.unit.en}" if quantity.unit else ""
    whole = quantity.type in ("level", "count")
    zh, en = ("整数", "a whole number") if whole else ("数值", "a number")
    if not math.isinf(low) and not math.isinf(high):
        return Text(
            f"{low:g} 至 {high:g} 的{zh}{_unit(unit_zh)}", f"{en} from {low:g} to {high:g}{unit_en}"
        )
    if not math.isinf(low):
        return Text(f"不小于 {low:g} 的{zh}{_unit(unit_zh)}", f"{en} of at least {low:g}{unit_en}")
    return Text(f"{zh}{_unit(unit_zh)}", f"{en}{unit_en}")


def _unit(unit: str) -> str:
    return f"（{unit}）" if unit else ""


def bounds(quantity: Indicator | Fact) -> tuple[float, float]:
    """Return the least and greatest value that can be true of an indicator."""
    if quantity.type == "level" and quantity.scale:
        return float(quantity.scale[0]), float(quantity.scale[1])
    low, high = _OF_TYPE.get(quantity.type, (-math.inf, math.inf))
    if quantity.range:
        low = low if quantity.range[0] is None else quantity.range[0]
        high = high if quantity.range[1] is None else quantity.range[1]
    return low, high
