"""How long a notice gives for its reply: whole months however written, and nothing assumed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workbook.rights.making import read, sheet, told
from tests.workbook.rights.test_notices import HEAD, IP, ROW


def _read(months: Any) -> tuple[list[float], list[str]]:
    found = read(sheet(IP), sheet([HEAD, [*ROW[:5], months, ""]], "通知书"))
    assert found.notices is not None
    return found.notices.months.tolist(), [code for code, _ in told(found)]


@pytest.mark.parametrize(
    ("written", "months"),
    [
        *((4, 4), ("4", 4), ("4个月", 4), ("四个月", 4), ("4 months", 4), ("two months", 2)),
        *(("2月", 2), ("两个月内", 2), ("自收到本通知书之日起四个月内", 4), ("１个月", 1)),
    ],
)
def test_whole_months_are_read_however_written(written: Any, months: int) -> None:
    assert _read(written) == ([months], [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *((2.5, "K840"), ("15天", "K840"), ("15个工作日", "K840"), ("60 days", "K840")),
        *(("99个月", "K840"), (400, "V402"), (0, "V402"), (-3, "V402"), ("四个月左右", "V401")),
    ],
)
def test_what_is_no_whole_number_of_months_is_told_and_stands_for_none(
    written: Any, code: str
) -> None:
    assert _read(written) == ([0], [code])


@pytest.mark.parametrize("written", [None, "", "-", "/", "无"])
def test_nothing_said_is_nothing_stated(written: Any) -> None:
    (months,), codes = _read(written)
    assert months != months  # nan
    assert codes == []


@pytest.mark.parametrize("header", ["答复期限（天）", "答复期限(工作日)", "Response period (days)"])
@pytest.mark.parametrize(("written", "months"), [(15, 0), ("2个月", 2)])
def test_a_bare_number_under_days_is_no_number_of_months(
    header: str, written: Any, months: int
) -> None:
    head = [*HEAD[:5], header, HEAD[6]]
    found = read(sheet(IP), sheet([head, [*ROW[:5], written, ""]], "通知书"))
    assert found.notices is not None
    assert found.notices.months.tolist() == [months]
    assert [code for code, _ in told(found)] == ([] if months else ["K840"])
