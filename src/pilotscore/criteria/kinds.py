"""The kinds of fault that a criteria or policy file can have."""

from __future__ import annotations

from pilotscore.findings import Kind
from pilotscore.language import Text


def _fault(
    code: str,
    found: tuple[str, str],
    expected: tuple[str, str] | None = None,
    mend: tuple[str, str] | None = None,
) -> Kind:
    return Kind(
        code,
        "error",
        Text(*found),
        Text(*expected) if expected else None,
        Text(*mend) if mend else None,
    )


NOT_YAML = _fault(
    "C001",
    ("不是有效的 YAML：{problem}", "not valid YAML: {problem}"),
    ("符合 YAML 语法的文件", "a file in YAML"),
    ("检查该行的缩进、冒号与引号", "look at the indent, colons and quotes of this line"),
)
TOO_DEEP = _fault(
    "C002",
    ("嵌套过深或引用自身", "nested too deeply, or refers to itself"),
    ("至多 30 层", "at most 30 levels"),
    ("去掉多余的嵌套与锚点（&、*）", "remove nesting and anchors (&, *)"),
)
NOT_A_MAPPING = _fault(
    "C003",
    ("文件内容不是键值结构", "the file is not a list of keys and values"),
    ("以 id:、version:、title: … 开头的文件", "a file that begins with id:, version:, title: ..."),
    ("参考 pilotscore criteria show pilot-maturity", "see pilotscore criteria show pilot-maturity"),
)
MISSING_KEY = _fault(
    "C101", ("缺少 {key}", "{key} is missing"), None, ("补上 {key}:", "add {key}:")
)
UNKNOWN_KEY = _fault(
    "C102",
    ("不认识的键 {key}", "unknown key {key}"),
    ("已知的键，如 {near}", "a known key, such as {near}"),
    ("改为 {near}，或删除", "write {near}, or remove it"),
)
WRONG_TYPE = _fault(
    "C103",
    ("{key} 的值 {value} 类型不对", "{key} has the value {value}, of a wrong type"),
    ("{wanted}", "{wanted}"),
)
OUT_OF_BOUNDS = _fault(
    "C104",
    ("{key} 的值 {value} 不允许", "{key} has the value {value}, which is not allowed"),
    ("{wanted}", "{wanted}"),
)
REPEATED_KEY = _fault(
    "C105",
    ("键 {key} 在同一处写了两次", "the key {key} is written twice in one place"),
    ("每个键一次", "each key once"),
    ("删除或改名其一", "remove or rename one of them"),
)
WEIGHTS_SUM = _fault(
    "C201",
    ("{what}的权重之和为 {total}", "the weights of {what} sum to {total}"),
    ("{wanted}（差 {gap}）", "{wanted} ({gap} off)"),
    ("调整权重，或改 weights_sum", "change a weight, or weights_sum"),
)
NOT_MONOTONE = _fault(
    "C202",
    (
        "{name} 的评分函数在 {x} 处与方向 {direction} 不符（{y0} → {y1}）",
        "the value function of {name} goes against its direction {direction} at {x} ({y0} to {y1})",
    ),
    ("{shape}", "{shape}"),
    ("改锚点或 direction", "change the anchor or the direction"),
)
ANCHOR_ORDER = _fault(
    "C203",
    ("{name} 的锚点 {x1} 不在 {x0} 之后", "anchor {x1} of {name} does not come after {x0}"),
    ("原始值从小到大、互不相同", "raw values that rise, each once"),
    ("按原始值排序", "sort the anchors by raw value"),
)
REPEATED_ID = _fault(
    "C204",
    ("id {name} 已在第 {line} 行用过", "the id {name} was used on line {line}"),
    ("各不相同的 id", "ids that differ"),
    ("改其中一个", "rename one of them"),
)
SHARED_ALIAS = _fault(
    "C205",
    (
        "{alias} 同时是 {first}（第 {line} 行）与 {second} 的名称",
        "{alias} names both {first} (line {line}) and {second}",
    ),
    ("一个表头只指一个指标", "a header that means one indicator"),
    ("从其中一个删去该别名", "remove the alias from one of them"),
)
CONDITION_SYNTAX = _fault(
    "C206",
    ("条件“{text}”第 {column} 列：{problem}", "condition “{text}”, column {column}: {problem}"),
)
UNKNOWN_NAME = _fault(
    "C207",
    (
        "“{text}”第 {column} 列：没有名为 {name} 的指标或字段",
        "“{text}”, column {column}: no indicator or fact is called {name}",
    ),
    ("指标或字段的 id，如 {near}", "the id of an indicator or fact, such as {near}"),
)
UNKNOWN_CATEGORY = _fault(
    "C208",
    (
        "“{text}”第 {column} 列：{name} 没有类别 {value}",
        "“{text}”, column {column}: {name} has no category {value}",
    ),
    ("{wanted} 之一", "one of {wanted}"),
)
NOT_COMPARABLE = _fault(
    "C209",
    (
        "“{text}”第 {column} 列：{name} 不能与 {value} 比较",
        "“{text}”, column {column}: {name} cannot be compared with {value}",
    ),
    ("{wanted}", "{wanted}"),
)
UNKNOWN_REFERENCE = _fault(
    "C210",
    ("{key} 提到的 {name} 不存在", "{key} speaks of {name}, which does not exist"),
    ("{wanted} 之一", "one of {wanted}"),
)
GRADES_ORDER = _fault(
    "C211",
    (
        "等级 {name} 的指数线 {index} 不低于上一等级 {above} 的 {above_index}",
        "grade {name} asks for an index of {index}, not less than {above_index} of {above} above it",
    ),
    ("从高到低的等级", "grades from the best to the least"),
    ("按指数线从高到低排列", "order them by index, highest first"),
)
LAST_GRADE = _fault(
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
NO_EFFECT = _fault(
    "C213",
    ("门槛 {name} 没有任何作用", "gate {name} has no effect"),
    ("cap、no_grade、funding 至少其一", "at least one of cap, no_grade, funding"),
)
VALUE_FUNCTION = _fault(
    "C214", ("{name}（{type}）：{problem}", "{name} ({type}): {problem}"), ("{wanted}", "{wanted}")
)
EVIDENCE_ORDER = _fault(
    "C215",
    (
        "证据等级 {name} 的上限 {cap} 低于前一级的 {below}",
        "evidence grade {name} has a cap of {cap}, lower than {below} of the grade before",
    ),
    ("上限随证据等级不降", "caps that do not fall as evidence gets better"),
)
POLICY_GAP = _fault(
    "P301",
    ("等级 {name} 没有对应的政策", "grade {name} has no consequence"),
    ("每个等级各有一项", "one for each grade"),
    ("在 grades: 下补上 {name}:", "add {name}: under grades:"),
)
RANGE_REVERSED = _fault(
    "P302",
    (
        "{key} 的下限 {low} 高于上限 {high}",
        "{key}: the least, {low}, is above the greatest, {high}",
    ),
    ("[下限, 上限]", "[least, greatest]"),
    ("对调两数", "swap the two"),
)
OTHER_CRITERIA = _fault(
    "P303",
    (
        "该政策写给指标体系 {wanted}，而现在用的是 {used}",
        "this policy is for the criteria set {wanted}, not for {used}",
    ),
    ("同一套指标体系的政策", "a policy for the same criteria set"),
    ("用 --policy 指定另一个政策文件", "name another with --policy"),
)
MONEY_FACT = _fault(
    "P304",
    ("{key} 指的 {name} 不是金额字段", "{key} names {name}, which is not a fact of type money"),
    ("type: money 的字段", "a fact of type money"),
)
