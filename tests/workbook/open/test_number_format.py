from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.number_format import builtin, number_format


def shown(code: str, value: float) -> tuple[str, str, str]:
    section = number_format(code).section(value)
    return section.before, section.number(value), section.after


ACCOUNTS = r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "GENERAL",
        "",
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        "@",
        "0.00E+00",
        "##0.0E+0",
        "# ?/?",
        "# ??/??",
        "# ?/8",
        ACCOUNTS,
        '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
        "0;[Red]0",
        "0.0;[Red]\\-0.0",
        "[Color 5]0.0",
        "[DBNum1][$-804]General",
        "[$-804]0.0",
        "[DBNum2][$-804]G/通用格式",
        "# ##0",
        "#\\ ##0",
        "+0;-0;0",
        "#,##0 ;(#,##0)",
        "0_ ",
        "0.0*x",
        "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0",
        '0;-0;"-"',
        '0;-0;"¥-"',
    ],
)
def test_ordinary_formats_say_nothing_of_the_number(code: str):
    form = number_format(code)
    assert (form.matters, form.percent, form.is_date) == (False, False, False)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('0"天"', 3, ("", "3", "天")),
        ("0!天", 3, ("", "3", "天")),
        ("0\\天", 3, ("", "3", "天")),
        ("0天", 3, ("", "3", "天")),
        ("0.0h", 3, ("", "3", "h")),
        ('General"元"', 3.25, ("", "3.25", "元")),
        ('G/通用格式"元"', 3.25, ("", "3.25", "元")),
        ('0.0"亿元"', 1.26, ("", "1.26", "亿元")),
        ('0!.0,"万元"', 12345, ("", "1.2345", "万元")),
        ('0"."0,', 12345, ("", "1.2345", "")),
        ("0\\.0,", 12345, ("", "1.2345", "")),
        ('0!.0000"万元"', 12345, ("", "1.2345", "万元")),
        ('0!.00,,"亿元"', 1.5e8, ("", "1.5", "亿元")),
        ("#,##0,", 1234567, ("", "1234.567", "")),
        ("0,.0", 1234567, ("", "1234.567", "")),
        ("0.0,,", 1234567, ("", "1.234567", "")),
        ('#,##0.0,"千元"', 1234567, ("", "1234.567", "千元")),
        ('0.0"%"', 0.5, ("", "0.5", "%")),
        ("0.0\\%", 0.5, ("", "0.5", "%")),
        ("0.0%", 0.5, ("", "50", "")),
        ("0%%", 0.5, ("", "5000", "")),
        ('"TRL "0', 6, ("TRL", "6", "")),
        ('"约"0"天"', 6, ("约", "6", "天")),
        ('"¥"#,##0.00;[Red]"¥"\\-#,##0.00', -3, ("¥", "-3", "")),
        ('_ "￥"* #,##0.00_ ;_ "￥"* \\-#,##0.00_ ;_ "￥"* "-"??_ ;_ @_ ', 3, ("￥", "3", "")),
        ("[$¥-804]#,##0", 3, ("¥", "3", "")),
        ("[$￥-zh-CN]#,##0", 3, ("￥", "3", "")),
        ("[$¥-411]#,##0", 3, ("JPY", "3", "")),
        ("[$€-2]\\ #,##0.00", 3, ("€", "3", "")),
        ('0" m³"', 3, ("", "3", "m³")),
        ('[>=10000]0!.0,"万元";0"元"', 12345, ("", "1.2345", "万元")),
        ('[>=10000]0!.0,"万元";0"元"', 45, ("", "45", "元")),
        ('[<1]0"元";[<10000]0"块";0!.0,"万元"', 0.5, ("", "0.5", "元")),
        ('[<1]0"元";[<10000]0"块";0!.0,"万元"', 50, ("", "50", "块")),
        ('[<1]0"元";[<10000]0"块";0!.0,"万元"', 50000, ("", "5", "万元")),
        ('0"天";-0"日";"零"0', 3, ("", "3", "天")),
        ('0"天";-0"日";"零"0', -3, ("", "-3", "日")),
        ('0"天";-0"日";"零"0', 0, ("零", "0", "")),
        ('0"天";@', -3, ("", "-3", "天")),
        ('"是";"否";"未知"', 1, ("是", "1", "")),
    ],
)
def test_what_is_shown_beside_the_number(code: str, value: float, text: tuple[str, str, str]):
    assert number_format(code).matters
    assert shown(code, value) == text


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True),
        ("0.00%", True),
        ("0%;-0", True),
        ("0.0;-0.0%", True),
        ("[Red]0%", True),
        ('0"%"', False),
        ("0\\%", False),
        ("0!%", False),
        ("0_%", False),
        ("0*%", False),
        ('0.0"a%b"', False),
        ("[$%-804]0", False),
        ('0"\\"%', True),
        ("@%", False),
        ("0;0;0;@%", False),
    ],
)
def test_a_percent_sign_scales_outside_quotes_alone(code: str, percent: bool):
    assert number_format(code).percent is percent


