"""The kinds of fault that a criteria or policy file can have."""

from __future__ import annotations

from pilotscore.findings import Kind
from pilotscore.language import Text


def fault_kind(
    code: str,
    found: tuple[str, str],
    expected: tuple[str, str] | None = None,
    mend: tuple[str, str] | None = None,
) -> Kind:
    """Return a kind of fault: what was found, what was expected, how to mend it, in zh and en."""
    return Kind(
        code,
        "error",
        Text(*found),
        Text(*expected) if expected else None,
        Text(*mend) if mend else None,
    )


NOT_YAML = fault_kind(
    "C001",
    ("不是有效的 YAML：{problem}", "not valid YAML: {problem}"),
    ("符合 YAML 语法的文件", "a file in YAML"),
    ("检查该行的缩进、冒号与引号", "look at the indent, colons and quotes of this line"),
)
TOO_DEEP = fault_kind(
    "C002",
    ("嵌套过深或引用自身", "nested too deeply, or refers to itself"),
    ("至多 30 层，至多 20 个 extends", "at most 30 levels, and 20 files that extend another"),
    ("去掉多余的嵌套与锚点（&、*）", "remove nesting and anchors (&, *)"),
)
NOT_A_MAPPING = fault_kind(
    "C003",
    ("文件内容不是键值结构", "the file is not a list of keys and values"),
    ("以 id:、version:、title: … 开头的文件", "a file that begins with id:, version:, title: ..."),
    ("参考 pilotscore criteria show pilot-maturity", "see pilotscore criteria show pilot-maturity"),
)
MISSING_KEY = fault_kind(
    "C101", ("缺少 {key}", "{key} is missing"), None, ("补上 {key}:", "add {key}:")
)
UNKNOWN_KEY = fault_kind(
    "C102",
    ("不认识的键 {key}", "unknown key {key}"),
    ("已知的键，如 {near}", "a known key, such as {near}"),
    ("改为 {near}，或删除", "write {near}, or remove it"),
)
WRONG_TYPE = fault_kind(
    "C103",
    ("{key} 的值 {value} 类型不对", "{key} has the value {value}, of a wrong type"),
    ("{wanted}", "{wanted}"),
)
OUT_OF_BOUNDS = fault_kind(
    "C104",
    ("{key} 的值 {value} 不允许", "{key} has the value {value}, which is not allowed"),
    ("{wanted}", "{wanted}"),
)
REPEATED_KEY = fault_kind(
    "C105",
    ("键 {key} 在同一处写了两次", "the key {key} is written twice in one place"),
    ("每个键一次", "each key once"),
    ("删除或改名其一", "remove or rename one of them"),
)
WEIGHTS_SUM = fault_kind(
    "C201",
    ("{what}的权重之和为 {total}", "the weights of {what} sum to {total}"),
    ("{wanted}（差 {gap}）", "{wanted} ({gap} off)"),
    ("调整权重，或改 weights_sum", "change a weight, or weights_sum"),
)
NOT_MONOTONE = fault_kind(
    "C202",
    (
        "{name} 的评分函数在 {x} 处与方向 {direction} 不符（{y0} → {y1}）",
        "the value function of {name} goes against its direction {direction} at {x} ({y0} to {y1})",
    ),
    ("{shape}", "{shape}"),
    ("改锚点或 direction", "change the anchor or the direction"),
)
ANCHOR_ORDER = fault_kind(
    "C203",
    ("{name} 的锚点 {x1} 不在 {x0} 之后", "anchor {x1} of {name} does not come after {x0}"),
    ("原始值从小到大、互不相同", "raw values that rise, each once"),
    ("按原始值排序", "sort the anchors by raw value"),
)
REPEATED_ID = fault_kind(
    "C204",
    ("id {name} 已在第 {line} 行用过", "the id {name} was used on line {line}"),
    ("各不相同的 id", "ids that differ"),
    ("改其中一个", "rename one of them"),
)
SHARED_ALIAS = fault_kind(
    "C205",
    (
        "{alias} 同时是 {first}（第 {line} 行）与 {second} 的名称",
        "{alias} names both {first} (line {line}) and {second}",
    ),
    ("一个表头只指一个指标", "a header that means one indicator"),
    ("从其中一个删去该别名", "remove the alias from one of them"),
)
CONDITION_SYNTAX = fault_kind(
    "C206",
    ("条件“{text}”第 {column} 列：{problem}", "condition “{text}”, column {column}: {problem}"),
)
UNKNOWN_NAME = fault_kind(
    "C207",
    (
        "“{text}”第 {column} 列：没有名为 {name} 的指标或字段",
        "“{text}”, column {column}: no indicator or fact is called {name}",
    ),
    ("指标或字段的 id，如 {near}", "the id of an indicator or fact, such as {near}"),
)
UNKNOWN_CATEGORY = fault_kind(
    "C208",
    (
        "“{text}”第 {column} 列：{name} 没有类别 {value}",
        "“{text}”, column {column}: {name} has no category {value}",
    ),
    ("{wanted} 之一", "one of {wanted}"),
)
NOT_COMPARABLE = fault_kind(
    "C209",
    (
        "“{text}”第 {column} 列：{name} 不能与 {value} 比较",
        "“{text}”, column {column}: {name} cannot be compared with {value}",
    ),
    ("{wanted}", "{wanted}"),
)
UNKNOWN_REFERENCE = fault_kind(
    "C210",
    ("{key} 提到的 {name} 不存在", "{key} speaks of {name}, which does not exist"),
    ("{wanted} 之一", "one of {wanted}"),
)
GRADES_ORDER = fault_kind(
    "C211",
    (
        "等级 {name} 的指数线 {index} 不低于上一等级 {above} 的 {above_index}",
        "grade {name} asks for an index of {index}, not less than {above_index} of {above} above it",
    ),
    ("从高到低的等级", "grades from the best to the least"),
    ("按指数线从高到低排列", "order them by index, highest first"),
)
LAST_GRADE = fault_kind(
    "C212",
    ("最后一个等级 {name} 仍有条件", "the last grade, {name}, has conditions"),
    (
        "最后一个等级无条件，任何结果都能归入",
        "a last grade without conditions, which any result meets",
    ),
    (
        "删去其条件，或在后面加一个无条件的等级",
        "remove them, or add a grade without conditions after it",
    ),
)
NO_EFFECT = fault_kind(
    "C213",
    ("门槛 {name} 没有任何作用", "gate {name} has no effect"),
    ("cap、no_grade、funding 至少其一", "at least one of cap, no_grade, funding"),
)
VALUE_FUNCTION = fault_kind(
    "C214", ("{name}（{type}）：{problem}", "{name} ({type}): {problem}"), ("{wanted}", "{wanted}")
)
EVIDENCE_ORDER = fault_kind(
    "C215",
    (
        "证据等级 {name} 的上限 {cap} 低于前一级的 {below}",
        "evidence grade {name} has a cap of {cap}, lower than {below} of the grade before",
    ),
    ("上限随证据等级不降", "caps that do not fall as evidence gets better"),
)
NO_BASE = fault_kind(
    "C216",
    ("extends: {name} 找不到", "extends: {name} cannot be found"),
    ("内置名称，或相对本文件的路径", "a built-in name, or a path relative to this file"),
    ("{near}", "{near}"),
)
EXTENDS_CYCLE = fault_kind(
    "C217",
    ("extends 首尾相接：{chain}", "extends goes in a circle: {chain}"),
    ("最终不再 extends 的文件", "a chain that ends in a file without extends"),
    ("去掉其中一处 extends", "remove one of them"),
)
SAME_ID_AS_BASE = fault_kind(
    "C218",
    ("id {name} 与被扩展的 {base} 相同", "the id {name} is that of {base}, which it extends"),
    ("自己的 id", "an id of its own"),
    ("另取一个 id", "choose another"),
)
NOT_IN_BASE = fault_kind(
    "C219",
    ("{base} 中没有 {name}", "{base} has no {name}"),
    ("被扩展文件中的 id，如 {near}", "an id of the file that is extended, such as {near}"),
    (
        "核对拼写；若是新增，补全各键",
        "look at the spelling; if it is new, give all its keys",
    ),
)
CAP_OUT_OF_REACH = fault_kind(
    "C220",
    (
        "{what}最多得 {total} 分，达不到该部分的上限 {cap}",
        "{what} bring {total} points at most and never reach the cap {cap} of their part",
    ),
    ("合计不少于 {cap} 分的指标", "indicators that bring {cap} or more"),
    ("提高指标分值，或降低该部分的 weight", "raise their weights, or lower the part's"),
)
EITHER_OR = fault_kind(
    "C221",
    ("同时写了 {first} 与 {second}", "both {first} and {second} are given"),
    ("其中之一", "one of them"),
    ("删去 {second}", "remove {second}"),
)
NEVER_CLOSES = fault_kind(
    "C222",
    (
        "门槛 {name} 的条件“{text}”不可能成立",
        "gate {name}: its condition “{text}” can never hold",
    ),
    ("至少有一种取值使其成立", "values for which it holds"),
    ("核对比较符、数值与取值范围", "look at the comparison, the number and the range"),
)
ALWAYS_CLOSES = fault_kind(
    "C223",
    (
        "门槛 {name} 的条件“{text}”对任何取值都成立",
        "gate {name}: its condition “{text}” holds whatever the values",
    ),
    ("至少有一种取值使其不成立", "values for which it does not hold"),
    ("核对比较符、数值与取值范围", "look at the comparison, the number and the range"),
)
OUT_OF_REACH = fault_kind(
    "C224",
    ("等级 {name} 达不到：{why}", "grade {name} cannot be reached: {why}"),
    ("可以达到的条件", "conditions that can be met"),
    ("降低该条件，或改评分锚点", "lower the condition, or change the anchors"),
)
NOT_SEVERAL = fault_kind(
    "C225",
    (
        "{name}（{type}，direction: {direction}）不能有 several: true",
        "{name} ({type}, direction: {direction}) cannot be stated several times",
    ),
    (
        "level 或数值类型，direction 为 max 或 min",
        "the type level or a number, with direction max or min",
    ),
    ("删去 several，或改用这样的指标", "remove several, or use an indicator that is"),
)
SORTING_ON_RAW = fault_kind(
    "C226",
    (
        "方法 {name}（{method}）按等级线分级，不能用 uses: {uses}、scaling: {scaling}",
        "method {name} ({method}) sorts by what grades ask for, and cannot take uses: {uses}, scaling: {scaling}",
    ),
    ("uses: scores，scaling: none", "uses: scores, scaling: none"),
    ("删去 uses 与 scaling", "remove uses and scaling"),
)
LIST_WEIGHT = fault_kind(
    "C301",
    ("“{name}”的权重“{text}”不是数值", "the weight “{text}” of “{name}” is not a number"),
    ("数值，如 10", "a number such as 10"),
)
LIST_STANDARD = fault_kind(
    "C302",
    (
        "“{name}”的评分标准“{text}”无法据以计分",
        "“{name}” cannot be scored by the standard “{text}”",
    ),
    (
        "如“0→0；72→50；500→100”“≥500得100分；≥72得50分”“无=0；部分=50；完成=100”“是=100；否=0”或“1-9级”",
        "such as “0→0; 72→50; 500→100”, “none=0; partial=50; complete=100”, “yes=100; no=0” or “1-9 levels”",
    ),
    ("按其中一种写法改写，得分 0 至 100", "write it in one of these ways, scores from 0 to 100"),
)
NO_INDICATORS = fault_kind(
    "C303",
    ("表头下没有指标", "there are no indicators below the header"),
    ("每行一个指标", "an indicator per row"),
)
POLICY_GAP = fault_kind(
    "P301",
    ("等级 {name} 没有对应的政策", "grade {name} has no consequence"),
    ("每个等级各有一项", "one for each grade"),
    ("在 grades: 下补上 {name}:", "add {name}: under grades:"),
)
RANGE_REVERSED = fault_kind(
    "P302",
    (
        "{key} 的下限 {low} 高于上限 {high}",
        "{key}: the least, {low}, is above the greatest, {high}",
    ),
    ("[下限, 上限]", "[least, greatest]"),
    ("对调两数", "swap the two"),
)
OTHER_CRITERIA = fault_kind(
    "P303",
    (
        "该政策写给指标体系 {wanted}，而现在用的是 {used}",
        "this policy is for the criteria set {wanted}, not for {used}",
    ),
    ("同一套指标体系的政策", "a policy for the same criteria set"),
    ("用 --policy 指定另一个政策文件", "name another with --policy"),
)
MONEY_FACT = fault_kind(
    "P304",
    ("{key} 指的 {name} 不是金额字段", "{key} names {name}, which is not a fact of type money"),
    ("type: money 的字段", "a fact of type money"),
)
NOT_CRITERIA_BOOK = fault_kind(
    "C401",
    ("不是指标体系工作簿", "no workbook of a criteria set"),
    (
        "to-excel 写出的工作簿，或有指标、权重、评分标准三列的指标表",
        "a workbook that to-excel wrote, or a list with the columns indicator, weight and standard",
    ),
    (
        "先用 to-excel 写出再编辑，或补上表头",
        "write one with to-excel and edit that, or add the headers",
    ),
)
NO_SHEET = fault_kind(
    "C402",
    ("缺少工作表“{name}”", "the sheet “{name}” is missing"),
    None,
    (
        "补回该表；没有内容时保留表头即可",
        "put it back; where it has no entries, its headings alone will do",
    ),
)
NO_COLUMN = fault_kind(
    "C403",
    ("缺少“{name}”列", "the column “{name}” is missing"),
    None,
    ("补回该列；可以留空", "put it back; it may stay blank"),
)
UNKNOWN_COLUMN = fault_kind(
    "C404",
    ("不认识的列“{name}”，其内容不会读入", "unknown column “{name}”: what it holds is not read"),
    None,
    (
        "删除该列，或把内容移到“其他”表",
        "remove it, or move what it holds to the sheet 其他 Other",
    ),
)
WRONG_CELL = fault_kind(
    "C405",
    ("“{name}”的内容 {value} 无法理解", "“{name}” holds {value}, which is not understood"),
    ("{wanted}", "{wanted}"),
)
BROKEN_CELL = fault_kind(
    "C406",
    ("公式没有结果：{value}", "a formula without a result: {value}"),
    ("一个值", "a value"),
    ("改正公式，或直接填写数值后保存", "mend the formula, or enter the value, and save"),
)
NO_ID_IN_ROW = fault_kind(
    "C407",
    ("这一行没有{name}", "this row has no {name}"),
    None,
    ("补上，或删除整行", "fill it in, or delete the row"),
)
REPEATED_IN_BOOK = fault_kind(
    "C408",
    ("{name} 已在 {place} 用过", "{name} was used in {place}"),
    ("各不相同", "each once"),
    ("改名或删除其中一个", "rename or remove one of them"),
)
UNKNOWN_IN_BOOK = fault_kind(
    "C409",
    ("没有名为 {name} 的{what}", "there is no {what} called {name}"),
    ("{near}", "{near}"),
)
LEADS_NOWHERE = fault_kind(
    "C410",
    ("路径 {name} 不指向任何内容", "the path {name} leads nowhere"),
    (
        "键、表/编号/键 或 categories/指标/类别/键",
        "key, table/id/key, or categories/indicator/category/key",
    ),
)
GIVEN_TWICE = fault_kind(
    "C411",
    ("{name} 在 {place} 已经填写", "{name} is given already, in {place}"),
    None,
    ("保留一处", "keep one of them"),
)
