from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.cell_formats import FormatsByColumn, FormatsByStyle
from pilotscore.workbook.open.number_format import number_format

TABLE = [None, number_format("0%"), number_format('0"天"')]
ROWS = st.lists(
    st.lists(st.integers(0, 2), max_size=4).map(lambda row: array("H", row)), max_size=3
)


@pytest.mark.slow
@given(ROWS, st.lists(st.integers(0, 2), max_size=12))
def test_a_column_has_the_formats_of_its_cells(arrays: list[array[int]], order: list[int]):
    styles = [arrays[i % len(arrays)] for i in order] if arrays else []
    formats = FormatsByStyle(styles, TABLE)
    for column in range(5):
        cells = {r: formats.at(r, column) for r in range(len(styles) + 1)}
        assert formats.of_column(column) == {r: form for r, form in cells.items() if form}


def test_there_may_be_none():
    assert FormatsByStyle([array("H", [1])], TABLE)
    assert not FormatsByStyle([array("H", [0])], [None])
    assert not FormatsByColumn()
    days = FormatsByColumn({2: {5: TABLE[2]}})
    assert days
    assert (days.at(5, 2), days.at(5, 1), days.at(4, 2)) == (TABLE[2], None, None)
    assert (days.of_column(2), days.of_column(1)) == ({5: TABLE[2]}, {})
