from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.workbook import ReadingOptions, load_mapping, read_workbooks
from pilotscore.workbook.results.mapping_draft import draft_mapping
from pilotscore.workbook.results.mapping_text import mapping_text
from tests.conftest import write_book

FORM = [
    ["项目号", "名称", "技术就绪水准", "把握", "连续时间", "安全评估", "证据等级", "随便"],
    ["P-1", "甲", 6, "E3", 2, "已完成", "E2", "x"],
]


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_draft_is_a_mapping_file_that_reads_the_same(tmp_path: Path, criteria: CriteriaSet):
    book = write_book(
        tmp_path / "b.xlsx",
        {
            "S": [
                ["编号", "TRL", "证据等级", "连续运行时间（天）", "备注"],
                ["P-1", 6, "E3", 2, "x"],
            ]
        },
    )
    draft, problems = draft_mapping(book, criteria)
    assert not problems
    assert draft.known == {
        "编号": "id",
        "TRL": "trl",
        "证据等级": "evidence",
        "连续运行时间（天）": {"is": "run_hours", "unit": "天"},
    }
    assert list(draft.left_over) == ["备注"]
    file = write(tmp_path / "m.yaml", mapping_text(draft, criteria, book.name, "zh"))
    mapped = read_workbooks([book], criteria, ReadingOptions(mapping=load_mapping(file, criteria)))
    plain = read_workbooks([book], criteria)
    assert mapped.values.tolist()[0][:1] == plain.values.tolist()[0][:1] == [6]
    assert mapped.values[0, 2] == plain.values[0, 2] == 48
    assert (mapped.evidence == plain.evidence).all()


def test_a_mapping_says_what_no_name_says(tmp_path: Path, criteria: CriteriaSet):
    book = write_book(tmp_path / "b.xlsx", {"S": FORM})
    file = write(
        tmp_path / "m.yaml",
        "criteria: mini\nheaders:\n  项目号: id\n  技术就绪水准: trl\n  把握: trl evidence\n"
        "  连续时间: {is: run_hours, unit: 天}\n  随便: ignore\n",
    )
    s = read_workbooks([book], criteria, ReadingOptions(mapping=load_mapping(file, criteria)))
    assert s.ids == ("P-1",)
    assert s.values[0, [0, 2]].tolist() == [6, 48]
    assert s.evidence[0].tolist()[0] == 3
    assert not [f for f in s.findings if f.code in ("H201", "H202")]


def test_the_draft_of_a_form(tmp_path: Path, criteria: CriteriaSet):
    book = write_book(
        tmp_path / "b.xlsx",
        {
            "S": [
                ["编号", "P-1"],
                ["技术就绪水平", 6],
                ["安全评估", "已完成"],
                ["技术就绪水准等", 5],
                ["电话", 1],
            ]
        },
    )
    draft, _ = draft_mapping(book, criteria)
    assert draft.known == {"编号": "id", "技术就绪水平": "trl", "安全评估": "hazard"}
    assert list(draft.left_over) == ["技术就绪水准等", "电话"]


def test_all_faults_at_once_with_their_lines(tmp_path: Path, criteria: CriteriaSet):
    file = write(
        tmp_path / "m.yaml",
        "criteria: other\nheadrs: 1\nheaders:\n  甲: trll\n  乙: {is: run_hours, unit: kg}\n"
        "  丙: disputed evidence\n  甲 : trl\n",
    )
    with pytest.raises(FaultyFileError) as caught:
        load_mapping(file, criteria)
    assert [(f.code, f.place.line) for f in caught.value.findings] == [
        ("M602", 2),
        ("M603", 1),
        ("M604", 4),
        ("M605", 5),
        ("M604", 6),
    ] or {f.code for f in caught.value.findings} >= {"M602", "M603", "M604", "M605"}


@pytest.mark.parametrize("text", ["", "a: [", "- x", "headers: {}\n\tx", "\x00"])
def test_what_is_no_mapping(tmp_path: Path, criteria: CriteriaSet, text: str):
    with pytest.raises(FaultyFileError):
        load_mapping(write(tmp_path / "m.yaml", text), criteria)


def test_no_such_mapping(tmp_path: Path, criteria: CriteriaSet):
    with pytest.raises(UsageError):
        load_mapping(tmp_path / "m.yaml", criteria)


def test_a_mapping_that_cannot_be_read_is_an_unreadable_input(
    tmp_path: Path, criteria: CriteriaSet
):
    def why(path: Path) -> str:
        with pytest.raises(UnreadableInputError) as caught:
            load_mapping(path, criteria)
        return caught.value.message("zh")

    assert "那是一个文件夹" in why(tmp_path)
    latin = tmp_path / "l.yaml"
    latin.write_bytes("headers: {}\n# 甲".encode("gbk"))
    assert "第 2 行不是 UTF-8" in why(latin)
    large = write(tmp_path / "large.yaml", "headers: {}\n" + "#" * 5_000_001)
    assert "超过 5 MB" in why(large)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("headers: [a]", [("M607", 1)]),
        ("criteria: mini", [("M607", 1)]),
        ("headers:\n  甲: [trl]", [("M620", 2)]),
        ("headers:\n  甲:", [("M620", 2)]),
        ("headers:\n  甲: 5", [("M620", 2)]),
        ("headers:\n  甲: {as: trl}", [("M620", 2)]),
        ("headers:\n  甲: {is: trl, units: 天}", [("M620", 2)]),
        ("headers:\n  甲: trl\n  甲: id", [("M620", 3)]),
        ("headers:\n  甲: trl\n  ' 甲': id", [("M606", 3)]),
        ("headers: {}\nheaders: {}", [("M620", 2)]),
        ("headers: {}\nsheet: [a]\nheader_row: x", [("M620", 2), ("M620", 3)]),
        ("headers: {}\nsheet: 2026\nheader_row: 0", [("M620", 2), ("M620", 3)]),
        (
            "criteria: other\nheaders:\n  甲: trll\n  乙: {is: run_hours, unit: kg}\n  丙: 7\nkey: 1",
            [("M603", 1), ("M604", 3), ("M605", 4), ("M620", 5), ("M602", 6)],
        ),
    ],
)
def test_each_fault_has_its_line_and_says_how_to_mend_it(
    tmp_path: Path, criteria: CriteriaSet, text: str, expected: list[tuple[str, int]]
):
    with pytest.raises(FaultyFileError) as caught:
        load_mapping(write(tmp_path / "m.yaml", text), criteria)
    findings = caught.value.findings
    assert [(f.code, f.place.line) for f in findings] == expected
    for finding in findings:
        assert finding.kind.mend is not None
        for lang in ("zh", "en"):
            assert "{" not in finding.sentence(lang).replace("{is", "").replace("headers: {}", "")


def test_what_is_moved_up_from_the_suggestions_is_taken(tmp_path: Path, criteria: CriteriaSet):
    text = "headers:\n  连续运转: {is: run_hours, likeness: 84}\n"
    mapping = load_mapping(write(tmp_path / "m.yaml", text), criteria)
    assert mapping.targets["连续运转"].name == "run_hours"
