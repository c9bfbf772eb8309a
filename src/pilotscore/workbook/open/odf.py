"""Opens an OpenDocument spreadsheet (.ods): its package, its styles, its sheets."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator

from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.workbook.open.inflating import Budget, damage_as_bad_zip
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheet_contents import (
    EncryptedBookError,
    PartError,
    SheetContents,
)

CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "meta-inf/manifest.xml"
# The whole package is in this part where it was encrypted as one (part 2, 3.4.4).
PACKAGE = "encrypted-package"
_MOST_MANIFEST = 4 << 20
_ENCRYPTED = regex(rb"<(?:[\w.-]+:)?encryption-data[\s>/]")


def is_odf(parts: frozenset[str]) -> bool:
    """Say whether these are the parts of an OpenDocument file, their names in small letters."""
    return CONTENT in parts or PACKAGE in parts


def read_ods(archive: zipfile.ZipFile, limits: Limits) -> tuple[SheetContents, ...]:
    """Return the sheets of an .ods file.

    Raises
    ------
    BoundExceededError
        Inflated bytes, parts, sheets, or the area of a sheet are beyond the bounds.
    EncryptedBookError
        It asks for a password.
    PartError
        A part cannot be read, or there is no sheet in it.
    zipfile.BadZipFile, OSError, KeyError, ValueError
        The file is no such zip.
    """
    from pilotscore.workbook.open.odf_content import read_sheets, read_styles
    from pilotscore.workbook.open.odf_styles import Styles

    names = archive.namelist()
    limits.check("parts", len(names))
    parts = {n.replace("\\", "/").lower(): n for n in names}
    if PACKAGE in parts or _is_encrypted(archive, parts.get(_MANIFEST)):
        raise EncryptedBookError
    styles = Styles()
    if _STYLES in parts:
        styles = read_styles(_STYLES, _pieces(archive, parts[_STYLES], limits))
    sheets = read_sheets(CONTENT, _pieces(archive, parts[CONTENT], limits), styles, limits)
    if not sheets:
        raise PartError(CONTENT, Text("其中没有表格", "there is no sheet in it"))
    return sheets


def _pieces(archive: zipfile.ZipFile, name: str, limits: Limits) -> Callable[[], Iterator[bytes]]:
    return lambda: Budget(limits).pieces(archive, name)


def _is_encrypted(archive: zipfile.ZipFile, manifest: str | None) -> bool:
    if manifest is None:
        return False
    with damage_as_bad_zip(), archive.open(manifest) as stream:
        content = stream.read(_MOST_MANIFEST)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    return _ENCRYPTED.search(content) is not None
