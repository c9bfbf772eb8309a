"""Which columns of a score sheet are scores, and whether they are experts or indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.criteria import Indicator
from pilotscore.criteria.names import normalise
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.columns import is_numbered_expert, is_total, role_of
from pilotscore.workbook.panels.layout import (
    Table,
    comment_columns,
    is_generic,
    is_of_experts,
)
from pilotscore.workbook.panels.score_cells import read_score
from pilotscore.workbook.panels.stated_scales import without_scale
from pilotscore.workbook.values.texts import text_at

QuantityOf = Callable[[str], Indicator | None]


def no_quantity(_: str) -> Indicator | None:
    """Say of any name that it is no indicator in bands or levels."""
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when a sheet is read.

    Parameters
    ----------
    experts
        The names on the sheet of experts, reduced, with how they are written there.
    indicator_of
        What a header means as an indicator of the criteria set; None where it is none.
    from_name
        The expert where the sheet does not name one, by its file or sheet, and whether by the
        file; None where a name says nothing.
    scored
        The headers, reduced, under which some sheet has scores: where another expert's sheet has
        none in that column, they are missing.
    quantity_of
        The indicator in bands or levels that a header means; None where it means none.
    """

    experts: Mapping[str, str]
    indicator_of: Callable[[str], str | None]
    from_name: tuple[str, bool] | None = None
    scored: frozenset[str] = frozenset()
    quantity_of: QuantityOf = no_quantity


@dataclass(frozen=True, slots=True)
class Column:
    """A column of scores: its expert, indicator and comments, where it has some of its own."""

    number: int
    header: str
    expert: str | None = None
    indicator: str | None = None
    comment: int | None = None


def is_score_sheet(table: Table) -> bool:
    """Say whether a table is of scores: a column of them, or columns that can be."""
    if "result" not in table.roles:
        return False
    return "score" in table.roles or any(_other(table.sheet.rows[table.header]))


def _other(header: Sequence[Any]) -> list[tuple[int, str]]:
    """Return the columns that have a header without a role of these sheets."""
    return [
        (column, cell.strip())
        for column, cell in enumerate(header)
        if isinstance(cell, str) and cell.strip() and role_of(cell) is None
    ]


def wide_columns(
    table: Table, context: Context, one_expert: bool, findings: SheetFindings
) -> tuple[Column, ...]:
    """Return the columns of a sheet with a column for each expert, or for each indicator."""
    columns = _kinds_of(table, context, one_expert, findings)
    comments = comment_columns(table.sheet.rows[table.header])
    if not comments:
        return columns
    numbers = sorted(c.number for c in columns)
    # Comments stand behind what they are on, before the next.
    after = dict(zip(numbers, [*numbers[1:], None], strict=True))
    return tuple(
        replace(c, comment=next((n for n in comments if _between(c.number, n, after)), None))
        for c in columns
    )


def _between(number: int, comment: int, after: Mapping[int, int | None]) -> bool:
    end = after[number]
    return number < comment and (end is None or comment < end)


def _kinds_of(
    table: Table, context: Context, one_expert: bool, findings: SheetFindings
) -> tuple[Column, ...]:
    """Return the columns of scores, as experts, as indicators, or as both."""
    sheet, header, roles = table.sheet, table.header, table.roles
    columns = _scored_columns(sheet, header, roles, context, findings)
    if not columns:
        return ()
    if not one_expert and "expert" not in roles:
        paired = _in_pairs(columns, table.above, context)
        if paired:
            return paired
    experts = _experts_among(columns, context)
    if one_expert or "expert" in roles:
        return _as_indicators(columns, context)
    if experts is not None:
        for n, t in columns:
            if t not in experts:
                findings.add(kinds.COLUMN_LEFT_ASIDE, header, n, header=t)
        kept = [(n, t) for n, t in columns if t in experts]
        one = None if "indicator" in roles else ""
        return tuple(Column(n, t, expert=experts[t], indicator=one) for n, t in kept)
    # A column of yes and no beside the indicators of a set does not make them doubtful.
    scored = [t for n, t in columns if not _has_answers(sheet, header, n)]
    if (scored and all(_is_known(t, context) for t in scored)) or context.from_name:
        return _as_indicators(columns, context)
    if "indicator" in roles:
        return tuple(Column(n, t, expert=t) for n, t in columns)
    number, text = columns[0]
    findings.add(kinds.WHO_OR_WHAT, header, number, header=text)
    return ()


