"""The kinds of fault of a criteria set in Excel: a list of indicators, or the whole set."""

from __future__ import annotations

from pilotscore.findings import error, warning

LIST_WEIGHT = error(
    "C301",
    ("“{name}”的权重“{text}”不是数值", "the weight “{text}” of “{name}” is not a number"),
    expected=("数值，如 10", "a number such as 10"),
    why_zh="指标清单里的权重不是数值，这个指标没有收进指标体系。权重列只写数值，合计不必是 100。",
    why_en="The weight in the list of indicators is not a number, and the indicator was left out. "
    "Write a bare number; they need not sum to 100.",
)
LIST_STANDARD = error(
    "C302",
    (
        "“{name}”的评分标准“{text}”无法据以计分",
        "“{name}” cannot be scored by the standard “{text}”",
    ),
    expected=(
        "如“0→0；72→50；500→100”“≥500得100分；≥72得50分”“无=0；部分=50；完成=100”“是=100；否=0”"
        "“优 90-100 分；良 80-89 分”或“1-9级”",
        "such as “0→0; 72→50; 500→100”, “none=0; partial=50; complete=100”, “yes=100; no=0”, "
        "“excellent 90-100 points; good 80-89 points” or “1-9 levels”",
    ),
    mend=(
        "按其中一种写法改写，得分 0 至 100",
        "write it in one of these ways, scores from 0 to 100",
    ),
    why_zh="评分标准不是可计分的写法，这个指标没有收进指标体系。写成“原始值→得分”的几个点，"
    "或每个类别一个得分；点之间按直线计。",
    why_en="The standard is not written so that it can be scored by, and the indicator was left "
    "out. Write points “raw value→score”, or a score for each category; between points it goes "
    "straight.",
)
NO_INDICATORS = error(
    "C303",
    ("表头下没有指标", "there are no indicators below the header"),
    expected=("每行一个指标", "an indicator per row"),
    why_zh="找到了指标清单的表头，下面却没有指标。",
    why_en="The header of a list of indicators was found, but no indicator below it.",
)
NOT_CRITERIA_BOOK = error(
    "C401",
    ("不是指标体系工作簿", "no workbook of a criteria set"),
    expected=(
        "to-excel 写出的工作簿，或有指标、权重、评分标准三列的指标表",
        "a workbook that to-excel wrote, or a list with the columns indicator, weight and standard",
    ),
    mend=(
        "先用 to-excel 写出再编辑，或补上表头",
        "write one with to-excel and edit that, or add the headers",
    ),
    why_zh="这个工作簿中没有一张指标体系的工作表，也没有带指标、权重、评分标准三列的指标表，"
    "多半是给错了文件。",
    why_en="None of its sheets is one of a criteria set, nor a list with the columns indicator, "
    "weight and scoring standard: most likely another file was meant.",
)
NO_SHEET = error(
    "C402",
    ("缺少工作表“{name}”", "the sheet “{name}” is missing"),
    mend=(
        "补回该表；没有内容时保留表头即可",
        "put it back; where it has no entries, its headings alone will do",
    ),
    why_zh="每张工作表都要在，才分得清是有意清空还是误删。要清空一类内容，删去各行、保留表头即可。",
    why_en="Every sheet must be there, so that one emptied on purpose is told from one lost by "
    "mistake. To empty one, delete its rows and leave its headings.",
)
NO_COLUMN = error(
    "C403",
    ("缺少“{name}”列", "the column “{name}” is missing"),
    mend=("补回该列；可以留空", "put it back; it may stay blank"),
    why_zh="每一列都要在（位置不限），否则整列内容会不声不响地丢失。不用的列留空即可。",
    why_en="Every column must be there, wherever it stands, or all that it held would be lost in "
    "silence. Leave blank what is not needed.",
)
UNKNOWN_COLUMN = error(
    "C404",
    ("不认识的列“{name}”，其内容不会读入", "unknown column “{name}”: what it holds is not read"),
    mend=(
        "删除该列，或把内容移到“其他”表",
        "remove it, or move what it holds to the sheet 其他 Other",
    ),
    why_zh="这一列不是指标体系的内容，读回时不会进入文件。要保留的内容写到“其他”表；"
    "只是备注则删去该列。",
    why_en="This column is none of a criteria set's, and would not come into the file. What is to "
    "be kept goes to the sheet 其他 Other; remove the column if it is but a note.",
)
WRONG_CELL = error(
    "C405",
    ("“{name}”的内容 {value} 无法理解", "“{name}” holds {value}, which is not understood"),
    expected=("{wanted}", "{wanted}"),
    why_zh="单元格里的内容不是这一列要的：例如权重处写了文字，或“其他”表中的值不符合 YAML 语法。",
    why_en="The cell does not hold what its column asks for: words where a weight belongs, or on "
    "the sheet 其他 Other a value that is not in YAML.",
)
BROKEN_CELL = error(
    "C406",
    ("公式没有结果：{value}", "a formula without a result: {value}"),
    expected=("一个值", "a value"),
    mend=("改正公式，或直接填写数值后保存", "mend the formula, or enter the value, and save"),
    why_zh="公式出错，或从未计算过，因此没有值可读。改正公式或直接填值，再用 Excel、"
    "WPS 或 LibreOffice 保存一次。",
    why_en="The formula fails or was never worked out, so there is no value to read. Mend it or "
    "enter the value, and save the workbook once in Excel, WPS or LibreOffice.",
)
NO_ID_IN_ROW = error(
    "C407",
    ("这一行没有{name}", "this row has no {name}"),
    mend=("补上，或删除整行", "fill it in, or delete the row"),
    why_zh="这一行有内容，却没有说明它是哪一项或属于哪一项，因此无法放进文件。",
    why_en="The row holds something and does not say what entry it is, or to which it belongs, so "
    "it cannot be put in the file.",
)
REPEATED_IN_BOOK = error(
    "C408",
    ("{name} 已在 {place} 用过", "{name} was used in {place}"),
    expected=("各不相同", "each once"),
    mend=("改名或删除其中一个", "rename or remove one of them"),
    why_zh="同一张表中编号要唯一；指标与事实合在一起也要唯一，因为条件靠编号指代。"
    "复制一行后要改编号。",
    why_en="Ids differ within a sheet, and among indicators and facts together, for conditions go "
    "by them. Change the id of a row that was copied.",
)
UNKNOWN_IN_BOOK = error(
    "C409",
    ("没有名为 {name} 的{what}", "there is no {what} called {name}"),
    expected=("{near}", "{near}"),
    why_zh="这里提到的编号在它所属的表中找不到：多半是拼写不同，或那一项已经改名、删除。"
    "取值与等级描述的行要随之修改。",
    why_en="The id named here is not on the sheet that it speaks of: a spelling, or an entry that "
    "was renamed or deleted. Rows of value functions and levels go along with it.",
)
LEADS_NOWHERE = error(
    "C410",
    ("路径 {name} 不指向任何内容", "the path {name} leads nowhere"),
    expected=(
        "键、表/编号/键 或 categories/指标/类别/键",
        "key, table/id/key, or categories/indicator/category/key",
    ),
    why_zh="“其他”表的路径有四种写法：键；上级键/键；表/编号/键；categories/指标/类别/键。"
    "编号与键中的 / 写作 ~1。",
    why_en="A path on the sheet 其他 Other is a key, a key within a key, table/id/key, or "
    "categories/indicator/category/key. A / within an id or key is written ~1.",
)
GIVEN_TWICE = error(
    "C411",
    ("{name} 在 {place} 已经填写", "{name} is given already, in {place}"),
    mend=("保留一处", "keep one of them"),
    why_zh="同一内容既在自己的列中，又在“其他”表中，不知道以哪个为准。删去其中一处。",
    why_en="The same thing stands in its own column and on the sheet 其他 Other, and which one is "
    "meant cannot be told. Remove one of them.",
)
LIST_NEGATIVE = error(
    "C304",
    ("“{name}”的权重“{text}”小于 0", "the weight “{text}” of “{name}” is below 0"),
    expected=("不小于 0 的数值", "a number of at least 0"),
    mend=(
        "扣分项改为 direction: min 的指标（值越大分越低），或写成门槛",
        "make what takes points off an indicator of which less is better, or a gate",
    ),
    why_zh="权重不能为负：扣分要写成“值越大得分越低”的评分标准，或写成门槛。"
    "这一行没有收进体系，所以停止。",
    why_en="A weight cannot be negative: what takes points off is an indicator whose score "
    "falls as it rises, or a gate. The row would have been left out, so nothing is written.",
)
LIST_SUM = warning(
    "C305",
    ("权重合计 {sum}，不是 100", "the weights sum to {sum}, not to 100"),
    mend=("核对有没有漏行或多行", "look whether a row is missing or one too many"),
    why_zh="权重按各自占合计的比例计，不必是 100；但合计不是 100（或 1）往往是漏了一行，"
    "或写错了一个数。请核对。",
    why_en="Weights count as shares of their sum, which need not be 100. One that is neither "
    "100 nor 1 is often a row that is missing or a number that is wrong. Look at it.",
)
LIST_MULTIPLIED = warning(
    "C306",
    (
        "“{name}”权重 {weight}，组内权重合计 {sum}：按组内比例相乘",
        "“{name}” weighs {weight} and the weights within it sum to {sum}: they were multiplied",
    ),
    why_zh="一级指标有自己的权重，组内权重合计为 100（或 1），"
    "因此每个指标占一级权重的相应比例。请核对。",
    why_en="The group has a weight of its own and those within it sum to 100 (or 1), so each "
    "indicator has its share of the group's weight. See that it is right.",
)
LIST_GROUP_SUM = error(
    "C307",
    (
        "“{name}”权重 {weight}，而组内权重合计 {sum}：既不等于它，也不是 100",
        "“{name}” weighs {weight}, and the weights within it sum to {sum}: neither that nor 100",
    ),
    expected=(
        "组内合计等于一级权重，或等于 100",
        "a sum within the group that is its weight, or 100",
    ),
    why_zh="一级权重与组内权重对不上，无法知道组内权重是占总分的，还是占本组的。改正其中一处。",
    why_en="The group's weight and those within it do not agree, and whether the latter are "
    "parts of the whole or of the group cannot be told. Correct one of them.",
)
LIST_GROUP_WITHOUT = error(
    "C308",
    (
        "“{name}”没有一级权重，而别的组有",
        "“{name}” has no weight of its own, and other groups have",
    ),
    mend=("补上一级权重", "enter its weight"),
    why_zh="有的一级指标写了权重，有的没有，各组之间怎样分配就无从知道。补上。",
    why_en="Some groups have weights and this one has none, so how they share the whole cannot "
    "be known. Enter it.",
)
LIST_SHARES = error(
    "C309",
    (
        "“{name}”组内权重合计 100，而没有一级权重",
        "the weights within “{name}” sum to 100, and the groups have no weights",
    ),
    mend=(
        "在一级指标旁补一列“一级权重”，或写在名称里，如“技术（40%）”",
        "add a column of group weights, or put them in the titles, such as “Technology (40%)”",
    ),
    why_zh="每一组的权重各自合计 100，是组内权重；各组占多少没有写。不能当作各组相等。",
    why_en="The weights of each group sum to 100 by themselves: they are shares within it, and "
    "what the groups weigh is not said. That they weigh the same cannot be supposed.",
)
LIST_NAMELESS = error(
    "C310",
    (
        "这一行有权重“{text}”而没有指标名称",
        "this row has the weight “{text}” and no name of an indicator",
    ),
    mend=("补上名称，或删去这一行", "enter a name, or remove the row"),
    why_zh="这一行写了权重，却没有指标名称，收不进体系；不说就少了一行。",
    why_en="The row has a weight and no name, so it cannot be an indicator, and would be lost "
    "in silence.",
)
LIST_NOTE = warning(
    "C311",
    ("“{text}”行不是指标，已跳过", "a row “{text}” is no indicator: passed over"),
    why_zh="这一行没有权重和评分标准，或写的是合计、说明，看作说明。若是指标，补上权重与评分标准。",
    why_en="The row has no weight and no standard, or is a total or a note. If it is an indicator, "
    "enter both.",
)
LIST_TOTAL = warning(
    "C312",
    (
        "合计行写 {text}，各指标权重合计 {sum}",
        "the row of totals says {text}, and the weights sum to {sum}",
    ),
    mend=("核对有没有漏行或多行", "look whether a row is missing or one too many"),
    why_zh="清单自己写的合计与各行相加不同，多半有一行没有读到或写错。请核对。",
    why_en="The total that the list states is not the sum of its rows: one is likely to be "
    "wrong or missing. Look at it.",
)
LIST_POINTS = warning(
    "C313",
    (
        "“{name}”的评分标准满分 {best}，等于权重：按满分 100 折算",
        "the best score of “{name}” is {best}, its weight: scores were taken as parts of that",
    ),
    why_zh="评分标准写的是占总分的分值（如满分 20 分、权重 20），"
    "因此除以权重，折算成 0 至 100 分。",
    why_en="The standard states points of the whole (20 points at best, weight 20), so scores were "
    "divided by the weight to be from 0 to 100.",
)
LIST_BEST = warning(
    "C314",
    (
        "“{name}”的评分标准最高 {best} 分，不到 100 分",
        "the best score of “{name}” is {best}, less than 100",
    ),
    mend=("核对满分是多少", "look what full marks are"),
    why_zh="得分按 0 至 100 计，这个标准最高不到 100 分，也不等于权重，"
    "因此谁也得不到满分。请核对。",
    why_en="Scores are from 0 to 100. The best of this standard is less, and not the weight "
    "either, so nobody can have full marks. Look at it.",
)
