"""How a sheet stands on paper."""

from __future__ import annotations

import pytest

from pilotscore.document import Chart, Column, Sheet, Style, Table
from pilotscore.language import Text, same
from pilotscore.render.xlsx_paper import (
    cells_of,
    lines_of,
    on_one_page,
    paper,
    row_heights,
    unparted,
    widths,
)


def sheet(*columns: Column, row: list[object] | None = None) -> Sheet:
    return Sheet(same("s"), (Table(columns, [row or [None] * len(columns)]),))


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("成果", 4), ("a成果）", 7), ("", 0)])
def test_wide_characters_count_double(text: str, cells: int):
    assert cells_of(text) == cells


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("Pilot cost (10k CNY)", "Pilot cost\u00a0(10k\u00a0CNY)"),
        ("申请（万元）", "申请（万元）"),
        ("Index", "Index"),
        ("Net present value", "Net present value"),
    ],
)
def test_a_heading_does_not_break_before_its_bracket(heading: str, kept: str):
    assert unparted(heading) == kept


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_column_holds_the_bracketed_end_of_its_heading(lang: str):
    column = Column("a", Text("中试费用（万元）", "Pilot cost (10k CNY)"), "amount", 3)
    (width,) = widths(sheet(column, row=[7]), lang)
    assert width >= {"zh": cells_of("费用（万元）"), "en": len("cost (10k CNY)")}[lang]


@pytest.mark.parametrize("style", ["text", "wrap"])
def test_a_width_is_that_of_the_content_up_to_what_the_column_is_to_have(style: Style):
    column = Column("a", same("a"), style, 20)
    assert widths(sheet(column, row=["成果名称"]), "zh") == [10]
    assert widths(sheet(column, row=["成果" * 40]), "zh") == [20]


def test_two_tables_share_the_wider_columns():
    one, other = (Table((Column("a", same("a"), width=40),), [["x" * n]]) for n in (6, 25))
    assert widths(Sheet(same("s"), (one, other)), "en") == [27]


def test_lines_and_heights():
    assert lines_of("成果" * 10, 22) == 2
    assert lines_of("a\nb", 40) == 2
    columns = [["short", "short", "a\nb"], ["成果" * 30, 1.5, None]]
    assert row_heights(columns, [0, 1], [10, 22]) == [13.5 * 6 + 1.5, None, 13.5 * 2 + 1.5]
    assert row_heights(columns, [], [10, 22]) == [None] * 3


def test_texts_give_way_so_that_all_columns_are_on_one_page():
    texts = [Column(f"t{n}", same(f"t{n}"), "wrap", 60) for n in range(4)]
    found = widths(sheet(*texts, row=["x" * 200] * 4), "en")
    assert not paper(found, 0).breaks
    assert min(found) > 18


def test_what_does_not_fit_begins_on_a_page_of_its_own():
    narrow = paper([10] * 5, 1)
    assert (narrow.scale, narrow.breaks) == (100, ())
    wide = paper([20] * 30, 1)
    assert wide.breaks
    assert wide.scale >= 60
    each = max(b - a for a, b in zip((1, *wide.breaks), (*wide.breaks, 30), strict=True))
    assert (each + 1) * 145 * wide.scale / 100 <= 1046


@pytest.mark.parametrize(
    ("chart", "width", "rows", "whole"),
    [
        ((0, 4), 20, 40, True),
        ((0, 4), 20, 60, True),  # at little more than half its size
        ((0, 4), 20, 75, False),
        ((0, 20), 60, 75, True),  # so wide that it is small anyway
        (None, 20, 60, True),
        (None, 20, 500, False),
    ],
)
def test_charts_are_kept_whole_by_one_page_where_that_is_legible(
    chart: tuple[int, int] | None, width: float, rows: int, whole: bool
):
    charts = [Chart("bar", same("c"), (), at=chart)]
    assert on_one_page(charts, [width] * 4, rows) is whole
    assert on_one_page([], [width] * 4, rows) is False


@pytest.mark.parametrize(
    ("style", "value", "least"),
    [("figure", 1234567.891, 11), ("score", -12345.6, 8), ("rank", 123456, 6)],
)
def test_a_great_figure_has_room(style: Style, value: float, least: int):
    wide = widths(sheet(Column("n", same("n"), style, 20), row=[value]), "en")
    assert wide[0] >= least + 1
