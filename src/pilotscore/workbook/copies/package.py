"""The parts of an .xlsx file and what leads from one to another; a copy with some of them changed.

Parts are found through their relationships alone, wherever they lie and however their names are
written; those that a copy does not change are copied byte for byte.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import unquote

from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.copies.markup import (
    UnknownMarkupError,
    appended,
    changed,
    parse,
    quoted,
    removed,
)
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.package import key_of, resolved

_CHUNK = 1 << 20
_USUAL_MAIN = "xl/workbook.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DECLARED = regex(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_DECLARATION = regex(r"^\ufeff?<\?xml\s[^>]*\?>")
_BOMS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_TOO_MANY_BYTES = Text("解压后超过 2 GB", "it inflates to more than 2 GB")
_NO_PART = Text("没有部件 {part}", "there is no part {part}")
_NO_WORKBOOK = Text("没有工作簿部件", "it has no part of a workbook")
_NO_CODE = Text("编码 {name} 无法识别", "the encoding {name} is not known")
Maker = Callable[[], Iterable[bytes]]
_MOST_BYTES = 2_000_000_000  # parts beyond it make a zip file of another form


@dataclass(frozen=True, slots=True)
class Relation:
    """What leads from a part to another: ``part`` is normalised, None where it lies outside."""

    id: str
    kind: str
    part: str | None


class Package:
    """The parts of a workbook, and those of its copy that are to be other ones.

    Names of parts are given as any relationship gives them.

    Parameters
    ----------
    content
        The file.
    limits
        ``inflated_mb`` bounds what its parts inflate to.

    Raises
    ------
    BoundExceededError
        They inflate to more.
    zipfile.BadZipFile
        It is no zip file.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        # Of two parts of one name the last counts, as for every reader of zip files.
        self._names = {key_of(n): n for n in self._zip.namelist() if not n.endswith("/")}
        # No part gives more bytes than it declares: zipfile stops there.
        limits.check("parts", len(self._names))
        size = sum(self._zip.getinfo(n).file_size for n in self._names.values())
        limits.check("inflated_mb", -(-size // 1_000_000))
        if size > _MOST_BYTES:
            raise UnknownMarkupError(_TOO_MANY_BYTES)
        self._changed: dict[str, Maker] = {}
        self._new_types: dict[str, str] = {}
        self._relations: dict[str, list[Relation]] = {}
        self._new_relations: dict[str, list[Relation]] = {}
        self._gone_relations: dict[str, set[str]] = {}
        self._gone: set[str] = set()
        self._last: set[str] = set()

    def has(self, part: str) -> bool:
        """Say whether there is such a part."""
        return self._key(part) in self._names

    def _key(self, part: str) -> str:
        """Return the name of a part as it is looked up; %20 may stand for a blank."""
        key = key_of(part)
        plain = unquote(key)
        return plain if key not in self._names and plain in self._names else key

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts of the workbook, as they are looked up."""
        return tuple(self._names)

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part of XML in pieces, in UTF-8 whatever it is written in.

        Raises
        ------
        UnknownMarkupError
            It is absent, or in a code that is not known.
        """
        return _in_utf8(self._raw(self._name_of(part)))

    def read(self, part: str) -> bytes:
        """Return a part of XML as the copy has it so far, in UTF-8."""
        replaced = self._changed.get(self._key(part))
        return b"".join(replaced() if replaced is not None else self.pieces(part))

    def _name_of(self, part: str) -> str:
        name = self._names.get(self._key(part))
        if name is None:
            raise UnknownMarkupError(_NO_PART.of(part=part))
        return name

    def _raw(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as stream:
            while piece := stream.read(_CHUNK):
                yield piece

    @cached_property
    def main(self) -> str:
        """The part of the workbook itself."""
        main = self.related("", "officeDocument") or _USUAL_MAIN
        if not self.has(main):
            raise UnknownMarkupError(_NO_WORKBOOK)
        return main

    @cached_property
    def relation_types(self) -> str:
        """What the types of relationships begin with: it tells the two forms of OOXML apart."""
        strict = parse(self.read(self.main)).namespace.startswith("http://purl.oclc.org/")
        return _STRICT if strict else _TRANSITIONAL

    # ---- relationships

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what leads from a part of the copy to others; '' is the package."""
        key = self._key(part) if part else ""
        if key not in self._relations:
            self._relations[key] = list(self._stored_relations(part))
        gone = self._gone_relations.get(key, set())
        kept = [r for r in self._relations[key] if r.id not in gone]
        return (*kept, *self._new_relations.get(key, ()))

    def _stored_relations(self, part: str) -> Iterator[Relation]:
        where = _relations_part(part)
        if not self.has(where):
            return
        folder = posixpath.dirname(part.replace("\\", "/").lstrip("/"))
        for e in parse(self.read(where)).children:
            target = resolved(folder, e.attributes.get("Target", ""))
            yield Relation(
                e.attributes.get("Id", ""),
                e.attributes.get("Type", "").rpartition("/")[2],
                None if e.attributes.get("TargetMode") == "External" else target,
            )

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that a relationship of a kind leads to, if it is there."""
        targets = (r.part for r in self.relations(part) if r.kind == kind)
        return next((p for p in targets if p is not None and self.has(p)), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from a part to another; return its id."""
        taken = {r.id for r in self.relations(part)}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        relation = Relation(f"rId{number}", kind, target)
        self._new_relations.setdefault(self._key(part), []).append(relation)
        return relation.id

    # ---- changes

    def change(self, part: str, content: bytes) -> None:
        """Give a part of the copy another content."""
        self._changed[self._key(part)] = partial(_whole, content)

    def change_when_written(self, part: str, content: Maker, *, last: bool = False) -> None:
        """Give a part of the copy a content that is made, in pieces, when the copy is written.

        Those that are to be ``last`` are made when all others have been.
        """
        self._changed[self._key(part)] = content
        if last:
            self._last.add(self._key(part))

    def free_name(self, pattern: str) -> str:
        """Return the first name of a pattern such as ``xl/comments{}.xml`` that no part has."""
        numbers = range(1, len(self._names) + len(self._new_types) + 2)
        names = (pattern.format(n) for n in numbers)
        return next(n for n in names if self._key(n) not in self._names)

    def add(self, part: str, content_type: str, content: bytes | Maker) -> None:
        """Add a part to the copy, or what makes it when the copy is written."""
        self._names[self._key(part)] = part
        self._new_types[self._key(part)] = content_type
        maker = partial(_whole, content) if isinstance(content, bytes) else content
        self.change_when_written(part, maker)

    def remove(self, part: str, relation: str, target: str) -> None:
        """Take away a part of the copy, the relationship to it, and what only it leads to."""
        before = self._reached()
        self._gone_relations.setdefault(self._key(part), set()).add(relation)
        if self._key(target) not in self._reached():
            left = self._reached()
            self._gone |= {key for key in before if key not in left}

    def _reached(self) -> set[str]:
        """Return the parts that relationships lead to, with those that hold these relationships."""
        reached: set[str] = set()
        left = [""]
        while left:
            part = left.pop()
            reached.add(self._key(_relations_part(part)))
            for target in (r.part for r in self.relations(part)):
                if target is not None and self._key(target) not in reached and self.has(target):
                    reached.add(self._key(target))
                    left.append(target)
        return reached

    def write(self, out: Path) -> None:
        """Write the copy; the same changes of the same workbook give the same bytes.

        Parts that are to be written last are made last, when the others have been.
        """
        settled = {**self._settled_relations(), self._key(_CONTENT_TYPES): self._settled_types()}
        makers = self._changed | {key: partial(_whole, content) for key, content in settled.items()}
        names = {k: n for k, n in self._names.items() if k not in self._gone}
        names |= self._new_relation_parts()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for key in sorted(names, key=lambda k: k in self._last):
                part = zipfile.ZipInfo(names[key])  # of 1980, as zip files have it that tell none
                part.compress_type = zipfile.ZIP_DEFLATED
                part.external_attr = 0o600 << 16
                pieces = makers[key]() if key in makers else self._raw(names[key])
                with archive.open(part, "w") as stream:
                    for piece in pieces:
                        stream.write(piece)

    def _new_relation_parts(self) -> dict[str, str]:
        """Return the names of parts of relationships that the workbook does not have."""
        parts = (_relations_part(self._names.get(key, key)) for key in self._new_relations)
        return {self._key(part): part for part in parts if not self.has(part)}

    def _settled_relations(self) -> dict[str, bytes]:
        """Return the parts of relationships that are other ones in the copy."""
        sources = (*self._new_relations, *self._gone_relations)
        return {self._key(_relations_part(part)): self._relations_xml(part) for part in sources}

    def _relations_xml(self, part: str) -> bytes:
        where = _relations_part(part)
        new = self._new_relations.get(part, [])
        if not self.has(where):
            listed = b"".join(self._relation_xml(b"", r) for r in new)
            namespace = quoted(_PACKAGE_RELATIONS)
            root = b"<Relationships xmlns=" + namespace + b">" + listed + b"</Relationships>"
            return DECLARATION + root
        data = self.read(where)
        root_element = parse(data)
        gone = self._gone_relations.get(part, set())
        edits = [removed(e) for e in root_element.children if e.attributes.get("Id") in gone]
        listed = b"".join(self._relation_xml(root_element.prefix, r) for r in new)
        if listed:
            edits.append(appended(data, root_element, listed))
        return changed(data, edits)

    def _relation_xml(self, prefix: bytes, relation: Relation) -> bytes:
        kind = quoted(f"{self.relation_types}/{relation.kind}")
        target = quoted(f"/{relation.part}")
        return b"<%sRelationship Id=%s Type=%s Target=%s/>" % (
            prefix,
            quoted(relation.id),
            kind,
            target,
        )

    def _settled_types(self) -> bytes:
        """Return the list of what the parts hold, with the new ones and without those gone."""
        data = self.read(_CONTENT_TYPES)
        root = parse(data)
        named = [(e, self._key(e.attributes.get("PartName", ""))) for e in root.children]
        edits = [removed(e) for e, key in named if e.name == "Override" and key in self._gone]
        known = {
            e.attributes.get("Extension", "").lower(): e.attributes.get("ContentType")
            for e in root.children
            if e.name == "Default"
        }
        new: list[bytes] = []
        names = self._names | self._new_relation_parts()
        types = self._new_types | dict.fromkeys(self._new_relation_parts(), _RELATIONS_TYPE)
        for key, kind in types.items():
            extension = posixpath.splitext(key)[1][1:]
            known.setdefault(extension, None)
            if known[extension] is None and extension != "xml":
                known[extension] = kind
                new.append(
                    b"<%sDefault Extension=%s ContentType=%s/>"
                    % (root.prefix, quoted(extension), quoted(kind))
                )
            elif known[extension] != kind:
                new.append(
                    b"<%sOverride PartName=%s ContentType=%s/>"
                    % (root.prefix, quoted("/" + names[key]), quoted(kind))
                )
        edits += [appended(data, root, b"".join(new))] if new else []
        return changed(data, edits)


def _whole(content: bytes) -> tuple[bytes]:
    return (content,)


def _relations_part(part: str) -> str:
    """Return the part that holds the relationships of another; of the package where it is ''."""
    folder, name = posixpath.split(part.replace("\\", "/").lstrip("/"))
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _in_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a part of XML in UTF-8: as it is where it is so written, else in that code."""
    first = next(pieces, b"")
    code = _code_of(first)
    if code in ("utf-8", "ascii"):
        yield first
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(code)()
    text = decoder.decode(first)
    if text:
        yield _DECLARATION.sub("", text).removeprefix("\ufeff").encode()
    for piece in pieces:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", True).encode()


def _code_of(first: bytes) -> str:
    """Return the code that a part of XML is written in, by its beginning."""
    for mark, code in _BOMS:
        if first.startswith(mark):
            return code
    declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8))
    name = declared.group(1).decode() if declared else "utf-8"
    if name.lower().startswith(("utf-16", "utf-32", "ucs")):
        return "utf-8"  # in a wider code the declaration would not be legible as bytes
    try:
        b"<".decode(name)  # refuses codes that are none of texts, as zlib is
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise UnknownMarkupError(_NO_CODE.of(name=name)) from None
