"""What a person should know of sheets of rights: what could not be read, what contradicts."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

COLUMN_NOT_READ = info(
    "K801",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    mend=(
        "若应当读取，改用模板中的表头",
        "where it should be, head it as a template does",
    ),
    why_zh="权属、知识产权等工作表按表头识别各列；这个表头不认识，其中的内容没有采用。",
    why_en="The columns of sheets of rights are known by their headers; this one is not, and "
    "nothing below it was used.",
)
TWO_COLUMNS = warning(
    "K802",
    (
        "列“{header}”与“{first}”意思相同，只读“{first}”",
        "the column “{header}” means the same as “{first}”: the latter alone is read",
    ),
    mend=("合并为一列，或改名", "make it one column, or rename one"),
    why_zh="两列含义相同而内容可能不同，不知以哪列为准，因此只读第一列，并告知。",
    why_en="Which of two columns that mean the same holds cannot be known; the first is read, and "
    "it is told.",
)
EMPTY_RIGHTS_SHEET = warning(
    "K803",
    ("表头之下没有内容", "there is nothing below the header"),
    mend=("填写，或删去这个工作表", "fill it in, or remove the sheet"),
    why_zh="这个工作表的表头可以识别，但没有一行内容；与没有这个工作表一样，不作任何推断。",
    why_en="The header of the sheet is known, but no row states anything: it is as if there were "
    "no such sheet, and nothing follows from it.",
)
NO_RIGHTS_ROW = info(
    "K804",
    ("“{text}”一行（{what}）没有读取", "the row “{text}” ({what}) is not read"),
    why_zh="合计、说明、签字等行不是一项权利、一方主体或一个步骤。",
    why_en="Totals, explanations and signatures are no right, no party and no step.",
)
DAYS_FROM_TEXT = info(
    "K805",
    (
        "{name}有 {count} 个日期是文字，如“{text}”读作 {value}",
        "{name}: {count} dates are text, such as “{text}”, read as {value}",
    ),
    why_zh="日期写成了文字，但意思明确，已照读。请看一眼是否正确。",
    why_en="The dates are text, but plain in meaning, and were read. See that they are right.",
)
NO_DAY = error(
    "K806",
    ("{name}“{text}”没有具体到日", "{name}: “{text}” names no day"),
    expected=("如 2026-12-31 的日期", "a date such as 2026-12-31"),
    mend=("补上日", "add the day"),
    why_zh="期限从具体的一天起算；只有年月、“长期”或不可能的年份时不猜，这个日期按未填处理。",
    why_en="A period runs from one day. Where there is only a month, “long-term” or a year that "
    "cannot be, nothing is guessed: the date counts as not stated.",
)
UNKNOWN_WORD = error(
    "K807",
    ("{name}“{text}”不认识{near}", "{name}: “{text}” is not known{near}"),
    expected=("{known}", "{known}"),
    mend=("从所列中选一个填写", "write one of those listed"),
    why_zh="期限与规则取决于权利的类型、主体的类型、步骤与转化方式；不认识的写法没有采用，也不猜。"
    "模板中有下拉列表。",
    why_en="Periods and rules hang on the kind of right, the kind of party, the step and the mode. "
    "A word that is not known was not used, and nothing is guessed; a template has lists to choose "
    "from.",
)
KIND_BY_NUMBER = info(
    "K808",
    ("类型按号码“{number}”认作{kind}", "the kind is taken from the number “{number}”: {kind}"),
    mend=("补填类型", "enter the kind"),
    why_zh="中国专利申请号第五位为 1、2、3 的分别是发明、实用新型、外观设计；8、9 是进入中国的 PCT "
    "发明、实用新型。类型由号码得出，因此告知。",
    why_en="The fifth digit of a Chinese application number is 1 for inventions, 2 for utility "
    "models, 3 for designs; 8 and 9 are inventions and utility models that came in by the PCT. The "
    "kind was taken from the number, and it is told.",
)
NO_KIND = error(
    "K809",
    (
        "没有写这项权利的类型，号码也看不出",
        "the kind of this right is not stated, nor told by its number",
    ),
    expected=("{known}", "{known}"),
    mend=("补填类型", "enter the kind"),
    why_zh="期限取决于权利的类型；类型不明时，除日期本身外不计算任何期限。",
    why_en="Periods hang on the kind of a right; where it is not known none is worked out.",
)
KIND_NOT_NUMBER = error(
    "K810",
    (
        "写明的类型是{kind}，而号码“{number}”是{other}的",
        "the kind is stated as {kind}, and the number “{number}” is one of {other}",
    ),
    expected=("类型与号码一致", "a kind that agrees with the number"),
    mend=("核对后改正其一", "correct the one that is wrong"),
    why_zh="中国专利号的第五位表示类型。两者矛盾时，写明的类型照旧，期限可能因此全错，请核对。",
    why_en="The fifth digit of a Chinese number says the kind. Where the two contradict, the kind "
    "that is stated stands, and every period may be wrong: check it.",
)
CONTRADICTS = error(
    "K811",
    (
        "{name}前后不一：这里是 {here}，{other} 是 {there}",
        "{name} contradicts itself: {here} here, {there} at {other}",
    ),
    expected=("一个值", "one value"),
    mend=("核对后改为一致", "make them agree"),
    why_zh="同一项权利（或同一成果）的同一事项有两个不同的值，不知以哪个为准，因此都不采用。",
    why_en="One matter of one right or result has two values. Which of them holds cannot be known, "
    "so neither is used.",
)
ROW_TWICE = warning(
    "K812",
    ("这一行与 {other} 完全相同，只计一次", "this row is the same as {other}, and counts once"),
    mend=("删去重复的一行", "remove one of them"),
    why_zh="两行所有内容都相同，多为复制粘贴所致，只计一次。",
    why_en="Two rows that are equal throughout are mostly pasted twice, and count once.",
)
NO_RESULT_ID = error(
    "K813",
    ("没有写明属于哪项成果", "it does not say of which result this is"),
    expected=("成果编号", "the id of a result"),
    mend=("补填成果编号", "enter the id of the result"),
    why_zh="没有成果编号的行不知属于哪项成果，没有采用。",
    why_en="A row without the id of a result belongs to none, and was not used.",
)
UNKNOWN_RIGHTS_RESULT = warning(
    "K814",
    (
        "“{result}”不是成果表中的编号{near}",
        "“{result}” is no id among the results that were read{near}",
    ),
    expected=("成果表中的编号", "an id of the sheet of results"),
    mend=("改正编号，或补上这项成果", "correct the id, or add the result"),
    why_zh="这个编号不在一同读入的成果之中，多为打字错误；这些行照读，但不归入任何成果的评价。",
    why_en="The id is not among the results that were read, and mostly mistyped. The rows are read "
    "all the same, but go into the assessment of no result.",
)
RIGHTS_SHEET = info(
    "K816",
    (
        "{what}：表头在第 {row} 行，读到 {count} 行",
        "{what}: header in row {row}, {count} rows read",
    ),
    why_zh="工作簿中有权属、进程、收益分配、知识产权、通知书或保密措施的工作表，按编号归入各成果；"
    "它们不是成果表。",
    why_en="The workbook has a sheet of rights, steps, distributions, IP rights, notices or "
    "measures of secrecy, which belong to results by their ids; it is no table of results.",
)
OF_THE_ONE_RESULT = info(
    "K834",
    (
        "没有成果编号一列，按本文件唯一的成果“{result}”读取",
        "no column of ids: read as of “{result}”, the one result of the workbook",
    ),
    mend=("加上“成果编号”一列", "add a column “Result id”"),
    why_zh="一个工作簿只有一项成果时，没有编号的权属类工作表属于它。",
    why_en="Where a workbook has one result, sheets of rights without ids belong to it.",
)
NO_RIGHTS_HEADER = warning(
    "K835",
    (
        "工作表名为“{name}”，但没有认出表头，没有读取",
        "the sheet is named “{name}”, and no header of such a sheet is known: it is not read",
    ),
    expected=(
        "模板中的表头（pilotscore template --rights）",
        "headers as a template has them (pilotscore template --rights)",
    ),
    mend=("改用模板中的表头，或改表名", "use those headers, or rename the sheet"),
    why_zh="表名是权属类工作表的名称，而前 30 行中没有一行像它的表头，因此其中的内容没有采用。",
    why_en="The name is that of a sheet of rights, and none of its first 30 rows looks like a "
    "header of one: nothing on it was used.",
)
HIDDEN_RIGHTS_SHEET = warning(
    "K836",
    ("隐藏的工作表，没有读取", "a hidden sheet: not read"),
    mend=("需要读入时取消隐藏", "unhide it to have it read"),
    why_zh="隐藏的工作表常是草稿或旧数据，因此不读，并告知。",
    why_en="A hidden sheet is often a draft or old data: it is not read, and this is said.",
)
HIDDEN_RIGHTS_ROWS = warning(
    "K837",
    (
        "有 {count} 行是隐藏的（或被筛选掉），已读入",
        "{count} rows are hidden, by hand or by a filter: read all the same",
    ),
    mend=("不应计入时删去这些行", "delete them where they should not count"),
    why_zh="隐藏的行仍是所填内容，已读入。不应计入时请删去；要保留时取消隐藏以便核对。",
    why_en="Hidden rows are part of what was filled in, and were read. Delete them where they "
    "should not count; unhide them otherwise, so that they can be seen.",
)
OF_THE_RIGHT_ABOVE = info(
    "K838",
    (
        "{count} 行只有通知，按上一行的权利读取",
        "{count} rows that have a notice alone: read as of the right above",
    ),
    mend=(
        "每行都写号码，排序后也不会错",
        "write the number in each row: sorting then does no harm",
    ),
    why_zh="一项权利有几个通知时，常只在第一行写号码；一旦排序就会错，因此告知。",
    why_en="Where a right has several notices its number often stands in the first row alone; "
    "sorting would break that, so it is told.",
)
NOTICE_WITHOUT_SERVICE = warning(
    "K815",
    ("通知没有写送达方式", "the notice does not say how it was served"),
    expected=("{known}", "{known}"),
    mend=("补填送达方式或送达日", "enter the way of service, or the day"),
    why_zh="电子送达以进入系统之日为送达日，邮寄推定为发文日满 15 日；只有发文日而不知送达方式时，"
    "期限起算日无法确定，不作任何假定；写了送达日的，以该日为准。",
    why_en="A notice that is served electronically is served on the day it enters the system, a "
    "posted one presumably 15 days after dispatch. With the day of dispatch alone, and no way of "
    "service, the period has no first day, and nothing is assumed; a day of service that is stated "
    "counts.",
)
NOTICE_OF_NOTHING = error(
    "K817",
    (
        "号码“{number}”的权利不在知识产权表中{near}",
        "there is no right “{number}” among the IP rights{near}",
    ),
    expected=("知识产权表中的号码", "a number of the sheet of IP rights"),
    mend=("改正号码，或在知识产权表中补上这项权利", "correct it, or add the right"),
    why_zh="通知属于哪项权利看不出来，因此没有采用。",
    why_en="The right that the notice belongs to is not known, so the notice was not used.",
)
NOTICE_WITHOUT_KIND = error(
    "K818",
    ("没有写是什么通知", "it does not say which notice this is"),
    expected=("{known}", "{known}"),
    mend=("补填通知的名称", "enter what it is"),
    why_zh="不同的通知有不同的期限；不知是什么通知，就没有期限可算。",
    why_en="Notices differ in their periods; without its kind none can be worked out.",
)
FILLED_DOWN = info(
    "K819",
    (
        "{count} 行没有写编号，按上一行的“{result}”读取",
        "{count} rows without an id: read as of “{result}”, the one above",
    ),
    mend=("每行都写编号，排序后也不会错", "write the id in each row: sorting then does no harm"),
    why_zh="编号只写在第一行、下面留空的表，按上一行的编号读取；一旦排序就会错，因此告知。",
    why_en="Where an id stands in the first of several rows alone, the blank ones below are read "
    "as of it; sorting would break that, so it is told.",
)
FEE_YEAR_UNCLEAR = error(
    "K820",
    (
        "年费缴至“{text}”既可能是年份，也可能是第几年度",
        "fees paid to “{text}” may be a year of the calendar or of the patent",
    ),
    expected=("日期，或如“第6年度”", "a day, or such as “year 6”"),
    mend=("写成日期或第几年度", "write a day, or the year of the patent"),
    why_zh="年费按专利年度缴纳，专利年度从申请日起算；只写日历年看不出缴到哪一天，没有采用。",
    why_en="Annual fees are due by patent years, which run from the filing date. A calendar year "
    "alone does not say to which day they are paid, and was not used.",
)
STATUS_CONTRADICTS = error(
    "K821",
    (
        "法律状态是“{status}”，而“有效”一栏是相反的",
        "the legal status is “{status}”, and the column “in force” says the opposite",
    ),
    expected=("两者一致", "the two to agree"),
    mend=("核对登记簿后改正", "look it up in the register"),
    why_zh="同一行的法律状态与是否有效矛盾，不知以哪个为准，按未说明处理。",
    why_en="The status and the flag of one row contradict; neither is used.",
)
NO_RESULT_OF_RIGHT = warning(
    "K822",
    (
        "{count} 项权利没有写明属于哪项成果",
        "{count} rights do not say of which result",
    ),
    expected=("成果编号", "the id of a result"),
    mend=("补上“成果编号”一列", "add a column “Result id”"),
    why_zh="期限照常计算；但不知属于哪项成果的权利，不归入任何成果的评价。",
    why_en="Their periods are worked out all the same; a right of no result goes into the "
    "assessment of none.",
)
AMOUNT_WITHOUT_UNIT = error(
    "K823",
    (
        "{name}有 {count} 个金额没有写明单位",
        "{name}: {count} amounts do not say in what unit",
    ),
    expected=(
        "如“合同金额（万元）”的表头，或 200万元",
        "a header such as “Price (CNY)”",
    ),
    mend=("在表头写明单位", "say it in the header"),
    why_zh="200 可能是 200 元，也可能是 200 万元，相差万倍，因此没有读取，不作任何假定。",
    why_en="200 may be yuan or tens of thousands of them: it was not read, and nothing is assumed.",
)
NOT_AN_AMOUNT = error(
    "K824",
    ("{name}“{text}”不是金额", "{name}: “{text}” is no amount"),
    expected=("不小于 0 的金额，如 200万元", "an amount of 0 or more, such as 200 CNY"),
    mend=("只写金额与单位", "write the amount and its unit alone"),
    why_zh="金额读不出，没有采用，也不当作 0。",
    why_en="The amount cannot be read; it was not used, and is never taken for 0.",
)
OTHER_CURRENCY = error(
    "K825",
    (
        "{name}“{text}”的单位与币种一栏（{currency}）矛盾",
        "{name}: the unit of “{text}” contradicts the column of currencies ({currency})",
    ),
    expected=("单位与币种一致", "a unit of that currency"),
    mend=("改正其一", "correct the one that is wrong"),
    why_zh="表头或金额写的是一种货币，币种一栏写的是另一种，不知以哪个为准，没有读取。",
    why_en="The header or the amount says one currency, the column another. Neither is assumed, "
    "and the amount was not read.",
)
CURRENCIES_MIXED = warning(
    "K826",
    (
        "{result}的金额用了几种货币：{currencies}",
        "the amounts of {result} are in several currencies: {currencies}",
    ),
    expected=("同一成果用一种货币", "one currency for one result"),
    mend=("换算为一种货币并注明汇率", "convert them, and note the rate"),
    why_zh="不同货币的金额不能相加，也不能比较；不按任何汇率换算。",
    why_en="Amounts in different currencies are neither added nor compared, and no rate is "
    "assumed.",
)
UNKNOWN_CURRENCY = error(
    "K827",
    ("币种“{text}”不认识{near}", "the currency “{text}” is not known{near}"),
    expected=("如 人民币、美元，或三位代码", "such as CNY or USD"),
    mend=("写货币名称或代码", "write its name or code"),
    why_zh="不知是什么货币，就无法与其他金额相加或比较。",
    why_en="Without its currency an amount can neither be added nor compared.",
)
UNIT_BESIDE = info(
    "K828",
    (
        "{name}的单位按 {cell} 的“{text}”",
        "the unit of {name} is that of “{text}” at {cell}",
    ),
    why_zh="单位写在表的上方，对没有自己单位的金额列有效。",
    why_en="A unit above the table holds for the columns of amounts that state none.",
)
SHARES_MAY_BE_FRACTIONS = warning(
    "K829",
    (
        "{result}的份额合计只有 {sum}%，是否把 60% 写成了 0.6？",
        "the shares of {result} add up to {sum} % only: is 0.6 meant as 60 %?",
    ),
    expected=("如 60 或 60%", "60 or 60%"),
    mend=("改为百分数", "write percentages"),
    why_zh="表头注明（%）时 0.6 读作 0.6%。一项成果的份额合计恰为 1%，多半是把比例当百分数填了。",
    why_en="Under a header with (%) 0.6 is read as 0.6 %. Where the shares of a result add up to "
    "just 1 %, they are mostly meant as fractions of one.",
)
DOCUMENT_WITHOUT_DATE = warning(
    "K830",
    ("凭证“{document}”没有日期", "the document “{document}” has no date"),
    expected=("凭证日期", "the date of the document"),
    mend=("补填凭证日期", "enter it"),
    why_zh="没有日期的凭证证明不了步骤在何时完成，该步骤按“未证明”处理，而不是“没有做”。",
    why_en="A document without a date does not prove when a step was taken: the step counts as "
    "unproven, which is not the same as not done.",
)
STEP_BACKWARDS = error(
    "K831",
    ("结束日期 {end} 早于开始日期 {start}", "it ends on {end}, before it starts on {start}"),
    expected=("结束不早于开始", "an end that is not before the start"),
    mend=("改正其一", "correct the one that is wrong"),
    why_zh="一个步骤不能在开始之前结束；两个日期都照读，但由此算出的天数不可信。",
    why_en="A step cannot end before it starts. Both days are read, but a number of days that is "
    "worked out from them cannot be trusted.",
)
NO_STEP = error(
    "K832",
    ("没有写是哪一步", "it does not say which step this is"),
    expected=("{known}", "{known}"),
    mend=("补填步骤", "enter the step"),
    why_zh="不知是哪一步的日期与凭证不能证明任何步骤。",
    why_en="Dates and documents of a step that is not named prove none.",
)
NO_ITEM = error(
    "K833",
    ("没有写这是什么款项", "it does not say what this amount is"),
    expected=("{known}", "{known}"),
    mend=("补填款项", "enter what it is"),
    why_zh="收入、成本、奖励等各有各的规则；不知是什么的金额不参与任何计算。",
    why_en="Income, costs and rewards have rules of their own; an amount that is none of them goes "
    "into no sum.",
)
NO_MONTHS = error(
    "K840",
    (
        "答复期限“{text}”不是整月数",
        "the period for the reply, “{text}”, is no whole number of months",
    ),
    expected=("如 4 或 4个月", "such as 4, or 4 months"),
    mend=("按通知书填写整月数", "enter the months of the notice"),
    why_zh="写了期限但读不出整月数时，不改用法定的默认期限：该通知的答复期限标为待定。",
    why_en="Where a period is stated and is no whole number of months, the one that holds where "
    "nothing is stated does not take its place: the reply is pending.",
)
PAYMENT_AS_MODE = info(
    "K841",
    (
        "转化方式“{text}”读作{mode}，支付方式为{payment}",
        "the mode “{text}” is read as {mode}, paid by {payment}",
    ),
    why_zh="转化法第16条只有六种方式；先使用后付费、约定收益是付费的办法，不是另一种方式。",
    why_en="The law has six forms (art. 16). To use first and pay later, or to pay by agreed "
    "income, is a way of payment and no form of its own.",
)
NO_YEARS = error(
    "K842",
    (
        "使用权年限“{text}”不是多少年",
        "the length of the right of use, “{text}”, is no number of years",
    ),
    expected=("如 10 或 10年", "such as 10, or 10 years"),
    mend=("写使用权有几年，不写届满日", "enter the years, not the day on which it ends"),
    why_zh="长期使用权不少于10年；“长期”、届满日或天数读不出年数，没有采用，也不猜。",
    why_en="A long-term right of use lasts at least 10 years. Of “long-term”, a day or a number of "
    "days no years can be read: it was not used, and nothing is guessed.",
)
LIKELY_RIGHTS_COLUMN = warning(
    "K843",
    (
        "列“{header}”没有读取；是否指“{near}”？",
        "the column “{header}” is not read; is “{near}” meant?",
    ),
    mend=("若是，把表头改为“{near}”", "if so, rename it to “{near}”"),
    why_zh="表头与这种表的某一列相近但不相同，而那一列没有。不猜，所以没有读；"
    "由它算出的期限和金额可能缺失。",
    why_en="The header is like that of a column of such a sheet, which the sheet does not have, "
    "but not the same. Nothing is guessed and it was not read: periods and amounts that follow "
    "from it may be missing.",
)
NO_PARTY_NAME = warning(
    "K844",
    (
        "成果{result}的一行写了份额，但没有写权利人",
        "a row of result {result} states a share, but not whose it is",
    ),
    mend=("写上权利人的名称", "enter the name of the party"),
    why_zh="份额照算，但不知属于谁：同意、公示和分配无法与这一方对上。不猜，所以告知。",
    why_en="The share counts, but whose it is is not known: no consent, buyer or recipient can be "
    "matched with it. Nothing is guessed, and it is told.",
)
SEVERAL_PARTIES = warning(
    "K845",
    (
        "“{text}”一格写了多方，读作 {count} 方",
        "“{text}” names several parties in one cell and is read as {count}",
    ),
    expected=("一方一行", "a row for each party"),
    mend=(
        "每一方写一行，各写份额、同意与否",
        "enter a row for each, with its own share and consent",
    ),
    why_zh="共有人各有份额，各自同意；合写在一格里会被当作一个独有的权利人。按顿号、分号、斜线和“与”分开，"
    "括号里的不分；“等”字后面没有写名的另算一方。团队和个人的几个姓名是一个团队，不分。",
    why_en="Co-owners each have a share and consent each; together in a cell they would pass as "
    "one sole owner. They are parted at 、 ; / and “and”, not within brackets; those that 等 "
    "leaves unnamed are one more. Several names of a team or of persons are one team, and "
    "stay together.",
)
JOINT_FIGURE = error(
    "K846",
    (
        "“{text}”共 {count} 方合写一个数，各方多少没有写，没有采用",
        "one figure for the {count} parties of “{text}”: how much is whose is not stated; not used",
    ),
    mend=(
        "每一方写一行，各写各的份额或债权",
        "enter a row for each party, with its own share or claim",
    ),
    why_zh="合写的份额、债权不知各属几何：不平分，不猜，作未写明处理。",
    why_en="How a joint share or claim is divided is not known: it is not divided evenly, nothing "
    "is guessed, and it counts as not stated.",
)
