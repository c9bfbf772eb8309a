"""Opens a workbook and gives its sheets as rows of plain values, with their notes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.workbook import kinds
from pilotscore.workbook.ooxml import BoundExceededError, OwnReportError, SheetNotes, inspect

ZIPPED = (".xlsx", ".xlsm")
READ = (*ZIPPED, ".xls")
MAX_FILE = 500_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Row = Sequence[Any]
Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from A1 on (blank cells are ''), its merged areas and notes."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[Area, ...]
    notes: SheetNotes


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was read: its name as given, SHA-256, and sheets."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


class UnreadableBookError(Exception):
    """A workbook that cannot be read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence("en"))
        self.finding = finding


def _unreadable(name: str, kind: Kind, **values: object) -> UnreadableBookError:
    return UnreadableBookError(Finding(kind, Place(name), values))


def open_book(path: Path) -> Book:
    """Read every sheet of a workbook.

    Raises
    ------
    UnreadableBookError
        For whatever reason; its finding says which and how to mend it.
    """
    import hashlib

    name = str(path)
    if not path.exists():
        raise _unreadable(name, kinds.NO_SUCH_FILE)
    problem = Text("", "")
    if path.is_dir():
        problem = Text("这是一个文件夹", "it is a folder")
    elif path.suffix.lower() not in READ:
        problem = Text(
            f"扩展名 {path.suffix or '（无）'}", f"its ending is {path.suffix or 'none'}"
        )
    if problem.en:
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=problem)
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            what = Text("文件大小（字节）", "bytes of the file")
            raise _unreadable(name, kinds.TOO_LARGE, what=what, found=size, limit=MAX_FILE)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=reason) from error
    if not content:
        problem = Text("文件是空的", "the file is empty")
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=problem)
    notes = _notes(path, name, content)
    return Book(name, hashlib.sha256(content).hexdigest(), _sheets(name, content, notes))


def _notes(path: Path, name: str, content: bytes) -> dict[str, SheetNotes]:
    """Check the bounds of a zipped workbook, whatever it is called."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _unreadable(name, kinds.ENCRYPTED)
        return {}
    try:
        return inspect(path)
    except OwnReportError as error:
        raise _unreadable(name, kinds.OWN_REPORT) from error
    except BoundExceededError as error:
        raise _unreadable(
            name, kinds.TOO_LARGE, what=Text(*error.what), found=error.found, limit=error.limit
        ) from error
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        reason = str(error) or type(error).__name__
        problem = Text(f"压缩包损坏（{reason}）", f"its zip is broken ({reason})")
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=problem) from error
    except Exception as error:
        # zlib.error has no public base of its own; anything that a broken zip throws ends here.
        problem = Text("压缩内容损坏", f"its content is broken ({type(error).__name__})")
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=problem) from error


def _reason(name: str, error: Exception) -> Text:
    """Say what calamine found wrong; of a file by its name it knows more than of its bytes."""
    import python_calamine as calamine

    try:
        calamine.CalamineWorkbook.from_path(name)
    except calamine.CalamineError as other:
        error = other
    reason = str(error).split("\n")[0][:200]
    return Text(f"文件内部结构无法识别（{reason}）", f"its inner structure is not known ({reason})")


def _sheets(name: str, content: bytes, notes: dict[str, SheetNotes]) -> tuple[Sheet, ...]:
    import io

    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for meta in book.sheets_metadata:
            if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            visible = meta.visible is calamine.SheetVisibleEnum.Visible
            merged = tuple(sheet.merged_cell_ranges or ())
            found.append(
                Sheet(meta.name, visible, rows, merged, notes.get(meta.name, SheetNotes()))
            )
        return tuple(found)
    except calamine.PasswordError as error:
        raise _unreadable(name, kinds.ENCRYPTED) from error
    except calamine.CalamineError as error:
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=_reason(name, error)) from error
    except BaseException as error:
        # A panic in the Rust reader arrives as a BaseException of its own, not as an Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
            raise
        problem = Text("读取程序中途停止", f"the reader stopped ({type(error).__name__})")
        raise _unreadable(name, kinds.NOT_A_WORKBOOK, problem=problem) from error
