"""Reads one cell of a score sheet: a number, the words of bands and levels, or a yes or no."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from pilotscore.criteria import Fact, Indicator
from pilotscore.findings import Kind
from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.values import kinds as value_kinds
from pilotscore.workbook.values.cells import Cell, Remark, State, tidy
from pilotscore.workbook.values.columns import read_one

SCORE = Fact.model_validate(
    {"id": "score", "title": {"zh": "分数", "en": "score"}, "type": "number", "unit": "分"}
)
_YES_NO = Fact.model_validate(
    {"id": "answer", "title": {"zh": "是否", "en": "answer"}, "type": "yes_no"}
)
_NUMBERS = frozenset({int, float, WrittenNumber})
# Answers as panels give them, with or without a reason behind: 不合格（没有检测报告）.
_SAID = re.compile(
    r"(?:(?P<no>否|不合格|不通过|未通过|不达标|不满足|不符合|不充分|不足"
    r"|not sufficient|insufficient|fail(?:ed)?|no|n)"
    r"|(?P<yes>是|合格|通过|达标|满足|符合|充分|sufficient|pass(?:ed)?|yes|y))"
    r"\s*(?:[:;,(\-—]\s*(?P<reason>.*?)\s*\)?)?",
    re.IGNORECASE | re.DOTALL,
).fullmatch
# No score was given: the cell is as good as blank, and 0 it is not.
_ABSTAINED = re.compile(
    r"(?:已|应|需)?(?:缺席|弃权|回避|未评|不评|未打分|不打分|未评分|未参加|请假|弃评|未出席)"
    r"|absent|abstain(?:ed|s)?|abstention|recused?|not (?:scored|rated|present)|no score|conflict",
    re.IGNORECASE,
).fullmatch
# What the words of an indicator cannot be mended by reading them as a bare number.
_REFUSED: frozenset[Kind] = frozenset({value_kinds.OUTSIDE_BAND, value_kinds.IN_NO_BAND})


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """What a cell says: a score, or a yes or no with its reason, or None and what is to be told."""

    score: float | None
    remarks: Sequence[Remark] = ()
    answer: bool | None = None
    reason: str = ""

    @property
    def says(self) -> bool:
        """Whether there is a score or an answer."""
        return self.score is not None or self.answer is not None


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
    if quantity is None and form is None and type(cell) in _NUMBERS and math.isfinite(cell):
        return ScoreCell(float(cell))
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
        if isinstance(cell, str) and _ABSTAINED(tidy(cell)):
            return ScoreCell(None, [(kinds.ABSTAINED, {"text": cell.strip()})])
        answer = _answer(cell)
        if answer is not None:
            return ScoreCell(None, (), *answer)
        return ScoreCell(None, [(kinds.NOT_A_SCORE, {"text": str(cell).strip()})])
    return ScoreCell(None)


def _is_number(read: Cell) -> bool:
    return read.state is State.VALUE and math.isfinite(read.value)


def _answer(cell: Any) -> tuple[bool, str] | None:
    """Return a yes or no with the reason in the same cell; None where it is neither."""
    said = _SAID(tidy(cell)) if isinstance(cell, str) else None
    if said is not None:
        return said["no"] is None, said["reason"] or ""
    read = read_one(cell, _YES_NO)  # a box that is ticked, a truth value
    return (read.value == 1, "") if read.state is State.VALUE else None
