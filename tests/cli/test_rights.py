"""``pilotscore rights``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import icalendar
import pytest

from tests.cli.test_commands import run, script
from tests.conftest import write_book
from tests.runs.test_rights import EXAMPLE, book

DAY = ("--as-of", "2026-11-30")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("result", ["", "QY-02", "QY-04", "QY-09"])
def test_what_a_person_sees(
    lang: str, result: str, snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "80")
    # Where the example lies is not the same everywhere, and neither are lines with its path.
    shutil.copy(EXAMPLE, tmp_path / "rights.xlsx")
    monkeypatch.chdir(tmp_path)
    done = run("rights", "rights.xlsx", *filter(None, [result]), *DAY, "--lang", lang)
    assert done.exit_code == (1 if result in ("", "QY-02") else 0), done.stderr
    assert done.stdout == snapshot


@pytest.mark.slow
def test_every_output_is_the_same_twice(tmp_path: Path):
    path = book(tmp_path)
    for ending in ("xlsx", "csv", "json", "md", "ics"):
        made = []
        for n in (1, 2):
            file = tmp_path / f"{n}.{ending}"
            done = run("rights", path, *DAY, "-o", file)
            assert done.exit_code == 1, done.stderr  # a violation blocks
            made.append(file.read_bytes())
        assert made[0] == made[1], ending


@pytest.mark.slow
def test_a_picture_is_the_same_twice(tmp_path: Path):
    files = [tmp_path / f"{n}.svg" for n in "ab"]
    for file in files:
        assert run("rights", book(tmp_path), *DAY, "-o", file).exit_code == 1
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_calendar_has_ownership_and_rights_together(tmp_path: Path):
    file = tmp_path / "due.ics"
    assert run("rights", book(tmp_path), *DAY, "--due", "1y", "-o", file).exit_code == 1
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    said = " ".join(str(e["summary"]) for e in events)
    assert "Annual fee" in said
    assert said.count("Filing of a licence") == 1
    assert len({str(e["uid"]) for e in events}) == len(events)


@pytest.mark.slow
def test_violations_decide_the_exit_code_and_warnings_do_not(tmp_path: Path):
    path = book(tmp_path)
    assert run("rights", path, "R-1", *DAY).exit_code == 1
    assert run("rights", path, "R-2", *DAY).exit_code == 0
    none = write_book(tmp_path / "none.xlsx", {"其他": [["a", "b"], ["c", "d"]]})
    assert run("rights", none).exit_code == 3
    assert run("rights", path, "R-9").exit_code == 2


def test_json_names_what_was_asked_for(tmp_path: Path):
    done = run("rights", book(tmp_path), "R-2", *DAY, "--due", "90d", "--json")
    found = json.loads(done.stdout)
    assert [r["id"] for r in found["results"]] == ["R-2"]
    assert found["manifest"]["options"] == {"result": "R-2", "due": "90 days"}
    assert found["due_until"] == "2027-02-28"


def test_a_workbook_and_an_id_the_wrong_way_round(tmp_path: Path):
    path = book(tmp_path)
    done = run("rights", "R-1", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"pilotscore rights {path} R-1" in done.stderr


@pytest.mark.slow
def test_through_the_installed_script(tmp_path: Path):
    done = script("rights", book(tmp_path), "R-1", *DAY)
    assert done.returncode == 1, done.stderr
    assert "ZJ-reward-transfer" in done.stdout
    assert "Not legal advice" in done.stdout
