from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import Fact, Indicator
from pilotscore.language import Text
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.values.cells import Cell, State
from pilotscore.workbook.values.columns import as_written, read_column, read_one
from pilotscore.workbook.values.formatted import amount_seen, text_shown
from pilotscore.workbook.values.units import factor


def indicator(type_: str, unit: str | None = None, **more) -> Indicator:
    data = {"id": "x", "title": "X", "type": type_, "weight": 1, "points": [[0, 0], [100, 100]]}
    if type_ == "level":
        data["scale"] = [1, 9]
    if unit is not None:
        data["unit"] = unit
    return Indicator.model_validate(data | more)


def read(cell, code: str, quantity: Indicator | Fact, header: str | None = None) -> Cell:
    return read_one(
        cell,
        quantity,
        percent_header=header == "%",
        form=number_format(code),
        unit=header,
        factor=factor(header, quantity) if header else 1.0,
    )


def codes(cell: Cell) -> list[str]:
    return [kind.code for kind, _ in cell.remarks]


@pytest.mark.parametrize(
    ("stored", "code", "type_", "unit", "header", "value", "told"),
    [
        # A unit counts as the same text typed: converted, and told.
        (3, '0"天"', "hours", "h", None, 72, "V418"),
        (3, '0"天"', "hours", "h", "h", 72, "V418"),
        (3, "0.0d", "hours", "h", None, 72, "V418"),
        (90, '0"分钟"', "hours", "h", None, 1.5, "V418"),
        (3, '0"小时"', "hours", "h", None, 3, "V411"),
        (2, '0.0"亿元"', "money", "万元", None, 20000, "V418"),
        (2, '0.0"亿元"', "money", "万元", "元", 20000, "V418"),
        (1200000, '#,##0"元"', "money", "万元", "万元", 120, "V418"),
        (123456, '0!.0,"万元"', "money", "万元", None, 12.3456, "V411"),
        (123456, '0!.0000"万元"', "money", "元", None, 123456, "V418"),
        (123456, '0!.0,"万"', "money", "万元", "元", 12.3456, "V411"),
        (12345, '0!.0,"万"', "count", None, None, 12345, "V411"),
        (5000, '0.0,"千"', "number", "h", None, 5000, "V411"),
        (6, '"TRL "0', "level", None, None, 6, "V411"),
        (6, '0"级"', "level", None, None, 6, "V411"),
        (6, '"约"0', "number", None, None, 6, "V421"),
        (6, '"≥"0', "number", None, None, 6, "V419"),
        (600, '0"+"', "hours", "h", None, 600, "V419"),
        (600, '0"h+"', "hours", "h", None, 600, "V419"),
        (5, '0" m³"', "number", "m3", None, 5, "V411"),
        (5, '0" m3"', "number", "m³", None, 5, "V411"),
        # Percentages: the sign scales outside quotes alone.
        (0.5, '0.0"%"', "percent", None, None, 0.5, "V411"),
        (0.5, "0.0\\%", "percent", None, "%", 0.5, "V411"),
        (92.5, '0.0"%"', "percent", None, "%", 92.5, "V411"),
        (92.5, '0.0"%"', "ratio", None, None, 0.925, "V411"),
        (0.95, "0%", "percent", None, None, 95, "V416"),
        (0.95, '0%"以上"', "percent", None, None, 95, "V419"),
        (0.5, "0%", "number", "%", None, 50, "V411"),
        (95, "0.0;-0.0%", "percent", None, "%", 95, "V439"),
        # A scale is what the unit of the header says, or it is not known.
        (1234567, "#,##0,", "money", "万元", "千元", 123.4567, "V436"),
        (12345, "0!.0,", "money", "万元", None, 1.2345, "V436"),
        (12345, '0"."0,', "money", "万元", "万元", 1.2345, "V436"),
        (12345, "0!.0000", "number", "万吨", None, 1.2345, "V436"),
        # Texts that stand for numbers.
        (1, '[=1]"是";[=0]"否"', "yes_no", None, None, 1, "V433"),
        (0, '[=1]"是";[=0]"否"', "yes_no", None, None, 0, "V433"),
        (1, '"否";"否";"是"', "yes_no", None, None, 0, "V433"),
        (95, ";;;", "number", None, None, 95, "V435"),
        (0, ";;;", "number", None, None, 0, "V435"),
        (0, "0;-0;;@", "number", None, None, 0, "V435"),
        (3, '0.0"千万"', "money", "万元", None, 3000, "V418"),
    ],
)
def test_a_number_is_read_as_it_is_shown(stored, code, type_, unit, header, value, told):
    cell = read(stored, code, indicator(type_, unit), header)
    assert cell.state is State.VALUE
    assert cell.value == pytest.approx(value, rel=1e-12)
    assert codes(cell) == [told]


