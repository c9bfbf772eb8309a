"""Periods of IP rights as a page, sheets, a record, a table and days of a calendar."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pilotscore.language import LANGS
from pilotscore.render.csv import to_csv
from pilotscore.render.json import to_json
from pilotscore.render.markdown import to_markdown
from pilotscore.render.plain_text import page_text
from pilotscore.runs.ip import IpReport, ip_report
from pilotscore.views import periods
from pilotscore.views.ip.document import document
from tests.conftest import write_book
from tests.runs.test_ip import DAY, HEAD, ROWS, book


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> IpReport:
    return ip_report(book(tmp_path_factory.mktemp("ip")), as_of=DAY)


@pytest.mark.parametrize("lang", LANGS)
def test_a_batch_says_what_comes_first_and_how_each_right_stands(report: IpReport, lang: str):
    text = page_text(document(report).page(), lang)
    assert text.index("2027-03-18") < text.index("2027-04-12")  # a fee, then one in its window
    assert {"zh": "不构成法律意见", "en": "Not legal advice"}[lang] in text
    for row in ROWS:
        assert row[2] in text


def test_the_end_of_a_term_is_no_act_on_the_page(report: IpReport):
    assert "2041-03-18" not in page_text(document(report).page(), "en")
    assert any(str(e.day) == "2041-03-18" for e in document(report).events())


def test_of_one_result_every_period_is_there_with_its_source(report: IpReport, tmp_path: Path):
    one = ip_report(book(tmp_path), "R-1", as_of=DAY)
    text = page_text(document(one).page(), "en")
    assert "ZL202129900083.2" not in text
    shown = re.findall(r"^  (?:\d{4}-\d\d-\d\d\*?|—) +\w", text, re.MULTILINE)
    # an option that has passed stands in files alone
    past = [d for d in one.all_periods if d.rule.option and d.state.name != "OPEN"]
    assert len(shown) == len(one.all_periods) - len(past)
    assert text.count("art.") >= len(shown)


def test_every_day_of_the_record_is_in_iso_form(report: IpReport):
    found = json.loads(to_json(document(report).record(), "zh"))
    assert [r["id"] for r in found["results"]] == ["R-1", "R-2"]
    rights = [right for r in found["results"] for right in r["rights"]]
    rows = [p for right in rights for p in right["periods"]]
    assert len(rows) == len(report.all_periods)
    days = ("act", "due", "trigger", "raw", "moved", "grace", "restorable", "done")
    for row in (*rows, *found["due"]):
        for name in days:
            assert row[name] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", row[name]), name
    assert {right["state"] for right in rights} == {"in_force", "in_grace", "lapsed"}


def test_a_table_has_every_period_or_those_in_the_time_ahead(report: IpReport, tmp_path: Path):
    assert len(document(report).table().rows) == len(report.all_periods)
    near = ip_report(book(tmp_path), as_of=DAY, span=(6, "months"))
    acts = [row[0] for row in document(near).table().rows]
    assert acts
    assert max(acts) <= "2027-05-30"
    assert to_csv(document(near).table(), "en").count("\r\n") == len(acts) + 1


@pytest.mark.slow
def test_a_large_batch_keeps_its_page_and_sheets_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(periods, "MOST_ROWS", 50)
    rows = [(f"R-{i}", *ROWS[i % 3][1:2], f"N{i}", *ROWS[i % 3][3:]) for i in range(300)]
    path = write_book(tmp_path / "many.xlsx", {"知识产权": [HEAD, *rows]})
    many = document(ip_report(path, as_of=DAY))
    page = page_text(many.page(), "zh")
    assert len(page.splitlines()) < 120
    listed = page[page.index("\n权利\n") :]
    assert "有效" not in listed  # of many, those that need a look stand first
    sheets = {s.name.to("en"): s.blocks for s in many.sheets()}
    words, table = sheets["Periods"]
    assert len(table.rows) == 50
    assert "the first 50" in words.to("en")
    assert len(many.table().rows) > 1000  # a CSV has them all


def test_every_text_is_there_in_both_languages(report: IpReport):
    for lang in LANGS:
        assert to_markdown(document(report), lang).count("|") > 100


def test_rights_of_no_result_have_a_dash_and_null(tmp_path: Path):
    rows = [HEAD[1:], *(row[1:] for row in ROWS)]
    made = document(ip_report(write_book(tmp_path / "no.xlsx", {"知识产权": rows}), as_of=DAY))
    text = page_text(made.page(), "en")
    assert "1 result, 3 rights" in text
    assert re.search(r"^— +ZL202119900011.2", text, re.MULTILINE)
    found = json.loads(to_json(made.record(), "en"))
    assert [r["id"] for r in found["results"]] == [None]
    assert {row["result"] for row in found["due"]} == {None}
