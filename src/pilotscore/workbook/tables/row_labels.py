"""Tells by its label what a row is that holds no result and no batch: a total, a limit, a note.

One vocabulary for tables of results and for sheets of batches, compared without blanks, brackets,
numbering and signs around the words: 合 计, 合计（12项）, 二、小计 and TOTAL: are all totals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import Enum, IntEnum
from functools import lru_cache
from typing import NamedTuple

from pilotscore.criteria.names import without_brackets
from pilotscore.language import Text
from pilotscore.patterns import regex


class RowKind(Enum):
    """What a row is that is no result."""

    TOTAL = "total"
    AVERAGE = "average"
    EXTREME = "extreme"
    SPREAD = "spread"
    COUNT = "count"
    SPECIFICATION = "specification"
    LOWER = "lower"
    UPPER = "upper"
    TARGET = "target"
    CONTROL = "control"
    COMPARISON = "comparison"
    WEIGHT = "weight"
    UNIT = "unit"
    EXPLANATION = "explanation"
    EXAMPLE = "example"
    CLOSING = "closing"


TITLES: dict[RowKind, Text] = {
    RowKind.TOTAL: Text("合计", "a total"),
    RowKind.AVERAGE: Text("平均", "an average"),
    RowKind.EXTREME: Text("最大或最小值", "an extreme"),
    RowKind.SPREAD: Text("离散程度", "a spread"),
    RowKind.COUNT: Text("个数", "a count"),
    RowKind.SPECIFICATION: Text("标准或规格", "a specification"),
    RowKind.LOWER: Text("下限", "a lower limit"),
    RowKind.UPPER: Text("上限", "an upper limit"),
    RowKind.TARGET: Text("目标值", "a target"),
    RowKind.CONTROL: Text("控制界限", "control limits"),
    RowKind.COMPARISON: Text("往期数或增减", "figures of another period, or a change"),
    RowKind.WEIGHT: Text("权重或满分", "weights or full marks"),
    RowKind.UNIT: Text("单位", "a row of units"),
    RowKind.EXPLANATION: Text("填写说明", "an explanation"),
    RowKind.EXAMPLE: Text("示例", "an example"),
    RowKind.CLOSING: Text("签字或附注", "a signature or note"),
}
# What sums up the rows above, or judges them: nothing that is measured.
SUMMARIES = frozenset(
    {RowKind.TOTAL, RowKind.AVERAGE, RowKind.EXTREME, RowKind.SPREAD, RowKind.COUNT}
)
LIMITS = frozenset({RowKind.LOWER, RowKind.UPPER, RowKind.TARGET})


class Sureness(IntEnum):
    """How sure a label is: it only begins as one, a result may have it too, or none has."""

    HARDLY = 0
    PERHAPS = 1
    SURE = 2


class RowLabel(NamedTuple):
    """What a label says of its row, and how surely."""

    kind: RowKind
    sureness: Sureness = Sureness.SURE


# What a total or average may be of: 本页合计, 全省平均, A类小计.
_ANY = r".{0,8}?"
_OF = (
    r"(?:本页|本表|本批|本组|本类|本年|各项|各批|全部|全体|全省|全市|全县|全区|全国|全年|以上|上述|总体|整体|总|批间|批内"
    r"|加权|算术|几何|样本|行业|历史|年度|月度|累计)?"
)
_OF_WHAT = (
    r"(?:数|额|值|量|数量|数值|金额|经费|费用|资金|分|分值|分数|得分|成绩|水平|人数|项数|批数|件数|项目|项目数|个数"
    r"|价|率|元|万元|亿元)?"
)
_COUNTED = r"(?:[:：]?(?:共|计|共计)?\d[\d.,]*(?:个?[项个批件家人条次种页]|万?元|亿元)?)?"
_SURE: tuple[tuple[RowKind, str], ...] = (
    (
        RowKind.TOTAL,
        rf"{_ANY}(?:合计|总计|小计|共计){_OF_WHAT}{_COUNTED}"
        rf"|{_OF}(?:累计|总和|求和|汇总|合共){_OF_WHAT}{_COUNTED}"
        r"|其中[:：].{1,20}"
        r"|总(?:数|额|分|量|值|金额|数量|经费|费用|人数)"
        r"|(?:grand |sub|sub-|sub |page |sheet |running |overall |cumulative |column )?totals?"
        r"(?: amount| number| score| sum| cost| value| budget| of .{1,20})?|sum|subtotals?",
    ),
    (
        RowKind.AVERAGE,
        rf"{_OF}(?:平均|均值|平均值|平均数|均分|中位数|中位值|中值|众数){_OF_WHAT}|x[\u0304\u0305]|x-?bar"
        r"|(?:overall |arithmetic |geometric |weighted |group |grand )?"
        r"(?:mean|average|avg\.?|median)(?: values?| scores?)?",
    ),
    (
        RowKind.EXTREME,
        rf"{_OF}(?:最[高低大小优差](?:值|分|数|得分|分数|价|额|者)?|极[大小]值|极差|峰值)"
        r"|max(?:imum|\.)?(?: values?| scores?)?|min(?:imum|\.)?(?: values?| scores?)?"
        r"|(?:highest|lowest|greatest|smallest|largest)(?: values?| scores?)?",
    ),
    (
        RowKind.SPREAD,
        rf"{_OF}(?:标准偏?差|相对标准偏?差|均方差|方差|变异系数|离散系数|相对偏差|平均偏差){_OF_WHAT}"
        r"|(?:相对标准偏?差|标准偏?差|变异系数|标准误差?)?"
        r"(?:rsd|sd|s\.d\.|cv|c\.v\.|sem|s\.e\.m\.|std|σ|stdev|std?\.? ?dev\.?)%?"
        r"|(?:relative )?(?:standard deviation|std\.? deviation)|variance|coefficient of variation"
        r"|(?:standard|std\.?) error|标准误差?|标准偏差s|差异系数|均方根(?:误差|值)?"
        r"|(?:\d\d%?)?(?:置信|可信)(?:区间|限|上限|下限|界)"
        r"|(?:\d\d% ?ci|(?:\d\d% ?)?confidence (?:interval|limits?))"
        r"|%rsd|%cv|cpk|ppk|过程能力(?:指数)?(?:cpk|ppk)?",
    ),
    (
        RowKind.COUNT,
        r"样本(?:数|量)|批次?数量?|总批[次数]|计数|n=\d+"
        r"|count|number of (?:batches|results|samples)",
    ),
    (
        RowKind.SPECIFICATION,
        r"(?:质量|内控|企业|国家|行业|验收|合格|放行|产品|企标|国标|控制)(?:标准|规格|指标|要求|限度)"
        r"(?:值|要求|限|范围)?"
        r"|标准(?:值|要求|限|范围|限度)|规格(?:要求|限|值|标准|范围)|限度|限值|标准规定|指标要求|考核指标值"
        r"|(?:规格|标准|质量|内控)?上下限|(?:合格|允许|允差|要求)范围"
        r"|控制范围|specs?\.?|specifications?|spec(?:ification)? limits?"
        r"|(?:中国)?药典(?:标准|规定|要求|限度)|限度要求|(?:可接受|接受|验收)(?:标准|限度?|范围|准则)"
        r"|(?:合同|任务书|协议|约定|考核)指标值?|acceptance (?:criteria|limits?)",
    ),
    (
        RowKind.LOWER,
        r"(?:规格|标准|合格|质量|内控|允许|考核)?下限(?:值|lsl)?|lsl"
        r"|lower(?: spec(?:ification)?\.?)?(?: limit)?",
    ),
    (
        RowKind.UPPER,
        r"(?:规格|标准|合格|质量|内控|允许|考核)?上限(?:值|usl)?|usl"
        r"|upper(?: spec(?:ification)?\.?)?(?: limit)?",
    ),
    (
        RowKind.TARGET,
        r"(?:规格|标准|考核|质量)?目标值|考核目标|标称值|设计值|计划[值数]"
        r"|target(?: values?)?|nominal(?: values?)?",
    ),
    # Worked out from the batches themselves, or for the shop floor: no limits of quality.
    (
        RowKind.CONTROL,
        r"(?:警戒|警告|行动|报警|纠偏|控制)(?:上|下)?限(?:度|值)?(?:ucl|lcl)?|(?:控制)?中心线(?:cl)?"
        r"|ucl|lcl|(?:upper|lower)? ?control limits?|(?:alert|action|warning) limits?",
    ),
    (
        RowKind.COMPARISON,
        r"(?:上年|去年|上期|上季度?|上月|往年|前期)(?:同期|度)?[数值]?|同期[数值]?|基期[数值]?"
        r"|(?:同比|环比)(?:增减|增长|增幅|增速|变化)?率?|增长率|增幅|增减[率额]?"
        r"|[较比](?:上年|去年|上期|同期).{0,6}"
        r"|(?:last|previous|prior) (?:year|period|quarter)|growth(?: rate)?|yoy",
    ),
    (
        RowKind.WEIGHT,
        r"(?:指标)?权重(?:系数|值|分|分值)?|权数|满分(?:值|分值)?|标准分(?:值)?|分值"
        r"|weights?|weightings?|full marks|(?:max(?:imum)? )?points",
    ),
    (RowKind.UNIT, r"计量单位|单位[:：]?|units?"),
    (
        RowKind.EXPLANATION,
        r"填[写报表]说明|指标说明|填写要求|填报要求|必填|选填"
        r"|explanations?|instructions|how to fill in",
    ),
    (
        RowKind.CLOSING,
        r"以下(?:为|无)?(?:空白|内容|正文)|[转接][上下]页|[过承][次前]页|续上?表"
        r"|第\d+页(?:[,，/]?共\d+页)?|page \d+(?: of \d+|/\d+)?"
        r"|(?:blank|nothing) below|end of (?:table|data)",
    ),
)
# Words that head such rows, but that a result may be called by as well.
_PERHAPS: tuple[tuple[RowKind, str], ...] = (
    (
        RowKind.SPECIFICATION,
        r"标准|规格|要求|指标|考核指标|技术要求|技术指标|standards?|requirements?|limits?|criteria",
    ),
    (RowKind.TARGET, r"目标|targets?|goals?"),
    (RowKind.EXPLANATION, r"说明|要求|格式|备注|notes?|required"),
    (
        RowKind.COUNT,
        r"个数|数量|项数|不?合格(?:批次?|项|件)?数|合格率|达标率|占比|比例|percent(?:age)?|share|n",
    ),
    (RowKind.TOTAL, r"其中.{1,12}|of which.{0,20}|合|计|总|summary|overall|总体|合并"),
    (RowKind.SPECIFICATION, r"国标|企标|行标|(?:中国)?药典|usp|ch\.?p"),
    (RowKind.TARGET, r"计划"),
    (RowKind.EXPLANATION, r"结论|判定(?:结果)?|(?:综合)?评价|评语|检验结[论果]|conclusion|verdict"),
    (RowKind.AVERAGE, r"mode"),
    (RowKind.SPREAD, r"cp|pp|s|var"),
    (RowKind.EXTREME, r"best|worst|range"),
)
# What only begins as such a word: 合计甲, 平均粒径.
_HARDLY: tuple[tuple[RowKind, str], ...] = (
    (RowKind.TOTAL, r"(?:合计|总计|小计|共计|累计|汇总).{1,2}"),
    (RowKind.AVERAGE, r"平均.{1,2}"),
    (RowKind.EXTREME, r"最[高低大小].{1,2}"),
)
# A title may begin with such a word (Sample Return Robot): it is sure where nothing follows.
_EXAMPLE = regex(
    r"[(（【\[]?(?:填写)?(?:示例|样例|举例|例(?=[\d:：])|(?:example|sample|e\.g\.)(?![a-z]))"
    r"(?P<ends>\s*(?:[:：)）】\]]|[\d\W]{0,4}$))?"
)
_SIGNED = (
    r"填[表报]人|制表人?|编制人?|审核人?|复核人?|审批人?|批准人?|经办人|负责人|联系人|记录人|操作人|检验人|统计人|报送人"
    r"|填[表报]日期|制表日期|填报时间|联系电话|电话|填报单位|申报单位|推荐单位|主管部门|单位负责人|签字|签名|盖章|日期|注|注释|备注|说明"
    r"|填[表报写]说明|附注|数据来源|资料来源|来源"
)
_SIGNED_EN = (
    "prepared by|approved by|checked by|reviewed by|signature|signed|date|notes?|source|remarks?"
)
_CLOSING = regex(
    rf"(?:(?:{_SIGNED})(?:\d{{0,2}})(?:[(（]?(?:签字|签名|盖章|公章|签章)?[)）]?)"
    rf"|(?:{_SIGNED_EN})\s*\d{{0,2}})\s*(?:[:：、.]|$)"
)


def _wholly(listed: tuple[tuple[RowKind, str], ...]) -> Callable[[str], re.Match[str] | None]:
    """Return what matches a word as a whole; the kind is the name of the group that did."""
    kinds: dict[RowKind, list[str]] = {}
    for kind, pattern in listed:
        kinds.setdefault(kind, []).append(pattern)
    groups = (f"(?P<{k.name}>{'|'.join(patterns)})" for k, patterns in kinds.items())
    return re.compile("|".join(groups)).fullmatch


_WORDS = (
    (Sureness.SURE, _wholly(_SURE)),
    (Sureness.PERHAPS, _wholly(_PERHAPS)),
    (Sureness.HARDLY, _wholly(_HARDLY)),
)
_CJK = "[\u3400-\u9fff]"
_BLANKS = regex(rf"(?<={_CJK})\s+|\s+(?={_CJK})|[\u200b-\u200d\u2060\ufeff]")
_NUMBERING = regex(r"^(?:第?[一二三四五六七八九十]{1,3}|\d{1,3}|[①-⑳])\s*[、.．)）]\s*(?=\D)")
# RSD, %: the unit of what is stated.
_IN_PERCENT = regex(r"(?<=\w)\s*[,，/\s]\s*%$")
# Between the words of one label: 均值±标准差, 合计/平均.
_SEVERAL = regex(r"\s*[±/、+&]\s*|[或及和与]|\s(?:and|or)\s")
_TRADITIONAL = str.maketrans("計總標準規單說備註數額極", "计总标准规单说备注数额极")
_AROUND = " \t\r\n:：;；,，、。-—–_*#=>＝【】[]「」“”\"'"
_LONGEST = 60
_LONGEST_WORD = 32
# A sign that some label has, by which most texts are known for none at once.
_SIGNS = re.compile(
    "[合总小共累求汇计平均中众最极峰偏方标系过样批个数项规限控指要下上目设单必选说示举格备达占权满分比签盖审日来附其總標規單說備]"
    r"\s*[计和数额分量值金经费人体总均位高低大小优差准程本次格度制标求限称位填例式注率章字核期中源計準明註并比置门料材价分力均線重]"
    r"|^\W*[合计总例注填制编审复批经负联记操检统报申推主电]|[Ａ-Ｚａ-ｚσ\u0304\u0305]"
).search
# The same of rarer labels, looked for only where a letter of theirs is there at all.
_RARER_SIGNS = re.compile(
    r"[上去往]年|[上同前基]期|上季|上月|同比|环比|增[长减幅]|国标|企标|行标|药典|接受|[戒告动警偏][上下]?限|空白"
    r"|[上下次前]页|续上?表|[置可]信|中心线|[同书议定核]指标|考核目标|计划|结论|判定|评[价语]|检验结|验收|第\s*\d"
    r"|\d%\s*[Cc][IiOo]|Page\s*\d|差异系|合格|均方|以下"
).search
_HAS_A_LETTER = re.compile(
    "[上去往同前基环增国企行药接戒告动警偏空下次续置可心书议定核考计结判评检验第差合均以%P]"
).search
# P-0001, PC2026-17: what most ids and batch numbers look like (example1 and sample-2 do not count).
_IS_NUMBERED = re.compile(r"[^\W_eEsS\d][\w\-./]*\Z").match
_WORDS_ALONE = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,3}[、.．)）])?"
    r"[^\w%]*[A-Za-z%][A-Za-z.% \-]*(?: \d{1,3}$|[^\w\-.% ]|$)"
).match


_TO_SIGN = regex(
    r"(?:盖|签|公|印)章|签字|签名|手签|\b(?:stamp|seal|signature|signed|sign here)\b", re.IGNORECASE
)


def is_signed(text: str) -> bool:
    """Say whether a text asks for a signature or a stamp: 申报单位（盖章）."""
    return _TO_SIGN.search(squeezed(text)) is not None


def is_closing(text: str) -> bool:
    """Say whether a text begins what ends a form or table: who signs, a date, a note."""
    label = label_of(text)
    return label is not None and label.kind is RowKind.CLOSING


def squeezed(text: str) -> str:
    """Return a text as labels are compared: plain forms, small letters, no blanks in Chinese."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if " " in plain or not plain.isprintable():
        plain = _BLANKS.sub("", plain)
    return plain.translate(_TRADITIONAL)


