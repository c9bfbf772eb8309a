"""Hands on the elements of a part of an OpenDocument file, by names that have a known prefix.

Expat takes a third longer where it resolves namespaces. Nearly every file declares them once, on
its root, with the prefixes of the standard: such a file is parsed by its prefixes as they stand,
any other one with its namespaces resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TypeVar
from xml.parsers import expat

from pilotscore.patterns import regex
from pilotscore.workbook.open.sheet_contents import ENTITIES, PartError

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_URI_OF = {
    "office": f"{_OASIS}office:1.0",
    "table": f"{_OASIS}table:1.0",
    "text": f"{_OASIS}text:1.0",
    "style": f"{_OASIS}style:1.0",
    "number": f"{_OASIS}datastyle:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_PREFIX_OF = {uri: prefix for prefix, uri in _URI_OF.items()}
_ROOT = regex(rb"<[A-Za-z_][^<>]*>")
_DECLARATION = regex(rb"\sxmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"'&]*)[\"']")
_ANY_DECLARATION = regex(rb"xmlns(?::[^\s=]*)?\s*=")
_HEAD = 1 << 16
T = TypeVar("T")
Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


class _OtherPrefixesError(Exception):
    """A part whose prefixes are not those of the standard, or are declared within it."""


class Elements:
    """The elements of a part as they come by; ``head`` is how it begins, as bytes of ASCII."""

    def __init__(self, parser: expat.XMLParserType, head: bytes, *, prefixed: bool) -> None:
        self._parser, self.head, self._prefixed = parser, head, prefixed

    def hand_to(self, start: Start, end: End | None, text: Callable[[str], None] | None) -> None:
        """Hand what follows to these."""
        parser = self._parser
        parser.CharacterDataHandler = text
        if self._prefixed:
            parser.StartElementHandler, parser.EndElementHandler = start, end
            return

        def start_named(name: str, attributes: Mapping[str, str]) -> None:
            start(_prefixed(name), {_prefixed(k): v for k, v in attributes.items()})

        def end_named(name: str) -> None:
            if end is not None:
                end(_prefixed(name))

        parser.StartElementHandler = start_named
        parser.EndElementHandler = end_named if end is not None else None


@lru_cache(maxsize=4096)
def _prefixed(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    return f"{_PREFIX_OF.get(uri, uri)}:{local}" if uri else name


def parse(part: str, pieces: Callable[[], Iterable[bytes]], begin: Callable[[Elements], T]) -> T:
    """Parse a part, and return what took its elements.

    Parameters
    ----------
    part
        Its name.
    pieces
        Gives its bytes, again from the first where it is called again.
    begin
        Makes what takes the elements, and has them handed to it.

    Raises
    ------
    PartError
        It is not well formed, or declares entities.
    """
    try:
        return _parsed(part, iter(pieces()), begin, prefixed=True)
    except _OtherPrefixesError:
        return _parsed(part, iter(pieces()), begin, prefixed=False)


def _parsed(
    part: str, pieces: Iterator[bytes], begin: Callable[[Elements], T], *, prefixed: bool
) -> T:
    first = next(pieces, b"")
    head = first[:_HEAD]
    parser = expat.ParserCreate(namespace_separator=None if prefixed else " ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise PartError(part, ENTITIES)

    parser.EntityDeclHandler = refuse
    taker = begin(Elements(parser, head.replace(b"\0", b""), prefixed=prefixed))
    root = _plain_root(head) if prefixed else 0
    before = b"" if prefixed else b"\0"
    try:
        for piece in chain([first], pieces):
            if prefixed and b"xmlns" in before + piece[root:]:
                raise _OtherPrefixesError
            before, root = piece[-4:], 0
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:  # ValueError: an encoding that expat has not
        raise PartError(part, str(error)) from error
    return taker


def _plain_root(head: bytes) -> int:
    """Return where the root ends whose prefixes are those of the standard.

    Raises
    ------
    _OtherPrefixesError
        They are not, or the root is not at the beginning.
    """
    root = _ROOT.search(head)
    if root is None or b"\0" in head:
        raise _OtherPrefixesError
    declared = [
        (p.decode(), u.decode("utf-8", "replace")) for p, u in _DECLARATION.findall(root[0])
    ]
    usual = all(_URI_OF.get(p, u) == u and _PREFIX_OF.get(u, p) == p for p, u in declared)
    if not usual or len(_ANY_DECLARATION.findall(root[0])) != len(declared):
        raise _OtherPrefixesError
    return root.end()
