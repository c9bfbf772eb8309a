"""How offices head and word the rows of batch data: columns, scales, remarks."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from pilotscore.criteria.names import normalise
from pilotscore.patterns import regex
from pilotscore.workbook.tables.headers import forms


class Status(IntEnum):
    """What became of a batch, or which kind of stop a row tells of."""

    DONE = 0
    REWORKED = 1
    FAILED = 2
    DISCARDED = 3
    PLANNED_STOP = 4
    UNPLANNED_STOP = 5


class BatchScale(IntEnum):
    """The scale of a batch; storage is a sample that is kept and tested again over months."""

    LAB = 0
    PILOT = 1
    PRODUCTION = 2


# The header of each column that is not a characteristic.
COLUMNS: dict[str, frozenset[str]] = {
    "batch": forms(
        "批次|批号|批次号|批次编号|生产批号|产品批号|炉次|炉号|轮次|试验批次|样品批号|batch"
        "|batch no|batch no.|batch id|batch number|lot|lot no|lot no.|lot number|run|run no"
        "|run no.|run id|run number"
    ),
    "sample": forms(
        "样品|样号|样品号|样品编号|平行样|测点|位置|sample|sample no|sample no.|sample id"
        "|replicate|wafer|片号|件号|site|position|test position"
    ),
    "specimen": forms(
        "试棒|试棒号|棒号|试样|试样号|试样编号|试件|试件号|样条|样条号|bar|bar no|bar no.|test bar"
        "|specimen|specimen no|specimen no.|coupon|coupon no|test piece"
    ),
    "part": forms(
        "桶|桶号|罐|罐号|容器|容器号|包装|包装号|袋号|箱号|子批|子批号|亚批|亚批号|分装|分装号"
        "|cask|cask no|drum|drum no|container|container no|sublot|sublot no|sub-lot|sub lot"
        "|subbatch|sub-batch"
    ),
    "begin": forms(
        "开始|开始时间|开始日期|起始时间|开机时间|开车时间|投料时间|生产日期|日期|start|start time"
        "|begin|started|date|production date|date of production"
    ),
    "end": forms(
        "结束|结束时间|结束日期|停机时间|停车时间|出料时间|完成时间|end|end time|finish|stop"
        "|finished"
    ),
    "hours": forms(
        "运行小时|运行时数|运行时间|运行时长|时长|小时数|运行小时数|hours|running hours|run hours"
        "|hours run|duration"
    ),
    "time": forms(
        "时间|时刻|时间戳|采样时间|记录时间|日期时间|timestamp|time|datetime|date time|date/time"
        "|time stamp"
    ),
    "months": forms(
        "月份|储存时间|储存月数|存放时间|考察时间|时间点|稳定性时间|storage time|months|month"
        "|storage months|time point|storage"
    ),
    "characteristic": forms(
        "特性|质量特性|特性名称|指标|检测指标|检验项目|检测项目|项目|参数|关键属性|关键质量属性"
        "|characteristic|parameter|attribute|quality attribute|test|CQA|property"
    ),
    "value": forms(
        "数值|值|测定值|检测值|检测结果|结果值|实测值|测量值|检验结果|value|result value"
        "|measured value|measurement|reading"
    ),
    "unit": forms("单位|计量单位|unit|units"),
    "lower": forms(
        "下限|规格下限|标准下限|合格下限|LSL|lower|lower limit|lower spec"
        "|lower specification limit|min|minimum"
    ),
    "upper": forms(
        "上限|规格上限|标准上限|合格上限|USL|upper|upper limit|upper spec"
        "|upper specification limit|max|maximum"
    ),
    "target": forms("目标|目标值|标称值|target|target value|nominal"),
    "spec": forms(
        "标准|质量标准|内控标准|企业标准|标准要求|标准规定|规格|规格要求|质量要求|技术要求|指标要求|限度|限度要求"
        "|spec|specification|specifications|acceptance criteria|acceptance criterion"
    ),
    "scale": forms("规模|阶段|试验规模|scale|stage"),
    "remark": forms(
        "备注|说明|状态|处置|处理|批次状态|remark|remarks|status|note|notes|comment|disposition"
    ),
    "reason": forms("原因|理由|弃用原因|停车原因|停机原因|报废原因|reason|cause"),
    "judged": forms(
        "判定|是否合格|合格|结论|检验结论|合格与否|qualified|conforming|pass|verdict|in spec"
        "|pass/fail"
    ),
}
# What a row below the header of a wide sheet can say of its columns.
LIMIT_ROWS = {name: COLUMNS[name] for name in ("unit", "lower", "upper", "target")}
# The name of a sheet that leaves no doubt of what it holds.
SHEET_NAME = regex(
    r"批次|批记录|批数据|炉次|运行记录|运行数据|开停车|batch|\blots?\b|\bruns?\b", re.IGNORECASE
)
SERIES_NAME = regex(
    r"连续运行|运行数据|时间序列|时序|历史趋势|\brunning\b|time.?series|\btrends?\b", re.IGNORECASE
)

_SCALES = {
    BatchScale.LAB: forms("小试|实验室|实验|lab|laboratory|bench|bench scale|lab scale"),
    BatchScale.PILOT: forms("中试|中间试验|试产|pilot|pilot scale|pilot plant"),
    BatchScale.PRODUCTION: forms(
        "生产|工业|产业化|工业化|量产|大生产|production|industrial|commercial|full scale"
    ),
}
# In this order: the more special word goes before the one that it contains.
_REMARKS = tuple(
    (status, regex(pattern, re.IGNORECASE))
    for status, pattern in (
        (
            Status.UNPLANNED_STOP,
            r"非计划停|计划外停|故障停|异常停|跳车|跳停|紧急停|unplanned\s+(?:stop|shutdown|outage)"
            r"|\btrip(?:ped)?\b|emergency (?:stop|shutdown)|breakdown",
        ),
        (
            Status.PLANNED_STOP,
            r"计划停|计划检修|定期检修|例行停|停车检修|planned\s+(?:stop|shutdown|outage|maintenance)"
            r"|scheduled\s+(?:stop|shutdown|maintenance)",
        ),
        (
            Status.DISCARDED,
            r"弃用|报废|作废|剔除|舍弃|废弃|不计入"
            r"|discard\w*|scrap\w*|void\w*|excluded?\b|abandon\w*",
        ),
        (Status.REWORKED, r"返工|返修|重新加工|复加工|rework\w*|reprocess\w*"),
        (
            Status.FAILED,
            r"不合格|未合格|不达标|未达标|超标"
            r"|fail\w*|non-?conform\w*|out of spec\w*|\boos\b|reject\w*",
        ),
    )
)
# 未报废, 没有发生返工, 返工：无, no rework: what is denied right before or behind a word.
_DENIED_BEFORE = regex(
    r"(?:无|没有|没|未|并未|尚未|从未|无需|不需|不用|不予|不|非|免)(?:发生|出现|进行|任何|被|再|曾|经|作|做|予|有)*\s*$"
    r"|\b(?:no|not|never|without|none)\s+(?:(?:been|be|any|was|were)\s+)*$",
    re.IGNORECASE,
)
_DENIED_BEHIND = regex(
    r"(?:批次?|数|次数|车|机)?\s*[:：]?\s*(?:无|没有|否|none|no|0)\s*(?:次|批|$|[,，;；。])",
    re.IGNORECASE,
)
_YES = forms("是|合格|通过|达标|符合|yes|y|true|pass|passed|ok|√|✓|1|qualified|conforming")
_NO = forms("否|不合格|未通过|不达标|不符合|no|n|false|fail|failed|×|x|0|unqualified|nonconforming")
_JOINTS = " ：:，,。.;；-—（）()【】[]"


def scale_of(text: str) -> BatchScale | None:
    """Return the scale that a word names; None where it names none."""
    for part in map(normalise, (text, *text.split("/"))):  # as a template for both has them
        scale = next((s for s, words in _SCALES.items() if part in words), None)
        if scale is not None:
            return scale
    return None


@lru_cache(maxsize=1 << 12)
def status_of(remark: str) -> tuple[Status, str]:
    """Return what a remark says became of a batch, and the rest of it: the reason."""
    for status, pattern in _REMARKS:
        remark, match = _stated(pattern, remark)
        if match is not None:
            rest = (remark[: match.start()] + " " + remark[match.end() :]).strip(_JOINTS)
            return status, re.sub(r"^(?:批次?|车|机|原因)\s*[：:]?\s*", "", rest).strip(_JOINTS)
    return Status.DONE, ""


def _stated(pattern: re.Pattern[str], remark: str) -> tuple[str, re.Match[str] | None]:
    """Return where a remark says something, and the remark with what it denies blotted out."""
    for match in pattern.finditer(remark):
        before, behind = remark[: match.start()], remark[match.end() :]
        if not (_DENIED_BEFORE.search(before) or _DENIED_BEHIND.match(behind)):
            return remark, match
        remark = before + "\0" * len(match.group()) + behind
    return remark, None


@lru_cache(maxsize=1 << 12)
def says_failed(remark: str) -> bool:
    """Say whether a remark says that a batch failed, whatever else it says became of it."""
    return _stated(dict(_REMARKS)[Status.FAILED], remark)[1] is not None


def judgement(text: str) -> int | None:
    """Return 1 for qualified, 0 for not, -1 where nothing is said, None where it is neither."""
    if not text.strip():
        return -1
    for part in (text, *text.split("/")):
        reduced = normalise(part)
        if reduced in _YES:
            return 1
        if reduced in _NO:
            return 0
    return None
