"""Units as offices write them, and conversion where the dimension is the same.

Only units that are written out here are taken for units: in a header, (A) or (m) is more often a
remark than amperes or metres. The arithmetic is pint's, except for money and counts, which pint
has no dimension for.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

from pilotscore.criteria import Fact, Indicator
from pilotscore.criteria.amounts import unit_of
from pilotscore.language import LANGS, Text, same
from pilotscore.patterns import regex

# How a unit is written (lower case, without spaces), and how pint writes it.
_WRITTEN: dict[str, tuple[str, ...]] = {
    "second": ("s", "秒", "sec", "second", "seconds"),
    "minute": ("min", "分钟", "mins", "minute", "minutes"),
    "hour": ("h", "小时", "时", "hr", "hrs", "hour", "hours"),
    "1000*hour": ("千小时", "kh"),
    "10000*hour": ("万小时",),
    "day": ("d", "天", "日", "昼夜", "day", "days"),
    "week": ("周", "星期", "week", "weeks", "wk"),
    "month": ("月", "个月", "month", "months"),
    "year": ("年", "a", "yr", "year", "years"),
    "gram": ("g", "克"),
    "milligram": ("mg", "毫克"),
    "kilogram": ("kg", "千克", "公斤"),
    "metric_ton": ("t", "吨", "tonne", "tonnes"),
    "kilometric_ton": ("kt", "千吨"),
    "10000*metric_ton": ("万吨", "wt"),
    "metric_ton/year": ("t/a", "吨/年", "t/年", "tpa", "t/y", "t/yr"),
    "10000*metric_ton/year": ("万吨/年", "万t/a", "wt/a"),
    "kilogram/year": ("kg/a", "千克/年", "公斤/年", "kg/年", "kg/yr"),
    "kilogram/day": ("kg/d", "千克/天", "公斤/天", "公斤/日"),
    "metric_ton/day": ("t/d", "吨/天", "吨/日"),
    "kilogram/hour": ("kg/h", "千克/小时", "公斤/小时"),
    "liter": ("l", "升", "litre", "liter"),
    "milliliter": ("ml", "毫升"),
    "meter**3": ("m3", "m³", "立方米", "方"),
    "millimeter": ("mm", "毫米"),
    "centimeter": ("cm", "厘米"),
    "kilometer": ("km", "千米", "公里"),
    "watt": ("瓦",),
    "kilowatt": ("kw", "千瓦"),
    "megawatt": ("mw", "兆瓦"),
    "kilowatt*hour": ("kwh", "千瓦时", "kw·h", "kw.h"),
    "megawatt*hour": ("mwh", "兆瓦时"),
    "kilojoule": ("kj", "千焦"),
    "megajoule": ("mj", "兆焦"),
    "percent": ("%", "％", "百分比", "percent", "pct"),
    "permille": ("‰",),
    "ppm": ("ppm",),
}


def _scaled(*scales: str) -> tuple[str, ...]:
    """Return units of money in English: million CNY, CNY million, millions of RMB."""
    money = ("cny", "rmb", "yuan")
    return tuple(
        w for s in scales for m in money for w in (f"{s}{m}", f"{m}{s}", f"{s}of{m}", f"{s}sof{m}")
    )


_MONEY_WRITTEN: dict[float, tuple[str, ...]] = {
    1.0: ("元", "人民币元", "元人民币", "cny", "rmb", "yuan", "¥"),
    1e3: ("千元", "人民币千元", "kcny", "krmb", *_scaled("thousand", "'000", "000s", "k")),
    1e4: (
        *("万元", "人民币万元", "万元人民币", "10kcny", "10krmb", "万"),
        *_scaled("10k", "10,000", "10000", "tenthousand", "'0000"),
    ),
    1e5: ("十万元",),
    1e6: ("百万元", "百万", "mcny", *_scaled("million", "millions", "mn", "m", "mio")),
    1e7: ("千万元",),
    1e8: ("亿元", "人民币亿元", "亿元人民币", "亿", *_scaled("100million", "hundredmillion")),
    1e9: _scaled("billion", "bn"),
}
_MONEY = {unit: yuan for yuan, written in _MONEY_WRITTEN.items() for unit in written}
# How money is signed, and how units of other money than the yuan are known.
_SIGNS: dict[str, tuple[str, ...]] = {
    "cny": ("¥", "cn¥", "rmb", "cny", "rmb¥", "cny¥", "人民币"),
    "usd": ("$", "us$", "usd"),
    "eur": ("€", "eur"),
    "gbp": ("£", "gbp"),
    "jpy": ("jpy", "jp¥", "円"),
    "hkd": ("hk$", "hkd"),
}
_CURRENCY = {sign: code for code, signs in _SIGNS.items() for sign in signs}
_OTHER_MONEY: dict[str, tuple[str, ...]] = {
    "usd": ("usd", "$", "dollar", "美元"),
    "eur": ("eur", "€", "欧元"),
    "gbp": ("gbp", "£", "英镑"),
    "jpy": ("jpy", "yen", "日元"),
    "hkd": ("hkd", "港元", "港币"),
}
# $K and m€: a sign with a scale.
_SIGNED = regex(r"(?P<before>[km])?(?P<sign>(?:us|hk)?\$|[€£])(?P<behind>[km])?")
# Codes of currencies that are words as well.
_NO_MONEY = frozenset(
    ["ALL", "ANG", "BAM", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "RON", "SOS", "TOP", "TRY"]
)
_PER = regex(r"[/／·每]")
_UNIT_BEHIND = regex(r"(?:小时|分钟|天|昼夜|公斤|千克|吨|元|美金|人民币|hours?|days?|USD|CNY|RMB)$")
_LONGEST_UNIT = 12
# What a count may be followed by without changing it.
_COUNTERS = frozenset(
    (
        *"个件项家批次人名位步起套台倍条篇户年份笔组种只支x",
        *("批次", "户次", "patents", "users", "batches", "batch", "steps", "incidents"),
        *("experts", "times", "people"),
    )
)
SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "k": 1e3}


@lru_cache(maxsize=1 << 12)
def plain(unit: str) -> str:
    """Return a unit without spaces, in lower case and plain signs: ㎡ and m² are m2, ℃ is °c."""
    return "".join(unicodedata.normalize("NFKC", unit).casefold().split())


@cache
def _known() -> dict[str, str]:
    return {plain(w): pint for pint, written in _WRITTEN.items() for w in written}


@lru_cache(maxsize=1 << 14)
def is_unit(text: str) -> bool:
    """Say whether a text is a unit that is known here; a capital A or S alone is a remark."""
    if text.strip() in ("A", "S", "G"):
        return False
    return plain(text) in _known() or plain(text) in _MONEY


def is_other_money(text: str) -> bool:
    """Say whether a text is a unit of other money than the yuan: 美元, kUSD, $K."""
    written = text.strip()
    name = _money_name(plain(written))
    if plain(written) in _MONEY or unit_of(name) is None:
        return False
    is_code = len(name) == 3 and name.isascii() and name.isalpha() and name == plain(written)
    return not is_code or (written.isupper() and written not in _NO_MONEY)


def _money_name(written: str) -> str:
    """Return a unit of money with its sign spelled out: $k is kusd."""
    signed = _SIGNED.fullmatch(written)
    if signed is None:
        return written
    scale = {"k": "k", "m": "million"}.get(signed["before"] or signed["behind"] or "", "")
    return scale + _CURRENCY[signed["sign"]]


def looks_like_unit(text: str) -> bool:
    """Say whether a text that is no unit that is known says of numbers what they are of: 天/次."""
    if is_unit(text) or is_counter(text) or is_other_money(text) or len(text) > _LONGEST_UNIT:
        return False
    parts = [p for p in _PER.split(text) if p.strip()]
    named = any(is_unit(p) or is_other_money(p) for p in parts)
    return (named and len(parts) > 1) or _UNIT_BEHIND.search(text) is not None


def is_counter(text: str) -> bool:
    """Say whether a text is what counts are followed by: 次, 起, 家."""
    return plain(text) in _COUNTERS


def pint_of(unit: str) -> str | None:
    """Return how pint writes a unit that is no money; None where it is not known."""
    return _known().get(plain(unit))


def yuan_of(unit: str) -> float | None:
    """Return how many yuan a unit of money is; None where it is none."""
    return _MONEY.get(plain(unit))


@cache
def registry() -> Any:
    """Return the units of pint, which take a moment to load."""
    import pint

    return pint.UnitRegistry(cache_folder=None)


def factor(unit: str, quantity: Indicator | Fact) -> float | None:
    """Return what a number in ``unit`` is multiplied with to be in the unit of a quantity.

    None where the unit is not known or of another dimension. A percentage for a ratio is 0.01.
    """
    # Remembered by what decides it: a quantity with wordings is no key, since it holds a table.
    return _factor(unit, tuple(_own_units(quantity)), quantity.type)


@lru_cache(maxsize=1 << 14)
def _factor(unit: str, own: tuple[str, ...], kind: str) -> float | None:
    written = plain(unit)
    if written in own:
        return 1.0
    if kind == "money":
        wanted = next((_MONEY[o] for o in own if o in _MONEY), None)
        if written in _MONEY or wanted:
            return _MONEY[written] / wanted if written in _MONEY and wanted else None
        units = (unit_of(_money_name(written)), next(filter(None, map(unit_of, own)), None))
        there, here = units
        return there.fen / here.fen if there and here and there.currency == here.currency else None
    if kind in ("count", "level"):
        return 1.0 if written in _COUNTERS else None
    unit_there = _known().get(written)
    target = next((_known()[o] for o in own if o in _known()), None)
    if target is None and kind == "ratio":
        target = "dimensionless"
    if unit_there is None or target is None:
        return None
    if unit_there == target:
        return 1.0
    import pint as library

    units = registry()
    try:
        there, here = units.parse_expression(unit_there), units.parse_expression(target)
        return float((there / here).to("dimensionless").magnitude)
    except library.DimensionalityError:
        return None


def currency_of(sign: str) -> str | None:
    """Return the money that a sign stands for, by its code; None where it is no such sign."""
    return _CURRENCY.get(plain(sign).replace("￥", "¥"))


def agrees(currency: str, quantity: Indicator | Fact) -> bool:
    """Say whether amounts of a quantity are in this money."""
    if quantity.type != "money":
        return False
    stated = " ".join(_own_units(quantity))
    other = next((c for c, names in _OTHER_MONEY.items() if any(n in stated for n in names)), "cny")
    return currency == other


def scales_of(unit: Text | None) -> frozenset[float]:
    """Return how many of its plain unit one of a unit is: 1e4 for 万元 and for 万吨."""
    written = {plain(unit.zh), plain(unit.en)} if unit else set()
    longest = sorted(SCALES, key=len, reverse=True)
    scaled = (next((s for s in longest if w.startswith(s) and s != "k"), None) for w in written)
    named = {_MONEY[w] for w in written if w in _MONEY}
    return frozenset(named | {SCALES[s] for s in scaled if s is not None})


def own_unit(quantity: Indicator | Fact) -> Text | None:
    """Return the unit in which bare numbers are stated; None where there is none."""
    return quantity.unit or (same("%") if quantity.type == "percent" else None)


_WITH_UNIT = Text("{title}（{unit}）", "{title} ({unit})")


def with_unit(title: Text, unit: Text | None) -> Text:
    """Return a title with its unit in brackets, in each language that does not say it already."""
    if unit is None:
        return title
    return Text(
        *(
            title.to(lang)
            if unit.to(lang) in title.to(lang)
            else _WITH_UNIT.fill(lang, title=title, unit=unit)
            for lang in LANGS
        )
    )


_TIMES = ("倍", "times", "x", "×")


def _own_units(quantity: Indicator | Fact) -> list[str]:
    own = [plain(quantity.unit.zh), plain(quantity.unit.en)] if quantity.unit else []
    if quantity.type == "ratio":
        return [*own, *_TIMES]
    return [*own, "%"] if quantity.type == "percent" else own
