from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import Fact, Indicator, load_criteria
from pilotscore.criteria.shipped import built_in_names
from pilotscore.workbook.open.serials import NoDate
from pilotscore.workbook.values.cells import State, read_cell, read_evidence, read_percent, tidy


def indicator(type_: str, **more) -> Indicator:
    data = {"id": "x", "title": "X", "type": type_, "weight": 1, "points": [[0, 0], [100, 100]]}
    if type_ == "level":
        data["scale"] = [1, 9]
    if type_ == "category":
        del data["points"]
        data["table"] = [
            {
                "id": "lab",
                "title": {"zh": "实验室", "en": "laboratory"},
                "value": 20,
                "aliases": ["小试"],
            },
            {"id": "none", "title": {"zh": "无", "en": "none"}, "value": 0},
        ]
    return Indicator.model_validate(data | more)


@pytest.mark.parametrize(
    ("cell", "type_", "value"),
    [
        (3.5, "number", 3.5),
        ("3.5", "number", 3.5),
        ("１２３．５", "number", 123.5),
        ("1,234.5", "number", 1234.5),
        (" 12\u200b\u00a0", "number", 12),
        ("-4e2", "number", -400),
        ("95%", "percent", 95),
        ("95.2 ％", "percent", 95.2),
        ("95%", "ratio", 0.95),
        ("TRL 6", "level", 6),
        ("TRL6", "level", 6),
        ("6级", "level", 6),
        ("第 6 级", "level", 6),
        (6.0, "level", 6),
        (0, "count", 0),
    ],
)
def test_numbers(cell: object, type_: str, value: float):
    reading = read_cell(cell, indicator(type_))
    assert reading.state is State.VALUE
    assert reading.value == pytest.approx(value, abs=1e-12)
    assert bool(reading.remarks) == isinstance(cell, str)  # what is not literal is told


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("300万元", "万元", 300),
        ("3,000,000元", "万元", 300),
        ("1.2亿元", "万元", 12000),
        ("50万", "万元", 50),
        ("5千", "万元", 0.5),
        ("3百万", "万元", 300),
        ("3千万", "万元", 3000),
        ("2亿", "万元", 20000),
    ],
)
def test_money(cell: str, unit: str, value: float):
    assert read_cell(cell, indicator("money", unit=unit)).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "type_", "code"),
    [
        ("about ten", "number", "V401"),
        (True, "number", "V401"),
        (datetime.date(2026, 1, 1), "number", "V401"),
        ("1.2.3", "number", "V401"),
        ("1,23", "number", "V401"),
        ("≤95", "number", "V420"),
        ("7-6", "level", "V420"),
        ("约", "number", "V401"),
        (float("inf"), "number", "V401"),
        (11, "level", "V402"),
        ("TRL 0", "level", "V402"),
        (140, "percent", "V402"),
        (-1, "count", "V402"),
        (6.5, "level", "V403"),
        (2.5, "count", "V403"),
        ("pilot", "category", "V405"),
        ("maybe", "yes_no", "V406"),
        ("20 kg", "number", "V410"),
    ],
)
def test_what_cannot_be_read_is_faulty_never_0(cell: object, type_: str, code: str):
    reading = read_cell(cell, indicator(type_))
    assert reading.state is State.FAULTY
    assert math.isnan(reading.value)
    assert [kind.code for kind, _ in reading.remarks] == [code]


@pytest.mark.parametrize("cell", ["", "  ", "\u200b", None])
def test_blank(cell: object):
    assert read_cell(cell, indicator("number")).state is State.BLANK


@pytest.mark.parametrize("cell", ["-", "/", "无", "待定", "—", "TBD", "none"])
def test_words_for_blank_are_blank_and_told(cell: str):
    reading = read_cell(cell, indicator("count"))
    assert reading.state is State.BLANK
    assert [kind.code for kind, _ in reading.remarks] == ["V412"]


@pytest.mark.parametrize(
    "cell",
    [
        "不适用：批次工艺",
        "不适用（批次工艺）",
        "N/A: batch process",
        "NA - batch",
        "not applicable: batch",
    ],
)
def test_not_applicable_with_its_reason(cell: str):
    reading = read_cell(cell, indicator("number"))
    assert reading.state is State.NOT_APPLICABLE
    assert reading.word.startswith(("批次", "batch"))


@pytest.mark.parametrize("cell", ["不适用", "N/A", "na", "not applicable:"])
def test_not_applicable_without_a_reason_is_blank_and_told(cell: str):
    reading = read_cell(cell, indicator("number"))
    assert reading.state is State.BLANK
    assert [kind.code for kind, _ in reading.remarks] == ["V413"]


@pytest.mark.parametrize("cell", ["未测", "未检测", "Not measured", "not tested"])
def test_not_measured(cell: str):
    assert read_cell(cell, indicator("number")).state is State.NOT_MEASURED


