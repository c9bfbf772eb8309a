"""What units are of, and how many base units one of them is: 万元/吨 is 10 yuan for a kilogram."""

from __future__ import annotations

from functools import lru_cache

from pilotscore.criteria.formula import Dimensions, combined
from pilotscore.records import dataclass
from pilotscore.workbook.values.units import is_counter, is_unit, pint_of, plain, yuan_of

_POINTS = ("百分点", "个百分点", "pp", "percentagepoints", "percentagepoint", "%pt")
_NONE = ("倍", "times", "x", "×", "比", "ratio")


@dataclass(frozen=True, slots=True)
class UnitMeasure:
    """How many base units a unit is, and of what."""

    scale: float
    of: Dimensions


NO_UNIT = UnitMeasure(1.0, ())


@lru_cache(maxsize=1 << 10)
def measure_of(unit: str) -> UnitMeasure | None:
    """Return what a unit is; None where it is not known.

    Counters (项, 件, 批) and percentages are pure numbers: 1 % is 0.01.
    """
    written = plain(unit)
    if written in _POINTS:
        return UnitMeasure(0.01, ())
    if written in _NONE or is_counter(unit):
        return NO_UNIT
    if (yuan := yuan_of(unit)) is not None:
        return UnitMeasure(yuan, (("money", 1),))
    if is_unit(unit) and (name := pint_of(unit)) is not None:
        return _physical(name)
    above, stroke, below = written.partition("/")
    if not stroke or not above or not below:
        return None
    top, bottom = measure_of(above), measure_of(below)
    if top is None or bottom is None:
        return None
    return UnitMeasure(top.scale / bottom.scale, combined(top.of, bottom.of, -1))


def _physical(name: str) -> UnitMeasure:
    from pilotscore.workbook.values.units import registry

    base = registry().parse_expression(name).to_base_units()
    powers = {str(k).strip("[]"): int(v) for k, v in base.dimensionality.items()}
    return UnitMeasure(float(base.magnitude), tuple(sorted(powers.items())))
