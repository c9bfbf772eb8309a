"""The two languages: which one a person reads, and a text that exists in both."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Literal, Protocol, runtime_checkable

from pilotscore.english import agreed
from pilotscore.patterns import regex
from pilotscore.records import dataclass

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@runtime_checkable
class Words(Protocol):
    """Anything that reads in both languages: a text, a filled one, several joined."""

    def to(self, lang: Lang, /) -> str:
        """Return the words in one language."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and English; ``{name}`` marks are filled by :meth:`fill`."""

    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.zh if lang == "zh" else self.en

    def fill(self, lang: Lang, /, **values: Any) -> str:
        """Return the text in one language with its marks filled.

        A value that is itself a :class:`Text` is put in the same language. In English what is
        counted agrees with its count (:mod:`pilotscore.english`).
        """
        shown = {k: v if isinstance(v, _PLAIN) else in_lang(v, lang) for k, v in values.items()}
        text = agreed(self.en, shown) if lang == "en" else self.zh
        return text.format(**shown)

    def of(self, **values: Any) -> Filled:
        """Return the text with values for its marks, which are filled when it is shown."""
        return Filled(self, tuple(values.items()))


_PLAIN = (str, int, float)


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values; a value may itself be in both languages."""

    text: Text
    values: tuple[tuple[str, Any], ...]

    def to(self, lang: Lang) -> str:
        """Return the text in one language with its marks filled."""
        return self.text.fill(lang, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Joined:
    """Several words after one another, with a mark between them."""

    parts: tuple[Any, ...]
    mark: Text

    def to(self, lang: Lang) -> str:
        """Return the parts in one language; those that are empty in it are left out."""
        return self.mark.to(lang).join(x for p in self.parts if (x := in_lang(p, lang)))


class Once:
    """Words that are put into a language once, however often they are written."""

    __slots__ = ("_said", "_words")

    def __init__(self, words: Words) -> None:
        self._words = words
        self._said: dict[Lang, str] = {}

    def to(self, lang: Lang) -> str:
        """Return the words in one language."""
        said = self._said.get(lang)
        if said is None:
            said = self._said[lang] = self._words.to(lang)
        return said


SEMICOLON, COMMA, LISTED = Text("；", "; "), Text("，", ", "), Text("、", ", ")
COLON, DOT, BLANK, PLUS = Text("：", ": "), Text(" · ", " · "), Text(" ", " "), Text(" + ", " + ")
LINES, NOTHING = Text("\n", "\n"), Text("", "")
SENTENCES = Text("", " ")  # between two sentences


def in_lang(value: Any, lang: Lang) -> Any:
    """Return words in one language, and anything else as it is."""
    return value.to(lang) if hasattr(value, "to") else value


def join(parts: Iterable[Words | str], mark: Text = SEMICOLON) -> Joined:
    """Return words one after another, with a mark between them."""
    return Joined(tuple(parts), mark)


def after(label: Words, words: Words | str) -> Joined:
    """Return words after a label and a colon: ``原因：…``, ``reason: …``."""
    return Joined((label, words), COLON)


def counted(count: int, noun: Text, plural: str | None = None) -> Filled:
    """Return a count with its noun: ``3 项成果``, ``3 results``; ``plural`` where it is no plain s.

    ``noun`` has the Chinese measure word before its noun: ``Text("项成果", "result")``.
    """
    many = noun.en if count == 1 else plural or noun.en + "s"
    return Text("{n} {noun}", "{n} {noun}").of(n=count, noun=Text(noun.zh, many))


# Signs that steer a terminal or turn the direction of text: never shown, wherever they are from.
_STEERING = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str, most: int | None = None) -> str:
    """Return a text without signs that steer a terminal, and no longer than ``most``."""
    clean = _STEERING.sub("", text)
    return clean if most is None or len(clean) <= most else clean[: most - 1] + "…"


JOINED = "\u2060"  # stands at both ends of what no line break parts; a screen does not show it


def unbroken(text: str) -> str:
    """Return a text that a page keeps on one line, such as the path of a file with its blanks."""
    return f"{JOINED}{text}{JOINED}"


def number(value: float) -> str:
    """Write a number without noise: 168, 0.95, 1234.5, 1000000; no exponent where people read."""
    return f"{value:.0f}" if 1e10 <= abs(value) < 1e15 else f"{value:.10g}"


def same(text: str) -> Text:
    """Return a text that reads the same in both languages (a name, an id)."""
    return Text(text, text)


_TEN_THOUSAND = "10k "  # as a unit of money in English: 10k CNY


def amounts(low: float, high: float, unit: Text | None) -> Words:
    """Write amounts of money: 500–2000 万元, and in English in millions: 5–20 M CNY."""
    span = _span(low, high)
    if unit is None:
        return same(span)
    in_english, unit_en = span, unit.en
    if unit.en.startswith(_TEN_THOUSAND):
        in_english = _span(low / 100, high / 100)
        unit_en = f"M {unit.en.removeprefix(_TEN_THOUSAND)}"
    shown = Text("{zh} {unit_zh}", "{en} {unit_en}")
    return shown.of(zh=span, unit_zh=unit.zh, en=in_english, unit_en=unit_en)


def _span(low: float, high: float) -> str:
    return number(low) if low == high else f"{number(low)}–{number(high)}"


_DENIALS = ("不", "非", "未", "无", "没有", "否", "not ", "no ", "non-", "non", "un", "in", "dis")


def _denies(one: str, other: str) -> bool:
    """Whether one word is the other with a denial before it."""
    return any(one == d + other or other == d + one for d in _DENIALS)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word``, or None when none is near.

    A word and its denial (清晰, 不清晰) are alike in letters and the reverse of each other: such a
    one is never suggested.
    """
    import difflib  # where it is needed: --help is not to wait for it

    by_fold = {k.casefold(): k for k in known if not _denies(word.casefold(), k.casefold())}
    close = difflib.get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def nearest_few(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words most like ``word``, the nearest first."""
    import difflib

    by_fold = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(word.casefold(), list(by_fold), n=most, cutoff=0.6)
    return [by_fold[c] for c in close]


def did_you_mean(
    word: str,
    known: Iterable[str],
    otherwise: Words = NOTHING,
    *,
    before: Text = SEMICOLON,
    behind: Text = NOTHING,
) -> Words:
    """Return ``did you mean …?`` with the nearest known word, between two marks.

    Where none is near it is ``otherwise``, without the marks.
    """
    near = nearest(word, known)
    return otherwise if near is None else meant(near, before=before, behind=behind)


def meant(near: str, *, before: Text = SEMICOLON, behind: Text = NOTHING) -> Words:
    """Return ``did you mean …?`` with a word that was found to be near, between two marks."""
    return join((before, _MEANT.of(near=near), behind), NOTHING)


_MEANT = Text("是否指 {near}？", "did you mean {near}?")


def from_environment() -> Lang:
    """Return the language of the user's locale: Chinese for any ``zh`` locale, else English."""
    for name in ("PILOTSCORE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    if os.name == "nt":  # Windows sets none of them; its own setting says
        import locale

        name = locale.getlocale()[0] or ""
        return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
    return "en"
