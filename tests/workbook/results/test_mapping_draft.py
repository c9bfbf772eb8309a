"""What map says of tables and forms, and that --map applies to forms what it applies to tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, load_mapping, read_workbooks
from pilotscore.workbook.results.mapping_draft import MappingDraft, draft_mapping
from tests.conftest import write_book

FORM = [
    ["科研项目申报书"],
    ["一、基本情况"],
    ["编号", "P-1", "名称", "甲"],
    ["技术就绪水准", 6, "一次合格率（批次）", "98%"],
    ["装置连续跑的时间（天）", 2, "安评结论", "已完成"],
    ["证明级别", "E3", "申请金额（元）", 500000],
    ["联系电话", "010-1", "自定", "x"],
]
# What an office says of it: with brackets, of evidence, of a unit, and what is not to be used.
SAID = """
criteria: mini
headers:
  技术就绪水准: trl
  装置连续跑的时间（天）: run_hours
  安评结论: hazard
  证明级别: run_hours evidence
  自定: ignore
  联系电话: ignore
"""


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def mapping_of(tmp_path: Path, criteria: CriteriaSet, text: str) -> ReadingOptions:
    file = tmp_path / "m.yaml"
    file.write_text(text, encoding="utf-8")
    return ReadingOptions(mapping=load_mapping(file, criteria), understand=True)


def test_a_form_gets_suggestions_as_a_table_does(tmp_path: Path, criteria: CriteriaSet):
    row = [t for r in FORM[2:] for t in r[::2]]
    values = [t for r in FORM[2:] for t in r[1::2]]
    form = write_book(tmp_path / "form.xlsx", {"S": FORM})
    table = write_book(tmp_path / "table.xlsx", {"S": [row, values]})

    def said(book: Path) -> tuple[dict, dict, set[str]]:
        draft, problems = draft_mapping(book, criteria)
        assert not problems
        return draft.known, draft.suggested, set(draft.left_over)

    assert said(form) == said(table)
    known, suggested, left = said(form)
    assert known["申请金额（元）"] == {"is": "requested", "unit": "元"}
    assert suggested["技术就绪水准"].name == "trl"
    assert suggested["安评结论"].name == "hazard"
    assert left == {"装置连续跑的时间（天）", "证明级别", "联系电话", "自定"}


def test_a_mapping_says_of_a_form_what_no_name_says(tmp_path: Path, criteria: CriteriaSet):
    book = write_book(tmp_path / "b.xlsx", {"S": FORM})
    options = mapping_of(tmp_path, criteria, SAID)
    s = read_workbooks([book], criteria, options)
    at = {i.id: k for k, i in enumerate(criteria.indicators)}
    assert s.values[0, at["trl"]] == 6
    assert s.values[0, at["run_hours"]] == 48  # its unit stands in the name that is mapped
    assert s.values[0, at["hazard"]] == 2
    assert s.evidence[0, at["run_hours"]] == 3
    assert not [f for f in s.findings if f.code in ("H212", "H201", "H202")]
    heads = {c.head.text: c.head.matched for c in s.pages[0].columns}
    assert heads["安评结论"] == heads["技术就绪水准"] == "mapping"


def test_a_mapped_name_is_never_taken_for_the_value_before_it(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [["编号", "P-1"], ["技术就绪水平", 6], ["安全评估", "安评结论"], ["安评结论", "已完成"]]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    s = read_workbooks(
        [book], criteria, mapping_of(tmp_path, criteria, "headers: {安评结论: hazard}")
    )
    at = [i.id for i in criteria.indicators].index("hazard")
    assert s.values[0, at] == 2


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_said_of_a_name_holds_for_it_with_brackets(
    tmp_path: Path, criteria: CriteriaSet, turned: bool
):
    rows = [
        ["编号", "就绪（自评）", "连续跑（天）", "安评（见附件）", "许可"],
        ["P-1", 6, 2, "已完成", "是"],
    ]
    if turned:
        rows = [list(r) for r in zip(*rows, strict=True)]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    said = "headers: {编号: id, 就绪: trl, 连续跑: run_hours, 安评: hazard, 许可: permit}"
    options = mapping_of(tmp_path, criteria, said)
    s = read_workbooks([book], criteria, options)
    assert s.values[0].tolist()[0] == 6
    assert s.values[0, 2:].tolist() == [48, 2, 1]
    draft, _ = draft_mapping(book, criteria, options)
    assert not draft.known
    assert not draft.left_over


def test_what_is_said_of_the_whole_goes_before_what_is_said_without_brackets(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [["编号", "就绪（目标）", "就绪（现状）", "就绪"], ["P-1", 9, 6, 7]]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    for said, value in (
        ("编号: id, 就绪: trl, 就绪（目标）: ignore", 7),
        ("编号: id, 就绪（现状）: trl, 就绪: ignore", 6),
    ):
        options = mapping_of(tmp_path, criteria, f"headers: {{{said}}}")
        assert read_workbooks([book], criteria, options).values[0, 0] == value


@pytest.mark.parametrize("name", ["成本（95%上限）", "成本（%）"])
def test_a_percentage_in_the_name_of_an_item_is_no_unit_of_its_values(
    tmp_path: Path, criteria: CriteriaSet, name: str
):
    rows = [["编号", "P-1"], ["TRL", 6], [name, 1.2]]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    options = mapping_of(tmp_path, criteria, f"headers: {{{name}: run_hours}}")
    s = read_workbooks([book], criteria, options)
    codes = {f.code for f in s.findings if f.severity == "error" and f.place.row == 2}
    assert codes == (set() if "95" in name else {"H209"})


def test_a_folder_of_forms_is_read_by_one_mapping(tmp_path: Path, criteria: CriteriaSet):
    folder = tmp_path / "forms"
    folder.mkdir()
    for n in range(1, 7):
        rows = [list(r) for r in FORM]
        rows[2][1], rows[3][1], rows[4][1], rows[5][1] = f"P-{n}", n, n, f"E{n % 4}"
        write_book(folder / f"{n}.xlsx", {"S": rows})
    s = read_workbooks([folder], criteria, mapping_of(tmp_path, criteria, SAID))
    at = {i.id: k for k, i in enumerate(criteria.indicators)}
    assert s.ids == tuple(f"P-{n}" for n in range(1, 7))
    assert s.values[:, at["trl"]].tolist() == [1, 2, 3, 4, 5, 6]
    assert s.values[:, at["run_hours"]].tolist() == [24.0 * n for n in range(1, 7)]
    assert s.evidence[:, at["run_hours"]].tolist() == [n % 4 for n in range(1, 7)]


@pytest.mark.parametrize("turned", [False, True])
def test_what_means_the_same_twice_is_told(tmp_path: Path, criteria: CriteriaSet, turned: bool):
    rows = [["编号", "TRL", "技术就绪水平", "安全评估"], ["P-1", 6, 5, "已完成"]]
    if turned:
        rows = [list(r) for r in zip(*rows, strict=True)]
    draft, _ = draft_mapping(write_book(tmp_path / "b.xlsx", {"S": rows}), criteria)
    assert draft.known == {"编号": "id", "TRL": "trl", "安全评估": "hazard"}
    assert draft.left_over == {"技术就绪水平": "TRL"}


def test_a_header_that_nothing_is_known_of_is_where_a_person_says(
    tmp_path: Path, criteria: CriteriaSet
):
    book = write_book(tmp_path / "b.xlsx", {"S": [["说明"], ["甲方", "就绪数"], ["x", 6]]})
    draft, problems = draft_mapping(book, criteria)
    assert not draft.headers
    assert [p.code for p in problems if p.severity == "error"] == ["B107"]
    draft, _ = draft_mapping(book, criteria, ReadingOptions(header_row=2))
    assert [h.text for h in draft.headers] == ["甲方", "就绪数"]
    assert [h.sample for h in draft.headers] == ["x", "6"]
    assert draft.header_row == 2


def test_headers_that_are_only_like_names_are_those_of_the_likeliest_row(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [["某局汇总表"], ["甲", "技术就绪水准", "安全评估度"], ["x", 6, "已完成"]]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    draft, _ = draft_mapping(book, criteria)
    assert {t: s.name for t, s in draft.suggested.items()} == {
        "技术就绪水准": "trl",
        "安全评估度": "hazard",
    }
    said = "headers: {技术就绪水准: trl, 安全评估度: hazard, 甲: id}"
    s = read_workbooks([book], criteria, mapping_of(tmp_path, criteria, said))
    assert s.ids == ("x",)


def test_a_running_number_is_ignored_where_there_is_an_id(tmp_path: Path, criteria: CriteriaSet):
    rows = [["序号", "编号", "TRL", "安全评估"], [1, "P-1", 6, "已完成"]]
    draft, _ = draft_mapping(write_book(tmp_path / "b.xlsx", {"S": rows}), criteria)
    assert draft.known["序号"] == "ignore"
    without = [row[:1] + row[2:] for row in rows]
    draft, _ = draft_mapping(write_book(tmp_path / "c.xlsx", {"S": without}), criteria)
    assert draft.known["序号"] == "id"


def test_an_unfilled_form_has_suggestions_but_no_headings(tmp_path: Path, criteria: CriteriaSet):
    rows = [["编号", ""], ["一、技术", ""], ["技术就绪水平", ""], ["安全评估度", ""], ["许可", ""]]
    book = write_book(tmp_path / "b.xlsx", {"S": [[a, b or None] for a, b in rows]})
    draft, _ = draft_mapping(book, criteria)
    assert draft.suggested["安全评估度"].name == "hazard"
    assert "一、技术" not in draft.left_over


def test_a_decision_takes_what_is_left_from_the_others(tmp_path: Path, criteria: CriteriaSet):
    rows = [["编号", "安全评估", "技术就绪水准", "就绪水平"], ["P-1", "已完成", 6, 5]]
    draft, _ = draft_mapping(write_book(tmp_path / "b.xlsx", {"S": rows}), criteria)
    after: MappingDraft = draft.with_meaning("就绪水平", "trl")
    assert after.known["就绪水平"] == "trl"
    assert not after.suggested
    assert list(after.left_over) == ["技术就绪水准"]
    assert "trl" in draft.absent
    assert "trl" not in after.absent
