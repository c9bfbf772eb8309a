"""What findings of the reading mean, in full."""

from __future__ import annotations

from pilotscore.language import Text

# Files and sheets.
FILES = {
    "B101": Text(
        '命令中给出的路径上没有文件，因此什么也没有读。文件名含空格时要加引号，例如 "申报 2026.xlsx"。',
        "There is no file at the path that was given, so nothing was read. Put a name with blanks in quotes, "
        'such as "pilot 2026.xlsx".',
    ),
    "B102": Text(
        "文件存在，但不是能读的工作簿：已损坏、是空的，或是别的格式。这个文件的成果都没有读；其他文件照常读取。",
        "The file is there but is no workbook that can be read: damaged, empty, or of another format. None of "
        "its results was read; other files are read all the same.",
    ),
    "B103": Text(
        "文件经过加密，没有密码读不到任何内容。取消密码后另存；或把密码放入环境变量，用 --password-env 给出变量名"
        "（密码因此不会出现在命令行与溯源清单中）。",
        "The file is encrypted, and nothing in it can be read without its password. Save it without one, or "
        "put the password in an environment variable and name that with --password-env: so it stands neither on "
        "the command line nor in the manifest.",
    ),
    "B104": Text(
        "文件超过为防止占满内存而设的上限，没有读。常见原因是远处有一个误填或设了格式的单元格，使工作表延伸到最后一行："
        "删去多余的行列后另存即可。确实这么大时用 --limit 放宽。",
        "The file is beyond a bound that keeps a file from filling the memory, and was not read. Mostly a stray "
        "or formatted cell far off stretches a sheet to its last row: delete the rows and columns not in use and "
        "save it. Where it is truly so large, --limit allows more.",
    ),
    "B105": Text(
        "用 --sheet 或映射文件指定的工作表不在这个工作簿中，因此没有读。名称要与 Excel 底部的标签完全一致，包括空格。",
        "The sheet named with --sheet or in the mapping file is not in this workbook, so nothing was read. The "
        "name must be that of the tab in Excel, blanks included.",
    ),
    "B106": Text(
        "这张工作表没有任何内容。若成果在别的工作表或文件中，请给出那一个。",
        "There is nothing on this sheet. If the results are on another sheet or in another file, name that one.",
    ),
    "B107": Text(
        "没有一行同时含有编号或名称和至少一个指标的表头，也不像一张表填一项成果的填报表，所以没有读。"
        "把表头改为指标名称或别名（如“技术就绪水平”或“TRL”），或用 pilotscore map 写映射文件。",
        "No row has a header with an id or title and at least one indicator, nor does the sheet look like a form "
        "with one result, so nothing was read. Name the columns as the indicators are (such as “Technology "
        "readiness level” or “TRL”), or write a mapping file with pilotscore map.",
    ),
    "B108": Text(
        "找到了表头，但下面没有一行是成果：都是空行、合计、示例或说明。请在表头下逐行填写。",
        "The header was found, but no row below it is a result: all are blank, totals, examples or "
        "explanations. Enter the results below it, one per row.",
    ),
    "B109": Text(
        "同一工作簿的其他工作表里有成果表，这一张没有，所以没有读。若这里也有成果，请检查表头。",
        "Another sheet of the workbook has the table of results and this one has none, so it was not read. If "
        "there are results here too, look at its header.",
    ),
    "B110": Text(
        "隐藏的工作表常是草稿或旧数据，因此不读，并告知。需要读入时取消隐藏，或用 --sheet 指定。",
        "A hidden sheet is often a draft or old data: it is not read, and this is said. Unhide it or name it "
        "with --sheet to have it read.",
    ),
    "B111": Text(
        "说明成果表是怎样找到的：表头在哪一行、认出几列、读到几项成果。请核对项数与表中是否一致。",
        "Says how the table was found: the row of its header, how many columns are known, how many results there "
        "are. See that the number of results is that of the table.",
    ),
    "B112": Text(
        "这个文件是 pilotscore 写出的排名或检查报告，其中是得分而不是原始数据，读入会使结果失真。请给出原来的申报工作簿。",
        "This file is a ranking or list of findings that pilotscore wrote: it has scores, not raw values, and to "
        "read it would falsify the outcome. Name the workbook with the raw values.",
    ),
    "B113": Text(
        "旧的 .xls 文件内部结构不完整，值已读入，但无法知道哪些是错误值、百分数或隐藏行。另存为 .xlsx 后再检查一次更可靠。",
        "The inner structure of this old .xls file is not sound: its values were read, but not which cells are "
        "errors or percentages and which rows are hidden. Save it as .xlsx and check again to be sure.",
    ),
    "B114": Text(
        "文本文件不写明编码，这里按所列编码读出。若中文显示为乱码，请在 Excel 中另存为 .xlsx 或“CSV UTF-8”。",
        "A text file does not say how its signs are encoded; it was read in this encoding. If they look wrong, "
        "save it from Excel as .xlsx or as “CSV UTF-8”.",
    ),
    "B115": Text(
        "有些系统把文本存成 .xls 或 .xlsx 扩展名。内容已按分隔文本读入；改扩展名为 .csv 可免去此提示。",
        "Some systems give a text file the ending .xls or .xlsx. It was read as delimited text; rename it to "
        ".csv and this is no longer told.",
    ),
    "B116": Text(
        "有些网站“导出 Excel”时给出的其实是网页。Excel 能打开它，这里不读，以免读错。用 Excel 打开后另存为 .xlsx。",
        "What some sites export “to Excel” is a web page. Excel opens it; here it is not read, lest it be read "
        "wrongly. Open it in Excel and save it as .xlsx.",
    ),
    "B117": Text(
        "给出了密码，但解密所需的组件没有安装，所以没有读。安装附加组件后再运行同一命令。",
        "A password was given, but what decrypts is not installed, so nothing was read. Install the extra and "
        "run the same command again.",
    ),
    "B118": Text(
        "环境变量中的密码打不开这个文件，所以没有读。注意大小写，以及变量值前后有没有空格或引号。",
        "The password in the environment variable does not open this file, so nothing was read. Mind capitals, "
        "and blanks or quotes around the value.",
    ),
    "B119": Text(
        "读取超过时间上限后停止，以免一个文件拖住整批；这个文件的成果都没有读。另存通常就能解决。",
        "Reading was stopped at its time limit, so that one file does not hold up a batch; none of its results "
        "was read. To save it anew in Excel mostly helps.",
    ),
    "B120": Text(
        "每个文件在单独的进程中读取；读这个文件的进程意外中止，多因文件损坏或占用内存过多。其他文件不受影响。",
        "Each file is read in a process of its own, and the one for this file died, mostly because the file is "
        "damaged or takes too much memory. No other file is concerned.",
    ),
    "B121": Text(
        "“~$” 开头的文件是 Excel 正打开同名工作簿时的锁文件，不含数据。若有人正在编辑，请先保存关闭再评价。",
        "A file that begins with “~$” is the lock of a workbook that Excel has open; it holds no data. If "
        "someone is editing it, have it saved and closed first.",
    ),
    "B122": Text(
        "文件夹中还有不是工作簿的文件（如 .docx、.pdf），没有读。若其中有申报数据，请整理为工作簿。",
        "The folder also has files that are no workbooks (such as .docx or .pdf): they were not read. If they "
        "hold values, put these into a workbook.",
    ),
    "B123": Text(
        '文件夹中没有可读的工作簿，或没有文件名符合 --glob。检查路径；--glob 的模式要加引号，如 "*.xlsx"。',
        "The folder has no workbook, or none whose name fits --glob. Look at the path, and put the pattern in "
        'quotes, such as "*.xlsx".',
    ),
    "B124": Text(
        "模板里记有制作时的指标体系，与现在用的不同；按另一套体系读会错位，所以没有读。用 -c 指定模板的体系。",
        "A template says which criteria set it was made for, and that is not the one in use: it was not read, "
        "lest values be taken for something else. Name the template's set with -c.",
    ),
    "B125": Text(
        "指标体系的文件在模板制作后改过，但版本号没变。模板已照读；若改动涉及指标或类别，应重新制作模板。",
        "The file of the criteria set was changed after the template was made, under the same version. The "
        "template was read all the same; if indicators or categories changed, make a new one.",
    ),
    "B126": Text(
        "这张工作表按“一表一成果”的填报表读入：左边或上方是栏目名称，旁边是值。请核对认出的栏目数。",
        "This sheet was read as a form with one result: a label, and its value beside or below. See that the "
        "number of items is right.",
    ),
    "B127": Text(
        "成果表下面又出现一个表头。上面的表已读入，从这一行起没有读，以免把另一张表的列读错。请移到单独的工作表。",
        "Below the table there is a header again. The upper table was read, and nothing from this row on, lest "
        "the columns of another table be taken for those of the first. Move it to a sheet of its own.",
    ),
    "B128": Text(
        "有两行认出的列一样多，用了其中一行。若用错了，成果会多一行或少一行：用 --header-row 指定表头行。",
        "Two rows have as many known names, and one of them was taken. If it is the wrong one there is a result "
        "too many or too few: say which is the header with --header-row.",
    ),
    "B129": Text(
        "读取文件夹时，pilotscore 自己写出的报告会自动跳过，不作输入。无须处理。",
        "Reports that pilotscore wrote are passed over in a folder, and never taken for inputs. Nothing to do.",
    ),
    "B130": Text(
        "工作簿中有一张证据清单：每行一份材料，写明成果编号、指标、证据等级与有效期。清单中有材料"
        "的指标，证据等级以清单为准。",
        "The workbook has a list of documents: a row for each, with the result's id, the "
        "indicator, the grade of evidence and the date of expiry. Where a value has "
        "documents, they decide its grade.",
    ),
    "B131": Text(
        "工作簿中有一张关键技术清单，一项成果可有多行。每项成果按最不利的等级计：最弱的关键技术决"
        "定整体。",
        "The workbook has a list of critical technologies, several rows for a result. The "
        "least favourable level of each result counts: the weakest technology decides.",
    ),
}

