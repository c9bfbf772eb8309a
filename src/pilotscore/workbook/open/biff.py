"""What xlrd does not tell of an .xls file, from the records of its stream (MS-XLS 2.4).

xlrd gives values, formats, merged areas and comments; it stops at formulas that have no result,
takes no note of whether anybody has calculated, and of filters. The records are looked through
before, and those that would stop it are made harmless.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import field
from itertools import islice

from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.sheet_contents import EncryptedBookError

_FORMULAS, _BOF = (0x06, 0x206, 0x406), (0x09, 0x209, 0x409, 0x809)
_STRINGS, _BETWEEN = (0x07, 0x207), (0x4BC, 0x221, 0x236, 0x37, 0x21)
_SHEET, _ENCRYPTED, _CODE_PAGE, _FILTERED, _WRITER = 0x85, 0x2F, 0x42, 0x9B, 0x5C
_CONTINUED, _VOID = 0x3C, 0x0FFF
_ESSENTIAL = frozenset((
    *_BOF, *_FORMULAS, *_STRINGS, *_BETWEEN, _SHEET, _ENCRYPTED, _CODE_PAGE, _FILTERED, _WRITER,
    *(0x0A, 0x22, 0xFC),  # the end, the year from which days count, shared texts
    *(0x1E, 0x41E, 0x43, 0x243, 0x443, 0xE0),  # number formats, styles of cells
    *(0x01, 0x02, 0x03, 0x04, 0x05, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xBE, 0xD6, 0xFD),
    *(0x08, 0x208, 0x7D, 0xE5),  # rows, columns, merged areas
))  # fmt: skip
_BIFF5, _BIFF8, _UTF_16 = 0x500, 0x600, 1200
_HEADER, _FORMULA = struct.Struct("<HH"), struct.Struct("<HHH8sH")
# How a result is stored that is no number: a text is in the next record, or it is blank.
_NO_NUMBER, _TEXT, _BLANK, _KNOWN = b"\xff\xff", 0, 3, (0, 1, 2, 3)
# Both flags of a formula to be calculated when it is opened; Excel and LibreOffice set one of
# them, and only where a function changes with time.
_CALCULATE = 3
# How a stream of records begins that lies in no OLE file: BIFF 2, 3, 4, 5 and 8.
BARE = (
    *(b"\x09\x00\x04\x00", b"\x09\x00\x08\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"),
    *(b"\x09\x08\x08\x00", b"\x09\x08\x10\x00"),
)


@dataclass(slots=True)
class SheetLookedThrough:
    """What the records of one sheet say beside the values."""

    unsaved: set[Spot] = field(default_factory=set)
    uncalculated: set[Spot] = field(default_factory=set)
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream that xlrd can read, and what its sheets say beside the values, in order."""

    content: bytes
    sheets: tuple[SheetLookedThrough, ...]


def look_through(content: bytes) -> Stream:
    """Look through the records of a stream.

    Raises
    ------
    EncryptedBookError
        The records are encrypted.
    """
    looked = _Looked(bytearray(content))
    looked.all()
    return Stream(bytes(looked.content), looked.in_order())


def asks_for_password(content: bytes) -> bool:
    """Say whether the records of a stream are encrypted: that is said among the first of them."""
    return any(kind == _ENCRYPTED for kind, _, _ in islice(_records(content), 20))


def essential(content: bytes) -> bytes:
    """Return a stream in which records that say nothing of values, formats and areas are void."""
    out = bytearray(content)
    kept = True
    for kind, at, _ in _records(content):
        kept = kind in _ESSENTIAL if kind != _CONTINUED else kept
        if not kept:
            out[at - 4 : at - 2] = _VOID.to_bytes(2, "little")
    return bytes(out)


def _records(content: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Yield (number, where its data begin, their size) of each record that is whole."""
    at, end = 0, len(content)
    while at + 4 <= end:
        kind, size = _HEADER.unpack_from(content, at)
        if at + 4 + size > end:
            return
        yield kind, at + 4, size
        at += 4 + size


class _Looked:
    """Where in the stream the look is, and what it met."""

    def __init__(self, content: bytearray) -> None:
        self.content = content
        self.version = 0
        self.listed: list[int] = []
        self.by_place: dict[int, SheetLookedThrough] = {}
        self.sheet = SheetLookedThrough()
        # Whether the writer calculates: xlwt does not, and stores a blank for every formula.
        self.calculated = True
        # Where the formula is whose text is to come in a record of its own.
        self.waiting: int | None = None

    def in_order(self) -> tuple[SheetLookedThrough, ...]:
        """Return the sheets in the order of the workbook."""
        nothing = SheetLookedThrough()
        if self.listed:
            return tuple(self.by_place.get(place, nothing) for place in self.listed)
        return tuple(self.by_place.values())

    def all(self) -> None:
        """Look through every record."""
        for kind, at, size in _records(self.content):
            if self.waiting is not None and kind not in _BETWEEN:
                if kind not in _STRINGS:
                    self._without_result(self.waiting)
                self.waiting = None
            if kind in _BOF and size >= 4:
                self._begin(at)
            elif kind in _FORMULAS and size >= _FORMULA.size and self.version >= _BIFF5:
                self._formula(at)
            elif kind == _SHEET and size >= 6 and self.content[at + 5] == 0:
                self.listed.append(int.from_bytes(self.content[at : at + 4], "little"))
            else:
                self._other(kind, at, size)
        if self.waiting is not None:
            self._without_result(self.waiting)

    def _other(self, kind: int, at: int, size: int) -> None:
        if kind == _ENCRYPTED:
            raise EncryptedBookError
        if kind == _FILTERED:
            self.sheet.filtered = True
        elif kind == _WRITER and size > 2 and self.version == _BIFF8:
            # xlwt writes the name of the user without its length and kind before it.
            self.calculated = self.content[at + 2] in (0, 1)
        elif kind == _CODE_PAGE and size >= 2 and self.version == _BIFF8:
            # Texts are UTF-16 whatever the record says.
            self.content[at : at + 2] = _UTF_16.to_bytes(2, "little")

    def _begin(self, at: int) -> None:
        version, kind = _HEADER.unpack_from(self.content, at)
        if kind == 0x10:
            self.sheet = self.by_place.setdefault(at - 4, SheetLookedThrough())
        else:
            self.sheet = SheetLookedThrough()
        if kind == 0x05 or not self.version:
            self.version = version

    def _formula(self, at: int) -> None:
        row, column, _, result, flags = _FORMULA.unpack_from(self.content, at)
        to_calculate = flags & _CALCULATE == _CALCULATE or not self.calculated
        if result[6:] == _NO_NUMBER:
            if result[0] == _TEXT:
                self.waiting = at
            elif result[0] not in _KNOWN or (result[0] == _BLANK and to_calculate):
                self._without_result(at)
        elif to_calculate and not any(result):
            self.sheet.uncalculated.add((row, column))

    def _without_result(self, at: int) -> None:
        """Note a formula without a result, and have it read as a blank."""
        row, column = _HEADER.unpack_from(self.content, at)
        self.sheet.unsaved.add((row, column))
        self.content[at + 6] = _BLANK
