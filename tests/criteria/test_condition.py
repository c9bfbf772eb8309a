from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria.condition import (
    ConditionSyntaxError,
    Operand,
    comparisons,
    evaluate,
    parse,
)


def operand(values: list, not_applicable: list[bool] | None = None) -> Operand:
    array = np.array(values, dtype=float if not isinstance(values[0], str) else str)
    return Operand(array, np.array(not_applicable or [False] * len(values)))


NAMES = {
    "x": operand([1.0, 5.0, np.nan, np.nan], [False, False, False, True]),
    "mode": operand(["batch", "continuous", "", "batch"]),
    "end": operand(["2026-01-01", "2027-01-01", "", "2026-11-23"]),
    "as_of": operand(["2026-11-23"] * 4),
}


@pytest.mark.parametrize(
    ("text", "holds", "unknown"),
    [
        ("x < 4", [1, 0, 0, 0], [0, 0, 1, 0]),
        ("not x < 4", [0, 1, 0, 1], [0, 0, 1, 0]),
        ("x is missing", [0, 0, 1, 1], [0, 0, 0, 0]),
        ("x is not missing", [1, 1, 0, 0], [0, 0, 0, 0]),
        ("x is not_applicable", [0, 0, 0, 1], [0, 0, 0, 0]),
        ("x between 4 and 6", [0, 1, 0, 0], [0, 0, 1, 0]),
        ("mode == batch", [1, 0, 0, 1], [0, 0, 1, 0]),
        ('mode != "batch"', [0, 1, 0, 0], [0, 0, 1, 0]),
        ("mode in [batch, continuous]", [1, 1, 0, 1], [0, 0, 1, 0]),
        ("mode not in [batch]", [0, 1, 0, 0], [0, 0, 1, 0]),
        ("end < as_of", [1, 0, 0, 0], [0, 0, 1, 0]),
        ("end <= 2026-11-23", [1, 0, 0, 1], [0, 0, 1, 0]),
        # An unknown part does not matter where the other one decides.
        ("x < 4 or mode == batch", [1, 0, 0, 1], [0, 0, 1, 0]),
        ("x > 100 and mode == batch", [0, 0, 0, 0], [0, 0, 1, 0]),
        ("(x is missing or x < 4) and mode == batch", [1, 0, 0, 1], [0, 0, 1, 0]),
    ],
)
def test_truth_of_each_result(text: str, holds: list[int], unknown: list[int]):
    truth = evaluate(parse(text), NAMES)
    assert truth.holds.astype(int).tolist() == holds
    assert truth.unknown.astype(int).tolist() == unknown


def test_kleene_tables():
    """Strong three-valued logic (Kleene 1952, section 64): all nine pairs of and, or."""
    x = operand([1, 1, 1, 0, 0, 0, np.nan, np.nan, np.nan])
    y = operand([1, 0, np.nan] * 3)
    both = evaluate(parse("x == 1 and y == 1"), {"x": x, "y": y})
    either = evaluate(parse("x == 1 or y == 1"), {"x": x, "y": y})

    def shown(truth) -> str:
        return "".join(
            "T" if h else "U" if u else "F" for h, u in zip(truth.holds, truth.unknown, strict=True)
        )

    assert shown(both) == "TFUFFFUFU"
    assert shown(either) == "TTTTFUTUU"


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("x <", 4, "ends"),
        ("x ~ 3", 3, "unexpected character"),
        ("(x < 3", 7, "closing bracket"),
        ("x < 3 mode == batch", 7, "and, or"),
        ("4 < x", 1, "name"),
        ("x is big", 6, "missing or not_applicable"),
        ("x in batch", 6, "list"),
        ("x in [1, 2", 11, "closing bracket"),
        ("x between 1 or 2", 13, "and"),
        ("", 1, "name"),
        ("x not 3", 7, "in"),
        ("__import__('os')", 11, "comparison"),
    ],
)
def test_what_is_no_condition_is_told_with_its_column(text: str, column: int, said: str):
    with pytest.raises(ConditionSyntaxError) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in caught.value.text.to("en")
    assert caught.value.text.to("zh") != caught.value.text.to("en")


def test_nesting_is_bounded():
    with pytest.raises(ConditionSyntaxError):
        parse("(" * 500 + "x < 1" + ")" * 500)


@pytest.mark.slow
@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_a_syntax_error(text: str):
    try:
        assert list(comparisons(parse(text)))
    except ConditionSyntaxError as error:
        assert 1 <= error.column <= len(text) + 1
