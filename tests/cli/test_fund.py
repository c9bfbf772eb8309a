from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from pilotscore.criteria import data_folder
from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, row, write_book

CALL: dict[str, Any] = {
    "id": "c", "version": "1", "title": {"zh": "征集", "en": "Call"}, "criteria": "mini", "unit": "万元",
    "budget": {"total": 100}, "grant": {"policy_range": False}, "line": {"miss": "skip"},
}  # fmt: skip
PILOT = data_folder("examples") / "pilot"


@pytest.fixture
def files(tmp_path: Path, mini: Path):
    """Write a workbook of (id, TRL, sum asked for) and a call; return the arguments of the command."""

    def make(results: list[tuple[str, Any, Any]], **changes: Any) -> list[Any]:
        rows = [[*row(id=name, trl=trl), asked, 1000, "甲所"] for name, trl, asked in results]
        book = write_book(
            tmp_path / "b.xlsx", {"成果": [[*HEADERS, "申请金额", "中试成本", "单位"], *rows]}
        )
        call = tmp_path / "call.yaml"
        call.write_text(yaml.safe_dump({**CALL, **changes}, allow_unicode=True, sort_keys=False), encoding="utf-8")  # fmt: skip
        return [book, "--call", call, "-c", mini, "--as-of", "2026-11-23"]

    return make


def awards(result) -> dict[str, float]:
    assert result.exit_code == 0, result.stderr
    return {d["id"]: d["award"] for d in json.loads(result.stdout)["decisions"]}


THREE = [("P-1", 9, 60), ("P-2", 8, 60), ("P-3", 7, 30)]


def test_the_money_goes_down_the_list(files):
    args = files(THREE)
    assert awards(run("fund", *args, "--json")) == {"P-1": 60, "P-2": 0, "P-3": 30}
    assert awards(run("fund", *args, "--set", "line.miss=stop", "--json")) == {"P-1": 60, "P-2": 0, "P-3": 0}  # fmt: skip
    assert awards(run("fund", *args, "--budget", "200万元", "--json")) == {"P-1": 60, "P-2": 60, "P-3": 30}  # fmt: skip


def test_both_rules_the_objective_and_the_settings_are_on_every_output(files, tmp_path: Path):
    args = files(THREE)
    data = json.loads(run("fund", *args, "--set", "floor=10", "--json").stdout)
    assert [r["rule"] for r in data["rules"]] == ["Rank order", "Portfolio"]
    assert (data["objective"], data["floor"]) == ("score_money", 10)
    assert data["manifest"]["call"]["set"] == ["floor=10"]
    assert sum(d["award"] for d in data["decisions"]) == 90
    text = run("fund", *args).stdout
    assert "points above the floor times money (floor 0)" in text
    assert "Rank order" in text
    assert "Portfolio" in text


def test_every_decision_has_a_reason_in_both_languages(files):
    args = files([*THREE, ("P-4", 9, None)], reserve=1)
    for lang, word in (("zh", "候补第 1 位"), ("en", "reserve 1")):
        data = json.loads(run("fund", *args, "--json", lang=lang).stdout)
        reasons = {d["id"]: d["reason"] for d in data["decisions"]}
        assert all(reasons.values())
        assert word in reasons["P-2"]
    assert "no sum was asked for" in reasons["P-4"]
    assert "60 万元" in reasons["P-1"]
    assert "policy mini-policy 1.0, grade A" in reasons["P-1"]


def test_what_cannot_hold_together_is_told_in_the_words_of_the_call(files):
    args = files(
        THREE, required=["P-1", "P-2"],
    )  # fmt: skip
    result = run("fund", *args)
    assert result.exit_code == 1
    assert "cannot hold together" in result.stderr
    assert "budget.total" in result.stderr


def test_jumps_name_the_constraint(files):
    data = json.loads(run("fund", *files(THREE), "--json").stdout)
    jump = next(j for j in data["jumps"] if j["rule"] == "Rank order")
    assert (jump["id"], jump["lower"]) == ("P-2", "P-3")
    assert "budget.total" in jump["constraint"]


