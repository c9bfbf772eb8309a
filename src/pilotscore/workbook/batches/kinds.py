"""The kinds of finding about batch data and time series."""

from __future__ import annotations

from pilotscore.workbook.kinds import kind

READ_AS_BATCHES = kind(
    "S601",
    "info",
    (
        "读作批次数据：第 {row} 行为表头，{batches} 批、{values} 个测定值；特性：{names}",
        "read as batch data: header in row {row}, {batches} batches, {values} values; characteristics: {names}",
    ),
)
READ_AS_SERIES = kind(
    "S602",
    "info",
    (
        "读作连续运行的时间序列：第 {row} 行为表头，{values} 个读数；位号：{names}",
        "read as a time series: header in row {row}, {values} readings; tags: {names}",
    ),
)
COLUMN_NOT_READ = kind(
    "S603",
    "warning",
    (
        "列“{header}”没有数值，未作为特性读取",
        "the column “{header}” has no numbers and is not read as a characteristic",
    ),
    ("每批一个数值", "a number for each batch"),
)
OF_NO_RESULT = kind(
    "S604",
    "warning",
    (
        "成果表中没有编号 {id}（共 {count} 行批次数据），这些行未使用",
        "no result has the id {id} ({count} rows of batch data): the rows are not used",
    ),
    ("成果表中的编号，如 {near}", "an id of the table of results, such as {near}"),
)
WHOSE_BATCHES = kind(
    "S605",
    "warning",
    (
        "批次数据没有成果编号列，而成果有 {count} 项，未使用",
        "the batch data have no column of result ids, and there are {count} results: they are not used",
    ),
    (
        "一列成果编号，或以成果编号命名的工作表",
        "a column of result ids, or a sheet named by the id of a result",
    ),
)
NO_BATCH = kind(
    "S606",
    "warning",
    ("有数据而没有批号，该行未使用", "there are data but no batch number: the row is not used"),
    ("每行一个批号", "a batch number in each row"),
)
NOT_A_VALUE = kind(
    "S607",
    "warning",
    (
        "“{name}”的值“{text}”不是数值，该特性不作评价",
        "“{text}” is no number of “{name}”: the characteristic is not judged",
    ),
    ("数值；没有测定的留空", "a number; blank where it was not measured"),
)
CENSORED = kind(
    "S608",
    "info",
    ("“{text}”按其界限 {value} 计", "“{text}” counts as its bound {value}"),
)
LIMITS_REVERSED = kind(
    "S609",
    "warning",
    (
        "“{name}”的下限 {lower} 不小于上限 {upper}，不按限值评价",
        "the lower limit {lower} of “{name}” is not below its upper limit {upper}: it is not held against limits",
    ),
    ("下限小于上限", "a lower limit below the upper one"),
    ("对调或改正限值", "exchange or correct them"),
)
LIMITS_DIFFER = kind(
    "S610",
    "warning",
    (
        "“{name}”的限值不止一组（{first}；{second}），能力指数不作评价",
        "“{name}” has more than one pair of limits ({first}; {second}): its capability is not judged",
    ),
    ("全部批次用同一限值", "the same limits for all batches"),
)
UNIT_CHANGES = kind(
    "S611",
    "warning",
    (
        "“{name}”的单位由 {first} 变为 {second}，不能换算，该特性不作评价",
        "the unit of “{name}” changes from {first} to {second}, which cannot be converted: the characteristic is not judged",
    ),
    ("同一单位", "one unit"),
)
UNIT_CONVERTED = kind(
    "S612",
    "info",
    ("“{name}”的单位 {second} 已换算为 {first}", "“{name}” in {second} was converted to {first}"),
)
REPEATED_BATCH = kind(
    "S613",
    "warning",
    (
        "批号 {batch} 出现 {count} 次，按同一批的多个样品计",
        "the batch number {batch} stands {count} times: read as samples of one batch",
    ),
    ("一批一行，或用“样品”列区分同批样品", "a row for each batch, or a column of samples"),
)
TWO_BATCHES_ONE_NUMBER = kind(
    "S614",
    "warning",
    (
        "批号 {batch} 有两个不同的开始时间，不能分清是哪一批；该成果的批次测度不作评价",
        "the batch number {batch} has two different times of start: which batch is meant is not clear, and the batches of this result are not judged",
    ),
    ("每批一个批号", "a number for each batch"),
)
NOT_A_TIME = kind(
    "S615",
    "warning",
    ("“{text}”不是时间", "“{text}” is no time"),
    ("日期与时间，如 2026-03-01 08:30", "a date and a time, such as 2026-03-01 08:30"),
)
BACKWARDS = kind(
    "S616",
    "warning",
    (
        "结束时间早于开始时间，该成果的运行时间不作评价",
        "it ends before it begins: the running of this result is not judged",
    ),
    ("结束晚于开始", "an end after the beginning"),
)
CLOCK_BACK = kind(
    "S617",
    "warning",
    (
        "时间倒退了 {count} 次（此处首次：由 {before} 到 {after}），已按时间重新排序",
        "the time runs backwards {count} times (here first, from {before} to {after}): read in order of time",
    ),
    ("按时间先后的读数", "readings in order of time"),
)
UNKNOWN_SCALE = kind(
    "S618",
    "warning",
    ("不能识别的规模“{text}”，按中试计", "the scale “{text}” is not known and counts as pilot"),
    ("小试、中试或生产", "lab, pilot or production"),
)
NOT_A_VERDICT = kind(
    "S619",
    "warning",
    (
        "不能识别的判定“{text}”，按不合格计",
        "the verdict “{text}” is not known and counts as not qualified",
    ),
    ("合格或不合格", "pass or fail"),
)
DISCARDED_UNEXPLAINED = kind(
    "S620",
    "warning",
    (
        "批次 {batch} 弃用而没有说明原因，按不合格计",
        "batch {batch} was discarded without a reason and counts as failed",
    ),
    ("弃用的原因，如“报废：停电”", "a reason, such as “discarded: power failure”"),
)
DISCARDED_EXPLAINED = kind(
    "S621",
    "info",
    (
        "批次 {batch} 因“{reason}”弃用，不参与计算",
        "batch {batch} was discarded (“{reason}”) and is left out",
    ),
)
DISCARDED_LEFT_OUT = kind(
    "S622",
    "info",
    (
        "批次 {batch} 弃用，按指标体系不参与计算",
        "batch {batch} was discarded and, by the criteria set, is left out",
    ),
)
NOT_A_LIMIT = kind(
    "S623",
    "warning",
    (
        "“{name}”的限值“{text}”不是数值，不按限值评价",
        "the limit “{text}” of “{name}” is no number: it is not held against limits",
    ),
    ("数值，或留空", "a number, or blank"),
)
DISCARDED_FAILED = kind(
    "S625",
    "info",
    (
        "批次 {batch} 因“{reason}”弃用，按指标体系计为不合格",
        "batch {batch} was discarded (“{reason}”) and, by the criteria set, counts as failed",
    ),
)
BAD_READINGS = kind(
    "S626",
    "warning",
    (
        "“{name}”有 {count} 个读数不是数值（首个为“{text}”），不计",
        "“{name}” has {count} readings that are no numbers (the first is “{text}”): they are left out",
    ),
)
