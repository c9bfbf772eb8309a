"""``learn``: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotscore.criteria import load_criteria
from pilotscore.runs.learn_weights import NotWeighed
from pilotscore.views.learn.phrases import not_carried
from tests.cli.test_commands import run
from tests.runs.outcomes_store import set_text, store_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learn")
    store_of(folder / "rounds.db", (400, 400)).close()
    store_of(folder / "few.db", (40,)).close()
    (folder / "small.yaml").write_text(set_text(), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_page_and_the_files(folder: Path, tmp_path: Path):
    out = tmp_path / "learn.xlsx"
    done = run("learn", folder / "rounds.db", "--cost", "200", "--value", "800", "-o", out)
    assert done.exit_code == 0, done.stderr
    book = load_workbook(out)
    assert book.sheetnames == [
        *("Grades", "Index", "Decision curve", "By time", "Indicators", "Conditions"),
        *("Weights", "Moves", "Data"),
    ]
    shown = run("learn", folder / "rounds.db", "--within", "3y")
    assert "within 36 months" in shown.stdout
    assert "Only funded results are seen" in shown.stdout
    data = json.loads(run("learn", folder / "rounds.db", "--json").stdout)
    assert data["within_months"] is None


@pytest.mark.slow
@pytest.mark.parametrize("level", ["dimensions", "indicators"])
def test_new_weights_are_a_file_that_extends_the_set(folder: Path, tmp_path: Path, level: str):
    new = tmp_path / "new.yaml"
    args = ("-c", folder / "small.yaml", "-w", new, "--level", level)
    done = run("learn", folder / "rounds.db", *args)
    assert done.exit_code == 0, done.stderr
    before, after = (load_criteria(p).criteria for p in (folder / "small.yaml", new))
    old, weights = ({d.id: d.weight for d in c.dimensions} for c in (before, after))
    assert sum(weights.values()) == pytest.approx(100)
    assert weights["tech"] > old["tech"]
    assert "only funded results are seen" in new.read_text(encoding="utf-8")
    # What it was scored by is as it was.
    assert (folder / "small.yaml").read_text(encoding="utf-8") == set_text()


@pytest.mark.slow
def test_what_the_data_do_not_support_is_not_written(folder: Path, tmp_path: Path):
    new = tmp_path / "new.yaml"
    done = run("learn", folder / "few.db", "-c", folder / "small.yaml", "-w", new)
    assert done.exit_code == 4
    assert not new.exists()
    assert "the data support no change" in done.stderr
    assert "too few outcomes" in done.stdout


@pytest.mark.parametrize(
    ("events", "weights", "why_not", "said"),
    [
        (13, 4, None, "weights (37 more)"),  # fifty at the least
        (0, 8, None, "weights (90 more)"),
        (60, 8, None, "weights (30 more)"),
        (60, 35, None, "weights (300 more)"),
        (90, 8, None, None),
        (0, 1, NotWeighed.ONE, None),  # no number of events would do
    ],
)
def test_how_many_events_weights_take_goes_by_how_many_they_are(events, weights, why_not, said):
    report: Any = SimpleNamespace(
        index=SimpleNamespace(events=events),
        weights=SimpleNamespace(items=[()] * weights, why_not=why_not),
    )
    words = not_carried(report)
    assert words is not None
    text = words.to("en")
    assert "weights" not in text if said is None else said in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-w", "new.yaml"], "-w needs -c"),
        (["--cost", "5"], "given together"),
        (["--cost", "0", "--value", "5"], "above 0"),
        (["--outcome", "patent"], "first_sale"),
        (["--round", "zz"], "no round has a seal"),
        (["-c", "pilot-maturity"], "other dimensions"),
        (["-c", "small.yaml", "-w", "new.md"], ".yaml"),
    ],
)
def test_what_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str):
    monkeypatch.chdir(folder)
    done = run("learn", "few.db", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (folder / "new.yaml").exists()


def test_no_store(tmp_path: Path):
    done = run("learn", tmp_path / "none.db")
    assert done.exit_code == 2
    assert "there is no store" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_sees(folder: Path, lang: str, snapshot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    args = ("--cost", 200, "--value", 800, "--within", "3y")
    assert run("learn", folder / "rounds.db", *args, lang=lang).stdout == snapshot
    assert run("learn", folder / "few.db", lang=lang).stdout == snapshot(name="few")