@pytest.mark.parametrize("cell", ["lab", "实验室", " 小试 ", "Laboratory"])
def test_categories_by_id_title_and_alias(cell: str):
    reading = read_cell(cell, indicator("category"))
    assert (reading.state, reading.value, reading.word) == (State.VALUE, 0.0, "lab")


def test_a_category_called_none_is_a_value_not_a_blank():
    assert read_cell("无", indicator("category")).word == "none"


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("是", "yes"),
        ("√", "yes"),
        ("Yes", "yes"),
        (True, "yes"),
        (1.0, "yes"),
        ("否", "no"),
        ("无", "no"),
        ("×", "no"),
        ("n", "no"),
        (0, "no"),
        (False, "no"),
    ],
)
def test_yes_and_no(cell: object, word: str):
    assert read_cell(cell, indicator("yes_no", points=None)).word == word


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime.datetime(2026, 5, 1, 8), "2026-05-01"),
        ("2026-05-01", "2026-05-01"),
        ("2026年5月1日", "2026-05-01"),
        ("2026.5.1", "2026-05-01"),
    ],
)
def test_dates(cell: object, day: str):
    assert read_cell(cell, Fact(id="d", title="D", type="date")).word == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-13-01", "V407"),
        (46143.0, "V423"),
        ("soon", "V407"),
        ("03/04/2026", "V407"),
        (7, "V407"),
    ],
)
def test_what_is_no_date(cell: object, code: str):
    reading = read_cell(cell, Fact(id="d", title="D", type="date"))
    assert reading.state is State.FAULTY
    assert [kind.code for kind, _ in reading.remarks] == [code]


PERCENT = indicator("percent", range=[0, 200])


@pytest.mark.parametrize(
    ("cell", "header", "formatted", "value", "code"),
    [
        (95.0, False, False, 95.0, None),  # more than 1: percent as it stands
        (0.95, True, False, 0.95, None),  # the header says %: 0.95 % as it stands
        (0.95, False, True, 95.0, "V416"),  # the cell is shown as 95 %
        (0.95, True, True, 95.0, "V416"),
        (1.5, False, True, 150.0, "V416"),
        (0.95, False, False, math.nan, "V404"),  # either: told, never guessed
        (0.0, False, False, 0.0, None),
    ],
)
def test_what_a_bare_number_in_a_percent_column_means(
    cell: float, header: bool, formatted: bool, value: float, code: str | None
):
    reading = read_percent(
        read_cell(cell, PERCENT), cell, PERCENT, percent_header=header, percent_format=formatted
    )
    assert reading.value == pytest.approx(value, nan_ok=True)
    assert [kind.code for kind, _ in reading.remarks] == ([code] if code else [])


def test_evidence_grades():
    from pilotscore.criteria import Evidence

    grades = Evidence.model_validate(
        {
            "default": "E1",
            "threshold": "E1",
            "grades": [
                {
                    "id": "E0",
                    "title": {"zh": "无证据", "en": "nothing"},
                    "cap": 30,
                    "aliases": ["无"],
                },
                {"id": "E1", "title": {"zh": "自述", "en": "own statement"}, "cap": 60},
            ],
        }
    )
    for cell, place in [
        ("E1", 1),
        ("e0", 0),
        ("自述", 1),
        ("E1 自述", 1),
        ("E1自述", 1),
        ("无", 0),
        ("", -1),
    ]:
        assert read_evidence(cell, grades) == (place, None), cell
    place, told = read_evidence("best", grades)
    assert place == -1
    assert told is not None
    assert told[0].code == "V414"


def test_tidy_makes_odd_forms_plain():
    assert tidy("ＴＲＬ\u3000６\n\u200b级") == "TRL 6 级"


