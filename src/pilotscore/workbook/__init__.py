"""Reads workbooks into values with their cells, and says what a person should know about them.

Takes paths and a criteria set; gives a :class:`Submission`. Knows nothing of scoring.
"""

from pilotscore.workbook.joining import read_workbooks
from pilotscore.workbook.limits import Limits
from pilotscore.workbook.mapping import Mapping, load_mapping
from pilotscore.workbook.options import ReadingOptions
from pilotscore.workbook.submission import BookRead, FactColumn, Submission, Table
from pilotscore.workbook.values import STATE_TITLES, State

__all__ = [
    "STATE_TITLES",
    "BookRead",
    "FactColumn",
    "Limits",
    "Mapping",
    "ReadingOptions",
    "State",
    "Submission",
    "Table",
    "load_mapping",
    "read_workbooks",
]
