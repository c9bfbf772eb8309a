"""Makes .xls files record by record (MS-XLS 2.4): a stream that lies in no OLE file, or in one."""

from __future__ import annotations

import io
import struct
from pathlib import Path

BIFF5, BIFF8 = 0x500, 0x600


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record."""
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind: int, version: int = BIFF8) -> bytes:
    """Return the beginning of the globals (5) or of a sheet (16)."""
    return record(0x809, struct.pack("<HHHH", version, kind, 0x0DBB, 0x07CC) + b"\0" * 8)


def label(row: int, column: int, text: str, style: int = 0, *, kind: int = 0x204) -> bytes:
    """Return a cell with a wide text of its own."""
    stored = text.encode("utf-16-le")
    wide = struct.pack("<HB", len(stored) // 2, 1) + stored
    return record(kind, struct.pack("<HHH", row, column, style) + wide)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """Return a cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def fault(row: int, column: int, value: int, *, error: bool) -> bytes:
    """Return a cell with yes/no or an error."""
    return record(0x205, struct.pack("<HHHBB", row, column, 0, value, error))


def blank(row: int, column: int) -> bytes:
    """Return a cell with a format and no value."""
    return record(0x201, struct.pack("<HHH", row, column, 0))


def formula(
    row: int, column: int, result: bytes, flags: int = 0, *, kind: int = 0x06, style: int = 0
) -> bytes:
    """Return a formula with its result as it is stored."""
    tokens = struct.pack("<HBH", 3, 0x1E, 1)
    return record(kind, struct.pack("<HHH8sHI", row, column, style, result, flags, 0) + tokens)


def special(kind: int, value: int = 0) -> bytes:
    """Return a result that is no number: a text (0), yes/no (1), an error (2), blank (3)."""
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def string(text: str) -> bytes:
    """Return the text that a formula comes to."""
    return record(0x207, struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def merged(*areas: tuple[int, int, int, int]) -> bytes:
    """Return merged areas: first and last row, first and last column."""
    return record(
        0xE5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<HHHH", *a) for a in areas)
    )


def formats(*codes: int | str) -> bytes:
    """Return the styles of cells, one for each format by its number or code."""
    listed = {c: 164 + i for i, c in enumerate(codes) if isinstance(c, str)}
    written = b"".join(
        record(0x41E, struct.pack("<HHB", n, len(c), 1) + c.encode("utf-16-le"))
        for c, n in listed.items()
    )
    font = record(
        0x31, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A"
    )
    xfs = b"".join(
        record(0xE0, struct.pack("<HHH", 0, listed.get(c, c), 1) + b"\0" * 14) for c in codes
    )
    return font + written + xfs


def stream(
    *sheets: tuple[str, bytes],
    before: bytes = b"",
    version: int = BIFF8,
    styles: bytes | None = None,
) -> bytes:
    """Return a stream: globals, then each sheet by its name and records."""
    styles = formats(0) if styles is None else styles
    head = begin(5, version) + before + styles
    names = [struct.pack("<BB", len(n), 1) + n.encode("utf-16-le") for n, _ in sheets]
    at = len(head) + sum(4 + 6 + len(n) for n in names) + 4
    listed, bodies = b"", b""
    for name, (_, cells) in zip(names, sheets, strict=True):
        listed += record(0x85, struct.pack("<IBB", at + len(bodies), 0, 0) + name)
        bodies += begin(16, version) + cells + record(0x0A)
    return head + listed + record(0x0A) + bodies


def in_ole(content: bytes) -> bytes:
    """Return an OLE file with this stream as its workbook."""
    from xlwt.CompoundDoc import XlsDoc

    out = io.BytesIO()
    XlsDoc().save(out, content)
    return out.getvalue()


def raw_xls(path: Path, cells: bytes, **more: bytes) -> Path:
    """Write an .xls with one sheet of these records."""
    path.write_bytes(stream(("表", cells), **more))
    return path
