"""The kinds of finding that the assessment makes: what is missing, what could not be judged."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

REQUIRED_BLANK = error(
    "I501",
    ("必填指标“{name}”为空", "the required indicator “{name}” is blank"),
    expected=("{wanted}", "{wanted}"),
    mend=(
        "补填；确实未测请写“未测”（按 0 分计）",
        "enter it; if it was not measured write “not measured” (it scores 0)",
    ),
    why_zh="必填指标为空，这项成果不能评价，排在最后并写明原因。补填；确实没有测过就写“未测”，"
    "那样按 0 分计，仍可评价。",
    why_en="A required indicator is blank, so the result cannot be assessed: it is listed last, "
    "with the reason. Enter it, or write “not measured” if that is so: it then scores 0 and the "
    "result is assessed.",
)
NOT_APPLICABLE_REFUSED = error(
    "I502",
    (
        "“{name}”不得写不适用（原因：{reason}）",
        "“{name}” may not be marked N/A (reason given: {reason})",
    ),
    expected=("{wanted}", "{wanted}"),
    mend=(
        "填入数值，或核对工艺类型等字段",
        "enter a value, or look at the facts such as the process mode",
    ),
    why_zh="指标体系规定这个指标不得写不适用，或只有满足条件（如间歇工艺）时才可以，而这里不满足。"
    "填入数值，或改正作为条件的字段。",
    why_en="The criteria set allows no N/A here, or only on a condition (such as a batch process) "
    "that this result does not meet. Enter a value, or correct the fact on which it depends.",
)
TOO_MUCH_NOT_APPLICABLE = error(
    "I503",
    ("维度“{name}”中不适用的权重占 {share}", "{share} of the weight of “{name}” is marked N/A"),
    expected=("至多 {limit}", "at most {limit}"),
    mend=(
        "减少不适用的指标，或换用适合该领域的指标体系",
        "mark fewer, or use a criteria set made for this field",
    ),
    why_zh="一个维度中不适用的指标过多，剩下的不足以说明问题，所以不能评价。指标体系按条件（如工艺方式）"
    "允许不适用的指标不占这个限额，除非整个维度都不适用。减少不适用的项，或换用适合该领域的指标体系。",
    why_en="Too much of a dimension is marked N/A for the rest to say anything, so the result "
    "cannot be assessed. What the set allows by a condition, such as the process mode, does not "
    "count against the bound, unless all of the dimension is N/A. Mark fewer, or use a criteria "
    "set made for the field.",
)
OPTIONAL_MISSING = info(
    "I504",
    ("“{name}”{state}：按 0 分计", "“{name}” is {state}: it scores 0"),
    mend=(
        "有数据时补上，指数至多可升 {gain}",
        "enter it where there are data: worth up to {gain} of index",
    ),
    why_zh="非必填指标没有值，按 0 分计；括号中的升幅是补上最好的值时指数至多能升多少，"
    "可据此决定先补哪一项。",
    why_en="An optional indicator has no value and scores 0. The gain named is what the index "
    "could rise by at most: it says what to enter first.",
)
GATE_NOT_JUDGED = warning(
    "I505",
    (
        "门槛“{gate}”无法判断：缺少 {names}",
        "the gate “{gate}” could not be judged: {names} missing",
    ),
    mend=("补填 {names}", "enter {names}"),
    why_zh="判断这个门槛所需的值缺失，门槛没有关闭，但也没有通过。补填后结果可能降级或不予立项。",
    why_en="What this gate is judged by is missing: it was not closed, but neither was it passed. "
    "Once the values are entered, the grade may fall or the result be refused.",
)
GATES_NOT_JUDGED = warning(
    "I506",
    (
        "缺少（{names}），以下门槛无法判断：{gates}",
        "missing ({names}): these gates could not be judged: {gates}",
    ),
    mend=("补上它们", "add them"),
    why_zh="整份文件没有判断这些门槛所需的内容，所有成果都没有判断。补上它们，尤其是权属争议、"
    "学术不端之类。",
    why_en="The file has nothing by which these gates are judged, and no result was held against "
    "them. Add what is missing, that on disputes and misconduct above all.",
)
NOT_MEANT = info(
    "I507",
    (
        "“{name}”不适用于 {count} 项成果（仅当 {when} 时适用）：其权重分给同维度的其他指标",
        "“{name}” is not meant for {count} results (only where {when}): its weight goes to its "
        "siblings",
    ),
    why_zh="指标体系规定该指标只在某种条件下适用（applies_when），这些成果不符合；"
    "其权重按比例分给同一维度的其他指标，不占“不适用”的限额。",
    why_en="The set asks for this indicator only under a condition (applies_when) that these "
    "results do not meet. Its weight goes to the other indicators of its dimension, and it does "
    "not count against the bound on N/A.",
)
GIVEN_BUT_NOT_MEANT = info(
    "I508",
    (
        "“{name}”不适用于该成果（仅当 {when} 时适用），此处的值未使用",
        "“{name}” is not meant for this result (only where {when}): the value is not used",
    ),
    mend=("核对有关字段，或留空", "look at the facts that decide it, or leave it blank"),
    why_zh="按指标体系的条件，该指标不适用于这项成果，但单元格里有值。值没有使用。"
    "若条件所用的字段填错了，请改正。",
    why_en="By the condition of the set the indicator is not meant for this result, yet the cell "
    "has a value, which was not used. If a fact that the condition speaks of is wrong, mend it.",
)
OTHER_PROFILE = warning(
    "I509",
    (
        "权重方案“{profile}”用于 {when}；有 {count} 项成果不符合，或未写明是否符合，如 {ids}，"
        "也按此方案计分",
        "the weight profile “{profile}” is meant for {when}; scored with it too though it is not "
        "met, or not stated: {count} results, such as {ids}",
    ),
    mend=(
        "不同方案的名次不可比；可分开评价",
        "ranks under different profiles do not compare; assess them apart",
    ),
    why_zh="所选权重方案是为某一类成果定的，这一批里有其他类别，或有关字段没有填写、"
    "看不出类别的成果。它们也按此方案计分；把两类成果排在一张榜上前，请确认这是所要的。",
    why_en="The profile is made for one kind of result, and this batch has others, or results "
    "whose facts do not say of which kind they are, which were scored with it too. Make sure that "
    "this is meant before they stand in one list.",
)
