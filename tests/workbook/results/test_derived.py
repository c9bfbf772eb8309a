"""Derived fields: worked out from other columns as if their result had been entered."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.workbook.values.cells import State
from tests.conftest import MINI, from_yaml
from tests.workbook.office_rules import faults_of, form_by, table_by, value

RATIO = {
    "id": "cost_ratio",
    "title": {"zh": "成本比", "en": "Cost ratio"},
    "type": "ratio",
    "range": [0.01, 20],
    "direction": "min",
    "points": [[0.5, 100], [1.2, 0]],
    "weight": 10,
}
DONE = {
    "id": "done",
    "title": {"zh": "达成率", "en": "Share done"},
    "type": "percent",
    "unit": "%",
    "points": [[0, 0], [100, 100]],
    "weight": 10,
}
SPREAD = {
    "id": "spread",
    "title": {"zh": "利差", "en": "Spread"},
    "type": "number",
    "unit": {"zh": "百分点", "en": "pp"},
    "range": [-50, 50],
    "points": [[0, 0], [10, 100]],
    "weight": 10,
}
UNIT_COST = {
    "id": "unit_cost",
    "title": {"zh": "吨成本", "en": "Cost of a ton"},
    "type": "number",
    "unit": {"zh": "元/吨", "en": "yuan/t"},
    "points": [[0, 100], [9000, 0]],
    "direction": "min",
    "weight": 10,
}
RULES = """derived:
  cost_ratio: 单位成本 / 目标成本
  done: {formula: b / a, text: 考核情况, pattern: "{a}项考核指标完成{b}项"}
  spread: IRR − 基准
  unit_cost: 总成本 / 产量
