"""What a person should know of score sheets and of sheets of experts."""

from __future__ import annotations

from pilotscore.findings import error, info, warning

NO_SCORES = error(
    "E901",
    ("没有找到评分表", "no sheet of scores"),
    expected=(
        "一行表头：专家、成果编号、指标、分数；或每位专家一列；或每位专家一个工作簿",
        "a header row: expert, id, indicator, score; or a column for each expert; or a workbook "
        "for each expert",
    ),
    mend=(
        "补上表头，或用 pilotscore panel issue 制作评分表",
        "add the header, or make sheets with pilotscore panel issue",
    ),
    why_zh="评分表须能看出谁给哪项成果打了几分：每行一个分数（专家、编号、指标、分数），"
    "或每位专家一列，或每位专家一个工作簿（编号与各指标的列，专家写在表上方）。",
    why_en="A sheet of scores says who gave which result how much: a row for each score (expert, "
    "id, indicator, score), a column for each expert, or a workbook for each expert (ids, and a "
    "column for each indicator; the expert named above the table).",
)
NOT_A_SCORE = error(
    "E902",
    ("“{text}”不是分数", "{text!r} is no score"),
    expected=("一个数", "a number"),
    mend=("改为数字；未评则留空", "enter a number; leave it blank where there is no score"),
    why_zh="分数是一个数。读不出的分数不计入，也绝不当作 0。",
    why_en="A score is a number. One that cannot be read does not count, and is never taken for 0.",
)
OFF_THE_SCALE = error(
    "E903",
    ("{score} 超出了{indicator}的评分范围", "{score} is off the scale of {indicator}"),
    expected=("{least} 至 {most}", "{least} to {most}"),
    mend=(
        "改正分数；若范围不同，用 --scale 或在指标体系中写明",
        "correct it; where the scale is another, say so with --scale or in the criteria set",
    ),
    why_zh="超出范围的分数多为打字错误（如 850 应为 85），不计入。",
    why_en="A score off the scale is mostly mistyped (850 for 85), and does not count.",
)
SCALE_UNUSUAL = warning(
    "E943",
    (
        "{indicator}的评分范围只能认作 {least} 至 {most}，不是常用的 5、10、100 分制",
        "the scale of {indicator} can only be taken to be {least} to {most}, which is none of the "
        "usual ones (5, 10, 100)",
    ),
    expected=("0 至 5、10 或 100，或写明的范围", "0 to 5, 10 or 100, or a scale that is stated"),
    mend=(
        "核对超出的分数；范围确实不同的，用 --scale 写明",
        "check the scores beyond; where the scale is another, say so with --scale",
    ),
    why_zh="有好几个分数小于 0 或大于 100，不像是打字错误，所以都计入，范围取到最大和最小的分数。",
    why_en="Several scores lie below 0 or above 100, too many to be mistyped: they count, and the "
    "scale reaches from the least to the greatest.",
)
SCALE_ASSUMED = info(
    "E904",
    (
        "{indicator}的评分范围按最大的分数 {greatest} 认作 {least} 至 {most}",
        "the scale of {indicator} is taken to be {least} to {most}, by its greatest score "
        "{greatest}",
    ),
    mend=("用 --scale 写明", "say it with --scale"),
    why_zh="没有写明评分范围时，按全部分数取 0 至 5、10 或 100 中最小的一个。区间不会超出这个范围，"
    "范围外的分数也按它判断，所以请写明。",
    why_en="Where no scale is stated it is the least of 0 to 5, 10 or 100 that holds every score. "
    "Intervals do not reach beyond it, so it is better stated.",
)
NO_EXPERT = error(
    "E905",
    ("没有写明这些分数是谁给的", "nobody says whose these scores are"),
    expected=(
        "一列“专家”，或表上方“专家：姓名”",
        "a column “expert”, or “expert: name” above the table",
    ),
    mend=("写上专家", "name the expert"),
    why_zh="没有专家的分数不能汇总：同一专家的分数应能互相比较，回避也要核对。",
    why_en="Scores without an expert cannot be pooled: those of one expert belong together, and "
    "conflicts of interest have to be checked.",
)
EXPERT_FROM_NAME = info(
    "E906",
    (
        "专家按{what}认作“{expert}”",
        "the expert is taken to be {expert!r}, by the name of the {what}",
    ),
    mend=(
        "在表上方写“专家：姓名”，便不依赖文件名",
        "write “expert: name” above the table, which no renaming changes",
    ),
    why_zh="每位专家一个工作簿或工作表，而表中没有写明是谁时，以文件名或表名为专家名。",
    why_en="Where each expert has a workbook or sheet and it does not say whose it is, the name of "
    "the file or sheet stands for the expert.",
)
WHO_OR_WHAT = error(
    "E907",
    (
        "列“{header}”等是专家还是指标，看不出来",
        "whether the column “{header}” and those beside it are experts or indicators cannot be "
        "told",
    ),
    expected=(
        "专家的列名如“专家1”，或在“专家”表中列出；指标的列旁有一列“专家”，或表上方写“专家：姓名”",
        "experts headed as “expert 1”, or listed on a sheet of experts; indicators with a column "
        "“expert”, or “expert: name” above the table",
    ),
    mend=("改列名，或补充专家", "rename the columns, or name the experts"),
    why_zh="一张表只有编号和若干列分数时，各列可能是专家，也可能是指标；猜错会把指标当作意见分歧。",
    why_en="Where a sheet has ids and several columns of scores, the columns may be experts or "
    "indicators; a wrong guess takes indicators for differences of opinion.",
)
NO_RESULT = error(
    "E908",
    ("这个分数没有写明成果", "this score does not say which result it is for"),
    expected=("成果编号", "the id of a result"),
    mend=("补填编号", "enter the id"),
    why_zh="没有写成果编号的分数不知道属于哪项成果，因此不计入。",
    why_en="A score without the id of a result does not count.",
)
UNKNOWN_RESULT = error(
    "E909",
    ("“{result}”不是成果表中的编号{near}", "{result!r} is no id of the sheet of results{near}"),
    expected=("成果表中的编号", "an id of the sheet of results"),
    mend=("改正编号", "correct the id"),
    why_zh="有成果表时，不在其中的编号多为打字错误；这个分数不计入。",
    why_en="Where there is a sheet of results, an id that is not on it is mostly mistyped; the "
    "score does not count.",
)
UNKNOWN_EXPERT = error(
    "E910",
    ("“{expert}”不在专家表中{near}", "{expert!r} is not on the sheet of experts{near}"),
    expected=("专家表中的专家", "an expert of the sheet"),
    mend=("改正姓名，或补入专家表", "correct the name, or add the expert to the sheet"),
    why_zh="有专家表时，不在其中的人打的分不计入：组别、单位与回避都无从核对。",
    why_en="Where there is a sheet of experts, scores of anybody else do not count: group, unit "
    "and conflicts of interest could not be checked.",
)
UNKNOWN_INDICATOR = warning(
    "E911",
    (
        "“{indicator}”不是指标体系中的指标{near}",
        "{indicator!r} is no indicator of the criteria set{near}",
    ),
    expected=("指标体系中的指标", "an indicator of the set"),
    mend=("改正名称，或用 -c 指明体系", "correct the name, or name the set with -c"),
    why_zh="不在指标体系中的指标另行汇总，但不进入指数。",
    why_en="An indicator that is not in the set is pooled by itself and goes into no index.",
)
SCORED_TWICE = warning(
    "E912",
    (
        "{expert}给{result}打了两次分（另见 {other}），以较晚的一次为准",
        "{expert} scored {result} twice (also at {other}); the later one counts",
    ),
    mend=("删去不作数的一次", "remove the one that does not count"),
    why_zh="同一专家对同一成果同一指标有两个分数时，只计一次：以日期较晚的为准。",
    why_en="Two scores of one expert for one result and indicator count once: the later by date.",
)
SCORED_TWICE_UNDATED = error(
    "E913",
    (
        "{expert}给{result}打了两个不同的分数（另见 {other}），没有日期可分先后",
        "{expert} gave {result} two different scores (also at {other}), and no date says which is "
        "later",
    ),
    expected=("一个分数，或各有日期", "one score, or a date with each"),
    mend=("删去不作数的一个", "remove the one that does not count"),
    why_zh="两个不同的分数，无从知道哪个作数，因此都不计入。",
    why_en="Which of two different scores holds cannot be known, so neither counts.",
)
CONFLICT = warning(
    "E914",
    (
        "{expert}应回避{result}（{reason}），这个分数不计入",
        "{expert} has a conflict of interest with {result} ({reason}); the score does not count",
    ),
    mend=("由其他专家评审这项成果", "have another expert score this result"),
    why_zh="与成果、其单位或人员有利益关系的专家，其分数不计入，并在报告中列出。",
    why_en="A score of an expert who has to do with the result, its institution or its people does "
    "not count, and is listed in the report.",
)
CONSTANT = warning(
    "E915",
    (
        "{expert}给 {count} 项成果都打了 {score} 分",
        "{expert} gave all {count} results {score}",
    ),
    mend=("请专家确认是否真的没有区别", "ask whether there is really no difference"),
    why_zh="全部打同样分数的专家没有区分成果；其分数照计，但不能标准化。",
    why_en="An expert who gives everything the same tells nothing apart; the scores count, but "
    "cannot be standardised.",
)
UNKNOWN_GROUP = warning(
    "E916",
    ("组别“{group}”不在评审规则中{near}", "the group {group!r} is not in the panel rule{near}"),
    expected=("{groups}", "{groups}"),
    mend=("改正组别，或在规则中写明它的权重", "correct it, or give it a share in the rule"),
    why_zh="规则按组别加权时，没有权重的组不进入结果。",
    why_en="Where the rule weighs groups, one without a share goes into no value.",
)
TOTAL_LEFT_ASIDE = info(
    "E917",
    (
        "列“{header}”像是各项之和，没有当作指标",
        "the column “{header}” looks like the sum of the others, and is not taken for an indicator",
    ),
    mend=("若它本身是一项指标，请改名", "rename it where it is an indicator of its own"),
    why_zh="总分由各指标算出，再当作一项指标就重复计算了。",
    why_en="A total follows from the indicators; taken for one it would count twice.",
)
COLUMN_LEFT_ASIDE = warning(
    "E918",
    ("列“{header}”没有读取：其中没有分数", "the column “{header}” is not read: it has no scores"),
    mend=("若是分数，改为数字", "enter numbers where it is scores"),
    why_zh="一列中没有一个数，就不是分数；如果本应是分数，请改为数字。",
    why_en="A column without a single number is no scores; where it should be, enter numbers.",
)
NOT_A_NUMBER_OF = error(
    "E919",
    ("“{text}”不是{what}", "{text!r} is no {what}"),
    expected=("不小于 0 的数", "a number of 0 or more"),
    mend=("改正，或留空", "correct it, or leave it blank"),
    why_zh="专家的权重与评审数量是不小于 0 的数；读不出时按未填处理。",
    why_en="Weights of experts and numbers of results are 0 or more; one that cannot be read is "
    "taken as not stated.",
)
LISTED_TWICE = error(
    "E920",
    ("{name}在 {other} 已有一行", "{name} has a row already at {other}"),
    expected=("各一行", "one row for each"),
    mend=("合并为一行", "make it one row"),
    why_zh="同一专家或成果有两行，不知以哪行为准，以第一行为准。",
    why_en="Which of two rows of one expert or result holds cannot be known; the first is taken.",
)
CONFLICT_OF_NOBODY = error(
    "E921",
    (
        "回避“{text}”不是已知的成果、单位或人员{near}",
        "the conflict {text!r} is no known result, institution or person{near}",
    ),
    expected=("成果编号、单位或姓名", "the id of a result, an institution, or a name"),
    mend=("改正，否则这项回避不起作用", "correct it: as it stands it keeps nobody out"),
    why_zh="写错的回避等于没有回避，因此逐条核对并告知。",
    why_en="A conflict of interest that names nothing known keeps nobody out, so each is checked "
    "and told.",
)
SUMMARY_ROW = info(
    "E922",
    ("“{label}”一行不是成果，没有读取", "the row “{label}” is no result, and is not read"),
    why_zh="平均、合计、签字等行不是对成果的评分。",
    why_en="Rows of averages, totals and signatures are no scores of results.",
)
NO_EXPERTS = error(
    "E923",
    ("没有找到专家表", "no sheet of experts"),
    expected=(
        "一行表头：姓名、组别、单位、回避、领域、最多",
        "a header row: name, group, unit, conflicts, fields, most",
    ),
    why_zh="分配专家要有专家表：至少一列姓名，以及组别、单位等其中一列。",
    why_en="An assignment needs a sheet of experts: names, and at least one of group, unit and the "
    "like.",
)
NO_RESULTS = error(
    "E924",
    ("没有找到成果表", "no sheet of results"),
    expected=(
        "一行表头：编号、成果名称、完成单位、完成人、领域",
        "a header row: id, title, unit, people, fields",
    ),
    why_zh="分配专家要有成果表：至少编号，以及名称、单位、完成人、领域其中一列。",
    why_en="An assignment needs a sheet of results: ids, and at least one of title, unit, people "
    "and fields.",
)
OTHER_ROUND = error(
    "E925",
    ("{expert}交回的是另一次分配的评分表", "what {expert} sent back is of another assignment"),
    expected=("本次分配发出的评分表", "the sheet that was issued for this assignment"),
    mend=("请专家填写本次发出的评分表", "have the expert fill in the sheet of this assignment"),
    why_zh="评分表中记有该专家所分成果的编号；所分成果改过之后，旧表可能漏评或多评。他人的改动不影响。",
    why_en="A sheet holds a number of the results that its expert was given; after a change of "
    "these an old one may lack some or have too many. Changes of others do not matter.",
)
LOCKED_CHANGED = error(
    "E926",
    (
        "{expert}的评分表中锁定的内容（表头、编号、名称）被改过",
        "what is locked in the sheet of {expert} (header, ids, titles) was changed",
    ),
    expected=("与发出时相同", "as it was issued"),
    mend=("核对各行的编号，或请专家在原表上重填", "check the id of each row, or issue it anew"),
    why_zh="编号或表头改动后，分数可能落到别的成果或指标上。",
    why_en="Where ids or headers were changed, scores may stand with other results or indicators.",
)
NOT_ASSIGNED = warning(
    "E927",
    ("{expert}评了没有分配的{result}", "{expert} scored {result}, which was not assigned"),
    mend=("核对编号；若是改派，请更新分配", "check the id; where it was re-assigned, say so there"),
    why_zh="没有分配的评分照计，但可能是编号填错，或应回避。",
    why_en="A score that was not assigned counts, but the id may be wrong, or the expert may have "
    "to keep out.",
)
NOTHING_SCORED = warning(
    "E928",
    ("评分表中还没有分数", "the sheets of scores have no score yet"),
    mend=("等专家填好后再汇总", "gather them again once they are filled in"),
    why_zh="找到了评分表，而其中没有一个分数。",
    why_en="There are sheets of scores, and not one score in them.",
)
NO_CELL = error(
    "E929",
    (
        "成果表中没有指标 {indicator} 的列，专家的分值没有写入",
        "the sheet of results has no column of {indicator}: what the panel came to is not written",
    ),
    expected=("以该指标为表头的一列", "a column headed by the indicator"),
    mend=("加上这一列后重做", "add the column, and do it again"),
    why_zh="分值写入成果表中该指标的单元格；没有这一列就无处可写，也就不会进入指数。",
    why_en="A value goes into the cell of its indicator; where there is no column it is written "
    "nowhere, and comes into no index.",
)
WEIGHT_NOT_STATED = warning(
    "E930",
    (
        "{expert}没有填权重，按 1 计；其他专家的权重是 {least} 至 {most}",
        "{expert} has no weight and counts as 1; those of the others are {least} to {most}",
    ),
    mend=("补填权重；不计入的填 0", "enter the weight; 0 for an expert who is not to count"),
    why_zh="只有部分专家填了权重时，未填的按 1 计，可能远大于或远小于其他专家。",
    why_en="Where only some experts have a weight, the others count as 1, which may be far more or "
    "far less than they are meant to.",
)
TRIMMEAN_OF_FIXED_SHARE = warning(
    "E931",
    (
        "{formula} 按固定比例去掉分数：{all} 个分数去掉 {whole} 个，{present} 个则去掉 {left} 个",
        "{formula} leaves out a fixed share: {whole} of {all} scores, but {left} of {present}",
    ),
    mend=(
        "用 --how drop 汇总，写明去掉几个最高分和最低分（--drop），不论到了几位专家",
        "pool with --how drop, which leaves out a stated number of the highest and lowest "
        "(--drop), however many experts there are",
    ),
    why_zh="TRIMMEAN 把分数个数乘以比例后向下取到偶数：2/8 在 8 位专家时去掉 2 个，缺席一位时 "
    "7 × 0.25 = 1.75，一个也不去。成果之间的规则因此不同。本列没有用来汇总。",
    why_en="TRIMMEAN rounds the number of scores times the share down to an even number: 2/8 of "
    "eight are two, but with one expert away 7 × 0.25 = 1.75 is none, so that results come by "
    "different rules. The column is not used.",
)
NO_STAGE = error(
    "E932",
    ("“{text}”不是评审的轮次", "{text!r} is no stage of a review"),
    expected=("1 或 2（初评、复评）", "1 or 2 (first, second)"),
    mend=("改正轮次；只有一轮则留空", "correct it; leave it blank where there is one stage"),
    why_zh="评审最多两轮：第二轮由另一组专家评审入围的成果。看不出属于哪一轮的分数不计入。",
    why_en="A review has two stages at most, the second of which is another panel's on the best. A "
    "score whose stage cannot be told does not count.",
)
OTHER_CRITERIA = error(
    "E933",
    (
        "{expert}的评分表按{mark}发出，而现在用的是 {wanted}",
        "the sheet of {expert} was issued for {mark}, and this is {wanted}",
    ),
    expected=("同一指标体系、同一版本的评分表", "sheets of one criteria set and version"),
    mend=("用 -c 指明发出时的体系，或重新发放", "name that set with -c, or issue the sheet anew"),
    why_zh="指标、范围与分档随体系的版本而变，不同版本的分数不能放在一起。",
    why_en="Indicators, ranges and bands change with the version of a set, and scores of different "
    "versions do not belong together.",
)
BEYOND_STATED = error(
    "E934",
    (
        "“{text}”说分数是 {least} 至 {most}，而 {all} 个分数中有 {count} 个不是"
        "（如 {cell} 的 {score}）",
        "{text!r} says that scores are {least} to {most}, but {count} of {all} are not (such as "
        "{score} in {cell})",
    ),
    expected=("分数在所说的范围内", "scores on the scale that the sheet states"),
    mend=("改正所写的范围或分数", "correct the scale that is stated, or the scores"),
    why_zh="表中写的评分范围与分数不符时，不知道哪个是对的：所写的范围不采用，按分数认定并告知。",
    why_en="Where a sheet states a scale that its scores are not on, one of them is wrong: the "
    "statement is not used, and the scale is taken by the scores, which is told.",
)
STATED_OTHERWISE = warning(
    "E935",
    (
        "表中写着“{text}”，而按 {least} 至 {most} 计",
        "the sheet says {text!r}, but the scale that counts is {least} to {most}",
    ),
    mend=("核对 --scale 或指标体系中的范围", "check --scale, or the range in the criteria set"),
    why_zh="命令或指标体系写明的范围优先于表中所写；两者不同时，请核对分数是按哪个打的。",
    why_en="A scale of the command or of the criteria set goes before one that a sheet states; "
    "where they differ it is to be checked by which the scores were given.",
)
CONVERTED = warning(
    "E936",
    (
        "“{text}”的分数已换算为 {least} 至 {most}，与其他评分表一致",
        "scores of {text!r} were put on {least} to {most}, the scale of other sheets",
    ),
    mend=("各表统一用一个评分范围", "have all sheets use one scale"),
    why_zh="各评分表写明的范围不同（百分制、10分制）时，按比例换算到最宽的一个，"
    "否则 8 分与 80 分会混在一起。",
    why_en="Where sheets state different scales (0 to 100, 0 to 10), scores are put on the widest "
    "in proportion: 8 of 10 would else stand beside 80 of 100.",
)
SCALE_OF_SUM = info(
    "E937",
    (
        "“{text}”认作各项之和的满分，不是每项的范围",
        "{text!r} is taken for the full marks of all indicators together, not for the scale of "
        "each",
    ),
    mend=(
        "在各指标的表头写明范围，如“创新性（0-10）”",
        "state the scale in each header: novelty (0-10)",
    ),
    why_zh="一张表有几项指标，而各项之和都不超过所写的满分时，满分是总分的；每项的范围另行认定。",
    why_en="Where a sheet has several indicators, and they never add up to more than the full "
    "marks, these are of the sum, and the scale of each is found otherwise.",
)
TWO_SCALES = error(
    "E938",
    (
        "{indicator}的评分范围有两种写法：{cell} 为“{other}”，这里为“{text}”",
        "two scales of {indicator} are stated: {other!r} in {cell}, and {text!r} here",
    ),
    expected=("一个评分范围", "one scale"),
    mend=("统一评分范围", "state one scale"),
    why_zh="同一张表里一项指标有两个范围，不知道哪些分数按哪个打：都不采用，按分数认定并告知。",
    why_en="Where a sheet states two scales of one indicator it cannot be known which scores are "
    "on which: neither is used, and the scale is taken by the scores, which is told.",
)
ABSTAINED = info(
    "E939",
    ("“{text}”：没有评分，按空白处理", "{text!r}: no score was given, as in a blank cell"),
    why_zh="缺席、弃权、回避等写在分数的位置上，与留空相同：不是 0，也不计入。",
    why_en="Absent, abstained and recused in the place of a score are as good as a blank: no 0, "
    "and not counted.",
)
MERGED_SCORE = warning(
    "E940",
    (
        "合并单元格里的一个分数跨了几行，只计入第一行",
        "one score in a merged cell runs over several rows, and counts for the first alone",
    ),
    mend=("拆开合并，逐项填写分数", "take it apart, and enter a score for each result"),
    why_zh="合并的分数看不出是给每项成果的，还是只给第一项的。",
    why_en="Whether a merged score is of each result or of the first alone cannot be seen.",
)
BY_TITLE = info(
    "E941",
    ("没有编号列，成果按名称区分", "there is no column of ids: results go by their titles"),
    mend=("加上“编号”列", "add a column of ids"),
    why_zh="名称写法稍有不同就会成为两项成果；有编号时以编号为准。",
    why_en="Two spellings of a title would be two results; where there are ids these count.",
)
STAGE_BY_NAME = info(
    "E942",
    (
        "按{what}“{name}”认作复评（第二轮）的分数",
        "the scores are taken to be of the second stage, by the name of the {what}: {name!r}",
    ),
    mend=("写一列“轮次”", "add a column “stage”"),
    why_zh="没有“轮次”列时，表名或文件名里的初评、复评说明分数属于哪一轮。",
    why_en="Where there is no column of stages, first or second stage in the name of a sheet or "
    "file says which its scores are of.",
)
