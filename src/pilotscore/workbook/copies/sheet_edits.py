"""Changes cells in a sheet's part; rows and cells that are absent are put in, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotscore.records import dataclass
from pilotscore.workbook.copies.markup import (
    Edit,
    Element,
    UnknownMarkupError,
    appended,
    attributes_of,
    changed,
    retagged,
    text_element,
    with_attributes,
)
from pilotscore.workbook.copies.sheet_part import (
    Area,
    CellXml,
    RowXml,
    SheetPart,
    cells_of,
    reference,
)
from pilotscore.workbook.copies.sheet_survey import NO_ROWS, Spot, Survey

MOST_IN_A_CELL = 32_767


class Content(NamedTuple):
    """What stands in a cell: its type as the attribute has it, and the elements."""

    kind: str | None
    xml: bytes


@dataclass(frozen=True, slots=True)
class CellChange:
    """What becomes of a cell.

    ``style`` makes the number of its format from the present one, ``content`` what it is to hold
    from what is in it; None leaves them.
    """

    style: Callable[[int], int] | None = None
    content: Callable[[Content], Content] | None = None


def content_of(value: str | float | bool, prefix: bytes = b"") -> Content:
    """Return how a value stands in a cell: text as text, also where it begins with a sign."""
    if isinstance(value, bool):
        return Content("b", _element(prefix + b"v", str(int(value))))
    if isinstance(value, int | float):
        return Content(None, _element(prefix + b"v", repr(value)))
    text = text_element(prefix + b"t", value[:MOST_IN_A_CELL])
    return Content("inlineStr", b"<%sis>%s</%sis>" % (prefix, text, prefix))


def _element(name: bytes, text: str) -> bytes:
    return b"<%s>%s</%s>" % (name, text.encode(), name)


def rewritten(
    pieces: Iterable[bytes],
    known: Survey,
    changes: Mapping[Spot, CellChange],
    frame_edits: Sequence[Edit],
) -> Iterator[bytes]:
    """Yield the part of a sheet with some of its cells changed.

    Parameters
    ----------
    pieces
        The part.
    known
        What its survey says.
    changes
        The cells, by row and column from 1.
    frame_edits
        Edits of the frame that the survey has.
    """
    by_row: dict[int, dict[int, CellChange]] = {}
    for (row, column), change in changes.items():
        by_row.setdefault(row, {})[column] = change
    edits = [*frame_edits, *_wider(known, changes)]
    if known.split is None:
        new = b"".join(_new_rows(by_row, sorted(by_row), known))
        data = known.root.child("sheetData")
        if new and data is None:
            raise UnknownMarkupError(NO_ROWS)
        edits += [appended(known.frame, data, new)] if new and data is not None else []
        yield changed(known.frame, edits)
        return
    part = SheetPart(pieces)
    yield changed(known.frame[: known.split], [e for e in edits if e.end <= known.split])
    yield from _rows(part, by_row, known)
    behind = [
        Edit(e.start - known.split, e.end - known.split, e.new)
        for e in edits
        if e.end > known.split
    ]
    yield changed(known.frame[known.split :], behind)


def _rows(
    part: SheetPart, by_row: dict[int, dict[int, CellChange]], known: Survey
) -> Iterator[bytes]:
    absent = sorted((r for r in by_row if not known.present[r]), reverse=True)
    left = dict(by_row)
    for row in part.rows():
        before = []
        while absent and absent[-1] < row.number:
            before.append(absent.pop())
        yield from _new_rows(by_row, before, known)
        here = left.pop(row.number, None)  # of two rows of one number the first is changed
        yield row.data if here is None else _changed_row(row, here, known)
    yield from _new_rows(by_row, absent[::-1], known)


def _new_rows(
    by_row: dict[int, dict[int, CellChange]], numbers: Sequence[int], known: Survey
) -> Iterator[bytes]:
    p = known.tags.prefix
    for number in numbers:
        here = by_row[number]
        cells = b"".join(_new_cell(number, c, here[c], known, None) for c in sorted(here))
        yield b'<%srow r="%d">%s</%srow>' % (p, number, cells, p)


def _new_cell(
    row: int, column: int, change: CellChange, known: Survey, of_row: int | None
) -> bytes:
    style = _column_style(known.root, column) if of_row is None else of_row
    tag = b'<%sc r="%s"%s/>' % (
        known.tags.prefix,
        reference(row, column).encode(),
        b' s="%d"' % style if style else b"",
    )
    return _changed_cell(CellXml(row, column, tag, b"", 0, len(tag)), change, known)


def _column_style(root: Element, column: int) -> int:
    """Return the format of a column's cells that are not there yet."""
    columns = root.child("cols")
    for e in columns.children if columns is not None else ():
        if int(e.attributes.get("min", 0)) <= column <= int(e.attributes.get("max", 0)):
            return int(e.attributes.get("style", 0))
    return 0


