"""The kinds of finding about single values."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

DITTO = error(
    "V455",
    ("“{text}”指另一格的值：没有读", "“{text}” stands for the value of another cell: not read"),
    expected=("这一格自己的值", "the value itself"),
    mend=("写出数值或文字", "write it out"),
    why_zh="“同上”之类要看上一行才知道是什么；行一排序或筛选，意思就变了，因此没有读。请写出值。",
    why_en="“Ditto” means whatever stands above, which changes when rows are sorted or filtered: "
    "it was not read. Write the value out.",
)
NOT_A_NUMBER = error(
    "V401",
    ("“{text}”不是数值", "“{text}” is not a number"),
    expected=("{wanted}", "{wanted}"),
    mend=("只写数值，说明放到别的列", "write the number alone, explanations elsewhere"),
    why_zh="这个指标要数值，单元格里是别的文字。不猜，也不当作 0：该值按无法读取计，"
    "必填时这项成果不能评价。单元格里只写数值，说明移到备注列。",
    why_en="The indicator takes a number, and the cell says something else. It is not guessed and "
    "never taken for 0: the value counts as unreadable, and where it is required the result "
    "cannot be assessed. Write the number alone, and explanations in another column.",
)
OUT_OF_RANGE = error(
    "V402",
    ("{value} 超出范围", "{value} is out of range"),
    expected=("{wanted}", "{wanted}"),
    mend=(
        "核对原始记录后改正；若单位不同，写明单位",
        "correct it by the records; where its unit is another, write the unit",
    ),
    why_zh="数值不在该指标可能的范围内，例如 TRL 为 11、百分数为 130，多为笔误或单位不对。"
    "没有采用，请核对原始记录。",
    why_en="The number cannot be true of the indicator, such as a TRL of 11 or 130 %: mostly a "
    "slip or another unit. It was not used; look it up in the records.",
)
NOT_WHOLE = error(
    "V403",
    ("{value} 不是整数", "{value} is not a whole number"),
    expected=("{wanted}", "{wanted}"),
    mend=("改为整数，等级写已完全达到的一级", "write a whole number, the level reached in full"),
    why_zh="这个指标按整数计（等级、个数），单元格里有小数，没有采用。"
    "例如 TRL 6.5 应按已完全达到的 6 级填写。",
    why_en="The indicator is counted in whole numbers (levels, counts), and the cell has a "
    "fraction: it was not used. A TRL of 6.5, for example, is level 6 until 7 is reached in full.",
)
AMBIGUOUS_PERCENT = error(
    "V404",
    ("{value} 可能是 {value}%，也可能是 {times100}%", "{value} may mean {value}% or {times100}%"),
    expected=("带百分号的值，或表头注明（%）", "a value with a percent sign, or (%) in the header"),
    mend=("写成 {times100}% 或 {value}%", "write {times100}% or {value}%"),
    why_zh="百分数列里的 0.95 可能是 95%，也可能真是 0.95%，相差百倍，所以不猜。写成 95%，"
    "或在表头注明（%）并填 95。",
    why_en="A 0.95 in a column of percentages may mean 95 % or truly 0.95 %, a hundred times "
    "less: it is not guessed. Write 95%, or put (%) in the header and enter 95.",
)
UNKNOWN_CATEGORY = error(
    "V405",
    ("“{text}”不是可选的类别", "“{text}” is not one of the categories"),
    expected=("{wanted}", "{wanted}"),
    mend=("{advice}", "{advice}"),
    why_zh="这个指标只能取所列类别之一，单元格里的写法不在其中，没有采用。照所列名称填写；"
    "模板中有下拉列表。",
    why_en="The indicator takes one of the categories listed, and the cell says another word: it "
    "was not used. Write one of those listed; a template has them in a drop-down list.",
)
NOT_YES_NO = error(
    "V406",
    ("“{text}”既不是“是”也不是“否”", "“{text}” is neither yes nor no"),
    expected=("是 或 否", "yes or no"),
    mend=("只写是或否，说明放到别的列", "write yes or no alone, explanations elsewhere"),
    why_zh="这里要“是”或“否”（也可用 有/无、√/×、Y/N），单元格里是别的内容，没有采用。"
    "字母 X 可能是打叉，也可能是打勾，不猜。补充说明请放到别的列。",
    why_en="A yes or no is wanted here (also Y/N, √/×, true/false), and the cell says something "
    "else: it was not used. A letter X may be a cross or a tick, and is not guessed. Put "
    "explanations in another column.",
)
NOT_A_DATE = error(
    "V407",
    ("“{text}”不是日期", "“{text}” is not a date"),
    expected=("如 2026-12-31 的日期", "a date such as 2026-12-31"),
    mend=("写成年-月-日", "write it as year-month-day"),
    why_zh="这里要日期，单元格里的内容不能读作日期，没有采用。最稳妥的写法是 2026-12-31，"
    "或设为日期格式的单元格。",
    why_en="A date is wanted here, and the cell cannot be read as one: it was not used. "
    "2026-12-31 is always understood, and so is a cell formatted as a date.",
)
OTHER_UNIT = error(
    "V410",
    ("“{text}”的单位与 {unit} 不同", "“{text}” is in another unit than {unit}"),
    expected=("以 {unit} 为单位的数值", "a number in {unit}"),
    mend=("换算后填写", "convert it"),
    why_zh="数值带的单位不能换算为指标的单位（如以 kg 填写小时数），没有采用。"
    "换算为所列单位后填写。",
    why_en="The number bears a unit that cannot be converted to the indicator's (kg for a number "
    "of hours, say): it was not used. Convert it and enter it in the unit named.",
)
READ_AS = info(
    "V411",
    ("“{text}”读作 {value}", "“{text}” was read as {value}"),
    why_zh="写法与值不完全一样，但意思明确，已按所列值读入，例如“TRL 6”读作 6、“９６％”读作 96。"
    "请看一眼是否正确。",
    why_en="The cell is not written as its value but is plain in meaning, and was read so: “TRL "
    "6” as 6, “1,234 h” as 1234. See that it is right.",
)
BLANK_WORD = warning(
    "V412",
    ("“{text}”按空白处理，不作 0", "“{text}” was taken for blank, not for 0"),
    mend=(
        "若为 0 请填 0；不适用请写“不适用：原因”",
        "enter 0 if it is 0; write “N/A: reason” if it does not apply",
    ),
    why_zh="“-”“/”“无”“暂无”等可能指没有，也可能指 0 或不适用，所以按空白计，不当作 0。"
    "按实际情况填 0、“未测”或“不适用：原因”。",
    why_en="“-”, “/”, “none”, “TBD” and the like may mean nothing, 0 or not applicable: they "
    "count as blank and never as 0. Write 0, “not measured” or “N/A: reason”, whichever is true.",
)
NO_REASON = warning(
    "V413",
    ("“{text}”没有写明原因，按空白处理", "“{text}” gives no reason: taken for blank"),
    expected=("不适用：原因", "N/A: reason"),
    mend=("写明原因", "give the reason"),
    why_zh="不适用要写明原因才会免计，否则人人都可以不填；没有原因的按空白计。例如“不适用："
    "间歇工艺”。",
    why_en="N/A exempts an indicator only with its reason, or anyone could leave anything out; "
    "without one it counts as blank. Write, for example, “N/A: batch process”.",
)
UNKNOWN_EVIDENCE = warning(
    "V414",
    (
        "“{text}”不是证据等级，按“{grade}”计",
        "“{text}” is no grade of evidence: “{grade}” was taken",
    ),
    expected=("{wanted}", "{wanted}"),
    mend=("照所列写法填写", "write one of them"),
    why_zh="证据等级列里的内容不是所列等级之一，该值按默认等级计，得分可能因此偏低。"
    "照所列写法填写，如 E3。",
    why_en="The evidence column says none of the grades listed: the value counts at the default "
    "grade, perhaps lower than it deserves. Write a grade as listed, such as E3.",
)
READ_AS_PERCENT = info(
    "V416",
    (
        "{stored}（显示为百分数）读作 {value}%",
        "{stored}, shown as a percentage, was read as {value}%",
    ),
    why_zh="单元格存的是 0.95，但显示为 95%，所以按人所看到的 95 读入。无须处理。",
    why_en="The cell stores 0.95 but shows 95 %, so it was read as a person sees it, 95. Nothing "
    "to do.",
)
BLANK_FACT = info(
    "V417",
    ("“{text}”按空白处理", "“{text}” was taken for blank"),
    why_zh="“-”“/”之类写在字段里，按空白处理。若这个字段影响门槛（如权属争议），请明确填写。",
    why_en="“-”, “/” and the like in a fact count as blank. Where a gate hangs on it (such as a "
    "dispute over ownership), say it in so many words.",
)
CONVERTED = info(
    "V418",
    ("“{text}”换算为 {value} {unit}", "“{text}” was converted to {value} {unit}"),
    why_zh="数值带的单位与指标的不同，已换算，例如“2 亿元”换算为 20000 万元。请核对换算后的值。",
    why_en="The number bears another unit than the indicator's and was converted: “3 d”, for "
    "example, to 72 h. See that it is right.",
)
LESS_FAVOURABLE = warning(
    "V419",
    (
        "“{text}”是区间或界限，按较不利的一端 {value} 计",
        "“{text}” is a range or bound: its less favourable end, {value}, counts",
    ),
    mend=("填写一个有证据的数值", "enter the one value that the evidence shows"),
    why_zh="填的是区间或界限（如“80-90”“≥95”），证据只能支持较不利的一端，所以按那一端计。"
    "有确切数值时请填确切数值。",
    why_en="A range or bound was entered (such as “80-90” or “≥95”), and only its less favourable "
    "end is sure: that one counts. Enter the one value if it is known.",
)
OPEN_VALUE = error(
    "V420",
    (
        "“{text}”是区间或界限，无法定为一个值",
        "“{text}” is a range or bound from which no one value follows",
    ),
    expected=("{wanted}", "{wanted}"),
    mend=("填写一个有证据的数值", "enter the one value that the evidence shows"),
    why_zh="区间或界限的较不利一端是开放的（如越大越好时填“≤95”），或该指标无法说哪端不利，"
    "定不出一个值，没有采用。请填一个数值。",
    why_en="The less favourable end of the range is open (such as “≤95” where more is better), or "
    "neither end is the less favourable one: no one value follows, and none was used. Enter one "
    "number.",
)
WITH_SPREAD = info(
    "V470",
    (
        "“{text}”读作 {value}，其不确定度为 ±{spread}",
        "“{text}” was read as {value} with an uncertainty of ±{spread}",
    ),
    why_zh="单元格写明了数值的不确定度。得分按数值本身计，不确定度只进入指数的区间、稳健性与敏感性分析。"
    "± 之后是扩展不确定度还是标准不确定度，由指标体系的 uncertainty.plus_minus 规定（默认 k = 2）；"
    "单元格中写明 k = 1 等的，以单元格为准。",
    why_en="The cell states the uncertainty of its value. The value itself is scored; its "
    "uncertainty goes into the interval of the index, the test of robustness and the analysis of "
    "sensitivity alone. Whether what follows the ± is expanded or standard is said by "
    "uncertainty.plus_minus of the criteria set (k = 2 by default), or by the cell (k = 1).",
)
NO_SPREAD = warning(
    "V471",
    (
        "“{text}”不能读作“{name}”的不确定度，没有采用",
        "“{text}” cannot be read as the uncertainty of “{name}”: not used",
    ),
    expected=("不小于 0 的数值", "a number of at least 0"),
    mend=("改为数值，或留空", "write a number, or leave it blank"),
    why_zh="这一列是另一列数值的不确定度，单元格里不是不小于 0 的数值。"
    "数值照常计分，只是没有不确定度。",
    why_en="The column holds the uncertainty of the values of another, and the cell no number of "
    "at least 0. The value is scored all the same, without an uncertainty.",
)
OUTSIDE_SPREAD = warning(
    "V472",
    (
        "“{name}”的值 {value} 不在 {low} 与 {high} 之间，这两端没有采用",
        "the value {value} of “{name}” is not between {low} and {high}: those ends were not used",
    ),
    expected=("下端 ≤ 数值 ≤ 上端", "lower end ≤ value ≤ upper end"),
    mend=("核对三个数，或改列名", "look at the three numbers, or rename the columns"),
    why_zh="上、下两列读作数值的不确定度区间，而数值不在其中：可能写错，也可能这两列是质量限值。"
    "数值照常计分，没有不确定度。",
    why_en="The two columns were read as the ends of an interval of the value, and the value lies "
    "outside: a slip, or the columns are limits of quality. The value is scored without an "
    "uncertainty.",
)
LIMITS_NOT_ENDS = warning(
    "V473",
    (
        "“{name}”旁的下限 {low}、上限 {high} 各行相同：按质量限值看待，没有作为不确定度",
        "lower and upper beside “{name}” are {low} and {high} in every row: taken for limits of "
        "quality, not for the uncertainty of its values",
    ),
    mend=(
        "若确是各值的不确定度区间，改为“不确定度”列；若是限值，无须处理",
        "if they are the ends of an interval, give a column of uncertainty instead; if limits, "
        "nothing to do",
    ),
    why_zh="两列读作数值区间的两端，但各项成果的数值不同而两端相同，更像质量标准的限值，所以没有采用。",
    why_en="The two columns would be the ends of an interval of each value, but they are the same "
    "for values that differ: more likely the limits of a standard of quality. They were not used.",
)
ESTIMATE = warning(
    "V421",
    ("“{text}”是约数，读作 {value}", "“{text}” is an estimate, read as {value}"),
    mend=("填写实测值", "enter the value that was measured"),
    why_zh="写了“约”“左右”“~”等，已按其中的数值读入，但约数不是证据。请填实测值。",
    why_en="It says about, approximately, ~ or the like: the number was read, but an estimate is "
    "no evidence. Enter what was measured.",
)
CONTRADICTION = error(
    "V422",
    (
        "“{text}”的级别与文字不是同一级",
        "the number and the wording of “{text}” are of different levels",
    ),
    expected=("{wanted}", "{wanted}"),
    mend=("改正级别或文字", "correct the one or the other"),
    why_zh="格中的级别与文字说明不是同一级，例如数字写 6、文字却是第 5 级的说法，无法判断哪个对，"
    "没有采用。改正其一。",
    why_en="The number and the wording in the cell are of different levels, 6 with the wording of "
    "5, say. Which one is right cannot be told, and none was used: correct one of them.",
)
SERIAL_DATE = error(
    "V423",
    (
        "{text} 像是日期的序列号，但单元格不是日期格式",
        "{text} looks like the serial number of a date, but the cell is not formatted as one",
    ),
    expected=(
        "日期（1900 日期系统为 {in1900}，1904 系统为 {in1904}）",
        "a date ({in1900} in the 1900 date system, {in1904} in that of 1904)",
    ),
    mend=("把单元格设为日期格式", "format the cell as a date"),
    why_zh="Excel 以序列号存日期；单元格不是日期格式，这个数可能是日期，也可能不是，"
    "而且两种日期系统相差四年，所以不猜。设为日期格式即可。",
    why_en="Excel stores dates as serial numbers. The cell is not formatted as a date, so the "
    "number may be one or not, and the two date systems lie four years apart: it is not guessed. "
    "Format the cell as a date.",
)
MONTH_DATE = warning(
    "V424",
    (
        "“{text}”没有日，按该月第一天 {value} 计",
        "“{text}” has no day: {value}, the first of the month, counts",
    ),
    expected=("如 2026-12-31 的日期", "a date such as 2026-12-31"),
    mend=("补上日", "add the day"),
    why_zh="只写了年月（如“2026年12月”），按该月第一天计，对到期日而言较不利。请补上日。",
    why_en="Only year and month were written (such as “2026-12”): the first day of the month "
    "counts, which is the stricter reading of an expiry. Add the day.",
)
SEVERAL = info(
    "V426",
    (
        "“{text}”有 {count} 个值（多项关键技术），按最不利的 {value} 计",
        "“{text}” has {count} values (several critical technologies): the least favourable, "
        "{value}, counts",
    ),
    why_zh="一个单元格里写了几项关键技术的等级。未成熟的一项决定整体，所以按最不利的值计。"
    "想分开列出时，用“关键技术”清单。",
    why_en="One cell states the levels of several critical technologies. The least mature one "
    "holds back the whole, so it counts. To list them apart, use a sheet of critical technologies.",
)

# Durations, and what number formats show.
READ_DURATION = info(
    "V430",
    ("时长“{text}”读作 {value} {unit}", "the duration “{text}” was read as {value} {unit}"),
    why_zh="单元格设为时间格式（如 [h]:mm），存的是天数，显示为时长。已按所显示的时长换算为"
    "指标的单位。请核对。",
    why_en="The cell has a format of times, such as [h]:mm: it stores days and shows a duration. "
    "What is shown was converted to the unit of the indicator. See that it is right.",
)
DURATION = error(
    "V431",
    (
        "“{text}”是时长，而这里的单位是{unit}",
        "“{text}” is a duration; the unit here is {unit}",
    ),
    expected=("以 {unit} 计的数值", "a number in {unit}"),
    mend=(
        "把单元格设为常规格式后重新输入数值",
        "set the format of the cell to General and enter the number",
    ),
    why_zh="单元格设为时间格式（如 [h]:mm），显示为时长，而这个指标不以时间计，所以没有采用。"
    "多为误设格式：改为常规格式后核对数值。",
    why_en="The cell has a format of times, such as [h]:mm, and shows a duration, while the "
    "indicator is not counted in time: it was not used. Mostly the format is a slip: set it to "
    "General and look at the number.",
)
NO_DATE = error(
    "V432",
    (
        "{text} 设为日期格式，但不是日期：Excel 显示 #### 或并不存在的一天",
        "{text} has a format of dates but is none: Excel shows #### or a day that never was",
    ),
    expected=("如 2026-12-31 的日期，或数值格式", "a date such as 2026-12-31, or a number format"),
    mend=("改正日期或单元格格式", "correct the date or the format of the cell"),
    why_zh="日期格式的单元格存的是序列号。负数、超过 9999 年的数，以及 60（Excel 显示为并不存在的"
    "1900-02-29）都不是日期，没有采用。",
    why_en="A cell with a format of dates stores a serial number. One that is negative or beyond "
    "the year 9999 is no date, nor is 60, which Excel shows as 29 February 1900, a day that never "
    "was: it was not used.",
)
SHOWN_AS_TEXT = info(
    "V433",
    (
        "{stored} 按数字格式显示为“{text}”，并按此读入",
        "{stored} is shown as “{text}” by its number format, and was read so",
    ),
    why_zh="单元格的数字格式带有文字或单位，人打开工作簿看到的是带文字的值，所以按所显示的读入，"
    "与直接键入这些文字一样。",
    why_en="The number format of the cell has a text or a unit. Whoever opens the workbook sees "
    "the number with it, so it was read as if that text had been typed.",
)
SHOWN_OTHERWISE = error(
    "V434",
    (
        "{stored} 按数字格式“{code}”显示为另一个数",
        "{stored} is shown as another number by its number format “{code}”",
    ),
    expected=("显示与存储一致的数值", "a number that is shown as it is stored"),
    mend=(
        "把单元格设为常规格式后核对数值",
        "set the format of the cell to General and look at the number",
    ),
    why_zh="数字格式在数值中插入或添加了数字，或去掉了负号，人看到的与存储的不是同一个数，"
    "无法判断哪个对，没有采用。",
    why_en="The number format puts digits or signs into the number, or drops its minus: what a "
    "person sees is not what is stored. Which one is meant cannot be told, and none was used.",
)
HIDDEN_BY_FORMAT = warning(
    "V435",
    (
        "{stored} 被数字格式“{code}”隐藏，仍按所存的值读入",
        "{stored} is hidden by its number format “{code}”; the stored value was read",
    ),
    mend=(
        "若不应计入，清空单元格；否则设为常规格式",
        "clear the cell if it should not count; else set its format to General",
    ),
    why_zh="数字格式（如 ;;;）使单元格看似空白，其中却有数值，仍计入评价。请确认。",
    why_en="A number format such as ;;; makes the cell look blank, but it holds a number, which "
    "counts. See whether it should.",
)
SCALED = info(
    "V436",
    (
        "{stored} 按数字格式显示为 {text}，表头单位为 {unit}，按所显示的读入",
        "{stored} is shown as {text} by its number format under a unit of {unit}, and was read so",
    ),
    why_zh="数字格式略去了若干位（如 0.0, 以千计显示），表头的单位正好说明了这几位，"
    "所以按所显示的数值读入。请核对。",
    why_en="The number format leaves digits out (0.0, shows thousands), and the unit says which "
    "ones, so the number was read as it is shown. See that it is right.",
)
AMBIGUOUS_SCALE = error(
    "V437",
    (
        "存储的是 {stored}，显示的是 {text}：数字格式略去了若干位，无法判断哪个是所指的值",
        "{stored} is stored and {text} is shown: the number format leaves digits out, and either "
        "may be meant",
    ),
    expected=(
        "不略去位数的格式，或说明位数的单位",
        "a format without scale, or a unit that says it",
    ),
    mend=(
        "去掉格式末尾的逗号，或在表头写明单位（如千元、万元）",
        "take the scaling commas out of the format, or put the unit (such as 千元) in the header",
    ),
    why_zh="格式末尾的逗号使数值以千、百万显示，人看到的与存储的相差千倍，而表头没有说明，"
    "所以不猜。在表头写明单位，或去掉逗号。",
    why_en="Commas at the end of a format show thousands or millions: what a person sees and what "
    "is stored differ a thousandfold, and the header does not say which is meant. It is not "
    "guessed: state the unit in the header, or take the commas out.",
)
MONEY_SIGN = error(
    "V438",
    (
        "“{text}”带货币符号，表头没有单位：可能以元计，也可能以{unit}计",
        "“{text}” bears a sign of money under a header without a unit: it may be in 元 or {unit}",
    ),
    expected=("写明单位的表头", "a header with its unit"),
    mend=("在表头写明单位，如（{unit}）", "put the unit in the header, such as ({unit})"),
    why_zh="带 ¥ 的金额通常以元计，而评价标准以万元等计，相差万倍；表头没有写单位，所以不猜。"
    "在表头写明单位即可。",
    why_en="An amount with ¥ is mostly in yuan, while the criteria set counts in 万元 or the like, "
    "ten thousand times as much. The header names no unit, so it is not guessed: put it there.",
)
MIXED_PERCENT = warning(
    "V439",
    (
        "数字格式“{code}”只把一部分数显示为百分数；{stored} 不在其中，按所显示的读入",
        "the number format “{code}” shows only some numbers as percentages; {stored} is none of "
        "them, and was read as it is shown",
    ),
    mend=("给整列设同一种格式", "give the whole column one format"),
    why_zh="格式只在一节（如负数）中有百分号，其余的数原样显示，所以 0.5 就是 0.5。"
    "多为误设格式，请核对。",
    why_en="Only one section of the format, that of negative numbers say, has a percent sign; "
    "other numbers are shown as they are, so 0.5 is 0.5. Mostly the format is a slip: look at it.",
)

# Names: ids, batch numbers, titles.
LONG_NUMBER = warning(
    "R320",
    (
        "{text} 存为超过 15 位的数值：Excel 只保留前 15 位，其后的数字已经丢失",
        "{text} is stored as a number of more than 15 digits: Excel keeps 15 of them, and what was "
        "typed after these is lost",
    ),
    expected=("以文本存放的编号", "the id or number as text"),
    mend=(
        "把单元格设为文本格式后重新输入（或先键入撇号 '）",
        "format the cell as text and enter it anew (or begin it with an apostrophe)",
    ),
    why_zh="Excel 的数值只有 15 位有效数字，第 16 位起一律变为 0，"
    "因此编号可能已不是当初键入的编号，两个不同的编号也可能变得相同。把该列设为文本格式后，照原始材料重新输入。",
    why_en="A number in Excel has 15 digits, and a 0 for each further one: the id may not be the "
    "one that was typed, and two that differ may have become the same. Format the column as text "
    "and enter the ids anew from what they were copied from.",
)
SHORTENED_NAME = warning(
    "R321",
    (
        "编号“{text}”是 Excel 对长数值的缩写，其余数字已经丢失",
        "“{text}” is how Excel shortens a long number: its other digits are lost",
    ),
    expected=("完整的编号", "the whole id"),
    mend=(
        "在原工作簿中把该列设为文本格式，重新输入后再另存",
        "in the workbook it came from, format the column as text, enter the ids anew, and save",
    ),
    why_zh="在 Excel 中键入的长编号显示为 1.23457E+17，另存为 .csv 时存下的就是这几个字符，"
    "其余数字已经丢失。在原工作簿中以文本重新输入，再另存。确实就是这样的编号时不必理会。",
    why_en="Excel shows a long id that was typed as 1.23457E+17, and a .csv that it saves has just "
    "these letters: the other digits are lost. Enter the ids as text in the workbook and save it "
    "again. Where the id is truly written so, nothing is to be done.",
)
DATE_SHOWN = warning(
    "R324",
    (
        "“{text}”是 Excel 显示日期的写法：当初键入的可能是 5-1、MAR1 之类的编号",
        "“{text}” is how Excel shows a date: what was typed may have been a name such as 5-1 or "
        "MAR1",
    ),
    expected=("照原样的编号或名称", "the name as it was typed"),
    mend=(
        "在原工作簿中把该列设为文本格式，重新输入后再另存",
        "in the workbook it came from, format the column as text, enter the names anew, and save",
    ),
    why_zh="Excel 把键入的 5-1 或 MAR1 改成日期，显示为 5月1日 或 1-Mar，"
    "另存为 .csv 时存下的就是这些字，原来的写法已无法知道。"
    "照所见读作名称；编号本来就这样写时不必理会。",
    why_en="Excel makes a date of 5-1 or MAR1, shows it as 5月1日 or 1-Mar, and a .csv that it "
    "saves has just these letters; how it was typed cannot be known any more. It was read as it "
    "stands. Where the name is truly written so, nothing is to be done.",
)
DATE_AS_NAME = warning(
    "R322",
    (
        "“{text}”存为日期：Excel 会把 5-1、MAR1、1/2 之类的编号变成日期",
        "“{text}” is stored as a date: Excel makes dates of names such as 5-1, MAR1 or 1/2",
    ),
    expected=("以文本存放的编号或名称", "the name as text"),
    mend=(
        "把单元格设为文本格式后重新输入",
        "format the cell as text and enter it anew",
    ),
    why_zh="编号、批号列中的这一格是日期，当初键入的可能是 5-1 或 MAR1，Excel 自动改成了日期，"
    "原来的写法已无法知道。这里按 ISO 日期（如 2026-05-01）作为名称。确以日期为批号的，"
    "改为文本格式即可。",
    why_en="This cell of a column of ids or batch numbers is a date. What was typed may have been "
    "5-1 or MAR1, which Excel turns into a date by itself; how it was written cannot be known any "
    "more. The date in ISO form, such as 2026-05-01, is taken for the name. Where batches are "
    "truly called by dates, format them as text.",
)

# Cells whose value the file does not hold.
ERROR_CELL = error(
    "V408",
    ("单元格是错误值 {text}", "the cell is the error {text}"),
    expected=("一个值", "a value"),
    mend=("改正公式，或填入数值", "mend the formula, or enter the value"),
    why_zh="单元格显示 #DIV/0!、#N/A、#REF! 之类，说明公式出错，没有值可用；它不当作空白，"
    "也不当作 0。",
    why_en="The cell shows #DIV/0!, #N/A, #REF! or the like: its formula fails and there is no "
    "value. It is taken neither for blank nor for 0.",
)
UNSAVED_FORMULA = error(
    "V409",
    ("公式没有保存计算结果", "a formula without a stored result"),
    expected=("一个值", "a value"),
    mend=(
        "在 Excel 或 WPS 中打开、重新计算并保存；装有 LibreOffice 时也可用 --recalculate 由它计算",
        "open it in Excel or WPS, recalculate and save; or have LibreOffice calculate it with "
        "--recalculate",
    ),
    why_zh="单元格里有公式，但文件中没有保存计算结果（多由其他程序生成），所以没有值可用。"
    "用 Excel 或 WPS 打开并保存一次即可；装有 LibreOffice 时，--recalculate 让它在副本中计算。",
    why_en="The cell has a formula, but the file holds no result of it (mostly because a program "
    "wrote it), so there is no value. Open it in Excel or WPS and save it once; where LibreOffice "
    "is installed, --recalculate has it calculate a copy.",
)
UNCALCULATED = error(
    "V428",
    (
        "公式存有 0，但写出文件的程序不做计算，要求打开时再算：这个 0 不是结果",
        "a formula stored as 0 by a program that does not calculate and leaves that to whoever "
        "opens the file: the 0 is no result",
    ),
    expected=("一个值", "a value"),
    mend=(
        "在 Excel 或 WPS 中打开、重新计算并保存；装有 LibreOffice 时也可用 --recalculate 由它计算",
        "open it in Excel or WPS, recalculate and save; or have LibreOffice calculate it with "
        "--recalculate",
    ),
    why_zh="有些程序（如 XlsxWriter）为每个公式都存 0，并要求打开文件时重新计算。"
    "这里不计算公式，所以不知道结果，也不把 0 当作结果。用 Excel 或 WPS 打开并保存一次即可；"
    "装有 LibreOffice 时，--recalculate 让它在副本中计算。",
    why_en="Some programs, such as XlsxWriter, store 0 for every formula and ask that the file be "
    "calculated when it is opened. Formulas are not calculated here, so the result is not known, "
    "and the 0 is not taken for it. Open the file in Excel or WPS and save it once; where "
    "LibreOffice is installed, --recalculate has it calculate a copy.",
)
SYNONYM = info(
    "V450",
    (
        "“{text}”按映射文件读作“{value}”",
        "“{text}” was read as “{value}”, as the mapping file says",
    ),
    why_zh="映射文件的 synonyms 写明了本单位的这个说法是什么意思，已照此读入，与填写该值相同。"
    "不对时改映射文件。",
    why_en="The synonyms of the mapping file say what this word of the office means; it was read "
    "so, as if that had been entered. Correct the mapping file where it is wrong.",
)
FORMER_WORD = info(
    "V454",
    (
        "“{text}”是以前的说法，读作“{value}”",
        "“{text}” is a word of an earlier version: it was read as “{value}”",
    ),
    mend=("可改写为“{value}”对应的各栏", "write what “{value}” is in the columns of today"),
    why_zh="指标体系改过类别：这个词以前是一个类别，现在由一个或几个字段表示（如先使用后付费是许可的"
    "付款方式，不是第七种转化方式）。已按 formerly 所写读入。",
    why_en="The categories of the criteria set have changed: what this word was one of is now said "
    "by one field or several (to use first and pay later is a way of paying for a licence, not a "
    "seventh mode of transfer). It was read as formerly in the set says.",
)
FORMER_CONTRADICTED = warning(
    "V456",
    (
        "“{title}”此处为“{stated}”，而“{other}”一栏的旧说法意为“{meant}”；按此处计",
        "“{title}” is “{stated}” here, while the former word under “{other}” means “{meant}”: what "
        "stands here counts",
    ),
    expected=("两栏一致", "columns that agree"),
    mend=("核对两栏，改正其一", "compare both columns and correct one"),
    why_zh="一栏写了以前的说法，它同时说明另一栏的内容；另一栏写的却不同。直接写明的一栏优先。",
    why_en="A word of an earlier version under one column says what belongs in another too, and "
    "that other column says something else. What is written there directly counts.",
)
LEVEL_CONVERTED = info(
    "V451",
    (
        "{text} 级按映射文件换算为 {value} 级",
        "level {text} comes to level {value}, as the mapping file says",
    ),
    why_zh="映射文件的 levels 写明了各级按另一种分级填写，相当于指标的哪一级，已照此换算。",
    why_en="The levels of the mapping file say on which other scale they are written and what each "
    "comes to on that of the indicator; it was converted so.",
)
NO_SUCH_LEVEL = error(
    "V452",
    (
        "映射文件的 levels 没有写 {text} 级相当于哪一级",
        "the levels of the mapping file do not say what level {text} comes to",
    ),
    expected=("{wanted} 之一", "one of {wanted}"),
    mend=("改正格中的级别，或在 levels 下补上它", "correct the cell, or add the level there"),
    why_zh="这一列按映射文件所说的另一种分级填写，而格中的级别不在其中，无从换算，没有采用。",
    why_en="The column is written on the scale that the mapping file says, and the level of this "
    "cell is none of it: it cannot be converted and was not used.",
)
MERGED = info(
    "V415",
    (
        "合并单元格 {area}：“{text}”用于其中每一行",
        "merged cells {area}: “{text}” counts for each row of it",
    ),
    why_zh="合并单元格在文件中只有左上角有值；这里把它用于所覆盖的每一行，即人所看到的意思。"
    "若并非如此，请取消合并后逐行填写。",
    why_en="In the file only the top left of merged cells has the value; it was used for every "
    "row that they cover, as a person sees it. If that is not meant, unmerge them and enter each "
    "row.",
)
MERGED_ACROSS = info(
    "V425",
    (
        "合并单元格 {area}：“{text}”用于其中每一列",
        "merged cells {area}: “{text}” counts for each column of it",
    ),
    why_zh="合并单元格跨了几列，其值用于所覆盖的每一列。若各列的值本应不同，请取消合并后分别填写。",
    why_en="The merged cells run across columns, and their value was used for each column. If the "
    "columns should differ, unmerge them and enter each.",
)
IN_NO_BAND = error(
    "V460",
    ("{value} 分不在任何一档之内", "{value} points lie in no band"),
    expected=("{wanted}", "{wanted}"),
    mend=("写所评的档，或该档之内的分值", "write the band, or points within one"),
    why_zh="该指标按档评分，每档有自己的分值范围；所填分值不在任何一档之内，没有采用。"
    "各档均为整数分时，两档之间的小数归较低一档。",
    why_en="The indicator is scored in bands, each with a range of points, and the points lie in "
    "none: they were not used. Between bands of whole points a fraction belongs to the lower one.",
)
OUTSIDE_BAND = error(
    "V461",
    ("“{text}”：分值不在“{band}”一档之内", "“{text}”: the points are not within “{band}”"),
    expected=("“{band}”为 {points}", "{points} for “{band}”"),
    mend=("核对后改正档或分值：{all}", "correct the band or the points: {all}"),
    why_zh="单元格里既写了档又写了分值，两者不符，例如“良 95”而良为 80–89 分。哪个写错了不猜，"
    "该值按无法读取计。",
    why_en="The cell says a band and points, and they do not agree, such as “good 95” where good "
    "is 80 to 89. Which of them is wrong is not guessed: the value counts as unreadable.",
)
BAND_ALONE = warning(
    "V462",
    (
        "“{text}”只写了档：按该档下限 {value} 分计（{band} {points}）",
        "“{text}” is a band alone: its lower end, {value} points, counts ({band} {points})",
    ),
    mend=("写出该档之内的分值（{points}）", "write the points within it too ({points})"),
    why_zh="只写了档没有写分值，证据只能支持到该档的下限，所以按下限计：写出档内的分值只会"
    "不低于它，改写更高的档也只会更高。",
    why_en="A band without points is sure of its lower end only, so that one counts: points within "
    "the band never score less, nor does a better band.",
)
