"""What a person says once of a whole column whose numbers are on another scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pilotscore.criteria import Fact, Indicator
from pilotscore.errors import UsageError
from pilotscore.language import Text, nearest
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.units import factor, own_unit

_FACTORS = {"percent": 100.0, "ratio": 0.01}
_FORM = Text(
    "--fix 写作“percent:列名”或“unit:列名=单位”，不是“{text}”",
    "--fix is written percent:COLUMN or unit:COLUMN=UNIT, not “{text}”",
)
_NO_COLUMN = Text(
    "--fix 所说的列“{name}”不是任何指标；相近的有“{near}”",
    "--fix names “{name}”, which is no indicator; perhaps “{near}” is meant",
)
_NO_SHARE = Text(
    "--fix percent 只用于百分数与比值，“{name}”不是",
    "--fix percent is for percentages and ratios, and “{name}” is neither",
)
_NO_UNIT = Text(
    "--fix unit：“{name}”的单位是 {own}，{unit} 不能换算为它",
    "--fix unit: the unit of “{name}” is {own}, to which {unit} cannot be converted",
)
_TWICE = Text("--fix 对“{name}”说了两次，而且不同", "--fix says two different things of “{name}”")
_NONE = Text("无单位", "none")


def with_fixes(names: HeaderNames, fixes: Sequence[str]) -> HeaderNames:
    """Return the names with what bare numbers of some columns are multiplied by.

    Shares under a percentage are multiplied by 100, percentages under a ratio divided by it;
    numbers in another unit are converted.

    Raises
    ------
    UsageError
        A fix is not written so, names no column that it can be for, or two contradict each other.
    """
    if not fixes:
        return names
    factors: dict[str, float] = {}
    for text in fixes:
        name, times = fix_of(text, names)
        if factors.setdefault(name, times) != times:
            raise UsageError(_TWICE.of(name=names.quantities[name].title))
    return replace(names, fixed=factors)


def fix_of(text: str, names: HeaderNames) -> tuple[str, float]:
    """Return the indicator that a fix is of, and what its bare numbers are multiplied by.

    Raises
    ------
    UsageError
        As :func:`with_fixes`.
    """
    kind, colon, rest = text.replace("：", ":", 1).partition(":")
    header, equals, unit = (part.strip() for part in rest.replace("＝", "=").partition("="))
    kind = kind.strip()
    sound = (kind == "percent" and not equals) or (kind == "unit" and bool(unit))
    if not colon or not header or not sound:
        raise UsageError(_FORM.of(text=text))
    named = names.mapped_to(header) or names.resolve(header)
    quantity = names.quantities.get(named.name) if named is not None else None
    if quantity is None:
        titles = [str(q.title.zh) for q in names.quantities.values()]
        near = nearest(header, titles) or titles[0]
        raise UsageError(_NO_COLUMN.of(name=header, near=near))
    return quantity.id, _times(kind, unit, quantity)


def _times(kind: str, unit: str, quantity: Indicator | Fact) -> float:
    if kind == "percent":
        if quantity.type not in _FACTORS:
            raise UsageError(_NO_SHARE.of(name=quantity.title))
        return _FACTORS[quantity.type]
    times = factor(unit, quantity)
    if times is None or quantity.type in ("level", "category", "yes_no", "text", "date"):
        own = own_unit(quantity) or _NONE
        raise UsageError(_NO_UNIT.of(name=quantity.title, own=own, unit=unit))
    return times
