"""Numbers in texts by the pattern of an office, which is no regular expression of a user."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.workbook.values.text_pattern import PatternError, TextPattern

KPI = "{total}项考核指标完成{done}项"


@pytest.mark.parametrize(
    ("pattern", "text", "numbers"),
    [
        (KPI, "12项考核指标完成11项", {"total": 12, "done": 11}),
        (KPI, "合同约定 12 项考核指标，完成 11 项。", {"total": 12, "done": 11}),
        (KPI, "１２项考核指标完成１１项", {"total": 12, "done": 11}),
        (KPI, "12项考核指标完成11项；12项考核指标完成11项", {"total": 12, "done": 11}),
        (KPI, "12项考核指标完成11项，5项考核指标完成1项", None),
        (KPI, "考核指标全部完成", None),
        (KPI, "十二项考核指标完成十一项", {"total": 12, "done": 11}),
        (KPI, "二十项考核指标，完成两项", {"total": 20, "done": 2}),
        (KPI, "一百零五项考核指标完成九十八项", {"total": 105, "done": 98}),
        (KPI, "一二项考核指标完成十一项", None),
        (KPI, "十百项考核指标完成十一项", None),
        (KPI, "1.5.2项考核指标完成11项", None),
        ("共{n}批", "共1,200批", {"n": 1200}),
        ("共{n}批", "共 3.5 批", {"n": 3.5}),
        ("{a}/{b}", "11/12", {"a": 11, "b": 12}),
        ("passed {a} of {b} (all)", "Passed 11 of 12 (all)", {"a": 11, "b": 12}),
        ("a.*{n}", "axx5", None),
        ("a.*{n}", "a.*5", {"n": 5}),
    ],
)
def test_the_numbers_of_a_text(pattern: str, text: str, numbers: dict[str, float] | None):
    assert TextPattern.of(pattern).numbers(text) == numbers


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "完成",
        "{a}",
        "{a}{b}项",
        "{a} , {b}项",
        "{a}项{a}",
        "{a",
        "a}",
        "{1}项",
        "{}项",
        "x{n}" * 99,
    ],
)
def test_what_is_no_pattern(pattern: str):
    with pytest.raises(PatternError) as raised:
        TextPattern.of(pattern)
    assert raised.value.text.to("zh")
    assert raised.value.text.to("en")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1," * 20_000, " , " * 20_000 + "x", "1 项" * 9_000]
)
def test_no_text_takes_long(text: str):
    pattern = TextPattern.of("{a}项{b}项{c}项(x")
    begin = time.perf_counter()
    assert pattern.numbers(text) is None
    assert time.perf_counter() - begin < 1.0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["", " ", "，"]))
def test_what_is_written_by_the_pattern_is_read_by_it(a: int, b: int, space: str):
    text = f"共{space}{a}{space}项考核指标{space}完成{b}项"
    assert TextPattern.of(KPI).numbers(text) == {"total": a, "done": b}
