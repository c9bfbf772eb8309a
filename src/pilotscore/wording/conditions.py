"""A condition of a criteria set as a person reads it: titles instead of names, words for signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.criteria.condition import (
    AllOf,
    Among,
    AnyOf,
    Compare,
    Condition,
    InState,
    Not,
    parse,
)
from pilotscore.criteria.model import BUILT_IN_DATES, BUILT_IN_NUMBERS, Fact
from pilotscore.language import BLANK, Text, Words, join, number, same
from pilotscore.wording import words

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
_COMPARED = same("{name} {sign} {value}")
_SAID = Text("{name}：{value}", "{name}: {value}")
_ANY = Text("{name}为{values}之一", "{name} is one of {values}")
_NONE = Text("{name}不是{values}中的任何一个", "{name} is none of {values}")
_STATES = {
    ("missing", True): Text("{name}无值", "{name} has no value"),
    ("missing", False): Text("{name}有值", "{name} has a value"),
    ("not_applicable", True): Text("{name}不适用", "{name} does not apply"),
    ("not_applicable", False): Text("{name}适用", "{name} does apply"),
}
_CONTRARY = Text("并非（{part}）", "not ({part})")
_BRACKETED = Text("（{part}）", "({part})")
_AND, _OR, _LISTED = Text("，且", " and "), Text("，或", " or "), Text("、", ", ")


def in_words(when: str, criteria: CriteriaSet) -> Words:
    """Say a condition in words.

    Parameters
    ----------
    when
        The condition as a criteria file has it.
    criteria
        The set of whose indicators and facts it speaks.
    """
    return _Wording(criteria).of(parse(when))


class _Wording:
    """Conditions over the names of one criteria set, in words."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.quantities: dict[str, Indicator | Fact] = {q.id: q for q in criteria.quantities}
        self.titles: dict[str, Text] = {**BUILT_IN_NUMBERS, **BUILT_IN_DATES, **criteria.titles}

    def of(self, condition: Condition) -> Words:
        """Return a condition in words."""
        match condition:
            case Compare():
                return self._compared(condition)
            case Among(name, (one,)):
                return self._compared(Compare(name, "==", one, condition.column))
            case Among(name, members):
                return self._among(_ANY, name, members)
            case InState(name, state):
                return _STATES[state, True].of(name=self._title(name))
            case Not(part):
                return self._contrary(part)
            case AllOf(parts):
                return join(map(self._part, parts), _AND)
            case AnyOf(parts):
                return join(map(self._part, parts), _OR)
            case _:
                assert_never(condition)

    def _compared(self, condition: Compare) -> Words:
        name, value = self._title(condition.name), self._value(condition.name, condition.other)
        if condition.operator == "==" and isinstance(condition.other, str):
            return _SAID.of(name=name, value=value)
        return _COMPARED.of(name=name, sign=_SIGNS[condition.operator], value=value)

    def _contrary(self, part: Condition) -> Words:
        match part:
            case InState(name, state):
                return _STATES[state, False].of(name=self._title(name))
            case Among(name, members):
                return self._among(_NONE, name, members)
            case _:
                return _CONTRARY.of(part=self.of(part))

    def _among(self, text: Text, name: str, members: Iterable[float | str]) -> Words:
        values = join((self._value(name, m) for m in members), _LISTED)
        return text.of(name=self._title(name), values=values)

    def _part(self, part: Condition) -> Words:
        """Return a part of several, in brackets where it has several itself."""
        said = self.of(part)
        return _BRACKETED.of(part=said) if isinstance(part, AllOf | AnyOf) else said

    def _title(self, name: str) -> Words:
        return self.titles.get(name, same(name))

    def _value(self, name: str, value: float | str) -> Words:
        """Return what a name is compared with: a title, a word, or a number with its unit."""
        quantity = self.quantities.get(name)
        if isinstance(value, str):
            table = quantity.table if quantity is not None else None
            known = {c.id: c.title for c in table or ()}
            return known.get(value) or self.titles.get(value) or _WORDS.get(value) or same(value)
        if quantity is not None and quantity.type == "percent":
            return same(f"{number(value)}%")
        unit = None if quantity is None else quantity.unit
        return same(number(value)) if unit is None else join((number(value), unit), BLANK)


_WORDS = {"yes": words.YES, "no": words.NO}
