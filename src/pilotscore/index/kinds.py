"""The kinds of finding that the assessment makes: what is missing, what could not be judged."""

from __future__ import annotations

from pilotscore.findings import Kind
from pilotscore.language import Text

REQUIRED_BLANK = Kind(
    "I501",
    "error",
    Text("必填指标“{name}”为空", "the required indicator “{name}” is blank"),
    Text("{wanted}", "{wanted}"),
    Text(
        "补填；确实未测请写“未测”（按 0 分计）",
        "enter it; if it was not measured write “not measured” (it scores 0)",
    ),
)
NOT_APPLICABLE_REFUSED = Kind(
    "I502",
    "error",
    Text(
        "“{name}”不得写不适用（原因：{reason}）",
        "“{name}” may not be marked N/A (reason given: {reason})",
    ),
    Text("{wanted}", "{wanted}"),
    Text(
        "填入数值，或核对工艺类型等字段",
        "enter a value, or look at the facts such as the process mode",
    ),
)
TOO_MUCH_NOT_APPLICABLE = Kind(
    "I503",
    "error",
    Text("维度“{name}”中不适用的权重占 {share}", "{share} of the weight of “{name}” is marked N/A"),
    Text("至多 {limit}", "at most {limit}"),
    Text(
        "减少不适用的指标，或换用适合该领域的指标体系",
        "mark fewer, or use a criteria set made for this field",
    ),
)
OPTIONAL_MISSING = Kind(
    "I504",
    "info",
    Text("“{name}”{state}：按 0 分计", "“{name}” is {state}: it scores 0"),
    None,
    Text(
        "有数据时补上，指数至多可升 {gain}",
        "enter it where there are data: worth up to {gain} of index",
    ),
)
GATE_NOT_JUDGED = Kind(
    "I505",
    "warning",
    Text(
        "门槛“{gate}”无法判断：缺少 {names}",
        "the gate “{gate}” could not be judged: {names} missing",
    ),
    None,
    Text("补填 {names}", "enter {names}"),
)
GATES_NOT_JUDGED = Kind(
    "I506",
    "warning",
    Text(
        "缺少列（{names}），以下门槛无法判断：{gates}",
        "columns missing ({names}): these gates could not be judged: {gates}",
    ),
    None,
    Text("补上这些列", "add the columns"),
)
NOT_MEANT = Kind(
    "I507",
    "info",
    Text(
        "“{name}”不适用于 {count} 项成果（仅当 {when} 时适用）：其权重分给同维度的其他指标",
        "“{name}” is not meant for {count} results (only where {when}): its weight goes to its siblings",
    ),
)
GIVEN_BUT_NOT_MEANT = Kind(
    "I508",
    "info",
    Text(
        "“{name}”不适用于该成果（仅当 {when} 时适用），此处的值未使用",
        "“{name}” is not meant for this result (only where {when}): the value is not used",
    ),
    None,
    Text("核对有关字段，或留空", "look at the facts that decide it, or leave it blank"),
)
OTHER_PROFILE = Kind(
    "I509",
    "warning",
    Text(
        "权重方案“{profile}”用于 {when}；有 {count} 项成果不符合，或未写明是否符合，如 {ids}，也按此方案计分",
        "the weight profile “{profile}” is meant for {when}; {count} results do not meet it, or do not say, "
        "such as {ids}, and were scored with it too",
    ),
    None,
    Text(
        "不同方案的名次不可比；可分开评价",
        "ranks under different profiles do not compare; assess them apart",
    ),
)
