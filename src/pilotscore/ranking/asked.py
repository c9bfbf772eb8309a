"""Methods asked for by name, beside those of the criteria file."""

from __future__ import annotations

from collections.abc import Iterable

from pilotscore.criteria import CriteriaSet, Method
from pilotscore.criteria.decision_methods import METHODS
from pilotscore.errors import UsageError
from pilotscore.language import Text, nearest

# What a method that takes no zero gets where nobody says: one point more for every indicator.
_OFFSET = 1.0


def methods_asked(criteria: CriteriaSet, names: Iterable[str]) -> tuple[Method, ...]:
    """Return the methods of a criteria set and those asked for by name, with default parameters.

    A name that is the id of a method of the set stands for that one.

    Raises
    ------
    UsageError
        There is no such method (the nearest is suggested).
    """
    found = list(criteria.methods)
    for name in dict.fromkeys(names):
        if any(name == m.id for m in found):
            continue
        if name not in METHODS:
            ids = [m.id for m in criteria.methods]
            near = nearest(name, [*METHODS, *ids])
            every = ", ".join([*ids, *METHODS])
            guess = Text(f"是否指 {near}？", f"did you mean {near}? ") if near else Text("", "")
            raise UsageError(
                Text(
                    f"没有名为 {name} 的方法。{guess.zh}可用：{every}",
                    f"there is no method {name}. {guess.en}There are: {every}",
                )
            )
        known = METHODS[name]
        offset = _OFFSET if known.zero_free else 0.0
        found.append(Method(id=name, title=known.title, method=name, offset=offset))
    return tuple(found)
