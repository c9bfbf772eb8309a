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
