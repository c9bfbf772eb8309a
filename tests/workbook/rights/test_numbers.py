"""The number of a right says its kind, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.rights.numbers import contradicts, kind_in, same_number


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("ZL 2020 1 0123456.7", "invention"),
        ("202020123456.X", "utility_model"),
        ("CN202030123456.1", "design"),
        ("201880012345.6", "invention"),
        ("201890012345.6", "utility_model"),
        ("ＺＬ２０２０１０１２３４５６．７", "invention"),
        ("98101234.5", "invention"),
        ("ZL03256789.0", "utility_model"),
        ("CN112345678A", "invention"),
        ("CN 212345678 U", "utility_model"),
        ("PCT/CN2020/123456", "pct"),
        ("2020SR0123456", "software"),
        ("BS.205001234", "ic_layout"),
        ("CNA20201234.5", "plant_variety"),
        ("202050123456.7", ""),
        ("G06F", ""),
        ("", ""),
    ],
)
def test_the_kind_of_a_number(number: str, kind: str) -> None:
    assert kind_in(number) == kind


@pytest.mark.slow
@given(
    st.integers(1985, 2040),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
    st.sampled_from("0123456789X"),
    st.sampled_from(["ZL", "CN", "ZL ", "zl", ""]),
    st.sampled_from(["", " ", "-", "."]),
)
def test_spellings_of_one_number_are_the_same(
    year: int, digit: str, serial: int, check: str, before: str, between: str
) -> None:
    plain = f"{year}{digit}{serial:07d}{check}"
    written = before + between.join((str(year), digit, f"{serial:07d}")) + "." + check
    assert same_number(written) == plain
    assert kind_in(written) == kind_in(plain) != ""


def test_a_kind_may_contradict_its_number() -> None:
    assert contradicts("design", "202010123456.7") == "invention"
    assert contradicts("invention", "202010123456.7") == ""
    assert contradicts("pct", "201880012345.6") == ""
    assert contradicts("design", "no number") == ""
