"""The terminal: what is fitted to its cells and to the width of the screen."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from pilotscore.document import Banks, Block, Grid, GridColumn, GridRow, Listing, Row, Slot
from pilotscore.render.terminal import fit, print_page


@pytest.mark.parametrize("width", range(1, 12))
def test_wide_characters_fill_exactly_their_cells(width: int):
    for text in ("中试熟化", "a中b", "", "plain text"):
        assert cell_len(fit(text, width)) == width


def printed(block: Block, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    print_page([block], console, "en")
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined,no-any-return]


def test_columns_of_a_grid_that_do_not_fit_stand_in_grids_below():
    heads = ("id", "m1", "m2", "m3", "last")
    grid = Grid(
        tuple(GridColumn(h) for h in heads),
        [GridRow(tuple(f"{h}!" for h in heads))],
        banks=Banks(1, 3, each=5, others=10),
    )
    assert [line.split() for line in printed(grid, 20)] == [
        ["id", "m1", "m2", "last"], ["id!", "m1!", "m2!", "last!"],
        ["id", "m3", "last"], ["id!", "m3!", "last!"],
    ]  # fmt: skip
    assert printed(grid, 40)[0].split() == list(heads)
    assert printed(grid, 12)[0].split() == ["id", "m1", "last"]  # one at least


def test_a_column_of_a_grid_may_ask_for_a_wide_screen():
    grid = Grid((GridColumn("a"), GridColumn("b", from_width=30)), [GridRow(("1", "2"))])
    assert printed(grid, 29)[0].split() == ["a"]
    assert printed(grid, 30)[0].split() == ["a", "b"]


def test_slots_that_take_the_rest_share_it():
    slots = (
        Slot(rest=True, most=9),
        Slot("n", right=True, least=3, most=3),
        Slot(rest=True, gap=4),
    )
    row = Row((("left " * 4, ""), ("7", ""), ("right " * 4, "")))
    (line,) = printed(Listing(slots, [row], headed=False), 24)
    assert line == "left le…   7    right r…"


def test_a_loose_slot_is_not_cut_but_goes_below():
    slots = (Slot("name", least=6, most=6), Slot("said", least=4, most=4, gap=2, loose=3))
    rows = [
        Row((("a", ""), ("fits in", ""))),
        Row((("b", ""), ("does not fit in here at all", ""))),
    ]
    lines = printed(Listing(slots, rows), 20)
    assert lines == ["name    said", "a       fits in", "b", "   does not fit in here", "   at all"]


def test_a_row_with_fewer_pieces_takes_the_rest_of_the_line():
    slots = (
        Slot("name", least=6, most=6),
        Slot("n", least=2, most=2),
        Slot("said", least=4, most=4),
    )
    row = Row((("a", ""), ("one word after another", "")))
    assert printed(Listing(slots, [row]), 24)[1:] == ["a        one word after", "         another"]
