from __future__ import annotations

import pytest

from pilotscore.workbook.values.dates import date_in


@pytest.mark.parametrize(
    ("text", "date", "code"),
    [
        ("2026-12-31", "2026-12-31", None),
        ("2026/12/31", "2026-12-31", "V411"),
        ("2026.12.31", "2026-12-31", "V411"),
        ("2026年12月31日", "2026-12-31", "V411"),
        ("二〇二五年三月一日", "2025-03-01", "V411"),
        ("二○二六年十二月三十一日", "2026-12-31", "V411"),
        ("二零二六年十一月二十日", "2026-11-20", "V411"),
        ("一九九九年 一月 廿一日", "1999-01-21", "V411"),
        ("二O二六年五月十号", "2026-05-10", "V411"),
        ("2026年1月5号", "2026-01-05", "V411"),
        ("20261231", "2026-12-31", "V411"),
        ("2026-12-31 00:00:00", "2026-12-31", "V411"),
        ("31/12/2026", "2026-12-31", "V411"),
        ("12/31/2026", "2026-12-31", "V411"),
        ("31 Dec 2026", "2026-12-31", "V411"),
        ("December 31, 2026", "2026-12-31", "V411"),
        ("2026年12月", "2026-12-01", "V424"),
        ("2026.12", "2026-12-01", "V424"),
        ("长期", "9999-12-31", "V411"),
        ("2026-12-31T00:00:00Z", "2026-12-31", "V411"),
        ("2026-12-31T08:00:00.000+08:00", "2026-12-31", "V411"),
        ("2026-12-31T23:00-0330", "2026-12-31", "V411"),
        ("2026-12-31 08:00 +08", "2026-12-31", "V411"),
        ("2026-12-31Z", "2026-12-31", "V411"),
        ("20261231T080000Z", "2026-12-31", "V411"),
    ],
)
def test_dates_as_people_write_them(text: str, date: str, code: str | None):
    found = date_in(text)
    assert found is not None
    assert (found.date, found.kind.code if found.kind else None) == (date, code)


@pytest.mark.parametrize(
    "text",
    [
        *("03/04/2026", "2026-02-30", "soon", "2026", "13/13/2026", "", "1.5"),
        *("二〇二六年二月三十日", "二〇二六年三月十三一日", "二〇二六年三月", "二六年三月一日"),
    ],
)
def test_what_is_no_date_or_may_be_two(text: str):
    assert date_in(text) is None


def test_a_serial_number_is_never_taken_for_a_date():
    # 44927 is 2023-01-01 in the 1900 system (Microsoft: DATEVALUE), four years and a day later in 1904's.
    found = date_in("44927")
    assert found is not None
    assert found.kind is not None
    assert found.kind.code == "V423"
    assert found.shown == {"in1900": "2023-01-01", "in1904": "2027-01-02"}
