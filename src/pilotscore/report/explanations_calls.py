"""What findings about calls mean, in full."""

from __future__ import annotations

from pilotscore.language import Text

CALLS = {
    "F601": Text(
        "没有单位的金额可能差一万倍，因此不猜：在金额后写单位，或在文件开头写 unit: 万元，它用于所有没写单位的金额。",
        "An amount without a unit may be off by ten thousand, so it is not guessed: write the unit behind it, or unit: 万元 at "
        "the top of the file, which then serves every amount without one.",
    ),
    "F602": Text(
        "一次征集只能用一种货币：按当时公布的汇率换算，并把汇率写在 description 中。",
        "A call has one currency: convert at a published rate, and say which in its description.",
    ),
    "F603": Text(
        "金额应为不小于 0 的数，精确到分；配额可写成预算的比例。指标体系的等级下限、门槛不受金额影响。",
        "An amount is at least 0 and exact to the cent; a quota may be a share of the budget.",
    ),
    "F604": Text(
        "各赛道的下限不可能同时达到：它们之和超过了预算。",
        "The least amounts of the tracks cannot all be met: together they are more than the budget.",
    ),
    "F605": Text(
        "下限高于上限，没有任何分配能同时满足。",
        "The least is above the greatest: no allocation can meet both.",
    ),
    "F606": Text(
        "征集文件写了指标体系或政策中没有的名称。给出了最接近的名称；pilotscore criteria show 列出全部。",
        "The call names what the criteria set or the policy does not have. The nearest name is given; pilotscore criteria show "
        "lists them all.",
    ),
    "F607": Text(
        "各部分之和应等于整体：分期拨付之和为 100%，各阶段金额之和为总预算，并且有一档为全额。",
        "Parts have to make the whole: payments sum to 100%, stages to the total budget, and one level is full funding.",
    ),
    "F608": Text(
        "两条规定互相矛盾，任何分配都无法同时满足；去掉其中一条。",
        "Two rules contradict each other, and no allocation can meet both: remove one.",
    ),
}
