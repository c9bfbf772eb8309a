"""``pilotscore ip``."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest

from pilotscore.criteria.shipped import data_folder
from tests.cli.test_commands import run, script
from tests.conftest import write_book
from tests.runs.test_ip import ROWS, book

EXAMPLE = data_folder("examples") / "rights" / "rights.xlsx"
DAY = ("--as-of", "2026-11-30")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("result", ["", "QY-08"])
def test_what_a_person_sees(lang: str, result: str, snapshot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = run("ip", EXAMPLE, *filter(None, [result]), *DAY, "--lang", lang)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == snapshot


@pytest.mark.slow
def test_every_output_is_the_same_twice(tmp_path: Path):
    path = book(tmp_path)
    for ending in ("xlsx", "csv", "json", "md", "ics"):
        made = []
        for n in (1, 2):
            file = tmp_path / f"{n}.{ending}"
            done = run("ip", path, *DAY, "-o", file)
            assert done.exit_code == 0, done.stderr
            made.append(file.read_bytes())
        assert made[0] == made[1], ending


@pytest.mark.slow
def test_a_picture_is_the_same_twice(tmp_path: Path):
    files = [tmp_path / f"{n}.svg" for n in "ab"]
    for file in files:
        assert run("ip", book(tmp_path), *DAY, "-o", file).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_time_ahead_limits_page_record_and_calendar(tmp_path: Path):
    path, file = book(tmp_path), tmp_path / "due.ics"
    near = json.loads(run("ip", path, *DAY, "--due", "4m", "--json").stdout)
    assert near["due_until"] == "2027-03-30"
    assert {row["act"] for row in near["due"] if row["act"] >= "2026-11-30"} == {"2027-03-18"}
    assert run("ip", path, *DAY, "--due", "4m", "-o", file).exit_code == 0
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [str(e["dtstart"].dt) for e in events] == ["2027-03-18"]


def test_an_event_keeps_its_uid_from_one_run_to_the_next(tmp_path: Path):
    uids = []
    for day in ("2026-11-30", "2026-12-05"):
        file = tmp_path / f"{day}.ics"
        assert run("ip", book(tmp_path), "--as-of", day, "-o", file).exit_code == 0
        events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        uids.append({str(e["uid"]) for e in events})
    assert uids[0] == uids[1]


def test_what_is_wrong_in_the_sheet_is_told_and_decides_the_exit_code(tmp_path: Path):
    backwards = (*ROWS[0][:3], *reversed(ROWS[0][3:5]), *ROWS[0][5:])
    done = run("ip", book(tmp_path, [backwards]), *DAY)
    assert done.exit_code == 1
    assert "知识产权" in done.stderr
    none = write_book(tmp_path / "none.xlsx", {"其他": [["a", "b"], ["c", "d"]]})
    assert run("ip", none).exit_code == 3
    assert run("ip", tmp_path / "absent.xlsx").exit_code == 3
    assert run("ip", book(tmp_path), "R-9").exit_code == 2
    assert "did you mean R-1" in run("ip", book(tmp_path), "R-11").stderr


def test_a_workbook_and_an_id_the_wrong_way_round(tmp_path: Path):
    path = book(tmp_path)
    done = run("ip", "R-1", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"pilotscore ip {path} R-1" in done.stderr


@pytest.mark.slow
def test_through_the_installed_script(tmp_path: Path):
    done = script("ip", book(tmp_path), "R-1", *DAY)
    assert done.returncode == 0, done.stderr
    assert "ZL202219900027.8" in done.stdout
    assert "Not legal advice" in done.stdout