def test_a_percentage_of_negative_numbers_alone():
    form = number_format("0.0;-0.0%")
    assert (form.section(0.5).percent, form.section(-0.5).percent) == (0, 1)


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("yyyy-mm-dd", "date"),
        ("m/d;@", "date"),
        ('yyyy"年"m"月"', "date"),
        ("mmm-yy", "date"),
        ("[$-804]aaaa", "date"),
        ("[$-409]d\\-mmm;@", "date"),
        ("e-m-d", "date"),
        ("yyyy-mm-dd hh:mm", "date"),
        ("mmm", "date"),
        ("h:mm", "time"),
        ("mm:ss.0", "time"),
        ("h:mm AM/PM", "time"),
        ('上午/下午h"时"mm"分"', "time"),
        ("[$-F400]h:mm:ss\\ AM/PM", "time"),
        ("[h]:mm", "duration"),
        ("[mm]:ss", "duration"),
        ("[s].00", "duration"),
        ('[h]"小时"', "duration"),
        ("[HH]:MM:SS", "duration"),
        ("0", "number"),
        ("[Red]0", "number"),
        ('"hours "0', "number"),
        ('0"day"', "number"),
        ("0.0E+0", "number"),
        ("@", "text"),
        ('"d"', "literal"),
    ],
)
def test_what_a_format_shows(code: str, shows: str):
    form = number_format(code)
    assert form.section(1).shows == shows
    assert form.is_date is (shows in ("date", "time", "duration"))
    assert form.is_duration is (shows == "duration")


@pytest.mark.parametrize("code", ['0"0"', '"1"00', '0"年"00"月"', '0":"00', "0!.0.0", '000"-"0000'])
def test_digits_that_a_format_adds_or_takes_apart_are_odd(code: str):
    assert number_format(code).section(5).odd
    assert number_format(code).matters


@pytest.mark.parametrize(
    ("code", "value", "lost"),
    [
        ("0;0", -5, True),
        ("0;0", 5, False),
        ("0;[Red]0", -5, False),
        ("0;(0)", -5, False),
        ("0;▼0", -5, False),
        ("0;0-", -5, False),
        ("0", -5, False),
        ("-0", 5, True),
        ("-0", -5, False),
        ("[<10]0;0.0", -5, False),
    ],
)
def test_numbers_that_are_shown_with_the_other_sign(code: str, value: float, lost: bool):
    assert number_format(code).sign_lost(value) is lost
    assert number_format(code).matters is (code in ("0;0", "-0"))


def test_the_builtin_formats():
    assert [number_format(builtin(n)).percent for n in (8, 9, 10, 11)] == [False, True, True, False]
    dates = [n for n in range(90) if number_format(builtin(n)).is_date]
    thai = [*range(71, 82)]
    assert dates == [*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59), *thai]
    assert [n for n in dates if number_format(builtin(n)).is_duration] == [46, 80]
    assert [n for n in range(90) if number_format(builtin(n)).matters] == [9, 10, 67, 68]
    assert builtin(9999) == "General"


@pytest.mark.slow
@given(st.text(max_size=40), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_is_a_format_of_some_kind(code: str, value: float):
    form = number_format(code)
    section = form.section(value)
    assert section in form.sections
    assert re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", section.number(value))
    if not form.matters and section.shows == "number":
        assert float(section.number(value)) == float(f"{value:.15g}")
