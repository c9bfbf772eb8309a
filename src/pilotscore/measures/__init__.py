"""Turns what a workbook states into one value per result and indicator, with its origin.

Takes a :class:`~pilotscore.workbook.Submission`; gives :class:`Measurements`. Knows nothing of
weights.
"""

from pilotscore.measures.measured import from_submission
from pilotscore.measures.measurements import Measurements, Origin

__all__ = ["Measurements", "Origin", "from_submission"]
