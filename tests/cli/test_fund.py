from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotscore.criteria import data_folder
from pilotscore.workbook.open.sheets import is_own_report
from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, row, to_yaml, write_book

CALL: dict[str, Any] = {
    "id": "c",
    "version": "1",
    "title": {"zh": "征集", "en": "Call"},
    "criteria": "mini",
    "unit": "万元",
    "budget": {"total": 100},
    "grant": {"policy_range": False},
    "line": {"miss": "skip"},
}
PILOT = data_folder("examples") / "pilot"


@pytest.fixture
def files(tmp_path: Path, mini: Path):
    """Write a workbook of (id, TRL or cells, sum asked for) and a call; return the command's arguments."""

    def make(results: list[tuple[str, Any, Any]], **changes: Any) -> list[Any]:
        rows = []
        for name, trl, asked in results:
            cells = trl if isinstance(trl, dict) else {"trl": trl}
            rows.append([*row(id=name, **cells), asked, 1000, "甲所"])
        book = write_book(
            tmp_path / "b.xlsx", {"成果": [[*HEADERS, "申请金额", "中试成本", "单位"], *rows]}
        )
        call = tmp_path / "call.yaml"
        call.write_text(to_yaml({**CALL, **changes}), encoding="utf-8")
        return [book, "--call", call, "-c", mini, "--as-of", "2026-11-23"]

    return make


def awards(result) -> dict[str, float]:
    assert result.exit_code == 0, result.stderr
    return {d["id"]: d["award"] for d in json.loads(result.stdout)["decisions"]}


THREE = [("P-1", 9, 60), ("P-2", 8, 60), ("P-3", 7, 30)]


@pytest.mark.slow
def test_the_money_goes_down_the_list(files):
    args = files(THREE)
    assert awards(run("fund", *args, "--json")) == {"P-1": 60, "P-2": 0, "P-3": 30}
    assert awards(run("fund", *args, "--set", "line.miss=stop", "--json")) == {
        "P-1": 60,
        "P-2": 0,
        "P-3": 0,
    }
    assert awards(run("fund", *args, "--budget", "200万元", "--json")) == {
        "P-1": 60,
        "P-2": 60,
        "P-3": 30,
    }


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("miss", ["skip", "stop"])
def test_how_each_rule_gives_out_the_money_is_said_in_the_language_asked_for(files, miss: str):
    args = files(THREE, line={"miss": miss, "partial": True})
    ways = {
        lang: [
            r["engine"] for r in json.loads(run("fund", *args, "--json", lang=lang).stdout)["rules"]
        ]
        for lang in ("zh", "en")
    }
    assert not any(c.isascii() and c.isalpha() for way in ways["zh"] for c in way)
    assert all(way.isascii() for way in ways["en"])
    assert ("passed over" in ways["en"][0]) == (miss == "skip")
    assert "in part" in ways["en"][0]
    assert ways["en"][1] == "integer programme: the portfolio is proved best"


@pytest.mark.slow
def test_every_decision_has_a_reason_in_both_languages(files):
    args = files([*THREE, ("P-4", 9, None)], reserve=1)
    for lang, word in (("zh", "候补第 1 位"), ("en", "reserve 1")):
        data = json.loads(run("fund", *args, "--json", lang=lang).stdout)
        reasons = {d["id"]: d["reason"] for d in data["decisions"]}
        assert all(reasons.values())
        assert word in reasons["P-2"]
    assert "no sum was asked for" in reasons["P-4"]
    assert "0.6 M CNY" in reasons["P-1"]
    assert "policy mini-policy 1.0, grade A" in reasons["P-1"]


def test_what_cannot_hold_together_is_told_in_the_words_of_the_call(files):
    args = files(
        THREE,
        required=["P-1", "P-2"],
    )
    result = run("fund", *args)
    assert result.exit_code == 1
    assert "cannot hold together" in result.stderr
    assert "budget.total" in result.stderr


