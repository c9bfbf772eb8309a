"""The words of the reports, in both languages."""

from __future__ import annotations

import re

from pilotscore.index import Status
from pilotscore.language import Text
from pilotscore.patterns import regex

RANK = Text("名次", "Rank")
ID = Text("编号", "ID")
TITLE = Text("成果", "Result")
GRADE = Text("等级", "Grade")
GRADE_TITLE = Text("等级名称", "Grade name")
INDEX = Text("指数", "Index")
NO_INDEX = Text(
    "—（没有指数：见下面的等级与原因）",
    "— (there is none: see the grade below, and what decided it)",
)
LOW = Text("区间下限", "Interval low")
HIGH = Text("区间上限", "Interval high")
INTERVAL = Text("区间", "Interval")
UNCAPPED = Text("未设证据上限的指数", "Index without evidence caps")
GEOMETRIC = Text("几何平均", "Geometric mean")
COMPLETE_SHORT = Text("完整", "Full")
SUB_INDEXES = Text("分指数", "Sub-indexes")
UNCERTAINTY = Text("不确定度", "Uncertainty")
MEASURED_LOW = Text("按测量的指数下限", "Index as measured, least")
MEASURED_HIGH = Text("按测量的指数上限", "Index as measured, most")
GEOMETRIC_SHORT = Text("几何", "Geom")
LOWEST = Text("最低维度", "Lowest dimension")
LOWEST_SHORT = Text("最低", "Min")
COMPLETENESS = Text("完整度", "Completeness")
EVIDENCE_SHARE = Text("证据达标率", "Evidence share")
EVIDENCE_NOT_STATED = Text("未注明证据", "No evidence stated")
JUDGED_SHARE = Text("专家评判", "Judged by experts")
JUDGED_INDICATORS = Text("专家评判的指标", "Indicators judged by experts")
MEASURED_SHARE = Text("实测", "Measured")
DERIVED_SHARE = Text("由权属表推得", "Derived from rights")
STATED_SHARE = Text("申报", "Stated")
APPROVAL = Text("立项建议", "Approval")
SUPPORT = Text("政策支持", "Policy support")
FUNDING = Text("资金投入", "Funding")
AMOUNT_LOW = Text("金额下限", "Amount from")
AMOUNT_HIGH = Text("金额上限", "Amount to")
TRANSFER = Text("转化方式", "Mode of transfer")
REASON = Text("决定因素", "What decided")
CONDITIONS = Text("条件与整改", "Conditions")
SOURCE = Text("来源", "Source")
ADVICE = Text("建议", "Advice")
INDICATOR = Text("指标", "Indicator")
INDICATOR_ID = Text("指标 id", "Indicator id")
DIMENSION = Text("维度", "Dimension")
VALUE = Text("原始值", "Raw value")
EVIDENCE = Text("证据", "Evid.")
SCORE = Text("得分", "Score")
WEIGHT = Text("权重", "Weight")
CONTRIBUTION = Text("贡献", "Contrib.")
SEVERITY = Text("级别", "Severity")
CODE = Text("代码", "Code")
FILE = Text("文件", "File")
SHEET = Text("工作表", "Sheet")
CELL = Text("单元格", "Cell")
FOUND = Text("发现", "Found")
EXPECTED = Text("应为", "Expected")
MEND = Text("如何改正", "How to mend it")
COUNT = Text("个数", "Count")
UNIT = Text("单位", "Unit")
TYPE = Text("类型", "Type")
REQUIRED = Text("必填", "Required")
VALUE_FUNCTION = Text("评分函数", "Value function")
WANTED_EVIDENCE = Text("所需证据", "Evidence wanted")
BASIS = Text("依据", "Basis")
CONDITION = Text("条件", "Condition")
EFFECT = Text("作用", "Effect")
MEANING = Text("含义", "Meaning")
YES = Text("是", "yes")
NO = Text("否", "no")
NO_MONEY = Text("不安排资金", "no funding")
GATES = Text("门槛", "Gates")
GRADES = Text("等级", "Grades")
METHODS = Text("决策方法", "Decision methods")
AGGREGATION = Text("综合方式", "Aggregation")
SHEET_RANKING = Text("排名", "Ranking")
SHEET_SCORES = Text("指标得分", "Scores")
SHEET_READING = Text("读入情况", "Reading")
SHEET_FINDINGS = Text("问题清单", "Findings")
SHEET_COUNTS = Text("按类计数", "Counts")
SHEET_CRITERIA = Text("指标体系", "Criteria")
SHEET_RULES = Text("等级与门槛", "Grades and gates")
SHEET_MANIFEST = Text("溯源清单", "Manifest")

STATUS_TITLES = {
    Status.GRADED: Text("已评级", "graded"),
    Status.WITHHELD: Text("不评级", "no grade"),
    Status.NOT_ASSESSABLE: Text("无法评价", "not assessable"),
}
TYPE_TITLES = {
    "level": Text("等级", "level"),
    "number": Text("数值", "number"),
    "count": Text("个数", "count"),
    "ratio": Text("比值", "ratio"),
    "percent": Text("百分数", "percent"),
    "money": Text("金额", "money"),
    "hours": Text("小时", "hours"),
    "years": Text("年数", "years"),
    "yes_no": Text("是/否", "yes/no"),
    "category": Text("类别", "category"),
    "bands": Text("分档", "bands"),
    "text": Text("文字", "text"),
    "date": Text("日期", "date"),
}

_MARK = regex(r"\{\{|\}\}|\{\w*\}")


def wording(text: Text) -> Text:
    """Return the wording of a kind, with … for what is filled in."""
    return Text(*(_MARK.sub(_blank, text.to(lang)) for lang in ("zh", "en")))


def _blank(mark: re.Match[str]) -> str:
    return mark.group()[0] if mark.group() in ("{{", "}}") else "…"
