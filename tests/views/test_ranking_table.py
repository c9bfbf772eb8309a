"""The table of a ranking, made in blocks of rows: the same whatever their size."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.document import blocks
from pilotscore.index import deciding_reasons, reasons_of
from pilotscore.language import LANGS, Lang
from pilotscore.render.csv import to_csv, write_csv
from pilotscore.render.html.page import write_html
from pilotscore.render.json import to_json
from pilotscore.render.markdown import write_markdown
from pilotscore.runs.outcome import Outcome
from pilotscore.views.ranking import document, ranked
from pilotscore.views.ranking_table import scores_table, table
from pilotscore.wording import figures


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_files_hold_the_same_whatever_the_size_of_a_block(
    outcome: Outcome, size: int, lang: Lang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def written() -> list[bytes]:
        record = to_json(document(outcome).record(), lang).encode()
        files = []
        for write in (write_csv, write_markdown, write_html):
            files.append(tmp_path / write.__name__)
            write(document(outcome), files[-1], lang)
        return [record, *(file.read_bytes() for file in files)]

    at_once = written()
    monkeypatch.setattr(blocks, "AT_ONCE", size)
    assert written() == at_once


@pytest.mark.parametrize("make", [table, scores_table])
def test_a_row_by_its_number_is_the_row_in_its_turn(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch, make
):
    whole = to_csv(make(outcome), "en").splitlines()
    monkeypatch.setattr(blocks, "AT_ONCE", 2)
    rows = make(outcome).rows
    for n in (6, 0, 3, -1, 2):
        alone = make(outcome, (outcome.ranking.order[n],))
        assert to_csv(alone, "en").splitlines()[1] == whole[1:][n]
        assert rows[n][:4] == list(rows)[n][:4]
    assert len(rows[2:5]) == 3
    assert [row[1] for row in rows[2:5]] == [row[1] for row in rows][2:5]
    with pytest.raises(IndexError):
        rows[7]


def test_reasons_of_many_are_those_of_each(outcome: Outcome):
    a = outcome.assessment
    every = tuple(range(len(a)))
    assert list(reasons_of(a, every)) == [deciding_reasons(a, i) for i in every]
    both = figures.reasons(a, every[::-1])
    said = [None if r is None else r.to("zh") for r in both]
    alone = [figures.reason(a, i) for i in every[::-1]]
    assert said == [None if r is None else r.to("zh") for r in alone]
    assert None in said
    assert len(set(said)) > 3


def test_the_record_of_one_result_is_its_own(outcome: Outcome):
    for i, name in enumerate(outcome.assessment.measurements.ids):
        assert ranked(outcome, i)["id"] == name
