"""The kinds of finding that the measures make: what proves a value, and for how long."""

from __future__ import annotations

from pilotscore.findings import Kind
from pilotscore.language import Text

EXPIRED = Kind(
    "E801",
    "warning",
    Text(
        "材料“{title}”已于 {expiry} 到期（评价日期 {day}），不作为证据",
        "the document “{title}” expired on {expiry} (date of assessment {day}): it proves nothing",
    ),
    None,
    Text("换上有效的材料，或更新有效期", "bring a valid one, or its new date of expiry"),
)
OTHER_GRADE = Kind(
    "E802",
    "info",
    Text(
        "此处写的证据等级为 {stated}，按证据清单计为 {proven}",
        "the grade of evidence here is {stated}; by the list of documents it counts as {proven}",
    ),
)
MEASURED_COUNTS = Kind(
    "E803",
    "info",
    Text(
        "{title}：填报 {stated}；由 {count} 批数据计算为 {value}（{low} 至 {high}），按 {scored} 计",
        "{title}: stated {stated}; worked out from {count} batches as {value} ({low} to {high}): {scored} counts",
    ),
)
CONTRADICTED = Kind(
    "E804",
    "warning",
    Text(
        "{title}：填报 {stated}，优于由 {count} 批数据计算的 {value}（{low} 至 {high}），按 {scored} 计",
        "{title}: stated {stated}, which is better than {value} ({low} to {high}) worked out from {count} "
        "batches: {scored} counts",
    ),
    Text("与批次数据一致的数值", "a value that the batch data bear out"),
    Text("核对填报值与批次数据", "compare what is stated with the batch data"),
)
BETTER_THAN_SAID = Kind(
    "E805",
    "info",
    Text(
        "{title}：填报 {stated}，不及由 {count} 批数据计算的 {value}（{low} 至 {high}），按 {scored} 计",
        "{title}: stated {stated}, less favourable than {value} ({low} to {high}) worked out from {count} "
        "batches: {scored} counts",
    ),
)
NOT_JUDGED = Kind(
    "E806",
    "warning",
    Text("{title}：{why}，该指标不得分", "{title}: {why}; the indicator scores nothing"),
    None,
    Text("补充批次数据", "bring more batch data"),
)
STATED_COUNTS = Kind(
    "E807",
    "info",
    Text(
        "{title}：批次数据不能给出{measure}（{why}），按填报的 {stated} 计",
        "{title}: the batch data give no {measure} ({why}); what is stated, {stated}, counts",
    ),
)
