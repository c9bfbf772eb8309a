"""The part of a workbook's styles: formats of cells are put behind those that there are.

So no format of a cell changes that is not asked to.
"""

from __future__ import annotations

from dataclasses import field

from pilotscore.records import dataclass
from pilotscore.workbook.copies.markup import (
    Edit,
    Element,
    appended,
    changed,
    opened,
    quoted,
    retagged,
    with_attributes,
)
from pilotscore.workbook.copies.package import DECLARATION, Package
from pilotscore.workbook.copies.sheet_edits import placed_before

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# The first two fills of a workbook are always these.
_EMPTY = DECLARATION + (
    b'<styleSheet xmlns="' + _MAIN.encode() + b'">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b"</styleSheet>"
)
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_COUNTED = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_FONT_PARTS = ("sz", "name", "family", "charset", "scheme")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of ours looks: its font, its fill, and elements of its own."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    colour: str = ""
    fill: str = ""
    line: str = ""
    alignment: str = ""


@dataclass(slots=True)
class _Kind:
    """The entries of one kind: the numbers of those that there are, and those that are new."""

    count: int
    numbers: dict[bytes, int]
    new: list[bytes] = field(default_factory=list)

    def add(self, xml: bytes) -> int:
        """Add an entry, or find one that is the same; return its number."""
        if xml not in self.numbers:
            self.numbers[xml] = self.count + len(self.new)
            self.new.append(xml)
        return self.numbers[xml]


