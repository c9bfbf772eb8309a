"""The terminal: what is fitted to its cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from pilotscore.render.terminal import fit


@pytest.mark.parametrize("width", range(1, 12))
def test_wide_characters_fill_exactly_their_cells(width: int):
    for text in ("中试熟化", "a中b", "", "plain text"):
        assert cell_len(fit(text, width)) == width
