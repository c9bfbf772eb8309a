"""Specifications as offices write them, read as limits."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.batches.specification import NOTHING_SPECIFIED, specified

NAN = math.nan
JUST = math.nextafter


@pytest.mark.parametrize(
    ("text", "unit", "lower", "upper", "target"),
    [
        ("≥99.0%", "%", 99, NAN, NAN),
        ("≥99.0%", "", 99, NAN, NAN),
        (">=99", "%", 99, NAN, NAN),
        ("≥ 99.0 %", "%", 99, NAN, NAN),
        ("不低于99", "%", 99, NAN, NAN),
        ("NLT 99.0", "%", 99, NAN, NAN),
        ("not less than 99", "%", 99, NAN, NAN),
        ("99.0%以上", "%", 99, NAN, NAN),
        ("min. 99", "", 99, NAN, NAN),
        ("≤0.5", "%", NAN, 0.5, NAN),
        ("不超过0.5%", "%", NAN, 0.5, NAN),
        ("NMT 0.5%", "%", NAN, 0.5, NAN),
        ("0.5 max", "", NAN, 0.5, NAN),
        ("≤500ppm", "%", NAN, 0.05, NAN),
        ("≤1,000", "", NAN, 1000, NAN),
        ("≤0.1%（质量分数）", "%", NAN, 0.1, NAN),
        (">99", "%", JUST(99, math.inf), NAN, NAN),
        ("＜0.5", "", NAN, JUST(0.5, -math.inf), NAN),
        ("98.0~102.0", "%", 98, 102, NAN),
        ("98.0％～102.0％", "%", 98, 102, NAN),
        ("98.0-102.0%", "%", 98, 102, NAN),
        ("98.0至102.0", "", 98, 102, NAN),
        ("1.0–3.0mm", "mm", 1, 3, NAN),
        ("6.0 to 8.0", "", 6, 8, NAN),
        ("-5~5", "℃", -5, 5, NAN),
        ("NLT 98.0% and NMT 102.0%", "%", 98, 102, NAN),
        ("≥98.0且≤102.0", "", 98, 102, NAN),
        ("≥98.0；≤102.0", "", 98, 102, NAN),
        ("95±3", "%", 92, 98, 95),
        ("95%±3%", "%", 92, 98, 95),
        ("100mg±5%", "mg", 95, 105, 100),
        ("100 +/- 5", "mg", 95, 105, 100),
        ("不得过0.5%", "%", NAN, 0.5, NAN),
        ("应不得少于98.5%", "%", 98.5, NAN, NAN),
        ("应≤0.5", "%", NAN, 0.5, NAN),
        ("最多0.5", "", NAN, 0.5, NAN),
        ("0.5 或以下", "", NAN, 0.5, NAN),
        ("no more than 0.5", "", NAN, 0.5, NAN),
        ("N.M.T. 0.5", "", NAN, 0.5, NAN),
        ("≤3.0E-2", "", NAN, 0.03, NAN),
        ("含量≥98", "%", 98, NAN, NAN),
        ("98.0% ≤ x ≤ 102.0%", "%", 98, 102, NAN),
        ("[98.0, 102.0]", "%", 98, 102, NAN),
        ("between 98 and 102", "", 98, 102, NAN),
        ("98.0..102.0", "", 98, 102, NAN),
        ("pH 5.0~7.0", "", 5, 7, NAN),
        ("95 (+3, -2)", "%", 93, 98, 95),
        ("95 mm +3/-2", "cm", 9.3, 9.8, 9.5),
        ("95 +3/-2 mm", "cm", 9.3, 9.8, 9.5),
    ],
)
def test_limits(text: str, unit: str, lower: float, upper: float, target: float):
    said = specified(text, unit)
    assert said is not None
    expected = pytest.approx([lower, upper, target], rel=1e-15, nan_ok=True)
    assert [said.lower, said.upper, said.target] == expected


@pytest.mark.parametrize(
    "text",
    [
        "99",
        "99%",
        "符合规定",
        "白色粉末",
        "≥99, ≥98",
        "102~98",
        "≥102且≤98",
        "≤10μg/g",
        "合格",
        "1-2-3",
        "≥",
        "(98, 102]",
        "±5",
        "102..98",
    ],
)
def test_what_states_no_limits_in_numbers(text: str):
    assert specified(text, "%") is None


@pytest.mark.parametrize("text", ["-", "/", "—", "", "N/A"])
def test_what_stands_for_nothing(text: str):
    assert specified(text, "%") is NOTHING_SPECIFIED


@pytest.mark.slow
@given(st.decimals(-1000, 1000, places=2), st.decimals(0, 100, places=2))
def test_two_limits_come_back_as_they_are_written(low: float, apart: float):
    high = low + apart
    said = specified(f"{low}~{high}", "")
    if apart == 0:
        assert said is None
    else:
        assert said is not None
        assert (said.lower, said.upper) == (float(low), float(high))
    both = specified(f"≥{low}，≤{high}", "")
    assert both is not None
    assert (both.lower, both.upper) == (float(low), float(high))
