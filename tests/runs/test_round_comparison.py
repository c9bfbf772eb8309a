"""Who gained and who lost between two rounds, and by which change: each statement decided anew by hand."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_appeal import resealed
from tests.cli.test_commands import run
from tests.cli.test_fund import CALL
from tests.conftest import HEADERS, row, to_yaml, write_book

HEAD = [*HEADERS, "申请金额", "中试成本", "单位"]
Results = dict[str, tuple[int, float]]


class Office:
    """Writes rounds into a folder, decides them, and compares what was saved."""

    def __init__(self, folder: Path, mini: Path) -> None:
        self.folder, self.mini, self.count = folder, mini, 0

    def asked(self, results: Results, call: dict[str, Any], decisions: str = "") -> list[Any]:
        """Return the arguments of ``fund`` for a workbook of (TRL, sum asked for) and a call."""
        self.count += 1
        rows = [[*row(id=n, trl=trl), asked, 1000, "甲所"] for n, (trl, asked) in results.items()]
        book = write_book(self.folder / f"b{self.count}.xlsx", {"成果": [HEAD, *rows]})
        path = self.folder / f"call{self.count}.yaml"
        path.write_text(to_yaml({**CALL, **call}), encoding="utf-8")
        args = [book, "--call", path, "-c", self.mini, "--as-of", "2026-11-23"]
        if not decisions:
            return args
        table = self.folder / f"d{self.count}.csv"
        table.write_text(f"id,decision,amount,who,why,date\n{decisions}\n", encoding="utf-8")
        return [*args, "--decisions", table]

    def saved(self, results: Results, call: dict[str, Any], decisions: str = "") -> Path:
        path = self.folder / f"r{self.count}.pilot"
        done = run("fund", *self.asked(results, call, decisions), "--save", path)
        assert done.exit_code == 0, done.stderr
        return path

    def awards(self, results: Results, call: dict[str, Any], decisions: str = "") -> dict[str, Any]:
        """Return what a round gives, decided from its files alone."""
        done = run("fund", *self.asked(results, call, decisions), "--json")
        assert done.exit_code == 0, done.stderr
        return {d["id"]: (d["award"], d["decision"]) for d in json.loads(done.stdout)["decisions"]}


@pytest.fixture
def office(tmp_path: Path, mini: Path) -> Office:
    return Office(tmp_path, mini)


def compared(old: Path, new: Path) -> dict[str, Any]:
    done = run("compare", old, new, "--json")
    assert done.exit_code == 0, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    return data


A: Results = {"P-1": (9, 60), "P-2": (8, 60), "P-3": (7, 30)}


@pytest.mark.slow
def test_a_cell_alone_is_named(office):
    found = compared(office.saved(A, {}), office.saved({**A, "P-2": (8, 40)}, {}))
    assert [(c["kind"], c["text"]) for c in found["changes"]] == [
        ("cells", "P-2 Sum requested: 60 → 40")
    ]
    assert {m["id"]: (m["by"], m["alone"]) for m in found["moved"]} == {
        "P-2": (40, [1]),
        "P-3": (-30, [1]),
    }


@pytest.mark.slow
def test_the_budget_a_rule_and_a_decision_are_told_apart(office):
    old = office.saved(A, {"least_grade": "A"})
    for call, decisions, kind, text in (
        ({"budget": {"total": 160}, "least_grade": "A"}, "", "budget", "budget.total: 100 → 160"),
        ({"least_grade": "A", "line": {"miss": "stop"}}, "", "call", "line.miss: skip → stop"),
        ({"least_grade": "A"}, "P-1,decline,,W,left,2026-11-20", "decisions", "decision on P-1"),
    ):
        found = compared(old, office.saved(A, call, decisions))
        (change,) = found["changes"]
        assert change["kind"] == kind
        assert text in change["text"]
        assert found["moved"]
        assert all(m["alone"] == [1] for m in found["moved"])


@pytest.mark.slow
def test_changes_that_act_together_are_said_to(office):
    old = office.saved(A, {"budget": {"total": 60}})
    found = compared(old, office.saved({**A, "P-3": (9, 60)}, {"budget": {"total": 150}}))
    by_id = {m["id"]: m for m in found["moved"]}
    kinds = [c["kind"] for c in found["changes"]]
    assert kinds == ["cells", "cells", "budget"]
    joint = by_id["P-3"]
    assert joint["by"] == 60
    assert joint["alone"] == []
    assert joint["needed"] == [1, 2, 3]
    assert "jointly" in joint["cause"]


@pytest.mark.slow
def test_the_same_decision_on_other_grounds_is_told(office):
    plenty = {"budget": {"total": 500}}
    old, new = office.saved(A, plenty), office.saved({**A, "P-2": (9, 60)}, plenty)
    found = compared(old, new)
    assert found["moved"] == []
    assert [s["id"] for s in found["shifted"]] == ["P-2"]
    before, after = found["shifted"][0]["standing"].split(" → ")
    assert before != after
    assert "P-2" in run("compare", old, new).stdout.split("on other grounds (1)")[1]


@pytest.mark.slow
def test_a_chance_that_another_result_moved_is_a_ground(office):
    line = {"miss": "skip", "discussion": {"draws": 100, "sure": "99%", "out": "1%"}}
    call = {"budget": {"total": 60}, "line": line}
    two: Results = {"P-1": (7, 60), "P-2": (7, 60), "P-3": (4, 60)}
    found = compared(office.saved(two, call), office.saved({**two, "P-3": (7, 60)}, call))
    assert [m["id"] for m in found["moved"]] == ["P-3"]
    assert {s["id"]: s["chance"] for s in found["shifted"]} == {
        "P-1": ["50%", "33%"],
        "P-2": ["50%", "33%"],
    }


@pytest.mark.slow
def test_who_came_and_who_left_are_changes(office):
    old = office.saved({**A, "P-4": (9, 35)}, {})
    found = compared(old, office.saved({**A, "P-5": (9, 10)}, {}))
    assert [c["kind"] for c in found["changes"]] == ["left", "came"]
    by_id = {m["id"]: m for m in found["moved"]}
    assert by_id["P-4"]["after"] is None
    assert by_id["P-4"]["alone"] == [1]
    assert by_id["P-5"]["before"] is None


@pytest.mark.slow
def test_rounds_that_are_the_same_differ_in_nothing(office):
    found = compared(office.saved(A, {}), office.saved(A, {"title": "other"}))
    assert (found["changes"], found["moved"], found["shifted"]) == ([], [], [])


@pytest.mark.slow
def test_another_criteria_set_is_named_by_its_keys(office):
    old = office.saved(A, {})
    text = office.mini.read_text(encoding="utf-8")
    changed = text.replace("index: 80,", "index: 97,").replace(
        'version: "1.0"', 'version: "1.1"', 1
    )
    office.mini.write_text(changed, encoding="utf-8")
    found = compared(old, office.saved(A, {}))
    kinds = {c["kind"]: c for c in found["changes"]}
    assert {p["what"] for p in kinds["criteria"]["parts"]} >= {"grades.A.index"}


@pytest.mark.slow
def test_another_currency_and_a_book_beside_a_round_are_refused(office, tmp_path: Path):
    old = office.saved(A, {})
    for name in ("mini.yaml", "mini-policy.yaml"):
        path = office.mini.parent / name
        text = path.read_text(encoding="utf-8")
        dollars = text.replace("{zh: 万元, en: 10k CNY}", "{zh: 万美元, en: 10k USD}")
        path.write_text(dollars, encoding="utf-8")
    other = office.saved(A, {"unit": "万美元"})
    refused = run("compare", old, other)
    assert refused.exit_code == 2
    assert "two currencies: CNY and USD" in refused.stderr
    assert run("compare", old, tmp_path / "b1.xlsx").exit_code == 2
    assert run("compare", old, old, "-c", "pilot-maturity").exit_code == 2
    assert (
        run("compare", tmp_path / "b1.xlsx", tmp_path / "b1.xlsx", "--inputs", old).exit_code == 2
    )


@pytest.mark.slow
def test_rounds_without_their_workbooks_are_given_them(office, tmp_path: Path):
    paths = []
    for n, results in enumerate((A, {**A, "P-2": (8, 40)})):
        paths.append(tmp_path / f"bare{n}.pilot")
        args = office.asked(results, {})
        assert run("fund", *args, "--save", paths[-1], "--without-inputs").exit_code == 0
    assert "--inputs" in run("compare", *paths).stderr
    books = [f"--inputs={tmp_path / f'b{n}.xlsx'}" for n in (1, 2)]
    found = json.loads(run("compare", *paths, *books, "--json").stdout)
    assert {m["id"]: m["by"] for m in found["moved"]} == {"P-2": 40, "P-3": -30}


@pytest.mark.slow
def test_a_round_that_does_not_hold_explains_nothing(office):
    old, new = office.saved(A, {}), office.saved({**A, "P-2": (8, 40)}, {})
    resealed(new, {"record.en.json": lambda text: text.replace(b'"award": 40', b'"award": 41')})
    done = run("compare", old, new)
    assert done.exit_code == 3
    assert "decided anew is not what was saved" in done.stderr


@pytest.mark.slow
def test_every_output_says_it_in_both_languages(office, tmp_path: Path):
    old, new = office.saved(A, {}), office.saved(A, {"budget": {"total": 160}})
    for lang, words in (("zh", "变化 1 单独即足够"), ("en", "change 1 alone does it")):
        assert words in run("compare", old, new, lang=lang).stdout
        outputs = [tmp_path / f"{lang}.{x}" for x in ("xlsx", "csv", "md", "json")]
        done = run("compare", old, new, *itertools.chain(*(("-o", o) for o in outputs)), lang=lang)
        assert done.exit_code == 0, done.stderr
        for output in outputs[1:]:
            assert words in output.read_text(encoding="utf-8-sig")


# What may change between two random rounds: each on the state (results, call, decisions).
def _cell(results, call, decisions):
    return {**results, "P-2": (results["P-2"][0], 25)}, call, decisions


def _level(results, call, decisions):
    return {**results, "P-4": (9, results["P-4"][1])}, call, decisions


def _budget(results, call, decisions):
    return results, {**call, "budget": {"total": 170}}, decisions


def _rule(results, call, decisions):
    return results, {**call, "line": {"miss": "stop"}}, decisions


def _decline(results, call, decisions):
    return results, call, "P-1,decline,,W,left,2026-11-20"


def _leave(results, call, decisions):
    return {n: x for n, x in results.items() if n != "P-3"}, call, decisions


MAKING = {
    "cells": (_cell, _level),
    "budget": (_budget,),
    "call": (_rule,),
    "decisions": (_decline,),
    "left": (_leave,),
}
OF_CELL = {"P-2": _cell, "P-4": _level}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 3])
def test_what_is_said_of_changes_is_so_when_they_are_made_by_hand(office, seed):
    draw = random.Random(seed)
    state = (
        {f"P-{k}": (draw.randint(6, 9), draw.choice([20, 30, 45, 60])) for k in range(1, 6)},
        {"budget": {"total": draw.choice([80, 100, 120])}, "reserve": 2},
        "",
    )
    wanted = draw.sample([_cell, _level, _budget, _rule, _decline, _leave], 3)

    def after(makers) -> tuple[Any, ...]:
        now = state
        for make in makers:
            now = make(*now)
        return now

    found = compared(office.saved(*state), office.saved(*after(wanted)))
    before, due = office.awards(*state), office.awards(*after(wanted))
    moved = {n for n in (*before, *due) if before.get(n) != due.get(n)}
    assert {m["id"] for m in found["moved"]} == moved
    makers = [
        OF_CELL[c["text"][:3]] if c["kind"] == "cells" else MAKING[c["kind"]][0]
        for c in found["changes"]
    ]
    alone = [office.awards(*after([make])) for make in makers]
    path = [office.awards(*after(makers[: k + 1])) for k in range(len(makers))]
    without = [office.awards(*after(makers[:k] + makers[k + 1 :])) for k in range(len(makers))]
    for m in found["moved"]:
        name = m["id"]
        had, has = (x.get(name, (0, ""))[0] for x in (before, due))
        assert m["by"] == has - had
        assert sum(part["by"] for part in m["in_order"]) == m["by"]
        assert m["alone"] == [k for k, x in enumerate(alone, 1) if x.get(name) == due.get(name)]
        if not m["alone"]:
            kept = [k for k, x in enumerate(without, 1) if x.get(name) != due.get(name)]
            assert m["needed"] == kept
        last = had
        for k, x in enumerate(path, 1):
            now = x.get(name, (0, ""))[0]
            share = sum(part["by"] for part in m["in_order"] if part["changes"] == [k])
            assert share == now - last
            last = now
