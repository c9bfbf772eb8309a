"""Copies of a person's own workbook: what can be copied, and what a copy cannot keep."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers.expat import ExpatError

from pilotscore.errors import UsageError
from pilotscore.language import Text, Words
from pilotscore.workbook.copies.markup import UnknownMarkupError
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.open.limits import TITLES, BoundExceededError

ENDINGS = (".xlsx", ".xlsm")
_OLE = b"\xd0\xcf\x11\xe0"
_SIGNATURE = Text(
    "数字签名（签的是原文件，对副本不再有效）",
    "the digital signature (it is of the workbook, and does not hold for the copy)",
)
_TOO_LARGE = Text(
    "{source} 太大，不能制作副本：{what}为 {found}，上限 {limit}；可用 --limit {name}=N 放宽",
    "{source} is too large for a copy: {what}: {found}, the limit is {limit}; raise it with "
    "--limit {name}=N",
)
# What a damaged file throws.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


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
    """Refuse a workbook that is encrypted, or of the old format.

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


def lost(package: Package) -> tuple[Words, ...]:
    """Return what a workbook has and its copy cannot keep."""
    signed = any(p.startswith("_xmlsignatures/") for p in package.parts)
    return (_SIGNATURE,) if signed else ()


@contextmanager
def plain_failures(source: Path) -> Iterator[None]:
    """Turn whatever a damaged or unusual file throws into a usage error.

    Raises
    ------
    UsageError
        Saying what is wrong and what to do.
    """
    try:
        yield
    except UsageError:
        raise
    except BoundExceededError as error:
        raise UsageError(
            _TOO_LARGE.of(
                source=str(source),
                what=TITLES[error.name],
                found=error.actual,
                limit=error.limit,
                name=error.name,
            )
        ) from error
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk, not of the file's content
        known = error.text if isinstance(error, UnknownMarkupError) else None
        reason = known or f"{type(error).__name__}: {error}"[:160]
        raise UsageError(
            Text(
                "无法制作 {source} 的副本（{reason}）；请用 Excel 或 WPS 打开后另存为 .xlsx 再试",
                "cannot make a copy of {source} ({reason}); open it in Excel or WPS, save it as "
                ".xlsx and try again",
            ).of(source=str(source), reason=reason)
        ) from error
