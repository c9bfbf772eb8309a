"""The kinds of finding about headers, the rows below them, and mapping files."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

# Files and sheets.
SECOND_TABLE = error(
    "B127",
    (
        "第 {row} 行像是另一张表的表头：以下 {count} 行没有读",
        "row {row} looks like the header of another table: the {count} rows from there were not "
        "read",
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
        "列“{header}”未识别，未用；可能是“{near}”（相似度 {likeness}）",
        "the column “{header}” is not known and not used; perhaps “{near}” (likeness {likeness})",
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
    ("没有必填指标“{name}”的列", "no column for the required indicator “{name}”"),
    expected=("表头“{name}”或其别名", "a header “{name}”, or another of its names"),
    mend=("补上该列", "add the column"),
    why_zh="必填指标没有列，表中的成果都不能评价。补上该列，表头用指标名称或别名；"
    "确实未测的格填“未测”。",
    why_en="A required indicator has no column, so no result of the table can be assessed. Add "
    "the column under the indicator's name or an alias; write “not measured” where that is so.",
)
NO_OPTIONAL_COLUMN = warning(
    "H205",
    (
        "没有 {count} 个指标的列，按 0 分计：{names}",
        "no column for {count} indicators, which score 0: {names}",
    ),
    mend=("有数据时补上这些列", "add the columns where there are data"),
    why_zh="这些非必填指标没有列，每项成果在其上都得 0 分。有数据时补上，指数会相应提高。",
    why_en="These optional indicators have no column, and every result scores 0 on them. Add the "
    "columns where there are data: the index rises with them.",
)
NO_EVIDENCE_COLUMNS = warning(
    "H206",
    (
        "没有任何证据等级列：所有数值按“{grade}”计，得分以 {cap} 为上限",
        "no column states evidence: every value counts as “{grade}” and scores {cap} at most",
    ),
    expected=(
        "每个指标列右侧有“证据等级”列（{grades}）",
        "a column “Evidence” right of each indicator ({grades})",
    ),
    mend=("补上证据等级列", "add the columns"),
    why_zh="没有一列说明证据，所有数值都按默认证据等级计，得分受其上限限制。"
    "在各指标右侧加“证据等级”列，如 E3。",
    why_en="No column says what evidence there is, so every value counts at the default grade and "
    "scores no more than its cap. Put a column “Evidence” right of each indicator, with grades "
    "such as E3.",
)
ACCEPTED_COLUMN = warning(
    "H207",
    (
        "列“{header}”按建议读作“{near}”（相似度 {likeness}）",
        "the column “{header}” was read as “{near}”, as suggested (likeness {likeness})",
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

# Mapping files.
MAP_UNREADABLE = error(
    "M601",
    ("不是有效的映射文件：{problem}", "not a valid mapping file: {problem}"),
    expected=("pilotscore map 写出的 YAML", "YAML as pilotscore map writes it"),
    why_zh="映射文件不是有效的 YAML，没有采用，命令停止。用 pilotscore map 重新写出一份，"
    "在其上修改。",
    why_en="The mapping file is not valid YAML; it was not used, and the command stops. Have "
    "pilotscore map write one anew and edit that.",
)
MAP_KEY = error(
    "M602",
    ("不认识的键 {key}", "unknown key {key}"),
    expected=("如 {near}", "such as {near}"),
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
    why_zh="两行表头只差空格、大小写或全半角，读取时视为同一个，无法知道用哪一行。删去其一。",
    why_en="Two lines differ in blanks, capitals or width alone and are one header when read: "
    "which one holds cannot be told. Remove one.",
)
MAP_EMPTY = error(
    "M607",
    ("没有 headers", "there are no headers"),
    expected=("headers 下逐行写“表头: 指标”", "lines such as “header: indicator” below headers"),
    why_zh="映射文件里没有 headers，什么也没有映射。写成 headers: 下面逐行“表头: 指标 id”。",
    why_en="The mapping has no headers and maps nothing. Write headers: and below it a line for "
    "each, header: id.",
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
TOTAL_ROW = info(
    "R306",
    ("“{text}”行，按合计跳过", "a row “{text}”: taken for a total and passed over"),
    why_zh="以“合计”“总计”“平均”等开头的行是汇总，不是成果，已跳过。若成果的名称就是这样，"
    "请改写名称。",
    why_en="A row that begins with total, sum, average or the like sums up and is no result: "
    "passed over. If a result is truly called so, reword its title.",
)
UNITS_ROW = info(
    "R308",
    ("这一行写的是单位，已用于各列", "a row of units: used for its columns"),
    why_zh="表头下的一行只写了单位（如 %、h、万元），已作为各列的单位，不当作成果。无须处理。",
    why_en="The row below the header has units only (such as %, h, kg): they were taken for those "
    "of the columns, and the row not for a result. Nothing to do.",
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
