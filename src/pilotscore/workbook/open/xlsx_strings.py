"""Reads the shared strings of an .xlsx file (ECMA-376 part 1, 18.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotscore.patterns import regex
from pilotscore.workbook.open.xml_parts import (
    BLANKS,
    Attributes,
    elements,
    is_utf8,
    plain_text,
    unescaped,
)

_BEGIN, _END = b"<si>", b"</si>"
# An entry as nearly all are: one text, unformatted.
_PLAIN = regex(rb"<si><t(?: xml:space=\"preserve\")?>([^<]*)</t></si>")
_TAGS_OF_PLAIN = 4
# A text with blanks around it, which are its own only where it says so.
_MAYBE_TRIMMED = (b"<t> ", b"<t>\n", b"<t>\r", b"<t>\t", b" </t>", b"\n</t>", b"\r</t>", b"\t</t>")


class _OddError(Exception):
    """An entry that is more than one text: the part is read as XML."""


def shared_strings(pieces: Iterable[bytes], part: str) -> list[str]:
    """Return the shared strings of a workbook.

    A part whose every entry is one text is taken apart by its tags, each of which is accounted
    for; any other is parsed.

    Raises
    ------
    PartError
        The part is not sound XML.
    """
    whole = list(pieces)
    if not whole or not is_utf8(whole[0]):
        return _parsed(whole, part)
    try:
        return list(_plain(whole))
    except _OddError:
        return _parsed(whole, part)


def _plain(pieces: list[bytes]) -> Iterator[str]:
    held = b""
    begun = False
    for piece in pieces:
        held += piece
        if not begun:
            start = held.find(_BEGIN)
            if start < 0:
                continue
            begun, held = True, held[start:]
        cut = held.rfind(_END) + len(_END)
        if cut >= len(_END):
            yield from _entries(held[:cut])
            held = held[cut:]
    # What is left: the end tag, or a part without any entry.
    if not begun and (b"<si" in held or b":si" in held or b"sst" not in held):
        raise _OddError
    if begun and held.strip() != b"</sst>":
        raise _OddError


def _entries(content: bytes) -> list[str]:
    raw = _PLAIN.findall(content)
    if content.count(b"<") != _TAGS_OF_PLAIN * len(raw):
        raise _OddError
    if any(tag in content for tag in _MAYBE_TRIMMED):
        raise _OddError
    if b"&" in content or b"_x" in content or b"\r" in content:
        return [plain_text(text) for text in raw]
    return [text.decode("utf-8", "replace") for text in raw]


def _parsed(pieces: list[bytes], part: str) -> list[str]:
    strings: list[str] = []
    texts: list[str] = []
    inside = phonetic = trimmed = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside, phonetic, trimmed
        phonetic = phonetic or tag == "rPh"
        inside = tag == "t" and not phonetic
        if inside:  # the runs of a text in several formats say it each for itself
            trimmed = not texts and attributes.get("space") != "preserve"

    def take(data: str) -> None:
        if inside:
            texts.append(data)

    def end(tag: str) -> None:
        nonlocal inside, phonetic
        inside = False
        if tag == "rPh":
            phonetic = False
        elif tag == "si":
            text = "".join(texts)
            strings.append(unescaped(text.strip(BLANKS) if trimmed else text))
            texts.clear()

    elements(pieces, start, on_end=end, on_text=take, part=part)
    return strings
