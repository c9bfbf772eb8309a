"""The kinds of finding on money: floors of rewards, distributions, claims, tax."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

BELOW_FLOOR = error(
    "T115",
    (
        "{what}{basis}：{stated}，低于{floor}（规则 {rule}，{source}）",
        "{what} {basis}: {stated}, below {floor} (rule {rule}, {source})",
    ),
    expected=("不低于{floor}", "{floor} or more"),
    mend=("提高比例或金额", "raise the share or amount"),
    why_zh="国家设立的研究开发机构、高等院校规定或约定的奖酬不得低于法定标准；地方条例规定更高的，"
    "按地方条例。企业等其他单位可以约定更低。",
    why_en="What a state-founded university or institute fixes or agrees may not lie below the "
    "standard of the law, or the higher one of its region. Enterprises and other units may agree "
    "on less.",
)
BELOW_USUAL = warning(
    "T116",
    (
        "{what}{basis}：{stated}，低于该地区可达的{floor}（规则 {rule}，{source}）",
        "{what} {basis}: {stated}, below {floor} that the region allows for (rule {rule}, "
        "{source})",
    ),
    why_zh="该地区的规定是“可以不低于”，不是硬性下限：低于它不违规，但值得核对。",
    why_en="The region says that it may be that much or more: less is no violation, and worth a "
    "look.",
)
BELOW_DEFAULT = error(
    "T117",
    (
        "未约定奖酬，{what}{basis}：{stated}，低于{floor}（规则 {rule}，{source}）",
        "nothing is agreed, and {what} {basis}: {stated}, below {floor} (rule {rule}, {source})",
    ),
    expected=("不低于{floor}", "{floor} or more"),
    why_zh="单位没有规定也没有约定奖酬时，按法定标准给付；企业也一样。",
    why_en="Where nothing is fixed or agreed the standard of the law is due, from an enterprise "
    "too.",
)
UNIT_UNKNOWN = info(
    "T118",
    (
        "{what}{basis}：{stated}，低于{floor}；未写单位性质，不知是否违规（规则 {rule}，{source}）",
        "{what} {basis}: {stated}, below {floor}; the kind of unit is not stated, so whether that "
        "is a violation is not known (rule {rule}, {source})",
    ),
    mend=("在权属表写明单位性质", "state the kind of the unit in the sheet of rights"),
    why_zh="下限对国家设立的高校院所是强制的，对企业只在没有约定时适用。",
    why_en="The floor binds state-founded universities and institutes; for an enterprise it holds "
    "only where nothing is agreed.",
)
NO_MODE = info(
    "T119",
    (
        "没有写转化方式，奖酬的下限不知道（规则 {rule}，{source}）",
        "the mode of transformation is not stated: the floor of the reward is not known (rule "
        "{rule}, {source})",
    ),
    mend=("在权属表写明转化方式", "state the mode in the sheet of rights"),
    why_zh="下限按转化方式而不同：转让许可按净收入，作价投资按股份，自行或合作实施按营业利润。",
    why_en="The floor goes by the mode: net income of a transfer or licence, shares of a "
    "contribution, operating profit of an implementation.",
)
DOUBLE_REWARD = error(
    "T120",
    (
        "完成人已取得权利，又从同一成果取得奖酬 {stated}（规则 {rule}，{source}）",
        "the inventors hold rights and get a reward of {stated} from the same result too (rule "
        "{rule}, {source})",
    ),
    mend=("取其一；约定以奖酬代替份额的，写明份额为 0", "keep one of both; where a reward was "
          "asked for instead of a share, state a share of 0"),
    why_zh="该地区规定：已取得权属份额（或长期使用权）的完成人不再参与该成果的收益分配。",
    why_en="By the rule of the region, inventors who hold a share of the rights (or a right of "
    "use) take no further part of the income.",
)  # fmt: skip
DOUBLE_REWARD_MAY_STOP = warning(
    "T148",
    (
        "完成人已取得权利，单位可以不再给予奖酬 {stated}（规则 {rule}，{source}）",
        "the inventors hold rights: the unit need not give them the reward of {stated} (rule "
        "{rule}, {source})",
    ),
    mend=("核对是否已有约定", "check what was agreed"),
    why_zh="该地区规定单位“可以不再给予”奖酬：给了不违规，但两者并存值得核对。",
    why_en="By the rule of the region the unit may stop rewards once rights were granted: to give "
    "both is no violation, and worth a look.",
)
NO_DEFERRAL = error(
    "T121",
    (
        "选择递延纳税，但对价不全是股权（规则 {rule}，{source}）",
        "deferral of tax is chosen, but the consideration is not entirely shares (rule {rule}, "
        "{source})",
    ),
    mend=("现金与股权分开签约，或不选递延", "put cash and shares into separate contracts, or do "
          "not defer"),
    why_zh="技术成果投资入股且被投资企业支付的对价全部为股权的，才可选择递延纳税。",
    why_en="Only a contribution whose consideration is paid entirely in shares may be deferred.",
)  # fmt: skip
HALF_TAX_LATE = warning(
    "T122",
    (
        "奖励于 {done} 发放，晚于到账后 36 个月（{due}），不能减半计税（规则 {rule}，{source}）",
        "the reward was paid on {done}, later than 36 months after the income ({due}): it is not "
        "taxed by half (rule {rule}, {source})",
    ),
    why_zh="非营利性科研机构和高校自取得转化收入之日起 3 年内发放的现金奖励，减按 50% 计税。",
    why_en="Cash rewards of non-profit institutes and universities are taxed by half where paid "
    "within three years of the income.",
)
HALF_TAX_UNREGISTERED = warning(
    "T123",
    (
        "合同未登记，奖励不能减半计税（规则 {rule}，{source}，待核实）",
        "the contract is not registered: the reward is not taxed by half (rule {rule}, {source}, "
        "to verify)",
    ),
    mend=("办理技术合同认定登记", "have the technology contract registered"),
    why_zh="减半计税须有技术合同登记证明。",
    why_en="Taxation by half needs proof that the technology contract is registered.",
)
CLAIM_OVERDUE = warning(
    "T130",
    (
        "{party} 的债权 {stated} 应于 {due} 兑现，没有兑现的记录（规则 {rule}，{source}）",
        "the claim of {party}, {stated}, was due on {due}, and no settlement is on record (rule "
        "{rule}, {source})",
    ),
    mend=("催收或补充兑现证明", "collect it, or add the proof of settlement"),
    why_zh="“赋权+转让+约定收益”留下的是债权而不是股份；到期未见兑现。",
    why_en="Grant, transfer and agreed income leave a claim and no shares; it fell due and no "
    "settlement is on record.",
)
CLAIM_INCOMPLETE = warning(
    "T131",
    (
        "{party} 的债权没有写{what}（规则 {rule}，{source}）",
        "the claim of {party} does not state {what} (rule {rule}, {source})",
    ),
    mend=("补上金额、触发条件和到期日", "add amount, trigger and day"),
    why_zh="债权要有金额、触发条件和到期日，才能到期提醒。",
    why_en="A claim needs an amount, a trigger and a day, so that it can be watched.",
)
MIXED_CURRENCIES = warning(
    "T134",
    (
        "收益分配里有多种货币，没有合计（规则 {rule}，{source}）",
        "the distribution is in several currencies: no sum was made (rule {rule}, {source})",
    ),
    mend=("换算为一种货币", "state it in one currency"),
    why_zh="不同货币不能相加，也没有汇率可猜：没有计算下限。",
    why_en="Currencies are not added up and no rate is guessed: floors were not worked out.",
)
NET_DIFFERS = warning(
    "T135",
    (
        "净收入写 {stated}，按规定计算为 {worked}，按后者计（规则 {rule}，{source}）",
        "net income is stated as {stated}; by the rule it is {worked}, which counts (rule {rule}, "
        "{source})",
    ),
    mend=("核对成本和税费", "check costs and taxes"),
    why_zh="净收入的定义因地区而不同，如浙江规定财政科研经费不计入成本。下限按算出的净收入计。",
    why_en="What net income is differs by region (in Zhejiang public R&D money is no cost). "
    "Floors are worked out from the net income by the rule.",
)
PUBLIC_MONEY = warning(
    "T144",
    (
        "成本中的财政科研经费 {stated} 不计入成本（规则 {rule}，{source}）",
        "public R&D money in the cost, {stated}, is no cost (rule {rule}, {source})",
    ),
    why_zh="该地区规定：财政资金投入的科研经费不计入成本，算净收入时没有扣除。",
    why_en="By the rule of the region public R&D money is no cost: it was not deducted.",
)
PARTS_EXCEED = error(
    "T136",
    (
        "分配合计 {stated}，超过净收入 {worked}（规则 {rule}，{source}）",
        "the parts of the distribution come to {stated}, more than the net income of {worked} "
        "(rule {rule}, {source})",
    ),
    mend=("核对各项金额", "check the amounts"),
    why_zh="奖励、单位留存和其他之和不能超过净收入。",
    why_en="Reward, part of the unit and the rest cannot come to more than the net income.",
)
REWARD_LATE = error(
    "T140",
    (
        "奖酬于 {done} 兑现，晚于 {due}（规则 {rule}，{source}）",
        "the reward was paid on {done}, after {due} (rule {rule}, {source})",
    ),
    why_zh="没有约定期限的，该地区规定自收入到账起 6 个月内支付奖酬。",
    why_en="Where no term is agreed, the region asks for payment within 6 months of the income.",
)
OPEN_LICENCE_HIGH = warning(
    "T142",
    (
        "开放许可的{what} {stated} 高于通行上限 {floor}（规则 {rule}，{source}，待核实）",
        "the {what} of an open licence, {stated}, is above the usual {floor} (rule {rule}, "
        "{source}, to verify)",
    ),
    why_zh="开放许可使用费的通行上限只作提醒，不是禁止。",
    why_en="The usual limits of fees of open licences are a reminder, and no ban.",
)
