"""Seventy workbooks as five kinds of office have them: what is read is what was typed, or it is told.

What was typed stands beside each cell in `tests/workbook/offices`, made by code that knows nothing of
the reader; a difference without a finding at its cell, row or header is a silent one, and there is none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import reduce
from operator import add
from pathlib import Path
from typing import NamedTuple

import pytest

from pilotscore.language import Lang
from pilotscore.runs import assess as runs
from pilotscore.workbook.results.mapping_draft import MappingDraft, draft_mapping
from pilotscore.workbook.results.mapping_text import mapping_text
from tests.conftest import built_in
from tests.workbook.offices.comparing import Read, completed, differences, matched
from tests.workbook.offices.files import write
from tests.workbook.offices.headers import STYLES, language
from tests.workbook.offices.plans import PLANS, office_books
from tests.workbook.offices.typed import OfficeBook

_DAY = datetime.date(2026, 11, 30)
# In these some values are written with a remark, a bound or a span, which is told.
_AWKWARD = ("numbered", "beside")


class Office(NamedTuple):
    style: str
    folder: Path
    books: list[OfficeBook]
    drafts: dict[str, MappingDraft]

    @property
    def lang(self) -> Lang:
        return "en" if language(self.style) == "en" else "zh"


@pytest.fixture(scope="module", params=STYLES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp(request.param)
    books = office_books(request.param)
    criteria = built_in().criteria
    drafts = {b.file: draft_mapping(write(b, folder), criteria)[0] for b in books}
    return Office(request.param, folder, books, drafts)


def batches_of(books: list[OfficeBook]) -> Iterator[tuple[str, int]]:
    return ((b.file, len(b.batches)) for b in books if b.batches)


@pytest.mark.slow
def test_nothing_is_read_otherwise_than_typed_without_a_word(office: Office):
    outcome, checked = runs.rank(office.folder, as_of=_DAY), runs.check(office.folder, as_of=_DAY)
    read = Read(outcome.submission, (*outcome.findings, *checked.findings), built_in().criteria)
    assert sum(len(b.typed) for b in office.books) > 1000
    assert len(list(batches_of(office.books))) == 2
    assert len(outcome.submission) == sum(len(b.results) for b in office.books)
    assert [x for x in differences(office.books, read) if x.silent] == []
    # What check tells of reading, rank tells too.
    # Which gates no sheet of rights lets it judge is not of reading, and a check alone tells it.
    codes = {(f.code, f.place) for f in checked.findings if f.code != "E811"}
    assert codes == {(f.code, f.place) for f in outcome.findings}


@pytest.mark.slow
def test_with_the_mapping_completed_every_value_is_read(office: Office, tmp_path: Path):
    criteria = built_in().criteria
    for book, plan in zip(office.books, PLANS, strict=True):
        draft = completed(book, office.drafts[book.file])
        mapping = tmp_path / f"{book.name}.yaml"
        mapping.write_text(mapping_text(draft, criteria, book.file, office.lang), encoding="utf-8")
        outcome = runs.rank(office.folder / book.file, as_of=_DAY, mapping=mapping)
        other = list(differences([book], Read(outcome.submission, outcome.findings, criteria)))
        assert [x for x in other if x.silent] == []
        assert len(other) <= (15 if plan.__name__ in _AWKWARD else 0), other


@pytest.mark.slow
def test_most_headers_are_matched_or_rightly_suggested(office: Office):
    """Prints the shares with ``-s``."""
    both = reduce(add, (matched(b, office.drafts[b.file]) for b in office.books))
    print(f"{office.style}: {both.shares()}")  # noqa: T201
    assert both.headers > 250
    assert both.matched + both.suggested >= 0.8 * both.headers
    assert both.matched >= 0.75 * both.headers
    assert len(both.wrong) <= 0.01 * both.headers, both.wrong
