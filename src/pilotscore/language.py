"""The two languages: which one a person reads, and a text that exists in both."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any, Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


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

        A value that is itself a :class:`Text` is put in the same language.
        """
        shown = {k: v.to(lang) if isinstance(v, Text) else v for k, v in values.items()}
        return self.to(lang).format(**shown)


# Signs that steer a terminal or turn the direction of the text: never shown, wherever they came from.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str, most: int | None = None) -> str:
    """Return a text without signs that steer a terminal, and no longer than ``most``."""
    clean = _STEERING.sub("", text)
    return clean if most is None or len(clean) <= most else clean[: most - 1] + "…"


def same(text: str) -> Text:
    """Return a text that reads the same in both languages (a name, an id)."""
    return Text(text, text)


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
