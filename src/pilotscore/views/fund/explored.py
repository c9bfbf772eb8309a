"""A call decided to explore: who gets what, to filter, with where the money goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pilotscore.document import Explored, Overview, Sheet
from pilotscore.language import Text
from pilotscore.runs.fund import FundReport
from pilotscore.views.fund.decisions import decisions_table
from pilotscore.views.ranking_explored import breakdown, with_scores

_SHOWN = (
    "rank",
    "id",
    "title",
    "grade",
    "index",
    "decision",
    "award",
    "track",
    "region",
    "institution",
    "instrument",
    "chance",
    "reason",
)
_FILTERS = ("decision", "grade", "track", "region", "applicant_type", "instrument", "standing")
_OVERVIEWS = (
    Overview("counts", Text("决定", "Decisions"), "decision"),
    Overview("counts", Text("各等级项数", "Results by grade"), "grade"),
    Overview("sums", Text("资金去向：赛道", "Money by track"), "track", "award"),
    Overview("sums", Text("资金去向：地区", "Money by region"), "region", "award"),
    Overview("sums", Text("资金去向：资金工具", "Money by instrument"), "instrument", "award"),
    Overview("curve", Text("按名次累计资助", "Money down the ranking"), "rank", "award"),
    Overview(
        "spans", Text("指数及其区间", "Index with its interval"), "id", "index", "low", "high"
    ),
    Overview("chances", Text("线上的概率", "Chances at the line"), "id", "chance"),
)


def explored(report: FundReport, name: Text, beside: Callable[[], Sequence[Sheet]]) -> Explored:
    """Return a call decided to explore.

    Parameters
    ----------
    report
        Of the run.
    name
        Of the list of decisions.
    beside
        Makes the sheets that say anything else.
    """
    order = report.funded.instance.problem.order
    table = with_scores(report.outcome, decisions_table(report), order)
    keys = {column.key for column in table.columns}
    return Explored(
        name=name,
        table=table,
        shown=tuple(key for key in _SHOWN if key in keys),
        filters=tuple(key for key in _FILTERS if key in keys),
        overviews=tuple(x for x in _OVERVIEWS if {x.by, x.of} - {""} <= keys),
        breakdown=breakdown(report.outcome, order),
        beside=beside,
        notes=(*report.headline(), *report.notes()),
    )
