"""Reads one cell of a score sheet: a number, or what an indicator in bands or levels may say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilotscore.criteria import Fact, Indicator
from pilotscore.findings import Kind
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.values import kinds as value_kinds
from pilotscore.workbook.values.cells import Cell, Remark, State
from pilotscore.workbook.values.columns import read_one

SCORE = Fact.model_validate(
    {"id": "score", "title": {"zh": "分数", "en": "score"}, "type": "number", "unit": "分"}
)
# What the words of an indicator cannot be mended by reading them as a bare number.
_REFUSED: frozenset[Kind] = frozenset({value_kinds.OUTSIDE_BAND, value_kinds.IN_NO_BAND})


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """What a cell says: a score, or None with what is to be told of it."""

    score: float | None
    remarks: Sequence[Remark] = ()


def read_score(cell: Any, form: NumberFormat | None, quantity: Indicator | None) -> ScoreCell:
    """Read a cell that is not blank.

    An indicator in bands or levels reads its words, its points, or both, as it does in a workbook
    of results; what it cannot read is read as a number, as a score on anything else is.

    Parameters
    ----------
    cell, form
        The cell, and how it is shown.
    quantity
        The indicator in bands or levels that it is a score on; None for any other.
    """
    if quantity is not None:
        by_words = read_one(cell, quantity, form=form)
        if _is_number(by_words):
            return ScoreCell(by_words.value, by_words.remarks)
        refused = [remark for remark in by_words.remarks if remark[0] in _REFUSED]
        if refused:
            return ScoreCell(None, refused)
    read = read_one(cell, SCORE, form=form, unit="分")
    if _is_number(read):
        return ScoreCell(read.value, read.remarks)
    if read.state is State.FAULTY:
        return ScoreCell(None, [(kinds.NOT_A_SCORE, {"text": str(cell).strip()})])
    return ScoreCell(None)


def _is_number(read: Cell) -> bool:
    return read.state is State.VALUE and math.isfinite(read.value)
