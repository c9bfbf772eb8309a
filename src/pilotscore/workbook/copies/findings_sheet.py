"""The sheet that an annotated copy begins with: every finding, with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from rich.cells import cell_len

from pilotscore.findings import SEVERITY_TITLES, Finding, column_letters
from pilotscore.language import BLANK, COMMA, Lang, Text, Words, join
from pilotscore.workbook.copies.markup import plain, quoted
from pilotscore.workbook.copies.package import DECLARATION
from pilotscore.workbook.copies.sheet_edits import content_of
from pilotscore.workbook.copies.sheet_part import reference
from pilotscore.workbook.copies.styles import Look, Styles
from pilotscore.workbook.open.own_outputs import COPY_MARK

# What our sheet and our part of a comment begin with, by which a later run knows and replaces them.
MARK = COPY_MARK
FILLS = {"error": "FFFFC7CE", "warning": "FFFFE8B3"}
LIST_TITLE = Text("检查结果", "Findings")
# Excel takes no more than 66,530 links and 1,048,576 rows on a sheet.
MOST_LINKS = 60_000
MOST_ROWS = 1_000_000
_HEADINGS = (
    (Text("级别", "Severity"), 10),
    (Text("代码", "Code"), 8),
    (Text("位置", "Place"), 20),
    (Text("发现", "Found"), 46),
    (Text("应为", "Expected"), 34),
    (Text("如何改正", "How to mend it"), 44),
)
_WIDTHS = tuple(width for _, width in _HEADINGS)
# Rows say their heights: programs that do not work them out would write lines over each other.
_LINE_HEIGHT, _MOST_HEIGHT = 15, 400
_LAST = column_letters(len(_HEADINGS) - 1)
_NOTE = Text(
    "{mark} 这张表由 pilotscore check 加入；点“位置”跳到单元格。{counts}",
    "{mark} This sheet was added by pilotscore check; a click on a place leads to its cell. "
    "{counts}",
)
_TOP = 3
_PLACES = 3  # the column of places
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_WRAPPED = 'vertical="top" wrapText="1"'
_CENTRED = 'horizontal="center" vertical="center" wrapText="1"'
_LINE = "FFD9D9D9"
_NOTE_LOOK = Look(italic=True, colour="FF595959")
_HEADING_LOOK = Look(bold=True, colour="FFFFFFFF", fill="FF1F4E78", alignment=_CENTRED)
_TEXT_LOOK = Look(line=_LINE, alignment=_WRAPPED)
_LINK_LOOK = Look(underlined=True, colour="FF0563C1", line=_LINE, alignment=_WRAPPED)

# A cell as a finding points at it: its sheet, and its row and column from 1.
Target = tuple[str, int, int]
Listed = Sequence[tuple[Finding, Target | None]]


def free_title(taken: Collection[str], lang: Lang) -> str:
    """Return the first name for the sheet that no other has."""
    folded = {name.casefold() for name in taken}
    title, number = LIST_TITLE.to(lang), 1
    while title.casefold() in folded:
        number += 1
        title = f"{LIST_TITLE.to(lang)} {number}"
    return title


def findings_sheet(listed: Listed, styles: Styles, lang: Lang, *, strict: bool) -> Iterator[bytes]:
    """Yield the part of the sheet that lists the findings.

    Parameters
    ----------
    listed
        Each finding with the cell that its link leads to.
    styles
        The formats of the workbook; those that the sheet needs are put to them.
    lang
        The language of the list.
    strict
        Whether the workbook is of the strict form of OOXML.
    """
    shown = listed[:MOST_ROWS]
    last = max(_TOP - 1 + len(shown), _TOP - 1)
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>'
        for i, (_, width) in enumerate(_HEADINGS, start=1)
    )
    head = (
        f'<worksheet xmlns="{_STRICT_MAIN if strict else _MAIN}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{_LAST}{last}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{_TOP - 1}" topLeftCell="A{_TOP}" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )
    tail = (
        f'</sheetData><autoFilter ref="A{_TOP - 1}:{_LAST}{last}"/>{_links(shown)}'
        '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
        '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>'
    )
    yield DECLARATION + head.encode()
    yield from _rows(shown, listed, styles, lang)
    yield tail.encode()


def names_of(title: str, count: int) -> dict[str, str]:
    """Return the names that the workbook is to have for the sheet: its filter, its top rows."""
    sheet = quoted_title(title)
    last = max(_TOP - 1 + min(count, MOST_ROWS), _TOP - 1)
    return {
        "_xlnm._FilterDatabase": f"{sheet}!$A${_TOP - 1}:${_LAST}${last}",
        "_xlnm.Print_Titles": f"{sheet}!${_TOP - 1}:${_TOP - 1}",
    }


def quoted_title(title: str) -> str:
    """Return the name of a sheet as a reference has it."""
    return "'" + title.replace("'", "''") + "'"


def _rows(shown: Listed, listed: Listed, styles: Styles, lang: Lang) -> Iterator[bytes]:
    note = _NOTE.fill(lang, mark=MARK, counts=_counts(listed))
    yield _row(1, [(note, styles.of(_NOTE_LOOK))])
    style = styles.of(_HEADING_LOOK)
    headings = [(heading.to(lang), style) for heading, _ in _HEADINGS]
    yield _row(_TOP - 1, headings, b' ht="24" customHeight="1"')
    text, link = styles.of(_TEXT_LOOK), styles.of(_LINK_LOOK)
    graves = {s: styles.of(Look(fill=FILLS[s], line=_LINE, alignment=_WRAPPED)) for s in FILLS}
    for row, (finding, target) in enumerate(shown, start=_TOP):
        has_link = target is not None and row <= MOST_LINKS
        formats = [graves.get(finding.severity, text), text, link if has_link else text]
        formats += [text] * (len(_HEADINGS) - len(formats))
        texts = _texts(finding, lang)
        height = _LINE_HEIGHT * max(map(_lines, texts, _WIDTHS))
        attributes = b' ht="%d" customHeight="1"' % min(height, _MOST_HEIGHT)
        yield _row(row, list(zip(texts, formats, strict=True)), attributes)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of a width, a Chinese sign being two wide."""
    return sum(max(1, -(-cell_len(line) // (width - 1))) for line in text.split("\n"))


def _row(number: int, cells: Sequence[tuple[str, int]], attributes: bytes = b"") -> bytes:
    written = b"".join(
        _cell(number, column, text, style) for column, (text, style) in enumerate(cells, start=1)
    )
    return b'<row r="%d"%s>%s</row>' % (number, attributes, written)


def _cell(row: int, column: int, text: str, style: int) -> bytes:
    name = reference(row, column).encode()
    shown = plain(text)
    if not shown:
        return b'<c r="%s" s="%d"/>' % (name, style)
    content = content_of(shown)
    kind = (content.kind or "").encode()
    return b'<c r="%s" s="%d" t="%s">%s</c>' % (name, style, kind, content.xml)


def _texts(f: Finding, lang: Lang) -> tuple[str, ...]:
    place = f.place
    shown = "!".join(p for p in (place.sheet or "", place.cell) if p) or Path(place.file).name
    severity = SEVERITY_TITLES[f.severity].to(lang)
    return (severity, f.code, shown, f.found(lang), f.expected(lang), f.mend(lang))


def _counts(listed: Listed) -> Words:
    counts = Counter(f.severity for f, _ in listed)
    return join((join((t, str(counts[s])), BLANK) for s, t in SEVERITY_TITLES.items()), COMMA)


def _links(shown: Listed) -> str:
    links = [
        f'<hyperlink ref="{reference(row, _PLACES)}" location={_location(target)}/>'
        for row, (_, target) in enumerate(shown, start=_TOP)
        if target is not None and row <= MOST_LINKS
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _location(target: Target) -> str:
    sheet, row, column = target
    return quoted(f"{quoted_title(sheet)}!{reference(row, column)}").decode()