def test_a_discussion_zone_and_a_draw_that_repeats(files):
    line = {
        "miss": "skip",
        "discussion": {"draws": 200, "sure": "99%", "out": "1%", "decide": "lottery",
                       "lottery": {"source": "no. 7", "values": [["9", "18"], "2"]}},
    }  # fmt: skip
    close = [("P-1", 7, 60), ("P-2", 7, 60), ("P-3", 6, 60)]
    args = files(close, line=line, budget={"total": 100})
    first, again = (run("fund", *args, "--json") for _ in range(2))
    assert first.stdout == again.stdout
    data = json.loads(first.stdout)
    assert data["line"]["draws"] == 200
    if data["line"]["pool"]:
        assert any(text.startswith("key 9.18./2./") for text in data["line"]["record"])
    waits = files(close, line={**line, "discussion": {**line["discussion"], "lottery": {"source": "no. 7"}}})  # fmt: skip
    decided = {d["decision"] for d in json.loads(run("fund", *waits, "--json").stdout)["decisions"]}
    assert ("to be drawn" in decided) == bool(data["line"]["pool"])


def test_outputs_are_whole_and_repeat_to_the_byte(files, tmp_path: Path):
    args = files(THREE)
    for number in (1, 2):
        outs = [tmp_path / f"{number}.{kind}" for kind in ("xlsx", "csv", "json")]
        assert run("fund", *args, *[a for o in outs for a in ("-o", o)]).exit_code == 0
    for kind in ("xlsx", "csv", "json"):
        assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes()
    assert run("fund", *args, "-o", args[2]).exit_code == 2
    assert run("fund", *args, "-o", tmp_path / "x.pdf").exit_code == 2


def test_faults_of_the_call_have_lines(files):
    args = files(THREE, least_grade="Z", grant={"max": "5 USD"})
    result = run("fund", *args)
    assert result.exit_code == 1
    assert "call.yaml:" in result.stderr
    assert {"F602", "F606"} <= set(result.stderr.split())


def test_what_does_not_fit_the_results_is_told_with_its_cell(files):
    result = run("fund", *files([("P-1", 9, 60), ("P-2", 8, None), ("P-3", 7, 5)], grant={"min": 10, "policy_range": False}))  # fmt: skip
    assert "Q3: F701" in result.stderr
    assert "Q4: F703" in result.stderr
    assert result.exit_code == 0


def test_the_example_at_80_columns(snapshot):
    done = script("fund", PILOT / "pilot.xlsx", "--call", PILOT / "call.yaml", "--as-of", "2026-11-23",
                  "--show", "8", "--lang", "zh", COLUMNS="80")  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == snapshot


def test_the_portfolio_never_jumps_further_than_allowed():
    base = ["fund", PILOT / "pilot.xlsx", "--call", PILOT / "call.yaml", "--as-of", "2026-11-23",
            "--set", "line.discussion=null", "--set", "rule=portfolio", "--set", "objective=points_above"]  # fmt: skip
    free = json.loads(run(*base, "--json").stdout)
    bound = json.loads(run(*base, "--set", "max_jump=5", "--json").stdout)
    points = [j["points"] for j in free["jumps"] if j["rule"] == "Portfolio"]
    assert max(points) > 5
    assert all(j["points"] <= 5 + 1e-6 for j in bound["jumps"] if j["rule"] == "Portfolio")
    assert bound["rules"][1]["objective"] <= free["rules"][1]["objective"] + 1e-6


