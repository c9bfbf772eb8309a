"""What columns and states of follow-up sheets are called; ours are the first and the last name."""

from __future__ import annotations

from pilotscore.criteria.names import normalise
from pilotscore.criteria.outcomes import LEVELS
from pilotscore.language import LANGS, Text
from pilotscore.workbook.filed import by_spelling

# not_yet is no failure: who has not reached a level today may reach it tomorrow.
OUTCOME_STATES = {
    "reached": Text("已达到", "reached"),
    "not_yet": Text("尚未达到", "not yet"),
    "failed": Text("已终止，不会达到", "ended without reaching it"),
    "lost": Text("失访", "lost to follow-up"),
}
MILESTONE_STATES = {
    "met": Text("已达到", "met"),
    "open": Text("进行中", "in progress"),
    "not_met": Text("未达到", "not met"),
    "lost": Text("失访", "lost to follow-up"),
}
MATCH_STATES = {
    "signed": Text("已签约", "contract signed"),
    "talking": Text("对接中", "in talks"),
    "ended": Text("未成", "came to nothing"),
    "lost": Text("失访", "lost to follow-up"),
}
HEADERS = {
    "round": "轮次|征集轮次|round",
    "result": "编号|成果编号|项目编号|id|result id|result",
    "title": "成果名称|成果|项目名称|title",
    "institution": "完成单位|单位|institution",
    "number": "期|期次|里程碑|节点|拨付期|milestone|no.|payment",
    "amount": "金额|本期金额|拨付金额|amount",
    "due": "到期日|应完成日期|due",
    "shows": "应展示|应展示的内容|考核指标|标准|what must be shown|what shows it",
    "outcome": "成效|成效层级|层级|level|outcome",
    "figure": "数值含义|figure|what the value is",
    "need": "需求编号|需求|need id|need",
    "requirement": "需求内容|requirement",
    "field": "技术领域|field",
    "enterprise": "企业|enterprise",
    "budget": "预算|budget",
    "deadline": "截止日期|deadline",
    "grade": "等级|grade",
    "score": "匹配度|match",
    "why": "匹配理由|why they match",
    "before": "此前情况|known before",
    "state": "完成情况|状态|达到情况|对接情况|status|state",
    "value": "数值或说明|数值|完成值|实际值|value",
    "date": "日期|达到日期|完成日期|date",
    "document": "证明文件|证明材料|佐证材料|文件|evidence|document",
}
COLUMN_OF = by_spelling(HEADERS)
MILESTONE_STATE_OF = by_spelling(
    {
        "met": "已达到|达到|已完成|完成|是|met|yes|done|completed",
        "open": "进行中|尚未完成|in progress|ongoing|open",
        "not_met": "未达到|未完成|否|not met|no",
        "lost": "失访|失联|lost|lost to follow-up",
    }
)
OUTCOME_STATE_OF = by_spelling(
    {
        "reached": "已达到|达到|是|reached|yes",
        "not_yet": "尚未达到|尚未|未达到|否|not yet|no",
        "failed": "已终止，不会达到|已终止|终止|ended without reaching it|ended|terminated",
        "lost": "失访|失联|lost|lost to follow-up",
    }
)
MATCH_STATE_OF = by_spelling(
    {
        "signed": "已签约|签约|合作|contract signed|signed",
        "talking": "对接中|洽谈中|in talks|talking",
        "ended": "未成|未达成|终止|came to nothing|ended|no",
        "lost": "失访|失联|lost|lost to follow-up",
    }
)


def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for level in LEVELS.values():
        spellings[normalise(level.id)] = level.id
        for lang in LANGS:
            title = level.title.to(lang)
            spellings[normalise(title)] = level.id
            spellings[normalise(title.partition(" ")[2])] = level.id
    return spellings


OUTCOME_OF = _spellings()


def ours(column: str, lang: str) -> str:
    """Return what a column is called in the workbooks that are made here."""
    spellings = HEADERS[column].split("|")
    return spellings[0] if lang == "zh" else spellings[-1]
