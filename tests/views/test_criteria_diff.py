"""What differs between two criteria sets, and whose grade that changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from pilotscore.criteria import load_criteria
from pilotscore.language import LANGS, Lang
from pilotscore.render.json import plain
from pilotscore.runs.criteria_diff import CriteriaDiff, diff_criteria, under_both
from pilotscore.views.criteria_diff import document
from tests.conftest import AS_OF, MINI, MakeBook, row
from tests.views.conftest import OnScreen


@pytest.fixture
def diff(mini: Path, book: MakeBook) -> CriteriaDiff:
    stricter = mini.with_name("stricter.yaml")
    text = MINI.replace("id: mini\n", "id: stricter\n").replace("index: 80,", "index: 90,")
    stricter.write_text(text.replace("[5, 50]", "[5, 40]"), encoding="utf-8")
    sets = diff_criteria(load_criteria(mini), load_criteria(stricter))
    results = book(row(), row(id="P-2", trl=6), row(id="P-3", fraud="是"))
    return under_both(sets, [results], AS_OF)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page(diff: CriteriaDiff, snapshot: SnapshotAssertion, on_screen: OnScreen, lang: Lang):
    assert on_screen(document(diff).page(), 100, lang) == snapshot


def test_the_record_counts_and_names_what_changes(diff: CriteriaDiff):
    record = plain(document(diff).record(), "en")
    assert record["counts"]["rules"] >= 2
    results = record["results"]
    assert results["grade_changed"] + results["index_changed"] + results["unchanged"] == 3
    first = results["changed"][0]
    assert (first["id"], first["before"]["grade"], first["after"]["grade"]) == ("P-1", "A", "B")
    assert results["steps"] == [{"before": "A", "after": "B", "count": 1}]
    assert len(plain(document(diff, 1).record(), "en")["results"]["changed"]) == 1


def test_the_same_set_twice(mini: Path, on_screen: OnScreen):
    loaded = load_criteria(mini)
    same = diff_criteria(loaded, loaded)
    assert same.compared is None
    assert on_screen(document(same).page(), 80, "en").splitlines()[-1] == "no differences"
    assert "results" not in document(same).record()
