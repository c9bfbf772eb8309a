"""Says whether a row below a table is the header of another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.headers import evidence_of
from pilotscore.workbook.tables.row_judge import RowJudge
from pilotscore.workbook.tables.row_labels import label_of, squeezed
from pilotscore.workbook.tables.row_texts import NO_NAME, filled_in, has_digit
from pilotscore.workbook.values.cells import State, is_number


def is_other_header(
    judge: RowJudge,
    sheet: Sheet,
    number: int,
    filled: list[int],
    kept: Sequence[int],
    *,
    ended: bool,
) -> bool:
    """Say whether a row is the header of another table: by its names, or by what is below.

    ``kept`` are the rows of results above; ``ended`` is whether a total or a note stands
    between.
    """
    row = sheet.rows[number]
    if len(filled) < 2 or not all(isinstance(row[c], str) for c in filled):
        return False
    if judge.repeats_header(row):
        return False
    if ended and _begins_anew(judge, sheet, number, filled, len(filled_in(sheet.rows[kept[-1]]))):
        return True
    if len(filled) < 3:
        return False
    named = [judge.names.resolve(row[c].strip()) for c in filled]
    known = sum(
        n is not None or evidence_of(row[c], "left", judge.names) is not None
        for n, c in zip(named, filled, strict=True)
    )
    if known * 2 > len(filled) and known >= 3:
        return True
    special = any(n is not None and n.name.startswith("<") for n in named)
    return bool(kept) and _heads_others(judge, sheet, number, filled, special=special)


def _begins_anew(judge: RowJudge, sheet: Sheet, number: int, filled: list[int], usual: int) -> bool:
    """Say whether a row below the end of a table heads a smaller one: words, then a row.

    None of its words is a value of its column, and no result would have so few cells.
    """
    row, below = sheet.rows[number], sheet.rows[number + 1 : number + 2]
    texts = {squeezed(row[c]) for c in filled}
    if len(texts) < len(filled) or len(filled) * 2 > usual or any(map(has_digit, texts)):
        return False
    if filled_in(sheet.rows[number - 1]) or not below or len(filled_in(below[0])) < 2:
        return False
    strict = (c for c in filled if judge.is_strict(c))
    return label_of(row[filled[0]]) is None and all(
        judge.state(row, c) is State.FAULTY for c in strict
    )


def _heads_others(
    judge: RowJudge, sheet: Sheet, number: int, filled: list[int], *, special: bool
) -> bool:
    """Say whether a row of texts heads columns of other things than the table's own.

    Its texts differ and are no values of their columns, and there is a word for ids or titles
    among them; or it stands apart, and what is below is no result of this table, or has an id
    where it has none.
    """
    row = sheet.rows[number]
    strict = [c for c in filled if judge.is_strict(c)]
    texts = {squeezed(row[c]) for c in filled}
    if len(strict) < 2 or len(texts) < len(filled) or any(map(has_digit, texts)):
        return False
    if any(judge.state(row, c) is not State.FAULTY for c in strict):
        return False
    if special:
        return True
    below = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
    if not _stands_apart(sheet, number) or not filled_in(below):
        return False
    if judge.names_of(row)[0] in NO_NAME:
        return any(c < len(below) and is_number(below[c]) for c in filled)
    return not _is_sound(judge, below)


def _is_sound(judge: RowJudge, row: Sequence[Any]) -> bool:
    """Say whether a row can be a result: some values, and nothing that cannot be read."""
    cells = (c for c in judge.quantities if c < len(row) and judge.is_strict(c))
    states = [judge.state(row, c) for c in cells if row[c] != ""]
    return State.VALUE in states and State.FAULTY not in states


def _stands_apart(sheet: Sheet, number: int) -> bool:
    """Say whether the row above is blank, or holds a title alone."""
    return len(filled_in(sheet.rows[number - 1])) <= 1
