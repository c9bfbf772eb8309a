"""The kinds of finding about files and whether they can be opened."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

NO_SUCH_FILE = error(
    "B101",
    ("没有这个文件", "there is no such file"),
    mend=("检查路径与文件名", "look at the path and the name"),
    why_zh="命令中给出的路径上没有文件，因此什么也没有读。文件名含空格时要加引号，"
    '例如 "申报 2026.xlsx"。',
    why_en="There is no file at the path that was given, so nothing was read. Put a name with "
    'blanks in quotes, such as "pilot 2026.xlsx".',
)
NOT_A_WORKBOOK = error(
    "B102",
    ("不是可读的工作簿：{problem}", "not a workbook that can be read: {problem}"),
    expected=(
        "工作簿（.xlsx、.xlsm、.xls、.xlsb、.ods、.csv）",
        "a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv)",
    ),
    mend=("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    why_zh="文件存在，但不是能读的工作簿：已损坏、是空的，或是别的格式。这个文件的成果都没有读；"
    "其他文件照常读取。",
    why_en="The file is there but is no workbook that can be read: damaged, empty, or of another "
    "format. None of its results was read; other files are read all the same.",
)
OTHER_KIND = error(
    "B150",
    ("这是{what}，不是成果的工作簿", "it is a {what} and no workbook of results"),
    expected=(
        "工作簿（.xlsx、.xlsm、.xls、.xlsb、.ods、.csv）",
        "a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv)",
    ),
    mend=("{how}", "{how}"),
    why_zh="给出的文件是指标体系、政策、征集、映射或决定文件，或 fund --save 保存的一轮，"
    "写在了工作簿的位置。把它写在对应的选项之后，工作簿写在命令之后。",
    why_en="The file has criteria, a policy, a call, a mapping or decisions, or is a round that "
    "fund --save saved, and stands in the place of a workbook. Give it with its option, and the "
    "workbook behind the command.",
)
ENCRYPTED = error(
    "B103",
    ("工作簿设有打开密码", "the workbook asks for a password"),
    expected=("没有密码的工作簿", "a workbook without one"),
    mend=(
        "在 Excel 中取消密码后另存；或把密码放入环境变量，用 --password-env 变量名 给出",
        "remove the password in Excel and save it; or put it in an environment variable and name "
        "that with --password-env",
    ),
    why_zh="文件经过加密，没有密码读不到任何内容。取消密码后另存；或把密码放入环境变量，"
    "用 --password-env 给出变量名（密码因此不会出现在命令行与溯源清单中）。",
    why_en="The file is encrypted, and nothing in it can be read without its password. Save it "
    "without one, or put the password in an environment variable and name that with "
    "--password-env: so it stands neither on the command line nor in the manifest.",
)
ENCRYPTED_ODS = error(
    "B149",
    (
        "设有打开密码的 .ods，给出密码也不能在此打开",
        "an .ods that asks for a password: it cannot be opened here even with it",
    ),
    expected=("没有密码的工作簿", "a workbook without one"),
    mend=(
        "在 LibreOffice 或 WPS 中输入密码打开，另存为不带密码的 .ods 或 .xlsx",
        "open it with its password in LibreOffice or WPS, and save it as .ods or .xlsx without one",
    ),
    why_zh="--password-env 只能打开 Excel 的加密格式（.xlsx、.xlsm、.xlsb、.xls）。"
    ".ods 的加密方式不同，这里不解密，所以没有读。",
    why_en="--password-env opens what Excel encrypts (.xlsx, .xlsm, .xlsb, .xls). An .ods is "
    "encrypted in another way, which is not decrypted here, so nothing was read.",
)
TOO_LARGE = error(
    "B104",
    ("{what}：{found}，上限 {limit}", "{what}: {found}, the limit is {limit}"),
    expected=("正常的办公文件", "an ordinary office file"),
    mend=(
        "删除表格之外的空白格式与远处的单元格后另存；确有必要时用 --limit {name}=数值 放宽",
        "delete stray formats and far-off cells, and save it; where it must be, --limit "
        "{name}=NUMBER allows more",
    ),
    why_zh="文件超过为防止占满内存而设的上限，没有读。常见原因是远处有一个误填或设了格式的单元格，"
    "使工作表延伸到最后一行：删去多余的行列后另存即可。确实这么大时用 --limit 放宽。",
    why_en="The file is beyond a bound that keeps a file from filling the memory, and was not "
    "read. Mostly a stray or formatted cell far off stretches a sheet to its last row: delete the "
    "rows and columns not in use and save it. Where it is truly so large, --limit allows more.",
)
OWN_REPORT = error(
    "B112",
    ("这是 pilotscore 写出的报告，不是申报数据", "a report that pilotscore wrote, not an input"),
    expected=("填有成果原始数据的工作簿", "a workbook with the raw values of results"),
    mend=(
        "给出当初读入的工作簿（见报告的溯源清单）",
        "name the workbook that it was made from (its manifest says which)",
    ),
    why_zh="这个文件是 pilotscore 写出的排名或检查报告，其中是得分而不是原始数据，"
    "读入会使结果失真。请给出原来的申报工作簿。",
    why_en="This file is a ranking or list of findings that pilotscore wrote: it has scores, not "
    "raw values, and to read it would falsify the outcome. Name the workbook with the raw values.",
)
LESS_TOLD = warning(
    "B113",
    (
        "这个 .xls 文件有读不通的部分（{part}：{reason}）：只读了单元格与其格式，批注等没有读",
        "a part of this .xls file cannot be made sense of ({part}: {reason}): only cells and their "
        "formats were read, not comments and the like",
    ),
    mend=("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    why_zh="旧的 .xls 文件中有一处内部结构不完整。单元格的值、数字格式、合并与隐藏都已读入，"
    "图形与批注没有读。另存为 .xlsx 后再检查一次更可靠。",
    why_en="Something in this old .xls file is not sound. Values, number formats, merged and "
    "hidden cells were read; drawings and comments were not. Save it as .xlsx and check again to "
    "be sure.",
)
ENCODING = info(
    "B114",
    ("文本按 {encoding} 编码读入", "the text was read in the encoding {encoding}"),
    why_zh="文本文件不写明编码，这里按所列编码读出。若中文显示为乱码，"
    "请在 Excel 中另存为 .xlsx 或“CSV UTF-8”。",
    why_en="A text file does not say how its signs are encoded; it was read in this encoding. If "
    "they look wrong, save it from Excel as .xlsx or as “CSV UTF-8”.",
)
TEXT_FILE = info(
    "B115",
    (
        "扩展名是 {ending}，内容却是文本：按分隔文本读入",
        "its ending is {ending}, its content is text: read as delimited text",
    ),
    why_zh="有些系统把文本存成 .xls 或 .xlsx 扩展名。内容已按分隔文本读入；"
    "改扩展名为 .csv 可免去此提示。",
    why_en="Some systems give a text file the ending .xls or .xlsx. It was read as delimited "
    "text; rename it to .csv and this is no longer told.",
)
WEB_PAGE = error(
    "B116",
    (
        "文件内容是网页或 XML，不是工作簿（有些系统这样导出 .xls）",
        "its content is a web page or XML, not a workbook (some systems export .xls so)",
    ),
    expected=("工作簿", "a workbook"),
    mend=("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    why_zh="有些网站“导出 Excel”时给出的其实是网页。Excel 能打开它，这里不读，以免读错。"
    "用 Excel 打开后另存为 .xlsx。",
    why_en="What some sites export “to Excel” is a web page. Excel opens it; here it is not read, "
    "lest it be read wrongly. Open it in Excel and save it as .xlsx.",
)
NO_CRYPT = error(
    "B117",
    (
        "打开加密工作簿需要附加组件 crypt，尚未安装",
        "the crypt extra, which opens encrypted workbooks, is not installed",
    ),
    mend=("运行 pip install 'pilotscore[crypt]'", "run pip install 'pilotscore[crypt]'"),
    why_zh="给出了密码，但解密所需的组件没有安装，所以没有读。安装附加组件后再运行同一命令。",
    why_en="A password was given, but what decrypts is not installed, so nothing was read. "
    "Install the extra and run the same command again.",
)
WRONG_PASSWORD = error(
    "B118",
    ("密码不对，工作簿打不开", "the password does not open the workbook"),
    expected=("打开它的密码", "the password that opens it"),
    mend=("检查 --password-env 所指的环境变量", "look at the variable that --password-env names"),
    why_zh="环境变量中的密码打不开这个文件，所以没有读。注意大小写，以及变量值前后有没有空格或引"
    "号。",
    why_en="The password in the environment variable does not open this file, so nothing was "
    "read. Mind capitals, and blanks or quotes around the value.",
)
LOCK_FILE = info(
    "B121",
    (
        "Excel 打开工作簿时留下的锁文件，已跳过（{count} 个）",
        "a lock file that Excel leaves while a workbook is open: passed over ({count} of them)",
    ),
    why_zh="“~$” 开头的文件是 Excel 正打开同名工作簿时的锁文件，不含数据。若有人正在编辑，"
    "请先保存关闭再评价。",
    why_en="A file that begins with “~$” is the lock of a workbook that Excel has open; it holds "
    "no data. If someone is editing it, have it saved and closed first.",
)
OTHER_FILES = info(
    "B122",
    (
        "{count} 个不是工作簿的文件未读：{names}",
        "{count} files other than workbooks, not read: {names}",
    ),
    why_zh="文件夹中还有不是工作簿的文件（如 .docx、.pdf），没有读。若其中有申报数据，"
    "请整理为工作簿。",
    why_en="The folder also has files that are no workbooks (such as .docx or .pdf): they were "
    "not read. If they hold values, put these into a workbook.",
)
NO_FILES = error(
    "B123",
    ("文件夹中没有匹配 {glob} 的工作簿", "no workbook in the folder matches {glob}"),
    expected=("至少一个工作簿", "at least one workbook"),
    mend=("检查文件夹与 --glob", "look at the folder and at --glob"),
    why_zh="文件夹中没有可读的工作簿，或没有文件名符合 --glob。检查路径；--glob 的模式要加引号，"
    '如 "*.xlsx"。',
    why_en="The folder has no workbook, or none whose name fits --glob. Look at the path, and put "
    'the pattern in quotes, such as "*.xlsx".',
)
CLOSED = error(
    "B132",
    ("无法读取：{reason}", "it cannot be read: {reason}"),
    expected=("可以读取的文件或文件夹", "a file or folder that may be read"),
    mend=("请其主人开放读取，或复制到别处", "have its owner let you read it, or copy it elsewhere"),
    why_zh="系统不让读取这个文件或文件夹，其中的成果（若有）都没有评价。请向其主人要读取权限，"
    "或把工作簿复制到自己的文件夹；若它正被别的程序占用，先关闭那个程序。",
    why_en="The system does not let you read this file or folder: whatever results it has were "
    "not assessed. Ask its owner for leave to read it, or have the workbooks copied to a folder "
    "of your own; where another program holds it, close that one first.",
)
CALCULATED = info(
    "B140",
    (
        "{count} 个没有保存结果的公式由 {version} 计算（--recalculate）",
        "{count} formulas without a stored result, calculated by {version} (--recalculate)",
    ),
    why_zh="文件中的公式没有保存计算结果，按 --recalculate 由 LibreOffice 在副本中计算，"
    "原文件没有改动；已保存的结果照原样读入。LibreOffice 与 Excel 的结果极少不同，"
    "重要的数值请在 Excel 中核对。",
    why_en="The file holds no results of these formulas. As --recalculate says, LibreOffice "
    "calculated them in a copy; the file was not changed, and results that it stores were read as "
    "they are. LibreOffice seldom differs from Excel; check in Excel what much hangs on.",
)
NOT_CALCULATED = warning(
    "B141",
    (
        "{version} 未能计算这个工作簿：没有保存结果的公式仍按没有值处理",
        "{version} could not calculate this workbook: its formulas without a stored result still "
        "count as having no value",
    ),
    mend=(
        "在 Excel 或 WPS 中打开、重新计算并保存",
        "open it in Excel or WPS, recalculate and save",
    ),
    why_zh="给出了 --recalculate，但 LibreOffice 打不开这个工作簿、没有在限定时间内算完，"
    "或工作簿需要密码（不会解密后写入磁盘）。在 Excel 或 WPS 中打开并保存一次即可；"
    "时间不够时用 --limit seconds=数值 放宽。",
    why_en="--recalculate was given, but LibreOffice did not open the workbook, or did not end in "
    "time, or the workbook has a password (it is never written to the disk without one). Open it "
    "in Excel or WPS and save it once; where time is the reason, --limit seconds=NUMBER allows "
    "more.",
)
NO_SHEET_PART = error(
    "B145",
    (
        "工作簿列有这张工作表，文件中却没有它的内容（{part}）：没有读",
        "the workbook lists this sheet, but the file does not hold it ({part}): it was not read",
    ),
    mend=("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    why_zh="工作簿的目录中有这张工作表，但指向的部件不存在，多半是文件在传输或转换中损坏。"
    "其中若有数据，都没有读。请在 Excel 中打开核对后另存。",
    why_en="The list of sheets names it, but what it points to is not in the file, mostly one that "
    "was damaged on its way. Whatever the sheet holds was not read: open it in Excel, look, and "
    "save it anew.",
)
NO_FORMATS = warning(
    "B146",
    (
        "单元格格式无法读取（{part}：{reason}）：百分数、日期与格式中的单位都无从辨认，数值按存储值读入",
        "the formats of cells cannot be read ({part}: {reason}): which numbers are shown as "
        "percentages, dates or with a unit is not known, and they were read as stored",
    ),
    mend=("用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    why_zh="同一个数 0.95，格式为百分数时显示为 95%。这个文件的格式部分缺失或损坏，"
    "无法知道各单元格如何显示，因此按存储的数值读入。请另存后再检查一次。",
    why_en="A stored 0.95 shows as 95 % where its format says so. That part of the file is absent "
    "or damaged, so how cells are shown is not known, and the numbers were read as they are "
    "stored. Save the file anew and check again.",
)
STALE_FORMULAS = warning(
    "B147",
    (
        "文件要求打开时重新计算：{count} 个公式的存储值可能是修改之前的",
        "the file asks to be calculated when it is opened: the stored values of {count} formulas "
        "may be from before the last change",
    ),
    mend=("用 Excel 或 WPS 打开并保存一次", "open it in Excel or WPS once and save it"),
    why_zh="写出此文件的程序没有计算公式，而是要求打开时再算，所以存储的结果可能过时。"
    "用 Excel 打开并保存后，存储的就是当前结果。",
    why_en="The program that wrote the file did not calculate and leaves that to whoever opens it, "
    "so the results in it may be out of date. Opened and saved in Excel, it holds those of now.",
)
OUR_FAULT = error(
    "B148",
    (
        "读取时 pilotscore 自身出错（{reason}），没有读；这不是文件的问题",
        "a fault of pilotscore itself while reading ({reason}): not read, through no fault of the "
        "file",
    ),
    mend=(
        "用 Excel 或 WPS 另存为 .xlsx 再试，并请报告此错误",
        "save it anew as .xlsx from Excel or WPS and try again, and please report this",
    ),
    why_zh="程序在读这个文件时出了没有料到的错，所以这个文件的成果都没有读；其他文件照常读取。"
    "请连同文件的来历（哪个软件写出）报告，以便修正。",
    why_en="The program failed on this file in a way that was not foreseen, so none of its results "
    "was read; other files are read all the same. Please report it, with what program wrote the "
    "file.",
)
