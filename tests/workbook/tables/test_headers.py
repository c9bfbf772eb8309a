from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.criteria.names import normalise
from pilotscore.findings import Place
from pilotscore.workbook.tables.column_findings import column_findings
from pilotscore.workbook.tables.columns import match_columns
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import HeaderNames, Target
from tests.conftest import GOOD, HEADERS


@pytest.fixture
def names(mini: Path) -> HeaderNames:
    return HeaderNames.of(load_criteria(mini).criteria)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("技术就绪水平", "trl"),
        ("TRL", "trl"),
        ("ｔｒｌ", "trl"),
        ("Technology Readiness Level", "trl"),
        ("technology-readiness level", "trl"),
        ("trl", "trl"),
        ("连续运行时间（h）", "run_hours"),
        ("连续运行时间 (小时)", "run_hours"),
        ("一次\n合格率", "yield_rate"),
        ("First-pass yield (%)", "yield_rate"),
        ("编号", "<id>"),
        ("成果名称", "<title>"),
        ("合格率", None),
        ("备注", None),
    ],
)
def test_names_of_headers(names: HeaderNames, header: str, name: str | None):
    assert names.name_of(header) == name


def test_evidence_belongs_to_the_indicator_named_or_to_the_left(names: HeaderNames):
    row = [
        "编号",
        "TRL",
        "证据等级",
        "一次合格率",
        "备注",
        "证据",
        "安全评估",
        "环评批复 证据",
        "Continuous run evidence grade",
    ]
    columns = match_columns(row, names)
    assert columns.evidence == {"trl": 2, "permit": 7, "run_hours": 8}
    assert columns.unknown == {4: "备注", 5: "证据"}


def test_a_running_number_is_the_id_only_where_there_is_no_other(names: HeaderNames):
    assert match_columns(["序号", "TRL"], names).id == 0
    columns = match_columns(["序号", "成果名称", "项目编号", "TRL"], names)
    assert (columns.id, columns.unknown, columns.repeated) == (2, {0: "序号"}, ())


def test_a_repeated_header_is_told_and_the_first_counts(names: HeaderNames):
    columns = match_columns(["编号", "TRL", "技术就绪水平"], names)
    assert columns.quantities == {"trl": 1}
    assert columns.repeated == ((2, "trl", 1),)


@pytest.mark.parametrize("above", [0, 1, 5, 39])
def test_the_header_is_found_below_titles(names: HeaderNames, above: int):
    rows = [["关于申报中试成果的汇总表", "", "TRL"]] * above + [HEADERS, GOOD]
    assert find_table(rows, names).row == above


def test_a_row_with_one_known_word_is_no_header(names: HeaderNames):
    assert find_table([["编号", "备注"], ["TRL", "说明"]], names).row is None


def test_evidence_beside_an_accepted_header_is_its_evidence(mini: Path):
    criteria = load_criteria(mini).criteria
    header = ["编号", "TRL", "一次合格率指标", "证据等级", "备注"]
    plain = match_columns(header, HeaderNames.of(criteria))
    assert plain.suggestions[2].name == "yield_rate"
    assert 3 in plain.unknown
    taken = match_columns(header, HeaderNames.of(criteria, accept=True))
    assert (taken.quantities["yield_rate"], taken.evidence["yield_rate"]) == (2, 3)
    assert set(taken.unknown) == {4}


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("连续运行时间（天）（必填）", "天"),
        ("连续运行时间（必填）（天）", "天"),
        ("连续运行时间, 天*", "天"),
        ("3、连续运行时间/天（必填）", "天"),
        ("*Continuous run, days (required)", "days"),
        ("Continuous run: days", "days"),
    ],
)
def test_a_unit_is_read_beside_remarks_and_stars(names: HeaderNames, header: str, unit: str):
    assert match_columns(["编号", "TRL", header], names).units == {"run_hours": unit}


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("Pilot budget, CNY", "cost", "CNY"),
        ("试验预算/元", "cost", "元"),
        ("Budget, 10k CNY*", "cost", "10k CNY"),
        ("Hours/run, days", "run_hours", "days"),
        ("开车时长 天", "run_hours", "天"),
        ("Pilot budget, h", "cost", None),  # no money: it may be a word
        ("开车时长", "run_hours", None),
    ],
)
def test_the_unit_behind_a_header_that_a_mapping_names_counts(
    names: HeaderNames, header: str, name: str, unit: str | None
):
    mapped = HeaderNames.of(names.criteria, {normalise(header): Target(name)})
    columns = match_columns(["编号", "TRL", header], mapped)
    assert columns.quantities[name] == 2
    assert columns.units.get(name) == unit