def test_jumps_name_the_constraint(files):
    data = json.loads(run("fund", *files(THREE), "--json").stdout)
    jump = next(j for j in data["jumps"] if j["rule"] == "Rank order")
    assert (jump["id"], jump["lower"]) == ("P-2", "P-3")
    assert "budget.total" in jump["constraint"]


@pytest.mark.slow
def test_a_discussion_zone_and_a_draw_that_repeats(files):
    line = {
        "miss": "skip",
        "discussion": {
            "draws": 200,
            "sure": "99%",
            "out": "1%",
            "decide": "lottery",
            "lottery": {"source": "no. 7", "values": [["9", "18"], "2"]},
        },
    }
    close = [("P-1", 7, 60), ("P-2", 7, 60), ("P-3", 6, 60)]
    args = files(close, line=line, budget={"total": 100})
    first, again = (run("fund", *args, "--json") for _ in range(2))
    assert first.stdout == again.stdout
    data = json.loads(first.stdout)
    assert data["line"]["draws"] == 200
    if data["line"]["pool"]:
        assert any(text.startswith("key 9.18./2./") for text in data["line"]["record"])
    waits = files(
        close, line={**line, "discussion": {**line["discussion"], "lottery": {"source": "no. 7"}}}
    )
    decided = {d["decision"] for d in json.loads(run("fund", *waits, "--json").stdout)["decisions"]}
    assert ("to be drawn" in decided) == bool(data["line"]["pool"])


@pytest.mark.slow
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
    result = run(
        "fund",
        *files(
            [("P-1", 9, 60), ("P-2", 8, None), ("P-3", 7, 5)],
            grant={"min": 10, "policy_range": False},
        ),
    )
    assert "Q3: F701" in result.stderr
    assert "Q4: F703" in result.stderr
    assert result.exit_code == 0


@pytest.mark.slow
def test_the_example_at_80_columns(snapshot):
    done = run(
        "fund",
        PILOT / "pilot.xlsx",
        "--call",
        PILOT / "call.yaml",
        "--as-of",
        "2026-11-23",
        "--show",
        "8",
        "--lang",
        "zh",
        COLUMNS="80",
    )
    assert done.exit_code == 1
    assert done.stdout == snapshot


@pytest.mark.slow
def test_through_the_installed_script(files):
    book, *rest = files(THREE)
    done = script("fund", book, *rest, "--json")
    assert done.returncode == 0
    assert {d["id"]: d["award"] for d in json.loads(done.stdout)["decisions"]} == {
        "P-1": 60,
        "P-2": 0,
        "P-3": 30,
    }
    done = script("explain", book, "P-2", *rest, "--lang", "zh")
    assert (done.returncode, "即可获资助" in done.stdout) == (0, True)


@pytest.mark.slow
def test_the_portfolio_never_jumps_further_than_allowed():
    base = [
        "fund",
        PILOT / "pilot.xlsx",
        "--call",
        PILOT / "call.yaml",
        "--as-of",
        "2026-11-23",
        "--ways",
        "0",
        "--no-next-money",
        "--set",
        "line.discussion=null",
        "--set",
        "rule=portfolio",
        "--set",
        "objective=points_above",
    ]
    free = json.loads(run(*base, "--json").stdout)
    bound = json.loads(run(*base, "--set", "max_jump=5", "--json").stdout)
    points = [j["points"] for j in free["jumps"] if j["rule"] == "Portfolio"]
    assert max(points) > 5
    assert all(j["points"] <= 5 + 1e-6 for j in bound["jumps"] if j["rule"] == "Portfolio")
    assert bound["rules"][1]["objective"] <= free["rules"][1]["objective"] + 1e-6