def _changed_row(row: RowXml, here: dict[int, CellChange], known: Survey) -> bytes:
    cells, close = cells_of(row, known.tags)
    edits: list[Edit] = []
    left = dict(here)
    for cell in cells:
        if cell.column in left:
            new = _changed_cell(cell, left.pop(cell.column), known)
            edits.append(Edit(cell.start, cell.end, new))
    if not left:
        return changed(row.data, edits)
    attributes = attributes_of(row.tag)
    own = attributes.get(b"customFormat") in (b"1", b"true")
    of_row = int(attributes.get(b"s", b"0")) if own else None
    # A row may say how far it goes: it goes farther now, and what it says can be left out.
    tag = with_attributes(row.tag, {b"spans": None})
    empty = row.tag.endswith(b"/>")
    news: list[Edit] = []
    for column in sorted(left):
        at = next((c.start for c in cells if c.column > column), close)
        news.append(Edit(at, at, _new_cell(row.number, column, left[column], known, of_row)))
    if empty:
        p = known.tags.prefix
        inner = b"".join(e.new for e in news)
        return tag[:-2].rstrip() + b">" + inner + b"</%srow>" % p + row.data[close:]
    edits += [Edit(0, len(row.tag), tag), *news]
    return changed(row.data, edits)


def _changed_cell(cell: CellXml, change: CellChange, known: Survey) -> bytes:
    p = known.tags.prefix
    attributes = attributes_of(cell.tag)
    new: dict[bytes, str | None] = {}
    if change.style is not None:
        present = int(attributes.get(b"s", b"0"))
        style = change.style(present)
        if style != present:
            new[b"s"] = str(style)
    inner = cell.inner
    if change.content is not None:
        kind = attributes.get(b"t")
        content = change.content(Content(kind.decode() if kind else None, cell.inner))
        inner = content.xml
        # What says that it is a dynamic array or a picture goes with what was in it.
        new |= {b"t": content.kind, b"cm": None, b"vm": None}
    tag = with_attributes(cell.tag, new)
    bare = tag[:-2].rstrip() if tag.endswith(b"/>") else tag[:-1].rstrip()
    if not inner:
        return bare + b"/>"
    return bare + b">" + inner + b"</%sc>" % p


def _wider(known: Survey, changes: Mapping[Spot, CellChange]) -> list[Edit]:
    """Return the edit of what a sheet says of its extent, where cells are added beyond it."""
    said = known.root.child("dimension")
    area = Area.of(said.attributes.get("ref", "")) if said is not None else None
    if said is None or area is None or all(spot in area for spot in changes):
        return []
    rows, columns = [r for r, _ in changes], [c for _, c in changes]
    wider = Area(
        min(area.top, *rows),
        min(area.left, *columns),
        max(area.bottom, *rows),
        max(area.right, *columns),
    )
    return [retagged(known.frame, said, {"ref": str(wider)})]


def placed_before(root: Element, names: frozenset[str]) -> int:
    """Return where an element goes that stands before those of some names, which are in order."""
    for e in root.children:
        name = e.name
        if name == "AlternateContent" and e.children and e.children[0].children:
            name = e.children[0].children[0].name
        if name in names:
            return e.start
    return root.close
