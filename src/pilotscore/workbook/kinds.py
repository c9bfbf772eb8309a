"""The kinds of finding about a workbook and its cells."""

from __future__ import annotations

from pilotscore.findings import Kind, Severity
from pilotscore.language import Text

Pair = tuple[str, str]


def _kind(
    code: str,
    severity: Severity,
    found: Pair,
    expected: Pair | None = None,
    mend: Pair | None = None,
) -> Kind:
    return Kind(
        code,
        severity,
        Text(*found),
        Text(*expected) if expected else None,
        Text(*mend) if mend else None,
    )


# The file and its sheets.
NO_SUCH_FILE = _kind(
    "B101",
    "error",
    ("没有这个文件", "there is no such file"),
    None,
    ("检查路径与文件名", "look at the path and the name"),
)
NOT_A_WORKBOOK = _kind(
    "B102",
    "error",
    ("不是可读的工作簿：{problem}", "not a workbook that can be read: {problem}"),
    ("Excel 工作簿（.xlsx、.xlsm、.xls）", "an Excel workbook (.xlsx, .xlsm, .xls)"),
    ("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
)
ENCRYPTED = _kind(
    "B103",
    "error",
    ("工作簿设有打开密码", "the workbook asks for a password"),
    ("没有密码的工作簿", "a workbook without one"),
    ("在 Excel 中取消密码后另存", "remove the password in Excel and save it"),
)
TOO_LARGE = _kind(
    "B104",
    "error",
    ("{what}：{found}，上限 {limit}", "{what}: {found}, the limit is {limit}"),
    ("正常的办公文件", "an ordinary office file"),
    (
        "删除表格之外的空白格式与远处的单元格后另存",
        "delete stray formats and far-off cells, and save it",
    ),
)
NO_SUCH_SHEET = _kind(
    "B105",
    "error",
    ("没有工作表 {name}", "there is no sheet {name}"),
    ("{sheets} 之一", "one of {sheets}"),
)
EMPTY_SHEET = _kind(
    "B106",
    "error",
    ("工作表是空的", "the sheet is empty"),
    ("表头与至少一行成果", "a header and at least one result"),
)
NO_TABLE = _kind(
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
NO_RESULTS = _kind(
    "B108",
    "error",
    ("表头下面没有成果", "no results below the header"),
    ("至少一行成果", "at least one row"),
    ("在表头下逐行填写成果", "enter the results below the header, one per row"),
)
OTHER_SHEET = _kind(
    "B109", "info", ("该工作表没有成果表，未读", "no table of results on this sheet: not read")
)
HIDDEN_SHEET = _kind(
    "B110",
    "warning",
    ("隐藏的工作表，未读", "a hidden sheet: not read"),
    None,
    (
        "需要读入时取消隐藏，或用 --sheet 指定",
        "unhide it, or name it with --sheet, to have it read",
    ),
)
TABLE_FOUND = _kind(
    "B111",
    "info",
    (
        "成果表：表头在第 {row} 行，认出 {count} 列，{results} 项成果",
        "table of results: header in row {row}, {count} columns known, {results} results",
    ),
)

OWN_REPORT = _kind(
    "B112",
    "error",
    ("这是 pilotscore 写出的报告，不是申报数据", "a report that pilotscore wrote, not an input"),
    ("填有成果原始数据的工作簿", "a workbook with the raw values of results"),
    (
        "给出当初读入的工作簿（见报告的溯源清单）",
        "name the workbook that it was made from (its manifest says which)",
    ),
)

# Headers.
UNKNOWN_COLUMN = _kind(
    "H201",
    "info",
    ("列“{header}”不属于任何指标，未用", "the column “{header}” is no indicator: not used"),
)
LIKELY_COLUMN = _kind(
    "H202",
    "warning",
    (
        "列“{header}”未识别，未用；可能是“{near}”",
        "the column “{header}” is not known and not used; perhaps “{near}”",
    ),
    None,
    ("若是，把表头改为“{near}”", "if so, rename it to “{near}”"),
)
REPEATED_COLUMN = _kind(
    "H203",
    "error",
    (
        "列“{header}”与 {first} 列都是 {name}；只读了 {first} 列",
        "the column “{header}” and column {first} both mean {name}; only column {first} was read",
    ),
    ("每个指标一列", "one column for each indicator"),
    ("删除或改名其中一列", "remove or rename one of them"),
)
NO_COLUMN = _kind(
    "H204",
    "error",
    ("没有必填指标“{name}”的列", "no column for the required indicator “{name}”"),
    ("表头“{name}”或其别名", "a header “{name}”, or another of its names"),
    ("补上该列", "add the column"),
)
NO_OPTIONAL_COLUMN = _kind(
    "H205",
    "warning",
    (
        "没有 {count} 个指标的列，按 0 分计：{names}",
        "no column for {count} indicators, which score 0: {names}",
    ),
    None,
    ("有数据时补上这些列", "add the columns where there are data"),
)
NO_EVIDENCE_COLUMNS = _kind(
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
BLANK_ROWS = _kind(
    "R301",
    "info",
    ("表中有 {count} 个空行，已跳过", "{count} blank rows within the table, passed over"),
)
NOTE_ROW = _kind(
    "R302",
    "info",
    (
        "这一行只有一个格有内容（“{text}”），按注释跳过",
        "only one cell of this row is filled (“{text}”): taken for a note and passed over",
    ),
)
NO_ID = _kind(
    "R303",
    "error",
    ("没有编号", "no id"),
    ("每项成果一个编号", "an id for each result"),
    ("补上编号", "enter an id"),
)
REPEATED_ID = _kind(
    "R304",
    "error",
    ("编号 {id} 重复，另见 {other}", "the id {id} is used again, see {other}"),
    ("不重复的编号", "ids that differ"),
    ("改正编号，或删去重复的一行", "correct the id, or remove the repeated row"),
)
HIDDEN_ROW = _kind(
    "R305",
    "warning",
    ("隐藏的行，已读入", "a hidden row: read"),
    None,
    ("不应参评时删去该行", "delete it if it should not be assessed"),
)
TOTAL_ROW = _kind(
    "R306", "info", ("“{text}”行，按合计跳过", "a row “{text}”: taken for a total and passed over")
)

# Values.
NOT_A_NUMBER = _kind(
    "V401", "error", ("“{text}”不是数值", "“{text}” is not a number"), ("{wanted}", "{wanted}")
)
OUT_OF_RANGE = _kind(
    "V402", "error", ("{value} 超出范围", "{value} is out of range"), ("{wanted}", "{wanted}")
)
NOT_WHOLE = _kind(
    "V403", "error", ("{value} 不是整数", "{value} is not a whole number"), ("{wanted}", "{wanted}")
)
AMBIGUOUS_PERCENT = _kind(
    "V404",
    "error",
    ("{value} 可能是 {value}%，也可能是 {times100}%", "{value} may mean {value}% or {times100}%"),
    ("带百分号的值，或表头注明（%）", "a value with a percent sign, or (%) in the header"),
    ("写成 {times100}% 或 {value}%", "write {times100}% or {value}%"),
)
UNKNOWN_CATEGORY = _kind(
    "V405",
    "error",
    ("“{text}”不是可选的类别", "“{text}” is not one of the categories"),
    ("{wanted}", "{wanted}"),
    ("可能是“{near}”", "perhaps “{near}”"),
)
NOT_YES_NO = _kind(
    "V406",
    "error",
    ("“{text}”既不是“是”也不是“否”", "“{text}” is neither yes nor no"),
    ("是 或 否", "yes or no"),
)
NOT_A_DATE = _kind(
    "V407",
    "error",
    ("“{text}”不是日期", "“{text}” is not a date"),
    ("如 2026-12-31 的日期", "a date such as 2026-12-31"),
)
ERROR_CELL = _kind(
    "V408",
    "error",
    ("单元格是错误值 {text}", "the cell is the error {text}"),
    ("一个值", "a value"),
    ("改正公式，或填入数值", "mend the formula, or enter the value"),
)
UNSAVED_FORMULA = _kind(
    "V409",
    "error",
    ("公式没有保存计算结果", "a formula without a stored result"),
    ("一个值", "a value"),
    ("在 Excel 或 WPS 中打开、重新计算并保存", "open it in Excel or WPS, recalculate and save"),
)
OTHER_UNIT = _kind(
    "V410",
    "error",
    ("“{text}”的单位与 {unit} 不同", "“{text}” is in another unit than {unit}"),
    ("以 {unit} 为单位的数值", "a number in {unit}"),
    ("换算后填写", "convert it"),
)
READ_AS = _kind("V411", "info", ("“{text}”读作 {value}", "“{text}” was read as {value}"))
BLANK_WORD = _kind(
    "V412",
    "warning",
    ("“{text}”按空白处理，不作 0", "“{text}” was taken for blank, not for 0"),
    None,
    (
        "若为 0 请填 0；不适用请写“不适用：原因”",
        "enter 0 if it is 0; write “N/A: reason” if it does not apply",
    ),
)
NO_REASON = _kind(
    "V413",
    "warning",
    ("“{text}”没有写明原因，按空白处理", "“{text}” gives no reason: taken for blank"),
    ("不适用：原因", "N/A: reason"),
    ("写明原因", "give the reason"),
)
UNKNOWN_EVIDENCE = _kind(
    "V414",
    "warning",
    (
        "“{text}”不是证据等级，按“{grade}”计",
        "“{text}” is no grade of evidence: “{grade}” was taken",
    ),
    ("{wanted}", "{wanted}"),
)
MERGED = _kind(
    "V415",
    "info",
    (
        "合并单元格 {area}：“{text}”用于其中每一行",
        "merged cells {area}: “{text}” counts for each row of it",
    ),
)
READ_AS_PERCENT = _kind(
    "V416",
    "info",
    (
        "{stored}（显示为百分数）读作 {value}%",
        "{stored}, shown as a percentage, was read as {value}%",
    ),
)
BLANK_FACT = _kind("V417", "info", ("“{text}”按空白处理", "“{text}” was taken for blank"))
