"""Opens a workbook of any format and gives its sheets as rows of plain values, with their notes.

What a file is, is decided by its bytes and not by its ending: offices rename.
"""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from pilotscore.criteria.file_kinds import GIVEN, KIND_TITLES, ROUND_MEMBER, kind_of_data
from pilotscore.criteria.places import MAX_BYTES, TooDeepError, read_yaml
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.system import reason_of
from pilotscore.workbook.open import kinds
from pilotscore.workbook.open.biff import BARE
from pilotscore.workbook.open.inflating import damage_as_bad_zip
from pilotscore.workbook.open.limits import TITLES, BoundExceededError, Limits
from pilotscore.workbook.open.notes import Area, SheetNotes
from pilotscore.workbook.open.odf import is_odf, read_ods
from pilotscore.workbook.open.own_outputs import is_own_table
from pilotscore.workbook.open.sheet_contents import (
    EncryptedBookError,
    PartError,
    SheetContents,
)
from pilotscore.workbook.open.xlsx import REPORT_MARK, OwnReportError, read_xlsx

if TYPE_CHECKING:
    from pilotscore.workbook.open.delimited import NoTextError

# What reads a format is loaded where a file of it is opened.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
# Some systems export text that is called .xls.
_TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".xls")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"

# What zips and records throw that are cut off or overwritten.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError, EOFError, OSError),
    *(NotImplementedError, UnicodeDecodeError),
)
N = TypeVar("N")
# The sheet by which a template that was filled in is known, and how its rows begin.
TEMPLATE_SHEET = "_pilotscore"
_LONGEST_HEADER = 4096
TEMPLATE_MARK = "pilotscore template"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: rows from A1 on (blank cells are ''), merged areas, notes.

    ``untyped`` is whether it is delimited text, in which nothing says what is a number or a date.
    """

    book: str
    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[Area, ...] = ()
    notes: SheetNotes = field(default_factory=SheetNotes)
    untyped: bool = False

    def cell(self, row: int, column: int) -> Any:
        """Return a cell; '' where it lies beyond the rows or their cells."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return where a cell is, a row, a column, or the sheet as a whole."""
        return Place(self.book, self.name, row, column)


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """Collects the findings of a sheet while it is read; a reader returns it with what it read."""

    sheet: Sheet
    entries: list[Finding] = field(default_factory=list)

    def add(
        self, kind: Kind, row: int | None = None, column: int | None = None, /, **values: Any
    ) -> None:
        """Add a finding at a cell, a row, a column, or of the sheet as a whole."""
        self.entries.append(Finding(kind, self.sheet.place(row, column), values))

    def add_of(
        self, result: str | None, kind: Kind, row: int, column: int | None = None, /, **values: Any
    ) -> None:
        """Add a finding that belongs to a result."""
        self.entries.append(Finding(kind, self.sheet.place(row, column), values, result))


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was read: its name as given, SHA-256, sheets, and what is to be told of it.

    ``template`` has what the hidden sheet of a template says, where the workbook is one.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()
    template: Mapping[str, str] | None = None


