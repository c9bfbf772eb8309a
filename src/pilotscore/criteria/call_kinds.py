"""The kinds of fault that a call file can have."""

from __future__ import annotations

from pilotscore.criteria.kinds import fault_kind

NO_UNIT = fault_kind(
    "F601",
    ("金额 {value} 没有单位", "the amount {value} has no unit"),
    ("数与单位，如 5000万元", "a number and its unit, such as 5000万元 or 50 million CNY"),
    ("写上单位，或在文件开头写 unit: 万元", "write the unit, or put unit: 万元 at the top of the file"),
)  # fmt: skip
TWO_CURRENCIES = fault_kind(
    "F602",
    ("{value} 是 {currency}，而本文件其他金额是 {other}", "{value} is in {currency}, other amounts in {other}"),
    ("一种货币", "one currency"),
    ("按公布的汇率换算后填写", "convert it at a published rate"),
)  # fmt: skip
NOT_AN_AMOUNT = fault_kind(
    "F603",
    ("{key} 的金额 {value} 不可用", "{key}: the amount {value} cannot be used"),
    ("{wanted}", "{wanted}"),
)
ABOVE_BUDGET = fault_kind(
    "F604",
    ("{what}为 {total}，超过预算 {budget}", "{what} is {total}, more than the budget of {budget}"),
    ("不超过预算", "no more than the budget"),
    ("减少 {over}，或增加预算", "take away {over}, or raise the budget"),
)  # fmt: skip
LEAST_ABOVE_MOST = fault_kind(
    "F605",
    ("{least} 为 {low}，高于 {most} 的 {high}", "{least} is {low}, above {most}, {high}"),
    ("下限不高于上限", "a least amount no higher than the greatest"),
)
UNKNOWN_IN_CALL = fault_kind(
    "F606",
    ("{key} 写了 {name}，没有这样的{what}", "{key} names {name}, and there is no such {what}"),
    ("{wanted}", "{wanted}"),
)
SHARES_OFF = fault_kind(
    "F607",
    ("{what}之和为 {total}", "{what} sum to {total}"),
    ("{wanted}", "{wanted}"),
)
CONTRADICTION = fault_kind(
    "F608",
    ("{first}与{second}不能同时成立", "{first} and {second} cannot both hold"),
    None,
    ("删去其一", "remove one of them"),
)
CYCLE = fault_kind(
    "F609",
    ("depends 成环：{chain}", "depends goes round in a circle: {chain}"),
    None,
    ("删去其中一条；要同进同退的合并为一项申请", "remove one of them; results that go together are one application"),
)  # fmt: skip
NO_EFFECT = fault_kind(
    "F610",
    ("{key} 不起作用：{why}", "{key} has no effect: {why}"),
    None,
    ("改正，或删去", "correct it, or remove it"),
)
NOT_A_LOT = fault_kind(
    "F611",
    ("公开数值 {value} 不可用于抽签", "the public value {value} cannot be used for a draw"),
    ("不为负的十进制数，加引号；一个来源有多个数时写成列表", "a decimal number of at least 0, in quotes; several numbers of one source as a list"),
    ("照公布的写", "write it as it was published"),
)  # fmt: skip
