"""A rule says by itself what it leaves out."""

from __future__ import annotations

import pytest

from pilotscore.panels.rule import PanelRule


def test_five_without_two_leave_three():
    assert PanelRule("drop", drop=1, drop_from=3).drop_from == 3
    with pytest.raises(ValueError, match="leaves no score"):
        PanelRule("drop", drop=1, drop_from=2)
