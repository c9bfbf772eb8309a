"""What units are of, and how they compare."""

from __future__ import annotations

import pytest

from pilotscore.workbook.values.measures_of_units import measure_of


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("万元", "元", 10_000),
        ("万元/吨", "元/kg", 10),
        ("元/件", "元", 1),
        ("天", "h", 24),
        ("%", "百分点", 1),
        ("项", "批", 1),
        ("倍", "%", 100),
        ("kWh/t", "MWh/t", 0.001),
        ("吨/年", "t/a", 1),
        ("亿元/年", "万元/年", 10_000),
    ],
)
def test_how_many_of_one_unit_another_is(one: str, other: str, times: float):
    a, b = measure_of(one), measure_of(other)
    assert a is not None
    assert b is not None
    assert a.of == b.of
    assert a.scale / b.scale == pytest.approx(times)


@pytest.mark.parametrize("unit", ["", "估算", "元/", "/元", "元/估算", "美元", "A"])
def test_what_is_no_unit(unit: str):
    assert measure_of(unit) is None


@pytest.mark.parametrize(("one", "other"), [("元", "h"), ("元/吨", "元"), ("kg", "h"), ("%", "元")])
def test_units_of_different_things(one: str, other: str):
    a, b = measure_of(one), measure_of(other)
    assert a is not None
    assert b is not None
    assert a.of != b.of
