"""What can become of each pair of expert and result."""

from __future__ import annotations

import pytest

from pilotscore.workbook.panels.conflicts import Outcome, outcomes
from pilotscore.workbook.panels.records import Expert, PanelResult

RESULTS = [
    PanelResult("P-1", units=("清华大学化工系",), persons=("赵六",)),
    PanelResult("P-2", units=("丙公司", "甲 公司"), persons=("钱七",)),
]


@pytest.mark.parametrize(
    ("expert", "wanted", "word"),
    [
        (Expert("张三", unit="乙所"), ["ELIGIBLE", "ELIGIBLE"], None),
        (Expert("张三", unit="甲公司"), ["ELIGIBLE", "RECUSED"], "甲 公司"),
        (Expert("张三", unit="乙所", conflicts=("p-2",)), ["ELIGIBLE", "RECUSED"], "声明"),
        (Expert("张三", unit="乙所", conflicts=("丙公司",)), ["ELIGIBLE", "RECUSED"], "丙公司"),
        (Expert("张三", unit="乙所", conflicts=("钱七",)), ["ELIGIBLE", "RECUSED"], "钱七"),
        (Expert("钱七", unit="乙所"), ["ELIGIBLE", "RECUSED"], "钱七"),
        (Expert("张三", unit="清华大学"), ["MANUAL_HOLD", "ELIGIBLE"], None),
        (Expert("张三", unit=""), ["EVIDENCE_HOLD", "EVIDENCE_HOLD"], None),
    ],
)
def test_outcomes(expert: Expert, wanted: list[str], word: str | None):
    table, reason = outcomes([expert, Expert("他人", unit="丁院")], RESULTS)
    assert [Outcome(x).name for x in table[:, 0]] == wanted
    assert [Outcome(x).name for x in table[:, 1]] == ["ELIGIBLE"] * 2
    for r, outcome in enumerate(wanted):
        said = reason(r, 0)
        assert (said is None) == (outcome == "ELIGIBLE")
    if word:
        assert word in reason(1, 0).to("zh")


def test_without_any_institution_nothing_can_be_checked_and_nothing_is_held():
    table, _ = outcomes([Expert("张三")], RESULTS)
    assert not table.any()
