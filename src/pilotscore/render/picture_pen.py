"""Words of a picture, as far as the fonts that are there can draw them."""

from __future__ import annotations

from pilotscore.language import Lang, Words, in_lang
from pilotscore.records import dataclass


@dataclass(slots=True)
class Pen:
    """Writes words in a picture, in English where no font has Chinese; notes what it could not."""

    lang: Lang
    plain: bool
    lost: bool = False

    def write(self, words: Words | str) -> str:
        """Return words as the font can draw them."""
        text: str = in_lang(words, self.lang)
        if not self.plain:
            return text
        self.lost |= not _in_signs(text).isascii()
        return _in_signs(in_lang(words, "en")).encode("ascii", "replace").decode("ascii")


def _in_signs(text: str) -> str:
    return text.replace("≥", ">=").replace("≤", "<=")
