"""The kinds of finding on who owns a result and how it came to that: parties, steps, companies.

Each says the rule that it stands on, with its law and article. What must be kept is an error; what
may be, or what nobody has shown yet, is a warning.
"""

from __future__ import annotations

from pilotscore.findings import error, info, warning

SHARES_NOT_100 = error(
    "T101",
    (
        "权属份额合计 {total}%，不是 100%（规则 {rule}，{source}）",
        "the shares of the owners sum to {total} %, not 100 % (rule {rule}, {source})",
    ),
    expected=("各共有人份额合计 100%", "shares that sum to 100 %"),
    mend=("补上漏写的共有人或改正份额", "add the co-owner left out, or correct a share"),
    why_zh="按份共有的份额合计必须是 100%，企业共有人也算在内。改为债权（约定收益）的一方不再"
    "持有份额，应写债权金额而不写份额。",
    why_en="Shares of co-owners sum to 100 %, those of enterprises among them. A party that holds "
    "a claim (agreed income) has no share any more: state the amount of the claim instead.",
)
TEAM_SHARE_SHORT = error(
    "T149",
    (
        "完成人的份额为 {share}%，低于 {least}%（规则 {rule}，{source}）",
        "the inventors hold {share} %, less than {least} % (rule {rule}, {source})",
    ),
    mend=("提高完成人的份额，或改为共同共有", "raise their share, or own it jointly"),
    why_zh="该地区规定：财政资助的成果约定按份共有的，完成人的份额不低于这个比例。",
    why_en="By the rule of the region, inventors hold at least that share of a publicly funded "
    "result that is owned in shares.",
)
BACKWARDS = error(
    "T102",
    (
        "“{second}”（{second_day}）早于“{first}”（{first_day}）（规则 {rule}，{source}）",
        "“{second}” ({second_day}) comes before “{first}” ({first_day}) (rule {rule}, {source})",
    ),
    expected=("“{second}”在“{first}”之后", "“{second}” after “{first}”"),
    mend=("核对两个日期", "check both days"),
    why_zh="决策、公示开始、公示结束、签约、到账、分配依次进行。次序颠倒要么是日期写错，要么是"
    "程序有问题。",
    why_en="Decision, start and end of publicity, contract, receipt and distribution follow one "
    "another. The reverse is a slip in a date, or a fault of procedure.",
)
SAME_DAY = warning(
    "T103",
    (
        "“{second}”与“{first}”在同一天（{first_day}）（规则 {rule}，{source}）",
        "“{second}” and “{first}” are on the same day ({first_day}) (rule {rule}, {source})",
    ),
    mend=(
        "核对日期；确在同一天的，留存先后的证明",
        "check; where it is so, keep proof of the order",
    ),
    why_zh="两步写在同一天，从日期看不出先后。",
    why_en="Two steps bear the same day: the dates do not show which came first.",
)
PUBLICITY_SHORT = error(
    "T104",
    (
        "{what}公示 {lasted} 天（{days}，首日不计），少于 {required} 天（规则 {rule}，{source}）",
        "{what}: published for {lasted} days ({days}, the first not counted), fewer than "
        "{required} (rule {rule}, {source})",
    ),
    mend=("重新公示，或改正日期", "publish again, or correct the days"),
    why_zh="公示天数少于该地区的规定。规定没有写明自然日还是工作日时按自然日计，并注明。",
    why_en="The publicity was shorter than the region asks. Where the rule does not say whether "
    "calendar or working days are meant, calendar days are counted, and it is said.",
)
PUBLICITY_SHORT_OF_OWN = warning(
    "T105",
    (
        "{what}公示 {lasted} 天（{days}，首日不计），少于{whose} {required} 天（规则 {rule}，"
        "{source}）",
        "{what}: published for {lasted} days ({days}, the first not counted), fewer than the "
        "{required} {whose} (rule {rule}, {source})",
    ),
    mend=("核对公示的起止日期", "check the first and last day"),
    why_zh="公示天数少于公示本身写明的天数，或少于通行的天数（不是当地的硬性规定）。",
    why_en="The publicity was shorter than it says itself, or than is usual (no rule of the "
    "region).",
)
USE_RIGHT_SHORT = error(
    "T106",
    (
        "赋予的使用权为 {years} 年，少于 {least} 年（规则 {rule}，{source}）",
        "the right of use is for {years} years, fewer than {least} (rule {rule}, {source})",
    ),
    mend=("改为不少于 {least} 年", "agree on {least} years or more"),
    why_zh="赋予科研人员的长期使用权不少于 10 年。",
    why_en="A long-term right of use of researchers lasts at least 10 years.",
)
REGISTERED_BEFORE = error(
    "T107",
    (
        "变更登记（{second_day}）早于合同（{first_day}）（规则 {rule}，{source}）",
        "the register was changed ({second_day}) before the contract ({first_day}) (rule {rule}, "
        "{source})",
    ),
    mend=("核对两个日期", "check both days"),
    why_zh="权利变更登记以合同为依据，自登记之日起生效，不可能早于合同。",
    why_en="The change of the register stands on the contract, and the transfer is effective from "
    "it: it cannot come first.",
)
FILED_LATE = error(
    "T108",
    (
        "许可合同于 {done} 备案，晚于 {due}（规则 {rule}，{source}）",
        "the licence was filed on {done}, after {due} (rule {rule}, {source})",
    ),
    why_zh="许可合同应自生效之日起 3 个月内备案。",
    why_en="A licence contract is filed within 3 months of taking effect.",
)
NOT_FILED = warning(
    "T109",
    (
        "许可合同应于 {due} 前备案，没有备案的记录（规则 {rule}，{source}）",
        "the licence was to be filed by {due}, and no filing is on record (rule {rule}, {source})",
    ),
    mend=("补办备案或补充备案证明", "file it, or add the proof"),
    why_zh="期限已过而没有备案记录：算未见证明，不等于没有办。",
    why_en="The day has passed and no filing is on record: unproven, which is not to say undone.",
)
NOT_APPRAISED = error(
    "T110",
    (
        "作价投资未经评估（规则 {rule}，{source}）",
        "the contribution was not appraised (rule {rule}, {source})",
    ),
    mend=("补做评估作价", "have it appraised"),
    why_zh="高校院所转让许可可以自定是否评估，但作为非货币财产出资到公司的，公司法要求评估作价。",
    why_en="A unit may transfer or license without appraisal; a contribution in kind to a company "
    "has to be appraised.",
)
NO_TITLE = error(
    "T111",
    (
        "出资的权利没有转移到公司名下（规则 {rule}，{source}）",
        "title to the contribution was not transferred to the company (rule {rule}, {source})",
    ),
    mend=("办理权利转移手续", "have the title transferred"),
    why_zh="以非货币财产出资的，应当依法办理财产权转移手续。",
    why_en="Title to a contribution in kind has to be legally transferred.",
)
COMPANY_UNPROVEN = warning(
    "T112",
    (
        "作价投资：{what}未见证明（规则 {rule}，{source}）",
        "contribution for shares: {what} unproven (rule {rule}, {source})",
    ),
    mend=("在权属表写明", "say it in the sheet of rights"),
    why_zh="表中没有写明是否评估、是否转移权利：算未见证明，不等于没有办。",
    why_en="The sheet does not say whether it was appraised or transferred: unproven, which is "
    "not to say undone.",
)
PAID_IN_LATE = error(
    "T113",
    (
        "出资于 {done} 缴足，晚于 {due}（规则 {rule}，{source}）",
        "the capital was paid in on {done}, after {due} (rule {rule}, {source})",
    ),
    why_zh="认缴的出资自公司成立之日起 5 年内缴足。2024-07-01 之前成立的公司另有过渡安排，须核实。",
    why_en="Subscribed capital is paid within 5 years of founding. For companies founded before "
    "2024-07-01 there are transitional rules: check them.",
)
PAID_IN_UNPROVEN = warning(
    "T114",
    (
        "出资应于 {due} 前缴足，没有缴足的记录（规则 {rule}，{source}）",
        "the capital was to be paid in by {due}, and no payment is on record (rule {rule}, "
        "{source})",
    ),
    mend=("补充出资证明", "add the proof"),
    why_zh="期限已过而没有缴足的记录：算未见证明。2024-07-01 之前成立的公司另有过渡安排，须核实。",
    why_en="The day has passed and no payment is on record: unproven. For companies founded before "
    "2024-07-01 there are transitional rules: check them.",
)
NO_CONSENT = error(
    "T127",
    (
        "共有人 {party} 未同意{mode}（规则 {rule}，{source}）",
        "the co-owner {party} does not consent to the {mode} (rule {rule}, {source})",
    ),
    mend=("取得全体共有人书面同意", "obtain the consent of every co-owner in writing"),
    why_zh="除自己实施和普通许可外，行使共有专利权须经全体共有人同意。",
    why_en="Anything but own use and a plain licence needs the consent of every co-owner.",
)
CONSENT_UNPROVEN = warning(
    "T128",
    (
        "共有人 {party} 对{mode}的同意未见证明（规则 {rule}，{source}）",
        "the consent of the co-owner {party} to the {mode} is unproven (rule {rule}, {source})",
    ),
    mend=("在权属表写明是否同意", "say in the sheet of rights whether they consent"),
    why_zh="已签约而表中没有写明共有人是否同意：算未见证明。",
    why_en="There is a contract, and the sheet does not say whether the co-owner consents: "
    "unproven.",
)
HEAD_OF_UNIT = warning(
    "T129",
    (
        "单位正职领导 {party} 取得份额（规则 {rule}，{source}，待核实）",
        "{party}, head of the unit, receives a share (rule {rule}, {source}, to verify)",
    ),
    mend=("改为现金奖励，或说明不属于正职", "reward in cash, or say that they are not the head"),
    why_zh="单位正职领导一般可以获得现金奖励，原则上不得获取股权激励。此条须核实当年规定。",
    why_en="The head of a unit may be rewarded in cash and normally not in shares. Check the rule "
    "in force.",
)
NEGATIVE_LIST = error(
    "T133",
    (
        "负面清单内的成果不得赋权（规则 {rule}，{source}）",
        "a result on the negative list is not granted (rule {rule}, {source})",
    ),
    why_zh="涉及国家安全、国防等列入负面清单的成果不纳入赋权。",
    why_en="Results that touch national security, defence and the like are on the negative list "
    "and left out of granting.",
)
UNMARKED_BUYER = error(
    "T124",
    (
        "受让方 {party} 是完成人或其关联方，未注明（规则 {rule}，{source}）",
        "the buyer {party} is an inventor or related to one and is not marked (rule {rule}, "
        "{source})",
    ),
    mend=("在公示中注明，并在权属表写明", "mark it in the publicity and in the sheet of rights"),
    why_zh="受让方是成果完成人或者其利害关系人的，公示应当注明。",
    why_en="A buyer who is an inventor, or related to one, is marked in the publicity.",
)
UNMARKED_BUYER_ELSEWHERE = warning(
    "T125",
    (
        "受让方 {party} 是完成人或其关联方，未注明（规则 {rule}，{source}）",
        "the buyer {party} is an inventor or related to one and is not marked (rule {rule}, "
        "{source})",
    ),
    mend=("在公示中注明，并在权属表写明", "mark it in the publicity and in the sheet of rights"),
    why_zh="该地区没有查到必须注明的规定；注明是通行做法，也是尽职免责的依据。",
    why_en="No rule of the region that it must be marked is at hand; to mark it is good practice, "
    "and what diligence is shown by.",
)
REWARD_UNPUBLISHED = warning(
    "T146",
    (
        "奖酬已兑现，公示 {required} 天未见证明（规则 {rule}，{source}）",
        "the reward was paid, and its publicity of {required} days is unproven (rule {rule}, "
        "{source})",
    ),
    mend=("在权属进程中加一行奖酬公示", "add the publicity of the reward to the steps"),
    why_zh="该地区规定奖酬应当公示。到账之后开始的公示算奖酬公示；没有这一行时算未见证明。",
    why_en="The region asks for rewards to be published. A publicity that starts once income has "
    "come in counts as that of the rewards; where there is none it is unproven.",
)
OBJECTIONS = warning(
    "T147",
    (
        "公示期间有异议，之后签了约：异议处理未见证明（规则 {rule}，{source}）",
        "objections were raised in the publicity and a contract followed: how they were settled is "
        "unproven (rule {rule}, {source})",
    ),
    mend=("补充异议处理结果", "add how the objections were settled"),
    why_zh="公示期间有异议的，应当按公开的程序处理之后再签约。",
    why_en="Objections are settled by the procedure that was published before a contract is made.",
)
MARK_UNPROVEN = warning(
    "T145",
    (
        "受让方 {party} 是关联方：公示中是否注明未见证明（规则 {rule}，{source}）",
        "the buyer {party} is related: that the publicity marked it is unproven (rule {rule}, "
        "{source})",
    ),
    mend=("在公示一行的备注或文件名中写明已注明关联关系", "say so in the note or document of the "
          "publicity"),
    why_zh="该地区规定公示应当注明受让方与完成人的关联关系。权属表写明是关联方，而公示的备注和文件名"
    "没有提到：算未见证明。",
    why_en="By the rule of the region the publicity marks a buyer who is related to an inventor. "
    "The sheet of rights says that it is, and neither note nor document of the publicity does: "
    "unproven.",
)  # fmt: skip
DORMANT = warning(
    "T126",
    (
        "自 {since} 起闲置超过一年：{may}（规则 {rule}，{source}）",
        "idle for over a year since {since}: {may} (rule {rule}, {source})",
    ),
    mend=(
        "推进转化，或与完成人签订协议",
        "move on with it, or make an agreement with the inventors",
    ),
    why_zh="该地区规定：单位超过一年未转化的，完成人可以实施或者优先实施。",
    why_en="By the rule of the region the inventors may act, or have priority, where the unit was "
    "idle for over a year.",
)
NOT_IN_FORCE = error(
    "T132",
    (
        "签约日 {day} 核心权利已失效：{number}（规则 {rule}，{source}）",
        "{number} was not in force on the day of the contract, {day} (rule {rule}, {source})",
    ),
    mend=("核对登记簿状态，恢复权利或改正合同", "check the register; restore the right or amend"),
    why_zh="转让、许可、出资时专利应当有效；已终止的专利不能转让。",
    why_en="The patent has to be in force when it is transferred, licensed or contributed.",
)
DAY_AHEAD = info(
    "T150",
    (
        "{what} {day} 晚于评价日 {as_of}，评价时不计（规则 {rule}，{source}）",
        "{what}, {day}, lies after the day of evaluation, {as_of}, and does not count yet (rule "
        "{rule}, {source})",
    ),
    why_zh="评价日之后的步骤、凭证和收付在评价日尚未发生：不算已做，也不算已付。",
    why_en="What lies after the day of evaluation has not happened on it: no step is taken, no "
    "document proves and nothing is paid by it yet.",
)
NO_REGIONAL_RULE = info(
    "T137",
    (
        "没有收录“{region}”的地方规定（{results}），只按国家法计",
        "no rules of “{region}” are at hand ({results}): national law alone is held to",
    ),
    why_zh="认得这个地区，但本工具没有收录它的规定，不等于当地没有规定。",
    why_en="The place is known, but no rule of it ships: that is not to say that it has none.",
)
UNKNOWN_REGION = warning(
    "T138",
    (
        "不认识地区“{region}”（{results}），只按国家法计{near}",
        "unknown region “{region}” ({results}): national law alone is held to{near}",
    ),
    expected=("省、自治区、直辖市名称", "the name of a province or municipality"),
    why_zh="地区写法不认识，没有猜，只按国家法计算。",
    why_en="The name is not known and was not guessed: only national law is held to.",
)
NO_REGION = info(
    "T139",
    (
        "没有写地区（{results}），只按国家法计",
        "no region is stated ({results}): national law alone is held to",
    ),
    mend=("在权属表加一列“地区”", "add a column of the region to the sheet of rights"),
    why_zh="奖酬下限、公示天数因地区而不同。没有写地区时只按国家法计。",
    why_en="Floors and days of publicity differ by region. Without one only national law is held "
    "to.",
)
