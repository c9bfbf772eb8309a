"""The boxes that comments are shown in, as a drawing of the older kind (VML).

Such a part is often no sound XML (Excel itself writes ``<br>`` in it), so it is not parsed: the
shapes are found by their tags, and everything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.workbook.copies.markup import UnknownMarkupError
from pilotscore.workbook.copies.sheet_survey import Spot

_NAMESPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY = (
    b"<xml" + _NAMESPACES + b'><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_KIND = b"_x0000_t202"
_SHAPE_TYPE = (
    b'<v:shapetype id="' + _KIND + b'" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    b'<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;'
    b'margin-left:60pt;margin-top:2pt;width:%dpx;height:%dpx;z-index:%d;visibility:hidden" '
    b'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row>"
    b"<x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_SHAPE = regex(rb"<(\w+:)?shape\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*(?<!/)>.*?</\1?shape>", re.DOTALL)
_ROW = regex(rb"<(?:\w+:)?Row>\s*(\d+)\s*</")
_COLUMN = regex(rb"<(?:\w+:)?Column>\s*(\d+)\s*</")
_ANCHOR = regex(rb"(<(?:\w+:)?Anchor>)([^<]*)(</)")
_NOTE = regex(rb"ObjectType=[\"']Note[\"']")
_NUMBER = regex(rb"_s(\d+)[\"']")
_NO_END = Text("批注框部件没有结束", "the part of the boxes of comments does not end")
# What a cell is reckoned to measure, in pixels.
_COLUMN_WIDTH, _ROW_HEIGHT = 64, 20


class Boxes:
    """The boxes of a sheet's comments; ``content`` is the part as it is by now."""

    def __init__(self, content: bytes) -> None:
        self.content = content or _EMPTY

    def remove(self, spots: Collection[Spot]) -> None:
        """Take away the boxes of some cells."""
        self._replace(dict.fromkeys(spots, b""))

    def widen(self, texts: Mapping[Spot, str]) -> None:
        """Make the boxes of some cells large enough for their texts; none is made smaller."""
        if not texts:
            return
        shapes = {s: m.group() for s, m in self._shapes() if s in texts}
        self._replace({s: _widened(xml, *size_of(texts[s])) for s, xml in shapes.items()})

    def add(self, texts: Mapping[Spot, str]) -> None:
        """Draw boxes at some cells, each as large as its text needs."""
        if not texts:
            return
        end = self.content.rfind(b"</xml")
        if end < 0:
            raise UnknownMarkupError(_NO_END)
        numbers = [int(n) for n in _NUMBER.findall(self.content)]
        first = max([1024, *numbers]) + 1
        kind = b"" if b'id="' + _KIND in self.content else _SHAPE_TYPE
        declared = b"" if b"xmlns:x=" in self.content[:2000] else _NAMESPACES
        if declared and kind:
            kind = kind.replace(b"<v:shapetype", b"<v:shapetype" + declared, 1)
        new = [
            _box(spot, text, first + i, declared)
            for i, (spot, text) in enumerate(sorted(texts.items()))
        ]
        self.content = self.content[:end] + kind + b"".join(new) + self.content[end:]

    def _shapes(self) -> list[tuple[Spot, re.Match[bytes]]]:
        shapes = []
        for match in _SHAPE.finditer(self.content):
            row, column = _ROW.search(match.group()), _COLUMN.search(match.group())
            if row is not None and column is not None and _NOTE.search(match.group()):
                shapes.append(((int(row.group(1)) + 1, int(column.group(1)) + 1), match))
        return shapes

    def _replace(self, shapes: Mapping[Spot, bytes]) -> None:
        pieces, at = [], 0
        for spot, match in self._shapes() if shapes else ():
            if spot in shapes:
                pieces += [self.content[at : match.start()], shapes[spot]]
                at = match.end()
        self.content = b"".join([*pieces, self.content[at:]])


def _box(spot: Spot, text: str, number: int, declared: bytes) -> bytes:
    row, column = spot[0] - 1, spot[1] - 1
    width, height = size_of(text)
    top = max(0, row - 1)
    anchor = _anchor(column + 1, top, width, height)
    return _BOX % (declared, number, width, height, number - 1024, anchor, row, column)


def _anchor(left: int, top: int, width: int, height: int) -> bytes:
    """Return where a box lies: column, pixels, row, pixels of its corners."""
    right, bottom = left + width // _COLUMN_WIDTH, top + height // _ROW_HEIGHT
    return b"%d, 15, %d, 4, %d, %d, %d, %d" % (
        left,
        top,
        right,
        width % _COLUMN_WIDTH,
        bottom,
        height % _ROW_HEIGHT,
    )


def _widened(shape: bytes, width: int, height: int) -> bytes:
    match = _ANCHOR.search(shape)
    numbers = match.group(2).split(b",") if match else []
    if match is None or len(numbers) != 8 or not all(n.strip().isdigit() for n in numbers):
        return shape  # a form of its own: it stays as it is
    left, dx, top, dy, right, right_dx, bottom, bottom_dy = (int(n) for n in numbers)
    right = max(right, left + width // _COLUMN_WIDTH)
    bottom = max(bottom, top + height // _ROW_HEIGHT)
    anchor = b"%d, %d, %d, %d, %d, %d, %d, %d" % (
        left,
        dx,
        top,
        dy,
        right,
        right_dx,
        bottom,
        bottom_dy,
    )
    return shape[: match.start(2)] + anchor + shape[match.end(2) :]


def size_of(text: str) -> tuple[int, int]:
    """Return the width and height, in pixels, of a box that a text fits."""
    width = 320 if len(text) > 40 or "\n" in text else 200
    per_line = width // 8
    lines = sum(1 + _cells(line) // per_line for line in text.split("\n"))
    return width, min(600, max(60, 24 + 19 * lines))


def _cells(text: str) -> int:
    return sum(2 if ord(ch) > 0x2E7F else 1 for ch in text)
