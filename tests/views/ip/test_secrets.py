"""The checklist of a trade secret."""

from __future__ import annotations

from pathlib import Path

from pilotscore.render.plain_text import page_text
from pilotscore.runs.ip import ip_report
from pilotscore.views.ip.document import document
from pilotscore.views.ip.secrets import checklist, checklist_of, secrets_table
from tests.conftest import write_book
from tests.runs.test_ip import DAY, HEAD, ROWS, book

SECRET = ("R-3", "商业秘密", None, None, None, None, "是")


def test_what_nobody_states_is_not_said_rather_than_not_taken(tmp_path: Path):
    path = write_book(tmp_path / "s.xlsx", {"知识产权": [HEAD, *ROWS, SECRET]})
    report = ip_report(path, as_of=DAY)
    place = report.results[-1]
    stated = checklist_of(report, place)
    assert stated is not None
    assert (len(stated), set(stated.values())) == (7, {None})
    text = page_text(checklist(report, place), "en")
    assert "0 of 7 taken" in text
    assert text.count("not said") == 7
    table = secrets_table(report)
    assert table is not None
    assert [row[0] for row in table.rows] == ["R-3"] * 7
    assert any(sheet.name.en == "Trade secrets" for sheet in document(report).sheets())


def test_without_a_secret_there_is_no_checklist(tmp_path: Path):
    report = ip_report(book(tmp_path), as_of=DAY)
    assert checklist_of(report, 0) is None
    assert secrets_table(report) is None
    assert page_text(checklist(report, 0), "en") == ""
