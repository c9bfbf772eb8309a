"""The amounts of a call file in fen, and what is wrong with how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from pilotscore.criteria.amounts import MoneyUnit, Sum, in_fen, read_sum, unit_of
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.checks.outline import items, table
from pilotscore.criteria.places import DataPath
from pilotscore.findings import error
from pilotscore.language import Text, Words
from pilotscore.records import dataclass

NO_UNIT = error(
    "F601",
    ("金额 {value} 没有单位", "the amount {value} has no unit"),
    expected=("数与单位，如 5000万元", "a number and its unit, such as 5000万元 or 50 million CNY"),
    mend=(
        "写上单位，或在文件开头写 unit: 万元",
        "write the unit, or put unit: 万元 at the top of the file",
    ),
    why_zh="没有单位的金额可能差一万倍，因此不猜：在金额后写单位，或在文件开头写 unit: 万元，"
    "它用于所有没写单位的金额。",
    why_en="An amount without a unit may be off by ten thousand, so it is not guessed: write the "
    "unit behind it, or unit: 万元 at the top of the file, which then serves every amount without "
    "one.",
)
TWO_CURRENCIES = error(
    "F602",
    (
        "{value} 是 {currency}，而本文件其他金额是 {other}",
        "{value} is in {currency}, other amounts in {other}",
    ),
    expected=("一种货币", "one currency"),
    mend=("按公布的汇率换算后填写", "convert it at a published rate"),
    why_zh="一次征集只能用一种货币：按当时公布的汇率换算，并把汇率写在 description 中。",
    why_en="A call has one currency: convert at a published rate, and say which in its "
    "description.",
)
NOT_AN_AMOUNT = error(
    "F603",
    ("{key} 的金额 {value} 不可用", "{key}: the amount {value} cannot be used"),
    expected=("{wanted}", "{wanted}"),
    why_zh="金额应为不小于 0 的数，精确到分；赛道与限额的金额可写成预算的比例，如 30%。",
    why_en="An amount is at least 0 and exact to the cent; quotas and caps may be shares of the "
    "budget, such as 30%.",
)

_WHOLE_BUDGET = Text(
    "预算的比例不能用于预算本身", "the budget itself cannot be a share of the budget"
)
_NO_SHARE = Text("金额，不是比例", "an amount, not a share")
_A_SHARE = Text("0% 至 100%", "0% to 100%")
_AN_AMOUNT = Text(
    "不为负、精确到分、不超过 1000 万亿元的金额",
    "an amount of at least 0, to the cent, of at most a million billion",
)
_A_UNIT = Text("元、万元、亿元、CNY、USD 等", "元, 万元, CNY, million CNY, USD and the like")
# What may be a share of the budget; of all else an amount is wanted.
_SHARED = ("tracks", "caps")


@dataclass(frozen=True, slots=True)
class CallMoney:
    """The amounts of a call file.

    Attributes
    ----------
    unit
        The unit that they are told in; None where nothing says which.
    fen
        The amounts that can be used, by their paths; shares are of the budget.
    faults
        What is wrong with the others.
    budget
        The whole budget in fen; None where it is not known.
    """

    unit: MoneyUnit | None
    fen: dict[DataPath, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    budget: int | None = None

    @property
    def stages(self) -> list[int]:
        """The amounts of the stages of the budget."""
        return [v for p, v in self.fen.items() if p[:2] == ("budget", "stages")]

    def shown(self, fen: int) -> Words | str:
        """Return an amount as a person reads it."""
        return self.unit.said(fen) if self.unit else str(fen)


def call_money(data: dict[str, Any]) -> CallMoney:
    """Read the amounts of a call file's plain data."""
    sums = {p: s for p, value in _amounts(data) if (s := read_sum(value)) is not None}
    stated = unit_of(data["unit"]) if isinstance(data.get("unit"), str) else None
    named = (unit_of(s.unit) for s in sums.values() if s.unit and not s.is_share)
    money = CallMoney(stated or next(named, None))
    if stated is None and isinstance(data.get("unit"), str):
        money.faults.append(not_an_amount(("unit",), data["unit"], _A_UNIT))
    for path, written in sums.items():
        if not written.is_share:
            _add_amount(money, path, written, stated)
        elif path[0] not in _SHARED:
            wanted = _WHOLE_BUDGET if path[0] == "budget" else _NO_SHARE
            money.faults.append(not_an_amount(path, str(written), wanted))
    budget = money.fen.get(("budget", "total"), sum(money.stages) if money.stages else None)
    for path, written in sums.items():
        if written.is_share and budget is not None and money.unit is not None:
            _add_share(money, path, written, budget)
    return replace(money, budget=budget)


def not_an_amount(path: DataPath, value: Any, wanted: Words, key: str | None = None) -> Fault:
    """Return the fault of an amount that cannot be used; ``key`` where it is not the whole path."""
    shown = ".".join(map(str, path)) if key is None else key
    return fault(NOT_AN_AMOUNT, path, key=shown, value=value, wanted=wanted)


def _amounts(data: dict[str, Any]) -> Iterator[tuple[DataPath, Any]]:
    """Yield every amount of a file, with its path."""
    budget = table(data.get("budget"))
    parts: list[tuple[DataPath, dict[str, Any], tuple[str, ...]]] = [
        (("budget",), budget, ("total",))
    ]
    parts += [(p, s, ("amount",)) for p, s in items(budget.get("stages"), ("budget", "stages"))]
    for part in _SHARED:
        for name, item in table(data.get(part)).items():
            parts.append(((part, name), table(item), ("min", "max")))
    parts.append((("grant",), table(data.get("grant")), ("min", "max", "round_to")))
    for path, data_of, keys in parts:
        yield from (((*path, key), data_of[key]) for key in keys if key in data_of)


def _add_amount(money: CallMoney, path: DataPath, written: Sum, stated: MoneyUnit | None) -> None:
    own = unit_of(written.unit) if written.unit else stated
    if own is None:
        money.faults.append(fault(NO_UNIT, path, value=str(written)))
        return
    assert money.unit is not None  # it is the one stated, or that of an amount
    if own.currency != money.unit.currency:
        values = {"currency": own.currency, "other": money.unit.currency}
        money.faults.append(fault(TWO_CURRENCIES, path, value=str(written), **values))
        return
    amount = in_fen(written, money.unit)
    if amount is None:
        money.faults.append(not_an_amount(path, str(written), _AN_AMOUNT))
    else:
        money.fen[path] = amount


def _add_share(money: CallMoney, path: DataPath, written: Sum, budget: int) -> None:
    assert money.unit is not None
    amount = in_fen(written, money.unit, budget)
    if amount is not None and 0 <= written.number <= 100:
        money.fen[path] = amount
    else:
        money.faults.append(not_an_amount(path, str(written), _A_SHARE))
