"""What findings about batch data mean, in full."""

from __future__ import annotations

from pilotscore.language import Text

READING = {
    "S601": Text(
        "这张工作表有批号列，因此读作批次数据：其中的数值不是成果的指标值，而用来计算稳定性测度（变异、能力指数、控制图等）。"
        "长表一行一个测定值，宽表一行一批、一列一个特性。",
        "The sheet has a column of batch numbers and is read as batch data: its numbers are no values of indicators, "
        "but what measures of stability (variation, capability, control charts) are worked out from. A long sheet "
        "has a row for each value, a wide one a row for each batch and a column for each characteristic.",
    ),
    "S602": Text(
        "这张工作表有时间列而没有批号列，读作连续运行的时间序列：每一列是一个位号，用来判断稳态时间占比与限内运行时间。",
        "The sheet has a column of times and no batch numbers, and is read as a time series of continuous running: "
        "each column is a tag, from which the share of steady state and the time within limits are worked out.",
    ),
    "S603": Text(
        "这一列没有任何数值，因此不作为特性读取。若它应当是特性，请检查单元格是否为文本。",
        "The column has no number at all, so it is not read as a characteristic. If it should be one, look whether its "
        "cells are text.",
    ),
    "S604": Text(
        "批次数据的这些行写着一个成果编号，而成果表中没有它，因此没有用于任何成果。编号应与成果表一致（也可以写成果名称）。",
        "These rows of batch data name a result that no table of results has, so they are used for none. The id must be "
        "that of the table of results (its title will do too).",
    ),
    "S605": Text(
        "批次数据没有说明属于哪项成果。加一列成果编号；或把工作表命名为成果编号；或每个工作簿只写一项成果。",
        "Nothing says which result the batch data are of. Add a column of result ids, name the sheet by the id, or "
        "keep one result to a workbook.",
    ),
    "S606": Text(
        "这一行有数据而没有批号，无法归入任何一批，因此没有使用。长表中空白的批号沿用上一行的。",
        "The row has data but no batch number, so that it belongs to no batch and is not used. In a long sheet a blank "
        "batch number repeats the one above.",
    ),
    "S607": Text(
        "数值中夹有文字，不能知道这一批的值是多少；略去它会使其余批次显得更好，因此整个特性不作评价，直到改正。没有测定的留空。"
        "“<0.05”这类界限只有在界限方向不利时才计入。",
        "There is text among the numbers, so what this batch had is not known; leaving it out could flatter the rest. "
        "The characteristic is not judged until it is mended. Leave blank what was not measured. A bound such as "
        "“<0.05” counts only where its end is the less favourable one.",
    ),
    "S608": Text(
        "单元格写的是界限（如“<0.05”）而不是数值，按该界限计算。",
        "The cell states a bound (such as “<0.05”) and not a number: it counts as the bound.",
    ),
    "S609": Text(
        "下限不小于上限，无法判断是否合格，也无法计算能力指数。",
        "The lower limit is not below the upper one, so that neither conformity nor capability can be told.",
    ),
    "S610": Text(
        "同一特性的不同批次写有不同的限值。是否合格按各批自己的限值判断；能力指数需要一组限值，因此不作评价。",
        "Batches of one characteristic have different limits. Each is held against its own; an index of capability "
        "needs one pair of limits and is not given.",
    ),
    "S611": Text(
        "单位在中途改变，而且两个单位之间不能换算，因此不能把这些数值放在一起。请统一单位。",
        "The unit changes on the way, and one cannot be converted to the other, so that the numbers cannot be taken "
        "together. Use one unit.",
    ),
    "S612": Text(
        "同一特性用了两种可换算的单位，已换算为同一单位后计算。",
        "A characteristic is given in two units that can be converted: the numbers were converted to one.",
    ),
    "S613": Text(
        "宽表中同一批号有多行，又没有“样品”列和不同的开始时间，因此按同一批的多个样品计算（批内、批间变异分开估计）。",
        "A batch number stands in several rows of a wide sheet, without a column of samples and without different "
        "times: they are taken as samples of one batch, and variation within and between batches is told apart.",
    ),
    "S614": Text(
        "同一批号有两个不同的开始时间，像是两批用了一个批号。在弄清之前，这项成果的批次测度不作评价。",
        "One batch number has two different times of start, as if two batches shared it. Until that is settled the "
        "batches of the result are not judged.",
    ),
    "S615": Text(
        "这个单元格应当是时间、小时数或月数，但不能识别，按空白处理。",
        "The cell should be a time, hours or months, but cannot be read: it counts as blank.",
    ),
    "S616": Text(
        "结束时间早于开始时间，这一段的长短无从知道，因此这项成果的运行时间、可用率等不作评价。",
        "It ends before it begins, so how long it ran is not known: hours run, availability and the like are not judged "
        "for this result.",
    ),
    "S617": Text(
        "时间序列中有读数的时间早于上一行。读数已按时间重新排序；若是时钟被拨回（如夏令时），请改正时间。",
        "A reading of the time series is earlier than the row above. The readings were put in order of time; if the clock "
        "was put back, mend the times.",
    ),
    "S618": Text(
        "规模列只认小试、中试、生产（lab、pilot、production）及其常用写法；其他写法按中试计。",
        "The column of scales knows lab, pilot and production (小试、中试、生产) and their usual names; anything else "
        "counts as pilot.",
    ),
    "S619": Text(
        "判定列的写法不能识别。没有合格的证据，因此按不合格计。",
        "The verdict cannot be read. There is no proof that the batch qualified, so it counts as not qualified.",
    ),
    "S620": Text(
        "批次被弃用（报废、剔除等）而没有说明原因。不说明原因就剔除会使稳定性显得更好，因此计为不合格；指标体系可另作规定。",
        "The batch was discarded without a reason. To leave it out would flatter the stability, so it counts as failed; "
        "the criteria set may rule otherwise.",
    ),
    "S621": Text(
        "批次因所写的原因弃用，不参与计算。评价人应核实原因是否与工艺无关。",
        "The batch was discarded for the reason that is stated, and is left out. See whether the reason has nothing to do "
        "with the process.",
    ),
    "S622": Text(
        "指标体系规定弃用的批次不参与计算（discarded_without_reason: left_out）。",
        "The criteria set leaves discarded batches out (discarded_without_reason: left_out).",
    ),
    "S623": Text(
        "限值单元格不是数值，因此这一特性不按限值评价（是否合格、能力指数）。",
        "The cell of a limit is no number, so the characteristic is not held against limits (conformity, capability).",
    ),
    "S625": Text(
        "指标体系规定即使有理由弃用的批次也计为不合格（discarded_with_reason: failed）。",
        "The criteria set counts a discarded batch as failed even with a reason (discarded_with_reason: failed).",
    ),
    "S626": Text(
        "时间序列中的这些读数不是数值（如通讯中断），按没有读数处理。",
        "These readings of the time series are no numbers (a lost signal, for example): they count as not read.",
    ),
}  # fmt: skip

