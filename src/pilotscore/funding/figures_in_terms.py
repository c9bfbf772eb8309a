"""Whether a term in free words states amounts, shares or payments, which a call may override."""

from __future__ import annotations

from pilotscore.criteria.amounts import unit_of
from pilotscore.language import LANGS, Text
from pilotscore.patterns import regex

# A number with what follows it; a split such as 40/40/20 or 6:4.
_WITH_UNIT = regex(r"(\d[\d,]*(?:\.\d+)?)\s*([%％]|[^\W\d_]+(?:\s+[A-Za-z]+)?)")
_SPLIT = regex(r"(?<![\d/:：])\d{1,3}\s*(?:[/:：]\s*\d{1,3})+(?![\d/:：])")
_LONGEST = 12


def states_shares(term: Text) -> bool:
    """Whether a term states shares of money: percentages below the whole, or a split."""
    return any(_has_share(term.to(lang)) for lang in LANGS)


def states_sums(term: Text) -> bool:
    """Whether a term states sums of money."""
    return any(_has_sum(term.to(lang)) for lang in LANGS)


def _has_share(text: str) -> bool:
    figures = (m for m in _WITH_UNIT.finditer(text) if m[2] in ("%", "％"))
    return bool(_SPLIT.search(text)) or any(float(m[1].replace(",", "")) != 100 for m in figures)


def _has_sum(text: str) -> bool:
    return any(_is_money(m[2]) for m in _WITH_UNIT.finditer(text))


def _is_money(words: str) -> bool:
    """Whether words behind a number begin with a unit of money."""
    ascii_words = words.split()
    spelt = [words, ascii_words[0]] if words.isascii() else []
    starts = [] if words.isascii() else [words[:n] for n in range(1, min(len(words), _LONGEST) + 1)]
    return any(unit_of(unit) is not None for unit in (*spelt, *starts))
