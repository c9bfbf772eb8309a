"""What findings of the assessment and of criteria files mean, in full."""

from __future__ import annotations

from pilotscore.language import Text

# Evidence.
EVIDENCE = {
    "E801": Text(
        "材料在评价日期已过有效期，不能再证明任何东西；该指标按其余有效材料计，没有时按未注明证据"
        "计。",
        "The document has expired by the date of assessment and proves nothing any more: the "
        "indicator counts with its other valid documents, or where there is none, as one "
        "that states no evidence.",
    ),
    "E802": Text(
        "成果表里写的证据等级与证据清单不同。清单是证据本身，表里的是说法，所以以清单为准。",
        "The grade beside the value differs from that of the list of documents. The list is "
        "the evidence, the cell a statement of it: the list decides.",
    ),
}

# Missing values, gates and profiles.
MISSING = {
    "I501": Text(
        "必填指标为空，这项成果不能评价，排在最后并写明原因。补填；确实没有测过就写“未测”，那样按 0 分计，仍可评价。",
        "A required indicator is blank, so the result cannot be assessed: it is listed last, with the reason. "
        "Enter it, or write “not measured” if that is so: it then scores 0 and the result is assessed.",
    ),
    "I502": Text(
        "指标体系规定这个指标不得写不适用，或只有满足条件（如间歇工艺）时才可以，而这里不满足。填入数值，或改正作为条件的字段。",
        "The criteria set allows no N/A here, or only on a condition (such as a batch process) that this result "
        "does not meet. Enter a value, or correct the fact on which it depends.",
    ),
    "I503": Text(
        "一个维度中不适用的指标过多，剩下的不足以说明问题，所以不能评价。减少不适用的项，或换用适合该领域的指标体系。",
        "Too much of a dimension is marked N/A for the rest to say anything, so the result cannot be assessed. "
        "Mark fewer, or use a criteria set made for the field.",
    ),
    "I504": Text(
        "非必填指标没有值，按 0 分计；括号中的升幅是补上最好的值时指数至多能升多少，可据此决定先补哪一项。",
        "An optional indicator has no value and scores 0. The gain named is what the index could rise by at most: "
        "it says what to enter first.",
    ),
    "I505": Text(
        "判断这个门槛所需的值缺失，门槛没有关闭，但也没有通过。补填后结果可能降级或不予立项。",
        "What this gate is judged by is missing: it was not closed, but neither was it passed. Once the values "
        "are entered, the grade may fall or the result be refused.",
    ),
    "I506": Text(
        "整张表缺少判断这些门槛所需的列，所有成果都没有判断。补上这些列，尤其是权属争议、学术不端之类。",
        "The whole table lacks columns by which these gates are judged, and no result was held against them. Add "
        "the columns, those on disputes and misconduct above all.",
    ),
    "I507": Text(
        "指标体系规定该指标只在某种条件下适用（applies_when），这些成果不符合；其权重按比例分给同"
        "一维度的其他指标，不占“不适用”的限额。",
        "The set asks for this indicator only under a condition (applies_when) that these "
        "results do not meet. Its weight goes to the other indicators of its dimension, and "
        "it does not count against the bound on N/A.",
    ),
    "I508": Text(
        "按指标体系的条件，该指标不适用于这项成果，但单元格里有值。值没有使用。若条件所用的字段填"
        "错了，请改正。",
        "By the condition of the set the indicator is not meant for this result, yet the "
        "cell has a value, which was not used. If a fact that the condition speaks of is "
        "wrong, mend it.",
    ),
    "I509": Text(
        "所选权重方案是为某一类成果定的，这一批里有其他类别，或有关字段没有填写、看不出类别的成果。它们也按此"
        "方案计分；把两类成果排在一张榜上前，请确认这是所要的。",
        "The profile is made for one kind of result, and this batch has others, or results whose facts do not "
        "say of which kind they are, which were scored with it too. Make sure that this is meant before they "
        "stand in one list.",
    ),
}

