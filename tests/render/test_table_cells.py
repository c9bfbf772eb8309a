"""Cells of tables break as all other text does."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from pilotscore.document import Grid, GridColumn, GridRow
from pilotscore.render.table_cells import CellText
from pilotscore.render.terminal import print_page


def printed(text: str, width: int, **column: bool) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    grid = Grid((GridColumn("n", whole=True), GridColumn("text", **column)), [GridRow(("1", text))])
    print_page([grid], console, "zh")
    return [x[3:] for x in console.file.getvalue().splitlines()[1:]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("fold", [True, False])
def test_no_line_of_a_cell_begins_with_a_mark_or_parts_a_number_from_its_unit(fold: bool):
    text = "后补助中试费用补贴，上限为 2000 万元（可选）"
    assert printed(text, 19, fold=fold) == [
        "后补助中试费用补",
        "贴，上限为",
        "2000 万元（可",
        "选）",
    ]


def test_a_column_on_the_right_stays_there():
    assert printed("中文 字", 7, right=True) == ["中文", "  字"]


@pytest.mark.slow
@given(st.text("ab7 ，。（）中文", max_size=40), st.integers(4, 20))
def test_lines_fit(text: str, width: int):
    console = Console(file=io.StringIO(), width=width)
    assert all(cell_len(x.plain) <= width for x in CellText(text).wrap(console, width))
