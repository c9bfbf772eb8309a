"""How it is said which numbers can be true of an indicator."""

from __future__ import annotations

import math

from pilotscore.criteria import Fact, Indicator
from pilotscore.criteria.model import bounds
from pilotscore.language import Text


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
