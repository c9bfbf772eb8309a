"""Cells of a table as their number formats show them, from the file on."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import Submission, read_workbooks
from tests.conftest import HEADERS, row
from tests.workbook.making import Formatted, formatted_xlsx

NO_UNITS = [h.partition("（")[0] for h in HEADERS]


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def read(
    path: Path, criteria: CriteriaSet, *rows: list[Any], header: list[str] = HEADERS, **options: Any
) -> Submission:
    return read_workbooks(
        [formatted_xlsx(path / "a.xlsx", {"成果": [header, *rows]}, **options)], criteria
    )


def told(submission: Submission) -> list[tuple[str, str]]:
    return [(f.place.cell, f.code) for f in submission.findings if f.code[0] == "V"]


NAMES = ("trl", "yield_rate", "run_hours", "hazard", "permit")


def value(submission: Submission, name: str, i: int = 0) -> float:
    return float(submission.values[i, NAMES.index(name)])


@pytest.mark.parametrize(
    ("name", "cell", "value_", "finding"),
    [
        ("run_hours", Formatted(3, '0"天"'), 72, ("G2", "V418")),
        ("run_hours", Formatted(1.5, "[h]:mm"), 36, ("G2", "V430")),
        ("run_hours", Formatted(0.5, "h:mm"), 12, ("G2", "V430")),
        ("run_hours", Formatted(80, "0.0_ "), 80, None),
        ("yield_rate", Formatted(0.96, "0%"), 96, ("E2", "V416")),
        ("yield_rate", Formatted(96, '0.0"%"'), 96, ("E2", "V411")),
        ("yield_rate", Formatted(0.5, "0.0\\%"), 0.5, ("E2", "V411")),
        ("yield_rate", Formatted(96, "0.0;-0.0%"), 96, ("E2", "V439")),
        ("trl", Formatted(7, '"TRL "0'), 7, ("C2", "V411")),
        ("permit", Formatted(1, '"否";;"是"'), 0, ("K2", "V433")),
    ],
)
def test_a_cell_means_what_is_seen(tmp_path, criteria, name, cell, value_, finding):
    submission = read(tmp_path, criteria, row(**{name: cell}))
    assert value(submission, name) == pytest.approx(value_)
    assert told(submission) == ([finding] if finding else [])


@pytest.mark.parametrize(
    ("name", "cell", "finding"),
    [
        ("trl", Formatted(0.07, "0%"), ("C2", "V410")),
        ("run_hours", Formatted(0.8, "0%"), ("G2", "V410")),
        ("run_hours", Formatted(8, '0" kg"'), ("G2", "V410")),
        ("run_hours", Formatted(80000, "#,##0,"), ("G2", "V437")),
        ("run_hours", Formatted(-3, "yyyy-mm-dd"), ("G2", "V432")),
        ("run_hours", Formatted(-3, "[h]:mm"), ("G2", "V432")),
        ("run_hours", Formatted(60, "yyyy-mm-dd"), ("G2", "V432")),
        ("trl", Formatted(7, "[h]:mm"), ("C2", "V431")),
        ("permit_end", Formatted(-3, "yyyy-mm-dd"), ("P2", "V432")),
        ("permit_end", Formatted(60, "yyyy-mm-dd"), ("P2", "V432")),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, criteria, name, cell, finding):
    submission = read(tmp_path, criteria, row(**{name: cell}))
    assert told(submission) == [finding]


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_are_those_of_the_system_of_the_workbook(tmp_path, criteria, date_1904: bool):
    serial = 48000 - (1462 if date_1904 else 0)
    submission = read(
        tmp_path, criteria, row(permit_end=Formatted(serial, "yyyy-mm-dd")), date_1904=date_1904
    )
    assert told(submission) == []
    day = datetime.date(1899, 12, 30) + datetime.timedelta(48000)
    assert submission.facts["permit_end"].values[0] == day.isoformat()


def test_names_and_grades_are_read_as_they_are_seen(tmp_path, criteria):
    rows = [
        row(
            id=Formatted(n, '"CG-"000'),
            title=Formatted(n, '"方案"0'),
            trl_evidence=Formatted(3, '"E"0'),
        )
        for n in (1, 2)
    ]
    submission = read(tmp_path, criteria, *rows)
    assert submission.ids == ("CG-001", "CG-002")
    assert submission.titles == ("方案1", "方案2")
    assert submission.evidence[:, 0].tolist() == [3, 3]
    assert told(submission) == []


def test_a_criteria_sets_own_scale_is_taken_where_the_header_says_nothing(tmp_path, criteria):
    submission = read(tmp_path, criteria, row(run_hours=Formatted(3, '0"d"')), header=NO_UNITS)
    assert value(submission, "run_hours") == 72