@pytest.mark.parametrize(
    ("stored", "code", "type_", "unit", "header", "value"),
    [
        (0.5, "0%", "ratio", None, None, 0.5),
        (-3, "0.0;(0.0)", "number", None, None, -3),
        (0, '0;-0;"-"', "number", None, None, 0),
        (5, "0;;", "number", None, None, 5),
        (80, '"¥"#,##0', "money", "万元", "万元", 80),
        (80, '#,##0" RMB"', "money", "万元", "万元", 80),
        (80, "#,##0.00 [$CNY]", "money", "万元", "元", 0.008),
        (80, "+0.0;-0.0", "number", None, None, 80),
        (80, '_ "￥"* #,##0.00_ ', "money", "元", None, 80),
        (80, "[$¥-804]0", "money", "万元", "元", 0.008),
        (80, "[$$-409]0", "money", "万美元", "万美元", 80),
        (0, '_ "￥"* #,##0_ ;_ "￥"* \\-#,##0_ ;_ "￥"* "-"_ ', "money", "万元", "万元", 0),
    ],
)
def test_what_is_shown_as_it_is_stored_is_not_told(stored, code, type_, unit, header, value):
    quantity = indicator(type_, unit, range=[None, None])
    cell = read(stored, code, quantity, header)
    assert (cell.state, codes(cell)) == (State.VALUE, [])
    assert cell.value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("stored", "code", "type_", "unit", "header", "told"),
    [
        (0.5, "0%", "money", "万元", None, "V410"),
        (0.5, "0%", "level", None, None, "V410"),
        (0.06, "0%", "level", None, None, "V410"),
        (0.5, "0%", "count", None, None, "V410"),
        (0.5, "0%", "hours", "h", None, "V410"),
        (5, "0.0%", "number", None, None, "V410"),
        (-0.5, "0.0;-0.0%", "percent", None, None, "V402"),
        (0.5, "0.0;-0.0%", "percent", None, None, "V404"),
        (3, '0" kg"', "hours", "h", None, "V410"),
        (3, '0"天"', "money", "万元", None, "V410"),
        (1234567, "#,##0,", "money", "万元", None, "V437"),
        (1234567, "#,##0,", "money", "万元", "元", "V437"),
        (1234567, "0.0,,", "number", None, None, "V437"),
        (12345, "0!.0,", "money", "元", "元", "V437"),
        (80, '"¥"#,##0', "money", "万元", None, "V438"),
        (80, '#,##0" RMB"', "money", "万元", None, "V438"),
        (80, "#,##0.00 [$CNY]", "money", "万元", None, "V438"),
        (80, '"$"#,##0', "money", "万元", "万元", "V410"),
        (80, "[$¥-411]#,##0", "money", "万元", "万元", "V410"),
        (80, "[$€-2] #,##0", "money", "万元", None, "V410"),
        (80, '"¥"#,##0', "hours", "h", None, "V410"),
        (5, '0"0"', "number", None, None, "V434"),
        (130, '0":"00', "number", None, None, "V434"),
        (-5, "0;0", "number", None, None, "V434"),
        (75, '[>=60]"合格";"不合格"', "number", None, None, "V401"),
    ],
)
def test_what_contradicts_the_unit_or_cannot_be_known_is_refused(
    stored, code, type_, unit, header, told
):
    quantity = indicator(type_, unit, **({} if type_ == "percent" else {"range": [None, None]}))
    if type_ == "level":
        quantity = indicator(type_)
    cell = read(stored, code, quantity, header)
    assert (cell.state, codes(cell)[0]) == (State.FAULTY, told)


@pytest.mark.parametrize(
    ("text", "unit", "header", "value", "told"),
    [
        ("¥80", "万元", "万元", 80, "V411"),
        ("￥80", "万元", "元", 0.008, "V411"),
        ("RMB 1,200.5", "元", None, 1200.5, "V411"),
        ("¥3万", "万元", None, 3, "V411"),
        ("¥3亿元", "万元", None, 30000, "V418"),
        ("¥80", "万元", None, None, "V438"),
        ("$80", "万元", "万元", None, "V410"),
        ("￥ 很多", "万元", "万元", None, "V401"),
    ],
)
def test_an_amount_typed_with_a_sign_of_money_is_read_as_one_so_formatted(
    text, unit, header, value, told
):
    quantity = indicator("money", unit)
    cell = read_one(text, quantity, unit=header, factor=factor(header, quantity) if header else 1.0)
    assert codes(cell) == [told]
    assert cell.value == (
        pytest.approx(value) if value is not None else pytest.approx(cell.value, nan_ok=True)
    )
    assert (cell.state is State.VALUE) is (value is not None)