class Styles:
    """The formats of cells of a workbook; with ours behind them.

    Parameters
    ----------
    package
        The workbook. The part is made when the copy is written, after the sheets that need it.
    """

    def __init__(self, package: Package) -> None:
        part = package.related(package.main, "styles")
        if part is None:
            part = package.free_name("xl/styles{}.xml")
            package.add(part, _CONTENT_TYPE, _EMPTY)
            package.relate(package.main, "styles", part)
        self._data, self._root = opened(package.read(part))
        self._entries = {kind: self._of(kind) for kind in _COUNTED}
        self._kinds = {kind: self._stored(entries) for kind, entries in self._entries.items()}
        for kind, entries in self._entries.items():
            for xml in () if entries else self._first(kind):
                self._kinds[kind].add(xml)
        self._known: dict[tuple[int, str], int] = {}
        package.change_when_written(part, lambda: (self.content(),), last=True)

    def _of(self, kind: str) -> tuple[Element, ...]:
        listed = self._root.child(kind)
        return tuple(e for e in listed.children if e.name == _COUNTED[kind]) if listed else ()

    def _stored(self, entries: tuple[Element, ...]) -> _Kind:
        numbers: dict[bytes, int] = {}
        for number, e in enumerate(entries):
            numbers.setdefault(self._data[e.start : e.end], number)
        return _Kind(len(entries), numbers)

    def _tag(self, name: str) -> bytes:
        return self._root.prefix + name.encode()

    def _first(self, kind: str) -> list[bytes]:
        """Return what every workbook has of a kind, for one that has none."""
        p = self._root.prefix
        return {
            "fonts": [b'<%sfont><%ssz val="11"/><%sname val="Calibri"/></%sfont>' % (p, p, p, p)],
            "fills": [
                b'<%sfill><%spatternFill patternType="%s"/></%sfill>' % (p, p, pattern, p)
                for pattern in (b"none", b"gray125")
            ],
            "borders": [b"<%sborder/>" % p],
            "cellXfs": [self._bare_xf()],
        }[kind]

    def _bare_xf(self) -> bytes:
        return b'<%sxf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' % self._root.prefix

    # ---- formats of the person's cells

    def filled(self, style: int, colour: str) -> int:
        """Return the format that is another one with a fill of a colour (ARGB)."""
        return self._with_fill(style, colour)

    def cleared(self, style: int, colours: frozenset[str]) -> int:
        """Return the format that is another one without its fill, if that is of these colours."""
        return self._with_fill(style, "") if self._colour(style) in colours else style

    def _with_fill(self, style: int, colour: str) -> int:
        if (style, colour) not in self._known:
            fill = self._fill(colour) if colour else 0
            tag, inner = self._xf(style)
            tag = with_attributes(tag, {b"fillId": str(fill), b"applyFill": "1"})
            self._known[style, colour] = self._kinds["cellXfs"].add(tag + inner)
        return self._known[style, colour]

    def _xf(self, style: int) -> tuple[bytes, bytes]:
        """Return the tag of a format, and what follows it."""
        entries = self._entries["cellXfs"]
        if not entries:
            return self._bare_xf(), b""
        e = entries[style if style < len(entries) else 0]
        return self._data[e.start : e.open_end], self._data[e.open_end : e.end]

    def _colour(self, style: int) -> str:
        entries, fills = self._entries["cellXfs"], self._entries["fills"]
        if style >= len(entries):
            return ""
        number = int(entries[style].attributes.get("fillId", 0))
        pattern = fills[number].child("patternFill") if number < len(fills) else None
        foreground = pattern.child("fgColor") if pattern is not None else None
        return foreground.attributes.get("rgb", "").upper() if foreground is not None else ""

    def _fill(self, colour: str) -> int:
        p = self._root.prefix
        return self._kinds["fills"].add(
            b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="%s"/>'
            b'<%sbgColor indexed="64"/></%spatternFill></%sfill>'
            % (p, p, p, colour.encode(), p, p, p)
        )

    # ---- formats of our own cells

    def of(self, look: Look) -> int:
        """Return the format of a cell that looks so."""
        p = self._root.prefix
        font = self._font(look) if look.bold or look.italic or look.colour else 0
        fill = self._fill(look.fill) if look.fill else 0
        border = self._border(look.line) if look.line else 0
        attributes = (
            f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" '
            f'applyFont="1" applyFill="1" applyBorder="1"'
        ).encode()
        if self._root.child("cellStyleXfs") is not None:
            attributes += b' xfId="0"'
        if not look.alignment:
            return self._kinds["cellXfs"].add(b"<%sxf %s/>" % (p, attributes))
        return self._kinds["cellXfs"].add(
            b'<%sxf %s applyAlignment="1"><%salignment %s/></%sxf>'
            % (p, attributes, p, look.alignment.encode(), p)
        )

    def _font(self, look: Look) -> int:
        """Return a font that is the workbook's own, but for what is said."""
        p, fonts = self._root.prefix, self._entries["fonts"]
        own = {e.name: e for e in fonts[0].children} if fonts else {}
        parts = [b"<%sb/>" % p] * look.bold + [b"<%si/>" % p] * look.italic
        parts += [b"<%su/>" % p] * look.underlined
        kept = {n: self._data[own[n].start : own[n].end] for n in _FONT_PARTS if n in own}
        parts.append(kept.pop("sz", b'<%ssz val="11"/>' % p))
        parts += [b"<%scolor rgb=%s/>" % (p, quoted(look.colour))] if look.colour else []
        parts += kept.values()
        return self._kinds["fonts"].add(b"<%sfont>%s</%sfont>" % (p, b"".join(parts), p))

    def _border(self, colour: str) -> int:
        p = self._root.prefix
        sides = b"<%sleft/><%sright/><%stop/>" % (p, p, p)
        bottom = b'<%sbottom style="thin"><%scolor rgb=%s/></%sbottom>' % (p, p, quoted(colour), p)
        return self._kinds["borders"].add(
            b"<%sborder>%s%s<%sdiagonal/></%sborder>" % (p, sides, bottom, p, p)
        )

    # ---- the part

    def content(self) -> bytes:
        """Return the part with what is new."""
        edits: list[Edit] = []
        for kind, entries in self._kinds.items():
            if not entries.new:
                continue
            xml, count = b"".join(entries.new), str(entries.count + len(entries.new))
            there = self._root.child(kind)
            if there is not None:
                edits.append(retagged(self._data, there, {"count": count}))
                edits.append(appended(self._data, there, xml))
                continue
            name = self._tag(kind)
            at = placed_before(self._root, frozenset(_ORDER[_ORDER.index(kind) + 1 :]))
            edits.append(Edit(at, at, b"<%s count=%s>%s</%s>" % (name, quoted(count), xml, name)))
        return changed(self._data, edits)