_UNITS = ("", "类", "%", "级", "万元", "h", "天", "×", "次", "kg/m3", "类型", "lakh")
_SHAPES = st.one_of(
    st.builds("{}{}".format, st.integers(-3, 12), st.sampled_from(_UNITS)),
    st.builds("{}~{}{}".format, st.integers(0, 9), st.integers(0, 9), st.sampled_from(_UNITS)),
    st.builds(
        "{}{} {}".format,
        st.sampled_from(("≥", "约", "TRL ", "第")),
        st.floats(0, 9),
        st.sampled_from(_UNITS),
    ),
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@pytest.fixture(scope="module")
def quantities():
    sets = [load_criteria(name).criteria for name in built_in_names()]
    return [q for criteria in sets for q in criteria.quantities]


@pytest.mark.slow
@given(cell=_SHAPES, data=st.data())
@settings(max_examples=400, deadline=None)
def test_no_cell_ends_more_than_its_own_reading(quantities, cell: object, data):
    quantity = data.draw(st.sampled_from(quantities))
    reading = read_cell(cell, quantity)
    percent = read_percent(reading, cell, quantity, percent_header=False, percent_format=False)
    for read in (reading, percent):
        assert all(kind.code for kind, _ in read.remarks)


@pytest.mark.parametrize("cell", ["3类", "7%", "2万元", "5h"])
def test_a_level_in_a_foreign_unit_is_told_also_where_levels_have_wordings(cell: str):
    reading = read_cell(cell, indicator("level", wording={1: {"zh": "原理", "en": "principles"}}))
    assert reading.state is not State.VALUE
    assert [kind.code for kind, _ in reading.remarks] == ["V410"]


@pytest.mark.parametrize("cell", ["x", "X", "Ｘ", "Ⅹ", " x ", "X/是"])
def test_a_letter_x_is_no_answer(cell: str):
    read = read_cell(cell, indicator("yes_no"))
    assert (read.state, [kind.code for kind, _ in read.remarks]) == (State.FAULTY, ["V406"])


@pytest.mark.parametrize("cell", ["×", "✗", "✘", "否", "☐是 ☑否"])
def test_a_cross_is_no(cell: str):
    assert read_cell(cell, indicator("yes_no")).value == 0


@pytest.mark.parametrize(
    ("cell", "type_", "unit", "value"),
    [
        (datetime.timedelta(hours=36), "hours", None, 36),
        (datetime.timedelta(hours=36), "hours", "h", 36),
        (datetime.timedelta(hours=36), "number", "天", 1.5),
        (datetime.timedelta(minutes=90), "number", "min", 90),
        (datetime.time(12, 30), "hours", "h", 12.5),
        (datetime.timedelta(seconds=1), "number", "s", 1),
        ("36:00", "hours", "h", 36),
        ("36:30:00", "number", "h", 36.5),
        ("0:30", "number", "min", 30),
        ("１：３０", "hours", None, 1.5),
    ],
)
def test_durations_are_hours_under_hours_and_told(cell, type_: str, unit: str | None, value: float):
    read = read_cell(cell, indicator(type_, **({"unit": unit} if unit else {})), 24.0)
    assert read.value == pytest.approx(value)
    assert [kind.code for kind, _ in read.remarks] == ["V430"]


@pytest.mark.parametrize(
    ("type_", "unit"),
    [
        ("number", None),
        ("money", "万元"),
        ("count", None),
        ("level", None),
        ("percent", None),
        ("ratio", None),
        ("number", "kg"),
    ],
)
def test_durations_are_refused_elsewhere(type_: str, unit: str | None):
    quantity = indicator(type_, **({"unit": unit} if unit else {}))
    for cell in (datetime.timedelta(hours=36), datetime.time(12)):
        read = read_cell(cell, quantity)
        assert (read.state, [kind.code for kind, _ in read.remarks]) == (State.FAULTY, ["V431"])
    for text in ("36:00", "36:60", "1:2", "1:30:99"):
        assert read_cell(text, quantity).state is State.FAULTY


def test_a_duration_is_shown_as_in_a_spreadsheet():
    read = read_cell(datetime.timedelta(hours=-36, seconds=-5.5), indicator("count"))
    assert read.remarks[0][1]["text"] == "-36:00:05.500"
    assert (
        read_cell(datetime.timedelta(hours=36), indicator("count")).remarks[0][1]["text"]
        == "36:00:00"
    )


@pytest.mark.parametrize("number", [-3.0, 60.0, 3e6])
def test_a_number_with_a_format_of_dates_that_shows_none(number: float):
    day = Fact.model_validate({"id": "d", "title": "D", "type": "date"})
    for quantity in (day, indicator("number", range=[None, None]), indicator("hours")):
        read = read_cell(NoDate(number), quantity)
        assert (read.state, [kind.code for kind, _ in read.remarks]) == (State.FAULTY, ["V432"])


@pytest.mark.parametrize("mark", ["同上", "〃", "″", "ditto", "Same as above", " 同左 "])
@pytest.mark.parametrize("type_", ["number", "percent", "level", "category", "yes_no", "money"])
def test_a_mark_that_repeats_another_cell_is_a_fault(mark: str, type_: str):
    read = read_cell(mark, indicator(type_))
    assert (read.state, [k.code for k, _ in read.remarks]) == (State.FAULTY, ["V455"])
    text = Fact.model_validate({"id": "t", "title": "T", "type": "text"})
    assert read_cell(mark, text).state is State.FAULTY


@pytest.mark.parametrize("text", ["√；", "☑。", "√ ,", "■;"])
@pytest.mark.parametrize("type_", ["yes_no", "category", "level"])
def test_a_tick_with_nothing_but_a_sign_behind_it_is_no_blank(text: str, type_: str):
    assert read_cell(text, indicator(type_)).state is State.FAULTY
