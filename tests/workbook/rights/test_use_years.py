"""Years of a right of use as offices write them; what is none is told and never counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.rights.use_years import chinese_number
from tests.workbook.rights.making import read, sheet, told

DIGITS = "零一二三四五六七八九"


def years(cell: Any, header: str = "使用权年限") -> tuple[float, list[str]]:
    """Return what a right of use is read as, and the codes of what is told."""
    rows = [["成果编号", "当事人", "当事人类型", header], ["R1", "某团队", "团队", cell]]
    found = read(sheet(rows, "权属"))
    assert found.parties is not None
    return float(found.parties.use_years[0]), [code for code, _ in told(found)]


@pytest.mark.parametrize(
    "cell", [10, "10", "10年", "十年", "不少于10年", "10年以上", "120个月", "at least 10 years"]
)
def test_a_right_of_use(cell: Any) -> None:
    assert years(cell) == (10, [])


def test_years_may_have_a_part_and_a_header_of_months() -> None:
    assert years(9.5) == (9.5, [])
    assert years(18, "使用权年限（月）") == (1.5, [])


@pytest.mark.parametrize("cell", ["长期", "3650天", "至2036年", "2026-2036", "一二年"])
def test_what_is_no_length_is_told_and_not_counted(cell: str) -> None:
    stated, codes = years(cell)
    assert np.isnan(stated)
    assert codes == ["K842"]


@pytest.mark.parametrize("cell", ["", "-", "无", None])
def test_nothing_said_is_nothing_told(cell: Any) -> None:
    stated, codes = years(cell)
    assert np.isnan(stated)
    assert codes == []


@given(st.integers(1, 99))
def test_numbers_in_chinese(number: int) -> None:
    tens, ones = divmod(number, 10)
    text = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "")
    assert chinese_number(text + (DIGITS[ones] if ones else "")) == number


@pytest.mark.parametrize("text", ["", "一二", "十十", "百", "三二十", "十二三"])
def test_what_is_no_number_in_chinese(text: str) -> None:
    assert np.isnan(chinese_number(text))
