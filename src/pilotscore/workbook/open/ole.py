"""The streams of an OLE file (MS-CFB): no more than is needed to take one of them out."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence

from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheet_contents import PartError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Numbers from here on are no sectors but the end of a chain or the like.
_NO_SECTOR, _NO_ENTRY = 0xFFFFFFFA, 0xFFFFFFFF
_ENTRY, _STREAM, _FIRST_OF_TABLE = 128, 2, 109
_PART = "OLE"
_LOOP = Text("扇区链成环或越界", "a chain of sectors leads nowhere or back to itself")
_SHORT = Text("文件头不完整", "its header is not whole")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the directory: a stream or a folder, and the entries beside and below it."""

    name: str
    kind: int
    beside: tuple[int, int]
    below: int
    start: int
    size: int


class OleFile:
    """An OLE file.

    Raises
    ------
    PartError
        Its sectors are not in order.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise PartError(_PART, _SHORT)
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= shift <= 16 or small_shift > shift:
            raise PartError(_PART, _SHORT)
        self._size, self._small_size = 1 << shift, 1 << small_shift
        first, _, self._cutoff, small, _, table, _ = struct.unpack_from("<IIIIIII", content, 48)
        self._next = self._table(self._of_table(table))
        self._small_next = self._table(self._chain(small, self._next))
        directory = b"".join(map(self._sector, self._chain(first, self._next)))
        self._entries = [
            _entry(directory[at : at + _ENTRY])
            for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)
        ]

    def stream(self, *names: str) -> bytes | None:
        """Return the first stream of one of these names; None where there is none.

        One at the top comes first: what lies deeper is of a file within the file.
        """
        wanted = [n.casefold() for n in names]
        for entries in (list(self._at_top()), self._entries):
            for name in wanted:
                for entry in entries:
                    if entry.kind == _STREAM and entry.name.casefold() == name:
                        return self._read(entry)
        return None

    def _at_top(self) -> Iterator[_Entry]:
        waiting = [self._entries[0].below] if self._entries else []
        met = set[int]()
        while waiting:
            number = waiting.pop()
            if number < len(self._entries) and number not in met:
                met.add(number)
                entry = self._entries[number]
                waiting.extend(entry.beside)
                yield entry

    def _read(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            sectors = map(self._sector, self._chain(entry.start, self._next))
            return b"".join(sectors)[: entry.size]
        root = self._entries[0]
        small = b"".join(map(self._sector, self._chain(root.start, self._next)))
        size = self._small_size
        chain = self._chain(entry.start, self._small_next)
        return b"".join(small[n * size : (n + 1) * size] for n in chain)[: entry.size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _table(self, sectors: Sequence[int]) -> array[int]:
        table = array("I", b"".join(self._whole(n) for n in sectors))
        if table.itemsize != 4:  # pragma: no cover - on no machine that is known
            raise PartError(_PART, _SHORT)
        return table

    def _whole(self, number: int) -> bytes:
        return self._sector(number).ljust(self._size, b"\xff")

    def _of_table(self, more: int) -> list[int]:
        """Return the sectors that hold the table of sectors; the first are in the header."""
        listed = list(struct.unpack_from(f"<{_FIRST_OF_TABLE}I", self._content, 76))
        count, met = self._size // 4 - 1, 0
        while more < _NO_SECTOR:
            met += 1
            if met > len(self._content) // self._size + 1:
                raise PartError(_PART, _LOOP)
            *numbers, more = struct.unpack(f"<{count + 1}I", self._whole(more))
            listed.extend(numbers)
        most = len(self._content) // self._size
        return [n for n in listed if n <= most]

    def _chain(self, start: int, table: Sequence[int]) -> list[int]:
        chain: list[int] = []
        while start < _NO_SECTOR:
            if start >= len(table) or len(chain) > len(table):
                raise PartError(_PART, _LOOP)
            chain.append(start)
            start = table[start]
        return chain


def _entry(data: bytes) -> _Entry:
    size_of_name, kind, _, left, right, below = struct.unpack_from("<HBBIII", data, 64)
    start, size = struct.unpack_from("<II", data, 116)
    name = data[: max(0, min(size_of_name, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, (left, right), below, start, size)
