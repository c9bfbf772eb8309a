"""Regular expressions that are compiled when they are first used.

A run imports some three hundred and uses a third of them; to compile one takes as long as to match
hundreds of cells.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _WhenUsed:
    """Stands for a compiled expression; keeps each method of it that is asked for."""

    def __init__(self, text: Any, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        # What is kept here is looked up no more: a second match costs what it costs without this.
        value = self.__dict__[name] = getattr(re.compile(*self._given), name)
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return regex, self._given


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled when a method of it is first asked for.

    The ``re`` of a match is the compiled one, not what is returned here: compare their ``pattern``.

    Parameters
    ----------
    text, flags
        As :func:`re.compile` takes them.
    """
    return cast("re.Pattern[AnyStr]", _WhenUsed(text, flags))