def test_a_column_has_the_texts_that_were_seen():
    hours = indicator("hours", "h")
    days, plain = number_format('0"天"'), number_format('0" kg"')
    column, remarks = read_column(
        [3.0, 3.0, 5.0, "", "4天", 3.0], hours, formats={0: days, 2: plain, 5: days}
    )
    assert column.values[:2].tolist() == [72, 3]
    assert column.values[4:].tolist() == [96, 72]
    assert column.states.tolist() == [0, 0, State.FAULTY, State.BLANK, 0, 0]
    assert column.written == {0: "3天", 2: "5kg", 4: "4天", 5: "3天"}
    assert [(i, kind.code) for i, (kind, _) in remarks] == [
        (0, "V418"),
        (2, "V410"),
        (4, "V418"),
        (5, "V418"),
    ]
    assert as_written(3.0, days) == "3天"


def test_a_text_or_category_is_what_is_seen():
    note = Fact(id="note", title=Text("备注", "note"), type="text")
    assert read(3, '0"天"', note).word == "3天"
    assert read(0.5, "0%", note).word == "50%"
    assert read(7, '"CG-"000', note).word == "CG-007"
    day = Fact(id="day", title=Text("日期", "day"), type="date")
    for code in ('0000"年"00"月"00"日"', "0000-00-00", "0"):
        assert read(20260501, code, day).word == "2026-05-01"


UNITS = st.sampled_from(["天", "h", "元", "万元", "亿元", "%", "kg", "级", "个", " m3", "万", "约"])


@pytest.mark.slow
@given(
    st.integers(0, 10**6), UNITS, st.sampled_from(["hours", "money", "percent", "count", "ratio"])
)
def test_a_unit_in_the_format_is_the_unit_typed(number: int, unit: str, type_: str):
    quantity = indicator(type_, {"hours": "h", "money": "万元"}.get(type_))
    formatted = read(number, f'0"{unit}"', quantity)
    typed = read_one(f"{number}{unit}", quantity)
    assert (formatted.state, codes(formatted)) == (typed.state, codes(typed))
    assert formatted.value == pytest.approx(typed.value, nan_ok=True)


@pytest.mark.slow
@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12))
def test_any_format_is_read_as_something_or_told(number: float, code: str):
    quantity = indicator("number", range=[None, None])
    form = number_format(code)
    cell = read_one(number, quantity, form=form)
    assert cell.remarks or cell.value == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('0"万元"', "1234567万元"),
        ('0!.0,"万元"', "123.4567万元"),
        ('"¥"#,##0', "1234567"),
        ("[$¥-411]0", "JPY1234567"),
        ("#,##0,", None),
        ('0"0"', None),
        ("0.0%,", None),
        ("0%", "123456700%"),
    ],
)
def test_a_sum_is_the_text_that_would_be_typed(code: str, seen: str | float | None):
    assert amount_seen(1234567.0, number_format(code)) == seen
    assert amount_seen("5万元", number_format(code)) == "5万元"
    assert amount_seen(5.0, None) == 5.0


def test_a_unit_of_the_header_that_does_not_fit_goes_before_a_percentage():
    percent = indicator("percent")
    for code in ("0%", "0.0"):
        assert read_one(0.5, percent, form=number_format(code), factor=None).state is State.FAULTY


@pytest.mark.parametrize(
    "code",
    ["0" + "," * 5000, "0" + "%" * 5000, "0" * 5000, "0!." + "0" * 900, '"' * 5000, "[" * 5000],
)
def test_formats_beyond_all_measure_are_read_or_told(code: str):
    for number in (5.0, -5e300, 0.0, 1e-300):
        for type_ in ("number", "percent", "money"):
            cell = read_one(number, indicator(type_), form=number_format(code))
            assert cell.remarks or cell.state is State.VALUE


def test_a_duration_is_kept_as_it_is_seen():
    assert text_shown(datetime.timedelta(hours=36, minutes=5), None) == "36:05:00"
