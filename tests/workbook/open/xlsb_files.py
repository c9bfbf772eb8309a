"""Makes .xlsb files record by record (MS-XLSB 2.4)."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record: its number and size in seven bits each, then its data."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, packed = len(data), b""
    while True:
        size, byte = size >> 7, size & 0x7F
        packed += bytes([byte | (0x80 if size else 0)])
        if not size:
            return number + packed + data


def wide(text: str) -> bytes:
    """Return a text as it is stored."""
    stored = text.encode("utf-16-le")
    return struct.pack("<I", len(stored) // 2) + stored


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """Return the records of a row."""
    flags = 0x10 if hidden else 0
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)) + b"".join(cells)


def cell(kind: int, column: int, data: bytes = b"", style: int = 0) -> bytes:
    """Return a cell that says in which column it stands."""
    return record(kind, struct.pack("<II", column, style) + data)


def short(kind: int, data: bytes = b"", style: int = 0) -> bytes:
    """Return a cell that stands right of the one before."""
    return record(kind, struct.pack("<I", style) + data)


def double(number: float) -> bytes:
    """Return a number."""
    return struct.pack("<d", number)


def sheet(*rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return a sheet part."""
    return record(129) + before + record(145) + b"".join(rows) + record(146) + after + record(130)


def relations(**targets: str) -> str:
    """Return relations: each ``kind_id=target``."""
    listed = "".join(
        f'<Relationship Id="{name.partition("_")[2]}" Type="{RELATIONS}/{name.partition("_")[0]}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def styles(*formats: int | str) -> bytes:
    """Return a styles part: a style for each format, by its number or its code."""
    codes = {f: 164 + i for i, f in enumerate(formats) if isinstance(f, str)}
    written = b"".join(record(44, struct.pack("<H", n) + wide(c)) for c, n in codes.items())
    xfs = b"".join(
        record(47, struct.pack("<HHHHHHI", 0, codes.get(f, f), 0, 0, 0, 0, 0)) for f in formats
    )
    other = record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HHHHHHI", 0, 9, 0, 0, 0, 0, 0)) + record(627)  # fmt: skip
    return record(278) + written + other + record(617) + xfs + record(618) + record(279)


def workbook(*sheets: tuple[str, int, str], before: bytes = b"") -> bytes:
    """Return a workbook part: each sheet has its name, state (0 is visible) and relation."""
    listed = b"".join(
        record(156, struct.pack("<II", state, i + 1) + wide(relation) + wide(name))
        for i, (name, state, relation) in enumerate(sheets)
    )
    return record(131) + before + record(143) + listed + record(144) + record(132)


def strings(*texts: str) -> bytes:
    """Return a part of shared texts."""
    return (
        record(159, struct.pack("<II", len(texts), len(texts)))
        + b"".join(record(19, b"\0" + wide(t)) for t in texts)
        + record(160)
    )


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", CONTENT_TYPES)
        for name, body in parts.items():
            z.writestr(name, body)
    return path


def raw_xlsb(path: Path, content: bytes, **parts: str | bytes) -> Path:
    """Write an .xlsb with one sheet; ``parts`` replaces workbook, styles or strings."""
    return package(
        path,
        {
            "_rels/.rels": relations(officeDocument_r1="xl/workbook.bin"),
            "xl/workbook.bin": parts.get("workbook", workbook(("表", 0, "r1"))),
            "xl/_rels/workbook.bin.rels": relations(
                worksheet_r1="worksheets/sheet1.bin",
                styles_r2="styles.bin",
                sharedStrings_r3="sharedStrings.bin",
            ),
            "xl/worksheets/sheet1.bin": content,
            "xl/styles.bin": parts.get("styles", styles(0)),
            "xl/sharedStrings.bin": parts.get("strings", strings()),
        },
    )
