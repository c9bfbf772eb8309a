"""Sums of money as people write them: 5000万元, 50 million CNY, 30%; kept as whole fen.

A fen is the hundredth part of a currency's unit, whatever the currency (分, cent).
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pilotscore.language import Text, Words
from pilotscore.patterns import regex
from pilotscore.records import dataclass

_CNY = {
    "元": 1, "千元": 10**3, "万元": 10**4, "十万元": 10**5, "百万元": 10**6,
    "千万元": 10**7, "亿元": 10**8,
    "人民币元": 1, "人民币万元": 10**4, "万": 10**4, "亿": 10**8, "¥": 1, "￥": 1,
    "cny": 1, "rmb": 1, "yuan": 1, "10kcny": 10**4, "10krmb": 10**4, "kcny": 10**3, "mcny": 10**6,
    "millioncny": 10**6, "millionrmb": 10**6, "millionyuan": 10**6,
}  # fmt: skip
_FOREIGN: dict[str, tuple[str, ...]] = {
    "USD": ("usd", "美元", "$"),
    "EUR": ("eur", "欧元", "€"),
    "GBP": ("gbp", "英镑", "£"),
    "JPY": ("jpy", "日元"),
    "HKD": ("hkd", "港元", "港币"),
}
# The codes of ISO 4217 (list one, of countries' currencies). A fen is the hundredth of each: of
# those without decimals (JPY, KRW) no real coin, of those with three (KWD) ten of the smallest.
_ISO_4217 = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLP COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
TJS TMT TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
_FOREIGN |= {code: (code.casefold(),) for code in _ISO_4217.split()}
UNITS: dict[str, tuple[str, int]] = {name: ("CNY", times) for name, times in _CNY.items()}
for _currency, _names in _FOREIGN.items():
    for _name in _names:
        UNITS[_name] = (_currency, 1)
        if not _name.isascii():
            UNITS |= {"万" + _name: (_currency, 10**4), "亿" + _name: (_currency, 10**8)}
        elif _name.isalpha():
            UNITS |= {"k" + _name: (_currency, 10**3), "million" + _name: (_currency, 10**6)}
            UNITS |= {"万" + _name: (_currency, 10**4), "亿" + _name: (_currency, 10**8)}
_WRITTEN = regex(
    r"^\s*([+-]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)\s*([^\d,，.].*?)?\s*$", re.DOTALL
)
_PERCENT = ("%", "％")
MOST_FEN = 10**17  # 1,000,000 billion yuan: beyond any budget, within whole numbers of 64 bits


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as it was written: a number, and its unit ('' where none was written, '%' a share)."""

    number: Decimal
    unit: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the budget."""
        return self.unit == "%"

    def __str__(self) -> str:
        return f"{self.number:f}{self.unit}"


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money: its name as written, the currency, and how many fen it is."""

    name: str
    currency: str
    fen: int

    def number(self, fen: int) -> int | float:
        """Return an amount in this unit as a number, whole where it is."""
        return fen // self.fen if fen % self.fen == 0 else fen / self.fen

    def shown(self, fen: int) -> str:
        """Return an amount in this unit, without needless zeros."""
        return _figure(fen, self.fen)

    def figure(self, fen: int) -> Words:
        """Return an amount as :meth:`said` writes it, without its unit."""
        return Text(self.shown(fen), _figure(fen, self._english[1]))

    def said(self, fen: int) -> Words:
        """Return an amount with its unit: 400 万元, and in English in millions, 4 M CNY."""
        return Text(f"{self.shown(fen)} {self.name}", f"{self.figure(fen).to('en')} {self.of.en}")

    @property
    def of(self) -> Text:
        """The unit of :meth:`figure`."""
        return Text(self.name, self._english[0])

    @property
    def title(self) -> Text:
        """The unit over figures that are in it in both languages: 万元, 10k CNY."""
        if self.name.isascii():
            return Text(self.name, self.name)
        return Text(self.name, f"{_TIMES.get(self.fen // 100, '')}{self.currency}")

    @property
    def _english(self) -> tuple[str, int]:
        """The unit in which English writes amounts, and its fen; as written where that is Latin."""
        if self.name.isascii() or self.fen < _IN_MILLIONS:
            return self.title.en, self.fen
        return f"M {self.currency}", _A_MILLION


_A_MILLION = 10**8  # fen
_IN_MILLIONS = 10**6  # units of so many fen and more are written in millions
_TIMES = {10**3: "k ", 10**4: "10k ", 10**5: "100k ", 10**6: "M ", 10**7: "10M ", 10**8: "100M "}


def _figure(fen: int, unit: int) -> str:
    text = f"{Decimal(fen) / unit:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_of(name: str) -> MoneyUnit | None:
    """Return the unit that a name means; None where it is not known."""
    unit = UNITS.get("".join(name.casefold().split()))
    return None if unit is None else MoneyUnit(name, unit[0], unit[1] * 100)


def read_sum(value: Any) -> Sum | None:
    """Return a sum as it stands in a file; None where it is none: a number, with a unit or not."""
    if isinstance(value, Sum):
        return value
    if isinstance(value, bool):
        return None
    written = _WRITTEN.match(str(value)) if isinstance(value, int | float | str) else None
    if written is None:
        return None
    try:
        number = Decimal(written[1].replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    unit = written[2] or ""
    if unit in _PERCENT:
        return Sum(number, "%")
    if unit and unit_of(unit) is None:
        return None
    return Sum(number, unit)


def in_fen(written: Sum, unit: MoneyUnit, whole: int | None = None) -> int | None:
    """Return a sum in fen; None where it is no whole number of fen, below 0, or beyond all bounds.

    Parameters
    ----------
    written
        A sum; without a unit of its own it is in ``unit``.
    unit
        The unit of the file.
    whole
        What a share is a share of, in fen; rounded down to a fen.
    """
    if written.is_share:
        if whole is None:
            return None
        return int(written.number * whole / 100)
    own = unit_of(written.unit) if written.unit else unit
    if own is None or own.currency != unit.currency:
        return None
    fen = written.number * own.fen
    fits = fen == fen.to_integral_value() and 0 <= fen <= MOST_FEN
    return int(fen) if fits else None


def _validate(value: Any) -> Sum:
    amount = read_sum(value)
    if amount is None:
        raise PydanticCustomError("money", "an amount with its unit, such as 5000万元")
    return amount


def _validate_share(value: Any) -> float:
    amount = read_sum(value)
    if amount is None or amount.unit not in ("", "%"):
        raise PydanticCustomError("share", "a share such as 30% or 0.3")
    share = float(amount.number) / (100 if amount.is_share else 1)
    if not 0 <= share <= 1:
        raise PydanticCustomError("share", "a share from 0% to 100%")
    return share


_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string"}]}
Money = Annotated[
    Sum,
    BeforeValidator(_validate),
    WithJsonSchema({**_SCHEMA, "description": "An amount: 5000万元, 50 million CNY; or 30%."}),
]
Share = Annotated[
    float,
    BeforeValidator(_validate_share),
    WithJsonSchema({**_SCHEMA, "description": "A share: 30% or 0.3."}),
]
