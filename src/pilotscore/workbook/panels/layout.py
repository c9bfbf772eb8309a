"""Lays out a sheet of a panel: merged cells say their value in each row, two header rows are one.

People merge the name of an expert over all rows of that expert, and put 专家评分 over the experts,
or an indicator over the experts who score it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.panels.columns import by_title, header_in, role_of, roles_in
from pilotscore.workbook.panels.stated_scales import scale_of_cell

# What says in every row of a merged area what it says in the first: not scores.
_SAID_BELOW = ("expert", "result", "title", "indicator", "group", "unit", "stage", "date", "scale")
_OF_EXPERTS = regex(r"专家|评委|评审人|阅卷人|expert|reviewer|referee|judge|assessor", re.I)
_GENERIC = re.compile(
    r"(?:各|全体|评审)?(?:专家|评委|评审人|阅卷人)?(?:的)?(?:评分|打分|得分|分数|评审|姓名|评分情况|意见)?(?:表|情况)?"
    r"|(?:experts?|reviewers?|judges?|referees?|assessors?)?\s*(?:scores?|marks?|ratings?)?",
    re.IGNORECASE,
).fullmatch


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a panel's sheet.

    Attributes
    ----------
    sheet
        With what merged cells say in each row, and the header in one row.
    header
        The row of its header, from 0: the lower one of two.
    roles
        The first column of each role.
    above
        What stands above the header of a column, where it has two rows.
    """

    sheet: Sheet
    header: int
    roles: dict[str, int]
    above: Mapping[int, str]


def is_of_experts(text: str) -> bool:
    """Say whether a header above others says that these are experts: 专家评分, Reviewers."""
    return _OF_EXPERTS.search(text) is not None


def is_generic(text: str) -> bool:
    """Say whether a header above others names no indicator: 专家评分, scores."""
    return _GENERIC(text.strip()) is not None


def table_in(sheet: Sheet) -> Table | None:
    """Return the table of a sheet; None where it has none."""
    heading = header_in(sheet.rows)
    if heading is None:
        return None
    header, roles = heading
    sheet, header, above = _one_header(sheet, header, roles)
    roles = roles_in(sheet.rows[header])
    if by_title(sheet.rows[header], roles):
        roles["result"] = roles["title"]
    return Table(_spread(sheet, header, roles), header, roles, above)


def _one_header(
    sheet: Sheet, header: int, roles: Mapping[str, int]
) -> tuple[Sheet, int, dict[int, str]]:
    """Return a sheet whose header is in one row, that row, and what stands above each column."""
    if _is_below(sheet, header, roles):
        upper, lower = header, header + 1
    elif header and _is_above(sheet, header):
        upper, lower = header - 1, header
    else:
        return sheet, header, {}
    over = _over(sheet, upper, lower)
    row: list[Any] = list(sheet.rows[lower])
    row += [""] * (len(sheet.rows[upper]) - len(row))
    above: dict[int, str] = {}
    for column in range(len(row)):
        text, said = str(row[column]).strip(), over.get(column, "")
        if not text:
            row[column] = said if upper == header else row[column]
        elif said and scale_of_cell(bare := text.strip("()（）[]【】 ")) is not None:
            row[column] = f"{said}（{bare}）"
        elif said and role_of(text) == "score":
            row[column] = said  # 得分 beside 评语 under each expert
        elif said:
            above[column] = said
    rows = list(sheet.rows)
    rows[lower] = row
    return replace(sheet, rows=rows), lower, above


def _is_below(sheet: Sheet, header: int, roles: Mapping[str, int]) -> bool:
    """Say whether the row below a header is its second one: names, and no result."""
    if header + 1 >= len(sheet.rows):
        return False
    row = sheet.rows[header + 1]
    named = [roles[r] for r in ("result", "expert", "title") if r in roles]
    said = [c for c, cell in enumerate(row) if str(cell).strip()]
    if not said or any(column in said for column in named):
        return False
    texts = all(isinstance(row[c], str) for c in said)
    over = _over(sheet, header, header + 1)
    return texts and len(said) > 1 and all(c in over for c in said)


def _is_above(sheet: Sheet, header: int) -> bool:
    """Say whether the row above a header groups its columns: merged over some, not over all."""
    width = sum(bool(str(cell).strip()) for cell in sheet.rows[header])
    wide = [right - left + 1 for (top, left), (_, right) in sheet.merged if top == header - 1]
    return len(wide) > 1 and all(1 < n < width for n in wide)


def _over(sheet: Sheet, upper: int, lower: int) -> dict[int, str]:
    """Return the text over each column: that of its merged area.

    Without merged areas a text holds up to the next one to the right.
    """
    cells = sheet.rows[upper]
    width = max(len(cells), len(sheet.rows[lower]))
    areas = {left: right for (top, left), (_, right) in sheet.merged if top == upper}
    over: dict[int, str] = {}
    text, end = "", -1
    for column in range(width):
        here = str(cells[column]).strip() if column < len(cells) else ""
        if here:
            text, end = here, areas.get(column, column if areas else width)
        if text and column <= end:
            over[column] = text
    return over


def _spread(sheet: Sheet, header: int, roles: Mapping[str, int]) -> Sheet:
    """Return a sheet in which a merged cell says in each row what it says in the first."""
    columns = {roles[r] for r in _SAID_BELOW if r in roles}
    areas = list(_areas(sheet, header, columns))
    if not areas:
        return sheet
    rows = list(sheet.rows)
    for top, bottom, column in areas:
        value = sheet.cell(top, column)
        for r in range(top + 1, min(bottom + 1, len(rows))):
            rows[r] = _with(rows[r], column, value)
    return replace(sheet, rows=rows)


def _areas(sheet: Sheet, header: int, columns: set[int]) -> Iterator[tuple[int, int, int]]:
    for (top, left), (bottom, right) in sheet.merged:
        if top > header and bottom > top and left == right and left in columns:
            yield top, bottom, left


def _with(row: Sequence[Any], column: int, value: Any) -> list[Any]:
    filled = [*row, *[""] * (column + 1 - len(row))]
    filled[column] = value
    return filled


def comment_columns(header: Sequence[Any]) -> list[int]:
    """Return the columns of comments in a header, where there is more than one."""
    columns = [
        c for c, cell in enumerate(header) if isinstance(cell, str) and role_of(cell) == "comment"
    ]
    return columns if len(columns) > 1 else []
