"""Says what a header that is not known is most like, and what it cannot mean whatever it is like.

A wrong suggestion is worse than none: an amount that was granted is spelled nearly as one that is
requested. So words that turn the meaning (a target, a score, an end against a beginning) must stand
on both sides, or on none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pilotscore.criteria import NUMBERS, Fact, Indicator
from pilotscore.criteria.names import bracketed, normalise
from pilotscore.patterns import regex
from pilotscore.workbook.tables.headers import HeaderNames, unit_in
from pilotscore.workbook.tables.likeness import alike, plain
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
    ("aim", r"目标|计划|预期|预计达到|拟达到|考核值|约定值|target|planned|goal|expected"),
    ("before", r"立项|初始|起始值|改进前|上年|去年|上期|基期|initial|baseline|previous|last year"),
    ("granted", r"批准|获批|核定|核准|下达|已拨|到账|实拨|拨付|approved|awarded|received|paid"),
    ("begin", r"开始|起始|启动|start|begin|began"),
    ("end", r"到期|截止|终止|结束|完成日期|有效期|expir|deadline"),
    ("other", r"实用新型|外观设计|软著|软件著作|商标|论文|utility model|trademark|copyright|paper"),
    ("person", r"负责人|联系人|姓名|电话|手机|邮箱|员工|职工|从业|contact|phone|email|leader"),
    ("person", r"owner\b"),
    ("paper", r"说明|备注|附件|文号|批号|证书号|登记号|依据|网址|remark|note|attach|source|url"),
    ("score", r"得分|评分|分数|分值|权重|排名|名次|score|weight|rank|rating|points"),
    ("not", r"不合格|未达|不达标|失败|失效|废品|不良|报废|返工|reject|fail|scrap|defect|rework"),
    ("average", r"平均|均值|mean|average|median"),
    ("income", r"收入|产值|利润|税收|销售额|营收|revenue|sales|profit|turnover|income"),
    ("size", r"产能(?!的?比)|capacity"),
    ("pilot", r"中试|pilot"),
    ("lab", r"小试|\blab|bench(?!mark)"),
    ("met", r"达成|\bmet\b"),
    ("kind", r"类型|类别|性质|\bkind\b"),
    ("compared", r"比(?!例|重|率)|(?<!偏)差|irr ?[-–—−]|减|超|保持|与|/|\bvs\b"),
    ("compared", r"less|minus|above|excess|spread|hold|retention"),
    ("sought", r"申请|requested"),
    ("numbered", r"编号|\bnumber$|\bno$|\bid$"),
    ("relative", r"相对|rsd|relative|变异系数"),
    ("estimated", r"估算|概算|estimate|aace"),
)
_PATTERNS = tuple((key, regex(words)) for key, words in _TURNS)
# What a header says of its values, and the types of indicators and facts that have such values.
_SAYS: tuple[tuple[str, frozenset[str]], ...] = (
    ("是否|有无|whether|^has", frozenset({"yes_no", "category"})),
    ("率|占比|比例|比重|percent|^%|%$|share", frozenset({"percent", "ratio"})),
    ("次数|数量|个数|件数|家数|numberof|countof", frozenset({"count", "number"})),
    ("日期|有效期|到期|截止|expir|(?<!up)date|deadline", frozenset({"date"})),
    ("等级|级别|水平|level|grade", frozenset({"level", "category"})),
)
_SAID = tuple((regex(words), types) for words, types in _SAYS)
_MEASURED = regex(r"元|吨|天|小时|[$¥€£]|\b(?:days?|h|hrs?|hours?|kg|t)\b")
_OF_A_DATE = regex("日期|时间|期|date|expir|until|start|begin|end|deadline")


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

    Likeness is that of :mod:`.likeness`.
    """
    left = set(taken)
    return [s for s in _candidates(names, header) if s.name not in left][:MOST_CANDIDATES]


@lru_cache(maxsize=1 << 12)
def _candidates(names: HeaderNames, header: str) -> tuple[Suggestion, ...]:
    if not header or len(header) > _LONGEST:
        return ()
    form = plain(header)
    turned = _turns(form)
    best: dict[str, Suggestion] = {}
    spelled = _spellings(names)
    for spelling, like in alike(form, tuple(spelled), POSSIBLE).items():
        name, written = spelled[spelling]
        if name in best or turned != _turns(spelling):
            continue
        if _fits(header, names.quantities[name]):
            best[name] = Suggestion(name, written, round(like, 1))
    return tuple(best.values())


def _fits(header: str, quantity: Indicator | Fact) -> bool:
    """Say whether an indicator or fact can have values such as a header says."""
    form = normalise(header)
    if quantity.type == "date" and not _OF_A_DATE.search(plain(header)):
        return False
    if quantity.type == "text":
        return True
    unit = unit_in(header)
    if unit is not None and quantity.type in NUMBERS and factor(unit, quantity) is None:
        return False
    if _MEASURED.search(bracketed(header)) and quantity.type not in (*NUMBERS, "text"):
        return False
    if quantity.type == "ratio" and _MEASURED.search(bracketed(header)):
        return False
    percent = quantity.unit is not None and quantity.unit.en in ("%", "％")
    return all(
        quantity.type in types or (percent and "percent" in types)
        for pattern, types in _SAID
        if pattern.search(form)
    )


@lru_cache(maxsize=16)
def _spellings(names: HeaderNames) -> dict[str, tuple[str, str]]:
    """Return the spellings of all names, made plain, each with whose it is and as written."""
    spelled: dict[str, tuple[str, str]] = {}
    for reduced, name in names.by_name.items():
        written = names.written.get(reduced, reduced)
        if len(reduced) > 1:
            spelled.setdefault(plain(written), (name, written))
    return spelled


@lru_cache(maxsize=1 << 13)
def _turns(form: str) -> frozenset[str]:
    return frozenset(key for key, pattern in _PATTERNS if pattern.search(form))
