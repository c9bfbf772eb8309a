"""Makes .xls files record by record (MS-XLS 2.4): a stream that lies in no OLE file, or in one."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from itertools import islice
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


def in_small_ole(content: bytes, inner: bytes | None = None) -> bytes:
    """Return an OLE file with a stream that is so small that it lies in sectors of 64 bytes.

    Where ``inner`` is given, it is the stream at the top, and the other one lies in a folder.
    """
    free, end, of_table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    first = -(-len(content) // 64)
    held = content.ljust(64 * first, b"\0") + (inner or b"")
    count = -(-len(held) // 64)
    sectors = max(1, -(-len(held) // 512))

    def entry(name: str, kind: int, below: int, right: int, start: int, size: int) -> bytes:
        wide = (name + "\0").encode("utf-16-le")
        return (
            wide.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(wide), kind, 1, free, right, below)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    small = [i + 1 for i in range(count)]
    for last in {first - 1, count - 1} & set(range(count)):
        small[last] = end
    table = [of_table, end, end, *(4 + i for i in range(sectors - 1)), end]
    if inner is None:
        listed = [entry("Workbook", 2, free, free, 0, len(content))]
    else:
        listed = [
            entry("Folder", 1, 2, 3, 0, 0),
            entry("Workbook", 2, free, free, 0, len(content)),
            entry("Book", 2, free, free, first, len(inner)),
        ]
    directory = b"".join([entry("Root Entry", 5, 1, free, 3, 64 * count), *listed])
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
        + struct.pack("<HHHHH6sIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096, 2, 1, end, 0, 0)
    )  # fmt: skip
    return (
        header.ljust(512, b"\xff")
        + struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
        + directory.ljust(512, b"\0")
        + struct.pack(f"<{count}I", *small).ljust(512, b"\xff")
        + held.ljust(512 * sectors, b"\0")
    )


def raw_xls(path: Path, cells: bytes, **more: bytes) -> Path:
    """Write an .xls with one sheet of these records."""
    path.write_bytes(stream(("表", cells), **more))
    return path


def _rc4(key: bytes) -> Iterator[int]:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) & 255]


def encrypted(password: str, *sheets: tuple[str, bytes]) -> bytes:
    """Return a stream whose records are encrypted by RC4 (MS-OFFCRYPTO 2.3.6)."""
    salt, verifier = bytes(range(16)), b"0123456789abcdef"
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    short = hashlib.md5((short + salt) * 16).digest()[:5]

    def signs(block: int) -> Iterator[int]:
        return _rc4(hashlib.md5(short + struct.pack("<I", block)).digest())

    of_verifier = signs(0)
    proof = bytes(b ^ next(of_verifier) for b in verifier + hashlib.md5(verifier).digest())
    plain = stream(*sheets, before=record(0x2F, struct.pack("<HHH", 1, 1, 1) + salt + proof))
    key = [s for n in range(len(plain) // 1024 + 1) for s in islice(signs(n), 1024)]
    out, at = bytearray(plain), 0
    while at < len(plain):
        kind, size = struct.unpack_from("<HH", plain, at)
        open_ = size if kind in (0x809, 0x2F) else 4 if kind == 0x85 else 0
        for i in range(at + 4 + open_, at + 4 + size):
            out[i] ^= key[i]
        at += 4 + size
    return bytes(out)
