"""Small .xlsx files put together part by part, for what no library writes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def relations(entries: Mapping[str, tuple[str, str]]) -> str:
    """Return a part of relationships: by id, the last word of the type and the target."""
    tags = "".join(
        f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in entries.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}">{tags}</Relationships>'


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a worksheet with what stands before and behind its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def workbook(names: Mapping[str, str], *, extra: str = "") -> str:
    """Return a workbook part: sheets by their relationship, and what stands behind them."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{k}" r:id="{i}"/>'
        for k, (i, name) in enumerate(names.items(), start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{sheets}</sheets>{extra}</workbook>"
    )


def styles(*codes: str) -> str:
    """Return a styles part in which style 1 has the first of some number formats, and so on."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + k}" formatCode="{code}"/>' for k, code in enumerate(codes)
    )
    xfs = "".join(f'<xf numFmtId="{200 + k}"/>' for k in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        f'<cellXfs count="{len(codes) + 1}"><xf numFmtId="0"/>{xfs}</cellXfs></styleSheet>'
    )


def parts(rows: str, **others: str) -> dict[str, str | bytes]:
    """Return the parts of a workbook with one sheet, S; others stand by name with __ for /."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": workbook({"s1": "S"}),
        "xl/_rels/workbook.xml.rels": relations(
            {
                "s1": ("worksheet", "worksheets/sheet1.xml"),
                "s2": ("styles", "styles.xml"),
                "s3": ("sharedStrings", "sharedStrings.xml"),
            }
        ),
        "xl/worksheets/sheet1.xml": worksheet(rows),
        "xl/styles.xml": styles(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        **others,
    }


def write(path: Path, contents: Mapping[str, str | bytes]) -> Path:
    """Write the parts as a zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path
