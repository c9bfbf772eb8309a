"""What is asked of grantees, read back, and what follows: from the round to the next payment."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotscore.store import open_store
from tests.cli.test_commands import run
from tests.cli.test_fund import THREE, files

__all__ = ["files"]

LEVELS = [
    {
        "id": "staged",
        "title": "staged",
        "milestones": [
            {"share": "60%"},
            {"share": "40%", "shows": {"zh": "连续运行", "en": "continuous run"}, "months": 12},
        ],
    }
]
RULES = {"levels": LEVELS, "follow": {"grace": 2, "overdue": "recall", "lost": "recall"}}
LATER = ("--as-of", "2027-12-01")


@pytest.fixture(params=["rounds.db", "folder"])
def store(request, files, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    done = run("fund", *files(THREE, **RULES), "--budget", "200万元", "--store", path)
    assert done.exit_code == 0, done.stderr
    return path


def template(store: Path, lang: str = "zh") -> Path:
    path = store.parent / "back.xlsx"
    path.unlink(missing_ok=True)
    done = run("follow", "template", store, "-o", path, lang=lang)
    assert done.exit_code == 0, done.stderr
    return path


def fill(path: Path, sheet: int, row: int, *cells) -> None:
    """Fill in the last four columns of a row: state, value, date, document."""
    book = load_workbook(path)
    page = book.worksheets[sheet]
    for column, cell in enumerate(cells, start=page.max_column - 3):
        page.cell(row, column).value = cell
    book.save(path)


def payments(store: Path, *args: str) -> dict[tuple[str, int], dict]:
    done = run("follow", store, *args, "--json", lang="en")
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)["payments"]
    return {(row["id"], row["number"]): row for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_filled_in_is_read_back_and_releases_the_payment(store: Path, lang: str):
    assert payments(store, *LATER)["P-1", 2]["action"] == "hold"
    assert payments(store, "--as-of", "2028-02-01")["P-1", 2]["recalled"] == 36
    path, met = template(store, lang), {"zh": "已达到", "en": "met"}[lang]
    day = datetime.datetime(2027, 10, 1)
    fill(path, 0, 3, met, "30 d", day, "report.pdf")
    reached = {"zh": "已达到", "en": "reached"}[lang]
    fill(path, 1, 5, reached, 40, day, "contract")
    done = run("follow", "read", store, path, *LATER, lang=lang)
    assert done.exit_code == 0, done.stderr
    after = payments(store, *LATER)
    assert after["P-1", 2]["action"] == "release"
    assert after["P-1", 2]["document"] == "report.pdf"
    assert after["P-1", 2]["place"].endswith("!H3")
    assert after["P-2", 2]["action"] == "hold"
    page = run("follow", store, *LATER, lang=lang).stdout
    assert {"zh": "10 首次销售", "en": "10 first sale"}[lang] in page
    assert "report.pdf" in page


@pytest.mark.slow
def test_reading_the_same_workbook_again_changes_nothing(store: Path):
    path = template(store)
    fill(path, 0, 3, "失访")
    assert run("follow", "read", store, path, *LATER).exit_code == 0
    again = run("follow", "read", store, path, "--as-of", "2028-01-01", lang="en")
    assert "nothing changed" in again.stderr
    opened = open_store(store)
    assert len(opened.follow_ups()) == 1
    opened.close()
    assert payments(store, *LATER)["P-1", 2]["action"] == "recall"


@pytest.mark.slow
def test_what_was_reported_stands_in_the_next_workbook(store: Path):
    path = template(store)
    fill(path, 1, 5, "已达到", 40, datetime.datetime(2027, 10, 1), "合同")
    run("follow", "read", store, path, *LATER)
    again = load_workbook(template(store, "en")).worksheets[1]
    assert [c.value for c in again[5]][-4:] == [
        "reached",
        40,
        datetime.datetime(2027, 10, 1),
        "合同",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "cells", "column", "value", "code"),
    [
        (0, ("已达到", "", datetime.datetime(2028, 1, 1), "x"), None, None, "N817"),
        (0, ("已达到", "", datetime.datetime(2027, 1, 1), "x"), 1, "ffff", "N814"),
        (0, ("已达到", "", datetime.datetime(2027, 1, 1), "x"), 2, "P-9", "N815"),
        (0, ("已达到", "", datetime.datetime(2027, 1, 1), "x"), 4, 7, "N816"),
        (1, ("差不多", "", None, ""), None, None, "N804"),
    ],
)
def test_a_workbook_with_an_error_is_not_kept_at_all(store, sheet, cells, column, value, code):
    path = template(store)
    fill(path, 1, 3, "已达到", "", datetime.datetime(2027, 5, 1), "x")
    fill(path, sheet, 4, *cells)
    if column is not None:
        book = load_workbook(path)
        book.worksheets[sheet].cell(4, column).value = value
        book.save(path)
    done = run("follow", "read", store, path, *LATER, lang="en")
    assert done.exit_code == 1
    assert code in done.stderr
    assert "not kept" in done.stderr
    opened = open_store(store)
    assert not opened.follow_ups()
    opened.close()


@pytest.mark.slow
def test_what_is_odd_is_told_and_kept(store: Path):
    path = template(store)
    fill(path, 0, 3, "已达到", "", datetime.datetime(2026, 1, 1), "")
    done = run("follow", "read", store, path, *LATER, lang="en")
    assert done.exit_code == 0
    assert {"N818", "N819"} <= {word for word in done.stderr.split() if word[0] == "N"}
    assert payments(store, *LATER)["P-1", 2]["why"].endswith("without a document")


@pytest.mark.slow
def test_a_row_without_its_round_is_of_the_only_one_that_funded_the_result(store: Path):
    path = template(store)
    fill(path, 1, 3, "已达到", "", datetime.datetime(2027, 5, 1), "x")
    book = load_workbook(path)
    book.worksheets[1].cell(3, 1).value = None
    book.save(path)
    assert run("follow", "read", store, path, *LATER).exit_code == 0


@pytest.mark.slow
def test_each_grantee_gets_a_workbook_of_its_own(store: Path, tmp_path: Path):
    folder = tmp_path / "out"
    done = run("follow", "template", store, "-o", folder)
    assert done.exit_code == 0, done.stderr
    assert sorted(p.name for p in folder.iterdir()) == ["P-1.xlsx", "P-2.xlsx", "P-3.xlsx"]
    for path in folder.iterdir():
        cells = {c.value for page in load_workbook(path) for row in page for c in row}
        assert {"P-1", "P-2", "P-3"} & cells == {path.stem}
    assert run("follow", "template", store, "-o", folder).exit_code == 2
    assert run("follow", "read", store, folder, lang="en").exit_code == 0


@pytest.mark.slow
def test_a_workbook_that_is_left_blank_is_not_kept(store: Path):
    done = run("follow", "read", store, template(store), lang="en")
    assert done.exit_code == 0
    assert "N821" in done.stderr


@pytest.mark.slow
def test_who_was_deferred_comes_back_and_who_was_funded_is_scored_again(files, tmp_path: Path):
    store = tmp_path / "rounds.db"
    rolling = {**RULES, "reserve": 0, "line": {"miss": "stop"}, "next_round": {"title": "next"}}
    assert run("fund", *files(THREE, **rolling), "--store", store).exit_code == 0
    first = json.loads(run("follow", store, "--json", lang="en").stdout)
    deferred = {row["id"]: row["note"] for row in first["deferred"]}
    assert set(deferred.values()) == {"has not come back yet"}
    again = files([("P-1", 9, 60), ("P-2", 9, 60), ("P-3", 8, 30)], **rolling)
    again[again.index("--as-of") + 1] = "2027-11-23"
    assert run("fund", *again, "--budget", "300万元", "--store", store).exit_code == 0
    second = json.loads(run("follow", store, "--json", lang="en").stdout)
    back = {row["id"]: row for row in second["deferred"]}
    assert set(back) == set(deferred)
    for name, row in back.items():
        assert row["decision"] == "fund", name
        assert row["change"] == pytest.approx(row["next_index"] - row["index"])
    assert [row["id"] for row in second["scored_again"]] == ["P-1"]
    page = run("follow", store, lang="en").stdout
    assert "Deferred" in page
    assert "Scored again" in page


def test_a_store_of_rankings_alone_has_nothing_to_follow(files, tmp_path: Path):
    args, store = files(THREE), tmp_path / "rounds.db"
    assert run("rank", args[0], *args[3:], "--store", store).exit_code == 0
    for command in ((), ("template",)):
        more = ("-o", tmp_path / "x.xlsx") if command else ()
        done = run("follow", *command, store, *more, lang="en")
        assert done.exit_code == 2
        assert "no round" in done.stderr


@pytest.mark.slow
def test_what_was_reported_before_an_appeal_counts_for_the_round_after_it(files, tmp_path: Path):
    store, saved = tmp_path / "rounds.db", tmp_path / "round.pilot"
    args = (*files(THREE, **RULES), "--budget", "200万元")
    assert run("fund", *args, "--store", store, "--save", saved).exit_code == 0
    early, late = tmp_path / "early.xlsx", tmp_path / "late.xlsx"
    for path in (early, late):
        assert run("follow", "template", store, "-o", path).exit_code == 0
    day = datetime.datetime(2027, 10, 1)
    fill(early, 0, 3, "已达到", "", day, "a.pdf")
    fill(early, 1, 5, "已达到", 40, day, "b.pdf")
    assert run("follow", "read", store, early, *LATER).exit_code == 0
    corrections = tmp_path / "c.csv"
    corrections.write_text(
        "result,item,old,new,who,why,date\nP-3,申请金额,30,20,Office,misread,2026-11-30\n",
        encoding="utf-8",
    )
    done = run("appeal", saved, corrections, "--store", store, lang="en")
    assert done.exit_code == 0, done.stderr
    assert payments(store, *LATER)["P-1", 2]["document"] == "a.pdf"
    shown = json.loads(run("rounds", "show", store, "latest", "--json", lang="en").stdout)
    assert {row["id"]: row["outcome_10"] for row in shown["results"]}["P-1"] == "reached"
    fill(late, 0, 4, "已达到", "", day, "c.pdf")  # it names the round before the appeal
    assert run("follow", "read", store, late, *LATER).exit_code == 0
    assert payments(store, *LATER)["P-2", 2]["document"] == "c.pdf"
