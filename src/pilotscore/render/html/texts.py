"""Texts of a page: each in both languages, and each once."""

from __future__ import annotations

from typing import Any

from pilotscore.language import printable


class Texts:
    """Texts by number: each stands once, as a string, or as a pair where languages differ."""

    def __init__(self) -> None:
        self.listed: list[str | tuple[str, str]] = []
        self._numbers: dict[str | tuple[str, str], int] = {}

    def add(self, said: Any) -> int:
        """Return the number of a text."""
        text = said if type(said) is str and said in self._numbers else both(said)
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.listed)
            self.listed.append(text)
        return number


def both(said: Any) -> str | tuple[str, str]:
    """Return a text in both languages, once where they are the same."""
    if not hasattr(said, "to"):  # quicker than to ask whether they are Words
        return printable(str(said))
    zh, en = printable(said.to("zh")), printable(said.to("en"))
    return zh if zh == en else (zh, en)
