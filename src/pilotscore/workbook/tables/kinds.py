"""The kinds of finding about headers, the rows below them, and mapping files."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

# Files and sheets.
SECOND_TABLE = error(
    "B127",
    (
        "第 {row} 行像是另一张表的表头：以下 {count} 行没有读",
        "row {row} looks like the header of another table: not read from there: {count} rows",
    ),
    expected=("一张工作表一张成果表", "one table of results on a sheet"),
    mend=("把下面的表移到另一张工作表", "move the lower table to a sheet of its own"),
    why_zh="成果表下面又出现一个表头。上面的表已读入，从这一行起没有读，以免把另一张表的列读错。"
    "请移到单独的工作表。",
    why_en="Below the table there is a header again. The upper table was read, and nothing from "
    "this row on, lest the columns of another table be taken for those of the first. Move it to a "
    "sheet of its own.",
)

# Headers.
UNKNOWN_COLUMN = info(
    "H201",
    ("列“{header}”不属于任何指标，未用", "the column “{header}” is no indicator: not used"),
    why_zh="这一列的表头不是任何指标、字段、编号或名称，因此没有用于评价。备注之类的列可以保留；"
    "本应参评的列请改用指标名称。",
    why_en="The header of this column is no indicator, fact, id or title, so the column does not "
    "count. Leave remarks and the like as they are; give a column that should count the "
    "indicator's name.",
)
LIKELY_COLUMN = warning(
    "H202",
    (
        "{part}“{header}”未识别，未用；可能是“{near}”（相似度 {likeness}）",
        "the {part} “{header}” is not known and not used; perhaps “{near}” (likeness {likeness})",
    ),
    mend=(
        "若是，把表头改为“{near}”，或用 --accept-suggestions 采纳，或写入映射文件（pilotscore "
        "map）",
        "if so, rename it to “{near}”, take it with --accept-suggestions, or put it in a mapping "
        "file (pilotscore map)",
    ),
    why_zh="表头与某个指标相近但不相同。不猜，所以这一列没有读，该指标按缺失计。确认后改表头，"
    "或用 --accept-suggestions 采纳。",
    why_en="The header is like an indicator but not the same. Nothing is guessed: the column was "
    "not read, and the indicator counts as missing. If it is meant, rename the column or take it "
    "with --accept-suggestions.",
)
BROKEN_HEADER = warning(
    "H218",
    (
        "这里应是表头、栏目名称或单位，却是 {text}（错误值或没有结果的公式）：写的是什么不得而知",
        "a header, a name or a unit may stand here; the cell is {text} (an error, or a formula "
        "without a result), and what it says is not known",
    ),
    expected=("文字", "a text"),
    mend=(
        "直接写文字；或在 Excel、WPS 中打开并保存，使公式有结果",
        "write the text itself; or open it in Excel or WPS and save it, so that the formula has "
        "its result",
    ),
    why_zh="表头或栏目名称是公式，而文件中没有它的结果（或结果是错误值），因此这一列或这一栏没有读；"
    "单位不明时，数值按该指标的单位计。",
    why_en="A header or the name of an item is a formula of which the file holds no result, or an "
    "error: its column or item was not read. Where it may be a unit, numbers count in the unit of "
    "the indicator.",
)
REPEATED_COLUMN = error(
    "H203",
    (
        "列“{header}”与 {first} 列都是 {name}；只读了 {first} 列",
        "the column “{header}” and column {first} both mean {name}; only column {first} was read",
    ),
    expected=("每个指标一列", "one column for each indicator"),
    mend=("删除或改名其中一列", "remove or rename one of them"),
    why_zh="两列指同一个指标，只读了左边一列；若两列数值不同，结果取决于读了哪一列，所以作为错误。"
    "删去或改名其中一列。",
    why_en="Two columns mean the same indicator, and the first of them was read. Where they "
    "differ the outcome would hang on which one it was, so this is an error. Remove or rename one.",
)
NO_COLUMN = error(
    "H204",
    ("没有必填指标“{name}”的{part}", "no {part} for the required indicator “{name}”"),
    expected=("“{name}”或其别名", "“{name}”, or another of its names"),
    mend=(
        "补上该{part}，或说明是哪一{part}（pilotscore map）",
        "add the {part}, or say which one it is (pilotscore map)",
    ),
    why_zh="必填指标没有列，表中的成果都不能评价。补上该列，表头用指标名称或别名；"
    "已有此列而表头另有叫法的，用 pilotscore map 写映射文件说明。确实未测的格填“未测”。",
    why_en="A required indicator has no column, so no result of the table can be assessed. Add "
    "the column under the indicator's name or an alias; where it stands under a header of your "
    "own, say so in a mapping file (pilotscore map). Write “not measured” where that is so.",
)
NO_OPTIONAL_COLUMN = warning(
    "H205",
    (
        "没有 {count} 个指标的{part}，按 0 分计：{names}",
        "no {part} for {count} indicators, scored 0: {names}",
    ),
    mend=("有数据时补上", "add them where there are data"),
    why_zh="这些非必填指标没有列，每项成果在其上都得 0 分。有数据时补上，指数会相应提高。",
    why_en="These optional indicators have no column, and every result scores 0 on them. Add the "
    "columns where there are data: the index rises with them.",
)
NO_EVIDENCE_COLUMNS = warning(
    "H206",
    (
        "没有任何证据等级{part}：所有数值按“{grade}”计，得分以 {cap} 为上限",
        "no {part} states evidence: every value counts as “{grade}” and scores {cap} at most",
    ),
    expected=(
        "每个指标右侧有“证据等级”（{grades}）",
        "“Evidence” right of each indicator ({grades})",
    ),
    mend=("补上证据等级", "state the grades"),
    why_zh="没有一列说明证据，所有数值都按默认证据等级计，得分受其上限限制。"
    "在各指标右侧加“证据等级”列，如 E3。",
    why_en="No column says what evidence there is, so every value counts at the default grade and "
    "scores no more than its cap. Put a column “Evidence” right of each indicator, with grades "
    "such as E3.",
)
ACCEPTED_COLUMN = warning(
    "H207",
    (
        "{part}“{header}”按建议读作“{near}”（相似度 {likeness}）",
        "the {part} “{header}” was read as “{near}”, as suggested (likeness {likeness})",
    ),
    mend=(
        "若不对，改表头或用映射文件指定",
        "if that is wrong, rename it or say so in a mapping file",
    ),
    why_zh="用了 --accept-suggestions，所以这一列按相近的指标读入并参评。请逐一核对；"
    "不对时改表头或写映射文件。",
    why_en="--accept-suggestions was given, so this column was read as the indicator it is most "
    "like, and counts. Look at each; where one is wrong, rename it or write a mapping file.",
)
UNIT_CONVERTED = info(
    "H208",
    (
        "表头单位为 {unit}，数值乘以 {factor} 换算为“{name}”的单位 {own}",
        "the header says {unit}: its numbers were multiplied by {factor}, to the unit of "
        "“{name}”, {own}",
    ),
    why_zh="表头写的单位与指标的单位不同，但能换算，这一列不带单位的数值都已换算。"
    "例如表头“（元）”，指标单位为万元，则乘以 0.0001。",
    why_en="The header states another unit than the indicator's, one that can be converted: all "
    "bare numbers of the column were. A header in “(min)” for an indicator in h, for example, "
    "multiplies by 1/60.",
)
UNIT_MISFIT = error(
    "H209",
    (
        "表头单位 {unit} 不能换算为“{name}”的单位 {own}：不带单位的数值没有读",
        "the header says {unit}, which cannot be converted to {own}, the unit of “{name}”: bare "
        "numbers were not read",
    ),
    expected=("以 {own} 为单位", "numbers in {own}"),
    mend=("换算后填写，并改正表头单位", "convert them, and correct the header"),
    why_zh="表头的单位不能换算为指标的单位（如 kg 与 h），不带单位的数值没有读，以免读错量。"
    "换算后填写，并改表头。",
    why_en="The header's unit cannot be converted to the indicator's (kg to h, say): bare numbers "
    "were not read, lest one thing be taken for another. Convert them and correct the header.",
)

UNIT_AROUND = warning(
    "H211",
    (
        "“{text}”（{cell}）用于“{name}”：数值乘以 {factor} 换算为 {own}",
        "“{text}” ({cell}) holds for “{name}”: its numbers were multiplied by {factor}, to {own}",
    ),
    mend=(
        "若不对，把单位写进这一列的表头",
        "if that is wrong, put the column's unit in its header",
    ),
    why_zh="表的上方、标题、右侧或表末写着单位，这一列的表头没有自己的单位，因此按所写的单位换算。"
    "表头自己写了单位的列不受影响。",
    why_en="A unit is stated above the table, in its title, beside or below it, and the header "
    "of the column states none: numbers were converted from the one that is stated. Columns "
    "whose header has a unit keep theirs.",
)
SAME_UNIT_AROUND = info(
    "H212",
    (
        "“{text}”（{cell}）是“{name}”的单位",
        "“{text}” ({cell}) is the unit of “{name}”",
    ),
    why_zh="表的上方、标题、右侧或表末写的单位与指标的单位相同，不必换算。无须处理。",
    why_en="The unit that is stated above, beside or below the table is the indicator's own: "
    "nothing was converted. Nothing to do.",
)
UNITS_AROUND_DIFFER = error(
    "H213",
    (
        "表的周围写着不同的单位（{first} 与 {second}），不知“{name}”用哪一个：不带单位的数值没有读",
        "different units stand around the table ({first} and {second}), and which one holds for "
        "“{name}” cannot be known: bare numbers were not read",
    ),
    mend=("把单位写进这一列的表头", "put the column's unit in its header"),
    why_zh="表的上方与下方（或标题中）写了不同的单位，表头又没有写。读错会差若干倍，因此没有读。",
    why_en="Different units are stated above and below the table, and the header has none. A "
    "wrong one would put the numbers out by a factor, so they were not read.",
)
UNKNOWN_UNIT_AROUND = warning(
    "H217",
    (
        "“{text}”写的单位 {unit} 不能换算：表头没有写单位的金额列按指标自己的单位读",
        "“{text}” states a unit, {unit}, that cannot be converted: columns of money whose header "
        "has no unit were read in the indicator's own",
    ),
    mend=("换算后填写，并把单位写进表头", "convert the numbers, and put the unit in the header"),
    why_zh="表的周围写的货币或单位不能换算为指标的单位，没有采用。请换算后填写，或改正这一行。",
    why_en="The money or unit that is stated beside the table cannot be converted to the "
    "indicators' and was not used. Convert the numbers, or correct the line.",
)
ODD_UNIT = warning(
    "H219",
    (
        "表头中的“{unit}”不是能识别的单位：“{name}”不带单位的数值按 {own} 读",
        "“{unit}” in the header is no unit that is known: bare numbers of “{name}” were read as "
        "{own}",
    ),
    expected=("能换算为 {own} 的单位", "a unit that can be converted to {own}"),
    mend=("写明单位，或在映射文件中给出", "write a known unit, or state it in a mapping file"),
    why_zh="表头括号里像是单位（如 天/次、元/年），但不认识，没有换算。数值可能差若干倍，请核对。",
    why_en="What stands in the brackets of the header looks like a unit (days/run, CNY/year) and "
    "is none that is known: nothing was converted. The numbers may be out by a factor.",
)
HEADLESS_COLUMN = warning(
    "H220",
    ("这一列有数值但没有表头，没有读", "a column of numbers without a header: not read"),
    expected=("每列一个表头", "a header for each column"),
    mend=("在表头行写明是什么", "say in the row of headers what it is"),
    why_zh="夹在各列之间的这一列有数值而没有表头，不知是什么，没有读。",
    why_en="Between the columns that were read there is one of numbers without a header. What it "
    "is cannot be known, and it was not read.",
)
NOT_REACHED = warning(
    "H221",
    (
        "“{header}”写明是“{what}”，不是已达到的值：按“{name}”的值读入",
        "“{header}” says “{what}”, which is not what was reached: read as the value of “{name}”",
    ),
    expected=("已达到的值", "what was reached"),
    mend=("改为实际值，或在映射文件中写 ignore", "give the actual value, or map it to ignore"),
    why_zh="表头括号里写着目标、预期、立项时之类。评价看的是已达到的值；按目标打分会偏高。请核对。",
    why_en="The brackets of the header say target, expected, baseline or the like. What counts is "
    "what was reached: scored by targets, a result looks better than it is.",
)
FIXED_PERCENT = info(
    "H230",
    (
        "按 --fix 或映射文件所说，“{name}”不带单位的数值乘以 {factor}",
        "as --fix or the mapping file says, bare numbers of “{name}” were multiplied by {factor}",
    ),
    why_zh="--fix 或映射文件的 fixes 说明了这一列是小数（填在百分数列）、百分数（填在比值列）"
    "或用另一个单位，因此整列换算。格中自带 % 或单位的不受影响。",
    why_en="--fix, or the fixes of the mapping file, say that the column holds shares under a "
    "percentage, percentages under a ratio, or numbers in another unit: it was converted as a "
    "whole. Cells with a percent sign or a unit of their own stay as they are.",
)
OTHER_SCALE = warning(
    "H240",
    (
        "表头“{header}”写的是 {stated} 级，而“{name}”的级别是 {own}：各级照所写计，没有换算",
        "the header “{header}” says levels {stated}, and those of “{name}” are {own}: they count "
        "as they stand and were not converted",
    ),
    expected=("{own} 级", "levels {own}"),
    mend=(
        "换算成 {own} 级，或在映射文件的 levels 下写明每一级相当于哪一级",
        "convert them to {own}, or say below levels in a mapping file which level each of them "
        "comes to",
    ),
    why_zh="表头括号里写着另一种分级（如 1-5 级、十三级制、满分 100），而指标按自己的分级计分。"
    "同样的数字在两种分级里意思不同，怎样换算只有填报方知道，所以不猜，只提醒。",
    why_en="The header states another scale in brackets, such as 1-5 or points to 100, and the "
    "indicator is scored by its own. The same number means different things on the two; how they "
    "convert only those know who filled it in, so nothing is guessed.",
)
BESIDE_TABLE = error(
    "H214",
    (
        "从 {column} 列起像是并排的另一张表：{count} 列没有读",
        "from column {column} on there seems to be another table beside: {count} columns were not "
        "read",
    ),
    expected=("一张工作表一张成果表", "one table of results on a sheet"),
    mend=("把右边的表移到另一张工作表", "move the table on the right to a sheet of its own"),
    why_zh="空列之后又出现编号或名称列，是并排的另一张表。左边的表已读入，右边的没有读，"
    "以免把它的数值算到左边的成果上。",
    why_en="After a blank column there is a column of ids or titles again: another table "
    "beside. The left one was read and the right one not, lest its values be taken for those of "
    "other results.",
)
SPREAD_COLUMN = info(
    "V474",
    (
        "“{header}”列读作“{name}”数值的{what}",
        "the column “{header}” was taken for {what} of the values of “{name}”",
    ),
    why_zh="这一列写的是另一列数值的不确定度，或其区间的一端。得分仍按数值本身计，"
    "不确定度只进入指数的区间、稳健性与敏感性分析。若不是，用映射文件把这一列设为 ignore。",
    why_en="The column states the uncertainty of the values of another, or an end of their "
    "interval. The values themselves are scored; uncertainties go into the interval of the index, "
    "the test of robustness and the analysis of sensitivity alone. Where it is no such column, a "
    "mapping file can say ignore of it.",
)
NEAR_COLUMN = warning(
    "H215",
    (
        "列“{header}”与 {first} 列只差括号内的字；“{name}”读了 {first} 列",
        "the column “{header}” differs from column {first} in brackets only: column {first} was "
        "read as “{name}”",
    ),
    mend=(
        "若应读这一列，把它的表头改为“{name}”",
        "if this column is meant, rename it to “{name}”",
    ),
    why_zh="两个表头去掉括号后相同。与指标名称完全相同（或括号内只是单位）的一列读入，另一列没有用。",
    why_en="The two headers are the same but for what stands in brackets. The one that is the "
    "indicator's name as it stands (or with a unit in brackets) was read; the other was not used.",
)
SUFFIX_COLUMN = warning(
    "H216",
    (
        "列“{header}”是“{name}”的又一列（如另一位评审），没有用；只读了 {first} 列",
        "the column “{header}” is one of several of “{name}” (another reviewer's, perhaps) and was "
        "not used: only column {first} was read",
    ),
    mend=(
        "先把几位评审的分合成一列（如平均），只留这一列",
        "work out one column of the several (their mean, say), and keep that one",
    ),
    why_zh="表头只比已识别的一列多一个序号（.1、_2、（3）），多半是几位评审各一列。"
    "只有一列参评，其余没有用，结果因此只代表其中一位。",
    why_en="The header is that of a known column with a number behind it (.1, _2, (3)), as "
    "where each reviewer has a column. One of them counts and the others do not: the outcome is "
    "that of one.",
)

# Mapping files.
MAP_UNREADABLE = error(
    "M601",
    ("不是有效的映射文件：{problem}", "not a valid mapping file: {problem}"),
    expected=("pilotscore map 写出的 YAML", "YAML as pilotscore map writes it"),
    mend=(
        "按所指的行改正，或用 pilotscore map 重新写出",
        "mend the line, or have pilotscore map write one anew",
    ),
    why_zh="映射文件不是有效的 YAML，没有采用，命令停止。用 pilotscore map 重新写出一份，"
    "在其上修改。",
    why_en="The mapping file is not valid YAML; it was not used, and the command stops. Have "
    "pilotscore map write one anew and edit that.",
)
MAP_KEY = error(
    "M602",
    ("不认识的键 {key}", "unknown key {key}"),
    expected=("如 {near}", "such as {near}"),
    mend=("改正拼写，或删去这个键", "correct the spelling, or remove the key"),
    why_zh="映射文件里有不认识的键，多为拼写错误；若放过，所写的就会不起作用而无人知道，"
    "所以作为错误。",
    why_en="The mapping file has a key that means nothing, mostly a misspelling. It would be "
    "without effect and no one would know, so it is an error.",
)
MAP_CRITERIA = error(
    "M603",
    (
        "映射文件写给指标体系 {found}，而现在用的是 {used}",
        "the mapping is for the criteria set {found}; the one in use is {used}",
    ),
    expected=("同一指标体系", "the same criteria set"),
    mend=(
        "用 -c {found} 指定那一套，或把 criteria 改为 {used} 并核对各行",
        "name that set with -c {found}, or write criteria: {used} and see that every line holds",
    ),
    why_zh="映射文件写给另一套指标体系，其中的指标 id 不一定相同。用 -c 指定那一套，"
    "或重新写映射文件。",
    why_en="The mapping was written for another criteria set, whose ids may differ. Name that set "
    "with -c, or write a new mapping.",
)
MAP_TARGET = error(
    "M604",
    (
        "“{header}”映射到 {target}，没有这个指标或字段",
        "“{header}” is mapped to {target}, which is no indicator or fact",
    ),
    expected=("如 {near}", "such as {near}"),
    mend=(
        "改成指标或字段的 id；不用的写 ignore",
        "write the id of an indicator or fact, or ignore for what is not used",
    ),
    why_zh="映射的目标不是这套体系的指标或字段 id。用 pilotscore criteria show 查看 id；"
    "不用的列写 ignore。",
    why_en="The target is no id of an indicator or fact of this set. pilotscore criteria show "
    "lists the ids; write ignore for a column that is not to be used.",
)
MAP_UNIT = error(
    "M605",
    (
        "“{header}”的单位 {unit} 不能换算为该指标的单位",
        "“{header}” is said to be in {unit}, which cannot be converted to the indicator's unit",
    ),
    expected=("能换算的单位", "a unit of the same dimension"),
    mend=(
        "改正单位，或改正它所指的指标",
        "correct the unit, or the indicator that it is said of",
    ),
    why_zh="映射文件写的单位不能换算为指标的单位，数值会读错，所以停止。改正单位或目标。",
    why_en="The unit in the mapping cannot be converted to the indicator's, and numbers would be "
    "read wrongly, so the command stops. Correct the unit or the target.",
)
MAP_TWICE = error(
    "M606",
    (
        "“{header}”与“{other}”是同一个表头的两种写法",
        "“{header}” and “{other}” are two spellings of one header",
    ),
    expected=("每个表头一行", "one line for each header"),
    mend=("删去其一", "remove one of them"),
    why_zh="两行表头只差空格、大小写或全半角，读取时视为同一个，无法知道用哪一行。删去其一。",
    why_en="Two lines differ in blanks, capitals or width alone and are one header when read: "
    "which one holds cannot be told. Remove one.",
)
MAP_EMPTY = error(
    "M607",
    ("没有 headers", "there are no headers"),
    expected=("headers 下逐行写“表头: 指标”", "lines such as “header: indicator” below headers"),
    mend=(
        "加上 headers:，没有要写的就写 headers: {{}}",
        "add headers:, or headers: {{}} where there is nothing to say",
    ),
    why_zh="映射文件里没有 headers，什么也没有映射。写成 headers: 下面逐行“表头: 指标 id”。",
    why_en="The mapping has no headers and maps nothing. Write headers: and below it a line for "
    "each, header: id.",
)
MAP_ENTRY = error(
    "M620",
    ("“{entry}”：{problem}", "“{entry}”: {problem}"),
    expected=("{wanted}", "{wanted}"),
    mend=("{mend}", "{mend}"),
    why_zh="映射文件里这一处不能照所写的采用。放过就会悄悄不起作用，所以命令停止；"
    "文件中的错误一次列全。写法见 docs/workbooks.md 的“映射文件”。",
    why_en="What the mapping file says there cannot be used as it stands. Passed over, it would be "
    "without effect and no one would know, so the command stops, with all faults of the file at "
    "once. docs/workbooks.md says how mapping files are written.",
)

# Rows.
BLANK_ROWS = info(
    "R301",
    ("表中有 {count} 个空行，已跳过", "{count} blank rows within the table, passed over"),
    why_zh="表中间有空行，已跳过，后面的行照读。若空行后是另一张表，请移到单独的工作表。",
    why_en="There are blank rows within the table: passed over, and the rows after them read. If "
    "another table follows, move it to a sheet of its own.",
)
NOTE_ROW = info(
    "R302",
    (
        "这一行只有一个格有内容（“{text}”），按注释跳过",
        "only one cell of this row is filled (“{text}”): taken for a note and passed over",
    ),
    why_zh="整行只有一个格有内容，看作注释或小标题，没有当作成果。若是成果，请补上编号和指标。",
    why_en="Only one cell of the row is filled, so it was taken for a note or subtitle and not "
    "for a result. If it is a result, enter its id and indicators.",
)
PASSED_OVER_ROW = info(
    "R306",
    ("“{text}”行，按{what}跳过", "a row “{text}”: taken for {what} and passed over"),
    why_zh="编号、名称或首列写着合计、平均、最大值、标准差、质量标准、上下限、单位之类，"
    "这一行是汇总或规定，不是成果，已跳过。若成果的名称就是这样，请改写名称。",
    why_en="The id, the title or the first column says total, mean, maximum, standard "
    "deviation, specification, limit, unit or the like: the row sums up or lays down, and is no "
    "result. It was passed over. If a result is truly called so, reword its title.",
)
EITHER_PASSED_OVER = warning(
    "R325",
    (
        "“{text}”行可能是{what}，也可能是成果：按{what}跳过",
        "a row “{text}” could be {what} or a result: it was taken for {what} and passed over",
    ),
    mend=(
        "若是成果，写全名称；若不是，删去编号",
        "if it is a result, give it a fuller title; if not, take its id away",
    ),
    why_zh="这一行的名称像是汇总、标准之类，但又有自己的编号或名称，两种解释都有可能。"
    "这里当作不是成果，没有参评。请核对。",
    why_en="The row is called like a sum, a standard or the like, yet has an id or a title of its "
    "own: it could be either. It was taken for no result and does not count. Look at it.",
)
EITHER_READ = warning(
    "R326",
    (
        "“{text}”行可能是{what}，也可能是成果：按成果读入",
        "a row “{text}” could be {what} or a result: it was read as a result",
    ),
    mend=(
        "若不是成果，删去这一行或移到表外",
        "if it is no result, remove it or move it away from the table",
    ),
    why_zh="这一行的名称像是汇总、标准之类，但更像一项成果，因此按成果读入并参评。请核对。",
    why_en="The row is called like a sum, a standard or the like, but is more like a result: it "
    "was read as one and counts. Look at it.",
)
NAMELESS_TOTAL = warning(
    "R327",
    (
        "这一行没有编号和名称，数值等于以上各行的{what}：按{what}跳过",
        "a row without id and title whose numbers are {what} of the rows above: passed over",
    ),
    mend=("若是成果，补上编号", "enter an id if it is a result"),
    why_zh="这一行没有名称，而各列的数值正好等于以上各行之和或平均，看作没有写“合计”的汇总，没有参评。",
    why_en="The row has no name, and its numbers are just the sums or means of the rows above: it "
    "was taken for a total that does not say so, and does not count.",
)
MERGED_ROWS = info(
    "R328",
    (
        "编号合并了 {count} 行，其余各行没有另外的数值：按一项成果读入",
        "its id is merged over {count} rows that hold no other values: read as one result",
    ),
    why_zh="一项成果占了几行（合并单元格），参评的各列也都合并或只填了一行，因此是一项成果，读一次。",
    why_en="A result stands in several rows (merged cells), and the columns that count are merged "
    "or filled once: it is one result, and was read once.",
)
ROWS_BESIDE = info(
    "R329",
    (
        "有 {count} 行只在表的各列之外有内容（如 {text}），没有读",
        "{count} rows are filled outside the columns of the table only (as “{text}”): not read",
    ),
    why_zh="这些行在编号、名称与各指标列中都是空的，只在别的列有内容，没有读。",
    why_en="These rows are blank in the columns of ids, titles and indicators and filled in others "
    "only: they were not read.",
)
UNITS_ROW = info(
    "R308",
    ("这一行写的是单位，已用于各列", "a row of units: used for its columns"),
    why_zh="表头下的一行只写了单位（如 %、h、万元），已作为各列的单位，不当作成果。无须处理。",
    why_en="The row below the header has units only (such as %, h, kg): they were taken for those "
    "of the columns, and the row not for a result. Nothing to do.",
)
NUMBERS_ROW = info(
    "R332",
    (
        "这一行是各列的序号（甲、乙、1、2、3…），已跳过",
        "a row that numbers the columns (1, 2, 3, ...): passed over",
    ),
    why_zh="统计报表常在表头下给各列编号，这样的一行不是成果，已跳过。无须处理。",
    why_en="Tables for statistics often number their columns below the header. Such a row is no "
    "result and was passed over. Nothing to do.",
)
UNKNOWN_UNIT = warning(
    "R330",
    (
        "单位行中的“{text}”不是能识别的单位：“{name}”没有用它，其余单位照用",
        "“{text}” in the row of units is no unit that is known: not used for “{name}”, the other "
        "units were",
    ),
    expected=("“{name}”的单位，或留空", "a unit of “{name}”, or a blank"),
    mend=("写明单位，或核对数值是否按指标自己的单位", "write the unit, or look at the numbers"),
    why_zh="单位行里有一个词不认识。其余各列的单位照用；这一列的数值按指标自己的单位读，请核对。",
    why_en="One word in the row of units is not known. The other columns have theirs; the "
    "numbers of this one were read in the indicator's own unit. Look whether that is so.",
)
UNUSED_UNITS = warning(
    "R331",
    (
        "跳过的这一行写有单位（{units}），没有用于各列",
        "the row that was passed over states units ({units}), which were not used",
    ),
    mend=(
        "把单位写进表头，如“经费（元）”",
        "put the units in the header, such as “Cost (CNY)”",
    ),
    why_zh="这一行不是成果，已跳过，但其中写有单位，没有采用：数值按表头或指标的单位读，可能差若干倍。",
    why_en="The row is no result and was passed over, but it states units that were not used: "
    "numbers were read in the units of the header or the indicators, and may be out by a "
    "factor.",
)
EXPLANATION_ROW = info(
    "R309",
    (
        "这一行（“{text}”）是填写说明，已跳过",
        "a row that explains the columns (“{text}”), passed over",
    ),
    why_zh="这一行写的是如何填写，不是成果，已跳过。无须处理。",
    why_en="This row says how to fill the columns in and is no result: passed over. Nothing to do.",
)
EXAMPLE_ROW = warning(
    "R310",
    ("“{text}”行按示例跳过", "a row “{text}”: taken for an example and passed over"),
    mend=("若是真实成果，去掉“示例”字样", "take the word example away if it is a result"),
    why_zh="编号或名称写着“示例”，看作模板自带的示例，没有参评。若是真实成果，请去掉“示例”二字。",
    why_en="Its id or title says “example”, so it was taken for the example of a template and "
    "does not count. If it is a result, take the word away.",
)
CLOSING_ROW = info(
    "R311",
    ("“{text}”行按签字或附注跳过", "a row “{text}”: taken for a signature or note and passed over"),
    why_zh="表末的签字、日期、说明等行不是成果，已跳过。",
    why_en="A row at the end with a signature, date or remark is no result: passed over.",
)
REPEATED_HEADER = info(
    "R312",
    ("表头在这一行重复出现，已跳过", "the header again: passed over"),
    why_zh="打印或合并表格时表头常会重复，这样的行已跳过，下面的行照读。",
    why_en="A header is often repeated for printing or where tables were put together: the row "
    "was passed over, and those below it read.",
)
