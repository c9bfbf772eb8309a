"""How like two names are: letter by letter in Chinese, word by word in English.

Words that offices write for one thing count as one (开工率 and 可用率, lot and batch).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.patterns import regex
from pilotscore.records import dataclass

# What Chinese offices write for one thing, in the order in which it is replaced.
_SAME_ZH: tuple[tuple[str, str], ...] = (
    (r"(?<=中试)(?:项目)?总?(?:费用|投入|投资|成本|总额|预算|经费|支出)", "费用"),
    (r"(?<=费用)(?:经费|预算|金额)", ""),
    (r"(?:验证|试验|测试|考核)(?:场所|场地|地点|场景|条件|环境)", "验证环境"),
    (r"(?:所属|归口)?(?:技术|行业|产业|专业|学科)+(?:领域|方向|行业|产业|门类)", "技术领域"),
    (r"所属(?:行业|产业|领域)", "技术领域"),
    (r"(?:申报|申请|承担|依托|完成|研发|牵头|实施|所属|项目)(?:单位|机构|企业)", "申报单位"),
    (r"(?:企业|机构|主体|单位)(?:申报)?(?:类型|类别|性质)", "单位类型"),
    (r"(?<=试用)(?:单位|企业|客户|医院|厂家|用户)", "用户"),
    (r"(?<=应用)(?:单位|企业|客户|医院|厂家|用户)", "用户"),
    (r"运转|运行", "运行"),
    (r"时长|小时数|时数", "时间"),
    (r"开工率|稼动率|开动率|运转率|运行率|可利用率", "可用率"),
    (r"达标(?=率|情况|比例)|完成(?=率|情况|比例|度)|达成", "达成"),
    (r"(?:就绪|成熟)(?:度|水平|水准|程度|等级)(?:等级|级别|水平)?", "就绪度"),
    (r"知识产权(?:归属|权属)|产权归属|归属", "权属"),
    (r"残余|剩余", "剩余"),
    (r"安评|安全风险评[估价审]|安全评[估价审]", "安全评估"),
    (r"标杆值?|基准值?|对标值?|限额", "基准"),
    (r"标准(?:偏)?差", "标准偏差"),
    (r"废水废气|三废|污染物", "污染物"),
    (r"订单(?:及|与|和)?意向", "意向订单"),
    (r"占(?:首年)?产能(?:的)?(?:比例|比重|比|%)?|覆盖(?:首年)?产能(?:比例|率)?", "覆盖率"),
    (r"授权(?=核心|发明|的)", "有效"),
    (r"财政|专项|政府", ""),
    (r"(?<=申请)(?:经费|资金|资助|补助|补贴|扶持|支持)+(?:金额|额度|资金|经费)?", "资金"),
    (r"经费|资金", "资金"),
    (r"内部收益率", "irr"),
    (r"高出|高于|超过|超出|超额", "超"),
    (r"起数|件数|次数|数量|个数|家数|项数|(?<=[一-龥])数$", ""),
    (r"情况|状况|状态|进展|程度|手续|是否|有无|^项目|^成果|^本|^拟|^主要|总(?!分)", ""),
)
_PHRASES_EN: tuple[tuple[str, str], ...] = (
    (r"\bvalid (?:to|until|through)\b", "expiry"),
    (r"\bin place\b", "committed"),
    (r"\bfreedom to operate\b", "fto"),
    (r"\btech(?:nology)? readiness\b", "trl"),
    (r"\b(?:manufacturing|mfg\.?) readiness\b", "mrl"),
    (r"\b(?:customer|market|commercial) readiness\b", "crl"),
    (r"\b(?:ip|intellectual property) (?:rights|title)\b", "ip ownership"),
    (r"(?:/|\bvs\.?|\bof) (?:first[- ]year )?capacity\b", "coverage"),
    (r"\border book\b", "order"),
)
# What English offices write for one thing: the word that stands for all, and the others.
_SAME_EN: tuple[tuple[str, str], ...] = (
    ("batch", "batches lot lots"),
    ("user", "users customer customers client clients adopter adopters"),
    ("cost", "costs cogs expenditure spend budget budgets"),
    ("org", "organisation organization company firm institution institute entity applicant"),
    ("site", "location place environment setting where"),
    ("test", "tests tested testing trial trials validation verification"),
    ("run", "runs running operation operating operated"),
    ("longest", "max maximum"),
    ("met", "achieved attained attainment fulfilled reached compliance compliant"),
    ("spec", "specs specification specifications kpp kpps kpi kpis"),
    ("incident", "incidents accident accidents"),
    ("major", "serious severe"),
    ("readiness", "maturity"),
    ("vs", "versus ratio to over compared"),
    ("plant", "equipment equip machine system facility"),
    ("availability", "uptime"),
    ("fund", "funds funding finance grant subsidy"),
    ("requested", "request sought ask asked"),
    ("committed", "secured confirmed"),
    ("expiry", "exp expires expiration expire end ends until"),
    ("order", "orders offtake loi"),
    ("patent", "patents"),
    ("granted", "valid force"),
    ("emission", "emissions"),
    ("assessment", "study review analysis opinion search"),
    ("residual", "remaining"),
    ("sector", "industry field domain vertical area"),
    ("technology", "technical tech"),
    ("kind", "type category"),
    ("balance", "bal"),
    ("consecutive", "row"),
    ("good", "conforming qualified"),
    ("year", "years yr yrs"),
    ("manufacturing", "mfg"),
    ("commercialization", "commercialisation"),
    ("standard", "standards"),
    ("certification", "certifications certificate certified"),
    ("supply", "supplies sourcing supplier suppliers"),
)
_IDLE = frozenset(
    {
        *("a", "an", "the", "of", "in", "for", "and", "or", "on", "at", "by", "is", "are", "was"),
        *("per", "with", "last", "our", "this", "number", "no", "count", "share", "rate", "total"),
        *("percent", "pct", "level", "levels", "status", "current", "currently", "now", "today"),
        *("self", "assessed", "amount", "result", "valid", "x", "k", "usd", "m", "done", "mode"),
        *("completed", "name", "class"),
    }
)
_PHRASES = tuple((regex(pattern), word) for pattern, word in _PHRASES_EN)
_REPLACED = tuple((regex(pattern), word) for pattern, word in _SAME_ZH)
_WORD_OF = {other: word for word, others in _SAME_EN for other in others.split()}
_NUMBERING = regex(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)(?=\D)")
_ABBREVIATED = 3  # letters from which on a word may stand for a longer one
# Of two English names this much must agree word by word before their letters count.
_MOST_UNLIKE = 70.0


def alike(name: str, others: tuple[str, ...], least: float) -> dict[str, float]:
    """Return those names that are at least so like one, from 0 to 100, the likest first.

    All of them as :func:`plain` gives them.
    """
    from rapidfuzz import fuzz, process

    english, chinese = _parted(others)
    letters = _letters(name)
    rest = [*chinese, *(() if name.isascii() else english.all)]
    matches = process.extract(
        letters, [_letters(o) for o in rest], scorer=fuzz.ratio, limit=None, score_cutoff=least
    )
    like = {rest[at]: float(score) for _, score, at in matches}
    if name.isascii():
        words = _words(name)
        for other in english.with_a_word_of(words):
            score = _shared(words, _words(other))
            if score >= _MOST_UNLIKE:
                score = max(score, float(fuzz.ratio(letters, _letters(other))))
            if score >= least:
                like[other] = score
    return dict(sorted(like.items(), key=lambda item: -item[1]))


@dataclass(frozen=True, slots=True)
class _English:
    """English names, and by how their words begin which of them have such a word."""

    all: tuple[str, ...]
    begins: Mapping[str, frozenset[str]]

    def with_a_word_of(self, words: Iterable[str]) -> list[str]:
        """Return the names with a word that begins as one of some words, in order."""
        some = {o for w in words for o in self.begins.get(w[:_ABBREVIATED], ())}
        return [o for o in self.all if o in some]


@lru_cache(maxsize=16)
def _parted(names: tuple[str, ...]) -> tuple[_English, tuple[str, ...]]:
    """Part names into English ones and the others."""
    english = tuple(n for n in names if n.isascii())
    begins: dict[str, set[str]] = {}
    for name in english:
        for word in _words(name):
            begins.setdefault(word[:_ABBREVIATED], set()).add(name)
    frozen = {begin: frozenset(some) for begin, some in begins.items()}
    return _English(english, frozen), tuple(n for n in names if not n.isascii())


@lru_cache(maxsize=1 << 13)
def plain(name: str) -> str:
    """Return a name without brackets and a number before it, one word for those that mean one."""
    text = unicodedata.normalize("NFKC", without_brackets(name).strip() or name).casefold()
    text = _NUMBERING.sub("", text)
    if text.isascii():
        for pattern, word in _PHRASES:
            text = pattern.sub(word, text)
        return " ".join(_WORD_OF.get(w, w) for w in re.findall(r"[a-z0-9]+|/", text))
    text = re.sub(r"\s+", "", text)
    for pattern, word in _REPLACED:
        text = pattern.sub(word, text)
    return text or normalise(name)


@lru_cache(maxsize=1 << 13)
def _letters(text: str) -> str:
    return normalise(text) or text


@lru_cache(maxsize=1 << 13)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a name that say something, each once; a stroke compares."""
    words = ("vs" if w == "/" else w for w in text.split())
    return tuple(dict.fromkeys(w for w in words if w not in _IDLE))


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return twice the words that agree, over all words, from 0 to 100."""
    if not one or not other:
        return 0.0
    left = list(other)
    agreed = 0
    for word in one:
        fitting = next((w for w in left if _is_same(word, w)), None)
        if fitting is not None:
            left.remove(fitting)
            agreed += 1
    return 200.0 * agreed / (len(one) + len(other))


def _is_same(one: str, other: str) -> bool:
    """Say whether two words are one, or one is short for the other."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _ABBREVIATED and long.startswith(short))