def test_decisions_go_on_top_and_are_priced(files, tmp_path: Path):
    decisions = tmp_path / "决定.csv"
    decisions.write_text(
        "编号,决定,金额,决定人,理由,日期\nP-2,资助,50万元,王处长,区域急需,2026-11-20\n",
        encoding="gb18030",
    )
    args = [*files(THREE), "--decisions", decisions]
    data = json.loads(run("fund", *args, "--json").stdout)
    assert {d["id"]: (d["recommended_award"], d["award"]) for d in data["decisions"]} == {
        "P-1": (60, 0), "P-2": (0, 50), "P-3": (30, 30),
    }  # fmt: skip
    one, together = data["overrides"]
    assert (one["who"], one["why"], one["date"]) == ("王处长", "区域急需", "2026-11-20")
    assert one["lost"] == together["lost"] > 0
    assert "displaced or given less: P-1" in one["effect"]
    assert data["manifest"]["decisions"]["file"] == "决定.csv"
    reasons = {d["id"]: d["reason"] for d in data["decisions"]}
    assert "王处长, 2026-11-20: 区域急需" in reasons["P-2"]
    assert "60 万元 was recommended; changed by decisions" in reasons["P-1"]
    text = run("fund", *args, lang="zh").stdout
    assert "各项决定的代价" in text
    out = tmp_path / "o.xlsx"
    assert run("fund", *args, "-o", out).exit_code == 0
    assert "Overrides" in load_workbook(out).sheetnames


def test_faults_of_decisions_have_cells(files, tmp_path: Path):
    decisions = write_book(
        tmp_path / "d.xlsx",
        {"D": [["id", "decision", "who", "why", "date"], ["P-1", "fund", "w", None, "2026-11-20"], ["P-8", "fund", "w", "x", "2026-11-20"]]},
    )  # fmt: skip
    result = run("fund", *files(THREE), "--decisions", decisions)
    assert result.exit_code == 1
    assert "[D]!D2: F723" in result.stderr
    assert "[D]!A3: F731" in result.stderr or "[D]!B3: F731" in result.stderr
    assert not result.stdout
    missing = run("fund", *files(THREE), "--decisions", tmp_path / "no.csv")
    assert missing.exit_code == 3
    assert run("fund", *files(THREE), "--decisions", decisions, "-o", decisions).exit_code == 2


def test_explain_tells_the_decision_of_a_call(files):
    args = files(THREE)
    book, rest = args[0], args[1:]
    data = json.loads(run("explain", book, "P-2", *rest, "--json").stdout)["decision"]
    assert data["award"] == 0
    assert data["flip"]["past"] == "P-1"
    assert data["flip"]["budget"] == 20
    assert data["flip"]["ask_at_most"] == 40
    text = run("explain", book, "P-2", *rest, lang="zh").stdout
    assert "预算多 20 万元 即可获资助" in text
    assert "若只申请 40 万元 即可获资助" in text
    best = json.loads(run("explain", book, "P-1", *rest, "--set", "rule=portfolio", "--json").stdout)  # fmt: skip
    assert best["decision"]["flip"]["funded"]
    assert run("explain", book, "P-1", "--set", "floor=1").exit_code == 2
    assert "decision" not in json.loads(run("explain", book, "P-1", *rest[2:], "--json").stdout)


def test_explain_of_the_example_at_80_columns(snapshot):
    done = script("explain", PILOT / "pilot.xlsx", "CG-027", "--call", PILOT / "call.yaml", "--as-of", "2026-11-23",
                  "--decisions", PILOT / "decisions.csv", "--lang", "zh", COLUMNS="80")  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.partition("征集（示例）")[2] == snapshot


def test_another_budget_goes_over_the_stages_as_before(files):
    stages = {"stages": [{"id": "2026", "amount": 60}, {"id": "2027", "amount": 40}]}
    args = files(THREE, budget=stages)
    data = json.loads(run("fund", *args, "--budget", "200万元", "--json").stdout)
    assert data["budget"] == 200
    assert data["manifest"]["call"]["set"] == [
        "budget.stages.2026.amount=120万元", "budget.stages.2027.amount=80万元",
    ]  # fmt: skip
    assert run("fund", *args, "--budget", "many").exit_code == 2
    assert run("fund", *args, "--budget", "5 USD").exit_code == 2
