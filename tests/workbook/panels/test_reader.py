"""Scores in each form people send them in; what does not count is told with its cell."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.errors import UnreadableInputError
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.records import PanelSubmission
from tests.conftest import write_book

LONG = ["专家", "编号", "指标", "分数"]
EXPERTS = ["姓名", "组别", "单位", "回避"]
RESULTS = ["编号", "成果名称", "完成单位", "完成人"]


def read(tmp_path: Path, sheets: dict[str, list[list[Any]]], **settings: Any) -> PanelSubmission:
    return read_panel([write_book(tmp_path / "p.xlsx", sheets)], **settings)


def scores(submission: PanelSubmission) -> set[tuple[str, str, str, float]]:
    s = submission.scores
    return set(zip(s.expert, s.result, s.indicator, s.score.tolist(), strict=True))


def codes(submission: PanelSubmission) -> list[str]:
    return [f.code for f in submission.findings if f.severity != "info"]


def cells(submission: PanelSubmission, code: str) -> list[str]:
    return [f.place.cell for f in submission.findings if f.code == code]


WANTED = {("张三", "P-1", "技术", 85), ("李四", "P-1", "技术", 75), ("张三", "P-2", "技术", 60)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "head",
    [
        LONG,
        ["评委", "成果编号", "评分项", "得分"],
        ["expert", "id", "indicator", "score"],
        ["Reviewer", "Proposal ID", "Criterion", "Mark"],
    ],
)
def test_a_row_for_each_score(tmp_path: Path, head: list[str]):
    rows = [
        ["张三", "P-1", "技术", 85],
        ["李四", "P-1", "技术", "75分"],
        ["张三", "P-2", "技术", 60],
    ]
    for order in itertools.permutations(range(4)):
        table = [[row[i] for i in order] for row in [head, *rows]]
        assert scores(read(tmp_path, {"评分": [["2026 年评审"], *table]})) == WANTED


def test_a_column_for_each_expert(tmp_path: Path):
    table = [
        ["编号", "成果名称", "专家1", "专家2", "平均"],
        ["P-1", "甲", 80, 90, 85],
        ["P-2", "乙", None, 60, 60],
        ["平均", "", 80, 75, 72.5],
    ]
    submission = read(tmp_path, {"评分": table})
    assert scores(submission) == {
        ("专家1", "P-1", "", 80),
        ("专家2", "P-1", "", 90),
        ("专家2", "P-2", "", 60),
    }
    assert submission.blanks == {"专家1": 1}
    assert cells(submission, "E917") == ["E1"]  # a mean is no expert
    assert cells(submission, "E922") == ["4"]


def test_columns_are_experts_where_a_sheet_lists_them(tmp_path: Path):
    table = [["编号", "指标", "张三", "李四"], ["P-1", "技术", 85, 75], ["P-2", "技术", 60, None]]
    people = [EXPERTS, ["张 三", "企业", "", ""], ["李四", "高校", "", ""]]
    submission = read(tmp_path, {"评分": table, "专家": people})
    assert {(e.replace(" ", ""), *rest) for e, *rest in scores(submission)} == WANTED
    assert submission.groups == {"张 三": "企业", "李四": "高校"}


def test_a_workbook_for_each_expert_in_a_folder(tmp_path: Path):
    folder = tmp_path / "收回"
    folder.mkdir()
    head = ["编号", "技术", "市场", "总分", "评语"]
    write_book(folder / "张三.xlsx", {"评分": [head, ["P-1", 85, 70, 155, "好"]]})
    write_book(
        folder / "b.xlsx",
        {"评分": [["评审表"], ["专家：", "李四"], head, ["P-1", 75, None, 75, ""]]},
    )
    submission = read_panel([folder])
    assert scores(submission) == {
        ("张三", "P-1", "技术", 85),
        ("张三", "P-1", "市场", 70),
        ("李四", "P-1", "技术", 75),
    }
    assert submission.blanks == {"李四": 1}
    assert [f.values["expert"] for f in submission.findings if f.code == "E906"] == ["张三"]


def test_a_sheet_for_each_expert(tmp_path: Path):
    sheets = {n: [["编号", "分数"], ["P-1", v]] for n, v in (("张三", 85), ("李四", 75))}
    assert scores(read(tmp_path, sheets)) == {("张三", "P-1", "", 85), ("李四", "P-1", "", 75)}


def test_whether_columns_are_experts_or_indicators_is_not_guessed(tmp_path: Path):
    table = [["编号", "技术水平", "市场前景"], ["P-1", 80, 70]]
    submission = read(tmp_path, {"评分": table})
    assert codes(submission) == ["E907"]
    assert len(submission.scores) == 0
    with_expert = read(tmp_path, {"评分": [["专家：张三"], *table]})
    assert len(with_expert.scores) == 2


def test_order_of_rows_and_files_never_matters(tmp_path: Path):
    rows = [[e, r, "a", 50 + 7 * n] for n, (e, r) in enumerate(itertools.product("甲乙丙", "PQR"))]
    one = write_book(tmp_path / "1.xlsx", {"s": [LONG, *rows[:4]]})
    two = write_book(tmp_path / "2.xlsx", {"s": [LONG, *rows[4:][::-1]]})
    assert scores(read_panel([one, two])) == scores(read_panel([two, one]))


def test_faults_are_told_at_their_cells_and_never_count(tmp_path: Path):
    rows = [
        ["张三", "P-1", "a", "七十"],
        ["", "P-1", "a", 70],
        ["张三", "", "a", 70],
        ["张三", "P-2", "a", 850],
        *([e, f"P-{n}", "a", 80] for n in range(3, 8) for e in ("张三", "李四")),
    ]
    submission = read(tmp_path, {"评分": [LONG, *rows]})
    assert cells(submission, "E902") == ["D2"]
    assert cells(submission, "E905") == ["A3"]
    assert cells(submission, "E908") == ["B4"]
    assert cells(submission, "E903") == ["D5"]
    assert len(submission.scores) == 10
    assert submission.scales == {"a": (0, 100)}


@pytest.mark.parametrize(
    ("values", "most"),
    [
        ([3, 5, 4], 5),
        ([3, 5, 6], 10),
        ([70, 85], 100),
        ([120, 340], 340),
        ([4, 5, *[3] * 18, 45], 5),
    ],
)
def test_the_scale_is_the_least_usual_one(tmp_path: Path, values: list[float], most: float):
    rows = [[f"E{n}", "P-1", "a", v] for n, v in enumerate(values)]
    submission = read(tmp_path, {"s": [LONG, *rows]})
    assert submission.scales == {"a": (0, most)}
    # A scale that is none of the usual ones is asked about.
    code = "E904" if most in (5, 10, 100) else "E943"
    assert code in {f.code for f in submission.findings}


def test_a_stated_scale_holds(tmp_path: Path):
    submission = read(tmp_path, {"s": [LONG, ["E1", "P-1", "a", 11]]}, scale=(0, 10))
    assert codes(submission) == ["E903"]


def test_scored_twice_the_later_counts(tmp_path: Path):
    head = [*LONG, "日期"]
    rows = [
        ["张三", "P-1", "a", 60, datetime.datetime(2026, 5, 2)],
        ["张三", "P-1", "a", 80, datetime.datetime(2026, 5, 9)],
        ["李四", "P-1", "a", 70, "2026-05-01"],
    ]
    for order in itertools.permutations(rows):
        submission = read(tmp_path, {"s": [head, *order]})
        assert scores(submission) == {("张三", "P-1", "a", 80), ("李四", "P-1", "a", 70)}
        assert codes(submission) == ["E912"]


def test_scored_twice_without_dates_neither_counts_unless_they_are_equal(tmp_path: Path):
    rows = [["张三", "P-1", "a", 60], ["张三", "P-1", "a", 80], ["李四", "P-1", "a", 70]]
    submission = read(tmp_path, {"s": [LONG, *rows]})
    assert scores(submission) == {("李四", "P-1", "a", 70)}
    assert codes(submission) == ["E913"]
    rows[1][3] = 60
    assert len(read(tmp_path, {"s": [LONG, *rows]}).scores) == 2


PEOPLE = [
    EXPERTS,
    ["张三", "企业", "甲公司", "P-2"],
    ["李四", "高校", "乙大学", "丙公司"],
    ["王五", "高校", "丁大学", "赵六"],
    ["钱七", "投资", "戊资本", ""],
]
LISTED = [RESULTS, ["P-1", "A", "乙大学、己所", "孙八"], ["P-2", "B", "丙公司", "赵六；钱七"]]


def test_conflicts_by_result_institution_person_and_own_institution(tmp_path: Path):
    rows = [[e, r, "a", 70] for e in ("张三", "李四", "王五", "钱七") for r in ("P-1", "P-2")]
    submission = read(tmp_path, {"评分": [LONG, *rows], "专家": PEOPLE, "成果": LISTED})
    assert {(e, r) for e, r, _, _ in scores(submission)} == {
        ("张三", "P-1"),
        ("王五", "P-1"),
        ("钱七", "P-1"),
    }
    # 李四 is of an institution of P-1, and declared that of P-2; 钱七 took part in P-2.
    assert {(e, r) for e, r, _ in submission.recused} == {
        ("张三", "P-2"),
        ("李四", "P-1"),
        ("李四", "P-2"),
        ("王五", "P-2"),
        ("钱七", "P-2"),
    }
    assert codes(submission) == ["E914"] * 5


def test_a_sheet_of_conflicts_alone(tmp_path: Path):
    rows = [[e, "P-1", "a", 70] for e in ("张三", "李四")]
    people = [["姓名", "组别"], ["张三", "企业"], ["李四", "高校"]]
    conflicts = [["专家", "回避对象", "理由"], ["张三", "P-1", "合作者"], ["赵六", "P-1", ""]]
    submission = read(tmp_path, {"评分": [LONG, *rows], "专家": people, "回避": conflicts})
    assert scores(submission) == {("李四", "P-1", "a", 70)}
    assert codes(submission) == ["E910", "E914"]


def test_a_conflict_with_nothing_known_is_told(tmp_path: Path):
    people = [EXPERTS, ["张三", "企业", "", "P-11"]]
    submission = read(tmp_path, {"s": [LONG, ["张三", "P-1", "a", 70]], "专家": people})
    assert codes(submission) == ["E921"]


def test_unknown_experts_and_results(tmp_path: Path):
    rows = [["张三丰", "P-1", "a", 70], ["张三", "P-9", "a", 70], ["张三", "P-1", "a", 60]]
    people = [["姓名", "组别"], ["张三", "企业"]]
    listed = [RESULTS, ["P-1", "A", "", ""]]
    submission = read(tmp_path, {"s": [LONG, *rows], "专家": people, "成果": listed})
    assert scores(submission) == {("张三", "P-1", "a", 60)}
    assert codes(submission) == ["E910", "E909"]
    (near,) = [f for f in submission.findings if f.code == "E910"]
    assert "张三" in near.sentence("zh")


def test_sheets_of_people_with_faults(tmp_path: Path):
    people = [
        ["姓名", "组别", "权重", "最多"],
        ["张三", "企业", "很大", 5],
        ["张三", "高校", 1, 5],
        ["李四", "高校", 2, -1],
    ]
    submission = read(tmp_path, {"s": [LONG, ["张三", "P-1", "a", 70]], "专家": people})
    assert codes(submission) == ["E919", "E920", "E919"]
    assert submission.experts["张三"].group == "企业"
    assert submission.experts["李四"].weight == 2
    assert submission.experts["张三"].most == 5
    assert submission.experts["李四"].most is None


def test_a_formula_without_result_and_an_error_are_told(tmp_path: Path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(LONG)
    book.active.append(["张三", "P-1", "a", "=40+40"])
    book.save(tmp_path / "f.xlsx")
    submission = read_panel([tmp_path / "f.xlsx"])
    assert "V409" in codes(submission)
    assert len(submission.scores) == 0


def test_no_scores_at_all(tmp_path: Path):
    assert codes(read(tmp_path, {"s": [["a", "b"], [1, 2]]})) == ["E901"]


def test_sheets_that_nobody_has_filled_in_yet(tmp_path: Path):
    assert codes(read(tmp_path, {"s": [LONG, ["张三", "P-1", "a", None]]})) == ["E928"]


def test_a_file_that_cannot_be_read(tmp_path: Path):
    (tmp_path / "x.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(UnreadableInputError):
        read_panel([tmp_path / "x.xlsx"])


def test_times_of_day_are_kept(tmp_path: Path):
    rows = [["张三", f"P-{n}", "a", 70, datetime.datetime(2026, 5, 2, 9, n)] for n in range(3)]
    at = read(tmp_path, {"s": [[*LONG, "日期"], *rows]}).scores.at
    assert np.allclose(np.diff(np.sort(at)), 1 / 1440)


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((2, None, 3), ["E930"]),
        ((1, None, 1), []),
        ((None,) * 3, []),
        ((None, 0, None), ["E930"] * 2),
    ],
)
def test_a_weight_that_is_not_stated_beside_others_is_told(tmp_path: Path, weights, told):
    people = [["姓名", "权重"], *([f"E{n}", w] for n, w in enumerate(weights))]
    submission = read(tmp_path, {"s": [LONG, ["E0", "P-1", "a", 70]], "专家": people})
    assert [c for c in codes(submission) if c == "E930"] == told
    assert [e.weight for e in submission.experts.values()] == [
        1 if w is None else w for w in weights
    ]
