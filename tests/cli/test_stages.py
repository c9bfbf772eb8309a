"""What is told of long work, and what is kept when somebody interrupts it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.cli.stages import EVERY, Lines, stages_shown
from pilotscore.funding.stages import CHANCES, CORE, NEXT_MONEY, WAYS
from pilotscore.language import Text
from pilotscore.runs import assess as assess_run
from pilotscore.runs.fund import fund
from tests.conftest import AS_OF, HEADERS, row, to_yaml, write_book

CALL: dict[str, Any] = {
    "id": "c",
    "version": "1",
    "title": "c",
    "criteria": "mini",
    "unit": "万元",
    "budget": {"total": 100},
    "grant": {"policy_range": False},
    "line": {"miss": "skip", "discussion": {"draws": 100}},
}


def test_piped_a_line_comes_every_ten_seconds_and_none_before(capsys):
    now = [0.0]
    tell = Lines(lambda: now[0]).stage(Text("抽样", "drawing"))
    for second in range(0, 40, 3):
        now[0] = float(second)
        tell(second, 40)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == int(39 // (EVERY + 2))
    assert all("/40" in line for line in lines)


def test_short_work_says_nothing_where_stderr_is_no_terminal(capsys):
    with stages_shown() as stages:
        stages(CHANCES)(1, 2)
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def outcome(tmp_path: Path, mini: Path):
    rows = [[*row(id=f"P-{k}", trl=trl), 60, 1000] for k, trl in enumerate((9, 8, 7, 4), start=1)]
    book = write_book(tmp_path / "b.xlsx", {"成果": [[*HEADERS, "申请金额", "中试成本"], *rows]})
    (tmp_path / "call.yaml").write_text(to_yaml(CALL), encoding="utf-8")
    return assess_run.rank(book, mini, as_of=AS_OF), tmp_path / "call.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("stage", [CORE, NEXT_MONEY, WAYS])
def test_who_interrupts_keeps_what_is_decided(outcome, stage):
    def stages(name):
        def tell(done, total):
            if name is stage:
                raise KeyboardInterrupt

        return tell

    ranked, call = outcome
    whole = fund(ranked, call, next_money=True, ways=3)
    report = fund(ranked, call, next_money=True, ways=3, stages=stages)
    assert report.left_out == (stage,)
    assert report.funded.award().tolist() == whole.funded.award().tolist()
    assert report.funded.statuses == whole.funded.statuses
    assert any("interrupted" in note.to("en") for note in report.notes())
    assert not whole.left_out
    assert whole.sensitivity is not None
    assert (report.sensitivity is None) == (stage is not WAYS)


def test_before_the_chances_are_known_nothing_is_decided(outcome):
    def stages(name):
        def tell(done, total):
            if name is CHANCES:
                raise KeyboardInterrupt

        return tell

    with pytest.raises(KeyboardInterrupt):
        fund(*outcome, stages=stages)


@pytest.mark.slow
def test_each_stage_says_how_much_there_is_and_ends_with_all_of_it(outcome):
    told: dict[str, list[tuple[int, int]]] = {}

    def stages(name):
        steps = told.setdefault(name.to("en"), [])
        return lambda done, total: steps.append((done, total))

    fund(*outcome, next_money=True, ways=3, stages=stages)
    assert {CHANCES.en, CORE.en, NEXT_MONEY.en, WAYS.en} <= set(told)
    assert all(steps[-1][0] == steps[-1][1] for steps in told.values())
