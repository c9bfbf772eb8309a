"""The kinds of fault that a criteria or policy file can have."""

from __future__ import annotations

from pilotscore.findings import error

# Criteria files.
NOT_YAML = error(
    "C001",
    ("不是有效的 YAML：{problem}", "not valid YAML: {problem}"),
    expected=("符合 YAML 语法的文件", "a file in YAML"),
    mend=("检查该行的缩进、冒号与引号", "look at the indent, colons and quotes of this line"),
    why_zh="文件不符合 YAML 语法，读不下去。常见原因：缩进不齐、冒号后没有空格、"
    "含冒号的文字没有加引号、用了全角冒号。",
    why_en="The file is not YAML and cannot be read on. Mostly an indent is off, a blank after a "
    "colon is missing, or a text with a colon in it has no quotes.",
)
TOO_DEEP = error(
    "C002",
    ("嵌套过深或引用自身", "nested too deeply, or refers to itself"),
    expected=(
        "至多 30 层，至多 20 个 extends",
        "at most 30 levels, and 20 files that extend another",
    ),
    mend=("去掉多余的嵌套与锚点（&、*）", "remove nesting and anchors (&, *)"),
    why_zh="文件嵌套超过 30 层，或用锚点引用了自身；正常的指标体系不会这样，为安全起见不读。",
    why_en="The file is nested more than 30 levels deep, or refers to itself through an anchor; "
    "no honest criteria file is, and it is not read for safety.",
)
NOT_A_MAPPING = error(
    "C003",
    ("文件内容不是键值结构", "the file is not a list of keys and values"),
    expected=(
        "以 id:、version:、title: … 开头的文件",
        "a file that begins with id:, version:, title: ...",
    ),
    mend=(
        "参考 pilotscore criteria show pilot-maturity",
        "see pilotscore criteria show pilot-maturity",
    ),
    why_zh="文件最外层应是“键: 值”，这里是列表或一段文字。从内置体系复制一份开始最省事。",
    why_en="The outermost level should be keys and values; here it is a list or a text. A copy of "
    "a built-in set is the easiest start.",
)
MISSING_KEY = error(
    "C101",
    ("缺少 {key}", "{key} is missing"),
    mend=("补上 {key}:", "add {key}:"),
    why_zh="缺少必须有的键，没有默认值可用。按 pilotscore criteria show NAME --yaml 的样子补上。",
    why_en="A key that must be there is missing, and it has no default. Add it as pilotscore "
    "criteria show NAME --yaml has it.",
)
UNKNOWN_KEY = error(
    "C102",
    ("不认识的键 {key}", "unknown key {key}"),
    expected=("已知的键，如 {near}", "a known key, such as {near}"),
    mend=("改为 {near}，或删除", "write {near}, or remove it"),
    why_zh="不认识的键多为拼写错误；若放过，所写的规则不会起作用而无人知道，所以作为错误。"
    "例如 wieght 应为 weight。",
    why_en="An unknown key is mostly a misspelling; the rule would be without effect and no one "
    "would know, so it is an error: wieght for weight, say.",
)
WRONG_TYPE = error(
    "C103",
    ("{key} 的值 {value} 类型不对", "{key} has the value {value}, of a wrong type"),
    expected=("{wanted}", "{wanted}"),
    why_zh="键对，值的类型不对，例如该写数字处写了文字，或该写列表处写了一个值。",
    why_en="The key is right and its value is of a wrong type: a text where a number is wanted, "
    "say, or one value where a list is.",
)
OUT_OF_BOUNDS = error(
    "C104",
    ("{key} 的值 {value} 不允许", "{key} has the value {value}, which is not allowed"),
    expected=("{wanted}", "{wanted}"),
    why_zh="值的类型对，但不在允许的范围或选项之内，例如权重为负，或 type 写了没有的类型。",
    why_en="The value is of the right type but not among what is allowed: a negative weight, say, "
    "or a type that does not exist.",
)
REPEATED_KEY = error(
    "C105",
    ("键 {key} 在同一处写了两次", "the key {key} is written twice in one place"),
    expected=("每个键一次", "each key once"),
    mend=("删除或改名其一", "remove or rename one of them"),
    why_zh="同一处有两个相同的键，YAML 会悄悄用后一个，所以作为错误。删去或改名其一。",
    why_en="Two keys in one place are the same, and YAML would silently take the second, so it is "
    "an error. Remove or rename one.",
)
WEIGHTS_SUM = error(
    "C201",
    ("{what}的权重之和为 {total}", "the weights of {what} sum to {total}"),
    expected=("{wanted}（差 {gap}）", "{wanted} ({gap} off)"),
    mend=("调整权重，或改 weights_sum", "change a weight, or weights_sum"),
    why_zh="权重之和应等于 weights_sum（默认 100）。不自动归一，因为差额往往说明漏了一项或写错一个"
    "数。",
    why_en="Weights should sum to weights_sum (100 by default). They are not made to: a gap "
    "mostly means that one was left out or mistyped.",
)
NOT_MONOTONE = error(
    "C202",
    (
        "{name} 的评分函数在 {x} 处与方向 {direction} 不符（{y0} → {y1}）",
        "the value function of {name} goes against its direction {direction} at {x} ({y0} to {y1})",
    ),
    expected=("{shape}", "{shape}"),
    mend=("改锚点或 direction", "change the anchor or the direction"),
    why_zh="指标说明越大越好（或越小越好），评分函数却有一段反向，同样的进步会减分。改锚点，"
    "或改 direction。",
    why_en="The indicator says that more (or less) is better, and its value function turns the "
    "other way somewhere: progress would cost points. Change the anchor or the direction.",
)
ANCHOR_ORDER = error(
    "C203",
    ("{name} 的锚点 {x1} 不在 {x0} 之后", "anchor {x1} of {name} does not come after {x0}"),
    expected=("原始值从小到大、互不相同", "raw values that rise, each once"),
    mend=("按原始值排序", "sort the anchors by raw value"),
    why_zh="锚点 [原始值, 得分] 要按原始值从小到大、互不相同，否则两点之间的得分没有定义。",
    why_en="Anchors [raw value, score] must rise in raw value, each once, or the score between "
    "two of them is not defined.",
)
REPEATED_ID = error(
    "C204",
    ("id {name} 已在第 {line} 行用过", "the id {name} was used on line {line}"),
    expected=("各不相同的 id", "ids that differ"),
    mend=("改其中一个", "rename one of them"),
    why_zh="id 在整个文件中要唯一，条件、政策和输出都靠它指代。改名其中一个，并改引用它的地方。",
    why_en="An id must be the only one of its name in the file: conditions, policies and outputs "
    "go by it. Rename one, and whatever speaks of it.",
)
SHARED_ALIAS = error(
    "C205",
    (
        "{alias} 同时是 {first}（第 {line} 行）与 {second} 的名称",
        "{alias} names both {first} (line {line}) and {second}",
    ),
    expected=("一个表头只指一个指标", "a header that means one indicator"),
    mend=("从其中一个删去该别名", "remove the alias from one of them"),
    why_zh="同一个名称或别名属于两个指标，读表头时就不知道指哪个（比较时忽略空格、"
    "大小写与括号中的单位）。",
    why_en="One name or alias belongs to two indicators, so that a header with it could mean "
    "either (blanks, capitals and units in brackets make no difference).",
)
CONDITION_SYNTAX = error(
    "C206",
    ("条件“{text}”第 {column} 列：{problem}", "condition “{text}”, column {column}: {problem}"),
    why_zh="条件语法不对，列号指出位置。可用 and、or、not、比较符和括号，"
    "例如 trl >= 6 and disputed == no。",
    why_en="The condition is not well formed, at the column named. It may have and, or, not, "
    "comparisons and brackets, such as trl >= 6 and disputed == no.",
)
UNKNOWN_NAME = error(
    "C207",
    (
        "“{text}”第 {column} 列：没有名为 {name} 的指标或字段",
        "“{text}”, column {column}: no indicator or fact is called {name}",
    ),
    expected=("指标或字段的 id，如 {near}", "the id of an indicator or fact, such as {near}"),
    why_zh="条件里的名称不是指标或字段的 id。条件用 id，不用标题，例如 run_hours 而不是“连续运行时"
    "间”。",
    why_en="A name in the condition is no id of an indicator or fact. Conditions go by ids and "
    "not by titles: run_hours, not “Continuous run”.",
)
UNKNOWN_CATEGORY = error(
    "C208",
    (
        "“{text}”第 {column} 列：{name} 没有类别 {value}",
        "“{text}”, column {column}: {name} has no category {value}",
    ),
    expected=("{wanted} 之一", "one of {wanted}"),
    why_zh="条件把类别指标与一个不存在的类别比较，永远不会成立。用类别的 id。",
    why_en="The condition compares with a category that does not exist and could never be met. "
    "Use the id of a category.",
)
NOT_COMPARABLE = error(
    "C209",
    (
        "“{text}”第 {column} 列：{name} 不能与 {value} 比较",
        "“{text}”, column {column}: {name} cannot be compared with {value}",
    ),
    expected=("{wanted}", "{wanted}"),
    why_zh="两边类型不同，不能比较，例如用 >= 比较类别，或把是/否与数字相比。",
    why_en="The two sides are of different types and cannot be compared: a category with >=, say, "
    "or a yes/no with a number.",
)
UNKNOWN_REFERENCE = error(
    "C210",
    ("{key} 提到的 {name} 不存在", "{key} speaks of {name}, which does not exist"),
    expected=("{wanted} 之一", "one of {wanted}"),
    why_zh="这里提到的维度、指标、等级或方法在文件中不存在，多为改名后漏改。",
    why_en="A dimension, indicator, grade or method named here does not exist in the file; mostly "
    "it was renamed elsewhere.",
)
GRADES_ORDER = error(
    "C211",
    (
        "等级 {name} 的指数线 {index} 不低于上一等级 {above} 的 {above_index}",
        "grade {name} asks for an index of {index}, not less than {above_index} of {above} above "
        "it",
    ),
    expected=("从高到低的等级", "grades from the best to the least"),
    mend=("按指数线从高到低排列", "order them by index, highest first"),
    why_zh="等级按从高到低排列，指数线要逐级降低，否则有的等级永远不会给出。",
    why_en="Grades go from the best to the least, and the index that they ask for must fall from "
    "one to the next, or some would never be given.",
)
LAST_GRADE = error(
    "C212",
    ("最后一个等级 {name} 仍有条件", "the last grade, {name}, has conditions"),
    expected=(
        "最后一个等级无条件，任何结果都能归入",
        "a last grade without conditions, which any result meets",
    ),
    mend=(
        "删去其条件，或在后面加一个无条件的等级",
        "remove them, or add a grade without conditions after it",
    ),
    why_zh="最后一个等级应当接收其余所有成果；有条件的话，有些成果会没有等级。",
    why_en="The last grade takes whatever is left; with conditions, some results would have no "
    "grade.",
)
NO_EFFECT = error(
    "C213",
    ("门槛 {name} 没有任何作用", "gate {name} has no effect"),
    expected=("cap、no_grade、funding 至少其一", "at least one of cap, no_grade, funding"),
    why_zh="门槛关闭时什么也不发生，等于没有。写 cap（最高等级）、no_grade 或 funding 至少其一。",
    why_en="Nothing happens where this gate closes, so it might as well not be there. Give it cap "
    "(the best grade left), no_grade or funding.",
)
VALUE_FUNCTION = error(
    "C214",
    ("{name}（{type}）：{problem}", "{name} ({type}): {problem}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="评分函数与指标类型不配，例如类别指标要 table，数值指标要 points。",
    why_en="The value function does not fit the type of the indicator: a category takes a table, "
    "a number takes points.",
)
EVIDENCE_ORDER = error(
    "C215",
    (
        "证据等级 {name} 的上限 {cap} 低于前一级的 {below}",
        "evidence grade {name} has a cap of {cap}, lower than {below} of the grade before",
    ),
    expected=("上限随证据等级不降", "caps that do not fall as evidence gets better"),
    why_zh="证据从弱到强排列，得分上限不能反而降低，否则更好的证据会减分。",
    why_en="Evidence goes from weak to strong, and caps may not fall on the way, or better "
    "evidence would cost points.",
)
NO_BASE = error(
    "C216",
    ("extends: {name} 找不到", "extends: {name} cannot be found"),
    expected=("内置名称，或相对本文件的路径", "a built-in name, or a path relative to this file"),
    mend=("{near}", "{near}"),
    why_zh="extends 指向的指标体系不存在。可写内置名称，或相对本文件的路径。",
    why_en="What extends names does not exist. Write a built-in name, or a path relative to this "
    "file.",
)
EXTENDS_CYCLE = error(
    "C217",
    ("extends 首尾相接：{chain}", "extends goes in a circle: {chain}"),
    expected=("最终不再 extends 的文件", "a chain that ends in a file without extends"),
    mend=("去掉其中一处 extends", "remove one of them"),
    why_zh="文件之间互相 extends，永远没有起点。去掉其中一处。",
    why_en="The files extend each other in a circle and never begin anywhere. Remove one of the "
    "links.",
)
SAME_ID_AS_BASE = error(
    "C218",
    ("id {name} 与被扩展的 {base} 相同", "the id {name} is that of {base}, which it extends"),
    expected=("自己的 id", "an id of its own"),
    mend=("另取一个 id", "choose another"),
    why_zh="变体与被扩展的体系同名，结果会分不清用了哪一个。另取一个 id。",
    why_en="A variant has the id of the set that it extends, and no one could tell which one was "
    "used. Give it another.",
)
NOT_IN_BASE = error(
    "C219",
    ("{base} 中没有 {name}", "{base} has no {name}"),
    expected=("被扩展文件中的 id，如 {near}", "an id of the file that is extended, such as {near}"),
    mend=("核对拼写；若是新增，补全各键", "look at the spelling; if it is new, give all its keys"),
    why_zh="变体里改或删的 id 在被扩展的文件中不存在，多为拼写错误；若是新增的指标，要写全 type、"
    "weight 等键。",
    why_en="The id that the variant changes or removes is not in the file that it extends: mostly "
    "a misspelling. If it is new, give it all its keys, such as type and weight.",
)
CAP_OUT_OF_REACH = error(
    "C220",
    (
        "{what}最多得 {total} 分，达不到该部分的上限 {cap}",
        "{what} bring {total} points at most and never reach the cap {cap} of their part",
    ),
    expected=("合计不少于 {cap} 分的指标", "indicators that bring {cap} or more"),
    mend=("提高指标分值，或降低该部分的 weight", "raise their weights, or lower the part's"),
    why_zh="基础积分 + KPI 中，一个部分的指标分值加起来达不到该部分的上限，上限就没有意义。",
    why_en="With base points and KPI, the indicators of a part bring fewer points together than "
    "its cap, which could never be reached.",
)
EITHER_OR = error(
    "C221",
    ("同时写了 {first} 与 {second}", "both {first} and {second} are given"),
    expected=("其中之一", "one of them"),
    mend=("删去 {second}", "remove {second}"),
    why_zh="两个键说的是同一件事，不知道以哪个为准。只留一个。",
    why_en="Two keys say the same thing, and it is not known which one counts. Keep one.",
)
NEVER_CLOSES = error(
    "C222",
    ("门槛 {name} 的条件“{text}”不可能成立", "gate {name}: its condition “{text}” can never hold"),
    expected=("至少有一种取值使其成立", "values for which it holds"),
    mend=("核对比较符、数值与取值范围", "look at the comparison, the number and the range"),
    why_zh="门槛的条件在任何取值下都不成立，等于没有这道门槛，多半是写错了数或方向。",
    why_en="The condition holds for no value at all, as if there were no gate: mostly a wrong "
    "number or direction.",
)
ALWAYS_CLOSES = error(
    "C223",
    (
        "门槛 {name} 的条件“{text}”对任何取值都成立",
        "gate {name}: its condition “{text}” holds whatever the values",
    ),
    expected=("至少有一种取值使其不成立", "values for which it does not hold"),
    mend=("核对比较符、数值与取值范围", "look at the comparison, the number and the range"),
    why_zh="门槛的条件在任何取值下都成立，每项成果都会被它拦住，多半是写错了数或方向。",
    why_en="The condition holds whatever the values are, and would stop every result: mostly a "
    "wrong number or direction.",
)
OUT_OF_REACH = error(
    "C224",
    ("等级 {name} 达不到：{why}", "grade {name} cannot be reached: {why}"),
    expected=("可以达到的条件", "conditions that can be met"),
    mend=("降低该条件，或改评分锚点", "lower the condition, or change the anchors"),
    why_zh="没有任何成果能达到这个等级：它要求的指数、维度分或等级高于评分函数能给的最高值。",
    why_en="No result can ever reach this grade: it asks for more index, more of a dimension or a "
    "higher level than the value functions can give.",
)
NOT_SEVERAL = error(
    "C225",
    (
        "{name}（{type}，direction: {direction}）不能有 several: true",
        "{name} ({type}, direction: {direction}) cannot be stated several times",
    ),
    expected=(
        "level 或数值类型，direction 为 max 或 min",
        "the type level or a number, with direction max or min",
    ),
    mend=("删去 several，或改用这样的指标", "remove several, or use an indicator that is"),
    why_zh="several: true 允许一个格里写多项关键技术的值，取最不利的一项。类别、"
    "是否与文字没有大小，direction: range 的两头都不好，都没有“最不利的值”。只用于等级与数值类型，"
    "direction 为 max 或 min。",
    why_en="With several: true a cell may state a value for each critical technology, and the "
    "least favourable counts. Categories, yes and no, and texts have no order, and with "
    "direction: range both ends are bad: none of them has a least favourable value. It is for "
    "levels and numbers with direction max or min.",
)
RAW_UNITS = error(
    "C232",
    (
        "方法 {name}（{method}）把单位不同的原始值相加（{units}），名次会随单位而变",
        "method {name} ({method}) adds raw values in different units ({units}), so that a unit "
        "decides the order",
    ),
    expected=(
        "scaling: vector、minmax、max 或 sum，或 uses: scores",
        "scaling: vector, minmax, max or sum, or uses: scores",
    ),
    mend=(
        "加上 scaling（TOPSIS 通常用 vector），或删去 uses: raw",
        "add a scaling (vector is usual for TOPSIS), or remove uses: raw",
    ),
    why_zh="这种方法把各指标的数值相加或求距离。原始值单位不同时，同一组数据以小时计或以天计会得出两种名次。"
    "先按本批标准化（scaling），或用 0–100 的得分（uses: scores，默认）。",
    why_en="The method adds the values of indicators, or takes distances among them. With raw "
    "values in different units the same data give one order in hours and another in days. Scale "
    "them by the batch first (scaling), or use scores from 0 to 100 (uses: scores, the default).",
)
NOT_IN_ONE = error(
    "C233",
    (
        "维度 {name} 属于 {count} 个分指数（{names}）",
        "the dimension {name} is in {count} sub-indexes ({names})",
    ),
    expected=("每个维度恰属一个分指数", "each dimension in just one"),
    mend=("改 sub_indexes 中的 dimensions", "change dimensions in sub_indexes"),
    why_zh="有分指数时，指数是各分指数的平均，分指数是其所含维度的平均，所以每个维度必须恰好属于其中一个。",
    why_en="With sub-indexes the index is their mean, and each of them that of its dimensions: "
    "every dimension must be in just one.",
)
NOT_WITH_SUB_INDEXES = error(
    "C234",
    ("{what} 不能与 sub_indexes 同用", "{what} cannot be used with sub_indexes"),
    expected=("删去其一", "one of the two"),
    mend=("删去 {what}，或不设 sub_indexes", "remove {what}, or the sub_indexes"),
    why_zh="权重方案给出各维度在整体中的权重，积分制（method: points）把各维度的积分直接相加，"
    "都没有分指数这一层。",
    why_en="Profiles state the weights of dimensions in the whole, and points are added over all "
    "dimensions: neither knows a level between.",
)
SORTING_ON_RAW = error(
    "C226",
    (
        "方法 {name}（{method}）按等级线分级，不能用 uses: {uses}、scaling: {scaling}",
        "method {name} ({method}) sorts by what grades ask for, and cannot take uses: {uses}, "
        "scaling: {scaling}",
    ),
    expected=("uses: scores，scaling: none", "uses: scores, scaling: none"),
    mend=("删去 uses 与 scaling", "remove uses and scaling"),
    why_zh="ELECTRE TRI-B 与 FlowSort 把成果和等级之间的界线相比，界线由各等级的 index、"
    "维度下限和 levels 得出，是 0–100 的分值，不能与原始值或按批次标准化的值相比。",
    why_en="ELECTRE TRI-B and FlowSort hold a result against the lines between grades, which come "
    "from what each grade asks for: index, floors and levels. These are points from 0 to 100 and "
    "cannot be held against raw values, nor against values scaled by the batch.",
)

# Policy files.
POLICY_GAP = error(
    "P301",
    ("等级 {name} 没有对应的政策", "grade {name} has no consequence"),
    expected=("每个等级各有一项", "one for each grade"),
    mend=("在 grades: 下补上 {name}:", "add {name}: under grades:"),
    why_zh="政策没有说这个等级对应什么，得到它的成果就没有建议。在 grades: 下补上。",
    why_en="The policy does not say what follows from this grade, and results with it would get "
    "no recommendation. Add it under grades:.",
)
RANGE_REVERSED = error(
    "P302",
    (
        "{key} 的下限 {low} 高于上限 {high}",
        "{key}: the least, {low}, is above the greatest, {high}",
    ),
    expected=("[下限, 上限]", "[least, greatest]"),
    mend=("对调两数", "swap the two"),
    why_zh="金额区间写成了 [大, 小]。改为 [下限, 上限]。",
    why_en="The range of amounts is written [greatest, least]. Write [least, greatest].",
)
OTHER_CRITERIA = error(
    "P303",
    (
        "该政策写给指标体系 {wanted}，而现在用的是 {used}",
        "this policy is for the criteria set {wanted}, not for {used}",
    ),
    expected=("同一套指标体系的政策", "a policy for the same criteria set"),
    mend=("用 --policy 指定另一个政策文件", "name another with --policy"),
    why_zh="政策引用的等级和字段属于另一套指标体系，混用会得出错误的建议，所以停止。",
    why_en="The grades and facts that the policy speaks of are those of another criteria set; to "
    "mix them would give wrong recommendations, so the command stops.",
)
MONEY_FACT = error(
    "P304",
    ("{key} 指的 {name} 不是金额字段", "{key} names {name}, which is not a fact of type money"),
    expected=("type: money 的字段", "a fact of type money"),
    why_zh="这里要一个金额字段（type: money），例如申请金额，用来限制资助额度。",
    why_en="A fact of type money is wanted here, such as the sum requested, by which the funding "
    "is bounded.",
)
