from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import Fact, Indicator
from pilotscore.language import Text
from pilotscore.workbook.values.cells import State, read_cell, text_of, tidy
from pilotscore.workbook.values.numbers import read_number_text


def indicator(type_: str = "number", direction: str = "max", unit: str | None = None, **more):
    points = {"max": [[0, 0], [100, 100]], "min": [[0, 100], [100, 0]],
              "range": [[0, 0], [50, 100], [100, 0]]}[direction]  # fmt: skip
    more.setdefault("scale", [1, 9] if type_ == "level" else None)
    return Indicator.model_validate(
        {
            "id": "x",
            "title": "X",
            "type": type_,
            "direction": direction,
            "points": points,
            "weight": 1,
            "unit": unit,
            **more,
        }
    )


def told(cell: object, quantity: Indicator | Fact) -> tuple[float, list[str]]:
    reading = read_cell(cell, quantity)
    return reading.value, [kind.code for kind, _ in reading.remarks]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１２３", 123),
        ("1,234.5", 1234.5),
        ("1，234", 1234),
        (" 12 ", 12),
        ("12\n", 12),
        ("\u200b12", 12),
        ("12\u00a0", 12),
        ("1e3", 1000),
        ("+5", 5),
        (".5", 0.5),
        ("5.", 5),
        ("1.2万", 12000),
        ("3千", 3000),
        ("2亿", 2e8),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float):
    assert told(text, indicator()) == (value, ["V411"])


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("TRL 6", 6),
        ("TRL6", 6),
        ("TRL-6", 6),
        ("6级", 6),
        ("第6级", 6),
        ("六级", 6),
        ("六", 6),
        ("Level 6", 6),
        ("６", 6),
        ("6 级", 6),
        ("TRL6级", 6),
    ],
)
def test_levels(text: str, level: int):
    assert told(text, indicator("level")) == (level, ["V411"])


@pytest.mark.parametrize(
    "text",
    [
        "4-5",
        "4~5",
        "4—5级",
        "4至5级",
        "TRL4-5",
        "TRL 4-TRL 5",
        "4级-5级",
        "第4-5级",
        "四至五级",
        "Level 4 to 5",
        "４－５",
    ],
)
@pytest.mark.parametrize(("direction", "level"), [("max", 4), ("min", 5)])
def test_two_levels_count_by_the_less_favourable_however_they_are_written(
    text: str, direction: str, level: int
):
    assert told(text, indicator("level", direction)) == (level, ["V419"])


@pytest.mark.parametrize(
    ("text", "scale", "code"),
    [
        ("5-6", [1, 5], "V402"),
        ("4-5", [1, 4], "V402"),
        ("0-1", [1, 4], "V402"),
        ("5-4", [1, 5], "V420"),
        ("5-6", [1, 6], "V419"),
    ],
)
@pytest.mark.parametrize("direction", ["max", "min"])
def test_two_levels_must_both_be_levels_of_the_scale(
    text: str, scale: list[int], code: str, direction: str
):
    assert told(text, indicator("level", direction, scale=scale))[1] == [code]


def test_the_two_levels_of_a_wording_are_its_own():
    wording = {4: {"zh": "5级以下", "en": "below 5"}, 5: {"zh": "中试", "en": "pilot"}}
    assert told("4-5级以下", indicator("level", wording=wording)) == (4, [])


def test_a_level_with_its_wording_is_read_as_is_and_with_that_of_another_is_a_fault():
    wording = {5: {"zh": "部件验证", "en": "component"}, 6: {"zh": "中试验证 2 次", "en": "pilot"}}
    quantity = indicator("level", wording=wording)
    for text in ("5 部件验证", "5 component", "5 部件验证 / component", "6 中试验证 2 次"):
        assert told(text, quantity) == (float(text[0]), [])
    assert told("6 部件验证", quantity)[1] == ["V422"]
    assert told("5（另行说明）", quantity) == (5, ["V411"])


@pytest.mark.parametrize(
    ("text", "direction", "value"),
    [
        ("6-7", "max", 6),
        ("6~7", "max", 6),
        ("6～7", "max", 6),
        ("6至7", "max", 6),
        ("6 to 7", "max", 6),
        ("6—7", "min", 7),
        ("85%~90%", "max", None),
        ("≥500", "max", 500),
        ("＞500", "max", 500),
        (">=500", "max", 500),
        ("500以上", "max", 500),
        ("不少于500", "max", 500),
        ("500余", "max", 500),
        ("≤5", "min", 5),
        ("5以内", "min", 5),
        ("不超过5", "min", 5),
        ("at least 5", "max", 5),
        ("up to 5", "min", 5),
    ],
)
def test_a_range_counts_with_its_less_favourable_end(
    text: str, direction: str, value: float | None
):
    unit = "%" if "%" in text else None
    found = told(text, indicator("percent" if unit else "number", direction, unit))
    assert found == (85.0 if value is None else value, ["V419"])


@pytest.mark.parametrize(
    ("text", "direction"),
    [("≥500", "min"), ("≤5", "max"), ("6-7", "range"), ("7-6", "max"), ("≥5", "range")],
)
def test_an_open_end_is_never_read_in_the_favour_of_who_wrote_it(text: str, direction: str):
    reading = read_cell(text, indicator("number", direction))
    assert reading.state is State.FAULTY
    assert math.isnan(reading.value)
    assert [kind.code for kind, _ in reading.remarks] == ["V420"]


def test_a_range_of_a_fact_is_a_fault():
    assert told("100-200", Fact(id="f", title="F", type="money", unit="万元"))[1] == ["V420"]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["约500", "500左右", "~500", "about 500", "近500", "≈500"])
