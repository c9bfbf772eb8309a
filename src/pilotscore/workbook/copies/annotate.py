"""Writes a copy of an evaluator's own workbook in which each faulty cell is marked and commented.

Everything else stays as it was, as far as openpyxl can keep it; what it cannot keep is returned, to
be told. The workbook that was read is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.findings import SEVERITY_TITLES, Finding
from pilotscore.language import Lang, Text, Words, after
from pilotscore.workbook.copies import copies
from pilotscore.workbook.copies.findings_sheet import (
    FILLS,
    MARK,
    Spot,
    add_findings_sheet,
    is_findings_sheet,
    plain,
)
from pilotscore.workbook.copies.parts import lost_parts, warned, write_settled
from pilotscore.workbook.open.limits import Limits

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "pilotscore"
MOST_COMMENT = 4_000
_EXPECTED, _MEND = Text("应为", "expected"), Text("改法", "mend")
_INSTEAD = Text(
    "可改用 --format xlsx -o 文件.xlsx 得到全部问题的清单",
    "--format xlsx -o FILE.xlsx lists every finding without a copy",
)


def annotate(
    source: Path,
    findings: Sequence[Finding],
    out: Path,
    lang: Lang,
    limits: Limits | None = None,
) -> tuple[Words, ...]:
    """Write a copy of a workbook with its findings marked, and a first sheet that lists them.

    Cells with errors and warnings are filled and commented; their other looks stay. A finding
    without a cell stands in the list only, and so do all infos.

    Parameters
    ----------
    source
        The workbook, .xlsx or .xlsm.
    findings
        What was found in it.
    out
        Where the copy is written, with the same ending.
    lang
        The language of comments and list.
    limits
        ``copy_cells`` bounds what is copied; the default bounds where none are given.

    Returns
    -------
    tuple of Text
        What could not be kept in the copy.

    Raises
    ------
    UsageError
        The source is of another format, is encrypted, has too many cells, or is one that openpyxl
        cannot take.
    """
    copies.refuse_ending(source, out)
    content = source.read_bytes()
    copies.refuse_content(source, content)
    with copies.plain_failures(source) as warned_of:
        copies.refuse_size(source, content, limits or Limits(), _INSTEAD)
        book = copies.load(source, content)
        _Annotator(book, lang).run(findings)
        copy = copies.saved(book)
    lost = lost_parts(content, copy, macros=source.suffix.lower() == ".xlsm")
    write_settled(copy, out)
    return (*lost, *warned(str(w.message) for w in warned_of))


class _Annotator:
    """Marks the cells of one workbook."""

    def __init__(self, book: Workbook, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self.sheets: dict[str, Worksheet] = {s.title: s for s in book.worksheets}
        self.sizes: dict[str, tuple[int, int]] = {}

    def run(self, findings: Sequence[Finding]) -> None:
        """Mark the cells, and put the list first."""
        earlier = self._clear_earlier()
        self.sizes = {n: (s.max_row, s.max_column) for n, s in self.sheets.items()}
        listed = [(f, self._spot(f)) for f in findings if f.place.sheet not in earlier]
        marked: dict[Spot, list[Finding]] = {}
        for f, spot in listed:
            located = f.place.row is not None or f.place.column is not None
            if spot is not None and located and f.severity in FILLS:
                marked.setdefault(spot, []).append(f)
        for (name, row, column), here in marked.items():
            self._mark(self.sheets[name].cell(row, column), here)  # type: ignore[arg-type]  # never one that is merged over
        for sheet in self.sheets.values():
            for cell in _commented(sheet):  # openpyxl knows not what size their boxes had
                cell.comment.width, cell.comment.height = _box(cell.comment.text)
        add_findings_sheet(self.book, listed, self.lang)

    def _clear_earlier(self) -> set[str]:
        """Take away what an earlier run has added, if this is an annotated copy itself."""
        earlier = {n for n, sheet in self.sheets.items() if is_findings_sheet(sheet)}
        for name in earlier:
            self.book.remove(self.sheets.pop(name))
        for sheet in self.sheets.values():
            for cell in _commented(sheet):
                self._clear(cell)
        return earlier

    def _clear(self, cell: Cell) -> None:
        from openpyxl.styles import PatternFill

        theirs, ours, _ = cell.comment.text.partition(MARK) if cell.comment else ("", "", "")
        if cell.comment is None or not ours:
            return
        cell.comment = (
            _comment(theirs.rstrip("\n"), cell.comment.author) if theirs.strip() else None
        )
        if cell.fill.fgColor.rgb in FILLS.values():
            cell.fill = PatternFill()

    def _spot(self, finding: Finding) -> Spot | None:
        """Return the cell of a finding, or what stands for its row, column or sheet; from 1."""
        place = finding.place
        sheet = self.sheets.get(place.sheet or "")
        if sheet is None:
            return None
        row = 1 if place.row is None else place.row + 1
        column = 1 if place.column is None else place.column + 1
        height, width = self.sizes[sheet.title]
        if place.row is None and place.column is not None:
            row = _first_filled(sheet, [(r, column) for r in range(1, height + 1)])[0]
        elif place.row is not None and place.column is None:
            column = _first_filled(sheet, [(row, c) for c in range(1, width + 1)])[1]
        return (sheet.title, *_unmerged(sheet, row, column))

    def _mark(self, cell: Cell, findings: list[Finding]) -> None:
        from openpyxl.styles import PatternFill

        gravest = "error" if any(f.severity == "error" for f in findings) else "warning"
        cell.fill = PatternFill("solid", fgColor=FILLS[gravest])
        ours = "\n".join([MARK, *dict.fromkeys(self._said(f) for f in findings)])
        old = cell.comment
        text = f"{old.text.rstrip()}\n\n{ours}" if old is not None else ours
        author = old.author if old is not None and old.author else AUTHOR
        cell.comment = _comment(plain(text), author)

    def _said(self, f: Finding) -> str:
        title = SEVERITY_TITLES[f.severity].to(self.lang)
        lines = [f"{title} {f.code} {f.found(self.lang)}"]
        for label, text in ((_EXPECTED, f.expected(self.lang)), (_MEND, f.mend(self.lang))):
            if text:
                lines.append(after(label, text).to(self.lang))
        return "\n".join(lines)[:MOST_COMMENT]


def _commented(sheet: Worksheet) -> list[Any]:
    cells = list(sheet._cells.values())  # only the cells that there are
    return [c for c in cells if getattr(c, "comment", None) is not None]


def _first_filled(sheet: Worksheet, spots: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the first of these that is filled; the first of all where all are blank."""
    cells = sheet._cells
    filled = (s for s in spots if s in cells and cells[s].value is not None)
    return next(filled, spots[0])


def _unmerged(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """Return the cell itself, or the top left one of the merged area that covers it."""
    from openpyxl.cell.cell import MergedCell

    covered = isinstance(sheet._cells.get((row, column)), MergedCell)
    for area in sheet.merged_cells.ranges if covered else ():
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return area.min_row, area.min_col
    return row, column


def _comment(text: str, author: str) -> Any:
    from openpyxl.comments import Comment

    return Comment(text[:32_000], author or AUTHOR)


def _box(text: str) -> tuple[int, int]:
    """Return the width and height, in pixels, of a box that a text fits."""
    width = 320 if len(text) > 40 or "\n" in text else 200
    per_line = width // 8
    lines = sum(1 + _cells(line) // per_line for line in text.split("\n"))
    return width, min(600, max(60, 24 + 19 * lines))


def _cells(text: str) -> int:
    return sum(2 if ord(ch) > 0x2E7F else 1 for ch in text)
