"""Words that stand for one thing: every spelling of it, its titles, and what a spelling is like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from operator import ne

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.language import NOTHING, Text, Words, did_you_mean, join, meant
from pilotscore.records import dataclass

_EITHER = Text("：是{titles}？", ": {titles}?")
_OR = Text("还是", " or ")
_SHORT = (2, 3)
# Between the languages of what a template for both has in its lists.
_BETWEEN = ("/", "／", "\n", "|")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What each spelling means; the first Chinese and the first English one are the title."""

    titles: Mapping[str, Text]
    by_form: Mapping[str, str]
    written: tuple[str, ...] = field(repr=False)
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        spellings: Mapping[str, tuple[str, str]],
        patterns: Mapping[str, str] | None = None,
        unclear: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Vocabulary:
        """Collect spellings: by what they mean, the Chinese ones and the English ones.

        Those of one language have strokes between them. ``patterns`` are tried, on the text reduced
        for comparison, where no spelling is it: 第三次审查意见. ``unclear`` are spellings, with
        strokes between them, that may stand for one thing or another, and are never taken for any.
        """
        titles = {k: Text(zh.split("|")[0], en.split("|")[0]) for k, (zh, en) in spellings.items()}
        written = [(k, s) for k, both in spellings.items() for x in both for s in x.split("|")]
        by_form = {normalise(k): k for k in spellings}
        for what, spelling in written:
            by_form.setdefault(normalise(spelling), what)
        doubtful = {
            normalise(s): ids for some, ids in (unclear or {}).items() for s in some.split("|")
        }
        compiled = {k: re.compile(p) for k, p in (patterns or {}).items()}
        return cls(titles, by_form, tuple(s for _, s in written), compiled, spellings, doubtful)

    def meaning(self, text: str) -> str:
        """Return what a text means; '' where it is not known.

        It is known as a whole, without what it has in brackets, or in two languages at once.
        """
        for form in (text, without_brackets(text)):
            if what := self.by_form.get(normalise(form), ""):
                return what
        form = normalise(text)
        by_pattern = (k for k, p in self.patterns.items() if p.fullmatch(form))
        return self._in_two_languages(text) or next(by_pattern, "")

    def _in_two_languages(self, text: str) -> str:
        for sign in _BETWEEN:
            parts = [p for p in text.split(sign) if p.strip()]
            meanings = {self.by_form.get(normalise(p), "") for p in parts}
            if len(parts) > 1 and len(meanings) == 1 and "" not in meanings:
                return meanings.pop()
        return ""

    def _one_sign_off(self, text: str) -> Words:
        """Ask about a short Chinese word with one sign wrong: 发名 for 发明."""
        form = normalise(text)
        if len(form) not in _SHORT or form.isascii():
            return NOTHING
        off = (s for s in self.written if len(s) == len(form) and not s.isascii())
        near = next((s for s in off if sum(map(ne, s, form)) == 1), None)
        return NOTHING if near is None else meant(near)

    def near(self, text: str) -> Words:
        """Say what a text that is not known may stand for, behind a mark; nothing where unlike."""
        either = self.unclear.get(normalise(text))
        if either is None:
            return did_you_mean(text, self.written, self._one_sign_off(text))
        return _EITHER.of(titles=join([self.titles[i] for i in either], _OR))