# Headers.
HEADERS = {
    "H201": Text(
        "这一列的表头不是任何指标、字段、编号或名称，因此没有用于评价。备注之类的列可以保留；本应参评的列请改用指标名称。",
        "The header of this column is no indicator, fact, id or title, so the column does not count. Leave "
        "remarks and the like as they are; give a column that should count the indicator's name.",
    ),
    "H202": Text(
        "表头与某个指标相近但不相同。不猜，所以这一列没有读，该指标按缺失计。确认后改表头，或用 --accept-suggestions 采纳。",
        "The header is like an indicator but not the same. Nothing is guessed: the column was not read, and the "
        "indicator counts as missing. If it is meant, rename the column or take it with --accept-suggestions.",
    ),
    "H203": Text(
        "两列指同一个指标，只读了左边一列；若两列数值不同，结果取决于读了哪一列，所以作为错误。删去或改名其中一列。",
        "Two columns mean the same indicator, and the first of them was read. Where they differ the outcome "
        "would hang on which one it was, so this is an error. Remove or rename one.",
    ),
    "H204": Text(
        "必填指标没有列，表中的成果都不能评价。补上该列，表头用指标名称或别名；确实未测的格填“未测”。",
        "A required indicator has no column, so no result of the table can be assessed. Add the column under the "
        "indicator's name or an alias; write “not measured” where that is so.",
    ),
    "H205": Text(
        "这些非必填指标没有列，每项成果在其上都得 0 分。有数据时补上，指数会相应提高。",
        "These optional indicators have no column, and every result scores 0 on them. Add the columns where "
        "there are data: the index rises with them.",
    ),
    "H206": Text(
        "没有一列说明证据，所有数值都按默认证据等级计，得分受其上限限制。在各指标右侧加“证据等级”列，如 E3。",
        "No column says what evidence there is, so every value counts at the default grade and scores no more "
        "than its cap. Put a column “Evidence” right of each indicator, with grades such as E3.",
    ),
    "H207": Text(
        "用了 --accept-suggestions，所以这一列按相近的指标读入并参评。请逐一核对；不对时改表头或写映射文件。",
        "--accept-suggestions was given, so this column was read as the indicator it is most like, and counts. "
        "Look at each; where one is wrong, rename it or write a mapping file.",
    ),
    "H208": Text(
        "表头写的单位与指标的单位不同，但能换算，这一列不带单位的数值都已换算。例如表头“（元）”，指标单位为万元，则乘以 0.0001。",
        "The header states another unit than the indicator's, one that can be converted: all bare numbers of the "
        "column were. A header in “(min)” for an indicator in h, for example, multiplies by 1/60.",
    ),
    "H209": Text(
        "表头的单位不能换算为指标的单位（如 kg 与 h），不带单位的数值没有读，以免读错量。换算后填写，并改表头。",
        "The header's unit cannot be converted to the indicator's (kg to h, say): bare numbers were not read, "
        "lest one thing be taken for another. Convert them and correct the header.",
    ),
    "H210": Text(
        "隐藏的列也已读入并参评。若它是旧数据，请删去该列；若要保留，取消隐藏以便核对。",
        "A hidden column was read and counts. Delete it if it is old data; unhide it if it should count, so that "
        "it can be seen.",
    ),
}

