"""Workbooks made part by part, for what no library writes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
WORKSHEET = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="12"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="9" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
Parts = dict[str, str | bytes]


def rels(**targets: tuple[str, str]) -> str:
    """Return a part of relationships: the type and target of each id."""
    listed = "".join(
        f'<Relationship Id="{i}" Type="{kind if ":" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"/>'
        for i, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def book_parts(*sheets: str, names: tuple[str, ...] = ("成果", "名单", "三")) -> Parts:
    """Return the parts of a workbook whose sheets have these parts."""
    listed = "".join(
        f'<sheet name="{names[i]}" sheetId="{i + 1}" r:id="rId{i + 1}"/>'
        for i in range(len(sheets))
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i + 1}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for i in range(len(sheets))
    )
    targets = {
        f"rId{i + 1}": ("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))
    }
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": rels(rId1=("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(**targets, rId90=("styles", "styles.xml")),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{i + 1}.xml": xml for i, xml in enumerate(sheets)},
    }


def sheet_part(rows: str, before: str = "", after: str = "") -> str:
    """Return the part of a sheet."""
    return f"{WORKSHEET}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write parts as a file."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Return the parts of a file; each has its name once, and all are sound."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert archive.testzip() is None
        return {name: archive.read(name) for name in names}


def with_typed(parts: Parts, **kinds: str) -> Parts:
    """Return parts with types of files by their endings."""
    listed = "".join(f'<Default Extension="{e}" ContentType="{k}"/>' for e, k in kinds.items())
    types = str(parts["[Content_Types].xml"])
    return parts | {"[Content_Types].xml": types.replace("<Override", listed + "<Override", 1)}


def related(parts: Parts, part: str) -> list[str]:
    """Return what the relationships of a part lead to, each of which must be there."""
    folder, _, name = part.rpartition("/")
    xml = parts[f"{folder}/_rels/{name}.rels"]
    text = xml.decode() if isinstance(xml, bytes) else xml
    ids = re.findall(r'\bId="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    targets = [t.lstrip("/") for t in re.findall(r'Target="(/[^"]*)"', text)]
    assert all(t in parts for t in targets)
    return targets
