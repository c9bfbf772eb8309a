"""Reads the XML of a package's parts: as events, and the text within it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.workbook.open.sheet_contents import ENTITIES, PartError

_ENTITY = regex(r"&(#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")
_ENCODING = regex(rb"<\?xml[^>]*?encoding=[\"']([^\"']*)")
_OF_SEVERAL_BYTES = {
    **dict.fromkeys(("gbk", "gb2312", "gb18030"), "gb18030"),  # the last has all of the others
    "utf8": "utf-8",
    **{name: name for name in ("big5", "shift_jis", "euc-jp", "euc-kr")},
}
_NO_ENCODING = Text("不认识的编码 {name}", "unknown encoding {name}")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = regex("_x([0-9A-Fa-f]{4})_")

_LONGEST_DECLARATION = 200
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
        for piece in _readable(pieces):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PartError(part, str(error)) from error
    except (LookupError, ValueError) as error:
        if "encoding" not in str(error):
            raise
        raise PartError(part, str(error)) from error  # the parser's words for one it does not know
    except PartError as error:
        raise PartError(part, error.reason) from error


def _readable(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a part in an encoding that the parser knows: of several bytes a sign, UTF alone.

    Raises
    ------
    PartError
        It is in an encoding that is not known, or is not in the one that it states.
    """
    rest = iter(pieces)
    first = b""
    while len(first) < _LONGEST_DECLARATION and (piece := next(rest, b"")):
        first += piece
    declared = _ENCODING.match(first)
    name = declared.group(1).decode("ascii", "replace") if declared else "utf-8"
    codec = _OF_SEVERAL_BYTES.get(name.lower())
    if codec is None:
        if not _is_of_one_byte(name):
            raise PartError("", _NO_ENCODING.of(name=name))
        yield first
        yield from rest
        return
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        yield decoder.decode(first).replace(name, "utf-8", 1).encode()
        for piece in rest:
            yield decoder.decode(piece).encode()
        yield decoder.decode(b"", True).encode()
    except UnicodeDecodeError as error:
        raise PartError("", str(error)) from error


def _is_of_one_byte(name: str) -> bool:
    """Say whether an encoding has one byte for a sign, or is one of the parser's own."""
    if name.lower().startswith(("utf-8", "utf-16")):
        return True
    try:
        return len(bytes(range(256)).decode(name, "replace")) == 256
    except (LookupError, ValueError):
        return False


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
