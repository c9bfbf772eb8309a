"""Puts answers into the cells of a workbook's copy, and what must change around them.

A merged area that would say an answer of several results is taken apart; cells that share the
formula of a cell that is written over get it for themselves; a cell that is part of an array's
formula cannot be written over, and is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar
from xml.sax.saxutils import escape

from pilotscore.findings import Place
from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.copies.book_part import BookPart, SheetEntry
from pilotscore.workbook.copies.markup import (
    Edit,
    Element,
    attributes_of,
    plain,
    removed,
    retagged,
)
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.sheet_edits import CellChange, Content, content_of, rewritten
from pilotscore.workbook.copies.sheet_part import Area, CellXml, reference
from pilotscore.workbook.copies.sheet_survey import (
    Spot,
    Survey,
    Wanted,
    WideFormula,
    formula_pattern,
    survey,
)

T = TypeVar("T")
Value = str | float | bool
_APART = Text(
    "合并区域 {area} 已拆开，各格保留原值",
    "the merged area {area} was taken apart; its cells keep its value",
)
_IN_ARRAY = Text(
    "{cell} 属于区域 {area} 的数组公式，不能只改其中一格，未写入；请在 Excel 中修改",
    "{cell} is part of the array formula of {area}, which cannot be changed in one cell alone; it "
    "was left: change it in Excel",
)
_RECALCULATED = Text(
    "公式的结果照抄原文件，用 Excel 或 WPS 打开副本时重新计算",
    "the results of formulas are those of the workbook until Excel or WPS opens the copy",
)


@dataclass(frozen=True, slots=True)
class _SheetPlan:
    """What becomes of a sheet, but for the values that are written.

    Attributes
    ----------
    entry, known
        The sheet, and what it holds.
    headers
        The cells that get new headers.
    apart
        The merged areas that are taken apart.
    arrays
        The cells that cannot be written over, with the area of the array's formula.
    own_formulas
        The cells that get for themselves the formula that they shared.
    """

    entry: SheetEntry
    known: Survey
    headers: tuple[Spot, ...]
    apart: tuple[tuple[Area, Element], ...]
    arrays: Mapping[Spot, Area]
    own_formulas: Mapping[Spot, str]
    over_formulas: bool

    def notes(self) -> list[Words]:
        """Return what a person should know of the sheet."""
        name = self.entry.name
        notes: list[Words] = [_APART.of(area=f"{name}!{area}") for area, _ in self.apart]
        for spot, area in self.arrays.items():
            notes.append(_IN_ARRAY.of(cell=f"{name}!{reference(*spot)}", area=str(area)))
        return notes

    def changes(self, values: Mapping[Spot, Value]) -> dict[Spot, CellChange]:
        """Return what becomes of the cells when some of them get values."""
        prefix = self.known.tags.prefix
        styles = self._header_styles()
        changes = {
            spot: CellChange(content=partial(_with_formula, text, prefix))
            for spot, text in self.own_formulas.items()
        }
        for area, _ in self.apart:
            first = self.known.cells.get((area.top, area.left))
            changes |= dict.fromkeys(self.known.spots(area), _like(first, prefix))
            styles |= {spot: _style_of(first) for spot in values if spot in area}
        for spot, value in values.items():
            text = plain(value) if isinstance(value, str) else value
            changes[spot] = CellChange(
                style=partial(_always, styles[spot]) if spot in styles else None,
                content=partial(_always, content_of(text, prefix)),
            )
        return changes

    def _header_styles(self) -> dict[Spot, int]:
        """Return the format of each new header: that of the one before it, or above it."""
        styles: dict[Spot, int] = {}
        for row, column in sorted(self.headers):
            for beside in ((row, column - 1), (row - 1, column)):
                if beside in styles or beside in self.known.cells:
                    style = styles.get(beside, _style_of(self.known.cells.get(beside)))
                    if style:
                        styles[row, column] = style
                    break
        return styles

    def frame_edits(self) -> list[Edit]:
        """Return the edits that take merged areas apart."""
        around = self.known.root.child("mergeCells")
        if around is None or not self.apart:
            return []
        left = len(around.children) - len(self.apart)
        if not left:  # a list of none is refused by Excel
            return [removed(around)]
        counted = retagged(self.known.frame, around, {"count": str(left)})
        return [counted, *(removed(e) for _, e in self.apart)]


@dataclass(frozen=True, slots=True)
class AnswerCells:
    """The cells that answers go into, looked at before anything is written.

    Attributes
    ----------
    left
        The cells that cannot be written over.
    calculates
        Whether the workbook has formulas.
    """

    sheets: tuple[_SheetPlan, ...]
    left: frozenset[Place]
    calculates: bool

    def notes(self) -> tuple[Words, ...]:
        """Return what a person should know of the copy."""
        notes = [note for plan in self.sheets for note in plan.notes()]
        return (*notes, _RECALCULATED) if self.calculates else tuple(notes)

    def put(self, package: Package, values: Mapping[Place, Value]) -> None:
        """Put values into the cells of a copy."""
        for plan in self.sheets:
            here = {
                spot_of(place): value
                for place, value in values.items()
                if place.sheet == plan.entry.name and place not in self.left
            }
            if here:
                _rewrite(package, plan, here)
        book = BookPart(package)
        if self.calculates:
            book.recalculate()  # so that Excel reckons with what was answered
        if any(plan.over_formulas for plan in self.sheets):
            book.forget_order_of_calculation()


def _rewrite(package: Package, plan: _SheetPlan, values: Mapping[Spot, Value]) -> None:
    part, changes, edits = plan.entry.part or "", plan.changes(values), plan.frame_edits()

    def written() -> Iterator[bytes]:
        return rewritten(package.pieces(part), plan.known, changes, edits)

    package.change_when_written(part, written)


def spot_of(place: Place) -> Spot:
    """Return row and column of a cell, from 1."""
    if place.row is None or place.column is None:
        raise ValueError(f"{place} is no cell")
    return place.row + 1, place.column + 1


def look_at_cells(
    package: Package, answers: Iterable[Place], headers: Iterable[Place], *, spreads: bool
) -> AnswerCells:
    """Look at the cells that answers and new headers go into.

    Parameters
    ----------
    package
        The workbook.
    answers, headers
        The cells.
    spreads
        Whether a merged area says the same of several results, so that it is to be taken apart
        also where the answer goes into its first cell.
    """
    answered, headed = list(answers), list(headers)
    sheets = {p.sheet for p in (*answered, *headed)}
    plans: list[_SheetPlan] = []
    left: set[Place] = set()
    calculates = False
    for entry in BookPart(package).worksheets:
        if entry.name not in sheets:
            if not calculates:
                known = survey(package.pieces(entry.part or ""), Wanted(formulas=True))
                calculates = known.has_formulas
            continue
        here = {spot_of(p): p for p in answered if p.sheet == entry.name}
        plan = _plan(package, entry, here, [p for p in headed if p.sheet == entry.name], spreads)
        plans.append(plan)
        left |= {here[spot] for spot in plan.arrays}
        calculates = calculates or plan.known.has_formulas
    return AnswerCells(tuple(plans), frozenset(left), calculates)


def _plan(
    package: Package,
    entry: SheetEntry,
    answers: Iterable[Spot],
    headed: Iterable[Place],
    spreads: bool,
) -> _SheetPlan:
    headers = tuple(map(spot_of, headed))
    beside = [s for r, c in headers for s in ((r, c - 1), (r - 1, c))]
    wanted = frozenset((*answers, *headers, *beside))
    known = survey(package.pieces(entry.part or ""), Wanted(wanted, formulas=True))
    apart = tuple(
        (area, element)
        for area, element in known.merged
        if any(s in area and (spreads or s != (area.top, area.left)) for s in answers)
    )
    covered = frozenset(spot for area, _ in apart for spot in known.spots(area))
    if covered:
        known = survey(package.pieces(entry.part or ""), Wanted(wanted | covered, formulas=True))
    formula = formula_pattern(known.tags.prefix)
    arrays = {s: area for s in answers if (area := _array_over(known, s)) is not None}
    changed = (frozenset(answers) | frozenset(headers) | covered) - arrays.keys()
    return _SheetPlan(
        entry,
        known,
        headers,
        apart,
        arrays,
        dict(_own_formulas(known, changed)),
        any(formula.search(known.cells[s].inner) for s in changed if s in known.cells),
    )


def _array_over(known: Survey, spot: Spot) -> Area | None:
    """Return the area of the formula that makes a cell part of an array, or a table of data."""
    areas = (f.area for f in known.formulas if f.kind in ("array", "dataTable"))
    wide = (a for a in areas if a is not None and (a.top, a.left) != (a.bottom, a.right))
    return next((a for a in wide if spot in a), None)


def _own_formulas(known: Survey, changed: frozenset[Spot]) -> Iterator[tuple[Spot, str]]:
    """Yield the formula of each cell that shares one with a cell which is written over."""
    shared = [f for f in known.formulas if f.kind == "shared"]
    firsts: dict[str, WideFormula] = {f.number: f for f in reversed(shared) if f.text}
    for formula in shared:
        if formula.text:  # of several by one number, the last before a cell is its own
            firsts[formula.number] = formula
        elif formula.spot not in changed:
            first = firsts.get(formula.number)
            if first is not None and first.spot in changed:
                yield formula.spot, _moved(first, formula.spot)


def _moved(formula: WideFormula, spot: Spot) -> str:
    """Return the text of a formula as another cell has it."""
    from openpyxl.formula.translate import Translator

    moved = Translator("=" + formula.text, reference(*formula.spot))
    return str(moved.translate_formula(reference(*spot)))[1:]


def _with_formula(text: str, prefix: bytes, old: Content) -> Content:
    name = prefix + b"f"
    written = b"<%s>%s</%s>" % (name, escape(text).encode(), name)
    return Content(old.kind, formula_pattern(prefix).sub(lambda _: written, old.xml, count=1))


def _like(first: CellXml | None, prefix: bytes) -> CellChange:
    """Return what makes a cell hold the value of the first one of its merged area."""
    if first is None:
        return CellChange(content=partial(_always, Content(None, b"")))
    kind = attributes_of(first.tag).get(b"t")
    content = Content(
        kind.decode() if kind else None, formula_pattern(prefix).sub(b"", first.inner)
    )
    return CellChange(partial(_always, _style_of(first)), partial(_always, content))


def _style_of(cell: CellXml | None) -> int:
    return int(attributes_of(cell.tag).get(b"s", b"0")) if cell is not None else 0


def _always(value: T, _: object) -> T:
    return value