# Rows, forms and lists.
ROWS = {
    "R301": Text(
        "表中间有空行，已跳过，后面的行照读。若空行后是另一张表，请移到单独的工作表。",
        "There are blank rows within the table: passed over, and the rows after them read. If another table "
        "follows, move it to a sheet of its own.",
    ),
    "R302": Text(
        "整行只有一个格有内容，看作注释或小标题，没有当作成果。若是成果，请补上编号和指标。",
        "Only one cell of the row is filled, so it was taken for a note or subtitle and not for a result. If it "
        "is a result, enter its id and indicators.",
    ),
    "R303": Text(
        "这一行有数据但没有编号，暂用“工作表!行号”代替。编号用来追溯和查重，请补上。",
        "The row has values but no id; sheet and row stand for it. Results are traced and told apart by their "
        "ids: enter one.",
    ),
    "R304": Text(
        "两行用了同一个编号，可能是重复申报或笔误。两行都已读入；改正前排名中会出现两次。",
        "Two rows have the same id: a result entered twice, or a slip. Both were read, and the ranking has both "
        "until it is mended.",
    ),
    "R305": Text(
        "隐藏的行也是申报内容，所以照读，并告知。不应参评时请删去，而不是隐藏。",
        "A hidden row is part of what was submitted: it was read, and this is said. Delete it rather than hide "
        "it if it should not be assessed.",
    ),
    "R306": Text(
        "以“合计”“总计”“平均”等开头的行是汇总，不是成果，已跳过。若成果的名称就是这样，请改写名称。",
        "A row that begins with total, sum, average or the like sums up and is no result: passed over. If a "
        "result is truly called so, reword its title.",
    ),
    "R307": Text(
        "工作表设有筛选，这一行被筛掉了，但仍是申报内容，已读入。不应参评时请删去。",
        "The sheet has a filter that hides this row; it is still part of what was submitted, and was read. "
        "Delete it if it should not be assessed.",
    ),
    "R308": Text(
        "表头下的一行只写了单位（如 %、h、万元），已作为各列的单位，不当作成果。无须处理。",
        "The row below the header has units only (such as %, h, kg): they were taken for those of the columns, "
        "and the row not for a result. Nothing to do.",
    ),
    "R309": Text(
        "这一行写的是如何填写，不是成果，已跳过。无须处理。",
        "This row says how to fill the columns in and is no result: passed over. Nothing to do.",
    ),
    "R310": Text(
        "编号或名称写着“示例”，看作模板自带的示例，没有参评。若是真实成果，请去掉“示例”二字。",
        "Its id or title says “example”, so it was taken for the example of a template and does not count. If it "
        "is a result, take the word away.",
    ),
    "R311": Text(
        "表末的签字、日期、说明等行不是成果，已跳过。",
        "A row at the end with a signature, date or remark is no result: passed over.",
    ),
    "R312": Text(
        "打印或合并表格时表头常会重复，这样的行已跳过，下面的行照读。",
        "A header is often repeated for printing or where tables were put together: the row was passed over, and "
        "those below it read.",
    ),
    "R313": Text(
        "填报表中没有编号，用文件名代替。若一个单位有多份，请在表中填写各不相同的编号。",
        "The form has no id, and the name of its file was taken. Where there are several forms, enter ids that "
        "differ.",
    ),
    "R314": Text(
        "填报表的这个栏目不是任何指标或字段，没有用于评价。本应参评时请改用指标名称，或写映射文件。",
        "This item of the form is no indicator or fact and does not count. If it should, give it the indicator's "
        "name, or write a mapping file.",
    ),
    "R315": Text(
        "填报表中两个栏目指同一个指标，只读了第一个。两处数值不同时无法判断哪个对，请删去或改名其一。",
        "Two items of the form mean the same indicator, and the first was read. Which one is right cannot be "
        "told: remove or rename one.",
    ),
    "R316": Text(
        "证据清单的“指标”列写的不是所用指标体系中的指标，这份材料没有用上。改为指标名称、别名或 i"
        "d。",
        "The column of indicators in the list of documents says something that is no "
        "indicator of the set in use, so the document was not used. Write the indicator's "
        "title, an alias or its id.",
    ),
    "R317": Text(
        "证据清单或关键技术清单中的编号在成果表里找不到，该行没有用上。多为笔误，或成果表不在本次"
        "给出的文件中。",
        "The id in a list of documents or technologies is not among the results, so the row "
        "was not used. Mostly a slip, or the table of results is in a file that was not "
        "given.",
    ),
}

