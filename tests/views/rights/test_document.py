"""Rights of results as a page, sheets, a record, a table and days of a calendar."""

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
from pilotscore.runs.rights import RightsReport, rights_report
from pilotscore.views.rights import tables
from pilotscore.views.rights.case import page_of
from pilotscore.views.rights.document import document
from tests.rights.ownership import making
from tests.runs.test_rights import DAY, PARTIES, book


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> RightsReport:
    return rights_report(book(tmp_path_factory.mktemp("rights")), as_of=DAY)


def of_one(folder: Path, name: str, lang: str = "en") -> str:
    return page_text(document(rights_report(book(folder), name, as_of=DAY)).page(), lang)


def test_of_one_result_the_page_has_amounts_floors_rules_and_the_next_step(tmp_path: Path):
    text = of_one(tmp_path, "R-1")
    assert "ZJ-reward-transfer" in text
    assert "must be kept: ≥ 70 % of net income, 700,000 CNY" in text
    for said in ("Violations 1", "Next step", "who acts", "what proves it", "Publicity"):
        assert said in text, said
    assert re.search(r"identified as service invention +proven; 2026-02-02", text)
    assert "Not legal advice" in text
    days = text[text.index("\nDays\n") :]
    assert re.search(r"Annual fee year 7\n +ZL1; from 2027-03-18", days)


@pytest.mark.slow
def test_where_a_region_has_no_rules_national_law_alone_is_said(tmp_path: Path):
    assert "region: Ningxia; no rule of it is at hand: national law alone" in of_one(
        tmp_path, "R-2"
    )
    rows = [PARTIES[0], ("R-2", "火星省", *PARTIES[3][2:])]
    path = book(tmp_path, 权属=rows)
    text = page_text(document(rights_report(path, "R-2", as_of=DAY)).page(), "zh")
    assert "无法识别" in text
    assert "只按国家法律" in text


def test_a_missing_document_is_unproven_and_never_a_no(tmp_path: Path):
    text = of_one(tmp_path, "R-2")
    assert re.search(r"disclosed +unproven; 2026-01-05", text)
    assert not re.search(r"disclosed .*\b(no|not)\b", text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_batch_has_a_line_for_each_result_and_what_is_due(report: RightsReport, lang: str):
    text = page_text(document(report).page(), lang)
    assert {"zh": "2 项成果，1 项有违规", "en": "2 results, 1 with violations"}[lang] in text
    assert text.index("R-1") < text.index("R-2")  # what is violated stands first
    assert "2027-03-18" in text


def test_the_record_has_days_in_iso_form_and_amounts_as_numbers(report: RightsReport):
    found = json.loads(to_json(document(report).record(), "en"))
    first, second = found["results"]
    assert (first["region"]["id"], first["region"]["national_law_alone"]) == ("zhejiang", False)
    assert second["region"]["national_law_alone"] is True
    assert first["net_income"] == 1_000_000
    reward = next(row for row in first["distribution"] if row["item"] == "reward")
    assert (reward["agreed"], reward["paid"]) == (400_000, None)
    assert reward["floors"][0]["rule"] == "ZJ-reward-transfer"
    assert [s["id"] for s in first["states"] if s["proven"]][:2] == [
        "disclosed",
        "service_invention",
    ]
    assert second["unproven"] == ["disclosed"]
    assert first["findings"][0]["rule"] == "ZJ-reward-transfer"
    text = json.dumps(found)
    assert not re.search(r"\d{4}-\d\d-\d\dT", text)
    assert "NaT" not in text
    assert "NaN" not in text


def test_a_table_has_a_row_for_each_result_or_what_is_due_in_the_time_ahead(
    report: RightsReport, tmp_path: Path
):
    assert to_csv(document(report).table(), "zh").count("\r\n") == 3
    near = document(rights_report(book(tmp_path), as_of=DAY, span=(6, "months")))
    acts = [row[0] for row in near.table().rows]
    assert acts
    assert max(acts) <= "2027-05-30"
    assert "R-1" in page_text(near.page(), "en")


def test_every_sheet_is_there_in_both_languages(report: RightsReport):
    names = {sheet.name.to("en") for sheet in document(report).sheets()}
    assert names >= {"Results", "Due", "Parties", "States", "Distribution"}
    for lang in LANGS:
        assert to_markdown(document(report), lang).count("|") > 100


def test_of_a_large_batch_sheets_have_the_first_results_and_say_so(
    report: RightsReport, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tables, "MOST_CASES", 1)
    sheets = {s.name.to("en"): s.blocks for s in document(report).sheets()}
    said, parties = sheets["Parties"]
    assert "the first 1" in said.to("en")
    assert {row[0] for row in parties.rows} == {"R-1"}
    (_, results) = sheets["Results"]
    assert len(results.rows) == 2


@pytest.mark.parametrize(
    ("received", "last"),
    [("2026-06-15", "by 2026-12-15\n"), ("2026-09-15", "by 2027-03-15*\n")],
)
def test_the_last_day_of_the_next_step_has_a_star_where_a_holiday_may_move_it(
    received: str, last: str
):
    rows = [making.done("executed", "2026-05-06"), making.done("received", received)]
    case = making.book(**making.university("浙江"), steps=rows).case("2026-10-01")
    assert last in page_text(page_of(case), "en")
