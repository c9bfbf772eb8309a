from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.test_commands import run, script
from tests.conftest import MakeBook, row

AS_OF = ("--as-of", "2026-11-23")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_sees(
    book: MakeBook,
    mini: Path,
    lang: str,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("COLUMNS", "80")
    path = book(row(trl=3, yield_rate=80, run_hours=10, hazard="部分完成"))
    out = run("explain", path, "-c", mini, *AS_OF, lang=lang).stdout
    assert out.replace(str(path), "book.xlsx") == snapshot


def test_the_bars_add_up_to_the_index(book: MakeBook, mini: Path):
    path = book(row(trl=3, run_hours=10), row(id="P-2"))
    data = json.loads(run("explain", path, "p-1", "-c", mini, *AS_OF, "--json").stdout)
    assert sum(b["points"] for b in data["dimensions"]) == pytest.approx(data["index"], abs=1e-9)
    assert (data["id"], data["target"]) == ("P-1", "A")
    assert data["cheapest"]["grade"] == "A"
    assert data["cheapest_proven"] is True
    assert data["manifest"]["criteria"]["id"] == "mini"


def test_a_grade_may_be_named(book: MakeBook, mini: Path):
    path = book(row(trl=3, yield_rate=60, run_hours=10, hazard="部分完成", permit="否"))
    one = json.loads(run("explain", path, "-c", mini, *AS_OF, "--json").stdout)
    two = json.loads(run("explain", path, "-c", mini, *AS_OF, "--json", "--to", "a").stdout)
    assert (one["target"], two["target"]) == ("B", "A")
    assert two["cheapest"]["effort"] > one["cheapest"]["effort"]
    wrong = run("explain", path, "-c", mini, "--to", "Z")
    assert wrong.exit_code == 2
    assert "A, B, C" in wrong.stderr


def test_without_a_path_it_says_why(book: MakeBook, mini: Path):
    done = run("explain", book(row(fraud="是")), "-c", mini, *AS_OF)
    assert done.exit_code == 0
    assert "no path up as things stand" in done.stdout
    assert "misconduct" in done.stdout


@pytest.mark.slow
def test_through_the_installed_script(book: MakeBook, mini: Path):
    done = script("explain", book(row(trl=6)), "-c", mini, *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert "a single change" in done.stdout
    assert "7" in done.stdout


def test_the_scorecard_names_the_least_change(book: MakeBook, mini: Path):
    out = run("score", book(row(trl=6)), "-c", mini, *AS_OF).stdout
    assert "To reach A  Technology readiness level: 6 → 7" in out


def test_a_profile_is_named(book: MakeBook, mini: Path):
    text = mini.read_text(encoding="utf-8")
    text += (
        "profiles:\n  - {id: lab, title: {zh: 间歇, en: Batch}, weights: {tech: 80, safety: 20}}\n"
    )
    mini.write_text(text, encoding="utf-8")
    out = run("explain", book(row(trl=6)), "-c", mini, *AS_OF, "--profile", "lab").stdout
    assert "the weights of the profile “Batch”" in out
    assert "placeholders" not in out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "预算减少超过 1,500 万元 则不再获资助"),
        ("en", "not funded with more than 15 M CNY less of budget"),
    ],
)
def test_a_fen_more_than_a_round_sum_is_said_as_that_sum(lang: str, said: str):
    example = Path(__file__).parents[2] / "examples" / "pilot"
    words = (example / "pilot.xlsx", "CG-001", "--call", example / "call.yaml", *AS_OF)
    assert said in " ".join(run("explain", *words, lang=lang).stdout.split())