def test_estimates_are_read_and_told(text: str):
    assert told(text, indicator()) == (500, ["V421"])


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("20 d", "h", 480),
        ("20天", "h", 480),
        ("3 周", "h", 504),
        ("90 min", "h", 1.5),
        ("2 t", "kg", 2000),
        ("2吨", "kg", 2000),
        ("500g", "kg", 0.5),
        ("1.5万吨/年", "t/a", 15000),
        ("2 MWh", "kWh", 2000),
    ],
)
def test_units_of_the_same_dimension_are_converted(text: str, unit: str, value: float):
    found, codes = told(text, indicator("number", unit=unit))
    assert found == pytest.approx(value)
    assert codes == ["V418"]


@pytest.mark.parametrize(
    ("text", "type_", "unit"),
    [
        ("20 kg", "number", "h"),
        ("5 USD", "money", "万元"),
        ("7 bananas", "number", "h"),
        ("3 h", "count", "批"),
    ],
)
def test_another_dimension_is_a_fault(text: str, type_: str, unit: str):
    assert told(text, indicator(type_, unit=unit))[1] == ["V410"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("3,200,000元", 320), ("1.2亿", 12000), ("350万", 350), ("350万元", 350), ("3.5百万元", 350)],
)
def test_money(text: str, value: float):
    found = told(text, indicator("money", unit="万元"))
    assert found[0] == pytest.approx(value)


def test_counts_may_carry_a_word_for_counting():
    assert told("5批次", indicator("count", unit="批")) == (5, ["V411"])


@pytest.mark.parametrize(
    "text", ["一百", "abc", "12-abc", "1.2.3", "--5", "5/7", "6;7", "≥", "约", "十二万"]
)
def test_what_is_no_number_is_a_fault(text: str):
    assert read_number_text(text, indicator()).fault is not None


@pytest.mark.slow
@given(st.floats(-1e6, 1e6, allow_nan=False), st.floats(-1e6, 1e6, allow_nan=False))
def test_a_range_never_scores_better_than_either_end(a: float, b: float):
    low, high = sorted((round(a, 3), round(b, 3)))
    for direction, worst in (("max", low), ("min", high)):
        stated = read_number_text(f"{low}~{high}", indicator("number", direction))
        assert stated.number == worst


@pytest.mark.slow
@given(st.text(max_size=12))
def test_no_text_stops_the_reader_or_is_read_as_0_without_a_digit(text: str):
    quantity = Fact(id="f", title=Text("值", "v"), type="number")
    reading = read_cell(text, quantity)
    if reading.state is State.VALUE and reading.value == 0:
        assert any(c.isdigit() or c in "零" for c in text)


def test_a_header_unit_multiplies_bare_numbers_only():
    quantity = indicator("number", unit="h")
    assert read_cell("7", quantity, 24.0).value == 168
    assert read_cell("7 h", quantity, 24.0).value == 7


def test_the_wording_of_a_level_alone_and_times():
    from pilotscore.criteria import Indicator

    risk = Indicator.model_validate(
        {
            "id": "risk",
            "title": "Risk",
            "type": "level",
            "scale": [1, 3],
            "weight": 1,
            "points": [[1, 0], [3, 100]],
            "wording": {
                1: {"zh": "低风险（蓝）", "en": "low (blue)"},
                2: {"zh": "中（黄）", "en": "medium (yellow)"},
                3: {"zh": "高（红）", "en": "high (red)"},
            },
        }
    )
    for text, level in (
        ("蓝", 1),
        ("黄色", 2),
        ("高", 3),
        ("low", 1),
        ("high (red)", 3),
        ("低风险（蓝）", 1),
    ):
        assert read_number_text(text, risk).number == level, text
    assert read_number_text("绿", risk).fault is not None
    ratio = Indicator.model_validate(
        {"id": "r", "title": "R", "type": "ratio", "weight": 1, "points": [[0, 0], [3, 100]]}
    )
    assert read_number_text("1.5倍", ratio).number == 1.5
    assert read_number_text("2 times", ratio).number == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10³", 1000),
        ("10^3", 1000),
        ("1.5×10³", 1500),
        ("1.5 x 10^3", 1500),
        ("2*10⁻²", 0.02),
        ("10⁺²", 100),
        ("3×10³ h", 3000),
        ("约10³", 1000),
        ("10²-10³", 100),
        ("5m³", None),
    ],
)
def test_powers_of_ten_are_numbers_and_told(text: str, value: float | None):
    cell = read_cell(text, indicator("number", unit="h"))
    assert cell.remarks
    assert cell.value == (
        pytest.approx(value) if value is not None else pytest.approx(math.nan, nan_ok=True)
    )


@pytest.mark.parametrize("sign", "²³¹⁰⁴⁹₀₉①⑨⑳⑴⒈⓪㈠㉑㊀㊱🄀🄂")
@pytest.mark.parametrize("text", ["{}", "10{}5", "9{}", "{}9", "x{}"])
def test_raised_lowered_and_circled_digits_are_no_digits(sign: str, text: str):
    written = text.format(sign)
    assert sign in tidy(written)
    if not written.startswith("10"):
        for type_ in ("number", "count", "level", "percent"):
            assert read_cell(written, indicator(type_)).state is State.FAULTY


def test_units_may_have_raised_digits_and_ids_keep_their_letters():
    for unit in ("m³", "m3", "㎥"):
        for text in ("5 m³", "5m3", "5㎥"):
            assert read_cell(text, indicator("number", unit=unit)).value == 5
    assert read_cell("80℃", indicator("number", unit="℃")).value == 80
    assert text_of(["CG-①"], 0) == "CG-①"
    assert text_of(["ＣＧ-１"], 0) == "CG-1"
