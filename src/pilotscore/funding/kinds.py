"""The kinds of finding when a call meets a batch: requests, tracks, names, overrides."""

from __future__ import annotations

from pilotscore.findings import Kind, Severity
from pilotscore.language import Text

Pair = tuple[str, str]


def _kind(
    code: str, severity: Severity, found: Pair, expected: Pair | None = None, mend: Pair | None = None
) -> Kind:  # fmt: skip
    return Kind(
        code,
        severity,
        Text(*found),
        Text(*expected) if expected else None,
        Text(*mend) if mend else None,
    )


NO_REQUEST = _kind(
    "F701", "warning",
    ("{name}没有申请金额", "{name} has no sum asked for"),
    ("大于 0 的金额", "an amount above 0"),
    ("补填；否则不参与资金分配", "enter it; without it no money is given"),
)  # fmt: skip
BAD_REQUEST = _kind(
    "F702", "warning",
    ("{name}的申请金额为 {value}", "{name} asks for {value}"),
    ("大于 0 的金额", "an amount above 0"),
    ("改正；否则不参与资金分配", "correct it; as it is no money is given"),
)  # fmt: skip
BELOW_LEAST = _kind(
    "F703", "warning",
    ("{name}可得金额 {value} 低于最低资助额 {least}（{limit}）", "{name} could be given {value}, below the least grant of {least} ({limit})"),
    ("不低于最低资助额的申请", "a request of at least the least grant"),
    ("与申报单位核实，或调低 {bound}", "ask the applicant, or lower {bound}"),
)  # fmt: skip
UNKNOWN_TRACK = _kind(
    "F704", "warning",
    ("赛道“{value}”不在征集文件中（{count} 项成果）", "the track “{value}” is not in the call (results with it: {count})"),
    ("{near}", "{near}"),
    ("改正，或写入该赛道的 names", "correct it, or add it to the names of a track"),
)  # fmt: skip
EMPTY_TRACK = _kind(
    "F705", "warning",
    ("赛道“{name}”没有人申报", "nobody applied to the track “{name}”"),
    None,
    ("核对 names 的写法", "look at how its names are written"),
)  # fmt: skip
EMPTY_QUOTA = _kind(
    "F706", "error",
    ("赛道“{name}”有下限，但没有可资助的成果（{why}）", "the track “{name}” has a least amount, and no result that may be funded ({why})"),
    None,
    ("解决所述原因、核对 names 的写法与金额单位，或去掉 {key}", "mend the reason given, look at its names and at the unit of amounts, or remove {key}"),
)  # fmt: skip
UNKNOWN_RESULT = _kind(
    "F707", "error",
    ("{key} 写了 {name}，工作簿中没有这项成果", "{key} names {name}, and no result has this id"),
    ("{near}", "{near}"),
)  # fmt: skip
REQUIRED_REFUSED = _kind(
    "F708", "error",
    ("{name} 被写为必须资助，但不得资助：{reason}", "{name} must be funded, but may not be: {reason}"),
    None,
    ("从 required 中删除；门槛不能用决定代替", "remove it from required; a closed gate is not opened by decision"),
)  # fmt: skip
UNKNOWN_GROUP = _kind(
    "F709", "warning",
    ("{key} 写了“{name}”，没有成果属于它", "{key} names “{name}”, and no result belongs to it"),
    ("{near}", "{near}"),
)  # fmt: skip
NOT_MONEY = _kind(
    "F710", "error",
    ("字段 {name} 的单位 {unit} 不是 {currency} 的单位", "the fact {name} is in {unit}, which is no unit of {currency}"),
    ("与征集文件相同货币的单位", "a unit of the call's currency"),
    ("在指标体系中写明单位", "state the unit in the criteria set"),
)  # fmt: skip
NO_COST = _kind(
    "F711", "warning",
    ("{name}没有中试费用，无法核定费用占比", "{name} has no cost of the pilot, so the share of it cannot be told"),
    ("大于 0 的费用", "a cost above 0"),
    ("补填；否则不参与资金分配", "enter it; without it no money is given"),
)  # fmt: skip
POOL_CHANGED = _kind(
    "F712", "error",
    ("抽签名单现为 {count} 项，摘要 {now}…，与公布的 {published}… 不同", "the pool is of {count} results now, digest {now}..., and was published as {published}..."),
    ("与公布时相同的名单", "the pool as published"),
    ("恢复公布名单时的工作簿、征集文件与版本；确需更改则重新公布，并另定公开数值", "go back to the workbooks, the call and the version of then; or publish anew, with a new public value"),
)  # fmt: skip
TOO_MUCH = _kind(
    "F713", "warning",
    ("{name}的{what}为 {value}", "the {what} of {name} is {value}"),
    ("至多 {most}", "at most {most}"),
    ("改正；否则不参与资金分配", "correct it; as it is no money is given"),
)  # fmt: skip
CLASHES = _kind(
    "F714", "error",
    ("{title}（{key}）{how}", "{title} ({key}) {how}"),
    None,
    ("放宽所列任何一条即可；没有金额、资格不符的成果见其他提示", "loosening any one of those listed is enough; results that may not be funded are told of besides"),
)  # fmt: skip
NO_GROUP = _kind(
    "F715", "warning",
    ("{count} 项可资助的成果没有写{fact}，{key} 管不到它们", "results that may be funded and state no {fact}: {count}; {key} does not count them"),
    ("每项成果都写明", "a word for each"),
    ("补填", "enter it"),
)  # fmt: skip
ROUNDED = _kind(
    "F716", "info",
    ("{name}的金额 {value} 按分计为 {fen}", "the amount of {name}, {value}, counts as {fen}, to the cent"),
)  # fmt: skip
ASKS_TOO_MUCH = _kind(
    "F717", "warning",
    ("{name}申请 {value}，超过{what} {most}", "{name} asks for {value}, more than {what}, {most}"),
    None,
    ("多为单位弄错（元与万元）：核实后改正", "mostly a slip of the unit (元 for 万元): make sure, and correct it"),
)  # fmt: skip
NEARLY_ALIKE = _kind(
    "F718", "warning",
    ("{key}：“{first}”与“{second}”按两组计算", "{key}: “{first}” and “{second}” count as two groups"),
    None,
    ("若是同一组，统一写法，否则限额会被绕过", "if they are one, write them alike, or the cap is evaded"),
)  # fmt: skip
NEEDS_REFUSED = _kind(
    "F719", "warning",
    ("{name} 须与 {needs} 同时资助，而后者不得资助：{reason}", "{name} is funded only with {needs}, which may not be: {reason}"),
    None,
    ("删去该依赖，或先消除其原因", "remove the dependency, or mend the reason first"),
)  # fmt: skip
DECIDED_UNKNOWN = _kind(
    "F731", "error",
    ("决定了 {name}，工作簿中没有这项成果", "a decision on {name}, and no result has this id"),
    ("{near}", "{near}"),
)  # fmt: skip
DECIDED_REFUSED = _kind(
    "F732", "error",
    ("决定资助 {name}，但不得资助：{reason}", "{name} is decided to be funded, but may not be: {reason}"),
    None,
    ("先消除该原因；门槛与资格不能用决定代替", "mend that first; a closed gate or a condition is not opened by decision"),
)  # fmt: skip
DECIDED_AMOUNT = _kind(
    "F733", "error",
    ("决定给 {name} 的金额为 {amount}", "the amount decided for {name} is {amount}"),
    ("{least} 至 {most}（征集文件允许给它的金额）", "{least} to {most}, what the call allows it"),
    ("改正金额，或先修改征集文件", "correct the amount, or change the call first"),
)  # fmt: skip
OVER_LIMIT = _kind(
    "F734", "error",
    ("至此为止的决定使{title}（{key}）超出 {over}", "with this decision a limit is exceeded by {over}: {title} ({key})"),
    ("合计不超过上限", "decisions that stay within it together"),
    ("减少金额或撤销一项决定，或先修改征集文件", "lower an amount, drop a decision, or change the call first"),
)  # fmt: skip
DECIDED_REQUIRED = _kind(
    "F735", "error",
    ("决定不资助 {name}，而征集文件规定必须资助", "{name} is decided not to be funded, and the call says that it must be"),
    None,
    ("先从征集文件的 required 中删除", "remove it from required in the call first"),
)  # fmt: skip
DECIDED_CLASH = _kind(
    "F736", "error",
    ("{name} 的决定与其他规定不能同时成立", "the decision on {name} cannot hold together with other rules"),
    None,
    ("撤销或改变这项决定，或先修改征集文件中与它冲突的规定", "drop or change this decision, or change the rules of the call that it clashes with"),
)  # fmt: skip