@pytest.mark.slow
def test_decisions_go_on_top_and_are_priced(files, tmp_path: Path):
    decisions = tmp_path / "决定.csv"
    decisions.write_text(
        "编号,决定,金额,决定人,理由,日期\nP-2,资助,50万元,王处长,区域急需,2026-11-20\n",
        encoding="gb18030",
    )
    args = [*files(THREE), "--decisions", decisions]
    data = json.loads(run("fund", *args, "--json").stdout)
    assert {d["id"]: (d["recommended_award"], d["award"]) for d in data["decisions"]} == {
        "P-1": (60, 0),
        "P-2": (0, 50),
        "P-3": (30, 30),
    }
    one, together = data["overrides"]
    assert (one["who"], one["why"], one["date"]) == ("王处长", "区域急需", "2026-11-20")
    assert one["lost"] == together["lost"] > 0
    assert "displaced or given less: P-1" in one["effect"]
    assert data["manifest"]["decisions"]["file"] == "决定.csv"
    reasons = {d["id"]: d["reason"] for d in data["decisions"]}
    assert "王处长, 2026-11-20: 区域急需" in reasons["P-2"]
    assert "0.6 M CNY was recommended; changed by decisions" in reasons["P-1"]
    text = run("fund", *args, lang="zh").stdout
    assert "各项决定的代价" in text
    out = tmp_path / "o.xlsx"
    assert run("fund", *args, "-o", out).exit_code == 0
    assert "Overrides" in load_workbook(out).sheetnames


def test_faults_of_decisions_have_cells(files, tmp_path: Path):
    decisions = write_book(
        tmp_path / "d.xlsx",
        {
            "D": [
                ["id", "decision", "who", "why", "date"],
                ["P-1", "fund", "w", None, "2026-11-20"],
                ["P-8", "fund", "w", "x", "2026-11-20"],
            ]
        },
    )
    result = run("fund", *files(THREE), "--decisions", decisions)
    assert result.exit_code == 1
    assert "[D]!D2: F723" in result.stderr
    assert "[D]!A3: F731" in result.stderr or "[D]!B3: F731" in result.stderr
    assert not result.stdout
    missing = run("fund", *files(THREE), "--decisions", tmp_path / "no.csv")
    assert missing.exit_code == 3
    assert run("fund", *files(THREE), "--decisions", decisions, "-o", decisions).exit_code == 2


@pytest.mark.slow
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
    best = json.loads(
        run("explain", book, "P-1", *rest, "--set", "rule=portfolio", "--json").stdout
    )
    assert best["decision"]["flip"]["funded"]
    assert run("explain", book, "P-1", "--set", "floor=1").exit_code == 2
    assert "decision" not in json.loads(run("explain", book, "P-1", *rest[2:], "--json").stdout)


@pytest.mark.slow
def test_explain_of_the_example_at_80_columns(snapshot):
    done = run(
        "explain",
        PILOT / "pilot.xlsx",
        "CG-027",
        "--call",
        PILOT / "call.yaml",
        "--as-of",
        "2026-11-23",
        "--decisions",
        PILOT / "decisions.csv",
        "--lang",
        "zh",
        COLUMNS="80",
    )
    assert done.exit_code == 0
    assert done.stdout.partition("征集（示例）")[2] == snapshot


def test_another_budget_goes_over_the_stages_as_before(files):
    stages = {"stages": [{"id": "2026", "amount": 60}, {"id": "2027", "amount": 40}]}
    args = files(THREE, budget=stages)
    data = json.loads(run("fund", *args, "--budget", "200万元", "--json").stdout)
    assert data["budget"] == 200
    assert data["manifest"]["call"]["set"] == [
        "budget.stages.2026.amount=120万元",
        "budget.stages.2027.amount=80万元",
    ]
    assert run("fund", *args, "--budget", "many").exit_code == 2
    assert run("fund", *args, "--budget", "5 USD").exit_code == 2


