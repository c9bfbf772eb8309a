"""Yes and no of a panel: counted by result, shown everywhere, in no value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilotscore.runs.panel import panel_report
from pilotscore.runs.panel_collect import collect
from pilotscore.runs.panel_rules import PanelRules
from pilotscore.views.panel.collected import record as collected
from pilotscore.views.panel.record import record
from tests.cli.test_commands import run
from tests.conftest import write_book

HEAD = ["专家", "编号", "指标", "分数", "评语"]
SCORED = [[f"E{e}", f"P-{r}", "水平", 60 + 5 * e + 9 * r, ""] for e in range(3) for r in range(2)]
SAID = [
    ["E0", "P-0", "充分", "是", ""],
    ["E1", "P-0", "充分", "否", "没有中试记录"],
    ["E2", "P-0", "充分", "是", ""],
    ["E0", "P-1", "充分", "是", ""],
]


@pytest.fixture
def both(tmp_path: Path) -> Path:
    return write_book(tmp_path / "b.xlsx", {"s": [HEAD, *SCORED, *SAID]})


def test_counts_and_reasons_beside_the_value_that_they_do_not_change(both: Path, tmp_path: Path):
    alone = write_book(tmp_path / "a.xlsx", {"s": [HEAD, *SCORED]})
    made, without = (panel_report([book], PanelRules()) for book in (both, alone))
    assert made.overall.aggregate.value.tolist() == without.overall.aggregate.value.tolist()
    assert record(made)["sufficiency"] == [
        {
            "id": "P-0",
            "indicator": "充分",
            "sufficient": False,
            "yes": 2,
            "no": 1,
            "reasons": [{"expert": "E1", "reason": "没有中试记录"}],
        },
        {"id": "P-1", "indicator": "充分", "sufficient": True, "yes": 1, "no": 0, "reasons": []},
    ]
    assert record(without)["sufficiency"] == []


def test_an_expert_whose_weight_is_0_does_not_make_it_insufficient(tmp_path: Path):
    people = [["姓名", "权重"], ["E0", 1], ["E1", 0], ["E2", 1]]
    book = write_book(tmp_path / "w.xlsx", {"s": [HEAD, *SCORED, *SAID], "专家": people})
    assert all(s.sufficient for s in panel_report([book], PanelRules()).sufficiency)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_shown_with_and_without_experts(both: Path, lang: str):
    shown = run("panel", "report", both, lang=lang)
    assert shown.exit_code == 0
    assert "没有中试记录" in shown.stdout
    assert {"zh": "2 项中 1 项充分", "en": "1 of 2 results sufficient"}[lang] in shown.stdout
    hidden = run("panel", "report", both, "--without-experts", lang=lang).stdout
    assert "P-0" in hidden
    assert "没有中试记录" not in hidden


def test_answers_alone_are_a_report_too(tmp_path: Path):
    book = write_book(tmp_path / "s.xlsx", {"s": [HEAD, *SAID]})
    out = tmp_path / "out.json"
    done = run("panel", "report", book, "-o", out, "-o", tmp_path / "out.xlsx")
    assert done.exit_code == 0, done.stderr
    assert [s["sufficient"] for s in json.loads(out.read_text())["sufficiency"]] == [False, True]


@pytest.mark.slow
def test_answers_come_back_with_what_is_collected(both: Path, tmp_path: Path):
    pairs = [["编号", "专家"], *([r, f"E{e}"] for r in ("P-0", "P-1") for e in range(3))]
    assignment = write_book(tmp_path / "as.xlsx", {"s": pairs})
    made = collect([both], assignment)
    assert {a.scores for a in made.answered} == {3, 4}
    assert len(collected(made)["answers"]) == len(SAID)
    out = tmp_path / "scores.csv"
    assert run("panel", "collect", both, assignment, "-o", out).exit_code == 0
    again = panel_report([out], PanelRules())
    assert record(again)["sufficiency"] == record(panel_report([both], PanelRules()))["sufficiency"]
