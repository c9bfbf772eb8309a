"""Reads workbooks into values with their cells, and says what a person should know about them.

Takes paths and a criteria set; gives a :class:`Submission`. Knows nothing of scoring.
"""

from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.results.given import MANNERS, Given
from pilotscore.workbook.results.joining import read_workbooks
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.submission import BookRead, FactColumn, ResultTable, Submission
from pilotscore.workbook.results.understood import ColumnRead, MeasuredRead, PageRead
from pilotscore.workbook.tables.mapping import Mapping, load_mapping
from pilotscore.workbook.values.cells import STATE_TITLES, State

__all__ = [
    "MANNERS",
    "STATE_TITLES",
    "BookRead",
    "ColumnRead",
    "FactColumn",
    "Given",
    "Limits",
    "Mapping",
    "MeasuredRead",
    "PageRead",
    "ReadingOptions",
    "ResultTable",
    "State",
    "Submission",
    "load_mapping",
    "read_workbooks",
]
