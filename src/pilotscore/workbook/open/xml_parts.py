"""Reads the XML of a package's parts: as events, and the text within it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from pilotscore.workbook.open.sheet_contents import ENTITIES, PartError

_ENTITY = re.compile(r"&(#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding=[\"']([^\"']*)")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

# The blanks of XML; a text of a workbook keeps those around it only where it says so.
BLANKS = " \t\r\n"

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
OnEnd = Callable[[str], None]


def is_utf8(head: bytes) -> bool:
    """Say whether a part that begins so is written in UTF-8, as nearly all are."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _ENCODING.match(text)
    named = encoding is None or encoding.group(1).lower() in (b"utf-8", b"us-ascii")
    return named and text[:1] == b"<" and b"\x00" not in text[:64]


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _refuse_entity(*_declaration: object) -> None:
    # What an entity stands for can grow without end, and no writer of workbooks declares any.
    raise PartError("", ENTITIES)


def new_parser() -> expat.XMLParserType:
    """Return a parser that gives text in one piece and refuses declarations of entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    return parser


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes], part: str = "") -> None:
    """Give a parser a part to its end.

    Raises
    ------
    PartError
        It is not sound XML, or declares entities.
    """
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PartError(part, str(error)) from error
    except PartError as error:
        raise PartError(part, error.reason) from error


def elements(
    pieces: Iterable[bytes],
    on_start: OnStart,
    *,
    on_end: OnEnd | None = None,
    on_text: Callable[[str], None] | None = None,
    part: str = "",
) -> None:
    """Tell each element of a part, with local names.

    Raises
    ------
    PartError
        It is not sound XML, or declares entities.
    """
    parser = new_parser()
    parser.StartElementHandler = lambda tag, attributes: on_start(
        local(tag), {local(k): v for k, v in attributes.items()}
    )
    if on_end is not None:
        parser.EndElementHandler = lambda tag: on_end(local(tag))
    if on_text is not None:
        parser.CharacterDataHandler = on_text
    feed(parser, pieces, part)


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _NAMED:
        return _NAMED[name]
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(number) if number <= 0x10FFFF else match.group(0)


def unescaped(text: str) -> str:
    """Return a text without the escapes that Excel writes for control characters: _x000D_."""
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def plain_text(raw: bytes) -> str:
    """Return the characters that the raw bytes between two tags stand for, in UTF-8."""
    text = raw.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    return unescaped(text)
