"""The kinds of finding when a call meets a batch: requests, tracks, names, overrides."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

NO_REQUEST = warning(
    "F701",
    ("{name}没有申请金额", "{name} has no sum asked for"),
    expected=("大于 0 的金额", "an amount above 0"),
    mend=("补填；否则不参与资金分配", "enter it; without it no money is given"),
    why_zh="没有申请金额的成果照常评价、排名，但不参与资金分配：不猜测它需要多少。",
    why_en="A result without a request is assessed and ranked all the same, but gets no money: "
    "what it needs is not guessed.",
)
BAD_REQUEST = warning(
    "F702",
    ("{name}的申请金额为 {value}", "{name} asks for {value}"),
    expected=("大于 0 的金额", "an amount above 0"),
    mend=("改正；否则不参与资金分配", "correct it; as it is no money is given"),
    why_zh="申请金额须大于 0；0 或负数多为录入错误。",
    why_en="A request is above 0; zero and less are slips, mostly.",
)
BELOW_LEAST = warning(
    "F703",
    (
        "{name}可得金额 {value} 低于最低资助额 {least}（{limit}）",
        "{name} could be given {value}, below the least grant of {least} ({limit})",
    ),
    expected=("不低于最低资助额的申请", "a request of at least the least grant"),
    mend=("与申报单位核实，或调低 {bound}", "ask the applicant, or lower {bound}"),
    why_zh="按上限、费用占比与政策区间核定后的金额低于最低资助额：给这么少不符合征集规定，"
    "因此不资助。",
    why_en="After the greatest grant, the share of the cost and the policy's range, less is left "
    "than the least grant: the call does not give so little, so nothing is given.",
)
UNKNOWN_TRACK = warning(
    "F704",
    (
        "赛道“{value}”不在征集文件中（{count} 项成果）",
        "the track “{value}” is not in the call (results with it: {count})",
    ),
    expected=("{near}", "{near}"),
    mend=("改正，或写入该赛道的 names", "correct it, or add it to the names of a track"),
    why_zh="工作簿写的赛道不在征集文件中：该成果不属于任何赛道，仍可参与总预算（除非 "
    "only_tracks）。",
    why_en="The workbook names a track that the call does not have: the result belongs to none, "
    "and still competes for the budget (unless only_tracks is set).",
)
EMPTY_TRACK = warning(
    "F705",
    ("赛道“{name}”没有人申报", "nobody applied to the track “{name}”"),
    mend=("核对 names 的写法", "look at how its names are written"),
    why_zh="这个赛道没有成果：可能确实无人申报，也可能名称写法不同。",
    why_en="No result is in this track: nobody applied, or its name is written otherwise.",
)
EMPTY_QUOTA = error(
    "F706",
    (
        "赛道“{name}”有下限，但没有可资助的成果（{why}）",
        "the track “{name}” has a least amount, and no result that may be funded ({why})",
    ),
    mend=(
        "解决所述原因、核对 names 的写法与金额单位，或去掉 {key}",
        "mend the reason given, look at its names and at the unit of amounts, or remove {key}",
    ),
    why_zh="下限要求在这个赛道花钱，而其中没有可资助的成果，因此不可能达到。",
    why_en="The least amount wants money spent in a track in which no result may be funded: it "
    "cannot be met.",
)
UNKNOWN_RESULT = error(
    "F707",
    ("{key} 写了 {name}，工作簿中没有这项成果", "{key} names {name}, and no result has this id"),
    expected=("{near}", "{near}"),
    why_zh="征集文件或决定表所写的编号不在工作簿中；编号的写法须完全相同。",
    why_en="The call, or the file of decisions, names an id that no result has; ids are to be "
    "written exactly alike.",
)
REQUIRED_REFUSED = error(
    "F708",
    (
        "{name} 被写为必须资助，但不得资助：{reason}",
        "{name} must be funded, but may not be: {reason}",
    ),
    mend=(
        "从 required 中删除；门槛不能用决定代替",
        "remove it from required; a closed gate is not opened by decision",
    ),
    why_zh="门槛、等级与资格条件先于任何决定：关闭的门槛不能用“必须资助”打开。",
    why_en="Gates, grades and eligibility come before any decision: what must be funded cannot "
    "open a closed gate.",
)
UNKNOWN_GROUP = warning(
    "F709",
    ("{key} 写了“{name}”，没有成果属于它", "{key} names “{name}”, and no result belongs to it"),
    expected=("{near}", "{near}"),
    why_zh="限额写给的组（单位、地区等）在工作簿中没有成果；限额因此不起作用。",
    why_en="The cap is for a group (an institution, a region) to which no result belongs, so it "
    "has no effect.",
)
NOT_MONEY = error(
    "F710",
    (
        "字段 {name} 的单位 {unit} 不是 {currency} 的单位",
        "the fact {name} is in {unit}, which is no unit of {currency}",
    ),
    expected=("与征集文件相同货币的单位", "a unit of the call's currency"),
    mend=("在指标体系中写明单位", "state the unit in the criteria set"),
    why_zh="工作簿金额的单位须与征集文件为同一货币，否则无法相加。",
    why_en="The workbook's amounts are in another currency than the call's, or in no unit: they "
    "cannot be added.",
)
NO_COST = warning(
    "F711",
    (
        "{name}没有中试费用，无法核定费用占比",
        "{name} has no cost of the pilot, so the share of it cannot be told",
    ),
    expected=("大于 0 的费用", "a cost above 0"),
    mend=("补填；否则不参与资金分配", "enter it; without it no money is given"),
    why_zh="征集规定了资助占中试费用的最高比例；没有费用就无法核定，因此不资助。",
    why_en="The call bounds the share of the pilot's cost; without the cost it cannot be told, so "
    "nothing is given.",
)
POOL_CHANGED = error(
    "F712",
    (
        "抽签名单现为 {count} 项，摘要 {now}…，与公布的 {published}… 不同",
        "the pool is of {count} results now, digest {now}..., and was published as {published}...",
    ),
    expected=("与公布时相同的名单", "the pool as published"),
    mend=(
        "恢复公布名单时的工作簿、征集文件与版本；确需更改则重新公布，并另定公开数值",
        "go back to the workbooks, the call and the version of then; or publish anew, with a new "
        "public value",
    ),
    why_zh="名单公布之后、数值产生之前，谁也不能改变名单，抽签才公平。名单变了，说明数据、"
    "征集文件或程序版本在公布后改过。",
    why_en="A draw is fair only if nobody can change the pool once it is published. Another pool "
    "means that the data, the call or the version of the program changed after that.",
)
TOO_MUCH = warning(
    "F713",
    ("{name}的{what}为 {value}", "the {what} of {name} is {value}"),
    expected=("至多 {most}", "at most {most}"),
    mend=("改正；否则不参与资金分配", "correct it; as it is no money is given"),
    why_zh="金额大得不可能：多为单位弄错（如把元填成万元）。为避免数值溢出，这样的金额不参与计算。",
    why_en="The amount is larger than any can be: a slip of the unit, mostly. So that no sum "
    "overflows, it is not counted.",
)
NO_GROUP = warning(
    "F715",
    (
        "{count} 项可资助的成果没有写{fact}，{key} 管不到它们",
        "results that may be funded and state no {fact}: {count}; {key} does not count them",
    ),
    expected=("每项成果都写明", "a word for each"),
    mend=("补填", "enter it"),
    why_zh="限额与赛道按工作簿中的字段分组；字段空着的成果不属于任何一组，因此不受该限额约束。",
    why_en="Caps and tracks group results by a fact of the workbook; a result without it is in no "
    "group, so that the limit does not hold for it.",
)
ROUNDED = info(
    "F716",
    (
        "{name}的金额 {value} 按分计为 {fen}",
        "the amount of {name}, {value}, counts as {fen}, to the cent",
    ),
    why_zh="金额以分为最小单位计算，写得更细的部分四舍五入。",
    why_en="Money counts in whole cents; what is written finer than that is rounded.",
)
ASKS_TOO_MUCH = warning(
    "F717",
    ("{name}申请 {value}，超过{what} {most}", "{name} asks for {value}, more than {what}, {most}"),
    mend=(
        "多为单位弄错（元与万元）：核实后改正",
        "mostly a slip of the unit (元 for 万元): make sure, and correct it",
    ),
    why_zh="申请额超过全部预算，多为把元填成了万元；金额按上限核减后仍会计入，请核实。",
    why_en="A request above the whole budget is mostly one in 元 where 万元 is meant; after the "
    "greatest grant it still counts, so make sure.",
)
NEARLY_ALIKE = warning(
    "F718",
    (
        "{key}：“{first}”与“{second}”按两组计算",
        "{key}: “{first}” and “{second}” count as two groups",
    ),
    mend=(
        "若是同一组，统一写法，否则限额会被绕过",
        "if they are one, write them alike, or the cap is evaded",
    ),
    why_zh="限额按工作簿中的写法分组；同一单位或地区的两种写法各有一份限额。",
    why_en="Caps go by the words of the workbook: one institution or region written in two ways "
    "has the cap twice.",
)
NEEDS_REFUSED = warning(
    "F719",
    (
        "{name} 须与 {needs} 同时资助，而后者不得资助：{reason}",
        "{name} is funded only with {needs}, which may not be: {reason}",
    ),
    mend=("删去该依赖，或先消除其原因", "remove the dependency, or mend the reason first"),
    why_zh="它所依赖的成果不得资助，因此它自己也永远得不到资助。",
    why_en="What it needs may not be funded, so that it never is either.",
)
DECIDED_UNKNOWN = error(
    "F731",
    ("决定了 {name}，工作簿中没有这项成果", "a decision on {name}, and no result has this id"),
    expected=("{near}", "{near}"),
    why_zh="编号的写法须与工作簿完全相同。",
    why_en="Ids are to be written exactly as in the workbook.",
)
DECIDED_REFUSED = error(
    "F732",
    (
        "决定资助 {name}，但不得资助：{reason}",
        "{name} is decided to be funded, but may not be: {reason}",
    ),
    mend=(
        "先消除该原因；门槛与资格不能用决定代替",
        "mend that first; a closed gate or a condition is not opened by decision",
    ),
    why_zh="门槛、等级与资格条件先于任何决定：权属不清或无法评价的成果，不能用一行决定得到资金。",
    why_en="Gates, grades and eligibility come before any decision: a result of unclear "
    "ownership, or one that cannot be assessed, is not given money by a line in a file.",
)
DECIDED_AMOUNT = error(
    "F733",
    ("决定给 {name} 的金额为 {amount}", "the amount decided for {name} is {amount}"),
    expected=(
        "{least} 至 {most}（征集文件允许给它的金额）",
        "{least} to {most}, what the call allows it",
    ),
    mend=("改正金额，或先修改征集文件", "correct the amount, or change the call first"),
    why_zh="征集文件规定了最低与最高资助额、费用占比等；申请额也是上限。决定的金额须在其内。",
    why_en="The call bounds the grant by its least and greatest amounts and the share of the "
    "cost, and nobody gets more than was asked for. An amount that is decided stays within.",
)
OVER_LIMIT = error(
    "F734",
    (
        "至此为止的决定使{title}（{key}）超出 {over}",
        "with this decision a limit is exceeded by {over}: {title} ({key})",
    ),
    expected=("合计不超过上限", "decisions that stay within it together"),
    mend=(
        "减少金额或撤销一项决定，或先修改征集文件",
        "lower an amount, drop a decision, or change the call first",
    ),
    why_zh="按文件顺序累加，这项决定使某个上限（预算、赛道、单位限额或互斥）被突破；"
    "其余成果的资助已不计在内。",
    why_en="Added up in the order of the file, this decision breaks a limit: the budget, a track, "
    "a cap, an exclusion. Nothing but the decisions themselves (and what the call requires) is "
    "counted.",
)
DECIDED_REQUIRED = error(
    "F735",
    (
        "决定不资助 {name}，而征集文件规定必须资助",
        "{name} is decided not to be funded, and the call says that it must be",
    ),
    mend=("先从征集文件的 required 中删除", "remove it from required in the call first"),
    why_zh="征集文件与决定互相矛盾：先在征集文件中改。",
    why_en="The call and the decision contradict each other: change the call first.",
)
DECIDED_CLASH = error(
    "F736",
    (
        "{name} 的决定与其他规定不能同时成立",
        "the decision on {name} cannot hold together with other rules",
    ),
    mend=(
        "撤销或改变这项决定，或先修改征集文件中与它冲突的规定",
        "drop or change this decision, or change the rules of the call that it clashes with",
    ),
    why_zh="按这项决定，征集文件的其他规定（下限、依赖等）不能满足；冲突的规定另行列出。",
    why_en="With this decision other rules of the call (a least amount, a dependency) cannot be "
    "met; they are listed beside it.",
)
