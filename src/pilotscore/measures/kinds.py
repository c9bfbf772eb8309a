"""The kinds of finding that the measures make: what proves a value, and for how long."""

from __future__ import annotations

from pilotscore.findings import info, warning

EXPIRED = warning(
    "E801",
    (
        "材料“{title}”已于 {expiry} 到期（评价日期 {day}），不作为证据",
        "the document “{title}” expired on {expiry} (date of assessment {day}): it proves nothing",
    ),
    mend=("换上有效的材料，或更新有效期", "bring a valid one, or its new date of expiry"),
    why_zh="材料在评价日期已过有效期，不能再证明任何东西；该指标按其余有效材料计，"
    "没有时按未注明证据计。",
    why_en="The document has expired by the date of assessment and proves nothing any more: the "
    "indicator counts with its other valid documents, or where there is none, as one that states "
    "no evidence.",
)
OTHER_GRADE = info(
    "E802",
    (
        "此处写的证据等级为 {stated}，按证据清单计为 {proven}",
        "the grade of evidence here is {stated}; by the list of documents it counts as {proven}",
    ),
    why_zh="成果表里写的证据等级与证据清单不同。清单是证据本身，表里的是说法，所以以清单为准。",
    why_en="The grade beside the value differs from that of the list of documents. The list is "
    "the evidence, the cell a statement of it: the list decides.",
)
MEASURED_COUNTS = info(
    "E803",
    (
        "{title}：填报 {stated}；由 {count} 批数据计算为 {value}（{low} 至 {high}），按 {scored} "
        "计",
        "{title}: stated {stated}; worked out from {count} batches as {value} ({low} to {high}): "
        "{scored} counts",
    ),
    why_zh="工作簿中有批次数据，该指标由它计算；填报值在计算值的置信区间之内，两者一致。"
    "计分用较不利的置信界：批次越多，界越接近计算值。",
    why_en="The workbook has batch data, from which the indicator is worked out; what is stated "
    "lies within the bounds of that value, so both agree. The less favourable bound is scored: "
    "the more batches, the nearer it is to the value.",
)
CONTRADICTED = warning(
    "E804",
    (
        "{title}：填报 {stated}，优于由 {count} 批数据计算的 {value}（{low} 至 {high}），按 "
        "{scored} 计",
        "{title}: stated {stated}, which is better than {value} ({low} to {high}) worked out from "
        "{count} batches: {scored} counts",
    ),
    expected=("与批次数据一致的数值", "a value that the batch data bear out"),
    mend=("核对填报值与批次数据", "compare what is stated with the batch data"),
    why_zh="填报值优于批次数据所能支持的范围。计分按批次数据；填报值保留在此供核对。常见原因："
    "填报的是最好的几批，或另一个特性。",
    why_en="What is stated is better than the batch data bear out. The batch data are scored; the "
    "stated value is kept here to compare. Often the best batches were stated, or another "
    "characteristic.",
)
BETTER_THAN_SAID = info(
    "E805",
    (
        "{title}：填报 {stated}，不及由 {count} 批数据计算的 {value}（{low} 至 {high}），按 "
        "{scored} 计",
        "{title}: stated {stated}, less favourable than {value} ({low} to {high}) worked out from "
        "{count} batches: {scored} counts",
    ),
    why_zh="填报值不及批次数据计算的结果。计分按批次数据。",
    why_en="What is stated is less favourable than what the batch data give. The batch data are "
    "scored.",
)
NOT_JUDGED = warning(
    "E806",
    ("{title}：{why}，该指标不得分", "{title}: {why}; the indicator scores nothing"),
    mend=("补充批次数据", "bring more batch data"),
    why_zh="批次数据太少或有问题，不能判断；指标体系规定此时该指标不得分，填报值也不计："
    "有数据而数据不能证明。",
    why_en="The batch data are too few, or faulty, and no judgement is possible. The indicator "
    "then scores nothing, whatever is stated: there are data, and they do not prove it.",
)
STATED_COUNTS = info(
    "E807",
    (
        "{title}：批次数据不能给出{measure}（{why}），按填报的 {stated} 计",
        "{title}: the batch data give no {measure} ({why}); what is stated, {stated}, counts",
    ),
    why_zh="工作簿有批次数据，但缺少计算该指标所需的内容（如限值），因此按填报值计。",
    why_en="The workbook has batch data, but not what this indicator is worked out from (limits, "
    "for example), so what is stated counts.",
)
CLAIM_CONTRADICTED = warning(
    "E808",
    (
        "{title}：填报 {stated}，优于由权属表推得的 {value}（{said}），按后者计",
        "{title}: stated {stated}, which is better than {value} as derived from the sheets of "
        "rights ({said}): the latter counts",
    ),
    expected=("与权属表、知识产权表一致的内容", "what the sheets of rights bear out"),
    mend=("核对此处与权属表，改正其一", "compare with the sheets of rights and correct one"),
    why_zh="工作簿有权属、进程或知识产权表，该指标由它们推得；此处的填报优于表中所能支持的。按推得的"
    "计分，填报保留在此供核对。",
    why_en="The workbook has sheets of parties, steps or IP rights, from which the indicator is "
    "derived; what is stated here is better than they bear out. The derived value is scored, what "
    "is stated is kept here to compare.",
)
CLAIM_EXCEEDED = info(
    "E809",
    (
        "{title}：填报 {stated}，不及由权属表推得的 {value}（{said}），按后者计",
        "{title}: stated {stated}, less favourable than {value} as derived from the sheets of "
        "rights ({said}): the latter counts",
    ),
    why_zh="填报不及权属表、知识产权表推得的结果。按推得的计分；表中若有已放弃或不属于本成果的权利，"
    "请改正。",
    why_en="What is stated is less favourable than what the sheets of rights give. The derived "
    "value is scored; correct the sheets if they list what is not of this result.",
)
CLAIM_COUNTS = info(
    "E810",
    (
        "{title}：权属表不能推得（{why}），按填报的 {stated} 计",
        "{title}: the sheets of rights do not give it ({why}); what is stated, {stated}, counts",
    ),
    why_zh="工作簿有权属、进程或知识产权表，但缺少推得该指标所需的内容，因此按填报计。缺的是证明，"
    "不等于没有。",
    why_en="The workbook has sheets of parties, steps or IP rights, but not what this indicator is "
    "derived from, so what is stated counts. What is missing is unproven, not absent.",
)
CLAIM_UNPROVEN = warning(
    "E813",
    (
        "{title}：填报 {stated}；权属表只证明 {shown}（{said}），其余未见证明（{why}），按填报计",
        "{title}: stated {stated}; the sheets of rights show {shown} ({said}), the rest is "
        "unproven ({why}): what is stated counts",
    ),
    expected=("权属表能够证明的内容", "what the sheets of rights show"),
    mend=("在权属、进程或知识产权表补充缺少的内容", "add to the sheets of rights what is missing"),
    why_zh="填报优于权属表所证明的，但表中缺的是证明，不能说填报有误：按填报计，证据等级不因此提高。",
    why_en="What is stated is better than the sheets show, but what they lack is proof, and "
    "nothing says that the claim is wrong: it counts, with no better grade of evidence.",
)
NO_SHEETS_OF_RIGHTS = info(
    "E811",
    (
        "没有可据以判断的权属、进程、收益分配或知识产权表：{gates} 未作判断",
        "no sheet of parties, steps, distributions or IP rights to judge them by: {gates}",
    ),
    mend=("需要时用 pilotscore template 生成这些工作表", "pilotscore template makes these sheets"),
    why_zh="这些门槛只看权属、进程、收益分配与知识产权表。没有表时不知道，不关闭，也不影响得分。",
    why_en="These gates go by sheets of parties, steps, distributions and IP rights alone. Without "
    "such sheets nothing is known: they do not close, and no score is touched.",
)
NO_ROW_OF_RIGHTS = info(
    "E812",
    (
        "{count} 项成果在权属、知识产权等表中没有记录（{names}），按填报计",
        "{count} results have no row in the sheets of rights ({names}): what is stated counts",
    ),
    mend=("补充这些成果的记录", "add their rows"),
    why_zh="其他成果有记录，这些没有：它们的权属与知识产权指标按填报计，相应门槛不作判断。编号写法不同"
    "也会这样。",
    why_en="Others have rows there and these have none: their indicators of ownership and IP count "
    "as stated, and the gates of rights are not judged. A different spelling of an id does this.",
)
DUE_SOON = info(
    "E814",
    (
        "权属与知识产权：90 天内到期 {count} 项（最早 {day}，{result} {title}），已过期未见证明 "
        "{past} 项",
        "rights: {count} acts are due within 90 days (first {day}, {result} {title}); past their "
        "day and unproven: {past}",
    ),
    mend=("用 pilotscore rights --due 90d 列出", "pilotscore rights --due 90d lists them"),
    why_zh="权属、知识产权等表中有日期在跑。逐项及日历文件见 pilotscore rights --due。",
    why_en="Dates run in the sheets of rights. pilotscore rights --due lists each, and writes a "
    "calendar.",
)
