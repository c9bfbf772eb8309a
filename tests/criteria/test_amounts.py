from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria.amounts import UNITS, MoneyUnit, Sum, in_fen, read_sum, unit_of

WAN = unit_of("万元")
assert WAN is not None


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("5000万元", 5_000_000_000),
        ("5000 万元", 5_000_000_000),
        ("1,234.56元", 123_456),
        ("1，000 元", 100_000),
        ("50 million CNY", 5_000_000_000),
        ("0.5 亿元", 5_000_000_000),
        (12, 12_000_000),
        (0.1, 100_000),
        ("2.5", 2_500_000),
    ],
)
def test_sums_are_exact_to_the_fen(written: object, fen: int):
    read = read_sum(written)
    assert read is not None
    assert in_fen(read, WAN) == fen


@pytest.mark.parametrize("written", ["", "many", "12 apples", True, None, [1], "1.2.3元", {"a": 1}])
def test_what_is_no_sum(written: object):
    assert read_sum(written) is None


def test_below_zero_a_part_of_a_fen_and_beyond_bounds_are_refused():
    for written in ("-5万元", "0.001元", "1e5", "99999999999999999亿元"):
        read = read_sum(written)
        assert read is None or in_fen(read, WAN) is None, written


def test_a_share_is_of_the_whole_rounded_down():
    assert in_fen(Sum(Decimal(30), "%"), WAN, 1_001) == 300
    assert in_fen(Sum(Decimal(30), "%"), WAN) is None
    assert read_sum("30％") == Sum(Decimal(30), "%")


def test_another_currency_is_not_converted():
    read = read_sum("5万美元")
    assert read is not None
    assert in_fen(read, WAN) is None
    assert in_fen(read, MoneyUnit("usd", "USD", 100)) == 5_000_000


@given(st.integers(0, 10**13), st.sampled_from(sorted(UNITS)))
def test_a_shown_amount_reads_back(fen: int, name: str):
    unit = unit_of(name)
    assert unit is not None
    read = read_sum(unit.shown(fen))
    assert read is not None
    assert in_fen(read, unit) == fen


@pytest.mark.parametrize("code", ["PLN", "SEK", "KRW", "CHF", "BRL"])
def test_the_currencies_of_iso_4217_are_units(code):
    unit = unit_of(code)
    assert unit is not None
    assert (unit.currency, unit.fen) == (code, 100)
    assert in_fen(Sum(Decimal("1.25"), f"million {code}"), unit) == 125_000_000
    assert in_fen(Sum(Decimal(1), "USD"), unit) is None  # of another currency
    assert unit_of("PLX") is None


@pytest.mark.parametrize(
    ("unit", "fen", "zh", "en", "over_figures"),
    [
        ("万元", 40_000_000_000, "40,000 万元", "400 M CNY", "10k CNY"),
        ("万元", 54_000_000, "54 万元", "0.54 M CNY", "10k CNY"),
        ("亿元", 25_000_000_000, "2.5 亿元", "250 M CNY", "100M CNY"),
        ("元", 123_450, "1,234.5 元", "1,234.5 CNY", "CNY"),
        ("千元", 1_000_000, "10 千元", "10 k CNY", "k CNY"),
        ("万美元", 100_000_000, "100 万美元", "1 M USD", "10k USD"),
        ("million CNY", 150_000_000, "1.5 million CNY", "1.5 million CNY", "million CNY"),
    ],
)
def test_amounts_are_written_in_the_units_of_each_language(
    unit: str, fen: int, zh: str, en: str, over_figures: str
):
    money = unit_of(unit)
    assert money is not None
    assert (money.said(fen).to("zh"), money.said(fen).to("en")) == (zh, en)
    assert f"{money.figure(fen).to('en')} {money.of.en}" == en
    assert (money.title.zh, money.title.en) == (unit, over_figures)
