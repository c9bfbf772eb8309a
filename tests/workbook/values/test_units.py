from __future__ import annotations

import pytest

from pilotscore.criteria import Fact
from pilotscore.workbook.values.units import factor, is_unit


def quantity(type_: str, unit: str | None) -> Fact:
    return Fact.model_validate({"id": "q", "title": "Q", "type": type_, "unit": unit})


@pytest.mark.parametrize(
    ("unit", "type_", "own", "expected"),
    [
        ("h", "number", "h", 1),
        ("小时", "number", "h", 1),
        ("d", "number", "h", 24),
        ("a", "number", "h", 8766),
        ("%", "ratio", None, 0.01),
        ("%", "percent", "%", 1),
        ("‰", "percent", "%", 0.1),
        ("kg", "number", "t", 0.001),
        ("元", "money", "万元", 1e-4),
        ("亿元", "money", "万元", 1e4),
        ("kg", "number", "h", None),
        ("$", "money", "万元", None),
        ("bananas", "number", "h", None),
        ("h", "number", None, None),
    ],
)
def test_factors(unit: str, type_: str, own: str | None, expected: float | None):
    found = factor(unit, quantity(type_, own))
    assert found == (None if expected is None else pytest.approx(expected, rel=1e-12))


@pytest.mark.parametrize(
    ("text", "unit"),
    [("h", True), ("％", True), ("万元", True), ("A", False), ("TRL", False), ("必填", False)],
)
def test_what_is_a_unit(text: str, unit: bool):
    assert is_unit(text) is unit
