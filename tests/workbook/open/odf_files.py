"""Makes OpenDocument spreadsheets from the XML of their rows."""

from __future__ import annotations

import zipfile
from pathlib import Path

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type='
    '"application/vnd.oasis.opendocument.spreadsheet"/>{more}</manifest:manifest>'
)


def content(sheets: str, *, automatic: str = "", declared: str = DECLARED) -> str:
    """Return content.xml with these tables and automatic styles."""
    return (
        f"<office:document-content {declared}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, body in parts.items():
            z.writestr(name, body)
    return path


def raw_ods(
    path: Path, rows: str, *, automatic: str = "", common: str = "", after: str = ""
) -> Path:
    """Write an .ods with one sheet of these rows (and columns); styles are XML too."""
    sheet = f'<table:table table:name="表">{rows}</table:table>{after}'
    return package(
        path,
        {
            "META-INF/manifest.xml": MANIFEST.format(more=""),
            "styles.xml": f"<office:document-styles {DECLARED}><office:styles>{common}</office:styles></office:document-styles>",
            "content.xml": content(sheet, automatic=automatic),
        },
    )


def cell(attributes: str = "", shown: str | None = None) -> str:
    """Return the XML of a cell."""
    inside = "" if shown is None else f"<text:p>{shown}</text:p>"
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def text(shown: str) -> str:
    """Return the XML of a cell with a text."""
    return cell('office:value-type="string"', shown)


def number(value: float, more: str = "") -> str:
    """Return the XML of a cell with a number."""
    return cell(f'office:value-type="float" office:value="{value}" {more}', str(value))


def row(*cells: str, attributes: str = "") -> str:
    """Return the XML of a row."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"