class UnreadableBookError(Exception):
    """A workbook that cannot be read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence("en"))
        self.finding = finding


def _unreadable(name: str, kind: Kind, /, **values: object) -> UnreadableBookError:
    return UnreadableBookError(Finding(kind, Place(name), values))


def _not_a_workbook(name: str, zh: str, en: str, **values: object) -> UnreadableBookError:
    return _unreadable(name, kinds.NOT_A_WORKBOOK, problem=Text(zh, en).of(**values))


def _beyond(name: str, error: BoundExceededError) -> UnreadableBookError:
    values = {"what": TITLES[error.name], "found": error.actual, "limit": error.limit}
    return _unreadable(name, kinds.TOO_LARGE, **values, name=error.name)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a workbook.

    Raises
    ------
    UnreadableBookError
        There is no such file, it is a folder, empty, too large, or may not be read.
    """
    name = str(path)
    try:
        if not path.exists():
            raise _unreadable(name, kinds.NO_SUCH_FILE)
        if path.is_dir():
            raise _not_a_workbook(name, "这是一个文件夹", "it is a folder")
        limits.check("file_mb", -(-path.stat().st_size // 1_000_000))
        content = path.read_bytes()
    except BoundExceededError as error:
        raise _beyond(name, error) from error
    except OSError as error:
        raise _unreadable(name, kinds.CLOSED, reason=reason_of(error)) from error
    if not content:
        raise _not_a_workbook(name, "文件是空的", "the file is empty")
    return content


def open_book(
    path: Path,
    limits: Limits | None = None,
    password: str | None = None,
    *,
    reports: bool = False,
) -> Book:
    """Read every sheet of a workbook.

    Parameters
    ----------
    path
        The file.
    limits
        The bounds; the defaults where None.
    password
        What opens it where it asks for one.
    reports
        Whether a report that pilotscore wrote may be read: it is no input of results.

    Raises
    ------
    UnreadableBookError
        For whatever reason; its finding says which and how to mend it.
    """
    limits = limits or Limits()
    name = str(path)
    content = read_bytes(path, limits)
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(_OLE):
        content = _opened(name, content, password)
    findings: tuple[Finding, ...] = ()
    if content.startswith((_OLE, *BARE)):
        sheets, findings = _xls_sheets(name, content, limits)
    elif content.startswith(_ZIP):
        sheets, findings = _zip_sheets(name, content, limits, password, reports=reports)
    else:
        sheet, findings = _text_sheet(name, path, content, limits)
        sheets = (sheet,)
    template = next((_template(s) for s in sheets if s.name == TEMPLATE_SHEET), None)
    return Book(name, digest, sheets, findings, template)


def is_own_report(path: Path) -> bool:
    """Say whether a file is a report that pilotscore wrote."""
    if path.suffix.lower() == ".csv":
        return _is_own_text(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as stream:
            return REPORT_MARK.encode() in stream.read(1 << 20)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError):
        return False


def _is_own_text(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            return is_own_table([stream.readline(_LONGEST_HEADER).split(",")])
    except (OSError, ValueError):
        return False


def _opened(name: str, content: bytes, password: str | None) -> bytes:
    """Return what is inside an encrypted workbook; any other OLE file as it is."""
    from pilotscore.workbook.open.encrypted import (
        NoCryptError,
        WrongPasswordError,
        is_encrypted,
        opened,
    )

    if not is_encrypted(content):
        return content
    try:
        return opened(content, password)
    except EncryptedBookError as error:
        raise _unreadable(name, kinds.ENCRYPTED) from error
    except NoCryptError as error:
        raise _unreadable(name, kinds.NO_CRYPT) from error
    except WrongPasswordError as error:
        raise _unreadable(name, kinds.WRONG_PASSWORD) from error


def _xls_sheets(
    name: str, content: bytes, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    from pilotscore.workbook.open.xls import read_xls

    read, findings = _guarded(name, lambda: read_xls(content, name, limits))
    return _of_book(name, read), findings


def _zip_sheets(
    name: str, content: bytes, limits: Limits, password: str | None, *, reports: bool
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    read, findings = _guarded(
        name, lambda: _read_zip(name, content, limits, password, reports=reports)
    )
    return _of_book(name, read), findings


def _of_book(name: str, sheets: tuple[SheetContents, ...]) -> tuple[Sheet, ...]:
    return tuple(Sheet(name, s.name, s.visible, _all_rows(s), s.merged, s.notes) for s in sheets)


def _all_rows(sheet: SheetContents) -> list[list[Any]]:
    """Return the rows of a sheet with those below of which no value is known, only a formula."""
    below = 1 + max((row for row, _ in sheet.notes.without_result), default=-1)
    width = len(sheet.rows[0]) if sheet.rows else 0
    return sheet.rows + [[""] * width for _ in range(below - len(sheet.rows))]


def _read_zip(
    name: str, content: bytes, limits: Limits, password: str | None, *, reports: bool
) -> tuple[tuple[SheetContents, ...], tuple[Finding, ...]]:
    with damage_as_bad_zip():
        whole = zipfile.ZipFile(io.BytesIO(content))
    with whole as archive:
        parts = frozenset(p.replace("\\", "/").lower() for p in archive.namelist())
        if is_odf(parts):
            try:
                return read_ods(archive, limits), ()
            except EncryptedBookError as error:
                kind = kinds.ENCRYPTED if password is None else kinds.ENCRYPTED_ODS
                raise _unreadable(name, kind) from error
        # A file of records has its workbook in one; many an .xlsx has none, and is not asked.
        if any(p.endswith(".bin") for p in parts):
            from pilotscore.workbook.open.xlsb import is_xlsb, read_xlsb

            if is_xlsb(archive, limits):
                return read_xlsb(archive, name, limits)
        if ROUND_MEMBER in parts:
            raise _unreadable(name, kinds.OTHER_KIND, what=KIND_TITLES["round"], how=GIVEN["round"])
        if any(p.startswith(("word/", "ppt/")) for p in parts):
            raise _not_a_workbook(
                name, "这是 Word 或 PowerPoint 文件", "it is a Word or PowerPoint file"
            )
        return read_xlsx(archive, name, limits, reports=reports)


def _guarded(name: str, inspected: Callable[[], N]) -> N:
    """Turn whatever a damaged file throws into its finding."""
    try:
        return inspected()
    except UnreadableBookError:
        raise
    except OwnReportError as error:
        raise _unreadable(name, kinds.OWN_REPORT) from error
    except EncryptedBookError as error:
        raise _unreadable(name, kinds.ENCRYPTED) from error
    except PartError as error:
        raise _not_a_workbook(
            name,
            "{part} 无法读取（{reason}）",
            "{part} cannot be read ({reason})",
            part=error.part,
            reason=error.reason,
        ) from error
    except BoundExceededError as error:
        raise _beyond(name, error) from error
    except MemoryError:
        raise
    except RuntimeError as error:
        # zipfile's word for a zip whose parts ask for a password.
        raise _not_a_workbook(
            name,
            "压缩包无法打开（{reason}）",
            "its zip cannot be opened ({reason})",
            reason=str(error),
        ) from error
    except _DAMAGE as error:
        reason = f"{type(error).__name__}: {error}"[:160]
        raise _not_a_workbook(
            name, "文件损坏（{reason}）", "it is damaged ({reason})", reason=reason
        ) from error
    except Exception as error:
        # A fault of ours must not cost the other files of a batch, nor be blamed on this one.
        reason = f"{type(error).__name__}: {error}"[:160]
        raise _unreadable(name, kinds.OUR_FAULT, reason=reason) from error


_RULES = (".yaml", ".yml")
_NO_RULES = (
    "{ending} 是指标体系、政策、征集或映射文件，用 -c、-p、--call 或 --map 给出",
    "a {ending} file has criteria, a policy, a call or a mapping: give it with -c, -p, --call or "
    "--map",
)


def _rules_given(name: str, content: bytes, ending: str) -> UnreadableBookError:
    """Return the error of a file of rules in the place of a workbook: what it is, where known."""
    try:
        kind = kind_of_data(read_yaml(content[:MAX_BYTES].decode("utf-8-sig")).data)
    except (ValueError, yaml.YAMLError, TooDeepError, RecursionError):
        kind = None
    if kind is None:
        return _not_a_workbook(name, *_NO_RULES, ending=ending)
    return _unreadable(name, kinds.OTHER_KIND, what=KIND_TITLES[kind], how=GIVEN[kind])


def _text_sheet(
    name: str, path: Path, content: bytes, limits: Limits
) -> tuple[Sheet, tuple[Finding, ...]]:
    """Read delimited text; refuse a web page or an XML file that is called .xls."""
    ending = path.suffix.lower()
    if ending in ENDINGS and ending not in _TEXT_ENDINGS:
        raise _not_a_workbook(
            name, "不是真正的 {ending} 文件", "it is no {ending} file", ending=path.suffix
        )
    if ending not in _TEXT_ENDINGS:
        if ending in _RULES:
            raise _rules_given(name, content, path.suffix)
        shown = path.suffix or "-"
        raise _not_a_workbook(name, "扩展名 {ending}", "its ending is {ending}", ending=shown)
    text, encoding = _decoded(name, content)
    findings = []
    if ending not in (".csv", ".txt", ".tsv"):
        findings.append(Finding(kinds.TEXT_FILE, Place(name), {"ending": path.suffix}))
    if encoding not in ("utf-8", "utf-8-sig"):
        findings.append(Finding(kinds.ENCODING, Place(name), {"encoding": encoding}))
    rows = _rows_of_text(name, text, limits)
    return Sheet(name, "csv", True, rows, untyped=True), tuple(findings)


_PAGES = ("<html", "<!doctype", "<table", "<?xml", "<meta", "<head")


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    """Return a text with its encoding; refuse what is none, and pages of markup."""
    from pilotscore.workbook.open.delimited import NoTextError, decode

    try:
        text, encoding = decode(content)
    except NoTextError as error:
        raise _no_text(name, error) from error
    if text[:2000].lstrip().casefold().startswith(_PAGES):
        raise _unreadable(name, kinds.WEB_PAGE)
    return text, encoding


def _rows_of_text(name: str, text: str, limits: Limits) -> list[list[Any]]:
    """Take the lines of a text apart; refuse a report of our own."""
    from pilotscore.workbook.open.delimited import rows_of

    try:
        rows = rows_of(text, limits)
    except BoundExceededError as error:
        raise _beyond(name, error) from error
    except csv.Error as error:
        raise _not_a_workbook(
            name,
            "文本无法分列（{reason}）",
            "its lines cannot be taken apart ({reason})",
            reason=str(error),
        ) from error
    if is_own_table(rows):
        raise _unreadable(name, kinds.OWN_REPORT)
    return rows


def _no_text(name: str, error: NoTextError) -> UnreadableBookError:
    if not error.encoding:
        return _not_a_workbook(
            name, "既不是工作簿也不是文本", "it is neither a workbook nor a text"
        )
    return _not_a_workbook(
        name,
        "既不是工作簿，按文本（{encoding}）也读不通：第 {at} 个字节无法解码",
        "it is no workbook, and as a text ({encoding}) it breaks off: byte {at} cannot be decoded",
        encoding=error.encoding,
        at=error.at + 1,
    )


def _template(sheet: Sheet) -> Mapping[str, str] | None:
    pairs = {str(r[0]).strip(): str(r[1]).strip() for r in sheet.rows if len(r) > 1}
    return pairs if TEMPLATE_MARK in pairs else None