# Values.
VALUES = {
    "V401": Text(
        "这个指标要数值，单元格里是别的文字。不猜，也不当作 0：该值按无法读取计，必填时这项成果不能评价。"
        "单元格里只写数值，说明移到备注列。",
        "The indicator takes a number, and the cell says something else. It is not guessed and never taken for 0: "
        "the value counts as unreadable, and where it is required the result cannot be assessed. Write the "
        "number alone, and explanations in another column.",
    ),
    "V402": Text(
        "数值不在该指标可能的范围内，例如 TRL 为 11、百分数为 130，多为笔误或单位不对。没有采用，请核对原始记录。",
        "The number cannot be true of the indicator, such as a TRL of 11 or 130 %: mostly a slip or another "
        "unit. It was not used; look it up in the records.",
    ),
    "V403": Text(
        "这个指标按整数计（等级、个数），单元格里有小数，没有采用。例如 TRL 6.5 应按已完全达到的 6 级填写。",
        "The indicator is counted in whole numbers (levels, counts), and the cell has a fraction: it was not "
        "used. A TRL of 6.5, for example, is level 6 until 7 is reached in full.",
    ),
    "V404": Text(
        "百分数列里的 0.95 可能是 95%，也可能真是 0.95%，相差百倍，所以不猜。写成 95%，或在表头注明（%）并填 95。",
        "A 0.95 in a column of percentages may mean 95 % or truly 0.95 %, a hundred times less: it is not "
        "guessed. Write 95%, or put (%) in the header and enter 95.",
    ),
    "V405": Text(
        "这个指标只能取所列类别之一，单元格里的写法不在其中，没有采用。照所列名称填写；模板中有下拉列表。",
        "The indicator takes one of the categories listed, and the cell says another word: it was not used. Write "
        "one of those listed; a template has them in a drop-down list.",
    ),
    "V406": Text(
        "这里要“是”或“否”（也可用 有/无、√/×、Y/N），单元格里是别的内容，没有采用。补充说明请放到别的列。",
        "A yes or no is wanted here (also Y/N, √/×, true/false), and the cell says something else: it was not "
        "used. Put explanations in another column.",
    ),
    "V407": Text(
        "这里要日期，单元格里的内容不能读作日期，没有采用。最稳妥的写法是 2026-12-31，或设为日期格式的单元格。",
        "A date is wanted here, and the cell cannot be read as one: it was not used. 2026-12-31 is always "
        "understood, and so is a cell formatted as a date.",
    ),
    "V408": Text(
        "单元格显示 #DIV/0!、#N/A、#REF! 之类，说明公式出错，没有值可用；它不当作空白，也不当作 0。",
        "The cell shows #DIV/0!, #N/A, #REF! or the like: its formula fails and there is no value. It is taken "
        "neither for blank nor for 0.",
    ),
    "V409": Text(
        "单元格里有公式，但文件中没有保存计算结果（多由其他程序生成），所以没有值可用。用 Excel 或 WPS 打开并保存一次即可。",
        "The cell has a formula, but the file holds no result of it (mostly because a program wrote it), so "
        "there is no value. Open it in Excel or WPS and save it once.",
    ),
    "V410": Text(
        "数值带的单位不能换算为指标的单位（如以 kg 填写小时数），没有采用。换算为所列单位后填写。",
        "The number bears a unit that cannot be converted to the indicator's (kg for a number of hours, say): it "
        "was not used. Convert it and enter it in the unit named.",
    ),
    "V411": Text(
        "写法与值不完全一样，但意思明确，已按所列值读入，例如“TRL 6”读作 6、“９６％”读作 96。请看一眼是否正确。",
        "The cell is not written as its value but is plain in meaning, and was read so: “TRL 6” as 6, “1,234 h” "
        "as 1234. See that it is right.",
    ),
    "V412": Text(
        "“-”“/”“无”“暂无”等可能指没有，也可能指 0 或不适用，所以按空白计，不当作 0。按实际情况填 0、“未测”或“不适用：原因”。",
        "“-”, “/”, “none”, “TBD” and the like may mean nothing, 0 or not applicable: they count as blank and "
        "never as 0. Write 0, “not measured” or “N/A: reason”, whichever is true.",
    ),
    "V413": Text(
        "不适用要写明原因才会免计，否则人人都可以不填；没有原因的按空白计。例如“不适用：间歇工艺”。",
        "N/A exempts an indicator only with its reason, or anyone could leave anything out; without one it counts "
        "as blank. Write, for example, “N/A: batch process”.",
    ),
    "V414": Text(
        "证据等级列里的内容不是所列等级之一，该值按默认等级计，得分可能因此偏低。照所列写法填写，如 E3。",
        "The evidence column says none of the grades listed: the value counts at the default grade, perhaps "
        "lower than it deserves. Write a grade as listed, such as E3.",
    ),
    "V415": Text(
        "合并单元格在文件中只有左上角有值；这里把它用于所覆盖的每一行，即人所看到的意思。若并非如此，请取消合并后逐行填写。",
        "In the file only the top left of merged cells has the value; it was used for every row that they cover, "
        "as a person sees it. If that is not meant, unmerge them and enter each row.",
    ),
    "V416": Text(
        "单元格存的是 0.95，但显示为 95%，所以按人所看到的 95 读入。无须处理。",
        "The cell stores 0.95 but shows 95 %, so it was read as a person sees it, 95. Nothing to do.",
    ),
    "V417": Text(
        "“-”“/”之类写在字段里，按空白处理。若这个字段影响门槛（如权属争议），请明确填写。",
        "“-”, “/” and the like in a fact count as blank. Where a gate hangs on it (such as a dispute over "
        "ownership), say it in so many words.",
    ),
    "V418": Text(
        "数值带的单位与指标的不同，已换算，例如“2 亿元”换算为 20000 万元。请核对换算后的值。",
        "The number bears another unit than the indicator's and was converted: “3 d”, for example, to 72 h. See "
        "that it is right.",
    ),
    "V419": Text(
        "填的是区间或界限（如“80-90”“≥95”），证据只能支持较不利的一端，所以按那一端计。有确切数值时请填确切数值。",
        "A range or bound was entered (such as “80-90” or “≥95”), and only its less favourable end is sure: that "
        "one counts. Enter the one value if it is known.",
    ),
    "V420": Text(
        "区间或界限的较不利一端是开放的（如越大越好时填“≤95”），或该指标无法说哪端不利，定不出一个值，没有采用。请填一个数值。",
        "The less favourable end of the range is open (such as “≤95” where more is better), or neither end is the "
        "less favourable one: no one value follows, and none was used. Enter one number.",
    ),
    "V421": Text(
        "写了“约”“左右”“~”等，已按其中的数值读入，但约数不是证据。请填实测值。",
        "It says about, approximately, ~ or the like: the number was read, but an estimate is no evidence. Enter "
        "what was measured.",
    ),
    "V422": Text(
        "格中的级别与文字说明不是同一级，例如数字写 6、文字却是第 5 级的说法，无法判断哪个对，没有采用。改正其一。",
        "The number and the wording in the cell are of different levels, 6 with the wording of 5, say. Which one "
        "is right cannot be told, and none was used: correct one of them.",
    ),
    "V423": Text(
        "Excel 以序列号存日期；单元格不是日期格式，这个数可能是日期，也可能不是，而且两种日期系统相差四年，所以不猜。设为日期格式即可。",
        "Excel stores dates as serial numbers. The cell is not formatted as a date, so the number may be one or "
        "not, and the two date systems lie four years apart: it is not guessed. Format the cell as a date.",
    ),
    "V424": Text(
        "只写了年月（如“2026年12月”），按该月第一天计，对到期日而言较不利。请补上日。",
        "Only year and month were written (such as “2026-12”): the first day of the month counts, which is the "
        "stricter reading of an expiry. Add the day.",
    ),
    "V425": Text(
        "合并单元格跨了几列，其值用于所覆盖的每一列。若各列的值本应不同，请取消合并后分别填写。",
        "The merged cells run across columns, and their value was used for each column. If the columns should "
        "differ, unmerge them and enter each.",
    ),
    "V426": Text(
        "一个单元格里写了几项关键技术的等级。未成熟的一项决定整体，所以按最不利的值计。想分开列出"
        "时，用“关键技术”清单。",
        "One cell states the levels of several critical technologies. The least mature one "
        "holds back the whole, so it counts. To list them apart, use a sheet of critical "
        "technologies.",
    ),
    "V427": Text(
        "关键技术清单中有一项比成果表里写的等级差，按清单中最不利的一项计。",
        "The list of critical technologies has one that is less favourable than what the "
        "table of results says; it counts.",
    ),
}

