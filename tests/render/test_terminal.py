"""The terminal: what is fitted to its cells, and a page of every block."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from pilotscore.document import (
    Banks,
    Block,
    Document,
    Fact,
    Grid,
    GridColumn,
    GridRow,
    Line,
    Listing,
    Row,
    Segment,
    Slot,
    Strip,
)
from pilotscore.language import LANGS, Lang
from pilotscore.render.fitting import fit, meter, shrunk
from pilotscore.render.terminal import print_page


def console(width: int, **settings: bool) -> Console:
    return Console(
        file=io.StringIO(),
        width=width,
        color_system=None,
        highlight=False,
        markup=False,
        emoji=False,
        **settings,  # type: ignore[arg-type]
    )


def shown(screen: Console) -> str:
    return screen.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", range(1, 12))
def test_wide_characters_fill_exactly_their_cells(width: int):
    for text in ("中试熟化", "a中b", "", "plain text"):
        assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [60, 120])
def test_every_block(small: Document, snapshot: SnapshotAssertion, width: int, lang: Lang):
    screen = console(width)
    print_page(small.page(), screen, lang)
    assert shown(screen) == snapshot


def test_on_a_screen_lines_are_wrapped_under_themselves(small: Document):
    screen = console(60, force_terminal=True)
    print_page([b for b in small.page() if isinstance(b, Line) and b.hang], screen, "en")
    first, *others = shown(screen).splitlines()
    assert first.startswith("  hangs word")
    assert others
    assert all(line.startswith("    word") for line in others)


def test_signs_that_steer_a_terminal_are_never_shown():
    screen = console(60)
    wicked = "a\x1b[31mb\u202ec"
    print_page(
        [Fact(wicked, wicked), Line(((wicked, ""),)), Line(((wicked, ""),), hang=2)], screen, "en"
    )
    assert shown(screen).count("a[31mbc") == 4
    assert not {"\x1b", "\u202e"} & set(shown(screen))


def test_a_meter_is_as_long_as_its_share():
    assert meter(0.5, 4) == "██  "
    assert meter(0.0, 4) == "    "
    assert meter(7.0, 4) == "████"
    assert meter(0.53125, 4) == "██▏ "


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
        ["id", "m1", "m2", "last"],
        ["id!", "m1!", "m2!", "last!"],
        ["id", "m3", "last"],
        ["id!", "m3!", "last!"],
    ]
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


def test_a_strip_keeps_to_one_line_and_cuts_what_yields_first():
    parts = (
        Segment("a long approval", "", 6, 1),
        Segment("5–20 M CNY"),
        Segment(""),
        Segment("what decided", "", 8, 2),
    )
    widths = (60, 36, 30, 20)
    assert [printed(Strip(parts, 2), width) for width in widths] == [
        ["  a long approval · 5–20 M CNY · what decided"],
        ["  a lon… · 5–20 M CNY · what decided"],
        ["  a lon… · 5–20 M CNY · what …"],
        ["  a lon… · 5–20 M C…"],
    ]


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.text("a中", max_size=20), st.integers(0, 9), st.booleans()), max_size=5),
    st.integers(1, 60),
)
def test_a_strip_is_never_wider_than_its_screen(segments: list[Any], width: int):
    parts = tuple(
        Segment(t, "", least, n if yields else None)
        for n, (t, least, yields) in enumerate(segments)
    )
    assert all(cell_len(line) <= max(width, 3) for line in printed(Strip(parts, 2), width))


def test_pieces_that_yield_are_cut_in_their_turn_to_what_they_keep():
    assert shrunk([10, 5, 10], [4, 0, 6], [1, None, 0], 22) == [10, 5, 7]
    assert shrunk([10, 5, 10], [4, 0, 6], [1, None, 0], 17) == [6, 5, 6]
    assert shrunk([10, 5, 10], [4, 0, 6], [1, None, 0], 9) == [4, 5, 6]
    assert shrunk([3], [8], [0], 9) == [3]


def test_a_label_that_leaves_no_room_has_its_text_below():
    label = "greatest amount of the track Chemistry (tracks.chemistry.max)"
    assert printed(Fact(label, "portfolio +0.10%", 2), 72) == [
        f"  {label}",
        "    portfolio +0.10%",
    ]
    assert printed(Fact(label, "portfolio", 2), 40) == [
        "  greatest amount of the track Chemistry",
        "  (tracks.chemistry.max)",
        "    portfolio",
    ]
    assert len(printed(Fact("short", "portfolio +0.10%", 2), 72)) == 1


def test_a_strip_is_one_line_whatever_a_title_holds():
    assert printed(Strip((Segment("two\nlines  of\ta title"), Segment("\n"))), 60) == [
        "two lines of a title"
    ]
