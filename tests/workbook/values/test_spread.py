from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria.uncertainty import UncertaintyRules
from pilotscore.workbook.values.cells import State, read_cell
from pilotscore.workbook.values.spread import Spread, parts_with_spread
from tests.workbook.values.test_numbers import indicator

RULES = UncertaintyRules()
HOURS = indicator("hours", unit="h")


def standard(cell: object, quantity, rules: UncertaintyRules = RULES) -> tuple[float, float]:
    """Return the value of a cell and its standard uncertainty."""
    read = read_cell(cell, quantity)
    assert read.spread is not None
    below, above = read.spread.standard(rules)
    assert below == above
    return read.value, below


@pytest.mark.parametrize(
    ("text", "quantity", "value", "half"),
    [
        ("92.5±0.3", indicator(), 92.5, 0.3),
        ("92.5 ± 0.3", indicator(), 92.5, 0.3),
        ("92.5+/-0.3", indicator(), 92.5, 0.3),
        ("92.5 +- 0.3", indicator(), 92.5, 0.3),
        ("92.5（±0.3）", indicator(), 92.5, 0.3),
        ("９２．５±０．３", indicator(), 92.5, 0.3),
        ("-5±1", indicator(), -5, 1),
        ("1,234±5", indicator(), 1234, 5),
        ("1.2±0.1万", indicator(), 12000, 1000),
        ("92.5 ± 0.3 %", indicator("percent"), 92.5, 0.3),
        ("92.5%±0.3%", indicator("percent"), 92.5, 0.3),
        ("（92.5±0.3）％", indicator("percent"), 92.5, 0.3),
        ("92.5±0.3%", indicator("ratio"), 0.925, 0.003),
        ("(0.5±0.1)%", indicator("ratio"), 0.005, 0.001),
        ("120 h ± 5 %", HOURS, 120, 6),
        ("120±5%", HOURS, 120, 6),
        ("5 d ± 1 h", HOURS, 120, 1),
        ("(1.5±0.1)×10³ h", HOURS, 1500, 100),
        ("1.5×10^3±1×10^2", HOURS, 1500, 100),
        ("3±0.5吨", indicator(unit="kg"), 3000, 500),
        ("1±0", indicator(), 1, 0),
        ("约92.5±0.3", indicator(), 92.5, 0.3),
    ],
)
def test_a_value_with_its_uncertainty(text: str, quantity, value: float, half: float):
    """Expanded with k = 2 unless something else is said."""
    assert standard(text, quantity) == pytest.approx((value, half / 2))


def test_what_it_is_in_standard_uncertainties_is_said_by_the_set_or_the_cell():
    assert standard("92.5±0.3", indicator(), UncertaintyRules(plus_minus=1)) == (92.5, 0.3)
    for text in ("92.5±0.3 (k=3)", "92.5±0.3（k = 3）", "92.5±0.3，k=3", "92.5 ± 0.3 %, k=3"):
        for rules in (RULES, UncertaintyRules(plus_minus=1)):
            assert standard(text, indicator("percent"), rules) == pytest.approx((92.5, 0.1))
    assert Spread(1.96, 3.92, "limits").standard(RULES) == pytest.approx((1, 2))
    assert Spread(2, 2, "standard").standard(RULES) == (2, 2)
    assert Spread(2, 3, "standard").times(10) == Spread(20, 30, "standard")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("92.5±", "V410"),
        ("±0.3", "V401"),
        ("92.5±a", "V410"),
        ("1±2±3", "V401"),
        ("5±1 (k=0)", "V401"),
        ("92.5±-0.3", "V410"),
        ("92.5±0.3 kg", "V410"),
        ("5 kg ± 3 h", "V410"),
    ],
)
def test_what_is_none_is_a_fault(text: str, code: str):
    read = read_cell(text, HOURS)
    assert (read.state, [kind.code for kind, _ in read.remarks]) == (State.FAULTY, [code])
    assert read.spread is None


def test_a_share_of_a_ratio_may_mean_two_things():
    """0.92 ± 3 % may be 0.03 or a thirtieth of 0.92, and 0.92 itself may be meant in %."""
    assert read_cell("0.92±3%", indicator("ratio")).state is State.FAULTY


def test_percentages_without_a_sign_stay_ambiguous():
    """As 0.95 does: it is settled where columns are read."""
    from pilotscore.workbook.values.columns import read_one

    assert read_one("0.925±0.003", indicator("percent")).state is State.FAULTY
    assert read_one("0.9±0.1", indicator("percent"), percent_header=True).value == 0.9


def test_it_is_told():
    (kind, values), *others = read_cell("92.5 ± 0.3", indicator()).remarks
    assert (kind.code, values["value"], values["spread"], others) == ("V470", "92.5", "0.3", [])


@pytest.mark.parametrize(
    ("text", "value", "below", "above"),
    [
        ("92.5 +0.4/-0.2", 92.5, 0.1, 0.2),
        ("92.5(+0.4/-0.2)", 92.5, 0.1, 0.2),
        ("92.5 +0.4,-0.2 %", 92.5, 0.1, 0.2),
        ("92.5% +0.4/-0.2 %, k=1", 92.5, 0.2, 0.4),
        ("-5 +1/-0", -5, 0, 0.5),
    ],
)
def test_another_uncertainty_upwards_than_downwards(
    text: str, value: float, below: float, above: float
):
    quantity = indicator("number", unit="%", range=(-10, 100))
    read = read_cell(text, quantity)
    assert read.value == value
    assert read.spread is not None
    assert read.spread.standard(RULES) == pytest.approx((below, above))
    ((kind, shown),) = read.remarks
    assert kind.code == "V470"
    assert kind.found.en.format(**shown).count("±") == 1


@pytest.mark.parametrize("text", ["5+3/2", "+3/-2", "5 +3/-2/-1", "a +3/-2", "5+-3"])
def test_what_only_looks_so(text: str):
    read = read_cell(text, HOURS)
    assert read.state is State.FAULTY or (text == "5+-3" and read.value == 5)


@pytest.mark.slow
@given(st.integers(-(10**6), 10**6), st.integers(0, 10**6), st.sampled_from(["±", " ± ", "+/-"]))
def test_any_two_numbers(value: int, half: int, sign: str):
    text = f"{value / 1000}{sign}{half / 1000}"
    assert standard(text, indicator()) == pytest.approx((value / 1000, half / 2000), abs=1e-12)


@pytest.mark.parametrize("text", ["92.5", "80-100", "≥90", "1e3", "5+3", "TRL 6", "5 - 3", ""])
def test_other_texts_have_none(text: str):
    assert parts_with_spread(text) is None