# Mapping files.
MAPPING = {
    "M601": Text(
        "映射文件不是有效的 YAML，没有采用，命令停止。用 pilotscore map 重新写出一份，在其上修改。",
        "The mapping file is not valid YAML; it was not used, and the command stops. Have pilotscore map write "
        "one anew and edit that.",
    ),
    "M602": Text(
        "映射文件里有不认识的键，多为拼写错误；若放过，所写的就会不起作用而无人知道，所以作为错误。",
        "The mapping file has a key that means nothing, mostly a misspelling. It would be without effect and no "
        "one would know, so it is an error.",
    ),
    "M603": Text(
        "映射文件写给另一套指标体系，其中的指标 id 不一定相同。用 -c 指定那一套，或重新写映射文件。",
        "The mapping was written for another criteria set, whose ids may differ. Name that set with -c, or write "
        "a new mapping.",
    ),
    "M604": Text(
        "映射的目标不是这套体系的指标或字段 id。用 pilotscore criteria show 查看 id；不用的列写 ignore。",
        "The target is no id of an indicator or fact of this set. pilotscore criteria show lists the ids; write ignore for a column that is not to be used.",
    ),
    "M605": Text(
        "映射文件写的单位不能换算为指标的单位，数值会读错，所以停止。改正单位或目标。",
        "The unit in the mapping cannot be converted to the indicator's, and numbers would be read wrongly, so "
        "the command stops. Correct the unit or the target.",
    ),
    "M606": Text(
        "两行表头只差空格、大小写或全半角，读取时视为同一个，无法知道用哪一行。删去其一。",
        "Two lines differ in blanks, capitals or width alone and are one header when read: which one holds cannot "
        "be told. Remove one.",
    ),
    "M607": Text(
        "映射文件里没有 headers，什么也没有映射。写成 headers: 下面逐行“表头: 指标 id”。",
        "The mapping has no headers and maps nothing. Write headers: and below it a line for each, header: id.",
    ),
}
