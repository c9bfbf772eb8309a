"""Reads workbooks into values with their cells, and says what a person should know about them.

Takes paths and a criteria set; gives a :class:`Submission`. Knows nothing of scoring.
"""

from pilotscore.workbook.reader import read_workbooks
from pilotscore.workbook.submission import BookRead, FactColumn, Submission, Table
from pilotscore.workbook.values import STATE_TITLES, State

__all__ = [
    "STATE_TITLES",
    "BookRead",
    "FactColumn",
    "State",
    "Submission",
    "Table",
    "read_workbooks",
]