@pytest.mark.slow
def test_next_money_and_the_cost_of_rules_are_on_every_output(files, tmp_path: Path):
    args = files(THREE, caps={"u": {"title": "单位", "by": "mode", "max": 70}})
    data = json.loads(run("fund", *args, "--json").stdout)["next_money"]
    assert [b["change"] for b in data["budget"]] == [-0.1, -0.05, -0.01, 0, 0.01, 0.05, 0.1, 0.2]
    assert [b["budget"] for b in data["budget"]][3] == 100
    assert [r["address"] for r in data["rules"]] == ["caps.u.max"]
    assert data["rules"][0]["portfolio_cost"] > 0
    text = run("fund", *args, lang="zh").stdout
    assert "下一笔钱买到什么" in text
    assert "caps.u.max" in text
    assert json.loads(run("fund", *args, "--no-next-money", "--json").stdout)["next_money"] is None
    out = tmp_path / "f.xlsx"
    assert run("fund", *args, "-o", out, lang="zh").exit_code == 0
    book = load_workbook(out)
    assert len(book["下一笔钱"]._charts) == 1
    assert book["规定的代价"].max_row == 2


@pytest.mark.slow
def test_who_gets_nothing_is_told_the_nearest_way_up(files):
    args = files([("P-1", 9, 60), ("P-2", 5, 60), ("P-3", 3, 30)], least_grade="A")
    found = json.loads(run("fund", *args, "--json").stdout)["decisions"]
    changes = {d["id"]: d["change"] for d in found}
    assert changes["P-1"] is None
    assert changes["P-3"].startswith("to grade A (index")  # the least grade that gets money
    assert "·" in changes["P-3"]
    short = json.loads(run("fund", *args, "--ways", "0", "--json").stdout)["decisions"]
    assert "pilotscore explain" in {d["id"]: d["change"] for d in short}["P-3"]


@pytest.mark.slow
def test_a_published_pool_its_record_and_another_pool(files, tmp_path: Path):
    close: list[tuple[str, Any, Any]] = [  # which is better depends on the weights
        ("P-1", {"trl": 7, "yield_rate": 90}, 60), ("P-2", {"trl": 6, "yield_rate": 100}, 60),
        ("P-3", {"trl": 8, "yield_rate": 80}, 60),
    ]  # fmt: skip
    lottery: dict[str, Any] = {"source": {"zh": "双色球", "en": "no. 7"}}
    line = {
        "miss": "skip",
        "discussion": {"draws": 100, "sure": "99%", "out": "1%", "decide": "lottery"},
    }

    def call(**changes: Any) -> list[Any]:
        return files(
            close,
            line={**line, "discussion": {**line["discussion"], "lottery": {**lottery, **changes}}},
        )

    pool = tmp_path / "pool.txt"
    due = run("fund", *call(), "--ways", "0", "-o", pool, "--show", "3")
    assert due.exit_code == 0, due.stderr
    assert "publish the pool" in due.stdout
    digest = next(
        x.split()[1]
        for x in pool.read_text(encoding="utf-8").splitlines()
        if x.startswith("pool-sha256")
    )
    assert digest in due.stdout
    record = tmp_path / "record.txt"
    args = call(pool_sha256=digest, values=[[3, 9, 14], "7"])
    done = run("fund", *args, "--ways", "0", "-o", record, "--show", "3")
    assert done.exit_code == 0, done.stderr
    assert "After the draw" in done.stdout
    assert run("call", "verify", record).exit_code == 0
    held = run("call", "verify", record, "--call", args[2])
    assert held.exit_code == 0, held.stderr
    assert "held against itself" not in held.stdout
    forged = tmp_path / "forged.txt"
    forged.write_text(
        record.read_text(encoding="utf-8").replace("no. 7", "no. 8"), encoding="utf-8"
    )
    assert run("call", "verify", forged, "--call", args[2]).exit_code == 1
    assert "key 3.9.14./7./" in record.read_text(encoding="utf-8")
    other = run("fund", *call(pool_sha256="0" * 64, values=["7"]))
    assert other.exit_code == 1
    assert "F712" in other.stderr
    refused = run("fund", *files(close), "-o", tmp_path / "another.txt")
    assert refused.exit_code == 2
    assert "record of a draw" in refused.stderr


