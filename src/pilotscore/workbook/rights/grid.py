"""A table of a sheet of rights: its columns by role, and the rows that state something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.headers import (
    SHEETS,
    RightsHeader,
    has_known_word,
    header_texts,
    likely_role,
    role_of,
)
from pilotscore.workbook.rights.roles import SheetKind
from pilotscore.workbook.tables.row_labels import (
    SUMMARIES,
    TITLES,
    RowKind,
    RowLabel,
    Sureness,
    label_of,
)
from pilotscore.workbook.tables.summed_rows import numbers_columns
from pilotscore.workbook.tables.unit_lines import UnitLine
from pilotscore.workbook.values.merged_cells import spread_merged
from pilotscore.workbook.values.names import name_remarks
from pilotscore.workbook.values.units import is_unit
from pilotscore.workbook.values.unread import has_unread, unread_cells

_NO_ROWS = SUMMARIES | {RowKind.EXPLANATION, RowKind.EXAMPLE, RowKind.CLOSING, RowKind.UNIT}
# Of text cells up to this length one may be a label or a unit.
_LONGEST_LABEL = 40
# 甲, 乙, 栏次: what heads a row that numbers the columns, which stands close to the header.
_LONGEST_MARK = 3
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True, eq=False)
class Grid:
    """A table as it is read.

    ``sheet`` has its merged cells spread; of a form it is a table that was made of it, whose cells
    stand in the workbook where ``spots`` says. ``texts`` has its headers, by column; ``units`` the
    units that a row below them states, ``units_above`` those that stand above a form; ``above`` is
    the result that is named above the table; ``ids`` has ids by what else a result may be called
    by, reduced. What a person should know of it is added to ``findings`` while it is read.
    """

    kind: SheetKind
    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    rows: tuple[int, ...]
    findings: list[Finding]
    units: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    spots: Mapping[Spot, Spot] | None = None
    units_above: tuple[UnitLine, ...] = ()
    above: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many rows state something."""
        return len(self.rows)

    @cached_property
    def _cells(self) -> list[tuple[Any, ...]]:
        """The cells of the rows, column by column: taken apart once, there may be many."""
        rows = [self.sheet.rows[r] for r in self.rows]
        return list(zip_longest(*rows, fillvalue=""))

    def cells(self, role: str) -> list[Any]:
        """Return the cells of a role in every row, '' where a row is too short."""
        column = self.columns[role]
        return list(self._cells[column]) if column < len(self._cells) else [""] * len(self)

    def spot(self, row: int, role: str | None) -> tuple[int, int | None]:
        """Return where the cell of a role in a row of the sheet stands in the workbook."""
        column = self.columns.get(role) if role is not None else None
        if self.spots is None:
            return row, column
        at = self.spots.get((row, column if column is not None else -1))
        return at if at is not None else self.spots.get((row, -1), (row, column))

    def place(self, row: int, role: str | None) -> Place:
        """Return the place of a cell in the workbook."""
        return self.sheet.place(*self.spot(row, role))

    def tell(self, kind: Kind, row: int, role: str | None, /, **values: Any) -> None:
        """Add a finding at the cell of a role."""
        self.findings.append(Finding(kind, self.place(row, role), values))

    def under(self, role: str, kind: SheetKind, other: str) -> Grid:
        """Return the table with one of its columns in the role of another kind of sheet.

        A sheet with a column for each amount is as many sheets with a row for each.
        """
        columns = {r: c for r, c in self.columns.items() if r in SHEETS[kind]}
        return replace(self, kind=kind, columns={**columns, other: self.columns[role]}, findings=[])

    def title(self, role: str) -> Text:
        """Return how the column of a role is called in a template."""
        return title_of(self.kind, role)


def title_of(kind: SheetKind, role: str) -> Text:
    """Return how the column of a role is called in a template."""
    return SHEETS[kind][role].title


def table_below(sheet: Sheet, header: RightsHeader) -> Grid:
    """Return the table below a header; rows that state nothing of a right are passed over."""
    texts = header_texts(sheet, header.row)
    used = sorted(header.columns.values())
    spread, merged = spread_merged(sheet, header.row, used)
    findings: list[Finding] = []
    grid = Grid(header.kind, spread, header.row, header.columns, (), findings)
    _tell_columns(grid, texts)
    units: dict[int, str] = {}
    rows = tuple(_rows(grid, texts, units))
    read = Grid(header.kind, spread, header.row, header.columns, rows, findings, units, texts)
    del merged  # a cell that stands for several rows is how such sheets are filled in
    tell_unread(read)
    _tell_rows(read)
    if not rows:
        findings.append(Finding(kinds.EMPTY_RIGHTS_SHEET, sheet.place(header.row)))
    return read


def _tell_columns(grid: Grid, texts: Mapping[int, str]) -> None:
    """Tell headers that are not known, and those that mean what another does."""
    known = {c: role for role, c in grid.columns.items()}
    for column, text in texts.items():
        if column in known:
            continue
        role = role_of(grid.kind, text)
        place = grid.sheet.place(grid.header, column)
        if role is None:
            grid.findings.append(_not_read(grid, text, place))
        elif SHEETS[grid.kind][role].read != "skip":
            first = texts[grid.columns[role]]
            values = {"header": text, "first": first}
            grid.findings.append(Finding(kinds.TWO_COLUMNS, place, values))


