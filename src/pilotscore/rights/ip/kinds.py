"""The kinds of finding about intellectual property rights whose cells contradict each other."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

RUNS_BACKWARDS = error(
    "L201",
    (
        "{later} {second} 早于{earlier} {first}",
        "{later}, {second}, lies before {earlier}, {first}",
    ),
    mend=("核对两个日期", "check both dates"),
    why_zh="同一项权利的日期先后颠倒，其中一个多半抄错。期限仍按写的日期计算，结果因此不可靠。",
    why_en="Two dates of one right run backwards, so that one of them is mostly a slip. Periods "
    "are counted from the dates as they stand, and are no more reliable than these.",
)
PRIORITY_UNCLAIMED = error(
    "L202",
    (
        "写了优先权日 {day}，又写没有要求优先权",
        "a priority date, {day}, and no claim to priority",
    ),
    mend=("核对是否要求了优先权", "check whether priority is claimed"),
    why_zh="有优先权日就应要求了优先权。按没有要求计算：期限从申请日起算。",
    why_en="A priority date comes with a claim. It is counted as not claimed: periods run from "
    "the filing date.",
)
CLAIM_WITHOUT_DATE = error(
    "L203",
    ("要求了优先权，但没有优先权日", "priority is claimed, and there is no priority date"),
    mend=("补上优先权日", "add the priority date"),
    why_zh="从优先权日起算的期限（实质审查请求、公布、进入国家阶段等）因此无法计算，标为待定。",
    why_en="Periods that run from priority (request for examination, publication, national entry) "
    "cannot be counted and are pending.",
)
NO_DISPATCH = error(
    "L204",
    (
        "邮寄送达的通知没有发文日，也没有实际收到日",
        "a notice served by post has neither a day of dispatch nor one of receipt",
    ),
    expected=(
        "发文日（推定发文后15日收到）",
        "the day of dispatch (15 days after it are presumed)",
    ),
    mend=("补上发文日", "add the day of dispatch"),
    why_zh="邮寄的通知推定自发文日起满15日收到（实施细则第4条）。没有发文日，期限无从起算，标为待定。",
    why_en="A posted notice is presumed received 15 days after dispatch (Implementing Regulations, "
    "article 4). Without it the period has no beginning and is pending.",
)
NO_DAY_OF_SERVICE = error(
    "L205",
    (
        "通知没有送达日，期限无法起算",
        "the notice has no day of service: its period has no beginning",
    ),
    expected=(
        "电子方式：进入电子系统之日；直接送交：送交之日",
        "electronic: the day it entered the system; handed over: that day",
    ),
    mend=("补上送达日", "add the day of service"),
    why_zh="2024年1月20日以后，电子送达以进入当事人认可的电子系统之日为送达日，不再推定15日；"
    "直接送交以交付日为准。没有这一天，期限标为待定。",
    why_en="Since 2024-01-20 an electronic notice is served on the day it enters the system, and "
    "nothing is presumed; one that is handed over, on that day. Without it the period is pending.",
)
SERVED_BEFORE_DISPATCH = error(
    "L206",
    ("送达日 {second} 早于发文日 {first}", "served on {second}, before its dispatch on {first}"),
    mend=("核对两个日期", "check both dates"),
    why_zh="通知不可能在发文之前送达，其中一个日期抄错。",
    why_en="A notice is not served before it is dispatched: one of the dates is a slip.",
)
REPLIED_BEFORE_SERVICE = error(
    "L207",
    ("答复日 {second} 早于发文日 {first}", "replied on {second}, before its dispatch on {first}"),
    mend=("核对两个日期", "check both dates"),
    why_zh="不可能在通知发出之前答复，其中一个日期抄错。",
    why_en="A notice is not answered before it is sent: one of the dates is a slip.",
)
IN_THE_FUTURE = info(
    "L208",
    (
        "{name} {day} 晚于评价日 {as_of}，评价时不计",
        "{name}, {day}, lies after the day of evaluation, {as_of}, and does not count yet",
    ),
    why_zh="评价日之后的事实在评价日尚未发生；期限照算，状态按评价日判断。",
    why_en="What lies after the day of evaluation has not happened on it; periods are counted, and "
    "their state is that of the day.",
)
STATUS_CONTRADICTS = warning(
    "L209",
    (
        "状态写“{status}”，按日期却是“{state}”",
        "its status is “{status}”, by its dates it is “{state}”",
    ),
    mend=("以专利登记簿副本为准，更正其一", "see the register and correct one of them"),
    why_zh="所写的法律状态与年费、期限、通知算出的状态不一致。期满的按期满计；其余记为未见证明："
    "既不计为有效，也不计为失效，直到更正其一。",
    why_en="The stated status and the state worked out of fees, terms and notices differ. A term "
    "that has ended has ended; any other right is unproven, neither in force nor lapsed, until "
    "one of them is corrected.",
)
OF_ANOTHER_KIND = warning(
    "L210",
    ("{of}没有“{name}”", "there is no such thing as “{name}” for a right of kind “{of}”"),
    mend=("核对类型或删去日期", "check the kind or remove the date"),
    why_zh="实用新型与外观设计不经实质审查，只有 PCT 申请有进入国家阶段日；"
    "写了就说明类型或列有误。",
    why_en="Utility models and designs are not examined, and only a PCT application enters the "
    "national phase: the kind or the column is a slip.",
)
FEES_DIFFER = warning(
    "L211",
    (
        "年费缴至 {day} 是第 {by_day} 年度，又写缴至第 {year} 年度",
        "fees paid to {day} are those of year {by_day}; year {year} is stated too",
    ),
    mend=("核对缴费记录", "check the receipts"),
    why_zh="两种写法对应的专利年度不同；采用所写的年度。",
    why_en="The two ways of saying it name different patent years; the stated year is used.",
)
OPEN_LICENCE = warning(
    "L212",
    ("不能实行开放许可：{reason}", "no open licence is possible: {reason}"),
    mend=("先消除该情形，或撤回声明", "remove the hindrance, or withdraw the declaration"),
    why_zh="开放许可只能在授权后声明；独占或排他许可期间、年费未缴、质押未经质权人同意的不能声明，"
    "实用新型与外观设计还要有评价报告（专利法第50条，实施细则第85至87条）。",
    why_en="An open licence can be declared only of a granted patent, not while an exclusive "
    "licence runs, a fee is unpaid or a pledgee has not agreed; utility models and designs need "
    "an evaluation report (Patent Law art. 50, Implementing Regulations arts. 85-87).",
)
FEES_BEFORE_GRANT = warning(
    "L213",
    ("没有授权公告日，却写了年费", "annual fees are stated, and no publication of a grant"),
    mend=("补上授权公告日", "add the day on which the grant was published"),
    why_zh="年费从授权的年度起缴；没有授权公告日无法判断是否有效。",
    why_en="Annual fees begin with the year of the grant; without its day nothing can be said of "
    "whether the patent is in force.",
)
RECEIPT_OF_POST = warning(
    "L214",
    (
        "邮寄的通知只有送达日 {day}，没有发文日",
        "a notice served by post has a day of service, {day}, and none of dispatch",
    ),
    expected=(
        "发文日；实际收到日另有证明的也写上",
        "the day of dispatch, and that of proven receipt",
    ),
    mend=(
        "若写的其实是发文日，请移到发文日一列",
        "if it is the day of dispatch, say so in its column",
    ),
    why_zh="送达日按实际收到日计算。若那其实是发文日，推定收到日晚15日，期限也相应晚届满"
    "（实施细则第4条）。",
    why_en="The day counts as that of actual receipt. If it is that of dispatch, receipt is "
    "presumed 15 days later, and the period ends later too (Implementing Regulations, article 4).",
)
PRIORITY_TOO_OLD = error(
    "L215",
    (
        "优先权日 {day} 与申请日 {filed} 相隔太久：连同恢复期，最迟 {last} 前申请才能要求该优先权",
        "the priority date, {day}, lies too far before filing, {filed}: with restoration it could "
        "be claimed up to {last}",
    ),
    mend=("核对两个日期，或确认是否要求了优先权", "check both dates, and whether it is claimed"),
    why_zh="优先权期限为12个月（外观设计6个月），发明和实用新型期满后2个月内有正当理由可以恢复；"
    "超过的优先权不成立。期限仍按所写的日期计算，但不据此认定权利丧失。",
    why_en="Priority lasts twelve months, six for designs; that of inventions and utility models "
    "can be restored within two months more. No later filing has it. Periods are counted from the "
    "days as they stand, and no right is held lost by them.",
)
FEES_PAST_THE_TERM = warning(
    "L216",
    (
        "年费缴至 {day}，晚于期限届满日 {expires}",
        "fees are paid to {day}, after the end of the term, {expires}",
    ),
    mend=("核对缴费记录与申请日", "check the receipts and the filing date"),
    why_zh="期限届满以后没有年费可缴，其中一个日期多半抄错。",
    why_en="No fee is due after a term has ended: one of the days is mostly a slip.",
)
OTHERWISE_ELSEWHERE = warning(
    "L217",
    (
        "“{number}”的{name}这里是 {here}，在成果 {other} 中是 {there}",
        "“{number}”: {name} is {here} here and {there} in result {other}",
    ),
    mend=("同一项权利只有一个事实，改正其一", "it is one right: correct one of them"),
    why_zh="同一号码是同一项权利，可以支撑几项成果，但日期与状态只有一个。两处各按所写的计算。",
    why_en="One number is one right. It may stand behind several results, but its days and its "
    "status are the same in each. Each is worked out as written.",
)
REPLIED_BEFORE_RECEIPT = error(
    "L218",
    ("答复日 {second} 早于送达日 {first}", "replied on {second}, before its service on {first}"),
    mend=("核对两个日期", "check both dates"),
    why_zh="不可能在通知送达之前答复，其中一个日期抄错。邮寄的除外：送达日可能是推定的。",
    why_en="A notice is not answered before it is served: one of the dates is a slip. One that was "
    "posted is left aside: its day of service may be the presumed one.",
)