@pytest.mark.slow
def test_nobody_to_fund_is_said_and_no_fault_of_ours(files, tmp_path: Path):
    args = files([("P-1", 9, None), ("P-2", 8, None)], rule="portfolio")
    out = [tmp_path / f"o.{kind}" for kind in ("xlsx", "csv", "json")]
    result = run("fund", *args, "--next-money", *[a for o in out for a in ("-o", o)], "--show", "5")
    assert result.exit_code == 0, result.stderr
    assert "not eligible 2" in result.stdout
    book, *rest = args
    assert run("explain", book, "P-1", *rest).exit_code == 0


@pytest.mark.slow
def test_a_conflict_names_its_lines_and_the_decisions_in_it(files, tmp_path: Path):
    args = files(THREE, required=["P-1", "P-2"])
    result = run("fund", *args)
    assert result.exit_code == 1
    lines = [x for x in result.stderr.splitlines() if "F714" in x]
    assert len(lines) == 3
    assert all("call.yaml:" in x for x in lines)
    decisions = tmp_path / "d.csv"
    decisions.write_text(
        "编号,决定,决定人,理由,日期\nP-1,不予资助,王,x,2026-11-20\n", encoding="utf-8"
    )
    bound = files(
        THREE, track="mode", tracks={"run": {"title": "连续", "min": 95}}, budget={"total": 120}
    )
    assert run("fund", *bound).exit_code == 0
    clash = run("fund", *bound, "--decisions", decisions)
    assert clash.exit_code == 1
    assert "F714" in clash.stderr
    assert "!A2: F736 the decision on P-1" in clash.stderr


def test_a_column_of_the_decisions_that_is_not_read_is_told(files, tmp_path: Path):
    decisions = tmp_path / "d.csv"
    decisions.write_text(
        "编号,决定,金额（万元）,决定人,理由,日期,备注\nP-3,资助,20,王,x,2026-11-20,y\n",
        encoding="utf-8",
    )
    result = run("fund", *files(THREE), "--decisions", decisions, "--json")
    assert awards(result)["P-3"] == 20
    assert "G1: F728" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
def test_rows_in_another_order_give_the_same_decisions(files, tmp_path: Path, rule: str):
    many = [(f"P-{k}", 9 - k % 6, 20 + 7 * k) for k in range(1, 13)]
    line = {"miss": "skip", "partial": True, "discussion": {"draws": 100}}
    levels = [{"id": "full", "title": "full"}, {"id": "part", "title": "part", "share": "60%"}]
    found = []
    for rows in (many, many[::-1], many[5:] + many[:5]):
        args = files(rows, rule=rule, line=line, levels=levels, budget={"total": 300})
        result = run("fund", *args, "--ways", "0", "--json")
        assert result.exit_code == 0, result.stderr
        data = json.loads(result.stdout)
        found.append({d["id"]: d for d in data["decisions"]})
    assert found[0] == found[1] == found[2]


