"""``panel issue``, ``collect`` and ``replace`` as people use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run, script
from tests.conftest import write_book
from tests.runs.test_panel_sheets import EXPERTS, PAIRS, RESULTS, fill


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    rows = [[r, f"成果 {r}", e, "组"] for e, r in PAIRS]
    return write_book(tmp_path / "a.xlsx", {"分配": [["编号", "成果名称", "专家", "组别"], *rows]})


@pytest.mark.slow
def test_out_back_and_on_to_the_report(assignment: Path, tmp_path: Path):
    folder = tmp_path / "out"
    done = run("panel", "issue", assignment, "--indicator", "技术", "-o", folder, "--lang", "zh")
    assert done.exit_code == 0
    assert sorted(p.name for p in folder.iterdir()) == sorted(f"{e}.xlsx" for e in "甲乙丙")
    assert run("panel", "issue", assignment, "--indicator", "技术", "-o", folder).exit_code == 2
    for path in folder.iterdir():
        fill(path)
    scores = tmp_path / "scores.csv"
    done = run("panel", "collect", folder, assignment, "-o", scores, lang="en")
    assert done.exit_code == 0
    shown = run("panel", "collect", folder, assignment, lang="en").stdout
    assert "filled in 3" in shown
    assert run("panel", "report", scores, "--json").exit_code == 0


def test_codes_are_for_the_secretary_alone(assignment: Path, tmp_path: Path):
    folder = tmp_path / "out"
    done = run("panel", "issue", assignment, "--indicator", "技术", "--blind", "-o", folder)
    assert "R01 = " in done.stderr
    assert sorted(p.name for p in folder.iterdir()) == ["R01.xlsx", "R02.xlsx", "R03.xlsx"]


def test_replace_writes_the_new_assignment(assignment: Path, tmp_path: Path):
    people = write_book(tmp_path / "p.xlsx", {"专家": EXPERTS, "成果": RESULTS})
    done = run("panel", "replace", "甲", assignment, people, "-o", tmp_path / "b.xlsx", lang="zh")
    assert done.exit_code == 0
    assert "P-1 改由 丁 评审" in done.stderr
    again = run("panel", "replace", "丁", tmp_path / "b.xlsx", people, "--json")
    assert again.exit_code == 0
    experts = {e["expert"]: e["results"] for e in json.loads(again.stdout)["experts"]}
    assert experts["丁"] == 0
    assert sum(experts.values()) == len(PAIRS)


def test_what_is_wrong_with_the_sheets_is_told_when_one_is_replaced(
    assignment: Path, tmp_path: Path
):
    people = write_book(tmp_path / "p.xlsx", {"专家": [*EXPERTS, EXPERTS[2]], "成果": RESULTS})
    done = run("panel", "replace", "甲", assignment, people, lang="en")
    assert done.exit_code == 1
    assert "E920" in done.stderr
    assert "P-1" in done.stdout


def test_one_workbook_is_one(tmp_path: Path):
    pairs = write_book(tmp_path / "a.xlsx", {"s": [["编号", "专家"], ["P-1", "\u202e甲"]]})
    done = run("panel", "issue", pairs, "--indicator", "a", "--blind", "-o", tmp_path, lang="en")
    assert f"wrote 1 workbook to {tmp_path}" in done.stderr
    assert "\u202e" not in done.stderr


def test_faults(assignment: Path, tmp_path: Path):
    assert run("panel", "collect", assignment).exit_code == 2
    assert run("panel", "collect", assignment, tmp_path / "no.xlsx").exit_code == 3
    assert run("panel", "issue", tmp_path / "no.xlsx", "-o", tmp_path / "x").exit_code == 3
    assert run("panel", "issue", assignment, "-o", tmp_path / "x").exit_code == 2
    assert run("panel", "collect", assignment, assignment, "--code", "R01").exit_code == 2


@pytest.mark.slow
def test_through_the_installed_script(assignment: Path, tmp_path: Path):
    done = script("panel", "issue", assignment, "--indicator", "a", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 3
