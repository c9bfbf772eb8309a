"""Kinds of finding about what a mapping file derives, and the grades of evidence that follow."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

DERIVED = info(
    "V480",
    (
        "“{name}”按映射文件由 {formula} 推算为 {value}（{sources}）",
        "“{name}” was derived as {value} by {formula}, as the mapping file says ({sources})",
    ),
    why_zh="映射文件的 derived 写明这个指标由表中哪些列算出，本格没有填写，已照此计算；"
    "填写了的以填写为准。单位先换算一致，结果与填写该数相同。",
    why_en="The derived fields of the mapping file say from which columns this one is worked out. "
    "Nothing is entered for it, so it was; what is entered goes first. Units were converted, and "
    "the result counts as if it had been entered.",
)
DERIVED_DIFFERS = warning(
    "V481",
    (
        "“{name}”填的是 {entered}，由 {sources} 推算是 {derived}：按所填的计",
        "“{name}” is entered as {entered}, and {derived} would follow from {sources}: what is "
        "entered counts",
    ),
    mend=("核对两者，改正错的一个", "look at both and correct the one that is wrong"),
    why_zh="填写的数与映射文件所说的算法得出的数相差超过百分之一。按填写的计，请核对。",
    why_en="What is entered and what follows by the formula of the mapping file are more than one "
    "per cent apart. What is entered counts; look at both.",
)
SOURCE_BLANK = warning(
    "V482",
    (
        "“{header}”是空的，“{name}”无从推算",
        "“{header}” is blank, and “{name}” cannot be derived",
    ),
    mend=("填写“{header}”或“{name}”", "enter “{header}” or “{name}”"),
    why_zh="推算所用的格是空的，所以该指标也没有值。",
    why_en="A cell that the indicator is derived from is blank, so it has no value either.",
)
BY_ZERO = error(
    "V483",
    ("“{name}”推算时除以 0（{formula}）", "“{name}” is derived by dividing by 0 ({formula})"),
    expected=("不为 0 的数", "a number other than 0"),
    mend=("改正这一格，或直接填写“{name}”", "correct this cell, or enter “{name}” itself"),
    why_zh="推算的公式在这一项成果上除以 0，没有结果，也不当作 0。",
    why_en="For this result the formula divides by zero: there is no result, and none is made up.",
)
DERIVED_OUTSIDE = error(
    "V484",
    (
        "“{name}”由 {formula} 推算为 {value}，不可能（{sources}）",
        "“{name}” is derived as {value} by {formula}, which cannot be ({sources})",
    ),
    expected=("{wanted}", "{wanted}"),
    mend=("核对所用各格的数与单位", "look at the numbers and units of the cells it is from"),
    why_zh="推算出的数不在该指标可能的范围内，多为单位或笔误。没有采用。",
    why_en="The derived number cannot be true of the indicator: a unit or a slip, mostly. It was "
    "not used.",
)
UNITS_MISFIT = error(
    "V485",
    (
        "“{name}”的公式 {formula} 中单位对不上：{units}",
        "the units of {formula}, by which “{name}” is derived, do not fit: {units}",
    ),
    expected=("结果的单位为 {own}", "a result in {own}"),
    mend=(
        "在表头写明单位，或在映射文件该字段的 units 下写明",
        "state the units in the headers, or below units of the field in the mapping file",
    ),
    why_zh="相加减的两项单位不同类，或结果的单位不是指标的单位（如比值的一项有单位、另一项没有）。"
    "换算不了，所以整列没有推算。",
    why_en="The two sides of a sum are amounts of different things, or the result is not in the "
    "unit of the indicator (a ratio of which one side has a unit and the other none, say). It "
    "cannot be converted, so nothing was derived.",
)
PATTERN_MISFIT = error(
    "V486",
    (
        "“{header}”的文字“{text}”里没有映射文件所说的数，或不止一组",
        "“{text}” below “{header}” does not have the numbers that the mapping file says, or has "
        "them more than once",
    ),
    expected=("如 {wanted}", "such as {wanted}"),
    mend=(
        "照此改写，或在映射文件的 pattern 下补上这种写法",
        "write it so, or add the way it is written below pattern in the mapping file",
    ),
    why_zh="映射文件说明这一列文字里的数怎样写，而这一格不是那样写的，数读不出来，也不猜。",
    why_en="The mapping file says how numbers are written in the texts of this column, and this "
    "one is written otherwise: they cannot be read and are not guessed.",
)
NO_SOURCE = warning(
    "V487",
    (
        "“{name}”无从推算：没有列 {headers}，或不止一列（{formula}）",
        "“{name}” cannot be derived: there is no column {headers}, or there are several "
        "({formula})",
    ),
    mend=(
        "补上该列，或改正映射文件里的列名",
        "add the column, or correct its name in the mapping file",
    ),
    why_zh="映射文件用来推算的列在这张表中没有，所以该指标没有值。",
    why_en="A column that the mapping file derives the indicator from is not in this table, so it "
    "has no value.",
)
GRADE_BY_WORDS = info(
    "V490",
    (
        "“{text}”中的“{word}”按映射文件为证据等级 {grade}",
        "“{word}” in “{text}” is evidence of grade {grade}, as the mapping file says",
    ),
    why_zh="这一列文字是证据说明，映射文件写明了哪些词相当于哪一等级；没有另填等级，已照此计。"
    "长的词优先于其中的短词，几个词中取最高的等级，被否定的词（无、尚未、待出具）不算。",
    why_en="The column is a text about evidence, and the mapping file says which words mean which "
    "grade; none is stated besides, so it counts. A longer word goes before a shorter one in it, "
    "the best grade counts, and a word that is denied (none, not yet, pending) does not.",
)
GRADE_DENIED = warning(
    "V491",
    (
        "“{text}”否定了“{words}”，不算有此证据，默认等级也不高过它",
        "“{text}” denies “{words}”: there is no such evidence, and no default gives as much",
    ),
    mend=("若有证据，改写这一格或填写证据等级", "if there is, write so, or state the grade"),
    why_zh="文字中提到这种证据，但说的是没有、尚未取得、待出具或已失效，所以不算。"
    "若读错了，请改写或直接填证据等级。",
    why_en="The text names such evidence and says that there is none, not yet, or no longer; it "
    "does not count. If that is read wrongly, write it otherwise or state the grade.",
)
NO_GRADE_WORD = warning(
    "V492",
    (
        "“{text}”中没有映射文件所说的词，看不出证据等级",
        "“{text}” has no word that the mapping file gives a grade to",
    ),
    expected=("{words} 之一", "one of {words}"),
    mend=(
        "填写证据等级，或在映射文件的 words 下补上这个说法",
        "state the grade, or add the word below words in the mapping file",
    ),
    why_zh="这一列是证据说明，而文字中没有映射文件写明的词，按默认等级计。",
    why_en="The column is a text about evidence, and none of the words of the mapping file is in "
    "this one: the default counts.",
)
GRADE_BY_DEFAULT = info(
    "V493",
    (
        "{count} 个未注明证据的值按映射文件的默认计为 {grade}：{reason}",
        "{grade}, the default of the mapping file, for {count} values without stated evidence: "
        "{reason}",
    ),
    why_zh="映射文件给了默认的证据等级及理由，用于没有注明证据的值；评分单上逐项注明。"
    "填写了的等级优先。",
    why_en="The mapping file has a default grade of evidence with its reason, which counts for "
    "values that state none, and is said on the scorecard. A grade that is stated goes first.",
)
NO_TEXT_COLUMN = warning(
    "V494",
    (
        "没有映射文件所说的证据说明列：{headers}",
        "there is no column {headers}, which the mapping file takes for evidence",
    ),
    mend=(
        "补上该列，或改正映射文件 evidence 下 columns 里的列名",
        "add the column, or correct its name below columns of evidence in the mapping file",
    ),
    why_zh="映射文件说这一列文字是证据，而表中没有它，所以证据等级按默认计。",
    why_en="The mapping file says that this column of text is evidence, and the table has none: "
    "the default counts.",
)
DEFAULT_OF_NOBODY = warning(
    "V495",
    (
        "默认证据等级写给 {id}，没有读到这项成果",
        "a default grade of evidence is for {id}, and no such result was read",
    ),
    expected=("如 {near}", "such as {near}"),
    mend=("改正 result，或删去这一条", "correct result, or remove the entry"),
    why_zh="映射文件里给某一项成果的默认证据等级没有用上，多为编号写错。",
    why_en="A default of the mapping file is for a result that was not read: its id is mostly "
    "misspelt.",
)
