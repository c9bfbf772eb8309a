"""The kinds of finding about a file of decisions, which go on top of a recommendation."""

from __future__ import annotations

from pilotscore.workbook.kinds import kind

NO_DECISIONS = kind(
    "F721", "error",
    ("没有找到决定表：缺少列 {columns}", "no table of decisions: no column {columns}"),
    ("一行表头：编号、决定、金额（可空）、决定人、理由、日期", "a header row: id, decision, amount (may be empty), who, why, date"),
)  # fmt: skip
UNKNOWN_DECISION = kind(
    "F722", "error",
    ("“{text}”不是一种决定", "{text!r} is no decision"),
    ("资助、不予资助或转下一轮", "fund, decline or defer"),
)  # fmt: skip
NOT_SAID = kind(
    "F723", "error",
    ("{result}的决定没有写明{what}", "the decision on {result} does not say {what}"),
    None,
    ("补填：没有决定人、理由和日期的决定不能留档", "enter it: a decision without who, why and when cannot be kept on record"),
)  # fmt: skip
NOT_A_DAY = kind(
    "F724", "error",
    ("“{text}”不是完整的日期", "{text!r} is no whole date"),
    ("年、月、日，如 2026-11-23", "year, month and day, such as 2026-11-23"),
)  # fmt: skip
NOT_AN_AMOUNT = kind(
    "F725", "error",
    ("“{text}”不是金额", "{text!r} is no amount"),
    ("如 120万元；不写单位则用征集文件的单位", "such as 120万元; without a unit it is in that of the call"),
)  # fmt: skip
DECIDED_TWICE = kind(
    "F726", "error",
    ("{result}在 {first} 已有决定", "{result} is decided already at {first}"),
    ("每项成果一个决定", "one decision for each result"),
    ("删去其中一行", "remove one of the rows"),
)  # fmt: skip
AMOUNT_OF_NOTHING = kind(
    "F727", "error",
    ("{result}写了金额，而决定是“{decision}”", "{result} has an amount, and the decision is “{decision}”"),
    ("只有资助才有金额", "an amount goes with funding alone"),
    ("清除金额，或改正决定", "clear the amount, or correct the decision"),
)  # fmt: skip
NOT_READ = kind(
    "F728", "warning",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    ("编号、决定、金额、决定人、理由、日期", "id, decision, amount, who, why, date"),
    ("若是其中之一，改用上述表头", "if it is one of these, head it so"),
)  # fmt: skip
TWO_COLUMNS = kind(
    "F729", "error",
    ("列“{header}”与“{first}”意义相同", "the columns “{header}” and “{first}” mean the same"),
    ("各一列", "one of each"),
    ("删去其中一列", "remove one of them"),
)  # fmt: skip
NOTHING_DECIDED = kind(
    "F730", "error",
    ("表头之下没有一项决定", "below the header there is no decision"),
    ("每项决定一行", "a row for each decision"),
)  # fmt: skip