MEASURED = {
    "E803": Text(
        "工作簿中有批次数据，该指标由它计算；填报值在计算值的置信区间之内，两者一致。计分用较不利的置信界：批次越多，界越接近计算值。",
        "The workbook has batch data, from which the indicator is worked out; what is stated lies within the bounds of that "
        "value, so both agree. The less favourable bound is scored: the more batches, the nearer it is to the value.",
    ),
    "E804": Text(
        "填报值优于批次数据所能支持的范围。计分按批次数据；填报值保留在此供核对。常见原因：填报的是最好的几批，或另一个特性。",
        "What is stated is better than the batch data bear out. The batch data are scored; the stated value is kept here to "
        "compare. Often the best batches were stated, or another characteristic.",
    ),
    "E805": Text(
        "填报值不及批次数据计算的结果。计分按批次数据。",
        "What is stated is less favourable than what the batch data give. The batch data are scored.",
    ),
    "E806": Text(
        "批次数据太少或有问题，不能判断；指标体系规定此时该指标不得分，填报值也不计：有数据而数据不能证明。",
        "The batch data are too few, or faulty, and no judgement is possible. The indicator then scores nothing, whatever is "
        "stated: there are data, and they do not prove it.",
    ),
    "E807": Text(
        "工作簿有批次数据，但缺少计算该指标所需的内容（如限值），因此按填报值计。",
        "The workbook has batch data, but not what this indicator is worked out from (limits, for example), so what is "
        "stated counts.",
    ),
}  # fmt: skip