def _scored_columns(
    sheet: Sheet,
    header: int,
    roles: Mapping[str, int],
    context: Context,
    findings: SheetFindings,
) -> list[tuple[int, str]]:
    """Return the columns without a role that hold scores, or should; the others are told."""
    columns = []
    for number, text in _other(sheet.rows[header]):
        if is_total(text):
            findings.add(kinds.TOTAL_LEFT_ASIDE, header, number, header=text)
        elif _has_scores(sheet, header, (number, text), roles, context.quantity_of):
            columns.append((number, text))
        elif _is_expected(text, context):
            columns.append((number, text))  # nobody has filled it in yet
        elif not _is_empty(sheet, header, number):
            findings.add(kinds.COLUMN_LEFT_ASIDE, header, number, header=text)
    return columns


def _in_pairs(
    columns: Sequence[tuple[int, str]], above: Mapping[int, str], context: Context
) -> tuple[Column, ...]:
    """Return columns whose header has an expert in one row and an indicator in the other.

    Nothing where neither row says who the experts are.
    """

    def expert(text: str) -> str | None:
        known = context.experts.get(normalise(text))
        return known or (text if is_numbered_expert(text) else None)

    pairs = [(n, above.get(n, ""), t) for n, t in columns if n in above]
    if not pairs:
        return ()
    if any(expert(upper) for _, upper, _ in pairs):
        return tuple(
            Column(n, t, expert=expert(u), indicator=_unless_generic(t, context))
            for n, u, t in pairs
            if expert(u)
        )
    if not any(expert(t) or is_of_experts(u) for _, u, t in pairs):
        return ()
    return tuple(
        Column(n, t, expert=expert(t) or t, indicator=_unless_generic(u, context))
        for n, u, t in pairs
        if expert(t) or is_of_experts(u)
    )


def _unless_generic(text: str, context: Context) -> str:
    return "" if is_generic(text) else _indicator_in(text, context)


def _as_indicators(columns: Sequence[tuple[int, str]], context: Context) -> tuple[Column, ...]:
    return tuple(Column(n, t, indicator=_indicator_in(t, context)) for n, t in columns)


def _indicator_in(header: str, context: Context) -> str:
    """Return the indicator that a header means, under its name in the set where it has one."""
    bare = without_scale(header)
    return context.indicator_of(header) or context.indicator_of(bare) or bare


def _is_known(header: str, context: Context) -> bool:
    return any(context.indicator_of(text) is not None for text in (header, without_scale(header)))


def _is_expected(header: str, context: Context) -> bool:
    """Say whether a column without a score is one of scores all the same."""
    known = _is_known(header, context) or is_numbered_expert(header)
    return known or normalise(header) in context.scored


def scored_headers(table: Table, quantity_of: QuantityOf) -> set[str]:
    """Return the headers without a role, reduced, under which a sheet has scores."""
    sheet, header, roles = table.sheet, table.header, table.roles
    return {
        normalise(text)
        for number, text in _other(sheet.rows[header])
        if not is_total(text) and _has_scores(sheet, header, (number, text), roles, quantity_of)
    }


def _experts_among(columns: Sequence[tuple[int, str]], context: Context) -> dict[str, str] | None:
    """Return the columns that are experts with their names; None where none is."""
    named = {t: context.experts.get(normalise(t)) for _, t in columns}
    experts = {t: name for t, name in named.items() if name is not None}
    experts |= {t: t for _, t in columns if t not in experts and is_numbered_expert(t)}
    return experts or None


def _has_scores(
    sheet: Sheet,
    header: int,
    column: tuple[int, str],
    roles: Mapping[str, int],
    quantity_of: QuantityOf,
) -> bool:
    """Say whether a column has a score: a number, as one or as text, a word of its bands, a yes."""
    number, text = column
    for row in range(header + 1, len(sheet.rows)):
        cell = sheet.cell(row, number)
        if cell in ("", None):
            continue
        if isinstance(cell, int | float):
            return True
        if isinstance(cell, str):
            name = text_at(sheet, row, roles["indicator"]) if "indicator" in roles else text
            name = without_scale(name)
            if read_score(cell, None, quantity_of(name)).says:
                return True
    return False


def _has_answers(sheet: Sheet, header: int, column: int) -> bool:
    """Say whether all that a column holds is yes and no."""
    cells = [sheet.cell(row, column) for row in range(header + 1, len(sheet.rows))]
    said = [cell for cell in cells if cell not in ("", None)]
    return bool(said) and all(read_score(c, None, None).answer is not None for c in said)


def _is_empty(sheet: Sheet, header: int, column: int) -> bool:
    return all(sheet.cell(row, column) in ("", None) for row in range(header + 1, len(sheet.rows)))
