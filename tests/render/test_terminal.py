"""The terminal: what is fitted to its cells, and a page of every block."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from pilotscore.document import Document, Fact, Line
from pilotscore.language import LANGS, Lang
from pilotscore.render.terminal import fit, meter, print_page


def console(width: int, **settings: bool) -> Console:
    return Console(
        file=io.StringIO(), width=width, color_system=None, highlight=False, markup=False, emoji=False,
        **settings,  # type: ignore[arg-type]
    )  # fmt: skip


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
    print_page([Fact(wicked, wicked), Line(((wicked, ""),)), Line(((wicked, ""),), hang=2)], screen, "en")  # fmt: skip
    assert shown(screen).count("a[31mbc") == 4
    assert not {"\x1b", "\u202e"} & set(shown(screen))


def test_a_meter_is_as_long_as_its_share():
    assert meter(0.5, 4) == "██  "
    assert meter(0.0, 4) == "    "
    assert meter(7.0, 4) == "████"
    assert meter(0.53125, 4) == "██▏ "
