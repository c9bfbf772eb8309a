"""Formulas of derived fields: how they are written, what they come to, and of what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.condition import ConditionSyntaxError
from pilotscore.criteria.formula import (
    Amounts,
    Dimensions,
    MixedUnitsError,
    evaluate_formula,
    names_in,
    parse_formula,
)


def amounts(value: float, *of: tuple[str, int]) -> Amounts:
    return Amounts(np.array([value]), of, np.array([False]))


def evaluated(text: str, **operands: float) -> float:
    read = {name: amounts(x) for name, x in operands.items()}
    return float(evaluate_formula(parse_formula(text), read, 1).values[0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a / b", 0.8),
        ("a ÷ b", 0.8),
        ("a - b * 2", -12),
        ("(a − b) × 2", -4),
        ("（a－b）＊2", -4),
        ("-a + b", 2),
        ("a + 5%", 8.05),
        ("2e1 / b", 2),
        ("a - b - 1", -3),
        ("a / b / 2", 0.4),
        ("- (a - b)", 2),
        ("“a” / 'b'", 0.8),
        ('「a」 / "b"', 0.8),
    ],
)
def test_what_a_formula_comes_to(text: str, value: float):
    assert evaluated(text, a=8, b=10) == pytest.approx(value)


def test_the_names_of_a_formula_each_once_in_order():
    formula = parse_formula('单位成本 / "目标成本（元/t）" + 单位成本 * 0')
    assert [n.name for n in names_in(formula)] == ["单位成本", "目标成本（元/t）"]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("a /", 4),
        ("(a", 3),
        ("a b", 3),
        ("a ** b", 4),
        ("3D", 1),
        ("a; b", 2),
        ("__import__('os')", 11),
        ("a)", 2),
        ("(" * 60 + "a" + ")" * 60, 41),
        ("a+" * 150 + "a", 201),
    ],
)
def test_what_is_no_formula_with_its_place(text: str, column: int):
    with pytest.raises(ConditionSyntaxError) as raised:
        parse_formula(text)
    assert raised.value.column == column


def test_a_division_by_zero_gives_nothing_and_is_known():
    operands = {"a": amounts(1), "b": amounts(0)}
    divided = evaluate_formula(parse_formula("1 + a / b"), operands, 1)
    assert divided.by_zero.tolist() == [True]
    assert np.isnan(divided.values[0])


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("a / b", (("mass", -1), ("money", 1))),
        ("a * b", (("mass", 1), ("money", 1))),
        ("a / a", ()),
        ("a + a", (("money", 1),)),
        ("a * 3", (("money", 1),)),
        ("a / b * b / a", ()),
    ],
)
def test_what_it_is_an_amount_of(text: str, of: Dimensions):
    operands = {"a": amounts(1, ("money", 1)), "b": amounts(1, ("mass", 1))}
    assert evaluate_formula(parse_formula(text), operands, 1).of == of


@pytest.mark.parametrize("text", ["a + b", "a - b", "a + 1", "1 - a / b"])
def test_a_sum_of_different_things_is_refused(text: str):
    operands = {"a": amounts(1, ("money", 1)), "b": amounts(1, ("mass", 1))}
    with pytest.raises(MixedUnitsError):
        evaluate_formula(parse_formula(text), operands, 1)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab单 1.()+-*/÷\"'%{};_", max_size=30))
def test_any_text_is_a_formula_or_told(text: str):
    try:
        parsed = parse_formula(text)
    except ConditionSyntaxError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert len(names_in(parsed)) <= len(text)
