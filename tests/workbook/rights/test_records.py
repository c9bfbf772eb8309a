"""Rows of rights know their cells, in tables and in forms."""

from __future__ import annotations

import numpy as np

from pilotscore.findings import Place
from pilotscore.workbook.rights.records import RowPlaces


def test_a_row_has_the_cell_of_each_role() -> None:
    at = RowPlaces(
        (("a.xlsx", "知识产权"), ("b.xlsx", "表单")),
        ({"filed": 3}, {}),
        np.array([0, 1]),
        np.array([4, 0]),
        {(1, "filed"): (7, 2)},
    )
    assert len(at) == 2
    assert at.place(0, "filed") == Place("a.xlsx", "知识产权", 4, 3)
    assert at.place(0, "granted") == Place("a.xlsx", "知识产权", 4, None)
    assert at.place(1, "filed") == Place("b.xlsx", "表单", 7, 2)
