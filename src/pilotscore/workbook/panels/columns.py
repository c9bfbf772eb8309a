"""What the columns of score sheets, sheets of experts and of results may be called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.criteria.names import normalise, without_brackets

# The first Chinese and the first English name are ours.
HEADERS: Mapping[str, str] = {
    "expert": "专家|专家姓名|评审专家|评委|评委姓名|阅卷人|评审人|评分人|打分人|评审员|姓名"
    "|专家编号|expert|expert name|reviewer|referee|judge|rater|assessor|evaluator|name|expert id",
    "result": "编号|成果编号|项目编号|成果|项目|申报编号|成果id|id|result|result id|proposal"
    "|proposal id|project|project id|application|application id",
    "title": "成果名称|项目名称|名称|题目|标题|title|result title|project title",
    "indicator": "指标|评价指标|评分指标|评分项|评审指标|项|indicator|criterion|criteria|item",
    "score": "分数|评分|得分|打分|分值|score|mark|points|rating|grade",
    "comment": "评语|意见|评审意见|理由|备注|comment|comments|opinion|reason|remark|remarks",
    "date": "日期|评审日期|评分日期|打分时间|时间|date|scored on|time|when",
    "group": "组别|专家组别|类别|专家类别|类型|专家类型|group|category|kind|type",
    "weight": "权重|专家权重|weight",
    "role": "角色|职务|身份|role|position",
    "unit": "单位|工作单位|所在单位|专家单位|申报单位|完成单位|承担单位|机构|unit|institution"
    "|affiliation|organisation|organization|employer|company",
    "most": "最多评审数|最多|评审上限|负荷|最大负荷|max load|most|maximum|load|max",
    "least": "最少评审数|最少|评审下限|最小负荷|min load|least|minimum|min",
    "conflict": "回避|回避对象|利益冲突|冲突|回避成果|回避单位|conflict|conflicts|recusal"
    "|conflict of interest|conflicts of interest|conflict with",
    "field": "领域|专业|研究方向|学科|专业领域|技术领域|擅长领域|field|fields|expertise"
    "|keywords|topics",
    "person": "完成人|负责人|项目负责人|主要完成人|申请人|人员|参与人|people|person|persons"
    "|applicant|applicants|principal investigator|pi|inventors",
    "email": "邮箱|电子邮箱|邮件|email|e-mail|mail",
    "stage": "轮次|阶段|评审轮次|评审阶段|stage|round|review stage|review round",
    "scale": "满分|满分值|范围|评分范围|分值范围|scale|range|full marks|full mark|max score"
    "|maximum score|out of",
    "rank": "名次|排名|排序|位次|rank|ranking|place",
    "number": "序号|no|no.|number|#",
}
ROLE_OF = {normalise(n): role for role, names in HEADERS.items() for n in names.split("|")}
_SUMS = (
    "总分|合计|总计|总评|平均|平均分|均分|综合得分|总得分|小计|加权总分|total|sum|average|mean"
    "|overall|total score|weighted total"
)
# 去掉最高最低分后平均, 加权得分, 专家平均分; 平均无故障时间 is none.
_ENDS_AS_TOTAL = re.compile(
    r".*(?:平均(?:分|值|得分)?|均分|总分|总得分|合计|总计|加权(?:得)?分|最高分|最低分|极差|标准差)"
    r"|.*\b(?:average|mean|total|sum)(?:\s+(?:score|mark)s?)?",
    re.IGNORECASE,
).fullmatch
_TOTALS = frozenset(map(normalise, _SUMS.split("|")))
# 专家1, 评委A, 专家 三, Expert 2, reviewer_b, R3, J1, E12.
_NUMBERED = re.compile(
    r"(?:专家|评委|阅卷人|评审专家|评审人|评审|expert|reviewer|referee|judge|rater|assessor"
    r"|evaluator)\s*[_\-—:： ]?\s*(?:[0-9]{1,4}|[a-z]|[一二三四五六七八九十甲乙丙丁戊己庚辛]{1,3})"
    r"|[rje][0-9]{1,4}",
    re.IGNORECASE,
).fullmatch
_SEARCHED = 30  # rows in which a header is looked for
_NAMED = re.compile(
    r"\s*(?:评审专家|专家姓名|专家|评委|阅卷人|评审人|评分人|expert|reviewer|referee|judge|assessor)"
    r"(?:\s*[(（]?(?:姓名|签名|签字|name)[)）]?)?\s*[:：]\s*(?P<name>\S.*?)?\s*",
    re.IGNORECASE,
).fullmatch


def role_of(header: str) -> str | None:
    """Return what a header of these sheets means; None where it is none of the known ones."""
    for form in (normalise(header), normalise(without_brackets(header))):
        if form in ROLE_OF:
            return ROLE_OF[form]
    return None


def is_total(header: str) -> bool:
    """Say whether a column is what the others add up to."""
    bare = without_brackets(header)
    return normalise(bare) in _TOTALS or _ENDS_AS_TOTAL(bare.strip()) is not None


def is_numbered_expert(header: str) -> bool:
    """Say whether a header is an expert by number or letter: 专家1, Reviewer B."""
    return _NUMBERED(without_brackets(header).strip()) is not None


def named_expert(cells: Sequence[Any]) -> str | None:
    """Return the expert that a row above a table names: 专家：张三, or in the next cell."""
    for place, cell in enumerate(cells):
        named = _NAMED(cell) if isinstance(cell, str) else None
        if named is None:
            continue
        if named["name"]:
            return str(named["name"])
        beside = next((str(c).strip() for c in cells[place + 1 :] if str(c).strip()), "")
        if beside:
            return beside
    return None


def roles_in(row: Sequence[Any]) -> dict[str, int]:
    """Return the first column of each role in a row."""
    roles: dict[str, int] = {}
    for column, cell in enumerate(row):
        role = role_of(cell) if isinstance(cell, str) and cell.strip() else None
        if role is not None:
            roles.setdefault(role, column)
    return roles


def by_title(row: Sequence[Any], roles: Mapping[str, int]) -> bool:
    """Say whether results go by their titles: 序号, 项目名称, 评委A, with no column of ids."""
    if "result" in roles or "expert" in roles or "title" not in roles:
        return False
    experts = any(isinstance(cell, str) and is_numbered_expert(cell) for cell in row)
    return experts or "score" in roles or "number" in roles


def header_in(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """Return the header row: the one, among the first, in which most roles are known.

    A row counts where it names experts or results beside something else.
    """
    best: tuple[int, dict[str, int]] | None = None
    for number, row in enumerate(rows[:_SEARCHED]):
        roles = roles_in(row)
        texts = sum(isinstance(cell, str) and bool(cell.strip()) for cell in row)
        if not (roles.keys() & {"expert", "result"} or by_title(row, roles)) or texts < 2:
            continue
        if best is None or len(roles) > len(best[1]):
            best = number, roles
    return best
