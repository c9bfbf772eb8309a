"""Sheets out to experts and back: issue, collect, replace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.runs.panel_assign import Wanted
from pilotscore.runs.panel_collect import Answer, Collected, collect
from pilotscore.runs.panel_issue import issue
from pilotscore.runs.panel_replace import replace_expert
from pilotscore.workbook.panels.assigned import read_assigned
from pilotscore.workbook.panels.personal import read_personal
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.templates.panel_sheet import write_personal_sheet
from tests.cli.test_commands import run
from tests.conftest import write_book

PAIRS = [("甲", "P-1"), ("甲", "P-2"), ("乙", "P-1"), ("乙", "P-3"), ("丙", "P-2"), ("丙", "P-3")]
EXPERTS = [
    ["姓名", "组别", "单位", "回避", "最多"],
    ["甲", "企业", "a", "", 3],
    ["乙", "高校", "b", "", 3],
    ["丙", "高校", "c", "", 3],
    ["丁", "企业", "d", "P-2", 3],
    ["戊", "高校", "e", "", 3],
]
RESULTS = [
    ["编号", "成果名称", "完成单位"],
    ["P-1", "一", "x"],
    ["P-2", "二", "y"],
    ["P-3", "三", "z"],
]


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    rows = [[r, f"成果 {r}", e, "组"] for e, r in PAIRS]
    return write_book(tmp_path / "a.xlsx", {"分配": [["编号", "成果名称", "专家", "组别"], *rows]})


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return write_book(tmp_path / "people.xlsx", {"专家": EXPERTS, "成果": RESULTS})


def issued(assignment: Path, folder: Path, **settings: Any) -> Path:
    folder.mkdir(exist_ok=True)
    for name, personal in issue(assignment, names=["技术", "市场"], **settings).sheets:
        write_personal_sheet(folder / name, personal, "zh")
    return folder


def fill(path: Path, change: Callable[[Any], None] | None = None) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for r in range(4, sheet.max_row + 1):
        sheet.cell(r, 3).value, sheet.cell(r, 4).value = 80 + r, 70
    if change is not None:
        change(sheet)
    book.save(path)


def answers(made: Collected) -> dict[str, Answer]:
    return {a.expert: a.answer for a in made.answered}


def codes(made: Collected) -> list[str]:
    return [f.code for f in made.findings if f.severity != "info"]


@pytest.mark.slow
def test_what_goes_out_comes_back_as_scores(assignment: Path, tmp_path: Path):
    folder = issued(assignment, tmp_path / "out")
    for path in folder.iterdir():
        fill(path)
    made = collect([folder], assignment)
    assert set(answers(made).values()) == {Answer.WHOLE}
    s = made.submission.scores
    assert len(s) == 12
    assert {(e, r) for e, r in zip(s.expert, s.result, strict=True)} == set(PAIRS)
    assert set(s.indicator) == {"技术", "市场"}
    assert codes(made) == []


def test_who_has_not_answered_and_who_half(assignment: Path, tmp_path: Path):
    folder = issued(assignment, tmp_path / "out")

    def half(sheet: Any) -> None:
        sheet["C4"].value = sheet["D4"].value = None

    fill(folder / "乙.xlsx", half)
    (folder / "丙.xlsx").unlink()
    made = collect([folder], assignment)
    assert answers(made) == {"甲": Answer.BLANK, "乙": Answer.PARTIAL, "丙": Answer.NONE}
    of = {a.expert: a for a in made.answered}
    assert of["乙"].missing == ("P-1",)
    assert (of["乙"].scores, of["乙"].blanks) == (2, 2)


@pytest.mark.parametrize("cell", ["A4", "B4", "C3"])
def test_what_was_locked_and_changed_is_told(assignment: Path, tmp_path: Path, cell: str):
    folder = issued(assignment, tmp_path / "out")

    def change(sheet: Any) -> None:
        sheet[cell].value = "P-3"

    fill(folder / "甲.xlsx", change)
    assert "E926" in codes(collect([folder], assignment))


def test_a_sheet_of_another_assignment_is_told(assignment: Path, tmp_path: Path):
    folder = issued(assignment, tmp_path / "out")
    for path in folder.iterdir():
        fill(path)
    other = write_book(
        tmp_path / "b.xlsx", {"s": [["编号", "专家"], *[[r, e] for e, r in PAIRS[:-1]]]}
    )
    made = collect([folder], other)
    assert codes(made).count("E925") == 1  # the sheets of the two others are as they would be now
    assert codes(made).count("E927") == 1  # 丙 was not given P-3


@pytest.mark.slow
def test_blind_codes_stand_for_names(assignment: Path, tmp_path: Path):
    made = issue(assignment, names=["技术"], blind=True, seed=3)
    assert sorted(code for code, _ in made.codes) == ["R01", "R02", "R03"]
    folder = tmp_path / "out"
    folder.mkdir()
    for name, personal in made.sheets:
        assert name == f"{personal.expert}.xlsx"
        write_personal_sheet(folder / name, personal, "zh")
        fill(folder / name)
    assert {a.answer for a in collect([folder], assignment).answered} == {Answer.NONE}
    known = collect([folder], assignment, codes=dict(made.codes))
    assert {a.answer for a in known.answered} == {Answer.WHOLE}
    assert codes(known) == []


def test_a_recused_score_is_told(assignment: Path, people: Path, tmp_path: Path):
    folder = issued(assignment, tmp_path / "out")
    for path in folder.iterdir():
        fill(path)
    barred = [row if row[0] != "甲" else [*row[:3], "P-1", 3] for row in EXPERTS]
    book = write_book(tmp_path / "p2.xlsx", {"专家": barred, "成果": RESULTS})
    made = collect([folder, book], assignment)
    assert codes(made) == ["E914", "E914"]
    assert len(made.submission.scores) == 10


def test_bands_and_levels_bring_their_wording(assignment: Path, mini: Path):
    (_, first), *_ = issue(assignment, criteria=str(mini), names=["trl"]).sheets
    (item,) = first.items
    assert item.scale == (1, 9)
    (_, second), *_ = issue(assignment, criteria=str(mini)).sheets
    assert all(i.scale == (0, 100) for i in second.items)
    assert len(second.items) > 1
    with pytest.raises(UsageError, match="trk"):
        issue(assignment, criteria=str(mini), names=["trk"])


def test_the_same_bytes_and_everything_else_locked(assignment: Path, tmp_path: Path):
    a, b = (issued(assignment, tmp_path / n) / "甲.xlsx" for n in "ab")
    assert a.read_bytes() == b.read_bytes()
    sheet = openpyxl.load_workbook(a).worksheets[0]
    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert not sheet["C4"].protection.locked
    personal = read_personal(a)
    assert (personal.expert, personal.unchanged) == ("甲", True)
    assert read_personal(assignment) is None


def test_what_is_no_assignment(people: Path, tmp_path: Path):
    with pytest.raises(UnreadableInputError):
        issue(people, names=["a"])
    (tmp_path / "x.xlsx").write_text("nothing")
    with pytest.raises(UnreadableInputError):
        issue(tmp_path / "x.xlsx", names=["a"])
    with pytest.raises(UsageError):
        issue(write_book(tmp_path / "c.xlsx", {"s": [["编号", "专家"], ["P", "E"]]}))


def test_one_who_steps_down_is_replaced_within_the_rules(assignment: Path, people: Path):
    made = replace_expert("甲", assignment, [people], Wanted())
    moved = dict(made.moved)
    assert moved["P-1"] == "丁"  # of the same group
    assert moved["P-2"] in {"乙", "戊"}  # 丁 keeps out of it, 丙 has it
    chosen = made.report.assignment.chosen
    names = [e.name for e in made.report.experts]
    stays = {(e, r) for e, r in PAIRS if e != "甲"}
    now = {(names[e], made.report.results[r].id) for r, e in np.argwhere(chosen).tolist()}
    assert stays <= now
    assert not any(e == "甲" for e, _ in now)
    assert len(now) == len(PAIRS)


def test_sheets_that_are_out_hold_after_somebody_else_stepped_down(
    assignment: Path, people: Path, tmp_path: Path
):
    folder = issued(assignment, tmp_path / "out")
    (folder / "甲.xlsx").unlink()
    for path in folder.iterdir():
        fill(path)
    made = replace_expert("甲", assignment, [people], Wanted())
    chosen, report = made.report.assignment.chosen, made.report
    pairs = [
        [report.results[r].id, report.experts[e].name] for r, e in np.argwhere(chosen).tolist()
    ]
    after = write_book(tmp_path / "b.xlsx", {"s": [["编号", "专家"], *pairs]})
    grown = {e for r, e in made.moved}
    told = [f for f in collect([folder], after).findings if f.severity == "error"]
    assert {f.values["expert"] for f in told} == grown & {"乙", "丙"}


@pytest.mark.parametrize(("expert", "result"), [("己", "P-1"), ("乙", "P-9")])
def test_no_pair_of_an_assignment_is_lost(people: Path, tmp_path: Path, expert: str, result: str):
    pairs = [[r, e] for e, r in (*PAIRS, (expert, result))]
    book = write_book(tmp_path / "a.xlsx", {"s": [["编号", "专家"], *pairs]})
    with pytest.raises(UsageError, match=expert if expert == "己" else result):
        replace_expert("甲", book, [people], Wanted())


@pytest.mark.slow
def test_what_is_scored_stays(assignment: Path, people: Path, tmp_path: Path):
    folder = issued(assignment, tmp_path / "out")

    def only_the_first(sheet: Any) -> None:
        sheet["C5"].value = sheet["D5"].value = None

    fill(folder / "甲.xlsx", only_the_first)
    made = replace_expert("甲", assignment, [people], Wanted(), scores=[folder])
    assert made.kept == ("P-1",)
    assert [r for r, _ in made.moved] == ["P-2"]
    fill(folder / "甲.xlsx")
    assert replace_expert("甲", assignment, [people], Wanted(), scores=[folder]).moved == ()


def test_nobody_can_step_in(assignment: Path, tmp_path: Path):
    few = write_book(tmp_path / "f.xlsx", {"专家": EXPERTS[:4], "成果": RESULTS})
    full = [row if n == 0 else [*row[:4], 2] for n, row in enumerate(EXPERTS[:4])]
    book = write_book(tmp_path / "g.xlsx", {"专家": full, "成果": RESULTS})
    assert replace_expert("甲", assignment, [few], Wanted()).report.assignment is not None
    made = replace_expert("甲", assignment, [book], Wanted())
    assert made.report.assignment is None
    assert made.report.repairs


def test_an_expert_who_is_not_in_it(assignment: Path, people: Path):
    with pytest.raises(UsageError, match="庚"):
        replace_expert("庚", assignment, [people], Wanted())


@pytest.mark.slow
def test_sheets_of_another_criteria_set_are_told(assignment: Path, mini: Path, tmp_path: Path):
    folder = tmp_path / "out"
    folder.mkdir()
    for name, personal in issue(assignment, criteria=str(mini), names=["trl"]).sheets:
        write_personal_sheet(folder / name, personal, "zh")
    newer = tmp_path / "newer.yaml"
    newer.write_text(mini.read_text("utf-8").replace('version: "1.0"', 'version: "2.0"'), "utf-8")
    assert codes(collect([folder], assignment, criteria=str(mini))) == ["E928"]
    assert codes(collect([folder], assignment, criteria=str(newer))).count("E933") == 3
    found = collect([folder], assignment, criteria=str(newer)).findings
    cells = [(f.place.sheet, f.place.cell) for f in found if f.code == "E933"]
    assert cells == [("_pilotscore_panel", "B4")] * 3
    # Without a set, the sheets are held against each other.
    for name, personal in issue(assignment, criteria=str(newer), names=["trl"]).sheets[:1]:
        write_personal_sheet(folder / name, personal, "zh")
    assert codes(collect([folder], assignment)).count("E933") == 1


@pytest.mark.slow
def test_the_scale_goes_out_and_comes_back(assignment: Path, tmp_path: Path):
    folder = issued(assignment, tmp_path / "out", scale=(0, 10))
    for path in folder.iterdir():
        fill(path, lambda sheet: [setattr(c, "value", 3) for r in sheet["C4:D5"] for c in r])
    made = collect([folder], assignment)
    assert dict(made.submission.scales) == {"技术": (0, 10), "市场": (0, 10)}
    assert [f.code for f in made.findings] == []
    out = tmp_path / "scores.csv"
    assert run("panel", "collect", folder, assignment, "-o", out, lang="zh").exit_code == 0
    report = json.loads(run("panel", "report", out, "--json").stdout)
    assert report["scales"] == {"技术": [0, 10], "市场": [0, 10]}


@pytest.fixture
def second(people: Path, tmp_path: Path) -> Path:
    """Return the assignment of a second stage."""
    out = tmp_path / "second.xlsx"
    done = run("panel", "assign", people, "--each", 2, "--stage", 2, "-o", out, lang="zh")
    assert done.exit_code == 0, done.stderr
    return out


def fill_staged(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert [c.value for c in sheet[3]][2] == "轮次"
    for r in range(4, sheet.max_row + 1):
        assert sheet.cell(r, 3).value == "2"
        assert sheet.cell(r, 3).protection.locked
        sheet.cell(r, 4).value, sheet.cell(r, 5).value = 60 + r, 50
    book.save(path)


@pytest.mark.slow
def test_a_second_stage_goes_out_and_counts_as_one(assignment: Path, second: Path, tmp_path: Path):
    first, later = issued(assignment, tmp_path / "first"), issued(second, tmp_path / "later")
    for path in first.iterdir():
        fill(path)
    for path in later.iterdir():
        fill_staged(path)
    for folder, of, stage in ((first, assignment, 1), (later, second, 2)):
        made = collect([folder], of)
        assert set(answers(made).values()) == {Answer.WHOLE}
        assert codes(made) == []
        assert set(made.submission.scores.stage.tolist()) == {stage}
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    for folder, of, out in ((first, assignment, one), (later, second, two)):
        assert run("panel", "collect", folder, of, "-o", out, lang="zh").exit_code == 0
    report = json.loads(run("panel", "report", one, two, "--json").stdout)
    row = next(r for r in report["results"] if r["id"] == "P-1")
    assert row["stages"]["second"]["scores"] == 2
    assert row["value"] == row["stages"]["second"]["value"]


@pytest.mark.slow
def test_sheets_of_the_first_stage_do_not_answer_the_second(
    people: Path, second: Path, tmp_path: Path
):
    first = tmp_path / "first.xlsx"
    assert run("panel", "assign", people, "--each", 2, "-o", first).exit_code == 0
    folder = issued(first, tmp_path / "out")
    for path in folder.iterdir():
        fill(path)
    made = collect([folder], second)
    assert Answer.WHOLE not in answers(made).values()
    assert {"E925", "E927"} <= set(codes(made))


@pytest.mark.slow
def test_a_stage_that_was_changed_in_the_sheet_is_told(second: Path, tmp_path: Path):
    folder = issued(second, tmp_path / "later")
    path = next(folder.iterdir())
    fill_staged(path)
    fill(path, lambda sheet: setattr(sheet["C4"], "value", "1"))
    assert "E926" in codes(collect([folder], second))


def test_who_steps_down_in_the_second_stage_is_replaced_in_it(
    people: Path, second: Path, tmp_path: Path
):
    pairs = read_assigned(second)
    expert = pairs[0].expert
    mine = [p.result for p in pairs if p.expert == expert]
    rows = [["专家", "编号", "指标", "分数", "轮次"], *([expert, r, "技术", 80, 1] for r in mine)]
    scores = write_book(tmp_path / "s.xlsx", {"s": rows})
    made = replace_expert(expert, second, [people], Wanted(), scores=[scores])
    assert made.kept == ()  # what was scored in the first stage is not scored in the second
    assert made.report.wanted.stage == 2
    both = write_book(
        tmp_path / "both.xlsx",
        {"a": [["编号", "专家", "轮次"], ["P-1", "甲", 1], ["P-1", "乙", "复评"]]},
    )
    with pytest.raises(UsageError):
        replace_expert("甲", both, [people], Wanted())


def test_what_is_no_stage_in_an_assignment(tmp_path: Path):
    book = write_book(tmp_path / "a.xlsx", {"a": [["编号", "专家", "轮次"], ["P-1", "甲", "三"]]})
    with pytest.raises(UsageError):
        issue(book, names=["技术"])


def test_dates_of_scores_pass_through(assignment: Path, tmp_path: Path):
    head = ["专家", "编号", "指标", "分数", "日期"]
    rows = [[e, r, "技术", 80, f"2026-03-01 09:{n:02}"] for n, (e, r) in enumerate(PAIRS)]
    book = write_book(tmp_path / "s.xlsx", {"s": [head, *rows]})
    out = tmp_path / "o.csv"
    assert run("panel", "collect", book, assignment, "-o", out, lang="zh").exit_code == 0
    before, after = (read_panel([path]).scores for path in (book, out))
    assert sorted(before.at.tolist()) == pytest.approx(sorted(after.at.tolist()))
