"""Decision methods selected by name, beside those of the criteria file."""

from __future__ import annotations

from collections.abc import Iterable

from pilotscore.criteria import CriteriaSet, Method
from pilotscore.criteria.decision_methods import METHODS
from pilotscore.errors import UsageError
from pilotscore.language import NOTHING, SENTENCES, Filled, Text, did_you_mean

# What a method that takes no zero gets where nobody says: one point more for every indicator.
_OFFSET = 1.0


def select_methods(criteria: CriteriaSet, names: Iterable[str]) -> tuple[Method, ...]:
    """Return the methods of a criteria set and those of these names, with default parameters.

    A name that is the id of a method of the set stands for that one.

    Raises
    ------
    UsageError
        There is no such method (the nearest is suggested).
    """
    selected = list(criteria.methods)
    for name in dict.fromkeys(names):
        if any(name == m.id for m in selected):
            continue
        if name not in METHODS:
            raise UsageError(_unknown(name, [*(m.id for m in criteria.methods), *METHODS]))
        known = METHODS[name]
        offset = _OFFSET if known.zero_free else 0.0
        selected.append(Method(id=name, title=known.title, method=name, offset=offset))
    return tuple(selected)


def _unknown(name: str, known: list[str]) -> Filled:
    guess = did_you_mean(name, known, before=NOTHING, behind=SENTENCES)
    text = Text(
        "没有名为 {name} 的方法。{guess}可用：{known}",
        "there is no method {name}. {guess}There are: {known}",
    )
    return text.of(name=name, guess=guess, known=", ".join(known))
