"""What findings about calls mean, in full."""

from __future__ import annotations

from pilotscore.language import Text

CALLS = {
    "F601": Text(
        "没有单位的金额可能差一万倍，因此不猜：在金额后写单位，或在文件开头写 unit: 万元，它用于所有没写单位的金额。",
        "An amount without a unit may be off by ten thousand, so it is not guessed: write the unit behind it, or unit: 万元 at "
        "the top of the file, which then serves every amount without one.",
    ),
    "F602": Text(
        "一次征集只能用一种货币：按当时公布的汇率换算，并把汇率写在 description 中。",
        "A call has one currency: convert at a published rate, and say which in its description.",
    ),
    "F603": Text(
        "金额应为不小于 0 的数，精确到分；赛道与限额的金额可写成预算的比例，如 30%。",
        "An amount is at least 0 and exact to the cent; quotas and caps may be shares of the budget, such as 30%.",
    ),
    "F604": Text(
        "各赛道的下限不可能同时达到：它们之和超过了预算。",
        "The least amounts of the tracks cannot all be met: together they are more than the budget.",
    ),
    "F605": Text(
        "下限高于上限，没有任何分配能同时满足。",
        "The least is above the greatest: no allocation can meet both.",
    ),
    "F606": Text(
        "征集文件写了指标体系或政策中没有的名称。给出了最接近的名称；pilotscore criteria show 列出全部。",
        "The call names what the criteria set or the policy does not have. The nearest name is given; pilotscore criteria show "
        "lists them all.",
    ),
    "F607": Text(
        "各部分之和应等于整体：分期拨付之和为 100%，各阶段金额之和为总预算，并且有一档为全额。",
        "Parts have to make the whole: payments sum to 100%, stages to the total budget, and one level is full funding.",
    ),
    "F608": Text(
        "两条规定互相矛盾，任何分配都无法同时满足；去掉其中一条。",
        "Two rules contradict each other, and no allocation can meet both: remove one.",
    ),
    "F609": Text(
        "环中的每一项都要等另一项先获资助，因此谁都得不到。",
        "Each result of the circle waits for another one to be funded first, so that none ever is.",
    ),
    "F610": Text(
        "这条规定什么也限制不了，多为数字或名单写错。",
        "The rule limits nothing, as it stands: a slip of a number or of a name, mostly.",
    ),
    "F611": Text(
        "抽签的公开数值须是公布的十进制数；加引号可避免末尾的零等被改写。",
        "The public value of a draw is a decimal number as published; quotes keep zeros at its end from being lost.",
    ),
    "F701": Text(
        "没有申请金额的成果照常评价、排名，但不参与资金分配：不猜测它需要多少。",
        "A result without a request is assessed and ranked all the same, but gets no money: what it needs is not guessed.",
    ),
    "F702": Text(
        "申请金额须大于 0；0 或负数多为录入错误。",
        "A request is above 0; zero and less are slips, mostly.",
    ),
    "F703": Text(
        "按上限、费用占比与政策区间核定后的金额低于最低资助额：给这么少不符合征集规定，因此不资助。",
        "After the greatest grant, the share of the cost and the policy's range, less is left than the least grant: the call does "
        "not give so little, so nothing is given.",
    ),
    "F704": Text(
        "工作簿写的赛道不在征集文件中：该成果不属于任何赛道，仍可参与总预算（除非 only_tracks）。",
        "The workbook names a track that the call does not have: the result belongs to none, and still competes for the budget "
        "(unless only_tracks is set).",
    ),
    "F705": Text(
        "这个赛道没有成果：可能确实无人申报，也可能名称写法不同。",
        "No result is in this track: nobody applied, or its name is written otherwise.",
    ),
    "F706": Text(
        "下限要求在这个赛道花钱，而其中没有可资助的成果，因此不可能达到。",
        "The least amount wants money spent in a track in which no result may be funded: it cannot be met.",
    ),
    "F707": Text(
        "征集文件或决定表所写的编号不在工作簿中；编号的写法须完全相同。",
        "The call, or the file of decisions, names an id that no result has; ids are to be written exactly alike.",
    ),
    "F708": Text(
        "门槛、等级与资格条件先于任何决定：关闭的门槛不能用“必须资助”打开。",
        "Gates, grades and eligibility come before any decision: what must be funded cannot open a closed gate.",
    ),
    "F709": Text(
        "限额写给的组（单位、地区等）在工作簿中没有成果；限额因此不起作用。",
        "The cap is for a group (an institution, a region) to which no result belongs, so it has no effect.",
    ),
    "F710": Text(
        "工作簿金额的单位须与征集文件为同一货币，否则无法相加。",
        "The workbook's amounts are in another currency than the call's, or in no unit: they cannot be added.",
    ),
    "F711": Text(
        "征集规定了资助占中试费用的最高比例；没有费用就无法核定，因此不资助。",
        "The call bounds the share of the pilot's cost; without the cost it cannot be told, so nothing is given.",
    ),
    "F712": Text(
        "名单公布之后、数值产生之前，谁也不能改变名单，抽签才公平。名单变了，说明数据、征集文件或程序版本在公布后改过。",
        "A draw is fair only if nobody can change the pool once it is published. Another pool means that the data, the call or the "
        "version of the program changed after that.",
    ),
    "F713": Text(
        "金额大得不可能：多为单位弄错（如把元填成万元）。为避免数值溢出，这样的金额不参与计算。",
        "The amount is larger than any can be: a slip of the unit, mostly. So that no sum overflows, it is not counted.",
    ),
    "F714": Text(
        "求解器证明这些约束不能同时满足，且缺了其中任何一条就可以：它们是最小的冲突集合，放宽任何一条即可。",
        "It is proved that these constraints cannot hold together and that without any one of them they can: a smallest conflict. "
        "Loosening one of them is enough.",
    ),
    "F715": Text(
        "限额与赛道按工作簿中的字段分组；字段空着的成果不属于任何一组，因此不受该限额约束。",
        "Caps and tracks group results by a fact of the workbook; a result without it is in no group, so that the limit does not "
        "hold for it.",
    ),
    "F716": Text(
        "金额以分为最小单位计算，写得更细的部分四舍五入。",
        "Money counts in whole cents; what is written finer than that is rounded.",
    ),
    "F717": Text(
        "申请额超过全部预算，多为把元填成了万元；金额按上限核减后仍会计入，请核实。",
        "A request above the whole budget is mostly one in 元 where 万元 is meant; after the greatest grant it still counts, so make sure.",
    ),
    "F718": Text(
        "限额按工作簿中的写法分组；同一单位或地区的两种写法各有一份限额。",
        "Caps go by the words of the workbook: one institution or region written in two ways has the cap twice.",
    ),
    "F719": Text(
        "它所依赖的成果不得资助，因此它自己也永远得不到资助。",
        "What it needs may not be funded, so that it never is either.",
    ),
    "F721": Text(
        "决定文件是一张表：一行表头，每项决定一行。没有“编号”和“决定”两列，就无法知道决定了什么。",
        "A file of decisions is a table: a header row, and a row for each decision. Without a column of ids and one of "
        "decisions nobody can tell what was decided.",
    ),
    "F722": Text(
        "每项决定只能是三种之一，写法见括号外的词或其英文；其他说法可能被误解，因此不猜。",
        "A decision is one of three; any other word could mean several things, and is not guessed.",
    ),
    "F723": Text(
        "改变建议的决定须能留档备查：谁、为什么、何时。缺一项就不执行。",
        "A decision against a recommendation goes on record with who made it, why and when; without one of them it is not "
        "carried out.",
    ),
    "F724": Text(
        "日期是作出决定的那一天，写完整的年、月、日，如 2026-11-20；缺年份或无法识别的日期不猜。",
        "The date is the day of the decision, with year, month and day, such as 2026-11-20; one without its year, or in no known "
        "form, is not guessed.",
    ),
    "F725": Text(
        "金额是大于 0 的数，可带单位；单位须与征集文件为同一货币，且精确到分。",
        "An amount is a number above 0, with or without a unit of the call's currency, and to the cent at the finest.",
    ),
    "F726": Text(
        "同一成果有两项决定，不知以哪项为准，因此都不执行。",
        "Two decisions on one result: which of them holds cannot be known, so neither is carried out.",
    ),
    "F727": Text(
        "不予资助或转下一轮的成果没有金额；写了金额，说明两者之一填错了。",
        "A result that is declined or deferred is given nothing; with an amount, one of the two is wrong.",
    ),
    "F728": Text(
        "决定表中认不出的列不读取；如果其中是金额，资助就会按全额计，所以逐列告知。",
        "A column whose header is not known is not read; were it the amount, the full one would be given, so each such column is told.",
    ),
    "F729": Text(
        "同一含义的列有两列，不知以哪列为准。",
        "Two columns mean the same, and which of them holds cannot be known.",
    ),
    "F730": Text(
        "找到了表头，而其下没有一项决定：可能选错了文件或工作表。",
        "There is a header and no decision below it: the wrong file or sheet, perhaps.",
    ),
    "F731": Text(
        "编号的写法须与工作簿完全相同。", "Ids are to be written exactly as in the workbook."
    ),
    "F732": Text(
        "门槛、等级与资格条件先于任何决定：权属不清或无法评价的成果，不能用一行决定得到资金。",
        "Gates, grades and eligibility come before any decision: a result of unclear ownership, or one that cannot be assessed, "
        "is not given money by a line in a file.",
    ),
    "F733": Text(
        "征集文件规定了最低与最高资助额、费用占比等；申请额也是上限。决定的金额须在其内。",
        "The call bounds the grant by its least and greatest amounts and the share of the cost, and nobody gets more than was "
        "asked for. An amount that is decided stays within.",
    ),
    "F734": Text(
        "按文件顺序累加，这项决定使某个上限（预算、赛道、单位限额或互斥）被突破；其余成果的资助已不计在内。",
        "Added up in the order of the file, this decision breaks a limit: the budget, a track, a cap, an exclusion. Nothing but "
        "the decisions themselves (and what the call requires) is counted.",
    ),
    "F735": Text(
        "征集文件与决定互相矛盾：先在征集文件中改。",
        "The call and the decision contradict each other: change the call first.",
    ),
    "F736": Text(
        "按这项决定，征集文件的其他规定（下限、依赖等）不能满足；冲突的规定另行列出。",
        "With this decision other rules of the call (a least amount, a dependency) cannot be met; they are listed beside it.",
    ),
}
