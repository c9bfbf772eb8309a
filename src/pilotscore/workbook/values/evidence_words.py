"""Words of a text that say how good a proof is: 第三方检测报告, CNAS, 自评; what it denies never counts.

Of words that stand in one another the longest counts (第三方检测报告, not 检测报告 in it); of those that are left, the
best grade. A word is denied where the text says before it, in the same clause, that there is none (没有, 尚未, without), or
after it, in the same item of a list (检测报告：无; pending), or that it no longer holds.
"""  # noqa: E501 - the examples are wide

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.values.cells import half_width

_CLAUSE = regex(r"[,，。；;！!？?\n]+|(?<![a-z])but(?![a-z])|但是?|然而")
_ITEM = regex(r"[、/|+]")
# Compounds with a sign of denial in them that deny nothing: 无锡, 无损检测, 不锈钢, 模拟, not only.
_NO_DENIAL = regex(
    "无锡|无损|无菌|无人|无机|无线|无铅|无水|无缝|无异议|无毒|无害|无尘|无铬|无氟|无卤|无油|无源|无极|无论|无纺|无创|无为"
    "|无烟|无土|无轨|无氧|无溶剂|无碱|无氨|无磷|无泄漏|无故障|无污染|无排放|无废|无接触|无刷|无级|无芯|无形|无限"
    "|无偿|无事故|无投诉|非公路|非开挖|非接触|非稳态|非平衡|非贵金属|非道路|非粮|缺氧"
    "|未来|缺陷|期待|对待|招待|接待|等待机|模拟|虚拟|拟合|非标|非金属|非常|非织造|非晶|非线性|非遗"
    "|不锈|不同|不少于|不低于|不小于|不超过|不大于|不断|不仅|不但|不只|不饱和|不确定度|不停|不可燃|不透"
    r"|not\s+only|non-?destructive|非破坏"
)
_DENIAL = regex(
    r"无|没|未|尚缺|缺|欠|非|否|待|拟|不|×|✗|✘|失效|过期|作废|撤销|注销|申请中|办理中|进行中|准备中"
    r"|正在|[办检测审评]中(?![心试间小])|送检中|在办|即将|预计|后补|补交|补报|下[月周]"
    r"|计划(?=[于委出取开进申做送]|中)|准备(?=委|申|送)"
    r"|(?<![a-z])(?:no(?!\s*[.:：#\d])|not|none|without|lacks?|lacking|missing|pending|never|absent|expired"
    r"|withdrawn|revoked|planned|awaiting|tbd|n/a|in progress|to be|under way|underway|upcoming"
    r"|forthcoming|scheduled|expected|will be|in preparation|applied for)(?![a-z])"
    r"|non-?(?=accredit|certif|third)|n['’]t(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the words of a text come to.

    ``grade`` is the place of the best grade that a word means, -1 where none does, and ``word``
    that word as the office writes it; ``denied`` the words that the text denies, with their grades.
    """

    grade: int = -1
    word: str = ""
    denied: tuple[tuple[str, int], ...] = ()

    @property
    def ceiling(self) -> int | None:
        """The least grade that is denied; None where none is."""
        return min((grade for _, grade in self.denied), default=None)


NOTHING_JUDGED = Judged()


def plain_text(text: str) -> str:
    """Return a text as words are looked for in it: half-width, in small letters."""
    return half_width(text).casefold()


@dataclass(frozen=True, slots=True)
class GradeWords:
    """Words, and the place of the grade of evidence that each of them means."""

    grade_of: Mapping[str, int]

    def judge(self, text: str) -> Judged:
        """Return what a text says of the grade of evidence."""
        best, word = -1, ""
        denied: dict[str, int] = {}
        for term, is_denied in _words_in(plain_text(text), tuple(self.grade_of)):
            grade = self.grade_of[term]
            if is_denied:
                denied.setdefault(term, grade)
            elif grade > best:
                best, word = grade, term
        return Judged(best, word, tuple(denied.items()))


def _words_in(text: str, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text, each with whether it is denied there."""
    for clause in _CLAUSE.split(text):
        if not clause:
            continue
        # Compounds that deny nothing are blotted out at their length: places stay as they are.
        signs = _NO_DENIAL.sub(lambda m: "\0" * len(m.group()), clause)
        for word, begin, end in _matches(clause, words):
            cut = _ITEM.search(signs, end)
            after = signs[end : cut.start() if cut else len(signs)]
            yield word, bool(_DENIAL.search(signs[:begin]) or _DENIAL.search(after))


def _matches(clause: str, words: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Return where words stand in a clause, in order, but those that stand in longer ones."""
    spans = [(word, m.start(), m.end()) for word in words for m in _pattern(word).finditer(clause)]
    longest = [
        (word, begin, end)
        for word, begin, end in spans
        if not any(b <= begin and end <= e and e - b > end - begin for _, b, e in spans)
    ]
    return sorted(longest, key=lambda s: (s[1], -s[2], s[0]))


@lru_cache(maxsize=1 << 10)
def _pattern(word: str) -> re.Pattern[str]:
    """Return how a word is found: with other spaces in it, and in English as a whole."""
    text = plain_text(word).split()
    body = r"\s+".join(
        r"\s*".join(map(re.escape, part)) if not part.isascii() else re.escape(part)
        for part in text
    )
    first, last = text[0][0], text[-1][-1]
    before = "(?<![a-z0-9])" if first.isascii() and first.isalnum() else ""
    after = "(?:s|es)?(?![a-z0-9])" if last.isascii() and last.isalnum() else ""
    return re.compile(before + body + after)
