"""Small XML parts with the byte offsets of their elements, so that they are changed in place.

What an edit does not name stays byte for byte as it was: prefixes, order, blanks, what is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from pilotscore.language import Text, Words, printable
from pilotscore.patterns import regex
from pilotscore.records import dataclass

# What stands between the name of a tag and its end. In sound XML no value holds a "<".
ATTRIBUTES = rb"""(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*"""
_OPEN_TAG = regex(rb"<([^\s/>:]+:)?[^\s/>:]+" + ATTRIBUTES + rb"/?>")
_ATTRIBUTE = regex(rb"""\s+([^\s=<>"'/]+)\s*=\s*("[^"<]*"|'[^'<]*')""")
_NO_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as the sign of that number: an underscore that begins such a thing is written
# as one itself.
_LIKE_A_SIGN = regex("_(?=x[0-9A-Fa-f]{4}_)")


class UnknownMarkupError(ValueError):
    """A file whose parts are not what a workbook has; ``text`` says which and why."""

    def __init__(self, text: Words) -> None:
        super().__init__(text.to("en"))
        self.text = text


_NO_ELEMENT = Text("部件是空的", "a part is empty")
_ODD_TAG = Text("第 {at} 字节处的标记无法识别", "the tag at byte {at} is not understood")
_DOCUMENT_TYPE = Text("部件中声明了文档类型", "a part declares a document type")


class Edit(NamedTuple):
    """Bytes that stand in for those between two offsets."""

    start: int
    end: int
    new: bytes


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a part: its names, its attributes, and where its tags begin and end.

    Attributes bear their local names; one without a prefix counts before one with it.
    """

    namespace: str
    name: str
    prefix: bytes
    attributes: dict[str, str]
    start: int
    open_end: int
    close: int
    end: int
    text: str
    children: tuple[Element, ...]

    def child(self, name: str) -> Element | None:
        """Return the first child of a local name."""
        return next((e for e in self.children if e.name == name), None)


def parse(data: bytes) -> Element:
    """Return the root of a part in UTF-8.

    Raises
    ------
    expat.ExpatError
        It is no sound XML.
    UnknownMarkupError
        It has a document type, which no part of a workbook may have.
    """
    return _Reader(data).run()


def opened(data: bytes) -> tuple[bytes, Element]:
    """Return a part and its root, with a closing tag of its own so that it can be filled."""
    root = parse(data)
    if root.children or root.close < root.end:
        return data, root
    whole = changed(data, [appended(data, root, b"")])
    return whole, parse(whole)


@dataclass(slots=True)
class _Begun:
    """An element whose end is not reached yet."""

    names: list[str]
    attributes: dict[str, str]
    start: int
    open_end: int
    prefix: bytes
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.begun: list[_Begun] = []
        self.root: Element | None = None
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = _refuse_document_type

    def run(self) -> Element:
        self.parser.Parse(self.data, True)
        if self.root is None:
            raise UnknownMarkupError(_NO_ELEMENT)
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        tag = _OPEN_TAG.match(self.data, start)
        if tag is None:
            raise UnknownMarkupError(_ODD_TAG.of(at=start))
        named = {k.rpartition(" ")[2]: v for k, v in attributes.items() if " " in k}
        named |= {k: v for k, v in attributes.items() if " " not in k}
        self.begun.append(_Begun(name.rsplit(" ", 1), named, start, tag.end(), tag.group(1) or b""))

    def _end(self, _: str) -> None:
        begun = self.begun.pop()
        if self.data[begun.open_end - 2 : begun.open_end] == b"/>":
            close = end = begun.open_end
        else:
            close = self.parser.CurrentByteIndex
            end = self.data.index(b">", close) + 1
        element = Element(
            begun.names[0] if len(begun.names) > 1 else "",
            begun.names[-1],
            begun.prefix,
            begun.attributes,
            begun.start,
            begun.open_end,
            close,
            end,
            "".join(begun.text),
            tuple(begun.children),
        )
        if self.begun:
            self.begun[-1].children.append(element)
        else:
            self.root = element

    def _text(self, text: str) -> None:
        if self.begun:
            self.begun[-1].text.append(text)


def _refuse_document_type(*_: object) -> None:
    raise UnknownMarkupError(_DOCUMENT_TYPE)


def changed(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a part with edits; of two at the same place the first one given comes first.

    Raises
    ------
    ValueError
        Two of them touch the same bytes.
    """
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"two edits at byte {edit.start}")
        pieces += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join([*pieces, data[at:]])


def removed(element: Element) -> Edit:
    """Return what takes an element away."""
    return Edit(element.start, element.end, b"")


def appended(data: bytes, element: Element, xml: bytes) -> Edit:
    """Return what puts something behind the last child of an element."""
    if element.close > element.open_end or data[element.open_end - 2 : element.open_end] != b"/>":
        return Edit(element.close, element.close, xml)
    name = element.prefix + element.name.encode()
    return Edit(element.open_end - 2, element.open_end, b">" + xml + b"</" + name + b">")


def retagged(data: bytes, element: Element, values: dict[str, str | None]) -> Edit:
    """Return what gives attributes of an element other values; None takes one away."""
    tag = data[element.start : element.open_end]
    new = with_attributes(tag, {name.encode(): value for name, value in values.items()})
    at_end = 2 if tag.endswith(b"/>") else 1  # so that it can stand beside an edit of the content
    return Edit(element.start, element.open_end - at_end, new[:-at_end])


def with_attributes(tag: bytes, values: dict[bytes, str | None]) -> bytes:
    """Return an opening tag with other values of attributes; None takes one away."""
    left, pieces, at = dict(values), [], 0
    for match in _ATTRIBUTE.finditer(tag):
        name = match.group(1)
        if name in left:
            pieces += [tag[at : match.start()], _attribute(name, left.pop(name))]
            at = match.end()
    rest = tag[at:]
    end = len(rest) - (2 if rest.endswith(b"/>") else 1)
    new = b"".join(_attribute(n, v) for n, v in left.items())
    return b"".join([*pieces, rest[:end].rstrip() if new else rest[:end], new, rest[end:]])


def attributes_of(tag: bytes) -> dict[bytes, bytes]:
    """Return the attributes of an opening tag, as they are written."""
    return {m.group(1): m.group(2)[1:-1] for m in _ATTRIBUTE.finditer(tag)}


def _attribute(name: bytes, value: str | None) -> bytes:
    return b"" if value is None else b" " + name + b"=" + quoted(value)


def quoted(value: str) -> bytes:
    """Return a value as it stands in a tag, with its quotes."""
    return quoteattr(sound(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}).encode()


def sound(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _NO_XML.sub("", text)


def plain(text: str) -> str:
    """Return a text without the signs that a workbook cannot hold or that steer a terminal."""
    return sound(printable(text.encode("utf-8", "replace").decode("utf-8")))


def text_element(name: bytes, text: str, *, as_read: bool = False) -> bytes:
    """Return an element of text, as cells and comments have it, which keeps its blanks.

    ``as_read`` is for text that was read from such an element.
    """
    written = sound(text) if as_read else _LIKE_A_SIGN.sub("_x005F_", sound(text))
    inner = escape(written, {"\r": "&#13;"}).encode()
    return b'<%s xml:space="preserve">%s</%s>' % (name, inner, name)
