"""A value that says that a panel gave it: its mark comes off, and the value is read as any other."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.criteria import Indicator
from pilotscore.language import LANGS, Lang
from pilotscore.workbook.values.cells import State, read_cell
from pilotscore.workbook.values.columns import read_column, read_one
from pilotscore.workbook.values.panel_mark import PANEL_MARK, without_panel_mark

NUMBER = Indicator.model_validate(
    {
        "id": "yield_rate",
        "title": {"zh": "一次合格率", "en": "First-pass yield"},
        "type": "percent",
        "weight": 1,
        "points": [[0, 0], [100, 100]],
    }
)
LEVEL = Indicator.model_validate(
    {
        "id": "trl",
        "title": {"zh": "技术就绪水平", "en": "TRL"},
        "type": "level",
        "range": [1, 9],
        "weight": 1,
        "points": [[1, 0], [9, 100]],
    }
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("value", ["93±4.1% (k=2)", "6", "92.5", "优(92)"])
def test_what_is_written_comes_off(value: str, lang: Lang):
    assert without_panel_mark(value + PANEL_MARK.to(lang)) == value


@pytest.mark.parametrize(
    "mark",
    [
        "(专家评审)",
        "【专家组评审】",
        "（评委打分）",
        "（由专家评定） ",
        "[panel]",
        "(Panel score)",
        "(by the panel)",
        "(judged by experts)",
    ],
)
def test_other_ways_to_say_so(mark: str):
    read = read_one(f"93%{mark}", NUMBER)
    assert (read.state, read.value, read.judged) == (State.VALUE, 93, True)


@pytest.mark.parametrize(
    "text",
    [
        "93%",
        "93（第三方检测）",
        "（专家评审）",
        "93（专家）",
        "93 panel",
        "专家评审",
        "93（未经专家评审）",
        "93 (solar panel)",
        "",
    ],
)
def test_what_is_no_mark(text: str):
    assert without_panel_mark(text) is None
    assert not read_one(text, NUMBER).judged


def test_the_value_is_read_as_any_other():
    assert read_one("6（专家评审）", LEVEL).value == 6
    ((_, told),) = read_one("6（专家评审）", LEVEL).remarks
    assert told["text"] == "6（专家评审）"
    assert read_one("6.5（专家评审）", LEVEL).state is State.FAULTY
    spread = read_one("93±4.1% (k=2)（专家评审）", NUMBER).spread
    assert spread is not None
    assert (spread.below, spread.k) == (4.1, 2)
    assert read_cell("未测（专家评审）", NUMBER).state is State.NOT_MEASURED


def test_in_a_column_each_row_says_it_for_itself():
    column, _ = read_column([93.0, "93%（专家评审）", "", "93%", "94% (panel)"], NUMBER)
    assert column.judged == {1, 4}
    np.testing.assert_equal(column.values, [93, 93, np.nan, 93, 94])
