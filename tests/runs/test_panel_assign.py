"""Experts and results from their sheets to an assignment, or to why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.errors import UsageError
from pilotscore.runs.panel_assign import Wanted, assign_panel, suitability
from pilotscore.workbook.panels.records import Expert, PanelResult
from tests.conftest import write_book

EXPERTS = ["姓名", "组别", "单位", "领域", "回避", "最多"]
RESULTS = ["编号", "成果名称", "完成单位", "领域", "技术就绪水平"]


def people(count: int = 6) -> list[list[Any]]:
    return [
        [f"E{n}", ("企业", "高校")[n % 2], f"单位{n}", ("膜分离", "电池")[n % 2], "", None]
        for n in range(count)
    ]


def book(tmp_path: Path, experts: list[list[Any]], results: int = 6) -> Path:
    listed = [
        [f"P-{n}", f"成果{n}", f"院{n}", ("膜分离技术", "电池材料")[n % 2], 6]
        for n in range(results)
    ]
    return write_book(
        tmp_path / "a.xlsx", {"专家": [EXPERTS, *experts], "成果": [RESULTS, *listed]}
    )


def test_groups_loads_and_conflicts_are_kept(tmp_path: Path):
    experts = people()
    experts[0][4] = "P-0；P-1"
    experts[1][5] = 2
    report = assign_panel(
        [book(tmp_path, experts)], Wanted(each=3, of_group={"企业": 1, "高校": 1})
    )
    chosen = report.assignment.chosen
    assert (chosen.sum(axis=1) == 3).all()
    assert not chosen[:2, 0].any()
    assert chosen[:, 1].sum() <= 2
    assert (chosen[:, [0, 2, 4]].sum(axis=1) >= 1).all()
    assert (chosen[:, [1, 3, 5]].sum(axis=1) >= 1).all()


def test_fields_decide_where_they_can(tmp_path: Path):
    report = assign_panel([book(tmp_path, people())], Wanted(each=1))
    for r in range(6):
        (expert,) = np.flatnonzero(report.assignment.chosen[r])
        assert expert % 2 == r % 2


def test_fields_of_both_and_titles_where_there_are_none():
    experts = [Expert("a", fields=("膜分离", "催化")), Expert("b", fields=("电池",)), Expert("c")]
    results = [
        PanelResult("1", fields=("膜分离",)),
        PanelResult("2", title="固态电池 电池 中试"),
        PanelResult("3"),
    ]
    table = suitability(experts, results)
    assert table[0].argmax() == 0
    assert table[0, 0] == 1
    assert table[1].argmax() == 1
    assert not table[:, 2].any()
    assert not table[2].any()


@pytest.mark.parametrize("wanted", [1, 2])
def test_a_group_without_experts_is_short_of_so_many(tmp_path: Path, wanted: int):
    report = assign_panel(
        [book(tmp_path, people())], Wanted(each=3, of_group={"投资": wanted}, load=6)
    )
    assert report.assignment is None
    group = report.groups.index("投资")
    assert [short[1:] for short in report.shortage.groups] == [(group, 0, wanted)] * 6
    (more,) = [r.more for r in report.repairs if r.what == "experts"]
    assert more == {group: wanted}


def test_why_not_and_what_would_help(tmp_path: Path):
    report = assign_panel([book(tmp_path, people(4))], Wanted(each=3, load=4))
    assert report.assignment is None
    assert report.shortage.supply == (16, 18)
    assert {r.what: r.places for r in report.repairs}["loads"] == 2


@pytest.mark.parametrize("which", ["keep", "change"])
def test_experts_of_a_previous_round(tmp_path: Path, which: str):
    from pilotscore.render.xlsx import write_xlsx
    from pilotscore.views.panel.assignment import document

    first = assign_panel([book(tmp_path, people(8))], Wanted(each=2, seed=1))
    write_xlsx(document(first), tmp_path / "first.xlsx", "zh")
    wanted = Wanted(each=2, seed=9, **{which: str(tmp_path / "first.xlsx")})
    second = assign_panel([book(tmp_path, people(8))], wanted)
    same = (first.assignment.chosen & second.assignment.chosen).sum()
    assert same == (12 if which == "keep" else 0)


def test_scores_of_a_previous_round_will_do(tmp_path: Path):
    scores = [["专家", "编号", "分数"], ["E0", "P-0", 70], ["E2", "P-0", 70]]
    previous = write_book(tmp_path / "s.xlsx", {"评分": scores})
    report = assign_panel([book(tmp_path, people())], Wanted(each=2, keep=str(previous)))
    assert report.assignment.chosen[0, [0, 2]].all()


def test_a_previous_round_of_nothing_is_refused(tmp_path: Path):
    empty = write_book(tmp_path / "e.xlsx", {"s": [["a"], [1]]})
    with pytest.raises(UsageError, match="previous"):
        assign_panel([book(tmp_path, people())], Wanted(keep=str(empty)))


def test_a_group_that_nobody_is_of_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="高校"):
        assign_panel([book(tmp_path, people())], Wanted(of_group={"高校院": 1}))


def test_holds_are_not_assigned_unless_asked(tmp_path: Path):
    experts = people(4)
    experts[0][2] = ""  # nothing to check by
    held = assign_panel([book(tmp_path, experts)], Wanted(each=2))
    assert not held.assignment.chosen[:, 0].any()
    taken = assign_panel([book(tmp_path, experts)], Wanted(each=2, holds=True))
    assert taken.assignment.chosen[:, 0].any()


def test_sheets_that_are_missing_are_told(tmp_path: Path):
    alone = write_book(tmp_path / "x.xlsx", {"专家": [EXPERTS, *people()]})
    report = assign_panel([alone], Wanted())
    assert report.problem is None
    assert [f.code for f in report.findings] == ["E924"]
