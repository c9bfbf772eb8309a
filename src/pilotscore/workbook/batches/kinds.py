"""The kinds of finding about batch data and time series."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

READ_AS_BATCHES = info(
    "S601",
    (
        "读作批次数据：第 {row} 行为表头，{batches} 批、{values} 个测定值；特性：{names}",
        "read as batch data: header in row {row}, {batches} batches, {values} values; "
        "characteristics: {names}",
    ),
    why_zh="这张工作表有批号列，因此读作批次数据：其中的数值不是成果的指标值，"
    "而用来计算稳定性测度（变异、能力指数、控制图等）。长表一行一个测定值，宽表一行一批、"
    "一列一个特性。",
    why_en="The sheet has a column of batch numbers and is read as batch data: its numbers are no "
    "values of indicators, but what measures of stability (variation, capability, control charts) "
    "are worked out from. A long sheet has a row for each value, a wide one a row for each batch "
    "and a column for each characteristic.",
)
READ_AS_SERIES = info(
    "S602",
    (
        "读作连续运行的时间序列：第 {row} 行为表头，{values} 个读数；位号：{names}",
        "read as a time series: header in row {row}, {values} readings; tags: {names}",
    ),
    why_zh="这张工作表有时间列而没有批号列，读作连续运行的时间序列：每一列是一个位号，"
    "用来判断稳态时间占比与限内运行时间。",
    why_en="The sheet has a column of times and no batch numbers, and is read as a time series of "
    "continuous running: each column is a tag, from which the share of steady state and the time "
    "within limits are worked out.",
)
SUMMED_COLUMN = info(
    "S643",
    (
        "列“{header}”是其他列的汇总，不作为特性",
        "the column “{header}” sums up others: it is no characteristic",
    ),
    why_zh="表头是平均、RSD、极差之类，是同一行各次测定的汇总，不是另一项特性，没有参与计算。",
    why_en="Headed mean, RSD, range or the like: it sums up what was measured in the row, is no "
    "characteristic of its own and does not count.",
)
HEADLESS_COLUMN = warning(
    "S644",
    (
        "这一列有数值但没有表头，没有读",
        "a column of numbers without a header: not read",
    ),
    expected=("每列一个表头", "a header for each column"),
    mend=("在表头行写明是什么", "say in the row of headers what it is"),
    why_zh="合并的表头下有几列数值时，只有第一列有表头，其余不知是什么，没有读。请给每列一个表头。",
    why_en="Where a merged header spans several columns of numbers, the first alone has a header. "
    "What the others are cannot be known, and they were not read.",
)
TURNED_BATCHES = error(
    "S645",
    (
        "批次横排（每列一批）：没有读",
        "batches stand side by side, one to a column: not read",
    ),
    expected=("每行一批，每列一项特性", "a row for each batch, a column for each characteristic"),
    mend=("在 Excel 中用“转置”粘贴", "paste it transposed in Excel"),
    why_zh="表头是批号，第一列是检测项目，与读取的方向相反：照读会把项目当成批次。请转置后再读。",
    why_en="The header has the batch numbers and the first column what was measured. Read as it "
    "stands, characteristics would be taken for batches. Transpose the table.",
)
SECOND_BATCH_TABLE = error(
    "S646",
    (
        "第 {row} 行是另一张批次表的表头：以下 {count} 行没有读",
        "row {row} is the header of another table of batches: not read from there: {count} rows",
    ),
    expected=("一张工作表一张批次表", "one table of batches on a sheet"),
    mend=("把第二张表移到另一张工作表", "move the second table to a sheet of its own"),
    why_zh="批号列的表头又出现一次，而其他列的表头不同，是另一张表。若照读，会把它的数值算到第一张表的特性上。",
    why_en="The header of batch numbers comes again with other headers beside it: another table. "
    "Its values would be taken for characteristics of the first.",
)
COLUMN_NOT_READ = warning(
    "S603",
    (
        "列“{header}”没有数值，未作为特性读取",
        "the column “{header}” has no numbers and is not read as a characteristic",
    ),
    expected=("每批一个数值", "a number for each batch"),
    why_zh="这一列没有任何数值，因此不作为特性读取。若它应当是特性，请检查单元格是否为文本。",
    why_en="The column has no number at all, so it is not read as a characteristic. If it should "
    "be one, look whether its cells are text.",
)
OF_NO_RESULT = warning(
    "S604",
    (
        "成果表中没有编号 {id}（共 {count} 行批次数据），这些行未使用",
        "no result has the id {id} ({count} rows of batch data): not used",
    ),
    expected=("成果表中的编号，如 {near}", "an id of the table of results, such as {near}"),
    why_zh="批次数据的这些行写着一个成果编号，而成果表中没有它，因此没有用于任何成果。"
    "编号应与成果表一致（也可以写成果名称）。",
    why_en="These rows of batch data name a result that no table of results has, so they are used "
    "for none. The id must be that of the table of results (its title will do too).",
)
WHOSE_BATCHES = warning(
    "S605",
    (
        "批次数据没有成果编号列，而成果有 {count} 项，未使用",
        "the batch data have no column of result ids, and there are {count} results: they are not "
        "used",
    ),
    expected=(
        "一列成果编号，或以成果编号命名的工作表",
        "a column of result ids, or a sheet named by the id of a result",
    ),
    why_zh="批次数据没有说明属于哪项成果。加一列成果编号；或把工作表命名为成果编号；"
    "或每个工作簿只写一项成果。",
    why_en="Nothing says which result the batch data are of. Add a column of result ids, name the "
    "sheet by the id, or keep one result to a workbook.",
)
NO_BATCH = warning(
    "S606",
    ("有数据而没有批号，该行未使用", "there are data but no batch number: the row is not used"),
    expected=("每行一个批号", "a batch number in each row"),
    why_zh="这一行有数据而没有批号，无法归入任何一批，因此没有使用。长表中空白的批号沿用上一行的。",
    why_en="The row has data but no batch number, so that it belongs to no batch and is not used. "
    "In a long sheet a blank batch number repeats the one above.",
)
NOT_A_VALUE = warning(
    "S607",
    (
        "“{name}”的值“{text}”不是数值，该特性不作评价",
        "“{text}” is no number of “{name}”: the characteristic is not judged",
    ),
    expected=("数值；没有测定的留空", "a number; blank where it was not measured"),
    why_zh="数值中夹有文字，不能知道这一批的值是多少；略去它会使其余批次显得更好，"
    "因此整个特性不作评价，直到改正。没有测定的留空。“<0.05”这类界限只有在界限方向不利时才计入。",
    why_en="There is text among the numbers, so what this batch had is not known; leaving it out "
    "could flatter the rest. The characteristic is not judged until it is mended. Leave blank "
    "what was not measured. A bound such as “<0.05” counts only where its end is the less "
    "favourable one.",
)
CENSORED = info(
    "S608",
    ("“{text}”按其界限 {value} 计", "“{text}” counts as its bound {value}"),
    why_zh="单元格写的是界限（如“<0.05”）而不是数值，按该界限计算。",
    why_en="The cell states a bound (such as “<0.05”) and not a number: it counts as the bound.",
)
LIMITS_REVERSED = warning(
    "S609",
    (
        "“{name}”的下限 {lower} 不小于上限 {upper}，不按限值评价",
        "the lower limit {lower} of “{name}” is not below its upper limit {upper}: it is not held "
        "against limits",
    ),
    expected=("下限小于上限", "a lower limit below the upper one"),
    mend=("对调或改正限值", "exchange or correct them"),
    why_zh="下限不小于上限，无法判断是否合格，也无法计算能力指数。",
    why_en="The lower limit is not below the upper one, so that neither conformity nor capability "
    "can be told.",
)
LIMITS_DIFFER = warning(
    "S610",
    (
        "“{name}”的限值不止一组（{first}；{second}），能力指数不作评价",
        "“{name}” has more than one pair of limits ({first}; {second}): its capability is not "
        "judged",
    ),
    expected=("全部批次用同一限值", "the same limits for all batches"),
    why_zh="同一特性的不同批次写有不同的限值。是否合格按各批自己的限值判断；能力指数需要一组限值，"
    "因此不作评价。",
    why_en="Batches of one characteristic have different limits. Each is held against its own; an "
    "index of capability needs one pair of limits and is not given.",
)
UNIT_CHANGES = warning(
    "S611",
    (
        "“{name}”的单位由 {first} 变为 {second}，不能换算，该特性不作评价",
        "the unit of “{name}” changes from {first} to {second}, which cannot be converted: the "
        "characteristic is not judged",
    ),
    expected=("同一单位", "one unit"),
    why_zh="单位在中途改变，而且两个单位之间不能换算，因此不能把这些数值放在一起。请统一单位。",
    why_en="The unit changes on the way, and one cannot be converted to the other, so that the "
    "numbers cannot be taken together. Use one unit.",
)
UNIT_CONVERTED = info(
    "S612",
    ("“{name}”的单位 {second} 已换算为 {first}", "“{name}” in {second} was converted to {first}"),
    why_zh="同一特性用了两种可换算的单位，已换算为同一单位后计算。",
    why_en="A characteristic is given in two units that can be converted: the numbers were "
    "converted to one.",
)
REPEATED_BATCH = warning(
    "S613",
    (
        "批号 {batch} 出现 {count} 次，按同一批的多个样品计",
        "the batch number {batch} stands {count} times: read as samples of one batch",
    ),
    expected=("一批一行，或用“样品”列区分同批样品", "a row for each batch, or a column of samples"),
    why_zh="宽表中同一批号有多行，又没有“样品”列和不同的开始时间，因此按同一批的多个样品计算（批"
    "内、批间变异分开估计）。",
    why_en="A batch number stands in several rows of a wide sheet, without a column of samples "
    "and without different times: they are taken as samples of one batch, and variation within "
    "and between batches is told apart.",
)
TWO_BATCHES_ONE_NUMBER = warning(
    "S614",
    (
        "批号 {batch} 有两个不同的开始时间，不能分清是哪一批；该成果的批次测度不作评价",
        "the batch number {batch} has two different times of start: which batch is meant is not "
        "clear, and the batches of this result are not judged",
    ),
    expected=("每批一个批号", "a number for each batch"),
    why_zh="同一批号有两个不同的开始时间，像是两批用了一个批号。在弄清之前，"
    "这项成果的批次测度不作评价。",
    why_en="One batch number has two different times of start, as if two batches shared it. Until "
    "that is settled the batches of the result are not judged.",
)
NOT_A_TIME = warning(
    "S615",
    ("“{text}”不是时间", "“{text}” is no time"),
    expected=("日期与时间，如 2026-03-01 08:30", "a date and a time, such as 2026-03-01 08:30"),
    why_zh="这个单元格应当是时间、小时数或月数，但不能识别，按空白处理。",
    why_en="The cell should be a time, hours or months, but cannot be read: it counts as blank.",
)
BACKWARDS = warning(
    "S616",
    (
        "结束时间早于开始时间，该成果的运行时间不作评价",
        "it ends before it begins: the running of this result is not judged",
    ),
    expected=("结束晚于开始", "an end after the beginning"),
    why_zh="结束时间早于开始时间，这一段的长短无从知道，因此这项成果的运行时间、可用率等不作评价。",
    why_en="It ends before it begins, so how long it ran is not known: hours run, availability "
    "and the like are not judged for this result.",
)
CLOCK_BACK = warning(
    "S617",
    (
        "时间倒退了 {count} 次（此处首次：由 {before} 到 {after}），已按时间重新排序",
        "the time runs backwards {count} times (here first, from {before} to {after}): read in "
        "order of time",
    ),
    expected=("按时间先后的读数", "readings in order of time"),
    why_zh="时间序列中有读数的时间早于上一行。读数已按时间重新排序；若是时钟被拨回（如夏令时），"
    "请改正时间。",
    why_en="A reading of the time series is earlier than the row above. The readings were put in "
    "order of time; if the clock was put back, mend the times.",
)
UNKNOWN_SCALE = warning(
    "S618",
    ("不能识别的规模“{text}”，按中试计", "the scale “{text}” is not known and counts as pilot"),
    expected=("小试、中试或生产", "lab, pilot or production"),
    why_zh="规模列只认小试、中试、生产（lab、pilot、production）及其常用写法；其他写法按中试计。",
    why_en="The column of scales knows lab, pilot and production (小试、中试、生产) and their "
    "usual names; anything else counts as pilot.",
)
NOT_A_VERDICT = warning(
    "S619",
    (
        "不能识别的判定“{text}”，按不合格计",
        "the verdict “{text}” is not known and counts as not qualified",
    ),
    expected=("合格或不合格", "pass or fail"),
    why_zh="判定列的写法不能识别。没有合格的证据，因此按不合格计。",
    why_en="The verdict cannot be read. There is no proof that the batch qualified, so it counts "
    "as not qualified.",
)
DISCARDED_UNEXPLAINED = warning(
    "S620",
    (
        "批次 {batch} 弃用而没有说明原因，按不合格计",
        "batch {batch} was discarded without a reason and counts as failed",
    ),
    expected=("弃用的原因，如“报废：停电”", "a reason, such as “discarded: power failure”"),
    why_zh="批次被弃用（报废、剔除等）而没有说明原因。不说明原因就剔除会使稳定性显得更好，"
    "因此计为不合格；指标体系可另作规定。",
    why_en="The batch was discarded without a reason. To leave it out would flatter the "
    "stability, so it counts as failed; the criteria set may rule otherwise.",
)
DISCARDED_EXPLAINED = info(
    "S621",
    (
        "批次 {batch} 因“{reason}”弃用，不参与计算",
        "batch {batch} was discarded (“{reason}”) and is left out",
    ),
    why_zh="批次因所写的原因弃用，不参与计算。评价人应核实原因是否与工艺无关。该批若不合格（判定、备注或限值），"
    "仍留在批次顺序中，打断连续合格批次；指标体系可另作规定（discarded_in_runs）。",
    why_en="The batch was discarded for the reason that is stated, and is left out. See whether "
    "the reason has nothing to do with the process. If it failed (by verdict, remark or limit) it "
    "stays in the sequence all the same and ends a run of qualified batches, unless the criteria "
    "set says otherwise (discarded_in_runs).",
)
DISCARDED_LEFT_OUT = info(
    "S622",
    (
        "批次 {batch} 弃用，按指标体系不参与计算",
        "batch {batch} was discarded and, by the criteria set, is left out",
    ),
    why_zh="指标体系规定弃用的批次不参与计算（discarded_without_reason: left_out）。",
    why_en="The criteria set leaves discarded batches out (discarded_without_reason: left_out).",
)
NOT_A_LIMIT = warning(
    "S623",
    (
        "“{name}”的限值“{text}”不是数值，不按限值评价",
        "the limit “{text}” of “{name}” is no number: it is not held against limits",
    ),
    expected=("数值，或留空", "a number, or blank"),
    why_zh="限值单元格不是数值，因此这一特性不按限值评价（是否合格、能力指数）。",
    why_en="The cell of a limit is no number, so the characteristic is not held against limits "
    "(conformity, capability).",
)
DISCARDED_FAILED = info(
    "S625",
    (
        "批次 {batch} 因“{reason}”弃用，按指标体系计为不合格",
        "batch {batch} was discarded (“{reason}”) and, by the criteria set, counts as failed",
    ),
    why_zh="指标体系规定即使有理由弃用的批次也计为不合格（discarded_with_reason: failed）。",
    why_en="The criteria set counts a discarded batch as failed even with a reason "
    "(discarded_with_reason: failed).",
)
BAD_READINGS = warning(
    "S626",
    (
        "“{name}”有 {count} 个读数不是数值（首个为“{text}”），不计",
        "“{name}” has {count} readings without a number (the first is “{text}”): they are left out",
    ),
    why_zh="时间序列中的这些读数不是数值（如通讯中断），按没有读数处理。",
    why_en="These readings of the time series are no numbers (a lost signal, for example): they "
    "count as not read.",
)
FALLEN_TOGETHER = error(
    "S627",
    (
        "{name} 丢失了末尾的数字，又见 {other}：可能是两个不同的编号，不能分清",
        "{name} lost its last digits and stands in {other} too: they may be two, which cannot be "
        "told apart",
    ),
    expected=("以文本存放的完整编号", "the whole number, as text"),
    mend=(
        "把该列设为文本格式，照原始记录重新输入",
        "format the column as text, and enter the numbers anew",
    ),
    why_zh="成果编号或批号超过 15 位而以数值存放时，Excel 把后面的数字变成 0，"
    "不同的编号会因此相同。同一编号在不相邻的行（或一批一行的表的两行）又出现，可能就是这样。以文本重新输入即可分清。",
    why_en="Where an id or batch number has more than 15 digits and is stored as a number, Excel "
    "makes zeros of the last ones, and numbers that differ become the same. This one stands again "
    "in rows that are not together, or in two rows of a sheet with a row for each batch, which may "
    "be just that. Entered anew as text they are told apart.",
)
NO_OFFSET = warning(
    "S628",
    (
        "“{text}”没有时区，而同一工作表中别的时间写有时区",
        "“{text}” states no offset, and other times of the sheet do",
    ),
    expected=("带时区的时间，如 2026-03-01T08:30+08:00", "a time such as 2026-03-01T08:30+08:00"),
    mend=("各行写法一致：都写时区，或都不写", "write all of them with an offset, or none"),
    why_zh="同一工作表中，有的时间写有时区（Z 或 +08:00），有的没有，两者相差几小时无从知道，"
    "所以没有时区的按空白处理。",
    why_en="Some times of the sheet say how far their clock is from Greenwich (Z, +08:00), this "
    "one does not: how many hours lie between them is not known, and it counts as blank.",
)
READ_AS_SHOWN = info(
    "S629",
    (
        "{stored} 按数字格式显示为“{text}”，按所显示的读入（本列 {count} 个）",
        "{stored} is shown as “{text}” by its number format, and was read so ({count} cells of the "
        "column)",
    ),
    why_zh="单元格的数字格式带有单位、文字或位数，人看到的是带它们的值，所以按所显示的读入，"
    "与直接键入一样。请核对。",
    why_en="The number format of the cells has a unit, a text or a scale. Whoever opens the "
    "workbook sees the numbers with it, so they were read as if typed so. See that it is right.",
)
NO_BATCH_ROW = info(
    "S630",
    (
        "“{text}”行按{what}跳过，不是批次",
        "a row “{text}”: taken for {what} and passed over, it is no batch",
    ),
    why_zh="批号（或编号、首列）处写着平均、最大值、RSD、质量标准、签字之类，这一行是汇总或说明，不是批次，"
    "没有参与计算。若批号就是这样，请改写批号。",
    why_en="Where the batch number stands (or the id, or in the first column) it says mean, "
    "maximum, RSD, specification, a signature or the like: the row sums up or explains, is no "
    "batch and does not count. If the batch is truly called so, write its number otherwise.",
)
PERHAPS_NO_BATCH = warning(
    "S631",
    (
        "“{text}”行可能是{what}，也可能是批次：按{what}跳过",
        "a row “{text}” could be {what} or a batch: it was taken for {what} and passed over",
    ),
    mend=("若是批次，写上批号", "give it a batch number if it is a batch"),
    why_zh="批号处的词像是标准、说明之类，也可能是批号。这里当作不是批次，没有参与计算。请核对。",
    why_en="The word where the batch number stands is like that of a standard or a remark, and "
    "could be a batch number too. It was taken for no batch and does not count. Look at it.",
)
PERHAPS_A_BATCH = warning(
    "S632",
    (
        "“{text}”行可能是{what}，也可能是批次：按批次读入",
        "a row “{text}” could be {what} or a batch: it was read as a batch",
    ),
    mend=("若不是批次，删去这一行或移到表外", "if it is no batch, move it away from the table"),
    why_zh="批号处的词像是汇总之类，但更像批号，因此按一批读入并参与计算。请核对。",
    why_en="The word where the batch number stands is like that of a sum, but more like a batch "
    "number: it was read as a batch and counts. Look at it.",
)
LIMIT_ROW = info(
    "S633",
    (
        "“{text}”行按各列的{what}读入，不是批次",
        "a row “{text}”: read as {what} of its columns, it is no batch",
    ),
    why_zh="这一行写的是各特性的限值或目标值，无论在数据的上方还是下方，都用于所在的列。",
    why_en="The row states limits or targets of the characteristics, which hold for its columns "
    "wherever it stands, above the data or below.",
)
LIMITS_AGAIN = warning(
    "S634",
    (
        "“{text}”行又写了一次{what}：用了第 {row} 行的，这一行没有用",
        "a row “{text}” states {what} again: those of row {row} were used, and these were not",
    ),
    expected=("每种限值一行", "one row for each kind of limit"),
    why_zh="同一种限值写了两行。用了上面的一行；若下面的才对，删去上面的一行。",
    why_en="A kind of limit is stated in two rows. The upper row was used; if the lower one is "
    "right, remove the upper.",
)
LIMIT_COLUMN = info(
    "S635",
    (
        "列“{header}”用作“{name}”的限值或目标值",
        "the column “{header}” was taken for the limits or the target of “{name}”",
    ),
    why_zh="表头只写了限值（如“规格下限”），没有写是哪个特性的，因此用于它左边的特性（只有一个特性时就是它）。"
    "请核对；也可写成“纯度下限”。",
    why_en="The header says limit (such as LSL) and not of what, so it holds for the "
    "characteristic to its left, or the only one. See that it is right; “purity lower limit” "
    "says it outright.",
)
EXTREMES_AS_LIMITS = warning(
    "S636",
    (
        "表头下的“{text}”行按各列的{what}读入；也可能是实测的极值",
        "the row “{text}” below the header was read as {what} of its columns; it could be the "
        "extreme that was measured",
    ),
    mend=("写成“下限”或“上限”", "write lower limit or upper limit"),
    why_zh="紧接表头的“最小值”“min”之类，多为限值，也可能是实测的最小、最大值。这里按限值用。请核对。",
    why_en="A row “min” or “max” just below the header mostly states limits, but could be the "
    "least or greatest that was measured. It was taken for limits. Look at it.",
)
LIMIT_OF_NOTHING = warning(
    "S637",
    (
        "列“{header}”是限值，但不知是哪个特性的，没有用",
        "the column “{header}” states limits, of which characteristic is not known: not used",
    ),
    expected=("写明特性，如“纯度下限”", "the characteristic too, such as “purity lower limit”"),
    why_zh="表头只写了限值，左边没有特性，或那个特性已有同样的限值，因此没有用，也没有当作特性。",
    why_en="The header says limit alone, and there is no characteristic to its left, or that "
    "one has such a limit already: it was not used, nor taken for a characteristic.",
)
LIMITS_OF_ONE = warning(
    "S638",
    (
        "“{text}”行写着编号 {id}，而表中有几项成果：这一行没有用",
        "a row “{text}” has the id {id}, and the sheet has several results: it was not used",
    ),
    mend=(
        "各成果的限值不同时，在每行写限值列（如“纯度下限”）",
        "where results differ in limits, state them in columns of each row (purity lower limit)",
    ),
    why_zh="限值行用于整列，而这一行写着一项成果的编号；表中还有别的成果，用了会把它的限值套在别的成果上。",
    why_en="A row of limits holds for whole columns, and this one has the id of one result, "
    "while the sheet has others too: they would be held against limits that are not theirs.",
)
SPECIFIED = info(
    "S640",
    (
        "“{text}”用作“{name}”的限值（{limits}）",
        "“{text}” was taken for the limits of “{name}” ({limits})",
    ),
    why_zh="质量标准、规格行（或列）里的写法（≥99.0、≤0.5、98.0~102.0、95±3、不低于、NLT、NMT）读作该特性的限值，"
    "合格与过程能力按它判断；下限、上限行或列里写的先用。",
    why_en="What a row (or column) of specifications says (≥99.0, ≤0.5, 98.0~102.0, 95±3, NLT, "
    "NMT) was read as limits of the characteristic, by which batches qualify and are capable; "
    "limits that are stated as such go before it.",
)
SPECIFICATION_UNREAD = warning(
    "S641",
    (
        "“{name}”的标准“{text}”不能读作限值",
        "the specification “{text}” of “{name}” cannot be read as limits",
    ),
    expected=(
        "如“≥99.0”“≤0.5”“98.0~102.0”“95±3”“不低于99”",
        "such as “≥99.0”, “≤0.5”, “98.0~102.0”, “95±3”, “NLT 99”",
    ),
    mend=("写成这样，或另写下限、上限行", "write it so, or state rows of lower and upper limits"),
    why_zh="标准或规格写得不能读作数值限值（如只有一个数，不知是上限还是下限；或是文字），没有用作限值。",
    why_en="The specification does not say limits in numbers: a number alone may be a lower or an "
    "upper one, and words are none. It was not used.",
)
SPECIFICATION_DIFFERS = warning(
    "S642",
    (
        "“{name}”的标准“{text}”与另写的限值（{limits}）不一致：按另写的限值",
        "the specification “{text}” of “{name}” differs from the limits stated ({limits}): those "
        "count",
    ),
    mend=("核对后只留一种", "compare them and leave one"),
    why_zh="同一特性既有标准或规格，又有下限、上限，两者不一致。按写明的下限、上限计，请核对哪个对。",
    why_en="A characteristic has a specification and limits, and they do not agree. The limits "
    "count; see which is right.",
)
SPECIMENS = warning(
    "S660",
    (
        "没有批号列，“{header}”的每一个按一批计：看不到批与批之间的变异",
        "there are no batch numbers: each “{header}” counts as a batch, and the variation between "
        "batches does not show",
    ),
    expected=("批号列", "a column of batch numbers"),
    mend=("有几批时另加批号列", "add a column of batch numbers where there are several batches"),
    why_zh="小试与中试各只有一批、以试棒（试件）比较时，每个试棒按一批计算。同一批内的试棒比批与批之间更接近，"
    "所得界限只对这一批成立。",
    why_en="Where a laboratory and a pilot made one lot each and are compared by their specimens, "
    "each specimen counts as a batch. Specimens of one lot are more alike than lots are: the "
    "bounds hold of these lots alone.",
)
LOOSE_NUMBER = warning(
    "S661",
    (
        "“{text}”按 {value} 计：批次数据应为单个实测值",
        "“{text}” was read as {value}: data of batches are single values that were measured",
    ),
    expected=("一个实测值", "one measured value"),
    mend=(
        "填实测值；几个测定各占一行",
        "enter the value measured; several go into rows of their own",
    ),
    why_zh="写了“约”“左右”或“±”，已按其中的数值计。约数和不确定度不参加批间变异的计算。",
    why_en="An estimate or a value with an uncertainty counts as its number. Neither the rounding "
    "nor the uncertainty goes into the variation between batches.",
)
OTHER_SCALE = warning(
    "S662",
    (
        "“{name}”的 {value} 与其他批次相差百倍：可能是 {meant}",
        "{value} of “{name}” is a hundred times out of line with the other batches: {meant} was "
        "probably meant",
    ),
    mend=("核对；各批写成同一种单位", "look at it, and write all batches in one unit"),
    why_zh="同一特性的多数批次约为它的一百倍（或百分之一），多半是百分数与小数混写。已按所写的数值参加计算。",
    why_en="Most batches have about a hundred times, or a hundredth, of this value: a percentage "
    "and a share stand side by side, as it seems. It counts as it is written.",
)
LIMITS_IN_HEADER = warning(
    "S663",
    (
        "“{name}”的表头“{text}”写有限值（{limits}），没有用作限值",
        "the header “{text}” of “{name}” states limits ({limits}), which were not used",
    ),
    expected=("质量标准行，或下限、上限行", "a row of specifications, or of limits"),
    mend=("在“质量标准”行写这些限值", "write them into a row “Specification”"),
    why_zh="限值写在表头里，没有读作限值：合格判定与能力指数不会用到它。",
    why_en="Limits in a header are not read: neither conformity nor capability is judged by them.",
)
