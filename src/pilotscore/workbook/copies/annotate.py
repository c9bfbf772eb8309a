"""Writes a copy of an evaluator's own workbook in which each faulty cell is marked and commented.

The parts of the workbook are changed in place: only cells that are marked, their comments and the
formats that they need, and the sheet that lists the findings. Everything else is copied byte for
byte. The workbook that was read is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import partial
from pathlib import Path

from pilotscore.findings import SEVERITY_TITLES, Finding
from pilotscore.language import Lang, Text, Words, after
from pilotscore.records import dataclass
from pilotscore.workbook.copies import copies
from pilotscore.workbook.copies.book_part import BookPart, SheetEntry
from pilotscore.workbook.copies.comments import Comments
from pilotscore.workbook.copies.earlier import sheets_with_mark
from pilotscore.workbook.copies.findings_sheet import (
    FILLS,
    MARK,
    Target,
    findings_sheet,
    free_title,
    names_of,
)
from pilotscore.workbook.copies.markup import Edit, plain, quoted, retagged
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.sheet_edits import CellChange, placed_before, rewritten
from pilotscore.workbook.copies.sheet_part import SheetPart, reference
from pilotscore.workbook.copies.sheet_survey import Spot, Survey, Wanted, survey
from pilotscore.workbook.copies.styles import Styles
from pilotscore.workbook.open.limits import Limits

MOST_COMMENT = 4_000
_EXPECTED, _MEND = Text("应为", "expected"), Text("改法", "mend")
_COLOURS = frozenset(FILLS.values())
_BEHIND_BOXES = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_IN_THREADS = Text(
    "带会话批注的单元格：会话保持原样，Excel 中标注只见于底色和问题清单（{cells}）",
    "cells with a thread of comments: the thread stays as it is, and in Excel only the fill and "
    "the list of findings tell of them ({cells})",
)


@dataclass(frozen=True, slots=True)
class AnnotatedCopy:
    """A copy that is ready to be written.

    Attributes
    ----------
    lost
        What the workbook has and the copy cannot keep.
    notes
        What else a person should know of the copy.
    """

    lost: tuple[Words, ...]
    notes: tuple[Words, ...]
    write: Callable[[Path], None]


def annotated(
    source: Path, findings: Sequence[Finding], lang: Lang, limits: Limits | None = None
) -> AnnotatedCopy:
    """Prepare a copy of a workbook with its findings marked, and a first sheet that lists them.

    Cells with errors and warnings are filled and commented; their other looks stay. A finding
    without a cell stands in the list only, and so do all infos.

    Parameters
    ----------
    source
        The workbook, .xlsx or .xlsm.
    findings
        What was found in it.
    lang
        The language of comments and list.
    limits
        ``inflated_mb`` bounds what is copied; the default bounds where none are given.

    Raises
    ------
    UsageError
        The source is encrypted, beyond the bound, or its parts are not what they should be.
    """
    content = source.read_bytes()
    copies.refuse_content(source, content)
    with copies.plain_failures(source):
        package = Package(content, limits or Limits())
        annotator = _Annotator(package, lang)
        annotator.run(findings)
        lost = copies.lost(package)

    def write(out: Path) -> None:
        with copies.plain_failures(source):
            package.write(out)

    return AnnotatedCopy(lost, annotator.notes(), write)


@dataclass(slots=True)
class _SheetMarks:
    """What is to be marked in a sheet, and what is known of it."""

    entry: SheetEntry
    comments: Comments
    known: Survey
    marked: dict[Spot, list[Finding]] = field(default_factory=dict)

    def changes(self, styles: Styles) -> dict[Spot, CellChange]:
        """Return what becomes of the cells: those marked earlier first lose their fill."""
        changes = {
            spot: CellChange(style=partial(styles.cleared, colours=_COLOURS))
            for spot in self.comments.ours
            if spot in self.known.cells
        }
        for spot, findings in self.marked.items():
            gravest = "error" if any(f.severity == "error" for f in findings) else "warning"
            changes[spot] = CellChange(style=partial(styles.filled, colour=FILLS[gravest]))
        return changes


class _Annotator:
    """Marks the cells of one workbook."""

    def __init__(self, package: Package, lang: Lang) -> None:
        self.package, self.lang = package, lang
        self.book = BookPart(package)
        self.earlier = sheets_with_mark(package, self.book, MARK)
        self.styles = Styles(package)
        self.sheets: dict[str, _SheetMarks] = {}

    def run(self, findings: Sequence[Finding]) -> None:
        """Mark the cells, and put the list first."""
        gone = {s.name for s in self.earlier}
        shown = [f for f in findings if f.place.sheet not in gone]
        self._survey(shown)
        listed = [(f, self._target(f)) for f in shown]
        for f, target in listed:
            located = f.place.row is not None or f.place.column is not None
            if target is not None and located and f.severity in FILLS:
                marked = self.sheets[target[0]].marked
                marked.setdefault(target[1:], []).append(f)
        for sheet in self.sheets.values():
            self._rewrite(sheet)
        self._deselect()
        kept = [s.name for s in self.book.sheets if s.name not in gone]
        title = free_title(kept, self.lang)
        strict = self.book.root.namespace.startswith("http://purl.oclc.org/")
        maker = partial(findings_sheet, listed, self.styles, self.lang, strict=strict)
        self.book.put_first(title, maker, names_of(title, len(listed)), self.earlier)

    def notes(self) -> tuple[Words, ...]:
        """Return what a person should know of the copy."""
        cells = [
            f"{name}!{reference(*spot)}"
            for name, sheet in self.sheets.items()
            for spot in sheet.marked
            if spot in sheet.comments.threads
        ]
        return (_IN_THREADS.of(cells=", ".join(cells[:12])),) if cells else ()

    def _survey(self, findings: Iterable[Finding]) -> None:
        """Look at the sheets that findings are of, or that have marks of an earlier run."""
        by_sheet: dict[str, list[Finding]] = {}
        for f in findings:
            by_sheet.setdefault(f.place.sheet or "", []).append(f)
        for entry in self.book.worksheets:
            if entry in self.earlier or entry.part is None:
                continue
            comments = Comments(self.package, entry.part, MARK)
            here = by_sheet.get(entry.name, ())
            if here or comments.ours:
                wanted = _wanted(here, comments.ours)
                known = survey(self.package.pieces(entry.part), wanted)
                self.sheets[entry.name] = _SheetMarks(entry, comments, known)

    def _target(self, finding: Finding) -> Target | None:
        """Return the cell of a finding, or what stands for its row, column or sheet."""
        place = finding.place
        sheet = self.sheets.get(place.sheet or "")
        if sheet is None:
            return None
        row = 1 if place.row is None else place.row + 1
        column = 1 if place.column is None else place.column + 1
        if place.row is None and place.column is not None:
            row = sheet.known.first_in_column.get(column, 1)
        elif place.row is not None and place.column is None:
            column = sheet.known.first_in_row.get(row, 1)
        return (sheet.entry.name, *sheet.known.unmerged((row, column)))

    def _rewrite(self, sheet: _SheetMarks) -> None:
        """Change the cells and comments of a sheet."""
        known = sheet.known
        boxes = known.root.child("legacyDrawing")
        texts = {spot: self._comment(findings) for spot, findings in sheet.marked.items()}
        drawing = boxes.attributes.get("id") if boxes is not None else None
        new_drawing = sheet.comments.replace(texts, drawing)
        edits = _deselected(known)
        if new_drawing is not None:
            edits.append(self._with_boxes(known, new_drawing))
        changes = sheet.changes(self.styles)
        if changes or edits:
            self._change(sheet.entry.part or "", known, changes, edits)

    def _with_boxes(self, known: Survey, drawing: str) -> Edit:
        old = known.root.child("legacyDrawing")
        at = placed_before(known.root, frozenset(_BEHIND_BOXES))
        xml = b"<%slegacyDrawing xmlns:r=%s r:id=%s/>" % (
            known.root.prefix,
            quoted(self.package.relation_types),
            quoted(drawing),
        )
        if old is None:
            return Edit(at, at, xml)
        return Edit(old.start, old.end, xml)  # it leads nowhere

    def _deselect(self) -> None:
        """Let no other sheet be selected: sheets selected together are edited together."""
        for entry in self.book.sheets:
            if entry.part is None or entry.name in self.sheets or entry in self.earlier:
                continue
            if b"tabSelected" not in SheetPart(self.package.pieces(entry.part)).head:
                continue
            known = survey(self.package.pieces(entry.part), Wanted())
            edits = _deselected(known)
            if edits:
                self._change(entry.part, known, {}, edits)

    def _change(
        self, part: str, known: Survey, changes: dict[Spot, CellChange], edits: list[Edit]
    ) -> None:
        """Have a sheet's part written with changes; nothing of it is in memory meanwhile."""
        package = self.package

        def written() -> Iterator[bytes]:
            return rewritten(package.pieces(part), known, changes, edits)

        package.change_when_written(part, written)

    def _comment(self, findings: Sequence[Finding]) -> str:
        return plain("\n".join([MARK, *dict.fromkeys(self._said(f) for f in findings)]))

    def _said(self, f: Finding) -> str:
        title = SEVERITY_TITLES[f.severity].to(self.lang)
        lines = [f"{title} {f.code} {f.found(self.lang)}"]
        for label, text in ((_EXPECTED, f.expected(self.lang)), (_MEND, f.mend(self.lang))):
            if text:
                lines.append(after(label, text).to(self.lang))
        return "\n".join(lines)[:MOST_COMMENT]


def _wanted(findings: Sequence[Finding], cells: frozenset[Spot]) -> Wanted:
    places = [f.place for f in findings]
    rows = (p.row + 1 for p in places if p.row is not None and p.column is None)
    columns = (p.column + 1 for p in places if p.column is not None and p.row is None)
    return Wanted(cells, frozenset(rows), frozenset(columns))


def _deselected(known: Survey) -> list[Edit]:
    views = known.root.child("sheetViews")
    return [
        retagged(known.frame, view, {"tabSelected": "0"})
        for view in (views.children if views is not None else ())
        if view.attributes.get("tabSelected", "0") not in ("0", "false")
    ]
