"""Makes files of formats that no library at hand writes, and files that are damaged on purpose."""

from __future__ import annotations

import datetime
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw_xlsx(
    path: Path,
    sheet_data: str,
    *,
    head: str = "",
    tail: str = "",
    main: str = MAIN,
    relations: str = RELATIONS,
    workbook: str = "",
    **parts: str,
) -> Path:
    """Write an .xlsx whose sheet has just this XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", CONTENT_TYPES)
        z.writestr(
            "_rels/.rels",
            f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        z.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        z.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{relations}">{workbook}<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        z.writestr(
            "xl/worksheets/sheet1.xml",
            f'<?xml version="1.0"?><worksheet xmlns="{main}">{head}<sheetData>{sheet_data}</sheetData>{tail}</worksheet>',
        )
        for name, content in parts.items():
            z.writestr(name, content)
    return path


def inline(reference: str, text: str) -> str:
    """Return a cell with its text within."""
    r = f' r="{reference}"' if reference else ""
    return f'<c{r} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def ods(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    row_attributes: dict[int, str] | None = None,
    extra: str = "",
) -> Path:
    """Write an .ods; a cell may be a text, a number, ('%', 0.95), ('error', '#DIV/0!') or None."""
    lines = []
    for r, row in enumerate(rows):
        cells = "".join(_ods_cell(x) for x in row)
        lines.append(
            f"<table:table-row {(row_attributes or {}).get(r, '')}>{cells}</table:table-row>"
        )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="表">{"".join(lines)}{extra}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        z.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        z.writestr("content.xml", content)
    return path


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, tuple) and value[0] == "%":
        return f'<table:table-cell office:value-type="percentage" office:value="{value[1]}"><text:p>{value[1]:.0%}</text:p></table:table-cell>'
    if isinstance(value, tuple):
        return f'<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>{value[1]}</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def _record(kind: int, data: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, packed = len(data), b""
    while True:
        size, byte = size >> 7, size & 0x7F
        packed += bytes([byte | (0x80 if size else 0)])
        if not size:
            return number + packed + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    hidden: Sequence[int] = (),
    far: tuple[int, int] | None = None,
) -> Path:
    """Write an .xlsb as MS-XLSB has it; a cell may be a text, number, ('%', 0.95) or ('error', 7)."""
    last = max(len(r) for r in rows) - 1
    sheet = (
        _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, last)) + _record(145)
    )
    for r, row in enumerate(rows):
        flags = 0x10 if r in hidden else 0
        sheet += _record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, flags, 0, 0))
        for c, value in enumerate(row):
            if value is None or value == "":
                continue
            style = 1 if isinstance(value, tuple) and value[0] == "%" else 0
            head = struct.pack("<II", c, style)
            if isinstance(value, tuple) and value[0] == "error":
                sheet += _record(3, head + bytes([value[1]]))
            elif isinstance(value, tuple):
                sheet += _record(5, head + struct.pack("<d", value[1]))
            elif isinstance(value, int | float):
                sheet += _record(5, head + struct.pack("<d", value))
            else:
                sheet += _record(6, head + _wide(value))
    if far:
        sheet += _record(0, struct.pack("<IIHBBBI", far[0], 0, 300, 0, 0, 0, 0))
        sheet += _record(5, struct.pack("<II", far[1], 0) + struct.pack("<d", 1))
    sheet += _record(146) + _record(130)
    xf = struct.pack("<HHHHHH", 0, 0, 0, 0, 0, 0) + b"\0" * 4
    percent = struct.pack("<HHHHHH", 0, 9, 0, 0, 0, 0) + b"\0" * 4
    styles = (
        _record(278)
        + _record(617, struct.pack("<I", 2))
        + _record(47, xf)
        + _record(47, percent)
        + _record(618)
        + _record(279)
    )
    book = (
        _record(131)
        + _record(143)
        + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("表"))
        + _record(144)
        + _record(132)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        )
        z.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        z.writestr("xl/workbook.bin", book)
        z.writestr("xl/worksheets/sheet1.bin", sheet)
        z.writestr("xl/styles.bin", styles)
    return path


class Formatted(NamedTuple):
    """A number with its number format."""

    value: float
    code: str


def formatted_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], **options: Any) -> Path:
    """Write an .xlsx; a cell may be :class:`Formatted`, anything else is written as it is."""
    book = xlsxwriter.Workbook(str(path), options)
    forms: dict[str, Any] = {}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                value, code = cell if isinstance(cell, Formatted) else (cell, None)
                if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
                    code = code or "yyyy-mm-dd"
                form = (
                    forms.setdefault(code, book.add_format({"num_format": code})) if code else None
                )
                if isinstance(value, float | int) and not isinstance(value, bool):
                    sheet.write_number(r, c, value, form)
                else:
                    sheet.write(r, c, value, form)
    book.close()
    return path
