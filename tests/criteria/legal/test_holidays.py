"""The calendar of holidays: as the printed notices have it, and no file that contradicts itself."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria.legal import user_folder
from pilotscore.criteria.legal.holidays import (
    added_folder,
    load_holidays,
    load_year,
    shipped_holidays,
)
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.language import LANGS
from tests.conftest import to_yaml

GOOD: dict[str, Any] = {
    "year": 2027,
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "number": "国办发明电〔2026〕99号",
    "issued": "2026-11-20",
    "holidays": [
        {"name": "元旦", "from": "2026-12-31", "to": "2027-01-02"},
        {"name": "国庆节、中秋节", "from": "2027-10-01", "to": "2027-10-07"},
    ],
    "working": ["2027-01-03", "2027-10-09"],
}
# As printed in the notices of the State Council of 2016-12-01, 2024-11-12 and 2025-11-04.
PRINTED = {
    2017: (
        "01-01/01-02 01-27/02-02 04-02/04-04 05-01/05-01 05-28/05-30 10-01/10-08",
        "01-22 02-04 04-01 05-27 09-30",
    ),
    2025: (
        "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


def written(folder: Path, data: dict[str, Any], name: str = "cn-2027.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(to_yaml(data), encoding="utf-8")
    return path


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize("year", PRINTED)
def test_years_are_as_the_state_council_printed_them(year: int):
    ranges, working = PRINTED[year]
    found = shipped_holidays().years[year]
    off = {
        holiday.first + n * datetime.timedelta(days=1)
        for holiday in found.holidays
        for n in range(holiday.days)
    }
    printed = set()
    for stretch in ranges.split():
        first, last = (day(f"{year}-{x}") for x in stretch.split("/"))
        printed |= {first + n * datetime.timedelta(days=1) for n in range((last - first).days + 1)}
    assert off == printed
    assert found.working == tuple(day(f"{year}-{x}") for x in working.split())
    assert (found.checked, found.published) == ("notice", True)
    assert found.number.startswith("国办发明电")


def test_published_years_stand_without_a_gap_and_nothing_after_them():
    years = shipped_holidays().years
    assert list(years) == list(range(2004, 2027))


def test_a_year_is_added_and_the_files_say_so(tmp_path: Path):
    path = written(tmp_path, GOOD)
    holidays = load_holidays([path], users=False)
    added = holidays.years[2027]
    assert [h.title.en for h in added.holidays] == ["New Year's Day", "国庆节、中秋节"]
    assert (added.checked, added.issued) == ("user", day("2026-11-20"))
    assert [f.name for f in holidays.files] == ["cn.yaml", "cn-2027.yaml"]
    assert 2027 not in shipped_holidays().years


def test_the_users_own_folder_counts_and_a_file_of_this_run_comes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(user_folder.VARIABLE, str(tmp_path / "mine"))
    written(added_folder(), GOOD)
    assert load_holidays().years[2027].number == GOOD["number"]
    other = written(tmp_path, {**GOOD, "number": "2"}, "other.yaml")
    assert load_holidays([other]).years[2027].number == "2"
    assert 2027 not in load_holidays(users=False).years


FAULTY: list[tuple[str, dict[str, Any], str]] = [
    ("outside", {"working": ["2027-01-03", "2028-10-07"]}, "L101"),
    ("backwards", {"holidays": [{"name": "x", "from": "2027-05-05", "to": "2027-05-01"}]}, "L102"),
    (
        "overlapping",
        {
            "holidays": [
                {"name": "国庆节", "from": "2027-10-01", "to": "2027-10-07"},
                {"name": "中秋节", "from": "2027-10-07", "to": "2027-10-08"},
            ]
        },
        "L103",
    ),
    ("both", {"working": ["2027-10-02"]}, "L104"),
    ("weekday", {"working": ["2027-10-11"]}, "L105"),
    ("twice", {"working": ["2027-10-09", "2027-10-09"]}, "L106"),
    ("none", {"holidays": [], "working": []}, "L107"),
    ("no day", {"issued": "2026-02-30"}, "C103"),
    ("unknown key", {"holiday": []}, "C102"),
]


@pytest.mark.parametrize(("changes", "code"), [f[1:] for f in FAULTY], ids=[f[0] for f in FAULTY])
def test_a_year_that_contradicts_itself_is_refused_with_its_line(
    tmp_path: Path, changes: dict[str, Any], code: str
):
    path = written(tmp_path, {**GOOD, **changes})
    with pytest.raises(FaultyFileError) as error:
        load_year(path)
    assert [f.code for f in error.value.findings] == [code]
    for finding in error.value.findings:
        assert finding.place.line is not None
        assert all("{" not in finding.sentence(lang) for lang in LANGS)


def test_every_fault_is_told_at_once(tmp_path: Path):
    wrong = {"working": ["2027-10-02", "2027-10-11", "2029-01-06"]}
    with pytest.raises(FaultyFileError) as error:
        load_year(written(tmp_path, {**GOOD, **wrong}))
    # a holiday; a Monday; another year
    assert [f.code for f in error.value.findings] == ["L104", "L105", "L101"]


def test_a_file_that_is_not_there_is_no_calendar(tmp_path: Path):
    with pytest.raises(UnreadableInputError):
        load_year(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/pilotscore/rules"),
        ("linux", {"HOME": "/home/a"}, "/home/a/.local/share/pilotscore/rules"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/pilotscore/rules"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/pilotscore/rules"),
        ("linux", {"PILOTSCORE_RULES": "/mine", "XDG_DATA_HOME": "/data"}, "/mine"),
    ],
)
def test_a_persons_rules_are_where_the_platform_keeps_data(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], folder: str
):
    for name in ("PILOTSCORE_RULES", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert user_folder.user_rules().as_posix() == folder
