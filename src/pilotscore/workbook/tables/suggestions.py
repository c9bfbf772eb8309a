"""Says what a header that is not known is most like, and what it cannot mean whatever it is like.

A wrong suggestion is worse than none: an amount that was granted is spelled nearly as one that is
requested. So words that turn the meaning (a target, a score, an end against a beginning) must stand
on both sides, or on none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pilotscore.criteria import NUMBERS, Fact, Indicator
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.workbook.tables.headers import HeaderNames, unit_in
from pilotscore.workbook.values.units import factor

# From which likeness on a header may be meant, one is suggested, and by how much it must lead.
POSSIBLE, LIKELY, MARGIN = 50.0, 70.0, 5.0
MOST_CANDIDATES = 5
_LONGEST = 120


class Suggestion(NamedTuple):
    """What a header that is not known may mean, and how like it is, from 0 to 100."""

    name: str
    spelling: str
    likeness: float


# Words of which each turns the meaning of what stands beside it.
_TURNS: tuple[tuple[str, str], ...] = (
    ("aim", "目标|计划|预期|预计达到|拟达到|考核值|约定值|target|planned|goal|expected"),
    ("before", "立项时|初始|起始值|改进前|上年|去年|上期|基期|initial|baseline|previous|lastyear"),
    (
        "granted",
        "批准|获批|核定|核准|下达|已拨|到账|实拨|拨付|approved|awarded|granted|received|paid",
    ),
    ("begin", "开始|起始|启动|start|begin"),
    ("end", "到期|截止|终止|结束|完成日期|有效期|expir|end$|enddate|validuntil|deadline"),
    ("other", "实用新型|外观设计|软著|软件著作|商标|论文|utilitymodel|trademark|copyright|paper"),
    ("person", "负责人|联系人|姓名|电话|手机|邮箱|员工|职工|从业|contact|phone|email|leader"),
    (
        "paper",
        "说明|备注|附件|文号|批号|证书号|登记号|依据|来源|网址|remark|note|attach|source|url",
    ),
    ("score", "得分|评分|分数|分值|权重|排名|名次|score|weight|rank|rating|points"),
    ("not", "不合格|未达|不达标|失败|失效|废品|不良|报废|reject|fail|scrap|defect"),
    ("average", "平均|均值|mean|average|median"),
    ("income", "收入|产值|利润|税收|销售额|营收|revenue|sales|profit|turnover|income"),
    ("size", "产能|capacity"),
)
_PATTERNS = tuple((key, re.compile(words)) for key, words in _TURNS)
# Spellings of one word, the first of which stands for all.
_SAME: tuple[tuple[str, str], ...] = (
    ("batch", r"\b(?:lots?|batches|batch|runs? in spec)\b"),
    ("emission", r"\bemissions\b"),
    ("expiry", r"\b(?:exp|expires|expiration|expiry)\b"),
    ("balance", r"\b(?:bal|balance)\b"),
    ("year", r"\b(?:yrs?|years?)\b"),
    ("organization", r"\b(?:organisations?|organizations?|organisation)\b"),
    ("patent", r"\bpatents\b"),
    ("user", r"\b(?:users|customers|customer|clients?|adopters?)\b"),
    ("cost", r"\b(?:costs|cogs|expenditure|spend)\b"),
    ("budget", r"\bbudgets?\b"),
    ("达成", "达标(?=率|情况)|完成(?=率|情况)|达成"),
    ("", "情况|状况|状态|程度|^项目|^成果|^本|^拟|是否|有无"),
)
# What a header says of its values, and the types of indicators and facts that have such values.
_SAYS: tuple[tuple[str, frozenset[str]], ...] = (
    ("是否|有无|whether|^has", frozenset({"yes_no", "category"})),
    ("率|占比|比例|比重|percent|^%|%$|share", frozenset({"percent", "ratio"})),
    ("次数|数量|个数|件数|家数|numberof|countof", frozenset({"count", "number"})),
    ("日期|有效期|到期|截止|expir|date|deadline", frozenset({"date"})),
    ("等级|级别|水平|level|grade", frozenset({"level", "category"})),
)
_SAID = tuple((re.compile(words), types) for words, types in _SAYS)
_OF_A_DATE = re.compile("日期|时间|期|date|expir|until|start|begin|end|deadline")
_SPELLED = tuple((word, re.compile(pattern)) for word, pattern in _SAME)


def suggest(
    names: HeaderNames, headers: Mapping[int, str], taken: set[str]
) -> dict[int, Suggestion]:
    """Return, for headers that are not known, the indicator whose name is most like each.

    None is suggested where another indicator is nearly as like, where it has a column already, or
    where two headers claim it.
    """
    suggestions: dict[int, Suggestion] = {}
    for column, header in headers.items():
        first, *others = [*candidates(names, header, taken), None]
        if first is None or first.likeness < LIKELY:
            continue
        second = others[0].likeness if others and others[0] else 0.0
        if first.likeness - second >= MARGIN:
            suggestions[column] = first
    claims = [s.name for s in suggestions.values()]
    return {c: s for c, s in suggestions.items() if claims.count(s.name) == 1}


def candidates(names: HeaderNames, header: str, taken: Iterable[str] = ()) -> list[Suggestion]:
    """Return what a header may mean, the likeliest first, each indicator or fact once.

    Likeness is rapidfuzz's ratio of the reduced spellings.
    """
    left = set(taken)
    return [s for s in _candidates(names, header) if s.name not in left][:MOST_CANDIDATES]


@lru_cache(maxsize=1 << 12)
def _candidates(names: HeaderNames, header: str) -> tuple[Suggestion, ...]:
    from rapidfuzz import fuzz, process

    if not header or len(header) > _LONGEST:
        return ()
    spelled = _spellings(names)
    form = _reduced(header)
    near = process.extract(form, list(spelled), scorer=fuzz.ratio, limit=40, score_cutoff=POSSIBLE)
    turned = _turns(form)
    best: dict[str, Suggestion] = {}
    for spelling, score, _ in near:
        name, written = spelled[spelling]
        if (
            name not in best
            and turned == _turns(spelling)
            and _fits(header, names.quantities[name])
        ):
            best[name] = Suggestion(name, written, round(score, 1))
    return tuple(best.values())


def _fits(header: str, quantity: Indicator | Fact) -> bool:
    """Say whether an indicator or fact can have values such as a header says."""
    form = normalise(header)
    if quantity.type == "date" and not _OF_A_DATE.search(form):
        return False
    if quantity.type == "text":
        return True
    unit = unit_in(header)
    if unit is not None and quantity.type in NUMBERS and factor(unit, quantity) is None:
        return False
    percent = quantity.unit is not None and quantity.unit.en in ("%", "％")
    return all(
        quantity.type in types or (percent and "percent" in types)
        for pattern, types in _SAID
        if pattern.search(form)
    )


@lru_cache(maxsize=16)
def _spellings(names: HeaderNames) -> dict[str, tuple[str, str]]:
    """Return the reduced spellings of all names, each with whose it is and how it is written."""
    spelled: dict[str, tuple[str, str]] = {}
    for written, name in names.by_name.items():
        if len(written) > 1:
            spelled.setdefault(_reduced(names.written.get(written, written)), (name, written))
    return spelled


def _reduced(text: str) -> str:
    """Return a text in the form in which likeness is measured: one word for those that mean one."""
    plain = without_brackets(text).strip() or text
    plain = unicodedata.normalize("NFKC", plain).casefold()
    plain = re.sub(r"[/_.\-]+", " ", plain) if plain.isascii() else plain
    for word, pattern in _SPELLED:
        plain = pattern.sub(word, plain)
    return normalise(plain) or normalise(text) or text


@lru_cache(maxsize=1 << 13)
def _turns(text: str) -> frozenset[str]:
    form = normalise(text)
    return frozenset(key for key, pattern in _PATTERNS if pattern.search(form))
