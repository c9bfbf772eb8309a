"""The kinds of finding about sheets, forms and rows of results."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

# Files and sheets.
NO_SUCH_SHEET = error(
    "B105",
    ("没有工作表 {name}", "there is no sheet {name}"),
    expected=("{sheets} 之一", "one of {sheets}"),
    mend=("照标签写全名", "give the name of the tab in full"),
    why_zh="用 --sheet 或映射文件指定的工作表不在这个工作簿中，因此没有读。"
    "名称要与 Excel 底部的标签完全一致，包括空格。",
    why_en="The sheet named with --sheet or in the mapping file is not in this workbook, so "
    "nothing was read. The name must be that of the tab in Excel, blanks included.",
)
EMPTY_SHEET = error(
    "B106",
    ("工作表是空的", "the sheet is empty"),
    expected=("表头与至少一行成果", "a header and at least one result"),
    mend=("填入成果，或给出有成果的表", "enter results, or name the sheet that has them"),
    why_zh="这张工作表没有任何内容。若成果在别的工作表或文件中，请给出那一个。",
    why_en="There is nothing on this sheet. If the results are on another sheet or in another "
    "file, name that one.",
)
NO_TABLE = error(
    "B107",
    (
        "找不到成果表：前 {rows} 行中没有一行像表头（最多认出 {best} 个：{matched}）",
        "no table of results: none of the first {rows} rows looks like a header (at best {best} "
        "known: {matched})",
    ),
    expected=(
        "含编号或名称以及指标的表头行，如 {near}",
        "a header row with an id or title and indicators, such as {near}",
    ),
    mend=(
        "把表头写成指标名称或其别名；pilotscore criteria show {criteria} 列出全部名称",
        "name the columns as the indicators are; pilotscore criteria show {criteria} lists all "
        "names",
    ),
    why_zh="没有一行同时含有编号或名称和至少一个指标的表头，也不像一张表填一项成果的填报表，"
    "所以没有读。把表头改为指标名称或别名（如“技术就绪水平”或“TRL”），"
    "或用 pilotscore map 写映射文件。",
    why_en="No row has a header with an id or title and at least one indicator, nor does the "
    "sheet look like a form with one result, so nothing was read. Name the columns as the "
    "indicators are (such as “Technology readiness level” or “TRL”), or write a mapping file with "
    "pilotscore map.",
)
NO_RESULTS = error(
    "B108",
    ("表头下面没有成果", "no results below the header"),
    expected=("至少一行成果", "at least one row"),
    mend=("在表头下逐行填写成果", "enter the results below the header, one per row"),
    why_zh="找到了表头，但下面没有一行是成果：都是空行、合计、示例或说明。请在表头下逐行填写。",
    why_en="The header was found, but no row below it is a result: all are blank, totals, "
    "examples or explanations. Enter the results below it, one per row.",
)
OTHER_SHEET = info(
    "B109",
    ("该工作表没有成果表，未读", "no table of results on this sheet: not read"),
    why_zh="同一工作簿的其他工作表里有成果表，这一张没有，所以没有读。若这里也有成果，请检查表头。",
    why_en="Another sheet of the workbook has the table of results and this one has none, so it "
    "was not read. If there are results here too, look at its header.",
)
HIDDEN_SHEET = warning(
    "B110",
    ("隐藏的工作表，未读", "a hidden sheet: not read"),
    mend=(
        "需要读入时取消隐藏，或用 --sheet 指定",
        "unhide it, or name it with --sheet, to have it read",
    ),
    why_zh="隐藏的工作表常是草稿或旧数据，因此不读，并告知。需要读入时取消隐藏，"
    "或用 --sheet 指定。",
    why_en="A hidden sheet is often a draft or old data: it is not read, and this is said. Unhide "
    "it or name it with --sheet to have it read.",
)
TABLE_FOUND = info(
    "B111",
    (
        "成果表：表头在第 {row} 行，认出 {count} 列，{results} 项成果",
        "table of results: header in row {row}, {count} columns known, {results} results",
    ),
    why_zh="说明成果表是怎样找到的：表头在哪一行、认出几列、读到几项成果。"
    "请核对项数与表中是否一致。",
    why_en="Says how the table was found: the row of its header, how many columns are known, how "
    "many results there are. See that the number of results is that of the table.",
)
TOO_SLOW = error(
    "B119",
    ("读了 {limit} 秒仍未读完，已停止", "not read within {limit} seconds: stopped"),
    expected=("正常的办公文件", "an ordinary office file"),
    mend=(
        "用 Excel 打开后另存；确有必要时用 --limit seconds=数值 放宽",
        "open it in Excel and save it; where it must be, --limit seconds=NUMBER allows more",
    ),
    why_zh="读取超过时间上限后停止，以免一个文件拖住整批；这个文件的成果都没有读。"
    "另存通常就能解决。",
    why_en="Reading was stopped at its time limit, so that one file does not hold up a batch; "
    "none of its results was read. To save it anew in Excel mostly helps.",
)
READER_DIED = error(
    "B120",
    (
        "读取进程中止（{reason}）：只影响这一个文件",
        "the process that read it died ({reason}); no other file is concerned",
    ),
    expected=("正常的办公文件", "an ordinary office file"),
    mend=("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    why_zh="每个文件在单独的进程中读取；读这个文件的进程意外中止，多因文件损坏或占用内存过多。"
    "其他文件不受影响。",
    why_en="Each file is read in a process of its own, and the one for this file died, mostly "
    "because the file is damaged or takes too much memory. No other file is concerned.",
)
OTHER_CRITERIA = error(
    "B124",
    (
        "这份模板是为指标体系 {found} 制作的，现在用的是 {used}",
        "this template was made for the criteria set {found}; the one in use is {used}",
    ),
    expected=("同一指标体系的模板", "a template of the same criteria set"),
    mend=(
        "用 -c 指定 {id}，或用 pilotscore template 重新制作模板",
        "name {id} with -c, or make a new template with pilotscore template",
    ),
    why_zh="模板里记有制作时的指标体系，与现在用的不同；按另一套体系读会错位，所以没有读。"
    "用 -c 指定模板的体系。",
    why_en="A template says which criteria set it was made for, and that is not the one in use: "
    "it was not read, lest values be taken for something else. Name the template's set with -c.",
)
CHANGED_CRITERIA = warning(
    "B125",
    (
        "这份模板制作之后，指标体系 {id} 的文件有改动（版本号未变）",
        "the file of the criteria set {id} has changed since this template was made (its version "
        "has not)",
    ),
    mend=(
        "确认改动不影响填报，或重新制作模板",
        "see that the change does not matter here, or make a new template",
    ),
    why_zh="指标体系的文件在模板制作后改过，但版本号没变。模板已照读；若改动涉及指标或类别，"
    "应重新制作模板。",
    why_en="The file of the criteria set was changed after the template was made, under the same "
    "version. The template was read all the same; if indicators or categories changed, make a new "
    "one.",
)
FORM_FOUND = info(
    "B126",
    ("一张表填一项成果：认出 {count} 个栏目", "a form with one result: {count} items known"),
    why_zh="这张工作表按“一表一成果”的填报表读入：左边或上方是栏目名称，旁边是值。"
    "请核对认出的栏目数。",
    why_en="This sheet was read as a form with one result: a label, and its value beside or "
    "below. See that the number of items is right.",
)
RIVAL_HEADER = warning(
    "B128",
    (
        "第 {other} 行同样像表头（认出 {count} 列）；用了第 {row} 行",
        "row {other} looks as much like a header ({count} columns known); row {row} was taken",
    ),
    mend=("若不对，用 --header-row 指定", "if that is wrong, say so with --header-row"),
    why_zh="有两行认出的列一样多，用了其中一行。若用错了，成果会多一行或少一行："
    "用 --header-row 指定表头行。",
    why_en="Two rows have as many known names, and one of them was taken. If it is the wrong one "
    "there is a result too many or too few: say which is the header with --header-row.",
)
REPORT_PASSED_OVER = info(
    "B129",
    (
        "文件夹中有 {count} 份 pilotscore 写出的报告，已跳过：{names}",
        "{count} reports that pilotscore wrote, found in the folder: passed over ({names})",
    ),
    why_zh="读取文件夹时，pilotscore 自己写出的报告会自动跳过，不作输入。无须处理。",
    why_en="Reports that pilotscore wrote are passed over in a folder, and never taken for "
    "inputs. Nothing to do.",
)
COPY_PASSED_OVER = info(
    "B142",
    (
        "文件夹中有 {count} 份加了批注的副本，数值与原工作簿相同，已跳过：{names}",
        "{count} annotated copies with the values of the workbooks that they are of: passed over "
        "({names})",
    ),
    why_zh="check --annotate 写出的副本与原工作簿在同一文件夹，成果与数值都相同，只读了原工作簿。"
    "在副本中改过数值时两份都会读入，编号重复会作为错误列出：留下其中一份。",
    why_en="Copies that check --annotate wrote lie in the folder beside their originals, with the "
    "same results and values: only the originals were read. Where something was corrected in a "
    "copy, both are read and their ids are told as repeated: keep one of them.",
)
DOCUMENT_SHEET = info(
    "B130",
    (
        "证据清单：表头在第 {row} 行，读到 {count} 份材料",
        "list of documents: header in row {row}, {count} documents read",
    ),
    why_zh="工作簿中有一张证据清单：每行一份材料，写明成果编号、指标、证据等级与有效期。"
    "清单中有材料的指标，证据等级以清单为准。",
    why_en="The workbook has a list of documents: a row for each, with the result's id, the "
    "indicator, the grade of evidence and the date of expiry. Where a value has documents, they "
    "decide its grade.",
)
TECHNOLOGY_SHEET = info(
    "B131",
    (
        "关键技术清单：表头在第 {row} 行，读到 {count} 个等级，每项成果按最不利的一个计",
        "list of critical technologies: header in row {row}, {count} levels read; of each result "
        "the least favourable counts",
    ),
    why_zh="工作簿中有一张关键技术清单，一项成果可有多行。每项成果按最不利的等级计："
    "最弱的关键技术决定整体。",
    why_en="The workbook has a list of critical technologies, several rows for a result. The "
    "least favourable level of each result counts: the weakest technology decides.",
)

# Headers.
HIDDEN_COLUMN = warning(
    "H210",
    ("隐藏的列“{header}”，已读入", "the hidden column “{header}” was read"),
    mend=("不应参评时删去该列", "delete it if it should not count"),
    why_zh="隐藏的列也已读入并参评。若它是旧数据，请删去该列；若要保留，取消隐藏以便核对。",
    why_en="A hidden column was read and counts. Delete it if it is old data; unhide it if it "
    "should count, so that it can be seen.",
)

# Rows.
NO_ID = error(
    "R303",
    ("没有编号", "no id"),
    expected=("每项成果一个编号", "an id for each result"),
    mend=("补上编号", "enter an id"),
    why_zh="这一行有数据但没有编号，暂用“工作表!行号”代替。编号用来追溯和查重，请补上。",
    why_en="The row has values but no id; sheet and row stand for it. Results are traced and told "
    "apart by their ids: enter one.",
)
REPEATED_ID = error(
    "R304",
    ("编号 {id} 重复，另见 {other}", "the id {id} is used again, see {other}"),
    expected=("不重复的编号", "ids that differ"),
    mend=("改正编号，或删去重复的一行", "correct the id, or remove the repeated row"),
    why_zh="两行用了同一个编号，可能是重复申报或笔误。两行都已读入；改正前排名中会出现两次。",
    why_en="Two rows have the same id: a result entered twice, or a slip. Both were read, and the "
    "ranking has both until it is mended.",
)
FALLEN_TOGETHER = error(
    "R323",
    (
        "编号 {id} 丢失了末尾的数字，与 {other} 相同：两项成果无法区分",
        "the id {id} lost its last digits and is that of {other} too: the two cannot be told apart",
    ),
    expected=("以文本存放的完整编号", "the whole ids, as text"),
    mend=(
        "把该列设为文本格式，照原始材料重新输入",
        "format the column as text, and enter the ids anew",
    ),
    why_zh="两行的编号都超过 15 位而以数值存放，Excel 把后面的数字变成了 0，它们因此相同；"
    "当初可能是两个不同的编号。两行都已读入，没有合并；按编号归属的批次、证据等无法分清，"
    "请以文本重新输入编号。",
    why_en="Two rows have ids of more than 15 digits that are stored as numbers: Excel made zeros "
    "of the last digits, and now they are the same, though different ones may have been typed. "
    "Both rows were read and not merged, but batches or documents that name the id may be of "
    "either: enter the ids anew as text.",
)
HIDDEN_ROW = warning(
    "R305",
    ("隐藏的行，已读入", "a hidden row: read"),
    mend=("不应参评时删去该行", "delete it if it should not be assessed"),
    why_zh="隐藏的行也是申报内容，所以照读，并告知。不应参评时请删去，而不是隐藏。",
    why_en="A hidden row is part of what was submitted: it was read, and this is said. Delete it "
    "rather than hide it if it should not be assessed.",
)
FILTERED_ROW = warning(
    "R307",
    ("被筛选隐藏的行，已读入", "a row that a filter hides: read"),
    mend=("不应参评时删去该行", "delete it if it should not be assessed"),
    why_zh="工作表设有筛选，这一行被筛掉了，但仍是申报内容，已读入。不应参评时请删去。",
    why_en="The sheet has a filter that hides this row; it is still part of what was submitted, "
    "and was read. Delete it if it should not be assessed.",
)
FILE_AS_ID = info(
    "R313",
    ("没有编号，用文件名 {id} 作编号", "no id: the name of the file, {id}, was taken"),
    why_zh="填报表中没有编号，用文件名代替。若一个单位有多份，请在表中填写各不相同的编号。",
    why_en="The form has no id, and the name of its file was taken. Where there are several "
    "forms, enter ids that differ.",
)
FORM_LABEL = info(
    "R314",
    ("栏目“{header}”不属于任何指标，未用", "the item “{header}” is no indicator: not used"),
    why_zh="填报表的这个栏目不是任何指标或字段，没有用于评价。本应参评时请改用指标名称，"
    "或写映射文件。",
    why_en="This item of the form is no indicator or fact and does not count. If it should, give "
    "it the indicator's name, or write a mapping file.",
)
FORM_OVER_BATCHES = warning(
    "R335",
    (
        "批次表（表头在第 {row} 行）上方还有填报表的 {count} 个栏目：没有读",
        "over the table of batches (header in row {row}) there are {count} items of a form: not "
        "read",
    ),
    expected=("填报表与批次表各占一张工作表", "the form and the batches on sheets of their own"),
    mend=("把填报表移到另一张工作表", "move the form to another sheet"),
    why_zh="一张工作表只读作一种内容。这张按批次数据读入，上方的填报栏目没有读。",
    why_en="A sheet is read as one thing. This one was read as batch data, and the items of a form "
    "above were not read.",
)
COLUMN_PASSED_OVER = warning(
    "R333",
    (
        "成果各占一列，“{text}”列按{what}跳过",
        "of the columns with a result each, “{text}” was taken for {what} and passed over",
    ),
    mend=("若是成果，写全编号或名称", "if it is a result, give it an id or a fuller title"),
    why_zh="横向的表中每列一项成果。这一列的表头是合计、平均、权重、单位、备注之类，不是成果，没有参评。",
    why_en="In a table on its side each column is a result. This one is headed by a total, mean, "
    "weight, unit, remark or the like: it is no result and does not count.",
)
VALUE_IN_LABEL = warning(
    "R334",
    (
        "“{text}”把栏目和数值写在同一格：没有读",
        "“{text}” has the name of an item and its value in one cell: not read",
    ),
    mend=("把数值写在右边一格", "put the value in the cell to the right"),
    why_zh="栏目与数值在同一格（如“TRL：6”）时分不清哪部分是数值，没有读。把数值移到右边一格。",
    why_en="Where a name and a value share a cell (TRL: 6), it was not read. Put the value in the "
    "cell to the right of its name.",
)
REPEATED_ITEM = error(
    "R315",
    (
        "栏目“{header}”与 {first} 都是 {name}；只读了 {first}",
        "the item “{header}” and the one in {first} both mean {name}; only {first} was read",
    ),
    expected=("每个指标一个栏目", "one item for each indicator"),
    mend=("删除或改名其中一个", "remove or rename one of them"),
    why_zh="填报表中两个栏目指同一个指标，只读了第一个。两处数值不同时无法判断哪个对，"
    "请删去或改名其一。",
    why_en="Two items of the form mean the same indicator, and the first was read. Which one is "
    "right cannot be told: remove or rename one.",
)
DOCUMENT_OF_NOTHING = warning(
    "R316",
    ("“{text}”不是指标，该材料未使用", "“{text}” is no indicator: the document is not used"),
    expected=("指标名称或别名", "an indicator, by any of its names"),
    mend=("改为指标名称、别名或 id", "write its title, an alias or its id"),
    why_zh="证据清单的“指标”列写的不是所用指标体系中的指标，这份材料没有用上。改为指标名称、"
    "别名或 id。",
    why_en="The column of indicators in the list of documents says something that is no indicator "
    "of the set in use, so the document was not used. Write the indicator's title, an alias or "
    "its id.",
)
DETAIL_OF_NOBODY = warning(
    "R317",
    ("没有编号为 {id} 的成果，该行未使用", "no result has the id {id}: the row is not used"),
    expected=("成果表中的编号，如 {near}", "an id of the table of results, such as {near}"),
    mend=("改正编号，或一并给出成果所在的文件", "correct the id, or give the file of the result"),
    why_zh="证据清单或关键技术清单中的编号在成果表里找不到，该行没有用上。多为笔误，"
    "或成果表不在本次给出的文件中。",
    why_en="The id in a list of documents or technologies is not among the results, so the row "
    "was not used. Mostly a slip, or the table of results is in a file that was not given.",
)

# Values.
TECHNOLOGY_COUNTS = info(
    "V427",
    (
        "关键技术“{title}”为 {value}（见 {place}），低于此处的 {stated}，按 {value} 计",
        "the critical technology “{title}” is at {value} (see {place}), less favourable than "
        "{stated} here: {value} counts",
    ),
    why_zh="关键技术清单中有一项比成果表里写的等级差，按清单中最不利的一项计。",
    why_en="The list of critical technologies has one that is less favourable than what the table "
    "of results says; it counts.",
)

# Values that are hardly meant as they stand.
PROBABLY_SHARE = warning(
    "V440",
    (
        "“{name}”按百分数填，{count} 个值不大于 1：{value} 按 {value}% 计，可能是 {meant}%",
        "“{name}” is a percentage, and {count} of its values are not above 1: {value} counts as "
        "{value}%, and {meant}% was probably meant",
    ),
    expected=("0 至 100 的百分数", "a percentage from 0 to 100"),
    mend=(
        "若是比例，写成 {meant} 或 {meant}%；整列都是时用 --fix “percent:{name}”",
        "if it is a share, write {meant} or {meant}%, or for all of them --fix “percent:{name}”",
    ),
    why_zh="表头写着（%），格中却是 0.987 之类的小数。照所写计为 0.987%，几乎不得分，"
    "多半本意是 98.7%。不改动，只提醒：请改成 98.7 或 98.7%。",
    why_en="The header says (%), and the cells have fractions such as 0.987. As written that is "
    "0.987 %, which scores next to nothing; 98.7 % was probably meant. Nothing is changed: write "
    "98.7 or 98.7%.",
)
PROBABLY_PERCENT = warning(
    "V441",
    (
        "“{name}”是比值，{count} 个值像是百分数：{value} 可能是 {meant}",
        "“{name}” is a ratio, and {count} of its values look like percentages: {value} was "
        "probably meant as {meant}",
    ),
    expected=("比值，如 {meant}", "a ratio, such as {meant}"),
    mend=(
        "写成 {meant} 或 {value}%；整列都是时用 --fix “percent:{name}”",
        "write {meant} or {value}%, or for all of them --fix “percent:{name}”",
    ),
    why_zh="这个指标按比值填（1 即 100%），所写的数值大得多，像是百分数。"
    "不改动，只提醒：请改成 0.97 或 97%。",
    why_en="The indicator is a ratio, where 1 is 100 %, and the numbers are far greater, as "
    "percentages are. Nothing is changed: write 0.97 or 97%.",
)
OUT_OF_LINE = warning(
    "V442",
    (
        "“{name}”为 {value}，其他成果在 {low} 至 {high} 之间：可能是 {meant}",
        "“{name}” is {value}, where other results have {low} to {high}: {meant} was probably meant",
    ),
    mend=("核对；若是，改为 {meant}", "look at it; write {meant} if so"),
    why_zh="同一指标的其他值相近，只有它相差约百倍，乘以或除以 100 就与其他值相合，"
    "多半是百分数与小数混写。不改动，照所写计分。",
    why_en="The other values of the indicator are near each other, and this one is about a hundred "
    "times more or less: percentages and fractions were probably mixed. Nothing is changed: it "
    "counts as it stands.",
)
OTHER_SCALE = warning(
    "V443",
    (
        "“{name}”为 {value}，其他成果的中位数为 {middle}：可能是 {meant}（元与万元，或万元与亿元）",
        "“{name}” is {value}, and the median of the results {middle}: {meant} was probably meant "
        "(units of 1 and of 10,000)",
    ),
    mend=("核对单位；若是，改为 {meant}", "look at the unit; write {meant} if so"),
    why_zh="这笔金额与其他成果相差上千倍，换一个单位（元与万元、万元与亿元）就与其他相近。"
    "不改动，照所写计。请核对。",
    why_en="The sum is a thousand times more or less than those of other results, and near them in "
    "another unit (yuan and 10k yuan, say). Nothing is changed: it counts as it stands.",
)
ALL_SUMS = warning(
    "V446",
    (
        "“{name}”的 {count} 个值多在百亿元以上：{value} {unit}可能是 {meant} {unit}（元与万元）",
        "most of the {count} values of “{name}” are above ten billion yuan: {value} {unit} was "
        "probably meant as {meant} {unit} (units of 1 and of 10,000)",
    ),
    mend=(
        "核对单位；整列以元计时在表头写（元），或用 --fix",
        "look at the unit; where the column is in yuan say so in its header, or with --fix",
    ),
    why_zh="整列金额大到不像中试阶段的成果：多半是以元填写，而指标以万元计。不改动，照所写计。请核对。",
    why_en="All sums are larger than those of any result at pilot scale: they were entered in "
    "yuan, as it seems, where the unit is 10,000 yuan. Nothing is changed.",
)
SUMS_APART = warning(
    "V444",
    (
        "“{name}”（{value}）是同一成果“{other}”（{beside}）的 {times} 倍：可能是 {meant}"
        "（元与万元）",
        "“{name}” ({value}) is {times} times “{other}” ({beside}) of the same result: {meant} was "
        "probably meant (units of 1 and of 10,000)",
    ),
    mend=("核对两者的单位", "look at the units of both"),
    why_zh="同一成果的两笔金额相差上千倍，多半有一笔把元当成了万元。不改动，照所写计。请核对。",
    why_en="Two sums of one result are a thousandfold apart: one of them was probably entered in "
    "yuan where 10k yuan is asked for. Nothing is changed: it counts as it stands.",
)
BEYOND_COST = warning(
    "V445",
    (
        "“{name}”（{value}）是同一成果“{other}”（{beside}）的 {times} 倍",
        "“{name}” ({value}) is {times} times “{other}” ({beside}) of the same result",
    ),
    expected=("不超过“{other}”", "no more than “{other}”"),
    mend=("核对两者，多半有一个写错或单位不同", "look at both: one is wrong, or in another unit"),
    why_zh="申请的金额比它所属的费用多出一倍以上。不改动，照所写计。请核对。",
    why_en="The sum that is asked for is a multiple of the cost that it belongs to. Nothing is "
    "changed: both count as they stand. Look at them.",
)
OTHER_LEVELS = warning(
    "V453",
    (
        "“{name}”按 {low} 至 {high} 级填，{count} 个值超出（最大 {value}）：可能是按 {meant} "
        "填写的",
        "“{name}” has levels {low} to {high}, and {count} of its values are beyond (the greatest "
        "{value}): levels of {meant} were probably written",
    ),
    expected=("{low} 至 {high} 的级别", "levels from {low} to {high}"),
    mend=(
        "换算成 {low} 至 {high} 级，或在映射文件的 levels 下写明每一级相当于哪一级",
        "convert them to {low} to {high}, or say below levels in a mapping file which level each "
        "of them comes to",
    ),
    why_zh="这个指标的级别有固定的范围，一列里有超出范围的值，多半是按另一种分级填写的：十级、"
    "十三级（如青岛市的科技成果标准化评价）或百分制。超出的值没有采用，其余照所写计，"
    "因此整列都须核对。不猜换算关系：请写明。",
    why_en="The levels of an indicator have a fixed scale, and a column goes beyond it: it was "
    "probably filled in by another scale, of ten levels, of thirteen, or by points to 100. The "
    "values beyond were not used and the others count as they stand, so the whole column is to be "
    "looked at. How one scale comes to the other is not guessed: say it.",
)
