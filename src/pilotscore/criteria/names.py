"""How a header, a category or a word is reduced before it is compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pilotscore.patterns import regex

# What may stand between the parts of one name without changing it.
_NOISE = regex(r"[\s\u200b-\u200d\u2060\ufeff_\-‐-―·・:：、,，.。*＊/\\|'\"“”‘’]+")
_BRACKETED = regex(r"[(\[{（［【〔<《][^()\[\]{}（）［］【】〔〕<>《》]*[)\]}）］】〕>》]")


@lru_cache(maxsize=1 << 16)
def normalise(name: str) -> str:
    """Return a name in the form in which two spellings of it are equal.

    Full-width forms become half-width, case is folded, and spaces, zero-width characters, dashes
    and punctuation are dropped.
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


@lru_cache(maxsize=1 << 16)
def without_brackets(name: str) -> str:
    """Return a name without what stands in brackets (a unit, a remark)."""
    return _BRACKETED.sub("", name)


def bracketed(name: str) -> str:
    """Return what stands in brackets in a name, joined: the unit that a header carries."""
    return " ".join(brackets(name))


def brackets(name: str) -> list[str]:
    """Return what stands in each pair of brackets in a name: （h）（必填） has h and 必填."""
    return [m.group(0)[1:-1].strip() for m in _BRACKETED.finditer(name)]
