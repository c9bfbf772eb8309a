"""The calendar as a person sees it, keeps a year in it, and is refused one that contradicts itself."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pilotscore.cli.main import main
from pilotscore.criteria.legal.holidays import load_holidays

NOTICE = """\
国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
2026年11月20日
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "mine" / "rules"
    monkeypatch.setenv("PILOTSCORE_RULES", str(folder))
    return folder


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice-2027.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def run(*args: Any, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["ip", "calendar", *map(str, args), "--lang", lang])


def record(*args: Any) -> dict[str, Any]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_years_are_listed_with_their_status(rules: Path):
    for lang, published, unconfirmed in (
        ("en", "published", "unconfirmed"),
        ("zh", "已公布", "未确认"),
    ):
        shown = run(lang=lang).stdout
        lines = {line[:4]: line for line in reversed(shown.splitlines())}
        assert published in lines["2026"]
        assert unconfirmed in lines["2027"]
        assert "国办发明电〔2025〕7号" in lines["2026"]


def test_the_days_of_a_year_are_shown(rules: Path):
    shown = run("--year", 2026).stdout
    for day in ("2026-02-15 Sunday", "2026-02-23 Monday", "2026-09-20 Sunday"):
        assert day in shown
    year = record("--year", 2026)["years"][0]
    assert year["working"][0] == "2026-01-04"
    assert (year["status"], year["number"], year["issued"]) == (
        "published",
        "国办发明电〔2025〕7号",
        "2025-11-04",
    )


def test_a_year_that_is_not_published_says_so_and_guesses_nothing(rules: Path):
    shown = run("--year", 2028).stdout
    assert "There is no arrangement of 2028" in shown
    assert "--add" in shown
    assert record("--year", 2028)["years"] == [
        {"year": 2028, "status": "unconfirmed", "holidays": [], "working": []}
    ]


def test_a_year_is_kept_in_the_persons_own_folder(rules: Path, notice: Path):
    result = run("--add", notice)
    assert result.exit_code == 0, result.output
    assert "2027-09-26 Sunday" in result.stdout
    kept = rules / "holidays" / "cn-2027.yaml"
    assert kept.is_file()
    year = record("--year", 2027)["years"][0]
    assert (year["status"], year["file"], year["checked"]) == ("published", "cn-2027.yaml", "user")
    assert load_holidays().years[2027].number == "国办发明电〔2026〕99号"
    # The same again is nothing new, and needs no force.
    assert run("--add", notice).exit_code == 0


def test_another_arrangement_of_a_known_year_takes_force(rules: Path, notice: Path):
    run("--add", notice)
    notice.write_text(NOTICE.replace("10月9日（周六）", "10月10日（周日）"), encoding="utf-8")
    for lang, said in (("en", "2027-10-09 (working)"), ("zh", "2027-10-09（上班）")):
        refused = run("--add", notice, lang=lang)
        assert refused.exit_code == 2
        assert said in refused.stderr
    assert record("--year", 2027)["years"][0]["working"] == ["2027-09-26", "2027-10-09"]
    assert run("--add", notice, "--force").exit_code == 0
    assert record("--year", 2027)["years"][0]["working"] == ["2027-09-26", "2027-10-10"]


def test_a_shipped_year_is_not_changed_by_a_slip(rules: Path, tmp_path: Path):
    path = tmp_path / "2026.csv"
    path.write_text("节日,放假时间\n元旦,2026年1月1日至2日\n", encoding="utf-8")
    refused = run("--add", path)
    assert refused.exit_code == 2
    assert "cn.yaml" in refused.stderr
    assert not rules.exists()


def test_a_year_that_contradicts_itself_is_refused_with_its_line(rules: Path, notice: Path):
    notice.write_text(NOTICE.replace("10月9日（周六）", "10月7日（周四）"), encoding="utf-8")
    refused = run("--add", notice)
    assert refused.exit_code == 1
    assert "L104" in refused.stderr
    assert "L105" in refused.stderr
    assert not rules.exists()


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PILOTSCORE_RULES", str(tmp_path / "file" / "rules"))
    refused = run("--add", notice)
    assert refused.exit_code == 2
    assert "cannot make the folder" in refused.stderr


def test_a_kept_file_that_was_broken_by_hand_is_told(rules: Path, notice: Path):
    run("--add", notice)
    kept = rules / "holidays" / "cn-2027.yaml"
    kept.write_text(kept.read_text(encoding="utf-8").replace("2027-10-07", "2027-09-07"), "utf-8")
    broken = run()
    assert broken.exit_code == 1
    assert "L102" in broken.stderr


def test_every_format_has_the_days(rules: Path, tmp_path: Path):
    files = [tmp_path / f"calendar{ending}" for ending in (".xlsx", ".csv", ".json", ".md")]
    outputs = [part for file in files for part in ("-o", file)]
    assert run("--year", 2026, *outputs).exit_code == 0
    with files[1].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 13  # seven holidays, six make-up days
    sheets = openpyxl.load_workbook(files[0])
    cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row]
    assert "2026-10-10" in cells
    assert "2026-10-10" in files[3].read_text(encoding="utf-8")
    years = json.loads(files[2].read_text(encoding="utf-8"))["years"]
    assert years[0]["holidays"][0]["from"] == "2026-01-01"


def test_the_input_is_not_written_over(rules: Path, tmp_path: Path):
    path = tmp_path / "2027.csv"
    path.write_text("节日,放假时间\n元旦,2027年1月1日至2日\n", encoding="utf-8")
    assert run("--add", path, "-o", path, "--force").exit_code == 2
    assert "元旦" in path.read_text(encoding="utf-8")