@pytest.mark.parametrize(
    "header",
    ["项目号", "受理编号", "课题编号", "申请编号", "Project #", "Proposal No.", "Application ID"],
)
def test_ids_have_many_names(names: HeaderNames, header: str):
    assert names.name_of(header) == "<id>"


@pytest.mark.parametrize(
    ("header", "unit", "factor"),
    [
        ("中试成本（元人民币）", "元人民币", 1e-4),
        ("中试成本（单位元）", "元", 1e-4),
        ("中试成本（以元计）", "元", 1e-4),
        ("中试成本（百万）", "百万", 100),
        ("中试成本（¥）", "¥", 1e-4),
        ("中试成本（美元）", "美元", None),
        ("中试成本（$K）", "$K", None),
        ("中试成本（万美元）", "万美元", None),
        ("Pilot cost (CHF)", "CHF", None),
        ("连续运行时间（昼夜）", "昼夜", 24),
        ("连续运行时间（千小时）", "千小时", 1000),
        ("连续运行时间（按天计算）", "天", 24),
    ],
)
def test_units_in_the_words_of_offices(
    names: HeaderNames, header: str, unit: str, factor: float | None
):
    columns = match_columns(["编号", "TRL", header], names)
    (name,) = columns.units
    assert columns.units[name] == unit
    assert columns.factors[name] == (None if factor is None else pytest.approx(factor))


@pytest.mark.parametrize(
    ("header", "odd"),
    [
        ("连续运行时间（天/次）", "天/次"),
        ("中试成本（元/年）", "元/年"),
        ("中试成本（含税，万元/年）", "万元/年"),
        ("中试成本（日元/套）", "日元/套"),
        ("Continuous run (working days)", "working days"),
        ("连续运行时间（自评）", None),
        ("连续运行时间（2025年）", None),
        ("中试成本（必填）", None),
        ("中试成本（all）", None),
        ("中试成本（万元）", None),
        ("环评批复（天/次）", None),
    ],
)
def test_what_is_like_a_unit_and_is_none_that_is_known_is_told(
    names: HeaderNames, header: str, odd: str | None
):
    columns = match_columns(["编号", "TRL", header], names)
    found = column_findings(columns, names, Place("b", "s", 0))
    told = [(f.severity, f.values["unit"], f.place.column) for f in found if f.code == "H219"]
    assert told == ([("warning", odd, 2)] if odd else [])


def test_a_set_in_other_money_takes_its_units(names: HeaderNames):
    data = names.criteria.model_dump()
    (cost,) = (f for f in data["facts"] if f["id"] == "cost")
    cost["unit"] = {"zh": "万美元", "en": "10k USD"}
    other = HeaderNames.of(CriteriaSet.model_validate(data))
    for header, times in (
        ("中试成本（美元）", 1e-4),
        ("中试成本（$K）", 0.1),
        ("中试成本（元）", None),
    ):
        factor = match_columns(["编号", "TRL", header], other).factors["cost"]
        assert factor == (None if times is None else pytest.approx(times))


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("TRL（目标）", "目标"),
        ("TRL（立项时）", "立项时"),
        ("连续运行时间（目标，h）", "目标"),
        ("连续运行时间（h）（预期值）", "预期值"),
        ("Continuous run (planned)", "planned"),
        ("TRL（自评）", None),
        ("TRL（1-9）", None),
        ("连续运行时间（h）", None),
    ],
)
def test_a_header_that_says_target_is_asked_about(
    names: HeaderNames, header: str, what: str | None
):
    found = column_findings(
        match_columns(["编号", "环评批复", header], names), names, Place("b", "s", 0)
    )
    told = [(f.severity, f.values["what"], f.place.column) for f in found if f.code == "H221"]
    assert told == ([("warning", what, 2)] if what else [])
