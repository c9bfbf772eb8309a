"""The checklist of seven measures is read a row or a column for each."""

from __future__ import annotations

import pytest

from pilotscore.workbook.rights.case_words import MEASURES
from tests.workbook.rights.making import Rows, read, sheet, told

STYLES: dict[str, Rows] = {
    "as a template": [
        ["成果编号", "保密措施", "是否采取"],
        ["R1", "签订保密协议", "是"],
        ["R1", "限制设备、存储、复制", "否"],
        ["R1", "其他合理保密措施", ""],
    ],
    "with a title and blank ids": [
        ["商业秘密保密措施检查表"],
        ["序号", "成果编号", "检查项", "落实情况"],
        [1, "R1", "保密协议", "√"],
        [2, "", "设备管理", "×"],
    ],
    "in English": [
        ["Result id", "Measure", "Taken"],
        ["R1", "NDA", "yes"],
        ["R1", "devices", "no"],
    ],
    "with a column for each": [
        ["成果编号", "保密协议", "设备管理", "离职管理"],
        ["R1", "有", "无", ""],
    ],
    "as the interpretation words it": [
        ["成果编号", "措施", "是否落实"],
        ["R1", "签订保密协议或者在合同中约定保密义务", "已"],
        ["R1", "限制设备使用、访问、存储、复制", "未"],
    ],
}


@pytest.mark.parametrize("style", STYLES)
def test_a_checklist_in_the_style_of_an_office(style: str) -> None:
    rights = read(sheet(STYLES[style], "保密措施"))
    assert told(rights) == []
    assert rights.secrecy_measures == {"R1": {"agreement": True, "devices": False}}


@pytest.mark.parametrize("measure", list(MEASURES.titles))
def test_every_measure_is_known_by_its_titles(measure: str) -> None:
    for text in (MEASURES.titles[measure].zh, MEASURES.titles[measure].en):
        rows = [["成果编号", "保密措施", "是否采取"], ["R1", text, "是"]]
        assert read(sheet(rows, "保密措施")).secrecy_measures == {"R1": {measure: True}}


def test_answers_that_contradict_are_left_open() -> None:
    head, yes, no = STYLES["as a template"][0], ["R1", "保密协议", "是"], ["R1", "保密协议", "否"]
    rights = read(sheet([head, yes, no], "保密措施"))
    assert rights.secrecy_measures == {}
    assert told(rights) == [("K811", "C3")]


def test_a_table_with_every_measure_is_no_form() -> None:
    rows = [["R1", title.zh, "是"] for title in MEASURES.titles.values()]
    measures = read(sheet([STYLES["as a template"][0], *rows], "保密措施")).secrecy_measures
    assert measures == {"R1": dict.fromkeys(MEASURES.titles, True)}
