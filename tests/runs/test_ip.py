"""Periods of IP rights, from a workbook to what is due."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.criteria.shipped import data_folder
from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.runs.ip import ip_report
from tests.conftest import write_book

D = datetime.date
DAY = D(2026, 11, 30)
HEAD = ("成果编号", "类型", "专利号", "申请日", "授权公告日", "年费缴至", "核心")
ROWS = (
    ("R-1", "发明", "ZL202119900011.2", D(2021, 3, 18), D(2023, 5, 16), D(2027, 3, 18), "是"),
    ("R-1", "发明", "ZL202219900027.8", D(2022, 10, 12), D(2024, 11, 5), D(2026, 10, 12), "是"),
    ("R-2", "实用新型", "ZL202129900083.2", D(2021, 5, 10), D(2021, 12, 21), D(2026, 5, 10), "否"),
)


def book(folder: Path, rows: Any = ROWS) -> Path:
    return write_book(folder / "ip.xlsx", {"知识产权": [HEAD, *rows]})


def test_every_right_has_its_periods(tmp_path: Path):
    report = ip_report(book(tmp_path), as_of=DAY)
    assert report.results == [0, 1]
    assert sum(len(report.periods_of(r)) for r in range(3)) == len(report.all_periods)
    for right, number in enumerate(report.assessment.ip.number):
        assert set(report.periods_of(right).right) == {number}


def test_one_result_has_what_is_its_own(tmp_path: Path):
    whole, one = (ip_report(book(tmp_path), name, as_of=DAY) for name in (None, "r-2"))
    assert one.results == [1]
    assert set(one.ahead.due.result) <= {"R-2"}
    assert set(one.all_periods.result) == {"R-2"}
    assert len(one.all_periods) + len(ip_report(book(tmp_path), "R-1", as_of=DAY).all_periods) == (
        len(whole.all_periods)
    )


def test_findings_of_one_result_are_told_however_its_id_is_written(tmp_path: Path):
    backwards = ("R-3", "发明", "ZL9", D(2023, 5, 16), D(2021, 3, 18), None, "否")
    path = book(tmp_path, (*ROWS, backwards))
    for name in ("R-3", "r-3"):
        report = ip_report(path, name, as_of=DAY)
        assert [f.result for f in report.findings if f.severity == "error"] == ["R-3"]
        assert report.manifest.options["result"] == "R-3"
    assert not [f for f in ip_report(path, "R-1", as_of=DAY).findings if f.severity == "error"]


def test_the_day_moves_states_and_no_days(tmp_path: Path):
    early, late = (ip_report(book(tmp_path), as_of=day) for day in (DAY, D(2027, 6, 1)))
    one, two = early.all_periods, late.all_periods
    fee = [i for i, rule in enumerate(one.rules) if rule.id != "annual_fee"]
    same = np.isin(one.rule, fee)
    assert list(one.due[same]) == list(two.due[np.isin(two.rule, fee)])
    assert list(one.state[same]) != [] != list(two.state)


def test_the_manifest_names_rules_inputs_and_what_was_asked(tmp_path: Path):
    path = book(tmp_path)
    found = ip_report(path, "R-1", as_of=DAY, span=(90, "days")).manifest.to_dict()
    assert [r["file"] for r in found["rules"]][:2] == ["periods.yaml", "cn.yaml"]
    assert all(len(r["sha256"]) == 64 for r in (*found["rules"], *found["inputs"]))
    assert found["options"] == {"result": "R-1", "due": "90 days"}


def test_a_further_year_of_holidays_settles_its_days(tmp_path: Path):
    extra = tmp_path / "2027.yaml"
    extra.write_text(YEAR, encoding="utf-8")
    path = book(tmp_path)
    without, with_it = (ip_report(path, as_of=DAY, calendar=c) for c in (None, extra))
    fee = np.datetime64("2027-03-18")  # a made-up holiday
    assert fee in without.ahead.act
    assert fee not in with_it.ahead.act
    assert with_it.ahead.due.unconfirmed.sum() < without.ahead.due.unconfirmed.sum()
    assert extra.name in {r.name for r in with_it.manifest.rules}


YEAR = """
year: 2027
source: made up for a test
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-01}
  - {name: 清明节, from: 2027-03-18, to: 2027-03-19}
"""


def test_what_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(UsageError):
        ip_report(book(tmp_path), "R-9", as_of=DAY)
    none = write_book(tmp_path / "none.xlsx", {"其他": [["说明", "内容"], ["a", "b"]]})
    with pytest.raises(UnreadableInputError) as caught:
        ip_report(none, as_of=DAY)
    assert "template" in caught.value.message("en")


def test_the_example_has_every_state_of_a_right():
    report = ip_report(data_folder("examples") / "rights" / "rights.xlsx", as_of=DAY)
    assert set(report.assessment.states.state.tolist()) >= {0, 1, 2, 3, 4}
    assert set(report.all_periods.state.tolist()) == {0, 1, 2, 3, 4, 5}
    assert not [f for f in report.findings if f.severity == "error"]