def _not_read(grid: Grid, header: str, place: Place) -> Finding:
    """Tell a header that is not known: as a question where a column that is not there may be it."""
    near = likely_role(grid.kind, header)
    if near is None or near in grid.columns or SHEETS[grid.kind][near].read == "skip":
        return Finding(kinds.COLUMN_NOT_READ, place, {"header": header})
    values = {"header": header, "near": title_of(grid.kind, near)}
    return Finding(kinds.LIKELY_RIGHTS_COLUMN, place, values)


def _rows(grid: Grid, texts: Mapping[int, str], units: dict[int, str]) -> Iterable[int]:
    """Yield the rows that state something; what else there is goes into units or is told."""
    used = [c for role, c in grid.columns.items() if SHEETS[grid.kind][role].read != "skip"]
    used.sort()
    cells = grid.sheet.rows
    broken = _broken_rows(grid.sheet, used)
    doubtful: dict[str, bool] = {}
    headers = frozenset(texts.values())
    everywhere = range(max(used, default=-1) + 1)  # a label may stand in the column of numbers
    for row in range(grid.header + 1, len(cells)):
        first = _first(cells[row], everywhere)
        if first is None or (cells[row][used[0]] in _BLANK and _first(cells[row], used) is None):
            if row in broken:
                yield row
            continue
        if isinstance(first, str):
            if first not in doubtful:
                doubtful[first] = _is_doubtful(first, headers)
            if doubtful[first] and _is_no_row(grid, row, used, texts, units):
                continue
        elif row <= grid.header + _MOST_HEADER_ROWS and numbers_columns(cells[row]):
            continue
        yield row


_BLANK = ("", None)


def _first(cells: Sequence[Any], used: Sequence[int]) -> Any:
    """Return the first cell of some columns that is not blank; None where all are."""
    for column in used:
        if column < len(cells) and cells[column] not in ("", None):
            return cells[column]
    return None


def _broken_rows(sheet: Sheet, used: Collection[int]) -> set[int]:
    """Return the rows with an error, or a formula without a result, in some columns."""
    spots = (*sheet.notes.without_result, *sheet.notes.error_cells)
    return {row for row, column in spots if column in used}


def _is_doubtful(first: str, headers: Collection[str]) -> bool:
    """Say whether a row that begins with a text may be something else than what is looked for."""
    text = first.strip()
    if len(text) > _LONGEST_LABEL:
        return False
    unit = is_unit(text.strip("()（）[]【】 "))
    return unit or text in headers or len(text) <= _LONGEST_MARK or label_of(text) is not None


def _is_no_row(
    grid: Grid, row: int, used: Sequence[int], texts: Mapping[int, str], units: dict[int, str]
) -> bool:
    """Say whether a row states nothing of a right: units, a header again, a total, a note."""
    cells = grid.sheet.rows[row]
    filled = [c for c in used if c < len(cells) and cells[c] not in ("", None)]
    if has_known_word(grid.kind, grid.columns, cells):
        return False  # 单位 is an institution as well as a label
    if stated := _units_in(cells, filled):
        units.update({c: u for c, u in stated.items() if c not in units})
        return True
    if all(str(cells[c]).strip() == texts.get(c) for c in filled):
        return True  # the header again, as printed pages have it
    if row <= grid.header + _MOST_HEADER_ROWS and numbers_columns(cells):
        return True
    first = str(_first(cells, range(filled[0] + 1))).strip()
    label = _label(first, len(filled))
    if label is None:
        return False
    values = {"text": first, "what": TITLES[label.kind]}
    grid.findings.append(Finding(kinds.NO_RIGHTS_ROW, grid.sheet.place(row), values))
    return True


def _units_in(cells: Sequence[Any], filled: Sequence[int]) -> dict[int, str]:
    """Return the units of a row that has nothing else; empty where it has."""
    units: dict[int, str] = {}
    for column in filled:
        cell = cells[column]
        text = cell.strip().strip("()（）[]【】 ") if isinstance(cell, str) else ""
        label = label_of(text) if text else None
        if label is not None and label.kind is RowKind.UNIT:
            continue
        if not text or not is_unit(text):
            return {}
        units[column] = text
    return units


def _label(text: str, filled: int) -> RowLabel | None:
    """Return the label of a row that is none of a right; a word of doubt only where it is alone."""
    label = label_of(text)
    if label is None or label.kind not in _NO_ROWS:
        return None
    sure = label.sureness is Sureness.SURE
    return label if sure or (filled == 1 and label.sureness is Sureness.PERHAPS) else None


def _tell_rows(grid: Grid) -> None:
    """Tell hidden rows, which are read all the same, and names that a spreadsheet changed."""
    hidden = [row for row in grid.rows if row in grid.sheet.notes.hidden_rows]
    if hidden:
        grid.tell(kinds.HIDDEN_RIGHTS_ROWS, hidden[0], None, count=len(hidden))
    for role in ("result", "number"):
        for i, (kind, values) in name_remarks(grid.sheet, grid.rows, grid.columns.get(role)):
            grid.tell(kind, grid.rows[i], role, **values)


def tell_unread(grid: Grid) -> None:
    """Tell the cells of a table that have no value: errors, formulas without a result."""
    if not has_unread(grid.sheet):
        return
    roles = {c: role for role, c in grid.columns.items()}
    for row in grid.rows:
        for column, (kind, values) in unread_cells(grid.sheet, row, roles):
            grid.tell(kind, row, roles[column], **values)
