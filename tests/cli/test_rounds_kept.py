"""Rounds kept in a store: what fund and rank put there, what is listed, shown and taken out."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from pilotscore.store import open_store
from pilotscore.store.rounds import edited_members, read_round
from tests.cli.test_commands import run
from tests.cli.test_fund import THREE, files
from tests.store.making import report

__all__ = ["files"]


@pytest.fixture(params=["rounds.db", "folder"])
def kept(request, files, tmp_path: Path):
    args, store = files([*THREE, ("P-4", 9, None)]), tmp_path / request.param
    done = run("fund", *args, "--store", store, lang="en")
    assert done.exit_code == 0, done.stderr
    assert "kept in" in done.stderr
    return store, args


def key_of(store: Path) -> str:
    opened = open_store(store)
    (entry,) = opened.rounds()
    opened.close()
    return entry.key


@pytest.mark.slow
def test_the_same_round_again_changes_nothing(kept):
    store, args = kept
    again = run("fund", *args, "--store", store, lang="en")
    assert "has this round already" in again.stderr
    assert len(json.loads(run("rounds", "list", store, "--json").stdout)["rounds"]) == 1


@pytest.mark.slow
def test_scores_and_decisions_are_those_that_the_round_tells(kept, tmp_path: Path):
    store, args = kept
    shown = json.loads(run("rounds", "show", store, "--json").stdout)["results"]
    told = json.loads(run("fund", *args, "--json").stdout)["decisions"]
    for one in told:
        other = next(row for row in shown if row["id"] == one["id"])
        for name in ("rank", "grade", "decision", "award"):
            assert one[name] == other[name], (one["id"], name)
        assert one["index"] is None or one["index"] == pytest.approx(other["index"], abs=1e-6)
    scores = json.loads(run("rank", args[0], *args[3:], "--json").stdout)["ranking"]
    for one in scores:
        other = next(row for row in shown if row["id"] == one["id"])
        assert all(
            other[name] == pytest.approx(score, abs=1e-6)
            for name, score in one["scores"].items()
            if score is not None
        )


@pytest.mark.slow
def test_a_round_is_taken_out_as_it_was_put_there(kept, tmp_path: Path):
    store, args = kept
    saved, out, table = (tmp_path / x for x in ("saved.pilot", "out.pilot", "out.csv"))
    assert run("fund", *args, "--save", saved).exit_code == 0
    done = run("rounds", "export", store, key_of(store)[:6], "-o", out, "-o", table)
    assert done.exit_code == 0, done.stderr
    assert out.read_bytes() == saved.read_bytes()
    with table.open(encoding="utf-8-sig") as file:
        assert {row["ID"] for row in csv.DictReader(file)} == {"P-1", "P-2", "P-3", "P-4"}
    assert run("rounds", "export", store).exit_code == 2


@pytest.mark.slow
def test_saved_files_are_put_into_a_store_all_or_none(kept, tmp_path: Path):
    _, args = kept
    saved, other = tmp_path / "saved.pilot", tmp_path / "no.pilot"
    run("rank", args[0], *args[3:], "--save", saved)
    other.write_bytes(b"no round")
    fresh = tmp_path / "fresh.db"
    assert run("rounds", "add", fresh, saved, other).exit_code == 3
    assert not fresh.exists()
    assert run("rounds", "add", fresh, saved, lang="en").exit_code == 0
    assert "already" in run("rounds", "add", fresh, saved, lang="en").stderr


@pytest.mark.slow
def test_one_result_shows_values_scores_and_evidence(kept):
    store, _ = kept
    for lang, words in (("zh", "得分"), ("en", "Score")):
        done = run("rounds", "show", store, "latest", "p-1", lang=lang)
        assert words in done.stdout
        assert "P-1" in done.stdout
    data = json.loads(run("rounds", "show", store, "latest", "P-1", "--json").stdout)
    assert [row["round"] for row in data["history"]] == [key_of(store)]
    assert {row["indicator"] for row in data["indicators"]} == set(data["result"]) & {
        row["indicator"] for row in data["indicators"]
    }
    wrong = run("rounds", "show", store, "latest", "P-11", lang="en")
    assert wrong.exit_code == 2
    assert "did you mean P-1" in wrong.stderr


@pytest.mark.slow
def test_what_came_of_results_stands_beside_them(kept):
    store, _ = kept
    opened = open_store(store)
    opened.add_follow_up(report(key_of(store), ("P-1", "10", "reached"), ("P-3", "10", "lost")))
    opened.close()
    data = json.loads(run("rounds", "show", store, "--json", lang="en").stdout)["results"]
    assert {row["id"]: row["outcome_10"] for row in data} == {
        "P-1": "reached",
        "P-2": None,
        "P-3": "lost to follow-up",
        "P-4": None,
    }
    assert "2027-11-30" in run("rounds", "show", store, lang="en").stdout
    assert (
        json.loads(run("rounds", "list", store, "--json").stdout)["rounds"][0]["followed_up"] == 2
    )


@pytest.mark.slow
def test_a_ranking_is_saved_and_holds_when_it_is_ranked_anew(files, tmp_path: Path):
    args = files(THREE)
    saved = tmp_path / "ranked.pilot"
    done = run("rank", args[0], *args[3:], "--method", "topsis", "--save", saved)
    assert done.exit_code == 0, done.stderr
    assert "ranked anew" in run("verify", saved, lang="en").stdout
    for command in (
        ("explain", saved, "P-1"),
        ("appeal", saved, "--template", tmp_path / "x.xlsx"),
    ):
        refused = run(*command, lang="en")
        assert refused.exit_code == 2
        assert "nothing was decided" in refused.stderr
    for lang in ("zh", "en"):  # ranks are compared by another command, which is named
        refused = run("compare", saved, saved, lang=lang)
        assert refused.exit_code == 2
        assert "pilotscore rounds compare rounds.db" in refused.stderr
    assert run("verify", saved, "--call", args[2]).exit_code == 2


@pytest.mark.slow
def test_scores_that_somebody_changed_in_a_round_are_named(files, tmp_path: Path):
    from pilotscore.store.rounds import HEAD, as_json, digest, seal_of, zipped

    args = files(THREE)
    saved = tmp_path / "saved.pilot"
    run("fund", *args, "--save", saved)
    back = read_round(saved)
    name = "columns/results.json"
    members = {**back.members, name: back.members[name].replace(b'"P-1"', b'"P-9"')}
    head = {**back.head, "members": {n: digest(c) for n, c in members.items()}}
    head["seal"] = seal_of(head)
    saved.write_bytes(zipped({HEAD: as_json(head), **members}))
    assert list(edited_members(read_round(saved))) == []  # whoever changed it sealed it anew
    done = run("verify", saved, lang="en")
    assert done.exit_code == 1
    assert f"{name} is not what is computed" in done.stdout


def test_a_store_is_refused_before_the_work_where_it_is_none(files, tmp_path: Path):
    args = files(THREE)
    (tmp_path / "notes.txt").write_text("notes")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE notes (x)")
    db.close()
    for store, code in (("notes.txt", 2), ("other.db", 3), ("nowhere/rounds.db", 2)):
        assert run("fund", *args, "--store", tmp_path / store).exit_code == code
    assert run("rounds", "list", tmp_path / "none.db").exit_code == 2
    assert not (tmp_path / "none.db").exists()
    assert run("fund", *args, "--without-inputs").exit_code == 2


@pytest.mark.slow
def test_which_round_is_meant_must_be_clear(files, tmp_path: Path):
    store = tmp_path / "rounds.db"
    for budget in ("6000万元", "9000万元"):
        assert run("fund", *files(THREE), "--budget", budget, "--store", store).exit_code == 0
    unclear = run("rounds", "show", store, lang="en")
    assert unclear.exit_code == 2
    assert "name one" in unclear.stderr
    assert "several rounds" in run("rounds", "show", store, "c", lang="en").stderr
    assert run("rounds", "show", store, "latest").exit_code == 0
    assert "no round nowhere" in run("rounds", "show", store, "nowhere", lang="en").stderr


@pytest.mark.slow
def test_a_round_after_an_appeal_says_which_it_replaces(files, tmp_path: Path):
    args, store = files(THREE), tmp_path / "rounds.db"
    saved, corrections = tmp_path / "round.pilot", tmp_path / "corrections.csv"
    run("fund", *args, "--save", saved, "--store", store)
    corrections.write_text(
        "result,item,old,new,who,why,date\nP-2,申请金额,60,40,Office,misread,2026-11-01\n",
        encoding="utf-8",
    )
    done = run("appeal", saved, corrections, "--store", store, lang="en")
    assert done.exit_code == 0, done.stderr
    first, second = json.loads(run("rounds", "list", store, "--json").stdout)["rounds"]
    assert first["replaced_by"] == second["key"]
    assert "replaced upon an appeal" in run("rounds", "list", store, lang="en").stdout