@pytest.mark.slow
def test_prices_and_the_objective_are_in_the_files(files, tmp_path: Path):
    args = files(THREE)
    out = tmp_path / "f.xlsx"
    data = json.loads(run("fund", *args, "--json").stdout)
    (budget,) = data["prices"]
    assert (budget["address"], budget["bound"], budget["unit"]) == ("budget.total", 100, "10k CNY")
    # A fen more goes to what is cut at the line: at most its points, in 万元.
    assert 0 < budget["price"] <= 100
    assert run("fund", *args, "-o", out, "-o", tmp_path / "f.csv").exit_code == 0
    assert load_workbook(out)["Prices"].max_row == 2
    assert is_own_report(tmp_path / "f.csv")
    lines = (tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith("Call,Rule,Objective")
    assert all("c 1,rank order,points above the floor times money" in x for x in lines[1:])
    book, *rest = args
    told = json.loads(run("explain", book, "P-2", *rest, "--json").stdout)["decision"]
    assert told["charges"][0].startswith("0.6 M CNY of the budget: ")


@pytest.mark.slow
def test_every_limit_with_what_is_used_of_it(files, tmp_path: Path):
    args = files(
        THREE,
        track="mode",
        tracks={"run": {"title": "连续", "min": 30, "max": "95%"}},
        caps={"u": {"title": "单位", "by": "mode", "max_awards": 2}},
    )
    data = json.loads(run("fund", *args, "--json").stdout)
    used = {x["address"]: (x["least"], x["most"], x["awarded"], x["left"]) for x in data["limits"]}
    assert used == {
        "budget.total": (None, 100, 90, 10), "tracks.run.min": (30, None, 90, None),
        "tracks.run.max": (None, 95, 90, 5), "caps.u.max_awards[continuous]": (None, 2, 2, 0),
    }  # fmt: skip
    text = run("fund", *args, lang="zh").stdout
    assert "90 / 100 万元  余 10" in text
    out = tmp_path / "f.xlsx"
    assert run("fund", *args, "-o", out).exit_code == 0
    book = load_workbook(out)
    assert book["Limits used"].max_row == 5
    call = {row[0].value: row[1].value for row in book["Call"].iter_rows()}
    assert (call["budget.total"], call["tracks.run.max"]) == (100, "95%")


@pytest.mark.slow
def test_who_has_its_money_already_is_told_so(files):
    args = files(THREE, funded=[{"result": "P-1", "by": {"zh": "国家专项", "en": "the state"}}])
    found = json.loads(run("fund", *args, "--json").stdout)["decisions"]
    told = {d["id"]: (d["decision"], d["reason"]) for d in found}
    assert told["P-1"] == ("has money", "has its money already: the state")
    assert "has money 1" in run("fund", *args).stdout


def test_a_better_grade_that_brings_nothing_says_why(files):
    args = files(
        [("P-1", 9, 60), ("P-2", 5, 60)], grant={"policy_range": True}, budget={"total": 1000}
    )
    book, *rest = args
    told = json.loads(run("explain", book, "P-2", *rest, "--json").stdout)["decision"]
    assert told["award"] == 0
    assert all(step["award"] == 0 for step in told["improved"])
    text = run("explain", book, "P-2", *rest).stdout
    if told["improved"]:
        assert "still not funded (" in text


@pytest.mark.slow
def test_where_the_money_goes_by_every_property_with_a_chart_each(tmp_path: Path):
    out = tmp_path / "f.xlsx"
    result = run(
        "fund",
        PILOT / "pilot.xlsx",
        "--call",
        PILOT / "call.yaml",
        "--as-of",
        "2026-11-23",
        "--no-next-money",
        "--ways",
        "0",
        "--set",
        "line.discussion=null",
        "--json",
        "-o",
        out,
    )
    data = json.loads(result.stdout)
    views: dict[str, list[dict[str, Any]]] = {}
    for group in data["portfolio_view"]:
        views.setdefault(group["property"], []).append(group)
    assert {
        "Track",
        "Grade",
        "Instrument",
        "Institution",
        "Type of applicant",
        "Region",
        "Kind of innovation",
        "Mode of transfer",
    } <= set(views)
    awarded = sum(d["award"] for d in data["decisions"])
    asked = sum(d["asked"] for d in data["decisions"])
    for groups in views.values():
        assert sum(g["awarded"] for g in groups) == awarded
        assert sum(g["asked"] for g in groups) == asked
        assert sum(g["results"] for g in groups) == 40
        shares = [g["share_awarded"] for g in groups]
        assert groups[0]["concentration"] == pytest.approx(sum(s * s for s in shares))
    of_track = {d["track"]: 0.0 for d in data["decisions"]}
    for d in data["decisions"]:
        of_track[d["track"]] += d["award"]
    assert {g["group"]: g["awarded"] for g in views["Track"]} == of_track
    assert len(load_workbook(out)["Where it goes"]._charts) == len(views)


def test_why_nobody_is_eligible_is_on_screen(files):
    text = run("fund", *files([("P-1", 9, None), ("P-2", 8, 0), ("P-3", 9, None)])).stdout
    assert "why not eligible" in text
    assert "no sum was asked for: 2" in text
    assert "the sum asked for is not above 0: 1" in text


def test_a_negative_request_is_told_with_its_cell_and_gets_nothing(files):
    result = run("fund", *files([("P-1", 9, -5), ("P-2", 8, 30)]), "--json")
    assert result.exit_code == 1
    assert "Q2: V402 -5" in result.stderr
    assert {d["id"]: d["award"] for d in json.loads(result.stdout)["decisions"]} == {
        "P-1": 0,
        "P-2": 30,
    }


@pytest.mark.slow
def test_explain_takes_the_what_ifs_of_fund(files):
    book, *rest = files(THREE)
    told = [
        json.loads(run("explain", book, "P-2", *rest, *more, "--json").stdout)["decision"]["award"]
        for more in ([], ["--budget", "200万元"])
    ]
    assert told == [0, 60]
    assert run("explain", book, "P-2", "-c", rest[3], "--budget", "1万元").exit_code == 2


@pytest.mark.slow
def test_a_call_with_a_zone_is_decided_without_importing_scipy():
    """It takes a quarter of a second."""
    code = (
        "import sys, pilotscore\n"
        "from pilotscore.runs.fund import fund\n"
        "from pilotscore.views.fund.document import document\n"
        "report = fund(pilotscore.rank(sys.argv[1]), sys.argv[2])\n"
        "assert report.funded.line is not None\n"
        "document(report).record()\n"
        "assert 'scipy' not in sys.modules\n"
    )
    paths = [str(PILOT / name) for name in ("pilot.xlsx", "call.yaml")]
    done = subprocess.run(
        [sys.executable, "-c", code, *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_page_to_explore_has_the_decisions_and_what_each_index_is_made_of(files):
    from pilotscore.runs import assess as assess_run
    from pilotscore.runs.fund import fund
    from pilotscore.views.fund.document import document

    book, _, call, _, mini, *_ = files(THREE)
    report = fund(assess_run.rank([book], mini), call)
    make = document(report).explored
    assert make is not None
    explored = make()
    keys = [c.key for c in explored.table.columns]
    assert {*explored.shown, *explored.filters} <= set(keys)
    assert "award" in {o.of for o in explored.overviews}
    names = [s.name for s in document(report).sheets()]
    assert [s.name for s in explored.beside()] == names[1:]
    b = explored.breakdown
    assert b is not None
    points = b.cells()[[c.key for c in b.columns].index(b.points)]
    for row_, parts in zip(explored.table.rows, zip(*points, strict=True), strict=True):
        assert sum(parts) == pytest.approx(row_[keys.index(b.of)])
    assert {key for key, _ in b.groups} <= set(keys)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "heads", "both"),
    [
        ("zh", ["赛道", "获资助概率"], "条件、建议与如何改变"),
        ("en", ["Track", "Chance"], "Conditions, advice, what would change it"),
    ],
)
def test_the_list_on_paper_has_track_chance_and_what_would_change_it(
    files, tmp_path: Path, lang: str, heads: list[str], both: str
):
    out = tmp_path / "f.xlsx"
    assert run("fund", *files(THREE), "--no-next-money", "-o", out, lang=lang).exit_code == 0
    sheets = load_workbook(out).worksheets
    rows = list(sheets[0].iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if {*heads, both} <= {*row})
    head, *data = sheets[-1].iter_rows(values_only=True)
    conditions = head.index("条件与建议 Conditions and advice")
    change = head.index("如何改变 What would change it")
    printed = rows[top].index(both)
    for shown, flat in zip(rows[top + 1 :], data, strict=True):
        needed, ways = ((x or "").splitlines() for x in (flat[conditions], flat[change]))
        if len(ways) > 4:
            more = f"{len(ways) - 3} more on the sheet Data"
            ways = [
                *ways[:3],
                f"… {more}" if lang == "en" else f"……另 {len(ways) - 3} 行见“数据”工作表",
            ]
        lines = [*needed, *ways]
        assert (shown[printed] or "") == "\n".join(dict.fromkeys(lines))