"""
BOTH = pytest.mark.parametrize("read", [table_by, form_by], ids=["table", "form"])


@functools.cache
def criteria() -> CriteriaSet:
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"] += [RATIO, DONE, SPREAD, UNIT_COST]
    return CriteriaSet.model_validate(data)


def rows(**columns: Any) -> list[list[Any]]:
    """Return a table with an id, a level, an assessment, and these columns."""
    headers = ["编号", "TRL", "安全评估", *columns]
    cells = [c if isinstance(c, list) else [c] for c in columns.values()]
    count = max(map(len, cells), default=1)
    return [headers, *([f"P-{i}", 6, "已完成", *(c[i] for c in cells)] for i in range(count))]


def told(findings: list[Finding], code: str) -> list[Finding]:
    return [f for f in findings if f.code == code]


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize(
    ("columns", "name", "expected"),
    [
        ({"单位成本": 8, "目标成本": 10}, "cost_ratio", 0.8),
        ({"单位成本（元）": 80_000, "目标成本（万元）": 10}, "cost_ratio", 0.8),
        ({"单位成本（元/kg）": 8, "目标成本（万元/吨）": 1}, "cost_ratio", 0.8),
        ({"单位成本": "8", "目标成本": "１０"}, "cost_ratio", 0.8),
        ({"考核情况": "12项考核指标完成11项"}, "done", 91.6666666667),
        ({"IRR（%）": 15, "基准（%）": 8}, "spread", 7),
        ({"IRR": "15%", "基准": "8%"}, "spread", 7),
        ({"IRR（%）": 3, "基准": "8%"}, "spread", -5),
        ({"单位成本": "8元", "目标成本": "0.001 万元"}, "cost_ratio", 0.8),
        ({"单位成本": "8 元/kg", "目标成本": "1万元/吨"}, "cost_ratio", 0.8),
        ({"IRR": 15, "基准": 8}, "spread", 7),
        ({"总成本": 500_000, "产量": 100}, "unit_cost", 5000),
        ({"总成本（万元）": 50, "产量（吨）": 100}, "unit_cost", 5000),
        ({"总成本（元）": 500_000, "产量（kg）": 100_000}, "unit_cost", 5000),
    ],
)
def test_what_is_derived(read: Any, columns: dict[str, Any], name: str, expected: float):
    results, findings = read(criteria(), RULES, rows(**columns))
    assert value(results, name) == expected
    (said,) = told(findings, "V480")
    given = results.given.values[0, name]
    assert given.manner == "derived"
    assert said.place == given.cells[0]
    assert len(given.cells) == len(columns)
    assert all(place.cell in given.detail.to("en") for place in given.cells)
    # Columns that it is from are not unknown ones, and the indicator is not without a column.
    assert not {f.code for f in findings} & {"H201", "H202", "B113"}


@BOTH
def test_indicators_and_facts_can_be_worked_with_in_their_own_units(read: Any):
    rules = "derived: {cost_ratio: 申请金额 / 中试成本}"
    table = rows(**{"申请金额（元）": 500_000, "中试成本（万元）": 100})
    results, _ = read(criteria(), rules, table)
    assert value(results, "cost_ratio") == 0.5


@BOTH
def test_units_may_be_stated_in_the_mapping(read: Any):
    rules = "derived: {cost_ratio: {formula: 甲 / 乙, units: {甲: 元, 乙: 万元}}}"
    results, _ = read(criteria(), rules, rows(甲=5000, 乙=1))
    assert value(results, "cost_ratio") == 0.5


@BOTH
@pytest.mark.parametrize(
    ("columns", "state", "code", "cell"),
    [
        ({"单位成本": 8, "目标成本": 0}, State.FAULTY, "V483", 4),
        ({"单位成本": 8, "目标成本": ""}, State.BLANK, "V482", 4),
        ({"单位成本": "待定", "目标成本": 10}, State.BLANK, "V482", 3),
        ({"单位成本": "约若干", "目标成本": 10}, State.FAULTY, "V401", 3),
        ({"单位成本（元）": 8, "目标成本（元）": "20 kg"}, State.FAULTY, "V410", 4),
        ({"单位成本": 8, "目标成本": "20 kg"}, State.FAULTY, "V485", 3),
        ({"单位成本": 800, "目标成本": 10}, State.FAULTY, "V484", 3),
        ({"单位成本": "未测", "目标成本": 10}, State.NOT_MEASURED, "", 0),
        ({"单位成本": "不适用：无产品", "目标成本": 10}, State.NOT_APPLICABLE, "", 0),
        ({"单位成本（元）": 8, "目标成本": 10}, State.FAULTY, "V485", 3),
        ({"单位成本（元）": 8, "目标成本（kg）": 10}, State.FAULTY, "V485", 3),
    ],
)
def test_what_keeps_a_value_from_being_derived_is_told_at_its_cell(
    read: Any, columns: dict[str, Any], state: State, code: str, cell: int
):
    results, findings = read(criteria(), RULES.split("  done")[0], rows(**columns))
    k = results.quantities.index("cost_ratio")
    assert State(int(results.states[k][0])) is state
    assert value(results, "cost_ratio") != value(results, "cost_ratio")
    assert not results.given.values
    if code:
        (said,) = told(findings, code)
        place = said.place.column if read is table_by else said.place.row
        assert place == cell or code == "V485"
        assert said.result == (None if code == "V485" else results.ids[0])
    if state is State.NOT_APPLICABLE:
        assert results.reasons[0, "cost_ratio"] == "无产品"


@BOTH
@pytest.mark.parametrize("text", ["考核指标全部完成", "12项考核指标完成11项；9项考核指标完成9项"])
def test_a_text_without_the_numbers_is_a_fault_of_its_cell(read: Any, text: str):
    results, findings = read(criteria(), RULES, rows(考核情况=text))
    assert len(told(findings, "V486")) == 1
    assert value(results, "done") != value(results, "done")


@BOTH
@pytest.mark.parametrize(("entered", "asked"), [(0.9, 1), (0.8, 0), (0.801, 0)])
def test_what_is_entered_counts_and_a_difference_is_told(read: Any, entered: float, asked: int):
    table = rows(成本比=entered, 单位成本=8, 目标成本=10)
    results, findings = read(criteria(), RULES, table)
    assert value(results, "cost_ratio") == entered
    assert len(told(findings, "V481")) == asked
    assert not told(findings, "V480")
    assert not results.given.values


def test_what_is_wrong_with_a_source_matters_only_where_nothing_is_entered():
    table = rows(成本比=[0.9, ""], 单位成本=["?8", "?8"], 目标成本=[10, 10])
    _, findings = table_by(criteria(), RULES, table)
    assert [f.result for f in told(findings, "V401")] == ["P-1"]


def test_only_blanks_are_filled():
    table = rows(成本比=[0.9, "", "未测"], 单位成本=[8, 8, 8], 目标成本=[10, 10, 10])
    results, _ = table_by(criteria(), RULES, table)
    k = results.quantities.index("cost_ratio")
    assert results.values[k][:2].tolist() == [0.9, 0.8]
    assert results.states[k].tolist() == [State.VALUE, State.VALUE, State.NOT_MEASURED]
    assert list(results.given.values) == [(1, "cost_ratio")]


@pytest.mark.parametrize(
    ("columns", "asked"), [({"单位成本": 8}, 1), ({"单位成本": 8, "成本比": 0.9}, 0)]
)
@BOTH
def test_a_column_that_is_not_there_is_told_where_it_is_needed(
    read: Any, columns: dict[str, Any], asked: int
):
    _, findings = read(criteria(), RULES.split("  done")[0], rows(**columns))
    assert len(told(findings, "V487")) == asked


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], 50),
        (["单位：元"], 0.005),
        (["单位：万元"], 50),
        (["单位：元", "单位：万元"], None),
        (["单位：kg"], 50),
    ],
)
def test_units_around_the_table_hold_for_what_follows_from_bare_numbers(
    lines: list[str], expected: float | None
):
    rules = "derived: {cost: 设备费 + 材料费}"
    table = [[line, *[""] * 4] for line in lines] + rows(设备费=20, 材料费=30)
    results, findings = table_by(criteria(), rules, table)
    got = value(results, "cost")
    if got == 0.005:
        assert "20 元" in results.given.values[0, "cost"].detail.to("zh")  # type: ignore[union-attr]
    assert got == expected or (expected is None and got != got and told(findings, "V485"))


def test_a_form_may_state_units_in_cells_of_their_own():
    from pilotscore.workbook.open.sheets import Sheet
    from pilotscore.workbook.results.form_reader import read_form
    from pilotscore.workbook.results.forms import find_forms
    from tests.workbook.office_rules import names_by

    names = names_by(criteria(), RULES.split("  done")[0])
    form = [
        ["编号", "P-1", ""],
        ["TRL", 6, ""],
        ["安全评估", "已完成", ""],
        ["单位成本", 8000, "元"],
        ["目标成本", 1, "万元"],
    ]
    titled = [["指标", "单位", "填写值"], *([a, c, b] for a, b, c in form)]
    for rows_ in (form, titled):
        sheet = Sheet("b.xlsx", "表", visible=True, rows=rows_)
        (found,) = find_forms(sheet.rows, names)
        results, _ = read_form([(sheet, found)], names)
        assert value(results, "cost_ratio") == 0.8


def test_merged_sources_hold_for_every_row_that_they_cover():
    from dataclasses import replace

    from pilotscore.workbook.open.sheets import Sheet
    from pilotscore.workbook.results.table_reader import read_table
    from pilotscore.workbook.tables.finder import find_table
    from tests.workbook.office_rules import names_by

    names = names_by(criteria(), RULES.split("  done")[0])
    table = rows(单位成本=[8, 9], 目标成本=[10, ""])
    sheet = Sheet("b.xlsx", "表", visible=True, rows=table, merged=(((1, 4), (2, 4)),))
    results, _ = read_table(replace(sheet), find_table(sheet.rows, names), names)
    assert results is not None
    assert [value(results, "cost_ratio", i) for i in (0, 1)] == [0.8, 0.9]


def test_a_name_is_a_whole_header_and_not_the_end_of_one():
    results, findings = table_by(criteria(), "derived: {cost_ratio: 成本 / 10}", rows(单位成本=8))
    assert "cost_ratio" not in results.quantities
    assert told(findings, "V487")


def test_a_table_may_have_nothing_but_what_indicators_follow_from():
    table = [["编号", "单位成本", "目标成本"], ["P-1", 8, 10]]
    results, findings = table_by(criteria(), RULES, table)
    assert value(results, "cost_ratio") == 0.8
    assert "B111" in {f.code for f in findings}


def test_the_lower_of_two_headers_is_one():
    table = rows(单位成本=8, 目标成本=10)
    above = ["基本情况", "基本情况", "安全", "经济", "经济"]
    results, _ = table_by(criteria(), RULES, [above, *table])
    assert value(results, "cost_ratio") == 0.8


def test_an_error_cell_is_a_fault_of_what_is_derived_from_it():
    from dataclasses import replace

    from pilotscore.workbook.open.notes import SheetNotes
    from pilotscore.workbook.open.sheets import Sheet
    from pilotscore.workbook.results.table_reader import read_table
    from pilotscore.workbook.tables.finder import find_table
    from tests.workbook.office_rules import names_by

    names = names_by(criteria(), RULES.split("  done")[0])
    notes = replace(SheetNotes(), error_cells={(1, 4): "#DIV/0!"})
    table = rows(单位成本=8, 目标成本="")
    sheet = Sheet("b.xlsx", "表", visible=True, rows=table, notes=notes)
    results, findings = read_table(sheet, find_table(sheet.rows, names), names)
    assert results is not None
    assert [f.place.cell for f in told(findings, "V408")] == ["E2"]
    assert results.states[results.quantities.index("cost_ratio")][0] == State.FAULTY


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(
        [("元", "万元", 1e-4), ("万元", "元", 1e4), ("元/吨", "元/kg", 1e-3), ("", "", 1.0)]
    ),
)
def test_a_derived_field_is_the_same_number_entered(a: int, b: int, units: tuple[str, str, float]):
    one, other, times = units
    low, high = 0.01, 20.0
    entered = float(f"{a / b * times:.12g}")
    if not low <= entered <= high:
        return
    headers = [f"{h}（{u}）" if u else h for h, u in (("单位成本", one), ("目标成本", other))]
    derived, _ = table_by(criteria(), RULES, rows(**dict(zip(headers, (a, b), strict=True))))
    plain, _ = table_by(criteria(), "", rows(成本比=entered))
    assert value(derived, "cost_ratio") == pytest.approx(value(plain, "cost_ratio"), rel=1e-11)


@given(st.permutations(RULES.splitlines()[1:]))
@settings(max_examples=10, deadline=None)
def test_the_order_of_keys_does_not_matter(lines: list[str]):
    table = rows(单位成本=8, 目标成本=10, 考核情况="12项考核指标完成11项", IRR="15%", 基准="8%")
    one, _ = table_by(criteria(), RULES, table)
    other, _ = table_by(criteria(), "\n".join(["derived:", *lines]), table)
    assert one.quantities == other.quantities
    assert one.values.tolist()[:3] == other.values.tolist()[:3]
    assert dict(one.given.values) == dict(other.given.values)


def test_the_reading_page_has_a_line_for_each_derived_field():
    table = rows(单位成本=8, 目标成本=10)
    for read in (table_by, form_by):
        results, _ = read(criteria(), RULES, table, understand=True)
        assert results.understood is not None
        heads = {h.name: h for h in results.understood.heads}
        assert heads["cost_ratio"].matched == "derived"
        assert heads["cost_ratio"].text == "单位成本 / 目标成本"
        assert [h.text for h in results.understood.heads if h.matched == "source"] == [
            "单位成本",
            "目标成本",
        ]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("derived: 3", "such as"),
        ("derived: {cost_ratioo: a / b}", "did you mean cost_ratio"),
        ("derived: {hazard: a / b}", "no number"),
        ("derived: {cost_ratio: a /}", "character 4"),
        ("derived: {cost_ratio: 3}", "such as"),
        ("derived: {cost_ratio: '3'}", "no column"),
        ("derived: {cost_ratio: {formula: a / b, text: t}}", "go together"),
        ("derived: {cost_ratio: {formula: a / b, pattern: '{a}x{b}'}}", "go together"),
        (
            "derived: {cost_ratio: {formula: a / b, text: t, pattern: '{a}{b}项'}}",
            "nothing between",
        ),
        (
            "derived: {cost_ratio: {formula: a, text: t, pattern: ['{a}x', '{b}x']}}",
            "different names",
        ),
        ("derived: {cost_ratio: {formula: a / b, units: {c: 元}}}", "there is no c"),
        ("derived: {cost_ratio: {formula: a / b, units: {a: 估算}}}", "not known"),
        ("derived: {cost_ratio: a / b, done: 成本比 * 2}", "derived itself"),
        ("derived: {cost_ratio: {formular: a / b}}", "formula"),
    ],
)
def test_what_cannot_be_meant_is_refused(rules: str, said: str):
    faults = faults_of(criteria(), rules)
    assert faults
    assert any(said in f.sentence("en") for f in faults)
    assert all(f.sentence("zh") for f in faults)


@BOTH
def test_a_source_is_never_accepted_for_what_it_is_like(read: Any):
    rules = "derived: {cost_ratio: 成本比例 / 目标成本比}"
    table = rows(成本比例=8, 目标成本比=10)
    for accept in (False, True):
        results, _ = read(criteria(), rules, table, accept=accept)
        assert value(results, "cost_ratio") == 0.8
