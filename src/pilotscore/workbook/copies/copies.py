"""Copies of a person's own workbook: what can be copied, and how it is loaded and saved.

openpyxl keeps most of a workbook, and fails in many ways on files that Excel opens; whatever it
throws becomes a message.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.workbook.open.limits import TITLES, BoundExceededError, Limits

if TYPE_CHECKING:
    from openpyxl import Workbook

ENDINGS = (".xlsx", ".xlsm")
_OLE = b"\xd0\xcf\x11\xe0"
_STRICT = b"http://purl.oclc.org/ooxml/"
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_LONGEST_TAG = 64  # bytes within which such a tag begins and ends
_BYTES = 100  # of XML that count as one cell, so that a few cells of long texts are seen too
_TOO_LARGE = Text(
    "{source} 太大，不能制作副本：{what}为 {found}，上限 {limit}；{instead}，"
    "或用 --limit {name}=N 放宽（每百万单元格需内存至多约 0.8 GB）",
    "{source} is too large for a copy: {what}: {found}, the limit is {limit}; {instead}, or raise "
    "it with --limit {name}=N (a million cells take up to 0.8 GB of memory)",
)
_NO_TIME = datetime.datetime(1980, 1, 1)


def refuse_ending(source: Path, out: Path) -> None:
    """Refuse a source that is no .xlsx or .xlsm, or a copy with another ending.

    Raises
    ------
    UsageError
        Saying which it should be.
    """
    ending = source.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            Text(
                "只能制作 .xlsx 或 .xlsm 的副本；请先把 {source} 另存为 .xlsx",
                "only .xlsx and .xlsm can be copied; save {source} as .xlsx first",
            ).of(source=str(source))
        )
    if out.suffix.lower() != ending:
        raise UsageError(
            Text(
                "副本 {out} 的扩展名应与原文件相同：{ending}",
                "the copy {out} should end as its source does, in {ending}",
            ).of(out=str(out), ending=ending)
        )


def refuse_content(source: Path, content: bytes) -> None:
    """Refuse a workbook that is encrypted, of the old format, or of the strict one.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    if content.startswith(_OLE):
        raise UsageError(
            Text(
                "{source} 设有打开密码或是旧的 .xls 格式，不能制作副本；请取消密码后另存为 .xlsx",
                "{source} asks for a password or is in the old .xls format, and cannot be copied; "
                "save it as .xlsx without a password",
            ).of(source=str(source))
        )
    if _is_strict(content):
        raise UsageError(
            Text(
                "{source} 是“Strict Open XML”格式，不能制作副本；"
                "请在 Excel 中另存为普通的“Excel 工作簿 (.xlsx)”",
                "{source} is a Strict Open XML workbook, which cannot be copied; save it in Excel "
                "as an ordinary “Excel Workbook (.xlsx)”",
            ).of(source=str(source))
        )


def _is_strict(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            books = [n for n in archive.namelist() if n.lower().endswith("workbook.xml")]
            return any(_STRICT in archive.read(name) for name in books)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return False


def refuse_size(source: Path, content: bytes, limits: Limits, instead: Text) -> None:
    """Refuse a workbook of so many cells that a copy would take too much memory.

    Parameters
    ----------
    source, content
        The workbook.
    limits
        ``copy_cells`` and ``inflated_mb`` hold.
    instead
        What to do without a copy.

    Raises
    ------
    UsageError
        Saying what was found, the limit, and what to do.
    """
    try:
        limits.check("copy_cells", count_cells(content, limits))
    except BoundExceededError as error:
        raise UsageError(
            _TOO_LARGE.of(
                source=str(source),
                what=TITLES[error.name],
                found=error.actual,
                limit=error.limit,
                instead=instead,
                name=error.name,
            )
        ) from error


def count_cells(content: bytes, limits: Limits) -> int:
    """Count the cells of a workbook, or every 100 bytes of its XML where those are more.

    Raises
    ------
    BoundExceededError
        It inflates to more than its bound.
    zipfile.BadZipFile, OSError, ValueError
        The file is no such zip.
    """
    from pilotscore.workbook.open.inflating import Budget

    budget, cells = Budget(limits), 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in dict.fromkeys(archive.namelist()):
            if not part.lower().endswith(".xml"):
                continue
            rest = b""
            for piece in budget.pieces(archive, part):
                text = rest + piece
                end = text.rfind(b"<", max(len(text) - _LONGEST_TAG, 0))
                end = len(text) if end < 0 else end
                cells += len(_CELL.findall(text, 0, end))
                rest = text[end:]
            cells += len(_CELL.findall(rest))
    return max(cells, budget.spent // _BYTES)


@contextmanager
def plain_failures(source: Path) -> Iterator[list[warnings.WarningMessage]]:
    """Turn whatever openpyxl throws into a usage error; give what it warns of.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    try:
        with warnings.catch_warnings(record=True) as messages:
            warnings.simplefilter("always")
            yield messages
    except (MemoryError, UsageError):
        raise
    except Exception as error:
        # TypeError, KeyError, IndexError, ParseError, ValueError, BadZipFile...: openpyxl fails in
        # all these ways on files that Excel opens.
        reason = f"{type(error).__name__}: {error}"[:160]
        raise UsageError(
            Text(
                "无法制作 {source} 的副本（{reason}）；请用 Excel 或 WPS 打开后另存为 .xlsx 再试",
                "cannot make a copy of {source} ({reason}); open it in Excel or WPS, save it as "
                ".xlsx and try again",
            ).of(source=str(source), reason=reason)
        ) from error


def load(source: Path, content: bytes) -> Workbook:
    """Load a workbook to be changed: formulas stay; macros, links and rich text are kept."""
    import openpyxl

    began = datetime.datetime.now(tz=datetime.UTC).replace(tzinfo=None)
    book = openpyxl.load_workbook(
        io.BytesIO(content),
        keep_vba=source.suffix.lower() == ".xlsm",
        keep_links=True,
        rich_text=True,
    )
    if not book.worksheets:
        raise ValueError("no sheets")
    for name in ("created", "modified"):  # where the file tells no time, openpyxl takes the clock's
        if getattr(book.properties, name).replace(tzinfo=None) >= began:
            setattr(book.properties, name, _NO_TIME)
    return book


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file.

    Stored, not deflated: it is packed anew, once, when it is written. Nor is the time of saving
    set, so that the same inputs give the same bytes.
    """
    from openpyxl.writer.excel import ExcelWriter

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()
    if book.vba_archive is not None:
        book.vba_archive.close()  # openpyxl leaves it open
    return stream.getvalue()