# Criteria files and workbooks.
CRITERIA = {
    "C001": Text(
        "文件不符合 YAML 语法，读不下去。常见原因：缩进不齐、冒号后没有空格、含冒号的文字没有加引号、用了全角冒号。",
        "The file is not YAML and cannot be read on. Mostly an indent is off, a blank after a colon is missing, "
        "or a text with a colon in it has no quotes.",
    ),
    "C002": Text(
        "文件嵌套超过 30 层，或用锚点引用了自身；正常的指标体系不会这样，为安全起见不读。",
        "The file is nested more than 30 levels deep, or refers to itself through an anchor; no honest criteria "
        "file is, and it is not read for safety.",
    ),
    "C003": Text(
        "文件最外层应是“键: 值”，这里是列表或一段文字。从内置体系复制一份开始最省事。",
        "The outermost level should be keys and values; here it is a list or a text. A copy of a built-in set is "
        "the easiest start.",
    ),
    "C101": Text(
        "缺少必须有的键，没有默认值可用。按 pilotscore criteria show NAME --yaml 的样子补上。",
        "A key that must be there is missing, and it has no default. Add it as pilotscore criteria show NAME "
        "--yaml has it.",
    ),
    "C102": Text(
        "不认识的键多为拼写错误；若放过，所写的规则不会起作用而无人知道，所以作为错误。例如 wieght 应为 weight。",
        "An unknown key is mostly a misspelling; the rule would be without effect and no one would know, so it is "
        "an error: wieght for weight, say.",
    ),
    "C103": Text(
        "键对，值的类型不对，例如该写数字处写了文字，或该写列表处写了一个值。",
        "The key is right and its value is of a wrong type: a text where a number is wanted, say, or one value "
        "where a list is.",
    ),
    "C104": Text(
        "值的类型对，但不在允许的范围或选项之内，例如权重为负，或 type 写了没有的类型。",
        "The value is of the right type but not among what is allowed: a negative weight, say, or a type that "
        "does not exist.",
    ),
    "C105": Text(
        "同一处有两个相同的键，YAML 会悄悄用后一个，所以作为错误。删去或改名其一。",
        "Two keys in one place are the same, and YAML would silently take the second, so it is an error. Remove "
        "or rename one.",
    ),
    "C201": Text(
        "权重之和应等于 weights_sum（默认 100）。不自动归一，因为差额往往说明漏了一项或写错一个数。",
        "Weights should sum to weights_sum (100 by default). They are not made to: a gap mostly means that one "
        "was left out or mistyped.",
    ),
    "C202": Text(
        "指标说明越大越好（或越小越好），评分函数却有一段反向，同样的进步会减分。改锚点，或改 direction。",
        "The indicator says that more (or less) is better, and its value function turns the other way somewhere: "
        "progress would cost points. Change the anchor or the direction.",
    ),
    "C203": Text(
        "锚点 [原始值, 得分] 要按原始值从小到大、互不相同，否则两点之间的得分没有定义。",
        "Anchors [raw value, score] must rise in raw value, each once, or the score between two of them is not "
        "defined.",
    ),
    "C204": Text(
        "id 在整个文件中要唯一，条件、政策和输出都靠它指代。改名其中一个，并改引用它的地方。",
        "An id must be the only one of its name in the file: conditions, policies and outputs go by it. Rename "
        "one, and whatever speaks of it.",
    ),
    "C205": Text(
        "同一个名称或别名属于两个指标，读表头时就不知道指哪个（比较时忽略空格、大小写与括号中的单位）。",
        "One name or alias belongs to two indicators, so that a header with it could mean either (blanks, "
        "capitals and units in brackets make no difference).",
    ),
    "C206": Text(
        "条件语法不对，列号指出位置。可用 and、or、not、比较符和括号，例如 trl >= 6 and disputed == no。",
        "The condition is not well formed, at the column named. It may have and, or, not, comparisons and "
        "brackets, such as trl >= 6 and disputed == no.",
    ),
    "C207": Text(
        "条件里的名称不是指标或字段的 id。条件用 id，不用标题，例如 run_hours 而不是“连续运行时间”。",
        "A name in the condition is no id of an indicator or fact. Conditions go by ids and not by titles: "
        "run_hours, not “Continuous run”.",
    ),
    "C208": Text(
        "条件把类别指标与一个不存在的类别比较，永远不会成立。用类别的 id。",
        "The condition compares with a category that does not exist and could never be met. Use the id of a "
        "category.",
    ),
    "C209": Text(
        "两边类型不同，不能比较，例如用 >= 比较类别，或把是/否与数字相比。",
        "The two sides are of different types and cannot be compared: a category with >=, say, or a yes/no with a "
        "number.",
    ),
    "C210": Text(
        "这里提到的维度、指标、等级或方法在文件中不存在，多为改名后漏改。",
        "A dimension, indicator, grade or method named here does not exist in the file; mostly it was renamed "
        "elsewhere.",
    ),
    "C211": Text(
        "等级按从高到低排列，指数线要逐级降低，否则有的等级永远不会给出。",
        "Grades go from the best to the least, and the index that they ask for must fall from one to the next, or "
        "some would never be given.",
    ),
    "C212": Text(
        "最后一个等级应当接收其余所有成果；有条件的话，有些成果会没有等级。",
        "The last grade takes whatever is left; with conditions, some results would have no grade.",
    ),
    "C213": Text(
        "门槛关闭时什么也不发生，等于没有。写 cap（最高等级）、no_grade 或 funding 至少其一。",
        "Nothing happens where this gate closes, so it might as well not be there. Give it cap (the best grade "
        "left), no_grade or funding.",
    ),
    "C214": Text(
        "评分函数与指标类型不配，例如类别指标要 table，数值指标要 points。",
        "The value function does not fit the type of the indicator: a category takes a table, a number takes "
        "points.",
    ),
    "C215": Text(
        "证据从弱到强排列，得分上限不能反而降低，否则更好的证据会减分。",
        "Evidence goes from weak to strong, and caps may not fall on the way, or better evidence would cost "
        "points.",
    ),
    "C216": Text(
        "extends 指向的指标体系不存在。可写内置名称，或相对本文件的路径。",
        "What extends names does not exist. Write a built-in name, or a path relative to "
        "this file.",
    ),
    "C217": Text(
        "文件之间互相 extends，永远没有起点。去掉其中一处。",
        "The files extend each other in a circle and never begin anywhere. Remove one of the "
        "links.",
    ),
    "C218": Text(
        "变体与被扩展的体系同名，结果会分不清用了哪一个。另取一个 id。",
        "A variant has the id of the set that it extends, and no one could tell which one "
        "was used. Give it another.",
    ),
    "C219": Text(
        "变体里改或删的 id 在被扩展的文件中不存在，多为拼写错误；若是新增的指标，要写全 type、wei"
        "ght 等键。",
        "The id that the variant changes or removes is not in the file that it extends: "
        "mostly a misspelling. If it is new, give it all its keys, such as type and weight.",
    ),
    "C220": Text(
        "基础积分 + KPI 中，一个部分的指标分值加起来达不到该部分的上限，上限就没有意义。",
        "With base points and KPI, the indicators of a part bring fewer points together than "
        "its cap, which could never be reached.",
    ),
    "C221": Text(
        "两个键说的是同一件事，不知道以哪个为准。只留一个。",
        "Two keys say the same thing, and it is not known which one counts. Keep one.",
    ),
    "C222": Text(
        "门槛的条件在任何取值下都不成立，等于没有这道门槛，多半是写错了数或方向。",
        "The condition holds for no value at all, as if there were no gate: mostly a wrong "
        "number or direction.",
    ),
    "C223": Text(
        "门槛的条件在任何取值下都成立，每项成果都会被它拦住，多半是写错了数或方向。",
        "The condition holds whatever the values are, and would stop every result: mostly a "
        "wrong number or direction.",
    ),
    "C224": Text(
        "没有任何成果能达到这个等级：它要求的指数、维度分或等级高于评分函数能给的最高值。",
        "No result can ever reach this grade: it asks for more index, more of a dimension or "
        "a higher level than the value functions can give.",
    ),
    "C225": Text(
        "several: true 允许一个格里写多项关键技术的值，取最不利的一项。类别、是否与文字没有大小，"
        "direction: range 的两头都不好，都没有“最不利的值”。只用于等级与数值类型，direction 为 max 或 min。",
        "With several: true a cell may state a value for each critical technology, and the least favourable "
        "counts. Categories, yes and no, and texts have no order, and with direction: range both ends are "
        "bad: none of them has a least favourable value. It is for levels and numbers with direction max or min.",
    ),
    "C226": Text(
        "ELECTRE TRI-B 与 FlowSort 把成果和等级之间的界线相比，界线由各等级的 index、维度下限和 levels 得出，"
        "是 0–100 的分值，不能与原始值或按批次标准化的值相比。",
        "ELECTRE TRI-B and FlowSort hold a result against the lines between grades, which come from what each "
        "grade asks for: index, floors and levels. These are points from 0 to 100 and cannot be held against raw "
        "values, nor against values scaled by the batch.",
    ),
    "C301": Text(
        "指标清单里的权重不是数值，这个指标没有收进指标体系。权重列只写数值，合计不必是 100。",
        "The weight in the list of indicators is not a number, and the indicator was left out. Write a bare number; "
        "they need not sum to 100.",
    ),
    "C302": Text(
        "评分标准不是可计分的写法，这个指标没有收进指标体系。写成“原始值→得分”的几个点，或每个类别一个得分；点之间按直线计。",
        "The standard is not written so that it can be scored by, and the indicator was left out. Write points “raw "
        "value→score”, or a score for each category; between points it goes straight.",
    ),
    "C303": Text(
        "找到了指标清单的表头，下面却没有指标。",
        "The header of a list of indicators was found, but no indicator below it.",
    ),
    "C401": Text(
        "这个工作簿中没有一张指标体系的工作表，也没有带指标、权重、评分标准三列的指标表，多半是给错了文件。",
        "None of its sheets is one of a criteria set, nor a list with the columns indicator, weight and scoring "
        "standard: most likely another file was meant.",
    ),
    "C402": Text(
        "每张工作表都要在，才分得清是有意清空还是误删。要清空一类内容，删去各行、保留表头即可。",
        "Every sheet must be there, so that one emptied on purpose is told from one lost by mistake. To empty "
        "one, delete its rows and leave its headings.",
    ),
    "C403": Text(
        "每一列都要在（位置不限），否则整列内容会不声不响地丢失。不用的列留空即可。",
        "Every column must be there, wherever it stands, or all that it held would be lost in silence. Leave "
        "blank what is not needed.",
    ),
    "C404": Text(
        "这一列不是指标体系的内容，读回时不会进入文件。要保留的内容写到“其他”表；只是备注则删去该列。",
        "This column is none of a criteria set's, and would not come into the file. What is to be kept goes to "
        "the sheet 其他 Other; remove the column if it is but a note.",
    ),
    "C405": Text(
        "单元格里的内容不是这一列要的：例如权重处写了文字，或“其他”表中的值不符合 YAML 语法。",
        "The cell does not hold what its column asks for: words where a weight belongs, or on the sheet 其他 "
        "Other a value that is not in YAML.",
    ),
    "C406": Text(
        "公式出错，或从未计算过，因此没有值可读。改正公式或直接填值，再用 Excel、WPS 或 LibreOffice 保存一次。",
        "The formula fails or was never worked out, so there is no value to read. Mend it or enter the value, and "
        "save the workbook once in Excel, WPS or LibreOffice.",
    ),
    "C407": Text(
        "这一行有内容，却没有说明它是哪一项或属于哪一项，因此无法放进文件。",
        "The row holds something and does not say what entry it is, or to which it belongs, so it cannot be put "
        "in the file.",
    ),
    "C408": Text(
        "同一张表中编号要唯一；指标与事实合在一起也要唯一，因为条件靠编号指代。复制一行后要改编号。",
        "Ids differ within a sheet, and among indicators and facts together, for conditions go by them. Change "
        "the id of a row that was copied.",
    ),
    "C409": Text(
        "这里提到的编号在它所属的表中找不到：多半是拼写不同，或那一项已经改名、删除。取值与等级描述的行要随之修改。",
        "The id named here is not on the sheet that it speaks of: a spelling, or an entry that was renamed or "
        "deleted. Rows of value functions and levels go along with it.",
    ),
    "C410": Text(
        "“其他”表的路径有四种写法：键；上级键/键；表/编号/键；categories/指标/类别/键。编号与键中的 / 写作 ~1。",
        "A path on the sheet 其他 Other is a key, a key within a key, table/id/key, or "
        "categories/indicator/category/key. A / within an id or key is written ~1.",
    ),
    "C411": Text(
        "同一内容既在自己的列中，又在“其他”表中，不知道以哪个为准。删去其中一处。",
        "The same thing stands in its own column and on the sheet 其他 Other, and which one is meant cannot be "
        "told. Remove one of them.",
    ),
}

# Policies.
POLICIES = {
    "P301": Text(
        "政策没有说这个等级对应什么，得到它的成果就没有建议。在 grades: 下补上。",
        "The policy does not say what follows from this grade, and results with it would get no recommendation. "
        "Add it under grades:.",
    ),
    "P302": Text(
        "金额区间写成了 [大, 小]。改为 [下限, 上限]。",
        "The range of amounts is written [greatest, least]. Write [least, greatest].",
    ),
    "P303": Text(
        "政策引用的等级和字段属于另一套指标体系，混用会得出错误的建议，所以停止。",
        "The grades and facts that the policy speaks of are those of another criteria set; to mix them would give "
        "wrong recommendations, so the command stops.",
    ),
    "P304": Text(
        "这里要一个金额字段（type: money），例如申请金额，用来限制资助额度。",
        "A fact of type money is wanted here, such as the sum requested, by which the funding is bounded.",
    ),
}
