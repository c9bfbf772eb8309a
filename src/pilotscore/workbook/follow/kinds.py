"""Kinds of finding about workbooks that come back from grantees."""

from __future__ import annotations

from pilotscore.findings import error, warning

NO_REPORTS = error(
    "N801",
    ("没有找到随访表", "no table of milestones or outcomes"),
    expected=(
        "一行表头：编号、期或成效、完成情况、日期",
        "a header row: id, milestone or outcome, state, date",
    ),
    mend=(
        "用 follow template 制作的工作簿填报",
        "fill in the workbook that follow template makes",
    ),
    why_zh="工作簿中没有一张表同时有编号、完成情况，以及期（里程碑）或成效（层级）列。",
    why_en="No sheet has a column of ids, one of states, and one of milestones or outcomes.",
)
NOT_READ = warning(
    "N802",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    mend=(
        "若其中有填报内容，改用模板的表头",
        "head it as the template does",
    ),
    why_zh="认不出的列不读取；填报内容应写在模板原有的列中。",
    why_en="A column whose header is not known is not read; reports go into the columns of the "
    "template.",
)
TWO_COLUMNS = error(
    "N803",
    ("列“{header}”与“{first}”意义相同", "the columns “{header}” and “{first}” mean the same"),
    mend=("删去其中一列", "remove one of them"),
    why_zh="同一含义的列有两列，不知以哪列为准。",
    why_en="Two columns mean the same, and which of them holds cannot be known.",
)
UNKNOWN_STATE = error(
    "N804",
    ("“{text}”不是一种完成情况", "{text!r} is no state"),
    expected=("{wanted}", "{wanted}"),
    why_zh="完成情况决定后续拨付与统计，其他说法可能被误解，因此不猜。",
    why_en="The state decides payments and statistics; other words could mean several things, and "
    "are not guessed.",
)
NO_STATE = error(
    "N805",
    ("{result} 填了内容，没有填完成情况", "{result} reports something and no state"),
    expected=("{wanted}", "{wanted}"),
    why_zh="有数值、日期或文件而没有完成情况，不知是否达到。",
    why_en="With a value, date or document and no state nobody can tell whether it was reached.",
)
NO_DATE = error(
    "N806",
    ("{result}已达到，没有日期", "{result} is reached, and has no date"),
    expected=("达到的年、月、日", "the day on which it was reached"),
    why_zh="达到的时间用于判断是否逾期，也用于统计多久达到；没有日期就不能用。",
    why_en="When it was reached decides whether it was late, and how long it took: without a date "
    "it cannot be used.",
)
NOT_A_DAY = error(
    "N807",
    ("“{text}”不是完整的日期", "{text!r} is no whole date"),
    expected=("年、月、日，如 2026-11-23", "year, month and day, such as 2026-11-23"),
    why_zh="写完整的年、月、日；缺年份或无法识别的日期不猜。",
    why_en="Write year, month and day; one without its year, or in no known form, is not guessed.",
)
NOT_A_NUMBER = error(
    "N808",
    ("“{text}”不是数值（{figure}）", "{text!r} is no number ({figure})"),
    expected=("数值，单位为{unit}", "a number in {unit}"),
    why_zh="这一层级由数值证明，文字说明写在证明文件列。",
    why_en="The level is shown by a number; words go into the column of documents.",
)
NO_SUCH_MILESTONE = error(
    "N809",
    ("“{text}”不是期次", "{text!r} is no number of a milestone"),
    expected=("第几期，如 2", "which payment, such as 2"),
    why_zh="期次为该成果资助的第几期，由模板填好，不要改动。",
    why_en="It is which payment of the grant; the template has it filled in, and it stays.",
)
UNKNOWN_OUTCOME = error(
    "N810",
    ("“{text}”不是成效层级", "{text!r} is no outcome"),
    expected=("{wanted}", "{wanted}"),
    why_zh="成效层级为 8 至 13，由模板填好，不要改动。",
    why_en="Outcomes are the levels 8 to 13; the template has them filled in, and they stay.",
)
BELOW_LEAST = error(
    "N811",
    (
        "{result}写已达到，而数值 {value}{unit} 低于 {least}{unit}",
        "{result} says that it is reached, and the value {value} {unit} is below {least} {unit}",
    ),
    expected=("{shows}", "{shows}"),
    mend=("改正数值，或改为尚未达到", "correct the value, or the state"),
    why_zh="层级有下限：低于下限不算达到。百分数填 35 表示 35%。",
    why_en="A level has a least value, below which it is not reached. A share is filled in as 35 "
    "for 35 %.",
)
REPORTED_TWICE = error(
    "N812",
    ("{result}已在 {first} 填报", "{result} is reported already at {first}"),
    expected=("各一行", "one row for each"),
    mend=("删去其中一行", "remove one of them"),
    why_zh="同一里程碑或成效填了两行，不知以哪行为准。",
    why_en="Two rows report the same: which of them holds cannot be known.",
)
NO_RESULT = error(
    "N813",
    ("这一行没有编号", "the row has no id"),
    expected=("模板中的编号", "the id that the template has"),
    why_zh="没有编号就不知填报的是哪项成果，不猜。",
    why_en="Without an id nobody can tell which result it is of.",
)
UNKNOWN_ROUND = error(
    "N814",
    ("轮次库中没有轮次“{text}”", "the store has no round {text!r}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="轮次由模板填好，为其编号的开头；改动后不知属于哪一轮。",
    why_en="The template has the round filled in, by the start of its key; changed, nobody can "
    "tell which one it is.",
)
NOT_FUNDED = error(
    "N815",
    ("轮次 {round} 没有资助 {result}", "the round {round} did not fund {result}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="随访只针对这一轮获资助的成果。",
    why_en="What is followed up is what the round funded.",
)
NO_PAYMENT = error(
    "N816",
    ("{result} 没有第 {number} 期", "{result} has no payment {number}"),
    expected=("1 至 {most}", "1 to {most}"),
    why_zh="期次超出该成果的拨付期数，不知填报的是哪一期。",
    why_en="The grant has not so many payments: nobody can tell which one is meant.",
)
IN_FUTURE = error(
    "N817",
    ("日期 {day} 在读取日 {today} 之后", "the date {day} is after the day of reading, {today}"),
    mend=("改正日期；确已到期的用 --as-of 指明读取日", "correct it, or say the day with --as-of"),
    why_zh="尚未到来的日期不能作为已达到的证明。",
    why_en="A day that has not come yet proves nothing: it is a slip, or it was read too soon.",
)
BEFORE_DECISION = warning(
    "N818",
    ("日期 {day} 早于决定日 {decided}", "the date {day} is before the decision of {decided}"),
    why_zh="在资助决定之前已达到：可能填错，也可能原本就已达到，不能算作资助的成效。",
    why_en="It was reached before the decision: a slip, or it is nothing that the grant brought.",
)
NO_DOCUMENT = warning(
    "N819",
    (
        "{result} 第 {number} 期写已达到，没有证明文件",
        "{result}, payment {number}: no document",
    ),
    mend=("补上文件名或文号", "name the document"),
    why_zh="征集文件要求证明文件，没有的暂缓拨付（征集文件 follow.document: false 则不要求）。",
    why_en="The call wants a document, and holds the payment without one (unless its "
    "follow.document is false).",
)
NO_MATCH = error(
    "N820",
    ("没有需求“{text}”", "there is no need {text!r}"),
    why_zh="对接结果须写明需求编号与成果编号。",
    why_en="What became of a match names the need and the result.",
)
NOTHING_FILLED = warning(
    "N821",
    ("没有填报任何内容", "nothing is filled in"),
    why_zh="完成情况、数值、日期、文件都空着的行不算填报；整本都空着的不存。",
    why_en="Rows without state, value, date and document report nothing; a workbook of such rows "
    "alone is not kept.",
)
NO_ROUND_HAS_IT = error(
    "N822",
    ("没有一轮有成果 {result}", "no round has a result {result}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="对接结果写明的成果编号须在轮次库中。",
    why_en="The result of a match is one of a round in the store.",
)
