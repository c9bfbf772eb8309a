from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.sheet_contents import blank_covered, even_rows


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(), max_size=5), max_size=5))
def test_rows_are_of_one_width_and_keep_their_cells(rows: list[list[int]]):
    before = [list(row) for row in rows]
    width = max(map(len, rows), default=0)
    assert even_rows(rows) == [row + [""] * (width - len(row)) for row in before]


def test_a_far_cell_does_not_blow_up_the_rows():
    rows = [[1] for _ in range(2000)] + [[""] * 999 + [1]]
    assert [len(row) for row in even_rows(rows)] == [1] * 2000 + [1000]


def test_only_the_first_cell_of_a_merged_area_is_seen():
    rows = [[1, 2, 3], [4, 5, 6], [7]]
    blank_covered(rows, (((0, 1), (5, 1)), ((2, 0), (2, 9))), Limits())
    assert rows == [[1, 2, 3], [4, "", 6], [7]]


def test_areas_that_lie_over_each_other_are_bounded():
    rows = [[1] * 10 for _ in range(10)]
    area = ((0, 0), (9, 9))
    blank_covered(rows, (area,), Limits(cells=100))
    with pytest.raises(BoundExceededError):
        blank_covered(rows, (area, area), Limits(cells=100))
