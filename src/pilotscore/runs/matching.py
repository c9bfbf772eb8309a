"""Needs of enterprises matched to results: by field and by the words that both have.

A word counts the more the fewer results have it (inverse document frequency, K. Sparck Jones, A
statistical interpretation of term specificity and its application in retrieval, Journal of
Documentation 28 (1972) 11-21). Chinese text has no blanks between words: its pairs of characters
stand for them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pilotscore.criteria.names import normalise
from pilotscore.patterns import regex
from pilotscore.records import dataclass

_HAN = regex(r"[\u3400-\u9fff]+")
_LATIN = regex(r"[a-z][a-z0-9+-]{2,}|\d+(?:,\d+)*-[a-z]+|[a-z]+\d+")
# Words that every requirement has: they say nothing of what is looked for.
_EMPTY = frozenset(
    (
        *("技术", "术开", "开发", "研发", "研究", "工艺", "需求", "要求", "实现", "提高", "提升"),
        *("降低", "关键", "解决", "应用", "项目", "系统", "方法", "制备", "产品", "生产", "企业"),
        *("成果", "the", "and", "for", "with", "from", "technology", "process", "research"),
        *("development", "production", "system", "method", "based", "high", "new", "need", "needs"),
    )
)
_FIELD, _WORDS = 40.0, 60.0  # points of a whole match of each


@dataclass(frozen=True, slots=True)
class Offered:
    """A result as it may be matched: its place, its words, and the fields that it is in."""

    place: int
    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A need and a result: how well they go together (0 to 100), and why.

    ``field`` is the field that both are in, '' for none; ``words`` those that both have, the most
    telling first.
    """

    place: int
    score: float
    field: str
    words: tuple[str, ...]


def terms(text: str) -> set[str]:
    """Return the terms of a text: words of Latin letters, pairs of Chinese characters."""
    folded = text.casefold()
    words = set(_LATIN.findall(folded))
    for run in _HAN.findall(folded):
        words |= {run[i : i + 2] for i in range(len(run) - 1)}
    return words - _EMPTY


def matches(text: str, field: str, offered: Sequence[Offered], most: int) -> tuple[Match, ...]:
    """Return the results that go best with a need, the best first.

    A need that names a field goes with results of that field before all others; one without words
    in common and of another field does not go at all.

    Parameters
    ----------
    text, field
        What is looked for, and in which field ('' for any).
    offered
        The results.
    most
        How many at the most.
    """
    counts = Counter(term for one in offered for term in terms(one.text))
    wanted = {t: _weight(counts, t, len(offered)) for t in terms(text)}
    candidates = [m for one in offered if (m := _match(wanted, field, one)) is not None]
    return tuple(sorted(candidates, key=lambda m: (-m.score, m.place))[:most])


def _weight(counts: Mapping[str, int], term: str, n: int) -> float:
    return math.log((n + 1) / (counts.get(term, 0) + 0.5))


def _match(wanted: Mapping[str, float], field: str, one: Offered) -> Match | None:
    shared = {t: wanted[t] for t in terms(one.text) if t in wanted}
    total = sum(wanted.values())
    words = _WORDS * sum(shared.values()) / total if total > 0 else 0.0
    same = next((f for f in one.fields if field and _is_in(field, f)), "")
    if not same and not shared:
        return None
    score = words + (_FIELD if same else 0.0)
    telling = sorted(shared, key=lambda t: (-shared[t], t))
    return Match(one.place, round(score, 6), same, tuple(_joined(telling, one.text)))


def _is_in(field: str, other: str) -> bool:
    one, two = normalise(field), normalise(other)
    return bool(one and two) and (one in two or two in one)


def _joined(telling: Sequence[str], text: str) -> Iterator[str]:
    """Yield terms as words of the text: pairs of characters that overlap there are one word."""
    folded = text.casefold()
    spans = sorted((m.start(), m.end()) for t in telling for m in re.finditer(re.escape(t), folded))
    merged: list[list[int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    words = dict.fromkeys(text[a:b] for a, b in merged)
    yield from sorted(words, key=lambda w: (-len(w), w))
