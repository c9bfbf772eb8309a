"""The records of which the parts of an .xlsb file are made (MS-XLSB 2.1.4, 2.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pilotscore.language import Text
from pilotscore.workbook.open.sheet_contents import PartError

CUT = Text("在第 {at} 字节处中断", "it ends within a record, at byte {at}")
_NULL = 0xFFFFFFFF
_COUNT = struct.Struct("<I")
_DOUBLE = struct.Struct("<d")
_SIGNED = struct.Struct("<i")


def records(part: str, content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, data) of each record of a part.

    Raises
    ------
    PartError
        The part ends within a record.
    """
    at, end = 0, len(content)
    while at < end:
        begun = at
        kind = content[at]
        at += 1
        try:
            if kind & 0x80:
                kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
                at += 1
            size = content[at]
            at += 1
            if size & 0x80:
                size &= 0x7F
                for shift in (7, 14, 21):
                    byte = content[at]
                    at += 1
                    size |= (byte & 0x7F) << shift
                    if not byte & 0x80:
                        break
        except IndexError as error:
            raise PartError(part, CUT.of(at=begun)) from error
        if at + size > end:
            raise PartError(part, CUT.of(at=begun))
        yield kind, content[at : at + size]
        at += size


def wide_text(data: bytes, at: int) -> tuple[str, int]:
    """Return a text, '' for a null one, and where it ends."""
    (count,) = _COUNT.unpack_from(data, at)
    if count == _NULL:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(data):
        raise struct.error("text")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def rk_number(data: bytes, at: int) -> float:
    """Return a number that takes four bytes (2.5.122): an integer or a double, or hundredths."""
    (raw,) = _SIGNED.unpack_from(data, at)
    if raw & 2:
        number = float(raw >> 2)
    else:
        (number,) = _DOUBLE.unpack(b"\0\0\0\0" + _SIGNED.pack(raw & ~3))
    return number / 100 if raw & 1 else number
