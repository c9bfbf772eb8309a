"""The kinds of finding about a workbook and its cells."""

from __future__ import annotations

from pilotscore.findings import Kind, Severity
from pilotscore.language import Text

Pair = tuple[str, str]


def kind(
    code: str,
    severity: Severity,
    found: Pair,
    expected: Pair | None = None,
    mend: Pair | None = None,
) -> Kind:
    """Declare a kind: its words in both languages, as pairs."""
    return Kind(
        code,
        severity,
        Text(*found),
        Text(*expected) if expected else None,
        Text(*mend) if mend else None,
    )


# The file and its sheets.
NO_SUCH_FILE = kind(
    "B101",
    "error",
    ("没有这个文件", "there is no such file"),
    None,
    ("检查路径与文件名", "look at the path and the name"),
)
NOT_A_WORKBOOK = kind(
    "B102",
    "error",
    ("不是可读的工作簿：{problem}", "not a workbook that can be read: {problem}"),
    (
        "工作簿（.xlsx、.xlsm、.xls、.xlsb、.ods、.csv）",
        "a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv)",
    ),
    ("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
)
ENCRYPTED = kind(
    "B103",
    "error",
    ("工作簿设有打开密码", "the workbook asks for a password"),
    ("没有密码的工作簿", "a workbook without one"),
    (
        "在 Excel 中取消密码后另存；或把密码放入环境变量，用 --password-env 变量名 给出",
        "remove the password in Excel and save it; or put it in an environment variable and name "
        "that with --password-env",
    ),
)
TOO_LARGE = kind(
    "B104",
    "error",
    ("{what}：{found}，上限 {limit}", "{what}: {found}, the limit is {limit}"),
    ("正常的办公文件", "an ordinary office file"),
    (
        "删除表格之外的空白格式与远处的单元格后另存；确有必要时用 --limit {name}=数值 放宽",
        "delete stray formats and far-off cells, and save it; where it must be, --limit "
        "{name}=NUMBER allows more",
    ),
)
NO_SUCH_SHEET = kind(
    "B105",
    "error",
    ("没有工作表 {name}", "there is no sheet {name}"),
    ("{sheets} 之一", "one of {sheets}"),
)
EMPTY_SHEET = kind(
    "B106",
    "error",
    ("工作表是空的", "the sheet is empty"),
    ("表头与至少一行成果", "a header and at least one result"),
)
NO_TABLE = kind(
    "B107",
    "error",
    (
        "找不到成果表：前 {rows} 行中没有一行像表头（最多认出 {best} 个：{matched}）",
        "no table of results: none of the first {rows} rows looks like a header (at best {best} known: {matched})",
    ),
    (
        "含编号或名称以及指标的表头行，如 {near}",
        "a header row with an id or title and indicators, such as {near}",
    ),
    (
        "把表头写成指标名称或其别名；pilotscore criteria show {criteria} 列出全部名称",
        "name the columns as the indicators are; pilotscore criteria show {criteria} lists all names",
    ),
)
NO_RESULTS = kind(
    "B108",
    "error",
    ("表头下面没有成果", "no results below the header"),
    ("至少一行成果", "at least one row"),
    ("在表头下逐行填写成果", "enter the results below the header, one per row"),
)
OTHER_SHEET = kind(
    "B109", "info", ("该工作表没有成果表，未读", "no table of results on this sheet: not read")
)
HIDDEN_SHEET = kind(
    "B110",
    "warning",
    ("隐藏的工作表，未读", "a hidden sheet: not read"),
    None,
    (
        "需要读入时取消隐藏，或用 --sheet 指定",
        "unhide it, or name it with --sheet, to have it read",
    ),
)
TABLE_FOUND = kind(
    "B111",
    "info",
    (
        "成果表：表头在第 {row} 行，认出 {count} 列，{results} 项成果",
        "table of results: header in row {row}, {count} columns known, {results} results",
    ),
)

OWN_REPORT = kind(
    "B112",
    "error",
    ("这是 pilotscore 写出的报告，不是申报数据", "a report that pilotscore wrote, not an input"),
    ("填有成果原始数据的工作簿", "a workbook with the raw values of results"),
    (
        "给出当初读入的工作簿（见报告的溯源清单）",
        "name the workbook that it was made from (its manifest says which)",
    ),
)

LESS_TOLD = kind(
    "B113",
    "warning",
    (
        "这个 .xls 文件的内部结构不完整：其中的错误值、百分数格式与隐藏行无法辨认，可能当作空白",
        "the inner structure of this .xls file is not sound: error cells, percentage formats and "
        "hidden rows cannot be told in it, and may count as blank",
    ),
    None,
    ("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
)
ENCODING = kind(
    "B114", "info", ("文本按 {encoding} 编码读入", "the text was read in the encoding {encoding}")
)
TEXT_FILE = kind(
    "B115",
    "info",
    (
        "扩展名是 {ending}，内容却是文本：按分隔文本读入",
        "its ending is {ending}, its content is text: read as delimited text",
    ),
)
WEB_PAGE = kind(
    "B116",
    "error",
    (
        "文件内容是网页或 XML，不是工作簿（有些系统这样导出 .xls）",
        "its content is a web page or XML, not a workbook (some systems export .xls so)",
    ),
    ("工作簿", "a workbook"),
    ("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
)
NO_CRYPT = kind(
    "B117",
    "error",
    (
        "打开加密工作簿需要附加组件 crypt，尚未安装",
        "the crypt extra, which opens encrypted workbooks, is not installed",
    ),
    None,
    ("运行 pip install 'pilotscore[crypt]'", "run pip install 'pilotscore[crypt]'"),
)
WRONG_PASSWORD = kind(
    "B118",
    "error",
    ("密码不对，工作簿打不开", "the password does not open the workbook"),
    ("打开它的密码", "the password that opens it"),
    ("检查 --password-env 所指的环境变量", "look at the variable that --password-env names"),
)
TOO_SLOW = kind(
    "B119",
    "error",
    ("读了 {limit} 秒仍未读完，已停止", "not read within {limit} seconds: stopped"),
    ("正常的办公文件", "an ordinary office file"),
    (
        "用 Excel 打开后另存；确有必要时用 --limit seconds=数值 放宽",
        "open it in Excel and save it; where it must be, --limit seconds=NUMBER allows more",
    ),
)
READER_DIED = kind(
    "B120",
    "error",
    (
        "读取进程中止（{reason}）：只影响这一个文件",
        "the process that read it died ({reason}); no other file is concerned",
    ),
    ("正常的办公文件", "an ordinary office file"),
    (
        "用 Excel 或 WPS 打开后另存为 .xlsx",
        "open it in Excel or WPS and save it as .xlsx",
    ),
)
LOCK_FILE = kind(
    "B121",
    "info",
    (
        "Excel 打开工作簿时留下的锁文件，已跳过（{count} 个）",
        "a lock file that Excel leaves while a workbook is open: passed over ({count} of them)",
    ),
)
OTHER_FILES = kind(
    "B122",
    "info",
    (
        "{count} 个不是工作簿的文件未读：{names}",
        "{count} files that are no workbooks, not read: {names}",
    ),
)
NO_FILES = kind(
    "B123",
    "error",
    ("文件夹中没有匹配 {glob} 的工作簿", "no workbook in the folder matches {glob}"),
    ("至少一个工作簿", "at least one workbook"),
    ("检查文件夹与 --glob", "look at the folder and at --glob"),
)
OTHER_CRITERIA = kind(
    "B124",
    "error",
    (
        "这份模板是为指标体系 {found} 制作的，现在用的是 {used}",
        "this template was made for the criteria set {found}; the one in use is {used}",
    ),
    ("同一指标体系的模板", "a template of the same criteria set"),
    (
        "用 -c 指定 {id}，或用 pilotscore template 重新制作模板",
        "name {id} with -c, or make a new template with pilotscore template",
    ),
)
CHANGED_CRITERIA = kind(
    "B125",
    "warning",
    (
        "这份模板制作之后，指标体系 {id} 的文件有改动（版本号未变）",
        "the file of the criteria set {id} has changed since this template was made (its version has not)",
    ),
    None,
    (
        "确认改动不影响填报，或重新制作模板",
        "see that the change does not matter here, or make a new template",
    ),
)
FORM_FOUND = kind(
    "B126",
    "info",
    (
        "一张表填一项成果：认出 {count} 个栏目",
        "a form with one result: {count} items known",
    ),
)
SECOND_TABLE = kind(
    "B127",
    "error",
    (
        "第 {row} 行像是另一张表的表头：以下 {count} 行没有读",
        "row {row} looks like the header of another table: the {count} rows from there were not read",
    ),
    ("一张工作表一张成果表", "one table of results on a sheet"),
    ("把下面的表移到另一张工作表", "move the lower table to a sheet of its own"),
)
RIVAL_HEADER = kind(
    "B128",
    "warning",
    (
        "第 {other} 行同样像表头（认出 {count} 列）；用了第 {row} 行",
        "row {other} looks as much like a header ({count} columns known); row {row} was taken",
    ),
    None,
    ("若不对，用 --header-row 指定", "if that is wrong, say so with --header-row"),
)

REPORT_PASSED_OVER = kind(
    "B129",
    "info",
    (
        "文件夹中 pilotscore 写出的报告，已跳过",
        "a report that pilotscore wrote, found in the folder: passed over",
    ),
)

DOCUMENT_SHEET = kind(
    "B130",
    "info",
    (
        "证据清单：表头在第 {row} 行，读到 {count} 份材料",
        "list of documents: header in row {row}, {count} documents read",
    ),
)
TECHNOLOGY_SHEET = kind(
    "B131",
    "info",
    (
        "关键技术清单：表头在第 {row} 行，读到 {count} 个等级，每项成果按最不利的一个计",
        "list of critical technologies: header in row {row}, {count} levels read; of each result the "
        "least favourable counts",
    ),
)

# Headers.
UNKNOWN_COLUMN = kind(
    "H201",
    "info",
    ("列“{header}”不属于任何指标，未用", "the column “{header}” is no indicator: not used"),
)
LIKELY_COLUMN = kind(
    "H202",
    "warning",
    (
        "列“{header}”未识别，未用；可能是“{near}”（相似度 {likeness}）",
        "the column “{header}” is not known and not used; perhaps “{near}” (likeness {likeness})",
    ),
    None,
    (
        "若是，把表头改为“{near}”，或用 --accept-suggestions 采纳，或写入映射文件（pilotscore map）",
        "if so, rename it to “{near}”, take it with --accept-suggestions, or put it in a mapping file "
        "(pilotscore map)",
    ),
)
ACCEPTED_COLUMN = kind(
    "H207",
    "warning",
    (
        "列“{header}”按建议读作“{near}”（相似度 {likeness}）",
        "the column “{header}” was read as “{near}”, as suggested (likeness {likeness})",
    ),
    None,
    ("若不对，改表头或用映射文件指定", "if that is wrong, rename it or say so in a mapping file"),
)
UNIT_CONVERTED = kind(
    "H208",
    "info",
    (
        "表头单位为 {unit}，数值乘以 {factor} 换算为“{name}”的单位 {own}",
        "the header says {unit}: its numbers were multiplied by {factor}, to the unit of “{name}”, {own}",
    ),
)
UNIT_MISFIT = kind(
    "H209",
    "error",
    (
        "表头单位 {unit} 不能换算为“{name}”的单位 {own}：不带单位的数值没有读",
        "the header says {unit}, which cannot be converted to {own}, the unit of “{name}”: bare numbers "
        "were not read",
    ),
    ("以 {own} 为单位", "numbers in {own}"),
    ("换算后填写，并改正表头单位", "convert them, and correct the header"),
)
HIDDEN_COLUMN = kind(
    "H210",
    "warning",
    ("隐藏的列“{header}”，已读入", "the hidden column “{header}” was read"),
    None,
    ("不应参评时删去该列", "delete it if it should not count"),
)
REPEATED_COLUMN = kind(
    "H203",
    "error",
    (
        "列“{header}”与 {first} 列都是 {name}；只读了 {first} 列",
        "the column “{header}” and column {first} both mean {name}; only column {first} was read",
    ),
    ("每个指标一列", "one column for each indicator"),
    ("删除或改名其中一列", "remove or rename one of them"),
)
NO_COLUMN = kind(
    "H204",
    "error",
    ("没有必填指标“{name}”的列", "no column for the required indicator “{name}”"),
    ("表头“{name}”或其别名", "a header “{name}”, or another of its names"),
    ("补上该列", "add the column"),
)
NO_OPTIONAL_COLUMN = kind(
    "H205",
    "warning",
    (
        "没有 {count} 个指标的列，按 0 分计：{names}",
        "no column for {count} indicators, which score 0: {names}",
    ),
    None,
    ("有数据时补上这些列", "add the columns where there are data"),
)
NO_EVIDENCE_COLUMNS = kind(
    "H206",
    "warning",
    (
        "没有任何证据等级列：所有数值按“{grade}”计，得分以 {cap} 为上限",
        "no column states evidence: every value counts as “{grade}” and scores {cap} at most",
    ),
    (
        "每个指标列右侧有“证据等级”列（{grades}）",
        "a column “Evidence” right of each indicator ({grades})",
    ),
    ("补上证据等级列", "add the columns"),
)

# Rows.
BLANK_ROWS = kind(
    "R301",
    "info",
    ("表中有 {count} 个空行，已跳过", "{count} blank rows within the table, passed over"),
)
NOTE_ROW = kind(
    "R302",
    "info",
    (
        "这一行只有一个格有内容（“{text}”），按注释跳过",
        "only one cell of this row is filled (“{text}”): taken for a note and passed over",
    ),
)
NO_ID = kind(
    "R303",
    "error",
    ("没有编号", "no id"),
    ("每项成果一个编号", "an id for each result"),
    ("补上编号", "enter an id"),
)
REPEATED_ID = kind(
    "R304",
    "error",
    ("编号 {id} 重复，另见 {other}", "the id {id} is used again, see {other}"),
    ("不重复的编号", "ids that differ"),
    ("改正编号，或删去重复的一行", "correct the id, or remove the repeated row"),
)
HIDDEN_ROW = kind(
    "R305",
    "warning",
    ("隐藏的行，已读入", "a hidden row: read"),
    None,
    ("不应参评时删去该行", "delete it if it should not be assessed"),
)
TOTAL_ROW = kind(
    "R306", "info", ("“{text}”行，按合计跳过", "a row “{text}”: taken for a total and passed over")
)

FILTERED_ROW = kind(
    "R307",
    "warning",
    ("被筛选隐藏的行，已读入", "a row that a filter hides: read"),
    None,
    ("不应参评时删去该行", "delete it if it should not be assessed"),
)
UNITS_ROW = kind(
    "R308", "info", ("这一行写的是单位，已用于各列", "a row of units: used for its columns")
)
EXPLANATION_ROW = kind(
    "R309",
    "info",
    (
        "这一行（“{text}”）是填写说明，已跳过",
        "a row that explains the columns (“{text}”), passed over",
    ),
)
EXAMPLE_ROW = kind(
    "R310",
    "warning",
    ("“{text}”行按示例跳过", "a row “{text}”: taken for an example and passed over"),
    None,
    ("若是真实成果，去掉“示例”字样", "take the word example away if it is a result"),
)
CLOSING_ROW = kind(
    "R311",
    "info",
    ("“{text}”行按签字或附注跳过", "a row “{text}”: taken for a signature or note and passed over"),
)
REPEATED_HEADER = kind(
    "R312", "info", ("表头在这一行重复出现，已跳过", "the header again: passed over")
)
FILE_AS_ID = kind(
    "R313",
    "info",
    ("没有编号，用文件名 {id} 作编号", "no id: the name of the file, {id}, was taken"),
)
FORM_LABEL = kind(
    "R314",
    "info",
    ("栏目“{header}”不属于任何指标，未用", "the item “{header}” is no indicator: not used"),
)

REPEATED_ITEM = kind(
    "R315",
    "error",
    (
        "栏目“{header}”与 {first} 都是 {name}；只读了 {first}",
        "the item “{header}” and the one in {first} both mean {name}; only {first} was read",
    ),
    ("每个指标一个栏目", "one item for each indicator"),
    ("删除或改名其中一个", "remove or rename one of them"),
)

# Values.
NOT_A_NUMBER = kind(
    "V401", "error", ("“{text}”不是数值", "“{text}” is not a number"), ("{wanted}", "{wanted}")
)
OUT_OF_RANGE = kind(
    "V402", "error", ("{value} 超出范围", "{value} is out of range"), ("{wanted}", "{wanted}")
)
NOT_WHOLE = kind(
    "V403", "error", ("{value} 不是整数", "{value} is not a whole number"), ("{wanted}", "{wanted}")
)
AMBIGUOUS_PERCENT = kind(
    "V404",
    "error",
    ("{value} 可能是 {value}%，也可能是 {times100}%", "{value} may mean {value}% or {times100}%"),
    ("带百分号的值，或表头注明（%）", "a value with a percent sign, or (%) in the header"),
    ("写成 {times100}% 或 {value}%", "write {times100}% or {value}%"),
)
UNKNOWN_CATEGORY = kind(
    "V405",
    "error",
    ("“{text}”不是可选的类别", "“{text}” is not one of the categories"),
    ("{wanted}", "{wanted}"),
    ("{advice}", "{advice}"),
)
NOT_YES_NO = kind(
    "V406",
    "error",
    ("“{text}”既不是“是”也不是“否”", "“{text}” is neither yes nor no"),
    ("是 或 否", "yes or no"),
)
NOT_A_DATE = kind(
    "V407",
    "error",
    ("“{text}”不是日期", "“{text}” is not a date"),
    ("如 2026-12-31 的日期", "a date such as 2026-12-31"),
)
ERROR_CELL = kind(
    "V408",
    "error",
    ("单元格是错误值 {text}", "the cell is the error {text}"),
    ("一个值", "a value"),
    ("改正公式，或填入数值", "mend the formula, or enter the value"),
)
UNSAVED_FORMULA = kind(
    "V409",
    "error",
    ("公式没有保存计算结果", "a formula without a stored result"),
    ("一个值", "a value"),
    ("在 Excel 或 WPS 中打开、重新计算并保存", "open it in Excel or WPS, recalculate and save"),
)
OTHER_UNIT = kind(
    "V410",
    "error",
    ("“{text}”的单位与 {unit} 不同", "“{text}” is in another unit than {unit}"),
    ("以 {unit} 为单位的数值", "a number in {unit}"),
    ("换算后填写", "convert it"),
)
READ_AS = kind("V411", "info", ("“{text}”读作 {value}", "“{text}” was read as {value}"))
BLANK_WORD = kind(
    "V412",
    "warning",
    ("“{text}”按空白处理，不作 0", "“{text}” was taken for blank, not for 0"),
    None,
    (
        "若为 0 请填 0；不适用请写“不适用：原因”",
        "enter 0 if it is 0; write “N/A: reason” if it does not apply",
    ),
)
NO_REASON = kind(
    "V413",
    "warning",
    ("“{text}”没有写明原因，按空白处理", "“{text}” gives no reason: taken for blank"),
    ("不适用：原因", "N/A: reason"),
    ("写明原因", "give the reason"),
)
UNKNOWN_EVIDENCE = kind(
    "V414",
    "warning",
    (
        "“{text}”不是证据等级，按“{grade}”计",
        "“{text}” is no grade of evidence: “{grade}” was taken",
    ),
    ("{wanted}", "{wanted}"),
)
MERGED = kind(
    "V415",
    "info",
    (
        "合并单元格 {area}：“{text}”用于其中每一行",
        "merged cells {area}: “{text}” counts for each row of it",
    ),
)
READ_AS_PERCENT = kind(
    "V416",
    "info",
    (
        "{stored}（显示为百分数）读作 {value}%",
        "{stored}, shown as a percentage, was read as {value}%",
    ),
)
BLANK_FACT = kind("V417", "info", ("“{text}”按空白处理", "“{text}” was taken for blank"))
CONVERTED = kind(
    "V418", "info", ("“{text}”换算为 {value} {unit}", "“{text}” was converted to {value} {unit}")
)
LESS_FAVOURABLE = kind(
    "V419",
    "warning",
    (
        "“{text}”是区间或界限，按较不利的一端 {value} 计",
        "“{text}” is a range or bound: its less favourable end, {value}, counts",
    ),
    None,
    ("填写一个有证据的数值", "enter the one value that the evidence shows"),
)
OPEN_VALUE = kind(
    "V420",
    "error",
    (
        "“{text}”是区间或界限，无法定为一个值",
        "“{text}” is a range or bound from which no one value follows",
    ),
    ("{wanted}", "{wanted}"),
    ("填写一个有证据的数值", "enter the one value that the evidence shows"),
)
ESTIMATE = kind(
    "V421",
    "warning",
    ("“{text}”是约数，读作 {value}", "“{text}” is an estimate, read as {value}"),
    None,
    ("填写实测值", "enter the value that was measured"),
)
CONTRADICTION = kind(
    "V422",
    "error",
    (
        "“{text}”的级别与文字不是同一级",
        "the number and the wording of “{text}” are of different levels",
    ),
    ("{wanted}", "{wanted}"),
    ("改正级别或文字", "correct the one or the other"),
)
SERIAL_DATE = kind(
    "V423",
    "error",
    (
        "{text} 像是日期的序列号，但单元格不是日期格式",
        "{text} looks like the serial number of a date, but the cell is not formatted as one",
    ),
    (
        "日期（1900 日期系统为 {in1900}，1904 系统为 {in1904}）",
        "a date ({in1900} in the 1900 date system, {in1904} in that of 1904)",
    ),
    ("把单元格设为日期格式", "format the cell as a date"),
)
MONTH_DATE = kind(
    "V424",
    "warning",
    (
        "“{text}”没有日，按该月第一天 {value} 计",
        "“{text}” has no day: {value}, the first of the month, counts",
    ),
    ("如 2026-12-31 的日期", "a date such as 2026-12-31"),
    ("补上日", "add the day"),
)
MERGED_ACROSS = kind(
    "V425",
    "info",
    (
        "合并单元格 {area}：“{text}”用于其中每一列",
        "merged cells {area}: “{text}” counts for each column of it",
    ),
)

SEVERAL = kind(
    "V426",
    "info",
    (
        "“{text}”有 {count} 个值（多项关键技术），按最不利的 {value} 计",
        "“{text}” has {count} values (several critical technologies): the least favourable, {value}, counts",
    ),
)
TECHNOLOGY_COUNTS = kind(
    "V427",
    "info",
    (
        "关键技术“{title}”为 {value}（见 {place}），低于此处的 {stated}，按 {value} 计",
        "the critical technology “{title}” is at {value} (see {place}), less favourable than {stated} here: "
        "{value} counts",
    ),
)
DOCUMENT_OF_NOTHING = kind(
    "R316",
    "warning",
    ("“{text}”不是指标，该材料未使用", "“{text}” is no indicator: the document is not used"),
    ("指标名称或别名", "an indicator, by any of its names"),
)
DETAIL_OF_NOBODY = kind(
    "R317",
    "warning",
    ("没有编号为 {id} 的成果，该行未使用", "no result has the id {id}: the row is not used"),
    ("成果表中的编号，如 {near}", "an id of the table of results, such as {near}"),
)

# Mapping files.
MAP_UNREADABLE = kind(
    "M601",
    "error",
    ("不是有效的映射文件：{problem}", "not a valid mapping file: {problem}"),
    ("pilotscore map 写出的 YAML", "YAML as pilotscore map writes it"),
)
MAP_KEY = kind(
    "M602", "error", ("不认识的键 {key}", "unknown key {key}"), ("如 {near}", "such as {near}")
)
MAP_CRITERIA = kind(
    "M603",
    "error",
    (
        "映射文件写给指标体系 {found}，而现在用的是 {used}",
        "the mapping is for the criteria set {found}; the one in use is {used}",
    ),
    ("同一指标体系", "the same criteria set"),
)
MAP_TARGET = kind(
    "M604",
    "error",
    (
        "“{header}”映射到 {target}，没有这个指标或字段",
        "“{header}” is mapped to {target}, which is no indicator or fact",
    ),
    ("如 {near}", "such as {near}"),
)
MAP_UNIT = kind(
    "M605",
    "error",
    (
        "“{header}”的单位 {unit} 不能换算为该指标的单位",
        "“{header}” is said to be in {unit}, which cannot be converted to the indicator's unit",
    ),
    ("能换算的单位", "a unit of the same dimension"),
)
MAP_TWICE = kind(
    "M606",
    "error",
    (
        "“{header}”与“{other}”是同一个表头的两种写法",
        "“{header}” and “{other}” are two spellings of one header",
    ),
    ("每个表头一行", "one line for each header"),
)
MAP_EMPTY = kind(
    "M607",
    "error",
    ("没有 headers", "there are no headers"),
    ("headers 下逐行写“表头: 指标”", "lines such as “header: indicator” below headers"),
)