def label_of(text: str) -> RowLabel | None:
    """Return what a label says of its row; None where the text is none."""
    if text[-1:].isdigit() and text.isascii() and _IS_NUMBERED(text):
        return None
    plain = "".join(text.split()) if " " in text or "\u3000" in text else text
    signs = _SIGNS(plain) or (_HAS_A_LETTER(plain) and _RARER_SIGNS(plain))
    return _label(text) if signs or _WORDS_ALONE(text) else None


@lru_cache(maxsize=1 << 13)
def _label(text: str) -> RowLabel | None:
    plain = squeezed(text)
    if example := _EXAMPLE.match(plain):
        ends = example.group("ends") is not None
        return RowLabel(RowKind.EXAMPLE, Sureness.SURE if ends else Sureness.PERHAPS)
    word = _word(plain) if len(plain) <= _LONGEST else ""
    if word and len(word) <= _LONGEST_WORD and (label := _of_word(word) or _of_several(word)):
        return label
    return RowLabel(RowKind.CLOSING) if _CLOSING.match(plain) else None


def _of_word(word: str) -> RowLabel | None:
    for sureness, wholly in _WORDS:
        if (match := wholly(word)) and match.lastgroup:
            return RowLabel(RowKind[match.lastgroup], sureness)
    return None


def _of_several(word: str) -> RowLabel | None:
    """Return what a label of several words says, each of which is one: 均值±标准差, Max/Min."""
    parts = [p.strip() for p in _SEVERAL.split(word)]
    labels = [x for p in parts if (x := _of_word(p)) and x.sureness is Sureness.SURE]
    return labels[0] if len(labels) == len(parts) > 1 else None


def _word(plain: str) -> str:
    """Return a label without brackets, numbering and signs around it."""
    bare = without_brackets(plain).strip(_AROUND) or plain.strip(_AROUND + "()（）")
    return _NUMBERING.sub("", _IN_PERCENT.sub("", bare)).strip(_AROUND)
